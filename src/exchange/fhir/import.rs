//! A Patient as JSON has it into a row.

use crate::exchange::fhir::row::{self, PatientRow, Relationship, Script, Telecom, token};
use crate::exchange::fhir::wire;
use crate::exchange::json::Object;

impl From<wire::Patient> for PatientRow {
    fn from(patient: wire::Patient) -> Self {
        let external_id = record_number(&patient.identifier.0).or(patient.id.0).unwrap_or_default();
        let identifiers = patient.identifier.0.into_iter().filter_map(|identifier| {
            let value = identifier.value.0?;
            Some((identifier.system.0.unwrap_or_default(), value))
        });
        Self {
            external_id,
            identifiers: identifiers.collect(),
            names: present(patient.name),
            telecom: present(patient.telecom),
            addresses: present(patient.address),
            birth_date: patient.birth_date.0,
            gender: patient.gender.0,
            language: language(&patient.communication.0),
            contacts: present(patient.contact),
            active: patient.active.unwrap_or(true),
            deceased: patient.deceased_boolean == Some(true)
                || patient.deceased_date_time.0.is_some(),
            replaced_by: replaced_by(patient.link),
            physician: patient
                .general_practitioner
                .0
                .into_iter()
                .find_map(|reference| reference.display.0),
        }
    }
}

/// Turns each object into its row and leaves out those of which nothing is left.
fn present<W, R: From<W> + Default + PartialEq>(objects: wire::Objects<W>) -> Vec<R> {
    objects.0.into_iter().map(R::from).filter(|row| *row != R::default()).collect()
}

fn record_number(identifiers: &[wire::Identifier]) -> Option<String> {
    let numbers = || {
        identifiers.iter().filter_map(|identifier| {
            let value = identifier.value.0.as_deref()?;
            is_record_number(identifier).then_some((identifier, value))
        })
    };
    let (identifier, value) = numbers()
        .find(|(identifier, _)| identifier.usage.0.as_deref() != Some("old"))
        .or_else(|| numbers().next())?;
    Some(token(identifier.system.0.as_deref().unwrap_or_default(), value))
}

fn is_record_number(identifier: &wire::Identifier) -> bool {
    identifier.r#type.as_ref().is_some_and(|Object(concept)| {
        concept.coding.0.iter().any(|coding| {
            coding.system.0.as_deref() == Some(wire::IDENTIFIER_TYPES)
                && coding.code.0.as_deref() == Some(wire::MEDICAL_RECORD_NUMBER)
        })
    })
}

fn language(communications: &[wire::Communication]) -> Option<String> {
    let tag = |communication: &wire::Communication| {
        let Object(concept) = communication.language.as_ref()?;
        concept.coding.0.iter().find_map(|coding| coding.code.0.clone())
    };
    communications
        .iter()
        .filter(|communication| communication.preferred == Some(true))
        .find_map(tag)
        .or_else(|| communications.iter().find_map(tag))
}

fn replaced_by(links: wire::Objects<wire::Link>) -> Option<String> {
    links
        .0
        .into_iter()
        .filter(|link| link.r#type.0.as_deref() == Some(wire::REPLACED_BY))
        .find_map(|link| link.other?.0.reference.0)
}

fn end(period: Option<Object<wire::Period>>) -> Option<String> {
    period?.0.end.0
}

impl From<wire::HumanName> for row::Name {
    fn from(name: wire::HumanName) -> Self {
        Self {
            usage: name.usage.0,
            text: name.text.0,
            family: name.family.0,
            given: name.given.0,
            prefix: name.prefix.0,
            suffix: name.suffix.0,
            ended: end(name.period),
            script: name.extension.0.iter().find_map(script),
        }
    }
}

fn script(extension: &wire::Extension) -> Option<Script> {
    if extension.url.0.as_deref() != Some(wire::NAME_SCRIPT) {
        return None;
    }
    match extension.value_code.0.as_deref()? {
        "ABC" => Some(Script::Alphabetic),
        "SYL" => Some(Script::Syllabic),
        "IDE" => Some(Script::Ideographic),
        _ => None,
    }
}

impl From<wire::ContactPoint> for Telecom {
    fn from(point: wire::ContactPoint) -> Self {
        Self {
            system: point.system.0,
            value: point.value.0,
            usage: point.usage.0,
            rank: point.rank,
            ended: end(point.period),
        }
    }
}

impl From<wire::Address> for row::Address {
    fn from(address: wire::Address) -> Self {
        Self {
            usage: address.usage.0,
            text: address.text.0,
            line: address.line.0,
            city: address.city.0,
            district: address.district.0,
            state: address.state.0,
            postal_code: address.postal_code.0,
            country: address.country.0,
        }
    }
}

impl From<wire::Contact> for row::Contact {
    fn from(contact: wire::Contact) -> Self {
        Self {
            relationships: present(contact.relationship),
            name: contact
                .name
                .map(|Object(name)| row::Name::from(name))
                .filter(|name| *name != row::Name::default()),
            telecom: present(contact.telecom),
        }
    }
}

impl From<wire::CodeableConcept> for Relationship {
    fn from(concept: wire::CodeableConcept) -> Self {
        let codings = concept.coding.0;
        let display = codings.iter().find_map(|coding| coding.display.0.clone());
        let codes = codings.into_iter().filter_map(|coding| {
            let code = coding.code.0?;
            Some((coding.system.0.unwrap_or_default(), code))
        });
        Self { text: concept.text.0.or(display), codes: codes.collect() }
    }
}
