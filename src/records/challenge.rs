//! Resets and changes of address that wait.

use super::codec::{self, Row};
use super::due;
use crate::domain::challenge::{Challenge, Purpose};
use crate::domain::id::ChallengeId;
use crate::domain::time::{DAY, Timestamp};
use crate::store::{Keyspace, Read, Result, Write};

impl Row for Challenge {
    const SPACE: Keyspace = Keyspace("challenge");
}

/// How long a challenge is kept after it has lapsed, in milliseconds: its link still tells why.
pub const KEPT: i64 = 30 * DAY;

/// Finds a challenge.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: ChallengeId) -> Result<Option<Challenge>> {
    codec::load(read, id.bytes())
}

fn forgotten_at(challenge: &Challenge) -> Timestamp {
    match challenge.purpose {
        // It holds what somebody gave of themselves.
        Purpose::Register(_) => challenge.expires_at,
        _ => challenge.expires_at.plus(KEPT),
    }
}

/// Writes a challenge, and when it is forgotten.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, challenge: &Challenge) -> Result<()> {
    let before = find(write, challenge.id)?.as_ref().map(forgotten_at);
    let after = Some(forgotten_at(challenge));
    due::shift(write, due::Kind::ChallengeEnd, challenge.id.bytes(), before, after)?;
    codec::save(write, challenge.id.bytes(), challenge)
}

/// Takes a challenge away before its time.
///
/// # Errors
/// What the store gives.
pub fn remove(write: &mut dyn Write, id: ChallengeId) -> Result<()> {
    let before = find(write, id)?.as_ref().map(forgotten_at);
    due::shift(write, due::Kind::ChallengeEnd, id.bytes(), before, None)?;
    forget(write, id)
}

/// Forgets a challenge whose time is over.
///
/// # Errors
/// What writing the store gives.
pub fn forget(write: &mut dyn Write, id: ChallengeId) -> Result<()> {
    write.delete(Challenge::SPACE, id.bytes())
}
