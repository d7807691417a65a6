//! Rooms, and who is in them.

use super::codec::{self, Row};
use super::index;
use crate::domain::id::{ClientId, Noun, PracticeId, RoomId, StaffId, Thing};
use crate::domain::room::Room;
use crate::store::{Keyspace, Order, Read, Result, Write};

impl Row for Room {
    const SPACE: Keyspace = Keyspace("room");
}

const BY_PRACTICE: Keyspace = Keyspace("room_by_practice");
const MEMBER: Keyspace = Keyspace("room_member");
const OF_MEMBER: Keyspace = Keyspace("room_of_member");

/// Finds a room.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: RoomId) -> Result<Option<Room>> {
    codec::load(read, id.bytes())
}

/// Writes a room; false where its external id is taken.
///
/// # Errors
/// What the store gives.
pub fn put(write: &mut dyn Write, old: Option<&Room>, new: &Room) -> Result<bool> {
    let old_external = old.and_then(|old| old.external_id.as_ref());
    let (practice, id) = (new.practice, new.id.uuid());
    let external = new.external_id.as_ref();
    if !index::move_external(write, practice, Noun::Room, old_external, external, id)? {
        return Ok(false);
    }
    if old.is_none() {
        index::mark(write, BY_PRACTICE, &[practice.bytes(), new.id.bytes()])?;
    }
    codec::save(write, new.id.bytes(), new)?;
    Ok(true)
}

/// Takes a room away that nobody is in, with all that leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Room) -> Result<()> {
    let external = old.external_id.as_ref();
    index::move_external(write, old.practice, Noun::Room, external, None, old.id.uuid())?;
    write.delete(BY_PRACTICE, &index::key(&[old.practice.bytes(), old.id.bytes()]))?;
    write.delete(Room::SPACE, old.id.bytes())
}

/// The rooms of a practice after `cursor`, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_practice(
    read: &mut dyn Read,
    practice: PracticeId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<RoomId>> {
    index::ids_after(read, BY_PRACTICE, practice.bytes(), cursor, Order::Up, limit)
        .map(|ids| ids.into_iter().map(RoomId::from_uuid).collect())
}

/// Puts a client or a seat into a room; false where it is there already.
///
/// # Errors
/// What the store gives.
pub fn join(write: &mut dyn Write, room: RoomId, member: Thing) -> Result<bool> {
    let member_id = member.id.as_bytes();
    let key = index::key(&[room.bytes(), &[member.noun as u8], member_id]);
    if write.get(MEMBER, &key)?.is_some() {
        return Ok(false);
    }
    write.put(MEMBER, &key, &[])?;
    index::mark(write, OF_MEMBER, &[member_id, room.bytes()])?;
    Ok(true)
}

/// Takes a client or a seat out of a room; false where it is not there.
///
/// # Errors
/// What the store gives.
pub fn leave(write: &mut dyn Write, room: RoomId, member: Thing) -> Result<bool> {
    let member_id = member.id.as_bytes();
    let key = index::key(&[room.bytes(), &[member.noun as u8], member_id]);
    if write.get(MEMBER, &key)?.is_none() {
        return Ok(false);
    }
    write.delete(MEMBER, &key)?;
    write.delete(OF_MEMBER, &index::key(&[member_id, room.bytes()]))?;
    Ok(true)
}

fn members(read: &mut dyn Read, room: RoomId, noun: Noun) -> Result<Vec<uuid::Uuid>> {
    let prefix = index::key(&[room.bytes(), &[noun as u8]]);
    index::ids(read, MEMBER, &prefix, Order::Up, usize::MAX)
}

/// The clients in a room.
///
/// # Errors
/// What reading the store gives.
pub fn clients(read: &mut dyn Read, room: RoomId) -> Result<Vec<ClientId>> {
    Ok(members(read, room, Noun::Client)?.into_iter().map(ClientId::from_uuid).collect())
}

/// The seats in a room.
///
/// # Errors
/// What reading the store gives.
pub fn staff(read: &mut dyn Read, room: RoomId) -> Result<Vec<StaffId>> {
    Ok(members(read, room, Noun::Staff)?.into_iter().map(StaffId::from_uuid).collect())
}

/// The rooms that a client or a seat is in.
///
/// # Errors
/// What reading the store gives.
pub fn of_member(read: &mut dyn Read, member: Thing) -> Result<Vec<RoomId>> {
    let found = index::ids(read, OF_MEMBER, member.id.as_bytes(), Order::Up, usize::MAX)?;
    Ok(found.into_iter().map(RoomId::from_uuid).collect())
}
