//! Bytes from outside into plain rows, and back: FHIR patients, lists of staff and rooms, QR codes.
//!
//! Rows keep text as it came; the floor above parses it. No error and no `Debug` repeats a value.

pub mod fhir;
mod json;
pub mod ndjson;
pub mod qr;
mod redacted;
pub mod room;
mod row_error;
pub mod staff;

pub use row_error::{RowError, RowErrorKind};
