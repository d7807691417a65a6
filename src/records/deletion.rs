//! Deletions that wait, holds, erase orders, and plans that were used.

use super::codec::{self, Row};
use super::{due, index};
use crate::domain::deletion::{EraseOrder, Hold, Scheduled};
use crate::domain::id::{ClientId, EraseOrderId, HoldId, PracticeId};
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Order, Read, Result, Write};

impl Row for Scheduled {
    const SPACE: Keyspace = Keyspace("deletion");
}

impl Row for Hold {
    const SPACE: Keyspace = Keyspace("hold");
}

impl Row for EraseOrder {
    const SPACE: Keyspace = Keyspace("erase_order");
}

const HOLD_BY_CLIENT: Keyspace = Keyspace("hold_by_client");
const STANDING: Keyspace = Keyspace("hold_standing");
const ORDER_BY_PRACTICE: Keyspace = Keyspace("erase_order_by_practice");
const UNSCRUBBED: Keyspace = Keyspace("erase_order_unscrubbed");
const USED_PLAN: Keyspace = Keyspace("used_plan");

/// The deletion that waits for a client.
///
/// # Errors
/// What reading the store gives.
pub fn scheduled(read: &mut dyn Read, client: ClientId) -> Result<Option<Scheduled>> {
    codec::load(read, client.bytes())
}

/// Writes a deletion that waits, and when it is looked at; or takes it away.
///
/// # Errors
/// What writing the store gives.
pub fn put_scheduled(
    write: &mut dyn Write,
    client: ClientId,
    new: Option<&Scheduled>,
) -> Result<()> {
    let before = scheduled(write, client)?.map(|old| old.due);
    let after = new.map(|new| new.due);
    due::shift(write, due::Kind::Deletion, client.bytes(), before, after)?;
    match new {
        Some(new) => codec::save(write, client.bytes(), new),
        None => write.delete(Scheduled::SPACE, client.bytes()),
    }
}

/// Finds a hold, lifted ones too.
///
/// # Errors
/// What reading the store gives.
pub fn find_hold(read: &mut dyn Read, id: HoldId) -> Result<Option<Hold>> {
    codec::load(read, id.bytes())
}

/// Writes a hold.
///
/// # Errors
/// What writing the store gives.
pub fn put_hold(write: &mut dyn Write, hold: &Hold) -> Result<()> {
    index::mark(write, HOLD_BY_CLIENT, &[hold.client.bytes(), hold.id.bytes()])?;
    let standing = [hold.practice.bytes().as_slice(), hold.id.bytes()];
    if hold.stands() {
        index::mark(write, STANDING, &standing)?;
    } else {
        write.delete(STANDING, &index::key(&standing))?;
    }
    codec::save(write, hold.id.bytes(), hold)
}

/// Takes a hold away, with what leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove_hold(write: &mut dyn Write, hold: &Hold) -> Result<()> {
    write.delete(HOLD_BY_CLIENT, &index::key(&[hold.client.bytes(), hold.id.bytes()]))?;
    write.delete(STANDING, &index::key(&[hold.practice.bytes(), hold.id.bytes()]))?;
    write.delete(Hold::SPACE, hold.id.bytes())
}

/// The holds of a practice that stand, oldest first, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn standing(read: &mut dyn Read, practice: PracticeId, limit: usize) -> Result<Vec<HoldId>> {
    let found = index::ids(read, STANDING, practice.bytes(), Order::Up, limit)?;
    Ok(found.into_iter().map(HoldId::from_uuid).collect())
}

/// The holds of a client, lifted ones too, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn holds(read: &mut dyn Read, client: ClientId) -> Result<Vec<Hold>> {
    let found = index::ids(read, HOLD_BY_CLIENT, client.bytes(), Order::Up, usize::MAX)?;
    found.into_iter().filter_map(|id| find_hold(read, HoldId::from_uuid(id)).transpose()).collect()
}

/// Finds an erase order.
///
/// # Errors
/// What reading the store gives.
pub fn find_order(read: &mut dyn Read, id: EraseOrderId) -> Result<Option<EraseOrder>> {
    codec::load(read, id.bytes())
}

/// Writes an erase order.
///
/// # Errors
/// What writing the store gives.
pub fn put_order(write: &mut dyn Write, order: &EraseOrder) -> Result<()> {
    index::mark(write, ORDER_BY_PRACTICE, &[order.practice.bytes(), order.id.bytes()])?;
    match order.scrubbed_at {
        None => index::mark(write, UNSCRUBBED, &[order.id.bytes()])?,
        Some(_) => write.delete(UNSCRUBBED, order.id.bytes())?,
    }
    codec::save(write, order.id.bytes(), order)
}

/// The erase orders whose bytes no scrub has taken from the file yet, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn unscrubbed(read: &mut dyn Read, limit: usize) -> Result<Vec<EraseOrderId>> {
    let found = index::ids(read, UNSCRUBBED, &[], Order::Up, limit)?;
    Ok(found.into_iter().map(EraseOrderId::from_uuid).collect())
}

/// Takes an erase order away.
///
/// # Errors
/// What writing the store gives.
pub fn remove_order(write: &mut dyn Write, order: &EraseOrder) -> Result<()> {
    write.delete(ORDER_BY_PRACTICE, &index::key(&[order.practice.bytes(), order.id.bytes()]))?;
    write.delete(UNSCRUBBED, order.id.bytes())?;
    write.delete(EraseOrder::SPACE, order.id.bytes())
}

/// The erase orders of a practice after `cursor`, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn orders_of_practice(
    read: &mut dyn Read,
    practice: PracticeId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<EraseOrderId>> {
    index::ids_after(read, ORDER_BY_PRACTICE, practice.bytes(), cursor, Order::Up, limit)
        .map(|ids| ids.into_iter().map(EraseOrderId::from_uuid).collect())
}

/// Whether a plan was used.
///
/// # Errors
/// What reading the store gives.
pub fn is_used(read: &mut dyn Read, plan: &[u8; 16]) -> Result<bool> {
    Ok(read.get(USED_PLAN, plan)?.is_some())
}

/// Marks a plan as used until it expires.
///
/// # Errors
/// What writing the store gives.
pub fn use_plan(write: &mut dyn Write, plan: &[u8; 16], expires_at: Timestamp) -> Result<()> {
    due::shift(write, due::Kind::PlanEnd, plan, None, Some(expires_at))?;
    write.put(USED_PLAN, plan, &[])
}

/// Forgets a plan that has expired.
///
/// # Errors
/// What writing the store gives.
pub fn forget_plan(write: &mut dyn Write, plan: &[u8]) -> Result<()> {
    write.delete(USED_PLAN, plan)
}
