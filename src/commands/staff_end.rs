//! Ending a seat: all that it could do ends at once, and a successor may take over its clients.
//!
//! The first commit ends the seat itself, so from then on it does nothing. What is left of its
//! charts and invitations follows in slices, by the same call or by the next upkeep.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::invitation::subject;
use super::look::About;
use super::unit::Unit;
use super::{delegation, ending, room, staff};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::event::Happening;
use crate::domain::grant::{Grant, Grantee, Ground};
use crate::domain::id::{Noun, StaffId, Thing};
use crate::domain::invitation::Invitation;
use crate::domain::message::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Role, Staff, Status};
use crate::domain::text::{IdempotencyKey, Reason};
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use crate::records::due;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many charts and invitations one commit ends or hands over.
pub const SLICE: usize = 500;

/// Things by noun.
pub type Things = BTreeMap<Noun, Vec<Uuid>>;

/// What ended with a seat, and what went to its successor (RULES S58).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatEnded {
    /// The seat.
    pub staff: StaffId,
    /// Who took over.
    pub successor: Option<StaffId>,
    /// When it ended.
    pub ended_at: Timestamp,
    /// What ended: delegations, grants, invitations, and the login whose sessions did.
    pub ended: Things,
    /// What the successor has now: clients, invitations that wait, and the seat's rooms.
    pub handed_over: Things,
    /// Whether the next upkeep has to go on with it.
    pub more: bool,
}

impl SeatEnded {
    fn and(mut self, next: Self) -> Self {
        for (all, more) in
            [(&mut self.ended, next.ended), (&mut self.handed_over, next.handed_over)]
        {
            for (noun, ids) in more {
                all.entry(noun).or_default().extend(ids);
            }
        }
        Self { more: next.more, ..self }
    }
}

fn list(things: &mut Things, thing: impl Into<Thing>) {
    let thing = thing.into();
    things.entry(thing.noun).or_default().push(thing.id);
}

/// Ends a seat; run by [`Admit::end_staff`].
#[derive(Serialize)]
struct EndStaff {
    staff: StaffId,
    successor: Option<StaffId>,
}

impl Command for EndStaff {
    type Done = SeatEnded;
    const ACTION: Option<Action> = Some(Action::StaffEnd);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<SeatEnded> {
        let seat = unit.look().staff(self.staff)?;
        let successor = self.successor.map(|id| unit.look().staff(id)).transpose()?;
        unit.look().permit(Action::StaffEnd, About::Staff(seat.id))?;
        if let Some(successor) = &successor {
            require_successor(&seat, successor)?;
        }
        end_seat(unit, &seat, self.successor)
    }
}

fn require_successor(seat: &Staff, successor: &Staff) -> Result<()> {
    if successor.id == seat.id {
        return Err(Reason::Excluded).field("successor_id");
    }
    if !matches!(successor.role, Role::Practitioner | Role::Admin) {
        return Err(Reason::WrongRole).field("successor_id");
    }
    match successor.status {
        Status::Ended => Err(Refusal::AlreadyEnded.into()),
        Status::Suspended => Err(Refusal::StatusNotAllowed.into()),
        Status::Active => Ok(successor.require_active()?),
    }
}

/// Ends a seat, once permitted: sessions, delegations, the invitations to it; then what it has of
/// clients, as far as one commit goes.
pub(super) fn end_seat(
    unit: &mut Unit<'_>,
    seat: &Staff,
    successor: Option<StaffId>,
) -> Result<SeatEnded> {
    let new = seat.clone().end()?;
    staff::require_admin_left(unit, seat)?;
    // Told while it still is one of the practice's seats.
    staff::tell(unit, seat, Kind::StaffEnded)?;
    let cause = Happening::StaffEnded;
    let note = Note::done(new.practice, cause, new.id);
    let note = match successor {
        Some(successor) => note.with("successor", format!("staff {successor}")),
        None => note,
    };
    staff::save_noting(unit, seat, &new, note)?;
    staff::end_sessions(unit, &new)?;
    let mut done = SeatEnded {
        staff: seat.id,
        successor,
        ended_at: unit.now(),
        ended: Things::new(),
        handed_over: Things::new(),
        more: false,
    };
    if let Some(login) = seat.login {
        list(&mut done.ended, login);
    }
    for invitation in ending::seat_offers(unit, seat.id, cause)? {
        list(&mut done.ended, invitation);
    }
    for delegation in delegation::end_all(unit, seat.id, cause)? {
        list(&mut done.ended, delegation);
    }
    if let Some(successor) = successor {
        for room in room::hand_over(unit, seat.id, successor)? {
            list(&mut done.handed_over, room);
        }
    }
    go_on(unit, &mut done)?;
    Ok(done)
}

/// Ends or hands over one more slice, and says when to go on.
fn go_on(unit: &mut Unit<'_>, done: &mut SeatEnded) -> Result<()> {
    let grantee = Grantee::Staff(done.staff);
    let grants = records::grant::first_of_grantee(&mut unit.write, grantee, SLICE)?;
    let left = SLICE - grants.len();
    for grant in grants {
        end_grant(unit, done, grant)?;
    }
    for invitation in records::invitation::of_inviter(&mut unit.write, done.staff, left)? {
        end_invitation(unit, done, invitation)?;
    }
    done.more = !records::grant::first_of_grantee(&mut unit.write, grantee, 1)?.is_empty()
        || !records::invitation::of_inviter(&mut unit.write, done.staff, 1)?.is_empty();
    let at = Some(done.ended_at);
    let (before, after) = if done.more { (None, at) } else { (at, None) };
    let key = rest_key(done.staff, done.successor);
    Ok(due::shift(&mut unit.write, due::Kind::SeatRest, &key, before, after)?)
}

