//! Seats from a list of our own.

use super::{ImportReport, Land, Landed, Skipped, find, import, parsed};
use crate::commands::admit::Admit;
use crate::commands::look::About;
use crate::commands::staff::{self, AddStaff};
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::event::Happening;
use crate::domain::id::{Noun, StaffId};
use crate::domain::staff::{Approval, Role, Staff};
use crate::domain::text::{
    Email, ExternalId, Line, Locale, PersonName, Phone, Reason, Script, Zone,
};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::exchange::staff::{StaffRow, rows};

impl Admit {
    /// Imports seats, one JSON object a line.
    ///
    /// A seat is found again by its external id, and then changes in what its row states; a row
    /// without one makes a new seat each time. Another role needs what `ChangeRole` needs. Nobody
    /// is invited or told.
    ///
    /// # Errors
    /// What the access table says; a fault of the store, after which the chunks before it stay.
    pub fn import_staff(&self, actor: &Actor, bytes: &[u8]) -> Result<ImportReport<StaffId>> {
        import(self, actor, rows(bytes), parse, None)
    }
}

fn parse(row: StaffRow, _: Timestamp) -> std::result::Result<AddStaff, Skipped> {
    let find_role = |word: &str| Role::find(word).ok_or(Reason::Unknown);
    let role = parsed(find_role, &row.role, "role")?;
    let name = PersonName {
        family: parsed(Line::parse, &row.family_name, "family_name")?,
        given: parsed(Line::parse, &row.given_name, "given_name")?.into_iter().collect(),
        text: parsed(Line::parse, &row.name, "name")?,
        use_: crate::domain::text::NameUse::Usual,
        script: Script::Default,
        prefix: Vec::new(),
        suffix: Vec::new(),
    };
    Ok(AddStaff {
        name: name.checked().map_err(|_| Skipped::text(Reason::Missing, "name", "name"))?,
        role: role.ok_or_else(|| Skipped::text(Reason::Missing, "role", "role"))?,
        title: None,
        email: parsed(Email::parse, &row.email, "email")?,
        phone: parsed(Phone::parse, &row.phone, "phone")?,
        locale: parsed(Locale::parse, &row.locale, "locale")?,
        zone: parsed(Zone::parse, &row.zone, "zone")?,
        external_id: parsed(ExternalId::parse, &row.external_id, "external_id")?,
        approved: row.approved,
    })
}

impl Land for AddStaff {
    type Id = StaffId;
    const ACTION: Action = Action::StaffImport;

    fn land(&self, unit: &mut Unit<'_>) -> Result<Landed<StaffId>> {
        let known = match &self.external_id {
            None => None,
            Some(id) => find(unit, Noun::Staff, id)?,
        };
        let Some(known) = known else {
            return staff::add(unit, self.clone()).map(Landed::Created);
        };
        let old = unit.look().staff(StaffId::from_uuid(known))?;
        let new = self.over(&old);
        if new == old {
            return Ok(Landed::Unchanged(old.id));
        }
        if new.role == old.role {
            return staff::save(unit, &old, &new, Happening::StaffUpdated).map(Landed::Updated);
        }
        unit.look().permit(Action::StaffChangeRole, About::Staff(old.id))?;
        staff::change_role(unit, &old, &new).map(Landed::Updated)
    }
}

impl AddStaff {
    /// The seat with what the row states in place of what is on file.
    fn over(&self, old: &Staff) -> Staff {
        let is_approved = self.approved == Some(true) || old.approval == Approval::Approved;
        let old = old.clone();
        Staff {
            name: self.name.clone(),
            role: self.role,
            approval: if is_approved { Approval::Approved } else { Approval::Pending },
            email: self.email.clone().or(old.email),
            phone: self.phone.clone().or(old.phone),
            locale: self.locale.clone().or(old.locale),
            zone: self.zone.or(old.zone),
            ..old
        }
    }
}
