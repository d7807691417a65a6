//! Who is inside the store, so that closing can wait for them.

use super::engine::Engine;
use super::error::{Result, StoreError};
use super::sync::{AtomicBool, Condvar, Mutex, lock, thread_local};
use std::cell::Cell;
use std::mem;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock, PoisonError, Weak};

thread_local! {
    /// Calls that this thread is inside of, over all stores.
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

/// Whether this thread is inside of a call on some store.
pub(super) fn is_inside() -> bool {
    CALLS.with(Cell::get) > 0
}

pub(super) struct Gate {
    inside: Mutex<Inside>,
    left: Condvar,
    abandoned: AtomicBool,
    /// Reaches the engines without the lock, which a fork may have left held for ever.
    engines: Link,
}

/// An engine, and the one that took its place.
struct Link {
    engine: Weak<dyn Engine>,
    next: OnceLock<Box<Link>>,
}

impl Link {
    fn new(engine: &Arc<dyn Engine>) -> Self {
        Self { engine: Arc::downgrade(engine), next: OnceLock::new() }
    }

    fn add(&self, engine: &Arc<dyn Engine>) {
        let mut last = self;
        while let Some(next) = last.next.get() {
            last = next;
        }
        let _ = last.next.set(Box::new(Self::new(engine)));
    }
}

struct Inside {
    engine: Option<Arc<dyn Engine>>,
    calls: usize,
    /// Somebody waits to exchange the engine, so that new calls wait too.
    is_wanted: bool,
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
            engines: Link::new(&engine),
            inside: Mutex::new(Inside { engine: Some(engine), calls: 0, is_wanted: false }),
            left: Condvar::new(),
        }
    }

    pub(super) fn enter(&self) -> Result<Entered<'_>> {
        if self.abandoned.load(Ordering::Acquire) {
            return Err(StoreError::Closed);
        }
        let mut inside = lock(&self.inside);
        // Whoever is inside of a call already would wait for itself.
        while inside.is_wanted && !is_inside() {
            inside = self.left.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        let engine = inside.engine.clone().ok_or(StoreError::Closed)?;
        inside.calls += 1;
        CALLS.with(|calls| calls.set(calls.get() + 1));
        Ok(Entered { gate: self, engine: Some(engine) })
    }

    /// Refuses new calls, waits for those inside, and lets go of the engine.
    pub(super) fn close(&self) -> Result<()> {
        if self.abandoned.load(Ordering::Acquire) {
            return Ok(());
        }
        if is_inside() {
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

    /// Keeps new calls waiting, waits for those inside, and hands the engine over for the one that
    /// is to take its place; none ends the store.
    pub(super) fn exchange(
        &self,
        swap: impl FnOnce(Arc<dyn Engine>) -> (Option<Arc<dyn Engine>>, Result<()>),
    ) -> Result<()> {
        if is_inside() {
            return Err(StoreError::Nested);
        }
        let mut inside = lock(&self.inside);
        inside.is_wanted = true;
        while inside.calls > 0 {
            inside = self.left.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        inside.is_wanted = false;
        // Swapped under the lock: a new call waits for that, and a closer too.
        let swapped = match inside.engine.take() {
            None => Err(StoreError::Closed),
            Some(old) => {
                let (engine, swapped) = swap(old);
                if let Some(engine) = &engine {
                    self.engines.add(engine);
                }
                inside.engine = engine;
                swapped
            }
        };
        drop(inside);
        self.left.notify_all();
        swapped
    }

    pub(super) fn abandon(&self) {
        self.abandoned.store(true, Ordering::Release);
        let mut link = Some(&self.engines);
        while let Some(Link { engine, next }) = link {
            if let Some(engine) = engine.upgrade() {
                mem::forget(engine);
            }
            link = next.get().map(|next| &**next);
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
        CALLS.with(|calls| calls.set(calls.get() - 1));
        lock(&self.gate.inside).calls -= 1;
        self.gate.left.notify_all();
    }
}
