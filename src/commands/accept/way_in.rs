//! By what somebody comes in who accepts: a password, an identity, or a session.

use super::Session;
use crate::domain::login::{ExternalIdentity, Login, Password};
use crate::domain::practice::{Practice, SignInMethod};
use crate::domain::refusal::Refusal;
use crate::domain::text::Reason;
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use crate::store::Read;
use serde::Serialize;

/// By what somebody comes in.
#[derive(Serialize)]
pub(in crate::commands) struct WayIn {
    /// A keyed digest, which tells requests apart: the hash has a fresh salt each time.
    pub password: Option<[u8; 32]>,
    #[serde(skip)]
    pub phc: Option<String>,
    pub identity: Option<ExternalIdentity>,
    pub session: Option<Session>,
}

impl WayIn {
    /// Holds that there is exactly one.
    pub fn require_one(&self) -> Result<()> {
        let given = [self.password.is_some(), self.identity.is_some(), self.session.is_some()];
        match given.into_iter().filter(|is_given| *is_given).count() {
            0 => Err(Reason::Missing).field("password"),
            1 => Ok(()),
            _ => Err(Reason::Excluded).field("password"),
        }
    }

    /// Holds that the practice lets a new login sign in this way.
    pub const fn require_allowed(&self, method: SignInMethod) -> std::result::Result<(), Refusal> {
        match method.permits(self.password.is_some(), self.identity.is_some()) {
            true => Ok(()),
            false => Err(Refusal::SignInMethodNotAllowed),
        }
    }

    /// The login that is proved by it; None where there is to be a new one.
    ///
    /// # Errors
    /// `SessionEnded` or `MustChangePassword`.
    pub fn proven(&self, read: &mut dyn Read, practice: &Practice) -> Result<Option<Login>> {
        match (&self.session, &self.identity) {
            (Some(session), _) => {
                let login = records::login::find(read, session.login)?;
                let login = login.filter(|login| login.portal == practice.portal);
                let login = login.ok_or(Refusal::SessionEnded)?;
                login.require_session(session.epoch)?;
                if login.password.as_ref().is_some_and(|password| password.must_change) {
                    return Err(Refusal::MustChangePassword.into());
                }
                Ok(Some(login))
            }
            (None, Some(identity)) => {
                match records::login::find_by_identity(read, practice.portal, identity)? {
                    Some(id) => Ok(records::login::find(read, id)?),
                    None => Ok(None),
                }
            }
            (None, None) => Ok(None),
        }
    }

    /// The password of a new login.
    ///
    /// # Errors
    /// `Conflict` where the link was dead when the password was to be hashed.
    pub fn chosen(&self, now: Timestamp) -> Result<Option<Password>> {
        match (&self.password, &self.phc) {
            (None, _) => Ok(None),
            (Some(_), Some(phc)) => {
                let hash = phc.clone();
                Ok(Some(Password::chosen(hash, now)))
            }
            (Some(_), None) => Err(Refusal::Conflict.into()),
        }
    }
}
