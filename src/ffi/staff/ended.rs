use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::{Object, free, json, number, opaque, shown, text, text_at};
use super::super::status::admit_status;
use super::super::words::admit_noun;
use crate::commands::staff_end::{SeatEnded, Things};
use crate::domain::id::Noun;
use std::ffi::c_char;
use uuid::Uuid;

/// What ended with a seat, and what went to its successor. Free it with `admit_staff_ended_free`.
pub struct admit_staff_ended(Object<SeatEnded>);
opaque!(admit_staff_ended shows SeatEnded);

/// Ends a seat for good: its holder's sessions, delegations from and to it, the charts that were
/// open to it, the invitations to it and those that it sent. With a successor, an active
/// practitioner or admin, the charts are open to that one instead, with the scopes and ends that
/// they had, the invitations to clients are the successor's, and it takes the seat's place in its
/// rooms. The host gives a reason.
///
/// The seat ends in one commit, with up to 500 charts and invitations; the rest follows at once in
/// commits of 500, and what a crash leaves is due at the next `admit_store_upkeep`. Clients are not
/// written to. `successor_id` is NULL for none; `ended` may be NULL.
///
/// Answers ADMIT_STATUS_NOT_ALLOWED for a seat that has left and for a suspended successor,
/// ADMIT_LAST_ADMIN for the last admin who would end itself, ADMIT_ALREADY_ENDED for a successor
/// who has left, ADMIT_NOT_APPROVED for one who waits, ADMIT_LIMIT_REACHED for one who would be in
/// more than 64 rooms, and ADMIT_INVALID for one of another role or the seat itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_end(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    successor_id: *const c_char,
    ended: *mut *mut admit_staff_ended,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(ended) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (staff, successor) = unsafe {
            (call::id(staff_id, "staff_id")?, call::optional_id(successor_id, "successor_id")?)
        };
        out.fill_if_wanted(opened.admit.end_staff(&actor, staff, successor, None)?);
        Ok(())
    })
}

/// The seat that ended.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_staff_id(
    ended: *const admit_staff_ended,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(ended, "staff_id", |it| shown(it.staff)) }
}

/// The seat that took over; NULL where none did.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_successor_id(
    ended: *const admit_staff_ended,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(ended, "successor_id", |it| it.successor.and_then(shown)) }
}

/// When the seat ended, and all that is listed with it or right after.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_at(ended: *const admit_staff_ended) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(ended, 0, |it| it.ended_at.millis()) }
}

/// 1 where the next upkeep goes on with it: an admin who ends itself with more than 500 charts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_more(ended: *const admit_staff_ended) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(ended, 0, |it| i32::from(it.more)) }
}

fn noun(number: i32) -> Option<Noun> {
    admit_noun::read(number, "noun").ok().flatten()
}

fn of(things: &Things, number: i32) -> &[Uuid] {
    noun(number).and_then(|noun| things.get(&noun)).map_or(&[], Vec::as_slice)
}

/// The name under which a text of one noun is kept.
fn slot(number: i32) -> &'static str {
    noun(number).map_or("", Noun::word)
}

/// How many of a noun, an admit_noun, ended: delegations, grants, invitations, and the login whose
/// sessions did.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_count(
    ended: *const admit_staff_ended,
    noun: i32,
) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(ended, 0, |it| of(&it.ended, noun).len()) }
}

/// The id of one of a noun that ended; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_id(
    ended: *const admit_staff_ended,
    noun: i32,
    at: usize,
) -> *const c_char {
    let place = at.saturating_mul(2);
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(ended, slot(noun), place, |it| of(&it.ended, noun).get(at).and_then(shown)) }
}

/// How many of a noun went to the successor: clients, and invitations that wait.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_handed_over_count(
    ended: *const admit_staff_ended,
    noun: i32,
) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(ended, 0, |it| of(&it.handed_over, noun).len()) }
}

/// The id of one of a noun that went to the successor; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_handed_over_id(
    ended: *const admit_staff_ended,
    noun: i32,
    at: usize,
) -> *const c_char {
    let place = at.saturating_mul(2).saturating_add(1);
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text_at(ended, slot(noun), place, |it| of(&it.handed_over, noun).get(at).and_then(shown))
    }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_json(ended: *const admit_staff_ended) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(ended) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_ended_free(ended: *mut admit_staff_ended) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(ended) }
}
