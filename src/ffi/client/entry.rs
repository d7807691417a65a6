use super::super::actor::admit_actor;
use super::super::call::{self, Extensible, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::login::{identity, secret};
use super::super::object::{Object, free, json, number, opaque, shown, text};
use super::super::status::admit_status;
use super::input::name;
use super::object::admit_client;
use crate::commands::guest::{EnterAsGuest, Newcomer};
use crate::commands::registration::{Register, Registered};
use crate::domain::id::{ClientId, LoginId};
use crate::domain::text::{BirthDate, Email, Locale, Phone, Reason, Username, Zone};
use crate::error::{InField, Result};
use serde::Serialize;
use std::ffi::c_char;

/// Somebody who enters as a guest. Start from ADMIT_CLIENT_GUEST_INPUT_INIT; NULL and empty texts
/// are none.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_client_guest_input {
    /// sizeof(admit_client_guest_input).
    pub size: usize,
    /// The whole name as it is shown. Required where the parts below do not say it.
    pub name: *const c_char,
    /// The family name.
    pub family_name: *const c_char,
    /// The given names.
    pub given_name: *const c_char,
    /// YYYY, YYYY-MM or YYYY-MM-DD.
    pub birth_date: *const c_char,
    /// The contact address; nobody proves it.
    pub email: *const c_char,
    /// The contact phone.
    pub phone: *const c_char,
    /// The guest's language, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// The guest's time zone, such as "America/New_York".
    pub zone: *const c_char,
    /// The room that the guest joins, whose staff then see it.
    pub room_id: *const c_char,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_client_guest_input {
    const NAME: &'static str = "a newer member of admit_client_guest_input";
}

/// Somebody who registers. Start from ADMIT_CLIENT_REGISTRATION_INPUT_INIT; NULL and empty texts
/// are none.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_client_registration_input {
    /// sizeof(admit_client_registration_input).
    pub size: usize,
    /// The whole name as it is shown. Required where the parts below do not say it.
    pub name: *const c_char,
    /// The family name.
    pub family_name: *const c_char,
    /// The given names.
    pub given_name: *const c_char,
    /// YYYY, YYYY-MM or YYYY-MM-DD.
    pub birth_date: *const c_char,
    /// The address, of client and login. Required where there is no user name and no identity.
    pub email: *const c_char,
    /// The contact phone.
    pub phone: *const c_char,
    /// The language, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// The time zone, such as "America/New_York".
    pub zone: *const c_char,
    /// A sign-in name apart from the address, or where there is none.
    pub username: *const c_char,
    /// The password of the login. Required where there is no identity.
    pub password: *const c_char,
    /// Who vouches for the identity: the issuer of OpenID Connect, as a rule. From the host alone.
    pub identity_issuer: *const c_char,
    /// Whom the identity names there.
    pub identity_subject: *const c_char,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_client_registration_input {
    const NAME: &'static str = "a newer member of admit_client_registration_input";
}

/// What guests and whoever registers say alike.
struct Given {
    names: [*const c_char; 3],
    birth_date: *const c_char,
    email: *const c_char,
    phone: *const c_char,
    locale: *const c_char,
    zone: *const c_char,
}

impl Given {
    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn read(&self) -> Result<Newcomer> {
        let [whole, family, given] = self.names;
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(Newcomer {
                name: name(whole, family, given)?.ok_or(Reason::Missing).field("name")?,
                birth: call::parsed(self.birth_date, "birth_date", BirthDate::parse)?,
                email: call::parsed(self.email, "email", Email::parse)?,
                phone: call::parsed(self.phone, "phone", Phone::parse)?,
                locale: call::parsed(self.locale, "locale", Locale::parse)?,
                zone: call::parsed(self.zone, "zone", Zone::parse)?,
            })
        }
    }
}

impl admit_client_guest_input {
    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn read(&self) -> Result<EnterAsGuest> {
        let given = Given {
            names: [self.name, self.family_name, self.given_name],
            birth_date: self.birth_date,
            email: self.email,
            phone: self.phone,
            locale: self.locale,
            zone: self.zone,
        };
        // SAFETY: handed on from this function's contract.
        let (newcomer, room) =
            unsafe { (given.read()?, call::optional_id(self.room_id, "room_id")?) };
        Ok(EnterAsGuest { newcomer, room })
    }
}

