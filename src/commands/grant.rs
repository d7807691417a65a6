//! Grants: a client's chart is opened to staff or a room, and closed again.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::item;
use super::look::{About, Look};
use super::notice::{self, Notice};
use super::require_ahead;
use super::unit::Unit;
use crate::domain::access::{Action, Standing};
use crate::domain::actor::{Actor, Who};
use crate::domain::event::Happening;
use crate::domain::grant::{Grant, Grantee, Ground};
use crate::domain::id::{ClientId, GrantId, StaffId};
use crate::domain::message::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Status;
use crate::domain::text::{Line, Reason};
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use serde::Serialize;

/// How many parts of a chart a grant names at the most.
pub const SCOPES_MAX: usize = 16;
/// How many grants of one client are live at once at the most.
pub const GRANTS_MAX: usize = 256;

/// Opens a client's chart. A practitioner or assistant opens no more than is open to it.
#[derive(Debug, Clone, Serialize)]
pub struct GiveGrant {
    /// Whose chart.
    pub client: ClientId,
    /// To whom.
    pub grantee: Grantee,
    /// Parts of the chart, as the product names them, at most 16; none means all of it.
    pub scopes: Vec<Line>,
    /// Why.
    pub reason: Option<Line>,
    /// When it ends by itself.
    pub ends_at: Option<Timestamp>,
}

impl Command for GiveGrant {
    type Done = GrantId;
    const ACTION: Option<Action> = Some(Action::GrantGive);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<GrantId> {
        let client = unit.look().client(self.client)?.id;
        let grantee_ended = match self.grantee {
            Grantee::Staff(staff) => unit.look().staff(staff)?.status == Status::Ended,
            Grantee::Room(room) => unit.look().room(room).map(|_| false)?,
        };
        let standing = unit.look().permit(Action::GrantGive, About::Client(client))?;
        if self.scopes.len() > SCOPES_MAX {
            return Err(Reason::TooMany { max: SCOPES_MAX }).field("scopes");
        }
        require_ahead(self.ends_at, unit.now(), "ends_at")?;
        if grantee_ended {
            return Err(Refusal::AlreadyEnded.into());
        }
        require_held(&mut unit.look(), client, &self.scopes)?;
        let now = unit.now();
        let earlier = records::grant::of_client(&mut unit.write, client)?;
        if earlier.iter().filter(|grant| grant.is_live(now)).count() >= GRANTS_MAX {
            return Err(Refusal::LimitReached.into());
        }
        let grant = Grant {
            id: unit.new_id(),
            practice: unit.context.practice()?,
            client,
            grantee: self.grantee,
            scopes: self.scopes.clone(),
            ground: Ground::Given,
            reason: self.reason.clone(),
            given_by: unit.context.actor.who,
            ends_at: self.ends_at,
            withdrawn_at: None,
            created_at: now,
        };
        save(unit, &grant, Happening::GrantGiven)?;
        tell_both(unit, &grant, standing, Kind::GrantGiven)
    }
}

/// Holds that staff who have a client by grants alone pass on no other scopes (RULES S51); none
/// asked for are all of them.
pub(super) fn require_held(look: &mut Look<'_>, client: ClientId, asked: &[Line]) -> Result<()> {
    let Who::Staff(giver) = look.context.actor.who else { return Ok(()) };
    let runs_practice = look.staff(giver)?.role == crate::domain::staff::Role::Admin;
    if runs_practice || shares_room(look, giver, client)? {
        return Ok(());
    }
    let now = look.now();
    let mut grantees = vec![Grantee::Staff(giver)];
    let rooms = records::room::of_member(look.read, giver.into())?;
    grantees.extend(rooms.into_iter().map(Grantee::Room));
    let mut held = Vec::new();
    for grantee in grantees {
        let live = records::grant::between(look.read, grantee, client)?.into_iter();
        held.extend(live.filter(|grant| grant.is_live(now)));
    }
    let holds_all = held.iter().any(|grant| grant.scopes.is_empty());
    let holds = |scope: &Line| held.iter().any(|grant| grant.scopes.contains(scope));
    if holds_all || (!asked.is_empty() && asked.iter().all(holds)) {
        Ok(())
    } else {
        Err(Refusal::NotPermitted.into())
    }
}

fn shares_room(look: &mut Look<'_>, staff: StaffId, client: ClientId) -> Result<bool> {
    let rooms = records::room::of_member(look.read, staff.into())?;
    let shared = records::room::of_member(look.read, client.into())?;
    Ok(rooms.iter().any(|room| shared.contains(room)))
}

/// Closes a chart that a grant had opened.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawGrant {
    /// Which.
    pub grant: GrantId,
}

impl Command for WithdrawGrant {
    type Done = GrantId;
    const ACTION: Option<Action> = Some(Action::GrantWithdraw);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<GrantId> {
        let old = unit.look().grant(self.grant)?;
        let standing = unit.look().permit(Action::GrantWithdraw, About::Client(old.client))?;
        let new = old.withdraw(unit.now())?;
        save(unit, &new, Happening::GrantWithdrawn)?;
        tell_both(unit, &new, standing, Kind::GrantWithdrawn)
    }
}

/// Writes a grant, and notes what happened.
pub(super) fn save(unit: &mut Unit<'_>, grant: &Grant, happening: Happening) -> Result<GrantId> {
    records::grant::put(&mut unit.write, grant)?;
    unit.touch(grant.client);
    let grantee = match grant.grantee {
        Grantee::Staff(staff) => format!("staff {staff}"),
        Grantee::Room(room) => format!("room {room}"),
    };
    let note = Note::done(grant.practice, happening, grant.id).about(grant.client);
    let note = note.with("grantee", grantee);
    unit.note(match &grant.reason {
        Some(reason) => note.of_person(grant.client.into(), "reason", reason.as_str()),
        None => note,
    });
    if let Grantee::Staff(staff) = grant.grantee {
        unit.touch(staff);
    }
    Ok(grant.id)
}

/// Tells both sides but the one that did it.
fn tell_both(
    unit: &mut Unit<'_>,
    grant: &Grant,
    standing: Standing,
    kind: Kind,
) -> Result<GrantId> {
    // By its own hand a client shares what there is of it: one word of that, not two.
    let is_holder = matches!(standing, Standing::Client | Standing::Guardian);
    let is_shared = is_holder && kind == Kind::GrantGiven && item::shared(unit, grant)?;
    if let Grantee::Staff(staff) = grant.grantee {
        let seat = unit.look().staff(staff)?;
        let to = notice::to_staff(&seat).filter(|_| unit.context.actor.who != Who::Staff(staff));
        if !is_shared {
            tell(unit, grant, to, kind)?;
        }
    }
    if standing != Standing::Client {
        let to = notice::to_client(&unit.look().client(grant.client)?);
        tell(unit, grant, to, kind)?;
    }
    Ok(grant.id)
}

fn tell(
    unit: &mut Unit<'_>,
    grant: &Grant,
    to: Option<crate::domain::message::To>,
    kind: Kind,
) -> Result<()> {
    if let Some(to) = to {
        notice::post(unit, Notice::plain(kind, grant.practice, to, grant.client))?;
    }
    Ok(())
}

impl Admit {
    /// The grants of a client, withdrawn ones too, oldest first.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn grants(&self, actor: &Actor, client: ClientId) -> Result<Vec<Grant>> {
        self.read_one(actor, Action::GrantRead, |look| {
            let client = look.client(client)?.id;
            look.permit(Action::GrantRead, About::Client(client))?;
            Ok(records::grant::of_client(look.read, client)?)
        })
    }
}
