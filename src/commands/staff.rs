//! Seats: added by the host or an admin, approved, suspended, and kept by their holders.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::look::{About, Look};
use super::notice::{self, Notice};
use super::unit::Unit;
use super::{
    Change, Page, SCANNED_MAX, cursor_key, delegation, ending, page_of, page_size, require_revision,
};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::{Actor, Who};
use crate::domain::event::Happening;
use crate::domain::id::{Noun, StaffId};
use crate::domain::message::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Approval, Role, Staff, Status};
use crate::domain::text::{Email, ExternalId, Line, Locale, PersonName, Phone, Zone};
use crate::error::Result;
use crate::records;
use serde::Serialize;

/// Adds a seat to the actor's practice; an invitation finds its holder.
///
/// A practitioner waits for approval where the practice's settings say so, unless told approved.
#[derive(Debug, Clone, Serialize)]
pub struct AddStaff {
    /// The holder's name.
    pub name: PersonName,
    /// What it is for.
    pub role: Role,
    /// The holder's title or post.
    pub title: Option<Line>,
    /// The address that invitations go to.
    pub email: Option<Email>,
    /// The holder's phone.
    pub phone: Option<Phone>,
    /// The holder's language.
    pub locale: Option<Locale>,
    /// The holder's time zone.
    pub zone: Option<Zone>,
    /// The host's own key, unique in the practice.
    pub external_id: Option<ExternalId>,
    /// Whether it needs no further approval; None leaves it to the settings.
    pub approved: Option<bool>,
}

impl Command for AddStaff {
    type Done = StaffId;
    const ACTION: Option<Action> = Some(Action::StaffAdd);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<StaffId> {
        unit.look().permit(Action::StaffAdd, About::New)?;
        add(unit, self.clone())
    }
}

/// Adds a seat, once permitted.
pub(super) fn add(unit: &mut Unit<'_>, new: AddStaff) -> Result<StaffId> {
    let practice = unit.look().practice()?;
    let waits =
        new.role == Role::Practitioner && practice.settings.approval && new.approved != Some(true);
    let now = unit.now();
    let seat = Staff {
        id: unit.new_id(),
        practice: practice.id,
        external_id: new.external_id,
        role: new.role,
        approval: if waits { Approval::Pending } else { Approval::Approved },
        status: Status::Active,
        name: new.name,
        title: new.title,
        email: new.email,
        phone: new.phone,
        locale: new.locale,
        zone: new.zone,
        login: None,
        onboarded: false,
        created_at: now,
        updated_at: now,
        revision: 0,
    };
    unit.save_staff(None, &seat)?;
    let note = Note::done(seat.practice, Happening::StaffAdded, seat.id).about(seat.id);
    unit.note(note.with("role", seat.role.word()));
    Ok(seat.id)
}

/// What an update does to a seat; what is not named stays.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StaffChange {
    /// The holder's name.
    pub name: Option<PersonName>,
    /// The holder's title or post.
    pub title: Change<Line>,
    /// The address that invitations go to.
    pub email: Change<Email>,
    /// The holder's phone.
    pub phone: Change<Phone>,
    /// The holder's language.
    pub locale: Change<Locale>,
    /// The holder's time zone.
    pub zone: Change<Zone>,
    /// The host's own key, which a seat does not change for itself.
    pub external_id: Change<ExternalId>,
}

impl StaffChange {
    /// Carries the change out.
    pub(super) fn apply(self, seat: &mut Staff) {
        if let Some(name) = self.name {
            seat.name = name;
        }
        self.title.apply(&mut seat.title);
        self.email.apply(&mut seat.email);
        self.phone.apply(&mut seat.phone);
        self.locale.apply(&mut seat.locale);
        self.zone.apply(&mut seat.zone);
        self.external_id.apply(&mut seat.external_id);
    }
}

/// Changes what is known of a seat. An invitation that waits at an address no longer on file is
/// revoked.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateStaff {
    /// Which.
    pub staff: StaffId,
    /// What.
    pub change: StaffChange,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for UpdateStaff {
    type Done = StaffId;
    const ACTION: Option<Action> = Some(Action::StaffUpdate);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<StaffId> {
        let old = unit.look().staff(self.staff)?;
        let standing = unit.look().permit(Action::StaffUpdate, About::Staff(old.id))?;
        require_revision(self.revision, old.revision)?;
        let runs_practice = matches!(standing, Standing::Host | Standing::Admin);
        if !runs_practice && self.change.external_id != Change::Keep {
            return Err(Refusal::NotPermitted.into());
        }
        let mut new = old.clone();
        self.change.clone().apply(&mut new);
        save(unit, &old, &new, Happening::StaffUpdated)
    }
}

