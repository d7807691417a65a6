//! Sealed pages: AES-256-GCM-SIV, bound to one file and one place in it.
//!
//! A slot is a nonce, the sealed bytes and a tag. A nonce used twice would reveal no more than
//! that two pages are equal, which is why this cipher was chosen.

use super::keys::{Key, NoRandomness, fill};
use aes_gcm_siv::aead::inout::InOutBuf;
use aes_gcm_siv::{AeadInOut, Aes256GcmSiv, KeyInit, Nonce, Tag};
use std::sync::atomic::{AtomicU64, Ordering};

const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;
/// What sealing adds to a page.
pub(crate) const SEAL_BYTES: usize = NONCE_BYTES + TAG_BYTES;

/// Seals and opens the pages of one file.
pub(crate) struct PageSeal {
    cipher: Aes256GcmSiv,
    file_id: [u8; 16],
    nonce_prefix: [u8; 4],
    nonce_next: AtomicU64,
}

impl PageSeal {
    pub(crate) fn new(key: &Key, file_id: [u8; 16]) -> Result<Self, NoRandomness> {
        let mut nonce_prefix = [0; 4];
        let mut nonce_start = [0; 8];
        fill(&mut nonce_prefix)?;
        fill(&mut nonce_start)?;
        Ok(Self {
            cipher: Aes256GcmSiv::new(key.into()),
            file_id,
            nonce_prefix,
            nonce_next: AtomicU64::new(u64::from_le_bytes(nonce_start)),
        })
    }

    /// Seals a page into its slot, which is `SEAL_BYTES` longer; false when it is not.
    #[must_use]
    pub(crate) fn seal(&self, number: u64, page: &[u8], slot: &mut [u8]) -> bool {
        let nonce = self.next_nonce();
        let Some((head, sealed, tail)) = split(slot) else {
            return false;
        };
        head.copy_from_slice(&nonce);
        let Ok(buffer) = InOutBuf::new(page, sealed) else {
            return false;
        };
        let bound_to = self.place(number);
        match self.cipher.encrypt_inout_detached(&nonce, &bound_to, buffer) {
            Ok(tag) => tail.copy_from_slice(&tag),
            Err(_) => return false,
        }
        true
    }

    /// Opens a slot into `page`; false when a byte of it, its file or its place is not as sealed.
    #[must_use]
    pub(crate) fn open(&self, number: u64, slot: &mut [u8], page: &mut [u8]) -> bool {
        let Some((head, sealed, tail)) = split(slot) else {
            return false;
        };
        let (Ok(nonce), Ok(tag)) = (Nonce::try_from(&*head), Tag::try_from(&*tail)) else {
            return false;
        };
        let Ok(buffer) = InOutBuf::new(sealed, page) else {
            return false;
        };
        let bound_to = self.place(number);
        self.cipher.decrypt_inout_detached(&nonce, &bound_to, buffer, &tag).is_ok()
    }

    fn next_nonce(&self) -> Nonce {
        let count = self.nonce_next.fetch_add(1, Ordering::Relaxed);
        let mut nonce = Nonce::default();
        nonce[..4].copy_from_slice(&self.nonce_prefix);
        nonce[4..].copy_from_slice(&count.to_le_bytes());
        nonce
    }

    fn place(&self, number: u64) -> [u8; 24] {
        let mut place = [0; 24];
        place[..16].copy_from_slice(&self.file_id);
        place[16..].copy_from_slice(&number.to_be_bytes());
        place
    }
}

fn split(slot: &mut [u8]) -> Option<(&mut [u8], &mut [u8], &mut [u8])> {
    let (nonce, rest) = slot.split_at_mut_checked(NONCE_BYTES)?;
    let sealed = rest.len().checked_sub(TAG_BYTES)?;
    let (sealed, tag) = rest.split_at_mut_checked(sealed)?;
    Some((nonce, sealed, tag))
}
