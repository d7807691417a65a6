//! Resets and changes of address that wait.

use super::codec::{self, Row};
use crate::domain::challenge::Challenge;
use crate::domain::id::ChallengeId;
use crate::store::{Keyspace, Read, Result, Write};

impl Row for Challenge {
    const SPACE: Keyspace = Keyspace("challenge");
}

/// Finds a challenge.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: ChallengeId) -> Result<Option<Challenge>> {
    codec::load(read, id.bytes())
}

/// Writes a challenge.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, challenge: &Challenge) -> Result<()> {
    codec::save(write, challenge.id.bytes(), challenge)
}
