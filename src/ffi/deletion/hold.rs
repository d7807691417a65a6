use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use crate::domain::deletion::Hold;
use std::ffi::c_char;
use std::ptr;

/// A ground on which nothing about a client is deleted. Free it with `admit_hold_free`.
pub struct admit_hold(Object<Hold>);
opaque!(admit_hold shows Hold);

/// The holds of a client, lifted ones too. Free it with `admit_hold_page_free`.
pub struct admit_hold_page(pub(in crate::ffi) List<admit_hold>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_id(hold: *const admit_hold) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(hold, "id", |it| shown(it.id)) }
}

/// Whom it holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_client_id(hold: *const admit_hold) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(hold, "client_id", |it| shown(it.client)) }
}

/// Why, for programs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_ground(hold: *const admit_hold) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(hold, "ground", |it| some(it.ground.as_str())) }
}

/// Why, for people; NULL where nothing was said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_note(hold: *const admit_hold) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(hold, "note", |it| some(it.note.as_ref()?.as_str())) }
}

/// When it was placed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_placed_at(hold: *const admit_hold) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(hold, 0, |it| it.placed_at.millis()) }
}

/// When it was lifted; 0 while it stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_lifted_at(hold: *const admit_hold) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(hold, 0, |it| it.lifted_at.map_or(0, |at| at.millis())) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_json(hold: *const admit_hold) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(hold) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_free(hold: *mut admit_hold) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(hold) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_page_len(page: *const admit_hold_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_page_at(
    page: *const admit_hold_page,
    at: usize,
) -> *const admit_hold {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_page_next(page: *const admit_hold_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_page_free(page: *mut admit_hold_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
