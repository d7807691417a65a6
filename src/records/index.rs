//! Keys that lead to rows: composite, big-endian, mostly without a value.

use crate::domain::id::{Noun, PracticeId};
use crate::domain::text::ExternalId;
use crate::store::{KeyRange, Keyspace, Order, Read, Result, StoreError, Visit, Write};
use std::ops::ControlFlow;
use uuid::Uuid;

const EXTERNAL: Keyspace = Keyspace("external");

/// One key of several parts.
pub fn key(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// The first key after all that start with `prefix`; None where that is the end of the keyspace.
pub fn after_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != 0xff)?;
    let mut end = prefix.get(..=last)?.to_vec();
    if let Some(byte) = end.last_mut() {
        *byte += 1;
    }
    Some(end)
}

/// Shows what follows `prefix` in each key that starts with it, and the value; from the key after
/// `cursor` on, where there is one.
///
/// # Errors
/// What reading the store or the visitor gives.
pub fn scan(
    read: &mut dyn Read,
    space: Keyspace,
    prefix: &[u8],
    cursor: Option<&[u8]>,
    order: Order,
    visit: &mut Visit<'_>,
) -> Result<()> {
    let mut start = prefix.to_vec();
    let mut end = after_prefix(prefix);
    match (cursor, order) {
        (None, _) => {}
        (Some(cursor), Order::Up) => {
            start.extend_from_slice(cursor);
            start.push(0);
        }
        (Some(cursor), Order::Down) => end = Some(key(&[prefix, cursor])),
    }
    let range = KeyRange { start: &start, end: end.as_deref() };
    read.scan(space, range, order, &mut |found, value| {
        visit(found.get(prefix.len()..).unwrap_or_default(), value)
    })
}

/// The ids that end the keys which start with `prefix`, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn ids(
    read: &mut dyn Read,
    space: Keyspace,
    prefix: &[u8],
    order: Order,
    limit: usize,
) -> Result<Vec<Uuid>> {
    ids_after(read, space, prefix, None, order, limit)
}

/// As `ids`, from the key after `cursor` on.
///
/// # Errors
/// What reading the store gives.
pub fn ids_after(
    read: &mut dyn Read,
    space: Keyspace,
    prefix: &[u8],
    cursor: Option<&[u8]>,
    order: Order,
    limit: usize,
) -> Result<Vec<Uuid>> {
    let mut found = Vec::new();
    if limit == 0 {
        return Ok(found);
    }
    scan(read, space, prefix, cursor, order, &mut |rest, _| {
        found.push(last_id(rest)?);
        Ok(if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok(found)
}

/// The id at the end of a key.
///
/// # Errors
/// `Damaged` where the key is too short.
pub fn last_id(key: &[u8]) -> Result<Uuid> {
    key.last_chunk::<16>().map(|bytes| Uuid::from_bytes(*bytes)).ok_or(StoreError::Damaged)
}

/// The id that a value holds.
///
/// # Errors
/// `Damaged` where it is no id.
pub fn id_value(value: &[u8]) -> Result<Uuid> {
    Uuid::from_slice(value).map_err(|_| StoreError::Damaged)
}

/// Sets a key without a value.
///
/// # Errors
/// What writing the store gives.
pub fn mark(write: &mut dyn Write, space: Keyspace, parts: &[&[u8]]) -> Result<()> {
    write.put(space, &key(parts), &[])
}

fn external_key(practice: PracticeId, noun: Noun, external: &ExternalId) -> Vec<u8> {
    key(&[practice.bytes(), &[noun as u8], external.as_str().as_bytes()])
}

/// Finds what an external id names. Practices are named store-wide, under the nil practice.
///
/// # Errors
/// What reading the store gives.
pub fn find_external(
    read: &mut dyn Read,
    practice: PracticeId,
    noun: Noun,
    external: &ExternalId,
) -> Result<Option<Uuid>> {
    read.get(EXTERNAL, &external_key(practice, noun, external))?
        .as_deref()
        .map(id_value)
        .transpose()
}

/// Moves an external id from the old value to the new one; false where another thing has it.
///
/// # Errors
/// What the store gives.
pub fn move_external(
    write: &mut dyn Write,
    practice: PracticeId,
    noun: Noun,
    old: Option<&ExternalId>,
    new: Option<&ExternalId>,
    id: Uuid,
) -> Result<bool> {
    if old == new {
        return Ok(true);
    }
    if let Some(new) = new {
        match find_external(write, practice, noun, new)? {
            Some(holder) if holder != id => return Ok(false),
            _ => write.put(EXTERNAL, &external_key(practice, noun, new), id.as_bytes())?,
        }
    }
    if let Some(old) = old {
        write.delete(EXTERNAL, &external_key(practice, noun, old))?;
    }
    Ok(true)
}
