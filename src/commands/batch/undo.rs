//! Undoing: what a batch sent and nobody took up or sent again since is revoked.

use super::apply::Slice;
use super::{BatchView, Progress};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::ending;
use crate::commands::invitation::{CHUNK, subject};
use crate::commands::look::About;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::batch::{Mailed, Stage, Undone};
use crate::domain::event::Happening;
use crate::domain::id::BatchId;
use crate::domain::invitation::State;
use crate::domain::refusal::Refusal;
use crate::error::{Error, Result};
use crate::records;
use crate::records::batch::Which;
use crate::store::StoreError;
use serde::Serialize;

/// Revokes what the next rows sent.
#[derive(Serialize)]
struct RevokeRows {
    batch: BatchId,
    renewed_too: bool,
    after: Option<u32>,
}

impl Command for RevokeRows {
    type Done = Slice;
    const ACTION: Option<Action> = Some(Action::InvitationPlan);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Slice> {
        let old = unit.look().batch(self.batch)?;
        unit.look().permit(Action::InvitationPlan, About::Made(old.maker))?;
        let places =
            records::batch::places(&mut unit.write, old.id, Which::Mailed, self.after, CHUNK)?;
        if places.is_empty() && old.stage == Stage::Undone {
            return Ok(Slice { batch: old, last: None });
        }
        let mut new = old.clone();
        for place in &places {
            let row = records::batch::find_row(&mut unit.write, new.id, *place)?;
            let row = row.ok_or(StoreError::Damaged)?;
            let Some(mailed) = row.mailed() else { continue };
            if mailed.is_renewed && !self.renewed_too {
                continue;
            }
            let undone = undo(unit, mailed)?;
            match undone {
                Undone::Revoked => new.counts.revoked += 1,
                Undone::Kept(_) => new.counts.kept += 1,
            }
            let undone = crate::domain::batch::BatchRow { undone: Some(undone), ..row.clone() };
            records::batch::put_row(&mut unit.write, new.id, Some(&row), &undone)?;
        }
        let last = places.last().copied().filter(|_| places.len() == CHUNK);
        new.stage = if last.is_some() { Stage::Undoing } else { Stage::Undone };
        new.retry_at = None;
        new.updated_at = unit.now();
        records::batch::put(&mut unit.write, Some(&old), &new)?;
        let note = Note::done(new.practice, Happening::BatchUndone, new.id);
        unit.note(note.with("revoked", new.counts.revoked).with("kept", new.counts.kept));
        Ok(Slice { batch: new, last })
    }
}

fn undo(unit: &mut Unit<'_>, mailed: Mailed) -> Result<Undone> {
    // Gone with its client.
    let found = records::invitation::find(&mut unit.write, mailed.invitation)?;
    let Some(invitation) = found else { return Ok(Undone::Kept(Refusal::NotFound)) };
    match unit.look().permit(Action::InvitationRevoke, About::Invitation(&invitation)) {
        Ok(_) => {}
        Err(Error::Refused(refusal)) => return Ok(Undone::Kept(refusal)),
        Err(fault) => return Err(fault),
    }
    if invitation.state != State::Pending {
        return Ok(Undone::Kept(Refusal::InvitationClosed));
    }
    // Somebody sent it again since, and meant to.
    if invitation.generation != mailed.generation {
        return Ok(Undone::Kept(Refusal::LinkSuperseded));
    }
    let about = subject(&invitation);
    ending::revoke(unit, vec![invitation], about, Happening::BatchUndone)?;
    Ok(Undone::Revoked)
}

impl Admit {
    /// Undoes a batch, or goes on with it: revokes what it sent and is still open, a thousand a
    /// commit, and sends nothing of it any more. What was only renewed by it is left, unless asked
    /// for: its earlier link is dead already, and whoever had it would have none.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says. What keeps one row is its own outcome.
    pub fn undo_batch(
        &self,
        actor: &Actor,
        batch: BatchId,
        renewed_too: bool,
        progress: Option<Progress<'_>>,
    ) -> Result<BatchView> {
        let mut after = None;
        loop {
            let slice = self.run(actor, RevokeRows { batch, renewed_too, after }, None)?;
            let counts = slice.batch.counts;
            let (done, total) = (counts.revoked + counts.kept, counts.invited + counts.renewed);
            let goes_on = progress.is_none_or(|progress| progress(done.into(), total.into()));
            after = slice.last;
            if after.is_none() || !goes_on {
                return self.batch(actor, batch);
            }
        }
    }
}
