//! The store: opened by the host, and what is about the whole of it.

mod callback;
mod care;
mod keys;
mod options;

pub use callback::{
    admit_clock_fn, admit_destroy_fn, admit_fact_check_fn, admit_log_fn, admit_log_level,
    admit_password_check_fn,
};
pub use care::*;
pub use keys::*;
pub use options::admit_open_options;

use super::call::{self, Out};
use super::error::admit_error;
use super::handle;
use super::status::admit_status;
use crate::commands::{Admit, KnownOutcome};
use crate::domain::text::IdempotencyKey;
use crate::error::{Error, Result};
use crate::seal::KeyRing;
use callback::Reentry;
use std::convert::Infallible;
use std::ffi::c_char;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

/// An open store. A token: safe to use from any number of threads at once, and every misuse of a
/// closed or foreign one is answered with ADMIT_MISUSE. Close it with `admit_store_close`.
pub struct admit_store(());

/// How many bytes a key has.
const KEY_BYTES: usize = 32;
/// How many keys a ring holds.
const KEYS_MAX: usize = 16;

/// A store as the table of handles holds it.
pub(super) struct OpenStore {
    pub admit: Admit,
    reentry: Arc<Reentry>,
    process: u32,
    #[cfg(feature = "test-environment")]
    panic_in: std::sync::atomic::AtomicI64,
    /// Hears of the end of the last call that uses the store, callbacks and all.
    gone: Mutex<Option<Receiver<Infallible>>>,
    /// Last, so that everything else is dropped by then.
    _in_use: Sender<Infallible>,
}

impl OpenStore {
    /// Holds that a call may begin: in the process that opened the store, outside its callbacks.
    pub fn require_callable(&self) -> Result<()> {
        if self.process != std::process::id() {
            return Err(Error::Misuse("the store was opened before a fork; open it after"));
        }
        self.require_closable()?;
        #[cfg(feature = "test-environment")]
        self.panic_when_told();
        Ok(())
    }

    /// Holds that the store may be closed: not from inside one of its own callbacks.
    pub fn require_closable(&self) -> Result<()> {
        if self.reentry.is_inside() {
            return Err(Error::Misuse("a callback must not call its own store"));
        }
        Ok(())
    }

    /// Runs a callback that came with a call.
    pub fn during<T>(&self, callback: impl FnOnce() -> T) -> T {
        self.reentry.during(callback)
    }

    #[cfg(feature = "test-environment")]
    #[allow(clippy::panic)] // This is the panic that the tests ask for.
    fn panic_when_told(&self) {
        if self.panic_in.fetch_sub(1, std::sync::atomic::Ordering::Relaxed) == 1 {
            panic!("a panic that a test asked for");
        }
    }
}

/// Opens a store, and makes it where ADMIT_OPEN_CREATE is set and there is no file.
///
/// `path` is the file, as UTF-8. `keys` holds one or more keys of 32 bytes, one after the other:
/// the first wraps a new store, and all are tried on one that exists. The keys are copied and
/// wiped on close; keep them where a stolen disk does not lead to them. `options` may be NULL.
///
/// One process has a store open at a time. The file is byte-identical after each refused open.
/// After `fork`, the child must not use the store but may close it, which then writes nothing.
///
/// Answers ADMIT_WRONG_KEY, ADMIT_BUSY, ADMIT_NOT_A_STORE, ADMIT_TRUNCATED, ADMIT_DAMAGED,
/// ADMIT_NEWER_FORMAT, ADMIT_TEST_MODE, ADMIT_STORE_FULL or ADMIT_IO for the file, ADMIT_INVALID
/// for an option, and ADMIT_MISUSE where `path`, `keys` or `store` is NULL or `keys_len` is not a
/// multiple of 32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_open(
    path: *const c_char,
    keys: *const u8,
    keys_len: usize,
    options: *const admit_open_options,
    store: *mut *mut admit_store,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, (given, whole)) = unsafe { (Out::new(store), call::known(options)?) };
        let reentry = Arc::new(Reentry::default());
        let callbacks = given.callbacks(&reentry);
        whole?;
        let out = out.required()?;
        // SAFETY: as above.
        let (path, keys) =
            unsafe { (call::required_text(path, "path")?, call::bytes(keys, keys_len)?) };
        let ring = ring(keys)?;
        #[cfg(feature = "test-environment")]
        let ring = given.pin_keys(ring);
        // SAFETY: as above.
        let chosen = unsafe { given.choose(callbacks)? };
        let (in_use, gone) = mpsc::channel();
        let opened = OpenStore {
            admit: Admit::open(Path::new(path), &ring, chosen)?,
            reentry,
            process: std::process::id(),
            #[cfg(feature = "test-environment")]
            panic_in: i64::from(given.test_panic_at).into(),
            gone: Mutex::new(Some(gone)),
            _in_use: in_use,
        };
        out.fill_pointer(handle::insert_store(opened)?);
        Ok(())
    })
}

