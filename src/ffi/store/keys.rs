//! The store's keys: drawn, wrapped anew, and retired at once where somebody has seen them.

use super::super::call;
use super::super::error::admit_error;
use super::super::handle;
use super::super::import::admit_progress_fn;
use super::super::status::admit_status;
use super::{KEY_BYTES, admit_store, ring};
use crate::domain::text::Line;
use crate::error::Error;
use std::ffi::{c_char, c_void};
use zeroize::Zeroizing;

/// Draws a new key of 32 random bytes from the operating system into `key`; `key_len` is 32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_key_generate(
    key: *mut u8,
    key_len: usize,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        if key.is_null() || key_len != KEY_BYTES {
            return Err(Error::Misuse("the place for a key must be 32 bytes"));
        }
        let drawn = crate::seal::random::Seed::draw()
            .map_err(|_| Error::Unsupported("a system without randomness"))?;
        let bytes: Zeroizing<[u8; KEY_BYTES]> =
            Zeroizing::new(crate::seal::random::Stream::new(&drawn).bytes());
        // SAFETY: the caller says that 32 bytes are writable at `key`.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), key, KEY_BYTES) };
        Ok(())
    })
}

/// Wraps the store's keys under a new first key and starts a new token key. Links that are out
/// stay good until they lapse. From then on, open the store with the new key.
///
/// After an error the file opens with the old key or with the new one: give both.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_rotate_key(
    store: *mut admit_store,
    keys: *const u8,
    keys_len: usize,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let opened = handle::store(store)?;
        // SAFETY: `keys` is as the header asks.
        let ring = ring(unsafe { call::bytes(keys, keys_len)? })?;
        opened.admit.rotate_keys(&ring)
    })
}

/// Answers a theft of the file together with its key: wraps the store's keys under a new first
/// key, makes every link that is out invalid, ends every session, and says that a scrub is due.
///
/// Required: `reason`, at most 200 characters, which the audit trail keeps. Links that are shown or sent from now on
/// are good, messages that wait in the outbox get such, and who has a password signs in again. The
/// stolen copy still holds what it held: whoever has it reads it with the old key. Call
/// `admit_store_scrub` next, which writes this file under page keys that the thief has not seen.
///
/// After an error call it again with both keys: it may have been done in part. A call that runs
/// meanwhile may end as if it had come before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_compromise(
    store: *mut admit_store,
    keys: *const u8,
    keys_len: usize,
    reason: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let opened = handle::store(store)?;
        // SAFETY: the pointers are as the header asks.
        let (ring, reason) = unsafe {
            (ring(call::bytes(keys, keys_len)?)?, call::required(reason, "reason", Line::parse)?)
        };
        opened.admit.compromise(&ring, reason)
    })
}

/// Writes the file anew under page keys of its own, so that no byte of what was erased before is
/// left in it, and certifies that in the erase orders. Call it when `admit_stats_scrub_due_at` says
/// so, at a quiet hour.
///
/// `keys` is as at open: its first key wraps the new file. `progress` hears how many rows were
/// copied, on the caller's thread, and ends the scrub by answering 0; it may be NULL. `scrubbed`
/// gets 1 where the file was written anew, 0 where the callback ended it, and may be NULL. Calls
/// that write wait meanwhile, and calls that read for a moment at the end. Until the new file is in
/// place it takes as much room again as what is in the old one.
///
/// Answers ADMIT_STORE_FULL where there is no room: the old file goes on, as after every error but
/// ADMIT_OUTCOME_UNKNOWN, after which the store is to be opened again. It reaches neither earlier
/// copies of the file nor blocks that the disk has set aside: encrypt the disk, and let backups
/// lapse.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_scrub(
    store: *mut admit_store,
    keys: *const u8,
    keys_len: usize,
    progress: admit_progress_fn,
    progress_data: *mut c_void,
    scrubbed: *mut i32,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { call::put(scrubbed, 0) };
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let ring = ring(unsafe { call::bytes(keys, keys_len)? })?;
        let done = opened.admit.scrub(&ring, |rows| match progress {
            None => true,
            // SAFETY: the function takes the data that came with it.
            Some(progress) => opened.during(|| unsafe { progress(progress_data, rows) }) != 0,
        })?;
        // SAFETY: as above.
        unsafe { call::put(scrubbed, i32::from(done)) };
        Ok(())
    })
}
