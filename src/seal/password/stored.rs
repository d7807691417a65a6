//! Stored password hashes, taken apart: ours, and those that other products bring.
//!
//! Costs are bounded here, so that an imported hash can neither hang nor exhaust the host.

use super::hash::Cost;
use argon2::{Algorithm, Version};
use data_encoding::{BASE64, BASE64_NOPAD};

/// 256 MiB, what libsodium calls moderate; four hashes at once then take 1 GiB.
const MEMORY_KIB_MAX: u32 = 262_144;
/// Memory times passes, 1 GiB filled once: about a second.
const FILLED_KIB_MAX: u32 = 1_048_576;
/// One second of SHA-256 or so; OWASP asks for 600,000, and 1,300,000 of SHA-1.
const ROUNDS_MAX: u32 = 2_000_000;
/// Two seconds or so; OWASP asks for 10 or more.
const BCRYPT_COST_MAX: u32 = 15;
const LANES_MAX: u32 = 16;
const SALT_LENGTHS: std::ops::RangeInclusive<usize> = 8..=64;
const HASH_LENGTHS: std::ops::RangeInclusive<usize> = 16..=64;

/// The number under which our own hashes name the pepper, in base64 as PHC strings write it.
pub(super) const PEPPER_KEY_ID: &str = "AQ";

/// The form in which a password hash was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// A PHC string of Argon2id, ours among them.
    Argon2id,
    /// A PHC string of Argon2i.
    Argon2i,
    /// A PHC string of scrypt.
    Scrypt,
    /// A PHC string of PBKDF2 with HMAC-SHA-256.
    Pbkdf2Sha256,
    /// A PHC string of PBKDF2 with HMAC-SHA-512.
    Pbkdf2Sha512,
    /// A bcrypt string of `$2a$`, `$2b$` or `$2y$`.
    Bcrypt,
    /// The blob of ASP.NET Identity 2.
    AspNetV2,
    /// The blob of ASP.NET Core Identity.
    AspNetV3,
}

/// Names the scheme of a stored hash, or nothing if it is unknown, broken or of absurd cost.
pub fn recognise(hash: &str) -> Option<Scheme> {
    Stored::parse(hash).map(|stored| stored.scheme)
}

/// A stored hash within bounds.
pub(super) struct Stored {
    pub scheme: Scheme,
    pub recipe: Recipe,
    pub salt: Vec<u8>,
    pub hash: Vec<u8>,
}

/// How the hash is derived from a password and the salt.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Recipe {
    Argon2(Argon2Recipe),
    Scrypt(scrypt::Params),
    Pbkdf2 { prf: Prf, rounds: u32 },
    Bcrypt { cost: u32 },
}

/// What a PHC string says of Argon2.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Argon2Recipe {
    pub algorithm: Algorithm,
    pub version: Version,
    pub cost: Cost,
    pub peppered: bool,
}

/// The hash under the HMAC of PBKDF2.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Prf {
    Sha1,
    Sha256,
    Sha512,
}

impl Stored {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let stored = match text.strip_prefix('$') {
            Some(rest) if rest.starts_with('2') => bcrypt(text)?,
            Some(rest) => phc(rest)?,
            None => asp_net(text)?,
        };
        let within =
            SALT_LENGTHS.contains(&stored.salt.len()) && HASH_LENGTHS.contains(&stored.hash.len());
        within.then_some(stored)
    }
}

fn phc(text: &str) -> Option<Stored> {
    let mut fields = text.split('$');
    let id = fields.next()?;
    let mut params = fields.next()?;
    let version = params.strip_prefix("v=");
    if version.is_some() {
        params = fields.next()?;
    }
    let salt = BASE64_NOPAD.decode(fields.next()?.as_bytes()).ok()?;
    let hash = BASE64_NOPAD.decode(fields.next()?.as_bytes()).ok()?;
    if fields.next().is_some() {
        return None;
    }
    let (scheme, recipe) = match (id, version) {
        ("argon2id", _) => (Scheme::Argon2id, argon2(Algorithm::Argon2id, version, params)?),
        ("argon2i", _) => (Scheme::Argon2i, argon2(Algorithm::Argon2i, version, params)?),
        ("scrypt", None) => (Scheme::Scrypt, scrypt(params)?),
        ("pbkdf2-sha256", None) => (Scheme::Pbkdf2Sha256, pbkdf2(Prf::Sha256, params, hash.len())?),
        ("pbkdf2-sha512", None) => (Scheme::Pbkdf2Sha512, pbkdf2(Prf::Sha512, params, hash.len())?),
        _ => return None,
    };
    Some(Stored { scheme, recipe, salt, hash })
}

