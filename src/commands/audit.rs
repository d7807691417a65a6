//! How a note becomes an entry of the audit trail: sealed, chained, and put into the one order.
//!
//! An entry's hash covers the ciphertext of what is personal, so whoever has no keys can verify
//! the chain, and erasing a key leaves it whole.

use super::context::Context;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Scope, Source, Who};
use crate::domain::event::{Event, Happening, Outcome, Sealed};
use crate::domain::id::{PortalId, PracticeId, StaffId, Thing};
use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::error::Result;
use crate::records;
use crate::records::event::{ChainHead, Tally, Untold};
use crate::records::head::Change;
use crate::seal::digest::{Digest, sha256_chain};
use crate::seal::person::{self, PersonKey};
use crate::store::{Read, StoreError};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many of a kind are recorded singly, by source, practice and minute (RULES S60).
const SINGLY: u32 = 10;

/// What a command says happened.
#[derive(Debug, Clone)]
pub struct Note {
    /// The practice or portal whose chain it belongs to.
    pub chain: Uuid,
    /// What.
    pub happening: Happening,
    /// To what.
    pub object: Thing,
    /// About which client, seat or login.
    pub subject: Option<Thing>,
    /// How it ended.
    pub outcome: Outcome,
    /// How many like it the entry stands for.
    pub count: u32,
    /// Words and numbers that are not personal.
    pub details: Vec<(String, String)>,
    /// What is personal, with the person whom it is about.
    pub personal: Option<(Thing, BTreeMap<&'static str, String>)>,
    /// By whom; None is the actor of the command.
    pub by: Option<Actor>,
}

impl Note {
    /// Something was done to a thing of a practice.
    pub fn done(practice: PracticeId, happening: Happening, object: impl Into<Thing>) -> Self {
        Self {
            chain: practice.uuid(),
            happening,
            object: object.into(),
            subject: None,
            outcome: Outcome::Done,
            count: 1,
            details: Vec::new(),
            personal: None,
            by: None,
        }
    }

    /// Something was done to a login; its own events go to the chain of its portal.
    pub fn at_portal(portal: PortalId, happening: Happening, object: impl Into<Thing>) -> Self {
        Self::done(PracticeId::from_uuid(portal.uuid()), happening, object)
    }

    /// Something was done to the store itself; its events have a chain of their own.
    pub fn of_store(happening: Happening) -> Self {
        Self::done(PracticeId::from_uuid(Thing::STORE.id), happening, Thing::STORE)
    }

    /// Says that a rule said no.
    #[must_use]
    pub fn refused(self, refusal: Refusal) -> Self {
        Self { outcome: Outcome::Refused(refusal), ..self }
    }

    /// Says about whom.
    #[must_use]
    pub fn about(self, subject: impl Into<Thing>) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }

    /// Adds a word or number that is not personal.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.details.push((name.to_owned(), value.to_string()));
        self
    }

    /// Adds something personal of one person.
    #[must_use]
    pub fn of_person(mut self, person: Thing, name: &'static str, value: impl ToString) -> Self {
        let (_, parts) = self.personal.get_or_insert((person, BTreeMap::new()));
        parts.insert(name, value.to_string());
        self
    }
}

/// The key of a person, made when it is first needed.
fn person_key(unit: &mut Unit<'_>, person: Uuid) -> Result<PersonKey> {
    let secrets = unit.context.secrets.clone();
    let wrapping = secrets.subject_wrapping_key();
    if let Some(wrapped) = records::event::wrapped_key(&mut unit.write, person)? {
        return Ok(
            person::unwrap(wrapping, *person.as_bytes(), &wrapped).ok_or(StoreError::Damaged)?
        );
    }
    let key = PersonKey::new(unit.random());
    let wrapped = person::wrap(wrapping, *person.as_bytes(), &key, unit.random())
        .map_err(|_| StoreError::TooLarge)?;
    records::event::put_wrapped_key(&mut unit.write, person, &wrapped)?;
    Ok(key)
}

fn sealing_context(chain: Uuid, seq: u64, part: u8) -> Vec<u8> {
    [chain.as_bytes().as_slice(), &seq.to_be_bytes(), &[part]].concat()
}

fn seal(
    unit: &mut Unit<'_>,
    person: Uuid,
    place: (Uuid, u64, u8),
    parts: &BTreeMap<&'static str, String>,
) -> Result<Sealed> {
    let key = person_key(unit, person)?;
    let plaintext = serde_json::to_vec(parts).map_err(|_| StoreError::TooLarge)?;
    let context = sealing_context(place.0, place.1, place.2);
    let bytes = person::seal(&key, &context, &plaintext, unit.random())
        .map_err(|_| StoreError::TooLarge)?;
    Ok(Sealed { person, bytes })
}

