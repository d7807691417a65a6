//! Places that an open link holds: taken by whoever proves the address, or given back.

use super::{Arrival, inviting_seat, require_live, word};
use crate::commands::accept::{become_client, open_to_inviter};
use crate::commands::address::AddressConfirmed;
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::{self, Note};
use crate::commands::challenge::Inspected;
use crate::commands::deletion::gives_way;
use crate::commands::invitation::tell_seat;
use crate::commands::login::{self, NewLogin};
use crate::commands::token::{Purpose, Verified};
use crate::commands::unit::Unit;
use crate::commands::{client, room};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Scope};
use crate::domain::client::{Profile, Stage, Status};
use crate::domain::event::Happening;
use crate::domain::id::{LoginId, PlaceId, StaffId, Thing};
use crate::domain::invitation::Channel;
use crate::domain::login::Login;
use crate::domain::message::{Kind, Message};
use crate::domain::open_link::{Makes, OpenLink, Place, PlaceState};
use crate::domain::refusal::Refusal;
use crate::domain::staff::{self, Approval, Role, Staff};
use crate::domain::text::{Email, IdempotencyKey, Line, PersonName};
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::records;
use crate::store::Read;
use serde::Serialize;

/// Holds that a place still waits, and that its link was not withdrawn. A link that lapsed or is
/// full keeps the places that it holds.
fn waiting(read: &mut dyn Read, place: &Place, now: Timestamp) -> Result<OpenLink> {
    let link = records::open_link::find(read, place.link)?.ok_or(Refusal::LinkInvalid)?;
    place.waiting(&link, now)?;
    match require_live(read, &link, link.generation, now) {
        Ok(()) | Err(Error::Refused(Refusal::LinkExpired)) => Ok(link),
        Err(other) => Err(other),
    }
}

/// Whether the link in the mail for a place is good now.
pub(in crate::commands) fn is_live(read: &mut dyn Read, id: PlaceId, now: Timestamp) -> Result<()> {
    let place = records::open_link::find_place(read, id)?.ok_or(Refusal::LinkInvalid)?;
    waiting(read, &place, now).map(drop)
}

/// Shows a place to the bearer of the link in its mail, and changes nothing; None where the token
/// is about no place.
pub(in crate::commands) fn inspected(
    read: &mut dyn Read,
    borne: &Verified,
    now: Timestamp,
) -> Result<Option<Inspected>> {
    let Some(place) = borne_place(read, borne)? else { return Ok(None) };
    let link = waiting(read, &place, now)?;
    let practice = records::practice::find(read, place.practice)?.ok_or(Refusal::LinkInvalid)?;
    let masked_address = place.waiting(&link, now)?.email.masked();
    let masked_address = Some(masked_address);
    Ok(Some(Inspected { practice, masked_address, expires_at: place.expires_at }))
}

fn borne_place(read: &mut dyn Read, borne: &Verified) -> Result<Option<Place>> {
    if borne.purpose != Purpose::AddressConfirmation {
        return Ok(None);
    }
    Ok(records::open_link::find_place(read, PlaceId::from_uuid(borne.id))?)
}

/// Proves the address of a place, if that is what the token is about, and lets its holder in.
pub(in crate::commands) fn confirm(
    admit: &Admit,
    actor: &Actor,
    borne: &Verified,
    request: [u8; 32],
    key: Option<&IdempotencyKey>,
) -> Result<Option<AddressConfirmed>> {
    let context = admit.context(actor)?;
    let found = admit.look_in(&context, |look| borne_place(look.read, borne))?;
    let Some(place) = found else { return Ok(None) };
    let actor = Actor { scope: Scope::Practice(place.practice), ..actor.clone() };
    let take = TakePlace { request, place: place.id, channel: borne.channel };
    admit.run(&actor, take, key).map(Some)
}

#[derive(Serialize)]
struct TakePlace {
    request: [u8; 32],
    place: PlaceId,
    channel: Channel,
}

impl Command for TakePlace {
    type Done = AddressConfirmed;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<AddressConfirmed> {
        let now = unit.now();
        let place = records::open_link::find_place(&mut unit.write, self.place)?;
        let place = place.ok_or(Refusal::LinkInvalid)?;
        let link = waiting(&mut unit.write, &place, now)?;
        // Only our own e-mail proves that the bearer reads the address.
        if self.channel != Channel::Email {
            return Err(Refusal::LinkInvalid.into());
        }
        let newcomer = place.waiting(&link, now)?.clone();
        let practice = unit.look().practice()?;
        let name = newcomer.email.canonical();
        // Whoever reads this mail may know of the login, and comes in with proof of it, if it lets
        // anybody in.
        let holder = records::login::find_by_name(&mut unit.write, practice.portal, name)?;
        if let Some(holder) = holder
            && !gives_way(unit, holder)?
        {
            return Err(Refusal::LoginProofRequired.into());
        }
        let new = NewLogin {
            holder: Line::parse(&newcomer.name.display()).ok(),
            phone: newcomer.phone.clone(),
            locale: newcomer.locale.clone(),
            username: newcomer.username.clone(),
            email: Some(newcomer.email.clone()),
            email_verified: true,
            password: newcomer.password.clone(),
            identities: newcomer.identity.iter().cloned().collect(),
            is_staff: link.makes == Makes::Member,
            ..NewLogin::default()
        };
        let login = login::create(unit, &practice, new)?;
        let note = Note::at_portal(practice.portal, Happening::LoginCreated, login.id);
        unit.note(note.about(login.id));
        let link = release(unit, link, &newcomer.email, login.id)?.take()?;
        let_in(unit, &link, &login, newcomer.name, Some(newcomer.email))?;
        records::open_link::put(&mut unit.write, &link)?;
        Ok(AddressConfirmed { login: login.id, practice: practice.id, epoch: login.epoch })
    }

