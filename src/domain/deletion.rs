//! Deletion: what is asked, what holds it up, what waits for its day, and what the host owes.

use super::actor::Who;
use super::client::{Identifier, Status};
use super::id::{
    ClientId, EraseOrderId, HoldId, LoginId, MessageId, Noun, PracticeId, StaffId, Thing,
};
use super::item::Word;
use super::message::To;
use super::refusal::Refusal;
use super::script::Version;
use super::text::{ExternalId, Line, Reason};
use super::time::{DAY, MINUTE, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long a plan may be confirmed, in milliseconds.
pub const PLAN_LIFETIME: i64 = 15 * MINUTE;
/// How many kinds of things the host states with a request.
pub const KINDS_MAX: usize = 64;
/// How many holds stand on a client at once.
pub const HOLDS_MAX: usize = 16;
/// How long after its day a deletion that is held is looked at again, in milliseconds.
pub const LOOKED_AGAIN: i64 = DAY;
/// How long a notice to somebody who is on file no more is kept, in milliseconds.
pub const FAREWELL_KEPT: i64 = 7 * DAY;

const CODE_MAX: usize = 64;

/// A word for programs: a kind of thing that the host counts, or the ground of a hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// Parses 1 to 64 letters, digits and `_`.
    ///
    /// # Errors
    /// `NotACode`.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let is_sign = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        if (1..=CODE_MAX).contains(&text.len()) && text.bytes().all(is_sign) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Reason::NotACode)
        }
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the host itself counts of a subject, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HostFacts(BTreeMap<Code, u32>);

impl HostFacts {
    /// Takes at most 64 kinds, each once.
    ///
    /// # Errors
    /// `TooMany`, or `Excluded` for a kind that comes again.
    pub fn new(counts: impl IntoIterator<Item = (Code, u32)>) -> Result<Self, Reason> {
        let mut facts = BTreeMap::new();
        for (kind, count) in counts {
            if facts.insert(kind, count).is_some() {
                return Err(Reason::Excluded);
            }
            if facts.len() > KINDS_MAX {
                return Err(Reason::TooMany { max: KINDS_MAX });
            }
        }
        Ok(Self(facts))
    }

    /// The counts, by kind.
    pub fn iter(&self) -> impl Iterator<Item = (&Code, u32)> {
        self.0.iter().map(|(kind, count)| (kind, *count))
    }
}

/// Whom a deletion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A client.
    Client(ClientId),
    /// A seat. What it did stays, and so does its name: it leaves.
    Staff(StaffId),
    /// A login, for its ties in one practice.
    Login(LoginId),
}

impl From<Subject> for Thing {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Client(id) => id.into(),
            Subject::Staff(id) => id.into(),
            Subject::Login(id) => id.into(),
        }
    }
}

/// A ground on which nothing about a client is deleted: the law, or a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Its practice.
    pub practice: PracticeId,
    /// Who is held.
    pub client: ClientId,
    /// Why, for programs.
    pub ground: Code,
    /// Why, for people.
    pub note: Option<Line>,
    /// Who placed it.
    pub placed_by: Who,
    /// When.
    pub placed_at: Timestamp,
    /// When it was lifted.
    pub lifted_at: Option<Timestamp>,
}

impl Hold {
    /// Whether it still holds.
    pub const fn stands(&self) -> bool {
        self.lifted_at.is_none()
    }

    /// Lifts it.
    ///
    /// # Errors
    /// `AlreadyEnded`.
    pub fn lift(self, now: Timestamp) -> Result<Self, Refusal> {
        if self.stands() {
            Ok(Self { lifted_at: Some(now), ..self })
        } else {
            Err(Refusal::AlreadyEnded)
        }
    }
}

/// A deletion that waits for its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduled {
    /// Who goes.
    pub client: ClientId,
    /// Its practice.
    pub practice: PracticeId,
    /// When upkeep looks at it: its day, or later while a hold stands.
    pub due: Timestamp,
    /// The status that calling it off gives back.
    pub before: Status,
    /// Who asked for it.
    pub asked_by: Who,
    /// Which policy allowed it.
    pub version: Version,
    /// Whether its day came while a hold stood.
    pub is_held: bool,
}

/// What the host still has to erase, or has erased: half a patient is never forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EraseOrder {
    /// Its id.
    pub id: EraseOrderId,
    /// Its practice.
    pub practice: PracticeId,
    /// The random id that the client had.
    pub client: ClientId,
    /// The host's own key of the client, until the host has erased it.
    pub external_id: Option<ExternalId>,
    /// Further identifiers of the client, until the host has erased them.
    pub identifiers: Vec<Identifier>,
    /// The host's own keys of the client's items, with their kinds, until the host has erased them.
    pub items: Vec<(Word, ExternalId)>,
    /// Who is told once both halves are gone: addresses that stand nowhere else any more.
    pub told: Vec<To>,
    /// Who asked for it.
    pub asked_by: Who,
    /// Which policy allowed it.
    pub version: Version,
    /// How many rows of each noun went here.
    pub gone: Vec<(Noun, u32)>,
    /// When they went.
    pub created_at: Timestamp,
    /// When the host said that its half is gone.
    pub done_at: Option<Timestamp>,
    /// The notices that told them, which are kept for some days: until then an address is here.
    pub farewells: Vec<MessageId>,
    /// When the file was written anew without the bytes of what this order says is gone.
    pub scrubbed_at: Option<Timestamp>,
}

impl EraseOrder {
    /// Closes it. What is personal in it goes, but for whom to tell, which is handed back.
    ///
    /// # Errors
    /// `AlreadyEnded`.
    pub fn done(self, now: Timestamp) -> Result<(Self, Vec<To>), Refusal> {
        if self.done_at.is_some() {
            return Err(Refusal::AlreadyEnded);
        }
        let closed = Self {
            external_id: None,
            identifiers: Vec::new(),
            told: Vec::new(),
            done_at: Some(now),
            // What goes now stood in the file until now, so an earlier scrub does not count.
            scrubbed_at: None,
            items: Vec::new(),
            ..self
        };
        Ok((closed, self.told))
    }
}