/// Saves a seat, revokes what its old address has, and notes what happened.
pub(super) fn save(
    unit: &mut Unit<'_>,
    old: &Staff,
    new: &Staff,
    happening: Happening,
) -> Result<StaffId> {
    save_noting(unit, old, new, Note::done(new.practice, happening, new.id))
}

/// As `save`, with a note that says more.
pub(super) fn save_noting(
    unit: &mut Unit<'_>,
    old: &Staff,
    new: &Staff,
    note: Note,
) -> Result<StaffId> {
    unit.save_staff(Some(old), new)?;
    if old.email != new.email {
        let invitations = records::invitation::of_seat(&mut unit.write, new.id, usize::MAX)?;
        let addresses = (old.email.as_ref(), new.email.as_ref());
        ending::offers_at(unit, new.id.into(), invitations, addresses, note.happening)?;
    }
    let note = note.about(new.id);
    unit.note(if old.role == new.role { note } else { note.with("role", new.role.word()) });
    Ok(new.id)
}

/// Gives a seat another role, and ends its holder's sessions and its delegations.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRole {
    /// Which.
    pub staff: StaffId,
    /// What it is for from now on.
    pub role: Role,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for ChangeRole {
    type Done = StaffId;
    const ACTION: Option<Action> = Some(Action::StaffChangeRole);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<StaffId> {
        let old = unit.look().staff(self.staff)?;
        unit.look().permit(Action::StaffChangeRole, About::Staff(old.id))?;
        require_revision(self.revision, old.revision)?;
        if old.role == self.role {
            return Err(Refusal::StatusNotAllowed.into());
        }
        change_role(unit, &old, &Staff { role: self.role, ..old.clone() })
    }
}

/// Saves a seat in another role, once permitted: its sessions and delegations end.
pub(super) fn change_role(unit: &mut Unit<'_>, old: &Staff, new: &Staff) -> Result<StaffId> {
    if old.status == Status::Ended {
        return Err(Refusal::StatusNotAllowed.into());
    }
    require_admin_left(unit, old)?;
    save(unit, old, new, Happening::StaffRoleChanged)?;
    delegation::end_all(unit, new.id, Happening::StaffRoleChanged)?;
    end_sessions(unit, new)
}

/// Holds that the practice keeps an admin: the last one does not step down by itself. Once an
/// admin has a login, an invited one counts from the day that it accepts.
pub(super) fn require_admin_left(unit: &mut Unit<'_>, seat: &Staff) -> Result<()> {
    if unit.context.actor.who != Who::Staff(seat.id) {
        return Ok(());
    }
    let admins = records::staff::admins(&mut unit.write, seat.practice, 2)?;
    if admins == [seat.id] { Err(Refusal::LastAdmin.into()) } else { Ok(()) }
}

/// Ends the sessions of a seat's holder.
pub(super) fn end_sessions(unit: &mut Unit<'_>, seat: &Staff) -> Result<StaffId> {
    if let Some(login) = seat.login {
        ending::sessions(unit, login)?;
    }
    Ok(seat.id)
}

