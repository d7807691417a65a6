//! AES-256-GCM-SIV (RFC 8452) of the `aes-gcm-siv` crate, with its type parameters filled in.
//!
//! Generic code is compiled by the crate that calls it. As the caller is this one, a development
//! build optimises the cipher of every page without optimising all of `admit`.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

use aes::Aes256Enc;
use aes_gcm_siv::{AeadInOut, AesGcmSiv, KeyInit};

/// What tells one sealing under a key from another.
pub type Nonce = [u8; 12];
/// The proof that bytes are as they were sealed.
pub type Tag = [u8; 16];

/// Seals and opens bytes under one key, which is wiped on drop.
pub struct Cipher(AesGcmSiv<Aes256Enc>);

impl Cipher {
    /// Expands the key, once for all that is sealed under it.
    pub fn new(key: &[u8; 32]) -> Self {
        Self(AesGcmSiv::new(key.into()))
    }

    /// Seals bytes where they stand, bound to others that stay outside; None, and no byte changed,
    /// where they are more than the 64 GiB that one nonce serves for.
    pub fn seal(&self, nonce: &Nonce, bound_to: &[u8], bytes: &mut [u8]) -> Option<Tag> {
        let tag = self.0.encrypt_inout_detached(nonce.into(), bound_to, bytes.into());
        tag.ok().map(Into::into)
    }

    /// Opens bytes where they stand; false, and none of them in the clear, when a bit of them, of
    /// what they are bound to, of the nonce or of the tag is not as sealed.
    #[must_use]
    pub fn open(&self, nonce: &Nonce, bound_to: &[u8], bytes: &mut [u8], tag: &Tag) -> bool {
        let opened =
            self.0.decrypt_inout_detached(nonce.into(), bound_to, bytes.into(), tag.into());
        opened.is_ok()
    }
}
