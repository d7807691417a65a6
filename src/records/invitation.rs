//! Invitations, found by what they are about and where they went.

use super::codec::{self, Row};
use super::{due, index};
use crate::domain::id::{ClientId, InvitationId, PracticeId, StaffId};
use crate::domain::invitation::{Invitation, State};
use crate::domain::text::Email;
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Order, Read, Result, Write};
use uuid::Uuid;

impl Row for Invitation {
    const SPACE: Keyspace = Keyspace("invitation");
}

const BY_PRACTICE: Keyspace = Keyspace("invitation_by_practice");
const BY_SUBJECT: Keyspace = Keyspace("invitation_by_subject");
const BY_INVITER: Keyspace = Keyspace("invitation_by_inviter");
const BY_ADDRESS: Keyspace = Keyspace("invitation_by_address");

/// Finds an invitation.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: InvitationId) -> Result<Option<Invitation>> {
    codec::load(read, id.bytes())
}

fn subject(invitation: &Invitation) -> Option<Uuid> {
    invitation.client().map(ClientId::uuid).or(invitation.seat().map(StaffId::uuid))
}

fn address_key(practice: PracticeId, email: &Email, id: &[u8]) -> Vec<u8> {
    index::key(&[practice.bytes(), email.canonical().as_bytes(), &[0], id])
}

/// A seat is asked for the pending invitations that it sent.
fn inviter_key(invitation: &Invitation) -> Option<Vec<u8>> {
    let inviter = invitation.inviting_seat().filter(|_| invitation.state == State::Pending)?;
    Some(index::key(&[inviter.bytes(), invitation.id.bytes()]))
}

fn lapses_at(invitation: &Invitation) -> Option<Timestamp> {
    (invitation.state == State::Pending).then_some(invitation.expires_at)
}

/// Writes an invitation, and when it lapses.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, old: Option<&Invitation>, new: &Invitation) -> Result<()> {
    if old.is_none() {
        index::mark(write, BY_PRACTICE, &[new.practice.bytes(), new.id.bytes()])?;
    }
    if let Some(subject) = subject(new)
        && old.and_then(self::subject) != Some(subject)
    {
        index::mark(write, BY_SUBJECT, &[subject.as_bytes(), new.id.bytes()])?;
    }
    let old_email = old.and_then(|old| old.recipient.email.as_ref());
    if old_email != new.recipient.email.as_ref() {
        if let Some(email) = old_email {
            write.delete(BY_ADDRESS, &address_key(new.practice, email, new.id.bytes()))?;
        }
        if let Some(email) = &new.recipient.email {
            write.put(BY_ADDRESS, &address_key(new.practice, email, new.id.bytes()), &[])?;
        }
    }
    let (before, after) = (old.and_then(inviter_key), inviter_key(new));
    if before != after {
        if let Some(key) = before {
            write.delete(BY_INVITER, &key)?;
        }
        if let Some(key) = after {
            write.put(BY_INVITER, &key, &[])?;
        }
    }
    let (before, after) = (old.and_then(lapses_at), lapses_at(new));
    due::shift(write, due::Kind::InvitationLapse, new.id.bytes(), before, after)?;
    codec::save(write, new.id.bytes(), new)
}

/// Takes an invitation away, with all that leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Invitation) -> Result<()> {
    write.delete(BY_PRACTICE, &index::key(&[old.practice.bytes(), old.id.bytes()]))?;
    if let Some(subject) = subject(old) {
        write.delete(BY_SUBJECT, &index::key(&[subject.as_bytes(), old.id.bytes()]))?;
    }
    if let Some(email) = &old.recipient.email {
        write.delete(BY_ADDRESS, &address_key(old.practice, email, old.id.bytes()))?;
    }
    if let Some(key) = inviter_key(old) {
        write.delete(BY_INVITER, &key)?;
    }
    due::shift(write, due::Kind::InvitationLapse, old.id.bytes(), lapses_at(old), None)?;
    write.delete(Invitation::SPACE, old.id.bytes())
}

fn all(
    read: &mut dyn Read,
    space: Keyspace,
    prefix: &[u8],
    limit: usize,
) -> Result<Vec<Invitation>> {
    let found = index::ids(read, space, prefix, Order::Down, limit)?;
    found.into_iter().filter_map(|id| find(read, InvitationId::from_uuid(id)).transpose()).collect()
}

/// The invitations about a client, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_client(read: &mut dyn Read, client: ClientId, limit: usize) -> Result<Vec<Invitation>> {
    all(read, BY_SUBJECT, client.bytes(), limit)
}

/// The invitations to a seat, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_seat(read: &mut dyn Read, staff: StaffId, limit: usize) -> Result<Vec<Invitation>> {
    all(read, BY_SUBJECT, staff.bytes(), limit)
}

/// The pending invitations that were sent for a seat, lapsed ones too, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_inviter(read: &mut dyn Read, staff: StaffId, limit: usize) -> Result<Vec<Invitation>> {
    all(read, BY_INVITER, staff.bytes(), limit)
}

/// The invitations that went to an address in a practice, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_address(
    read: &mut dyn Read,
    practice: PracticeId,
    email: &Email,
    limit: usize,
) -> Result<Vec<Invitation>> {
    all(read, BY_ADDRESS, &address_key(practice, email, &[]), limit)
}

/// The invitations of a practice before `cursor`, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_practice(
    read: &mut dyn Read,
    practice: PracticeId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<InvitationId>> {
    index::ids_after(read, BY_PRACTICE, practice.bytes(), cursor, Order::Down, limit)
        .map(|ids| ids.into_iter().map(InvitationId::from_uuid).collect())
}
