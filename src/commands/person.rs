//! The list row of a client, a seat or an unbound invitation, made again from what it is about.

use super::unit::Unit;
use crate::domain::client::Client;
use crate::domain::id::{ClientId, InvitationId, Noun, StaffId, Thing};
use crate::domain::invitation::{Invitation, Offer, State};
use crate::domain::login;
use crate::domain::proxy::Tie;
use crate::domain::staff::Staff;
use crate::domain::text::search;
use crate::error::Result;
use crate::records;
use crate::records::codec;
use crate::records::person::{Invited, Kind, Person};

/// Counts the change in the aggregate's revision and makes its list row again.
pub(super) fn renew(unit: &mut Unit<'_>, thing: Thing) -> Result<()> {
    match thing.noun {
        Noun::Client => renew_client(unit, ClientId::from_uuid(thing.id)),
        Noun::Staff => renew_staff(unit, StaffId::from_uuid(thing.id)),
        Noun::Invitation => renew_invitation(unit, InvitationId::from_uuid(thing.id)),
        _ => Ok(()),
    }
}

fn invited(invitation: Option<&Invitation>) -> Option<Invited> {
    let invitation = invitation?;
    Some(Invited {
        id: invitation.id,
        state: invitation.shown(invitation.created_at),
        expires_at: invitation.expires_at,
        message: invitation.message,
    })
}

fn renew_client(unit: &mut Unit<'_>, id: ClientId) -> Result<()> {
    let Some(client) = records::client::find(&mut unit.write, id)? else { return Ok(()) };
    let now = unit.now();
    let client = Client { revision: client.revision + 1, updated_at: now, ..client };
    codec::save(&mut unit.write, id.bytes(), &client)?;
    let invitations = records::invitation::of_client(&mut unit.write, id, 1)?;
    let own = records::proxy::of_client(&mut unit.write, id)?
        .into_iter()
        .find(|proxy| proxy.tie == Tie::Myself && proxy.is_live(now));
    let login_ends_at = own.as_ref().and_then(|proxy| proxy.ends_at);
    let login = match own {
        Some(proxy) => records::login::find(&mut unit.write, proxy.login)?,
        None => None,
    };
    let login = login.filter(|login| login.status == login::Status::Active);
    let name = client.profile.display_name();
    let person = Person {
        thing: id.into(),
        practice: client.practice,
        kind: Kind::Client {
            nature: client.profile.nature,
            stage: client.stage,
            status: client.status,
        },
        external_id: client.profile.external_id.as_ref().map(|id| id.as_str().to_owned()),
        sort_key: search::sort_key(&name),
        name,
        email: client.profile.email.as_ref().map(|email| email.as_str().to_owned()),
        phone: client.profile.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        invitation: invited(invitations.first()),
        login: login.as_ref().map(|login| login.id),
        login_ends_at,
        last_sign_in: login.and_then(|login| login.last_sign_in),
        rooms: records::room::of_member(&mut unit.write, id.into())?,
        created_at: client.created_at,
    };
    records::person::put(&mut unit.write, client.practice, id.uuid(), Some(&person))?;
    Ok(())
}

fn renew_staff(unit: &mut Unit<'_>, id: StaffId) -> Result<()> {
    let Some(seat) = records::staff::find(&mut unit.write, id)? else { return Ok(()) };
    let now = unit.now();
    let seat = Staff { revision: seat.revision + 1, updated_at: now, ..seat };
    codec::save(&mut unit.write, id.bytes(), &seat)?;
    let invitations = records::invitation::of_seat(&mut unit.write, id, 1)?;
    let login = match seat.login {
        Some(login) => records::login::find(&mut unit.write, login)?,
        None => None,
    };
    let name = seat.name.display();
    let person = Person {
        thing: id.into(),
        practice: seat.practice,
        kind: Kind::Staff { role: seat.role, approval: seat.approval, status: seat.status },
        external_id: seat.external_id.as_ref().map(|id| id.as_str().to_owned()),
        sort_key: search::sort_key(&name),
        name,
        email: seat.email.as_ref().map(|email| email.as_str().to_owned()),
        phone: seat.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        invitation: invited(invitations.first()),
        login: login.as_ref().map(|login| login.id),
        login_ends_at: None,
        last_sign_in: login.and_then(|login| login.last_sign_in),
        rooms: records::room::of_member(&mut unit.write, id.into())?,
        created_at: seat.created_at,
    };
    records::person::put(&mut unit.write, seat.practice, id.uuid(), Some(&person))?;
    Ok(())
}

/// An invitation stands in the list while it is open and nobody on file stands for it.
fn renew_invitation(unit: &mut Unit<'_>, id: InvitationId) -> Result<()> {
    let Some(invitation) = records::invitation::find(&mut unit.write, id)? else { return Ok(()) };
    let is_unbound = matches!(invitation.offer, Offer::NewClient { .. });
    let is_listed = is_unbound && invitation.state == State::Pending;
    let recipient = &invitation.recipient;
    let email = recipient.email.as_ref().map(|email| email.as_str().to_owned());
    let name = recipient.name.as_ref().map(|name| name.display());
    let name = name.or_else(|| email.clone()).unwrap_or_default();
    let person = Person {
        thing: id.into(),
        practice: invitation.practice,
        kind: Kind::Invitation,
        external_id: None,
        sort_key: search::sort_key(&name),
        name,
        email,
        phone: recipient.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        invitation: invited(Some(&invitation)),
        login: None,
        login_ends_at: None,
        last_sign_in: None,
        rooms: Vec::new(),
        created_at: invitation.created_at,
    };
    let person = is_listed.then_some(&person);
    records::person::put(&mut unit.write, invitation.practice, id.uuid(), person)?;
    Ok(())
}
