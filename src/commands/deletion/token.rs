//! The token of a plan: what it is for, and a digest of what it was made of, under a MAC.

use super::judge::{Asked, maker};
use crate::commands::context::Context;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::store::StoreError;
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

const MAC_BYTES: usize = 32;

/// What a plan's token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// What was asked.
    pub asked: Asked,
    /// Its own random name: it is used once.
    pub plan: [u8; 16],
    /// When it expires.
    pub expires_at: Timestamp,
    /// A digest of what it was made of.
    pub made_of: [u8; 32],
}

fn mac(context: &Context, claims: &[u8]) -> [u8; MAC_BYTES] {
    context.digest("deletion plan", &[&maker(context), claims])
}

/// Makes the token of a plan for the actor who asked.
pub(super) fn issue(context: &Context, claims: &Claims) -> Result<String> {
    let claims = postcard::to_stdvec(claims).map_err(|_| StoreError::TooLarge)?;
    Ok(BASE64URL_NOPAD.encode(&[mac(context, &claims).as_slice(), &claims].concat()))
}

/// Reads a token; None unless it was made for this actor, as it is.
pub(super) fn read(context: &Context, token: &str) -> Option<Claims> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (given, claims) = bytes.split_first_chunk::<MAC_BYTES>()?;
    let is_genuine = bool::from(mac(context, claims).ct_eq(given));
    is_genuine.then(|| postcard::from_bytes(claims).ok()).flatten()
}
