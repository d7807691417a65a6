//! Why a row was refused, in words that may be logged.

use std::fmt;

/// A row that was refused. It never holds a value of the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// What is wrong.
    pub kind: RowErrorKind,
    /// The path of the member at fault, such as `name[0].family`: names of the format, no values.
    pub at: Option<String>,
}

/// What can be wrong with a row, each with what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowErrorKind {
    /// The row is over [`ROW_BYTES_MAX`](super::ndjson::ROW_BYTES_MAX) and was not parsed.
    #[error("the row is over 1 MiB; leave out attachments and put one object on each line")]
    TooLarge,
    /// The row is not UTF-8.
    #[error("the row is not UTF-8; save the file as UTF-8")]
    NotUtf8,
    /// The row is not one complete JSON value.
    #[error("the row is not JSON or is cut short; put one whole JSON object on each line")]
    NotJson,
    /// The row nests deeper than [`DEPTH_MAX`](super::ndjson::DEPTH_MAX) and was not parsed.
    #[error("the row nests over 100 levels deep; send a flatter object")]
    TooDeep,
    /// The row is JSON of another shape, such as a list.
    #[error("the row is not a JSON object; put one JSON object on each line")]
    NotAnObject,
    /// The resource is not a FHIR Patient.
    #[error("the resource is not a Patient; it is skipped, and needs no change")]
    NotAPatient,
    /// A known member holds another type than the format says.
    #[error("a member has the wrong type; give it the type that the format says")]
    WrongType,
    /// A known member stands twice in one object, so no one can tell which is meant.
    #[error("a member is given twice in one object; keep one of the two")]
    RepeatedMember,
    /// A member that our own formats do not have; FHIR resources may hold any.
    #[error("a member is not one of this format; check the spelling of the member names")]
    UnknownMember,
    /// A member without which the row has no meaning.
    #[error("a required member is missing; add it")]
    MissingMember,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            Some(at) => write!(f, "{} (at {at})", self.kind),
            None => self.kind.fmt(f),
        }
    }
}

impl std::error::Error for RowError {}

impl From<RowErrorKind> for RowError {
    fn from(kind: RowErrorKind) -> Self {
        Self { kind, at: None }
    }
}
