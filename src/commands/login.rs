//! Logins: made by staff or on acceptance, and kept by their holders.

use super::unit::Unit;
use crate::domain::id::PortalId;
use crate::domain::login::{ExternalIdentity, Login, Password, Status};
use crate::domain::text::{Email, Line, Locale, Phone, Username, Zone};
use crate::error::Result;

/// What a new login has.
#[derive(Debug, Clone, Default)]
pub(super) struct NewLogin {
    /// The holder's name.
    pub holder: Option<Line>,
    /// The holder's phone.
    pub phone: Option<Phone>,
    /// The holder's language.
    pub locale: Option<Locale>,
    /// The holder's time zone.
    pub zone: Option<Zone>,
    /// A sign-in name apart from the address.
    pub username: Option<Username>,
    /// The address, also a sign-in name.
    pub email: Option<Email>,
    /// Whether our own delivery has proved the address.
    pub email_verified: bool,
    /// The password, once there is one.
    pub password: Option<Password>,
    /// External identities that the host has verified.
    pub identities: Vec<ExternalIdentity>,
}

/// Makes a login, without a note of its own.
///
/// # Errors
/// `NameTaken` or `IdentityTaken`.
pub(super) fn create(unit: &mut Unit<'_>, portal: PortalId, new: NewLogin) -> Result<Login> {
    let now = unit.now();
    let login = Login {
        id: unit.new_id(),
        portal,
        status: Status::Active,
        holder: new.holder,
        phone: new.phone,
        locale: new.locale,
        zone: new.zone,
        username: new.username,
        email: new.email,
        email_verified: new.email_verified,
        password: new.password,
        identities: new.identities,
        epoch: 1,
        last_sign_in: None,
        created_at: now,
        updated_at: now,
        revision: 0,
    };
    unit.save_login(None, &login)?;
    Ok(login)
}
