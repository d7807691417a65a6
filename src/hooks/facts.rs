//! The facts of a notice, as whoever words it sees them.
//!
//! The link is a placeholder: the live one is filled in after the words are made.

use crate::domain::id::{ClientId, PracticeId, StaffId};
use crate::domain::invitation::Channel;
use crate::domain::message::Kind;
use crate::domain::text::{Email, ExternalId, Line, Locale, Paragraph, Phone, Zone};
use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::hooks::request::{Actor, FACTS_VERSION};
use crate::hooks::words::LINK;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// What the recipient is, or is invited to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A client.
    Client,
    /// A client's guardian.
    Guardian,
    /// Staff, told of somebody else.
    Staff,
    /// Staff who run the practice.
    Admin,
    /// Staff who serve clients.
    Practitioner,
    /// Staff who act for practitioners.
    Assistant,
    /// Staff who reach only themselves.
    Member,
}

impl Role {
    /// The word for it in a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Guardian => "guardian",
            Self::Staff => "staff",
            Self::Admin => "admin",
            Self::Practitioner => "practitioner",
            Self::Assistant => "assistant",
            Self::Member => "member",
        }
    }
}

/// Who gets the message.
#[derive(Clone, Serialize, Deserialize)]
pub struct Recipient {
    /// The whole name.
    pub name: Option<String>,
    /// The name to greet with.
    pub given_name: Option<String>,
    /// What the recipient is, or is invited to be.
    pub role: Role,
    /// The language to write in.
    pub locale: Locale,
    /// The zone to tell times in.
    pub zone: Zone,
}

/// The client that a notice is about.
#[derive(Clone, Serialize, Deserialize)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// The host's own key.
    pub external_id: Option<ExternalId>,
    /// The whole name.
    pub name: String,
    /// The given name.
    pub given_name: Option<String>,
}

/// The seat that a notice is about.
#[derive(Clone, Serialize, Deserialize)]
pub struct Seat {
    /// Its id.
    pub id: StaffId,
    /// The host's own key.
    pub external_id: Option<ExternalId>,
    /// The holder's name.
    pub name: String,
}

/// The practice that speaks.
#[derive(Clone, Serialize, Deserialize)]
pub struct Practice {
    /// Its id.
    pub id: PracticeId,
    /// What it is called.
    pub name: Line,
    /// Whom to ask, by mail.
    #[serde(with = "mailbox", default)]
    pub support_email: Option<Email>,
    /// Whom to ask, by phone.
    pub support_phone: Option<Phone>,
    /// The language of those who have none of their own.
    pub locale: Option<Locale>,
}

/// Something that the product holds about a client.
#[derive(Clone, Serialize, Deserialize)]
pub struct Item {
    /// What it is, in the product's words, such as `result`.
    pub kind: String,
    /// The host's own key.
    pub external_id: Option<ExternalId>,
    /// Where it stands, in the product's words.
    pub status: Option<String>,
}

/// The facts of one notice to one recipient.
#[derive(Clone, Serialize, Deserialize)]
pub struct Facts {
    /// The version of the facts: a later one only adds.
    pub version: Version,
    /// What it tells.
    pub kind: Kind,
    /// How it travels.
    pub channel: Channel,
    /// Who gets it.
    pub recipient: Recipient,
    /// The client that it is about.
    pub client: Option<Client>,
    /// The seat that it is about.
    pub staff: Option<Seat>,
    /// The name on the invitation, where nobody on file stands for it.
    pub invitee: Option<String>,
    /// The practice that speaks.
    pub practice: Practice,
    /// What the product is called.
    pub product: Option<Line>,
    /// The placeholder of the link, where there is one.
    pub link: Option<String>,
    /// When the link lapses, in milliseconds since 1970 UTC.
    pub expires_at: Option<Timestamp>,
    /// How often the invitation was sent.
    pub sends: Option<u32>,
    /// Who invites.
    pub inviter: Option<String>,
    /// A word of the inviter's own.
    pub note: Option<Paragraph>,
    /// Who gave rise to it, where that is somebody of the practice.
    pub actor: Option<Actor>,
    /// What it is about, where that is an item.
    pub item: Option<Item>,
    /// When a scheduled deletion happens, in milliseconds since 1970 UTC.
    pub due_at: Option<Timestamp>,
    /// The warning and contact of a security notice. It is added below where the words leave it
    /// out.
    pub warning: Option<String>,
    /// Facts of the notice's own, by name: those that the host posted with it.
    pub own: BTreeMap<String, String>,
}

/// Writes the present version of the facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Version;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(FACTS_VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            FACTS_VERSION => Ok(Self),
            _ => Err(serde::de::Error::custom("facts of another version")),
        }
    }
}

/// An address in facts is one text, where mail is sent; on file it has two forms.
mod mailbox {
    use super::{Deserialize, Deserializer, Email, Serialize, Serializer};

    pub fn serialize<S: Serializer>(email: &Option<Email>, to: S) -> Result<S::Ok, S::Error> {
        email.as_ref().map(Email::mailbox).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Email>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| Email::parse(&text)).transpose().map_err(serde::de::Error::custom)
    }
}

impl Facts {
    /// The facts as JSON, with the link in place of its placeholder where one is given.
    ///
    /// # Errors
    /// `Misuse`, should the facts not fit into memory.
    pub fn json(&self, link: Option<&str>) -> crate::error::Result<String> {
        let link = link.or(self.link.as_deref().map(|_| LINK));
        let filled = Self { link: link.map(str::to_owned), ..self.clone() };
        serde_json::to_string(&filled).map_err(|_| Error::Misuse("the facts do not fit"))
    }
}
