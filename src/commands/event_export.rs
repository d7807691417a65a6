//! The audit trail as NDJSON, oldest first, for whoever reviews it or verifies it elsewhere.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::event::{self, Entry, Unsealed};
use super::look::Look;
use super::unit::Unit;
use super::{cursor_key, cursor_text};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Scope, Who};
use crate::domain::event::{Event, Happening, Outcome, Sealed};
use crate::domain::id::{PracticeId, StaffId, Thing};
use crate::domain::text::Reason;
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use crate::store::{Order, StoreError};
use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use uuid::Uuid;

/// How many entries one page holds at the most.
pub const EXPORTED_MAX: usize = 1_000;
/// How many entries one page looks at, for the way to a late time.
const LOOKED_AT: usize = 20_000;

/// The entries of some time, as lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// A JSON object a line, oldest entry first.
    pub ndjson: String,
    /// How many lines there are.
    pub lines: u64,
    /// Where the next page begins; None at the end.
    pub next: Option<String>,
}

/// Notes that somebody takes the trail away, and says where it ended before that note.
#[derive(Serialize)]
struct NoteExport {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct Begun {
    last: u64,
}

impl Command for NoteExport {
    type Done = Begun;
    const ACTION: Option<Action> = Some(Action::EventRead);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Begun> {
        let chain = event::chain(&mut unit.look(), Action::EventRead)?;
        let last = records::event::chain_head(&mut unit.write, chain)?.seq;
        let object = match unit.context.actor.scope {
            Scope::Store => Thing::STORE,
            Scope::Practice(_) | Scope::Portal(_) => PracticeId::from_uuid(chain).into(),
        };
        let mut note = Note::done(PracticeId::from_uuid(chain), Happening::EventsExported, object);
        for (name, bound) in [("from", self.from), ("until", self.until)] {
            if let Some(at) = bound {
                note = note.with(name, at.millis());
            }
        }
        unit.note(note);
        Ok(Begun { last })
    }
}

/// Where an export goes on: after which entry, and up to which.
#[derive(Clone, Copy)]
struct Place {
    after: u64,
    last: u64,
}

impl Place {
    fn parse(cursor: &[u8]) -> Option<Self> {
        let (after, last) = cursor.split_first_chunk()?;
        let last = last.try_into().ok()?;
        Some(Self { after: u64::from_be_bytes(*after), last: u64::from_be_bytes(last) })
    }

