use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use super::super::status::admit_status;
use super::super::words::admit_noun;
use crate::commands::event::Entry;
use crate::commands::event_export::Exported;
use crate::commands::verify::Verified;
use crate::domain::actor::Who;
use crate::domain::event::Outcome;
use std::borrow::Cow;
use std::ffi::c_char;
use std::ptr;

const fn who(who: &Who) -> &'static str {
    match who {
        Who::Host => "host",
        Who::Staff(_) => "staff",
        Who::Login { .. } => "login",
        Who::Visitor => "visitor",
    }
}

fn who_id(who: &Who) -> Option<Cow<'static, str>> {
    match who {
        Who::Staff(id) => shown(id),
        Who::Login { id, .. } => shown(id),
        Who::Host | Who::Visitor => None,
    }
}

/// An entry of the audit trail; what is personal is unsealed while its key exists. Free it with `admit_event_free`.
pub struct admit_event(Object<Entry>);
opaque!(admit_event shows Entry);

/// A page of the audit trail. Free it with `admit_event_page_free`.
pub struct admit_event_page(pub(in crate::ffi) List<admit_event>);

/// Its place in the chain of its practice, from 1 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_seq(event: *const admit_event) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(event, 0, |it| it.seq) }
}

/// When.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_at(event: *const admit_event) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(event, 0, |it| it.at.millis()) }
}

/// What happened, such as "client.created".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_happening(event: *const admit_event) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(event, "happening", |it| some(it.happening.word())) }
}

/// What it happened to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_object_noun(event: *const admit_event) -> admit_noun {
    let none = admit_noun::AdmitNounNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(event, none, |it| admit_noun::of(&it.object.noun)) }
}

/// The id of what it happened to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_object_id(event: *const admit_event) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(event, "object_id", |it| shown(it.object.id)) }
}

/// What it is about.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_subject_noun(event: *const admit_event) -> admit_noun {
    let none = admit_noun::AdmitNounNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(event, none, |it| {
            it.subject.map_or(admit_noun::AdmitNounNone, |thing| admit_noun::of(&thing.noun))
        })
    }
}

/// The id of the client, seat or login that it is about; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_subject_id(event: *const admit_event) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(event, "subject_id", |it| shown(it.subject?.id)) }
}

/// Who: "host", "staff", "login" or "visitor".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_actor(event: *const admit_event) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(event, "actor", |it| some(who(&it.who))) }
}

/// The id of the seat or login; NULL for the host and visitors.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_actor_id(event: *const admit_event) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(event, "actor_id", |it| who_id(&it.who)) }
}

/// The seat for whom the actor acted; NULL where it did not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_on_behalf_of(event: *const admit_event) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(event, "on_behalf_of", |it| it.on_behalf_of.and_then(shown)) }
}

/// The name of the refusal; NULL where it was done.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_refusal(event: *const admit_event) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(event, "refusal", |it| match it.outcome {
            Outcome::Refused(refusal) => shown(admit_status::of_refusal(refusal).name()),
            Outcome::Done => None,
        })
    }
}

/// How many like it the entry stands for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_count(event: *const admit_event) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(event, 0, |it| it.count) }
}

/// The SHA-256 of the entry as 64 hexadecimal digits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_hash(event: *const admit_event) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(event, "hash", |it| shown(data_encoding::HEXLOWER.encode(&it.hash))) }
}

/// The whole entry as JSON, in the words of a line of `admit_event_export`, with its source and
/// personal parts. Lives as long as the entry.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_json(event: *const admit_event) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(event) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_free(event: *mut admit_event) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(event) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_page_len(page: *const admit_event_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_page_at(
    page: *const admit_event_page,
    at: usize,
) -> *const admit_event {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_page_next(page: *const admit_event_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_page_free(page: *mut admit_event_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}

/// A page of an exported audit trail. Free it with `admit_event_document_free`.
pub struct admit_event_document(Object<Exported>);
opaque!(admit_event_document shows Exported);

/// The lines, each a JSON object that ends with a line feed; empty where no entry was found. Lives
/// as long as the document.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_document_ndjson(
    document: *const admit_event_document,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(document, "ndjson", |it| some(&it.ndjson)) }
}

/// How many lines there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_document_lines(document: *const admit_event_document) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(document, 0, |it| it.lines) }
}

/// Where the next page begins; NULL at the end. Lives as long as the document.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_document_next(
    document: *const admit_event_document,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(document, "next", |it| some(it.next.as_deref()?)) }
}

/// Frees a document. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_document_free(document: *mut admit_event_document) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(document) }
}

/// What walking a chain of events found. Free it with `admit_verification_free`.
pub struct admit_verification(Object<Verified>);
opaque!(admit_verification shows Verified);

/// 1 where no entry was changed, removed, added or moved.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_verification_is_whole(
    verification: *const admit_verification,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(verification, 0, |it| i32::from(it.broken_at.is_none())) }
}

/// The place of the first entry that does not fit; 0 where all do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_verification_broken_at(
    verification: *const admit_verification,
) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(verification, 0, |it| it.broken_at.unwrap_or(0)) }
}

/// How many entries were read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_verification_entries(
    verification: *const admit_verification,
) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(verification, 0, |it| it.entries) }
}

/// The last hash as 64 hexadecimal digits: keep it outside, with the count, as an anchor.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_verification_hash(
    verification: *const admit_verification,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(verification, "hash", |it| shown(data_encoding::HEXLOWER.encode(&it.hash))) }
}

/// The place after which a cut-off tail would go unnoticed; 0 where the anchor covers all.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_verification_unanchored_since(
    verification: *const admit_verification,
) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(verification, 0, |it| it.tail_unanchored_since.unwrap_or(0)) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_verification_json(
    verification: *const admit_verification,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(verification) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_verification_free(verification: *mut admit_verification) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(verification) }
}
