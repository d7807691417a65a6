//! Tokens that are derived and checked, and stored nowhere.
//!
//! 39 bytes: version, key number, purpose, channel (1 each), generation (3), id (16, enciphered),
//! HMAC-SHA-256 truncated to 16 over all before it; exactly 52 base64url characters.

use super::digest::{hmac_sha256, subkey};
use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use secrecy::SecretString;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const MAC_LABEL: &[u8] = b"admit token v1";
const ID_AT: usize = 7;
const MAC_AT: usize = 23;
const TOKEN_BYTES: usize = 39;
const TOKEN_CHARACTERS: usize = 52;

/// The highest generation that the three bytes of a token can hold.
pub const GENERATION_MAX: u32 = 0xff_ffff;

/// The keys that issue and verify tokens; a number that is not among them verifies nothing.
pub struct TokenKeys {
    numbered: Vec<(u8, Hmac<Sha256>)>,
    current: usize,
    id_cipher: Aes256,
}

impl TokenKeys {
    /// Derives the keys from the numbered ones and the one for ids; `current` is the number that
    /// issues. Gives nothing if `current` is missing or a number stands twice.
    pub fn new(numbered: &[(u8, [u8; 32])], current: u8, id_key: &[u8; 32]) -> Option<Self> {
        let stands_twice = |at: usize| numbered[..at].iter().any(|(n, _)| *n == numbered[at].0);
        if (0..numbered.len()).any(stands_twice) {
            return None;
        }
        Some(Self {
            current: numbered.iter().position(|(number, _)| *number == current)?,
            numbered: numbered
                .iter()
                .map(|(number, key)| (*number, hmac_sha256(&subkey(key, "admit token mac v1"))))
                .collect(),
            id_cipher: Aes256::new((&*subkey(id_key, "admit token id v1")).into()),
        })
    }
}

/// What a token says. The meaning of the numbers is the caller's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims {
    /// What the token is good for.
    pub purpose: u8,
    /// How the token travels.
    pub channel: u8,
    /// Which sending of the thing this is, at most [`GENERATION_MAX`].
    pub generation: u32,
    /// The id of the thing.
    pub id: [u8; 16],
}

/// Issues the token for `claims`, the same each time under the same key.
///
/// Gives nothing for a generation over [`GENERATION_MAX`]: a shortened one would be an old link.
pub fn issue(keys: &TokenKeys, claims: &Claims) -> Option<SecretString> {
    let [0, generation @ ..] = claims.generation.to_be_bytes() else {
        return None;
    };
    let (number, mac) = &keys.numbered[keys.current];
    let mut id = claims.id.into();
    keys.id_cipher.encrypt_block(&mut id);

    let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
    bytes[..4].copy_from_slice(&[VERSION, *number, claims.purpose, claims.channel]);
    bytes[4..ID_AT].copy_from_slice(&generation);
    bytes[ID_AT..MAC_AT].copy_from_slice(&id);
    let tag = tag(mac, &bytes[..MAC_AT]);
    bytes[MAC_AT..].copy_from_slice(&tag);
    Some(BASE64URL_NOPAD.encode(&*bytes).into())
}

/// Gives what a token says if it is exactly what [`issue`] made under one of `keys`.
///
/// Every reason to refuse looks alike, and none of them costs a look-up.
pub fn verify(keys: &TokenKeys, token: &str) -> Option<Claims> {
    if token.len() != TOKEN_CHARACTERS {
        return None;
    }
    let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
    BASE64URL_NOPAD.decode_mut(token.as_bytes(), &mut *bytes).ok()?;
    let [version, number, purpose, channel, g0, g1, g2, ..] = *bytes;
    if version != VERSION {
        return None;
    }
    let (_, mac) = keys.numbered.iter().find(|(known, _)| *known == number)?;
    let expected = tag(mac, &bytes[..MAC_AT]);
    if !bool::from(bytes[MAC_AT..].ct_eq(&expected)) {
        return None;
    }
    let mut id = [0; 16];
    id.copy_from_slice(&bytes[ID_AT..MAC_AT]);
    let mut id = id.into();
    keys.id_cipher.decrypt_block(&mut id);
    Some(Claims {
        purpose,
        channel,
        generation: u32::from_be_bytes([0, g0, g1, g2]),
        id: id.into(),
    })
}

fn tag(mac: &Hmac<Sha256>, bytes: &[u8]) -> [u8; TOKEN_BYTES - MAC_AT] {
    let mut mac = mac.clone();
    mac.update(MAC_LABEL);
    mac.update(bytes);
    let full: [u8; 32] = mac.finalize().into_bytes().into();
    let mut tag = [0; TOKEN_BYTES - MAC_AT];
    tag.copy_from_slice(&full[..TOKEN_BYTES - MAC_AT]);
    tag
}
