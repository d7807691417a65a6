//! Locks that a panic elsewhere does not poison: what they guard is whole at every step.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes the lock, whoever panicked while holding it.
pub(super) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
