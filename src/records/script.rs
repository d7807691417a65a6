//! Script sets, and which of them speaks.

use super::codec::{self, Row};
use super::index;
use crate::domain::id::{PracticeId, ScriptSetId};
use crate::domain::script::{Hook, InForce, ScriptSet};
use crate::store::{Keyspace, Order, Read, Result, StoreError, Write};
use std::ops::ControlFlow;
use uuid::Uuid;

impl Row for ScriptSet {
    const SPACE: Keyspace = Keyspace("script_set");
}

impl Row for InForce {
    const SPACE: Keyspace = Keyspace("script_in_force");
}

const BY_OWNER: Keyspace = Keyspace("script_by_owner");

/// The product's own sets have no practice.
fn owner(practice: Option<PracticeId>) -> Uuid {
    practice.map(PracticeId::uuid).unwrap_or_default()
}

fn owner_key(practice: Option<PracticeId>, number: u32) -> Vec<u8> {
    index::key(&[owner(practice).as_bytes(), &number.to_be_bytes()])
}

/// Finds a set.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: ScriptSetId) -> Result<Option<ScriptSet>> {
    codec::load(read, id.bytes())
}

/// Writes a new set.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, set: &ScriptSet) -> Result<()> {
    write.put(BY_OWNER, &owner_key(set.practice, set.number), set.id.bytes())?;
    codec::save(write, set.id.bytes(), set)
}

/// Forgets a set.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, set: &ScriptSet) -> Result<()> {
    write.delete(BY_OWNER, &owner_key(set.practice, set.number))?;
    write.delete(ScriptSet::SPACE, set.id.bytes())
}

/// The sets of a practice, or of the product, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_owner(read: &mut dyn Read, practice: Option<PracticeId>) -> Result<Vec<ScriptSet>> {
    let mut ids = Vec::new();
    let prefix = owner(practice);
    index::scan(read, BY_OWNER, prefix.as_bytes(), None, Order::Down, &mut |_, id| {
        ids.push(index::id_value(id)?);
        Ok(ControlFlow::Continue(()))
    })?;
    let found = ids.into_iter().map(|id| find(read, ScriptSetId::from_uuid(id)));
    found.map(|set| set?.ok_or(StoreError::Damaged)).collect()
}

/// The set of an owner with a number, while it is kept.
///
/// # Errors
/// What reading the store gives.
pub fn of_number(
    read: &mut dyn Read,
    practice: Option<PracticeId>,
    number: u32,
) -> Result<Option<ScriptSetId>> {
    let found = read.get(BY_OWNER, &owner_key(practice, number))?;
    Ok(found.as_deref().map(index::id_value).transpose()?.map(ScriptSetId::from_uuid))
}

/// What speaks for a practice, or for the product.
///
/// # Errors
/// What reading the store gives.
pub fn in_force(read: &mut dyn Read, practice: Option<PracticeId>) -> Result<Option<InForce>> {
    codec::load(read, owner(practice).as_bytes())
}

/// What answers a hook in a practice: its own script, or else the product's.
///
/// # Errors
/// What reading the store gives.
pub fn voice(read: &mut dyn Read, practice: PracticeId, hook: Hook) -> Result<Option<InForce>> {
    for owner in [Some(practice), None] {
        let found = in_force(read, owner)?;
        if let Some(found) = found.filter(|it| it.hooks.contains(&hook)) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Lets a set speak, or none.
///
/// # Errors
/// What writing the store gives.
pub fn put_in_force(
    write: &mut dyn Write,
    practice: Option<PracticeId>,
    set: Option<&InForce>,
) -> Result<()> {
    let key = owner(practice);
    match set {
        Some(set) => codec::save(write, key.as_bytes(), set),
        None => write.delete(InForce::SPACE, key.as_bytes()),
    }
}