fn rest_key(staff: StaffId, successor: Option<StaffId>) -> Vec<u8> {
    let successor = successor.map(StaffId::uuid).unwrap_or_default();
    [staff.bytes().as_slice(), successor.as_bytes()].concat()
}

/// Goes on with what is left of an ended seat.
pub(super) fn fall_due(unit: &mut Unit<'_>, due: &due::Due) -> Result<()> {
    let (staff, successor) = due.key.split_at_checked(16).unwrap_or_default();
    let staff = StaffId::from_uuid(records::index::id_value(staff)?);
    let successor = records::index::id_value(successor)?;
    let successor = (!successor.is_nil()).then(|| StaffId::from_uuid(successor));
    go_on(unit, &mut rest(staff, successor, due.at))
}

fn rest(staff: StaffId, successor: Option<StaffId>, ended_at: Timestamp) -> SeatEnded {
    let (ended, handed_over) = (Things::new(), Things::new());
    SeatEnded { staff, successor, ended_at, ended, handed_over, more: false }
}

fn end_grant(unit: &mut Unit<'_>, done: &mut SeatEnded, old: Grant) -> Result<()> {
    let now = unit.now();
    if !old.is_live(now) {
        // It had ended by itself: nothing happens but that it is not found from the seat again.
        let over = Grant { withdrawn_at: old.ends_at, ..old };
        return Ok(records::grant::put(&mut unit.write, &over)?);
    }
    let withdrawn = old.clone().withdraw(now)?;
    records::grant::put(&mut unit.write, &withdrawn)?;
    unit.touch(old.client);
    list(&mut done.ended, old.id);
    let note = Note::done(old.practice, Happening::GrantWithdrawn, old.id).about(old.client);
    unit.note(note.with("cause", Happening::StaffEnded.word()));
    let Some(successor) = done.successor else { return Ok(()) };
    list(&mut done.handed_over, old.client);
    let grantee = Grantee::Staff(successor);
    let has_all =
        |grant: &Grant| grant.is_live(now) && grant.scopes.is_empty() && grant.ends_at.is_none();
    if records::grant::between(&mut unit.write, grantee, old.client)?.iter().any(has_all) {
        return Ok(());
    }
    let given = Grant {
        id: unit.new_id(),
        grantee,
        ground: Ground::HandedOver,
        given_by: unit.context.actor.who,
        created_at: now,
        ..old
    };
    records::grant::put(&mut unit.write, &given)?;
    let note = Note::done(given.practice, Happening::GrantGiven, given.id).about(given.client);
    let note = note.with("grantee", format!("staff {successor}"));
    unit.note(note.with("ground", "handed over").with("staff", done.staff));
    Ok(())
}

/// An invitation to a client goes to the successor; one to a seat was the old seat's decision.
fn end_invitation(unit: &mut Unit<'_>, done: &mut SeatEnded, old: Invitation) -> Result<()> {
    let about = subject(&old);
    let (new, note) = match done.successor.filter(|_| old.seat().is_none()) {
        Some(successor) => {
            list(&mut done.handed_over, old.id);
            let inviter = Who::Staff(successor);
            let new = Invitation { inviter, on_behalf_of: None, ..old.clone() };
            let note = Note::done(new.practice, Happening::InvitationHandedOver, new.id);
            (new, note.with("to", format!("staff {successor}")))
        }
        None => {
            list(&mut done.ended, old.id);
            let new = old.clone().revoke(unit.now())?;
            let note = Note::done(new.practice, Happening::InvitationRevoked, new.id);
            (new, note.with("cause", Happening::StaffEnded.word()))
        }
    };
    unit.save_invitation(Some(&old), &new)?;
    unit.note(note.about(about));
    Ok(())
}

/// Goes on at once with what one commit could not hold.
#[derive(Serialize)]
struct EndRest {
    staff: StaffId,
    successor: Option<StaffId>,
    ended_at: Timestamp,
}

impl Command for EndRest {
    type Done = SeatEnded;
    const ACTION: Option<Action> = Some(Action::StaffEnd);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<SeatEnded> {
        unit.look().permit(Action::StaffEnd, About::Staff(self.staff))?;
        let mut done = rest(self.staff, self.successor, self.ended_at);
        go_on(unit, &mut done)?;
        Ok(done)
    }
}

impl Admit {
    /// Ends a seat for good: its holder's sessions, delegations in both directions, the charts
    /// open to it, the invitations to it and those that it sent. A successor gets the charts and
    /// the invitations to clients instead, with the scopes and ends that they had, and takes its
    /// place in its rooms.
    ///
    /// The seat itself ends in one commit, with up to 500 charts and invitations; the rest follows
    /// at once in commits of 500, and whatever a crash leaves is due at the next upkeep.
    ///
    /// # Errors
    /// `NotFound`; `StatusNotAllowed` for a seat that has left, and for a suspended successor;
    /// `LastAdmin` for the last admin who would end itself; `AlreadyEnded` for a successor who has
    /// left; `LimitReached` for one who would be in more than 64 rooms;
    /// `NotApproved` for one who waits; `Invalid` for one of another role, and for the seat
    /// itself; what the access table says.
    pub fn end_staff(
        &self,
        actor: &Actor,
        staff: StaffId,
        successor: Option<StaffId>,
        key: Option<&IdempotencyKey>,
    ) -> Result<SeatEnded> {
        let mut done = self.run(actor, EndStaff { staff, successor }, key)?;
        // Whoever ended itself can't go on; upkeep does.
        while done.more && actor.who != Who::Staff(staff) {
            let rest = EndRest { staff, successor, ended_at: done.ended_at };
            done = done.clone().and(self.run(actor, rest, None)?);
        }
        Ok(done)
    }
}
