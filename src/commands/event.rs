//! Reading the audit trail of a practice: filtered, newest first, with what can still be unsealed.

use super::admit::Admit;
use super::audit::{self, SOURCE};
use super::look::{About, Look};
use super::{Page, SCANNED_MAX, cursor_key, page_of, page_size};
use crate::domain::access::{Action, Reach, Standing};
use crate::domain::actor::{Actor, Scope, Who};
use crate::domain::event::{Event, Happening, Outcome, Sealed};
use crate::domain::id::{StaffId, Thing};
use crate::domain::text::Reason;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use crate::store::Order;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use uuid::Uuid;

/// How many entries are read at once.
const BATCH: usize = 256;

/// Which entries a list shows; what is None shows all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// From this instant on.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
    /// About this client, seat or login.
    pub subject: Option<Thing>,
    /// By this actor, in whatever session.
    pub who: Option<Who>,
    /// What happened.
    pub happening: Option<Happening>,
}

impl EventFilter {
    fn shows(&self, event: &Event) -> bool {
        self.from.is_none_or(|from| event.at >= from)
            && self.until.is_none_or(|until| event.at < until)
            && self.subject.is_none_or(|subject| event.subject == Some(subject))
            && self.who.is_none_or(|who| is_same(who, event.who))
            && self.happening.is_none_or(|happening| event.happening == happening)
    }
}

/// A login is the same one in every session.
fn is_same(asked: Who, present: Who) -> bool {
    match (asked, present) {
        (Who::Login { id: asked, .. }, Who::Login { id: present, .. }) => asked == present,
        _ => asked == present,
    }
}

/// What is personal in an entry, and whom it is about.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsealed {
    /// The random id of the person, practice or portal whose key seals it.
    pub person: Uuid,
    /// The ciphertext, which the hash covers.
    pub sealed: Vec<u8>,
    /// The parts by name; None once the key is gone.
    pub parts: Option<BTreeMap<String, String>>,
}

impl std::fmt::Debug for Unsealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unsealed").field("person", &self.person).finish_non_exhaustive()
    }
}

/// One entry of the audit trail, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The practice or portal whose chain it belongs to; nil for the store's own.
    pub chain: Uuid,
    /// Its place in the chain.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: Who,
    /// For whom.
    pub on_behalf_of: Option<StaffId>,
    /// What happened.
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
    /// Whence the call came, and the host's reason.
    pub source: Option<Unsealed>,
    /// What is personal.
    pub personal: Vec<Unsealed>,
    /// The version of the library that wrote it.
    pub version: String,
    /// The hash of the entry before it.
    pub before: [u8; 32],
    /// Its hash, to be anchored outside.
    pub hash: [u8; 32],
}

/// The chain that the actor may read: its practice's, or for the host that of its portal or of
/// the store.
pub(super) fn chain(look: &mut Look<'_>, action: Action) -> Result<Uuid> {
    let actor = &look.context.actor;
    if actor.who == Who::Host && action.reach(Standing::Host) == Reach::Practice {
        match actor.scope {
            Scope::Portal(portal) => return Ok(portal.uuid()),
            Scope::Store => return Ok(Thing::STORE.id),
            Scope::Practice(_) => {}
        }
    }
    // What is left of a practice that was ended is its trail, for the host alone.
    if let (Scope::Practice(practice), Who::Host) = (actor.scope, actor.who)
        && records::erasure::find(look.read, practice)?.is_some()
    {
        return Ok(practice.uuid());
    }
    look.permit(action, About::Practice)?;
    Ok(look.context.practice()?.uuid())
}

impl Admit {
    /// The audit trail of the actor's practice, newest first. The host of a portal reads the
    /// portal's, and the host over all practices the store's own.
    ///
    /// A call looks at 20,000 entries at the most; where few pass the filter, a page may be short
    /// though its cursor goes on. The list ends at the first entry from before the time asked for.
    ///
    /// # Errors
    /// What the access table says; `Invalid` for a cursor that is none.
    pub fn events(
        &self,
        actor: &Actor,
        filter: EventFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<Entry>> {
        let cursor = match cursor_key(after)? {
            None => None,
            Some(key) => match <[u8; 8]>::try_from(key.as_slice()) {
                Ok(seq) => Some(u64::from_be_bytes(seq)),
                Err(_) => return Err(Reason::NotACursor.in_field("after").into()),
            },
        };
        let size = page_size(limit);
        self.read(actor, |look| {
            let chain = chain(look, Action::EventRead)?;
            page(look, chain, filter, cursor, size)
        })
    }
}

fn page(
    look: &mut Look<'_>,
    chain: Uuid,
    filter: EventFilter,
    mut cursor: Option<u64>,
    size: usize,
) -> Result<Page<Entry>> {
    let mut found = Vec::new();
    let mut scanned = 0;
    loop {
        let batch = batch(look, chain, filter.subject, cursor)?;
        let is_last = batch.len() < BATCH;
        scanned += batch.len();
        for event in batch {
            if filter.from.is_some_and(|from| event.at < from) {
                return Ok(page_of(found, size));
            }
            cursor = Some(event.seq);
            if filter.shows(&event) {
                found.push((event.seq.to_be_bytes().to_vec(), entry(look, event)?));
            }
            if found.len() > size {
                return Ok(page_of(found, size));
            }
        }
        if is_last {
            return Ok(page_of(found, size));
        }
        if scanned >= SCANNED_MAX {
            let last = cursor.map(|seq| seq.to_be_bytes().to_vec());
            return Ok(page_of(found, size).or_go_on_after(last));
        }
    }
}

fn batch(
    look: &mut Look<'_>,
    chain: Uuid,
    subject: Option<Thing>,
    cursor: Option<u64>,
) -> Result<Vec<Event>> {
    let mut found = Vec::new();
    if let Some(subject) = subject {
        let order = Order::Down;
        let about = records::event::about(look.read, chain, subject.id, cursor, order, BATCH)?;
        for seq in about {
            found.extend(records::event::find(look.read, chain, seq)?);
        }
        return Ok(found);
    }
    records::event::scan(look.read, chain, cursor, Order::Down, &mut |event| {
        found.push(event);
        let is_full = found.len() >= BATCH;
        Ok(if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(found)
}

fn unsealed(look: &mut Look<'_>, event: &Event, part: u8, sealed: &Sealed) -> Result<Unsealed> {
    let parts = audit::unseal(look.read, look.context, event, part, sealed)?;
    Ok(Unsealed { person: sealed.person, sealed: sealed.bytes.clone(), parts })
}

/// Reads what can still be read of what is personal in it.
pub(super) fn entry(look: &mut Look<'_>, event: Event) -> Result<Entry> {
    let source = match &event.source {
        Some(sealed) => Some(unsealed(look, &event, SOURCE, sealed)?),
        None => None,
    };
    let mut personal = Vec::new();
    for (part, sealed) in (SOURCE + 1..).zip(&event.personal) {
        personal.push(unsealed(look, &event, part, sealed)?);
    }
    Ok(Entry {
        chain: event.chain,
        seq: event.seq,
        at: event.at,
        who: event.who,
        on_behalf_of: event.on_behalf_of,
        happening: event.happening,
        object: event.object,
        subject: event.subject,
        outcome: event.outcome,
        count: event.count,
        details: event.details,
        source,
        personal,
        version: event.version,
        before: event.before,
        hash: event.hash,
    })
}
