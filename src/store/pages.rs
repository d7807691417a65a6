//! What redb takes for its file: sealed pages, opened under its lock and not before.

use super::error::{Result, StoreError};
use super::held::{Held, PagedBytes, View};
use super::key_block::{self, BLOCK_BYTES, Label, MAGIC};
use super::layout::GROUPS_AT;
#[cfg(feature = "test-environment")]
use super::layout::PAGE_BYTES;
use super::lock::lock;
use super::sealed_file::SealedFile;
use crate::seal::{KeyRing, PageSeal, Secrets};
use redb::{BackendError, StorageBackend};
use std::fmt;
use std::io;
use std::ops::Bound;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

/// How the first look at the file goes.
pub(super) enum Admission {
    /// It is empty, and becomes a store with these secrets; None draws them.
    Make { ring: KeyRing, test_mode: bool, secrets: Option<Secrets> },
    /// It holds a store, which the ring opens.
    Open { ring: KeyRing, test_mode: bool },
    /// It holds a store, of either mode, that is only looked at.
    #[cfg(feature = "test-environment")]
    Look { ring: KeyRing },
}

/// The pages of one file. Clones share them.
#[derive(Clone)]
pub(super) struct Pages(Arc<Inner>);

struct Inner {
    file: Arc<dyn StorageBackend>,
    admission: Mutex<Option<Admission>>,
    admitted: OnceLock<Admitted>,
    /// Present until the open has succeeded as a whole.
    held: RwLock<Option<Held>>,
    stopped: AtomicBool,
}

struct Admitted {
    sealed: Arc<SealedFile>,
    label: Mutex<Label>,
    test_mode: bool,
    secrets: Mutex<Option<Secrets>>,
    /// Key blocks to write once the open has succeeded: both of a new file, the bad one of an old.
    blocks: Mutex<Vec<(usize, Vec<u8>)>>,
}

impl Pages {
    pub(super) fn new(file: Arc<dyn StorageBackend>, admission: Admission) -> Self {
        Self(Arc::new(Inner {
            file,
            admission: Mutex::new(Some(admission)),
            admitted: OnceLock::new(),
            held: RwLock::new(None),
            stopped: AtomicBool::new(false),
        }))
    }