fn ring(keys: &[u8]) -> Result<KeyRing> {
    let (keys, rest) = keys.as_chunks::<KEY_BYTES>();
    match keys.split_first() {
        Some((first, others)) if rest.is_empty() && others.len() < KEYS_MAX => {
            Ok(KeyRing::new(*first, others))
        }
        _ => Err(Error::Misuse("keys must be 1 to 16 keys of 32 bytes each")),
    }
}

/// Closes a store: waits for the calls that run, syncs, and frees the file for others.
///
/// Its actors end with it. NULL is fine. A store that is closed already, and a call from inside
/// one of its callbacks, are answered with ADMIT_MISUSE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_close(store: *mut admit_store) -> admit_status {
    call::call(std::ptr::null_mut(), || {
        if store.is_null() {
            return Ok(());
        }
        let opened = handle::remove_store(store)?;
        if opened.process != std::process::id() {
            opened.admit.store().abandon();
            return Ok(());
        }
        let gone = opened.gone.lock().unwrap_or_else(PoisonError::into_inner).take();
        let closed = opened.admit.store().close();
        drop(opened);
        // A call that began before still holds the store, and may be inside a callback.
        if let Some(gone) = gone {
            let _ = gone.recv();
        }
        Ok(closed?)
    })
}

/// What became of a request that carried an idempotency key.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_known_outcome {
    /// No request with this key ended within 7 days: it is safe to send it again.
    AdmitKnownOutcomeNone = 0,
    /// It was done.
    AdmitKnownOutcomeDone = 1,
    /// A rule said no.
    AdmitKnownOutcomeRefused = 2,
}

/// Says what became of a request after its answer was lost, by its idempotency key.
///
/// `outcome` gets an `admit_known_outcome`; `status` gets the status that a refused request was
/// answered with, else ADMIT_OK, and may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_outcome(
    store: *mut admit_store,
    idempotency_key: *const c_char,
    outcome: *mut i32,
    status: *mut i32,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe {
            call::put(outcome, 0);
            call::put(status, 0);
        }
        let opened = handle::store(store)?;
        if outcome.is_null() {
            return Err(Error::Misuse("an output is NULL"));
        }
        // SAFETY: the pointers are as the header asks.
        let key =
            unsafe { call::required(idempotency_key, "idempotency_key", IdempotencyKey::parse)? };
        let (known, answered) = match opened.admit.outcome(&key)? {
            KnownOutcome::Unknown => {
                (admit_known_outcome::AdmitKnownOutcomeNone, admit_status::AdmitOk)
            }
            KnownOutcome::Done => {
                (admit_known_outcome::AdmitKnownOutcomeDone, admit_status::AdmitOk)
            }
            KnownOutcome::Refused(refusal) => {
                let answered = admit_status::of_refusal(refusal);
                (admit_known_outcome::AdmitKnownOutcomeRefused, answered)
            }
        };
        // SAFETY: as above.
        unsafe {
            call::put(outcome, known as i32);
            call::put(status, answered as i32);
        }
        Ok(())
    })
}
