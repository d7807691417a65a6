//! Logins, the names and identities that find them, and failures in a row.

use super::codec::{self, Row};
use super::{care, due, index};
use crate::domain::id::{LoginId, PortalId};
use crate::domain::login::{ExternalIdentity, FAILURES_MAX, Failures, Login, Status};
use crate::domain::time::{DAY, Timestamp};
use crate::store::{Keyspace, Read, Result, Write};
use std::collections::BTreeSet;

impl Row for Login {
    const SPACE: Keyspace = Keyspace("login");
}

impl Row for Failures {
    const SPACE: Keyspace = Keyspace("failures");
}

const BY_NAME: Keyspace = Keyspace("login_by_name");
const BY_IDENTITY: Keyspace = Keyspace("login_by_identity");

/// Why a login could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// A sign-in name belongs to another login.
    Name,
    /// An external identity belongs to another login.
    Identity,
}

/// Finds a login, removed ones too, in the epoch that counts now.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: LoginId) -> Result<Option<Login>> {
    let Some(login) = codec::load::<Login>(read, id.bytes())? else { return Ok(None) };
    // What ended all sessions did so here, for whatever compares an epoch.
    let floor = care::load(read)?.epoch_floor;
    Ok(Some(Login { epoch: login.epoch.max(floor), ..login }))
}

fn name_key(portal: PortalId, canonical: &str) -> Vec<u8> {
    index::key(&[portal.bytes(), canonical.as_bytes()])
}

fn identity_key(portal: PortalId, identity: &ExternalIdentity) -> Vec<u8> {
    let issuer = identity.issuer.as_str().as_bytes();
    index::key(&[portal.bytes(), issuer, &[0], identity.subject.as_str().as_bytes()])
}

fn names(login: &Login) -> BTreeSet<String> {
    let email = login.email.iter().map(|email| email.canonical().to_owned());
    let username = login.username.iter().map(|name| name.canonical().to_owned());
    email.chain(username).collect()
}

fn keys(login: Option<&Login>) -> (BTreeSet<Vec<u8>>, BTreeSet<Vec<u8>>) {
    let Some(login) = login.filter(|login| login.status == Status::Active) else {
        return Default::default();
    };
    let names = names(login).iter().map(|name| name_key(login.portal, name)).collect();
    let identities = login.identities.iter().map(|it| identity_key(login.portal, it)).collect();
    (names, identities)
}

fn are_free(
    read: &mut dyn Read,
    space: Keyspace,
    keys: &BTreeSet<Vec<u8>>,
    id: LoginId,
) -> Result<bool> {
    for key in keys {
        if read.get(space, key)?.is_some_and(|holder| holder != id.bytes()) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn move_keys(
    write: &mut dyn Write,
    space: Keyspace,
    old: &BTreeSet<Vec<u8>>,
    new: &BTreeSet<Vec<u8>>,
    id: LoginId,
) -> Result<()> {
    for key in new.difference(old) {
        write.put(space, key, id.bytes())?;
    }
    for key in old.difference(new) {
        write.delete(space, key)?;
    }
    Ok(())
}

/// Writes a login, with its sign-in names and identities; or says which of them is taken, and has
/// written nothing: an import goes on with its next row.
///
/// # Errors
/// What the store gives.
pub fn put(
    write: &mut dyn Write,
    old: Option<&Login>,
    new: &Login,
) -> Result<std::result::Result<(), Taken>> {
    let ((old_names, old_identities), (names, identities)) = (keys(old), keys(Some(new)));
    if !are_free(write, BY_NAME, &names, new.id)? {
        return Ok(Err(Taken::Name));
    }
    if !are_free(write, BY_IDENTITY, &identities, new.id)? {
        return Ok(Err(Taken::Identity));
    }
    if old.is_none_or(|old| old.epoch < new.epoch) {
        care::reach_epoch(write, new.epoch)?;
    }
    move_keys(write, BY_NAME, &old_names, &names, new.id)?;
    move_keys(write, BY_IDENTITY, &old_identities, &identities, new.id)?;
    codec::save(write, new.id.bytes(), new)?;
    Ok(Ok(()))
}

/// Takes a login away, with all that leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Login) -> Result<()> {
    let (names, identities) = keys(Some(old));
    for name in names {
        write.delete(BY_NAME, &name)?;
    }
    for identity in identities {
        write.delete(BY_IDENTITY, &identity)?;
    }
    write.delete(Login::SPACE, old.id.bytes())
}

/// Finds a login by a canonical sign-in name.
///
/// # Errors
/// What reading the store gives.
pub fn find_by_name(
    read: &mut dyn Read,
    portal: PortalId,
    canonical: &str,
) -> Result<Option<LoginId>> {
    let found = read.get(BY_NAME, &name_key(portal, canonical))?;
    Ok(found.as_deref().map(index::id_value).transpose()?.map(LoginId::from_uuid))
}

/// Finds a login by an external identity.
///
/// # Errors
/// What reading the store gives.
pub fn find_by_identity(
    read: &mut dyn Read,
    portal: PortalId,
    identity: &ExternalIdentity,
) -> Result<Option<LoginId>> {
    let found = read.get(BY_IDENTITY, &identity_key(portal, identity))?;
    Ok(found.as_deref().map(index::id_value).transpose()?.map(LoginId::from_uuid))
}

/// The failures in a row under a keyed digest of a name or device.
///
/// # Errors
/// What reading the store gives.
pub fn failures(read: &mut dyn Read, digest: &[u8; 32]) -> Result<Failures> {
    Ok(codec::load(read, digest)?.unwrap_or_default())
}

/// When upkeep looks whether they are stale; never at the cap.
fn looked_at(failures: &Failures) -> Option<Timestamp> {
    (1..FAILURES_MAX).contains(&failures.count).then(|| failures.last.plus(2 * DAY))
}

/// Sets the failures in a row under a keyed digest, and when they are forgotten.
///
/// # Errors
/// What writing the store gives.
pub fn put_failures(write: &mut dyn Write, digest: &[u8; 32], failures: Failures) -> Result<()> {
    let before = looked_at(&self::failures(write, digest)?);
    due::shift(write, due::Kind::FailuresEnd, digest, before, looked_at(&failures))?;
    if failures.count == 0 {
        return write.delete(Failures::SPACE, digest);
    }
    codec::save(write, digest, &failures)
}

/// Forgets failures in a row that are stale; false where there were later ones.
///
/// # Errors
/// What the store gives.
pub fn forget_failures(write: &mut dyn Write, digest: &[u8; 32], now: Timestamp) -> Result<bool> {
    let is_stale = failures(write, digest)?.is_stale(now);
    if is_stale {
        write.delete(Failures::SPACE, digest)?;
    }
    Ok(is_stale)
}
