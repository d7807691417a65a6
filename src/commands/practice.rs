//! Practices: the host makes them, they decide the rest for themselves.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::look::About;
use super::proxy;
use super::unit::Unit;
use super::{Change, Page, cursor_key, page_of, page_size, require_revision};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::event::Happening;
use crate::domain::id::{PortalId, PracticeId};
use crate::domain::practice::{self, Practice, Settings, SignInMethods, Status};
use crate::domain::refusal::Refusal;
use crate::domain::text::{
    AllowList, Email, ExternalId, Line, LinkTemplate, Locale, Phone, Reason, Zone,
};
use crate::error::{Error, InField, Result};
use crate::records;
use crate::records::codec::{self, Row};
use crate::store::Order;
use serde::Serialize;
use std::ops::ControlFlow;

/// What an update does to the settings; what is not named stays.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SettingsChange {
    /// Who sends messages.
    pub sender: Change<Email>,
    /// Whom a client asks for help, by mail.
    pub support_email: Change<Email>,
    /// Whom a client asks for help, by phone.
    pub support_phone: Change<Phone>,
    /// Where a client opens an invitation.
    pub invitation_link: Change<LinkTemplate>,
    /// Where staff open an invitation.
    pub staff_invitation_link: Change<LinkTemplate>,
    /// Where a client chooses a new password.
    pub reset_link: Change<LinkTemplate>,
    /// Where staff choose a new password.
    pub staff_reset_link: Change<LinkTemplate>,
    /// Where an address is confirmed.
    pub address_link: Change<LinkTemplate>,
    /// The language of messages.
    pub locale: Change<Locale>,
    /// The time zone of messages.
    pub zone: Change<Zone>,
    /// How long an invitation is open, in milliseconds.
    pub invitation_lifetime: Option<i64>,
    /// The age at which guardians' ties end.
    pub majority: Option<u8>,
    /// Whether the host asks for a second factor.
    pub second_factor: Option<bool>,
    /// How each role signs in.
    pub sign_in: Option<SignInMethods>,
    /// Whether guests may enter.
    pub guests: Option<bool>,
    /// Whether people may register themselves.
    pub registration: Option<bool>,
    /// Whether a new practitioner waits for approval.
    pub approval: Option<bool>,
    /// Whether staff may choose a client's temporary password.
    pub staff_may_choose_password: Option<bool>,
}