    /// The bytes of every page of a file that is at rest, free ones too: what somebody sees who has
    /// the file and its key.
    #[cfg(feature = "test-environment")]
    pub(super) fn opened(file: Arc<dyn StorageBackend>, ring: KeyRing) -> Result<Vec<u8>> {
        let pages = Self::new(file, Admission::Look { ring });
        let sealed = &pages.admitted()?.sealed;
        let (mut bytes, mut page) = (Vec::new(), vec![0; PAGE_BYTES]);
        for number in 1..sealed.len() / PAGE_BYTES as u64 {
            match sealed.read_pages(number * PAGE_BYTES as u64, &mut page) {
                Ok(()) => bytes.extend_from_slice(&page),
                // One that was never written, or whose mark a later one took the place of.
                Err(StoreError::Damaged) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(bytes)
    }

    /// Writes what opening changed, once all of it has succeeded, and yields the secrets.
    pub(super) fn settle(&self) -> Result<(Secrets, bool)> {
        let admitted = self.admitted()?;
        let mut held = self.0.held.write().unwrap_or_else(PoisonError::into_inner);
        // What was found may have reached the cache alone, and writes spare only what is durable.
        self.0.file.sync_data()?;
        for (copy, block) in lock(&admitted.blocks).drain(..) {
            self.0.file.write((copy * BLOCK_BYTES) as u64, &block)?;
        }
        if let Some(held) = held.take() {
            held.settle()?;
        }
        let secrets = lock(&admitted.secrets).take();
        Ok((secrets.ok_or(StoreError::Closed)?, admitted.test_mode))
    }

    /// Wraps the secrets under another ring: one copy, durable, then the other.
    pub(super) fn keep(&self, ring: &KeyRing, secrets: &Secrets) -> Result<()> {
        self.require_writable()?;
        let admitted = self.admitted()?;
        let mut label = lock(&admitted.label);
        label.sequence += 1;
        let block = key_block::encode(&label, secrets, ring)?;
        for copy in [1, 0] {
            self.0.file.write((copy * BLOCK_BYTES) as u64, &block)?;
            self.0.file.sync_data()?;
        }
        Ok(())
    }

    /// Whether it is a test store.
    pub(super) fn test_mode(&self) -> Result<bool> {
        Ok(self.admitted()?.test_mode)
    }

    /// Overwrites both copies of the wrapped secrets and writes nothing more: without them no page
    /// opens again.
    pub(super) fn destroy_keys(&self) {
        self.stop();
        // A failure leaves what only the host's key opens.
        let _ = self.0.file.write(0, &[0; 2 * BLOCK_BYTES]);
        let _ = self.0.file.sync_data();
    }

    /// The last durable state, for reading on after a failure.
    pub(super) fn view(&self) -> Result<View> {
        Ok(View::new(&self.admitted()?.sealed))
    }

    /// Counts the syncs that succeeded.
    pub(super) fn syncs(&self) -> u64 {
        let admitted = self.0.admitted.get();
        admitted.map_or(0, |admitted| admitted.sealed.syncs())
    }

    /// Refuses every later write: redb, after a panic, would write on when it is dropped.
    pub(super) fn stop(&self) {
        self.0.stopped.store(true, Ordering::Release);
    }

    fn require_writable(&self) -> Result<()> {
        if self.0.stopped.load(Ordering::Acquire) {
            return Err(StoreError::WritesStopped);
        }
        Ok(())
    }

    /// The file as its first look left it. redb looks first at its length, under the lock.
    fn admitted(&self) -> Result<&Admitted> {
        let mut admission = lock(&self.0.admission);
        match admission.take() {
            None => self.0.admitted.get().ok_or(StoreError::Closed),
            Some(first) => {
                let (admitted, held) = self.0.admit(first)?;
                *self.0.held.write().unwrap_or_else(PoisonError::into_inner) = Some(held);
                Ok(self.0.admitted.get_or_init(|| admitted))
            }
        }
    }

    /// Runs on the held writes while the file opens, on the file afterwards.
    fn with<T>(&self, work: impl FnOnce(&mut dyn PagedBytes) -> Result<T>) -> io::Result<T> {
        let run = || {
            let admitted = self.looked_at()?;
            let held = self.0.held.read().unwrap_or_else(PoisonError::into_inner);
            if held.is_none() {
                return work(&mut &*admitted.sealed);
            }
            drop(held);
            let mut held = self.0.held.write().unwrap_or_else(PoisonError::into_inner);
            work(held.as_mut().ok_or(StoreError::Closed)?)
        };
        run().map_err(StoreError::into_io)
    }

    fn change(&self, work: impl FnOnce(&mut dyn PagedBytes) -> Result<()>) -> io::Result<()> {
        self.require_writable().map_err(StoreError::into_io)?;
        self.with(work)
    }

    fn looked_at(&self) -> Result<&Admitted> {
        match self.0.admitted.get() {
            Some(admitted) => Ok(admitted),
            None => self.admitted(),
        }
    }
}

impl Inner {
    fn admit(&self, admission: Admission) -> Result<(Admitted, Held)> {
        match admission {
            Admission::Make { ring, test_mode, secrets } => self.make(&ring, test_mode, secrets),
            Admission::Open { ring, test_mode } => self.open(&ring, Some(test_mode)),
            #[cfg(feature = "test-environment")]
            Admission::Look { ring } => self.open(&ring, None),
        }
    }

    fn make(
        &self,
        ring: &KeyRing,
        test_mode: bool,
        secrets: Option<Secrets>,
    ) -> Result<(Admitted, Held)> {
        let mut file_id = [0; 16];
        getrandom::fill(&mut file_id).map_err(|_| crate::seal::NoRandomness)?;
        let label = Label { file_id, test_mode, sequence: 1 };
        let secrets = secrets.map_or_else(|| ring.new_secrets(), Ok)?;
        let block = key_block::encode(&label, &secrets, ring)?;
        let seal = PageSeal::new(secrets.page_key(), file_id)?;
        self.file.set_len(GROUPS_AT)?;
        let sealed = SealedFile::blank(Arc::clone(&self.file), seal);
        let blocks = vec![(0, block.clone()), (1, block)];
        Ok(Admitted::new(sealed, label, secrets, blocks))
    }

    fn open(&self, ring: &KeyRing, test_mode: Option<bool>) -> Result<(Admitted, Held)> {
        self.require_head()?;
        let mut copies = [vec![0; BLOCK_BYTES], vec![0; BLOCK_BYTES]];
        for (at, copy) in copies.iter_mut().enumerate() {
            self.file.read((at * BLOCK_BYTES) as u64, copy)?;
        }
        let found = key_block::decode([&copies[0], &copies[1]], ring)?;
        if test_mode.is_some_and(|asked| asked != found.label.test_mode) {
            return Err(StoreError::TestMode);
        }
        let seal = PageSeal::new(found.secrets.page_key(), found.label.file_id)?;
        let sealed = SealedFile::load(Arc::clone(&self.file), seal)?;
        let mut blocks = Vec::new();
        if copies[0] != copies[1] {
            blocks.push((1 - found.copy, copies[found.copy].clone()));
        }
        Ok(Admitted::new(sealed, found.label, found.secrets, blocks))
    }

    /// Tells a cut store from a file that never was one.
    fn require_head(&self) -> Result<()> {
        let len = self.file.len()?;
        if len >= GROUPS_AT {
            return Ok(());
        }
        let mut start = vec![0; MAGIC.len().min(len as usize)];
        self.file.read(0, &mut start)?;
        if !start.is_empty() && MAGIC.starts_with(&start) {
            return Err(StoreError::Truncated);
        }
        Err(StoreError::NotAStore)
    }
}

impl Admitted {
    fn new(
        sealed: SealedFile,
        label: Label,
        secrets: Secrets,
        blocks: Vec<(usize, Vec<u8>)>,
    ) -> (Self, Held) {
        let sealed = Arc::new(sealed);
        let held = Held::new(&sealed, (sealed.header(), sealed.len()));
        let admitted = Self {
            sealed,
            test_mode: label.test_mode,
            label: Mutex::new(label),
            secrets: Mutex::new(Some(secrets)),
            blocks: Mutex::new(blocks),
        };
        (admitted, held)
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl StorageBackend for Pages {
    fn len(&self) -> io::Result<u64> {
        self.with(|bytes| Ok(bytes.len()))
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.with(|bytes| bytes.read(offset, out))
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.change(|bytes| bytes.set_len(len))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.change(|bytes| bytes.sync())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.change(|bytes| bytes.write(offset, data))
    }

    fn close(&self) -> io::Result<()> {
        let held = self.0.held.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(admitted) = self.0.admitted.get()
            && held.is_none()
            && self.require_writable().is_ok()
        {
            // The spare header copy is all that a failure here may cost.
            let _ = admitted.sealed.settle();
        }
        self.0.file.close()
    }

    fn try_lock_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> std::result::Result<bool, BackendError> {
        self.0.file.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> std::result::Result<bool, BackendError> {
        self.0.file.try_lock_shared_range(start, end)
    }

    fn lock_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> std::result::Result<(), BackendError> {
        self.0.file.lock_range(start, end)
    }

    fn lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> std::result::Result<(), BackendError> {
        self.0.file.lock_shared_range(start, end)
    }

    fn unlock_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> std::result::Result<(), BackendError> {
        self.0.file.unlock_range(start, end)
    }

    fn query_lock_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> std::result::Result<bool, BackendError> {
        self.0.file.query_lock_range(start, end)
    }
}
