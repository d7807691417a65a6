//! Sealed pages: AES-256-GCM-SIV, bound to one file and one place in it.
//!
//! A nonce is four random bytes and a count from a random start, both drawn when the file is opened;
//! no sealing takes that of another, so not even equal bytes at one place are seen to be equal.

use super::keys::{Key, NoRandomness, fill};
use admit_cipher::{Cipher, Nonce, Tag};
use std::sync::atomic::{AtomicU64, Ordering};

const OPENING_BYTES: usize = 4;
const NONCE_BYTES: usize = size_of::<Nonce>();

/// How long the proof is that a page is as it was sealed: a nonce and a tag.
pub(crate) const SEAL_BYTES: usize = NONCE_BYTES + size_of::<Tag>();

/// Seals and opens the pages of one file.
pub(crate) struct PageSeal {
    cipher: Cipher,
    file_id: [u8; 16],
    opening: [u8; OPENING_BYTES],
    count: AtomicU64,
}

impl PageSeal {
    pub(crate) fn new(key: &Key, file_id: [u8; 16]) -> Result<Self, NoRandomness> {
        let (mut opening, mut start) = ([0; OPENING_BYTES], [0; 8]);
        fill(&mut opening)?;
        fill(&mut start)?;
        let count = AtomicU64::new(u64::from_be_bytes(start));
        Ok(Self { cipher: Cipher::new(key), file_id, opening, count })
    }

    /// Seals bytes where they stand; what it gives out opens them again. None for more bytes than
    /// a nonce serves for.
    pub(crate) fn seal(&self, place: u64, bytes: &mut [u8]) -> Option<[u8; SEAL_BYTES]> {
        let nonce = self.next_nonce();
        let tag = self.cipher.seal(&nonce, &self.bound_to(place), bytes)?;
        let mut mark = [0; SEAL_BYTES];
        mark[..NONCE_BYTES].copy_from_slice(&nonce);
        mark[NONCE_BYTES..].copy_from_slice(&tag);
        Some(mark)
    }

    /// Opens bytes where they stand; false, and nothing left of them, when a bit of them, their
    /// file or their place is not as sealed.
    #[must_use]
    pub(crate) fn open(&self, place: u64, bytes: &mut [u8], mark: &[u8; SEAL_BYTES]) -> bool {
        let (mut nonce, mut tag) = (Nonce::default(), Tag::default());
        nonce.copy_from_slice(&mark[..NONCE_BYTES]);
        tag.copy_from_slice(&mark[NONCE_BYTES..]);
        let opened = self.cipher.open(&nonce, &self.bound_to(place), bytes, &tag);
        if !opened {
            bytes.fill(0);
        }
        opened
    }

    fn next_nonce(&self) -> Nonce {
        let mut nonce = Nonce::default();
        nonce[..OPENING_BYTES].copy_from_slice(&self.opening);
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        nonce[OPENING_BYTES..].copy_from_slice(&count.to_be_bytes());
        nonce
    }

    fn bound_to(&self, place: u64) -> [u8; 24] {
        let mut bound_to = [0; 24];
        bound_to[..16].copy_from_slice(&self.file_id);
        bound_to[16..].copy_from_slice(&place.to_be_bytes());
        bound_to
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{NONCE_BYTES, PageSeal};
    use aes_gcm_siv::{AeadInOut, Aes256GcmSiv, KeyInit, Nonce};
    use std::collections::HashSet;

    fn bytes(len: usize) -> Vec<u8> {
        (0..len).map(|at| (at * 31 + at / 256) as u8).collect()
    }

    #[test]
    fn it_is_the_cipher_of_the_rfc() {
        let seal = PageSeal::new(&[3; 32], [5; 16]).unwrap();
        for len in [0, 1, 336, 4068, 4096] {
            let mut ours = bytes(len);
            let mark = seal.seal(77, &mut ours).unwrap();
            let mut theirs = bytes(len);
            let nonce = Nonce::try_from(&mark[..NONCE_BYTES]).unwrap();
            let bound_to = [&[5; 16][..], &77_u64.to_be_bytes()].concat();
            let cipher = Aes256GcmSiv::new(&[3; 32].into());
            let buffer = theirs.as_mut_slice().into();
            let tag = cipher.encrypt_inout_detached(&nonce, &bound_to, buffer).unwrap();
            assert_eq!(ours, theirs);
            assert_eq!(mark[NONCE_BYTES..], tag[..]);
        }
    }

    #[test]
    fn equal_bytes_at_one_place_are_never_sealed_alike() {
        let openings = [(); 2].map(|()| PageSeal::new(&[3; 32], [5; 16]).unwrap());
        // So many that the count carries over.
        let sealings = openings.iter().flat_map(|seal| std::iter::repeat_n(seal, 300));
        let mut seen = HashSet::new();
        for seal in sealings {
            let mut sealed = bytes(32);
            let mark = seal.seal(1, &mut sealed).unwrap();
            assert!(seen.insert(sealed));
            assert!(seen.insert(mark[..NONCE_BYTES].to_vec()));
        }
    }

    #[test]
    fn a_later_opening_opens_what_an_earlier_one_sealed_and_nothing_else() {
        let (one, other) = ([(); 2]).map(|()| PageSeal::new(&[3; 32], [5; 16]).unwrap()).into();
        let foreign = PageSeal::new(&[3; 32], [6; 16]).unwrap();
        let mut sealed = bytes(4096);
        let mark = one.seal(1, &mut sealed).unwrap();
        for seal in [&one, &other] {
            let mut opened = sealed.clone();
            assert!(seal.open(1, &mut opened, &mark));
            assert_eq!(opened, bytes(4096));
            assert!(!seal.open(2, &mut sealed.clone(), &mark));
        }
        assert!(!foreign.open(1, &mut sealed.clone(), &mark));
        for bit in (0..4096 * 8).step_by(1023) {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(!other.open(1, &mut flipped, &mark));
            assert!(flipped.iter().all(|byte| *byte == 0));
        }
        for bit in 0..mark.len() * 8 {
            let mut flipped = mark;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(!other.open(1, &mut sealed.clone(), &flipped));
        }
    }
}
