//! The outbox: messages, and when each is due.

use super::codec::{self, Row};
use super::{due, index};
use crate::domain::id::{MessageId, PracticeId};
use crate::domain::message::Message;
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Order, Read, Result, StoreError, Write};
use std::ops::ControlFlow;
use uuid::Uuid;

impl Row for Message {
    const SPACE: Keyspace = Keyspace("message");
}

const BY_DUE: Keyspace = Keyspace("message_by_due");
const BY_PRACTICE: Keyspace = Keyspace("message_by_practice");
const BY_SUBJECT: Keyspace = Keyspace("message_by_subject");

/// Finds a message.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: MessageId) -> Result<Option<Message>> {
    codec::load(read, id.bytes())
}

fn due_key(due: Timestamp, id: MessageId) -> Vec<u8> {
    index::key(&[&due.millis().to_be_bytes(), id.bytes()])
}

/// Writes a message, and when the outbox looks at it next.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, old: Option<&Message>, new: &Message) -> Result<()> {
    if old.is_none() {
        index::mark(write, BY_PRACTICE, &[new.practice.bytes(), new.id.bytes()])?;
    }
    let old_subject = old.and_then(|old| old.subject);
    if old_subject != new.subject {
        if let Some(subject) = old_subject {
            write.delete(BY_SUBJECT, &index::key(&[subject.id.as_bytes(), new.id.bytes()]))?;
        }
        if let Some(subject) = new.subject {
            index::mark(write, BY_SUBJECT, &[subject.id.as_bytes(), new.id.bytes()])?;
        }
    }
    let (before, after) = (old.and_then(|old| old.state.due()), new.state.due());
    if before != after {
        if let Some(due) = before {
            write.delete(BY_DUE, &due_key(due, new.id))?;
        }
        if let Some(due) = after {
            write.put(BY_DUE, &due_key(due, new.id), &[])?;
        }
    }
    codec::save(write, new.id.bytes(), new)
}

/// Has a message forgotten at a time, whatever has become of it.
///
/// # Errors
/// What writing the store gives.
pub fn forget_at(write: &mut dyn Write, id: MessageId, at: Timestamp) -> Result<()> {
    due::shift(write, due::Kind::FarewellEnd, id.bytes(), None, Some(at))
}

/// Takes a message away, with all that leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Message) -> Result<()> {
    write.delete(BY_PRACTICE, &index::key(&[old.practice.bytes(), old.id.bytes()]))?;
    if let Some(subject) = old.subject {
        write.delete(BY_SUBJECT, &index::key(&[subject.id.as_bytes(), old.id.bytes()]))?;
    }
    if let Some(due) = old.state.due() {
        write.delete(BY_DUE, &due_key(due, old.id))?;
    }
    write.delete(Message::SPACE, old.id.bytes())
}

/// The messages that are due, longest first, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn due(read: &mut dyn Read, now: Timestamp, limit: usize) -> Result<Vec<MessageId>> {
    let mut found = Vec::new();
    index::scan(read, BY_DUE, &[], None, Order::Up, &mut |key, _| {
        let due = key.first_chunk::<8>().copied().map(i64::from_be_bytes);
        if found.len() >= limit || due.ok_or(StoreError::Damaged)? > now.millis() {
            return Ok(ControlFlow::Break(()));
        }
        found.push(MessageId::from_uuid(index::last_id(key)?));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// When the next message is due.
///
/// # Errors
/// What reading the store gives.
pub fn next_due(read: &mut dyn Read) -> Result<Option<Timestamp>> {
    let mut found = None;
    index::scan(read, BY_DUE, &[], None, Order::Up, &mut |key, _| {
        let due = key.first_chunk::<8>().copied().map(i64::from_be_bytes);
        found = Some(Timestamp::from_millis(due.ok_or(StoreError::Damaged)?));
        Ok(ControlFlow::Break(()))
    })?;
    Ok(found)
}

/// The messages of a practice before `cursor`, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_practice(
    read: &mut dyn Read,
    practice: PracticeId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<MessageId>> {
    index::ids_after(read, BY_PRACTICE, practice.bytes(), cursor, Order::Down, limit)
        .map(|ids| ids.into_iter().map(MessageId::from_uuid).collect())
}

/// The messages about a client, seat, login or invitation before `cursor`, latest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_subject(
    read: &mut dyn Read,
    subject: Uuid,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<MessageId>> {
    index::ids_after(read, BY_SUBJECT, subject.as_bytes(), cursor, Order::Down, limit)
        .map(|ids| ids.into_iter().map(MessageId::from_uuid).collect())
}
