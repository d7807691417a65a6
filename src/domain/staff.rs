//! A seat in a practice.

use super::id::{LoginId, PracticeId, StaffId};
use super::refusal::Refusal;
use super::text::{Email, ExternalId, Line, Locale, PersonName, Phone, Zone};
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a seat is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the practice.
    Admin,
    /// Serves clients.
    Practitioner,
    /// Acts for practitioners.
    Assistant,
    /// Reaches only itself.
    Member,
}

impl Role {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Practitioner => "practitioner",
            Self::Assistant => "assistant",
            Self::Member => "member",
        }
    }

    /// Finds a role by its word.
    pub fn find(word: &str) -> Option<Self> {
        [Self::Admin, Self::Practitioner, Self::Assistant, Self::Member]
            .into_iter()
            .find(|role| role.word() == word)
    }
}

/// Whether a seat may work yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Waits for an admin.
    Pending,
    /// May work.
    Approved,
}

/// Where a seat stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It works, or will once it is accepted and approved.
    Active,
    /// It is stopped for now.
    Suspended,
    /// It has left; only a new seat brings the person back.
    Ended,
}

impl Status {
    /// The word for it in scripts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
        }
    }
}

/// A seat in a practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Its id.
    pub id: StaffId,
    /// Its practice.
    pub practice: PracticeId,
    /// The host's own key, unique in the practice.
    pub external_id: Option<ExternalId>,
    /// What it is for.
    pub role: Role,
    /// Whether it may work yet.
    pub approval: Approval,
    /// Where it stands.
    pub status: Status,
    /// The holder's name.
    pub name: PersonName,
    /// The holder's title or post.
    pub title: Option<Line>,
    /// The address that invitations go to.
    pub email: Option<Email>,
    /// The holder's phone.
    pub phone: Option<Phone>,
    /// The holder's language.
    pub locale: Option<Locale>,
    /// The holder's time zone.
    pub zone: Option<Zone>,
    /// Who holds it, once accepted.
    pub login: Option<LoginId>,
    /// Whether the holder has finished the product's first steps.
    pub onboarded: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts every change of the seat and what hangs on it, from 1 on.
    pub revision: u64,
}

impl Staff {
    /// Holds that the seat may act.
    ///
    /// # Errors
    /// `ActorSuspended` or `NotApproved`.
    pub fn require_active(&self) -> Result<(), Refusal> {
        match (self.status, self.approval) {
            (Status::Active, Approval::Approved) => Ok(()),
            (Status::Active, Approval::Pending) => Err(Refusal::NotApproved),
            (Status::Suspended | Status::Ended, _) => Err(Refusal::ActorSuspended),
        }
    }

    /// Lets the holder work.
    ///
    /// # Errors
    /// `StatusNotAllowed` where nothing is pending or the seat has ended.
    pub fn approve(self) -> Result<Self, Refusal> {
        match (self.approval, self.status) {
            (Approval::Pending, Status::Active | Status::Suspended) => {
                Ok(Self { approval: Approval::Approved, ..self })
            }
            _ => Err(Refusal::StatusNotAllowed),
        }
    }

    /// Stops the seat for now.
    ///
    /// # Errors
    /// `StatusNotAllowed` unless it is active.
    pub fn suspend(self) -> Result<Self, Refusal> {
        match self.status {
            Status::Active => Ok(Self { status: Status::Suspended, ..self }),
            Status::Suspended | Status::Ended => Err(Refusal::StatusNotAllowed),
        }
    }

    /// Lets a suspended seat work again.
    ///
    /// # Errors
    /// `StatusNotAllowed` unless it is suspended.
    pub fn reactivate(self) -> Result<Self, Refusal> {
        match self.status {
            Status::Suspended => Ok(Self { status: Status::Active, ..self }),
            Status::Active | Status::Ended => Err(Refusal::StatusNotAllowed),
        }
    }

    /// Leaves for good.
    ///
    /// # Errors
    /// `StatusNotAllowed` where it has left.
    pub fn end(self) -> Result<Self, Refusal> {
        match self.status {
            Status::Active | Status::Suspended => Ok(Self { status: Status::Ended, ..self }),
            Status::Ended => Err(Refusal::StatusNotAllowed),
        }
    }
}
