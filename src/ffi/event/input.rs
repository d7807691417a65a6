use super::super::call::{self, Extensible};
use super::super::words::admit_noun;
use crate::commands::event::EventFilter;
use crate::domain::actor::Who;
use crate::domain::event::Happening;
use crate::domain::id::{Id, Thing};
use crate::domain::text::Reason;
use crate::error::{InField, Result};
use std::ffi::c_char;

/// Which entries of the audit trail, and which page. Start from ADMIT_EVENT_QUERY_INIT; 0 and NULL
/// show all, and what is named must all hold.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_event_query {
    /// sizeof(admit_event_query).
    pub size: usize,
    /// The cursor of the page before, under the same filters; NULL for the first.
    pub after: *const c_char,
    /// How many entries, at most 500; 0 is 50.
    pub limit: u32,
    /// What `subject_id` is, an admit_noun.
    pub subject_noun: i32,
    /// About which client, seat or login.
    pub subject_id: *const c_char,
    /// By which seat; at most one of this and `login_id`.
    pub staff_id: *const c_char,
    /// By which login, in any of its sessions.
    pub login_id: *const c_char,
    /// What happened, such as "client.created".
    pub happening: *const c_char,
    /// From when on.
    pub from: i64,
    /// Until before when.
    pub until: i64,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_event_query {
    const NAME: &'static str = "a newer member of admit_event_query";
}

impl admit_event_query {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn filter(&self) -> Result<EventFilter> {
        let noun = admit_noun::read(self.subject_noun, "subject_noun")?;
        // SAFETY: handed on from this function's contract.
        let (subject, staff, login, happening): (Option<Id<Thing>>, _, _, _) = unsafe {
            (
                call::optional_id(self.subject_id, "subject_id")?,
                call::optional_id(self.staff_id, "staff_id")?,
                call::optional_id(self.login_id, "login_id")?,
                call::parsed(self.happening, "happening", |word| {
                    Happening::find(word).ok_or(Reason::Unknown)
                })?,
            )
        };
        let subject = match (noun, subject) {
            (Some(noun), Some(id)) => Some(Thing { noun, id: id.uuid() }),
            (None, None) => None,
            (None, Some(_)) => return Err(Reason::Missing).field("subject_noun"),
            (Some(_), None) => return Err(Reason::Missing).field("subject_id"),
        };
        let who = match (staff, login) {
            (None, None) => None,
            (Some(id), None) => Some(Who::Staff(id)),
            (None, Some(id)) => Some(Who::Login { id, epoch: 0 }),
            (Some(_), Some(_)) => return Err(Reason::Excluded).field("login_id"),
        };
        let (from, until) = (call::time(self.from), call::time(self.until));
        Ok(EventFilter { from, until, subject, who, happening })
    }
}

/// A place in the audit trail that was kept outside: what `admit_verification_entries` and
/// `admit_verification_hash` once answered. Start from ADMIT_ANCHOR_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_anchor {
    /// sizeof(admit_anchor).
    pub size: usize,
    /// How many entries there were.
    pub entries: u64,
    /// The last hash then, as 64 hexadecimal digits.
    pub hash: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_anchor {
    const NAME: &'static str = "a newer member of admit_anchor";
}

impl admit_anchor {
    /// # Safety
    /// `given` is NULL or a struct as the header asks.
    pub(super) unsafe fn read(given: *const Self) -> Result<Option<(u64, [u8; 32])>> {
        if given.is_null() {
            return Ok(None);
        }
        // SAFETY: handed on from this function's contract.
        let (entries, hash) = unsafe {
            let asked = call::input(given)?;
            (asked.entries, call::required(asked.hash, "hash", hash)?)
        };
        Ok(Some((entries, hash)))
    }
}

fn hash(text: &str) -> std::result::Result<[u8; 32], Reason> {
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes());
    bytes.ok().and_then(|bytes| bytes.try_into().ok()).ok_or(Reason::Unknown)
}
