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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

    /// As `Client::absorb`.
    fn absorb(mut self, other: &Self) -> Result<Self, Refusal> {
        fn fill<T: Clone>(own: &mut Option<T>, other: &Option<T>) {
            if own.is_none() {
                own.clone_from(other);
            }
        }
        fn join<T: Clone + PartialEq>(own: &mut Vec<T>, other: &[T]) {
            for item in other {
                if !own.contains(item) {
                    own.push(item.clone());
                }
            }
        }
        let (email, phone) = (other.old_telecom("email"), other.old_telecom("phone"));
        fill(&mut self.email, &other.email);
        fill(&mut self.phone, &other.phone);
        let keeps_email = self.email == other.email;
        let keeps_phone = self.phone == other.phone;
        join(&mut self.telecoms, &other.telecoms);
        let beside = [email.filter(|_| !keeps_email), phone.filter(|_| !keeps_phone)];
        join(&mut self.telecoms, &beside.into_iter().flatten().collect::<Vec<_>>());
        join(&mut self.identifiers, &other.identifiers);
        match (&self.external_id, &other.external_id) {
            (None, key) => self.external_id.clone_from(key),
            (Some(own), Some(key)) if own != key => {
                let value = key.clone();
                join(&mut self.identifiers, &[Identifier { system: None, value }]);
            }
            (Some(_), _) => {}
        }
        join(&mut self.names, &other.names);
        join(&mut self.addresses, &other.addresses);
        join(&mut self.contacts, &other.contacts);
        fill(&mut self.birth, &other.birth);
        fill(&mut self.gender, &other.gender);
        fill(&mut self.locale, &other.locale);
        fill(&mut self.zone, &other.zone);
        fill(&mut self.physician_name, &other.physician_name);
        fill(&mut self.physician_phone, &other.physician_phone);
        for (name, text) in &other.fields {
            if self.fields.iter().all(|(known, _)| known != name) {
                self.fields.push((name.clone(), text.clone()));
            }
        }
        self.deceased |= other.deceased;
        if self.fields.len() > FIELDS_MAX || self.identifiers.len() > IDENTIFIERS_MAX {
            return Err(Refusal::LimitReached);
        }
        Ok(self)
    }

    /// The contact address or phone as a further way to reach the client.
    fn old_telecom(&self, system: &'static str) -> Option<Telecom> {
        let value = match system {
            "email" => self.email.as_ref().map(Email::as_str),
            _ => self.phone.as_ref().map(Phone::as_str),
        };
        let line = |text: &str| Line::parse(text).ok();
        Some(Telecom { system: line(system)?, value: line(value?)?, usage: line("old") })
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

    /// Comes further. Nobody goes back.
    ///
    /// # Errors
    /// `StatusNotAllowed`.
    pub fn come_to(self, stage: Stage) -> Result<Self, Refusal> {
        if stage > self.stage { Ok(Self { stage, ..self }) } else { Err(Refusal::StatusNotAllowed) }
    }

    /// Takes over what is known of another client that turned out to be the same one. What is
    /// known of both stays as it is here; of addresses, phones and keys the other's are kept beside.
    ///
    /// # Errors
    /// `ClientIsNoPerson` where one of both is; `ClientPendingDeletion`; `LimitReached` where a
    /// list would pass its limit.
    pub fn absorb(self, other: &Self) -> Result<Self, Refusal> {
        if self.profile.nature != other.profile.nature {
            return Err(Refusal::ClientIsNoPerson);
        }
        let waits = |client: &Self| matches!(client.status, Status::PendingDeletion { .. });
        if waits(&self) || waits(other) {
            return Err(Refusal::ClientPendingDeletion);
        }
        let profile = self.profile.absorb(&other.profile)?;
        Ok(Self { profile, stage: Stage::Registered, ..self })
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
