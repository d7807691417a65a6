//! Clients from FHIR patients. What a row states replaces what is on file; what it leaves out stays.

use super::patient::{self, Patient};
use super::{ImportReport, Land, Landed, Progress, find, import};
use crate::commands::admit::Admit;
use crate::commands::client;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::client::{Profile, Stage, Status};
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, Noun};
use crate::error::Result;
use crate::exchange::fhir;

impl Admit {
    /// Imports clients from FHIR R4 patients: NDJSON, a Bundle, or one Patient.
    ///
    /// A client is found again by its external id; a row without one makes a new client each time.
    /// Who is inactive or deceased there is deactivated here; nobody is activated, invited or told.
    ///
    /// # Errors
    /// What the access table says; a fault of the store, after which the chunks before it stay.
    pub fn import_clients(
        &self,
        actor: &Actor,
        bytes: &[u8],
        progress: Option<Progress<'_>>,
    ) -> Result<ImportReport<ClientId>> {
        import(self, actor, fhir::patients(bytes), patient::parse, progress)
    }
}

impl Land for Patient {
    type Id = ClientId;
    const ACTION: Action = Action::ClientImport;

    fn land(&self, unit: &mut Unit<'_>) -> Result<Landed<ClientId>> {
        let known = match &self.profile.external_id {
            None => None,
            Some(id) => find(unit, Noun::Client, id)?,
        };
        let happening = Happening::ClientImported;
        let Some(known) = known else {
            let status = if self.is_active { Status::Active } else { Status::Deactivated };
            let profile = self.profile.clone();
            let id = client::create(unit, profile, Stage::Registered, status, happening)?;
            return Ok(Landed::Created(id));
        };
        let old = unit.look().client(ClientId::from_uuid(known))?;
        let mut new = old.clone();
        merge(&self.profile, &mut new.profile);
        if !self.is_active && old.status == Status::Active {
            new.status = Status::Deactivated;
        }
        if new == old {
            return Ok(Landed::Unchanged(old.id));
        }
        client::save(unit, &old, &new, happening).map(Landed::Updated)
    }
}

fn merge(stated: &Profile, kept: &mut Profile) {
    fn list<T: Clone>(stated: &[T], kept: &mut Vec<T>) {
        if !stated.is_empty() {
            *kept = stated.to_vec();
        }
    }
    fn value<T: Clone>(stated: &Option<T>, kept: &mut Option<T>) {
        if stated.is_some() {
            kept.clone_from(stated);
        }
    }
    list(&stated.identifiers, &mut kept.identifiers);
    list(&stated.names, &mut kept.names);
    list(&stated.telecoms, &mut kept.telecoms);
    list(&stated.addresses, &mut kept.addresses);
    list(&stated.contacts, &mut kept.contacts);
    value(&stated.birth, &mut kept.birth);
    value(&stated.gender, &mut kept.gender);
    value(&stated.email, &mut kept.email);
    value(&stated.phone, &mut kept.phone);
    value(&stated.locale, &mut kept.locale);
    value(&stated.physician_name, &mut kept.physician_name);
    value(&stated.replaced_by, &mut kept.replaced_by);
    kept.deceased = stated.deceased;
}
