//! Rooms: groups of staff and clients, run by admins.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::look::{About, Look};
use super::unit::Unit;
use super::{Page, cursor_key, page_of, page_size, require_revision};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, Noun, RoomId, StaffId, Thing};
use crate::domain::refusal::Refusal;
use crate::domain::room::Room;
use crate::domain::staff;
use crate::domain::text::{ExternalId, Line};
use crate::error::Result;
use crate::records;
use serde::{Deserialize, Serialize};

/// How many rooms a client or a seat is in at the most.
pub const ROOMS_MAX: usize = 64;

/// Makes a room of the actor's practice.
#[derive(Debug, Clone, Serialize)]
pub struct CreateRoom {
    /// What it is called.
    pub name: Line,
    /// The host's own key, unique in the practice.
    pub external_id: Option<ExternalId>,
}

impl Command for CreateRoom {
    type Done = RoomId;
    const ACTION: Option<Action> = Some(Action::RoomManage);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<RoomId> {
        unit.look().permit(Action::RoomManage, About::New)?;
        create(unit, self.clone())
    }
}

/// Makes a room, once permitted.
pub(super) fn create(unit: &mut Unit<'_>, new: CreateRoom) -> Result<RoomId> {
    let now = unit.now();
    let room = Room {
        id: unit.new_id(),
        practice: unit.context.practice()?,
        external_id: new.external_id,
        name: new.name,
        created_at: now,
        updated_at: now,
        revision: 1,
    };
    if !records::room::put(&mut unit.write, None, &room)? {
        return Err(Refusal::ExternalIdTaken.into());
    }
    let note = Note::done(room.practice, Happening::RoomCreated, room.id);
    unit.note(note);
    Ok(room.id)
}

/// Gives a room another name.
#[derive(Debug, Clone, Serialize)]
pub struct RenameRoom {
    /// Which.
    pub room: RoomId,
    /// What it is called from now on.
    pub name: Line,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for RenameRoom {
    type Done = RoomId;
    const ACTION: Option<Action> = Some(Action::RoomManage);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<RoomId> {
        let old = unit.look().room(self.room)?;
        unit.look().permit(Action::RoomManage, About::Practice)?;
        require_revision(self.revision, old.revision)?;
        rename(unit, &old, self.name.clone())
    }
}

/// Renames a room, once permitted.
pub(super) fn rename(unit: &mut Unit<'_>, old: &Room, name: Line) -> Result<RoomId> {
    let (updated_at, revision) = (unit.now(), old.revision + 1);
    let new = Room { name, updated_at, revision, ..old.clone() };
    records::room::put(&mut unit.write, Some(old), &new)?;
    let note = Note::done(new.practice, Happening::RoomRenamed, new.id);
    unit.note(note);
    Ok(new.id)
}

/// Who can be in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Member {
    /// A client.
    Client(ClientId),
    /// A seat.
    Staff(StaffId),
}

impl From<Member> for Thing {
    fn from(member: Member) -> Self {
        match member {
            Member::Client(client) => client.into(),
            Member::Staff(staff) => staff.into(),
        }
    }
}

/// Puts a client or a seat into a room, which opens the room's clients to its staff.
///
/// Who is there already stays, and no second event is written.
#[derive(Debug, Clone, Serialize)]
pub struct AssignRoom {
    /// Which room.
    pub room: RoomId,
    /// Whom.
    pub member: Member,
}

impl Command for AssignRoom {
    type Done = RoomId;
    const ACTION: Option<Action> = Some(Action::RoomManage);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<RoomId> {
        let room = unit.look().room(self.room)?;
        require_here(&mut unit.look(), self.member)?;
        unit.look().permit(Action::RoomManage, About::Practice)?;
        if let Member::Staff(staff) = self.member
            && unit.look().staff(staff)?.status == staff::Status::Ended
        {
            return Err(Refusal::AlreadyEnded.into());
        }
        assign(unit, &room, self.member.into())?;
        Ok(room.id)
    }
}

