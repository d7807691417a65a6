//! Where patients stand in the input: one a line, in a Bundle, or one alone over many lines.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::iter;

use crate::exchange::fhir::row::PatientRow;
use crate::exchange::fhir::wire;
use crate::exchange::json::{self, Object};
use crate::exchange::ndjson::{self, Row, lines, without_mark};
use crate::exchange::{RowError, RowErrorKind};

/// Reads patients from NDJSON (FHIR bulk data), from a Bundle, or from one Patient over many lines.
///
/// A Bundle is known by the whole input being one JSON object that says so; its rows are numbered
/// by entry. A resource that is no Patient gives [`RowErrorKind::NotAPatient`]. The input is read
/// in place, one row at a time; limits are those of [`ndjson`].
pub fn patients(input: &[u8]) -> impl Iterator<Item = Row<PatientRow>> {
    let rows: Box<dyn Iterator<Item = Row<PatientRow>>> = match Source::of(input) {
        Source::Bundle(list) => Box::new(ndjson::rows(entries(list), entry)),
        Source::Resource(first) => Box::new(ndjson::rows(iter::once(first), patient)),
        Source::Lines => Box::new(ndjson::rows(lines(input), patient)),
    };
    rows
}

enum Source<'a> {
    /// The text of a Bundle's list of entries.
    Bundle(&'a str),
    /// One object over many lines, with the number of the line it starts on.
    Resource((u64, &'a [u8])),
    Lines,
}

/// The members that tell what an object is, left as text.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(borrow)]
    resource_type: Option<&'a RawValue>,
    #[serde(borrow)]
    entry: Option<&'a RawValue>,
    #[serde(borrow)]
    resource: Option<&'a RawValue>,
}

impl Envelope<'_> {
    fn is(&self, resource_type: &str) -> bool {
        let quoted = self.resource_type.map(RawValue::get).unwrap_or_default();
        quoted.trim_matches('"') == resource_type
    }
}

impl<'a> Source<'a> {
    fn of(input: &'a [u8]) -> Self {
        let text = without_mark(input).trim_ascii();
        let Some((start, first)) = lines(input).next() else {
            return Self::Lines;
        };
        // On many rows this reads the first and fails at the second.
        match serde_json::from_slice::<Object<Envelope<'a>>>(text) {
            Ok(Object(envelope)) if envelope.is("Bundle") => {
                let list = envelope.entry.map(RawValue::get).unwrap_or("[]");
                if list.starts_with('[') {
                    return Self::Bundle(list);
                }
                Self::Resource((start, text))
            }
            Ok(_) => Self::Resource((start, text)),
            // A broken document that is laid out over lines is one refusal, not one a line.
            Err(_) if first == b"{" && is_member(lines(input).nth(1)) => {
                Self::Resource((start, text))
            }
            Err(_) => Self::Lines,
        }
    }
}

fn is_member(line: Option<(u64, &[u8])>) -> bool {
    line.is_some_and(|(_, line)| line.starts_with(b"\""))
}

/// Splits a list, known to be good JSON, into the texts of its elements.
fn entries(list: &str) -> impl Iterator<Item = (u64, &[u8])> {
    let mut rest = list.strip_prefix('[').unwrap_or_default();
    let mut number = 0;
    iter::from_fn(move || {
        let mut elements = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        let element = elements.next()?.ok()?;
        let behind = rest.get(elements.byte_offset()..)?.trim_start();
        rest = behind.strip_prefix(',').unwrap_or_default();
        number += 1;
        Some((number, element.get().as_bytes()))
    })
}

fn entry(text: &str) -> Result<PatientRow, RowError> {
    let envelope: Envelope<'_> = json::object(text)?;
    let resource = envelope.resource.ok_or(RowErrorKind::NotAPatient)?;
    patient(resource.get())
}

fn patient(text: &str) -> Result<PatientRow, RowError> {
    // Other resources give other types to the same names, so what it is comes first.
    let envelope: Envelope<'_> = json::object(text)?;
    if !envelope.is("Patient") {
        return Err(RowErrorKind::NotAPatient.into());
    }
    json::object::<wire::Patient>(text).map(PatientRow::from)
}
