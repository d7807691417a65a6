//! Clients, and the words that find them.

use super::codec::{self, Row};
use super::index;
use crate::domain::client::Client;
use crate::domain::id::{ClientId, Noun, PracticeId};
use crate::domain::text::search;
use crate::store::{Keyspace, Order, Read, Result, Write};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

impl Row for Client {
    const SPACE: Keyspace = Keyspace("client");
}

const BY_WORD: Keyspace = Keyspace("client_by_word");
const BY_PRACTICE: Keyspace = Keyspace("client_by_practice");

/// Finds a client.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: ClientId) -> Result<Option<Client>> {
    codec::load(read, id.bytes())
}

fn words(client: &Client) -> BTreeSet<String> {
    let names = client.profile.names.iter().flat_map(|name| {
        let parts = name.text.iter().chain(&name.family).chain(&name.given);
        parts.flat_map(|part| search::tokens(part.as_str()))
    });
    let email = client.profile.email.iter().map(|email| email.canonical().to_owned());
    let digits = client.profile.phone.iter().map(|phone| phone.digits());
    let numbers = client.profile.identifiers.iter().map(|number| &number.value);
    let external = client.profile.external_id.iter();
    let numbers = numbers.chain(external).flat_map(|number| search::tokens(number.as_str()));
    names.chain(email).chain(digits).chain(numbers).collect()
}

/// Writes a client; false where its external id is taken.
///
/// # Errors
/// What the store gives.
pub fn put(write: &mut dyn Write, old: Option<&Client>, new: &Client) -> Result<bool> {
    let old_external = old.and_then(|old| old.profile.external_id.as_ref());
    let (practice, id) = (new.practice, new.id.uuid());
    let external = new.profile.external_id.as_ref();
    if !index::move_external(write, practice, Noun::Client, old_external, external, id)? {
        return Ok(false);
    }
    if old.is_none() {
        index::mark(write, BY_PRACTICE, &[practice.bytes(), new.id.bytes()])?;
    }
    if old.is_none_or(|old| old.profile != new.profile) {
        let (before, after) = (old.map(words).unwrap_or_default(), words(new));
        for word in before.difference(&after) {
            write.delete(BY_WORD, &word_key(practice, word, new.id))?;
        }
        for word in after.difference(&before) {
            write.put(BY_WORD, &word_key(practice, word, new.id), &[])?;
        }
    }
    codec::save(write, new.id.bytes(), new)?;
    Ok(true)
}

/// Takes a client away, with all that leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Client) -> Result<()> {
    let (practice, id) = (old.practice, old.id);
    let external = old.profile.external_id.as_ref();
    index::move_external(write, practice, Noun::Client, external, None, id.uuid())?;
    for word in words(old) {
        write.delete(BY_WORD, &word_key(practice, &word, id))?;
    }
    write.delete(BY_PRACTICE, &index::key(&[practice.bytes(), id.bytes()]))?;
    write.delete(Client::SPACE, id.bytes())
}

fn word_key(practice: PracticeId, word: &str, id: ClientId) -> Vec<u8> {
    index::key(&[practice.bytes(), word.as_bytes(), &[0], id.bytes()])
}

/// Whether a client has a word which starts with `prefix`.
pub fn has_word(client: &Client, prefix: &str) -> bool {
    words(client).iter().any(|word| word.starts_with(prefix))
}

/// The clients that have a word which starts with `prefix`, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn with_word(
    read: &mut dyn Read,
    practice: PracticeId,
    prefix: &str,
    limit: usize,
) -> Result<BTreeSet<ClientId>> {
    let mut found = BTreeSet::new();
    let start = index::key(&[practice.bytes(), prefix.as_bytes()]);
    index::scan(read, BY_WORD, &start, None, Order::Up, &mut |rest, _| {
        if found.len() >= limit {
            return Ok(ControlFlow::Break(()));
        }
        found.insert(ClientId::from_uuid(index::last_id(rest)?));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// The clients of a practice after `cursor`, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_practice(
    read: &mut dyn Read,
    practice: PracticeId,
    cursor: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<ClientId>> {
    index::ids_after(read, BY_PRACTICE, practice.bytes(), cursor, Order::Up, limit)
        .map(|ids| ids.into_iter().map(ClientId::from_uuid).collect())
}