fn argon2(algorithm: Algorithm, version: Option<&str>, params: &str) -> Option<Recipe> {
    let version = match version {
        // PHC strings from before version 19 carry none.
        None | Some("16") => Version::V0x10,
        Some("19") => Version::V0x13,
        Some(_) => return None,
    };
    let [memory, passes, lanes, key_id] = named(params, ["m", "t", "p", "keyid"])?;
    let (memory, passes, lanes) = (number(memory?)?, number(passes?)?, number(lanes?)?);
    if memory > MEMORY_KIB_MAX
        || memory.checked_mul(passes)? > FILLED_KIB_MAX
        || lanes > LANES_MAX
        || key_id.is_some_and(|id| id != PEPPER_KEY_ID)
    {
        return None;
    }
    Some(Recipe::Argon2(Argon2Recipe {
        algorithm,
        version,
        cost: Cost::new(memory, passes, lanes)?,
        peppered: key_id.is_some(),
    }))
}

fn scrypt(params: &str) -> Option<Recipe> {
    let [log_n, block, lanes] = named(params, ["ln", "r", "p"])?;
    let (log_n, block, lanes) = (number(log_n?)?, number(block?)?, number(lanes?)?);
    let memory_kib = 1_u32.checked_shl(log_n)?.checked_mul(block)?.div_ceil(1_024 / 128);
    if memory_kib > MEMORY_KIB_MAX
        || memory_kib.checked_mul(lanes)? > FILLED_KIB_MAX
        || lanes > LANES_MAX
    {
        return None;
    }
    let log_n = u8::try_from(log_n).ok()?;
    scrypt::Params::new(log_n, block, lanes).ok().map(Recipe::Scrypt)
}

fn pbkdf2(prf: Prf, params: &str, hash_bytes: usize) -> Option<Recipe> {
    let [rounds, length] = named(params, ["i", "l"])?;
    if length.is_some_and(|length| number(length) != u32::try_from(hash_bytes).ok()) {
        return None;
    }
    pbkdf2_rounds(prf, number(rounds?)?)
}

fn pbkdf2_rounds(prf: Prf, rounds: u32) -> Option<Recipe> {
    (1..=ROUNDS_MAX).contains(&rounds).then_some(Recipe::Pbkdf2 { prf, rounds })
}

fn bcrypt(text: &str) -> Option<Stored> {
    let version = text.get(..4)?;
    let parts: bcrypt::HashParts = text.parse().ok()?;
    let cost = number(text.get(4..6)?)?;
    if !["$2a$", "$2b$", "$2y$"].contains(&version) || !(4..=BCRYPT_COST_MAX).contains(&cost) {
        return None;
    }
    Some(Stored {
        scheme: Scheme::Bcrypt,
        recipe: Recipe::Bcrypt { cost },
        salt: parts.get_salt_raw().to_vec(),
        hash: bcrypt_characters(&parts),
    })
}

/// The characters behind version, cost and salt, which are all that bcrypt derives.
pub(super) fn bcrypt_characters(parts: &bcrypt::HashParts) -> Vec<u8> {
    parts.to_string().into_bytes().split_off(29)
}

fn asp_net(text: &str) -> Option<Stored> {
    let blob = BASE64.decode(text.as_bytes()).ok()?;
    let (format, rest) = blob.split_first()?;
    match format {
        0 if rest.len() == 16 + 32 => Some(Stored {
            scheme: Scheme::AspNetV2,
            recipe: pbkdf2_rounds(Prf::Sha1, 1_000)?,
            salt: rest[..16].to_vec(),
            hash: rest[16..].to_vec(),
        }),
        1 => asp_net_v3(rest),
        _ => None,
    }
}

fn asp_net_v3(rest: &[u8]) -> Option<Stored> {
    let (prf, rest) = rest.split_first_chunk()?;
    let (rounds, rest) = rest.split_first_chunk()?;
    let (salt_bytes, rest) = rest.split_first_chunk()?;
    let prf = match u32::from_be_bytes(*prf) {
        0 => Prf::Sha1,
        1 => Prf::Sha256,
        2 => Prf::Sha512,
        _ => return None,
    };
    let salt_bytes = usize::try_from(u32::from_be_bytes(*salt_bytes)).ok()?;
    let (salt, hash) = rest.split_at_checked(salt_bytes)?;
    Some(Stored {
        scheme: Scheme::AspNetV3,
        recipe: pbkdf2_rounds(prf, u32::from_be_bytes(*rounds))?,
        salt: salt.to_vec(),
        hash: hash.to_vec(),
    })
}

/// The values of the parameters in `names`, or nothing if another stands among them: a parameter
/// that is not understood would make another hash.
fn named<'a, const N: usize>(params: &'a str, names: [&str; N]) -> Option<[Option<&'a str>; N]> {
    let mut values = [None; N];
    for param in params.split(',') {
        let (name, value) = param.split_once('=')?;
        let at = names.iter().position(|known| *known == name)?;
        if values[at].replace(value).is_some() {
            return None;
        }
    }
    Some(values)
}

fn number(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}
