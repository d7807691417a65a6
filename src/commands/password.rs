//! Passwords: checked and hashed before the write, by a few threads at a time.

use super::admit::Admit;
use super::context::Context;
use crate::domain::practice::Settings;
use crate::domain::refusal::Refusal;
use crate::domain::time::SECOND;
use crate::error::{Error, Result};
use crate::seal::password::{self, Busy, HashFault, Password, Policy, Turn, Verdict, Weakness};
use crate::seal::random::Stream;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// When a caller may try again whose hash found no turn, in milliseconds.
const BUSY_RETRY: i64 = SECOND;

/// A password as a command carries it: its hash, and a keyed digest that tells requests apart.
///
/// The hash has a fresh salt each time, so it is no part of what an idempotency key compares.
#[derive(Clone, Serialize, Deserialize)]
pub struct Hashed {
    /// The PHC string.
    #[serde(skip)]
    pub phc: String,
    /// A keyed digest of the password.
    request: [u8; 32],
}

impl std::fmt::Debug for Hashed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hashed").finish_non_exhaustive()
    }
}

/// Tells requests apart by the secrets in them, which an idempotency key must not keep.
pub(super) fn request_digest(context: &Context, secrets: &[&SecretString]) -> [u8; 32] {
    let secrets: Vec<&[u8]> = secrets.iter().map(|it| it.expose_secret().as_bytes()).collect();
    context.digest("secrets of a request", &secrets)
}

/// How long a password must be (RULES S37).
pub(super) const fn policy(second_factor: bool) -> Policy {
    if second_factor { Policy::WITH_SECOND_FACTOR } else { Policy::ONLY_FACTOR }
}

fn refusal(weakness: Weakness) -> Refusal {
    match weakness {
        Weakness::TooShort { .. } => Refusal::PasswordTooShort,
        Weakness::TooLong | Weakness::ContainsNul => Refusal::PasswordTooLong,
        Weakness::ContainsContext => Refusal::PasswordContainsContext,
        Weakness::Common => Refusal::PasswordTooCommon,
    }
}

fn unhashed(_: HashFault) -> Error {
    Error::Unsupported("hashing with so little memory")
}

impl Admit {
    /// Waits for a turn to hash; one at a time for each canonical sign-in name.
    pub(super) fn turn(&self, context: &Context, canonical_name: &str) -> Result<Turn<'_>> {
        let name = context.digest("sign-in turn", &[canonical_name.as_bytes()]);
        let busy = |Busy| Refusal::TryLater { retry_after: BUSY_RETRY };
        Ok(self.gate.enter(name).map_err(busy)?)
    }

    /// Checks a password that its holder chooses, and hashes it.
    ///
    /// `words` are names that must not make it up: the product, the practice, the holder, the
    /// local part of the address.
    ///
    /// # Errors
    /// The weakness as a refusal, `PasswordBreached`, or `TryLater` where too many wait.
    pub(super) fn hash_chosen(
        &self,
        context: &Context,
        settings: &Settings,
        password: &SecretString,
        words: &[String],
    ) -> Result<Hashed> {
        let parsed = Password::parse(password.expose_secret()).map_err(refusal)?;
        let policy = policy(settings.second_factor);
        let product = context.options.product.iter().map(|product| product.as_str());
        let words: Vec<&str> = words.iter().map(String::as_str).chain(product).collect();
        password::check(&parsed, &policy, &words).map_err(refusal)?;
        if let Some(check) = &context.options.password_check
            && !check(password.expose_secret())
        {
            return Err(Refusal::PasswordBreached.into());
        }
        self.hash(context, password, &parsed)
    }

    /// Hashes a password that the library made, which needs no check.
    ///
    /// # Errors
    /// `TryLater` where too many wait.
    pub(super) fn hash_temporary(
        &self,
        context: &Context,
        password: &SecretString,
    ) -> Result<Hashed> {
        let parsed = Password::parse(password.expose_secret()).map_err(refusal)?;
        self.hash(context, password, &parsed)
    }

    fn hash(&self, context: &Context, given: &SecretString, parsed: &Password) -> Result<Hashed> {
        let request = context.digest("password request", &[given.expose_secret().as_bytes()]);
        let salt = Stream::new(&context.seed.child("password salt")).bytes();
        let mut turn = self.turn(context, &data_encoding::HEXLOWER.encode(&request))?;
        let phc = turn.hash(parsed, salt, context.options.pepper()).map_err(unhashed)?;
        Ok(Hashed { phc, request })
    }

    /// Compares a password with a stored hash; where there is none, does the same work.
    ///
    /// # Errors
    /// `TryLater` where too many wait.
    pub(super) fn verify_password(
        &self,
        context: &Context,
        canonical_name: &str,
        password: &SecretString,
        stored: Option<&str>,
    ) -> Result<Verdict> {
        // A password that cannot have been set still costs what any other costs.
        let parsed = Password::parse(password.expose_secret()).or_else(|_| Password::parse("-"));
        let parsed = parsed.map_err(refusal)?;
        let is_possible = Password::parse(password.expose_secret()).is_ok();
        let mut turn = self.turn(context, canonical_name)?;
        let pepper = context.options.pepper();
        Ok(match stored.filter(|_| is_possible) {
            Some(stored) => turn.verify(&parsed, stored, pepper),
            None => turn.dummy_verify(&parsed, pepper),
        })
    }

    /// How many hashes were made since the store was opened, for tests that count work.
    pub fn hashes(&self) -> u64 {
        self.gate.hashes()
    }
}
