//! One row for each person that a screen lists: staff, clients and open invitations.
//!
//! It repeats what the nouns say, so that a page is one scan. Whoever writes a noun has its row
//! made again at the end of the same transaction.

use super::codec::{self, Row};
use super::index;
use crate::domain::client;
use crate::domain::id::{InvitationId, LoginId, MessageId, PracticeId, RoomId, Thing};
use crate::domain::staff::{self, Role};
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Order, Read, Result, Write};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use uuid::Uuid;

/// The latest invitation of a person, as a list needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Which.
    pub id: InvitationId,
    /// Where it stands; a pending one lapses at `expires_at`.
    pub state: crate::domain::invitation::Shown,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// The latest message that carries it.
    pub message: Option<MessageId>,
}

/// What a person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A seat.
    Staff {
        /// Its role.
        role: Role,
        /// Whether it may work yet.
        approval: staff::Approval,
        /// Where it stands.
        status: staff::Status,
    },
    /// A client.
    Client {
        /// A person or not.
        nature: client::Nature,
        /// How far it has come.
        stage: client::Stage,
        /// Whether it has access.
        status: client::Status,
    },
    /// An open invitation for somebody who is not on file.
    Invitation,
}

/// The row of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What it stands for.
    pub thing: Thing,
    /// Its practice.
    pub practice: PracticeId,
    /// What it is.
    pub kind: Kind,
    /// The host's own key.
    pub external_id: Option<String>,
    /// The name that is shown.
    pub name: String,
    /// The key that orders by name.
    pub sort_key: Vec<u8>,
    /// The address on file.
    pub email: Option<String>,
    /// The phone on file.
    pub phone: Option<String>,
    /// The latest invitation.
    pub invitation: Option<Invited>,
    /// The login that is the person itself.
    pub login: Option<LoginId>,
    /// When that tie ends by itself.
    pub login_ends_at: Option<Timestamp>,
    /// When that login last signed in.
    pub last_sign_in: Option<Timestamp>,
    /// The rooms it is in.
    pub rooms: Vec<RoomId>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Person {
    /// The login that is the person itself now: a tie ends by the clock alone.
    pub fn login_at(&self, now: Timestamp) -> Option<LoginId> {
        self.login.filter(|_| self.login_ends_at.is_none_or(|end| now < end))
    }
}

impl Row for Person {
    const SPACE: Keyspace = Keyspace("person");
}

const BY_NAME: Keyspace = Keyspace("person_by_name");
const BY_SIGN_IN: Keyspace = Keyspace("person_by_sign_in");

/// What orders a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The name.
    Name,
    /// When it was made, latest first.
    Creation,
    /// When it last signed in, latest first; who never did comes last.
    SignIn,
}

fn name_key(person: &Person) -> Vec<u8> {
    let id = person.thing.id.as_bytes();
    index::key(&[person.practice.bytes(), &person.sort_key, &[0], id])
}

fn sign_in_key(person: &Person) -> Vec<u8> {
    let never_last = u64::MAX - person.last_sign_in.map_or(0, |at| at.millis().unsigned_abs());
    index::key(&[person.practice.bytes(), &never_last.to_be_bytes(), person.thing.id.as_bytes()])
}

fn key(practice: PracticeId, id: Uuid) -> Vec<u8> {
    index::key(&[practice.bytes(), id.as_bytes()])
}

/// Finds the row of a person.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, practice: PracticeId, id: Uuid) -> Result<Option<Person>> {
    codec::load(read, &key(practice, id))
}

/// Sets the row of a person, or takes it away.
///
/// # Errors
/// What the store gives.
pub fn put(
    write: &mut dyn Write,
    practice: PracticeId,
    id: Uuid,
    new: Option<&Person>,
) -> Result<()> {
    let old = find(write, practice, id)?;
    if old.as_ref() == new {
        return Ok(());
    }
    type KeyOf = fn(&Person) -> Vec<u8>;
    for (space, key_of) in [(BY_NAME, name_key as KeyOf), (BY_SIGN_IN, sign_in_key as KeyOf)] {
        let (before, after) = (old.as_ref().map(key_of), new.map(key_of));
        if before != after {
            if let Some(key) = before {
                write.delete(space, &key)?;
            }
            if let Some(key) = after {
                write.put(space, &key, &[])?;
            }
        }
    }
    match new {
        Some(person) => codec::save(write, &key(practice, id), person),
        None => write.delete(Person::SPACE, &key(practice, id)),
    }
}

/// Shows the rows of a practice in an order, each with the cursor that goes on after it.
///
/// # Errors
/// What reading the store or the visitor gives.
pub fn scan(
    read: &mut dyn Read,
    practice: PracticeId,
    by: By,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<(Vec<u8>, Person)>> {
    let mut keys = Vec::new();
    let (space, order) = match by {
        By::Name => (BY_NAME, Order::Up),
        By::SignIn => (BY_SIGN_IN, Order::Up),
        By::Creation => (Person::SPACE, Order::Down),
    };
    let mut found = Vec::new();
    index::scan(read, space, practice.bytes(), cursor, order, &mut |rest, value| {
        if keys.len() + found.len() >= limit {
            return Ok(ControlFlow::Break(()));
        }
        match by {
            By::Creation => found.push((rest.to_vec(), codec::decode(value)?)),
            By::Name | By::SignIn => keys.push(rest.to_vec()),
        }
        Ok(ControlFlow::Continue(()))
    })?;
    for rest in keys {
        let id = index::last_id(&rest)?;
        if let Some(person) = find(read, practice, id)? {
            found.push((rest, person));
        }
    }
    Ok(found)
}
