use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use crate::commands::script::SetView;
use crate::domain::script::Script;
use serde::Serialize;
use std::ffi::c_char;
use std::ptr;

/// A version and, where it was read by itself, its sources.
#[derive(Serialize)]
pub(in crate::ffi) struct Shown {
    #[serde(flatten)]
    view: SetView,
    #[serde(skip)]
    sources: Vec<Script>,
}

impl From<SetView> for Shown {
    fn from(view: SetView) -> Self {
        Self { view, sources: Vec::new() }
    }
}

impl From<(SetView, Vec<Script>)> for Shown {
    fn from((view, sources): (SetView, Vec<Script>)) -> Self {
        Self { view, sources }
    }
}

/// A version of a set of scripts. Free it with `admit_script_set_free`.
pub struct admit_script_set(Object<Shown>);
opaque!(admit_script_set shows Shown);

/// The versions that are kept. Free it with `admit_script_set_page_free`.
pub struct admit_script_set_page(pub(in crate::ffi) List<admit_script_set>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_id(set: *const admit_script_set) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(set, "id", |it| shown(it.view.id)) }
}

/// What its messages and verdicts name, such as "product-3".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_version(set: *const admit_script_set) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(set, "version", |it| some(&it.view.version)) }
}

/// 1 where it speaks now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_is_active(set: *const admit_script_set) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(set, 0, |it| i32::from(it.view.is_active)) }
}

/// How many hooks it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_hook_count(set: *const admit_script_set) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(set, 0, |it| it.view.hooks.len()) }
}

/// A hook that it has: "notification", "deletion" or "invitation"; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_hook(
    set: *const admit_script_set,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(set, "hook", at, |it| some(it.view.hooks.get(at)?.word())) }
}

/// How many scripts it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_script_count(set: *const admit_script_set) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(set, 0, |it| it.view.scripts.len()) }
}

/// The name of a script; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_script_name(
    set: *const admit_script_set,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(set, "script_name", at, |it| some(it.view.scripts.get(at)?)) }
}

/// The text of a script; NULL past the end, and in a list.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_script_text(
    set: *const admit_script_set,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(set, "script_text", at, |it| some(&it.sources.get(at)?.source)) }
}

/// SHA-256 over the names and texts of its scripts, each after its length in 8 bytes, big-endian;
/// in hexadecimal.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_digest(set: *const admit_script_set) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(set, "digest", |it| some(&it.view.digest)) }
}

/// When it was installed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_installed_at(set: *const admit_script_set) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(set, 0, |it| it.view.installed_at.millis()) }
}

/// The whole object as JSON, without the texts. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_json(set: *const admit_script_set) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(set) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_free(set: *mut admit_script_set) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(set) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_page_len(page: *const admit_script_set_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_page_at(
    page: *const admit_script_set_page,
    at: usize,
) -> *const admit_script_set {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_set_page_free(page: *mut admit_script_set_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
