//! Sealed pages: AES-256-GCM-SIV (RFC 8452), bound to one file and one place in it.
//!
//! A nonce is drawn when the file is opened and serves until it is closed, so the keys that the
//! RFC derives from it are derived once and not for every page. Equal nonces reveal no more than
//! that one place was given the same bytes twice, which is why this cipher was chosen; what else
//! they cost is a bound of n * n / 2^96 on n pages sealed under one opening.

use super::keys::{Key, NoRandomness, fill};
use aes::Aes256Enc;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit, consts::U16};
use polyval::{Polyval, universal_hash::UniversalHash};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;
const BLOCK_BYTES: usize = 16;
/// So many blocks of key stream are made at a time: what the widest processors take at once.
const STREAM_BLOCKS: usize = 64;
/// The keys of so many openings are kept; a file may hold pages of more.
const OPENINGS_MAX: usize = 256;

/// How long the proof is that a page is as it was sealed: a nonce and a tag.
pub(crate) const SEAL_BYTES: usize = NONCE_BYTES + TAG_BYTES;

type Block = Array<u8, U16>;
type Nonce = [u8; NONCE_BYTES];
type Tag = [u8; TAG_BYTES];

/// Seals and opens the pages of one file.
pub(crate) struct PageSeal {
    root: Aes256Enc,
    file_id: [u8; 16],
    nonce: Nonce,
    current: Opening,
    /// By nonce, the keys of earlier openings.
    earlier: Mutex<HashMap<Nonce, Arc<Opening>>>,
}

impl PageSeal {
    pub(crate) fn new(key: &Key, file_id: [u8; 16]) -> Result<Self, NoRandomness> {
        let root = Aes256Enc::new(key.into());
        let mut nonce = [0; NONCE_BYTES];
        fill(&mut nonce)?;
        let current = Opening::derive(&root, &nonce);
        Ok(Self { root, file_id, nonce, current, earlier: Mutex::default() })
    }

    /// Seals bytes where they stand; what it gives out opens them again.
    pub(crate) fn seal(&self, place: u64, bytes: &mut [u8]) -> [u8; SEAL_BYTES] {
        let tag = self.current.tag(&self.nonce, &self.bound_to(place), bytes);
        self.current.apply_stream(&tag, bytes);
        let mut mark = [0; SEAL_BYTES];
        mark[..NONCE_BYTES].copy_from_slice(&self.nonce);
        mark[NONCE_BYTES..].copy_from_slice(&tag);
        mark
    }

    /// Opens bytes where they stand; false, and nothing left of them, when a bit of them, their
    /// file or their place is not as sealed.
    #[must_use]
    pub(crate) fn open(&self, place: u64, bytes: &mut [u8], mark: &[u8; SEAL_BYTES]) -> bool {
        let (mut nonce, mut tag) = ([0; NONCE_BYTES], [0; TAG_BYTES]);
        nonce.copy_from_slice(&mark[..NONCE_BYTES]);
        tag.copy_from_slice(&mark[NONCE_BYTES..]);
        let bound_to = self.bound_to(place);
        let opened = if nonce == self.nonce {
            self.current.open(&nonce, &bound_to, bytes, &tag)
        } else {
            self.earlier(&nonce).open(&nonce, &bound_to, bytes, &tag)
        };
        if !opened {
            bytes.fill(0);
        }
        opened
    }

    fn earlier(&self, nonce: &Nonce) -> Arc<Opening> {
        let mut earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        if earlier.len() >= OPENINGS_MAX && !earlier.contains_key(nonce) {
            earlier.clear();
        }
        let opening = earlier.entry(*nonce);
        Arc::clone(opening.or_insert_with(|| Arc::new(Opening::derive(&self.root, nonce))))
    }

    fn bound_to(&self, place: u64) -> [u8; 24] {
        let mut bound_to = [0; 24];
        bound_to[..16].copy_from_slice(&self.file_id);
        bound_to[16..].copy_from_slice(&place.to_be_bytes());
        bound_to
    }
}

/// The keys that the RFC derives from a nonce.
struct Opening {
    hash: Polyval,
    cipher: Aes256Enc,
}

