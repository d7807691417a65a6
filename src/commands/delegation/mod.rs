//! Delegations: a practitioner lets an assistant act for it, and ends that again.

mod assistant;
mod list;

pub use assistant::{AssistantInvited, InviteAssistant};
pub use list::{DelegationFilter, DelegationView};

use super::admit::Command;
use super::audit::Note;
use super::look::{About, Look};
use super::notice::{self, Notice};
use super::unit::Unit;
use super::{SCANNED_MAX, ending, require_ahead};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::Who;
use crate::domain::delegation::{CLIENTS_MAX, Clients, DELEGATIONS_MAX, Delegation};
use crate::domain::event::Happening;
use crate::domain::id::{DelegationId, StaffId};
use crate::domain::message::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Role, Staff, Status};
use crate::domain::text::{Line, Reason};
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use serde::Serialize;

/// What is delegated. It is not changed later: a delegation is ended, and another one given.
#[derive(Debug, Clone, Serialize)]
pub struct Terms {
    /// In what the assistant acts; none is all that can be delegated. Reading comes along.
    pub actions: Vec<Action>,
    /// For which clients, at most 100 by name; each is open to the practitioner.
    pub clients: Clients,
    /// Why.
    pub reason: Option<Line>,
    /// When it ends by itself.
    pub ends_at: Option<Timestamp>,
}

/// Lets an assistant act for a practitioner, who gives it to assistants of its own alone: those
/// whom it invited, or who have acted for it before.
#[derive(Debug, Clone, Serialize)]
pub struct GiveDelegation {
    /// Who acts.
    pub assistant: StaffId,
    /// For whom; None is the seat that the actor acts for.
    pub practitioner: Option<StaffId>,
    /// What.
    pub terms: Terms,
}

impl Command for GiveDelegation {
    type Done = DelegationId;
    const ACTION: Option<Action> = Some(Action::DelegationGive);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<DelegationId> {
        let practitioner = practitioner(unit, self.practitioner)?;
        let assistant = unit.look().staff(self.assistant)?;
        let standing = unit.look().permit(Action::DelegationGive, About::Staff(practitioner.id))?;
        require_own(&mut unit.look(), standing, practitioner.id, assistant.id)?;
        give(unit, &practitioner, &assistant, &self.terms)
    }
}

/// The practitioner who is named, else the seat that the actor acts for.
fn practitioner(unit: &mut Unit<'_>, named: Option<StaffId>) -> Result<Staff> {
    let id = named.or(unit.context.actor.seat());
    unit.look().staff(id.ok_or(Reason::Missing).field("practitioner_id")?)
}

/// Holds that a practitioner gives to an assistant of its own, and not to a colleague's.
pub(super) fn require_own(
    look: &mut Look<'_>,
    standing: Standing,
    practitioner: StaffId,
    assistant: StaffId,
) -> Result<()> {
    if standing != Standing::Practitioner || look.has_invited_assistant(practitioner, assistant)? {
        return Ok(());
    }
    for id in records::delegation::of_seat(look.read, assistant, None, SCANNED_MAX)? {
        let known = look.delegation(id)?;
        if known.assistant == assistant && known.practitioner == practitioner {
            return Ok(());
        }
    }
    Err(Refusal::NotPermitted.into())
}

/// Gives a delegation, once permitted.
fn give(
    unit: &mut Unit<'_>,
    practitioner: &Staff,
    assistant: &Staff,
    terms: &Terms,
) -> Result<DelegationId> {
    require_role(practitioner, Role::Practitioner, "practitioner_id")?;
    require_role(assistant, Role::Assistant, "assistant_id")?;
    let now = unit.now();
    require_ahead(terms.ends_at, now, "ends_at")?;
    require_terms(unit, practitioner, terms)?;
    let given = records::delegation::between(&mut unit.write, assistant.id, practitioner.id)?;
    if given.iter().any(|it| it.is_open(now)) {
        return Err(Refusal::DelegationExists.into());
    }
    for seat in [assistant.id, practitioner.id] {
        if records::delegation::open_of(&mut unit.write, seat)?.len() >= DELEGATIONS_MAX {
            return Err(Refusal::LimitReached.into());
        }
    }
    let mut actions = terms.actions.clone();
    actions.sort_by_key(|action| *action as usize);
    actions.dedup();
    let delegation = Delegation {
        id: unit.new_id(),
        practice: unit.context.practice()?,
        assistant: assistant.id,
        practitioner: practitioner.id,
        actions,
        clients: terms.clients.clone(),
        reason: terms.reason.clone(),
        given_by: unit.context.actor.who,
        ends_at: terms.ends_at,
        ended_at: None,
        cleared_at: None,
        created_at: now,
    };
    save(unit, &delegation)?;
    let note = note(&delegation, Happening::DelegationGiven);
    let reason = terms.reason.as_ref();
    unit.note(match reason {
        Some(reason) => note.of_person(assistant.id.into(), "reason", reason.as_str()),
        None => note,
    });
    tell(unit, &delegation, Kind::DelegationGiven)?;
    Ok(delegation.id)
}

fn require_role(seat: &Staff, role: Role, field: &'static str) -> Result<()> {
    if seat.role != role {
        return Err(Reason::WrongRole).field(field);
    }
    if seat.status == Status::Ended { Err(Refusal::AlreadyEnded.into()) } else { Ok(()) }
}

