use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::invitation::{admit_link, admit_qr};
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::OpenStore;
use super::super::words::{admit_channel, admit_open_link_state_value};
use super::input::{admit_open_link_input, admit_open_link_query};
use super::object::{admit_open_link, admit_open_link_page};
use crate::commands::open_link::{OpenLinkFilter, RevokeOpenLink, ShowOpenLink};
use crate::domain::actor::Actor;
use crate::domain::id::OpenLinkId;
use crate::domain::invitation::Channel;
use crate::error::Result;
use std::ffi::c_char;

fn show(
    opened: &OpenStore,
    actor: &Actor,
    id: OpenLinkId,
    out: Out<admit_open_link>,
) -> Result<()> {
    if out.is_wanted() {
        out.fill(opened.admit.open_link(actor, id)?.into());
    }
    Ok(())
}

/// Makes one link for many. Nothing is sent: `admit_open_link_link` and `admit_open_link_qr` show
/// the link.
///
/// `open_link` gets it, to be freed with `admit_open_link_free`; NULL if not wanted. `input` may be
/// NULL.
///
/// The product's policy on invitations is asked: it may give the link less time and fewer places,
/// or deny it with ADMIT_POLICY_DENIED and its reasons.
///
/// Answers ADMIT_OPEN_LINK_ROLE for a role above member, ADMIT_NOT_PERMITTED for a seat that may
/// not add seats, or that names rooms which it is not in, and ADMIT_INVALID for an input.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_create(
    actor: *mut admit_actor,
    input: *const admit_open_link_input,
    open_link: *mut *mut admit_open_link,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(open_link) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (create, key) = unsafe {
            let asked = call::input(input)?;
            (asked.create()?, call::idempotency_key(asked.idempotency_key)?)
        };
        let made = opened.admit.run(&actor, create, key.as_ref())?;
        show(&opened, &actor, made, out)
    })
}

/// Reads an open link. `open_link` gets it, to be freed with `admit_open_link_free`. A practitioner
/// reads those of its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_get(
    actor: *mut admit_actor,
    open_link_id: *const c_char,
    open_link: *mut *mut admit_open_link,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(open_link) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        show(&opened, &actor, unsafe { call::id(open_link_id, "open_link_id")? }, out)
    })
}

/// Lists the open links of the actor's practice that the actor may read, latest first. `query` may
/// be NULL. `page` gets them, to be freed with `admit_open_link_page_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_list(
    actor: *mut admit_actor,
    query: *const admit_open_link_query,
    page: *mut *mut admit_open_link_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (asked, after) = unsafe {
            let asked = call::input(query)?;
            (asked, call::text(asked.after, "after")?)
        };
        let state = admit_open_link_state_value::read(asked.state, "state")?;
        let filter = OpenLinkFilter { state };
        let found = opened.admit.open_links(&actor, filter, after, asked.limit)?;
        out.fill(admit_open_link_page(List::of(found)));
        Ok(())
    })
}

/// Withdraws an open link, lapsed or not. It is dead at once and for good, and so is each place
/// that it holds; who came in stays. Answers ADMIT_ALREADY_ENDED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_revoke(
    actor: *mut admit_actor,
    open_link_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let open_link = unsafe { call::id(open_link_id, "open_link_id")? };
        opened.admit.run(&actor, RevokeOpenLink { open_link }, None).map(drop)
    })
}

/// Shows an open link, the same each time: `channel` is ADMIT_CHANNEL_COPIED, also for 0,
/// ADMIT_CHANNEL_QR or ADMIT_CHANNEL_SMS. A permission of its own, and an entry of its own in the
/// audit trail; the host gives a reason in its source.
///
/// `link` gets the link, to be freed with `admit_link_free`, which wipes it. Answers
/// ADMIT_LINK_EXPIRED, ADMIT_LINK_REVOKED, ADMIT_REASON_REQUIRED, and ADMIT_INVALID where the
/// practice has no link template for invitations.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_link(
    actor: *mut admit_actor,
    open_link_id: *const c_char,
    channel: i32,
    link: *mut *mut admit_link,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(link) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let open_link = unsafe { call::id(open_link_id, "open_link_id")? };
        let channel = admit_channel::read(channel, "channel")?.unwrap_or(Channel::Copied);
        out.fill(opened.admit.run(&actor, ShowOpenLink { open_link, channel }, None)?.into());
        Ok(())
    })
}

/// Shows an open link as a QR code of level M, under the rules of `admit_open_link_link`.
///
/// `qr` gets the code, to be freed with `admit_qr_free`, which wipes it. Answers ADMIT_INVALID
/// also where the link is too long for a code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_qr(
    actor: *mut admit_actor,
    open_link_id: *const c_char,
    qr: *mut *mut admit_qr,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(qr) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let open_link = unsafe { call::id(open_link_id, "open_link_id")? };
        out.fill(opened.admit.open_link_qr(&actor, open_link)?.into());
        Ok(())
    })
}
