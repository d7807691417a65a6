//! The plan: what would go with a practice, and what is in the way.

use super::{Claims, Counts, count};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::look::About;
use crate::commands::plan_token;
use crate::commands::unit::Unit;
use crate::commands::unless_refused;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::deletion::PLAN_LIFETIME;
use crate::domain::event::Happening;
use crate::domain::id::{HoldId, PracticeId};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use serde::{Deserialize, Serialize};

/// How many of the holds in the way a plan names.
const HOLDS_NAMED: usize = 100;

/// What would go with a practice, and the token that confirms it. The token is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasurePlan {
    /// The practice.
    pub practice: PracticeId,
    /// How many rows of each noun would go.
    pub would_go: Counts,
    /// The first holds in the way; while one stands, nothing is erased.
    pub holds: Vec<HoldId>,
    /// Confirms the plan, once, by the same actor.
    #[serde(skip)]
    pub token: String,
    /// Until when.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for ErasurePlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErasurePlan").field("would_go", &self.would_go).finish_non_exhaustive()
    }
}

/// Makes the token for what was counted.
#[derive(Serialize)]
struct PlanErasure {
    counts: Counts,
}

impl Command for PlanErasure {
    type Done = ErasurePlan;
    const ACTION: Option<Action> = Some(Action::PracticeErase);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ErasurePlan> {
        unit.look().permit(Action::PracticeErase, About::Practice)?;
        let practice = unit.look().practice()?;
        let expires_at = unit.now().plus(PLAN_LIFETIME);
        let claims = Claims {
            practice: practice.id,
            revision: practice.revision,
            counts: self.counts.clone(),
            plan: unit.random(),
            expires_at,
        };
        let holds = records::deletion::standing(&mut unit.write, practice.id, HOLDS_NAMED)?;
        let note = Note::done(practice.id, Happening::PracticeErasurePlanned, practice.id);
        let rows: u64 = self.counts.values().copied().map(u64::from).sum();
        unit.note(note.with("rows", rows).with("holds", holds.len()));
        let token = plan_token::issue(unit.context, &claims)?;
        let would_go = claims.counts;
        Ok(ErasurePlan { practice: practice.id, would_go, holds, token, expires_at })
    }
}

impl Admit {
    /// Says what would go with the actor's practice, for the host with a reason. Nothing but the
    /// event is written. The counting looks at all of the practice, on a snapshot.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn plan_practice_erasure(&self, actor: &Actor) -> Result<ErasurePlan> {
        let counts = self.counted(actor)?;
        self.run(actor, PlanErasure { counts }, None)
    }

    /// What the practice has; nothing for an actor that may not know, whom the write refuses.
    pub(super) fn counted(&self, actor: &Actor) -> Result<Counts> {
        let context = self.context(actor)?;
        let counted = self.look_in(&context, |look| {
            look.permit(Action::PracticeErase, About::Practice)?;
            let practice = look.context.practice()?;
            count::of_practice(look, practice)
        });
        Ok(unless_refused(counted)?.unwrap_or_default())
    }
}
