//! A batch of invitations: planned first, then applied, and undone where it was a mistake.
//!
//! The plan says of each row what sending would do now, and sends nothing. Applying judges each
//! row again, and sends; a row is done once. A plan that nobody applies lapses by the clock alone.

use super::actor::Who;
use super::denial::Reason;
use super::id::{BatchId, ClientId, InvitationId, PracticeId, StaffId};
use super::invitation::Channel;
use super::refusal::Refusal;
use super::text::Paragraph;
use super::time::{DAY, Timestamp};
use serde::{Deserialize, Serialize};

/// How many rows a batch has at the most.
pub const ROWS_MAX: usize = 100_000;
/// How long a plan can be applied, in milliseconds.
pub const PLAN_LIFETIME: i64 = DAY;
/// How long a batch is kept from its making on, in milliseconds: no invitation is open for longer.
pub const KEPT: i64 = 30 * DAY;

/// What each row of a batch sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct How {
    /// How the message travels; Copied, Qr and None send none.
    pub channel: Option<Channel>,
    /// How long each is open, in milliseconds; None is the practice's way.
    pub expires_in: Option<i64>,
    /// A word of the inviter's own, put into each message.
    pub note: Option<Paragraph>,
}

/// How far a batch has come, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Its rows are being judged.
    Planning,
    /// Every row was judged.
    Planned,
    /// Its rows are being sent.
    Applying,
    /// No row is left to send.
    Applied,
    /// Its invitations are being revoked; nothing is sent any more.
    Undoing,
    /// What could be revoked was.
    Undone,
}

/// Where a batch stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Its rows are being judged.
    Planning,
    /// It can be applied.
    Planned,
    /// It was begun to be applied, and has rows left.
    Applying,
    /// No row is left to send.
    Applied,
    /// It was begun to be undone.
    Undoing,
    /// What could be revoked was.
    Undone,
    /// Nobody applied it in time.
    Lapsed,
}

/// How many rows are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All rows.
    pub rows: u32,
    /// Those that the plan would invite.
    pub to_invite: u32,
    /// Those that the plan would send again.
    pub to_renew: u32,
    /// Those that the plan passes over.
    pub to_skip: u32,
    /// Those that are left to send.
    pub open: u32,
    /// Those that were invited.
    pub invited: u32,
    /// Those that were sent again.
    pub renewed: u32,
    /// Those that were passed over when their turn came.
    pub skipped: u32,
    /// Those whose invitation the undoing revoked.
    pub revoked: u32,
    /// Those whose invitation the undoing could not revoke.
    pub kept: u32,
}

/// A batch, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// Its practice.
    pub practice: PracticeId,
    /// Who made it.
    pub maker: Who,
    /// For whom.
    pub on_behalf_of: Option<StaffId>,
    /// What each row sends.
    pub how: How,
    /// How far it has come.
    pub stage: Stage,
    /// How many rows are what.
    pub counts: Counts,
    /// While it is planned from a list: where the list goes on.
    pub cursor: Option<Vec<u8>>,
    /// When rows that the limits held back may be sent.
    pub retry_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last worked on.
    pub updated_at: Timestamp,
}

impl Batch {
    /// Where it stands at a time.
    pub fn shown(&self, now: Timestamp) -> Shown {
        match self.stage {
            Stage::Planning | Stage::Planned if now >= self.lapses_at() => Shown::Lapsed,
            Stage::Planning => Shown::Planning,
            Stage::Planned => Shown::Planned,
            Stage::Applying => Shown::Applying,
            Stage::Applied => Shown::Applied,
            Stage::Undoing => Shown::Undoing,
            Stage::Undone => Shown::Undone,
        }
    }

    /// When it lapses, if nobody applies it.
    pub fn lapses_at(&self) -> Timestamp {
        self.created_at.plus(PLAN_LIFETIME)
    }

    /// When it is forgotten.
    pub fn ends_at(&self) -> Timestamp {
        self.created_at.plus(KEPT)
    }

    /// How many rows applying sends, and how many of them are done.
    pub const fn progress(&self) -> (u32, u32) {
        let counts = &self.counts;
        let done = counts.invited + counts.renewed + counts.skipped;
        (done, done + counts.open)
    }

