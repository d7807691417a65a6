//! Who is inside the store, so that closing can wait for them.

use super::engine::Engine;
use super::error::{Result, StoreError};
use super::lock::lock;
use std::cell::Cell;
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};

thread_local! {
    /// Calls that this thread is inside of, over all stores.
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

pub(super) struct Gate {
    inside: Mutex<Inside>,
    left: Condvar,
    abandoned: AtomicBool,
    /// Reaches the engine without the lock, which a fork may have left held for ever.
    engine: Weak<dyn Engine>,
}

struct Inside {
    engine: Option<Arc<dyn Engine>>,
    calls: usize,
}

/// One call in progress; it keeps the engine open.
pub(super) struct Entered<'g> {
    gate: &'g Gate,
    engine: Option<Arc<dyn Engine>>,
}

impl Gate {
    pub(super) fn new(engine: Arc<dyn Engine>) -> Self {
        Self {
            abandoned: AtomicBool::new(false),
            engine: Arc::downgrade(&engine),
            inside: Mutex::new(Inside { engine: Some(engine), calls: 0 }),
            left: Condvar::new(),
        }
    }

    pub(super) fn enter(&self) -> Result<Entered<'_>> {
        if self.abandoned.load(Ordering::Acquire) {
            return Err(StoreError::Closed);
        }
        let mut inside = lock(&self.inside);
        let engine = inside.engine.clone().ok_or(StoreError::Closed)?;
        inside.calls += 1;
        CALLS.set(CALLS.get() + 1);
        Ok(Entered { gate: self, engine: Some(engine) })
    }

    /// Refuses new calls, waits for those inside, and lets go of the engine.
    pub(super) fn close(&self) -> Result<()> {
        if self.abandoned.load(Ordering::Acquire) {
            return Ok(());
        }
        if CALLS.get() > 0 {
            return Err(StoreError::Nested);
        }
        let mut inside = lock(&self.inside);
        let engine = inside.engine.take();
        while inside.calls > 0 {
            inside = self.left.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        // Dropped under the lock, so that a second closer returns no sooner than the file is free.
        drop(engine);
        Ok(())
    }

    pub(super) fn abandon(&self) {
        self.abandoned.store(true, Ordering::Release);
        if let Some(engine) = self.engine.upgrade() {
            mem::forget(engine);
        }
    }
}

impl Entered<'_> {
    pub(super) fn engine(&self) -> Result<&dyn Engine> {
        self.engine.as_deref().ok_or(StoreError::Closed)
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.engine = None;
        CALLS.set(CALLS.get() - 1);
        lock(&self.gate.inside).calls -= 1;
        self.gate.left.notify_all();
    }
}
