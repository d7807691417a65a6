//! Items: what the product holds about a client. We keep what it is called and where it stands.

mod list;
mod tell;

pub use list::ItemFilter;
pub(super) use tell::shared;

use super::admit::Command;
use super::audit::Note;
use super::look::About;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, ItemId, Noun};
use crate::domain::item::{Item, Word};
use crate::domain::message::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::text::ExternalId;
use crate::error::Result;
use crate::records;
use serde::Serialize;

/// Tells of an item: makes it, or finds it by its external id and changes it.
///
/// A client tells of what is its own; where it stands, and changes, are the practice's to tell.
#[derive(Debug, Clone, Serialize)]
pub struct PutItem {
    /// About whom.
    pub client: ClientId,
    /// What it is.
    pub kind: Word,
    /// The host's own key; without one there is a new item each time.
    pub external_id: Option<ExternalId>,
    /// Where it stands; None leaves that.
    pub status: Option<Word>,
}

impl Command for PutItem {
    type Done = ItemId;
    const ACTION: Option<Action> = Some(Action::ItemPut);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ItemId> {
        let client = unit.look().client(self.client)?.id;
        unit.look().permit(Action::ItemPut, About::Client(client))?;
        let earlier = match &self.external_id {
            Some(external) => find(unit, external)?,
            None => None,
        };
        match earlier {
            Some(earlier) if earlier.client != client => Err(Refusal::ExternalIdTaken.into()),
            Some(earlier) => self.change(unit, &earlier),
            None => self.add(unit),
        }
    }
}

impl PutItem {
    fn add(&self, unit: &mut Unit<'_>) -> Result<ItemId> {
        let now = unit.now();
        let item = Item {
            id: unit.new_id(),
            practice: unit.context.practice()?,
            client: self.client,
            kind: self.kind.clone(),
            external_id: self.external_id.clone(),
            status: None,
            received_at: None,
            ready_at: None,
            added_by: unit.context.actor.who,
            created_at: now,
            updated_at: now,
        };
        let (item, told) = match &self.status {
            Some(status) => {
                unit.look().permit(Action::ItemSetStatus, About::Client(self.client))?;
                item.moved(status.clone(), now)
            }
            None => (item, None),
        };
        let mut tally = records::item::tally(&mut unit.write, item.client)?;
        tally.add(&item)?;
        records::item::put_tally(&mut unit.write, item.client, &tally)?;
        save(unit, None, &item, Happening::ItemAdded, told)
    }

    fn change(&self, unit: &mut Unit<'_>, old: &Item) -> Result<ItemId> {
        let kind_changes = old.kind != self.kind;
        let status = self.status.as_ref().filter(|status| old.status.as_ref() != Some(*status));
        if !kind_changes && status.is_none() {
            return Ok(old.id);
        }
        unit.look().permit(Action::ItemSetStatus, About::Client(old.client))?;
        let now = unit.now();
        let new = Item { kind: self.kind.clone(), updated_at: now, ..old.clone() };
        let (new, told) = match status {
            Some(status) => new.moved(status.clone(), now),
            None => (new, None),
        };
        let happening =
            if kind_changes { Happening::ItemUpdated } else { Happening::ItemStatusChanged };
        recount(unit, old, &new)?;
        save(unit, Some(old), &new, happening, told)
    }
}

/// Moves an item to another status. The same one again is nothing new.
#[derive(Debug, Clone, Serialize)]
pub struct SetItemStatus {
    /// Which.
    pub item: ItemId,
    /// Where to.
    pub status: Word,
}

impl Command for SetItemStatus {
    type Done = ItemId;
    const ACTION: Option<Action> = Some(Action::ItemSetStatus);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ItemId> {
        let old = unit.look().item(self.item)?;
        unit.look().permit(Action::ItemSetStatus, About::Client(old.client))?;
        if old.status.as_ref() == Some(&self.status) {
            return Ok(old.id);
        }
        let (new, told) = old.clone().moved(self.status.clone(), unit.now());
        recount(unit, &old, &new)?;
        save(unit, Some(&old), &new, Happening::ItemStatusChanged, told)
    }
}

/// Forgets an item. That there was one of its kind stays known to policies of deletion.
#[derive(Debug, Clone, Serialize)]
pub struct RemoveItem {
    /// Which.
    pub item: ItemId,
}

impl Command for RemoveItem {
    type Done = ItemId;
    const ACTION: Option<Action> = Some(Action::ItemRemove);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ItemId> {
        let old = unit.look().item(self.item)?;
        unit.look().permit(Action::ItemRemove, About::Client(old.client))?;
        let mut tally = records::item::tally(&mut unit.write, old.client)?;
        tally.remove(&old);
        records::item::put_tally(&mut unit.write, old.client, &tally)?;
        records::item::remove(&mut unit.write, &old)?;
        note(unit, &old, Happening::ItemRemoved);
        Ok(old.id)
    }
}

/// The item that the host's own key names.
fn find(unit: &mut Unit<'_>, external: &ExternalId) -> Result<Option<Item>> {
    let practice = unit.context.practice()?;
    let found = records::index::find_external(&mut unit.write, practice, Noun::Item, external)?;
    match found {
        Some(id) => Ok(records::item::find(&mut unit.write, ItemId::from_uuid(id))?),
        None => Ok(None),
    }
}

fn recount(unit: &mut Unit<'_>, old: &Item, new: &Item) -> Result<()> {
    let mut tally = records::item::tally(&mut unit.write, old.client)?;
    tally.change(old, new)?;
    Ok(records::item::put_tally(&mut unit.write, old.client, &tally)?)
}

fn save(
    unit: &mut Unit<'_>,
    old: Option<&Item>,
    new: &Item,
    happening: Happening,
    told: Option<Kind>,
) -> Result<ItemId> {
    if !records::item::put(&mut unit.write, old, new)? {
        return Err(Refusal::ExternalIdTaken.into());
    }
    note(unit, new, happening);
    if let Some(kind) = told {
        tell::everyone(unit, new, kind)?;
    }
    Ok(new.id)
}

fn note(unit: &mut Unit<'_>, item: &Item, happening: Happening) {
    unit.touch(item.client);
    let note = Note::done(item.practice, happening, item.id).about(item.client);
    let note = note.with("kind", item.kind.as_str());
    unit.note(match &item.status {
        Some(status) => note.with("status", status.as_str()),
        None => note,
    });
}