fn require_terms(unit: &mut Unit<'_>, practitioner: &Staff, terms: &Terms) -> Result<()> {
    if !terms.actions.iter().all(|action| action.is_delegable()) {
        return Err(Reason::Unknown).field("actions");
    }
    let Clients::Only(named) = &terms.clients else { return Ok(()) };
    if named.is_empty() {
        return Err(Reason::Empty).field("client_ids");
    }
    if named.len() > CLIENTS_MAX {
        return Err(Reason::TooMany { max: CLIENTS_MAX }).field("client_ids");
    }
    for client in named {
        let client = unit.look().client(*client)?;
        if !unit.look().is_open_to(practitioner.id, client.id)? {
            return Err(Refusal::NotPermitted.into());
        }
    }
    Ok(())
}

/// Writes a delegation, and touches both seats.
pub(super) fn save(unit: &mut Unit<'_>, delegation: &Delegation) -> Result<()> {
    unit.touch(delegation.assistant);
    unit.touch(delegation.practitioner);
    Ok(records::delegation::put(&mut unit.write, delegation)?)
}

fn note(delegation: &Delegation, happening: Happening) -> Note {
    let note = Note::done(delegation.practice, happening, delegation.id);
    note.about(delegation.assistant).with("practitioner", delegation.practitioner)
}

/// Tells both sides, but the one that did it, whoever has left, and an assistant who has not
/// accepted: that one hears by its invitation.
fn tell(unit: &mut Unit<'_>, delegation: &Delegation, kind: Kind) -> Result<()> {
    let (assistant, practitioner) = (delegation.assistant, delegation.practitioner);
    // Upkeep stands in no practice.
    let assistant = records::staff::find(&mut unit.write, assistant)?;
    let practitioner = records::staff::find(&mut unit.write, practitioner)?;
    let (Some(assistant), Some(practitioner)) = (assistant, practitioner) else { return Ok(()) };
    for (seat, other) in [(&assistant, &practitioner), (&practitioner, &assistant)] {
        let waits = seat.role == Role::Assistant && seat.login.is_none();
        let did_it = unit.context.actor.who == Who::Staff(seat.id);
        let is_told = !waits && !did_it && seat.status != Status::Ended;
        if let Some(to) = notice::to_staff(seat).filter(|_| is_told) {
            notice::post(unit, Notice::plain(kind, delegation.practice, to, other.id))?;
        }
    }
    Ok(())
}

/// Ends a delegation. An assistant who has not accepted and acts for nobody else loses the
/// practitioner's invitation with it.
#[derive(Debug, Clone, Serialize)]
pub struct EndDelegation {
    /// Which.
    pub delegation: DelegationId,
}

impl Command for EndDelegation {
    type Done = DelegationId;
    const ACTION: Option<Action> = Some(Action::DelegationEnd);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<DelegationId> {
        let old = unit.look().delegation(self.delegation)?;
        unit.look().permit(Action::DelegationEnd, About::Delegation(&old))?;
        let new = old.end(unit.now())?;
        over(unit, &new, Happening::DelegationEnded, None)?;
        let now = unit.now();
        let seat = unit.look().staff(new.assistant)?;
        let left = records::delegation::open_of(&mut unit.write, seat.id)?;
        if seat.login.is_none() && !left.iter().any(|it| it.is_open(now)) {
            let by = new.practitioner;
            ending::seat_offers_of(unit, seat.id, by, Happening::DelegationEnded)?;
        }
        Ok(new.id)
    }
}

/// Writes that a delegation is over, and tells both sides.
fn over(
    unit: &mut Unit<'_>,
    delegation: &Delegation,
    happening: Happening,
    cause: Option<Happening>,
) -> Result<()> {
    save(unit, delegation)?;
    let note = note(delegation, happening);
    unit.note(match cause {
        Some(cause) => note.with("cause", cause.word()),
        None => note,
    });
    tell(unit, delegation, Kind::DelegationEnded)
}

/// Ends the delegations from and to a seat, and says which.
pub(super) fn end_all(
    unit: &mut Unit<'_>,
    seat: StaffId,
    cause: Happening,
) -> Result<Vec<DelegationId>> {
    let now = unit.now();
    let mut ended = Vec::new();
    for old in records::delegation::open_of(&mut unit.write, seat)? {
        if old.is_open(now) {
            let new = old.end(now)?;
            over(unit, &new, Happening::DelegationEnded, Some(cause))?;
            ended.push(new.id);
        } else {
            lapse(unit, old)?;
        }
    }
    Ok(ended)
}

/// Records that the time of a delegation is over.
pub(super) fn lapse(unit: &mut Unit<'_>, old: Delegation) -> Result<()> {
    let new = Delegation { ended_at: old.ends_at, ..old };
    over(unit, &new, Happening::DelegationLapsed, None)
}

/// Takes a delegation that is over off the list.
#[derive(Debug, Clone, Serialize)]
pub struct ClearDelegation {
    /// Which.
    pub delegation: DelegationId,
}

impl Command for ClearDelegation {
    type Done = DelegationId;
    const ACTION: Option<Action> = Some(Action::DelegationClear);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<DelegationId> {
        let old = unit.look().delegation(self.delegation)?;
        unit.look().permit(Action::DelegationClear, About::Delegation(&old))?;
        let new = old.clear(unit.now())?;
        save(unit, &new)?;
        unit.note(note(&new, Happening::DelegationCleared));
        Ok(new.id)
    }
}
