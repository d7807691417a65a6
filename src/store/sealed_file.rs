//! The file below redb: its header in two copies, and pages that wait for a sync to be sealed.
//!
//! redb rewrites its header in place, so a header write goes to the copy that is not the last
//! durable one: a torn write never loses both. Pages are written in place too, but only where no
//! durable commit refers to them; what opens them is kept as `marks` tells.

use super::error::{Result, StoreError};
use super::layout::{
    GROUPS_AT, HEADER_BYTES, PAGE_BYTES, group_of, header_at, page_at, physical_len, place,
};
use super::lock::lock;
use super::marks::{Ground, Mark, Marks};
use super::pending::Pending;
use crate::seal::{PageSeal, SEAL_BYTES};
use redb::StorageBackend;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

const RECORD_BYTES: usize = 16 + HEADER_BYTES;
/// Pages are read and written in runs of so many at the most.
const RUN_PAGES: usize = 64;

/// The bytes of redb's header.
pub(super) type Header = [u8; HEADER_BYTES];

/// Reads and writes whole pages, each sealed in its slot.
pub(super) struct SealedFile {
    file: Arc<dyn StorageBackend>,
    seal: PageSeal,
    marks: Marks,
    pending: Pending,
    /// Held by whoever puts pages or writes them out, with the room to seal them in.
    writing: Mutex<Vec<u8>>,
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
        Self::new(file, seal, Marks::blank(), state)
    }

    /// Finds the last header of a file that holds as much as it requires.
    pub(super) fn load(file: Arc<dyn StorageBackend>, seal: PageSeal) -> Result<Self> {
        let physical = file.len()?;
        if physical < GROUPS_AT {
            return Err(StoreError::Truncated);
        }
        let copies = [read_header(&*file, &seal, 0)?, read_header(&*file, &seal, 1)?];
        let last = copies.into_iter().flatten().max_by_key(|copy| copy.sequence);
        let state = last.ok_or(StoreError::Damaged)?;
        if physical < physical_len(state.len) {
            return Err(StoreError::Truncated);
        }
        let marks = Marks::load(Ground { file: &*file, seal: &seal }, state.len)?;
        Ok(Self::new(file, seal, marks, state))
    }

    fn new(file: Arc<dyn StorageBackend>, seal: PageSeal, marks: Marks, state: State) -> Self {
        Self {
            file,
            seal,
            marks,
            pending: Pending::default(),
            writing: Mutex::default(),
            state: Mutex::new(state),
            syncs: AtomicU64::new(0),
        }
    }

    fn ground(&self) -> Ground<'_> {
        Ground { file: &*self.file, seal: &self.seal }
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

    /// Reads whole pages; one that is not as it was sealed is `Damaged`.
    pub(super) fn read_pages(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        let mut number = offset / PAGE_BYTES as u64;
        let (mut pages, _) = out.as_chunks_mut::<PAGE_BYTES>();
        while let Some((first, _)) = pages.split_first_mut() {
            let run = if self.pending.get(number, first) {
                1
            } else {
                let run = self.run(number, pages.len());
                self.read_run(number, pages.get_mut(..run).unwrap_or_default())?;
                run
            };
            number += run as u64;
            pages = pages.get_mut(run..).unwrap_or_default();
        }
        Ok(())
    }

    /// The pages from one on that the file holds side by side, none of them pending.
    fn run(&self, first: u64, wanted: usize) -> usize {
        let others = (first + 1..).take(wanted.min(RUN_PAGES) - 1);
        let run = others
            .take_while(|page| group_of(*page) == group_of(first) && !self.pending.holds(*page));
        1 + run.count()
    }

    fn read_run(&self, first: u64, pages: &mut [[u8; PAGE_BYTES]]) -> Result<()> {
        let mut marks = [Mark::default(); RUN_PAGES];
        let marks = &mut marks[..pages.len()];
        self.marks.get(self.ground(), first, marks)?;
        self.file.read(page_at(first), pages.as_flattened_mut())?;
        for ((page, mark), number) in pages.iter_mut().zip(marks).zip(first..) {
            if !self.seal.open(number, page, mark) {
                return Err(StoreError::Damaged);
            }
        }
        Ok(())
    }

    /// Takes whole pages; they reach the file, sealed, at the latest with the next sync.
    pub(super) fn write_pages(&self, offset: u64, data: &[u8]) -> Result<()> {
        let mut room = lock(&self.writing);
        let first = offset / PAGE_BYTES as u64;
        let mut many = false;
        for (page, number) in data.chunks_exact(PAGE_BYTES).zip(first..) {
            many |= self.pending.put(number, page);
        }
        if many { self.write_out(&mut room) } else { Ok(()) }
    }

    /// Seals what is pending and writes it, neighbours at once.
    fn write_out(&self, room: &mut Vec<u8>) -> Result<()> {
        room.resize(RUN_PAGES * PAGE_BYTES, 0);
        let numbers = self.pending.numbers();
        let neighbours =
            |one: &u64, next: &u64| one + 1 == *next && group_of(*one) == group_of(*next);
        for run in numbers.chunk_by(neighbours).flat_map(|run| run.chunks(RUN_PAGES)) {
            let mut marks = [Mark::default(); RUN_PAGES];
            let (pages, _) = room.as_chunks_mut::<PAGE_BYTES>();
            for ((number, page), mark) in run.iter().zip(pages).zip(&mut marks) {
                if !self.pending.get(*number, page) {
                    return Err(StoreError::Damaged);
                }
                *mark = self.seal.seal(*number, page).ok_or(StoreError::TooLarge)?;
            }
            let Some(first) = run.first() else { continue };
            self.marks.set(self.ground(), *first, &marks[..run.len()])?;
            self.file.write(page_at(*first), &room[..run.len() * PAGE_BYTES])?;
        }
        // Only now: until here the file does not yet give them to readers.
        self.pending.clear();
        Ok(())
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
        let mark = self.seal.seal(place::HEADER, &mut record).ok_or(StoreError::TooLarge)?;
        let mut sealed = [0; SEAL_BYTES + RECORD_BYTES];
        sealed[..SEAL_BYTES].copy_from_slice(&mark);
        sealed[SEAL_BYTES..].copy_from_slice(&record);
        Ok(self.file.write(header_at(copy), &sealed)?)
    }

    /// Makes all that was written durable, then brings the second header copy up to date.
    pub(super) fn sync(&self) -> Result<()> {
        self.sync_state(&mut lock(&self.state))
    }

    fn sync_state(&self, state: &mut State) -> Result<()> {
        self.write_out(&mut lock(&self.writing))?;
        if self.marks.record(self.ground())? {
            self.syncs.fetch_add(1, Ordering::Release);
        }
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
            self.pending.cut(len / PAGE_BYTES as u64);
            self.marks.cut(len);
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
    let (mut mark, mut record) = ([0; SEAL_BYTES], [0; RECORD_BYTES]);
    file.read(header_at(copy), &mut mark)?;
    file.read(header_at(copy) + SEAL_BYTES as u64, &mut record)?;
    Ok(if seal.open(place::HEADER, &mut record, &mark) {
        parse_header(&record, copy)
    } else {
        None
    })
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
