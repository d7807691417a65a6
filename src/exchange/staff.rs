//! Lists of staff, in a format of our own.

use serde::Deserialize;

use crate::exchange::ndjson::{self, Row};
use crate::exchange::{json, redacted::redacted};

/// One seat of the list. A member that is absent or null is `None`; texts stay as they came.
///
/// Another member than these is refused: a misspelt one must not pass in silence.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffRow {
    /// The host's own key of the seat.
    pub external_id: Option<String>,
    /// The name as shown.
    pub name: Option<String>,
    /// The given name.
    pub given_name: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number.
    pub phone: Option<String>,
    /// The role's word, such as `practitioner`.
    pub role: Option<String>,
    /// The locale tag, such as `en-US`.
    pub locale: Option<String>,
    /// The time zone's name, such as `Europe/Paris`.
    pub zone: Option<String>,
    /// Says whether the seat needs no further approval.
    pub approved: Option<bool>,
}

redacted!(StaffRow);

/// Reads a list of staff, one JSON object a line.
pub fn rows(input: &[u8]) -> impl Iterator<Item = Row<StaffRow>> {
    ndjson::rows(ndjson::lines(input), json::object)
}
