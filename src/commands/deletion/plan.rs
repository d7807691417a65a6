//! The plan: what the policy says, what would go, and the token that confirms it.

use super::hanging;
use super::judge::{self, Asked, Case};
use super::token::Claims;
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::unit::Unit;
use crate::commands::{plan_token, policy};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::deletion::{HostFacts, PLAN_LIFETIME, Subject};
use crate::domain::event::Happening;
use crate::domain::id::{Noun, Thing};
use crate::domain::script::{Hook, Version};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::hooks::request::Wanted;
use crate::hooks::verdict::{DeletionVerdict, Reason};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Asks what may be deleted, and changes nothing of the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanDeletion {
    /// Whom it is about.
    pub subject: Subject,
    /// What is wanted.
    pub wanted: Wanted,
    /// What the host itself counts of the subject.
    pub host_facts: HostFacts,
}

/// What may be done, and the token that confirms it. The token is shown this once, and its `Debug`
/// stays away.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What may be done.
    pub verdict: DeletionVerdict,
    /// What would go of each noun, or end.
    pub would_go: BTreeMap<Noun, u32>,
    /// Which policy decided.
    pub version: Version,
    /// Confirms the plan, once, by the same actor.
    #[serde(skip)]
    pub token: String,
    /// Until when.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan").field("verdict", &self.verdict).finish_non_exhaustive()
    }
}

impl Plan {
    /// Why not, where the verdict is no.
    pub fn reasons(&self) -> &[Reason] {
        match &self.verdict {
            DeletionVerdict::Deny { reasons } => reasons,
            _ => &[],
        }
    }
}

impl Command for PlanDeletion {
    type Done = Plan;
    const ACTION: Option<Action> = Some(Action::DeletionPlan);
    const POLICY: Option<Hook> = Some(Hook::Deletion);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Plan> {
        let asked = Asked { subject: self.subject, wanted: self.wanted };
        let case = Case::load(unit, asked, Action::DeletionPlan)?;
        let judged = case.judge(unit, &self.host_facts)?;
        let expires_at = unit.now().plus(PLAN_LIFETIME);
        let claims = Claims {
            asked,
            plan: unit.random(),
            expires_at,
            made_of: case.digest(unit, &judged, &self.host_facts)?,
        };
        let plan = Plan {
            would_go: hanging::would_go(unit, &case, &judged.verdict)?,
            version: judged.version,
            token: plan_token::issue(unit.context, &claims)?,
            expires_at,
            verdict: judged.verdict,
        };
        judge::hear(unit, self.subject, &self.host_facts)?;
        policy::note_failures(unit)?;
        unit.note(note(&case, &plan));
        Ok(plan)
    }
}

fn note(case: &Case, plan: &Plan) -> Note {
    let subject = Thing::from(case.asked.subject);
    let note = Note::done(case.practice.id, Happening::DeletionPlanned, subject).about(subject);
    let note = note
        .with("wanted", case.asked.wanted.word())
        .with("verdict", plan.verdict.word())
        .with("version", plan.version);
    match &plan.verdict {
        DeletionVerdict::Deny { reasons } => {
            let codes: Vec<_> = reasons.iter().map(|reason| reason.code.as_str()).collect();
            note.with("codes", codes.join(" "))
        }
        DeletionVerdict::Retain { ground } => note.with("ground", ground),
        DeletionVerdict::Schedule { days } => note.with("days", days),
        _ => note,
    }
}

impl Admit {
    /// Says what may be deleted of a subject, and what would go. Nothing is written but the event,
    /// and what the host counts of a client: policies go on knowing of it.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says. A no of the policy, its failure or a hold is a
    /// verdict, not an error.
    pub fn plan_deletion(&self, actor: &Actor, plan: &PlanDeletion) -> Result<Plan> {
        self.run(actor, plan.clone(), None)
    }
}
