//! Lists of grants, in a format of our own.

use serde::Deserialize;

use crate::exchange::ndjson::{self, Row};
use crate::exchange::{json, redacted::redacted};

/// One grant of the list. Times are milliseconds since 1970 UTC. Another member than these is
/// refused.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantRow {
    /// The host's own key of the client whose chart it opens.
    pub client: String,
    /// The host's own key of the seat that it is given to.
    pub staff: Option<String>,
    /// The host's own key of the room that it is given to.
    pub room: Option<String>,
    /// Parts of the chart; none means all of it.
    pub scopes: Option<Vec<String>>,
    /// Why.
    pub reason: Option<String>,
    /// When it ends by itself.
    pub ends_at: Option<i64>,
}

redacted!(GrantRow);

/// Reads a list of grants, one JSON object a line.
pub fn rows(input: &[u8]) -> impl Iterator<Item = Row<GrantRow>> {
    ndjson::rows(ndjson::lines(input), json::object)
}
