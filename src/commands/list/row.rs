//! One row of the list, with what is derived for it now.

use crate::commands::failures;
use crate::commands::look::Look;
use crate::domain::client::{self, Nature, Stage};
use crate::domain::id::{InvitationId, LoginId, RoomId};
use crate::domain::invitation::Shown;
use crate::domain::login;
use crate::domain::message::Delivery;
use crate::domain::staff::{self, Approval, Role};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use crate::records::person::{Invited, Kind, Person};
use serde::Serialize;
use uuid::Uuid;

use super::filter::PersonStatus;

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// A seat.
    Staff,
    /// A client.
    Client,
    /// An open invitation for somebody who is not on file.
    Invitation,
}

impl ListKind {
    pub(super) const fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Staff { .. } => Self::Staff,
            Kind::Client { .. } => Self::Client,
            Kind::Invitation => Self::Invitation,
        }
    }
}

/// One person, or one open invitation, with all that a screen shows.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// What it stands for.
    pub kind: ListKind,
    /// The id of the seat, client or invitation.
    pub id: Uuid,
    /// The host's own key.
    pub external_id: Option<String>,
    /// The name that is shown.
    pub name: String,
    /// The address on file.
    pub email: Option<String>,
    /// The phone on file.
    pub phone: Option<String>,
    /// Where it stands; None for an invitation.
    pub status: Option<PersonStatus>,
    /// A seat's role.
    pub role: Option<Role>,
    /// Whether a seat may work yet.
    pub approval: Option<Approval>,
    /// How far a client has come.
    pub stage: Option<Stage>,
    /// A person or not, for a client.
    pub nature: Option<Nature>,
    /// The latest invitation.
    pub invitation: Option<InvitationId>,
    /// Where that stands now.
    pub invitation_state: Shown,
    /// When that lapses, or has.
    pub invitation_expires_at: Option<Timestamp>,
    /// Where its latest message stands.
    pub delivery_state: Delivery,
    /// The login that is the person itself.
    pub login: Option<LoginId>,
    /// Whether it can sign in.
    pub login_state: login::State,
    /// When it last signed in.
    pub last_sign_in: Option<Timestamp>,
    /// The rooms it is in.
    pub rooms: Vec<RoomId>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl std::fmt::Debug for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listed").field("kind", &self.kind).field("id", &self.id).finish()
    }
}

/// Derives the row of a person.
pub(in crate::commands) fn listed(look: &mut Look<'_>, person: Person) -> Result<Listed> {
    let (role, approval, stage, nature) = match &person.kind {
        Kind::Staff { role, approval, .. } => (Some(*role), Some(*approval), None, None),
        Kind::Client { stage, nature, .. } => (None, None, Some(*stage), Some(*nature)),
        Kind::Invitation => (None, None, None, None),
    };
    Ok(Listed {
        kind: ListKind::of(&person.kind),
        id: person.thing.id,
        status: status(&person.kind),
        role,
        approval,
        stage,
        nature,
        invitation: person.invitation.as_ref().map(|invited| invited.id),
        invitation_state: invitation_state(person.invitation.as_ref(), look.now()),
        invitation_expires_at: person.invitation.as_ref().map(|invited| invited.expires_at),
        delivery_state: delivery_state(look, &person)?,
        login: person.login_at(look.now()),
        login_state: login_state(look, &person)?,
        external_id: person.external_id,
        name: person.name,
        email: person.email,
        phone: person.phone,
        last_sign_in: person.last_sign_in,
        rooms: person.rooms,
        created_at: person.created_at,
    })
}

pub(super) const fn status(kind: &Kind) -> Option<PersonStatus> {
    match kind {
        Kind::Staff { status, .. } => Some(match status {
            staff::Status::Active => PersonStatus::Active,
            staff::Status::Suspended => PersonStatus::Suspended,
            staff::Status::Ended => PersonStatus::Ended,
        }),
        Kind::Client { status, .. } => Some(match status {
            client::Status::Active => PersonStatus::Active,
            client::Status::Deactivated => PersonStatus::Deactivated,
            client::Status::Suspended => PersonStatus::Suspended,
            client::Status::PendingDeletion { .. } => PersonStatus::PendingDeletion,
        }),
        Kind::Invitation => None,
    }
}

/// A row keeps what is written; a pending invitation lapses by the clock alone.
pub(super) fn invitation_state(invited: Option<&Invited>, now: Timestamp) -> Shown {
    match invited {
        None => Shown::None,
        Some(invited) if invited.state == Shown::Pending && now >= invited.expires_at => {
            Shown::Expired
        }
        Some(invited) => invited.state,
    }
}

pub(super) fn delivery_state(look: &mut Look<'_>, person: &Person) -> Result<Delivery> {
    let Some(id) = person.invitation.as_ref().and_then(|invited| invited.message) else {
        return Ok(Delivery::None);
    };
    let message = records::message::find(look.read, id)?;
    Ok(message.map_or(Delivery::None, |message| message.state.shown()))
}

pub(super) fn login_state(look: &mut Look<'_>, person: &Person) -> Result<login::State> {
    let Some(id) = person.login_at(look.now()) else { return Ok(login::State::None) };
    match records::login::find(look.read, id)? {
        Some(login) if login.status == login::Status::Active => {
            let worst = failures::worst_of(look, &login)?;
            Ok(login::State::of(&login, worst, look.now()))
        }
        _ => Ok(login::State::None),
    }
}