/// Opens a sealed part of an event; None once its person's key is gone.
///
/// # Errors
/// What reading the store gives.
pub(super) fn unseal(
    read: &mut dyn Read,
    context: &Context,
    event: &Event,
    part: u8,
    sealed: &Sealed,
) -> Result<Option<BTreeMap<String, String>>> {
    let Some(wrapped) = records::event::wrapped_key(read, sealed.person)? else { return Ok(None) };
    let wrapping = context.secrets.subject_wrapping_key();
    let key =
        person::unwrap(wrapping, *sealed.person.as_bytes(), &wrapped).ok_or(StoreError::Damaged)?;
    let place = sealing_context(event.chain, event.seq, part);
    let plaintext = person::open(&key, &place, &sealed.bytes).ok_or(StoreError::Damaged)?;
    Ok(serde_json::from_slice(&plaintext).ok())
}

/// The part number of an event's source; personal parts count from 1.
pub(super) const SOURCE: u8 = 0;

fn source_parts(source: &Source) -> BTreeMap<&'static str, String> {
    [
        ("address", &source.address),
        ("device", &source.device),
        ("request_id", &source.request_id),
        ("reason", &source.reason),
    ]
    .into_iter()
    .filter_map(|(name, line)| Some((name, line.as_ref()?.as_str().to_owned())))
    .collect()
}

fn actor_person(who: Who, chain: Uuid) -> Uuid {
    match who {
        Who::Staff(id) => id.uuid(),
        Who::Login { id, .. } => id.uuid(),
        Who::Host | Who::Visitor => chain,
    }
}

/// The hash of an event: SHA-256 over its length-prefixed fields, the hash before it last.
pub fn hash(event: &Event) -> [u8; 32] {
    let who = match event.who {
        Who::Host => "host".to_owned(),
        Who::Visitor => "visitor".to_owned(),
        Who::Staff(id) => format!("staff {id}"),
        Who::Login { id, .. } => format!("login {id}"),
    };
    let outcome = match event.outcome {
        Outcome::Done => String::new(),
        Outcome::Refused(refusal) => refusal.word(),
    };
    let thing = |thing: &Thing| format!("{} {}", thing.noun.word(), thing.id);
    let (seq, at, count) = (event.seq.to_be_bytes(), event.at.millis(), event.count);
    let behalf = event.on_behalf_of.map(StaffId::uuid).unwrap_or_default();
    let object = thing(&event.object);
    let subject = event.subject.as_ref().map(thing).unwrap_or_default();
    let (at, count) = (at.to_be_bytes(), count.to_be_bytes());
    let mut parts: Vec<&[u8]> = vec![
        event.chain.as_bytes(),
        &seq,
        &at,
        who.as_bytes(),
        behalf.as_bytes(),
        event.happening.word().as_bytes(),
        object.as_bytes(),
        subject.as_bytes(),
        outcome.as_bytes(),
        &count,
        event.version.as_bytes(),
    ];
    for (name, value) in &event.details {
        parts.extend([name.as_bytes(), value.as_bytes()]);
    }
    for sealed in event.source.iter().chain(&event.personal) {
        parts.extend([sealed.person.as_bytes().as_slice(), &sealed.bytes]);
    }
    parts.push(&event.before);
    sha256_chain("admit event v1", &parts)
}

/// The seal over the store-wide head.
pub(super) fn head_mac(digest_key: &[u8; 32], changes: u64, hash: &[u8; 32]) -> [u8; 32] {
    Digest::new(*digest_key).of("admit head v1", &[&changes.to_be_bytes(), hash])
}

/// The store-wide hash after one more event.
pub(super) fn head_hash(before: &[u8; 32], event: &[u8; 32]) -> [u8; 32] {
    sha256_chain("admit head v1", &[before, event])
}

/// Adds notes to their chains and to the one order of all changes, and seals the head once.
pub(super) fn append(unit: &mut Unit<'_>, notes: Vec<Note>) -> Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    let context = unit.context;
    let mut head = records::head::load(&mut unit.write)?;
    let mut ends: BTreeMap<Uuid, ChainHead> = BTreeMap::new();
    for note in notes {
        let last = match ends.get(&note.chain) {
            Some(last) => *last,
            None => records::event::chain_head(&mut unit.write, note.chain)?,
        };
        let event = entry(unit, note, last)?;
        records::event::append(&mut unit.write, &event)?;
        ends.insert(event.chain, ChainHead { seq: event.seq, hash: event.hash });
        head.changes += 1;
        head.hash = head_hash(&head.hash, &event.hash);
        let change = Change {
            chain: event.chain,
            seq: event.seq,
            object: event.object,
            happening: event.happening,
            at: event.at,
            hash: event.hash,
        };
        records::head::put_change(&mut unit.write, head.changes, &change)?;
    }
    for (chain, end) in &ends {
        records::event::put_chain_head(&mut unit.write, *chain, end)?;
    }
    head.mac = head_mac(context.secrets.digest_key(), head.changes, &head.hash);
    if context.keeps_time {
        head.latest = head.latest.max(context.now);
    }
    Ok(records::head::save(&mut unit.write, &head)?)
}

