//! Hashing and verifying, on a turn at the gate.

use super::gate::Turn;
use super::policy::Password;
use super::stored::{Argon2Recipe, PEPPER_KEY_ID, Prf, Recipe, Scheme, Stored, bcrypt_characters};
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64_NOPAD;
use pbkdf2::pbkdf2_hmac;
use subtle::{Choice, ConstantTimeEq};
use thiserror::Error;
use zeroize::Zeroizing;

/// The length of a new salt (RULES S43).
pub const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

/// How dear a hash is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// The cost of every release: m=19,456 KiB, t=2, p=1 (OWASP Password Storage cheat sheet).
    pub const OWASP: Self = Self { memory_kib: 19_456, passes: 2, lanes: 1 };

    /// Makes a cost, or gives nothing for one that Argon2 does not allow (RFC 9106 section 3.1).
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        Params::new(memory_kib, passes, lanes, None).ok()?;
        Some(Self { memory_kib, passes, lanes })
    }

    /// The blocks of 1 KiB that the cost fills.
    pub(super) fn blocks(self) -> usize {
        self.params(HASH_BYTES).map_or(0, |params| params.block_count())
    }

    fn params(self, hash_bytes: usize) -> Result<Params, argon2::Error> {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(hash_bytes))
    }
}

/// What a verification found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The password is the one that was hashed.
    pub matches: bool,
    /// It matches, and the hash is to be replaced: imported, or of another cost or pepper.
    pub needs_rehash: bool,
}

/// The hash function refused its input: a fault of the host's set-up, never of the password.
#[derive(Debug, Error)]
#[error("the password could not be hashed")]
pub struct HashFault(#[from] argon2::Error);

impl Turn<'_> {
    /// Hashes a new password by Argon2id into a PHC string.
    ///
    /// The pepper goes in as the secret of Argon2; the string only says that there is one.
    pub fn hash(
        &mut self,
        password: &Password,
        salt: [u8; SALT_BYTES],
        pepper: Option<&[u8]>,
    ) -> Result<String, HashFault> {
        let cost = self.cost();
        let mut hash = Zeroizing::new([0; HASH_BYTES]);
        let normal = password.normal().as_bytes();
        self.count();
        self.argon2(&ours(cost, pepper), normal, &salt, pepper, &mut *hash)?;
        let key_id = pepper.map_or(String::new(), |_| format!(",keyid={PEPPER_KEY_ID}"));
        Ok(format!(
            "$argon2id$v=19$m={},t={},p={}{key_id}${}${}",
            cost.memory_kib,
            cost.passes,
            cost.lanes,
            BASE64_NOPAD.encode(&salt),
            BASE64_NOPAD.encode(&*hash),
        ))
    }

    /// Verifies a password against a stored hash, ours or imported.
    ///
    /// A hash that is not recognised, or whose pepper is not given, matches nothing and costs what
    /// [`Turn::dummy_verify`] costs.
    pub fn verify(&mut self, password: &Password, stored: &str, pepper: Option<&[u8]>) -> Verdict {
        let Some(stored) = Stored::parse(stored) else {
            return self.dummy_verify(password, pepper);
        };
        if pepper.is_none() && matches!(&stored.recipe, Recipe::Argon2(recipe) if recipe.peppered) {
            return self.dummy_verify(password, pepper);
        }
        let mut found = Choice::from(0);
        for spelling in password.spellings() {
            found |= self.matches(&stored, spelling, pepper);
        }
        let matches = bool::from(found);
        Verdict { matches, needs_rehash: matches && !is_ours(&stored, self.cost(), pepper) }
    }

    /// Does the work of a verification where there is no hash, and matches nothing.
    pub fn dummy_verify(&mut self, password: &Password, pepper: Option<&[u8]>) -> Verdict {
        let nobodys = Stored {
            scheme: Scheme::Argon2id,
            recipe: Recipe::Argon2(ours(self.cost(), pepper)),
            salt: vec![0; SALT_BYTES],
            hash: vec![0; HASH_BYTES],
        };
        for spelling in password.spellings() {
            self.matches(&nobodys, spelling, pepper);
        }
        Verdict { matches: false, needs_rehash: false }
    }

    fn matches(&mut self, stored: &Stored, password: &[u8], pepper: Option<&[u8]>) -> Choice {
        self.count();
        let mut derived = Zeroizing::new(vec![0; stored.hash.len()]);
        match self.derive(stored, password, pepper, &mut derived) {
            Some(()) => derived.ct_eq(&stored.hash),
            None => Choice::from(0),
        }
    }

    fn derive(
        &mut self,
        stored: &Stored,
        password: &[u8],
        pepper: Option<&[u8]>,
        out: &mut [u8],
    ) -> Option<()> {
        let salt = &stored.salt[..];
        match stored.recipe {
            Recipe::Argon2(recipe) => self.argon2(&recipe, password, salt, pepper, out).ok()?,
            Recipe::Scrypt(params) => scrypt::scrypt(password, salt, &params, out).ok()?,
            Recipe::Pbkdf2 { prf, rounds } => match prf {
                Prf::Sha1 => pbkdf2_hmac::<sha1::Sha1>(password, salt, rounds, out),
                Prf::Sha256 => pbkdf2_hmac::<sha2::Sha256>(password, salt, rounds, out),
                Prf::Sha512 => pbkdf2_hmac::<sha2::Sha512>(password, salt, rounds, out),
            },
            // bcrypt reads 72 bytes; what it drops is back after the rehash at the same sign-in.
            Recipe::Bcrypt { cost } => {
                let parts = bcrypt::hash_with_salt(password, cost, salt.try_into().ok()?).ok()?;
                out.copy_from_slice(&Zeroizing::new(bcrypt_characters(&parts)));
            }
        }
        Some(())
    }

    fn argon2(
        &mut self,
        recipe: &Argon2Recipe,
        password: &[u8],
        salt: &[u8],
        pepper: Option<&[u8]>,
        out: &mut [u8],
    ) -> Result<(), argon2::Error> {
        let secret = pepper.filter(|_| recipe.peppered).unwrap_or_default();
        let params = recipe.cost.params(out.len())?;
        let blocks = params.block_count();
        let argon2 = Argon2::new_with_secret(secret, recipe.algorithm, recipe.version, params)?;
        self.with_memory(blocks, |memory| {
            argon2.hash_password_into_with_memory(password, salt, out, memory)
        })
    }
}

fn ours(cost: Cost, pepper: Option<&[u8]>) -> Argon2Recipe {
    Argon2Recipe {
        algorithm: Algorithm::Argon2id,
        version: Version::V0x13,
        cost,
        peppered: pepper.is_some(),
    }
}

fn is_ours(stored: &Stored, cost: Cost, pepper: Option<&[u8]>) -> bool {
    stored.recipe == Recipe::Argon2(ours(cost, pepper))
        && stored.salt.len() == SALT_BYTES
        && stored.hash.len() == HASH_BYTES
}
