use super::super::deletion::counted;
use super::super::object::{Object, free, json, number, opaque, shown, some, text, text_at};
use super::super::words::admit_noun;
use crate::commands::erasure::ErasurePlan;
use crate::commands::practice_export::Exported;
use crate::domain::erasure::Erasure;
use std::ffi::c_char;

/// What an export wrote. Free it with `admit_practice_exported_free`.
pub struct admit_practice_exported(Object<Exported>);
opaque!(admit_practice_exported shows Exported);

/// How many lines of a noun, an admit_noun, were written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_exported_lines(
    exported: *const admit_practice_exported,
    noun: i32,
) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(exported, 0, |it| {
            let noun = admit_noun::read(noun, "noun").ok().flatten();
            noun.and_then(|noun| it.lines.get(&noun)).copied().unwrap_or(0)
        })
    }
}

/// How many entries of the audit trail were written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_exported_events(
    exported: *const admit_practice_exported,
) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(exported, 0, |it| it.events) }
}

/// 1 where all was written; 0 where the sink ended it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_exported_is_complete(
    exported: *const admit_practice_exported,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(exported, 0, |it| i32::from(it.is_complete)) }
}

/// All counts as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_exported_json(
    exported: *const admit_practice_exported,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(exported) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_exported_free(exported: *mut admit_practice_exported) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(exported) }
}

/// What would go with a practice, and the token that confirms it. Free it with
/// `admit_practice_plan_free`.
pub struct admit_practice_plan(Object<ErasurePlan>);
opaque!(admit_practice_plan shows ErasurePlan);

/// How many of a noun, an admit_noun, would go.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_plan_would_go(
    practice_plan: *const admit_practice_plan,
    noun: i32,
) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(practice_plan, 0, |it| counted(&it.would_go, noun)) }
}

/// How many holds in the way are named: the first 100. While one stands, nothing is erased.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_plan_hold_count(
    practice_plan: *const admit_practice_plan,
) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(practice_plan, 0, |it| it.holds.len()) }
}

/// The id of a hold in the way; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_plan_hold_id(
    practice_plan: *const admit_practice_plan,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(practice_plan, "hold_id", at, |it| it.holds.get(at).and_then(shown)) }
}

/// Confirms the plan, once, by the same actor. It is not in the JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_plan_token(
    practice_plan: *const admit_practice_plan,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(practice_plan, "token", |it| some(&it.token)) }
}

/// Until when the plan can be confirmed: 15 minutes after it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_plan_expires_at(
    practice_plan: *const admit_practice_plan,
) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(practice_plan, 0, |it| it.expires_at.millis()) }
}

/// The whole object as JSON, but for the token. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_plan_json(
    practice_plan: *const admit_practice_plan,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(practice_plan) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_plan_free(practice_plan: *mut admit_practice_plan) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(practice_plan) }
}

/// What became of a practice that was ended: counts, times and the host's reason. Free it with
/// `admit_practice_certificate_free`.
pub struct admit_practice_certificate(Object<Erasure>);
opaque!(admit_practice_certificate shows Erasure);

/// The random id that the practice had.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_certificate_practice_id(
    certificate: *const admit_practice_certificate,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(certificate, "practice_id", |it| shown(it.practice)) }
}

/// Why, as the host said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_certificate_reason(
    certificate: *const admit_practice_certificate,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(certificate, "reason", |it| some(it.reason.as_str())) }
}

/// When it was confirmed, and the practice closed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_certificate_closed_at(
    certificate: *const admit_practice_certificate,
) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(certificate, 0, |it| it.closed_at.millis()) }
}

/// When the last row went; 0 while some are left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_certificate_erased_at(
    certificate: *const admit_practice_certificate,
) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(certificate, 0, |it| it.erased_at.map_or(0, |at| at.millis())) }
}

/// How many of a noun, an admit_noun, there were when it was confirmed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_certificate_planned(
    certificate: *const admit_practice_certificate,
    noun: i32,
) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(certificate, 0, |it| counted(&it.planned, noun)) }
}

/// How many of a noun, an admit_noun, have gone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_certificate_gone(
    certificate: *const admit_practice_certificate,
    noun: i32,
) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(certificate, 0, |it| counted(&it.gone, noun)) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_certificate_json(
    certificate: *const admit_practice_certificate,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(certificate) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_certificate_free(
    certificate: *mut admit_practice_certificate,
) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(certificate) }
}