/// Lets the holder of a seat work, and says so to them.
#[derive(Debug, Clone, Serialize)]
pub struct ApproveStaff {
    /// Which.
    pub staff: StaffId,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for ApproveStaff {
    type Done = StaffId;
    const ACTION: Option<Action> = Some(Action::StaffApprove);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<StaffId> {
        let old = unit.look().staff(self.staff)?;
        unit.look().permit(Action::StaffApprove, About::Staff(old.id))?;
        require_revision(self.revision, old.revision)?;
        let new = old.clone().approve()?;
        save(unit, &old, &new, Happening::StaffApproved)?;
        tell(unit, &new, Kind::StaffApproved)
    }
}

/// Stops a seat for now: its holder's sessions end, and an invitation to it is revoked.
#[derive(Debug, Clone, Serialize)]
pub struct SuspendStaff {
    /// Which.
    pub staff: StaffId,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for SuspendStaff {
    type Done = StaffId;
    const ACTION: Option<Action> = Some(Action::StaffSuspend);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<StaffId> {
        let old = unit.look().staff(self.staff)?;
        unit.look().permit(Action::StaffSuspend, About::Staff(old.id))?;
        require_revision(self.revision, old.revision)?;
        let new = old.clone().suspend()?;
        require_admin_left(unit, &old)?;
        save(unit, &old, &new, Happening::StaffSuspended)?;
        end_sessions(unit, &new)?;
        ending::seat_offers(unit, new.id, Happening::StaffSuspended)?;
        tell(unit, &new, Kind::Suspended)
    }
}

/// Lets a suspended seat work again.
#[derive(Debug, Clone, Serialize)]
pub struct ReactivateStaff {
    /// Which.
    pub staff: StaffId,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for ReactivateStaff {
    type Done = StaffId;
    const ACTION: Option<Action> = Some(Action::StaffSuspend);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<StaffId> {
        let old = unit.look().staff(self.staff)?;
        unit.look().permit(Action::StaffSuspend, About::Staff(old.id))?;
        require_revision(self.revision, old.revision)?;
        let new = old.clone().reactivate()?;
        save(unit, &old, &new, Happening::StaffReactivated)?;
        tell(unit, &new, Kind::Reactivated)
    }
}

/// Tells the holder of a seat, where there is an address.
pub(super) fn tell(unit: &mut Unit<'_>, seat: &Staff, kind: Kind) -> Result<StaffId> {
    if let Some(to) = notice::to_staff(seat) {
        notice::post(unit, Notice::plain(kind, seat.practice, to, seat.id))?;
    }
    Ok(seat.id)
}

/// Records that the holder has finished the product's first steps; a second time changes nothing.
#[derive(Debug, Clone, Serialize)]
pub struct MarkOnboarded {
    /// Which.
    pub staff: StaffId,
}

impl Command for MarkOnboarded {
    type Done = StaffId;
    const ACTION: Option<Action> = Some(Action::StaffUpdate);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<StaffId> {
        let old = unit.look().staff(self.staff)?;
        unit.look().permit(Action::StaffUpdate, About::Staff(old.id))?;
        if old.status == Status::Ended {
            return Err(Refusal::StatusNotAllowed.into());
        }
        if old.onboarded {
            return Ok(old.id);
        }
        let new = Staff { onboarded: true, ..old.clone() };
        save(unit, &old, &new, Happening::StaffUpdated)
    }
}

/// Which seats a list shows; what is None shows all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StaffFilter {
    /// Of one role.
    pub role: Option<Role>,
    /// Where they stand.
    pub status: Option<Status>,
    /// Whether they may work yet.
    pub approval: Option<Approval>,
}

impl StaffFilter {
    fn shows(&self, seat: &Staff) -> bool {
        self.role.is_none_or(|role| role == seat.role)
            && self.status.is_none_or(|status| status == seat.status)
            && self.approval.is_none_or(|approval| approval == seat.approval)
    }
}

impl Admit {
    /// A seat of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn staff(&self, actor: &Actor, id: StaffId) -> Result<Staff> {
        self.read_one(actor, Action::StaffRead, |look| permitted(look, id))
    }

    /// A seat, found by the host's own key.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn staff_by_external_id(&self, actor: &Actor, external: &ExternalId) -> Result<Staff> {
        self.read_one(actor, Action::StaffRead, |look| {
            let practice = look.context.practice()?;
            let found = records::index::find_external(look.read, practice, Noun::Staff, external)?;
            permitted(look, StaffId::from_uuid(found.ok_or(Refusal::NotFound)?))
        })
    }

    /// The seats of the actor's practice, oldest first. A filter that few pass may leave a page
    /// short though more follow: the cursor tells.
    ///
    /// # Errors
    /// What the access table says; `Invalid` for a cursor that is none.
    pub fn staff_list(
        &self,
        actor: &Actor,
        filter: StaffFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<Staff>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(actor, |look| {
            look.permit(Action::StaffRead, About::Practice)?;
            let practice = look.context.practice()?;
            let cursor = cursor.as_deref();
            let most = if filter == StaffFilter::default() { size + 1 } else { SCANNED_MAX };
            let ids = records::staff::of_practice(look.read, practice, cursor, most)?;
            let is_cut = ids.len() == most;
            let last = ids.last().map(|id| id.bytes().to_vec());
            let mut found = Vec::new();
            for id in ids {
                let seat = look.staff(id)?;
                if filter.shows(&seat) {
                    found.push((id.bytes().to_vec(), seat));
                }
                if found.len() > size {
                    break;
                }
            }
            let page = page_of(found, size);
            Ok(page.or_go_on_after(last.filter(|_| is_cut)))
        })
    }
}

fn permitted(look: &mut Look<'_>, id: StaffId) -> Result<Staff> {
    let seat = look.staff(id)?;
    look.permit(Action::StaffRead, About::Staff(id))?;
    Ok(seat)
}
