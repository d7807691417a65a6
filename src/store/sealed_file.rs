//! The file below redb: two key blocks, two copies of redb's header, then one slot per page.
//!
//! redb rewrites its header in place, so a header write goes to the copy that is not the last
//! durable one: a torn write never loses both.

use super::error::{Result, StoreError};
use super::key_block::BLOCK_BYTES;
use super::lock::lock;
use crate::seal::{PageSeal, SEAL_BYTES};
use redb::StorageBackend;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

pub(super) const PAGE_BYTES: usize = 4096;
/// What redb keeps in its first page; the rest of that page is never used.
pub(super) const HEADER_BYTES: usize = 320;

const SLOT_BYTES: usize = PAGE_BYTES + SEAL_BYTES;
const HEADERS_AT: u64 = 2 * BLOCK_BYTES as u64;
const HEADER_AREA_BYTES: u64 = 4096;
/// Where the slot of page 1 starts.
pub(super) const SLOTS_AT: u64 = HEADERS_AT + 2 * HEADER_AREA_BYTES;
const RECORD_BYTES: usize = 16 + HEADER_BYTES;
const HEADER_PAGE: u64 = 0;

/// The bytes of redb's header.
pub(super) type Header = [u8; HEADER_BYTES];

/// Reads and writes whole pages, each sealed in its slot.
pub(super) struct SealedFile {
    file: Arc<dyn StorageBackend>,
    seal: PageSeal,
    state: Mutex<State>,
    syncs: AtomicU64,
}

#[derive(Clone, Copy)]
struct State {
    header: Header,
    /// The length that redb sees, a multiple of the page size.
    len: u64,
    /// The part of it that is durable; what the header requires the file to hold.
    len_synced: u64,
    sequence: u64,
    /// The header copy that no write touches until the other is durable.
    durable: u64,
    /// The other copy holds a header that no sync has made durable yet.
    written: bool,
    /// The header as of the last sync.
    header_synced: Header,
    /// A sync is owed to the copy that was refreshed after the last one.
    refreshed: bool,
}

impl SealedFile {
    /// Starts a new file.
    pub(super) fn blank(file: Arc<dyn StorageBackend>, seal: PageSeal) -> Self {
        let state = State {
            header: [0; HEADER_BYTES],
            len: 0,
            len_synced: 0,
            sequence: 0,
            durable: 1,
            written: false,
            header_synced: [0; HEADER_BYTES],
            refreshed: false,
        };
        Self::new(file, seal, state)
    }

    /// Finds the last header of a file that holds as much as it requires.
    pub(super) fn load(file: Arc<dyn StorageBackend>, seal: PageSeal) -> Result<Self> {
        let physical = file.len()?;
        if physical < SLOTS_AT {
            return Err(StoreError::Truncated);
        }
        let copies = [read_header(&*file, &seal, 0)?, read_header(&*file, &seal, 1)?];
        let last = copies.into_iter().flatten().max_by_key(|copy| copy.sequence);
        let state = last.ok_or(StoreError::Damaged)?;
        if physical < physical_len(state.len) {
            return Err(StoreError::Truncated);
        }
        Ok(Self::new(file, seal, state))
    }

    fn new(file: Arc<dyn StorageBackend>, seal: PageSeal, state: State) -> Self {
        Self { file, seal, state: Mutex::new(state), syncs: AtomicU64::new(0) }
    }

    pub(super) fn len(&self) -> u64 {
        lock(&self.state).len
    }

    pub(super) fn header(&self) -> Header {
        lock(&self.state).header
    }

    /// The header and length that a crash would now leave.
    pub(super) fn durable(&self) -> (Header, u64) {
        let state = lock(&self.state);
        (state.header_synced, state.len_synced)
    }

    /// Counts the syncs that succeeded, so that a caller can tell that nothing became durable.
    pub(super) fn syncs(&self) -> u64 {
        self.syncs.load(Ordering::Acquire)
    }

    /// Reads whole pages; a slot that is not as it was sealed is `Damaged`.
    pub(super) fn read_pages(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        let mut slots = vec![0; out.len() / PAGE_BYTES * SLOT_BYTES];
        let first = offset / PAGE_BYTES as u64;
        self.file.read(slot_at(first), &mut slots)?;
        let pages = out.chunks_exact_mut(PAGE_BYTES);
        for ((page, slot), number) in pages.zip(slots.chunks_exact_mut(SLOT_BYTES)).zip(first..) {
            if !self.seal.open(number, slot, page) {
                return Err(StoreError::Damaged);
            }
        }
        Ok(())
    }

