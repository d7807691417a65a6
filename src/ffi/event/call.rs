use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::{OpenStore, admit_store};
use super::input::{admit_anchor, admit_event_query};
use super::object::{admit_event_document, admit_event_page, admit_verification};
use crate::domain::actor::Actor;
use crate::error::Result;
use std::ffi::c_char;

/// Lists the audit trail of the actor's practice, newest first. `query` may be NULL.
///
/// One call looks at a bounded number of entries, so a page may be short and still have a next
/// one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_list(
    actor: *mut admit_actor,
    query: *const admit_event_query,
    page: *mut *mut admit_event_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        unsafe { list(&opened, &actor, query, out) }
    })
}

/// Lists the store's own audit trail, newest first: what was done to the store as a whole. A store
/// call. `query` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_event_list(
    store: *mut admit_store,
    query: *const admit_event_query,
    page: *mut *mut admit_event_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let opened = handle::store(store)?;
        // SAFETY: as above.
        unsafe { list(&opened, &Actor::store_host(), query, out) }
    })
}

/// # Safety
/// `query` is as the header asks.
unsafe fn list(
    opened: &OpenStore,
    actor: &Actor,
    query: *const admit_event_query,
    out: Out<admit_event_page>,
) -> Result<()> {
    // SAFETY: handed on from this function's contract.
    let (asked, filter, after) = unsafe {
        let asked = call::input(query)?;
        (asked, asked.filter()?, call::text(asked.after, "after")?)
    };
    let found = opened.admit.events(actor, filter, after, asked.limit)?;
    out.fill(admit_event_page(List::of(found)));
    Ok(())
}

/// Exports the audit trail of the actor's practice as NDJSON, oldest entry first: from the time
/// `from` on until before the time `until`, in milliseconds since 1970 UTC; 0 is no bound.
///
/// A page holds at most 1,000 lines, and may hold fewer though there is a next one: go on with
/// `after` set to what `admit_event_document_next` answers, under the same times, until that is
/// NULL. `after` is NULL for the first page, which the audit trail records. The export ends with
/// what was there when its first page was made. Each line has the hash of the entry before it and
/// the sealed bytes that its own hash covers, so that it can be verified elsewhere.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_export(
    actor: *mut admit_actor,
    from: i64,
    until: i64,
    after: *const c_char,
    document: *mut *mut admit_event_document,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, after) = unsafe { (Out::new(document).required()?, call::text(after, "after")?) };
        let (opened, actor) = handle::actor(actor)?;
        let (from, until) = (call::time(from), call::time(until));
        out.fill(opened.admit.export_events(&actor, from, until, after)?.into());
        Ok(())
    })
}

/// Walks the audit trail of the actor's practice and says whether it is whole. `anchor` is a place
/// that was kept outside; without one a cut-off tail cannot be noticed, and the answer says so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_event_verify(
    actor: *mut admit_actor,
    anchor: *const admit_anchor,
    verification: *mut *mut admit_verification,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, anchor) =
            unsafe { (Out::new(verification).required()?, admit_anchor::read(anchor)?) };
        let (opened, actor) = handle::actor(actor)?;
        out.fill(opened.admit.verify(&actor, anchor)?.into());
        Ok(())
    })
}

/// Walks the order of all events of all practices, under the store's own seal. A store call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_verify(
    store: *mut admit_store,
    anchor: *const admit_anchor,
    verification: *mut *mut admit_verification,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, anchor) =
            unsafe { (Out::new(verification).required()?, admit_anchor::read(anchor)?) };
        out.fill(handle::store(store)?.admit.verify_store(anchor)?.into());
        Ok(())
    })
}
