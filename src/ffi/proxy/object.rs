use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use super::super::words::admit_tie;
use crate::domain::proxy::{Proxy, Tie};
use std::ffi::c_char;
use std::ptr;

/// The number of a tie.
const fn tie(tie: &Tie) -> admit_tie {
    match tie {
        Tie::Myself => admit_tie::AdmitTieSelf,
        Tie::Guardian { .. } => admit_tie::AdmitTieGuardian,
    }
}

/// A proxy: the tie of a login to a client. Free it with `admit_proxy_free`.
pub struct admit_proxy(Object<Proxy>);
opaque!(admit_proxy shows Proxy);

/// Proxies, ended ones too. Free it with `admit_proxy_page_free`.
pub struct admit_proxy_page(pub(in crate::ffi) List<admit_proxy>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_id(proxy: *const admit_proxy) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(proxy, "id", |it| shown(it.id)) }
}

/// Who is served.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_client_id(proxy: *const admit_proxy) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(proxy, "client_id", |it| shown(it.client)) }
}

/// Who signs in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_login_id(proxy: *const admit_proxy) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(proxy, "login_id", |it| shown(it.login)) }
}

/// What a guardian is to the client, as the practice says it; NULL where it is not said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_relationship(proxy: *const admit_proxy) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(proxy, "relationship", |it| match &it.tie {
            Tie::Guardian { relationship } => some(relationship.as_ref()?.as_str()),
            Tie::Myself => None,
        })
    }
}

/// What the login is to the client.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_tie(proxy: *const admit_proxy) -> admit_tie {
    let none = admit_tie::AdmitTieNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(proxy, none, |it| tie(&it.tie)) }
}

/// When it ends by itself; 0 where it does not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_ends_at(proxy: *const admit_proxy) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(proxy, 0, |it| it.ends_at.map_or(0, |at| at.millis())) }
}

/// Whether it ends when the client comes of age, as far as the birth date is known: 1 or 0. Then
/// the end moves with the birth date, the age of majority and the zone of the practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_until_of_age(proxy: *const admit_proxy) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(proxy, 0, |it| i32::from(it.until_of_age)) }
}

/// When it was ended; 0 where it was not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_ended_at(proxy: *const admit_proxy) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(proxy, 0, |it| it.ended_at.map_or(0, |at| at.millis())) }
}

/// When it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_created_at(proxy: *const admit_proxy) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(proxy, 0, |it| it.created_at.millis()) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_json(proxy: *const admit_proxy) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(proxy) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_free(proxy: *mut admit_proxy) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(proxy) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_page_len(page: *const admit_proxy_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_page_at(
    page: *const admit_proxy_page,
    at: usize,
) -> *const admit_proxy {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_page_next(page: *const admit_proxy_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_page_free(page: *mut admit_proxy_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
