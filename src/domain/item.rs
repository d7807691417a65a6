//! Something that the product holds about a client and tells us of, but never its content.

use super::actor::Who;
use super::deletion::{Code, HostFacts};
use super::id::{ClientId, ItemId, PracticeId};
use super::message::Kind;
use super::refusal::Refusal;
use super::text::{ExternalId, Reason};
use super::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The longest word for a kind or a status, in characters.
pub const WORD_MAX: usize = 32;
/// How many items of one client there are at once at the most.
pub const ITEMS_MAX: u32 = 10_000;
/// How many kinds of items one client ever has at the most.
pub const KINDS_MAX: usize = 64;

/// Under which word items are counted that stand nowhere.
const NOWHERE: &str = "none";

/// The product's own word for a kind or a status: lower-case letters, digits and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Word(String);

impl Word {
    /// Parses a word such as `stool_kit`, of at most 32 characters.
    ///
    /// # Errors
    /// `NotAWord`.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let is_sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if (1..=WORD_MAX).contains(&text.len()) && text.bytes().all(is_sign) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Reason::NotAWord)
        }
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Something that the product holds about a client: a kit, sample, result, visit, profile field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Its practice.
    pub practice: PracticeId,
    /// About whom.
    pub client: ClientId,
    /// What it is.
    pub kind: Word,
    /// The host's own key, unique in the practice.
    pub external_id: Option<ExternalId>,
    /// Where it stands; `received` and `ready` are told to people.
    pub status: Option<Word>,
    /// When it first was `received`.
    pub received_at: Option<Timestamp>,
    /// When it first was `ready`.
    pub ready_at: Option<Timestamp>,
    /// Who told us of it.
    pub added_by: Who,
    /// When we heard of it.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Item {
    /// Moves it to a status. What people are told of that is told once for each item.
    pub fn moved(self, status: Word, now: Timestamp) -> (Self, Option<Kind>) {
        let (received_at, ready_at) = (self.received_at, self.ready_at);
        let moved = Self { status: Some(status.clone()), updated_at: now, ..self };
        match status.as_str() {
            "received" if received_at.is_none() => {
                (Self { received_at: Some(now), ..moved }, Some(Kind::ItemReceived))
            }
            "ready" if ready_at.is_none() => {
                (Self { ready_at: Some(now), ..moved }, Some(Kind::ItemReady))
            }
            _ => (moved, None),
        }
    }

    fn counted_under(&self) -> &str {
        self.status.as_ref().map_or(NOWHERE, Word::as_str)
    }
}

/// How many items of one kind a client has and had.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfKind {
    /// How many there ever were; removing one does not lessen it.
    pub ever: u32,
    /// How many there are, by status.
    pub now: BTreeMap<String, u32>,
}

/// What there is and ever was of a client, for those who decide whether it may be deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many items there are.
    pub present: u32,
    /// Its items, by kind.
    pub kinds: BTreeMap<Word, OfKind>,
    /// The greatest count that the host ever stated, by kind.
    pub stated: BTreeMap<Code, u32>,
    /// Whether somebody signed in as the client whose login is on file no more.
    pub signed_in: bool,
}

impl Tally {
    /// Counts one item more.
    ///
    /// # Errors
    /// `LimitReached`.
    pub fn add(&mut self, item: &Item) -> Result<(), Refusal> {
        if self.present >= ITEMS_MAX {
            return Err(Refusal::LimitReached);
        }
        self.present += 1;
        self.take_in(item, true)
    }

    /// Counts one item less; that it ever was stays.
    pub fn remove(&mut self, item: &Item) {
        self.present = self.present.saturating_sub(1);
        self.leave_out(item);
    }

    /// Counts an item anew that has changed.
    ///
    /// # Errors
    /// `LimitReached` for one kind too many.
    pub fn change(&mut self, old: &Item, new: &Item) -> Result<(), Refusal> {
        self.leave_out(old);
        self.take_in(new, old.kind != new.kind)
    }

    fn take_in(&mut self, item: &Item, is_new: bool) -> Result<(), Refusal> {
        if !self.kinds.contains_key(&item.kind) && self.kinds.len() >= KINDS_MAX {
            return Err(Refusal::LimitReached);
        }
        let kind = self.kinds.entry(item.kind.clone()).or_default();
        kind.ever = kind.ever.saturating_add(is_new.into());
        *kind.now.entry(item.counted_under().to_owned()).or_default() += 1;
        Ok(())
    }

    fn leave_out(&mut self, item: &Item) {
        let Some(kind) = self.kinds.get_mut(&item.kind) else { return };
        let under = item.counted_under();
        if let Some(count) = kind.now.get_mut(under) {
            *count = count.saturating_sub(1);
        }
        kind.now.retain(|_, count| *count > 0);
    }

    /// Counts what two clients had that turned out to be one.
    ///
    /// # Errors
    /// `LimitReached`.
    pub fn and(self, other: Self) -> Result<Self, Refusal> {
        let mut both = self;
        both.present = both.present.saturating_add(other.present);
        for (word, had) in other.kinds {
            let kind = both.kinds.entry(word).or_default();
            kind.ever = kind.ever.saturating_add(had.ever);
            for (status, count) in had.now {
                *kind.now.entry(status).or_default() += count;
            }
        }
        if both.present > ITEMS_MAX || both.kinds.len() > KINDS_MAX {
            return Err(Refusal::LimitReached);
        }
        for (kind, count) in other.stated {
            let known = both.stated.entry(kind).or_default();
            *known = count.max(*known);
        }
        both.signed_in |= other.signed_in;
        Ok(both)
    }

    /// Keeps what the host counts, for good; false where nothing is new in it.
    pub fn hear(&mut self, host: &HostFacts) -> bool {
        let mut is_news = false;
        for (kind, count) in host.iter().filter(|(_, count)| *count > 0) {
            let known = self.stated.entry(kind.clone()).or_default();
            is_news |= count > *known;
            *known = count.max(*known);
        }
        is_news
    }

    /// Items by kind, then by status.
    pub fn items(&self) -> BTreeMap<String, BTreeMap<String, u32>> {
        let present = self.kinds.iter().filter(|(_, kind)| !kind.now.is_empty());
        present.map(|(word, kind)| (word.as_str().to_owned(), kind.now.clone())).collect()
    }

    /// What there ever was, by kind: of items and of what the host counts, whichever is more.
    pub fn ever(&self) -> BTreeMap<String, u32> {
        let mut ever: BTreeMap<String, u32> =
            self.stated.iter().map(|(kind, count)| (kind.as_str().to_owned(), *count)).collect();
        for (word, kind) in &self.kinds {
            let count = ever.entry(word.as_str().to_owned()).or_default();
            *count = kind.ever.max(*count);
        }
        ever
    }

    /// Whether there ever was an item.
    pub fn ever_had_items(&self) -> bool {
        self.kinds.values().any(|kind| kind.ever > 0)
    }
}
