//! A client as a FHIR patient, for the client or another system.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::look::About;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::client::{self, Client, Gender, Identifier, Profile, Status};
use crate::domain::event::Happening;
use crate::domain::id::ClientId;
use crate::domain::text::{Address, Line, NameUse, PersonName, Script};
use crate::error::Result;
use crate::exchange::fhir::{self, PatientRow};
use serde::Serialize;

#[derive(Serialize)]
struct ExportClient {
    client: ClientId,
}

impl Command for ExportClient {
    type Done = String;
    const ACTION: Option<Action> = Some(Action::ClientExport);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<String> {
        let client = unit.look().client(self.client)?;
        unit.look().permit(Action::ClientExport, About::Client(client.id))?;
        let note = Note::done(client.practice, Happening::ClientExported, client.id);
        let note = note.about(client.id);
        unit.note(note);
        Ok(patient(&client))
    }
}

impl Admit {
    /// A client as a FHIR R4 Patient on one line; the export is an event of the audit trail.
    ///
    /// FHIR has no place for the time zone, the product fields and the physician's phone.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn export_client(&self, actor: &Actor, client: ClientId) -> Result<String> {
        self.run(actor, ExportClient { client }, None)
    }
}

/// Writes a client so that an import finds it again by the same external id.
///
/// The id of the Patient is the external id where that is no identifier's and has the form of a
/// FHIR id; else it is the client's own.
fn patient(client: &Client) -> String {
    let mut row = row(client);
    let own = client.id.to_string();
    let key = row.external_id.clone();
    let is_identifier =
        row.identifiers.iter().any(|(system, value)| fhir::token(system, value) == key);
    if is_identifier || key.is_empty() {
        return fhir::export(&row, &own);
    }
    if is_fhir_id(&key) {
        return fhir::export(&row, &key);
    }
    let (system, value) = key.split_once('|').unwrap_or(("", &key));
    let number = (system.to_owned(), value.to_owned());
    row.external_id = fhir::token(&number.0, &number.1);
    row.identifiers.insert(0, number);
    fhir::export(&row, &own)
}

fn is_fhir_id(text: &str) -> bool {
    let permits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    (1..=64).contains(&text.len()) && text.bytes().all(permits)
}

fn row(client: &Client) -> PatientRow {
    let profile = &client.profile;
    PatientRow {
        external_id: profile.external_id.as_ref().map_or_else(String::new, |it| it.as_str().into()),
        identifiers: profile.identifiers.iter().map(identifier).collect(),
        names: profile.names.iter().map(name).collect(),
        telecom: telecoms(profile),
        addresses: profile.addresses.iter().map(address).collect(),
        birth_date: profile.birth.as_ref().map(|birth| birth.as_str().to_owned()),
        gender: profile.gender.map(|gender| gender_word(gender).to_owned()),
        language: profile.locale.as_ref().map(|locale| locale.as_str().to_owned()),
        contacts: profile.contacts.iter().map(contact).collect(),
        active: client.status == Status::Active,
        deceased: profile.deceased,
        replaced_by: profile.replaced_by.as_ref().map(|it| it.as_str().to_owned()),
        physician: text(&profile.physician_name),
    }
}

fn text(line: &Option<Line>) -> Option<String> {
    line.as_ref().map(|line| line.as_str().to_owned())
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| line.as_str().to_owned()).collect()
}

fn identifier(identifier: &Identifier) -> (String, String) {
    let system = identifier.system.as_ref().map_or_else(String::new, |it| it.as_str().into());
    (system, identifier.value.as_str().to_owned())
}

const fn gender_word(gender: Gender) -> &'static str {
    match gender {
        Gender::Male => "male",
        Gender::Female => "female",
        Gender::Other => "other",
        Gender::Unknown => "unknown",
    }
}

fn name(name: &PersonName) -> fhir::Name {
    let usage = match name.use_ {
        NameUse::Usual => "usual",
        NameUse::Official => "official",
        NameUse::Maiden => "maiden",
        NameUse::Nickname => "nickname",
        NameUse::Anonymous => "anonymous",
        NameUse::Old => "old",
        NameUse::Temp => "temp",
    };
    fhir::Name {
        usage: Some(usage.to_owned()),
        text: text(&name.text),
        family: text(&name.family),
        given: texts(&name.given),
        prefix: texts(&name.prefix),
        suffix: texts(&name.suffix),
        ended: None,
        script: match name.script {
            Script::Default => None,
            Script::Alphabetic => Some(fhir::Script::Alphabetic),
            Script::Syllabic => Some(fhir::Script::Syllabic),
            Script::Ideographic => Some(fhir::Script::Ideographic),
        },
    }
}

/// The contact address and phone first, so that an import takes them for such again.
fn telecoms(profile: &Profile) -> Vec<fhir::Telecom> {
    let contact = |system: &str, value: &str, usage: Option<&str>| fhir::Telecom {
        system: Some(system.to_owned()),
        value: Some(value.to_owned()),
        usage: usage.map(str::to_owned),
        ..fhir::Telecom::default()
    };
    let email = profile.email.iter().map(|email| contact("email", email.as_str(), None));
    let has_mobile = profile
        .telecoms
        .iter()
        .any(|telecom| telecom.usage.as_ref().is_some_and(|usage| usage.as_str() == "mobile"));
    let usage = has_mobile.then_some("mobile");
    let phone = profile.phone.iter().map(|phone| contact("phone", phone.as_str(), usage));
    email.chain(phone).chain(profile.telecoms.iter().map(telecom)).collect()
}

fn telecom(telecom: &client::Telecom) -> fhir::Telecom {
    fhir::Telecom {
        system: Some(telecom.system.as_str().to_owned()),
        value: Some(telecom.value.as_str().to_owned()),
        usage: text(&telecom.usage),
        ..fhir::Telecom::default()
    }
}

fn address(address: &Address) -> fhir::Address {
    fhir::Address {
        usage: None,
        text: text(&address.text),
        line: texts(&address.lines),
        city: text(&address.city),
        district: text(&address.district),
        state: text(&address.state),
        postal_code: text(&address.postal_code),
        country: text(&address.country),
    }
}

fn contact(contact: &client::Contact) -> fhir::Contact {
    let relationship = |line: &Line| {
        let text = Some(line.as_str().to_owned());
        fhir::Relationship { text, ..fhir::Relationship::default() }
    };
    fhir::Contact {
        relationships: contact.relationship.iter().map(relationship).collect(),
        name: contact.name.as_ref().map(name),
        telecom: contact.telecoms.iter().map(telecom).collect(),
    }
}
