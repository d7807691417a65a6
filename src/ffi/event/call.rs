use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::admit_store;
use super::input::{admit_anchor, admit_event_query};
use super::object::{admit_event_page, admit_verification};

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
        let (asked, filter, after) = unsafe {
            let asked = call::input(query)?;
            (asked, asked.filter()?, call::text(asked.after, "after")?)
        };
        let found = opened.admit.events(&actor, filter, after, asked.limit)?;
        out.fill(admit_event_page(List::of(found)));
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
