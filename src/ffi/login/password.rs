use super::call::run;
use super::done::admit_login_done;
use super::input::{required_secret, secret};
use super::secret::admit_secret;
use crate::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use crate::commands::reset::RequestResetFor;
use crate::ffi::actor::{admit_actor, admit_source};
use crate::ffi::call::{self, Out};
use crate::ffi::error::admit_error;
use crate::ffi::handle;
use crate::ffi::status::admit_status;
use crate::ffi::store::admit_store;
use std::ffi::c_char;

/// Changes the password of the login that acts. Its other sessions end, and the links that wait
/// die; the holder is told.
///
/// `epoch` gets the epoch with which the session at hand goes on, as a new actor, and may be NULL.
/// Answers ADMIT_SIGN_IN_FAILED for a wrong `current_password`, which counts like a failed
/// sign-in, ADMIT_TRY_LATER after failures, and an ADMIT_PASSWORD_* for the new one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_change_password(
    actor: *mut admit_actor,
    current_password: *const c_char,
    new_password: *const c_char,
    epoch: *mut u32,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { call::put(epoch, 0) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let change = unsafe {
            ChangePassword {
                current: required_secret(current_password, "current_password")?,
                new: required_secret(new_password, "new_password")?,
            }
        };
        let done = opened.admit.change_password(&actor, &change, None)?;
        // SAFETY: as above.
        unsafe { call::put(epoch, done.epoch) };
        Ok(())
    })
}

/// Sets a password that its holder must change at the next sign-in, within 72 hours. It ends every
/// session and every lock, and the holder is told, but not the password. The host gives a reason.
///
/// `typed` is the password, where the practice's settings let staff choose it; NULL generates one.
/// `password` gets the generated one, to be freed with `admit_secret_free`: it is shown this once.
/// Where `typed` is given `password` may be NULL, else ADMIT_MISUSE and nothing is set. Answers
/// ADMIT_SWITCHED_OFF or an ADMIT_PASSWORD_* for a typed one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_set_temporary_password(
    actor: *mut admit_actor,
    login_id: *const c_char,
    typed: *const c_char,
    password: *mut *mut admit_secret,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let mut out = unsafe { Out::new(password) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (login, typed) = unsafe { (call::id(login_id, "login_id")?, secret(typed, "typed")?) };
        let password = match typed {
            Some(typed) => TemporaryPassword::Typed(typed),
            None => {
                out = out.required()?;
                TemporaryPassword::Generated
            }
        };
        let set = SetTemporaryPassword { login, password };
        let done = opened.admit.set_temporary_password(&actor, &set, None)?;
        if let Some(password) = &done.password {
            out.fill(admit_secret::of(password));
        }
        Ok(())
    })
}

/// Asks for a link to choose a new password, by whatever a visitor typed as a name.
///
/// Nothing in the answer depends on the name: ADMIT_OK whether or not it exists, with the same
/// work and the same rows. Who has a login gets the link; who was invited, or is a client without
/// a login, is told so instead.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_request_reset(
    actor: *mut admit_actor,
    name: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let name = unsafe { call::required_text(name, "name")? };
        opened.admit.request_reset(&actor, name)
    })
}

/// Sends a login the link to choose a new password: for those who may see the login, who unlike a
/// visitor are told why it cannot be done. A visitor, who asks by `admit_login_request_reset`, gets
/// ADMIT_NOT_PERMITTED for every id. Answers ADMIT_NOT_REACHABLE for one without an address, and
/// ADMIT_TOO_MANY_MESSAGES.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_request_reset_for(
    actor: *mut admit_actor,
    login_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, login_id, |login| RequestResetFor { login }) }
    })
}

/// Chooses a new password by the link that was sent. Every session and every lock of the login
/// ends, its other links die, and the holder is told. It makes no session: sign in next.
///
/// `source` is whence the bearer of the link calls, and may be NULL. `token` is what the link
/// carries. `done` says whose password it is, to be freed with `admit_login_done_free`; NULL if
/// not wanted. Answers ADMIT_LINK_INVALID, ADMIT_LINK_USED, ADMIT_LINK_SUPERSEDED or
/// ADMIT_LINK_EXPIRED for the link, and an ADMIT_PASSWORD_* for the password, which leaves the
/// link as it was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_reset(
    store: *mut admit_store,
    source: *const admit_source,
    token: *const c_char,
    password: *const c_char,
    done: *mut *mut admit_login_done,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(done) };
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let (source, token, password) = unsafe {
            (
                admit_source::read(source)?,
                call::required_text(token, "token")?,
                required_secret(password, "password")?,
            )
        };
        let done = opened.admit.reset(source, token, &password, None)?;
        out.fill_if_wanted(done);
        Ok(())
    })
}
