//! The token of a plan: what it is for, and a digest of what it was made of, under a MAC.

use super::context::Context;
use crate::error::Result;
use crate::store::StoreError;
use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

const MAC_BYTES: usize = 32;

/// What plans of one kind claim.
pub(super) trait Claims: Serialize + DeserializeOwned {
    /// Keeps the tokens of one kind from being taken for those of another.
    const LABEL: &'static str;
}

/// Who may confirm a plan: whoever made it, where it was made.
pub(super) fn maker(context: &Context) -> Vec<u8> {
    let actor = &context.actor;
    format!("{:?} {:?} {:?}", actor.scope, actor.who, actor.on_behalf_of).into_bytes()
}

fn mac<C: Claims>(context: &Context, claims: &[u8]) -> [u8; MAC_BYTES] {
    context.digest(C::LABEL, &[&maker(context), claims])
}

/// Makes the token of a plan for the actor who asked.
pub(super) fn issue<C: Claims>(context: &Context, claims: &C) -> Result<String> {
    let claims = postcard::to_stdvec(claims).map_err(|_| StoreError::TooLarge)?;
    Ok(BASE64URL_NOPAD.encode(&[mac::<C>(context, &claims).as_slice(), &claims].concat()))
}

/// Reads a token; None unless it was made for this actor, as it is.
pub(super) fn read<C: Claims>(context: &Context, token: &str) -> Option<C> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (given, claims) = bytes.split_first_chunk::<MAC_BYTES>()?;
    let is_genuine = bool::from(mac::<C>(context, claims).ct_eq(given));
    is_genuine.then(|| postcard::from_bytes(claims).ok()).flatten()
}