    /// On the portal's chain, which no practice reads: one of the refusals tells of a login.
    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        let Some(place) = records::open_link::find_place(&mut unit.write, self.place)? else {
            return Ok(());
        };
        let portal = unit.look().practice()?.portal;
        let note = Note::at_portal(portal, Happening::TokenRefused, place.link);
        audit::note_tallied(unit, note.refused(refusal))
    }
}

/// Closes all that a link holds for an address, as taken by its login; gives the link without it.
pub(super) fn release(
    unit: &mut Unit<'_>,
    link: OpenLink,
    email: &Email,
    login: LoginId,
) -> Result<OpenLink> {
    let held = records::open_link::held_for(&mut unit.write, link.id, email)?;
    for old in &held {
        let new = Place { state: PlaceState::Taken, ..old.clone() };
        records::open_link::put_place(&mut unit.write, Some(old), &new)?;
        // Its message is about the login now, and goes when the login does.
        if let Some(old) = records::message::find(&mut unit.write, old.message)? {
            let new = Message { subject: Some(login.into()), ..old.clone() };
            records::message::put(&mut unit.write, Some(&old), &new)?;
        }
    }
    Ok(if held.is_empty() { link } else { link.give_back() })
}

/// Makes of a login what the link makes, and tells the inviter.
pub(super) fn let_in(
    unit: &mut Unit<'_>,
    link: &OpenLink,
    login: &Login,
    name: PersonName,
    email: Option<Email>,
) -> Result<Arrival> {
    let mut arrival =
        Arrival { practice: link.practice, login: Some(login.id), client: None, staff: None };
    let inviter = inviting_seat(link);
    let about: Thing = match &link.makes {
        Makes::Client { rooms } => {
            let profile = Profile {
                names: vec![name],
                email,
                phone: login.phone.clone(),
                locale: login.locale.clone(),
                ..Profile::default()
            };
            let (stage, status) = (Stage::Prospective, Status::Active);
            let id = client::create(unit, profile, stage, status, Happening::ClientCreated)?;
            for room in rooms {
                let room = unit.look().room(*room)?;
                room::assign(unit, &room, id.into())?;
            }
            become_client(unit, login, id)?;
            if let Some(inviter) = inviter {
                open_to_inviter(unit, id, inviter, unit.now())?;
            }
            arrival.client = Some(id);
            id.into()
        }
        Makes::Member => {
            let id = member(unit, link, login, name, email)?;
            arrival.staff = Some(id);
            id.into()
        }
    };
    tell_seat(unit, inviter, Kind::InvitationAccepted, about)?;
    let note = Note::done(link.practice, Happening::OpenLinkUsed, link.id).about(about);
    unit.note(note.with("makes", word(&link.makes)).with("login", login.id));
    Ok(arrival)
}

fn member(
    unit: &mut Unit<'_>,
    link: &OpenLink,
    login: &Login,
    name: PersonName,
    email: Option<Email>,
) -> Result<StaffId> {
    let now = unit.now();
    let seat = Staff {
        id: unit.new_id(),
        practice: link.practice,
        external_id: None,
        role: Role::Member,
        approval: Approval::Approved,
        status: staff::Status::Active,
        name,
        title: None,
        email,
        phone: login.phone.clone(),
        locale: login.locale.clone(),
        zone: None,
        login: Some(login.id),
        onboarded: false,
        created_at: now,
        updated_at: now,
        revision: 0,
    };
    unit.save_staff(None, &seat)?;
    let note = Note::done(seat.practice, Happening::StaffAdded, seat.id).about(seat.id);
    unit.note(note.with("role", seat.role.word()));
    let note = Note::done(seat.practice, Happening::StaffAccepted, seat.id).about(seat.id);
    unit.note(note.with("login", login.id));
    Ok(seat.id)
}

/// Sees to a place that is due: gives it back where nobody proved the address, and forgets one
/// that was closed long ago. Says whether it was given back.
pub(in crate::commands) fn give_back(unit: &mut Unit<'_>, id: PlaceId) -> Result<bool> {
    let Some(old) = records::open_link::find_place(&mut unit.write, id)? else { return Ok(false) };
    let PlaceState::Held(newcomer) = &old.state else {
        records::open_link::forget_place(&mut unit.write, id)?;
        return Ok(false);
    };
    let new = Place { state: PlaceState::GivenBack, ..old.clone() };
    records::open_link::put_place(&mut unit.write, Some(&old), &new)?;
    // Nobody on file has that address because of it, so nothing of it stays.
    if let Some(message) = records::message::find(&mut unit.write, old.message)? {
        records::message::remove(&mut unit.write, &message)?;
    }
    let rest = records::open_link::held_for(&mut unit.write, old.link, &newcomer.email)?;
    // The address may have been given a second time since, which holds the same place.
    if rest.is_empty()
        && let Some(link) = records::open_link::find(&mut unit.write, old.link)?
    {
        records::open_link::put(&mut unit.write, &link.give_back())?;
    }
    unit.note(Note::done(old.practice, Happening::OpenLinkPlaceGivenBack, old.link));
    Ok(true)
}
