//! What went wrong, as an object of the caller's own.

use super::object::{Object, free, number, opaque, shown, some, text, text_at};
use super::status::admit_status;
use crate::error::Error;
use crate::hooks::verdict::Reason;
use serde::Serialize;
use std::ffi::c_char;

/// What went wrong. Owned by the caller, independent of any thread or handle, and free of
/// anything personal or secret, so it may be logged whole. Free it with `admit_error_free`.
pub struct admit_error(Object<Failure>);

#[derive(Serialize)]
pub(super) struct Failure {
    status: i32,
    name: String,
    field: Option<String>,
    message: String,
    retry_after_ms: i64,
    reasons: Vec<Reason>,
    script: Option<String>,
    line: u32,
}

opaque!(admit_error shows Failure);

impl admit_error {
    pub(super) fn of(error: &Error) -> Self {
        let status = admit_status::of(error);
        let bare = Failure::of(status, error.to_string());
        Self::from(match error {
            Error::Invalid(invalid) => Failure { field: Some(invalid.field.to_owned()), ..bare },
            Error::Refused(refusal) => {
                Failure { retry_after_ms: refusal.retry_after().unwrap_or(0), ..bare }
            }
            Error::Denied(reasons) => Failure { reasons: reasons.clone(), ..bare },
            Error::Script(fault) => {
                Failure { script: Some(fault.script.clone()), line: fault.line, ..bare }
            }
            _ => bare,
        })
    }

    pub(super) fn internal() -> Self {
        let message = "a defect of the library was contained; this call did nothing";
        Self::from(Failure::of(admit_status::AdmitInternal, message.to_owned()))
    }
}

impl Failure {
    fn of(status: admit_status, message: String) -> Self {
        Self {
            status: status as i32,
            name: status.name(),
            field: None,
            message,
            retry_after_ms: 0,
            reasons: Vec::new(),
            script: None,
            line: 0,
        }
    }
}

/// The status, an `admit_status`; ADMIT_OK for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_status(err: *const admit_error) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(err, 0, |failure| failure.status) }
}

/// The name of the status, such as "ADMIT_NOT_FOUND": the key for a host's own translations.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_name(err: *const admit_error) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(err, "name", |failure| some(&failure.name)) }
}

/// The name of the refused input; NULL where the error is about no single input.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_field(err: *const admit_error) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(err, "field", |failure| failure.field.as_deref().and_then(some)) }
}

/// One English sentence that says what to do, for a log or a developer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_message(err: *const admit_error) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(err, "message", |failure| some(&failure.message)) }
}

/// Milliseconds after which another try can succeed; 0 where waiting does not help.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_retry_after_ms(err: *const admit_error) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(err, 0, |failure| failure.retry_after_ms) }
}

/// How many reasons the product's policy gave; 0 but for ADMIT_POLICY_DENIED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_reason_count(err: *const admit_error) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(err, 0, |failure| failure.reasons.len()) }
}

/// The code of a reason, for programs; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_reason_code(
    err: *const admit_error,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(err, "reason_code", at, |it| some(&it.reasons.get(at)?.code)) }
}

/// The sentence of a reason, in the words of the product's script; NULL past the end. It may be
/// shown to whoever asked; what a script wrote into it is the script's to answer for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_reason_text(
    err: *const admit_error,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(err, "reason_text", at, |it| some(it.reasons.get(at)?.text.as_str())) }
}

/// The script that does not hold, for ADMIT_SCRIPT; else NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_script(err: *const admit_error) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(err, "script", |failure| failure.script.as_deref().and_then(some)) }
}

/// The line in that script, from 1 on; 0 where none is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_line(err: *const admit_error) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(err, 0, |failure| failure.line) }
}

/// The facts of the error as a JSON object, for a translated sentence: field, retry_after_ms.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_args_json(err: *const admit_error) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(err, "args", |failure| {
            let wait = failure.retry_after_ms;
            shown(serde_json::json!({ "field": failure.field, "retry_after_ms": wait }))
        })
    }
}

/// The whole error as JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_json(err: *const admit_error) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { super::object::json(err) }
}

/// Frees an error. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_error_free(err: *mut admit_error) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(err) }
}
