//! The facts of a notice, as whoever words it sees them.
//!
//! The link is a placeholder: the live one is filled in after the words are made.

use crate::domain::id::{ClientId, PracticeId, StaffId};
use crate::domain::invitation::Channel;
use crate::domain::message::Kind;
use crate::domain::text::{Email, ExternalId, Line, Locale, Paragraph, Phone, Zone};
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::hooks::words::LINK;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the recipient is, or is invited to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Serialize)]
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
#[derive(Clone, Serialize)]
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
#[derive(Clone, Serialize)]
pub struct Seat {
    /// Its id.
    pub id: StaffId,
    /// The host's own key.
    pub external_id: Option<ExternalId>,
    /// The holder's name.
    pub name: String,
}

/// The practice that speaks.
#[derive(Clone, Serialize)]
pub struct Practice {
    /// Its id.
    pub id: PracticeId,
    /// What it is called.
    pub name: Line,
    /// Whom to ask, by mail.
    pub support_email: Option<Email>,
    /// Whom to ask, by phone.
    pub support_phone: Option<Phone>,
}

/// The facts of one notice to one recipient.
#[derive(Clone, Serialize)]
pub struct Facts {
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
    /// Facts of the notice's own, by name.
    pub own: BTreeMap<String, String>,
}

impl Facts {
    /// The facts as JSON, with the link in place of its placeholder where one is given.
    ///
    /// # Errors
    /// `Misuse`, should the facts not fit into memory.
    pub fn json(&self, link: Option<&str>) -> Result<String> {
        let link = link.or(self.link.as_deref().map(|_| LINK));
        let filled = Self { link: link.map(str::to_owned), ..self.clone() };
        serde_json::to_string(&filled).map_err(|_| Error::Misuse("the facts do not fit"))
    }
}
