//! What a policy is asked: the facts of a deletion and of an invitation.
//!
//! Counts are by kind, then by status. `host` holds what the host itself counts and states with
//! the request.

use super::facts::{Practice, Role, Seat, Version};
use crate::domain::access::Standing;
use crate::domain::id::{ClientId, LoginId};
use crate::domain::staff;
use crate::domain::text::ExternalId;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// The version of the facts: a later one only adds.
pub const FACTS_VERSION: u32 = 1;

/// Counts by kind.
pub type Counts = BTreeMap<String, u32>;

/// One of a few words. An alias, so that the derive does not ask for text that lives for ever.
type Word = &'static str;

/// The stages of a client.
pub const STAGES: &[Word] = &["guest", "prospective", "registered"];
/// The statuses of a client.
pub const STATUSES: &[Word] = &["active", "deactivated", "suspended", "pending_deletion"];
/// What a client's login may be like.
pub const LOGIN_STATES: &[Word] = &["none", "no_password", "temporary", "active", "locked"];
/// The statuses of a seat.
pub const SEAT_STATUSES: &[Word] = &["active", "suspended", "ended"];

fn one_of<'de, D: Deserializer<'de>>(from: D, words: &'static [Word]) -> Result<Word, D::Error> {
    let word = String::deserialize(from)?;
    let known = words.iter().find(|known| **known == word);
    known.copied().ok_or_else(|| {
        serde::de::Error::custom(format_args!("none of the words {}", words.join(", ")))
    })
}

fn stage<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    one_of(from, STAGES)
}

fn status<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    one_of(from, STATUSES)
}

fn login_state<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    one_of(from, LOGIN_STATES)
}

fn seat_status<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    one_of(from, SEAT_STATUSES)
}

/// What is wanted of a deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Everything about the subject goes.
    Erase,
    /// The login goes, the client stays.
    RemoveLogin,
    /// A seat ends, or a login's ties in this practice.
    Leave,
}

impl Wanted {
    /// The word for it in C, JSON and events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Erase => "erase",
            Self::RemoveLogin => "remove_login",
            Self::Leave => "leave",
        }
    }
}

/// Who asks.
#[derive(Clone, Serialize, Deserialize)]
pub struct Actor {
    /// What the actor is here.
    pub role: Standing,
    /// The name of the seat.
    pub name: Option<String>,
    /// For whom an assistant acts.
    pub on_behalf_of: Option<String>,
}

/// A client as a policy sees it.
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
    /// Whether it is a person.
    pub is_person: bool,
    /// `guest`, `prospective` or `registered`.
    #[serde(deserialize_with = "stage")]
    pub stage: Word,
    /// `active`, `deactivated`, `suspended` or `pending_deletion`.
    #[serde(deserialize_with = "status")]
    pub status: Word,
    /// Whether there is an e-mail address.
    pub has_email: bool,
    /// Whether there is a phone number.
    pub has_phone: bool,
    /// `none`, `no_password`, `temporary`, `active` or `locked`.
    #[serde(deserialize_with = "login_state")]
    pub login_state: Word,
    /// When it was created, in milliseconds since 1970 UTC.
    pub created_at: Timestamp,
}

/// A seat as a policy sees it.
#[derive(Clone, Serialize, Deserialize)]
pub struct StaffMember {
    /// Who.
    #[serde(flatten)]
    pub seat: Seat,
    /// `admin`, `practitioner`, `assistant` or `member`.
    pub role: Role,
    /// `active`, `suspended` or `ended`.
    #[serde(deserialize_with = "seat_status")]
    pub status: Word,
    /// Whether a practitioner is approved.
    pub is_approved: bool,
}

/// The invitations that there were, by where they stand now.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Invitations {
    /// Open.
    pub pending: u32,
    /// Lapsed.
    pub expired: u32,
    /// Taken.
    pub accepted: u32,
    /// Turned down.
    pub declined: u32,
    /// Taken back.
    pub revoked: u32,
}

/// The settings that a policy may go by.
#[derive(Clone, Serialize, Deserialize)]
pub struct Settings {
    /// Whether guests may enter.
    pub guests: bool,
    /// Whether people may register themselves.
    pub registration: bool,
    /// Whether a new practitioner waits for approval.
    pub approval: bool,
    /// How many days an invitation is open where nothing else is said.
    pub invitation_days: u32,
    /// The age of majority in years.
    pub majority: u8,
}

/// What `deletion(request)` gets.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeletionFacts {
    /// The version of the facts.
    pub version: Version,
    /// When it is asked, in milliseconds since 1970 UTC.
    pub now: Timestamp,
    /// What is wanted.
    pub wanted: Wanted,
    /// Who asks.
    pub asked_by: Actor,
    /// The client, where it is about one.
    pub client: Option<Client>,
    /// The staff member, where it is about one.
    pub staff: Option<StaffMember>,
    /// The login, where there is one.
    pub login: Option<LoginId>,
    /// Whether the login, or one that the client had before, ever signed in.
    pub ever_signed_in: bool,
    /// When it last signed in, in milliseconds since 1970 UTC.
    pub last_sign_in: Option<Timestamp>,
    /// Whether there ever was an item.
    pub ever_had_items: bool,
    /// Items by kind and status.
    pub items: BTreeMap<String, Counts>,
    /// What there ever was, by kind, of items and of what the host counts: no removal lessens it.
    pub ever: Counts,
    /// The host's own counts, by kind.
    pub host: Counts,
    /// The invitations that there were.
    pub invitations: Invitations,
    /// How many grants are open.
    pub grants: u32,
    /// How many logins act for the client, its own among them.
    pub proxies: u32,
    /// The practice.
    pub practice: Practice,
    /// Its settings.
    pub settings: Settings,
}

/// What someone is invited as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitedAs {
    /// A client on file, by its own login.
    Client,
    /// A client's guardian.
    Guardian,
    /// A person who becomes a client on acceptance.
    NewClient,
    /// A seat.
    Admin,
    /// A seat.
    Practitioner,
    /// A seat.
    Assistant,
    /// A seat.
    Member,
}

impl From<staff::Role> for InvitedAs {
    fn from(role: staff::Role) -> Self {
        match role {
            staff::Role::Admin => Self::Admin,
            staff::Role::Practitioner => Self::Practitioner,
            staff::Role::Assistant => Self::Assistant,
            staff::Role::Member => Self::Member,
        }
    }
}

/// What `invitation(request)` gets.
#[derive(Clone, Serialize, Deserialize)]
pub struct InvitationFacts {
    /// The version of the facts.
    pub version: Version,
    /// When it is asked, in milliseconds since 1970 UTC.
    pub now: Timestamp,
    /// Who invites.
    pub asked_by: Actor,
    /// As what.
    pub invited_as: InvitedAs,
    /// The client, where one is on file or is made in the same step.
    pub client: Option<Client>,
    /// The seat, where one is on file.
    pub staff: Option<StaffMember>,
    /// Whether a message is sent, or the link is only shown.
    pub is_sent: bool,
    /// Whether the recipient has an e-mail address.
    pub has_email: bool,
    /// Whether the recipient has a phone number.
    pub has_phone: bool,
    /// Whether it is one link for many, whom nobody knows yet.
    pub is_open_link: bool,
    /// The invitations that there were.
    pub earlier: Invitations,
    /// The practice.
    pub practice: Practice,
    /// Its settings.
    pub settings: Settings,
}
