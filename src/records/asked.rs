//! When a thing was asked for lately, under a keyed digest of who asked for what.

use super::codec::{self, Row};
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Read, Result, Write};
use serde::{Deserialize, Serialize};

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

/// Sets the times under a digest.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, digest: &[u8; 32], asked: &Asked) -> Result<()> {
    codec::save(write, digest, asked)
}
