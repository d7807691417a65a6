//! FHIR R4 patients in and out. Of a Patient we read what an invitation needs and pass over the
//! rest.

mod export;
mod import;
mod row;
mod source;
mod wire;

pub use export::export;
pub use row::{Address, Contact, Name, PatientRow, Relationship, Script, Telecom, token};
pub use source::patients;
