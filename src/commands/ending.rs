//! What a change of status or address ends with it: sessions, and offers that wait.

use super::audit::Note;
use super::unit::Unit;
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, InvitationId, LoginId, PracticeId, StaffId, Thing};
use crate::domain::invitation::{Invitation, State};
use crate::domain::login::Status;
use crate::domain::proxy::Tie;
use crate::domain::staff;
use crate::domain::text::Email;
use crate::error::Result;
use crate::records;

/// Ends the sessions of a login that is in use.
pub(super) fn sessions(unit: &mut Unit<'_>, login: LoginId) -> Result<()> {
    let Some(old) = records::login::find(&mut unit.write, login)? else { return Ok(()) };
    if old.status == Status::Active {
        let new = old.clone().end_sessions();
        unit.save_login(Some(&old), &new)?;
    }
    Ok(())
}

/// Ends the sessions of a login that holds no seat and no client in a practice any more.
pub(super) fn sessions_without_ties(
    unit: &mut Unit<'_>,
    practice: PracticeId,
    login: LoginId,
) -> Result<()> {
    let now = unit.now();
    let seats = records::staff::of_login(&mut unit.write, login)?;
    let holds_seat =
        seats.iter().any(|seat| seat.practice == practice && seat.status != staff::Status::Ended);
    let proxies = records::proxy::of_login(&mut unit.write, login)?;
    let holds_client = proxies.iter().any(|proxy| proxy.practice == practice && proxy.is_live(now));
    if holds_seat || holds_client { Ok(()) } else { sessions(unit, login) }
}

/// The logins that are a client itself now.
pub(super) fn own_logins(unit: &mut Unit<'_>, client: ClientId) -> Result<Vec<LoginId>> {
    let now = unit.now();
    let proxies = records::proxy::of_client(&mut unit.write, client)?;
    let own = proxies.into_iter().filter(|proxy| proxy.tie == Tie::Myself && proxy.is_live(now));
    Ok(own.map(|proxy| proxy.login).collect())
}

/// Ends a client's own access: its login's sessions, and the invitations that wait (RULES S17).
pub(super) fn access(unit: &mut Unit<'_>, client: ClientId, cause: Happening) -> Result<()> {
    for login in own_logins(unit, client)? {
        sessions(unit, login)?;
    }
    client_offers(unit, client, cause)
}

/// Revokes the invitations of a client that wait.
pub(super) fn client_offers(unit: &mut Unit<'_>, client: ClientId, cause: Happening) -> Result<()> {
    let waiting = records::invitation::of_client(&mut unit.write, client, usize::MAX)?;
    revoke(unit, waiting, client.into(), cause).map(drop)
}

/// Revokes the invitations to a seat that wait, and says which.
pub(super) fn seat_offers(
    unit: &mut Unit<'_>,
    seat: StaffId,
    cause: Happening,
) -> Result<Vec<InvitationId>> {
    let waiting = records::invitation::of_seat(&mut unit.write, seat, usize::MAX)?;
    revoke(unit, waiting, seat.into(), cause)
}

/// Revokes the invitations to a seat that wait and were sent for one other seat.
pub(super) fn seat_offers_of(
    unit: &mut Unit<'_>,
    seat: StaffId,
    inviter: StaffId,
    cause: Happening,
) -> Result<()> {
    let mut waiting = records::invitation::of_seat(&mut unit.write, seat, usize::MAX)?;
    waiting.retain(|it| it.inviting_seat() == Some(inviter));
    revoke(unit, waiting, seat.into(), cause).map(drop)
}

/// Revokes what waits at an address that is no longer the right one (RULES S16).
pub(super) fn offers_at(
    unit: &mut Unit<'_>,
    about: Thing,
    invitations: Vec<Invitation>,
    (old, new): (Option<&Email>, Option<&Email>),
    cause: Happening,
) -> Result<()> {
    let canonical = |email: Option<&Email>| email.map(|email| email.canonical().to_owned());
    let (old, new) = (canonical(old), canonical(new));
    if old.is_none() || old == new {
        return Ok(());
    }
    let went_there =
        |invitation: &Invitation| canonical(invitation.recipient.email.as_ref()) == old;
    revoke(unit, invitations.into_iter().filter(went_there).collect(), about, cause).map(drop)
}

/// Revokes those of some invitations that wait.
pub(super) fn revoke(
    unit: &mut Unit<'_>,
    invitations: Vec<Invitation>,
    about: Thing,
    cause: Happening,
) -> Result<Vec<InvitationId>> {
    let now = unit.now();
    let mut revoked = Vec::new();
    for old in invitations {
        if old.state == State::Pending {
            let new = old.clone().revoke(now)?;
            unit.save_invitation(Some(&old), &new)?;
            let note = Note::done(new.practice, Happening::InvitationRevoked, new.id).about(about);
            unit.note(note.with("cause", cause.word()));
            revoked.push(new.id);
        }
    }
    Ok(revoked)
}
