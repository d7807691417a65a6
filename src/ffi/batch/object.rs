use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use super::super::words::admit_channel;
use crate::commands::batch::BatchView;
use crate::domain::actor::Who;
use crate::domain::batch::Shown;
use std::ffi::c_char;
use std::ptr;

/// Where a batch stands.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_batch_state_value {
    /// There is no batch.
    AdmitBatchNone = 0,
    /// Its rows are being judged; planning it again with the same key goes on.
    AdmitBatchPlanning = 1,
    /// It can be applied.
    AdmitBatchPlanned = 2,
    /// It was begun to be applied, and has rows left.
    AdmitBatchApplying = 3,
    /// No row is left to send.
    AdmitBatchApplied = 4,
    /// It was begun to be undone.
    AdmitBatchUndoing = 5,
    /// What could be revoked was.
    AdmitBatchUndone = 6,
    /// Nobody applied it in time.
    AdmitBatchLapsed = 7,
}

/// Many invitations, planned and applied together. Free it with `admit_batch_free`.
pub struct admit_batch(Object<BatchView>);
opaque!(admit_batch shows BatchView);

/// Batches. Free them with `admit_batch_page_free`.
pub struct admit_batch_page(pub(in crate::ffi) List<admit_batch>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_id(batch: *const admit_batch) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(batch, "id", |it| shown(it.id)) }
}

/// Where it stands now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_state(batch: *const admit_batch) -> admit_batch_state_value {
    let none = admit_batch_state_value::AdmitBatchNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(batch, none, |it| match it.state {
            Shown::Planning => admit_batch_state_value::AdmitBatchPlanning,
            Shown::Planned => admit_batch_state_value::AdmitBatchPlanned,
            Shown::Applying => admit_batch_state_value::AdmitBatchApplying,
            Shown::Applied => admit_batch_state_value::AdmitBatchApplied,
            Shown::Undoing => admit_batch_state_value::AdmitBatchUndoing,
            Shown::Undone => admit_batch_state_value::AdmitBatchUndone,
            Shown::Lapsed => admit_batch_state_value::AdmitBatchLapsed,
        })
    }
}

/// The seat that made it; NULL where the host did.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_staff_id(batch: *const admit_batch) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(batch, "staff_id", |it| match it.maker {
            Who::Staff(id) => shown(id),
            Who::Host | Who::Login { .. } | Who::Visitor => None,
        })
    }
}

/// A word of the inviter's own; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_note(batch: *const admit_batch) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(batch, "note", |it| some(it.how.note.as_ref()?.as_str())) }
}

/// How the messages travel.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_channel(batch: *const admit_batch) -> admit_channel {
    let none = admit_channel::AdmitChannelNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, none, |it| it.how.channel.as_ref().map_or(none, admit_channel::of)) }
}

/// How many rows it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_rows(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.rows) }
}

/// How many rows the plan would invite.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_to_invite(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.to_invite) }
}

/// How many rows have an invitation that is open or has lapsed, which the plan would send again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_to_renew(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.to_renew) }
}

/// How many rows the plan passes over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_to_skip(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.to_skip) }
}

/// How many rows are left to send.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_open(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.open) }
}

/// How many rows were invited.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_invited(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.invited) }
}

/// How many rows were sent again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_renewed(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.renewed) }
}

/// How many rows were passed over when their turn came.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_skipped(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.skipped) }
}

/// How many invitations the undoing revoked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_revoked(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.revoked) }
}

/// How many invitations the undoing could not revoke.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_kept(batch: *const admit_batch) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.counts.kept) }
}

/// When rows that the limits held back may be sent, at the earliest; 0 where none waits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_retry_at(batch: *const admit_batch) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.retry_at.map_or(0, |at| at.millis())) }
}

/// When it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_created_at(batch: *const admit_batch) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.created_at.millis()) }
}

/// When it was last worked on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_updated_at(batch: *const admit_batch) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.updated_at.millis()) }
}

/// When it lapses, unless it is applied: 24 hours after it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_lapses_at(batch: *const admit_batch) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(batch, 0, |it| it.lapses_at.millis()) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_json(batch: *const admit_batch) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(batch) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_free(batch: *mut admit_batch) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(batch) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_page_len(page: *const admit_batch_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_page_at(
    page: *const admit_batch_page,
    at: usize,
) -> *const admit_batch {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_page_next(page: *const admit_batch_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_page_free(page: *mut admit_batch_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