impl SettingsChange {
    fn apply(self, settings: &mut Settings, origins: &AllowList) -> Result<()> {
        for (field, link) in [
            ("invitation_link", &self.invitation_link),
            ("staff_invitation_link", &self.staff_invitation_link),
            ("reset_link", &self.reset_link),
            ("staff_reset_link", &self.staff_reset_link),
            ("address_link", &self.address_link),
        ] {
            if let Change::Set(template) = link
                && !origins.permits(template)
            {
                return Err(Reason::OriginNotAllowed).field(field);
            }
        }
        if let Some(lifetime) = self.invitation_lifetime {
            settings.invitation_lifetime =
                practice::invitation_lifetime(lifetime, "invitation_lifetime_ms")?;
        }
        if let Some(majority) = self.majority {
            if !(10..=30).contains(&majority) {
                return Err(Reason::NotInRange).field("majority_years");
            }
            settings.majority = majority;
        }
        self.sender.apply(&mut settings.sender);
        self.support_email.apply(&mut settings.support_email);
        self.support_phone.apply(&mut settings.support_phone);
        self.invitation_link.apply(&mut settings.links.invitation);
        self.staff_invitation_link.apply(&mut settings.links.staff_invitation);
        self.reset_link.apply(&mut settings.links.reset);
        self.staff_reset_link.apply(&mut settings.links.staff_reset);
        self.address_link.apply(&mut settings.links.address);
        self.locale.apply(&mut settings.locale);
        self.zone.apply(&mut settings.zone);
        set(&mut settings.second_factor, self.second_factor);
        set(&mut settings.sign_in, self.sign_in);
        set(&mut settings.guests, self.guests);
        set(&mut settings.registration, self.registration);
        set(&mut settings.approval, self.approval);
        set(&mut settings.staff_may_choose_password, self.staff_may_choose_password);
        Ok(())
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

/// Makes a practice. The portal is fixed for good: a name that practices share, or its own.
#[derive(Debug, Clone, Serialize)]
pub struct CreatePractice {
    /// What it is called.
    pub name: Line,
    /// The host's own key, unique in the store.
    pub external_id: Option<ExternalId>,
    /// The name of the portal that it shares; None gives it one of its own.
    pub portal: Option<Line>,
    /// What it decides for itself; what is not named has its default.
    pub settings: SettingsChange,
}

impl Command for CreatePractice {
    type Done = PracticeId;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<PracticeId> {
        let id: PracticeId = unit.new_id();
        let portal = match &self.portal {
            None => PortalId::from_uuid(id.uuid()),
            Some(name) => shared_portal(unit, name)?,
        };
        let mut settings = Settings::default();
        let origins = &unit.context.options.link_origins;
        self.settings.clone().apply(&mut settings, origins)?;
        let now = unit.now();
        let practice = Practice {
            id,
            external_id: self.external_id.clone(),
            portal,
            name: self.name.clone(),
            status: Status::Active,
            settings,
            created_at: now,
            updated_at: now,
            revision: 1,
        };
        if !records::practice::put(&mut unit.write, None, &practice)? {
            return Err(Refusal::ExternalIdTaken.into());
        }
        let note = Note::done(id, Happening::PracticeCreated, id);
        unit.note(note);
        Ok(id)
    }
}

fn shared_portal(unit: &mut Unit<'_>, name: &Line) -> Result<PortalId> {
    if let Some(found) = records::practice::find_portal(&mut unit.write, name)? {
        return Ok(found);
    }
    let id = unit.new_id();
    records::practice::put_portal(&mut unit.write, name, id)?;
    Ok(id)
}

/// Changes the actor's practice. With its age of majority and its zone the ends of its guardians
/// move: of its first 1,000 clients at once, of the rest by upkeep.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UpdatePractice {
    /// What it is called.
    pub name: Option<Line>,
    /// The host's own key.
    pub external_id: Change<ExternalId>,
    /// What it decides for itself.
    pub settings: SettingsChange,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for UpdatePractice {
    type Done = PracticeId;
    const ACTION: Option<Action> = Some(Action::PracticeUpdate);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<PracticeId> {
        unit.look().permit(Action::PracticeUpdate, About::Practice)?;
        let old = unit.look().practice()?;
        require_revision(self.revision, old.revision)?;
        let mut new = old.clone();
        set(&mut new.name, self.name.clone());
        self.external_id.clone().apply(&mut new.external_id);
        let origins = &unit.context.options.link_origins;
        self.settings.clone().apply(&mut new.settings, origins)?;
        let of_age = |settings: &Settings| (settings.majority, settings.zone);
        if of_age(&old.settings) != of_age(&new.settings) {
            proxy::move_all_ends(unit, &new, None)?;
        }
        save(unit, &old, new, Happening::PracticeUpdated)
    }
}

fn save(
    unit: &mut Unit<'_>,
    old: &Practice,
    new: Practice,
    happening: Happening,
) -> Result<PracticeId> {
    let new = Practice { updated_at: unit.now(), revision: old.revision + 1, ..new };
    if !records::practice::put(&mut unit.write, Some(old), &new)? {
        return Err(Refusal::ExternalIdTaken.into());
    }
    let note = Note::done(new.id, happening, new.id);
    unit.note(note);
    Ok(new.id)
}

/// Stops all but reads in the actor's practice. Its invitations cannot be accepted meanwhile.
#[derive(Debug, Clone, Serialize)]
pub struct SuspendPractice;

impl Command for SuspendPractice {
    type Done = PracticeId;
    const ACTION: Option<Action> = Some(Action::PracticeSuspend);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<PracticeId> {
        unit.look().permit(Action::PracticeSuspend, About::Practice)?;
        let old = unit.look().practice()?;
        let new = old.clone().suspend()?;
        save(unit, &old, new, Happening::PracticeSuspended)
    }
}

/// Lets the actor's practice work again.
#[derive(Debug, Clone, Serialize)]
pub struct ReactivatePractice;

impl Command for ReactivatePractice {
    type Done = PracticeId;
    const ACTION: Option<Action> = Some(Action::PracticeSuspend);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<PracticeId> {
        unit.look().permit(Action::PracticeSuspend, About::Practice)?;
        let old = unit.look().practice()?;
        let new = old.clone().reactivate()?;
        save(unit, &old, new, Happening::PracticeReactivated)
    }
}

impl Admit {
    /// The actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn practice(&self, actor: &Actor) -> Result<Practice> {
        self.read(actor, |look| {
            look.permit(Action::PracticeRead, About::Practice)?;
            look.practice()
        })
    }

    /// Finds a practice by the host's own key. A store call, for the host alone.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn practice_by_external_id(&self, external: &ExternalId) -> Result<Practice> {
        self.read(&Actor::store_host(), |look| {
            let id = records::practice::find_by_external_id(look.read, external)?
                .ok_or(Refusal::NotFound)?;
            Ok(records::practice::find(look.read, id)?.ok_or(Refusal::NotFound)?)
        })
    }

    /// All practices, oldest first. A store call, for the host alone.
    ///
    /// # Errors
    /// `Invalid` for a cursor that is none.
    pub fn practices(&self, after: Option<&str>, limit: u32) -> Result<Page<Practice>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(&Actor::store_host(), |look| {
            let mut found = Vec::new();
            let space = Practice::SPACE;
            let cursor = cursor.as_deref();
            records::index::scan(look.read, space, &[], cursor, Order::Up, &mut |key, value| {
                found.push((key.to_vec(), codec::decode(value)?));
                let is_full = found.len() > size;
                Ok(if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            })?;
            Ok::<_, Error>(page_of(found, size))
        })
    }
}
