//! What threads meet at on the way to a commit: the standard library's, and in the unit tests those
//! of a scheduler that tries many orders.

#[cfg(not(test))]
pub(super) use std::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64},
    },
    thread_local,
};

#[cfg(test)]
pub(super) use shuttle::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64},
    },
    thread_local,
};

use std::sync::PoisonError;

/// Takes the lock, whoever panicked while holding it.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
