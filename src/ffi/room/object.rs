use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use crate::domain::room::Room;
use std::ffi::c_char;
use std::ptr;

/// A room as it stood when it was read. Free it with `admit_room_free`.
pub struct admit_room(Object<Room>);
opaque!(admit_room shows Room);

/// A page of rooms. Free it with `admit_room_page_free`.
pub struct admit_room_page(pub(in crate::ffi) List<admit_room>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_id(room: *const admit_room) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(room, "id", |it| shown(it.id)) }
}

/// The host's own key; NULL where it has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_external_id(room: *const admit_room) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(room, "external_id", |it| some(it.external_id.as_ref()?.as_str())) }
}

/// The id of its practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_practice_id(room: *const admit_room) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(room, "practice_id", |it| shown(it.practice)) }
}

/// What it is called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_name(room: *const admit_room) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(room, "name", |it| some(it.name.as_str())) }
}

/// When it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_created_at(room: *const admit_room) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(room, 0, |it| it.created_at.millis()) }
}

/// Counts its changes, from 1 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_revision(room: *const admit_room) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(room, 0, |it| it.revision) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_json(room: *const admit_room) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(room) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_free(room: *mut admit_room) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(room) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_page_len(page: *const admit_room_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_page_at(
    page: *const admit_room_page,
    at: usize,
) -> *const admit_room {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_page_next(page: *const admit_room_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_page_free(page: *mut admit_room_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
