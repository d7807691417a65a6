use super::input::{admit_identity, required_secret};
use super::object::{approval_at, is_guardian_at, role_at};
use super::secret::SecretText;
use crate::commands::sign_in::{Session, SignIn, SignInExternal};
use crate::ffi::actor::admit_actor;
use crate::ffi::call::{self, Out};
use crate::ffi::error::admit_error;
use crate::ffi::handle;
use crate::ffi::object::{Object, Opaque, free, json, listed, number, shown, text, text_at};
use crate::ffi::status::admit_status;
use crate::ffi::words::{admit_approval, admit_role};
use std::ffi::c_char;
use std::ptr;

/// Somebody is signed in, and what they reach. The host keeps the session: the login's id and
/// epoch, of which `admit_actor_login` makes the actor of each request. Free it with
/// `admit_session_free`.
pub struct admit_session {
    object: Object<Session>,
    device_token: Option<SecretText>,
}

impl Opaque for admit_session {
    type View = Session;
    fn object(&self) -> &Object<Session> {
        &self.object
    }
}

impl From<Session> for admit_session {
    fn from(mut session: Session) -> Self {
        let device_token = session.device_token.take().as_ref().map(SecretText::of);
        Self { object: Object::new(session), device_token }
    }
}

/// Signs in by name and password, at the portal of the visitor's practice.
///
/// `name` is an address or a user name as it was typed. `device_token` is what
/// `admit_session_device_token` gave this device the last time, or NULL: a device that is known
/// does not wait for the failures of others. `session` gets the session, to be freed with
/// `admit_session_free`.
///
/// Answers ADMIT_SIGN_IN_FAILED for everything that is wrong, in the same time: an unknown name, a
/// wrong password, a temporary one that has lapsed, a login that reaches nothing. Answers
/// ADMIT_TRY_LATER after failures, whether or not the name exists: `admit_error_retry_after_ms`
/// says when. From the fifth failure on each wait doubles, and the tenth locks for an hour.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_sign_in(
    actor: *mut admit_actor,
    name: *const c_char,
    password: *const c_char,
    device_token: *const c_char,
    session: *mut *mut admit_session,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(session) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let sign_in = unsafe {
            SignIn {
                name: call::required_text(name, "name")?.to_owned(),
                password: required_secret(password, "password")?,
                device_token: call::text(device_token, "device_token")?.map(str::to_owned),
            }
        };
        out.fill(opened.admit.sign_in(&actor, &sign_in)?.into());
        Ok(())
    })
}

/// Signs in somebody whom the host has verified elsewhere, such as by OpenID Connect. For the
/// host alone.
///
/// `session` gets the session, to be freed with `admit_session_free`. Answers
/// ADMIT_SIGN_IN_FAILED where no login has the identity or it reaches nothing, and
/// ADMIT_SIGN_IN_METHOD_NOT_ALLOWED where it reaches something by password alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_sign_in_external(
    actor: *mut admit_actor,
    identity: *const admit_identity,
    session: *mut *mut admit_session,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(session) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let identity = unsafe { call::input(identity)?.read(["issuer", "subject"])? };
        out.fill(opened.admit.run(&actor, SignInExternal { identity }, None)?.into());
        Ok(())
    })
}

/// Who is signed in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_login_id(session: *const admit_session) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(session, "login_id", |it| shown(it.login)) }
}

/// The epoch of the session, for `admit_actor_login`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_epoch(session: *const admit_session) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(session, 0, |it| it.epoch) }
}

/// 1 where the password is temporary: the session may do nothing but change it, by
/// `admit_login_change_password`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_must_change(session: *const admit_session) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(session, 0, |it| i32::from(it.must_change)) }
}

/// When the login had signed in before; 0 where it never did.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_last_sign_in(session: *const admit_session) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(session, 0, |it| it.last_sign_in.map_or(0, |at| at.millis())) }
}

/// What the device keeps for its next sign-in; no credential, but secret. NULL where there is
/// none. Lives as long as the session, and is wiped with it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_device_token(
    session: *const admit_session,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        listed(session, ptr::null(), |it| {
            it.device_token.as_ref().map_or(ptr::null(), SecretText::as_ptr)
        })
    }
}

/// How many seats it reaches, in all practices of the portal.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_seat_count(session: *const admit_session) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(session, 0, |it| it.seats.len()) }
}

/// The practice of one seat; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_seat_practice_id(
    session: *const admit_session,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(session, "seat_practice_id", at, |it| shown(it.seats.get(at)?.practice)) }
}

/// The id of one seat; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_seat_staff_id(
    session: *const admit_session,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(session, "seat_staff_id", at, |it| shown(it.seats.get(at)?.staff)) }
}

/// What one seat is for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_seat_role(
    session: *const admit_session,
    at: usize,
) -> admit_role {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(session, admit_role::AdmitRoleNone, |it| role_at(&it.seats, at)) }
}

/// Whether one seat may work yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_seat_approval(
    session: *const admit_session,
    at: usize,
) -> admit_approval {
    let none = admit_approval::AdmitApprovalNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(session, none, |it| approval_at(&it.seats, at)) }
}

/// How many clients it reaches, in all practices of the portal.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_client_count(session: *const admit_session) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(session, 0, |it| it.clients.len()) }
}

/// The practice of one client; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_client_practice_id(
    session: *const admit_session,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(session, "client_practice_id", at, |it| shown(it.clients.get(at)?.practice)) }
}

/// The id of one client; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_client_id(
    session: *const admit_session,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(session, "client_id", at, |it| shown(it.clients.get(at)?.client)) }
}

/// 1 where the login is the guardian of one client, 0 where it is the client itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_client_is_guardian(
    session: *const admit_session,
    at: usize,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(session, 0, |it| is_guardian_at(&it.clients, at)) }
}

/// The whole session as JSON, without the device's token. Lives as long as the session.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_json(session: *const admit_session) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(session) }
}

/// Frees what a sign-in answered with, and wipes the device's token; the session goes on. NULL is
/// fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_session_free(session: *mut admit_session) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(session) }
}
