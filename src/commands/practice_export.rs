//! All of a practice as NDJSON: a line a thing, each with its noun, as the accessors' JSON has it.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::batch::BatchView;
use super::erasure::each;
use super::event;
use super::invitation::InvitationView;
use super::login;
use super::look::{About, Look};
use super::reach;
use super::script;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::challenge::{Challenge, Purpose};
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, Noun, PracticeId, StaffId};
use crate::domain::message::Carries;
use crate::domain::room::Room;
use crate::domain::script::Script;
use crate::error::{Error, Result};
use crate::records;
use crate::records::batch::Which;
use crate::store::{Order, StoreError};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// Takes one line with its line break; false ends the export there.
pub type Sink<'s> = &'s dyn Fn(&[u8]) -> bool;

/// How many entries of the trail are read at once.
const STRIDE: usize = 500;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// How many lines of each noun.
    pub lines: BTreeMap<Noun, u64>,
    /// How many entries of the audit trail.
    pub events: u64,
    /// Whether all was written; not so where the sink said to stop.
    pub is_complete: bool,
}

#[derive(Serialize)]
struct ExportPractice;

impl Command for ExportPractice {
    type Done = PracticeId;
    const ACTION: Option<Action> = Some(Action::PracticeExport);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<PracticeId> {
        unit.look().permit(Action::PracticeExport, About::Practice)?;
        let id = unit.context.practice()?;
        unit.note(Note::done(id, Happening::PracticeExported, id));
        Ok(id)
    }
}

#[derive(Serialize)]
struct Line<'a, T> {
    noun: &'a str,
    #[serde(flatten)]
    thing: T,
}

/// A room, and who is in it.
#[derive(Serialize)]
struct RoomLine {
    #[serde(flatten)]
    room: Room,
    clients: Vec<ClientId>,
    staff: Vec<StaffId>,
}

/// A version of scripts with its sources.
#[derive(Serialize)]
struct ScriptLine {
    #[serde(flatten)]
    view: script::SetView,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Source {
    name: String,
    source: String,
}

impl From<Script> for Source {
    fn from(script: Script) -> Self {
        Self { name: script.name.as_str().to_owned(), source: script.source }
    }
}

/// A batch's row, which is no noun of its own.
#[derive(Serialize)]
struct RowLine<'a> {
    noun: &'a str,
    batch: crate::domain::id::BatchId,
    row: crate::domain::batch::BatchRow,
}

/// A link that waits, without the hash of the password that somebody chose who registers.
fn without_password(challenge: Challenge) -> Challenge {
    match challenge.purpose {
        Purpose::Register(registration) => {
            let purpose = Purpose::Register(Box::new(registration.without_password()));
            Challenge { purpose, ..challenge }
        }
        _ => challenge,
    }
}

struct Writer<'s> {
    sink: Sink<'s>,
    lines: RefCell<BTreeMap<Noun, u64>>,
    events: Cell<u64>,
}

