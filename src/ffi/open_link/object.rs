use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use super::super::words::{admit_open_link_state_value, admit_role};
use crate::commands::open_link::OpenLinkView;
use std::ffi::c_char;
use std::ptr;

/// An open link as it stood when it was read. Free it with `admit_open_link_free`.
pub struct admit_open_link(Object<OpenLinkView>);
opaque!(admit_open_link shows OpenLinkView);

/// A page of open links. Free it with `admit_open_link_page_free`.
pub struct admit_open_link_page(pub(in crate::ffi) List<admit_open_link>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_id(open_link: *const admit_open_link) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(open_link, "id", |it| shown(it.id)) }
}

/// The id of its practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_practice_id(
    open_link: *const admit_open_link,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(open_link, "practice_id", |it| shown(it.practice)) }
}

/// What the seats are for that it makes; none where it makes clients.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_role(open_link: *const admit_open_link) -> admit_role {
    let none = admit_role::AdmitRoleNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(open_link, none, |it| {
            it.role.as_ref().map_or(admit_role::AdmitRoleNone, admit_role::of)
        })
    }
}

/// How many rooms a new client joins.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_room_count(open_link: *const admit_open_link) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(open_link, 0, |it| it.rooms.len()) }
}

/// The id of one room; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_room_id(
    open_link: *const admit_open_link,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(open_link, "room_id", at, |it| it.rooms.get(at).and_then(shown)) }
}

/// What staff call it; NULL where it has no name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_label(open_link: *const admit_open_link) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(open_link, "label", |it| some(it.label.as_ref()?.as_str())) }
}

/// How many may come in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_uses_max(open_link: *const admit_open_link) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(open_link, 0, |it| it.uses_max) }
}

/// How many came in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_uses(open_link: *const admit_open_link) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(open_link, 0, |it| it.uses) }
}

/// How many places are held for addresses that wait for their proof.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_held(open_link: *const admit_open_link) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(open_link, 0, |it| it.held) }
}

/// How many more may come in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_left(open_link: *const admit_open_link) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(open_link, 0, |it| it.left) }
}

/// Where it stood when it was read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_state(
    open_link: *const admit_open_link,
) -> admit_open_link_state_value {
    let none = admit_open_link_state_value::AdmitOpenLinkStateNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(open_link, none, |it| admit_open_link_state_value::of(&it.state)) }
}

/// The seat for which it was made; NULL for the host.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_inviter_id(
    open_link: *const admit_open_link,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(open_link, "inviter_id", |it| it.inviter.and_then(shown)) }
}

/// What the holder of that seat is called; NULL for the host.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_inviter_name(
    open_link: *const admit_open_link,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(open_link, "inviter_name", |it| some(it.inviter_name.as_ref()?)) }
}

/// When it lapses, or has lapsed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_expires_at(open_link: *const admit_open_link) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(open_link, 0, |it| it.expires_at.millis()) }
}

/// When it was withdrawn; 0 where it was not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_revoked_at(open_link: *const admit_open_link) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(open_link, 0, |it| it.revoked_at.map_or(0, |at| at.millis())) }
}

/// When it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_created_at(open_link: *const admit_open_link) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(open_link, 0, |it| it.created_at.millis()) }
}

/// The whole object as JSON, without its link. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_json(open_link: *const admit_open_link) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(open_link) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_free(open_link: *mut admit_open_link) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(open_link) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_page_len(page: *const admit_open_link_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_page_at(
    page: *const admit_open_link_page,
    at: usize,
) -> *const admit_open_link {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_page_next(
    page: *const admit_open_link_page,
) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_page_free(page: *mut admit_open_link_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
