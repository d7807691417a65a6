//! A login proves itself again by its password, before it changes what the password protects.

use super::admit::Admit;
use super::audit;
use super::context::Context;
use super::failures::{self, Failed};
use super::name;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::id::LoginId;
use crate::domain::login::{Login, Password};
use crate::domain::refusal::Refusal;
use crate::error::Result;
use crate::records;
use secrecy::SecretString;

/// What came of comparing a password with the hash that was stored then.
pub(super) struct Proof {
    stored: Option<String>,
    matches: bool,
}

pub(super) fn stored_hash(login: &Login) -> Option<String> {
    login.password.as_ref().map(|password| password.hash.clone())
}

impl Admit {
    /// Compares a login's password before the write. While the login must wait, no hash is made.
    ///
    /// # Errors
    /// `TryLater` where too many wait for a turn.
    pub(super) fn prove(
        &self,
        context: &Context,
        login: &Login,
        password: &SecretString,
    ) -> Result<Proof> {
        let stored = stored_hash(login);
        let counter = failures::of_login_itself(context, login);
        let wait = self.look_in(context, |look| {
            Ok(failures::load(look.read, look.context.now, &counter)?.wait(look.context.now))
        })?;
        if wait > 0 {
            return Ok(Proof { stored, matches: false });
        }
        let name = name::counted_names(login).into_iter().next().unwrap_or_default();
        let verdict = self.verify_password(context, &name, password, stored.as_deref())?;
        Ok(Proof { stored, matches: verdict.matches })
    }
}

impl Proof {
    /// Whether the password was the stored one.
    pub const fn matches(&self) -> bool {
        self.matches
    }

    /// Holds, inside the write, that the proof is still about the present hash and was right.
    ///
    /// # Errors
    /// `TryLater` after failures, `Conflict` where the password has changed meanwhile, and
    /// `SignInFailed` for a wrong or lapsed one.
    pub fn require(&self, unit: &mut Unit<'_>, login: &Login) -> Result<()> {
        let now = unit.now();
        let counter = failures::of_login_itself(unit.context, login);
        failures::require_no_wait(&mut unit.write, now, &counter)?;
        if stored_hash(login) != self.stored {
            return Err(Refusal::Conflict.into());
        }
        let has_lapsed = |password: &Password| password.has_lapsed(now);
        if !self.matches || login.password.as_ref().is_none_or(has_lapsed) {
            return Err(Refusal::SignInFailed.into());
        }
        failures::clear(unit, &counter)
    }
}

/// Notes the refusal of a command that asks for a proof, and counts a wrong one like a sign-in.
pub(super) fn note_refused(
    unit: &mut Unit<'_>,
    login: LoginId,
    action: Action,
    refusal: Refusal,
) -> Result<()> {
    let is_failure = matches!(refusal, Refusal::SignInFailed | Refusal::TryLater { .. });
    let login = records::login::find(&mut unit.write, login)?;
    match login.filter(|_| is_failure) {
        Some(login) => {
            let counter = Some(failures::of_login_itself(unit.context, &login));
            let failed = Failed { portal: login.portal, counter, login: Some(login.id), action };
            failed.note(unit, refusal)
        }
        None => audit::note_access_refused(unit, Some(action), refusal),
    }
}
