use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use super::super::status::admit_status;
use super::super::words::{admit_access_way, admit_ground, admit_noun, admit_role};
use crate::commands::access::AccessRow;
use crate::domain::id::Noun;
use std::ffi::c_char;
use std::ptr;

/// One way in which somebody reaches a client. Lives as long as its page.
pub struct admit_access(Object<AccessRow>);
opaque!(admit_access shows AccessRow);

/// Who reaches a client. Free it with `admit_access_page_free`.
pub struct admit_access_page(pub(in crate::ffi) List<admit_access>);

/// What reaches it: ADMIT_NOUN_LOGIN, ADMIT_NOUN_STAFF, or ADMIT_NOUN_ROOM for all staff in it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_who_noun(access: *const admit_access) -> admit_noun {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(access, admit_noun::AdmitNounNone, |it| admit_noun::of(&it.who.noun)) }
}

/// The id of the login, the seat or the room.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_who_id(access: *const admit_access) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(access, "who_id", |it| shown(it.who.id)) }
}

/// Their name, as far as it is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_name(access: *const admit_access) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(access, "name", |it| some(&it.name)) }
}

/// What the seat is for; ADMIT_ROLE_NONE for a login and a room.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_role(access: *const admit_access) -> admit_role {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(access, admit_role::AdmitRoleNone, |it| {
            it.role.map_or(admit_role::AdmitRoleNone, |role| admit_role::of(&role))
        })
    }
}

/// In which way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_kind(access: *const admit_access) -> admit_access_way {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(access, admit_access_way::AdmitAccessWayNone, |it| admit_access_way::of(&it.way))
    }
}

/// The grant, where it is one; `admit_grant_withdraw` ends it where `admit_access_may_withdraw` says so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_grant_id(access: *const admit_access) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(access, "grant_id", |it| {
            it.by.filter(|by| by.noun == Noun::Grant).and_then(|by| shown(by.id))
        })
    }
}

/// The proxy, where it is one; `admit_proxy_end` ends it where `admit_access_may_withdraw` says so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_proxy_id(access: *const admit_access) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(access, "proxy_id", |it| {
            it.by.filter(|by| by.noun == Noun::Proxy).and_then(|by| shown(by.id))
        })
    }
}

/// Why the grant was made; ADMIT_GROUND_NONE where it is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_ground(access: *const admit_access) -> admit_ground {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(access, admit_ground::AdmitGroundNone, |it| {
            it.ground.map_or(admit_ground::AdmitGroundNone, |ground| admit_ground::of(&ground))
        })
    }
}

/// The reason that was given with the grant; NULL where there was none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_reason(access: *const admit_access) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(access, "reason", |it| some(it.reason.as_ref()?.as_str())) }
}

/// Since when; for a room and an admin, since the room or the seat was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_since(access: *const admit_access) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(access, 0, |it| it.since.millis()) }
}

/// When it ends by itself; 0 where it does not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_until(access: *const admit_access) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(access, 0, |it| it.until.map_or(0, |at| at.millis())) }
}

/// ADMIT_OK where it counts now, else why it does not at present: ADMIT_ACTOR_SUSPENDED, say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_status(access: *const admit_access) -> admit_status {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(access, admit_status::AdmitOk, |it| {
            it.stopped_by.map_or(admit_status::AdmitOk, admit_status::of_refusal)
        })
    }
}

/// 1 where who asked may withdraw the grant or end the proxy.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_may_withdraw(access: *const admit_access) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(access, 0, |it| i32::from(it.may_withdraw)) }
}

/// One plain English sentence.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_words(access: *const admit_access) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(access, "words", |it| some(&it.words)) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_json(access: *const admit_access) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(access) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_page_len(page: *const admit_access_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_page_at(
    page: *const admit_access_page,
    at: usize,
) -> *const admit_access {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_page_next(page: *const admit_access_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_page_free(page: *mut admit_access_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
