//! The one row for the whole store: time, the order of all changes, and its seal.

use super::codec::{self, Row};
use crate::domain::event::Happening;
use crate::domain::id::Thing;
use crate::domain::time::Timestamp;
use crate::store::{KeyRange, Keyspace, Order, Read, Result, StoreError, Write};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use uuid::Uuid;

/// The store-wide head.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How many events there are.
    pub changes: u64,
    /// SHA-256 over every event's hash in order.
    pub hash: [u8; 32],
    /// HMAC over the two, under the store's digest key.
    pub mac: [u8; 32],
    /// The latest time seen.
    pub latest: Timestamp,
    /// When upkeep last ran, or the host accepted the time; from here a jump is measured.
    pub anchored: Timestamp,
}

impl Row for Head {
    const SPACE: Keyspace = Keyspace("head");
}

/// One entry of the order of all changes. What the host calls a thing stands in its row alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The practice or portal whose chain the event is in.
    pub chain: Uuid,
    /// The event's place in that chain.
    pub seq: u64,
    /// What it was about.
    pub object: Thing,
    /// What happened.
    pub happening: Happening,
    /// When.
    pub at: Timestamp,
    /// The event's hash.
    pub hash: [u8; 32],
}

impl Row for Change {
    const SPACE: Keyspace = Keyspace("change");
}

const KEY: &[u8] = b"head";

/// Loads the head; an empty store has the default one.
///
/// # Errors
/// What reading the store gives.
pub fn load(read: &mut dyn Read) -> Result<Head> {
    Ok(codec::load(read, KEY)?.unwrap_or_default())
}

/// Saves the head.
///
/// # Errors
/// What writing the store gives.
pub fn save(write: &mut dyn Write, head: &Head) -> Result<()> {
    codec::save(write, KEY, head)
}

/// Keeps a time as the one from which jumps are measured, unless a later one is kept.
///
/// # Errors
/// What the store gives.
pub fn anchor(write: &mut dyn Write, now: Timestamp) -> Result<()> {
    let head = load(write)?;
    let (anchored, latest) = (head.anchored.max(now), head.latest.max(now));
    save(write, &Head { anchored, latest, ..head })
}

/// Adds a change at its place in the order, from 1 on.
///
/// # Errors
/// What writing the store gives.
pub fn put_change(write: &mut dyn Write, place: u64, change: &Change) -> Result<()> {
    codec::save(write, &place.to_be_bytes(), change)
}

/// The changes after a place, in order, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn changes_after(read: &mut dyn Read, place: u64, limit: usize) -> Result<Vec<(u64, Change)>> {
    let mut found = Vec::new();
    let Some(next) = place.checked_add(1) else { return Ok(found) };
    let start = next.to_be_bytes();
    let range = KeyRange { start: &start, end: None };
    read.scan(Change::SPACE, range, Order::Up, &mut |key, value| {
        if found.len() >= limit {
            return Ok(ControlFlow::Break(()));
        }
        let place = key.first_chunk::<8>().copied().map(u64::from_be_bytes);
        found.push((place.ok_or(StoreError::Damaged)?, codec::decode(value)?));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}
