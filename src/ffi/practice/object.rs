use crate::domain::practice::Practice;
use crate::ffi::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use crate::ffi::words::admit_practice_status_value;
use std::ffi::c_char;
use std::ptr;

/// A practice as it stood when it was read. Free it with `admit_practice_free`.
pub struct admit_practice(Object<Practice>);
opaque!(admit_practice shows Practice);

/// A page of practices. Free it with `admit_practice_page_free`.
pub struct admit_practice_page(pub(super) List<admit_practice>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_id(practice: *const admit_practice) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(practice, "id", |it| shown(it.id)) }
}

/// The host's own key; NULL where it has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_external_id(
    practice: *const admit_practice,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(practice, "external_id", |it| some(it.external_id.as_ref()?.as_str())) }
}

/// The id of the portal where its people sign in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_portal_id(
    practice: *const admit_practice,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(practice, "portal", |it| shown(it.portal)) }
}

/// What it is called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_name(practice: *const admit_practice) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(practice, "name", |it| some(it.name.as_str())) }
}

/// Where it stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_status(
    practice: *const admit_practice,
) -> admit_practice_status_value {
    let none = admit_practice_status_value::AdmitPracticeStatusNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(practice, none, |it| admit_practice_status_value::of(&it.status)) }
}

/// How long its invitations are open, in milliseconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_invitation_lifetime_ms(
    practice: *const admit_practice,
) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(practice, 0, |it| it.settings.invitation_lifetime) }
}

/// When it was made, in milliseconds since 1970 UTC.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_created_at(practice: *const admit_practice) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(practice, 0, |it| it.created_at.millis()) }
}

/// Counts its changes, from 1 on: hand it to the next change to be told of a race.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_revision(practice: *const admit_practice) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(practice, 0, |it| it.revision) }
}

/// The whole practice with its settings as JSON. Lives as long as the practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_json(practice: *const admit_practice) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(practice) }
}

/// Frees a practice. NULL is fine; one of a list is freed with the list.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_free(practice: *mut admit_practice) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(practice) }
}

/// How many practices are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_page_len(list: *const admit_practice_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(list, 0, |list| list.0.len()) }
}

/// One practice of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_page_at(
    list: *const admit_practice_page,
    at: usize,
) -> *const admit_practice {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(list, ptr::null(), |list| list.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_page_next(
    list: *const admit_practice_page,
) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(list, ptr::null(), |list| list.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_page_free(list: *mut admit_practice_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(list) }
}
