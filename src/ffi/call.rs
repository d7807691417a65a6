//! The one boundary: panics, NULL, size-first structs, the error out-parameter.

use super::error::admit_error;
use super::status::admit_status;
use crate::domain::text::{IdempotencyKey, Reason};
use crate::error::{Error, InField, Result};
use std::any::Any;
use std::ffi::{CStr, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

/// The largest size that an input struct may claim: far more than any version will have.
const STRUCT_BYTES_MAX: usize = 4096;

/// Runs a call that can fail: clears `*err`, contains panics, stores the error where it is wanted.
pub(super) fn call(err: *mut *mut admit_error, body: impl FnOnce() -> Result<()>) -> admit_status {
    // SAFETY: `err` is NULL or, by the header's contract, points to a writable pointer.
    let slot = unsafe { err.as_mut() };
    let (status, failure) = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => (admit_status::AdmitOk, None),
        Ok(Err(error)) => (admit_status::of(&error), Some(admit_error::of(&error))),
        Err(payload) => {
            discard(payload);
            (admit_status::AdmitInternal, Some(admit_error::internal()))
        }
    };
    if let Some(slot) = slot {
        *slot = failure.map_or(ptr::null_mut(), |failure| Box::into_raw(Box::new(failure)));
    }
    status
}

/// Runs an accessor that cannot fail: `fallback` for NULL and for a contained panic.
pub(super) fn value<T>(fallback: T, body: impl FnOnce() -> Option<T>) -> T {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(value) => value.unwrap_or(fallback),
        Err(payload) => {
            discard(payload);
            fallback
        }
    }
}

/// Drops a panic's payload, whose own drop might panic again.
fn discard(payload: Box<dyn Any + Send>) {
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(again);
    }
}

/// A struct that may be read from the caller's memory.
///
/// # Safety
/// All bytes zero is a valid value that means "default", every bit pattern is valid (integers,
/// raw pointers, `Option` of an extern function), and a `size_t` that holds the size comes first.
pub(super) unsafe trait Extensible: Copy {
    /// What an error calls the argument.
    const NAME: &'static str;
}

/// Reads a struct written against an older, this, or a newer header; NULL is all defaults.
///
/// # Safety
/// `given` is NULL or points to as many readable bytes as its first member says.
pub(super) unsafe fn input<T: Extensible>(given: *const T) -> Result<T> {
    // SAFETY: handed on from this function's contract.
    let (read, whole) = unsafe { known(given)? };
    whole.map(|()| read)
}

/// Reads the members that this version knows, and says whether those are all that are set.
///
/// # Safety
/// As `input`.
pub(super) unsafe fn known<T: Extensible>(given: *const T) -> Result<(T, Result<()>)> {
    // SAFETY: all bytes zero is a valid value by the contract of `Extensible`.
    let mut read: T = unsafe { std::mem::zeroed() };
    if given.is_null() {
        return Ok((read, Ok(())));
    }
    // SAFETY: the caller's struct starts with its size; it may be misaligned in packed memory.
    let size = unsafe { given.cast::<usize>().read_unaligned() };
    if !(size_of::<usize>()..=STRUCT_BYTES_MAX).contains(&size) {
        return Err(Error::Misuse("a struct's size is not set; start from its _INIT macro"));
    }
    // SAFETY: the caller says that `size` bytes are there.
    let bytes = unsafe { std::slice::from_raw_parts(given.cast::<u8>(), size) };
    let known = size.min(size_of::<T>());
    // SAFETY: `known` bytes are within both, and every bit pattern is a valid `T`.
    unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), (&raw mut read).cast::<u8>(), known) };
    let is_newer = bytes[known..].iter().any(|byte| *byte != 0);
    Ok((read, if is_newer { Err(Error::Unsupported(T::NAME)) } else { Ok(()) }))
}

/// Reads a list of structs: `count` pointers.
///
/// # Safety
/// `items` points to `count` pointers, each as `input` wants it.
pub(super) unsafe fn inputs<T: Extensible>(
    items: *const *const T,
    count: usize,
    field: &'static str,
    most: usize,
) -> Result<Vec<T>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    if items.is_null() {
        return Err(Error::Misuse("a list is NULL though its count is not 0"));
    }
    if count > most {
        return Err(Reason::TooMany { max: most }).field(field);
    }
    (0..count)
        .map(|at| {
            // SAFETY: `at` is below the count that the caller states.
            let item = unsafe { *items.add(at) };
            if item.is_null() {
                return Err(Error::Misuse("an entry of a list is NULL"));
            }
            // SAFETY: handed on from this function's contract.
            unsafe { input(item) }
        })
        .collect()
}

/// Borrows a text that may be missing.
///
/// # Safety
/// `given` is NULL or points to a NUL-terminated text that outlives the call.
pub(super) unsafe fn text<'a>(
    given: *const c_char,
    field: &'static str,
) -> Result<Option<&'a str>> {
    if given.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller hands a NUL-terminated text.
    let bytes = unsafe { CStr::from_ptr(given) };
    bytes.to_str().map(Some).map_err(|_| Reason::NotUtf8).field(field)
}

/// Borrows a text that must be there: NULL is misuse.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn required_text<'a>(
    given: *const c_char,
    field: &'static str,
) -> Result<&'a str> {
    // SAFETY: handed on from this function's contract.
    unsafe { text(given, field)? }.ok_or(Error::Misuse("a required text is NULL"))
}

/// Parses a text where there is one; NULL and empty are none.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn parsed<T>(
    given: *const c_char,
    field: &'static str,
    parse: impl FnOnce(&str) -> std::result::Result<T, Reason>,
) -> Result<Option<T>> {
    // SAFETY: handed on from this function's contract.
    match unsafe { text(given, field)? } {
        None | Some("") => Ok(None),
        Some(text) => parse(text).map(Some).field(field),
    }
}