/// Puts a client or a seat into a room, once permitted.
pub(super) fn assign(unit: &mut Unit<'_>, room: &Room, member: Thing) -> Result<()> {
    if records::room::join(&mut unit.write, room.id, member)? {
        if records::room::of_member(&mut unit.write, member)?.len() > ROOMS_MAX {
            return Err(Refusal::LimitReached.into());
        }
        note_move(unit, room, member, Happening::RoomAssigned);
    }
    Ok(())
}

/// Takes a client or a seat out of a room. Who is not there stays out, without an event.
#[derive(Debug, Clone, Serialize)]
pub struct UnassignRoom {
    /// Which room.
    pub room: RoomId,
    /// Whom.
    pub member: Member,
}

impl Command for UnassignRoom {
    type Done = RoomId;
    const ACTION: Option<Action> = Some(Action::RoomManage);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<RoomId> {
        let room = unit.look().room(self.room)?;
        require_here(&mut unit.look(), self.member)?;
        unit.look().permit(Action::RoomManage, About::Practice)?;
        let member = Thing::from(self.member);
        if records::room::leave(&mut unit.write, room.id, member)? {
            note_move(unit, &room, member, Happening::RoomUnassigned);
        }
        Ok(room.id)
    }
}

/// Puts a seat into all rooms of another one, which leaves them; once permitted.
pub(super) fn hand_over(unit: &mut Unit<'_>, from: StaffId, to: StaffId) -> Result<Vec<RoomId>> {
    let rooms = records::room::of_member(&mut unit.write, from.into())?;
    for id in &rooms {
        let room = unit.look().room(*id)?;
        records::room::leave(&mut unit.write, *id, from.into())?;
        note_move(unit, &room, from.into(), Happening::RoomUnassigned);
        assign(unit, &room, to.into())?;
    }
    Ok(rooms)
}

fn require_here(look: &mut Look<'_>, member: Member) -> Result<()> {
    match member {
        Member::Client(client) => look.client(client).map(|_| ()),
        Member::Staff(staff) => look.staff(staff).map(|_| ()),
    }
}

fn note_move(unit: &mut Unit<'_>, room: &Room, member: Thing, happening: Happening) {
    unit.touch(member);
    let note = Note::done(room.practice, happening, room.id).about(member);
    unit.note(note);
}

impl Admit {
    /// A room of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn room(&self, actor: &Actor, id: RoomId) -> Result<Room> {
        self.read_one(actor, Action::RoomRead, |look| permitted(look, id))
    }

    /// A room, found by the host's own key.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn room_by_external_id(&self, actor: &Actor, external: &ExternalId) -> Result<Room> {
        self.read_one(actor, Action::RoomRead, |look| {
            let practice = look.context.practice()?;
            let found = records::index::find_external(look.read, practice, Noun::Room, external)?;
            permitted(look, RoomId::from_uuid(found.ok_or(Refusal::NotFound)?))
        })
    }

    /// The rooms of the actor's practice, oldest first.
    ///
    /// # Errors
    /// What the access table says; `Invalid` for a cursor that is none.
    pub fn rooms(&self, actor: &Actor, after: Option<&str>, limit: u32) -> Result<Page<Room>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(actor, |look| {
            look.permit(Action::RoomRead, About::Practice)?;
            let practice = look.context.practice()?;
            let cursor = cursor.as_deref();
            let ids = records::room::of_practice(look.read, practice, cursor, size + 1)?;
            let mut found = Vec::new();
            for id in ids {
                found.push((id.bytes().to_vec(), look.room(id)?));
            }
            Ok(page_of(found, size))
        })
    }
}

fn permitted(look: &mut Look<'_>, id: RoomId) -> Result<Room> {
    let room = look.room(id)?;
    look.permit(Action::RoomRead, About::Practice)?;
    Ok(room)
}
