//! Practices that were ended: what is left to erase, and then the certificate.

use super::codec::{self, Row};
use super::due;
use crate::domain::erasure::Erasure;
use crate::domain::id::PracticeId;
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Read, Result, Write};

impl Row for Erasure {
    const SPACE: Keyspace = Keyspace("erasure");
}

/// What became of a practice that was ended; None for one that was not.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, practice: PracticeId) -> Result<Option<Erasure>> {
    codec::load(read, practice.bytes())
}

/// Writes how far it has come.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, erasure: &Erasure) -> Result<()> {
    codec::save(write, erasure.practice.bytes(), erasure)
}

/// Has upkeep go on with it.
///
/// # Errors
/// What writing the store gives.
pub fn go_on_at(write: &mut dyn Write, practice: PracticeId, at: Timestamp) -> Result<()> {
    due::shift(write, due::Kind::PracticeErasure, practice.bytes(), None, Some(at))
}
