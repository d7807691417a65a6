//! A disk in memory that fails on command, and forgets what was not synced.

use redb::StorageBackend;
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};

const SECTOR: usize = 512;

/// Handles share the disk.
#[derive(Debug, Clone, Default)]
pub struct Disk(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    bytes: Vec<u8>,
    synced: Vec<u8>,
    /// Sectors that differ from the synced ones, or may.
    dirty: BTreeSet<usize>,
    operations: u64,
    failure: Option<Failure>,
    failed: bool,
}

/// Which operation fails, how, and whether those after it do too.
#[derive(Debug, Clone, Copy)]
pub struct Failure {
    pub at: u64,
    pub kind: io::ErrorKind,
    pub for_good: bool,
}

impl Disk {
    pub fn holding(bytes: Vec<u8>) -> Self {
        let state = State { synced: bytes.clone(), bytes, ..State::default() };
        Self(Arc::new(Mutex::new(state)))
    }

    pub fn handle(&self) -> Box<dyn StorageBackend> {
        Box::new(self.clone())
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().bytes.clone()
    }

    /// What a power cut leaves: of each unsynced sector, the old or the new one, as `keep` says.
    pub fn after_power_cut(&self, mut keep: impl FnMut() -> bool) -> Vec<u8> {
        let state = self.0.lock().unwrap();
        let mut left = state.synced.clone();
        if left.len() != state.bytes.len() && keep() {
            left.resize(state.bytes.len(), 0);
        }
        for sector in &state.dirty {
            let range = clip(*sector, left.len().min(state.bytes.len()));
            if left[range.clone()] != state.bytes[range.clone()] && keep() {
                left[range.clone()].copy_from_slice(&state.bytes[range]);
            }
        }
        left
    }

    pub fn fail(&self, failure: Failure) {
        self.0.lock().unwrap().failure = Some(failure);
    }

    pub fn operations(&self) -> u64 {
        self.0.lock().unwrap().operations
    }

    pub fn has_failed(&self) -> bool {
        self.0.lock().unwrap().failed
    }

    fn run<T>(&self, work: impl FnOnce(&mut State) -> io::Result<T>) -> io::Result<T> {
        let mut state = self.0.lock().unwrap();
        state.operations += 1;
        if let Some(failure) = state.failure {
            let now = state.operations;
            if now == failure.at || (failure.for_good && now > failure.at) {
                state.failed = true;
                return Err(failure.kind.into());
            }
        }
        work(&mut state)
    }
}

/// The bytes of a sector, as far as a disk of that length has them.
fn clip(sector: usize, len: usize) -> std::ops::Range<usize> {
    let start = (sector * SECTOR).min(len);
    start..(start + SECTOR).min(len)
}

fn outside() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        self.run(|state| Ok(state.bytes.len() as u64))
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.run(|state| {
            let start = offset as usize;
            let found = state.bytes.get(start..start + out.len());
            out.copy_from_slice(found.ok_or_else(outside)?);
            Ok(())
        })
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.run(|state| {
            state.bytes.resize(len as usize, 0);
            Ok(())
        })
    }

    fn sync_data(&self) -> io::Result<()> {
        self.run(|state| {
            let len = state.bytes.len();
            state.synced.resize(len, 0);
            for sector in std::mem::take(&mut state.dirty) {
                let range = clip(sector, len);
                state.synced[range.clone()].copy_from_slice(&state.bytes[range]);
            }
            Ok(())
        })
    }

    /// A write that fails is torn: half of it lands.
    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let start = offset as usize;
        let land = |state: &mut State, data: &[u8]| {
            let end = start + data.len();
            if state.bytes.len() < end {
                state.bytes.resize(end, 0);
            }
            state.bytes[start..end].copy_from_slice(data);
            state.dirty.extend(start / SECTOR..end.div_ceil(SECTOR));
        };
        let written = self.run(|state| {
            land(state, data);
            Ok(())
        });
        if written.is_err() {
            land(&mut self.0.lock().unwrap(), &data[..data.len() / 2]);
        }
        written
    }
}
