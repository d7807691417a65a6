//! A delegation: an assistant acts for a practitioner, in what it names, until it ends.
//!
//! What stops it for a while is not stored: who is suspended is asked each time.

use super::access::Action;
use super::actor::Who;
use super::id::{ClientId, DelegationId, PracticeId, StaffId};
use super::refusal::Refusal;
use super::staff::{Role, Staff};
use super::text::Line;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many clients a delegation names at the most.
pub const CLIENTS_MAX: usize = 100;
/// How many delegations of one seat are open at once at the most.
pub const DELEGATIONS_MAX: usize = 256;

/// For which of the practitioner's clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clients {
    /// For all that are open to the practitioner, later ones too.
    All,
    /// For these, as far as they are open to the practitioner.
    Only(Vec<ClientId>),
}

impl Clients {
    /// Whether a client is among them.
    pub fn has(&self, client: ClientId) -> bool {
        match self {
            Self::All => true,
            Self::Only(named) => named.contains(&client),
        }
    }
}

/// Where a delegation stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The assistant has not accepted its seat yet.
    Waiting,
    /// The assistant has accepted, and has not finished the product's first steps.
    Onboarding,
    /// The assistant may act.
    Live,
    /// One of the two is suspended, or works in another role.
    Stopped,
    /// Its time is over.
    Lapsed,
    /// It was ended.
    Ended,
}

/// An assistant acts for a practitioner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// Its practice.
    pub practice: PracticeId,
    /// Who acts.
    pub assistant: StaffId,
    /// For whom.
    pub practitioner: StaffId,
    /// In what; none is all that can be delegated. Reading comes along with each.
    pub actions: Vec<Action>,
    /// For which clients.
    pub clients: Clients,
    /// The reason that was given.
    pub reason: Option<Line>,
    /// Who gave it.
    pub given_by: Who,
    /// When it ends by itself.
    pub ends_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// When it was taken off the list.
    pub cleared_at: Option<Timestamp>,
    /// When it was given.
    pub created_at: Timestamp,
}

impl Delegation {
    /// Whether it has neither ended nor lapsed.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && self.ends_at.is_none_or(|end| now < end)
    }

    /// Whether it holds for an action that can be delegated.
    pub fn covers(&self, action: Action) -> bool {
        self.actions.is_empty() || action.only_reads() || self.actions.contains(&action)
    }

    /// Where it stands between its two seats.
    pub fn state(&self, assistant: &Staff, practitioner: &Staff, now: Timestamp) -> State {
        let works = |seat: &Staff, role| seat.role == role && seat.require_active().is_ok();
        match (self.ended_at, self.ends_at) {
            (Some(at), Some(end)) if at >= end => State::Lapsed,
            (Some(_), _) => State::Ended,
            (None, Some(end)) if now >= end => State::Lapsed,
            (None, _) if assistant.login.is_none() => State::Waiting,
            (None, _) if !assistant.onboarded => State::Onboarding,
            (None, _) => {
                let both =
                    works(assistant, Role::Assistant) && works(practitioner, Role::Practitioner);
                if both { State::Live } else { State::Stopped }
            }
        }
    }

    /// Forgets a client that is erased. A delegation for nobody but that one is for nobody then.
    #[must_use]
    pub fn without(mut self, client: ClientId) -> Self {
        if let Clients::Only(named) = &mut self.clients {
            named.retain(|known| *known != client);
        }
        self
    }

    /// Names another client in the place of one that was merged into it.
    #[must_use]
    pub fn with(self, from: ClientId, into: ClientId) -> Self {
        let mut renamed = self.without(from).without(into);
        if let Clients::Only(named) = &mut renamed.clients {
            named.push(into);
        }
        renamed
    }

    /// Ends it.
    ///
    /// # Errors
    /// `AlreadyEnded`, for a lapsed one too.
    pub fn end(self, now: Timestamp) -> Result<Self, Refusal> {
        if self.is_open(now) {
            Ok(Self { ended_at: Some(now), ..self })
        } else {
            Err(Refusal::AlreadyEnded)
        }
    }

    /// Takes it off the list.
    ///
    /// # Errors
    /// `StatusNotAllowed` while it is open; `AlreadyEnded` for one that is off the list.
    pub fn clear(self, now: Timestamp) -> Result<Self, Refusal> {
        if self.is_open(now) {
            Err(Refusal::StatusNotAllowed)
        } else if self.cleared_at.is_some() {
            Err(Refusal::AlreadyEnded)
        } else {
            Ok(Self { cleared_at: Some(now), ..self })
        }
    }
}
