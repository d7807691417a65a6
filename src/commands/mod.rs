//! One struct per command: load, decide, write; one commit.

pub mod accept;
pub mod access;
pub mod address;
pub mod admit;
pub mod audit;
pub mod batch;
pub mod can;
mod challenge;
pub mod change;
pub mod client;
pub mod context;
mod decoy;
pub mod delegation;
pub mod deletion;
mod device;
mod ending;
pub mod enrolment;
pub mod environment;
pub mod erasure;
pub mod event;
pub mod event_export;
mod event_json;
pub mod export;
mod failures;
pub mod grant;
pub mod guest;
pub mod identity;
pub mod import;
pub mod invitation;
pub mod item;
pub mod keys;
pub mod list;
pub mod log;
pub mod login;
pub mod login_change;
pub mod look;
pub mod merge;
mod name;
mod notice;
pub mod open_link;
pub mod outbox;
pub mod password;
pub mod password_change;
pub mod password_rules;
mod person;
mod plan_token;
mod policy;
pub mod post;
pub mod practice;
pub mod practice_export;
mod proof;
pub mod proxy;
pub mod reach;
pub mod registration;
pub mod reset;
pub mod room;
mod run;
pub mod script;
mod scripts;
pub mod scrub;
pub mod search;
pub mod sign_in;
pub mod staff;
pub mod staff_end;
mod stand;
mod subject;
pub mod token;
mod trail;
pub mod unit;
pub mod upkeep;
pub mod verify;

pub use admit::{Admit, Command, KnownOutcome, Options};

use serde::{Deserialize, Serialize};

/// What an update does to a field that may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change<T> {
    /// Leaves it.
    #[default]
    Keep,
    /// Empties it.
    Clear,
    /// Fills it.
    Set(T),
}

impl<T> Change<T> {
    /// Carries the change out.
    pub fn apply(self, field: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *field = None,
            Self::Set(value) => *field = Some(value),
        }
    }
}

/// One page of a list, and the cursor that goes on after it.
#[derive(Debug, Clone, Serialize)]
pub struct Page<T> {
    /// What is on the page.
    pub items: Vec<T>,
    /// Where the next page begins; None at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Goes on after `key` where the page is short because the search for its items was cut.
    pub(crate) fn or_go_on_after(self, key: Option<Vec<u8>>) -> Self {
        let next = self.next.or_else(|| key.map(|key| cursor_text(&key)));
        Self { next, ..self }
    }
}

/// How many rows one call looks through for a page; then the page is short, and its cursor goes on.
pub const SCANNED_MAX: usize = 20_000;

/// How many items a page holds where nothing is said.
pub const PAGE_DEFAULT: usize = 50;
/// How many items a page holds at the most.
pub const PAGE_MAX: usize = 500;

/// How many items a page of the asked size holds; 0 asks for the default.
pub fn page_size(asked: u32) -> usize {
    match usize::try_from(asked).unwrap_or(PAGE_MAX) {
        0 => PAGE_DEFAULT,
        asked => asked.min(PAGE_MAX),
    }
}

/// The text of a cursor; opaque to the host.
pub(crate) fn cursor_text(key: &[u8]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(key)
}

/// Reads a cursor back.
///
/// # Errors
/// `Invalid`, for a text that is no cursor.
pub(crate) fn cursor_key(text: Option<&str>) -> crate::error::Result<Option<Vec<u8>>> {
    let Some(text) = text else { return Ok(None) };
    match data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()) {
        Ok(key) if key.len() <= 512 => Ok(Some(key)),
        _ => Err(crate::domain::text::Reason::NotACursor.in_field("after").into()),
    }
}

/// Makes a page of one item more than it holds, each with its cursor key.
pub(crate) fn page_of<T>(mut found: Vec<(Vec<u8>, T)>, size: usize) -> Page<T> {
    let has_more = found.len() > size;
    found.truncate(size);
    let next = found.last().filter(|_| has_more).map(|(key, _)| cursor_text(key));
    Page { items: found.into_iter().map(|(_, item)| item).collect(), next }
}

/// Holds that the caller saw the present revision; 0 is any.
///
/// # Errors
/// `Conflict`.
pub(crate) fn require_revision(asked: u64, present: u64) -> crate::error::Result<()> {
    if asked == 0 || asked == present {
        Ok(())
    } else {
        Err(crate::domain::refusal::Refusal::Conflict.into())
    }
}

/// Holds that an end, where one is given, lies ahead.
///
/// # Errors
/// `Invalid`, naming the field.
pub(crate) fn require_ahead(
    end: Option<crate::domain::time::Timestamp>,
    now: crate::domain::time::Timestamp,
    field: &'static str,
) -> crate::error::Result<()> {
    match end {
        Some(end) if end <= now => {
            Err(crate::domain::text::Reason::NotInRange.in_field(field).into())
        }
        _ => Ok(()),
    }
}

/// How often a command starts over that a neighbour's write has overtaken (DESIGN section 4).
const STARTS_OVER: usize = 3;

/// Starts over what answers `Conflict`, since what it had seen before its write has changed.
///
/// # Errors
/// What the attempt gives; `Conflict` where it was overtaken each time.
pub(crate) fn starting_over<T>(
    mut attempt: impl FnMut() -> crate::error::Result<T>,
) -> crate::error::Result<T> {
    let conflict = crate::domain::refusal::Refusal::Conflict;
    for _ in 0..STARTS_OVER {
        match attempt() {
            Err(crate::error::Error::Refused(refusal)) if refusal == conflict => {}
            ended => return ended,
        }
    }
    attempt()
}

/// Leaves the refusal of a first look to the write that follows, which records it once.
///
/// # Errors
/// A fault.
pub(crate) fn unless_refused<T>(seen: crate::error::Result<T>) -> crate::error::Result<Option<T>> {
    match seen {
        Ok(seen) => Ok(Some(seen)),
        Err(crate::error::Error::Refused(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}