    fn text(self) -> String {
        cursor_text(&[self.after.to_be_bytes(), self.last.to_be_bytes()].concat())
    }
}

impl Admit {
    /// The audit trail of the actor's practice from one time until before another as NDJSON, a
    /// page of at most 1,000 lines at a time. The host of a portal gets the portal's, and the host
    /// over all practices the store's own.
    ///
    /// The first page is an event itself. The export ends with the entries that were there then.
    ///
    /// # Errors
    /// What the access table says; `Invalid` for a cursor that is none.
    pub fn export_events(
        &self,
        actor: &Actor,
        from: Option<Timestamp>,
        until: Option<Timestamp>,
        after: Option<&str>,
    ) -> Result<Exported> {
        let place = match cursor_key(after)? {
            Some(cursor) => Place::parse(&cursor).ok_or(Reason::NotACursor).field("after")?,
            None => {
                let begun = self.run(actor, NoteExport { from, until }, None)?;
                Place { after: 0, last: begun.last }
            }
        };
        self.read(actor, |look| {
            let chain = event::chain(look, Action::EventRead)?;
            page(look, chain, (from, until), place)
        })
    }
}

fn page(
    look: &mut Look<'_>,
    chain: Uuid,
    (from, until): (Option<Timestamp>, Option<Timestamp>),
    place: Place,
) -> Result<Exported> {
    let mut found = Vec::new();
    let mut reached = Place { after: place.last, ..place };
    let mut looked_at = 0;
    let begin = (place.after > 0).then_some(place.after);
    records::event::scan(look.read, chain, begin, Order::Up, &mut |event| {
        if event.seq > place.last {
            return Ok(ControlFlow::Break(()));
        }
        if found.len() >= EXPORTED_MAX || looked_at >= LOOKED_AT {
            reached.after = event.seq - 1;
            return Ok(ControlFlow::Break(()));
        }
        looked_at += 1;
        // Times of one chain may differ by a clock that was set back, so none ends the search.
        if from.is_none_or(|from| event.at >= from) && until.is_none_or(|until| event.at < until) {
            found.push(event);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let mut ndjson = String::new();
    let lines = found.len() as u64;
    for event in found {
        ndjson += &line(look, event)?;
        ndjson.push('\n');
    }
    let next = (reached.after < place.last).then(|| reached.text());
    Ok(Exported { ndjson, lines, next })
}

/// Something personal as it is stored, which the hash covers, and what can still be read of it.
#[derive(Serialize)]
struct Part<'e> {
    person: Uuid,
    sealed: String,
    parts: &'e Option<BTreeMap<String, String>>,
}

impl<'e> Part<'e> {
    fn of(sealed: &Sealed, unsealed: &'e Unsealed) -> Self {
        let Unsealed { person, parts } = unsealed;
        Self { person: *person, sealed: BASE64.encode(&sealed.bytes), parts }
    }
}

#[derive(Serialize)]
struct Line<'e> {
    chain: Uuid,
    seq: u64,
    time: String,
    at: Timestamp,
    actor: &'static str,
    actor_id: Option<Uuid>,
    on_behalf_of: Option<StaffId>,
    action: &'static str,
    object: Named,
    subject: Option<Named>,
    outcome: &'static str,
    refusal: Option<String>,
    count: u32,
    details: &'e [(String, String)],
    source: Option<Part<'e>>,
    personal: Vec<Part<'e>>,
    version: &'e str,
    before: String,
    hash: String,
}

#[derive(Serialize)]
struct Named {
    noun: &'static str,
    id: Uuid,
}

impl From<Thing> for Named {
    fn from(thing: Thing) -> Self {
        Self { noun: thing.noun.word(), id: thing.id }
    }
}

/// JSON leaves no control character as it is, so a line is one line whatever somebody typed.
fn line(look: &mut Look<'_>, event: Event) -> Result<String> {
    let (source, personal) = (event.source.clone(), event.personal.clone());
    let (chain, before) = (event.chain, HEXLOWER.encode(&event.before));
    let entry = event::entry(look, event)?;
    let line = written(&entry, chain, before, (source.as_ref(), &personal));
    Ok(serde_json::to_string(&line).map_err(|_| StoreError::TooLarge)?)
}

fn written<'e>(
    entry: &'e Entry,
    chain: Uuid,
    before: String,
    (source, personal): (Option<&Sealed>, &[Sealed]),
) -> Line<'e> {
    let (actor, actor_id) = match entry.who {
        Who::Host => ("host", None),
        Who::Visitor => ("visitor", None),
        Who::Staff(id) => ("staff", Some(id.uuid())),
        Who::Login { id, .. } => ("login", Some(id.uuid())),
    };
    let (outcome, refusal) = match entry.outcome {
        Outcome::Done => ("done", None),
        Outcome::Refused(refusal) => ("refused", Some(refusal.name())),
    };
    let parts = personal.iter().zip(&entry.personal);
    Line {
        chain,
        seq: entry.seq,
        time: entry.at.rfc3339(),
        at: entry.at,
        actor,
        actor_id,
        on_behalf_of: entry.on_behalf_of,
        action: entry.happening.word(),
        object: entry.object.into(),
        subject: entry.subject.map(Named::from),
        outcome,
        refusal,
        count: entry.count,
        details: &entry.details,
        source: source.zip(entry.source.as_ref()).map(|(it, open)| Part::of(it, open)),
        personal: parts.map(|(it, open)| Part::of(it, open)).collect(),
        version: &entry.version,
        before,
        hash: HEXLOWER.encode(&entry.hash),
    }
}