/// Makes a note the entry that follows the last one of its chain.
fn entry(unit: &mut Unit<'_>, note: Note, last: ChainHead) -> Result<Event> {
    let context = unit.context;
    let seq = last.seq + 1;
    let actor = note.by.as_ref().unwrap_or(&context.actor);
    let parts = source_parts(&actor.source);
    let source = if parts.is_empty() {
        None
    } else {
        let person = actor_person(actor.who, note.chain);
        Some(seal(unit, person, (note.chain, seq, SOURCE), &parts)?)
    };
    let personal = match &note.personal {
        Some((person, parts)) => vec![seal(unit, person.id, (note.chain, seq, 1), parts)?],
        None => Vec::new(),
    };
    let mut event = Event {
        seq,
        at: context.now,
        chain: note.chain,
        who: actor.who,
        on_behalf_of: actor.on_behalf_of,
        happening: note.happening,
        object: note.object,
        subject: note.subject,
        outcome: note.outcome,
        count: note.count,
        details: note.details,
        source,
        personal,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        before: last.hash,
        hash: [0; 32],
    };
    event.hash = hash(&event);
    Ok(event)
}

/// Notes that the actor was refused, on the chain of where it stands. Bearers are in no column of
/// the access table: what fails them is their token.
pub(super) fn note_access_refused(
    unit: &mut Unit<'_>,
    action: Option<Action>,
    refusal: Refusal,
) -> Result<()> {
    let happening = match action {
        None if refusal.is_of_link() => Happening::TokenRefused,
        _ => Happening::AccessRefused,
    };
    note_refusal(unit, happening, None, action, refusal)
}

/// Notes a refusal, singly at first and then by count.
pub(super) fn note_refusal(
    unit: &mut Unit<'_>,
    happening: Happening,
    object: Option<Thing>,
    action: Option<Action>,
    refusal: Refusal,
) -> Result<()> {
    let chain = match (unit.context.actor.scope, object) {
        (Scope::Practice(practice), _) if refusal.tells_of_logins() => {
            let found = records::practice::find(&mut unit.write, practice)?;
            found.map_or(practice.uuid(), |practice| practice.portal.uuid())
        }
        (Scope::Practice(practice), _) => practice.uuid(),
        (Scope::Portal(portal), _) => portal.uuid(),
        (Scope::Store, Some(object)) => object.id,
        (Scope::Store, None) => return Ok(()),
    };
    let practice = PracticeId::from_uuid(chain);
    let note = Note::done(practice, happening, object.unwrap_or(practice.into()));
    let note = match action {
        Some(action) => note.with("action", action.word()),
        None => note,
    };
    note_tallied(unit, note.refused(refusal))
}

/// Notes what anybody can cause: singly at first and then by count, by kind, source and chain.
pub(super) fn note_tallied(unit: &mut Unit<'_>, note: Note) -> Result<()> {
    let context = unit.context;
    let source = context.actor.source.address.as_ref().map_or("", |line| line.as_str());
    let who = format!("{:?} {:?}", context.actor.who, context.actor.on_behalf_of);
    let word = note.happening.word();
    let parts = [note.chain.as_bytes(), word.as_bytes(), who.as_bytes(), source.as_bytes()];
    let digest = context.digest("tally", &parts);
    let minute = unit.now().millis() / MINUTE;
    let old = records::event::tally(&mut unit.write, &digest)?;
    let earlier = if old.minute == minute { old.clone() } else { Tally::default() };
    if old.minute != minute {
        tell_untold(unit, &old);
    }
    let count = earlier.count.saturating_add(1);
    let untold = (count > SINGLY).then(|| earlier.untold.unwrap_or_else(|| untold(&note, context)));
    let new = Tally { minute, count, untold };
    records::event::put_tally(&mut unit.write, &digest, &old, &new)?;
    if count <= SINGLY {
        unit.note(note);
    }
    Ok(())
}

fn untold(note: &Note, context: &Context) -> Untold {
    Untold {
        chain: note.chain,
        happening: note.happening,
        object: note.object,
        subject: note.subject,
        outcome: note.outcome,
        details: note.details.clone(),
        by: context.actor.clone(),
    }
}

/// Notes how many of a minute had no entry of their own.
fn tell_untold(unit: &mut Unit<'_>, tally: &Tally) {
    let Some(untold) = tally.untold.clone() else { return };
    let practice = PracticeId::from_uuid(untold.chain);
    let note = Note::done(practice, untold.happening, untold.object);
    unit.note(Note {
        subject: untold.subject,
        outcome: untold.outcome,
        count: tally.count - SINGLY,
        details: untold.details,
        by: Some(untold.by),
        ..note
    });
}

/// Ends the tally of a minute that is over.
pub(super) fn end_tally(unit: &mut Unit<'_>, digest: &[u8; 32]) -> Result<()> {
    let tally = records::event::tally(&mut unit.write, digest)?;
    tell_untold(unit, &tally);
    Ok(records::event::forget_tally(&mut unit.write, digest)?)
}