impl admit_client_registration_input {
    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn read(&self) -> Result<Register> {
        let given = Given {
            names: [self.name, self.family_name, self.given_name],
            birth_date: self.birth_date,
            email: self.email,
            phone: self.phone,
            locale: self.locale,
            zone: self.zone,
        };
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(Register {
                newcomer: given.read()?,
                username: call::parsed(self.username, "username", Username::parse)?,
                password: secret(self.password, "password")?,
                identity: identity(self.identity_issuer, self.identity_subject)?,
            })
        }
    }
}

/// What became of a registration. Free it with `admit_client_registration_free`.
pub struct admit_client_registration(Object<Outcome>);
opaque!(admit_client_registration shows Outcome);

#[derive(Serialize)]
pub(in crate::ffi) struct Outcome {
    is_held: bool,
    client_id: Option<ClientId>,
    login_id: Option<LoginId>,
}

impl From<Registered> for admit_client_registration {
    fn from(registered: Registered) -> Self {
        let (client_id, login_id) = match registered {
            Registered::Held => (None, None),
            Registered::Made { client, login } => (Some(client), Some(login)),
        };
        Outcome { is_held: client_id.is_none(), client_id, login_id }.into()
    }
}

/// 1 where it waits for the link that was sent to the address: say no more than "look into your
/// mail". 0 where there was no address to prove, and client and login are there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_registration_is_held(
    registration: *const admit_client_registration,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(registration, 0, |it| i32::from(it.is_held)) }
}

/// The client; NULL where it waits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_registration_client_id(
    registration: *const admit_client_registration,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(registration, "client_id", |it| shown(it.client_id?)) }
}

/// The login; NULL where it waits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_registration_login_id(
    registration: *const admit_client_registration,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(registration, "login_id", |it| shown(it.login_id?)) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_registration_json(
    registration: *const admit_client_registration,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(registration) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_registration_free(
    registration: *mut admit_client_registration,
) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(registration) }
}

/// Lets somebody in as a guest: a client of the stage guest, without a login. For a visitor of a
/// practice, or the host.
///
/// The host keeps what the guest does until it leaves. A guest becomes registered by accepting an
/// invitation, or by `admit_client_merge`, and loses nothing. `client` gets the guest, to be freed
/// with `admit_client_free`; NULL if not wanted.
/// Answers ADMIT_SWITCHED_OFF where the practice's settings let no guests in, and ADMIT_TRY_LATER,
/// with a time to wait, after 60 guests and registrations in an hour from one address of the
/// actor's source, or 1,000 in the practice. The host is not counted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_enter_as_guest(
    actor: *mut admit_actor,
    input: *const admit_client_guest_input,
    client: *mut *mut admit_client,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(client) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (enter, key) = unsafe {
            let given = call::input(input)?;
            (given.read()?, call::idempotency_key(given.idempotency_key)?)
        };
        out.fill_if_wanted(opened.admit.enter_as_guest(&actor, enter, key.as_ref())?);
        Ok(())
    })
}

/// Registers somebody as a prospective client with a login. For a visitor of a practice, or the
/// host.
///
/// With an address nothing is made at once: a link goes there, and `admit_login_confirm_address`
/// with its token makes client and login. Before that nobody signs in; after 24 hours what was
/// given is forgotten. An address that has a login already gets a message that says so, and the
/// answer here is the same: show "look into your mail" to everybody. Without an address, client
/// and login are there at once. `registration` gets what became of it, to be freed with
/// `admit_client_registration_free`; NULL if not wanted.
/// Answers ADMIT_SWITCHED_OFF where the practice's settings let nobody register, what is wrong with
/// the password, ADMIT_NAME_TAKEN for a user name, which are one for the whole portal,
/// ADMIT_IDENTITY_TAKEN, and ADMIT_TRY_LATER as `admit_client_enter_as_guest`, and after 5
/// registrations a day with one address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_register(
    actor: *mut admit_actor,
    input: *const admit_client_registration_input,
    registration: *mut *mut admit_client_registration,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(registration) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (register, key) = unsafe {
            let given = call::input(input)?;
            (given.read()?, call::idempotency_key(given.idempotency_key)?)
        };
        out.fill_if_wanted(opened.admit.register(&actor, &register, key.as_ref())?);
        Ok(())
    })
}
