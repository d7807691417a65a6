//! A reset or a change of address that waits for its link.

use super::id::{ChallengeId, LoginId, PracticeId};
use super::login::Login;
use super::refusal::Refusal;
use super::registration::Registration;
use super::text::Email;
use super::time::{DAY, HOUR, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a reset link is good, in milliseconds (RULES S10).
pub const RESET_LIFETIME: i64 = HOUR;
/// How long a link that confirms an address is good, in milliseconds (NIST SP 800-63B-4: a day
/// by e-mail).
pub const ADDRESS_LIFETIME: i64 = DAY;

/// What the link is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To choose a new password.
    Reset,
    /// To prove the address on file.
    ConfirmAddress,
    /// To prove a new address, which then replaces the one on file.
    ChangeAddress {
        /// The new address.
        to: Email,
    },
    /// To prove the address of somebody who registers: client and login are made then.
    Register(Box<Registration>),
}

/// A link that waits. Each request makes its own; all die when the login's epoch moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Its id.
    pub id: ChallengeId,
    /// What the link is for.
    pub purpose: Purpose,
    /// Whose; of a registration the login that it will make.
    pub login: LoginId,
    /// The practice whose words and links the message uses.
    pub practice: PracticeId,
    /// The epoch in which it was asked for.
    pub epoch: u32,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When it was asked for.
    pub created_at: Timestamp,
}

impl Challenge {
    /// Says whether its link is good now: used, superseded (the epoch moved), expired, in this
    /// order.
    ///
    /// # Errors
    /// What the link died of.
    pub fn require_live(&self, login: Option<&Login>, now: Timestamp) -> Result<(), Refusal> {
        if self.used_at.is_some() {
            return Err(Refusal::LinkUsed);
        }
        if let Purpose::Register(_) = self.purpose {
            return if now < self.expires_at { Ok(()) } else { Err(Refusal::LinkExpired) };
        }
        let login = login.ok_or(Refusal::LinkInvalid)?;
        if login.status != super::login::Status::Active {
            Err(Refusal::LinkRevoked)
        } else if login.epoch != self.epoch {
            Err(Refusal::LinkSuperseded)
        } else if now >= self.expires_at {
            Err(Refusal::LinkExpired)
        } else {
            Ok(())
        }
    }
}
