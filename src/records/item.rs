//! Items, found by the host's own key and from the client; and what there is and ever was.

use super::codec::{self, Row};
use super::index;
use crate::domain::id::{ClientId, ItemId, Noun};
use crate::domain::item::{Item, Tally};
use crate::store::{Keyspace, Order, Read, Result, Write};

impl Row for Item {
    const SPACE: Keyspace = Keyspace("item");
}

impl Row for Tally {
    const SPACE: Keyspace = Keyspace("item_tally");
}

const BY_CLIENT: Keyspace = Keyspace("item_by_client");

/// Finds an item.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: ItemId) -> Result<Option<Item>> {
    codec::load(read, id.bytes())
}

/// Writes an item; false where its external id is taken.
///
/// # Errors
/// What the store gives.
pub fn put(write: &mut dyn Write, old: Option<&Item>, new: &Item) -> Result<bool> {
    let before = old.and_then(|old| old.external_id.as_ref());
    let after = new.external_id.as_ref();
    if !index::move_external(write, new.practice, Noun::Item, before, after, new.id.uuid())? {
        return Ok(false);
    }
    index::mark(write, BY_CLIENT, &[new.client.bytes(), new.id.bytes()])?;
    codec::save(write, new.id.bytes(), new)?;
    Ok(true)
}

/// Takes an item away, with all that leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Item) -> Result<()> {
    let external = old.external_id.as_ref();
    index::move_external(write, old.practice, Noun::Item, external, None, old.id.uuid())?;
    write.delete(BY_CLIENT, &index::key(&[old.client.bytes(), old.id.bytes()]))?;
    write.delete(Item::SPACE, old.id.bytes())
}

/// The items of a client before `cursor`, newest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_client(
    read: &mut dyn Read,
    client: ClientId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<Item>> {
    let ids = index::ids_after(read, BY_CLIENT, client.bytes(), cursor, Order::Down, limit)?;
    ids.into_iter().filter_map(|id| find(read, ItemId::from_uuid(id)).transpose()).collect()
}

/// What there is and ever was of a client.
///
/// # Errors
/// What reading the store gives.
pub fn tally(read: &mut dyn Read, client: ClientId) -> Result<Tally> {
    Ok(codec::load(read, client.bytes())?.unwrap_or_default())
}

/// Writes what there is and ever was of a client.
///
/// # Errors
/// What writing the store gives.
pub fn put_tally(write: &mut dyn Write, client: ClientId, tally: &Tally) -> Result<()> {
    codec::save(write, client.bytes(), tally)
}

/// Takes away what there is and ever was of a client.
///
/// # Errors
/// What writing the store gives.
pub fn remove_tally(write: &mut dyn Write, client: ClientId) -> Result<()> {
    write.delete(Tally::SPACE, client.bytes())
}
