//! The gate that hashing goes through: a few turns at once, a short queue, then busy.
//!
//! One name has one turn at a time, so guesses at it never run side by side.

use super::hash::Cost;
use argon2::Block;
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use thiserror::Error;
use zeroize::Zeroize;

/// Beyond this many hashes at once, memory is the limit and not the cores (DESIGN section 5).
const TURNS_DEFAULT_MAX: usize = 4;

/// Admits callers to hashing and keeps the memory that hashing reuses.
pub struct Gate {
    cost: Cost,
    turns_max: usize,
    waiting_max: usize,
    hall: Mutex<Hall>,
    left: Condvar,
    hashes: AtomicU64,
}

#[derive(Default)]
struct Hall {
    names: Vec<[u8; 32]>,
    waiting: VecDeque<Waiter>,
    tickets: u64,
    idle: Vec<Vec<Block>>,
}

struct Waiter {
    ticket: u64,
    name: [u8; 32],
}

/// All turns are taken and the queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("too many passwords are being hashed")]
pub struct Busy;

impl Gate {
    /// Opens a gate for `turns_max` hashes at once (at least one) and `waiting_max` waiters.
    pub fn new(cost: Cost, turns_max: usize, waiting_max: usize) -> Self {
        Self {
            cost,
            turns_max: turns_max.max(1),
            waiting_max,
            hall: Mutex::default(),
            left: Condvar::new(),
            hashes: AtomicU64::new(0),
        }
    }

    /// The number of hashes at once where the host states none: its cores, at most four.
    pub fn turns_default() -> usize {
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        cores.min(TURNS_DEFAULT_MAX)
    }

    /// Takes a turn for the name of this digest, waiting in the queue for it if need be.
    ///
    /// A caller that holds a turn must not ask for another: it could wait for itself.
    pub fn enter(&self, name: [u8; 32]) -> Result<Turn<'_>, Busy> {
        let mut hall = self.hall();
        let ticket = hall.join(name);
        if hall.next(self.turns_max) != Some(ticket) && hall.waiting.len() > self.waiting_max {
            hall.waiting.pop_back();
            return Err(Busy);
        }
        let mut hall = self
            .left
            .wait_while(hall, |hall| hall.next(self.turns_max) != Some(ticket))
            .unwrap_or_else(PoisonError::into_inner);
        hall.waiting.retain(|waiter| waiter.ticket != ticket);
        hall.names.push(name);
        let memory = hall.idle.pop().unwrap_or_default();
        drop(hall);
        // A second turn may be free, and its waiter saw this one ahead of it.
        self.left.notify_all();
        Ok(Turn { gate: self, name, memory, is_dirty: false })
    }

    /// Counts the hashes begun since the gate was opened, for tests that count work.
    pub fn hashes(&self) -> u64 {
        self.hashes.load(Ordering::Relaxed)
    }

    /// Counts the callers that wait now.
    pub fn waiting(&self) -> usize {
        self.hall().waiting.len()
    }

    fn hall(&self) -> MutexGuard<'_, Hall> {
        self.hall.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hall {
    fn join(&mut self, name: [u8; 32]) -> u64 {
        self.tickets += 1;
        let ticket = self.tickets;
        self.waiting.push_back(Waiter { ticket, name });
        ticket
    }

    /// The waiter whose turn it is: the first whose name has none, if there is a turn at all.
    fn next(&self, turns_max: usize) -> Option<u64> {
        if self.names.len() >= turns_max {
            return None;
        }
        let mut waiting = self.waiting.iter();
        let next = waiting.find(|waiter| !self.names.contains(&waiter.name))?;
        Some(next.ticket)
    }
}

/// A turn at the gate; dropping it, by a panic too, wipes the memory and lets the next one in.
pub struct Turn<'gate> {
    gate: &'gate Gate,
    name: [u8; 32],
    memory: Vec<Block>,
    is_dirty: bool,
}

impl Turn<'_> {
    pub(super) fn cost(&self) -> Cost {
        self.gate.cost
    }

    pub(super) fn count(&self) {
        self.gate.hashes.fetch_add(1, Ordering::Relaxed);
    }

    /// Lends `blocks` blocks to `fill` and wipes them after it.
    ///
    /// An imported hash may need more than the gate's cost; that surplus is not kept.
    pub(super) fn with_memory<T>(
        &mut self,
        blocks: usize,
        fill: impl FnOnce(&mut [Block]) -> T,
    ) -> T {
        let kept = self.gate.cost.blocks();
        if self.memory.len() < blocks {
            self.memory = vec![Block::new(); blocks.max(kept)];
        }
        self.is_dirty = true;
        let filled = fill(&mut self.memory[..blocks]);
        self.wipe();
        if self.memory.len() > kept {
            self.memory.truncate(kept);
            self.memory.shrink_to_fit();
        }
        filled
    }

    fn wipe(&mut self) {
        self.memory.iter_mut().zeroize();
        self.is_dirty = false;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.is_dirty {
            self.wipe();
        }
        let mut hall = self.gate.hall();
        hall.names.retain(|name| *name != self.name);
        hall.idle.push(std::mem::take(&mut self.memory));
        drop(hall);
        self.gate.left.notify_all();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    fn gate() -> Gate {
        Gate::new(Cost::new(8, 1, 1).unwrap(), 1, 0)
    }

    fn scribble(memory: &mut [Block]) {
        for block in memory {
            block.as_mut().fill(7);
        }
    }

    fn words(gate: &Gate) -> Vec<u64> {
        let idle = &gate.hall().idle;
        idle.iter().flatten().flat_map(|block| block.as_ref().to_vec()).collect()
    }

    #[test]
    fn memory_is_wiped_and_used_again() {
        let gate = gate();
        for _ in 0..3 {
            gate.enter([0; 32]).unwrap().with_memory(8, scribble);
            assert_eq!(words(&gate), [0; 8 * 128]);
        }
    }

    #[test]
    fn memory_is_wiped_after_a_panic() {
        let gate = gate();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut turn = gate.enter([0; 32]).unwrap();
            turn.with_memory(8, |memory| {
                scribble(memory);
                panic!("planted");
            })
        }));
        assert!(outcome.is_err());
        assert_eq!(words(&gate), [0; 8 * 128]);
    }

    #[test]
    fn the_surplus_of_a_dear_imported_hash_is_not_kept() {
        let gate = gate();
        gate.enter([0; 32]).unwrap().with_memory(64, scribble);
        assert_eq!(words(&gate), [0; 8 * 128]);
    }
}
