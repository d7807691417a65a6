use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::person::admit_person_query;
use super::super::status::admit_status;
use super::super::store::OpenStore;
use super::input::{admit_batch_input, admit_batch_row_filter};
use super::object::{admit_batch, admit_batch_page};
use super::row::admit_batch_row_page;
use crate::commands::batch::{PlanBatch, Whom};
use crate::domain::text::Reason;
use crate::error::{InField, Result};
use std::ffi::{c_char, c_void};

/// Hears after each commit how many rows of a batch are done, and of how many: 0 where nobody
/// knows yet. 0 as the answer ends the call there with what was committed; the same call goes on.
/// Runs on the caller's thread, inside the call; must not throw, longjmp or call the same store.
pub type admit_batch_progress_fn =
    Option<unsafe extern "C" fn(user_data: *mut c_void, done: u64, total: u64) -> i32>;

/// Hands the progress on to the caller's function.
fn hearing(
    opened: &OpenStore,
    progress: admit_batch_progress_fn,
    user_data: *mut c_void,
) -> impl Fn(u64, u64) -> bool {
    move |done, total| match progress {
        None => true,
        // SAFETY: the function takes the data that came with it.
        Some(progress) => opened.during(|| unsafe { progress(user_data, done, total) }) != 0,
    }
}

/// Plans many invitations: says of each client what sending would do now, and invites nobody.
/// Whom: the clients that `input` names, or all that `query` shows, latest first; its
/// `limit` and `order` do not count, and it has no `after`. Each row is judged by the rules of `admit_invitation_send` and
/// the product's own; 1,000 rows are committed at a time.
///
/// A client that stands in an earlier row is passed over with ADMIT_ROW_REPEATED. An address that
/// does is not, for families share one: the row says so.
///
/// `query` may be NULL; `progress` may be NULL. `batch` gets the batch, to be freed with
/// `admit_batch_free`; its rows are read by `admit_batch_row_list`. It can be applied for 24 hours,
/// and is forgotten after 30 days. A call that ended early is gone on with by the same idempotency
/// key and input.
///
/// Answers ADMIT_INVALID for no clients, and for more than 100,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_plan(
    actor: *mut admit_actor,
    input: *const admit_batch_input,
    query: *const admit_person_query,
    progress: admit_batch_progress_fn,
    progress_data: *mut c_void,
    batch: *mut *mut admit_batch,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(batch) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (plan, key) = unsafe {
            let asked = call::input(input)?;
            let whom = whom(&asked, query)?;
            let plan = PlanBatch { whom, how: asked.how()? };
            (plan, call::idempotency_key(asked.idempotency_key)?)
        };
        let hear = hearing(&opened, progress, progress_data);
        out.fill(opened.admit.plan_batch(&actor, &plan, key.as_ref(), Some(&hear))?.into());
        Ok(())
    })
}

/// # Safety
/// The pointers are as the header asks.
unsafe fn whom(asked: &admit_batch_input, query: *const admit_person_query) -> Result<Whom> {
    // SAFETY: handed on from this function's contract.
    unsafe {
        if query.is_null() {
            return Ok(Whom::Clients(asked.clients()?));
        }
        let query = call::input(query)?;
        query.order()?;
        if call::text(query.after, "after")?.is_some() {
            return Err(Reason::Excluded).field("after");
        }
        let filter = query.filter()?;
        if asked.client_count > 0 {
            return Err(Reason::Excluded).field("client_ids");
        }
        Ok(Whom::Listed(filter))
    }
}

/// Applies a batch, or goes on with one: judges each row again that the plan would send, and sends
/// it, 1,000 a commit. A row is sent once, however often this is called: after a crash, and after
/// `progress` has ended a call, another goes on. What the plan passes over stays passed over.
///
/// Rows that a limit of messages holds back, and rows whose script failed, stay open for a later
/// call; `admit_batch_retry_at` says when. `progress` may be NULL; `batch` may be NULL.
///
/// Answers ADMIT_PLAN_EXPIRED for a plan that lapsed, ADMIT_ALREADY_ENDED for a batch that was
/// undone, and ADMIT_STATUS_NOT_ALLOWED before all rows are planned.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_apply(
    actor: *mut admit_actor,
    batch_id: *const c_char,
    progress: admit_batch_progress_fn,
    progress_data: *mut c_void,
    batch: *mut *mut admit_batch,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(batch) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let id = unsafe { call::id(batch_id, "batch_id")? };
        let hear = hearing(&opened, progress, progress_data);
        out.fill_if_wanted(opened.admit.apply_batch(&actor, id, Some(&hear))?);
        Ok(())
    })
}

/// Undoes a batch, or goes on with it: revokes what it sent and is still open, 1,000 a commit, and
/// drops the messages that wait in the outbox. Nothing of the batch is sent any more. What was
/// accepted, declined or sent again since is kept, and its row says why.
///
/// Invitations that were open before and that the batch renewed are revoked only where
/// `renewed_too` is 1: their earlier links are dead already. `progress` may be NULL; `batch` may be
/// NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_undo(
    actor: *mut admit_actor,
    batch_id: *const c_char,
    renewed_too: i32,
    progress: admit_batch_progress_fn,
    progress_data: *mut c_void,
    batch: *mut *mut admit_batch,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(batch) };
        let (opened, actor) = handle::actor(actor)?;
        let renewed_too = call::flag(renewed_too, "renewed_too")?;
        // SAFETY: as above.
        let id = unsafe { call::id(batch_id, "batch_id")? };
        let hear = hearing(&opened, progress, progress_data);
        out.fill_if_wanted(opened.admit.undo_batch(&actor, id, renewed_too, Some(&hear))?);
        Ok(())
    })
}

/// Reads a batch. `batch` gets it, to be freed with `admit_batch_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_get(
    actor: *mut admit_actor,
    batch_id: *const c_char,
    batch: *mut *mut admit_batch,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(batch) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let id = unsafe { call::id(batch_id, "batch_id")? };
        out.fill(opened.admit.batch(&actor, id)?.into());
        Ok(())
    })
}

/// Lists the practice's batches, latest first; those of its own for a practitioner. `after` is the
/// cursor of the page before and may be NULL; `limit` is at most 500, 0 for 50.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_list(
    actor: *mut admit_actor,
    after: *const c_char,
    limit: u32,
    page: *mut *mut admit_batch_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let after = unsafe { call::text(after, "after")? };
        out.fill(admit_batch_page(List::of(opened.admit.batches(&actor, after, limit)?)));
        Ok(())
    })
}

/// Lists the rows of a batch in order, which is that of the clients that were named. `filter` is an
/// admit_batch_row_filter. `after` is the cursor of the page before and may be NULL; `limit` is at
/// most 500, 0 for 50.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_list(
    actor: *mut admit_actor,
    batch_id: *const c_char,
    filter: i32,
    after: *const c_char,
    limit: u32,
    page: *mut *mut admit_batch_row_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        let which = admit_batch_row_filter::read(filter)?;
        // SAFETY: as above.
        let (id, after) = unsafe { (call::id(batch_id, "batch_id")?, call::text(after, "after")?) };
        let rows = opened.admit.batch_rows(&actor, id, which, after, limit)?;
        out.fill(admit_batch_row_page(List::of(rows)));
        Ok(())
    })
}
