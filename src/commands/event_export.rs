//! The audit trail as NDJSON, oldest first, for whoever reviews it or verifies it elsewhere.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::event;
use super::look::Look;
use super::unit::Unit;
use super::{cursor_key, cursor_text};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Scope};
use crate::domain::event::{Event, Happening};
use crate::domain::id::{PracticeId, Thing};
use crate::domain::text::Reason;
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use crate::store::{Order, StoreError};
use serde::{Deserialize, Serialize};
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

/// JSON leaves no control character as it is, so a line is one line whatever somebody typed.
fn line(look: &mut Look<'_>, event: Event) -> Result<String> {
    let entry = event::entry(look, event)?;
    Ok(serde_json::to_string(&entry).map_err(|_| StoreError::TooLarge)?)
}
