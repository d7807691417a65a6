use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::confirmed::admit_confirmed;
use super::hold::{admit_hold, admit_hold_page};
use super::input::{admit_deletion_confirm_input, admit_deletion_input, admit_hold_input};
use super::order::{admit_certificate, admit_erase_order, admit_erase_order_page};
use super::plan::admit_plan;
use super::words::admit_erase_order_state_value;
use crate::commands::Page;
use crate::commands::deletion::{CallOffDeletion, FinishDeletion, LiftHold};
use std::ffi::c_char;

/// Asks what may be deleted of a client, a seat or a login, and what would go. It changes nothing.
/// A no, of the product's script or of a hold, is a verdict and no error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_deletion_plan(
    actor: *mut admit_actor,
    input: *const admit_deletion_input,
    plan: *mut *mut admit_plan,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(plan) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let asked = unsafe { call::input(input)?.plan()? };
        out.fill(opened.admit.plan_deletion(&actor, &asked)?.into());
        Ok(())
    })
}

/// Carries out a plan, by the actor who made it; the host gives a reason in the actor's source.
/// `confirmed` may be NULL.
///
/// Answers ADMIT_PLAN_CHANGED where the subject, the practice's settings, the script in force, the
/// host's counts or the verdict are not as planned, ADMIT_PLAN_EXPIRED after 15 minutes,
/// ADMIT_ALREADY_ENDED for a plan that was used, ADMIT_POLICY_DENIED with the reasons of a no,
/// ADMIT_LAST_ADMIN for the last admin who would leave, and ADMIT_HELD where the policy retains the
/// client, whom a hold then keeps.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_deletion_confirm(
    actor: *mut admit_actor,
    input: *const admit_deletion_confirm_input,
    confirmed: *mut *mut admit_confirmed,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(confirmed) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (token, facts, key) = unsafe {
            let asked = call::input(input)?;
            let key = call::idempotency_key(asked.idempotency_key)?;
            (call::required_text(asked.token, "token")?, asked.host_facts()?, key)
        };
        let done = opened.admit.confirm_deletion(&actor, token, &facts, key.as_ref())?;
        out.fill_if_wanted(done);
        Ok(())
    })
}

/// Calls a deletion off that waits: the client has the status again that it had before. Answers
/// ADMIT_STATUS_NOT_ALLOWED where none waits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_deletion_call_off(
    actor: *mut admit_actor,
    client_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let client = unsafe { call::id(client_id, "client_id")? };
        opened.admit.run(&actor, CallOffDeletion { client }, None).map(drop)
    })
}

/// Says that the host has erased its half: the order is done and keeps nothing personal, and the
/// client and whoever asked are told. Answers ADMIT_ALREADY_ENDED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_deletion_done(
    actor: *mut admit_actor,
    erase_order_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let order = unsafe { call::id(erase_order_id, "erase_order_id")? };
        opened.admit.run(&actor, FinishDeletion { order }, None).map(drop)
    })
}

/// Reads an erase order.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_get(
    actor: *mut admit_actor,
    erase_order_id: *const c_char,
    order: *mut *mut admit_erase_order,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(order) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let id = unsafe { call::id(erase_order_id, "erase_order_id")? };
        out.fill(opened.admit.erase_order(&actor, id)?.into());
        Ok(())
    })
}

/// Lists the practice's erase orders, oldest first. `state` is an admit_erase_order_state_value, 0
/// for all. `after` is the cursor of the page before and may be NULL; `limit` is at most 500, 0 for
/// 50.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_erase_order_list(
    actor: *mut admit_actor,
    state: i32,
    after: *const c_char,
    limit: u32,
    page: *mut *mut admit_erase_order_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        let is_done = admit_erase_order_state_value::read(state)?;
        // SAFETY: as above.
        let after = unsafe { call::text(after, "after")? };
        let orders = opened.admit.erase_orders(&actor, is_done, after, limit)?;
        out.fill(admit_erase_order_page(List::of(orders)));
        Ok(())
    })
}

/// Certifies what became of a deletion, here and at the host.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_certificate_get(
    actor: *mut admit_actor,
    erase_order_id: *const c_char,
    certificate: *mut *mut admit_certificate,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(certificate) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let id = unsafe { call::id(erase_order_id, "erase_order_id")? };
        out.fill(opened.admit.certificate(&actor, id)?.into());
        Ok(())
    })
}

/// Holds a client: while a hold stands, nothing about the client is deleted. The host gives a
/// reason in the actor's source. `hold` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_place(
    actor: *mut admit_actor,
    input: *const admit_hold_input,
    hold: *mut *mut admit_hold,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(hold) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (place, key) = unsafe {
            let asked = call::input(input)?;
            (asked.place()?, call::idempotency_key(asked.idempotency_key)?)
        };
        let client = place.client;
        let id = opened.admit.run(&actor, place, key.as_ref())?;
        if out.is_wanted()
            && let Some(placed) =
                opened.admit.holds(&actor, client)?.into_iter().find(|placed| placed.id == id)
        {
            out.fill(placed.into());
        }
        Ok(())
    })
}

/// Lifts a hold; the client's others stand. The host gives a reason in the actor's source. Answers
/// ADMIT_ALREADY_ENDED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_lift(
    actor: *mut admit_actor,
    hold_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let hold = unsafe { call::id(hold_id, "hold_id")? };
        opened.admit.run(&actor, LiftHold { hold }, None).map(drop)
    })
}

/// Lists all holds of a client, lifted ones too, oldest first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_hold_list(
    actor: *mut admit_actor,
    client_id: *const c_char,
    page: *mut *mut admit_hold_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let client = unsafe { call::id(client_id, "client_id")? };
        let items = opened.admit.holds(&actor, client)?;
        out.fill(admit_hold_page(List::of(Page { items, next: None })));
        Ok(())
    })
}
