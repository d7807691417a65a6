//! Lists of proxies, in a format of our own.

use serde::Deserialize;

use crate::exchange::ndjson::{self, Row};
use crate::exchange::{json, redacted::redacted};

/// One proxy of the list. Times are milliseconds since 1970 UTC. Another member than these is
/// refused.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProxyRow {
    /// The host's own key of the client who is served.
    pub client: String,
    /// The login, by its user name.
    pub username: Option<String>,
    /// The login, by its address.
    pub email: Option<String>,
    /// The login, by the host's own key of the client that it is.
    pub login_client: Option<String>,
    /// The login, by the host's own key of the seat that it holds.
    pub login_staff: Option<String>,
    /// `guardian` or `self`.
    pub tie: Option<String>,
    /// Mother, father, carer: as the practice says it.
    pub relationship: Option<String>,
    /// When it ends by itself.
    pub ends_at: Option<i64>,
}

redacted!(ProxyRow);

/// Reads a list of proxies, one JSON object a line.
pub fn rows(input: &[u8]) -> impl Iterator<Item = Row<ProxyRow>> {
    ndjson::rows(ndjson::lines(input), json::object)
}
