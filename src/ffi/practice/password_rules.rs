use crate::commands::password_rules::PasswordRules;
use crate::ffi::actor::admit_actor;
use crate::ffi::call::{self, Out};
use crate::ffi::error::admit_error;
use crate::ffi::handle;
use crate::ffi::object::{Object, free, json, number, opaque, some, text_at};
use crate::ffi::status::admit_status;
use std::ffi::c_char;

/// What a new password must be, for the hint on a form. Free it with `admit_password_rules_free`.
///
/// There are no rules of composition and none of expiry (NIST SP 800-63B-4, section 3.1.1.2).
pub struct admit_password_rules(Object<PasswordRules>);
opaque!(admit_password_rules shows PasswordRules);

/// Tells what a new password must be: to whoever sees the practice, and so to a visitor before the
/// sign-in. To a login it is told by all practices that the password opens.
///
/// `rules` gets it, to be freed with `admit_password_rules_free`. A form may check these rules
/// itself; a password that it lets through may still be refused, as common or as the holder's own
/// names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_password_rules(
    actor: *mut admit_actor,
    rules: *mut *mut admit_password_rules,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(rules) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        out.fill(opened.admit.password_rules(&actor)?.into());
        Ok(())
    })
}

/// The fewest characters, counted as Unicode code points after NFKC: 15, or 8 where the host asks
/// for a second factor (NIST SP 800-63B-4, section 3.1.1.2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_password_rules_characters_min(
    rules: *const admit_password_rules,
) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(rules, 0, |it| it.characters_min) }
}

/// The most bytes of UTF-8, 1,024: any 256 characters fit. A longer one is refused, never cut.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_password_rules_bytes_max(
    rules: *const admit_password_rules,
) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(rules, 0, |it| it.bytes_max) }
}

/// 0: neither upper case nor digits nor signs are asked for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_password_rules_has_composition_rules(
    rules: *const admit_password_rules,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(rules, 0, |it| i32::from(it.has_composition_rules)) }
}

/// 1: passwords that are common, or as easy to guess, are refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_password_rules_refuses_common(
    rules: *const admit_password_rules,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(rules, 0, |it| i32::from(it.refuses_common)) }
}

/// How many words there are of which a password must not be made: those of the practice's and the
/// product's names. The holder's own names are refused as well, and not listed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_password_rules_context_word_count(
    rules: *const admit_password_rules,
) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(rules, 0, |it| it.context_words.len()) }
}

/// One of these words, folded to lower case; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_password_rules_context_word(
    rules: *const admit_password_rules,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(rules, "context_word", at, |it| some(it.context_words.get(at)?)) }
}

/// 1 where the host's own `password_check` is asked about each new password, as a rule by a list
/// of breached ones.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_password_rules_has_breach_check(
    rules: *const admit_password_rules,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(rules, 0, |it| i32::from(it.has_breach_check)) }
}

/// The rules as JSON. Lives as long as the rules.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_password_rules_json(
    rules: *const admit_password_rules,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(rules) }
}

/// Frees the rules. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_password_rules_free(rules: *mut admit_password_rules) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(rules) }
}
