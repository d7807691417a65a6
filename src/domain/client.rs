//! Who is served: a person, or no person at all.

use super::actor::Who;
use super::id::{ClientId, PracticeId};
use super::refusal::Refusal;
use super::text::{Address, BirthDate, Email, ExternalId, Line, Locale, PersonName, Phone, Zone};
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many product fields a client keeps.
pub const FIELDS_MAX: usize = 16;
/// How many identifiers a client keeps.
pub const IDENTIFIERS_MAX: usize = 32;

/// What is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// A person.
    #[default]
    Person,
    /// Something else, such as a ferment; it never has a login.
    Other,
}

/// How far a client has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Entered without an account.
    Guest,
    /// Not taken on yet.
    Prospective,
    /// A client of the practice.
    Registered,
}

/// Whether a client has access and gets notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Both.
    Active,
    /// No sign-in, still notices.
    Deactivated,
    /// Neither.
    Suspended,
    /// Neither, and erased at the given time unless called off.
    PendingDeletion {
        /// When.
        until: Timestamp,
    },
}

impl Stage {
    /// The word for it in C, JSON and scripts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Prospective => "prospective",
            Self::Registered => "registered",
        }
    }
}

impl Status {
    /// The word for it in C, JSON and scripts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deactivated => "deactivated",
            Self::Suspended => "suspended",
            Self::PendingDeletion { .. } => "pending_deletion",
        }
    }

    /// Whether the client's logins reach it.
    pub const fn may_sign_in(self) -> bool {
        matches!(self, Self::Active)
    }

    /// Whether the client gets notices.
    pub const fn gets_notices(self) -> bool {
        matches!(self, Self::Active | Self::Deactivated)
    }
}

/// The administrative gender of FHIR R4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Other.
    Other,
    /// Unknown.
    Unknown,
}

/// A further identifier; it need not be unique.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// Who gives it: a URI as a rule.
    pub system: Option<ExternalId>,
    /// Its value.
    pub value: ExternalId,
}

/// A further way to reach a client, kept as it was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telecom {
    /// phone, email, sms, fax, url, pager or other.
    pub system: Line,
    /// The number or address.
    pub value: Line,
    /// home, work, mobile, temp or old.
    pub usage: Option<Line>,
}

/// Somebody to ask about a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// What they are to the client.
    pub relationship: Option<Line>,
    /// Their name.
    pub name: Option<PersonName>,
    /// How to reach them.
    pub telecoms: Vec<Telecom>,
}

/// What is known of a client, apart from where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The host's own key, unique in the practice.
    pub external_id: Option<ExternalId>,
    /// Further identifiers.
    pub identifiers: Vec<Identifier>,
    /// A person, or something else.
    pub nature: Nature,
    /// Names of every use and script; the first is shown.
    pub names: Vec<PersonName>,
    /// The date of birth, as exact as it is known.
    pub birth: Option<BirthDate>,
    /// Administrative gender.
    pub gender: Option<Gender>,
    /// The contact address, edited by staff.
    pub email: Option<Email>,
    /// The contact phone.
    pub phone: Option<Phone>,
    /// Further ways to reach the client.
    pub telecoms: Vec<Telecom>,
    /// Postal addresses.
    pub addresses: Vec<Address>,
    /// The client's language.
    pub locale: Option<Locale>,
    /// The client's time zone.
    pub zone: Option<Zone>,
    /// The primary physician's name.
    pub physician_name: Option<Line>,
    /// The primary physician's phone.
    pub physician_phone: Option<Phone>,
    /// Up to 16 fields of the product's own.
    pub fields: Vec<(Line, Line)>,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// Whether the client has died.
    pub deceased: bool,
    /// Which record replaces this one, as it was imported.
    pub replaced_by: Option<ExternalId>,
}

impl Profile {
    /// The name that is shown.
    pub fn display_name(&self) -> String {
        self.names.first().map(PersonName::display).unwrap_or_default()
    }
}

/// Who is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// Its practice.
    pub practice: PracticeId,
    /// What is known of it.
    pub profile: Profile,
    /// How far it has come.
    pub stage: Stage,
    /// Whether it has access.
    pub status: Status,
    /// Who made it.
    pub created_by: Who,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts every change of the client and what hangs on it, from 1 on.
    pub revision: u64,
}

impl Client {
    /// Holds that the client may be invited.
    ///
    /// # Errors
    /// The refusal that its nature or status gives.
    pub fn require_invitable(&self) -> Result<(), Refusal> {
        if self.profile.nature == Nature::Other {
            return Err(Refusal::ClientIsNoPerson);
        }
        match self.status {
            Status::Active if self.profile.deceased => Err(Refusal::ClientDeactivated),
            Status::Active => Ok(()),
            Status::Deactivated => Err(Refusal::ClientDeactivated),
            Status::Suspended => Err(Refusal::ClientSuspended),
            Status::PendingDeletion { .. } => Err(Refusal::ClientPendingDeletion),
        }
    }

    /// Moves to another status. Deletion has a path of its own.
    ///
    /// # Errors
    /// `StatusNotAllowed` for the present status, to or from deletion, and for the deceased.
    pub fn set_status(self, status: Status) -> Result<Self, Refusal> {
        let to_or_from_deletion = matches!(status, Status::PendingDeletion { .. })
            || matches!(self.status, Status::PendingDeletion { .. });
        let wakes_the_deceased = self.profile.deceased && status == Status::Active;
        if status == self.status || to_or_from_deletion || wakes_the_deceased {
            return Err(Refusal::StatusNotAllowed);
        }
        Ok(Self { status, ..self })
    }

    /// Waits for deletion from now on.
    ///
    /// # Errors
    /// `StatusNotAllowed` where it waits already.
    pub fn schedule_deletion(self, until: Timestamp) -> Result<Self, Refusal> {
        match self.status {
            Status::PendingDeletion { .. } => Err(Refusal::StatusNotAllowed),
            _ => Ok(Self { status: Status::PendingDeletion { until }, ..self }),
        }
    }

    /// Has the status again that it had before it waited for deletion.
    ///
    /// # Errors
    /// `StatusNotAllowed` where it does not wait.
    pub fn call_off_deletion(self, before: Status) -> Result<Self, Refusal> {
        match self.status {
            Status::PendingDeletion { .. } => Ok(Self { status: before, ..self }),
            _ => Err(Refusal::StatusNotAllowed),
        }
    }
}
