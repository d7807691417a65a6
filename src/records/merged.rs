//! Where clients went that were merged into another: each points at the one that is there now.

use super::codec::{self, Row};
use super::index;
use crate::domain::id::{ClientId, PracticeId};
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Order, Read, Result, Write};
use serde::{Deserialize, Serialize};

/// What is left of a client that was merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// Its practice.
    pub practice: PracticeId,
    /// Into whom; never one that was merged itself.
    pub into: ClientId,
    /// When.
    pub at: Timestamp,
}

impl Row for Merged {
    const SPACE: Keyspace = Keyspace("merged");
}

const BY_CLIENT: Keyspace = Keyspace("merged_by_client");

/// What is left of a client, if it was merged.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, from: ClientId) -> Result<Option<Merged>> {
    codec::load(read, from.bytes())
}

/// The clients that were merged into one.
///
/// # Errors
/// What reading the store gives.
pub fn of(read: &mut dyn Read, into: ClientId) -> Result<Vec<ClientId>> {
    let found = index::ids(read, BY_CLIENT, into.bytes(), Order::Up, usize::MAX)?;
    Ok(found.into_iter().map(ClientId::from_uuid).collect())
}

/// Says where a client went.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, from: ClientId, merged: &Merged) -> Result<()> {
    index::mark(write, BY_CLIENT, &[merged.into.bytes(), from.bytes()])?;
    codec::save(write, from.bytes(), merged)
}

/// Points an earlier one at where its client went in turn.
///
/// # Errors
/// What the store gives.
pub fn point(write: &mut dyn Write, from: ClientId, into: ClientId) -> Result<()> {
    let Some(old) = find(write, from)? else { return Ok(()) };
    remove(write, from)?;
    put(write, from, &Merged { into, ..old })
}

/// Takes away what was left of a client.
///
/// # Errors
/// What the store gives.
pub fn remove(write: &mut dyn Write, from: ClientId) -> Result<()> {
    if let Some(old) = find(write, from)? {
        write.delete(BY_CLIENT, &index::key(&[old.into.bytes(), from.bytes()]))?;
    }
    write.delete(Merged::SPACE, from.bytes())
}
