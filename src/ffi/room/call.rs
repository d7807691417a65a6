use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::OpenStore;
use super::input::{admit_room_input, admit_room_query};
use super::object::{admit_room, admit_room_page};
use crate::commands::Command;
use crate::commands::room::{AssignRoom, CreateRoom, Member, RenameRoom, UnassignRoom};
use crate::domain::actor::Actor;
use crate::domain::id::RoomId;
use crate::domain::text::{ExternalId, Line};
use crate::error::{Error, Result};
use std::ffi::c_char;

fn show(opened: &OpenStore, actor: &Actor, id: RoomId, out: Out<admit_room>) -> Result<()> {
    if out.is_wanted() {
        out.fill(opened.admit.room(actor, id)?.into());
    }
    Ok(())
}

/// Makes a room: staff in it reach the clients in it. `room` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_create(
    actor: *mut admit_actor,
    input: *const admit_room_input,
    room: *mut *mut admit_room,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(room) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (create, key) = unsafe {
            let asked = call::input(input)?;
            let create = CreateRoom {
                name: call::required(asked.name, "name", Line::parse)?,
                external_id: call::parsed(asked.external_id, "external_id", ExternalId::parse)?,
            };
            (create, call::idempotency_key(asked.idempotency_key)?)
        };
        let id = opened.admit.run(&actor, create, key.as_ref())?;
        show(&opened, &actor, id, out)
    })
}

/// Reads a room.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_get(
    actor: *mut admit_actor,
    room_id: *const c_char,
    room: *mut *mut admit_room,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(room) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        show(&opened, &actor, unsafe { call::id(room_id, "room_id")? }, out)
    })
}

/// Finds a room by the host's own key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_get_by_external_id(
    actor: *mut admit_actor,
    external_id: *const c_char,
    room: *mut *mut admit_room,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(room) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let external = unsafe { call::external_id(external_id)? };
        out.fill(opened.admit.room_by_external_id(&actor, &external)?.into());
        Ok(())
    })
}

/// Gives a room another name. `revision` is what the caller saw; 0 is any. `room` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_rename(
    actor: *mut admit_actor,
    room_id: *const c_char,
    name: *const c_char,
    revision: u64,
    room: *mut *mut admit_room,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(room) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let rename = unsafe {
            RenameRoom {
                room: call::id(room_id, "room_id")?,
                name: call::required(name, "name", Line::parse)?,
                revision,
            }
        };
        let id = opened.admit.run(&actor, rename, None)?;
        show(&opened, &actor, id, out)
    })
}

/// # Safety
/// The pointers are as the header asks.
unsafe fn move_member<C: Command>(
    actor: *mut admit_actor,
    ids: [*const c_char; 3],
    command: impl FnOnce(RoomId, Member) -> C,
) -> Result<()> {
    let (opened, actor) = handle::actor(actor)?;
    let [room_id, client_id, staff_id] = ids;
    // SAFETY: handed on from this function's contract.
    let (room, client, staff) = unsafe {
        (
            call::id(room_id, "room_id")?,
            call::optional_id(client_id, "client_id")?,
            call::optional_id(staff_id, "staff_id")?,
        )
    };
    let member = match (client, staff) {
        (Some(client), None) => Member::Client(client),
        (None, Some(staff)) => Member::Staff(staff),
        _ => return Err(Error::Misuse("name a client or a seat, and not both")),
    };
    opened.admit.run(&actor, command(room, member), None).map(drop)
}

/// Puts a client or a seat into a room: one of `client_id` and `staff_id` is NULL. Once there, it
/// stays there; doing it again is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_assign(
    actor: *mut admit_actor,
    room_id: *const c_char,
    client_id: *const c_char,
    staff_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let ids = [room_id, client_id, staff_id];
        // SAFETY: the pointers are as the header asks.
        unsafe { move_member(actor, ids, |room, member| AssignRoom { room, member }) }
    })
}

/// Takes a client or a seat out of a room: one of `client_id` and `staff_id` is NULL. Doing it
/// again is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_unassign(
    actor: *mut admit_actor,
    room_id: *const c_char,
    client_id: *const c_char,
    staff_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let ids = [room_id, client_id, staff_id];
        // SAFETY: the pointers are as the header asks.
        unsafe { move_member(actor, ids, |room, member| UnassignRoom { room, member }) }
    })
}

/// Lists the rooms of the actor's practice, oldest first. `query` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_list(
    actor: *mut admit_actor,
    query: *const admit_room_query,
    page: *mut *mut admit_room_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (after, limit) = unsafe {
            let asked = call::input(query)?;
            call::only(asked.reserved, 0, "a newer member of admit_room_query")?;
            (call::text(asked.after, "after")?, asked.limit)
        };
        out.fill(admit_room_page(List::of(opened.admit.rooms(&actor, after, limit)?)));
        Ok(())
    })
}
