//! Digests over labelled parts, keyed and plain, and the subkeys that keep two uses of a key apart.
//!
//! Every part goes in behind its length, so no two lists of parts read alike.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Digests values so that only a holder of the key can compare or confirm them.
pub struct Digest {
    key: Zeroizing<[u8; 32]>,
}

impl Digest {
    /// Makes a digest under `key`.
    pub fn new(key: [u8; 32]) -> Self {
        let key = Zeroizing::new(key);
        Self { key }
    }

    /// Digests `parts` for the use that `label` names, by HMAC-SHA-256.
    pub fn of(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = hmac_sha256(&self.key);
        prefixed(label, parts, |bytes| mac.update(bytes));
        mac.finalize().into_bytes().into()
    }
}

/// Digests `parts` without a key, by SHA-256, so that anybody can check the chain.
pub fn sha256_chain(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    prefixed(label, parts, |bytes| hash.update(bytes));
    hash.finalize().into()
}

/// Derives the key for one use of a uniformly random `key`.
///
/// HKDF-Expand of RFC 5869 for one block of SHA-256; section 3.3 lets a random key skip Extract.
pub fn subkey(key: &[u8; 32], label: &str) -> Zeroizing<[u8; 32]> {
    let mut mac = hmac_sha256(key);
    mac.update(label.as_bytes());
    mac.update(&[1]);
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// Starts an HMAC-SHA-256; HMAC itself pads a key with zeros to the block of 64 bytes.
pub(super) fn hmac_sha256(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    Hmac::new((&*block).into())
}

fn prefixed(label: &str, parts: &[&[u8]], mut add: impl FnMut(&[u8])) {
    for part in std::iter::once(label.as_bytes()).chain(parts.iter().copied()) {
        add(&(part.len() as u64).to_be_bytes());
        add(part);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    #[test]
    fn a_digest_is_hmac_sha_256_over_parts_behind_their_lengths() {
        let given = Digest::new([7; 32]).of("l", &[b"ab", b""]);
        // Python: hmac.new(b'\7'*32, b'\0'*7+b'\1l'+b'\0'*7+b'\2ab'+b'\0'*8, 'sha256')
        let known = "ff5ee4ef9e36bd672455a9e2fe71127dd5836adcdb5b23efaeec46b08d58858f";
        assert_eq!(HEXLOWER.encode(&given), known);
    }

    #[test]
    fn the_chain_is_sha_256_over_parts_behind_their_lengths() {
        let known = "969fc6db395e213c7fdeaf469cfd11a0964046a8bef53915464f8dae1a4e2e12";
        assert_eq!(HEXLOWER.encode(&sha256_chain("l", &[b"ab", b""])), known);
    }

    #[test]
    fn moving_a_byte_between_label_and_parts_changes_the_digest() {
        let digest = Digest::new([7; 32]);
        let spellings: [(&str, &[&[u8]]); 6] = [
            ("ab", &[b"cd"]),
            ("abc", &[b"d"]),
            ("a", &[b"bcd"]),
            ("ab", &[b"c", b"d"]),
            ("ab", &[b"cd", b""]),
            ("ab", &[b"", b"cd"]),
        ];
        let mut keyed: Vec<_> = spellings.iter().map(|(l, p)| digest.of(l, p)).collect();
        let mut plain: Vec<_> = spellings.iter().map(|(l, p)| sha256_chain(l, p)).collect();
        for found in [&mut keyed, &mut plain] {
            found.sort_unstable();
            found.dedup();
            assert_eq!(found.len(), spellings.len());
        }
    }

    #[test]
    fn a_subkey_is_what_hkdf_expands() {
        let key = [9; 32];
        let mut known = [0; 32];
        let hkdf = hkdf::Hkdf::<Sha256>::from_prk(&key).unwrap();
        hkdf.expand(b"use", &mut known).unwrap();
        assert_eq!(*subkey(&key, "use"), known);
    }
}
