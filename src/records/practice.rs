//! Practices, and the portals they share.

use super::codec::{self, Row};
use super::index;
use crate::domain::id::{Noun, PortalId, PracticeId};
use crate::domain::practice::Practice;
use crate::domain::text::{ExternalId, Line};
use crate::store::{Keyspace, Order, Read, Result, Write};
use std::ops::ControlFlow;
use uuid::Uuid;

impl Row for Practice {
    const SPACE: Keyspace = Keyspace("practice");
}

const PORTAL: Keyspace = Keyspace("portal");
const PORTAL_PRACTICE: Keyspace = Keyspace("portal_practice");

/// Practices' external ids are unique in the store.
const WHOLE_STORE: PracticeId = PracticeId::from_uuid(Uuid::nil());

/// Finds a practice.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: PracticeId) -> Result<Option<Practice>> {
    codec::load(read, id.bytes())
}

/// Finds a practice by the host's own key.
///
/// # Errors
/// What reading the store gives.
pub fn find_by_external_id(
    read: &mut dyn Read,
    external: &ExternalId,
) -> Result<Option<PracticeId>> {
    let found = index::find_external(read, WHOLE_STORE, Noun::Practice, external)?;
    Ok(found.map(PracticeId::from_uuid))
}

/// Writes a practice; false where its external id is taken.
///
/// # Errors
/// What the store gives.
pub fn put(write: &mut dyn Write, old: Option<&Practice>, new: &Practice) -> Result<bool> {
    let old_external = old.and_then(|old| old.external_id.as_ref());
    let id = new.id.uuid();
    let noun = Noun::Practice;
    let external = new.external_id.as_ref();
    if !index::move_external(write, WHOLE_STORE, noun, old_external, external, id)? {
        return Ok(false);
    }
    if old.is_none() {
        index::mark(write, PORTAL_PRACTICE, &[new.portal.bytes(), new.id.bytes()])?;
    }
    codec::save(write, new.id.bytes(), new)?;
    Ok(true)
}

/// Takes a practice away: its external id is free, and so is its portal's name where no other
/// practice shares it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Practice) -> Result<()> {
    let (external, id) = (old.external_id.as_ref(), old.id.uuid());
    index::move_external(write, WHOLE_STORE, Noun::Practice, external, None, id)?;
    write.delete(PORTAL_PRACTICE, &index::key(&[old.portal.bytes(), old.id.bytes()]))?;
    write.delete(Practice::SPACE, old.id.bytes())?;
    if !of_portal(write, old.portal, 1)?.is_empty() {
        return Ok(());
    }
    let mut names = Vec::new();
    index::scan(write, PORTAL, &[], None, Order::Up, &mut |name, id| {
        if id == old.portal.bytes() {
            names.push(name.to_vec());
        }
        Ok(ControlFlow::Continue(()))
    })?;
    names.iter().try_for_each(|name| write.delete(PORTAL, name))
}

/// Finds a portal by the name that practices share.
///
/// # Errors
/// What reading the store gives.
pub fn find_portal(read: &mut dyn Read, name: &Line) -> Result<Option<PortalId>> {
    let found = read.get(PORTAL, name.as_str().as_bytes())?;
    Ok(found.as_deref().map(index::id_value).transpose()?.map(PortalId::from_uuid))
}

/// Gives a portal its name.
///
/// # Errors
/// What writing the store gives.
pub fn put_portal(write: &mut dyn Write, name: &Line, id: PortalId) -> Result<()> {
    write.put(PORTAL, name.as_str().as_bytes(), id.bytes())
}

/// The first practices of a portal, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_portal(read: &mut dyn Read, portal: PortalId, limit: usize) -> Result<Vec<PracticeId>> {
    let found = index::ids(read, PORTAL_PRACTICE, portal.bytes(), Order::Up, limit)?;
    Ok(found.into_iter().map(PracticeId::from_uuid).collect())
}
