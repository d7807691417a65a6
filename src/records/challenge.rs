//! Resets and changes of address that wait.

use super::codec::{self, Row};
use crate::domain::challenge::Challenge;
use crate::domain::id::ChallengeId;
use crate::domain::time::Timestamp;
use crate::store::{KeyRange, Keyspace, Order, Read, Result, Write};
use std::ops::ControlFlow;

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

/// Forgets challenges that lapsed before a time, oldest first; returns how many, at most `limit`.
///
/// # Errors
/// What the store gives.
pub fn forget(write: &mut dyn Write, before: Timestamp, limit: usize) -> Result<usize> {
    let mut old = Vec::new();
    // Ids begin with the time at which they were made, so the first that is kept ends the scan.
    write.scan(Challenge::SPACE, KeyRange::ALL, Order::Up, &mut |key, value| {
        let challenge: Challenge = codec::decode(value)?;
        if old.len() >= limit || challenge.expires_at >= before {
            return Ok(ControlFlow::Break(()));
        }
        old.push(key.to_vec());
        Ok(ControlFlow::Continue(()))
    })?;
    for key in &old {
        write.delete(Challenge::SPACE, key)?;
    }
    Ok(old.len())
}
