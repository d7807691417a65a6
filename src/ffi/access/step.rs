use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use super::super::status::admit_status;
use super::super::words::{admit_noun, admit_step_kind};
use crate::commands::Page;
use crate::commands::access::{AccessStep, Why};
use std::ffi::c_char;
use std::ptr;

/// One step of a decision on access. Lives as long as its page.
pub struct admit_access_step(Object<AccessStep>);
opaque!(admit_access_step shows AccessStep);

/// The steps of a decision, in their order. Free it with `admit_access_step_page_free`.
pub struct admit_access_step_page(List<admit_access_step>, admit_status);

impl From<Why> for admit_access_step_page {
    fn from(why: Why) -> Self {
        let status = why.refusal.map_or(admit_status::AdmitOk, admit_status::of_refusal);
        Self(List::of(Page { items: why.steps, next: None }), status)
    }
}

/// What was asked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_kind(step: *const admit_access_step) -> admit_step_kind {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(step, admit_step_kind::AdmitStepKindNone, |it| admit_step_kind::of(&it.kind)) }
}

/// What it was asked of; ADMIT_NOUN_NONE where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_noun(step: *const admit_access_step) -> admit_noun {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(step, admit_noun::AdmitNounNone, |it| {
            it.thing.map_or(admit_noun::AdmitNounNone, |thing| admit_noun::of(&thing.noun))
        })
    }
}

/// The id of what it was asked of: a seat, login, grant, room, proxy or client; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_thing_id(
    step: *const admit_access_step,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(step, "thing_id", |it| shown(it.thing?.id)) }
}

/// 1 where it holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_holds(step: *const admit_access_step) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(step, 0, |it| i32::from(it.holds)) }
}

/// What it is refused with, at the step that ends the way; else ADMIT_OK.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_status(step: *const admit_access_step) -> admit_status {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(step, admit_status::AdmitOk, |it| {
            it.refusal.map_or(admit_status::AdmitOk, admit_status::of_refusal)
        })
    }
}

/// One plain English sentence.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_words(step: *const admit_access_step) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(step, "words", |it| some(&it.words)) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_json(step: *const admit_access_step) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(step) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_page_len(page: *const admit_access_step_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_page_at(
    page: *const admit_access_step_page,
    at: usize,
) -> *const admit_access_step {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// ADMIT_OK where the client is reached, else the first rule that says no.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_page_status(
    page: *const admit_access_step_page,
) -> admit_status {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, admit_status::AdmitOk, |page| page.1) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_step_page_free(page: *mut admit_access_step_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
