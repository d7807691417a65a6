//! Delegations, found from either seat and from the clients that they name.

use super::codec::{self, Row};
use super::{due, index};
use crate::domain::delegation::{Clients, Delegation};
use crate::domain::id::{ClientId, DelegationId, PracticeId, StaffId};
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Order, Read, Result, Write};

impl Row for Delegation {
    const SPACE: Keyspace = Keyspace("delegation");
}

const BY_PRACTICE: Keyspace = Keyspace("delegation_by_practice");
const BY_SEAT: Keyspace = Keyspace("delegation_by_seat");
const BY_CLIENT: Keyspace = Keyspace("delegation_by_client");
/// Those that were not ended, from each of the two seats to the other.
const BETWEEN: Keyspace = Keyspace("delegation_between");

/// Finds a delegation.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: DelegationId) -> Result<Option<Delegation>> {
    codec::load(read, id.bytes())
}

fn lapses_at(delegation: &Delegation) -> Option<Timestamp> {
    delegation.ends_at.filter(|_| delegation.ended_at.is_none())
}

fn named(delegation: &Delegation) -> &[ClientId] {
    match &delegation.clients {
        Clients::All => &[],
        Clients::Only(named) => named,
    }
}

/// Writes a delegation, and when it lapses.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, new: &Delegation) -> Result<()> {
    let (id, assistant, practitioner) =
        (new.id.bytes(), new.assistant.bytes(), new.practitioner.bytes());
    let old = find(write, new.id)?;
    if old.is_none() {
        index::mark(write, BY_PRACTICE, &[new.practice.bytes(), id])?;
        index::mark(write, BY_SEAT, &[assistant, id])?;
        index::mark(write, BY_SEAT, &[practitioner, id])?;
    }
    for (one, other) in [(assistant, practitioner), (practitioner, assistant)] {
        match new.ended_at {
            None => index::mark(write, BETWEEN, &[one, other, id])?,
            Some(_) => write.delete(BETWEEN, &index::key(&[one, other, id]))?,
        }
    }
    for client in old.as_ref().map_or(&[][..], named) {
        write.delete(BY_CLIENT, &index::key(&[client.bytes(), id]))?;
    }
    for client in named(new) {
        index::mark(write, BY_CLIENT, &[client.bytes(), id])?;
    }
    let (before, after) = (old.as_ref().and_then(lapses_at), lapses_at(new));
    due::shift(write, due::Kind::DelegationLapse, id, before, after)?;
    codec::save(write, id, new)
}

fn all(read: &mut dyn Read, space: Keyspace, prefix: &[u8]) -> Result<Vec<Delegation>> {
    let found = index::ids(read, space, prefix, Order::Up, usize::MAX)?;
    found.into_iter().filter_map(|id| find(read, DelegationId::from_uuid(id)).transpose()).collect()
}

/// The delegations between two seats that were not ended, lapsed ones too, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn between(read: &mut dyn Read, one: StaffId, other: StaffId) -> Result<Vec<Delegation>> {
    all(read, BETWEEN, &index::key(&[one.bytes(), other.bytes()]))
}

/// The delegations from and to a seat that were not ended, lapsed ones too.
///
/// # Errors
/// What reading the store gives.
pub fn open_of(read: &mut dyn Read, seat: StaffId) -> Result<Vec<Delegation>> {
    all(read, BETWEEN, seat.bytes())
}

/// The delegations from and to a seat after `cursor`, ended ones too, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_seat(
    read: &mut dyn Read,
    seat: StaffId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<DelegationId>> {
    index::ids_after(read, BY_SEAT, seat.bytes(), cursor, Order::Up, limit)
        .map(|ids| ids.into_iter().map(DelegationId::from_uuid).collect())
}

/// The delegations of a practice after `cursor`, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_practice(
    read: &mut dyn Read,
    practice: PracticeId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<DelegationId>> {
    index::ids_after(read, BY_PRACTICE, practice.bytes(), cursor, Order::Up, limit)
        .map(|ids| ids.into_iter().map(DelegationId::from_uuid).collect())
}

/// Takes a delegation away, with all that leads to it.
///
/// # Errors
/// What the store gives.
pub fn remove(write: &mut dyn Write, id: DelegationId) -> Result<()> {
    let Some(old) = find(write, id)? else { return Ok(()) };
    let (assistant, practitioner) = (old.assistant.bytes(), old.practitioner.bytes());
    write.delete(BY_PRACTICE, &index::key(&[old.practice.bytes(), id.bytes()]))?;
    for (one, other) in [(assistant, practitioner), (practitioner, assistant)] {
        write.delete(BY_SEAT, &index::key(&[one, id.bytes()]))?;
        write.delete(BETWEEN, &index::key(&[one, other, id.bytes()]))?;
    }
    for client in named(&old) {
        write.delete(BY_CLIENT, &index::key(&[client.bytes(), id.bytes()]))?;
    }
    due::shift(write, due::Kind::DelegationLapse, id.bytes(), lapses_at(&old), None)?;
    write.delete(Delegation::SPACE, id.bytes())
}

/// The delegations that name a client, ended ones too.
///
/// # Errors
/// What reading the store gives.
pub fn of_client(read: &mut dyn Read, client: ClientId) -> Result<Vec<Delegation>> {
    all(read, BY_CLIENT, client.bytes())
}
