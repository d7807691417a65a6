//! Finding clients by any of their names, numbers and addresses.

use super::admit::Admit;
use super::list::{self, Listed};
use super::look::{About, Look};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::id::ClientId;
use crate::domain::text::{Email, Phone, search};
use crate::error::Result;
use crate::records;
use crate::records::person::Person;
use std::collections::BTreeSet;

/// How many clients a search finds at the most.
pub const FOUND_MAX: usize = 50;

/// How many clients one word of a search may bring into question.
const CANDIDATES_MAX: usize = 5_000;

/// The longest address that can be on file, in bytes.
const ADDRESS_MAX: usize = 254;

impl Admit {
    /// The clients whom a text finds, in the order of their names, at most 50.
    ///
    /// Each word of the text must begin a word of the client's names, numbers or address; an
    /// address or a phone number is found as a whole too. A text without a word finds nobody. A
    /// practitioner or an assistant finds the clients that are open to it. Where even the rarest
    /// word begins words of more than 5,000 clients, only so many are looked at.
    ///
    /// # Errors
    /// What the access table says.
    pub fn search(&self, actor: &Actor, text: &str, limit: u32) -> Result<Vec<Listed>> {
        let limit = match usize::try_from(limit).unwrap_or(FOUND_MAX) {
            0 => FOUND_MAX,
            limit => limit.min(FOUND_MAX),
        };
        self.read(actor, |look| {
            let standing = look.permit(Action::PersonList, About::New)?;
            let sight = look.sight(standing)?;
            let mut people = people(look, text)?;
            people.sort_by(|one, other| {
                (&one.sort_key, one.thing).cmp(&(&other.sort_key, other.thing))
            });
            let mut found = Vec::new();
            for person in people {
                let id = ClientId::from_uuid(person.thing.id);
                let is_seen = match &sight {
                    Some(sight) => found.len() < limit && look.sees(sight, id)?,
                    None => found.len() < limit,
                };
                if is_seen {
                    found.push(list::listed(look, person)?);
                }
            }
            Ok(found)
        })
    }
}

fn people(look: &mut Look<'_>, text: &str) -> Result<Vec<Person>> {
    let practice = look.context.practice()?;
    let mut found = with_all_words(look, &search::query(text))?;
    for word in wholes(text) {
        found.extend(records::client::with_word(look.read, practice, &word, CANDIDATES_MAX)?);
    }
    let mut people = Vec::new();
    for id in found {
        people.extend(records::person::find(look.read, practice, id.uuid())?);
    }
    Ok(people)
}

/// What the text is as a whole: an address, or its beginning up to the domain; a phone number.
fn wholes(text: &str) -> Vec<String> {
    let text = text.trim();
    let address = match Email::parse(text) {
        Ok(email) => Some(email.canonical().to_owned()),
        Err(_) => {
            Some(text.to_lowercase()).filter(|it| it.contains('@') && it.len() <= ADDRESS_MAX)
        }
    };
    let digits = Phone::parse(text).ok().map(|phone| phone.digits());
    address.into_iter().chain(digits).collect()
}

/// Intersects what each word finds, from the rarest word on.
fn with_all_words(look: &mut Look<'_>, words: &[String]) -> Result<BTreeSet<ClientId>> {
    let practice = look.context.practice()?;
    let mut sets = Vec::new();
    for word in words {
        let set = records::client::with_word(look.read, practice, word, CANDIDATES_MAX)?;
        sets.push((word, set));
    }
    sets.sort_by_key(|(_, set)| set.len());
    let mut sets = sets.into_iter();
    let Some((_, mut found)) = sets.next() else { return Ok(BTreeSet::new()) };
    for (word, set) in sets {
        // A full set is cut: there, the candidates themselves are asked.
        if set.len() < CANDIDATES_MAX {
            found.retain(|id| set.contains(id));
        } else {
            found = with_word_too(look, found, word)?;
        }
    }
    Ok(found)
}

fn with_word_too(
    look: &mut Look<'_>,
    candidates: BTreeSet<ClientId>,
    word: &str,
) -> Result<BTreeSet<ClientId>> {
    let mut found = BTreeSet::new();
    for id in candidates {
        let client = records::client::find(look.read, id)?;
        if client.is_some_and(|client| records::client::has_word(&client, word)) {
            found.insert(id);
        }
    }
    Ok(found)
}
