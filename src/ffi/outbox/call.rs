use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::admit_store;
use super::claimed::{Letter, admit_claimed_page};
use super::input::{admit_claim, admit_notice_input, admit_outbox_query};
use super::object::{admit_message, admit_message_page, admit_preview};
use crate::commands::outbox::{Bounced, Delivered, Failed, HandedOver};
use crate::commands::{Command, Page};
use crate::domain::actor::Actor;
use crate::domain::id::MessageId;
use crate::domain::text::Line;
use crate::error::Result;
use std::ffi::c_char;

/// Hands messages that are due to a worker until their leases end: words, links and all. A store
/// call. `claim` may be NULL.
///
/// What is no longer true by then is dropped instead: a link that died, a client that gets no
/// notices, a practice without a link template. `page` gets what there was, empty where nothing is
/// due, to be freed with `admit_claimed_page_free`, which wipes it. Send each and say so with
/// `admit_outbox_handed_over` or `admit_outbox_failed` before its lease ends, or another worker
/// gets it: delivery is at least once, and the delivery key tells repetitions apart.
///
/// Answers ADMIT_INVALID for a lease out of range.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outbox_claim(
    store: *mut admit_store,
    claim: *const admit_claim,
    page: *mut *mut admit_claimed_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, asked) = unsafe { (Out::new(page).required()?, call::input(claim)?) };
        let claimed = handle::store(store)?.admit.claim(asked.claim()?)?;
        let items: Vec<_> = claimed.into_iter().map(Letter::new).collect();
        out.fill(admit_claimed_page(List::of(Page { items, next: None })));
        Ok(())
    })
}

/// # Safety
/// `message_id` is as the header asks.
unsafe fn report<C: Command>(
    store: *mut admit_store,
    message_id: *const c_char,
    command: impl FnOnce(MessageId) -> C,
) -> Result<()> {
    let opened = handle::store(store)?;
    // SAFETY: handed on from this function's contract.
    let command = command(unsafe { call::id(message_id, "message_id")? });
    opened.admit.run(&Actor::store_host(), command, None).map(drop)
}

/// Says that the mail server took a message: this ends the lease, and it is never claimed again.
/// A store call. `attempt` is what `admit_claimed_attempt` answered.
///
/// Answers ADMIT_LEASE_LOST where a later attempt has it, and ADMIT_MESSAGE_CLOSED where it has
/// come to an end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outbox_handed_over(
    store: *mut admit_store,
    message_id: *const c_char,
    attempt: u32,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { report(store, message_id, |message| HandedOver { message, attempt }) }
    })
}

/// Says that a message arrived; this counts from any attempt that there was, also after another
/// report. A store call. Answers ADMIT_LEASE_LOST for an attempt that never was, and
/// ADMIT_MESSAGE_CLOSED where it was dropped or has arrived.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outbox_delivered(
    store: *mut admit_store,
    message_id: *const c_char,
    attempt: u32,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { report(store, message_id, |message| Delivered { message, attempt }) }
    })
}

/// Says that a message came back: it will not arrive. A store call. `detail` is the mail server's
/// code, one line with nothing personal, which the timeline keeps; `detail` may be NULL. Answers
/// as `admit_outbox_handed_over`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outbox_bounced(
    store: *mut admit_store,
    message_id: *const c_char,
    attempt: u32,
    detail: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe {
            let detail = call::parsed(detail, "detail", Line::parse)?;
            report(store, message_id, |message| Bounced { message, attempt, detail })
        }
    })
}

/// Says that an attempt failed: the message is due again at `retry_at`, or has failed for good
/// where that is 0 and after 20 attempts. A store call. `detail` is a code, one line with nothing
/// personal, which the timeline keeps; `detail` may be NULL. Answers as `admit_outbox_handed_over`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outbox_failed(
    store: *mut admit_store,
    message_id: *const c_char,
    attempt: u32,
    retry_at: i64,
    detail: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let retry_at = call::time(retry_at);
        // SAFETY: the pointers are as the header asks.
        unsafe {
            let detail = call::parsed(detail, "detail", Line::parse)?;
            report(store, message_id, |message| Failed { message, attempt, retry_at, detail })
        }
    })
}

/// Reads a message of the actor's practice: where it stands and what became of it, without its
/// words. `message` gets it, to be freed with `admit_message_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outbox_get(
    actor: *mut admit_actor,
    message_id: *const c_char,
    message: *mut *mut admit_message,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(message) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let id = unsafe { call::id(message_id, "message_id")? };
        out.fill(opened.admit.message(&actor, id)?.into());
        Ok(())
    })
}

/// Shows what a message would say if it were claimed now, with a placeholder for its link.
/// `preview` gets the words, to be freed with `admit_preview_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outbox_preview(
    actor: *mut admit_actor,
    message_id: *const c_char,
    preview: *mut *mut admit_preview,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(preview) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let id = unsafe { call::id(message_id, "message_id")? };
        out.fill(opened.admit.preview(&actor, id)?.into());
        Ok(())
    })
}

/// Lists the messages of the actor's practice that the actor may read, latest first. `query` may
/// be NULL. `page` gets them, to be freed with `admit_message_page_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_outbox_list(
    actor: *mut admit_actor,
    query: *const admit_outbox_query,
    page: *mut *mut admit_message_page,
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
        let found = opened.admit.messages(&actor, filter, after, asked.limit)?;
        out.fill(admit_message_page(List::of(found)));
        Ok(())
    })
}

/// Tells a client or a seat something of the product's own, by e-mail: an assistant's message on
/// the practitioner's behalf is one. The product's script words it by its kind. `message` may be
/// NULL.
///
/// Answers ADMIT_NOT_REACHABLE where there is no address or the client gets no notices, and
/// ADMIT_TOO_MANY_MESSAGES to staff: 5 a day to one recipient, invitations counted with them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_notice_post(
    actor: *mut admit_actor,
    input: *const admit_notice_input,
    message: *mut *mut admit_message,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(message) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (post, key) = unsafe {
            let asked = call::input(input)?;
            (asked.post()?, call::idempotency_key(asked.idempotency_key)?)
        };
        let id = opened.admit.run(&actor, post, key.as_ref())?;
        if out.is_wanted() {
            out.fill(opened.admit.message(&actor, id)?.into());
        }
        Ok(())
    })
}
