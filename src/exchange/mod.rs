//! Bytes from outside into plain rows, and back: FHIR patients, lists of staff, rooms, logins,
//! proxies and grants, QR codes.
//!
//! Rows keep text as it came; the floor above parses it. No error and no `Debug` repeats a value.

pub mod fhir;
pub mod grant;
mod json;
pub mod login;
pub mod ndjson;
pub mod proxy;
pub mod qr;
mod redacted;
pub mod room;
mod row_error;
pub mod staff;

pub use row_error::{RowError, RowErrorKind};
