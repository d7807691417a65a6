//! Open links, and the places that they hold.

use super::codec::{self, Row};
use super::{due, index};
use crate::domain::id::{OpenLinkId, PlaceId, PracticeId};
use crate::domain::open_link::{OpenLink, Place, PlaceState};
use crate::domain::text::Email;
use crate::domain::time::{DAY, Timestamp};
use crate::store::{Keyspace, Order, Read, Result, Write};

impl Row for OpenLink {
    const SPACE: Keyspace = Keyspace("open_link");
}

impl Row for Place {
    const SPACE: Keyspace = Keyspace("open_link_place");
}

const BY_PRACTICE: Keyspace = Keyspace("open_link_by_practice");
const BY_ADDRESS: Keyspace = Keyspace("open_link_place_by_address");

/// How long a place is kept once it is closed, in milliseconds: its link still tells why.
pub const KEPT: i64 = 30 * DAY;

/// Finds an open link.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: OpenLinkId) -> Result<Option<OpenLink>> {
    codec::load(read, id.bytes())
}

/// Writes an open link.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, link: &OpenLink) -> Result<()> {
    index::mark(write, BY_PRACTICE, &[link.practice.bytes(), link.id.bytes()])?;
    codec::save(write, link.id.bytes(), link)
}

/// The open links of a practice before `cursor`, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_practice(
    read: &mut dyn Read,
    practice: PracticeId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<OpenLinkId>> {
    index::ids_after(read, BY_PRACTICE, practice.bytes(), cursor, Order::Down, limit)
        .map(|ids| ids.into_iter().map(OpenLinkId::from_uuid).collect())
}

/// Finds a place.
///
/// # Errors
/// What reading the store gives.
pub fn find_place(read: &mut dyn Read, id: PlaceId) -> Result<Option<Place>> {
    codec::load(read, id.bytes())
}

fn address_key(link: OpenLinkId, email: &Email, id: &[u8]) -> Vec<u8> {
    index::key(&[link.bytes(), email.canonical().as_bytes(), &[0], id])
}

/// When upkeep looks at a place: to give it back, and later to forget it.
fn due_at(place: &Place) -> Timestamp {
    match place.state {
        PlaceState::Held(_) => place.expires_at,
        PlaceState::Taken | PlaceState::GivenBack => place.expires_at.plus(KEPT),
    }
}

/// Writes a place. What was typed for it goes as soon as it waits no longer.
///
/// # Errors
/// What writing the store gives.
pub fn put_place(write: &mut dyn Write, old: Option<&Place>, new: &Place) -> Result<()> {
    if let Some(PlaceState::Held(newcomer)) = old.map(|old| &old.state) {
        write.delete(BY_ADDRESS, &address_key(new.link, &newcomer.email, new.id.bytes()))?;
    }
    if let PlaceState::Held(newcomer) = &new.state {
        write.put(BY_ADDRESS, &address_key(new.link, &newcomer.email, new.id.bytes()), &[])?;
    }
    let before = old.map(due_at);
    due::shift(write, due::Kind::PlaceEnd, new.id.bytes(), before, Some(due_at(new)))?;
    codec::save(write, new.id.bytes(), new)
}

/// Forgets a place that is closed, once its time is over.
///
/// # Errors
/// What writing the store gives.
pub fn forget_place(write: &mut dyn Write, id: PlaceId) -> Result<()> {
    write.delete(Place::SPACE, id.bytes())
}

/// Takes a place away, whether or not it is closed, with all that leads to it.
///
/// # Errors
/// What the store gives.
pub fn remove_place(write: &mut dyn Write, id: PlaceId) -> Result<()> {
    let Some(old) = find_place(write, id)? else { return Ok(()) };
    if let PlaceState::Held(newcomer) = &old.state {
        write.delete(BY_ADDRESS, &address_key(old.link, &newcomer.email, id.bytes()))?;
    }
    due::shift(write, due::Kind::PlaceEnd, id.bytes(), Some(due_at(&old)), None)?;
    forget_place(write, id)
}

/// Takes an open link away; its places go by themselves.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, practice: PracticeId, id: OpenLinkId) -> Result<()> {
    write.delete(BY_PRACTICE, &index::key(&[practice.bytes(), id.bytes()]))?;
    write.delete(OpenLink::SPACE, id.bytes())
}

/// The places that a link holds for an address.
///
/// # Errors
/// What reading the store gives.
pub fn held_for(read: &mut dyn Read, link: OpenLinkId, email: &Email) -> Result<Vec<Place>> {
    let prefix = address_key(link, email, &[]);
    let ids = index::ids(read, BY_ADDRESS, &prefix, Order::Up, usize::MAX)?;
    ids.into_iter().filter_map(|id| find_place(read, PlaceId::from_uuid(id)).transpose()).collect()
}
