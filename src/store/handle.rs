//! The store as the floors above hold it: one struct over whichever medium.

use super::engine::{Engine, Read, Write};
use super::error::{Result, StoreError};
use super::gate::{self, Gate};
use super::group::Group;
use super::lock::lock;
use super::memory::Memory;
use super::place::Place;
use super::queue::Verdict;
use crate::seal::{KeyRing, Secrets};
use std::panic::resume_unwind;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

/// An open store. Any number of threads may read and write it at once.
pub struct Store {
    pub(super) gate: Gate,
    pub(super) group: Group,
    pub(super) secrets: Mutex<Arc<Secrets>>,
    test_mode: bool,
    /// Where the file is; None for a store in memory.
    pub(super) place: Option<Box<dyn Place>>,
    /// Held by writers each for itself, and by whoever must be alone.
    pub(super) pause: RwLock<()>,
}

impl Store {
    /// Lays a store over a medium; for stores on disk use `open`.
    pub fn over(engine: Arc<dyn Engine>, secrets: Secrets, test_mode: bool) -> Self {
        Self {
            gate: Gate::new(engine),
            group: Group::default(),
            secrets: Mutex::new(Arc::new(secrets)),
            test_mode,
            place: None,
            pause: RwLock::new(()),
        }
    }

    /// Says where the file is, so that it can be written anew.
    #[must_use]
    pub fn at(self, place: Box<dyn Place>) -> Self {
        Self { place: Some(place), ..self }
    }

    /// Makes a store that lives and dies with the process: the reference that tests compare with.
    pub fn in_memory(test_mode: bool) -> Result<Self> {
        let secrets = Secrets::generate()?;
        Ok(Self::over(Arc::new(Memory::default()), secrets, test_mode))
    }

    /// Runs `work` on a snapshot, which later commits do not touch.
    ///
    /// A snapshot held for long makes the file grow: read what is needed and return.
    pub fn read<T>(&self, mut work: impl FnMut(&mut dyn Read) -> Result<T>) -> Result<T> {
        let entered = self.gate.enter()?;
        let mut found = Err(StoreError::Closed);
        entered.engine()?.read(&mut |snapshot| {
            found = work(snapshot);
            found.as_ref().map(|_| ()).map_err(|fault| *fault)
        })?;
        found
    }

    /// Runs `body` and commits its changes durably, together with those of its neighbours.
    ///
    /// An `Ok` commits, whatever it says: a refusal from above is an `Ok` too. An `Err` or a panic
    /// undoes this body alone and is handed to this caller. The body may run on another thread.
    pub fn write<T: Send + 'static>(
        &self,
        body: impl Fn(&mut dyn Write) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _pause = self.pause()?;
        let entered = self.gate.enter()?;
        let decided = Arc::new(Mutex::new(None));
        let slot = Arc::clone(&decided);
        let verdict = self.group.submit(
            entered.engine()?,
            Box::new(move |unit| {
                *lock(&slot) = Some(body(unit)?);
                Ok(())
            }),
        );
        match verdict {
            Verdict::Committed => lock(&decided).take().ok_or(StoreError::OutcomeUnknown),
            Verdict::Failed(fault) => Err(fault),
            Verdict::Panicked(panic) => resume_unwind(panic),
        }
    }

    /// The keys of this store, as of the last rotation.
    pub fn secrets(&self) -> Arc<Secrets> {
        Arc::clone(&lock(&self.secrets))
    }

    /// Wraps the keys anew under the ring's first key and adds a token key, which becomes current.
    ///
    /// After an error the file opens with the old ring or with the new one: give both.
    pub fn rotate(&self, ring: &KeyRing) -> Result<()> {
        self.change_keys(ring, |secrets| Ok(Arc::new(secrets.with_new_token_key()?)))
    }

    fn change_keys(
        &self,
        ring: &KeyRing,
        change: impl FnOnce(&Arc<Secrets>) -> Result<Arc<Secrets>>,
    ) -> Result<()> {
        let _pause = self.pause()?;
        let entered = self.gate.enter()?;
        let engine = entered.engine()?;
        if self.group.is_stopped() || engine.writes_stopped() {
            return Err(StoreError::WritesStopped);
        }
        let mut secrets = lock(&self.secrets);
        let next = change(&secrets)?;
        engine.keep(ring, &next)?;
        *secrets = next;
        Ok(())
    }

    /// Lets no token key count any more that is older than the marked one. The file forgets them
    /// with the next `keep_keys`.
    pub fn retire_token_keys(&self, mark: &[u8; 32]) {
        let mut secrets = lock(&self.secrets);
        *secrets = Arc::new(secrets.without_older_token_keys(mark));
    }

    /// Wraps the keys anew under the ring's first key, as they are.
    pub fn keep_keys(&self, ring: &KeyRing) -> Result<()> {
        self.change_keys(ring, |secrets| Ok(secrets.clone()))
    }

    /// Waits for whoever must be alone. From inside a reading it would wait for itself, where a
    /// scrub waits for that reading to end.
    fn pause(&self) -> Result<RwLockReadGuard<'_, ()>> {
        self.group.require_outside()?;
        if gate::is_inside() {
            return self.pause.try_read().map_err(|_| StoreError::Nested);
        }
        Ok(self.pause.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells whether the store was created in test mode.
    pub fn is_test(&self) -> bool {
        self.test_mode
    }

    /// Tells whether an earlier failure made the store refuse writes until it is opened again.
    pub fn writes_stopped(&self) -> bool {
        let engine_stopped = || {
            let entered = self.gate.enter().ok()?;
            Some(entered.engine().ok()?.writes_stopped())
        };
        self.group.is_stopped() || engine_stopped().unwrap_or(false)
    }

    /// Counts the commits since the store was opened.
    pub fn commits(&self) -> u64 {
        self.group.commits.load(Ordering::Relaxed)
    }

    /// Counts the operations that went through those commits.
    pub fn operations(&self) -> u64 {
        self.group.operations.load(Ordering::Relaxed)
    }

    /// Waits for the calls inside, then closes the file; its lock is free on return.
    ///
    /// Every later call answers `Closed`, and closing again is fine. From inside a call of this
    /// thread it answers `Nested`, since it would wait for itself.
    pub fn close(&self) -> Result<()> {
        self.gate.close()
    }

    /// Forgets the file without writing or unlocking: the only thing to do in a forked child.
    ///
    /// The parent keeps the file and its lock. Memory and descriptor leak until the child ends.
    pub fn abandon(&self) {
        self.gate.abandon();
    }
}
