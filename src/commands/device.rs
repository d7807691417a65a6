//! Device tokens: a device that has signed in before has a counter of failures of its own.
//!
//! It is no credential. Whoever locks a name from elsewhere does not lock the device out.

use super::context::Context;
use crate::domain::id::LoginId;
use data_encoding::BASE64URL_NOPAD;
use secrecy::SecretString;
use subtle::ConstantTimeEq;

const ID_BYTES: usize = 16;

/// The random id of one device.
pub(super) type DeviceId = [u8; ID_BYTES];

fn mac(context: &Context, login: Option<LoginId>, device: &DeviceId) -> [u8; 32] {
    let login = login.map(|login| *login.bytes()).unwrap_or_default();
    context.digest("device token", &[&login, device])
}

/// Makes the token that a device keeps after signing in.
pub(super) fn issue(context: &Context, login: LoginId, device: &DeviceId) -> SecretString {
    let bytes = [device.as_slice(), &mac(context, Some(login), device)].concat();
    BASE64URL_NOPAD.encode(&bytes).into()
}

/// The device that a token was made for, if it was made for this login.
pub(super) fn verify(context: &Context, login: Option<LoginId>, token: &str) -> Option<DeviceId> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (device, given) = bytes.split_first_chunk::<ID_BYTES>()?;
    let expected = mac(context, login, device);
    // Nobody's token is never issued, and costs the same to refuse.
    let is_genuine = bool::from(expected.ct_eq(given)) && login.is_some();
    is_genuine.then_some(*device)
}
