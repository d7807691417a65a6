//! Group commit: callers who come while one commits share the next commit.
//!
//! There is no writer thread. An idle store runs the body on its caller's thread; on a busy one
//! the first caller leads, runs the bodies of those who wait and commits once for all of them.

use super::engine::{Engine, Write};
use super::error::{Result, StoreError};
use super::overlay::Overlay;
use super::queue::{Answer, Body, Call, Operation, Queue, Ticket, Verdict};
use super::sync::{Arc, AtomicBool, AtomicU64, thread_local};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;

/// Commits for others that one caller has to lead before the next in line does.
const ROUNDS_MAX: usize = 4;
const BATCH_OPERATIONS_MAX: usize = 512;
const BATCH_BYTES_MAX: usize = 16 << 20;
const OPERATION_BYTES_MAX: usize = 64 << 20;

thread_local! {
    static IN_BODY: Cell<bool> = const { Cell::new(false) };
}

#[derive(Default)]
pub(super) struct Group {
    queue: Queue,
    stopped: AtomicBool,
    pub(super) commits: AtomicU64,
    pub(super) operations: AtomicU64,
}

impl Group {
    /// Runs the body in some commit, and returns only once that commit is durable.
    pub(super) fn submit(&self, engine: &dyn Engine, body: Body) -> Verdict {
        let ticket = Arc::new(Ticket::default());
        if self.queue.join(body, &ticket) {
            self.lead(engine);
        }
        loop {
            match ticket.wait() {
                Call::Lead => self.lead(engine),
                Call::Answer(verdict) => return verdict,
            }
        }
    }

    /// Holds that this thread runs no body: waiting for a leader from there is waiting for oneself.
    pub(super) fn require_outside(&self) -> Result<()> {
        if IN_BODY.with(Cell::get) { Err(StoreError::Nested) } else { Ok(()) }
    }

    /// Refuses every later write.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    fn lead(&self, engine: &dyn Engine) {
        let _turn = Turn(&self.queue);
        for _ in 0..ROUNDS_MAX {
            match self.queue.next() {
                Some(first) => self.round(engine, first),
                None => return,
            }
        }
    }

    fn round(&self, engine: &dyn Engine, first: Operation) {
        if self.is_stopped() || engine.writes_stopped() {
            return first.answer.give(Verdict::Failed(StoreError::WritesStopped));
        }
        let mut first = Some(first);
        let mut batch = Batch::default();
        let committed = catch_unwind(AssertUnwindSafe(|| {
            engine.transact(&mut |unit| {
                while batch.has_room()
                    && let Some(operation) = first.take().or_else(|| self.queue.next())
                {
                    batch.run(operation, unit)?;
                }
                Ok(())
            })
        }));
        batch
            .ran
            .extend(first.map(|unrun| Ran { answer: unrun.answer, verdict: Verdict::Committed }));
        match committed.unwrap_or(Err(StoreError::OutcomeUnknown)) {
            Ok(()) => {
                self.commits.fetch_add(1, Ordering::Relaxed);
                let operations = batch.ran.len() as u64;
                self.operations.fetch_add(operations, Ordering::Relaxed);
                batch.answer();
            }
            Err(fault) => {
                self.stop();
                batch.fail(fault);
            }
        }
    }
}

/// The turn of one leader; it passes on even when the leader unwinds.
struct Turn<'q>(&'q Queue);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.pass_the_lead();
    }
}

/// What one commit carries. No verdict leaves before the commit is durable.
#[derive(Default)]
struct Batch {
    ran: Vec<Ran>,
    bytes: usize,
}

struct Ran {
    answer: Answer,
    verdict: Verdict,
}

impl Batch {
    fn has_room(&self) -> bool {
        self.ran.len() < BATCH_OPERATIONS_MAX && self.bytes < BATCH_BYTES_MAX
    }

    /// Runs one body and merges its changes; an error is one of the transaction itself.
    fn run(&mut self, operation: Operation, unit: &mut dyn Write) -> Result<()> {
        let mut overlay = Overlay::new(&mut *unit, OPERATION_BYTES_MAX);
        // The body is dropped in here too: what it owns may panic as it goes.
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let _inside = InBody::enter();
            (operation.body)(&mut overlay)
        }));
        let mut merged = Ok(());
        let verdict = match ended {
            Err(panic) => Verdict::Panicked(panic),
            Ok(decided) => match decided.and_then(|()| overlay.into_changes()) {
                Err(fault) => Verdict::Failed(fault),
                Ok(changes) => {
                    self.bytes += changes.bytes();
                    merged = changes.merge(unit);
                    Verdict::Committed
                }
            },
        };
        self.ran.push(Ran { answer: operation.answer, verdict });
        merged
    }

    fn answer(self) {
        for Ran { answer, verdict } in self.ran {
            answer.give(verdict);
        }
    }

    /// Hands the fault to all but those who panicked: they did not see the commit either way.
    fn fail(self, fault: StoreError) {
        for Ran { answer, verdict } in self.ran {
            answer.give(match verdict {
                Verdict::Panicked(panic) => Verdict::Panicked(panic),
                Verdict::Committed | Verdict::Failed(_) => Verdict::Failed(fault),
            });
        }
    }
}

/// Marks this thread as running a body, until dropped.
struct InBody;

impl InBody {
    fn enter() -> Self {
        IN_BODY.with(|inside| inside.set(true));
        Self
    }
}

impl Drop for InBody {
    fn drop(&mut self) {
        IN_BODY.with(|inside| inside.set(false));
    }
}
