//! The steps by which a seat or login reaches a client, or does not.

use super::words;
use crate::commands::admit::Admit;
use crate::commands::look::{About, Look};
use crate::domain::access::{Action, Step, StepKind};
use crate::domain::actor::{Actor, Who};
use crate::domain::grant::{Grant, Grantee};
use crate::domain::id::{ClientId, LoginId, Noun, StaffId, Thing};
use crate::domain::refusal::Refusal;
use crate::error::{Error, Result};
use crate::records;
use serde::Serialize;

/// One step of the way, in words and data. Its `Debug` leaves the words out, which name people.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AccessStep {
    /// What was asked.
    pub kind: StepKind,
    /// Of what: the seat, login, grant, room, proxy or client.
    pub thing: Option<Thing>,
    /// Whether it holds.
    pub holds: bool,
    /// The rule that says no here, if it is this step that ends the way.
    pub refusal: Option<Refusal>,
    /// One plain English sentence.
    pub words: String,
}

impl std::fmt::Debug for AccessStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("AccessStep");
        shown.field("kind", &self.kind).field("thing", &self.thing);
        shown.field("holds", &self.holds).field("refusal", &self.refusal).finish_non_exhaustive()
    }
}

/// Why a seat or login reaches a client, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// Whether it reads the client now.
    pub reaches: bool,
    /// The first rule that says no.
    pub refusal: Option<Refusal>,
    /// What was asked, in the order in which it was decided.
    pub steps: Vec<AccessStep>,
}

/// Who acts as a seat, or as a login in its present session.
pub(super) fn acting(look: &mut Look<'_>, who: Thing) -> Result<Who> {
    match who.noun {
        Noun::Staff => Ok(Who::Staff(look.staff(StaffId::from_uuid(who.id))?.id)),
        Noun::Login => {
            let login = look.login(LoginId::from_uuid(who.id))?;
            Ok(Who::Login { id: login.id, epoch: login.epoch })
        }
        _ => Err(Refusal::NotFound.into()),
    }
}

/// Asks the access table as somebody else, and gives its answer with the steps.
pub(super) fn asked_as(
    look: &mut Look<'_>,
    who: Who,
    client: ClientId,
) -> Result<(Option<Refusal>, Vec<Step>)> {
    let context = look.context.seen_by(who);
    let mut seen = Look { read: &mut *look.read, context: &context };
    let refusal = match seen.permit(Action::ClientRead, About::Client(client)) {
        Ok(_) => None,
        Err(Error::Refused(refusal)) => Some(refusal),
        Err(fault) => return Err(fault),
    };
    Ok((refusal, context.trail.steps()))
}

/// The grants that opened the chart to a seat once and do not any more, oldest first.
fn closed(look: &mut Look<'_>, staff: StaffId, client: ClientId) -> Result<Vec<Grant>> {
    let rooms = records::room::of_member(look.read, staff.into())?;
    let now = look.now();
    let mut found = records::grant::of_client(look.read, client)?;
    found.retain(|grant| {
        let is_its = match grant.grantee {
            Grantee::Staff(other) => other == staff,
            Grantee::Room(room) => rooms.contains(&room),
        };
        is_its && !grant.is_live(now)
    });
    Ok(found)
}

impl Admit {
    /// Why a seat or a login of the practice reaches a client, or why not: the steps of the very
    /// decision, as it would fall now, up to the first refusal. What was open once and is not any
    /// more stands among them.
    ///
    /// # Errors
    /// `NotFound`, for what is neither a seat nor a login too; what the access table says to the
    /// one who asks.
    pub fn access_why(&self, actor: &Actor, who: Thing, client: ClientId) -> Result<Why> {
        self.read_one(actor, Action::AccessRead, |look| {
            let client = look.client(client)?;
            look.permit(Action::AccessRead, About::Client(client.id))?;
            let acting = acting(look, who)?;
            let (refusal, decided) = asked_as(look, acting, client.id)?;
            let mut steps = Vec::new();
            for step in decided {
                let is_shut = step.kind == StepKind::Grant && !step.holds;
                if let (true, Who::Staff(staff)) = (is_shut, acting) {
                    for grant in closed(look, staff, client.id)? {
                        let thing = Some(grant.id.into());
                        let told = Step { thing, ..step };
                        steps.push(words::step(look, acting, &client, told)?);
                    }
                }
                steps.push(words::step(look, acting, &client, step)?);
            }
            Ok(Why { reaches: refusal.is_none(), refusal, steps })
        })
    }
}
