use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use super::super::status::admit_status;
use crate::commands::invitation::Row;
use crate::domain::id::InvitationId;
use crate::domain::refusal::Refusal;
use crate::hooks::verdict::Reason;
use serde::Serialize;
use std::ffi::c_char;
use std::ptr;

/// What became of one row of many.
#[derive(Serialize)]
pub(in crate::ffi) struct Outcome {
    client_id: String,
    status: i32,
    name: String,
    field: Option<String>,
    retry_after_ms: i64,
    invitation_id: Option<InvitationId>,
    is_renewed: bool,
    reasons: Vec<Reason>,
}

impl Outcome {
    /// The outcome for a client; None of a text that is no id, which names nothing.
    pub fn of(client_id: &str, row: Option<Row>) -> Self {
        let refused = Row::Skipped(Refusal::NotFound);
        let mut reasons = Vec::new();
        let (status, field, retry_after, sent) = match row.unwrap_or(refused) {
            Row::Sent(sent) => (admit_status::AdmitOk, None, None, Some(sent)),
            Row::Skipped(refusal) => {
                (admit_status::of_refusal(refusal), None, refusal.retry_after(), None)
            }
            Row::Denied(why) => {
                reasons = why;
                (admit_status::AdmitPolicyDenied, None, None, None)
            }
            Row::Invalid { field, .. } => (admit_status::AdmitInvalid, Some(field), None, None),
        };
        Self {
            client_id: client_id.to_owned(),
            status: status as i32,
            name: status.name(),
            field,
            retry_after_ms: retry_after.unwrap_or(0),
            invitation_id: sent.map(|sent| sent.invitation),
            is_renewed: sent.is_some_and(|sent| sent.is_renewed),
            reasons,
        }
    }
}

/// What became of one row of many. Freed with its page.
pub struct admit_outcome(Object<Outcome>);
opaque!(admit_outcome shows Outcome);

/// What became of each row, in the order in which they were given. Free it with
/// `admit_outcome_page_free`.
pub struct admit_outcome_page(pub(in crate::ffi) List<admit_outcome>);

/// The id that was given.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_client_id(outcome: *const admit_outcome) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(outcome, "client_id", |it| some(&it.client_id)) }
}

/// An `admit_status`: ADMIT_OK where it was done.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_status(outcome: *const admit_outcome) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(outcome, 0, |it| it.status) }
}

/// The name of the status, such as "ADMIT_NOT_REACHABLE".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_name(outcome: *const admit_outcome) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(outcome, "name", |it| some(&it.name)) }
}

/// The name of the refused input; NULL where it is about no single input.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_field(outcome: *const admit_outcome) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(outcome, "field", |it| some(it.field.as_ref()?)) }
}

/// Milliseconds after which another try can succeed; 0 where waiting does not help.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_retry_after_ms(outcome: *const admit_outcome) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(outcome, 0, |it| it.retry_after_ms) }
}

/// The invitation; NULL where none was sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_invitation_id(
    outcome: *const admit_outcome,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(outcome, "invitation_id", |it| it.invitation_id.and_then(shown)) }
}

/// 1 where an invitation was renewed that was open or had lapsed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_is_renewed(outcome: *const admit_outcome) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(outcome, 0, |it| i32::from(it.is_renewed)) }
}

/// How many reasons the product's policy gave; 0 but for ADMIT_POLICY_DENIED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_reason_count(outcome: *const admit_outcome) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(outcome, 0, |it| it.reasons.len()) }
}

/// The code of a reason, for programs; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_reason_code(
    outcome: *const admit_outcome,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(outcome, "reason_code", at, |it| some(&it.reasons.get(at)?.code)) }
}

/// The sentence of a reason, in the product's words; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_reason_text(
    outcome: *const admit_outcome,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(outcome, "reason_text", at, |it| some(it.reasons.get(at)?.text.as_str())) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_json(outcome: *const admit_outcome) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(outcome) }
}

/// How many are on the page: as many as there were rows.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_page_len(page: *const admit_outcome_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_page_at(
    page: *const admit_outcome_page,
    at: usize,
) -> *const admit_outcome {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outcome_page_free(page: *mut admit_outcome_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
