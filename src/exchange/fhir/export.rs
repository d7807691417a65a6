//! A row into a Patient as JSON has it.

use serde_json::{Map, Value};

use crate::exchange::fhir::row::{
    Address, Contact, Name, PatientRow, Relationship, Script, Telecom, token,
};
use crate::exchange::fhir::wire;

/// Writes a row as a FHIR R4 Patient on one line, with `id` as its `Patient.id`.
///
/// Read back, it gives the same row. An external id that is no identifier's token has no place in
/// FHIR but `Patient.id`: it comes back only where the caller passes it as `id`. `id` should have
/// FHIR's shape, 1 to 64 letters, digits, `-` and `.`; this is not checked.
pub fn export(row: &PatientRow, id: &str) -> String {
    let key =
        row.identifiers.iter().position(|(system, value)| token(system, value) == row.external_id);
    let identifiers = row.identifiers.iter().enumerate();
    Members::default()
        .text("resourceType", Some("Patient"))
        .text("id", Some(id))
        .list("identifier", identifiers.map(|(at, pair)| identifier(pair, key == Some(at))))
        .flag("active", row.active)
        .list("name", row.names.iter().map(name))
        .list("telecom", row.telecom.iter().map(telecom))
        .optional("gender", &row.gender)
        .optional("birthDate", &row.birth_date)
        .flag("deceasedBoolean", row.deceased)
        .list("address", row.addresses.iter().map(address))
        .list("contact", row.contacts.iter().map(contact))
        .list("communication", row.language.as_deref().into_iter().map(communication))
        .list("generalPractitioner", row.physician.as_deref().into_iter().map(display))
        .list("link", row.replaced_by.as_deref().into_iter().map(link))
        .object()
        .to_string()
}

/// The members of one object. FHIR has no empty text, list or object, so these are left out.
#[derive(Default)]
struct Members(Map<String, Value>);

impl Members {
    fn member(mut self, name: &str, value: Value) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    fn text(self, name: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) if !text.is_empty() => self.member(name, text.into()),
            _ => self,
        }
    }

    fn optional(self, name: &str, text: &Option<String>) -> Self {
        self.text(name, text.as_deref())
    }

    fn flag(self, name: &str, flag: bool) -> Self {
        self.member(name, flag.into())
    }

    fn list(self, name: &str, values: impl Iterator<Item = Value>) -> Self {
        let values: Vec<Value> = values.collect();
        if values.is_empty() {
            return self;
        }
        self.member(name, values.into())
    }

    fn texts(self, name: &str, texts: &[String]) -> Self {
        self.list(name, texts.iter().map(|text| text.as_str().into()))
    }

    fn period(self, ended: &Option<String>) -> Self {
        match ended {
            Some(_) => self.member("period", Self::default().optional("end", ended).object()),
            None => self,
        }
    }

    fn object(self) -> Value {
        Value::Object(self.0)
    }
}

fn coding(system: &str, code: &str) -> Value {
    Members::default().text("system", Some(system)).text("code", Some(code)).object()
}

fn concept(codings: impl Iterator<Item = Value>, text: &Option<String>) -> Value {
    Members::default().list("coding", codings).optional("text", text).object()
}

fn identifier((system, value): &(String, String), is_key: bool) -> Value {
    let members = Members::default().text("system", Some(system)).text("value", Some(value));
    if !is_key {
        return members.object();
    }
    let record_number = coding(wire::IDENTIFIER_TYPES, wire::MEDICAL_RECORD_NUMBER);
    members.member("type", concept([record_number].into_iter(), &None)).object()
}

fn name(name: &Name) -> Value {
    Members::default()
        .optional("use", &name.usage)
        .optional("text", &name.text)
        .optional("family", &name.family)
        .texts("given", &name.given)
        .texts("prefix", &name.prefix)
        .texts("suffix", &name.suffix)
        .period(&name.ended)
        .list("extension", name.script.into_iter().map(script))
        .object()
}

fn script(script: Script) -> Value {
    let code = match script {
        Script::Alphabetic => "ABC",
        Script::Syllabic => "SYL",
        Script::Ideographic => "IDE",
    };
    Members::default().text("url", Some(wire::NAME_SCRIPT)).text("valueCode", Some(code)).object()
}

fn telecom(telecom: &Telecom) -> Value {
    let members = Members::default()
        .optional("system", &telecom.system)
        .optional("value", &telecom.value)
        .optional("use", &telecom.usage)
        .period(&telecom.ended);
    match telecom.rank {
        Some(rank) => members.member("rank", rank.into()).object(),
        None => members.object(),
    }
}

fn address(address: &Address) -> Value {
    Members::default()
        .optional("use", &address.usage)
        .optional("text", &address.text)
        .texts("line", &address.line)
        .optional("city", &address.city)
        .optional("district", &address.district)
        .optional("state", &address.state)
        .optional("postalCode", &address.postal_code)
        .optional("country", &address.country)
        .object()
}

fn contact(contact: &Contact) -> Value {
    let members = Members::default()
        .list("relationship", contact.relationships.iter().map(relationship))
        .list("telecom", contact.telecom.iter().map(telecom));
    match &contact.name {
        Some(known) => members.member("name", name(known)).object(),
        None => members.object(),
    }
}

fn relationship(relationship: &Relationship) -> Value {
    let codings = relationship.codes.iter();
    concept(codings.map(|(system, code)| coding(system, code)), &relationship.text)
}

fn communication(language: &str) -> Value {
    let tag = coding(wire::LANGUAGES, language);
    Members::default()
        .member("language", concept([tag].into_iter(), &None))
        .flag("preferred", true)
        .object()
}

fn display(display: &str) -> Value {
    Members::default().text("display", Some(display)).object()
}

fn link(reference: &str) -> Value {
    let other = Members::default().text("reference", Some(reference)).object();
    Members::default().member("other", other).text("type", Some(wire::REPLACED_BY)).object()
}
