use crate::commands::login::CreateLogin;
use crate::commands::login_change::UpdateLogin;
use crate::commands::password_change::TemporaryPassword;
use crate::domain::id::LoginId;
use crate::domain::login::{ExternalIdentity, IDENTITIES_MAX};
use crate::domain::text::{Email, ExternalId, Line, Locale, Phone, Reason, Username, Zone};
use crate::error::{Error, InField, Result};
use crate::ffi::call::{self, Extensible};
use secrecy::SecretString;
use std::ffi::c_char;

/// Copies a secret, such as a password, where there is one; NULL is none. The copy is wiped.
///
/// # Safety
/// `given` is NULL or points to a NUL-terminated text.
pub(in crate::ffi) unsafe fn secret(
    given: *const c_char,
    field: &'static str,
) -> Result<Option<SecretString>> {
    // SAFETY: handed on from this function's contract.
    Ok(unsafe { call::text(given, field)? }.map(SecretString::from))
}

/// Copies a secret that must be there: NULL is misuse.
///
/// # Safety
/// As `secret`.
pub(in crate::ffi) unsafe fn required_secret(
    given: *const c_char,
    field: &'static str,
) -> Result<SecretString> {
    // SAFETY: handed on from this function's contract.
    unsafe { call::required_text(given, field) }.map(SecretString::from)
}

/// Reads an identity of two texts that go together; None where neither is given.
///
/// # Safety
/// The pointers are as the header asks.
pub(in crate::ffi) unsafe fn identity(
    issuer: *const c_char,
    subject: *const c_char,
) -> Result<Option<ExternalIdentity>> {
    // SAFETY: handed on from this function's contract.
    let (issuer, subject) = unsafe {
        (
            call::parsed(issuer, "identity_issuer", ExternalId::parse)?,
            call::parsed(subject, "identity_subject", ExternalId::parse)?,
        )
    };
    match (issuer, subject) {
        (Some(issuer), Some(subject)) => Ok(Some(ExternalIdentity { issuer, subject })),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Reason::Missing).field("identity_issuer"),
        (Some(_), None) => Err(Reason::Missing).field("identity_subject"),
    }
}

/// Who somebody is elsewhere, as the host has verified it. Start from ADMIT_IDENTITY_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_identity {
    /// sizeof(admit_identity).
    pub size: usize,
    /// Who vouches for it, such as the `iss` of OpenID Connect, up to 255 characters. Required.
    pub issuer: *const c_char,
    /// Whom it names there, such as the `sub` of OpenID Connect, up to 255 characters. Required.
    pub subject: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_identity {
    const NAME: &'static str = "a newer member of admit_identity";
}

impl admit_identity {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn read(&self, fields: [&'static str; 2]) -> Result<ExternalIdentity> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(ExternalIdentity {
                issuer: call::required(self.issuer, fields[0], ExternalId::parse)?,
                subject: call::required(self.subject, fields[1], ExternalId::parse)?,
            })
        }
    }
}

/// A login to make. Start from ADMIT_LOGIN_INPUT_INIT; NULL and empty texts are none.
///
/// It is for a client or for a seat, and has an address, a user name or an identity to sign in
/// with. A password is typed, or generated, or comes as a hash, or is chosen by the holder later.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_login_input {
    /// sizeof(admit_login_input).
    pub size: usize,
    /// The client that it is. Required where there is no seat.
    pub client_id: *const c_char,
    /// The seat that it holds, where there is no client.
    pub staff_id: *const c_char,
    /// The address, also a sign-in name; resets go there. Required where there is neither user
    /// name nor identity; not enough from staff where practices share a portal.
    pub email: *const c_char,
    /// A sign-in name apart from the address: 3 to 100 characters without white space.
    pub username: *const c_char,
    /// The holder's name.
    pub holder: *const c_char,
    /// The holder's phone.
    pub phone: *const c_char,
    /// The holder's language, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// The holder's time zone, such as "America/New_York".
    pub zone: *const c_char,
    /// External identities that the host has verified; an actor of the host alone states them.
    pub identities: *const *const admit_identity,
    /// How many identities are given, at most 8.
    pub identity_count: usize,
    /// A hash from another product, for the password that the holder has there already: a PHC
    /// string of Argon2, scrypt or PBKDF2, a bcrypt string, or the blob of ASP.NET Identity. A
    /// hash of our own replaces it at the next sign-in. An actor of the host alone states it.
    pub imported_hash: *const c_char,
    /// A temporary password that staff chose, where the practice's settings let them.
    pub temporary_password: *const c_char,
    /// 1 makes a temporary password; it is shown once.
    pub generate_password: i32,
    /// Must be 0.
    pub reserved: i32,
    /// Makes the call repeatable for 7 days; NULL for none. A repeated answer shows no password.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_login_input {
    const NAME: &'static str = "a newer member of admit_login_input";
}