    /// Begins to apply it, or goes on; what is applied stays so.
    ///
    /// # Errors
    /// `PlanExpired` for one that has lapsed, `AlreadyEnded` for one that was undone,
    /// `StatusNotAllowed` before all of its rows were judged.
    pub fn apply(self, now: Timestamp) -> Result<Self, Refusal> {
        match self.shown(now) {
            Shown::Planned | Shown::Applying => Ok(Self { stage: Stage::Applying, ..self }),
            Shown::Applied => Ok(self),
            Shown::Lapsed => Err(Refusal::PlanExpired),
            Shown::Planning => Err(Refusal::StatusNotAllowed),
            Shown::Undoing | Shown::Undone => Err(Refusal::AlreadyEnded),
        }
    }
}

/// Why a row is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Skip {
    /// A rule says no.
    Refused(Refusal),
    /// The product's policy says no, and why.
    Denied(Vec<Reason>),
    /// An input breaks a rule.
    Invalid {
        /// The field.
        field: String,
        /// The rule.
        reason: String,
    },
}

impl Skip {
    /// Whether time alone can change it, so that the row is tried again by the next applying: a
    /// limit of messages passes, and a script that failed is mended.
    pub const fn passes(&self) -> bool {
        matches!(self, Self::Refused(Refusal::TooManyMessages { .. } | Refusal::PolicyFailed))
    }

    /// The rule that says no; None for an input that breaks one.
    pub const fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused(refusal) => Some(*refusal),
            Self::Denied(_) => Some(Refusal::PolicyDenied),
            Self::Invalid { .. } => None,
        }
    }
}

/// What the plan says of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Planned {
    /// It will be invited.
    Invite,
    /// An invitation that is open or has lapsed will be sent again.
    Renew,
    /// It will be passed over.
    Skip(Skip),
}

/// What became of a row that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailed {
    /// The invitation.
    pub invitation: InvitationId,
    /// Which link of it the batch made.
    pub generation: u32,
    /// Whether it was open or had lapsed before.
    pub is_renewed: bool,
}

/// What applying made of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Applied {
    /// It was sent.
    Sent(Mailed),
    /// It was passed over.
    Skipped(Skip),
}

/// What undoing made of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undone {
    /// The invitation was revoked.
    Revoked,
    /// It stays, for this reason.
    Kept(Refusal),
}

/// One row of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRow {
    /// Its place, from 0.
    pub place: u32,
    /// Who; None for what was no client's id, and once the client is erased.
    pub client: Option<ClientId>,
    /// What the plan says.
    pub planned: Planned,
    /// Whether a client of an earlier row has the same address, as families do.
    pub shares_address: bool,
    /// Why it could not be sent yet, though it may be later.
    pub waits: Option<Skip>,
    /// What applying made of it.
    pub applied: Option<Applied>,
    /// What undoing made of it.
    pub undone: Option<Undone>,
}

impl BatchRow {
    /// Whether applying has to look at it.
    pub const fn is_open(&self) -> bool {
        let is_planned = match &self.planned {
            Planned::Invite | Planned::Renew => true,
            Planned::Skip(skip) => skip.passes(),
        };
        is_planned && self.applied.is_none()
    }

    /// What the batch sent and has not undone.
    pub const fn mailed(&self) -> Option<Mailed> {
        match (&self.applied, self.undone) {
            (Some(Applied::Sent(mailed)), None) => Some(*mailed),
            _ => None,
        }
    }

    /// Why it was passed over, waits or was kept: the latest that is known.
    pub const fn why(&self) -> Option<&Skip> {
        match (&self.applied, &self.waits, &self.planned) {
            (Some(Applied::Skipped(skip)), _, _) => Some(skip),
            (Some(Applied::Sent(_)), _, _) => None,
            (None, Some(skip), _) => Some(skip),
            (None, None, Planned::Skip(skip)) => Some(skip),
            (None, None, Planned::Invite | Planned::Renew) => None,
        }
    }

    /// The row without anything about its client, who was erased.
    #[must_use]
    pub fn forgotten(self) -> Self {
        let plain = |skip: Skip| match skip {
            Skip::Denied(_) => Skip::Refused(Refusal::PolicyDenied),
            other => other,
        };
        let planned = match self.planned {
            Planned::Skip(skip) => Planned::Skip(plain(skip)),
            other => other,
        };
        let applied = self.applied.map(|applied| match applied {
            Applied::Skipped(skip) => Applied::Skipped(plain(skip)),
            sent @ Applied::Sent(_) => sent,
        });
        let (client, shares_address) = (None, false);
        Self { client, shares_address, planned, applied, waits: self.waits.map(plain), ..self }
    }
}
