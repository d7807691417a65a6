//! Invitations: sent and renewed by the practice, answered by whoever bears the link.
//!
//! Whether a link is good is asked anew each time: what has become of the practice, the inviter
//! and the offer since counts as a revocation, for as long as it lasts.

mod answer;
mod bulk;
mod inspect;
mod judge;
mod link;
mod list;
mod of_age;
mod send;
mod view;
mod whom;

pub(super) use answer::window_of_link;
pub use answer::{Asked, DeclineInvitation, ReissueInvitation, RevokeInvitation};
pub(super) use bulk::{CHUNK, foreseen, outcome};
pub use bulk::{Row, SendInvitations};
pub(super) use inspect::sign_in;
pub use inspect::{Dead, Inspection, Live, OfferKind};
pub(super) use judge::open_link as judge_open_link;
pub use link::{Link, Qr, ShowLink};
pub use list::InvitationFilter;
pub(super) use of_age::InviteOfAge;
pub(super) use send::send_to_seat;
pub use send::{AskedFacts, SendInvitation, Sent};
pub(super) use send::{digest_of_fact, window_of, windows, windows_in};
pub use view::InvitationView;
pub use whom::Whom;
pub(super) use whom::new_seat;
pub(super) use whom::require_rooms;

use super::admit::Admit;
use super::notice::{self, Notice};
use super::token::{self, Purpose, Verified};
use super::unit::Unit;
use crate::domain::actor::{Actor, Scope, Source};
use crate::domain::id::{ClientId, InvitationId, PracticeId, StaffId, Thing};
use crate::domain::invitation::{Invitation, Offer};
use crate::domain::message::Kind;
use crate::domain::practice::{self, Practice};
use crate::domain::proxy::Tie;
use crate::domain::refusal::Refusal;
use crate::domain::text::{LinkTemplate, Reason};
use crate::domain::time::Timestamp;
use crate::domain::{login, staff};
use crate::error::Result;
use crate::records;
use crate::store::Read;

/// Whom an invitation is about: a client, a seat, or itself while nobody on file stands for it.
pub(super) fn subject(invitation: &Invitation) -> Thing {
    match (invitation.client(), invitation.seat()) {
        (Some(client), _) => client.into(),
        (None, Some(staff)) => staff.into(),
        (None, None) => invitation.id.into(),
    }
}

/// Holds that the link of one generation is good now.
///
/// While the practice or the inviter is suspended, or the offer cannot be taken up, its links
/// answer as revoked ones do (RULES S20).
pub(super) fn require_live(
    read: &mut dyn Read,
    invitation: &Invitation,
    generation: u32,
    now: Timestamp,
) -> Result<()> {
    let live = invitation.require_live(generation, now);
    if live != Err(Refusal::LinkUsed) && !stands(read, invitation)? {
        return Err(Refusal::LinkRevoked.into());
    }
    Ok(live?)
}

/// Whether a practice and the seat that invites for it, if one does, are in use (RULES S20).
pub(super) fn inviter_stands(
    read: &mut dyn Read,
    practice: PracticeId,
    inviter: Option<StaffId>,
) -> Result<bool> {
    let practice = records::practice::find(read, practice)?;
    if practice.is_none_or(|practice| practice.status == practice::Status::Suspended) {
        return Ok(false);
    }
    let Some(inviter) = inviter else { return Ok(true) };
    let seat = records::staff::find(read, inviter)?;
    Ok(seat.is_some_and(|seat| seat.status == staff::Status::Active))
}

/// Whether practice, inviter and offer still stand behind an invitation.
fn stands(read: &mut dyn Read, invitation: &Invitation) -> Result<bool> {
    if !inviter_stands(read, invitation.practice, invitation.inviting_seat())? {
        return Ok(false);
    }
    match &invitation.offer {
        Offer::NewClient { .. } => Ok(true),
        Offer::Client { client, .. } => {
            let client = records::client::find(read, *client)?;
            Ok(client.is_some_and(|client| client.require_invitable().is_ok()))
        }
        Offer::Seat { staff } => {
            let seat = records::staff::find(read, *staff)?;
            Ok(seat.is_some_and(|seat| seat.status == staff::Status::Active))
        }
    }
}

/// Whether a client has a login of its own already; one without a password is for a reset.
pub(super) fn has_own_login(read: &mut dyn Read, client: ClientId, now: Timestamp) -> Result<bool> {
    for proxy in records::proxy::of_client(read, client)? {
        if proxy.tie != Tie::Myself || !proxy.is_live(now) {
            continue;
        }
        let login = records::login::find(read, proxy.login)?;
        if login.is_some_and(|login| login.status == login::Status::Active) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Where a link leads that is for staff or for clients.
pub(super) fn template(practice: &Practice, is_staff: bool) -> Result<&LinkTemplate> {
    let links = &practice.settings.links;
    let staff = links.staff_invitation.as_ref().filter(|_| is_staff);
    let found = staff.or(links.invitation.as_ref());
    Ok(found.ok_or(Reason::Missing.in_field("invitation_link"))?)
}

/// The invitation that a token is for, and its bearer as an actor of that practice.
pub(super) fn bearer(
    admit: &Admit,
    source: Source,
    token: &str,
) -> Result<(Actor, Verified, Invitation)> {
    let actor = Actor::bearer(source);
    let context = admit.context(&actor)?;
    let verified = token::verify(&context, token).filter(|it| it.purpose == Purpose::Invitation);
    let verified = verified.ok_or(Refusal::LinkInvalid)?;
    let id = InvitationId::from_uuid(verified.id);
    let found = admit.snapshot(|read| records::invitation::find(read, id))?;
    let invitation = found.ok_or(Refusal::LinkInvalid)?;
    let actor = Actor { scope: Scope::Practice(invitation.practice), ..actor };
    Ok((actor, verified, invitation))
}

/// Tells the inviter, where it is a seat in use that has an address.
pub(super) fn tell_inviter(
    unit: &mut Unit<'_>,
    invitation: &Invitation,
    kind: Kind,
    subject: Thing,
) -> Result<()> {
    tell_seat(unit, invitation.inviting_seat(), kind, subject)
}

/// Tells a seat of the actor's practice, where it is in use and has an address.
pub(super) fn tell_seat(
    unit: &mut Unit<'_>,
    seat: Option<StaffId>,
    kind: Kind,
    subject: Thing,
) -> Result<()> {
    let Some(seat) = seat else { return Ok(()) };
    let seat = records::staff::find(&mut unit.write, seat)?;
    let seat = seat.filter(|seat| seat.status == staff::Status::Active);
    if let Some((seat, to)) = seat.as_ref().and_then(|seat| Some((seat, notice::to_staff(seat)?))) {
        notice::post(unit, Notice::plain(kind, seat.practice, to, subject))?;
    }
    Ok(())
}
