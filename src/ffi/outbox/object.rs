use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use super::super::words::{admit_channel, admit_delivery_state_value, admit_noun};
use crate::commands::outbox::Preview;
use crate::domain::message::{Address, Message};
use std::ffi::c_char;
use std::ptr;

/// Where a message goes, as a text.
pub(super) fn address(address: &Address) -> &str {
    match address {
        Address::Email(email) => email.as_str(),
        Address::Phone(phone) => phone.as_str(),
    }
}

/// A message as it stood when it was read, without its words. Free it with `admit_message_free`.
pub struct admit_message(Object<Message>);
opaque!(admit_message shows Message);

/// A page of messages. Free it with `admit_message_page_free`.
pub struct admit_message_page(pub(in crate::ffi) List<admit_message>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_id(message: *const admit_message) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(message, "id", |it| shown(it.id)) }
}

/// The id of its practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_practice_id(message: *const admit_message) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(message, "practice_id", |it| shown(it.practice)) }
}

/// What it tells, such as "invitation".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_kind(message: *const admit_message) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(message, "kind", |it| some(it.kind.word())) }
}

/// What made its words when it was first claimed, such as "product-3"; NULL until then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_version(message: *const admit_message) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(message, "version", |it| shown(it.pinned.as_ref()?.version)) }
}

/// How it travels: by e-mail, or in a text message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_channel(message: *const admit_message) -> admit_channel {
    let none = admit_channel::AdmitChannelNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(message, none, |it| admit_channel::of(&it.channel)) }
}

/// Where it goes: the address or the phone number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_to(message: *const admit_message) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(message, "to", |it| some(address(&it.to.address))) }
}

/// The recipient's name; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_recipient_name(
    message: *const admit_message,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(message, "recipient_name", |it| shown(it.to.name.as_ref()?.display())) }
}

/// Whom it is about: a client, a seat, a login, or an invitation for whom nobody on file stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_subject_noun(message: *const admit_message) -> admit_noun {
    let none = admit_noun::AdmitNounNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(message, none, |it| {
            it.subject.map_or(admit_noun::AdmitNounNone, |thing| admit_noun::of(&thing.noun))
        })
    }
}

/// Its id; NULL where it is about nobody.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_subject_id(message: *const admit_message) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(message, "subject_id", |it| shown(it.subject?.id)) }
}

/// Where it stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_state(
    message: *const admit_message,
) -> admit_delivery_state_value {
    let none = admit_delivery_state_value::AdmitDeliveryStateNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(message, none, |it| admit_delivery_state_value::of(&it.state.shown())) }
}

/// How often it was claimed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_attempt(message: *const admit_message) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(message, 0, |it| it.attempt) }
}

/// When it can be claimed next, once its lease ends; 0 where it never is again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_due_at(message: *const admit_message) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(message, 0, |it| it.state.due().map_or(0, |at| at.millis())) }
}

/// When it was posted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_created_at(message: *const admit_message) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(message, 0, |it| it.created_at.millis()) }
}

/// How many steps its timeline has, oldest first; the latest 64 are kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_step_count(message: *const admit_message) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(message, 0, |it| it.timeline.len()) }
}

/// When a step was taken; 0 past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_step_at(message: *const admit_message, at: usize) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(message, 0, |it| it.timeline.get(at).map_or(0, |step| step.at.millis())) }
}

/// In which attempt.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_step_attempt(
    message: *const admit_message,
    at: usize,
) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(message, 0, |it| it.timeline.get(at).map_or(0, |step| step.attempt)) }
}

/// Where the message stood after it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_step_state(
    message: *const admit_message,
    at: usize,
) -> admit_delivery_state_value {
    let none = admit_delivery_state_value::AdmitDeliveryStateNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(message, none, |it| {
            it.timeline.get(at).map_or(admit_delivery_state_value::AdmitDeliveryStateNone, |step| {
                admit_delivery_state_value::of(&step.state)
            })
        })
    }
}

/// What the host said of it; NULL where it said nothing, and past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_step_detail(
    message: *const admit_message,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text_at(message, "step_detail", at, |it| {
            some(it.timeline.get(at)?.detail.as_ref()?.as_str())
        })
    }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_json(message: *const admit_message) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(message) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_free(message: *mut admit_message) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(message) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_page_len(page: *const admit_message_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_page_at(
    page: *const admit_message_page,
    at: usize,
) -> *const admit_message {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_page_next(page: *const admit_message_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_message_page_free(page: *mut admit_message_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}

/// What a message would say, with a placeholder for its link. Free it with `admit_preview_free`.
pub struct admit_preview(Object<Preview>);
opaque!(admit_preview shows Preview);

/// The subject line; empty for a text message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_preview_subject(preview: *const admit_preview) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(preview, "subject", |it| some(&it.subject)) }
}

/// The words as plain text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_preview_text(preview: *const admit_preview) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(preview, "text", |it| some(&it.text)) }
}

/// The words as HTML; empty for a text message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_preview_html(preview: *const admit_preview) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(preview, "html", |it| some(&it.html)) }
}

/// Which version of the words it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_preview_version(preview: *const admit_preview) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(preview, "version", |it| some(&it.version)) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_preview_json(preview: *const admit_preview) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(preview) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_preview_free(preview: *mut admit_preview) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(preview) }
}
