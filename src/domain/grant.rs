//! A client's chart, open to a staff member or a room.

use super::actor::Who;
use super::id::{ClientId, GrantId, PracticeId, RoomId, StaffId};
use super::refusal::Refusal;
use super::text::Line;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// To whom a chart is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grantee {
    /// One member of staff.
    Staff(StaffId),
    /// All staff of a room.
    Room(RoomId),
}

/// Why a chart is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The grantee created the client.
    Created,
    /// The client accepted the grantee's invitation.
    Invited,
    /// The client or staff gave it.
    Given,
    /// The grantee took over from a colleague who left.
    HandedOver,
}

/// A client's chart, open to a staff member or a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Its practice.
    pub practice: PracticeId,
    /// Whose chart.
    pub client: ClientId,
    /// To whom.
    pub grantee: Grantee,
    /// Parts of the chart, as the product names them; none means all of it.
    pub scopes: Vec<Line>,
    /// Why.
    pub ground: Ground,
    /// The reason that was given.
    pub reason: Option<Line>,
    /// Who gave it.
    pub given_by: Who,
    /// When it ends by itself.
    pub ends_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// When it was given.
    pub created_at: Timestamp,
}

/// How a chart is open to a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// By a grant, to the seat or to a room of its.
    Grant(Box<Grant>),
    /// By a room that it shares with the client.
    Room(RoomId),
}

impl Grant {
    /// Whether it holds now.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.withdrawn_at.is_none() && self.ends_at.is_none_or(|end| now < end)
    }

    /// Withdraws it.
    ///
    /// # Errors
    /// `AlreadyEnded`.
    pub fn withdraw(self, now: Timestamp) -> Result<Self, Refusal> {
        if self.is_live(now) {
            Ok(Self { withdrawn_at: Some(now), ..self })
        } else {
            Err(Refusal::AlreadyEnded)
        }
    }
}
