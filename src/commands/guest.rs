//! Guests: they enter without a login, where the practice lets them.

use super::admit::{Admit, Command};
use super::look::About;
use super::unit::Unit;
use super::{client, room};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::client::{Client, Profile, Stage, Status};
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, RoomId};
use crate::domain::rate::{ENTRIES_PER_PRACTICE, ENTRIES_PER_SOURCE, Limit};
use crate::domain::refusal::Refusal;
use crate::domain::text::{BirthDate, Email, IdempotencyKey, Locale, PersonName, Phone, Zone};
use crate::error::Result;
use crate::records;
use serde::Serialize;

/// What guests and whoever registers say of themselves.
#[derive(Debug, Clone, Serialize)]
pub struct Newcomer {
    /// Their name.
    pub name: PersonName,
    /// The date of birth, as exact as they say it.
    pub birth: Option<BirthDate>,
    /// The contact address; of whoever registers also the login's.
    pub email: Option<Email>,
    /// The contact phone.
    pub phone: Option<Phone>,
    /// Their language.
    pub locale: Option<Locale>,
    /// Their time zone.
    pub zone: Option<Zone>,
}

impl Newcomer {
    /// What is known of the client that they become.
    pub(super) fn profile(&self) -> Profile {
        Profile {
            names: vec![self.name.clone()],
            birth: self.birth.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            locale: self.locale.clone(),
            zone: self.zone,
            ..Profile::default()
        }
    }
}

/// Lets somebody in as a guest: a client without a login. The host holds what the guest does until
/// it leaves; a guest becomes registered by an invitation, or by a merge.
#[derive(Debug, Clone, Serialize)]
pub struct EnterAsGuest {
    /// Who.
    pub newcomer: Newcomer,
    /// The room that the guest joins, whose staff see it.
    pub room: Option<RoomId>,
}

impl Command for EnterAsGuest {
    type Done = ClientId;
    const ACTION: Option<Action> = Some(Action::ClientEnterAsGuest);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ClientId> {
        unit.look().permit(Action::ClientEnterAsGuest, About::New)?;
        if !unit.look().practice()?.settings.guests {
            return Err(Refusal::SwitchedOff.into());
        }
        count_entry(unit)?;
        let (profile, happening) = (self.newcomer.profile(), Happening::GuestEntered);
        let id = client::create(unit, profile, Stage::Guest, Status::Active, happening)?;
        if let Some(room) = self.room {
            let room = unit.look().room(room)?;
            room::assign(unit, &room, id.into())?;
        }
        Ok(id)
    }
}

impl Admit {
    /// Lets somebody in as a guest, and shows the client that it is.
    ///
    /// # Errors
    /// `SwitchedOff` where the practice has no guests; `TryLater` where too many came from one
    /// source, or to the practice; `NotFound` for the room; what the access table says.
    pub fn enter_as_guest(
        &self,
        actor: &Actor,
        enter: EnterAsGuest,
        key: Option<&IdempotencyKey>,
    ) -> Result<Client> {
        let id = self.run(actor, enter, key)?;
        let found = self.snapshot(|read| records::client::find(read, id))?;
        Ok(found.ok_or(Refusal::NotFound)?)
    }
}

/// Counts somebody who comes by themselves, by source and by practice. The host is not counted.
///
/// # Errors
/// `TryLater`.
pub(super) fn count_entry(unit: &mut Unit<'_>) -> Result<()> {
    let context = unit.context;
    if context.actor.who == Who::Host {
        return Ok(());
    }
    let practice = context.practice()?;
    let here = practice.bytes().as_slice();
    if let Some(source) = &context.actor.source.address {
        let digest = context.digest("entries from", &[here, source.as_str().as_bytes()]);
        count(unit, &digest, ENTRIES_PER_SOURCE)?;
    }
    count(unit, &context.digest("entries to", &[here]), ENTRIES_PER_PRACTICE)
}

/// Counts one more under a digest.
///
/// # Errors
/// `TryLater`.
pub(super) fn count(unit: &mut Unit<'_>, digest: &[u8; 32], limit: Limit) -> Result<()> {
    let window = records::rate::find(&mut unit.write, digest)?;
    let window = window.and_one(limit, unit.now()).map_err(|refusal| match refusal {
        Refusal::TooManyMessages { retry_after } => Refusal::TryLater { retry_after },
        other => other,
    })?;
    Ok(records::rate::put(&mut unit.write, digest, window)?)
}
