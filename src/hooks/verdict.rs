//! What a script may decide.

pub use crate::domain::denial::Reason;
use serde::{Deserialize, Serialize};

/// The most reasons of one refusal.
pub const REASONS_MAX: usize = 16;
/// The longest code of a reason, in characters.
pub const CODE_MAX: usize = 64;
/// The most days for which a deletion waits.
pub const DAYS_MAX: u32 = 3_650;

/// What a policy says of a deletion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeletionVerdict {
    /// No.
    Deny {
        /// Why; at least one.
        reasons: Vec<Reason>,
    },
    /// Everything about the subject goes.
    Erase,
    /// The login goes, the client stays.
    RemoveLogin,
    /// The seat ends, or the login's ties in this practice.
    Leave,
    /// It goes after some days, and can be called off until then.
    Schedule {
        /// How many, from 1 to 3,650.
        days: u32,
    },
    /// No, for a ground that is recorded: the law or a dispute holds it.
    Retain {
        /// Which ground: a code such as `legal_dispute`.
        ground: String,
    },
}

impl DeletionVerdict {
    /// The word for it in C, JSON and events.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Deny { .. } => "deny",
            Self::Erase => "erase",
            Self::RemoveLogin => "remove_login",
            Self::Leave => "leave",
            Self::Schedule { .. } => "schedule",
            Self::Retain { .. } => "retain",
        }
    }
}

/// What a policy says of an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationVerdict {
    /// Yes.
    Allow {
        /// For how many days it is open, from 1 to 30; None leaves it to the caller.
        expires_days: Option<u32>,
        /// How often an open link may be used; None leaves it to the caller.
        max_uses: Option<u32>,
    },
    /// No.
    Deny {
        /// Why; at least one.
        reasons: Vec<Reason>,
    },
}
