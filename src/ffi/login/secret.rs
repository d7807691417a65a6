use crate::ffi::object::{free, listed};
use secrecy::{ExposeSecret, SecretString};
use std::ffi::c_char;
use std::ptr;
use zeroize::Zeroizing;

/// A secret that is shown once, such as a generated password. Free it with `admit_secret_free`,
/// which wipes it; it has no JSON.
pub struct admit_secret(SecretText);

/// A secret as a NUL-terminated text, wiped when it is dropped.
pub(super) struct SecretText(Zeroizing<Vec<u8>>);

impl SecretText {
    /// Copies a secret; its first NUL would end it.
    pub fn of(secret: &SecretString) -> Self {
        let bytes = secret.expose_secret().as_bytes();
        // Room for all of it: a vector that grows leaves what it held behind.
        let mut text = Zeroizing::new(Vec::with_capacity(bytes.len() + 1));
        text.extend_from_slice(bytes);
        text.push(0);
        Self(text)
    }

    /// The text, which lives as long as this.
    pub fn as_ptr(&self) -> *const c_char {
        self.0.as_ptr().cast()
    }
}

impl admit_secret {
    pub(super) fn of(secret: &SecretString) -> Self {
        Self(SecretText::of(secret))
    }
}

/// The secret itself. Lives as long as the object: show it, do not keep it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_secret_text(secret: *const admit_secret) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { listed(secret, ptr::null(), |secret| secret.0.as_ptr()) }
}

/// Wipes a secret and frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_secret_free(secret: *mut admit_secret) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(secret) }
}
