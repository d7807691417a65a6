use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use super::super::status::admit_status;
use crate::domain::batch::{Applied, BatchRow, Planned, Skip, Undone};
use crate::domain::denial::Reason;
use crate::domain::id::{ClientId, InvitationId};
use serde::Serialize;
use std::ffi::c_char;
use std::ptr;

/// What a row of a batch will become, or has.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum admit_batch_row_state_value {
    /// There is no such row.
    #[serde(rename = "none")]
    AdmitBatchRowNone = 0,
    /// It will be invited.
    #[serde(rename = "invite")]
    AdmitBatchRowInvite = 1,
    /// An invitation that is open or has lapsed will be sent again.
    #[serde(rename = "renew")]
    AdmitBatchRowRenew = 2,
    /// The plan passes it over.
    #[serde(rename = "skip")]
    AdmitBatchRowSkip = 3,
    /// It could not be sent yet: a limit of messages or a failing script held it back.
    #[serde(rename = "waiting")]
    AdmitBatchRowWaiting = 4,
    /// It was invited.
    #[serde(rename = "invited")]
    AdmitBatchRowInvited = 5,
    /// An invitation that was open or had lapsed was sent again.
    #[serde(rename = "renewed")]
    AdmitBatchRowRenewed = 6,
    /// It was passed over when its turn came.
    #[serde(rename = "skipped")]
    AdmitBatchRowSkipped = 7,
    /// Its invitation was revoked by undoing the batch.
    #[serde(rename = "revoked")]
    AdmitBatchRowRevoked = 8,
    /// Undoing the batch could not revoke its invitation.
    #[serde(rename = "kept")]
    AdmitBatchRowKept = 9,
}
use admit_batch_row_state_value as State;

/// A row as C reads it.
#[derive(Serialize)]
pub struct Shown {
    place: u32,
    client_id: Option<ClientId>,
    planned: State,
    state: State,
    shares_address: bool,
    status: i32,
    name: String,
    field: Option<String>,
    retry_after_ms: i64,
    invitation_id: Option<InvitationId>,
    reasons: Vec<Reason>,
}

fn state(row: &BatchRow) -> State {
    match (row.undone, &row.applied, &row.waits) {
        (Some(Undone::Revoked), _, _) => State::AdmitBatchRowRevoked,
        (Some(Undone::Kept(_)), _, _) => State::AdmitBatchRowKept,
        (None, Some(Applied::Sent(it)), _) if it.is_renewed => State::AdmitBatchRowRenewed,
        (None, Some(Applied::Sent(_)), _) => State::AdmitBatchRowInvited,
        (None, Some(Applied::Skipped(_)), _) => State::AdmitBatchRowSkipped,
        (None, None, Some(_)) => State::AdmitBatchRowWaiting,
        (None, None, None) => planned(row),
    }
}

const fn planned(row: &BatchRow) -> State {
    match &row.planned {
        Planned::Invite => State::AdmitBatchRowInvite,
        Planned::Renew => State::AdmitBatchRowRenew,
        Planned::Skip(_) => State::AdmitBatchRowSkip,
    }
}

impl From<BatchRow> for Shown {
    fn from(row: BatchRow) -> Self {
        let kept = match row.undone {
            Some(Undone::Kept(refusal)) => Some(Skip::Refused(refusal)),
            _ => None,
        };
        let why = kept.as_ref().or_else(|| row.why());
        let (status, field, retry_after, reasons) = match why {
            None => (admit_status::AdmitOk, None, None, Vec::new()),
            Some(Skip::Refused(refusal)) => {
                (admit_status::of_refusal(*refusal), None, refusal.retry_after(), Vec::new())
            }
            Some(Skip::Denied(reasons)) => {
                (admit_status::AdmitPolicyDenied, None, None, reasons.clone())
            }
            Some(Skip::Invalid { field, .. }) => {
                (admit_status::AdmitInvalid, Some(field.clone()), None, Vec::new())
            }
        };
        let invitation_id = match &row.applied {
            Some(Applied::Sent(mailed)) => Some(mailed.invitation),
            Some(Applied::Skipped(_)) | None => None,
        };
        Self {
            place: row.place,
            client_id: row.client,
            planned: planned(&row),
            state: state(&row),
            shares_address: row.shares_address,
            status: status as i32,
            name: status.name(),
            field,
            retry_after_ms: retry_after.unwrap_or(0),
            invitation_id,
            reasons,
        }
    }
}

/// One row of a batch. Freed with its page.
pub struct admit_batch_row(Object<Shown>);
opaque!(admit_batch_row shows Shown);

impl From<BatchRow> for admit_batch_row {
    fn from(row: BatchRow) -> Self {
        Shown::from(row).into()
    }
}

/// Rows of a batch. Free them with `admit_batch_row_page_free`.
pub struct admit_batch_row_page(pub(in crate::ffi) List<admit_batch_row>);

/// Its place, from 0: that of its client among those that were named.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_place(row: *const admit_batch_row) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(row, 0, |it| it.place) }
}

/// Who; NULL where nothing in the practice has the id that was given, and once the client is erased.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_client_id(row: *const admit_batch_row) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(row, "client_id", |it| it.client_id.and_then(shown)) }
}

/// What the plan says: invite, renew or skip.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_planned(
    row: *const admit_batch_row,
) -> admit_batch_row_state_value {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(row, State::AdmitBatchRowNone, |it| it.planned) }
}

/// What has become of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_state(
    row: *const admit_batch_row,
) -> admit_batch_row_state_value {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(row, State::AdmitBatchRowNone, |it| it.state) }
}

/// 1 where a client of an earlier row has the same address, as families do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_shares_address(row: *const admit_batch_row) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(row, 0, |it| i32::from(it.shares_address)) }
}

/// Why it is passed over, waits or was kept, an `admit_status`; ADMIT_OK where nothing is in the way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_status(row: *const admit_batch_row) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(row, 0, |it| it.status) }
}

/// The name of the status, such as "ADMIT_NOT_REACHABLE".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_name(row: *const admit_batch_row) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(row, "name", |it| some(&it.name)) }
}

/// The name of the refused input; NULL where it is about no single input.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_field(row: *const admit_batch_row) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(row, "field", |it| some(it.field.as_ref()?)) }
}

/// Milliseconds from its last try on after which another can succeed; 0 where waiting does not help.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_retry_after_ms(row: *const admit_batch_row) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(row, 0, |it| it.retry_after_ms) }
}

/// The invitation; NULL where none was sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_invitation_id(
    row: *const admit_batch_row,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(row, "invitation_id", |it| it.invitation_id.and_then(shown)) }
}

/// How many reasons the product's policy gave; 0 but for ADMIT_POLICY_DENIED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_reason_count(row: *const admit_batch_row) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(row, 0, |it| it.reasons.len()) }
}

/// The code of a reason, for programs; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_reason_code(
    row: *const admit_batch_row,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(row, "reason_code", at, |it| some(&it.reasons.get(at)?.code)) }
}

/// The sentence of a reason, in the product's words; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_reason_text(
    row: *const admit_batch_row,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(row, "reason_text", at, |it| some(it.reasons.get(at)?.text.as_str())) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_json(row: *const admit_batch_row) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(row) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_page_len(page: *const admit_batch_row_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_page_at(
    page: *const admit_batch_row_page,
    at: usize,
) -> *const admit_batch_row {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_page_next(
    page: *const admit_batch_row_page,
) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_batch_row_page_free(page: *mut admit_batch_row_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
