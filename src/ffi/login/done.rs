use crate::commands::address::AddressConfirmed;
use crate::commands::reset::ResetDone;
use crate::domain::id::{LoginId, PracticeId};
use crate::ffi::object::{Object, free, json, number, opaque, shown, text};
use serde::Serialize;
use std::ffi::c_char;

/// What a link that was sent to a login has done: a password was chosen, or an address proved.
/// Free it with `admit_login_done_free`.
pub struct admit_login_done(Object<Followed>);
opaque!(admit_login_done shows Followed);

#[derive(Serialize)]
pub(in crate::ffi) struct Followed {
    login: LoginId,
    practice: PracticeId,
    epoch: u32,
}

impl From<ResetDone> for admit_login_done {
    fn from(done: ResetDone) -> Self {
        let ResetDone { login, practice, epoch } = done;
        Followed { login, practice, epoch }.into()
    }
}

impl From<AddressConfirmed> for admit_login_done {
    fn from(done: AddressConfirmed) -> Self {
        let AddressConfirmed { login, practice, epoch } = done;
        Followed { login, practice, epoch }.into()
    }
}

/// The login that the link was for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_done_login_id(done: *const admit_login_done) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(done, "login_id", |it| shown(it.login)) }
}

/// The practice in whose words the link was sent: where to go on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_done_practice_id(
    done: *const admit_login_done,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(done, "practice_id", |it| shown(it.practice)) }
}

/// The epoch from which sessions count now: those of an earlier one are over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_done_epoch(done: *const admit_login_done) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(done, 0, |it| it.epoch) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_done_json(done: *const admit_login_done) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(done) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_done_free(done: *mut admit_login_done) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(done) }
}