impl Writer<'_> {
    /// Writes one thing; false where the sink has had enough.
    fn thing<T: Serialize>(&self, noun: Noun, thing: T) -> Result<bool> {
        *self.lines.borrow_mut().entry(noun).or_default() += 1;
        self.line(&Line { noun: noun.word(), thing })
    }

    fn line<T: Serialize>(&self, line: &T) -> Result<bool> {
        let mut bytes = serde_json::to_vec(line).map_err(|_| StoreError::TooLarge)?;
        bytes.push(b'\n');
        Ok((self.sink)(&bytes))
    }

    /// Writes all things of a noun.
    fn noun(&self, look: &mut Look<'_>, practice: PracticeId, noun: Noun) -> Result<bool> {
        let now = look.now();
        match noun {
            Noun::Practice => self.thing(noun, look.practice()?),
            Noun::Staff => each(look, practice, records::staff::of_practice, &mut |look, id| {
                self.thing(noun, look.staff(id)?)
            }),
            Noun::Client => each(look, practice, records::client::of_practice, &mut |look, id| {
                self.thing(noun, look.client(id)?)
            }),
            Noun::Login => self.logins(look, practice),
            Noun::Proxy => self.of_clients(look, practice, |look, client| {
                self.all(noun, records::proxy::of_client(look.read, client)?)
            }),
            Noun::Grant => self.of_clients(look, practice, |look, client| {
                self.all(noun, records::grant::of_client(look.read, client)?)
            }),
            Noun::Hold => self.of_clients(look, practice, |look, client| {
                self.all(noun, records::deletion::holds(look.read, client)?)
            }),
            Noun::Invitation => {
                each(look, practice, records::invitation::of_practice, &mut |look, id| {
                    self.thing(noun, InvitationView::of(look.invitation(id)?, now))
                })
            }
            Noun::Message => {
                each(look, practice, records::message::of_practice, &mut |look, id| {
                    self.thing(noun, look.message(id)?)
                })
            }
            Noun::Challenge => {
                each(look, practice, records::message::of_practice, &mut |look, id| {
                    let Carries::Challenge(id) = look.message(id)?.carries else { return Ok(true) };
                    let found = records::challenge::find(look.read, id)?;
                    self.all(noun, found.map(without_password))
                })
            }
            Noun::Room => each(look, practice, records::room::of_practice, &mut |look, id| {
                let room = look.room(id)?;
                let clients = records::room::clients(look.read, id)?;
                let staff = records::room::staff(look.read, id)?;
                self.thing(noun, RoomLine { room, clients, staff })
            }),
            Noun::EraseOrder => {
                let page = records::deletion::orders_of_practice;
                each(look, practice, page, &mut |look, id| self.thing(noun, look.erase_order(id)?))
            }
            Noun::ScriptSet => {
                let spoke = records::script::in_force(look.read, Some(practice))?;
                let sets = records::script::of_owner(look.read, Some(practice))?;
                self.all(
                    noun,
                    sets.into_iter().map(|set| ScriptLine {
                        view: script::view(&set, spoke.as_ref()),
                        sources: set.scripts.into_iter().map(Source::from).collect(),
                    }),
                )
            }
            Noun::Batch => each(look, practice, records::batch::of_practice, &mut |look, id| {
                let batch = look.batch(id)?;
                Ok(self.thing(noun, BatchView::of(batch, now))? && self.rows(look, id)?)
            }),
            Noun::Delegation => {
                let page = records::delegation::of_practice;
                each(look, practice, page, &mut |look, id| self.thing(noun, look.delegation(id)?))
            }
            Noun::Item => self.of_clients(look, practice, |look, client| {
                self.all(noun, records::item::of_client(look.read, client, None, usize::MAX)?)
            }),
            Noun::OpenLink => {
                let page = records::open_link::of_practice;
                each(look, practice, page, &mut |look, id| self.thing(noun, look.open_link(id)?))
            }
            // What happened to the store as a whole is of no practice.
            Noun::Store => Ok(true),
        }
    }

    fn all<T: Serialize>(&self, noun: Noun, things: impl IntoIterator<Item = T>) -> Result<bool> {
        for thing in things {
            if !self.thing(noun, thing)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn of_clients(
        &self,
        look: &mut Look<'_>,
        practice: PracticeId,
        mut visit: impl FnMut(&mut Look<'_>, ClientId) -> Result<bool>,
    ) -> Result<bool> {
        each(look, practice, records::client::of_practice, &mut visit)
    }

    /// The logins that hold something here, or nothing elsewhere, each once, without hashes and
    /// without what they hold elsewhere.
    fn logins(&self, look: &mut Look<'_>, practice: PracticeId) -> Result<bool> {
        let mut ids = BTreeSet::new();
        self.of_clients(look, practice, |look, client| {
            let proxies = records::proxy::of_client(look.read, client)?;
            ids.extend(proxies.into_iter().map(|proxy| proxy.login));
            Ok(true)
        })?;
        each(look, practice, records::staff::of_practice, &mut |look, id| {
            ids.extend(look.staff(id)?.login);
            Ok(true)
        })?;
        for id in ids {
            let Some(found) = records::login::find(look.read, id)? else { continue };
            // What became of a login since its last tie here has ended is another practice's.
            let is_here = match look.login(id) {
                Ok(_) => true,
                Err(Error::Refused(_)) => false,
                Err(fault) => return Err(fault),
            };
            if !is_here && reach::leads_elsewhere(look, &found, practice)? {
                continue;
            }
            let view = login::view(look, found)?;
            if !self.thing(Noun::Login, view)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn rows(&self, look: &mut Look<'_>, batch: crate::domain::id::BatchId) -> Result<bool> {
        let mut after = None;
        loop {
            let places = records::batch::places(look.read, batch, Which::All, after, STRIDE)?;
            after = places.last().copied();
            for place in &places {
                let row = records::batch::find_row(look.read, batch, *place)?;
                let row = row.ok_or(StoreError::Damaged)?;
                if !self.line(&RowLine { noun: "batch_row", batch, row })? {
                    return Ok(false);
                }
            }
            if places.len() < STRIDE {
                return Ok(true);
            }
        }
    }

    /// The audit trail, oldest first.
    fn trail(&self, look: &mut Look<'_>, practice: PracticeId) -> Result<bool> {
        let mut after = None;
        loop {
            let mut found = Vec::new();
            records::event::scan(look.read, practice.uuid(), after, Order::Up, &mut |event| {
                found.push(event);
                let is_full = found.len() == STRIDE;
                Ok(if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            })?;
            after = found.last().map(|event| event.seq);
            let is_last = found.len() < STRIDE;
            for event in found {
                let thing = event::entry(look, event)?;
                self.events.set(self.events.get() + 1);
                if !self.line(&Line { noun: "event", thing })? {
                    return Ok(false);
                }
            }
            if is_last {
                return Ok(true);
            }
        }
    }
}

impl Admit {
    /// Writes all of the actor's practice, each noun and then the audit trail, as it is at one
    /// moment: for the host with a reason, and for admins. Tokens and password hashes are in no
    /// line. The sink must not call the store.
    ///
    /// Rows of batches have the noun `batch_row`, and entries of the trail `event`; the export is
    /// the last of them.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn export_practice(&self, actor: &Actor, sink: Sink<'_>) -> Result<Exported> {
        let practice = self.run(actor, ExportPractice, None)?;
        let writer = Writer { sink, lines: RefCell::default(), events: Cell::new(0) };
        let is_complete = self.read(actor, |look| {
            for noun in Noun::ALL {
                if !writer.noun(look, practice, *noun)? {
                    return Ok(false);
                }
            }
            writer.trail(look, practice)
        })?;
        let (lines, events) = (writer.lines.into_inner(), writer.events.get());
        Ok(Exported { lines, events, is_complete })
    }
}
