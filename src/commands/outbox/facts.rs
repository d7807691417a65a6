//! What is known of the nouns of a message when it is worded.

use super::practice_of;
use crate::commands::context::Context;
use crate::commands::subject as nouns;
use crate::domain::actor::Who;
use crate::domain::client::Status;
use crate::domain::id::{ClientId, InvitationId, LoginId, Noun, StaffId};
use crate::domain::invitation::{Invitation, Offer};
use crate::domain::message::{Carries, Message};
use crate::domain::proxy::Tie;
use crate::domain::text::{Locale, PersonName, Zone};
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::hooks::facts::{Client, Facts, Item, Recipient, Role, Seat, Version};
use crate::hooks::warning;
use crate::hooks::words::LINK;
use crate::records;
use crate::store::Read;

/// What the subject of a message is.
#[derive(Default)]
struct Subject {
    client: Option<Client>,
    seat: Option<Seat>,
    invitee: Option<String>,
    zone: Option<Zone>,
    due_at: Option<Timestamp>,
}

fn subject(read: &mut dyn Read, message: &Message) -> Result<Subject> {
    let Some(thing) = message.subject else { return Ok(Subject::default()) };
    let mut found = Subject::default();
    match thing.noun {
        Noun::Client => {
            if let Some(client) = records::client::find(read, ClientId::from_uuid(thing.id))? {
                found.zone = client.profile.zone.filter(|_| !message.to.staff);
                if let Status::PendingDeletion { until } = client.status {
                    found.due_at = Some(until);
                }
                found.client = Some(Client {
                    id: client.id,
                    name: client.profile.display_name(),
                    given_name: nouns::given_name(client.profile.names.first()),
                    external_id: client.profile.external_id,
                });
            }
        }
        Noun::Staff => {
            if let Some(seat) = records::staff::find(read, StaffId::from_uuid(thing.id))? {
                found.zone = seat.zone;
                found.seat = Some(nouns::seat(&seat));
            }
        }
        Noun::Login => {
            let login = records::login::find(read, LoginId::from_uuid(thing.id))?;
            found.zone = login.and_then(|login| login.zone);
        }
        Noun::Invitation => {
            let id = InvitationId::from_uuid(thing.id);
            let name = records::invitation::find(read, id)?.and_then(|it| it.recipient.name);
            found.invitee = name.as_ref().map(PersonName::display);
        }
        _ => {}
    }
    Ok(found)
}

/// What the recipient is, or becomes by the invitation.
fn role(read: &mut dyn Read, message: &Message, invitation: Option<&Invitation>) -> Result<Role> {
    let offer = invitation.map(|invitation| &invitation.offer);
    let seat = match offer {
        Some(Offer::Client { tie: Tie::Guardian { .. }, .. }) => return Ok(Role::Guardian),
        Some(Offer::Client { .. } | Offer::NewClient { .. }) => return Ok(Role::Client),
        Some(Offer::Seat { staff }) => Some(*staff),
        None if !message.to.staff => return Ok(Role::Client),
        None => None,
    };
    let found = match seat {
        Some(staff) => records::staff::find(read, staff)?,
        None => None,
    };
    Ok(found.map_or(Role::Staff, |seat| nouns::role(seat.role)))
}

fn inviter(read: &mut dyn Read, invitation: &Invitation) -> Result<Option<String>> {
    let Some(staff) = invitation.inviting_seat() else { return Ok(None) };
    Ok(records::staff::find(read, staff)?.map(|seat| seat.name.display()))
}

fn expires_at(
    read: &mut dyn Read,
    message: &Message,
    invitation: Option<&Invitation>,
) -> Result<Option<Timestamp>> {
    Ok(match message.carries {
        Carries::Nothing => None,
        Carries::Invitation { .. } => invitation.map(|invitation| invitation.expires_at),
        Carries::Challenge(id) => records::challenge::find(read, id)?.map(|it| it.expires_at),
        Carries::Place(id) => records::open_link::find_place(read, id)?.map(|it| it.expires_at),
    })
}

fn item(read: &mut dyn Read, message: &Message) -> Result<Option<Item>> {
    let Some(id) = message.item else { return Ok(None) };
    Ok(records::item::find(read, id)?.map(|item| Item {
        kind: item.kind.as_str().to_owned(),
        external_id: item.external_id,
        status: item.status.map(|status| status.as_str().to_owned()),
    }))
}

/// The facts of a message as they are now.
pub(super) fn gather(read: &mut dyn Read, context: &Context, message: &Message) -> Result<Facts> {
    let practice = practice_of(read, message)?;
    let invitation = match message.carries {
        Carries::Invitation { id, .. } => records::invitation::find(read, id)?,
        Carries::Nothing | Carries::Challenge(_) | Carries::Place(_) => None,
    };
    let invitation = invitation.as_ref();
    let about = subject(read, message)?;
    let speaks = nouns::practice(&practice);
    let settings = practice.settings;
    let to = &message.to;
    let locale = match to.locale.clone().or(settings.locale) {
        Some(locale) => locale,
        None => Locale::parse("en").field("locale")?,
    };
    let zone = match about.zone.or(settings.zone) {
        Some(zone) => zone,
        None => Zone::parse("UTC").field("zone")?,
    };
    let inviter = match invitation {
        Some(invitation) => inviter(read, invitation)?,
        None => None,
    };
    let own = message.facts.iter().cloned().collect();
    let actor = match message.by {
        Who::Host | Who::Visitor => None,
        who => Some(nouns::who(read, who, message.on_behalf_of)?),
    };
    let warning = warning::line(message.kind, &speaks, &locale);
    Ok(Facts {
        version: Version,
        kind: message.kind,
        channel: message.channel,
        recipient: Recipient {
            name: to.name.as_ref().map(PersonName::display),
            given_name: nouns::given_name(to.name.as_ref()),
            role: role(read, message, invitation)?,
            locale,
            zone,
        },
        client: about.client,
        staff: about.seat,
        invitee: about.invitee,
        practice: speaks,
        product: context.options.product.clone(),
        link: (message.carries != Carries::Nothing).then(|| LINK.to_owned()),
        expires_at: expires_at(read, message, invitation)?,
        sends: invitation.map(|invitation| invitation.sends),
        inviter,
        note: invitation.and_then(|invitation| invitation.note.clone()),
        actor,
        item: item(read, message)?,
        due_at: about.due_at,
        warning,
        own,
    })
}
