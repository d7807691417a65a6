use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use super::super::words::admit_noun;
use super::words::admit_erase_order_state_value;
use crate::commands::deletion::Certificate;
use crate::domain::deletion::EraseOrder;
use std::ffi::c_char;
use std::ptr;

/// What the host has to erase of a client that was erased here. Free it with
/// `admit_erase_order_free`.
pub struct admit_erase_order(Object<EraseOrder>);
opaque!(admit_erase_order shows EraseOrder);

/// A page of erase orders. Free it with `admit_erase_order_page_free`.
pub struct admit_erase_order_page(pub(in crate::ffi) List<admit_erase_order>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_id(order: *const admit_erase_order) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(order, "id", |it| shown(it.id)) }
}

/// The random id that the client had.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_client_id(
    order: *const admit_erase_order,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(order, "client_id", |it| shown(it.client)) }
}

/// The host's own key of the client; NULL where there was none, and once the order is done.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_external_id(
    order: *const admit_erase_order,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(order, "external_id", |it| some(it.external_id.as_ref()?.as_str())) }
}

/// How many further identifiers the client had; 0 once the order is done.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_identifier_count(
    order: *const admit_erase_order,
) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(order, 0, |it| it.identifiers.len()) }
}

/// Who gives an identifier; NULL where that is not known, and past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_identifier_system(
    order: *const admit_erase_order,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text_at(order, "identifier_system", at, |it| {
            some(it.identifiers.get(at)?.system.as_ref()?.as_str())
        })
    }
}

/// An identifier; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_identifier_value(
    order: *const admit_erase_order,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text_at(order, "identifier_value", at, |it| some(it.identifiers.get(at)?.value.as_str()))
    }
}

/// How many items with keys of the host's own the client had; 0 once the order is done.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_item_count(order: *const admit_erase_order) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(order, 0, |it| it.items.len()) }
}

/// What an item was, in the product's own word; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_item_kind(
    order: *const admit_erase_order,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(order, "item_kind", at, |it| some(it.items.get(at)?.0.as_str())) }
}

/// The host's own key of an item; NULL past the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_item_external_id(
    order: *const admit_erase_order,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(order, "item_external_id", at, |it| some(it.items.get(at)?.1.as_str())) }
}

/// Whether the host has erased its half.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_state(
    order: *const admit_erase_order,
) -> admit_erase_order_state_value {
    use admit_erase_order_state_value as S;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(order, S::AdmitEraseOrderStateNone, |it| match it.done_at {
            None => S::AdmitEraseOrderStateHostPending,
            Some(_) => S::AdmitEraseOrderStateDone,
        })
    }
}

/// Which policy allowed it, such as "product-3".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_version(
    order: *const admit_erase_order,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(order, "version", |it| shown(it.version)) }
}

/// When the client was erased here.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_created_at(order: *const admit_erase_order) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(order, 0, |it| it.created_at.millis()) }
}

/// When the host said that its half is gone; 0 while it has not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_done_at(order: *const admit_erase_order) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(order, 0, |it| it.done_at.map_or(0, |at| at.millis())) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_json(order: *const admit_erase_order) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(order) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_free(order: *mut admit_erase_order) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(order) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_page_len(page: *const admit_erase_order_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_page_at(
    page: *const admit_erase_order_page,
    at: usize,
) -> *const admit_erase_order {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_page_next(
    page: *const admit_erase_order_page,
) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_page_free(page: *mut admit_erase_order_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}

/// What became of a deletion, with nothing personal in it. Free it with `admit_certificate_free`.
pub struct admit_certificate(Object<Certificate>);
opaque!(admit_certificate shows Certificate);

/// The order that it is about.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_erase_order_id(
    certificate: *const admit_certificate,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(certificate, "erase_order_id", |it| shown(it.order)) }
}

/// The random id that the client had.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_client_id(
    certificate: *const admit_certificate,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(certificate, "client_id", |it| shown(it.client)) }
}

/// When the client was erased here.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_deleted_at(
    certificate: *const admit_certificate,
) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(certificate, 0, |it| it.deleted_at.millis()) }
}

/// When the host said that its half is gone; 0 while it has not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_host_deleted_at(
    certificate: *const admit_certificate,
) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(certificate, 0, |it| it.host_deleted_at.map_or(0, |at| at.millis())) }
}

/// When the file was written anew without the erased bytes; 0 while it was not. The notice that
/// tells of the deletion is kept for 7 days, and no scrub before that counts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_scrubbed_at(
    certificate: *const admit_certificate,
) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(certificate, 0, |it| it.scrubbed.map_or(0, |at| at.millis())) }
}

/// How many of a noun, an admit_noun, went here.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_gone(
    certificate: *const admit_certificate,
    noun: i32,
) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(certificate, 0, |it| {
            let noun = admit_noun::read(noun, "noun").ok().flatten();
            noun.and_then(|noun| it.gone.get(noun.word())).copied().unwrap_or(0)
        })
    }
}

/// Which policy allowed it, such as "product-3".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_version(
    certificate: *const admit_certificate,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(certificate, "version", |it| shown(it.version)) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_json(
    certificate: *const admit_certificate,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(certificate) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_free(certificate: *mut admit_certificate) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(certificate) }
}
