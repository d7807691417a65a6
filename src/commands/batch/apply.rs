//! Applying: the open rows are judged again and sent, each once.

use super::{BatchView, Progress, sending, skip};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::invitation::{self, CHUNK, Row};
use crate::commands::look::About;
use crate::commands::policy;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::batch::{Applied, Batch, BatchRow, Mailed, Skip, Stage};
use crate::domain::event::Happening;
use crate::domain::id::BatchId;
use crate::domain::refusal::Refusal;
use crate::domain::script::Hook;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use crate::records::batch::Which;
use crate::store::StoreError;
use serde::{Deserialize, Serialize};

/// Sends the next rows.
#[derive(Serialize)]
struct SendRows {
    batch: BatchId,
    after: Option<u32>,
}

/// What one commit left.
#[derive(Serialize, Deserialize)]
pub(super) struct Slice {
    pub batch: Batch,
    /// The last row that was looked at; None at the end.
    pub last: Option<u32>,
}

impl Command for SendRows {
    type Done = Slice;
    const ACTION: Option<Action> = Some(Action::InvitationPlan);
    const POLICY: Option<Hook> = Some(Hook::Invitation);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Slice> {
        let old = unit.look().batch(self.batch)?;
        unit.look().permit(Action::InvitationPlan, About::Made(old.maker))?;
        let now = unit.now();
        let mut new = old.clone().apply(now)?;
        if new.stage == Stage::Applied {
            return Ok(Slice { batch: new, last: None });
        }
        let places =
            records::batch::places(&mut unit.write, new.id, Which::Open, self.after, CHUNK)?;
        if self.after.is_none() {
            new.retry_at = None;
        }
        let mut failed = false;
        for place in &places {
            let row = records::batch::find_row(&mut unit.write, new.id, *place)?;
            let row = row.ok_or(StoreError::Damaged)?;
            let sent = send(unit, &new, row.clone())?;
            failed |= sent.waits == Some(Skip::Refused(Refusal::PolicyFailed));
            records::batch::put_row(&mut unit.write, new.id, Some(&row), &sent)?;
            count(&mut new, &sent, now);
        }
        if unit.context.book.is_waiting() {
            return Err(Refusal::Conflict.into());
        }
        if failed {
            policy::note_failures(unit)?;
        }
        new.updated_at = now;
        if new.counts.open == 0 {
            new.stage = Stage::Applied;
        }
        let last = places.last().copied().filter(|_| places.len() == CHUNK);
        records::batch::put(&mut unit.write, Some(&old), &new)?;
        let note = Note::done(new.practice, Happening::BatchApplied, new.id);
        let note = note.with("invited", new.counts.invited).with("renewed", new.counts.renewed);
        unit.note(note.with("skipped", new.counts.skipped).with("open", new.counts.open));
        Ok(Slice { batch: new, last })
    }
}

fn send(unit: &mut Unit<'_>, batch: &Batch, row: BatchRow) -> Result<BatchRow> {
    let outcome = match row.client {
        Some(client) => invitation::outcome(unit, &sending(&batch.how, client))?,
        // Erased since it was planned.
        None => Row::Skipped(Refusal::NotFound),
    };
    if let Row::Sent(sent) = outcome {
        let mailed = Mailed {
            invitation: sent.invitation,
            generation: sent.generation,
            is_renewed: sent.is_renewed,
        };
        return Ok(BatchRow { waits: None, applied: Some(Applied::Sent(mailed)), ..row });
    }
    Ok(match skip(outcome) {
        Some(waits) if waits.passes() => BatchRow { waits: Some(waits), ..row },
        Some(skip) => BatchRow { waits: None, applied: Some(Applied::Skipped(skip)), ..row },
        None => row,
    })
}

fn count(batch: &mut Batch, row: &BatchRow, now: Timestamp) {
    let counts = &mut batch.counts;
    match &row.applied {
        Some(Applied::Sent(Mailed { is_renewed: true, .. })) => counts.renewed += 1,
        Some(Applied::Sent(_)) => counts.invited += 1,
        Some(Applied::Skipped(_)) => counts.skipped += 1,
        None => {
            let wait = row.why().and_then(Skip::refusal).and_then(Refusal::retry_after);
            let at = wait.map(|wait| now.plus(wait));
            // The first of them may be sent then.
            batch.retry_at = batch.retry_at.into_iter().chain(at).min();
            return;
        }
    }
    counts.open = counts.open.saturating_sub(1);
}

impl Admit {
    /// Applies a batch, or goes on with one: judges each open row again and sends it, a thousand a
    /// commit. What the limits hold back (RULES S36), and what a failing script did, stays open for
    /// a later call. One that is applied stays as it is.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says; `PlanExpired`, `AlreadyEnded`,
    /// `StatusNotAllowed` as `Batch::apply`. What ails one row is its own outcome.
    pub fn apply_batch(
        &self,
        actor: &Actor,
        batch: BatchId,
        progress: Option<Progress<'_>>,
    ) -> Result<BatchView> {
        let mut after = None;
        loop {
            let slice = self.run(actor, SendRows { batch, after }, None)?;
            let (done, total) = slice.batch.progress();
            let goes_on = progress.is_none_or(|progress| progress(done.into(), total.into()));
            after = slice.last;
            if after.is_none() || !goes_on {
                return self.batch(actor, batch);
            }
        }
    }
}
