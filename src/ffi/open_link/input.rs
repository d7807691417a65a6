use super::super::call::{self, Extensible};
use super::super::client::name;
use super::super::invitation::{rooms, without};
use super::super::login::{identity, secret};
use super::super::words::admit_role;
use crate::commands::accept::Session;
use crate::commands::open_link::{ComeIn, CreateOpenLink, Newcomers};
use crate::domain::text::{Email, Line, Locale, Phone, Reason, Username};
use crate::error::{InField, Result};
use std::ffi::c_char;

/// What an open link gives, to how many, for how long. Start from ADMIT_OPEN_LINK_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_open_link_input {
    /// sizeof(admit_open_link_input).
    pub size: usize,
    /// Rooms that the new clients join.
    pub room_ids: *const *const c_char,
    /// How many rooms are named, at most 64.
    pub room_count: usize,
    /// What staff call it, one line; whoever bears the link does not see it.
    pub label: *const c_char,
    /// An admit_role: makes seats, of ADMIT_ROLE_MEMBER alone; 0 makes prospective clients.
    pub role: i32,
    /// How many may come in: 1 to 10,000; 0 is 100.
    pub uses: u32,
    /// How long it is open, in milliseconds: 1 hour to 30 days; 0 is the practice's way.
    pub expires_in_ms: i64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_open_link_input {
    const NAME: &'static str = "a newer member of admit_open_link_input";
}

impl admit_open_link_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn create(&self) -> Result<CreateOpenLink> {
        // SAFETY: handed on from this function's contract.
        let (rooms, label) = unsafe {
            let rooms = rooms(self.room_ids, self.room_count)?;
            (rooms, call::parsed(self.label, "label", Line::parse)?)
        };
        let makes = match admit_role::read(self.role, "role")? {
            None => Newcomers::Clients { rooms },
            Some(role) => {
                without(!rooms.is_empty(), "room_ids")?;
                Newcomers::Seats { role }
            }
        };
        Ok(CreateOpenLink {
            makes,
            places: (self.uses != 0).then_some(self.uses),
            expires_in: (self.expires_in_ms != 0).then_some(self.expires_in_ms),
            label,
        })
    }
}

/// Which open links, and which page of them. Start from ADMIT_OPEN_LINK_QUERY_INIT; 0 and NULL
/// show all.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_open_link_query {
    /// sizeof(admit_open_link_query).
    pub size: usize,
    /// The cursor of the page before, under the same filter; NULL for the first.
    pub after: *const c_char,
    /// How many links, at most 500; 0 is 50.
    pub limit: u32,
    /// How they stand now, an admit_open_link_state_value.
    pub state: i32,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_open_link_query {
    const NAME: &'static str = "a newer member of admit_open_link_query";
}

/// What the bearer of an open link gives to come in. Start from ADMIT_OPEN_LINK_ACCEPT_INPUT_INIT.
///
/// The way in is one of three: a password of a new login; an identity that the host has verified
/// elsewhere, of a new login or of one that has it; or a login that is signed in. A new login needs
/// a name and an address.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_open_link_accept_input {
    /// sizeof(admit_open_link_accept_input).
    pub size: usize,
    /// The token of the link. Required.
    pub token: *const c_char,
    /// The password of the new login.
    pub password: *const c_char,
    /// Who vouches for the identity: the issuer of OpenID Connect, as a rule.
    pub identity_issuer: *const c_char,
    /// Whom the identity names there.
    pub identity_subject: *const c_char,
    /// The login that is signed in.
    pub login_id: *const c_char,
    /// The whole name, where the parts below do not say it; NULL is what the login is called.
    pub name: *const c_char,
    /// The family name.
    pub family_name: *const c_char,
    /// The given names.
    pub given_name: *const c_char,
    /// The address that signs in, once it is proved.
    pub email: *const c_char,
    /// A sign-in name beside the address.
    pub username: *const c_char,
    /// The phone.
    pub phone: *const c_char,
    /// The language, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// The epoch of `login_id`, as `admit_login_sign_in` answered it.
    pub epoch: u32,
    /// Must be 0.
    pub reserved: u32,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_open_link_accept_input {
    const NAME: &'static str = "a newer member of admit_open_link_accept_input";
}

impl admit_open_link_accept_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn come_in(&self) -> Result<ComeIn> {
        call::only(self.reserved, 0, Self::NAME)?;
        // SAFETY: handed on from this function's contract.
        unsafe {
            let login = call::optional_id(self.login_id, "login_id")?;
            Ok(ComeIn {
                token: secret(self.token, "token")?.ok_or(Reason::Missing).field("token")?,
                password: secret(self.password, "password")?,
                identity: identity(self.identity_issuer, self.identity_subject)?,
                session: login.map(|login| Session { login, epoch: self.epoch }),
                name: name(self.name, self.family_name, self.given_name)?,
                email: call::parsed(self.email, "email", Email::parse)?,
                username: call::parsed(self.username, "username", Username::parse)?,
                phone: call::parsed(self.phone, "phone", Phone::parse)?,
                locale: call::parsed(self.locale, "locale", Locale::parse)?,
            })
        }
    }
}
