//! Personal parts, sealed under a key of the person they are about.
//!
//! Destroying the one wrapped key makes every part of that person unreadable, wherever it lies.

use super::digest::{Digest, subkey};
use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use thiserror::Error;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 12;
const WRAP_LABEL: &[u8] = b"admit person key v1";
const SEAL_LABEL: &[u8] = b"admit person part v1";

/// The key of one person's parts, wiped when dropped.
pub struct PersonKey(Zeroizing<[u8; 32]>);

impl PersonKey {
    /// Makes the key of 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Gives the digest for this person's words and addresses; it dies with the key (RULES S70).
    pub fn digest(&self) -> Digest {
        Digest::new(*subkey(&self.0, "admit person digest v1"))
    }

    fn sealing_key(&self) -> Zeroizing<[u8; 32]> {
        subkey(&self.0, "admit person seal v1")
    }
}

/// The plaintext is over the 64 GiB that AES-GCM-SIV can seal (RFC 8452 section 6).
#[derive(Debug, Error)]
#[error("too long to seal")]
pub struct TooLong;

/// Wraps a person's key, bound to that person.
pub fn wrap(
    subject_wrapping_key: &[u8; 32],
    person_id: [u8; 16],
    key: &PersonKey,
    nonce: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, TooLong> {
    encrypt(subject_wrapping_key, WRAP_LABEL, &person_id, &*key.0, nonce)
}

/// Unwraps a person's key, or gives nothing if it is another's, altered or under another key.
pub fn unwrap(
    subject_wrapping_key: &[u8; 32],
    person_id: [u8; 16],
    wrapped: &[u8],
) -> Option<PersonKey> {
    let bytes = Zeroizing::new(decrypt(subject_wrapping_key, WRAP_LABEL, &person_id, wrapped)?);
    let mut key = PersonKey::new([0; 32]);
    if bytes.len() != key.0.len() {
        return None;
    }
    key.0.copy_from_slice(&bytes);
    Some(key)
}

/// Seals `plaintext` for the place that `context` names; the nonce goes in front.
pub fn seal(
    key: &PersonKey,
    context: &[u8],
    plaintext: &[u8],
    nonce: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, TooLong> {
    encrypt(&key.sealing_key(), SEAL_LABEL, context, plaintext, nonce)
}

/// Opens what was sealed for the same place under the same key.
pub fn open(key: &PersonKey, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    decrypt(&key.sealing_key(), SEAL_LABEL, context, sealed)
}

fn encrypt(
    key: &[u8; 32],
    label: &[u8],
    context: &[u8],
    msg: &[u8],
    nonce: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, TooLong> {
    let aad = &[label, context].concat();
    let ciphertext = Aes256GcmSiv::new(key.into())
        .encrypt(&Nonce::from(nonce), Payload { msg, aad })
        .map_err(|_| TooLong)?;
    Ok([&nonce[..], &ciphertext].concat())
}

fn decrypt(key: &[u8; 32], label: &[u8], context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, msg) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let aad = &[label, context].concat();
    Aes256GcmSiv::new(key.into()).decrypt(&Nonce::from(*nonce), Payload { msg, aad }).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const WRAPPING: [u8; 32] = [3; 32];
    const ADA: [u8; 16] = [1; 16];
    const BOB: [u8; 16] = [2; 16];

    fn key() -> PersonKey {
        PersonKey::new([5; 32])
    }

    #[test]
    fn a_wrapped_key_opens_what_the_key_sealed() {
        let sealed = seal(&key(), b"event 1", b"Ada", [9; 12]).unwrap();
        let wrapped = wrap(&WRAPPING, ADA, &key(), [8; 12]).unwrap();
        let unwrapped = unwrap(&WRAPPING, ADA, &wrapped).unwrap();
        assert_eq!(open(&unwrapped, b"event 1", &sealed).unwrap(), b"Ada");
        assert!(wrapped.windows(32).all(|bytes| bytes != [5; 32]));
    }

    #[test]
    fn a_wrapped_key_is_bound_to_its_person_and_its_wrapping_key() {
        let wrapped = wrap(&WRAPPING, ADA, &key(), [8; 12]).unwrap();
        assert!(unwrap(&WRAPPING, BOB, &wrapped).is_none());
        assert!(unwrap(&[4; 32], ADA, &wrapped).is_none());
    }

    #[test]
    fn a_part_moved_to_another_place_or_person_does_not_open() {
        let sealed = seal(&key(), b"event 1", b"Ada", [9; 12]).unwrap();
        assert!(open(&key(), b"event 2", &sealed).is_none());
        assert!(open(&PersonKey::new([6; 32]), b"event 1", &sealed).is_none());
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_refused() {
        let sealed = seal(&key(), b"event 1", b"Ada", [9; 12]).unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&key(), b"event 1", &flipped).is_none());
        }
        for length in 0..sealed.len() {
            assert!(open(&key(), b"event 1", &sealed[..length]).is_none());
        }
    }

    #[test]
    fn a_wrapped_key_is_no_sealed_part_and_the_digest_is_under_another_subkey() {
        let wrapped = wrap(&key().sealing_key(), ADA, &key(), [8; 12]).unwrap();
        assert!(open(&key(), &ADA, &wrapped).is_none());
        let plain = Digest::new([5; 32]).of("name", &[b"Ada"]);
        let sealing = Digest::new(*key().sealing_key()).of("name", &[b"Ada"]);
        let digest = key().digest().of("name", &[b"Ada"]);
        assert!(digest != plain && digest != sealing);
        assert_ne!(digest, PersonKey::new([6; 32]).digest().of("name", &[b"Ada"]));
    }
}
