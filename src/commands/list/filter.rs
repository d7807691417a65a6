//! Whom a list shows. Filters combine: a row passes all of them.

use crate::commands::look::Look;
use crate::domain::client::Stage;
use crate::domain::id::{RoomId, StaffId};
use crate::domain::invitation::Shown;
use crate::domain::login;
use crate::domain::message::Delivery;
use crate::domain::staff::{Approval, Role};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records::person::{Kind, Person};
use serde::Serialize;

use super::row::{self, ListKind};

/// Where a seat or a client stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonStatus {
    /// A seat that works, or a client with access.
    Active,
    /// A client without access that still gets notices.
    Deactivated,
    /// A seat or client that is stopped for now.
    Suspended,
    /// A client that is erased in time.
    PendingDeletion,
    /// A seat whose holder has left.
    Ended,
}

/// Whom a list shows; what is empty or None shows all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Kinds of row.
    pub kinds: Vec<ListKind>,
    /// Where a seat or client stands.
    pub status: Option<PersonStatus>,
    /// A seat's role.
    pub role: Option<Role>,
    /// Whether a seat may work yet.
    pub approval: Option<Approval>,
    /// How far a client has come.
    pub stage: Option<Stage>,
    /// Where the latest invitation stands now.
    pub invitation_state: Option<Shown>,
    /// Where its latest message stands.
    pub delivery_state: Option<Delivery>,
    /// Whether the person can sign in.
    pub login_state: Option<login::State>,
    /// A room that the person is in.
    pub room: Option<RoomId>,
    /// A seat to which the client is open.
    pub reachable_by: Option<StaffId>,
    /// A practitioner who has delegated: assistants who may act for it, or will, and the clients
    /// for whom they may.
    pub delegated_by: Option<StaffId>,
    /// How the name that is shown begins, blind to case and accents.
    pub name_prefix: Option<String>,
}

impl ListFilter {
    /// Holds that the filter names things of the actor's practice.
    pub(in crate::commands) fn require_here(&self, look: &mut Look<'_>) -> Result<()> {
        if let Some(room) = self.room {
            look.room(room)?;
        }
        for staff in self.reachable_by.into_iter().chain(self.delegated_by) {
            look.staff(staff)?;
        }
        Ok(())
    }

    /// What the row itself answers.
    pub(super) fn shows_row(&self, person: &Person, now: Timestamp) -> bool {
        let (role, approval, stage) = match &person.kind {
            Kind::Staff { role, approval, .. } => (Some(*role), Some(*approval), None),
            Kind::Client { stage, .. } => (None, None, Some(*stage)),
            Kind::Invitation => (None, None, None),
        };
        let kind = ListKind::of(&person.kind);
        let invitation_state = row::invitation_state(person.invitation.as_ref(), now);
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && is_any_or(self.status, row::status(&person.kind))
            && is_any_or(self.role, role)
            && is_any_or(self.approval, approval)
            && is_any_or(self.stage, stage)
            && is_any_or(self.invitation_state, Some(invitation_state))
            && self.room.is_none_or(|room| person.rooms.contains(&room))
    }

    /// What takes a further look.
    pub(super) fn shows_states(&self, look: &mut Look<'_>, person: &Person) -> Result<bool> {
        if let Some(asked) = self.delivery_state
            && asked != row::delivery_state(look, person)?
        {
            return Ok(false);
        }
        match self.login_state {
            Some(asked) => Ok(asked == row::login_state(look, person)?),
            None => Ok(true),
        }
    }
}

fn is_any_or<T: PartialEq>(asked: Option<T>, present: Option<T>) -> bool {
    asked.is_none() || asked == present
}
