//! How many messages went out lately, under keyed digests of whom they concern.

use super::codec::{self, Row};
use crate::domain::rate::Window;
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

/// Forgets the window under a digest.
///
/// # Errors
/// What writing the store gives.
pub fn forget(write: &mut dyn Write, digest: &[u8; 32]) -> Result<()> {
    write.delete(Window::SPACE, digest)
}

/// Sets a window.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, digest: &[u8; 32], window: Window) -> Result<()> {
    codec::save(write, digest, &window)
}
