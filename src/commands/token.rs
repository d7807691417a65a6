//! The tokens of links: issued when they are shown, verified when they come back, stored nowhere.

use super::context::Context;
use crate::domain::invitation::Channel;
use crate::domain::refusal::Refusal;
use crate::error::Result;
use crate::seal::token::{self, Claims, TokenKeys};
use crate::store::StoreError;
use secrecy::SecretString;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What a token is good for. The numbers are in every link that is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To accept or decline an invitation.
    Invitation = 1,
    /// To join through a link for many.
    OpenLink = 2,
    /// To choose a new password.
    Reset = 3,
    /// To prove the address on file.
    AddressConfirmation = 4,
    /// To prove a new address.
    AddressChange = 5,
}

impl Purpose {
    const ALL: [Self; 5] = [
        Self::Invitation,
        Self::OpenLink,
        Self::Reset,
        Self::AddressConfirmation,
        Self::AddressChange,
    ];
}

/// What a genuine token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verified {
    /// What it is good for.
    pub purpose: Purpose,
    /// How it travelled.
    pub channel: Channel,
    /// Which link of the thing it is.
    pub generation: u32,
    /// The thing.
    pub id: Uuid,
}

const CHANNELS: [(u8, Channel); 4] =
    [(1, Channel::Email), (2, Channel::Sms), (3, Channel::Copied), (4, Channel::Qr)];

fn keys(context: &Context) -> Option<TokenKeys> {
    let numbered: Vec<_> = context.secrets.token_keys().map(|(n, key)| (n, *key)).collect();
    let numbered = Zeroizing::new(numbered);
    let (current, _) = context.secrets.current_token_key();
    TokenKeys::new(&numbered, current, context.secrets.id_cipher_key())
}

/// Issues a token; the same each time under the same key.
///
/// # Errors
/// `LimitReached` for a generation that no token can carry.
pub(super) fn issue(
    context: &Context,
    purpose: Purpose,
    channel: Channel,
    generation: u32,
    id: Uuid,
) -> Result<SecretString> {
    let keys = keys(context).ok_or(StoreError::Damaged)?;
    let channel = CHANNELS.iter().find(|(_, known)| *known == channel).map_or(0, |(n, _)| *n);
    let claims = Claims { purpose: purpose as u8, channel, generation, id: *id.as_bytes() };
    Ok(token::issue(&keys, &claims).ok_or(Refusal::LimitReached)?)
}

/// Reads a token that this store issued; None for any other text, without a look-up.
pub(super) fn verify(context: &Context, text: &str) -> Option<Verified> {
    let claims = token::verify(&keys(context)?, text)?;
    Some(Verified {
        purpose: Purpose::ALL.into_iter().find(|purpose| *purpose as u8 == claims.purpose)?,
        channel: CHANNELS.iter().find(|(n, _)| *n == claims.channel)?.1,
        generation: claims.generation,
        id: Uuid::from_bytes(claims.id),
    })
}
