//! Seats, and who holds them.

use super::codec::{self, Row};
use super::index;
use crate::domain::id::{LoginId, Noun, PracticeId, StaffId};
use crate::domain::staff::{Approval, Role, Staff, Status};
use crate::domain::text::Email;
use crate::store::{Keyspace, Order, Read, Result, Write};

impl Row for Staff {
    const SPACE: Keyspace = Keyspace("staff");
}

const BY_LOGIN: Keyspace = Keyspace("staff_by_login");
const BY_PRACTICE: Keyspace = Keyspace("staff_by_practice");
const BY_ADDRESS: Keyspace = Keyspace("staff_by_address");
const ADMIN: Keyspace = Keyspace("staff_admin");
const ADMIN_HELD: Keyspace = Keyspace("staff_admin_held");

/// Finds a seat.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: StaffId) -> Result<Option<Staff>> {
    codec::load(read, id.bytes())
}

/// Writes a seat; false where its external id is taken.
///
/// # Errors
/// What the store gives.
pub fn put(write: &mut dyn Write, old: Option<&Staff>, new: &Staff) -> Result<bool> {
    let old_external = old.and_then(|old| old.external_id.as_ref());
    let (practice, id) = (new.practice, new.id.uuid());
    let external = new.external_id.as_ref();
    if !index::move_external(write, practice, Noun::Staff, old_external, external, id)? {
        return Ok(false);
    }
    if old.is_none() {
        index::mark(write, BY_PRACTICE, &[practice.bytes(), new.id.bytes()])?;
    }
    let old_login = old.and_then(|old| old.login);
    if old_login != new.login {
        if let Some(login) = old_login {
            write.delete(BY_LOGIN, &index::key(&[login.bytes(), new.id.bytes()]))?;
        }
        if let Some(login) = new.login {
            index::mark(write, BY_LOGIN, &[login.bytes(), new.id.bytes()])?;
        }
    }
    let (before, after) = (old.and_then(address_key), address_key(new));
    if before != after {
        if let Some(key) = before {
            write.delete(BY_ADDRESS, &key)?;
        }
        if let Some(key) = after {
            write.put(BY_ADDRESS, &key, &[])?;
        }
    }
    type Is = fn(&Staff) -> bool;
    for (space, is) in [(ADMIN, runs_practice as Is), (ADMIN_HELD, runs_practice_and_is_held)] {
        if is(new) {
            index::mark(write, space, &[practice.bytes(), new.id.bytes()])?;
        } else if old.is_some_and(is) {
            write.delete(space, &index::key(&[practice.bytes(), new.id.bytes()]))?;
        }
    }
    codec::save(write, new.id.bytes(), new)?;
    Ok(true)
}

fn address_prefix(practice: PracticeId, email: &Email) -> Vec<u8> {
    index::key(&[practice.bytes(), email.canonical().as_bytes(), &[0]])
}

/// A seat that has ended is not found by its address.
fn address_key(seat: &Staff) -> Option<Vec<u8>> {
    let email = seat.email.as_ref().filter(|_| seat.status != Status::Ended)?;
    Some(index::key(&[&address_prefix(seat.practice, email), seat.id.bytes()]))
}

/// The seats of a practice that have an address on file, and have not ended.
///
/// # Errors
/// What reading the store gives.
pub fn of_address(
    read: &mut dyn Read,
    practice: PracticeId,
    email: &Email,
) -> Result<Vec<StaffId>> {
    let prefix = address_prefix(practice, email);
    let found = index::ids(read, BY_ADDRESS, &prefix, Order::Up, usize::MAX)?;
    Ok(found.into_iter().map(StaffId::from_uuid).collect())
}

/// Takes a seat away, with all that leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Staff) -> Result<()> {
    let (practice, id) = (old.practice, old.id);
    let external = old.external_id.as_ref();
    index::move_external(write, practice, Noun::Staff, external, None, id.uuid())?;
    if let Some(login) = old.login {
        write.delete(BY_LOGIN, &index::key(&[login.bytes(), id.bytes()]))?;
    }
    if let Some(key) = address_key(old) {
        write.delete(BY_ADDRESS, &key)?;
    }
    for space in [BY_PRACTICE, ADMIN, ADMIN_HELD] {
        write.delete(space, &index::key(&[practice.bytes(), id.bytes()]))?;
    }
    write.delete(Staff::SPACE, id.bytes())
}

fn runs_practice(seat: &Staff) -> bool {
    seat.role == Role::Admin && seat.status == Status::Active && seat.approval == Approval::Approved
}

fn runs_practice_and_is_held(seat: &Staff) -> bool {
    runs_practice(seat) && seat.login.is_some()
}

/// The admins who run a practice, at most `limit`: active and approved ones, and of these the
/// seats that a login holds. Where no such admin has a login, the host vouches for seats itself,
/// and all of them count.
///
/// # Errors
/// What reading the store gives.
pub fn admins(read: &mut dyn Read, practice: PracticeId, limit: usize) -> Result<Vec<StaffId>> {
    let mut found = index::ids(read, ADMIN_HELD, practice.bytes(), Order::Up, limit)?;
    if found.is_empty() {
        found = index::ids(read, ADMIN, practice.bytes(), Order::Up, limit)?;
    }
    Ok(found.into_iter().map(StaffId::from_uuid).collect())
}

/// The seats that a login holds, ended ones too; one per practice as a rule.
///
/// # Errors
/// What reading the store gives.
pub fn of_login(read: &mut dyn Read, login: LoginId) -> Result<Vec<Staff>> {
    let found = index::ids(read, BY_LOGIN, login.bytes(), Order::Up, usize::MAX)?;
    found.into_iter().filter_map(|id| find(read, StaffId::from_uuid(id)).transpose()).collect()
}

/// The seats of a practice after `cursor`, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_practice(
    read: &mut dyn Read,
    practice: PracticeId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<StaffId>> {
    index::ids_after(read, BY_PRACTICE, practice.bytes(), cursor, Order::Up, limit)
        .map(|ids| ids.into_iter().map(StaffId::from_uuid).collect())
}
