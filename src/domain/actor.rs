//! Who calls. An actor is a claim that every command checks again.

use super::id::{LoginId, PortalId, PracticeId, StaffId};
use super::text::Line;
use serde::{Deserialize, Serialize};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The product itself.
    Host,
    /// A staff seat.
    Staff(StaffId),
    /// A login, in the session of one epoch.
    Login {
        /// The login.
        id: LoginId,
        /// The epoch that `sign_in` answered with.
        epoch: u32,
    },
    /// Nobody yet: signs in, asks for a reset, registers.
    Visitor,
}

impl Who {
    /// The seat that something is done for: the practitioner's, where another acts for it.
    pub const fn seat(self, on_behalf_of: Option<StaffId>) -> Option<StaffId> {
        match (on_behalf_of, self) {
            (Some(staff), _) | (None, Self::Staff(staff)) => Some(staff),
            (None, Self::Host | Self::Login { .. } | Self::Visitor) => None,
        }
    }
}

/// Where the actor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// In one practice.
    Practice(PracticeId),
    /// At a portal: a visitor who signs in or asks for a reset.
    Portal(PortalId),
    /// In the whole store: the host's own calls, and the bearer of a token not yet read.
    Store,
}

/// Whence a call comes, for the audit trail; and why, where the host must say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The network address of the person's device.
    pub address: Option<Line>,
    /// The device or browser.
    pub device: Option<Line>,
    /// The host's own id of the request.
    pub request_id: Option<Line>,
    /// Why the host acts in a person's place.
    pub reason: Option<Line>,
}

/// A caller, bound to one practice or portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Where it stands.
    pub scope: Scope,
    /// Who it is.
    pub who: Who,
    /// The epoch of the login's session in which a seat acts; None where the host vouches for it.
    pub session: Option<u32>,
    /// The practitioner for whom it acts.
    pub on_behalf_of: Option<StaffId>,
    /// Whence it calls.
    pub source: Source,
}

impl Actor {
    /// The host over all practices.
    pub fn store_host() -> Self {
        let source = Source::default();
        Self { scope: Scope::Store, who: Who::Host, session: None, on_behalf_of: None, source }
    }

    /// The bearer of a token, whose practice only the token tells.
    pub fn bearer(source: Source) -> Self {
        Self { scope: Scope::Store, who: Who::Visitor, session: None, on_behalf_of: None, source }
    }

    /// The seat that it acts for: its own, or the practitioner's.
    pub const fn seat(&self) -> Option<StaffId> {
        self.who.seat(self.on_behalf_of)
    }

    /// An actor of a practice, without a source yet.
    pub fn in_practice(practice: PracticeId, who: Who) -> Self {
        Self {
            scope: Scope::Practice(practice),
            who,
            session: None,
            on_behalf_of: None,
            source: Source::default(),
        }
    }
}
