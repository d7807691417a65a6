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

/// Invitation messages to one address or phone of a practice.
pub const PER_RECIPIENT: Limit = Limit { count: 5, length: DAY };
/// Invitation messages by one inviter.
pub const PER_INVITER: Limit = Limit { count: 2_000, length: HOUR };
/// Invitation messages of one practice.
pub const PER_PRACTICE: Limit = Limit { count: 10_000, length: HOUR };
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