impl Opening {
    fn derive(root: &Aes256Enc, nonce: &Nonce) -> Self {
        let mut keys = Zeroizing::new([0; 48]);
        for (half, count) in keys.chunks_exact_mut(8).zip(0_u32..) {
            let mut block = Block::default();
            block[..4].copy_from_slice(&count.to_le_bytes());
            block[4..].copy_from_slice(nonce);
            root.encrypt_block(&mut block);
            half.copy_from_slice(&block[..8]);
        }
        let mut hash = Block::default();
        hash.copy_from_slice(&keys[..16]);
        let mut cipher = Zeroizing::new([0; 32]);
        cipher.copy_from_slice(&keys[16..]);
        Self { hash: Polyval::new(&hash), cipher: Aes256Enc::new((&*cipher).into()) }
    }

    fn open(&self, nonce: &Nonce, bound_to: &[u8], bytes: &mut [u8], tag: &Tag) -> bool {
        self.apply_stream(tag, bytes);
        self.tag(nonce, bound_to, bytes).ct_eq(tag).into()
    }

    /// The tag of plain bytes, from which their key stream starts too.
    fn tag(&self, nonce: &Nonce, bound_to: &[u8], bytes: &[u8]) -> Tag {
        let mut hash = self.hash.clone();
        hash.update_padded(bound_to);
        hash.update_padded(bytes);
        let mut lengths = Block::default();
        lengths[..8].copy_from_slice(&(bound_to.len() as u64 * 8).to_le_bytes());
        lengths[8..].copy_from_slice(&(bytes.len() as u64 * 8).to_le_bytes());
        hash.update(&[lengths]);
        let mut sum = hash.finalize();
        for (byte, other) in sum.iter_mut().zip(nonce) {
            *byte ^= other;
        }
        sum[BLOCK_BYTES - 1] &= 0x7f;
        self.cipher.encrypt_block(&mut sum);
        sum.into()
    }

    fn apply_stream(&self, tag: &Tag, bytes: &mut [u8]) {
        let mut first = Block::from(*tag);
        first[BLOCK_BYTES - 1] |= 0x80;
        let mut count = u32::from_le_bytes([tag[0], tag[1], tag[2], tag[3]]);
        let mut stream = [Block::default(); STREAM_BLOCKS];
        for part in bytes.chunks_mut(STREAM_BLOCKS * BLOCK_BYTES) {
            let blocks = &mut stream[..part.len().div_ceil(BLOCK_BYTES)];
            for block in blocks.iter_mut() {
                *block = first;
                block[..4].copy_from_slice(&count.to_le_bytes());
                count = count.wrapping_add(1);
            }
            self.cipher.encrypt_blocks(blocks);
            let (whole, rest) = part.as_chunks_mut::<BLOCK_BYTES>();
            let mut keys = blocks.iter().map(|key| key.0);
            // By number and not by byte, for the sake of builds that are not optimised.
            for (place, key) in whole.iter_mut().zip(keys.by_ref()) {
                *place = (u128::from_ne_bytes(*place) ^ u128::from_ne_bytes(key)).to_ne_bytes();
            }
            for (byte, key) in rest.iter_mut().zip(keys.next().unwrap_or_default()) {
                *byte ^= key;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{NONCE_BYTES, PageSeal};
    use aes_gcm_siv::{AeadInOut, Aes256GcmSiv, KeyInit, Nonce};

    fn bytes(len: usize) -> Vec<u8> {
        (0..len).map(|at| (at * 31 + at / 256) as u8).collect()
    }

    #[test]
    fn it_is_the_cipher_of_the_rfc() {
        let seal = PageSeal::new(&[3; 32], [5; 16]).unwrap();
        for len in [0, 1, 15, 16, 17, 336, 1024, 1025, 4068, 4096] {
            let mut ours = bytes(len);
            let mark = seal.seal(77, &mut ours);
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
    fn a_later_opening_opens_what_an_earlier_one_sealed_and_nothing_else() {
        let (one, other) = ([(); 2]).map(|()| PageSeal::new(&[3; 32], [5; 16]).unwrap()).into();
        let foreign = PageSeal::new(&[3; 32], [6; 16]).unwrap();
        let mut sealed = bytes(4096);
        let mark = one.seal(1, &mut sealed);
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
