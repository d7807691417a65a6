use super::super::object::{List, Object, free, listed, number, opaque, shown, some, text};
use super::super::words::{admit_channel, admit_noun};
use super::object::address;
use crate::commands::outbox::Claimed;
use std::ffi::c_char;
use std::ptr;
use zeroize::Zeroize;

/// A claimed message, whose words and facts hold a live link.
pub(in crate::ffi) struct Letter(Claimed);

impl Letter {
    pub const fn new(claimed: Claimed) -> Self {
        Self(claimed)
    }
}

impl Drop for Letter {
    fn drop(&mut self) {
        let Claimed { subject, text, html, facts_json, .. } = &mut self.0;
        for words in [subject, text, html, facts_json] {
            words.zeroize();
        }
    }
}

/// A message to send, with its live link: a secret, kept out of logs. Wiped and freed with its
/// page.
pub struct admit_claimed(Object<Letter>);
opaque!(admit_claimed shows Letter);

/// What a worker has claimed. Wipe it with `admit_claimed_page_free`.
pub struct admit_claimed_page(pub(in crate::ffi) List<admit_claimed>);

/// The message, for every report on it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_message_id(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "message_id", |it| shown(it.0.id)) }
}

/// What it tells, such as "invitation".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_kind(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "kind", |it| some(it.0.kind.word())) }
}

/// How it travels: by e-mail, or in a text message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_channel(claimed: *const admit_claimed) -> admit_channel {
    let none = admit_channel::AdmitChannelNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(claimed, none, |it| admit_channel::of(&it.0.channel)) }
}

/// Where it goes: the address or the phone number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_to(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "to", |it| some(address(&it.0.to))) }
}

/// The recipient's name; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_recipient_name(
    claimed: *const admit_claimed,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "recipient_name", |it| some(it.0.name.as_ref()?)) }
}

/// The language to write in, such as "en" or "es-MX".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_locale(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "locale", |it| some(it.0.locale.as_str())) }
}

/// The practice that speaks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_practice_id(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "practice_id", |it| shown(it.0.practice)) }
}

/// Whom it is about: a client, a seat, a login, or an invitation for whom nobody on file stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_subject_noun(claimed: *const admit_claimed) -> admit_noun {
    let none = admit_noun::AdmitNounNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(claimed, none, |it| {
            it.0.about.map_or(admit_noun::AdmitNounNone, |thing| admit_noun::of(&thing.noun))
        })
    }
}

/// Its id; NULL where it is about nobody.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_subject_id(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "subject_id", |it| shown(it.0.about?.id)) }
}

/// Which attempt this is: every report names it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_attempt(claimed: *const admit_claimed) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(claimed, 0, |it| it.0.attempt) }
}

/// When the lease ends and another worker may have it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_lease_until(claimed: *const admit_claimed) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(claimed, 0, |it| it.0.lease_until.millis()) }
}

/// The subject line; empty for a text message, and with ADMIT_CLAIM_FACTS.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_subject(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "subject", |it| some(&it.0.subject)) }
}

/// The words as plain text, with the link; empty with ADMIT_CLAIM_FACTS.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_text(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "text", |it| some(&it.0.text)) }
}

/// The words as HTML, with the link; empty for a text message, and with ADMIT_CLAIM_FACTS.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_html(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "html", |it| some(&it.0.html)) }
}

/// What the words are made of as JSON, with the link, for a host's own templates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_facts_json(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "facts_json", |it| some(&it.0.facts_json)) }
}

/// The same for the same words of the same message: a mail server that knows it sends once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_delivery_key(
    claimed: *const admit_claimed,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "delivery_key", |it| some(&it.0.delivery_key)) }
}

/// What made the words: "product-3", say, is a version of the product's scripts; "builtin-en-1" the
/// library's own words; "facts" the host.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_version(claimed: *const admit_claimed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(claimed, "version", |it| shown(it.0.version)) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_page_len(page: *const admit_claimed_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_page_at(
    page: *const admit_claimed_page,
    at: usize,
) -> *const admit_claimed {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// Wipes a page and what is on it, and frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_claimed_page_free(page: *mut admit_claimed_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
