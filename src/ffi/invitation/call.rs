use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::OpenStore;
use super::super::words::{admit_channel, admit_invitation_state_value};
use super::input::{admit_invitation_input, admit_invitation_query};
use super::link::{admit_link, admit_qr};
use super::object::{admit_invitation, admit_invitation_page};
use super::outcome::{Outcome, admit_outcome_page};
use crate::commands::Page;
use crate::commands::invitation::{InvitationFilter, RevokeInvitation, Row, ShowLink};
use crate::domain::actor::Actor;
use crate::domain::id::{Id, InvitationId};
use crate::domain::invitation::Channel;
use crate::error::Result;
use std::ffi::c_char;

/// How many clients one call invites at the most.
const CLIENTS_MAX: usize = 100_000;

fn show(
    opened: &OpenStore,
    actor: &Actor,
    id: InvitationId,
    out: Out<admit_invitation>,
) -> Result<()> {
    if out.is_wanted() {
        out.fill(opened.admit.invitation_view(actor, id)?.into());
    }
    Ok(())
}

/// Invites, or renews what is open or lapsed for the same offer and address: the invitation keeps
/// its id, its new link is good for the whole time again, and every earlier link answers
/// ADMIT_LINK_SUPERSEDED. Its message waits in the outbox until `admit_outbox_claim`.
///
/// `invitation` gets the invitation, to be freed with `admit_invitation_free`; NULL if not wanted.
///
/// Answers ADMIT_NOT_REACHABLE where there is no address for the channel, ADMIT_INVALID for an
/// input and where the practice has no link template, ADMIT_CLIENT_ALREADY_ACTIVATED,
/// ADMIT_CLIENT_IS_NO_PERSON, ADMIT_CLIENT_DEACTIVATED, ADMIT_CLIENT_SUSPENDED or
/// ADMIT_CLIENT_PENDING_DELETION for a client, ADMIT_STATUS_NOT_ALLOWED for a seat that has a
/// holder, and ADMIT_TOO_MANY_MESSAGES with the time to wait: the host itself is never limited.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_send(
    actor: *mut admit_actor,
    input: *const admit_invitation_input,
    invitation: *mut *mut admit_invitation,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(invitation) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (send, key) = unsafe {
            let asked = call::input(input)?;
            (asked.send()?, call::idempotency_key(asked.idempotency_key)?)
        };
        let sent = opened.admit.run(&actor, send, key.as_ref())?;
        show(&opened, &actor, sent.invitation, out)
    })
}

/// Invites up to 100,000 clients on file, as `admit_invitation_send` does each, a thousand a
/// commit. A row that is refused does not stop the rest; an actor who may invite nobody is refused
/// as a whole.
///
/// `common` says how; it names no recipient: neither id, name, address, role nor rooms. `common`
/// may be NULL. `page` gets one outcome a row, in the order of `client_ids`, to be freed with
/// `admit_outcome_page_free`.
///
/// After a failure of the store the rows of earlier commits are sent: the same idempotency key and
/// rows answer for those and go on with the rest.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_send_many(
    actor: *mut admit_actor,
    client_ids: *const *const c_char,
    client_count: usize,
    common: *const admit_invitation_input,
    page: *mut *mut admit_outcome_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (texts, asked, key) = unsafe {
            let asked = call::input(common)?;
            let texts = call::texts(client_ids, client_count, "client_ids", CLIENTS_MAX)?;
            (texts, asked, call::idempotency_key(asked.idempotency_key)?)
        };
        let clients: Vec<_> = texts.iter().filter_map(|text| Id::parse(text)).collect();
        // SAFETY: as above.
        let rows = unsafe { asked.send_many(&clients)? };
        let sent = opened.admit.send_invitations(&actor, rows, key.as_ref())?;
        out.fill(admit_outcome_page(List::of(Page { items: outcomes(&texts, sent), next: None })));
        Ok(())
    })
}

/// Puts the rows back among the texts that are no ids, which name nothing.
fn outcomes(texts: &[&str], sent: Vec<Row>) -> Vec<Outcome> {
    let mut sent = sent.into_iter();
    let row = |text: &&str| {
        let row = if Id::<()>::parse(text).is_some() { sent.next() } else { None };
        Outcome::of(text, row)
    };
    texts.iter().map(row).collect()
}

/// Shows the present link of an invitation, for a way on which it proves no address: `channel` is
/// ADMIT_CHANNEL_COPIED, also for 0, ADMIT_CHANNEL_QR or ADMIT_CHANNEL_SMS. The same link each
/// time until it is renewed. A permission of its own, and an entry of its own in the audit trail;
/// the host gives a reason in its source.
///
/// `link` gets the link, to be freed with `admit_link_free`, which wipes it. Answers
/// ADMIT_INVITATION_CLOSED, ADMIT_LINK_EXPIRED, ADMIT_LINK_REVOKED, ADMIT_REASON_REQUIRED, and
/// ADMIT_INVALID where the practice has no link template.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_link(
    actor: *mut admit_actor,
    invitation_id: *const c_char,
    channel: i32,
    link: *mut *mut admit_link,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(link) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let invitation = unsafe { call::id(invitation_id, "invitation_id")? };
        let channel = admit_channel::read(channel, "channel")?.unwrap_or(Channel::Copied);
        out.fill(opened.admit.run(&actor, ShowLink { invitation, channel }, None)?.into());
        Ok(())
    })
}

/// Shows the present link of an invitation as a QR code of level M, under the rules of
/// `admit_invitation_link`.
///
/// `qr` gets the code, to be freed with `admit_qr_free`, which wipes it. Answers ADMIT_INVALID
/// also where the link is too long for a code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_qr(
    actor: *mut admit_actor,
    invitation_id: *const c_char,
    qr: *mut *mut admit_qr,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(qr) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let invitation = unsafe { call::id(invitation_id, "invitation_id")? };
        out.fill(opened.admit.invitation_qr(&actor, invitation)?.into());
        Ok(())
    })
}

/// Withdraws an invitation, lapsed or not: its links are dead for good, and what waits in the
/// outbox is dropped. Answers ADMIT_INVITATION_CLOSED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_revoke(
    actor: *mut admit_actor,
    invitation_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let invitation = unsafe { call::id(invitation_id, "invitation_id")? };
        opened.admit.run(&actor, RevokeInvitation { invitation }, None).map(drop)
    })
}

/// Reads an invitation. `invitation` gets it, to be freed with `admit_invitation_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_get(
    actor: *mut admit_actor,
    invitation_id: *const c_char,
    invitation: *mut *mut admit_invitation,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(invitation) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        show(&opened, &actor, unsafe { call::id(invitation_id, "invitation_id")? }, out)
    })
}

/// Lists the invitations of the actor's practice that the actor may read, latest first. `query`
/// may be NULL. `page` gets them, to be freed with `admit_invitation_page_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_list(
    actor: *mut admit_actor,
    query: *const admit_invitation_query,
    page: *mut *mut admit_invitation_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (asked, after, client) = unsafe {
            let asked = call::input(query)?;
            let after = call::text(asked.after, "after")?;
            (asked, after, call::optional_id(asked.client_id, "client_id")?)
        };
        let state = admit_invitation_state_value::read(asked.state, "state")?;
        let filter = InvitationFilter { client, state };
        let found = opened.admit.invitation_views(&actor, filter, after, asked.limit)?;
        out.fill(admit_invitation_page(List::of(found)));
        Ok(())
    })
}
