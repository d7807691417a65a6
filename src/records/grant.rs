//! Grants, found from the client and from the grantee.

use super::codec::{self, Row};
use super::index;
use crate::domain::grant::{Grant, Grantee};
use crate::domain::id::{ClientId, GrantId};
use crate::store::{Keyspace, Order, Read, Result, Write};

impl Row for Grant {
    const SPACE: Keyspace = Keyspace("grant");
}

const BY_CLIENT: Keyspace = Keyspace("grant_by_client");
const BY_GRANTEE: Keyspace = Keyspace("grant_by_grantee");

/// Finds a grant.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: GrantId) -> Result<Option<Grant>> {
    codec::load(read, id.bytes())
}

fn grantee_bytes(grantee: Grantee) -> [u8; 16] {
    match grantee {
        Grantee::Staff(staff) => *staff.bytes(),
        Grantee::Room(room) => *room.bytes(),
    }
}

/// Writes a grant. A withdrawn one is found by its id and from its client alone.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, grant: &Grant) -> Result<()> {
    let grantee = grantee_bytes(grant.grantee);
    let from_grantee = index::key(&[&grantee, grant.client.bytes(), grant.id.bytes()]);
    index::mark(write, BY_CLIENT, &[grant.client.bytes(), grant.id.bytes()])?;
    match grant.withdrawn_at {
        None => write.put(BY_GRANTEE, &from_grantee, &[])?,
        Some(_) => write.delete(BY_GRANTEE, &from_grantee)?,
    }
    codec::save(write, grant.id.bytes(), grant)
}

/// Takes a grant away, with all that leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Grant) -> Result<()> {
    let grantee = grantee_bytes(old.grantee);
    write.delete(BY_CLIENT, &index::key(&[old.client.bytes(), old.id.bytes()]))?;
    write.delete(BY_GRANTEE, &index::key(&[&grantee, old.client.bytes(), old.id.bytes()]))?;
    write.delete(Grant::SPACE, old.id.bytes())
}

fn all(read: &mut dyn Read, space: Keyspace, prefix: &[u8]) -> Result<Vec<Grant>> {
    some(read, space, prefix, usize::MAX)
}

fn some(read: &mut dyn Read, space: Keyspace, prefix: &[u8], limit: usize) -> Result<Vec<Grant>> {
    let found = index::ids(read, space, prefix, Order::Up, limit)?;
    found.into_iter().filter_map(|id| find(read, GrantId::from_uuid(id)).transpose()).collect()
}

/// The grants of a client, withdrawn ones too, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_client(read: &mut dyn Read, client: ClientId) -> Result<Vec<Grant>> {
    all(read, BY_CLIENT, client.bytes())
}

/// The grants that open one client to one grantee, and were not withdrawn.
///
/// # Errors
/// What reading the store gives.
pub fn between(read: &mut dyn Read, grantee: Grantee, client: ClientId) -> Result<Vec<Grant>> {
    all(read, BY_GRANTEE, &index::key(&[&grantee_bytes(grantee), client.bytes()]))
}

/// The grants to one grantee that were not withdrawn.
///
/// # Errors
/// What reading the store gives.
pub fn of_grantee(read: &mut dyn Read, grantee: Grantee) -> Result<Vec<Grant>> {
    all(read, BY_GRANTEE, &grantee_bytes(grantee))
}

/// As `of_grantee`, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn first_of_grantee(read: &mut dyn Read, grantee: Grantee, limit: usize) -> Result<Vec<Grant>> {
    some(read, BY_GRANTEE, &grantee_bytes(grantee), limit)
}
