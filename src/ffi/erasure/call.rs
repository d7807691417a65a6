use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::status::admit_status;
use super::super::store::admit_store;
use super::object::{admit_practice_certificate, admit_practice_exported, admit_practice_plan};
use crate::error::Error;
use std::ffi::{c_char, c_void};

/// Takes one line of an export: `len` bytes of UTF-8 that end with a line break, which live until
/// the return. 0 as the answer ends the export there. Runs on the caller's thread, inside the call;
/// must not throw, longjmp or call the same store.
pub type admit_sink_fn =
    Option<unsafe extern "C" fn(user_data: *mut c_void, line: *const c_char, len: usize) -> i32>;

/// Writes all of the actor's practice as NDJSON, as it is at one moment: a line a thing with its
/// `noun` and the members of that noun's JSON, first the practice, then each further noun, the rows
/// of batches as "batch_row", and the audit trail as "event". Memory does not grow with the
/// practice. Password hashes and tokens are in no line; logins are those that hold something here
/// or nothing elsewhere, without what they hold elsewhere; personal parts of events are there while their keys are.
///
/// For admins, and for the host with a reason in the actor's source. The export is an event.
/// `exported` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_export(
    actor: *mut admit_actor,
    sink: admit_sink_fn,
    sink_data: *mut c_void,
    exported: *mut *mut admit_practice_exported,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(exported) };
        let (opened, actor) = handle::actor(actor)?;
        let sink = sink.ok_or(Error::Misuse("the sink is NULL"))?;
        let write = |line: &[u8]| {
            // SAFETY: the function takes the data that came with it, and bytes that live on.
            opened.during(|| unsafe { sink(sink_data, line.as_ptr().cast(), line.len()) }) != 0
        };
        out.fill_if_wanted(opened.admit.export_practice(&actor, &write)?);
        Ok(())
    })
}

/// Says what would go if the actor's practice were erased, and which holds are in the way: for the
/// host alone, with a reason in the actor's source. It changes nothing. It counts all of the
/// practice, so it takes a while for a large one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_erase_plan(
    actor: *mut admit_actor,
    practice_plan: *mut *mut admit_practice_plan,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(practice_plan) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        out.fill(opened.admit.plan_practice_erasure(&actor)?.into());
        Ok(())
    })
}

/// Ends the actor's practice for good, as it was planned: for the host alone, with a reason, which
/// the certificate keeps. From here on everything in it is ADMIT_NOT_FOUND, its links are dead, its
/// messages are dropped, and its external id and a portal's name that it alone had are free.
/// `admit_store_upkeep` then takes its rows away, some a commit; logins go that reach nothing else
/// in their portal. The trail stays and verifies, without its personal parts.
///
/// Answers ADMIT_PLAN_CHANGED where the practice or a count is not as planned, so suspend one that
/// is in use before; ADMIT_PLAN_EXPIRED after 15 minutes; ADMIT_HELD while a hold stands on one of
/// its clients. `idempotency_key` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_erase_confirm(
    actor: *mut admit_actor,
    token: *const c_char,
    idempotency_key: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let (token, key) = unsafe {
            (call::required_text(token, "token")?, call::idempotency_key(idempotency_key)?)
        };
        opened.admit.confirm_practice_erasure(&actor, token, key.as_ref()).map(drop)
    })
}

/// Certifies what became of a practice that was ended; until the last row is gone it says how far
/// that has come. A store call. Answers ADMIT_NOT_FOUND for a practice that was not ended.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_certificate_get(
    store: *mut admit_store,
    practice_id: *const c_char,
    practice_certificate: *mut *mut admit_practice_certificate,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(practice_certificate) }.required()?;
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let id = unsafe { call::id(practice_id, "practice_id")? };
        out.fill(opened.admit.practice_certificate(id)?.into());
        Ok(())
    })
}
