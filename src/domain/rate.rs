//! How many messages may go out in a while (RULES S36).

use super::refusal::Refusal;
use super::time::{DAY, HOUR, Timestamp};
use serde::{Deserialize, Serialize};

/// So many in so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub count: u32,
    /// In how long, in milliseconds.
    pub length: i64,
}

/// How many invitation messages may go out, as the host chose at open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To one address or phone of a practice.
    pub per_recipient: Limit,
    /// By one inviter.
    pub per_inviter: Limit,
    /// Of one practice.
    pub per_practice: Limit,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_recipient: Limit { count: 5, length: DAY },
            per_inviter: Limit { count: 2_000, length: HOUR },
            per_practice: Limit { count: 10_000, length: HOUR },
        }
    }
}

/// Acceptances of one open link from one source.
pub const PER_LINK_AND_SOURCE: Limit = Limit { count: 100, length: HOUR };
/// Acceptances of one open link.
pub const PER_LINK: Limit = Limit { count: 10_000, length: HOUR };
/// Guests and registrations from one source in a practice: a waiting room shares one address.
pub const ENTRIES_PER_SOURCE: Limit = Limit { count: 60, length: HOUR };
/// Guests and registrations in a practice.
pub const ENTRIES_PER_PRACTICE: Limit = Limit { count: 1_000, length: HOUR };
/// Registrations with one address in a practice, each of which sends it a message.
pub const REGISTRATIONS_PER_ADDRESS: Limit = Limit { count: 5, length: DAY };
/// The length of the longest window, in milliseconds.
pub const LONGEST: i64 = DAY;

/// How many there were since the window opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// When it opened.
    pub opened: Timestamp,
    /// How many since.
    pub count: u32,
}

impl Window {
    /// One more; a window that is over makes place for a new one.
    ///
    /// # Errors
    /// `TooManyMessages` until the window is over.
    pub fn and_one(self, limit: Limit, now: Timestamp) -> Result<Self, Refusal> {
        let age = now.since(self.opened);
        if age >= limit.length {
            return Ok(Self { opened: now, count: 1 });
        }
        if self.count >= limit.count {
            return Err(Refusal::TooManyMessages { retry_after: limit.length - age });
        }
        Ok(Self { count: self.count + 1, ..self })
    }
}
