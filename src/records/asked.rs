//! When a thing was asked for lately, under a keyed digest of who asked for what.

use super::codec::{self, Row};
use super::due;
use crate::domain::time::{HOUR, Timestamp};
use crate::store::{Keyspace, Read, Result, Write};
use serde::{Deserialize, Serialize};

/// How long a time counts, in milliseconds.
pub const KEPT: i64 = HOUR;

/// The times at which it was asked for, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The times.
    pub at: Vec<Timestamp>,
}

impl Row for Asked {
    const SPACE: Keyspace = Keyspace("asked");
}

/// The times under a digest.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, digest: &[u8; 32]) -> Result<Asked> {
    Ok(codec::load(read, digest)?.unwrap_or_default())
}

fn end(asked: &Asked) -> Option<Timestamp> {
    asked.at.last().map(|last| last.plus(KEPT))
}

/// Sets the times under a digest, and when they are forgotten.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, digest: &[u8; 32], asked: &Asked) -> Result<()> {
    let before = end(&find(write, digest)?);
    due::shift(write, due::Kind::AskedEnd, digest, before, end(asked))?;
    codec::save(write, digest, asked)
}

/// Forgets the times under a digest, once upkeep finds them over.
///
/// # Errors
/// What writing the store gives.
pub fn forget(write: &mut dyn Write, digest: &[u8; 32]) -> Result<()> {
    write.delete(Asked::SPACE, digest)
}
