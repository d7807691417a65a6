//! Lists of rooms, in a format of our own.

use serde::Deserialize;

use crate::exchange::ndjson::{self, Row};
use crate::exchange::{json, redacted::redacted};

/// One room of the list. Another member than these is refused.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomRow {
    /// The host's own key of the room; `None` where absent or null.
    pub external_id: Option<String>,
    /// The name as shown.
    pub name: String,
}

redacted!(RoomRow);

/// Reads a list of rooms, one JSON object a line.
pub fn rows(input: &[u8]) -> impl Iterator<Item = Row<RoomRow>> {
    ndjson::rows(ndjson::lines(input), json::object)
}
