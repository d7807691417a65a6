use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use crate::domain::item::{Item, Word};
use std::ffi::c_char;
use std::ptr;

/// Something that the product holds about a client. Free it with `admit_item_free`.
pub struct admit_item(Object<Item>);
opaque!(admit_item shows Item);

/// A page of items. Free it with `admit_item_page_free`.
pub struct admit_item_page(pub(in crate::ffi) List<admit_item>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_id(item: *const admit_item) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(item, "id", |it| shown(it.id)) }
}

/// About whom.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_client_id(item: *const admit_item) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(item, "client_id", |it| shown(it.client)) }
}

/// What it is, in the product's own word.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_kind(item: *const admit_item) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(item, "kind", |it| some(it.kind.as_str())) }
}

/// The host's own key; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_external_id(item: *const admit_item) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(item, "external_id", |it| some(it.external_id.as_ref()?.as_str())) }
}

/// Where it stands, in the product's own word; NULL where it stands nowhere.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_status(item: *const admit_item) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(item, "status", |it| it.status.as_ref().map(Word::as_str).and_then(some)) }
}

/// When it first was "received"; 0 where it was not yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_received_at(item: *const admit_item) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(item, 0, |it| it.received_at.map_or(0, |at| at.millis())) }
}

/// When it first was "ready"; 0 where it was not yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_ready_at(item: *const admit_item) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(item, 0, |it| it.ready_at.map_or(0, |at| at.millis())) }
}

/// When it was told of first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_created_at(item: *const admit_item) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(item, 0, |it| it.created_at.millis()) }
}

/// When it last changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_updated_at(item: *const admit_item) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(item, 0, |it| it.updated_at.millis()) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_json(item: *const admit_item) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(item) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_free(item: *mut admit_item) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(item) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_page_len(page: *const admit_item_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_page_at(
    page: *const admit_item_page,
    at: usize,
) -> *const admit_item {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_page_next(page: *const admit_item_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_page_free(page: *mut admit_item_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
