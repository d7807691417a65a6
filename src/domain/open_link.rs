//! One link by which many come in, each for one of its places.
//!
//! Whoever gets hold of the link may use it, so it gives little: a new client, or a seat of role
//! member. A place is held for an address until the address is proved; only then is anybody on
//! file, and only then does a login have the address.

use super::actor::Who;
use super::id::{MessageId, OpenLinkId, PlaceId, PracticeId, RoomId, StaffId};
use super::login::{ExternalIdentity, Password};
use super::refusal::Refusal;
use super::staff::Role;
use super::text::{Email, Line, Locale, PersonName, Phone, Username};
use super::time::{DAY, Timestamp};
use serde::{Deserialize, Serialize};

/// The most places that a link has.
pub const PLACES_MAX: u32 = 10_000;
/// The places of a link where nothing is said.
pub const PLACES_DEFAULT: u32 = 100;
/// How long a place is held for an address that nobody has proved, in milliseconds.
pub const PLACE_LIFETIME: i64 = DAY;

/// What whoever comes in becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Makes {
    /// A prospective client.
    Client {
        /// The rooms that it joins.
        rooms: Vec<RoomId>,
    },
    /// A seat of role member.
    Member,
}

impl Makes {
    /// Seats of a role.
    ///
    /// # Errors
    /// `OpenLinkRole` for a role above member (RULES S51).
    pub const fn seat(role: Role) -> Result<Self, Refusal> {
        match role {
            Role::Member => Ok(Self::Member),
            Role::Admin | Role::Practitioner | Role::Assistant => Err(Refusal::OpenLinkRole),
        }
    }
}

/// Where a link stands; derived, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It lets people in.
    Live,
    /// Every place is taken or held; one that is given back makes it live again.
    Exhausted,
    /// Its time is over.
    Expired,
    /// It was withdrawn.
    Revoked,
}

/// One link for many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenLink {
    /// Its id.
    pub id: OpenLinkId,
    /// Its practice.
    pub practice: PracticeId,
    /// What whoever comes in becomes.
    pub makes: Makes,
    /// What staff call it; whoever bears the link does not see it.
    pub label: Option<Line>,
    /// How many places it has.
    pub places: u32,
    /// How many are taken for good.
    pub uses: u32,
    /// How many are held for addresses that wait for their proof.
    pub held: u32,
    /// Which link it is.
    pub generation: u32,
    /// Who made it.
    pub inviter: Who,
    /// For which practitioner, where another acted.
    pub on_behalf_of: Option<StaffId>,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// When it was withdrawn.
    pub revoked_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl OpenLink {
    /// How many more may come in.
    pub const fn left(&self) -> u32 {
        self.places.saturating_sub(self.uses).saturating_sub(self.held)
    }

    /// Where it stands.
    pub fn state(&self, now: Timestamp) -> State {
        if self.revoked_at.is_some() {
            State::Revoked
        } else if now >= self.expires_at {
            State::Expired
        } else if self.left() == 0 {
            State::Exhausted
        } else {
            State::Live
        }
    }

    /// Says whether its link is good now, whether or not places are left: revoked, superseded,
    /// expired, in this order.
    ///
    /// # Errors
    /// What the link died of.
    pub fn require_live(&self, generation: u32, now: Timestamp) -> Result<(), Refusal> {
        if self.revoked_at.is_some() {
            Err(Refusal::LinkRevoked)
        } else if generation != self.generation {
            Err(Refusal::LinkSuperseded)
        } else if now >= self.expires_at {
            Err(Refusal::LinkExpired)
        } else {
            Ok(())
        }
    }

    /// Holds a place for an address.
    ///
    /// # Errors
    /// `OpenLinkFull`.
    pub fn hold(self) -> Result<Self, Refusal> {
        if self.left() == 0 {
            return Err(Refusal::OpenLinkFull);
        }
        Ok(Self { held: self.held + 1, ..self })
    }

    /// Takes a held place back.
    #[must_use]
    pub fn give_back(self) -> Self {
        Self { held: self.held.saturating_sub(1), ..self }
    }

    /// Lets somebody in for good.
    ///
    /// # Errors
    /// `OpenLinkFull`.
    pub fn take(self) -> Result<Self, Refusal> {
        if self.left() == 0 {
            return Err(Refusal::OpenLinkFull);
        }
        Ok(Self { uses: self.uses + 1, ..self })
    }

    /// Withdraws it, lapsed or not: the link is dead for good, and what is held ends with it.
    ///
    /// # Errors
    /// `AlreadyEnded` where it was withdrawn before.
    pub fn revoke(self, now: Timestamp) -> Result<Self, Refusal> {
        match self.revoked_at {
            Some(_) => Err(Refusal::AlreadyEnded),
            None => Ok(Self { revoked_at: Some(now), ..self }),
        }
    }
}

/// What somebody typed who comes in by an open link. It has no `Debug`: all of it is personal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// Their name.
    pub name: PersonName,
    /// The address that has to be proved.
    pub email: Email,
    /// A sign-in name beside the address.
    pub username: Option<Username>,
    /// Their phone.
    pub phone: Option<Phone>,
    /// Their language.
    pub locale: Option<Locale>,
    /// The password that they chose.
    pub password: Option<Password>,
    /// An identity that the host has verified.
    pub identity: Option<ExternalIdentity>,
}

/// Where a place stands; a state holds only what is true in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceState {
    /// It waits for the address.
    Held(Box<Newcomer>),
    /// Whoever has the address came in.
    Taken,
    /// Nobody proved the address in time.
    GivenBack,
}

/// A place that an open link holds until an address is proved.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// The link.
    pub link: OpenLinkId,
    /// The practice of the link.
    pub practice: PracticeId,
    /// Where it stands.
    pub state: PlaceState,
    /// The message that carries the link to prove the address.
    pub message: MessageId,
    /// When it is given back.
    pub expires_at: Timestamp,
}

impl Place {
    /// Who waits for the proof: used, revoked with its link, expired, in this order.
    ///
    /// # Errors
    /// What the place died of.
    pub fn waiting(&self, link: &OpenLink, now: Timestamp) -> Result<&Newcomer, Refusal> {
        match &self.state {
            PlaceState::Taken => Err(Refusal::LinkUsed),
            _ if link.revoked_at.is_some() => Err(Refusal::LinkRevoked),
            PlaceState::GivenBack => Err(Refusal::LinkExpired),
            PlaceState::Held(_) if now >= self.expires_at => Err(Refusal::LinkExpired),
            PlaceState::Held(newcomer) => Ok(newcomer),
        }
    }
}
