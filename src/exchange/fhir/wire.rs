//! The members of R4 resources that we read, as JSON has them.
//!
//! Unknown members are passed over. A known one of the wrong type is an error; null is absent, as
//! FHIR writes it in lists, and so is an empty text.

use serde::{Deserialize, Deserializer};

use crate::exchange::json::Object;

/// HL7 table 0203, the types of identifiers.
pub(super) const IDENTIFIER_TYPES: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";
/// The type of a medical record number.
pub(super) const MEDICAL_RECORD_NUMBER: &str = "MR";
/// Language tags.
pub(super) const LANGUAGES: &str = "urn:ietf:bcp:47";
/// The extension that says in which script a name is written.
pub(super) const NAME_SCRIPT: &str =
    "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
/// The type of a link to the Patient that is to be used instead.
pub(super) const REPLACED_BY: &str = "replaced-by";

#[derive(Default)]
pub(super) struct Text(pub Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        Ok(Self(text.filter(|text| !text.is_empty())))
    }
}

#[derive(Default)]
pub(super) struct Texts(pub Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = Option::<Vec<Text>>::deserialize(deserializer)?;
        Ok(Self(texts.into_iter().flatten().filter_map(|text| text.0).collect()))
    }
}

pub(super) struct Objects<T>(pub Vec<T>);

impl<T> Default for Objects<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Objects<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let objects = Option::<Vec<Option<Object<T>>>>::deserialize(deserializer)?;
        let present = objects.into_iter().flatten().flatten();
        Ok(Self(present.map(|Object(object)| object).collect()))
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Patient {
    pub id: Text,
    pub identifier: Objects<Identifier>,
    pub active: Option<bool>,
    pub name: Objects<HumanName>,
    pub telecom: Objects<ContactPoint>,
    pub gender: Text,
    pub birth_date: Text,
    pub deceased_boolean: Option<bool>,
    pub deceased_date_time: Text,
    pub address: Objects<Address>,
    pub communication: Objects<Communication>,
    pub contact: Objects<Contact>,
    pub general_practitioner: Objects<Reference>,
    pub link: Objects<Link>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Identifier {
    #[serde(rename = "use")]
    pub usage: Text,
    pub r#type: Option<Object<CodeableConcept>>,
    pub system: Text,
    pub value: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CodeableConcept {
    pub coding: Objects<Coding>,
    pub text: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Coding {
    pub system: Text,
    pub code: Text,
    pub display: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct HumanName {
    #[serde(rename = "use")]
    pub usage: Text,
    pub text: Text,
    pub family: Text,
    pub given: Texts,
    pub prefix: Texts,
    pub suffix: Texts,
    pub period: Option<Object<Period>>,
    pub extension: Objects<Extension>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Period {
    pub end: Text,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Extension {
    pub url: Text,
    pub value_code: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ContactPoint {
    pub system: Text,
    pub value: Text,
    #[serde(rename = "use")]
    pub usage: Text,
    pub rank: Option<u32>,
    pub period: Option<Object<Period>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Address {
    #[serde(rename = "use")]
    pub usage: Text,
    pub text: Text,
    pub line: Texts,
    pub city: Text,
    pub district: Text,
    pub state: Text,
    pub postal_code: Text,
    pub country: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Communication {
    pub language: Option<Object<CodeableConcept>>,
    pub preferred: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Contact {
    pub relationship: Objects<CodeableConcept>,
    pub name: Option<Object<HumanName>>,
    pub telecom: Objects<ContactPoint>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Link {
    pub other: Option<Object<Reference>>,
    pub r#type: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Reference {
    pub reference: Text,
    pub display: Text,
}
