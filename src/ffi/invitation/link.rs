use super::super::object::{Object, free, opaque, some, text};
use crate::commands::invitation::{Link, Qr};
use secrecy::ExposeSecret;
use std::ffi::c_char;

/// A live link of an invitation: a secret, kept out of logs. Wipe it with `admit_link_free`.
pub struct admit_link(Object<Link>);
opaque!(admit_link shows Link);

/// A live link as a QR code: a secret, kept out of logs. Wipe it with `admit_qr_free`.
pub struct admit_qr(Object<Qr>);
opaque!(admit_qr shows Qr);

/// The link itself, by the practice's template. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_link_url(link: *const admit_link) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(link, "url", |it| some(it.url.expose_secret())) }
}

/// Wipes a link and frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_link_free(link: *mut admit_link) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(link) }
}

/// The link that the code holds. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_qr_url(qr: *const admit_qr) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(qr, "url", |it| some(it.link.url.expose_secret())) }
}

/// The code as an SVG image, black on white with its quiet zone, sized by its frame.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_qr_svg(qr: *const admit_qr) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(qr, "svg", |it| some(it.svg.expose_secret())) }
}

/// The code in half blocks for a dark terminal, as lines of UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_qr_terminal(qr: *const admit_qr) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(qr, "terminal", |it| some(it.terminal.expose_secret())) }
}

/// Wipes a code and frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_qr_free(qr: *mut admit_qr) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(qr) }
}
