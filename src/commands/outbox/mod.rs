//! The outbox: the host claims messages, sends them, and says what became of them.
//!
//! Words and links are made when a message is claimed, so neither is ever at rest, and what is no
//! longer true by then is dropped instead of sent. Delivery is at least once.

mod claim;
mod facts;
mod list;
mod report;
mod words;

pub use claim::{Claim, Claimed};
pub use list::{MessageFilter, Preview};
pub use report::{Bounced, Delivered, Failed, HandedOver};

use super::invitation::{require_live, template};
use super::open_link::is_place_live;
use crate::domain::challenge;
use crate::domain::client::Status;
use crate::domain::id::{ClientId, LoginId, Noun, StaffId};
use crate::domain::login;
use crate::domain::message::{Address, Carries, Kind, Message};
use crate::domain::practice::Practice;
use crate::domain::text::LinkTemplate;
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::records;
use crate::store::Read;

/// Whether what a message says is still so, and its link can be written.
fn is_true(read: &mut dyn Read, message: &Message, now: Timestamp) -> Result<bool> {
    // A practice that was ended says nothing any more.
    let is_ended = records::practice::find(read, message.practice)?.is_none();
    if is_ended || !is_wanted(read, message)? {
        return Ok(false);
    }
    let live = match message.carries {
        Carries::Nothing => return Ok(true),
        Carries::Invitation { id, generation } => {
            let Some(invitation) = records::invitation::find(read, id)? else { return Ok(false) };
            // Its token proves the recipient's address, so it goes nowhere else (RULES S54).
            if let Address::Email(to) = &message.to.address
                && invitation.recipient.email.as_ref().is_none_or(|it| it != to)
            {
                return Ok(false);
            }
            require_live(read, &invitation, generation, now)
        }
        Carries::Challenge(id) => {
            let Some(challenge) = records::challenge::find(read, id)? else { return Ok(false) };
            let login = records::login::find(read, challenge.login)?;
            challenge.require_live(login.as_ref(), now).map_err(Error::from)
        }
        Carries::Place(id) => is_place_live(read, id, now),
    };
    match live {
        Ok(()) => Ok(link_template(read, message)?.is_some()),
        Err(Error::Refused(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Whether the recipient is still there and gets notices; security notices reach any client.
fn is_wanted(read: &mut dyn Read, message: &Message) -> Result<bool> {
    if let Some(item) = message.item
        && records::item::find(read, item)?.is_none()
    {
        return Ok(false);
    }
    let Some(subject) = message.subject else { return Ok(true) };
    if message.kind == Kind::RegistrationConfirm {
        // Its login is not there yet; whether the registration waits is asked of its challenge.
        return Ok(true);
    }
    Ok(match subject.noun {
        Noun::Client => {
            let client = records::client::find(read, ClientId::from_uuid(subject.id))?;
            let kind = message.kind;
            // Of the two who hear of a guardian's end one is not the client: whether that one gets
            // notices was asked when it was told.
            let is_told = message.to.staff
                || kind.is_security()
                || kind.is_of_deletion()
                || kind == Kind::GuardianEnded;
            client.is_some_and(|client| {
                let waits = matches!(client.status, Status::PendingDeletion { .. });
                let is_stale = (kind == Kind::DeletionScheduled && !waits)
                    || (kind == Kind::DeletionCalledOff && waits);
                !is_stale && (is_told || client.status.gets_notices())
            })
        }
        Noun::Login => {
            let login = records::login::find(read, LoginId::from_uuid(subject.id))?;
            let is_last = message.kind == Kind::LoginRemoved;
            login.is_some_and(|login| is_last || login.status == login::Status::Active)
        }
        Noun::Staff => records::staff::find(read, StaffId::from_uuid(subject.id))?.is_some(),
        _ => true,
    })
}

fn practice_of(read: &mut dyn Read, message: &Message) -> Result<Practice> {
    let found = records::practice::find(read, message.practice)?;
    Ok(found.ok_or(crate::domain::refusal::Refusal::NotFound)?)
}

/// Where the link of a message leads; None where it has none, or the practice set no template.
fn link_template(read: &mut dyn Read, message: &Message) -> Result<Option<LinkTemplate>> {
    let practice = practice_of(read, message)?;
    let links = &practice.settings.links;
    let is_staff = message.to.staff;
    Ok(match message.carries {
        Carries::Nothing => None,
        Carries::Invitation { .. } => template(&practice, is_staff).ok().cloned(),
        Carries::Place(_) => links.address.clone(),
        Carries::Challenge(id) => match records::challenge::find(read, id)?.map(|it| it.purpose) {
            None => None,
            Some(challenge::Purpose::Reset) => {
                links.staff_reset.as_ref().filter(|_| is_staff).or(links.reset.as_ref()).cloned()
            }
            Some(
                challenge::Purpose::ConfirmAddress
                | challenge::Purpose::ChangeAddress { .. }
                | challenge::Purpose::Register(_),
            ) => links.address.clone(),
        },
    })
}
