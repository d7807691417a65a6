//! What somebody gave who registers: held until the address is proved, forgotten after a day.
//!
//! Nothing is made before. So a registration with an address that has a login writes the very same
//! rows as any other (RULES S24, S25), and nobody holds an address that is not theirs.

use super::client::Profile;
use super::login::{ExternalIdentity, Password};
use super::text::Username;
use super::time::DAY;
use serde::{Deserialize, Serialize};

/// How long a registration waits for its link, in milliseconds (NIST SP 800-63B-4: a day by
/// e-mail).
pub const REGISTRATION_LIFETIME: i64 = DAY;

/// What becomes a client and its login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// What is known of the client; its address becomes the login's.
    pub profile: Profile,
    /// A sign-in name apart from the address.
    pub username: Option<Username>,
    /// The password of the holder's own choice.
    pub password: Option<Password>,
    /// An identity that the host has verified.
    pub identity: Option<ExternalIdentity>,
}

impl Registration {
    /// What may be shown of it.
    #[must_use]
    pub fn without_password(self) -> Self {
        Self { password: None, ..self }
    }
}
