//! Confirming: the practice closes at once, and its rows are left to upkeep.

use super::{Claims, Counts};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::look::About;
use crate::commands::plan_token;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::erasure::Erasure;
use crate::domain::event::Happening;
use crate::domain::id::{Noun, PracticeId};
use crate::domain::refusal::Refusal;
use crate::domain::text::IdempotencyKey;
use crate::error::Result;
use crate::records;
use serde::Serialize;

#[derive(Serialize)]
struct ConfirmErasure {
    token: String,
    /// What is there now; not part of the request.
    #[serde(skip)]
    counts: Counts,
}

impl Command for ConfirmErasure {
    type Done = PracticeId;
    const ACTION: Option<Action> = Some(Action::PracticeErase);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<PracticeId> {
        unit.look().permit(Action::PracticeErase, About::Practice)?;
        let practice = unit.look().practice()?;
        let claims: Claims =
            plan_token::read(unit.context, &self.token).ok_or(Refusal::NotFound)?;
        if claims.practice != practice.id {
            return Err(Refusal::NotFound.into());
        }
        let now = unit.now();
        if now >= claims.expires_at {
            return Err(Refusal::PlanExpired.into());
        }
        if claims.revision != practice.revision || claims.counts != self.counts {
            return Err(Refusal::PlanChanged.into());
        }
        if !records::deletion::standing(&mut unit.write, practice.id, 1)?.is_empty() {
            return Err(Refusal::Held.into());
        }
        let reason = unit.context.actor.source.reason.clone();
        let mut erasure = Erasure {
            practice: practice.id,
            portal: practice.portal,
            reason: reason.ok_or(Refusal::ReasonRequired)?,
            planned: claims.counts,
            gone: Counts::new(),
            closed_at: now,
            erased_at: None,
        };
        erasure.count(Noun::Practice, 1);
        records::practice::remove(&mut unit.write, &practice)?;
        records::erasure::put(&mut unit.write, &erasure)?;
        records::erasure::go_on_at(&mut unit.write, practice.id, now)?;
        unit.note(Note::done(practice.id, Happening::PracticeEnded, practice.id));
        Ok(practice.id)
    }
}

impl Admit {
    /// Ends the actor's practice, as the host planned: from now on nothing in it is found, its
    /// external id is free, and upkeep erases it. This cannot be called off.
    ///
    /// A plan is used once, for afterwards there is no practice. What counts is that nothing was
    /// added or removed since the plan; suspend a practice that is in use before.
    ///
    /// # Errors
    /// `NotFound` for a token that was not made for this actor, and for a practice that was ended;
    /// `PlanExpired` after 15 minutes; `PlanChanged` where the practice or a count is not as
    /// planned; `Held` while a hold stands on one of its clients; what the access table says.
    pub fn confirm_practice_erasure(
        &self,
        actor: &Actor,
        token: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<PracticeId> {
        // Where the practice is gone, the same key still gives the first answer.
        let counts = self.counted(actor)?;
        self.run(actor, ConfirmErasure { token: token.to_owned(), counts }, key)
    }
}
