//! Batches and their rows, as their maker and admins read them.

use crate::commands::admit::Admit;
use crate::commands::look::{About, Look};
use crate::commands::{Page, SCANNED_MAX, cursor_key, page_of, page_size};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::{Actor, Who};
use crate::domain::batch::{Batch, BatchRow, Counts, How, Shown};
use crate::domain::id::{BatchId, PracticeId, StaffId};
use crate::domain::text::Reason;
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use crate::records::batch::Which;
use crate::store::StoreError;
use serde::Serialize;

/// A batch as a screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchView {
    /// Its id.
    pub id: BatchId,
    /// Its practice.
    pub practice: PracticeId,
    /// Who made it.
    pub maker: Who,
    /// For whom.
    pub on_behalf_of: Option<StaffId>,
    /// What each row sends.
    pub how: How,
    /// Where it stands.
    pub state: Shown,
    /// How many rows are what.
    pub counts: Counts,
    /// When rows that the limits held back may be sent.
    pub retry_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last worked on.
    pub updated_at: Timestamp,
    /// When it lapses, unless it is applied.
    pub lapses_at: Timestamp,
}

impl BatchView {
    /// What a batch looks like at a time.
    pub fn of(batch: Batch, now: Timestamp) -> Self {
        Self {
            state: batch.shown(now),
            lapses_at: batch.lapses_at(),
            id: batch.id,
            practice: batch.practice,
            maker: batch.maker,
            on_behalf_of: batch.on_behalf_of,
            how: batch.how,
            counts: batch.counts,
            retry_at: batch.retry_at,
            created_at: batch.created_at,
            updated_at: batch.updated_at,
        }
    }
}

/// Which rows a page shows.
pub type RowFilter = Which;

impl Admit {
    /// A batch of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn batch(&self, actor: &Actor, id: BatchId) -> Result<BatchView> {
        self.read_one(actor, Action::BatchRead, |look| {
            Ok(BatchView::of(read(look, id)?, look.now()))
        })
    }

    /// A batch as it is stored.
    pub(super) fn batch_of(&self, actor: &Actor, id: BatchId) -> Result<Batch> {
        self.read_one(actor, Action::BatchRead, |look| read(look, id))
    }

    /// The batches of the actor's practice, latest first; a practitioner's own alone.
    ///
    /// # Errors
    /// `Invalid` for a cursor that is none, and what the access table says.
    pub fn batches(
        &self,
        actor: &Actor,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<BatchView>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(actor, |look| {
            let standing = look.permit(Action::BatchRead, About::New)?;
            let sees_all = matches!(standing, Standing::Host | Standing::Admin);
            let (practice, who) = (look.context.practice()?, look.context.actor.who);
            let cursor = cursor.as_deref();
            let ids = records::batch::of_practice(look.read, practice, cursor, SCANNED_MAX)?;
            let mut found = Vec::new();
            for id in ids {
                let batch = records::batch::find(look.read, id)?.ok_or(StoreError::Damaged)?;
                if sees_all || batch.maker == who {
                    found.push((id.bytes().to_vec(), BatchView::of(batch, look.now())));
                }
                if found.len() > size {
                    break;
                }
            }
            Ok(page_of(found, size))
        })
    }

    /// The rows of a batch, in order.
    ///
    /// # Errors
    /// As `batch`; `Invalid` for a cursor that is none.
    pub fn batch_rows(
        &self,
        actor: &Actor,
        batch: BatchId,
        which: RowFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<BatchRow>> {
        let cursor = match cursor_key(after)? {
            None => None,
            Some(key) => match <[u8; 4]>::try_from(key.as_slice()) {
                Ok(place) => Some(u32::from_be_bytes(place)),
                Err(_) => return Err(Reason::NotACursor).field("after"),
            },
        };
        let size = page_size(limit);
        self.read(actor, |look| {
            let batch = read(look, batch)?.id;
            let mut found = Vec::new();
            for place in records::batch::places(look.read, batch, which, cursor, size + 1)? {
                let row = records::batch::find_row(look.read, batch, place)?;
                found.push((place.to_be_bytes().to_vec(), row.ok_or(StoreError::Damaged)?));
            }
            Ok(page_of(found, size))
        })
    }
}

fn read(look: &mut Look<'_>, id: BatchId) -> Result<Batch> {
    let batch = look.batch(id)?;
    look.permit(Action::BatchRead, About::Made(batch.maker))?;
    Ok(batch)
}
