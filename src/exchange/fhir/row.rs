//! What we keep of a FHIR Patient.
//!
//! Absent, null and empty are one: `None`, or no element of the list. Words and numbers are FHIR's
//! own and unchecked, such as `home` for a use.

use crate::exchange::redacted::redacted;

/// One patient, as its sender wrote it. Nothing is required here but the shape.
#[derive(Clone, PartialEq, Eq)]
pub struct PatientRow {
    /// The key to find the patient by: `system|value` of the medical record number, else
    /// `Patient.id` as it is, else empty.
    ///
    /// It is the first identifier with a value and the type `MR` of HL7 table 0203, one in use
    /// before one marked `old`. The form is that of a FHIR search token: a number without a system
    /// is `|value`, never the bare value, which another hospital may have given too. In a system,
    /// `|` and `\` are escaped by `\`, so two identifiers never share a key.
    pub external_id: String,
    /// All identifiers that have a value, as (system, value), the one above among them. An absent
    /// system is empty.
    pub identifiers: Vec<(String, String)>,
    /// Names of every use and script, in the sender's order.
    pub names: Vec<Name>,
    /// Phones, e-mail addresses and the like, in the sender's order.
    pub telecom: Vec<Telecom>,
    /// Postal addresses, in the sender's order.
    pub addresses: Vec<Address>,
    /// The date of birth: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// The administrative gender: `male`, `female`, `other` or `unknown`.
    pub gender: Option<String>,
    /// The tag of the language to write in: the first that is preferred, else the first.
    pub language: Option<String>,
    /// Parents, partners and others to turn to.
    pub contacts: Vec<Contact>,
    /// Says whether the record is in use; absent means it is.
    pub active: bool,
    /// Says whether the patient has died, by flag or by date.
    pub deceased: bool,
    /// The reference of the Patient that replaces this one, such as `Patient/123`.
    pub replaced_by: Option<String>,
    /// The shown name of the first general practitioner that has one.
    pub physician: Option<String>,
}

/// A name of a person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// What it is used for: `usual`, `official`, `temp`, `nickname`, `anonymous`, `old`, `maiden`.
    pub usage: Option<String>,
    /// The whole name as shown.
    pub text: Option<String>,
    /// The family name.
    pub family: Option<String>,
    /// Given names, the first one first.
    pub given: Vec<String>,
    /// What stands before, such as `Dr.`.
    pub prefix: Vec<String>,
    /// What stands behind, such as `Jr.`.
    pub suffix: Vec<String>,
    /// The date on which it ceased to be used.
    pub ended: Option<String>,
    /// The script it is written in, where the sender says.
    pub script: Option<Script>,
}

/// How a name is written, by the extension `iso21090-EN-representation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// `ABC`: letters, such as Latin.
    Alphabetic,
    /// `SYL`: syllables, such as kana.
    Syllabic,
    /// `IDE`: ideographs, such as kanji.
    Ideographic,
}

/// A way to reach someone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Telecom {
    /// The kind: `phone`, `email`, `sms`, `fax`, `pager`, `url` or `other`.
    pub system: Option<String>,
    /// The number or address.
    pub value: Option<String>,
    /// What it is used for: `home`, `work`, `temp`, `old` or `mobile`.
    pub usage: Option<String>,
    /// The order of preference; 1 is tried first.
    pub rank: Option<u32>,
    /// The date on which it ceased to be used. It may lie ahead: this floor has no clock.
    pub ended: Option<String>,
}

/// A postal address.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// What it is used for: `home`, `work`, `temp`, `old` or `billing`.
    pub usage: Option<String>,
    /// The whole address as shown.
    pub text: Option<String>,
    /// Street, number, flat, box.
    pub line: Vec<String>,
    /// The city or town.
    pub city: Option<String>,
    /// The district or county.
    pub district: Option<String>,
    /// The state or prefecture, by name or code.
    pub state: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The country, by name or code.
    pub country: Option<String>,
}

/// Someone to turn to for the patient.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// What the contact is to the patient.
    pub relationships: Vec<Relationship>,
    /// The contact's name.
    pub name: Option<Name>,
    /// How to reach the contact.
    pub telecom: Vec<Telecom>,
}

/// What a contact is to the patient, in words and in codes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Relationship {
    /// The sender's words, else the display of the first code that has one.
    pub text: Option<String>,
    /// The codes as (system, code). An absent system is empty.
    pub codes: Vec<(String, String)>,
}

redacted!(PatientRow, Name, Telecom, Address, Contact, Relationship);

/// Writes an identifier as a FHIR search token; see [`PatientRow::external_id`].
pub fn token(system: &str, value: &str) -> String {
    let system = system.replace('\\', "\\\\").replace('|', "\\|");
    format!("{system}|{value}")
}
