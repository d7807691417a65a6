//! What comes in from outside, and what goes out.

mod arbitrary;
mod bundle;
mod export;
mod lists;
mod patients;
mod qr;
mod refused;

use admit::exchange::RowError;
use admit::exchange::RowErrorKind;
use admit::exchange::fhir::{self, PatientRow};
use admit::exchange::ndjson::Row;
use std::fs;

const FILES: [&str; 3] = ["us", "jp", "synthea"];

fn file(country: &str) -> Vec<u8> {
    fs::read(format!("examples/data/patients-{country}.ndjson")).unwrap()
}

fn patients(input: impl AsRef<[u8]>) -> Vec<Row<PatientRow>> {
    fhir::patients(input.as_ref()).collect()
}

fn patients_of(country: &str) -> Vec<PatientRow> {
    patients(file(country)).into_iter().map(|row| row.result.unwrap()).collect()
}

/// The one patient of an input.
fn patient(input: &str) -> Result<PatientRow, RowError> {
    let mut rows = patients(input);
    assert_eq!(rows.len(), 1);
    rows.remove(0).result
}

/// A patient with these further members.
fn with(members: &str) -> Result<PatientRow, RowError> {
    patient(&format!(r#"{{"resourceType":"Patient","id":"p1",{members}}}"#))
}

/// What became of each row: its line, and `None` where it was read.
fn outcomes<T>(rows: impl IntoIterator<Item = Row<T>>) -> Vec<(u64, Option<RowErrorKind>)> {
    rows.into_iter().map(|row| (row.line, row.result.err().map(|error| error.kind))).collect()
}
