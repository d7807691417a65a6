//! The first bytes of a file: who wrote it, how, and its secrets, wrapped. Kept in two copies.
//!
//! The plain checksum tells damage from a wrong key: a copy that is whole and does not unwrap was
//! wrapped under another key.

use super::error::{Result, StoreError};
use crate::seal::{KeyRing, Secrets};
use sha2::{Digest, Sha256};

/// The length of one copy.
pub(super) const BLOCK_BYTES: usize = 4096;
/// The first bytes of each copy.
pub(super) const MAGIC: [u8; 8] = *b"admit\x1a\r\n";

const FORMAT: u16 = 1;
const FLAG_TEST: u16 = 1;
const CLEAR_BYTES: usize = 38;
const CHECKSUM_AT: usize = BLOCK_BYTES - 32;

/// What stands in a key block in the clear.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) file_id: [u8; 16],
    pub(super) test_mode: bool,
    /// Counts rotations: the higher of two good copies is the later one.
    pub(super) sequence: u64,
}

/// Writes one copy.
pub(super) fn encode(label: &Label, secrets: &Secrets, ring: &KeyRing) -> Result<Vec<u8>> {
    let flags = if label.test_mode { FLAG_TEST } else { 0 };
    let mut block = Vec::with_capacity(BLOCK_BYTES);
    block.extend_from_slice(&MAGIC);
    block.extend_from_slice(&FORMAT.to_be_bytes());
    block.extend_from_slice(&flags.to_be_bytes());
    block.extend_from_slice(&label.file_id);
    block.extend_from_slice(&label.sequence.to_be_bytes());
    let wrapped = ring.wrap(secrets, &label.file_id, &block)?;
    block.extend_from_slice(&(wrapped.len() as u16).to_be_bytes());
    block.extend_from_slice(&wrapped);
    block.resize(CHECKSUM_AT, 0);
    let checksum = Sha256::digest(&block);
    block.extend_from_slice(&checksum);
    Ok(block)
}

/// What the two copies of a file tell.
pub(super) struct Found {
    pub(super) label: Label,
    pub(super) secrets: Secrets,
    /// The copy that told it.
    pub(super) copy: usize,
}

/// Reads the later copy that the ring unwraps.
pub(super) fn decode(copies: [&[u8]; 2], ring: &KeyRing) -> Result<Found> {
    let read = copies.map(Copy::read);
    if read.contains(&Err(StoreError::NewerFormat)) {
        return Err(StoreError::NewerFormat);
    }
    let mut good: Vec<(usize, Copy<'_>)> =
        read.iter().enumerate().filter_map(|(at, copy)| Some((at, (*copy).ok()?))).collect();
    if good.is_empty() {
        let foreign = read.iter().all(|copy| *copy == Err(StoreError::NotAStore));
        return Err(if foreign { StoreError::NotAStore } else { StoreError::Damaged });
    }
    good.sort_by_key(|(_, copy)| std::cmp::Reverse(copy.label.sequence));
    good.into_iter()
        .find_map(|(at, copy)| {
            let secrets = ring.unwrap(copy.wrapped, &copy.label.file_id, copy.beside)?;
            Some(Found { label: copy.label, secrets, copy: at })
        })
        .ok_or(StoreError::WrongKey)
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Copy<'b> {
    label: Label,
    beside: &'b [u8],
    wrapped: &'b [u8],
}

impl<'b> Copy<'b> {
    fn read(block: &'b [u8]) -> Result<Self> {
        if !block.starts_with(&MAGIC) {
            return Err(StoreError::NotAStore);
        }
        Self::read_whole(block).ok_or(StoreError::Damaged)?
    }

    /// None when the checksum fails or the fields make no sense.
    fn read_whole(block: &'b [u8]) -> Option<Result<Self>> {
        let (body, checksum) = block.split_at_checked(CHECKSUM_AT)?;
        if Sha256::digest(body).as_slice() != checksum {
            return None;
        }
        let (beside, _) = body.split_at_checked(CLEAR_BYTES - 2)?;
        let (_, fields) = body.split_first_chunk::<8>()?;
        let (format, fields) = fields.split_first_chunk()?;
        let (flags, fields) = fields.split_first_chunk()?;
        let (file_id, fields) = fields.split_first_chunk()?;
        let (sequence, fields) = fields.split_first_chunk()?;
        let (length, rest) = fields.split_first_chunk()?;
        match u16::from_be_bytes(*format) {
            FORMAT => {}
            newer if newer > FORMAT => return Some(Err(StoreError::NewerFormat)),
            _ => return None,
        }
        Some(Ok(Self {
            label: Label {
                file_id: *file_id,
                test_mode: u16::from_be_bytes(*flags) & FLAG_TEST != 0,
                sequence: u64::from_be_bytes(*sequence),
            },
            beside,
            wrapped: rest.get(..usize::from(u16::from_be_bytes(*length)))?,
        }))
    }
}
