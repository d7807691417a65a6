use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::OpenStore;
use super::input::{admit_assistant_input, admit_delegation_input, admit_delegation_query};
use super::object::{admit_delegation, admit_delegation_page};
use crate::commands::Command;
use crate::commands::delegation::{ClearDelegation, EndDelegation};
use crate::domain::actor::Actor;
use crate::domain::id::DelegationId;
use crate::error::Result;
use std::ffi::c_char;

fn show(
    opened: &OpenStore,
    actor: &Actor,
    id: DelegationId,
    out: Out<admit_delegation>,
) -> Result<()> {
    if out.is_wanted() {
        out.fill(opened.admit.delegation(actor, id)?.into());
    }
    Ok(())
}

/// Lets an assistant act for a practitioner, through `admit_actor_on_behalf_of`: in what concerns
/// the practitioner's clients and can be undone, as far as the delegation names it. It can act once
/// it has accepted its seat and `admit_staff_mark_onboarded` was called for it. Both sides are told.
///
/// A practitioner gives delegations to assistants whom it invited or who had one from it; an admin
/// and the host to any. A delegation is not changed: end it, and give another. `delegation` may be
/// NULL.
///
/// Answers ADMIT_DELEGATION_EXISTS where the assistant acts for the practitioner already,
/// ADMIT_ALREADY_ENDED for a seat that has left, ADMIT_INVALID for a seat of another role and for
/// an action that can't be delegated, ADMIT_NOT_PERMITTED for a client that is not open to the
/// practitioner, and ADMIT_LIMIT_REACHED beyond 256 open delegations of one seat.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_give(
    actor: *mut admit_actor,
    input: *const admit_delegation_input,
    delegation: *mut *mut admit_delegation,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(delegation) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (give, key) = unsafe {
            let asked = call::input(input)?;
            (asked.give()?, call::idempotency_key(asked.idempotency_key)?)
        };
        let id = opened.admit.run(&actor, give, key.as_ref())?;
        show(&opened, &actor, id, out)
    })
}

/// Adds an assistant for a practitioner: its seat, the invitation to it by e-mail, and the
/// delegation, in one commit. Where the practice has an assistant of that address already, that one
/// gets the delegation and no second seat, and an invitation only if it has neither accepted one
/// nor has one open. Send the request again with `admit_invitation_send` for the assistant's seat;
/// a practitioner does so for an assistant whom it invited, to the address on file.
///
/// `delegation` may be NULL. Answers as `admit_delegation_give` and `admit_invitation_send` do;
/// ADMIT_INVALID for the address of a seat of another role, ADMIT_STATUS_NOT_ALLOWED for that of a
/// suspended assistant.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_assistant_invite(
    actor: *mut admit_actor,
    input: *const admit_assistant_input,
    delegation: *mut *mut admit_delegation,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(delegation) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (invite, key) = unsafe {
            let asked = call::input(input)?;
            (asked.invite()?, call::idempotency_key(asked.idempotency_key)?)
        };
        let invited = opened.admit.run(&actor, invite, key.as_ref())?;
        show(&opened, &actor, invited.delegation, out)
    })
}

/// Reads a delegation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_get(
    actor: *mut admit_actor,
    delegation_id: *const c_char,
    delegation: *mut *mut admit_delegation,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(delegation) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        show(&opened, &actor, unsafe { call::id(delegation_id, "delegation_id")? }, out)
    })
}

/// Lists delegations, oldest first, each with its assistant's name, address, request and last
/// sign-in: to a practitioner and an assistant their own, to an admin and the host all of the
/// practice. `query` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_list(
    actor: *mut admit_actor,
    query: *const admit_delegation_query,
    page: *mut *mut admit_delegation_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (asked, filter, after) = unsafe {
            let asked = call::input(query)?;
            (asked, asked.filter()?, call::text(asked.after, "after")?)
        };
        let found = opened.admit.delegations(&actor, filter, after, asked.limit)?;
        out.fill(admit_delegation_page(List::of(found)));
        Ok(())
    })
}

/// # Safety
/// As the header asks.
unsafe fn run<C: Command>(
    actor: *mut admit_actor,
    delegation_id: *const c_char,
    command: impl FnOnce(DelegationId) -> C,
) -> Result<()> {
    let (opened, actor) = handle::actor(actor)?;
    // SAFETY: handed on from this function's contract.
    let command = command(unsafe { call::id(delegation_id, "delegation_id")? });
    opened.admit.run(&actor, command, None).map(drop)
}

/// Ends a delegation at once; both sides are told. The practitioner, the assistant, an admin and
/// the host may. An assistant who has not accepted its seat, and acts for nobody else, loses the
/// practitioner's invitation with it. Answers ADMIT_ALREADY_ENDED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_end(
    actor: *mut admit_actor,
    delegation_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, delegation_id, |delegation| EndDelegation { delegation }) }
    })
}

/// Takes a delegation that is over off the list; it stays in the audit trail. Answers
/// ADMIT_STATUS_NOT_ALLOWED while it is open, ADMIT_ALREADY_ENDED where it is off the list.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_clear(
    actor: *mut admit_actor,
    delegation_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, delegation_id, |delegation| ClearDelegation { delegation }) }
    })
}
