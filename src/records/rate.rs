//! How many messages went out lately, under keyed digests of whom they concern.

use super::codec::{self, Row};
use super::due;
use crate::domain::rate::{LONGEST, Window};
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Read, Result, Write};

impl Row for Window {
    const SPACE: Keyspace = Keyspace("rate");
}

/// The window under a digest.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, digest: &[u8; 32]) -> Result<Window> {
    Ok(codec::load(read, digest)?.unwrap_or_default())
}

fn end(window: Window) -> Option<Timestamp> {
    (window.count > 0).then(|| window.opened.plus(LONGEST))
}

/// Sets a window, and when it is forgotten: once the longest of all would be over.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, digest: &[u8; 32], window: Window) -> Result<()> {
    let before = end(find(write, digest)?);
    due::shift(write, due::Kind::RateEnd, digest, before, end(window))?;
    codec::save(write, digest, &window)
}

/// Forgets a window: it is over, or whom it concerns was erased.
///
/// # Errors
/// What the store gives.
pub fn forget(write: &mut dyn Write, digest: &[u8; 32]) -> Result<()> {
    let before = end(find(write, digest)?);
    due::shift(write, due::Kind::RateEnd, digest, before, None)?;
    write.delete(Window::SPACE, digest)
}
