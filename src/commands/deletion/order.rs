//! Erase orders: what the host owes, closed by the host, and what certifies both halves.

use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::look::About;
use crate::commands::notice::{self, Notice};
use crate::commands::unit::Unit;
use crate::commands::{Page, SCANNED_MAX, cursor_key, page_of, page_size};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::deletion::{EraseOrder, FAREWELL_KEPT};
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, EraseOrderId, PracticeId};
use crate::domain::message::{Carries, Kind};
use crate::domain::script::Version;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use crate::store::StoreError;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Says that the host has erased its half. The order keeps nothing personal, and whoever was to be
/// told now is: before, it would not be true.
#[derive(Debug, Clone, Serialize)]
pub struct FinishDeletion {
    /// Which order.
    pub order: EraseOrderId,
}

impl Command for FinishDeletion {
    type Done = EraseOrderId;
    const ACTION: Option<Action> = Some(Action::DeletionDone);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<EraseOrderId> {
        let old = unit.look().erase_order(self.order)?;
        unit.look().permit(Action::DeletionDone, About::Practice)?;
        let now = unit.now();
        let (mut order, told) = old.done(now)?;
        records::care::owe_scrub(&mut unit.write, now)?;
        for to in told {
            let farewell = Notice {
                kind: Kind::DeletionDone,
                practice: order.practice,
                to,
                subject: None,
                item: None,
                carries: Carries::Nothing,
                facts: Vec::new(),
            };
            let message = notice::post(unit, farewell)?;
            // It holds the address of somebody who is on file no more.
            records::message::forget_at(&mut unit.write, message, now.plus(FAREWELL_KEPT))?;
            order.farewells.push(message);
        }
        records::deletion::put_order(&mut unit.write, &order)?;
        let note = Note::done(order.practice, Happening::DeletionDone, order.id);
        unit.note(note.about(order.client));
        Ok(order.id)
    }
}

/// Which halves of a client are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Deleted {
    /// What this store had.
    pub here: bool,
    /// What the host had, as it says.
    pub host: bool,
}

/// What became of a deletion. Nothing in it is personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// The order that it is about.
    pub order: EraseOrderId,
    /// The practice.
    pub practice: PracticeId,
    /// The random id that the client had.
    pub client: ClientId,
    /// When the client was erased here, in milliseconds since 1970 UTC.
    pub deleted_at: Timestamp,
    /// When the host said that its half is gone; None while it has not.
    pub host_deleted_at: Option<Timestamp>,
    /// How many rows went here, by noun.
    pub gone: BTreeMap<&'static str, u32>,
    /// Which policy allowed it.
    #[serde(serialize_with = "as_text")]
    pub version: Version,
    /// Which halves are gone.
    pub deleted: Deleted,
    /// When the file was written anew without the erased bytes; None while it was not. The notice
    /// that tells of the deletion is kept for 7 days, and no scrub before that counts.
    pub scrubbed: Option<Timestamp>,
}

fn as_text<S: Serializer>(version: &Version, to: S) -> std::result::Result<S::Ok, S::Error> {
    to.collect_str(version)
}

impl Certificate {
    fn of(order: &EraseOrder) -> Self {
        let gone = order.gone.iter().map(|(noun, count)| (noun.word(), *count));
        Self {
            order: order.id,
            practice: order.practice,
            client: order.client,
            deleted_at: order.created_at,
            host_deleted_at: order.done_at,
            gone: gone.collect(),
            version: order.version,
            deleted: Deleted { here: true, host: order.done_at.is_some() },
            scrubbed: order.scrubbed_at,
        }
    }

    /// The certificate as JSON.
    ///
    /// # Errors
    /// None that its members give.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string(self).map_err(|_| StoreError::TooLarge)?)
    }
}

impl Admit {
    /// An erase order of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn erase_order(&self, actor: &Actor, id: EraseOrderId) -> Result<EraseOrder> {
        self.read_one(actor, Action::DeletionRead, |look| {
            let order = look.erase_order(id)?;
            look.permit(Action::DeletionRead, About::Practice)?;
            Ok(order)
        })
    }

    /// What became of a deletion.
    ///
    /// # Errors
    /// As `erase_order`.
    pub fn certificate(&self, actor: &Actor, id: EraseOrderId) -> Result<Certificate> {
        Ok(Certificate::of(&self.erase_order(actor, id)?))
    }

    /// The erase orders of the actor's practice, oldest first: all, or those that wait for the
    /// host, or the closed ones.
    ///
    /// # Errors
    /// What the access table says; `Invalid` for a cursor that is none.
    pub fn erase_orders(
        &self,
        actor: &Actor,
        is_done: Option<bool>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<EraseOrder>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(actor, |look| {
            look.permit(Action::DeletionRead, About::Practice)?;
            let practice = look.context.practice()?;
            let most = if is_done.is_none() { size + 1 } else { SCANNED_MAX };
            let cursor = cursor.as_deref();
            let ids = records::deletion::orders_of_practice(look.read, practice, cursor, most)?;
            let is_cut = ids.len() == most;
            let last = ids.last().map(|id| id.bytes().to_vec());
            let mut found = Vec::new();
            for id in ids {
                let order = look.erase_order(id)?;
                if is_done.is_none_or(|is_done| is_done == order.done_at.is_some()) {
                    found.push((id.bytes().to_vec(), order));
                }
                if found.len() > size {
                    break;
                }
            }
            let page = page_of(found, size);
            Ok(page.or_go_on_after(last.filter(|_| is_cut)))
        })
    }
}
