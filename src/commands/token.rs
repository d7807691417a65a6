//! What a token of ours says: the numbers that `seal` carries, by their names.

use super::context::Context;
use crate::domain::invitation::Channel;
use crate::domain::refusal::Refusal;
use crate::error::Result;
use crate::seal::token::{self, Claims, TokenKeys};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

/// What a token is good for. A token of one purpose is refused by every other (RULES S04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To accept or decline an invitation.
    Invitation = 1,
    /// To come in by a link for many.
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

/// What a token says that this store issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Verified {
    /// What it is good for.
    pub purpose: Purpose,
    /// How it travelled.
    pub channel: Channel,
    /// Which link of its thing it is.
    pub generation: u32,
    /// The id of its thing.
    pub id: Uuid,
}

const CHANNELS: [Channel; 4] = [Channel::Email, Channel::Sms, Channel::Copied, Channel::Qr];

const fn number(channel: Channel) -> u8 {
    match channel {
        Channel::Email => 1,
        Channel::Sms => 2,
        Channel::Copied => 3,
        Channel::Qr => 4,
    }
}

fn keys(context: &Context) -> Option<TokenKeys> {
    let secrets = &context.secrets;
    let numbered = Zeroizing::new(
        secrets.token_keys().map(|(number, key)| (number, *key)).collect::<Vec<_>>(),
    );
    let (current, _) = secrets.current_token_key();
    TokenKeys::new(&numbered, current, secrets.id_cipher_key())
}

/// Issues a token, the same each time for the same thing, generation and channel.
///
/// # Errors
/// `LimitReached` for a generation that no token holds.
pub(super) fn issue(
    context: &Context,
    purpose: Purpose,
    channel: Channel,
    generation: u32,
    id: Uuid,
) -> Result<SecretString> {
    let (purpose, channel) = (purpose as u8, number(channel));
    let claims = Claims { purpose, channel, generation, id: id.into_bytes() };
    let issued = keys(context).and_then(|keys| token::issue(&keys, &claims));
    Ok(issued.ok_or(Refusal::LimitReached)?)
}

/// Reads a token; None for whatever this store did not issue, without a look-up.
pub(super) fn verify(context: &Context, token: &str) -> Option<Verified> {
    let claims = token::verify(&keys(context)?, token)?;
    Some(Verified {
        purpose: Purpose::ALL.into_iter().find(|it| *it as u8 == claims.purpose)?,
        channel: CHANNELS.into_iter().find(|it| number(*it) == claims.channel)?,
        generation: claims.generation,
        id: Uuid::from_bytes(claims.id),
    })
}
