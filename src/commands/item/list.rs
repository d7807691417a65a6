//! Reading items.

use crate::commands::admit::Admit;
use crate::commands::look::{About, Look};
use crate::commands::{Page, SCANNED_MAX, cursor_key, page_of, page_size};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::id::{ClientId, ItemId, Noun};
use crate::domain::item::{Item, Word};
use crate::domain::refusal::Refusal;
use crate::domain::text::ExternalId;
use crate::error::Result;
use crate::records;

/// Which items of a client; what is named must all hold.
#[derive(Debug, Clone, Default)]
pub struct ItemFilter {
    /// Of which kind.
    pub kind: Option<Word>,
    /// In which status.
    pub status: Option<Word>,
}

impl ItemFilter {
    fn shows(&self, item: &Item) -> bool {
        self.kind.as_ref().is_none_or(|kind| *kind == item.kind)
            && self.status.as_ref().is_none_or(|status| item.status.as_ref() == Some(status))
    }
}

impl Admit {
    /// An item of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn item(&self, actor: &Actor, id: ItemId) -> Result<Item> {
        self.read_one(actor, Action::ItemRead, |look| permitted(look, id))
    }

    /// An item, found by the host's own key.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn item_by_external_id(&self, actor: &Actor, external: &ExternalId) -> Result<Item> {
        self.read_one(actor, Action::ItemRead, |look| {
            let practice = look.context.practice()?;
            let noun = Noun::Item;
            let found = records::index::find_external(look.read, practice, noun, external)?;
            permitted(look, ItemId::from_uuid(found.ok_or(Refusal::NotFound)?))
        })
    }

    /// The items of a client, newest first.
    ///
    /// # Errors
    /// `NotFound`, what the access table says; `Invalid` for a cursor that is none.
    pub fn items(
        &self,
        actor: &Actor,
        client: ClientId,
        filter: &ItemFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<Item>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read_one(actor, Action::ItemRead, |look| {
            let client = look.client(client)?.id;
            look.permit(Action::ItemRead, About::Client(client))?;
            let cursor = cursor.as_deref();
            let found = records::item::of_client(look.read, client, cursor, SCANNED_MAX)?;
            let shown = found.into_iter().filter(|item| filter.shows(item)).take(size + 1);
            Ok(page_of(shown.map(|item| (item.id.bytes().to_vec(), item)).collect(), size))
        })
    }
}

fn permitted(look: &mut Look<'_>, id: ItemId) -> Result<Item> {
    let item = look.item(id)?;
    look.permit(Action::ItemRead, About::Client(item.client))?;
    Ok(item)
}