    /// Seals and writes whole pages.
    pub(super) fn write_pages(&self, offset: u64, data: &[u8]) -> Result<()> {
        let mut slots = vec![0; data.len() / PAGE_BYTES * SLOT_BYTES];
        let first = offset / PAGE_BYTES as u64;
        let pages = data.chunks_exact(PAGE_BYTES);
        for ((page, slot), number) in pages.zip(slots.chunks_exact_mut(SLOT_BYTES)).zip(first..) {
            if !self.seal.seal(number, page, slot) {
                return Err(StoreError::Damaged);
            }
        }
        Ok(self.file.write(slot_at(first), &slots)?)
    }

    /// Writes part of the header, to the copy that may be torn.
    pub(super) fn write_header(&self, range: Range<usize>, data: &[u8]) -> Result<()> {
        let mut state = lock(&self.state);
        let part = state.header.get_mut(range);
        part.ok_or(StoreError::Damaged)?.copy_from_slice(data);
        self.write_copy(&mut state)
    }

    fn write_copy(&self, state: &mut State) -> Result<()> {
        state.sequence += 1;
        state.written = true;
        self.put_header(state, 1 - state.durable)
    }

    fn put_header(&self, state: &State, copy: u64) -> Result<()> {
        let mut record = [0; RECORD_BYTES];
        record[..8].copy_from_slice(&state.sequence.to_be_bytes());
        record[8..16].copy_from_slice(&state.len.min(state.len_synced).to_be_bytes());
        record[16..].copy_from_slice(&state.header);
        let mut sealed = [0; RECORD_BYTES + SEAL_BYTES];
        if !self.seal.seal(HEADER_PAGE, &record, &mut sealed) {
            return Err(StoreError::Damaged);
        }
        Ok(self.file.write(header_at(copy), &sealed)?)
    }

    /// Makes all that was written durable, then brings the second header copy up to date.
    pub(super) fn sync(&self) -> Result<()> {
        self.sync_state(&mut lock(&self.state))
    }

    fn sync_state(&self, state: &mut State) -> Result<()> {
        self.file.sync_data()?;
        state.len_synced = state.len;
        state.refreshed = false;
        if state.written {
            state.durable = 1 - state.durable;
            state.written = false;
            state.header_synced = state.header;
            // Failing here costs only the spare copy, which the next header write renews.
            state.refreshed = self.put_header(state, 1 - state.durable).is_ok();
        }
        self.syncs.fetch_add(1, Ordering::Release);
        Ok(())
    }

    /// Sets the length that redb sees.
    pub(super) fn set_len(&self, len: u64) -> Result<()> {
        let mut state = lock(&self.state);
        let shrinks = len < state.len;
        state.len = len;
        if shrinks {
            // Required less before it holds less: a crash between is no cut file.
            state.len_synced = state.len_synced.min(len);
            self.write_copy(&mut state)?;
            self.sync_state(&mut state)?;
        }
        Ok(self.file.set_len(physical_len(len))?)
    }

    /// Makes the second header copy durable too, so that a closed file survives losing either.
    pub(super) fn settle(&self) -> Result<()> {
        let mut state = lock(&self.state);
        if state.refreshed {
            self.file.sync_data()?;
            state.refreshed = false;
        }
        Ok(())
    }
}

/// Reads one header copy; None when it is not as it was sealed.
fn read_header(file: &dyn StorageBackend, seal: &PageSeal, copy: u64) -> Result<Option<State>> {
    let mut sealed = [0; RECORD_BYTES + SEAL_BYTES];
    file.read(header_at(copy), &mut sealed)?;
    let mut record = [0; RECORD_BYTES];
    if !seal.open(HEADER_PAGE, &mut sealed, &mut record) {
        return Ok(None);
    }
    Ok(parse_header(&record, copy))
}

fn parse_header(record: &[u8; RECORD_BYTES], copy: u64) -> Option<State> {
    let (sequence, rest) = record.split_first_chunk()?;
    let (len, header) = rest.split_first_chunk()?;
    let header = *header.first_chunk()?;
    let len = u64::from_be_bytes(*len);
    Some(State {
        header,
        len,
        len_synced: len,
        sequence: u64::from_be_bytes(*sequence),
        durable: copy,
        written: false,
        header_synced: header,
        refreshed: false,
    })
}

fn header_at(copy: u64) -> u64 {
    HEADERS_AT + copy * HEADER_AREA_BYTES
}

fn slot_at(page: u64) -> u64 {
    SLOTS_AT + page.saturating_sub(1) * SLOT_BYTES as u64
}

fn physical_len(len: u64) -> u64 {
    slot_at(len / PAGE_BYTES as u64)
}
