//! Lists of logins, in a format of our own.

use serde::Deserialize;

use crate::exchange::json::Object;
use crate::exchange::ndjson::{self, Row};
use crate::exchange::{json, redacted::redacted};

/// One login of the list. A member that is absent or null is `None`; texts stay as they came.
/// Times are milliseconds since 1970 UTC. Another member than these is refused.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginRow {
    /// The host's own key of the seat that it holds.
    pub staff: Option<String>,
    /// The host's own key of the client that it is.
    pub client: Option<String>,
    /// The host's own keys of the clients that it is, where there are several.
    pub clients: Option<Vec<String>>,
    /// A sign-in name apart from the address.
    pub username: Option<String>,
    /// The address, also a sign-in name.
    pub email: Option<String>,
    /// Says whether the address was proved.
    pub email_verified: Option<bool>,
    /// The holder's name.
    pub holder: Option<String>,
    /// The holder's phone.
    pub phone: Option<String>,
    /// The locale tag, such as `en-US`.
    pub locale: Option<String>,
    /// The time zone's name, such as `Europe/Paris`.
    pub zone: Option<String>,
    /// `active`, `suspended` or `removed`.
    pub status: Option<String>,
    /// When it was made.
    pub created_at: Option<i64>,
    /// When it took up its seat or clients.
    pub activated_at: Option<i64>,
    /// When it last signed in.
    pub last_sign_in: Option<i64>,
    /// Says whether the password must be changed at the next sign-in.
    pub must_change: Option<bool>,
    /// The hash of the password.
    pub hash: Option<String>,
    /// External identities.
    pub identities: Option<Vec<IdentityRow>>,
}

/// An external identity of a login.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityRow {
    /// Who vouches for it.
    pub issuer: String,
    /// Whom it names there.
    pub subject: String,
}

impl<'de> Deserialize<'de> for IdentityRow {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Members {
            issuer: String,
            subject: String,
        }
        let Object(Members { issuer, subject }) = Object::deserialize(deserializer)?;
        Ok(Self { issuer, subject })
    }
}

redacted!(LoginRow, IdentityRow);

/// Reads a list of logins, one JSON object a line.
pub fn rows(input: &[u8]) -> impl Iterator<Item = Row<LoginRow>> {
    ndjson::rows(ndjson::lines(input), json::object)
}
