use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::status::admit_status;
use super::super::store::OpenStore;
use super::super::words::{admit_client_stage_value, admit_client_status_value};
use super::input::admit_client_input;
use super::object::admit_client;
use crate::commands::client::{SetClientStage, SetClientStatus, UpdateClient};
use crate::domain::actor::Actor;
use crate::domain::id::ClientId;
use crate::domain::text::Reason;
use crate::error::{Error, InField, Result};
use std::ffi::c_char;

pub(super) fn show(
    opened: &OpenStore,
    actor: &Actor,
    id: ClientId,
    out: Out<admit_client>,
) -> Result<()> {
    if out.is_wanted() {
        out.fill(opened.admit.client(actor, id)?.into());
    }
    Ok(())
}

/// Makes a client of the actor's practice, with all that the input asks for, or nothing. A member
/// of staff who makes one has access to it.
///
/// `client` gets the new client, to be freed with `admit_client_free`; NULL if not wanted.
/// Answers ADMIT_INVALID for an input, ADMIT_EXTERNAL_ID_TAKEN, and what a room, a grant, a login or
/// an invitation would answer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_create(
    actor: *mut admit_actor,
    input: *const admit_client_input,
    client: *mut *mut admit_client,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(client) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (enrol, key) = unsafe {
            let given = call::input(input)?;
            (given.enrol()?, call::idempotency_key(given.idempotency_key)?)
        };
        let enrolled = opened.admit.enrol_client(&actor, &enrol, key.as_ref())?;
        show(&opened, &actor, enrolled.client, out)
    })
}

/// Reads a client.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_get(
    actor: *mut admit_actor,
    client_id: *const c_char,
    client: *mut *mut admit_client,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(client) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        show(&opened, &actor, unsafe { call::id(client_id, "client_id")? }, out)
    })
}

/// Finds a client by the host's own key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_get_by_external_id(
    actor: *mut admit_actor,
    external_id: *const c_char,
    client: *mut *mut admit_client,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(client) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let external = unsafe { call::external_id(external_id)? };
        out.fill(opened.admit.client_by_external_id(&actor, &external)?.into());
        Ok(())
    })
}

/// Changes what is known of a client; what the input does not name stays. `client` may be NULL.
/// While somebody is its guardian until it comes of age, neither of them changes the birth date, on
/// which that ends: to them it is ADMIT_NOT_PERMITTED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_update(
    actor: *mut admit_actor,
    client_id: *const c_char,
    input: *const admit_client_input,
    client: *mut *mut admit_client,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(client) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (update, key) = unsafe {
            let given = call::input(input)?;
            if given.is_about_making() {
                return Err(Error::Unsupported("changing a client's nature or stage"));
            }
            let update = UpdateClient {
                client: call::id(client_id, "client_id")?,
                change: given.change()?,
                revision: given.revision,
            };
            (update, call::idempotency_key(given.idempotency_key)?)
        };
        let id = opened.admit.run(&actor, update, key.as_ref())?;
        show(&opened, &actor, id, out)
    })
}

/// Moves a client to another status, an admit_client_status_value: active, deactivated or
/// suspended. One that stops access ends the sessions of the client's own login and revokes the
/// invitations that wait. `revision` is what the caller saw; 0 is any. `client` may be NULL.
/// Answers ADMIT_STATUS_NOT_ALLOWED for the status that it has, and for the deceased.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_set_status(
    actor: *mut admit_actor,
    client_id: *const c_char,
    status: i32,
    revision: u64,
    client: *mut *mut admit_client,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(client) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let client = unsafe { call::id(client_id, "client_id")? };
        let status = admit_client_status_value::read(status, "status")?;
        let status = status.ok_or(Reason::Missing).field("status")?;
        let id = opened.admit.run(&actor, SetClientStatus { client, status, revision }, None)?;
        show(&opened, &actor, id, out)
    })
}

/// Takes a guest or a prospective client further by hand: to an admit_client_stage_value.
/// `revision` is what the caller saw; 0 is any. `client` may be NULL.
/// Answers ADMIT_STATUS_NOT_ALLOWED for the stage that it has and those before it. Accepting an
/// invitation and a merge make a client registered by themselves.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_set_stage(
    actor: *mut admit_actor,
    client_id: *const c_char,
    stage: i32,
    revision: u64,
    client: *mut *mut admit_client,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(client) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let client = unsafe { call::id(client_id, "client_id")? };
        let stage = admit_client_stage_value::read(stage, "stage")?;
        let stage = stage.ok_or(Reason::Missing).field("stage")?;
        let id = opened.admit.run(&actor, SetClientStage { client, stage, revision }, None)?;
        show(&opened, &actor, id, out)
    })
}