impl admit_login_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn create(&self) -> Result<CreateLogin> {
        if self.reserved != 0 {
            return Err(Error::Unsupported(Self::NAME));
        }
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(CreateLogin {
                client: call::optional_id(self.client_id, "client_id")?,
                staff: call::optional_id(self.staff_id, "staff_id")?,
                email: call::parsed(self.email, "email", Email::parse)?,
                username: call::parsed(self.username, "username", Username::parse)?,
                holder: call::parsed(self.holder, "holder", Line::parse)?,
                phone: call::parsed(self.phone, "phone", Phone::parse)?,
                locale: call::parsed(self.locale, "locale", Locale::parse)?,
                zone: call::parsed(self.zone, "zone", Zone::parse)?,
                identities: self.identities()?,
                imported_hash: secret(self.imported_hash, "imported_hash")?,
                password: self.password()?,
            })
        }
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn identities(&self) -> Result<Vec<ExternalIdentity>> {
        // SAFETY: handed on from this function's contract.
        let given = unsafe {
            call::inputs(self.identities, self.identity_count, "identities", IDENTITIES_MAX)?
        };
        let fields = ["identities.issuer", "identities.subject"];
        // SAFETY: as above.
        given.into_iter().map(|identity| unsafe { identity.read(fields) }).collect()
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn password(&self) -> Result<Option<TemporaryPassword>> {
        // SAFETY: handed on from this function's contract.
        let typed = unsafe { secret(self.temporary_password, "temporary_password")? };
        match (typed, call::flag(self.generate_password, "generate_password")?) {
            (None, false) => Ok(None),
            (None, true) => Ok(Some(TemporaryPassword::Generated)),
            (Some(typed), false) => Ok(Some(TemporaryPassword::Typed(typed))),
            (Some(_), true) => Err(Reason::Excluded).field("generate_password"),
        }
    }
}

/// What changes about a login. Start from ADMIT_LOGIN_CHANGE_INPUT_INIT; NULL keeps a text and
/// empty clears it. The address changes by `admit_login_request_address_change`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_login_change_input {
    /// sizeof(admit_login_change_input).
    pub size: usize,
    /// The holder's name.
    pub holder: *const c_char,
    /// The holder's phone.
    pub phone: *const c_char,
    /// The holder's language, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// The holder's time zone, such as "America/New_York".
    pub zone: *const c_char,
    /// The sign-in name apart from the address; only the login itself changes it.
    pub username: *const c_char,
    /// The revision that the caller saw, else ADMIT_CONFLICT; 0 is any.
    pub revision: u64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_login_change_input {
    const NAME: &'static str = "a newer member of admit_login_change_input";
}

impl admit_login_change_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn update(&self, login: LoginId) -> Result<UpdateLogin> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(UpdateLogin {
                login,
                holder: call::change(self.holder, "holder", Line::parse)?,
                phone: call::change(self.phone, "phone", Phone::parse)?,
                locale: call::change(self.locale, "locale", Locale::parse)?,
                zone: call::change(self.zone, "zone", Zone::parse)?,
                username: call::change(self.username, "username", Username::parse)?,
                revision: self.revision,
            })
        }
    }
}
