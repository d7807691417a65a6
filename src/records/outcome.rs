//! What became of a request with an idempotency key, kept for 7 days.

use super::codec::{self, Row};
use super::index;
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};
use crate::store::{Keyspace, Order, Read, Result, StoreError, Write};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// How long an outcome is kept, in milliseconds.
pub const KEPT: i64 = 7 * DAY;

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ended {
    /// It was done; the bytes are the ids that it answered with, never a secret.
    Done(Vec<u8>),
    /// A rule said no.
    Refused(Refusal),
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// A keyed digest of the request.
    pub request: [u8; 32],
    /// When it ended.
    pub at: Timestamp,
    /// How.
    pub ended: Ended,
}

impl Row for Outcome {
    const SPACE: Keyspace = Keyspace("outcome");
}

const BY_TIME: Keyspace = Keyspace("outcome_by_time");

/// Finds the outcome under a digest of the idempotency key.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, digest: &[u8; 32]) -> Result<Option<Outcome>> {
    codec::load(read, digest)
}

/// Keeps an outcome.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, digest: &[u8; 32], outcome: &Outcome) -> Result<()> {
    index::mark(write, BY_TIME, &[&outcome.at.millis().to_be_bytes(), digest])?;
    codec::save(write, digest, outcome)
}

/// When the oldest outcome is forgotten.
///
/// # Errors
/// What reading the store gives.
pub fn next_end(read: &mut dyn Read) -> Result<Option<Timestamp>> {
    let mut found = None;
    index::scan(read, BY_TIME, &[], None, Order::Up, &mut |key, _| {
        let at = key.first_chunk::<8>().copied().map(i64::from_be_bytes);
        found = Some(Timestamp::from_millis(at.ok_or(StoreError::Damaged)?).plus(KEPT));
        Ok(ControlFlow::Break(()))
    })?;
    Ok(found)
}

/// Forgets outcomes that are older than 7 days; returns how many, at most `limit`.
///
/// # Errors
/// What the store gives.
pub fn forget(write: &mut dyn Write, now: Timestamp, limit: usize) -> Result<usize> {
    let mut old = Vec::new();
    let start: &[u8] = &[];
    index::scan(write, BY_TIME, start, None, Order::Up, &mut |key, _| {
        let at = key.first_chunk::<8>().copied().map(i64::from_be_bytes);
        if old.len() >= limit || now.millis() - at.ok_or(StoreError::Damaged)? < KEPT {
            return Ok(ControlFlow::Break(()));
        }
        old.push(key.to_vec());
        Ok(ControlFlow::Continue(()))
    })?;
    for key in &old {
        write.delete(BY_TIME, key)?;
        write.delete(Outcome::SPACE, key.get(8..).unwrap_or_default())?;
    }
    Ok(old.len())
}
