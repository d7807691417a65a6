//! Confirming a plan: asked again, compared, and carried out.

use super::judge::{self, Case, Found, Judgement, live_login, ties};
use super::token::Claims;
use super::{erase, hold, schedule};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::{self, Note};
use crate::commands::staff_end::end_seat;
use crate::commands::unit::Unit;
use crate::commands::{login_change, plan_token, proxy};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::deletion::{Code, HostFacts, Subject};
use crate::domain::event::Happening;
use crate::domain::id::{EraseOrderId, HoldId, LoginId};
use crate::domain::login::Login;
use crate::domain::refusal::Refusal;
use crate::domain::script::Hook;
use crate::domain::text::IdempotencyKey;
use crate::domain::time::Timestamp;
use crate::error::{Error, InField, Result};
use crate::hooks::verdict::DeletionVerdict;
use crate::records;
use serde::{Deserialize, Serialize};

/// Carries out what a plan said.
#[derive(Serialize)]
struct ConfirmDeletion {
    token: String,
    host_facts: HostFacts,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmed {
    /// The client is erased here; the order is for the host's half.
    Erased(EraseOrderId),
    /// The login was removed, and the client or seat stays.
    LoginRemoved(LoginId),
    /// The seat ended, or the login's ties in this practice did.
    Left,
    /// The client is erased at this time, unless that is called off.
    Scheduled(Timestamp),
}

/// As `Confirmed`; or held, which is a refusal that keeps its hold.
#[derive(Serialize, Deserialize)]
enum Ended {
    Done(Confirmed),
    Held(HoldId),
}

impl Command for ConfirmDeletion {
    type Done = Ended;
    const ACTION: Option<Action> = Some(Action::DeletionConfirm);
    const POLICY: Option<Hook> = Some(Hook::Deletion);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Ended> {
        let claims: Claims =
            plan_token::read(unit.context, &self.token).ok_or(Refusal::NotFound)?;
        if records::deletion::is_used(&mut unit.write, &claims.plan)? {
            return Err(Refusal::AlreadyEnded.into());
        }
        if unit.now() >= claims.expires_at {
            return Err(Refusal::PlanExpired.into());
        }
        let case = Case::load(unit, claims.asked, Action::DeletionConfirm)?;
        let judged = case.judge(unit, &self.host_facts)?;
        if case.digest(unit, &judged, &self.host_facts)? != claims.made_of {
            return Err(Refusal::PlanChanged.into());
        }
        judge::hear(unit, claims.asked.subject, &self.host_facts)?;
        records::deletion::use_plan(&mut unit.write, &claims.plan, claims.expires_at)?;
        carry_out(unit, &case, judged)
    }

    /// What the host counts is kept though the plan no longer holds.
    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        if let Some(claims) = plan_token::read::<Claims>(unit.context, &self.token) {
            let found = match claims.asked.subject {
                Subject::Client(client) => unit.look().client(client).is_ok(),
                Subject::Staff(_) | Subject::Login(_) => false,
            };
            if found {
                judge::hear(unit, claims.asked.subject, &self.host_facts)?;
            }
        }
        audit::note_access_refused(unit, Self::ACTION, refusal)
    }
}

fn carry_out(unit: &mut Unit<'_>, case: &Case, judged: Judgement) -> Result<Ended> {
    let (by, version) = (unit.context.actor.who, judged.version);
    let confirmed = match (judged.verdict, &case.found) {
        (DeletionVerdict::Deny { reasons }, _) => return Err(Error::Denied(reasons)),
        (DeletionVerdict::Retain { ground }, Found::Client(client)) => {
            let ground = Code::parse(&ground).field("ground")?;
            let note = Note::done(client.practice, Happening::DeletionHeld, client.id);
            let note = note.about(client.id).with("ground", ground.as_str());
            unit.note(note.with("version", version).refused(Refusal::Held));
            return Ok(Ended::Held(hold::place(unit, client, ground, None)?));
        }
        (DeletionVerdict::Erase, Found::Client(client)) => {
            Confirmed::Erased(erase::client(unit, client, by, version)?)
        }
        (DeletionVerdict::Schedule { days }, Found::Client(client)) => {
            Confirmed::Scheduled(schedule::put_off(unit, client, days, version)?)
        }
        (DeletionVerdict::RemoveLogin, found) => {
            let login = found.login(unit)?.ok_or(Refusal::PlanChanged)?;
            login_change::remove(unit, &login)?;
            Confirmed::LoginRemoved(login.id)
        }
        (DeletionVerdict::Leave, Found::Staff(seat)) => {
            end_seat(unit, seat, None)?;
            Confirmed::Left
        }
        (DeletionVerdict::Leave, Found::Login(login)) => end_ties(unit, case, login)?,
        _ => return Err(Refusal::PlanChanged.into()),
    };
    Ok(Ended::Done(confirmed))
}

impl Found {
    /// The login that is removed where that is the verdict.
    pub(super) fn login(&self, unit: &mut Unit<'_>) -> Result<Option<Login>> {
        match self {
            Self::Client(client) => live_login(unit, client),
            Self::Login(login) => Ok(Some((**login).clone())),
            Self::Staff(seat) => match seat.login {
                Some(login) => Ok(records::login::find(&mut unit.write, login)?),
                None => Ok(None),
            },
        }
    }
}

/// Ends the ties of a login in the practice; then it is signed out, if it holds no seat there.
fn end_ties(unit: &mut Unit<'_>, case: &Case, login: &Login) -> Result<Confirmed> {
    let now = unit.now();
    for tie in ties(unit, login, &case.practice)? {
        proxy::end(unit, &tie.end(now)?)?;
    }
    Ok(Confirmed::Left)
}

impl Admit {
    /// Carries out a plan, by the actor who made it. The host states its counts again.
    ///
    /// # Errors
    /// `NotFound` for a token that was not made for this actor; `AlreadyEnded` for a used one;
    /// `PlanExpired` after 15 minutes; `PlanChanged` where the subject, the practice's settings, the
    /// script in force, the host's counts or the verdict differ; `Denied` with the reasons where
    /// the verdict is no; `Held` where the policy retains it, and a hold is placed; what the access
    /// table says.
    pub fn confirm_deletion(
        &self,
        actor: &Actor,
        token: &str,
        host_facts: &HostFacts,
        key: Option<&IdempotencyKey>,
    ) -> Result<Confirmed> {
        let (token, host_facts) = (token.to_owned(), host_facts.clone());
        match self.run(actor, ConfirmDeletion { token, host_facts }, key)? {
            Ended::Done(confirmed) => Ok(confirmed),
            Ended::Held(_) => Err(Refusal::Held.into()),
        }
    }
}
