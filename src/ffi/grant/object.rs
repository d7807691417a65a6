use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use super::super::words::admit_ground;
use crate::domain::grant::{Grant, Grantee};
use std::ffi::c_char;
use std::ptr;

/// A grant: a client's chart, open to a seat or a room. Free it with `admit_grant_free`.
pub struct admit_grant(Object<Grant>);
opaque!(admit_grant shows Grant);

/// The grants of a client, withdrawn ones too. Free it with `admit_grant_page_free`.
pub struct admit_grant_page(pub(in crate::ffi) List<admit_grant>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_id(grant: *const admit_grant) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(grant, "id", |it| shown(it.id)) }
}

/// Whose chart it opens.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_client_id(grant: *const admit_grant) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(grant, "client_id", |it| shown(it.client)) }
}

/// To which seat; NULL where it is to a room.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_staff_id(grant: *const admit_grant) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(grant, "staff_id", |it| match it.grantee {
            Grantee::Staff(id) => shown(id),
            Grantee::Room(_) => None,
        })
    }
}

/// To which room; NULL where it is to a seat.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_room_id(grant: *const admit_grant) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(grant, "room_id", |it| match it.grantee {
            Grantee::Room(id) => shown(id),
            Grantee::Staff(_) => None,
        })
    }
}

/// The reason that was given; NULL where there was none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_reason(grant: *const admit_grant) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(grant, "reason", |it| some(it.reason.as_ref()?.as_str())) }
}

/// Why the chart is open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_ground(grant: *const admit_grant) -> admit_ground {
    let none = admit_ground::AdmitGroundNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(grant, none, |it| admit_ground::of(&it.ground)) }
}

/// How many parts of the chart it opens; 0 is all of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_scope_count(grant: *const admit_grant) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(grant, 0, |it| it.scopes.len()) }
}

/// The name of one part of the chart; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_scope(grant: *const admit_grant, at: usize) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(grant, "scope", at, |it| some(it.scopes.get(at)?.as_str())) }
}

/// When it ends by itself; 0 where it does not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_ends_at(grant: *const admit_grant) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(grant, 0, |it| it.ends_at.map_or(0, |at| at.millis())) }
}

/// When it was withdrawn; 0 where it was not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_withdrawn_at(grant: *const admit_grant) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(grant, 0, |it| it.withdrawn_at.map_or(0, |at| at.millis())) }
}

/// When it was given.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_created_at(grant: *const admit_grant) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(grant, 0, |it| it.created_at.millis()) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_json(grant: *const admit_grant) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(grant) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_free(grant: *mut admit_grant) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(grant) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_page_len(page: *const admit_grant_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_page_at(
    page: *const admit_grant_page,
    at: usize,
) -> *const admit_grant {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_page_next(page: *const admit_grant_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_page_free(page: *mut admit_grant_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
