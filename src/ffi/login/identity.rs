use super::input::{admit_identity, secret};
use crate::commands::identity::ChangeIdentity;
use crate::ffi::actor::admit_actor;
use crate::ffi::call;
use crate::ffi::error::admit_error;
use crate::ffi::handle;
use crate::ffi::status::admit_status;
use std::ffi::c_char;

/// # Safety
/// The pointers are as the header asks.
unsafe fn read(
    login_id: *const c_char,
    identity: *const admit_identity,
    password: *const c_char,
) -> crate::error::Result<ChangeIdentity> {
    // SAFETY: handed on from this function's contract.
    unsafe {
        Ok(ChangeIdentity {
            login: call::id(login_id, "login_id")?,
            identity: call::input(identity)?.read(["issuer", "subject"])?,
            password: secret(password, "password")?,
        })
    }
}

/// Lets a login sign in by an external identity too, which the host has verified before the call.
/// For the login itself, and for the host. Its sessions go on. An identity that it has stays.
///
/// `password` is the present one; NULL for the host alone, where it has proved the holder itself.
/// `epoch` gets the epoch of the login's sessions, and may be NULL. Answers ADMIT_INVALID for an
/// input or a login that leaves its password out, ADMIT_SIGN_IN_FAILED for a wrong password, which
/// counts like a failed sign-in, ADMIT_TRY_LATER after failures, ADMIT_LIMIT_REACHED after 8
/// identities, and ADMIT_IDENTITY_TAKEN where another login of the portal has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_link_identity(
    actor: *mut admit_actor,
    login_id: *const c_char,
    identity: *const admit_identity,
    password: *const c_char,
    epoch: *mut u32,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { call::put(epoch, 0) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let change = unsafe { read(login_id, identity, password)? };
        let done = opened.admit.link_identity(&actor, &change, None)?;
        // SAFETY: as above.
        unsafe { call::put(epoch, done.epoch) };
        Ok(())
    })
}

/// Takes an external identity from a login. Every session of it ends, for one may have begun by
/// that identity: the session at hand goes on as a new actor of `epoch`. For the login itself, and
/// for the host.
///
/// `password` is the present one; NULL for the host alone, where it has proved the holder itself.
/// `epoch` gets the epoch from which sessions count now, and may be NULL. Answers
/// ADMIT_NOT_FOUND for an identity that the login has not, ADMIT_STATUS_NOT_ALLOWED for the last
/// way in (there is no other identity, and no password with a name that its practices let it sign
/// in with), and for the password as `admit_login_link_identity`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_unlink_identity(
    actor: *mut admit_actor,
    login_id: *const c_char,
    identity: *const admit_identity,
    password: *const c_char,
    epoch: *mut u32,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { call::put(epoch, 0) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let change = unsafe { read(login_id, identity, password)? };
        let done = opened.admit.unlink_identity(&actor, &change, None)?;
        // SAFETY: as above.
        unsafe { call::put(epoch, done.epoch) };
        Ok(())
    })
}
