//! The store's keys: drawn, wrapped anew, and retired at once where somebody has seen them.

use super::super::call;
use super::super::error::admit_error;
use super::super::handle;
use super::super::status::admit_status;
use super::{KEY_BYTES, admit_store, ring};
use crate::domain::text::Line;
use crate::error::Error;
use std::ffi::c_char;
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
