use super::super::object::{Object, free, json, number, opaque, shown, some, text, text_at};
use super::counted;
use super::words::admit_deletion_verdict;
use crate::commands::deletion::Plan;
use crate::hooks::verdict::DeletionVerdict;
use std::ffi::c_char;

/// What may be deleted, and the token that confirms it. Free it with `admit_plan_free`.
pub struct admit_plan(Object<Plan>);
opaque!(admit_plan shows Plan);

/// What may be done.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_verdict(plan: *const admit_plan) -> admit_deletion_verdict {
    let none = admit_deletion_verdict::AdmitDeletionVerdictNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(plan, none, |it| admit_deletion_verdict::of(&it.verdict)) }
}

/// How many reasons there are; 0 unless the verdict is no.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_reason_count(plan: *const admit_plan) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(plan, 0, |it| it.reasons().len()) }
}

/// The code of a reason, for programs: of the product's script, or the library's own "hold",
/// "no_policy", "policy_failed" and "not_applicable". NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_reason_code(
    plan: *const admit_plan,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(plan, "reason_code", at, |it| some(&it.reasons().get(at)?.code)) }
}

/// The sentence of a reason, for people; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_reason_text(
    plan: *const admit_plan,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(plan, "reason_text", at, |it| some(it.reasons().get(at)?.text.as_str())) }
}

/// After how many days the client is erased; 0 unless the verdict is to wait.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_days(plan: *const admit_plan) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(plan, 0, |it| match it.verdict {
            DeletionVerdict::Schedule { days } => days,
            _ => 0,
        })
    }
}

/// The ground on which the client is retained; NULL unless that is the verdict.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_ground(plan: *const admit_plan) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(plan, "ground", |it| match &it.verdict {
            DeletionVerdict::Retain { ground } => some(ground),
            _ => None,
        })
    }
}

/// How many of a noun, an admit_noun, would go or end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_would_go(plan: *const admit_plan, noun: i32) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(plan, 0, |it| counted(&it.would_go, noun)) }
}

/// Which policy decided, such as "product-3".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_version(plan: *const admit_plan) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(plan, "version", |it| shown(it.version)) }
}

/// Confirms the plan, once, by the same actor. It is not in the JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_token(plan: *const admit_plan) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(plan, "token", |it| some(&it.token)) }
}

/// Until when the plan can be confirmed: 15 minutes after it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_expires_at(plan: *const admit_plan) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(plan, 0, |it| it.expires_at.millis()) }
}

/// The whole object as JSON, but for the token. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_json(plan: *const admit_plan) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(plan) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_plan_free(plan: *mut admit_plan) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(plan) }
}