/// Parses a text that must be there; NULL and empty are an invalid input.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn required<T>(
    given: *const c_char,
    field: &'static str,
    parse: impl FnOnce(&str) -> std::result::Result<T, Reason>,
) -> Result<T> {
    // SAFETY: handed on from this function's contract.
    unsafe { parsed(given, field, parse)? }.ok_or(Reason::Missing).field(field)
}

/// What an update does to a text: NULL keeps it, empty clears it.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn change<T>(
    given: *const c_char,
    field: &'static str,
    parse: impl FnOnce(&str) -> std::result::Result<T, Reason>,
) -> Result<crate::commands::Change<T>> {
    use crate::commands::Change;
    // SAFETY: handed on from this function's contract.
    match unsafe { text(given, field)? } {
        None => Ok(Change::Keep),
        Some("") => Ok(Change::Clear),
        Some(text) => parse(text).map(Change::Set).field(field),
    }
}

/// Parses an id; a text that is no id names nothing, hence is not found. NULL is misuse.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn id<N>(
    given: *const c_char,
    field: &'static str,
) -> Result<crate::domain::id::Id<N>> {
    // SAFETY: handed on from this function's contract.
    let text = unsafe { required_text(given, field)? };
    Ok(crate::domain::id::Id::parse(text).ok_or(crate::domain::refusal::Refusal::NotFound)?)
}

/// Parses the host's own key; a text that cannot be one names nothing, hence is not found.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn external_id(given: *const c_char) -> Result<crate::domain::text::ExternalId> {
    // SAFETY: handed on from this function's contract.
    let text = unsafe { required_text(given, "external_id")? };
    let parsed = crate::domain::text::ExternalId::parse(text);
    Ok(parsed.map_err(|_| crate::domain::refusal::Refusal::NotFound)?)
}

/// Parses an id where there is one; NULL and empty are none.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn optional_id<N>(
    given: *const c_char,
    field: &'static str,
) -> Result<Option<crate::domain::id::Id<N>>> {
    // SAFETY: handed on from this function's contract.
    match unsafe { text(given, field)? } {
        None | Some("") => Ok(None),
        // SAFETY: as above.
        Some(_) => unsafe { id(given, field) }.map(Some),
    }
}

/// Parses an idempotency key where there is one.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn idempotency_key(given: *const c_char) -> Result<Option<IdempotencyKey>> {
    // SAFETY: handed on from this function's contract.
    unsafe { parsed(given, "idempotency_key", IdempotencyKey::parse) }
}

/// Borrows bytes; NULL is allowed where there are none.
///
/// # Safety
/// `bytes` points to `len` readable bytes that outlive the call, or `len` is 0.
pub(super) unsafe fn bytes<'a>(bytes: *const u8, len: usize) -> Result<&'a [u8]> {
    if len == 0 {
        return Ok(&[]);
    }
    if bytes.is_null() || isize::try_from(len).is_err() {
        return Err(Error::Misuse("bytes are NULL though their length is not 0"));
    }
    // SAFETY: the caller says that `len` bytes are there.
    Ok(unsafe { std::slice::from_raw_parts(bytes, len) })
}

/// A place for an output, cleared on entry and filled only on success.
pub(super) struct Out<T>(*mut *mut T);

impl<T> Out<T> {
    /// Clears the output.
    ///
    /// # Safety
    /// `out` is NULL or points to a writable pointer.
    pub unsafe fn new(out: *mut *mut T) -> Self {
        if !out.is_null() {
            // SAFETY: by this function's contract.
            unsafe { *out = ptr::null_mut() };
        }
        Self(out)
    }

    /// Holds that the output is wanted.
    pub fn required(self) -> Result<Self> {
        if self.0.is_null() { Err(Error::Misuse("an output is NULL")) } else { Ok(self) }
    }

    /// Whether the caller wants it.
    pub fn is_wanted(&self) -> bool {
        !self.0.is_null()
    }

    /// Hands an object to the caller, who frees it.
    pub fn fill(self, object: T) {
        self.fill_pointer(Box::into_raw(Box::new(object)));
    }

    /// Hands an object of a snapshot to a caller who wants it.
    pub fn fill_if_wanted(self, snapshot: impl Into<T>) {
        if self.is_wanted() {
            self.fill(snapshot.into());
        }
    }

    /// Hands a token to the caller.
    pub fn fill_pointer(self, pointer: *mut T) {
        // SAFETY: `new` was told that the place is NULL or writable.
        if let Some(place) = unsafe { self.0.as_mut() } {
            *place = pointer;
        }
    }
}

/// Writes a number to an output that may be NULL.
///
/// # Safety
/// `out` is NULL or points to a writable number.
pub(super) unsafe fn put<T>(out: *mut T, number: T) {
    // SAFETY: by this function's contract.
    if let Some(place) = unsafe { out.as_mut() } {
        *place = number;
    }
}

/// Holds that no bit is set but the ones that this version knows, and nothing that is reserved.
pub(super) fn only(bits: u32, known: u32, what: &'static str) -> Result<()> {
    if bits & !known == 0 { Ok(()) } else { Err(Error::Unsupported(what)) }
}

/// A flag as C has it: 0 or 1, anything else is refused.
pub(super) fn flag(given: i32, field: &'static str) -> Result<bool> {
    match given {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Reason::Unknown).field(field),
    }
}

/// A time as C has it: 0 is none, otherwise milliseconds since 1970 UTC.
pub(super) fn time(given: i64) -> Option<crate::domain::time::Timestamp> {
    (given != 0).then(|| crate::domain::time::Timestamp::from_millis(given))
}
