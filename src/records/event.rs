//! The audit trail: a chain a practice, each entry bound to the one before it.

use super::codec::{self, Row};
use super::{due, index};
use crate::domain::actor::Actor;
use crate::domain::event::{Event, Happening, Outcome};
use crate::domain::id::Thing;
use crate::domain::time::{MINUTE, Timestamp};
use crate::store::{Keyspace, Order, Read, Result, StoreError, Write};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use uuid::Uuid;

impl Row for Event {
    const SPACE: Keyspace = Keyspace("event");
}

/// Where a chain has come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainHead {
    /// The last entry's place.
    pub seq: u64,
    /// The last entry's hash.
    pub hash: [u8; 32],
}

impl Row for ChainHead {
    const SPACE: Keyspace = Keyspace("chain_head");
}

/// How often something was refused in one minute.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The minute, counted from 1970.
    pub minute: i64,
    /// How often.
    pub count: u32,
    /// What the one entry will say of those that have none of their own.
    pub untold: Option<Untold>,
}

/// What was counted without an entry of its own: the first of its minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untold {
    /// The practice or portal whose chain it belongs to.
    pub chain: Uuid,
    /// What.
    pub happening: Happening,
    /// To what.
    pub object: Thing,
    /// About which client, seat or login.
    pub subject: Option<Thing>,
    /// How it ended.
    pub outcome: Outcome,
    /// Words and numbers that are not personal.
    pub details: Vec<(String, String)>,
    /// By whom.
    pub by: Actor,
}

impl Tally {
    /// When its minute is over; None where nothing was counted.
    fn end(&self) -> Option<Timestamp> {
        (self.count > 0).then(|| Timestamp::from_millis((self.minute + 1) * MINUTE))
    }
}

impl Row for Tally {
    const SPACE: Keyspace = Keyspace("tally");
}

const BY_SUBJECT: Keyspace = Keyspace("event_by_subject");
const PERSON_KEY: Keyspace = Keyspace("person_key");

/// Where a chain has come to.
///
/// # Errors
/// What reading the store gives.
pub fn chain_head(read: &mut dyn Read, chain: Uuid) -> Result<ChainHead> {
    Ok(codec::load(read, chain.as_bytes())?.unwrap_or_default())
}

/// Says where a chain has come to.
///
/// # Errors
/// What writing the store gives.
pub fn put_chain_head(write: &mut dyn Write, chain: Uuid, head: &ChainHead) -> Result<()> {
    codec::save(write, chain.as_bytes(), head)
}

/// Adds an entry; the chain's head is put once all entries are in.
///
/// # Errors
/// What writing the store gives.
pub fn append(write: &mut dyn Write, event: &Event) -> Result<()> {
    let seq = event.seq.to_be_bytes();
    let chain = event.chain.as_bytes();
    codec::save(write, &index::key(&[chain, &seq]), event)?;
    if let Some(subject) = event.subject {
        index::mark(write, BY_SUBJECT, &[chain, subject.id.as_bytes(), &seq])?;
    }
    Ok(())
}

/// Finds an entry.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, chain: Uuid, seq: u64) -> Result<Option<Event>> {
    codec::load(read, &index::key(&[chain.as_bytes(), &seq.to_be_bytes()]))
}

/// Shows the entries of a chain after `cursor` in the given order, until the visitor breaks.
///
/// # Errors
/// What reading the store or the visitor gives.
pub fn scan(
    read: &mut dyn Read,
    chain: Uuid,
    cursor: Option<u64>,
    order: Order,
    visit: &mut dyn FnMut(Event) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let cursor = cursor.map(u64::to_be_bytes);
    let cursor = cursor.as_ref().map(<[u8; 8]>::as_slice);
    index::scan(read, Event::SPACE, chain.as_bytes(), cursor, order, &mut |_, value| {
        visit(codec::decode(value)?)
    })
}

/// The places of the entries about one subject after `cursor`, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn about(
    read: &mut dyn Read,
    chain: Uuid,
    subject: Uuid,
    cursor: Option<u64>,
    order: Order,
    limit: usize,
) -> Result<Vec<u64>> {
    let mut found = Vec::new();
    let prefix = index::key(&[chain.as_bytes(), subject.as_bytes()]);
    let cursor = cursor.map(u64::to_be_bytes);
    let cursor = cursor.as_ref().map(<[u8; 8]>::as_slice);
    index::scan(read, BY_SUBJECT, &prefix, cursor, order, &mut |rest, _| {
        if found.len() >= limit {
            return Ok(ControlFlow::Break(()));
        }
        let seq = rest.first_chunk::<8>().copied().map(u64::from_be_bytes);
        found.push(seq.ok_or(StoreError::Damaged)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// The wrapped key of a person.
///
/// # Errors
/// What reading the store gives.
pub fn wrapped_key(read: &mut dyn Read, person: Uuid) -> Result<Option<Vec<u8>>> {
    read.get(PERSON_KEY, person.as_bytes())
}

/// Keeps a person's key, wrapped.
///
/// # Errors
/// What writing the store gives.
pub fn put_wrapped_key(write: &mut dyn Write, person: Uuid, wrapped: &[u8]) -> Result<()> {
    write.put(PERSON_KEY, person.as_bytes(), wrapped)
}

/// Destroys a person's key: what is sealed under it can be read no more.
///
/// # Errors
/// What writing the store gives.
pub fn destroy_key(write: &mut dyn Write, person: Uuid) -> Result<()> {
    write.delete(PERSON_KEY, person.as_bytes())
}

/// The tally under a digest of kind, source and practice.
///
/// # Errors
/// What reading the store gives.
pub fn tally(read: &mut dyn Read, digest: &[u8; 32]) -> Result<Tally> {
    Ok(codec::load(read, digest)?.unwrap_or_default())
}

/// Sets a tally in the place of an earlier one, and when upkeep looks at it.
///
/// # Errors
/// What writing the store gives.
pub fn put_tally(write: &mut dyn Write, digest: &[u8; 32], old: &Tally, new: &Tally) -> Result<()> {
    due::shift(write, due::Kind::TallyEnd, digest, old.end(), new.end())?;
    codec::save(write, digest, new)
}

/// Takes away a tally whose minute is over.
///
/// # Errors
/// What writing the store gives.
pub fn forget_tally(write: &mut dyn Write, digest: &[u8; 32]) -> Result<()> {
    write.delete(Tally::SPACE, digest)
}
