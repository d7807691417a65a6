//! Whom an invitation is for: what the access table says of it, and what is known on file.

use super::has_own_login;
use crate::commands::look::About;
use crate::commands::room::ROOMS_MAX;
use crate::commands::unit::Unit;
use crate::domain::access::{Action, Standing};
use crate::domain::client::Client;
use crate::domain::id::{ClientId, RoomId, StaffId};
use crate::domain::invitation::{Offer, Recipient, State};
use crate::domain::proxy::Tie;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{self, Approval, Role, Staff};
use crate::domain::text::{Email, Line, PersonName, Reason};
use crate::error::{InField, Result};
use crate::records;
use serde::Serialize;

/// Who is invited, and to what.
#[derive(Debug, Clone, Serialize)]
pub enum Whom {
    /// To a login for a client on file.
    Client {
        /// Who is served.
        client: ClientId,
        /// What the login will be to the client.
        tie: Tie,
    },
    /// A person who becomes a client on acceptance.
    NewClient {
        /// The rooms that the new client joins.
        rooms: Vec<RoomId>,
    },
    /// To a seat on file.
    Seat {
        /// Which.
        staff: StaffId,
    },
    /// To a seat that is made for it, of a recipient whose name and address are given.
    NewSeat {
        /// What the seat is for.
        role: Role,
    },
}

/// Asks the access table, then the rules of the offer.
pub(super) fn offered(
    unit: &mut Unit<'_>,
    whom: &Whom,
    given: Recipient,
) -> Result<(Offer, Recipient, Option<Staff>)> {
    match whom {
        Whom::Client { client, tie } => {
            let client = unit.look().client(*client)?;
            unit.look().permit(Action::InvitationSend, About::Client(client.id))?;
            client.require_invitable()?;
            let now = unit.now();
            if *tie == Tie::Myself && has_own_login(&mut unit.write, client.id, now)? {
                return Err(Refusal::ClientAlreadyActivated.into());
            }
            let offer = Offer::Client { client: client.id, tie: tie.clone() };
            Ok((offer, or_else(given, on_file(client, tie)), None))
        }
        Whom::NewClient { rooms } => {
            let standing = unit.look().permit(Action::InvitationSend, About::New)?;
            require_rooms(unit, standing, rooms)?;
            Ok((Offer::NewClient { rooms: rooms.clone() }, given, None))
        }
        Whom::Seat { staff } => {
            let seat = unit.look().staff(*staff)?;
            let standing = unit.look().permit(Action::InvitationSend, About::Staff(seat.id))?;
            // A practitioner reaches an assistant of its own alone, and sends it its request again:
            // to the address on file, for colleagues may have delegated to that one too.
            if standing != Standing::Practitioner {
                permit_add(unit)?;
            } else if leads_elsewhere(&given, &seat) {
                return Err(Refusal::NotPermitted.into());
            }
            if seat.status != staff::Status::Active || seat.login.is_some() {
                return Err(Refusal::StatusNotAllowed.into());
            }
            let Staff { name, email, phone, locale, .. } = seat;
            let known = Recipient { name: Some(name), email, phone, locale };
            Ok((Offer::Seat { staff: *staff }, or_else(given, known), None))
        }
        Whom::NewSeat { role } => {
            unit.look().permit(Action::InvitationSend, About::New)?;
            permit_add(unit)?;
            if let Some(staff) = open_seat(unit, &given, *role)? {
                return Ok((Offer::Seat { staff }, given, None));
            }
            let seat = new_seat(unit, &given, *role)?;
            Ok((Offer::Seat { staff: seat.id }, given, Some(seat)))
        }
    }
}

fn leads_elsewhere(given: &Recipient, seat: &Staff) -> bool {
    let on_file = seat.email.as_ref().map(Email::canonical);
    given.phone.is_some() || given.email.as_ref().is_some_and(|it| Some(it.canonical()) != on_file)
}

/// Whoever may add seats invites to them, and has the highest role (RULES S51).
fn permit_add(unit: &mut Unit<'_>) -> Result<()> {
    unit.look().permit(Action::StaffAdd, About::Practice)?;
    Ok(())
}

/// A room opens the client to all who are in it, so staff name rooms of their own (RULES S51).
pub(in crate::commands) fn require_rooms(
    unit: &mut Unit<'_>,
    standing: Standing,
    rooms: &[RoomId],
) -> Result<()> {
    if rooms.len() > ROOMS_MAX {
        return Err(Refusal::LimitReached.into());
    }
    for room in rooms {
        unit.look().room(*room)?;
    }
    if let Some(staff) = unit.context.actor.seat()
        && !matches!(standing, Standing::Host | Standing::Admin)
    {
        let own = records::room::of_member(&mut unit.write, staff.into())?;
        if !rooms.iter().all(|room| own.contains(room)) {
            return Err(Refusal::NotPermitted.into());
        }
    }
    Ok(())
}

fn or_else(given: Recipient, known: Recipient) -> Recipient {
    Recipient {
        name: given.name.or(known.name),
        email: given.email.or(known.email),
        phone: given.phone.or(known.phone),
        locale: given.locale.or(known.locale),
    }
}

/// A child's contact address is its guardian's; its name is not.
fn on_file(client: Client, tie: &Tie) -> Recipient {
    let name = client.profile.names.into_iter().next();
    Recipient {
        name: name.filter(|_| *tie == Tie::Myself),
        email: client.profile.email,
        phone: client.profile.phone,
        locale: client.profile.locale,
    }
}

/// The seat of one role that was made for an address and still waits for its holder.
fn open_seat(unit: &mut Unit<'_>, given: &Recipient, role: Role) -> Result<Option<StaffId>> {
    let Some(email) = &given.email else { return Ok(None) };
    let practice = unit.context.practice()?;
    let found = records::invitation::of_address(&mut unit.write, practice, email, usize::MAX)?;
    for invitation in found.iter().filter(|it| it.state == State::Pending) {
        let Some(staff) = invitation.seat() else { continue };
        let seat = records::staff::find(&mut unit.write, staff)?;
        let is_open = |seat: &Staff| seat.status == staff::Status::Active && seat.login.is_none();
        if seat.is_some_and(|seat| seat.role == role && is_open(&seat)) {
            return Ok(Some(staff));
        }
    }
    Ok(None)
}

pub(in crate::commands) fn new_seat(
    unit: &mut Unit<'_>,
    given: &Recipient,
    role: Role,
) -> Result<Staff> {
    let practice = unit.look().practice()?;
    let Some(email) = &given.email else { return Err(Reason::Missing).field("email") };
    let name = match given.name.clone() {
        Some(name) => name,
        None => PersonName::of_text(Line::parse(email.local_part()).field("email")?),
    };
    let waits = role == Role::Practitioner && practice.settings.approval;
    let now = unit.now();
    Ok(Staff {
        id: unit.new_id(),
        practice: practice.id,
        external_id: None,
        role,
        approval: if waits { Approval::Pending } else { Approval::Approved },
        status: staff::Status::Active,
        name,
        title: None,
        email: given.email.clone(),
        phone: given.phone.clone(),
        locale: given.locale.clone(),
        zone: None,
        login: None,
        onboarded: false,
        created_at: now,
        updated_at: now,
        revision: 0,
    })
}
