//! Who calls.

use super::call::{self, Extensible, Out};
use super::error::admit_error;
use super::handle;
use super::status::admit_status;
use super::store::admit_store;
use super::words::admit_noun;
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Source, Who};
use crate::domain::id::{Id, LoginId, PracticeId, StaffId, Thing};
use crate::domain::text::{Line, Reason};
use crate::error::{InField, Result};
use std::ffi::c_char;

/// Who calls: the host, a member of staff, a login in its session, or a visitor; bound to one
/// practice. A claim, not a right: every call reads status, role and session again. A token like
/// a store; it never keeps its store open. Free it with `admit_actor_free`.
pub struct admit_actor(());

/// Whence a call comes, for the audit trail. Start from ADMIT_SOURCE_INIT; every member may be
/// NULL. The texts are at most 200 characters each and are copied.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_source {
    /// sizeof(admit_source).
    pub size: usize,
    /// The network address of the person's device.
    pub address: *const c_char,
    /// The device or browser.
    pub device: *const c_char,
    /// The host's own id of the request.
    pub request_id: *const c_char,
    /// Why the host acts in a person's place; some actions ask for it (ADMIT_REASON_REQUIRED).
    pub reason: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_source {
    const NAME: &'static str = "a newer member of admit_source";
}

impl admit_source {
    /// # Safety
    /// `given` is NULL or a struct as the header asks.
    pub(super) unsafe fn read(given: *const Self) -> Result<Source> {
        // SAFETY: by this function's contract.
        unsafe {
            let given = call::input(given)?;
            Ok(Source {
                address: call::parsed(given.address, "address", Line::parse)?,
                device: call::parsed(given.device, "device", Line::parse)?,
                request_id: call::parsed(given.request_id, "request_id", Line::parse)?,
                reason: call::parsed(given.reason, "reason", Line::parse)?,
            })
        }
    }
}

fn make(store: *const admit_store, out: Out<admit_actor>, actor: Actor) -> Result<()> {
    let out = out.required()?;
    handle::store(store)?;
    out.fill_pointer(handle::insert_actor(store, actor)?);
    Ok(())
}

/// The host itself, in one practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_actor_host(
    store: *mut admit_store,
    practice_id: *const c_char,
    actor: *mut *mut admit_actor,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, practice) =
            unsafe { (Out::new(actor), call::id::<_>(practice_id, "practice_id")?) };
        make(store, out, Actor::in_practice(practice, Who::Host))
    })
}

/// A staff seat of a practice, in the session of the login that holds it: `epoch` is what
/// `admit_login_sign_in` answered with, and the session is over (ADMIT_SESSION_ENDED) once it has
/// moved. 0 leaves the session to the host, which vouches for the holder itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_actor_staff(
    store: *mut admit_store,
    practice_id: *const c_char,
    staff_id: *const c_char,
    epoch: u32,
    actor: *mut *mut admit_actor,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, practice, staff): (_, PracticeId, StaffId) = unsafe {
            (
                Out::new(actor),
                call::id(practice_id, "practice_id")?,
                call::id(staff_id, "staff_id")?,
            )
        };
        let session = (epoch != 0).then_some(epoch);
        make(store, out, Actor { session, ..Actor::in_practice(practice, Who::Staff(staff)) })
    })
}

/// A login in its session, in one practice: `epoch` is what `admit_login_sign_in` answered with.
/// The session is over (ADMIT_SESSION_ENDED) once the login's epoch has moved.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_actor_login(
    store: *mut admit_store,
    practice_id: *const c_char,
    login_id: *const c_char,
    epoch: u32,
    actor: *mut *mut admit_actor,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, practice, id): (_, PracticeId, LoginId) = unsafe {
            (
                Out::new(actor),
                call::id(practice_id, "practice_id")?,
                call::id(login_id, "login_id")?,
            )
        };
        make(store, out, Actor::in_practice(practice, Who::Login { id, epoch }))
    })
}

/// Nobody yet: signs in, asks for a reset, registers, enters as a guest. Bound to a practice and its portal.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_actor_visitor(
    store: *mut admit_store,
    practice_id: *const c_char,
    actor: *mut *mut admit_actor,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, practice) =
            unsafe { (Out::new(actor), call::id::<_>(practice_id, "practice_id")?) };
        make(store, out, Actor::in_practice(practice, Who::Visitor))
    })
}

/// The same actor, acting for a practitioner: an assistant to whom a delegation was given, or the
/// host. What it makes is the practitioner's, and both are named in the audit trail. An assistant
/// gets ADMIT_DELEGATION_MISSING while there is no delegation that is live and names the action.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_actor_on_behalf_of(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    acting: *mut *mut admit_actor,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, staff) = unsafe { (Out::new(acting), call::id::<_>(staff_id, "staff_id")?) };
        let (_, known) = handle::actor(actor)?;
        let changed = Actor { on_behalf_of: Some(staff), ..(*known).clone() };
        make(handle::store_of(actor)?, out, changed)
    })
}

/// The same actor with another source: where the request at hand comes from.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_actor_source(
    actor: *mut admit_actor,
    source: *const admit_source,
    sourced: *mut *mut admit_actor,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, source) = unsafe { (Out::new(sourced), admit_source::read(source)?) };
        let (_, known) = handle::actor(actor)?;
        let changed = Actor { source, ..(*known).clone() };
        make(handle::store_of(actor)?, out, changed)
    })
}

/// Frees an actor. NULL is fine; one that is freed already is answered with ADMIT_MISUSE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_actor_free(actor: *mut admit_actor) -> admit_status {
    call::call(std::ptr::null_mut(), || {
        if actor.is_null() { Ok(()) } else { handle::remove_actor(actor) }
    })
}

/// Says whether an actor may do something, by the refusal that the doing would give: ADMIT_OK, or
/// ADMIT_NOT_PERMITTED and its like. Nothing is recorded: for menus that tell the truth.
///
/// `action` is a word such as "invitation.send"; ADMIT_INVALID where there is no such action.
/// `noun` is the admit_noun of `id`, or 0 and NULL for what is about no single thing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_actor_can(
    actor: *mut admit_actor,
    action: *const c_char,
    noun: i32,
    id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let (action, id): (_, Option<Id<Thing>>) = unsafe {
            let find = |word: &str| Action::find(word).ok_or(Reason::Unknown);
            (call::required(action, "action", find)?, call::optional_id(id, "id")?)
        };
        let thing = match (admit_noun::read(noun, "noun")?, id) {
            (Some(noun), Some(id)) => Some(Thing { noun, id: id.uuid() }),
            (None, None) => None,
            (None, Some(_)) => return Err(Reason::Missing).field("noun"),
            (Some(_), None) => return Err(Reason::Missing).field("id"),
        };
        opened.admit.can(&actor, action, thing)
    })
}
