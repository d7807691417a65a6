//! Batches and their rows, found by place and by client.

use super::codec::{self, Row};
use super::{due, index};
use crate::domain::batch::{Batch, BatchRow};
use crate::domain::id::{BatchId, ClientId, PracticeId};
use crate::store::{Keyspace, Order, Read, Result, StoreError, Write};
use std::ops::ControlFlow;

impl Row for Batch {
    const SPACE: Keyspace = Keyspace("batch");
}

impl Row for BatchRow {
    const SPACE: Keyspace = Keyspace("batch_row");
}

const BY_PRACTICE: Keyspace = Keyspace("batch_by_practice");
const BY_CLIENT: Keyspace = Keyspace("batch_row_by_client");
const OPEN: Keyspace = Keyspace("batch_row_open");
const MAILED: Keyspace = Keyspace("batch_row_mailed");

/// Which rows a walk shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those that applying has to look at.
    Open,
    /// Those that were sent and not undone.
    Mailed,
}

impl Which {
    const fn space(self) -> Keyspace {
        match self {
            Self::All => BatchRow::SPACE,
            Self::Open => OPEN,
            Self::Mailed => MAILED,
        }
    }
}

fn row_key(batch: BatchId, place: u32) -> Vec<u8> {
    index::key(&[batch.bytes(), &place.to_be_bytes()])
}

fn client_key(client: ClientId, batch: BatchId, place: u32) -> Vec<u8> {
    index::key(&[client.bytes(), batch.bytes(), &place.to_be_bytes()])
}

/// Finds a batch.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: BatchId) -> Result<Option<Batch>> {
    codec::load(read, id.bytes())
}

/// Writes a batch, and when it is forgotten.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, old: Option<&Batch>, new: &Batch) -> Result<()> {
    if old.is_none() {
        index::mark(write, BY_PRACTICE, &[new.practice.bytes(), new.id.bytes()])?;
    }
    let (before, after) = (old.map(Batch::ends_at), Some(new.ends_at()));
    due::shift(write, due::Kind::BatchEnd, new.id.bytes(), before, after)?;
    codec::save(write, new.id.bytes(), new)
}

/// Finds a row.
///
/// # Errors
/// What reading the store gives.
pub fn find_row(read: &mut dyn Read, batch: BatchId, place: u32) -> Result<Option<BatchRow>> {
    codec::load(read, &row_key(batch, place))
}

fn set(write: &mut dyn Write, space: Keyspace, key: &[u8], is_there: bool) -> Result<()> {
    if is_there { write.put(space, key, &[]) } else { write.delete(space, key) }
}

/// Writes a row, and whether there is something left to do with it.
///
/// # Errors
/// What writing the store gives.
pub fn put_row(
    write: &mut dyn Write,
    batch: BatchId,
    old: Option<&BatchRow>,
    new: &BatchRow,
) -> Result<()> {
    let key = row_key(batch, new.place);
    let before = old.and_then(|old| old.client);
    if before != new.client {
        if let Some(client) = before {
            write.delete(BY_CLIENT, &client_key(client, batch, new.place))?;
        }
        if let Some(client) = new.client {
            write.put(BY_CLIENT, &client_key(client, batch, new.place), &[])?;
        }
    }
    set(write, OPEN, &key, new.is_open())?;
    set(write, MAILED, &key, new.mailed().is_some())?;
    codec::save(write, &key, new)
}

/// The places of a batch's rows after `after`, in order, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn places(
    read: &mut dyn Read,
    batch: BatchId,
    which: Which,
    after: Option<u32>,
    limit: usize,
) -> Result<Vec<u32>> {
    let cursor = after.map(u32::to_be_bytes);
    let cursor = cursor.as_ref().map(<[u8; 4]>::as_slice);
    let mut found = Vec::new();
    let prefix = batch.bytes();
    index::scan(read, which.space(), prefix, cursor, Order::Up, &mut |rest, _| {
        if found.len() >= limit {
            return Ok(ControlFlow::Break(()));
        }
        found.push(place(rest)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

fn place(bytes: &[u8]) -> Result<u32> {
    bytes.last_chunk::<4>().map(|it| u32::from_be_bytes(*it)).ok_or(StoreError::Damaged)
}

/// Whether a batch has a row of a client.
///
/// # Errors
/// What reading the store gives.
pub fn has(read: &mut dyn Read, batch: BatchId, client: ClientId) -> Result<bool> {
    let prefix = index::key(&[client.bytes(), batch.bytes()]);
    let mut is_there = false;
    index::scan(read, BY_CLIENT, &prefix, None, Order::Up, &mut |_, _| {
        is_there = true;
        Ok(ControlFlow::Break(()))
    })?;
    Ok(is_there)
}

/// The rows of a client in all batches.
///
/// # Errors
/// What reading the store gives.
pub fn of_client(read: &mut dyn Read, client: ClientId) -> Result<Vec<(BatchId, u32)>> {
    let mut found = Vec::new();
    index::scan(read, BY_CLIENT, client.bytes(), None, Order::Up, &mut |rest, _| {
        let batch = rest.get(..16).ok_or(StoreError::Damaged)?;
        found.push((BatchId::from_uuid(index::id_value(batch)?), place(rest)?));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// The batches of a practice before `cursor`, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_practice(
    read: &mut dyn Read,
    practice: PracticeId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<BatchId>> {
    index::ids_after(read, BY_PRACTICE, practice.bytes(), cursor, Order::Down, limit)
        .map(|ids| ids.into_iter().map(BatchId::from_uuid).collect())
}

/// Takes away up to `limit` rows of a batch, and the batch with the last of them; false where rows
/// are left.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, batch: &Batch, limit: usize) -> Result<bool> {
    let places = places(write, batch.id, Which::All, None, limit)?;
    for place in &places {
        if let Some(client) = find_row(write, batch.id, *place)?.and_then(|row| row.client) {
            write.delete(BY_CLIENT, &client_key(client, batch.id, *place))?;
        }
        let key = row_key(batch.id, *place);
        for space in [BatchRow::SPACE, OPEN, MAILED] {
            write.delete(space, &key)?;
        }
    }
    if places.len() == limit {
        return Ok(false);
    }
    write.delete(BY_PRACTICE, &index::key(&[batch.practice.bytes(), batch.id.bytes()]))?;
    due::shift(write, due::Kind::BatchEnd, batch.id.bytes(), Some(batch.ends_at()), None)?;
    write.delete(Batch::SPACE, batch.id.bytes())?;
    Ok(true)
}
