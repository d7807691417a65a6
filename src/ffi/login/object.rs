use crate::commands::login::LoginView;
use crate::commands::reach::{ClientReached, SeatReached};
use crate::domain::login::Status;
use crate::ffi::object::{Object, free, json, number, opaque, shown, some, text, text_at};
use crate::ffi::words::{admit_approval, admit_login_state_value, admit_role};
use serde::{Serialize, Serializer};
use std::ffi::c_char;

/// A login as it stood when it was read, without its password. Free it with `admit_login_free`.
pub struct admit_login(Object<LoginShown>);
opaque!(admit_login shows LoginShown);

/// A login as C sees it.
pub(in crate::ffi) struct LoginShown(LoginView);

impl From<LoginView> for admit_login {
    fn from(view: LoginView) -> Self {
        LoginShown(view).into()
    }
}

impl Serialize for LoginShown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The role of a seat that is reached.
pub(super) fn role_at(seats: &[SeatReached], at: usize) -> admit_role {
    seats.get(at).map_or(admit_role::AdmitRoleNone, |seat| admit_role::of(&seat.role))
}

/// Whether a seat that is reached may work yet.
pub(super) fn approval_at(seats: &[SeatReached], at: usize) -> admit_approval {
    let none = admit_approval::AdmitApprovalNone;
    seats.get(at).map_or(none, |seat| admit_approval::of(&seat.approval))
}

/// Whether a client is reached as its guardian.
pub(super) fn is_guardian_at(clients: &[ClientReached], at: usize) -> i32 {
    clients.get(at).map_or(0, |client| i32::from(client.is_guardian))
}

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_id(login: *const admit_login) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(login, "id", |it| shown(it.0.login.id)) }
}

/// The id of the portal at which it signs in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_portal_id(login: *const admit_login) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(login, "portal_id", |it| shown(it.0.login.portal)) }
}

/// The holder's name; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_holder(login: *const admit_login) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(login, "holder", |it| some(it.0.login.holder.as_ref()?.as_str())) }
}

/// The holder's phone; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_phone(login: *const admit_login) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(login, "phone", |it| some(it.0.login.phone.as_ref()?.as_str())) }
}

/// The holder's language; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_locale(login: *const admit_login) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(login, "locale", |it| some(it.0.login.locale.as_ref()?.as_str())) }
}

/// The holder's time zone; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_zone(login: *const admit_login) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(login, "zone", |it| some(it.0.login.zone.as_ref()?.as_str())) }
}

/// The sign-in name apart from the address, as it was typed; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_username(login: *const admit_login) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(login, "username", |it| some(it.0.login.username.as_ref()?.as_str())) }
}

/// The address, also a sign-in name; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_email(login: *const admit_login) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(login, "email", |it| some(it.0.login.email.as_ref()?.as_str())) }
}

/// 1 where a link of ours has proved the address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_is_email_verified(login: *const admit_login) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| i32::from(it.0.login.email_verified)) }
}

/// 1 where the login was removed: it signs in no more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_is_removed(login: *const admit_login) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| i32::from(it.0.login.status == Status::Removed)) }
}

/// What there is to sign in with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_state(login: *const admit_login) -> admit_login_state_value {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(login, admit_login_state_value::AdmitLoginStateNone, |it| {
            admit_login_state_value::of(&it.0.state)
        })
    }
}

/// Counts what ends sessions: a session of an earlier epoch is over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_epoch(login: *const admit_login) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| it.0.login.epoch) }
}

/// When it last signed in; 0 where it never did.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_last_sign_in(login: *const admit_login) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| it.0.login.last_sign_in.map_or(0, |at| at.millis())) }
}

/// When its temporary password lapses; 0 where it has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_temporary_until(login: *const admit_login) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| it.0.temporary_until.map_or(0, |at| at.millis())) }
}

/// 1 where its password must be changed at the next sign-in: staff set it, or an import says so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_must_change(login: *const admit_login) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| i32::from(it.0.must_change)) }
}

/// How many external identities it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_identity_count(login: *const admit_login) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| it.0.login.identities.len()) }
}

/// Who vouches for one identity; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_identity_issuer(
    login: *const admit_login,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text_at(login, "identity_issuer", at, |it| {
            some(it.0.login.identities.get(at)?.issuer.as_str())
        })
    }
}

/// Whom one identity names there; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_identity_subject(
    login: *const admit_login,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text_at(login, "identity_subject", at, |it| {
            some(it.0.login.identities.get(at)?.subject.as_str())
        })
    }
}

/// How many seats it reaches in the actor's practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_seat_count(login: *const admit_login) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| it.0.seats.len()) }
}

/// The practice of one seat; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_seat_practice_id(
    login: *const admit_login,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(login, "seat_practice_id", at, |it| shown(it.0.seats.get(at)?.practice)) }
}

/// The id of one seat; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_seat_staff_id(
    login: *const admit_login,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(login, "seat_staff_id", at, |it| shown(it.0.seats.get(at)?.staff)) }
}

/// What one seat is for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_seat_role(login: *const admit_login, at: usize) -> admit_role {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, admit_role::AdmitRoleNone, |it| role_at(&it.0.seats, at)) }
}

/// Whether one seat may work yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_seat_approval(
    login: *const admit_login,
    at: usize,
) -> admit_approval {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, admit_approval::AdmitApprovalNone, |it| approval_at(&it.0.seats, at)) }
}

/// How many clients it reaches in the actor's practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_client_count(login: *const admit_login) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| it.0.clients.len()) }
}

/// The practice of one client; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_client_practice_id(
    login: *const admit_login,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(login, "client_practice_id", at, |it| shown(it.0.clients.get(at)?.practice)) }
}

/// The id of one client; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_client_id(
    login: *const admit_login,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(login, "client_id", at, |it| shown(it.0.clients.get(at)?.client)) }
}

/// 1 where the login is the guardian of one client, 0 where it is the client itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_client_is_guardian(
    login: *const admit_login,
    at: usize,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| is_guardian_at(&it.0.clients, at)) }
}

/// When it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_created_at(login: *const admit_login) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| it.0.login.created_at.millis()) }
}

/// When it last changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_updated_at(login: *const admit_login) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| it.0.login.updated_at.millis()) }
}

/// Counts its changes, from 1 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_revision(login: *const admit_login) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(login, 0, |it| it.0.login.revision) }
}

/// The whole login as JSON, without password or hash. Lives as long as the login.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_json(login: *const admit_login) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(login) }
}

/// Frees a login. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_free(login: *mut admit_login) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(login) }
}
