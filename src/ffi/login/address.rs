use super::call::run;
use super::done::admit_login_done;
use super::input::secret;
use crate::commands::address::{RequestAddressChange, RequestAddressConfirmation};
use crate::domain::text::Email;
use crate::ffi::actor::{admit_actor, admit_source};
use crate::ffi::call::{self, Out};
use crate::ffi::error::admit_error;
use crate::ffi::handle;
use crate::ffi::status::admit_status;
use crate::ffi::store::admit_store;
use std::ffi::c_char;

/// Asks to move a login to another address: a link is sent there, and the login moves once it is
/// opened (`admit_login_confirm_address`). Until then nothing changes, and whether the address is
/// taken is not told. For the login itself, and for the host.
///
/// `password` is the present one; NULL for the host alone, where it has proved the holder itself.
/// Answers ADMIT_INVALID for an input or a login that leaves its password out,
/// ADMIT_SIGN_IN_FAILED for a wrong password, which counts like a failed sign-in, ADMIT_TRY_LATER
/// after failures, and ADMIT_TOO_MANY_MESSAGES.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_request_address_change(
    actor: *mut admit_actor,
    login_id: *const c_char,
    address: *const c_char,
    password: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let ask = unsafe {
            RequestAddressChange {
                login: call::id(login_id, "login_id")?,
                to: call::required(address, "address", Email::parse)?,
                password: secret(password, "password")?,
            }
        };
        opened.admit.request_address_change(&actor, &ask, None)
    })
}

/// Sends the link that proves the address on file. Answers ADMIT_NOT_REACHABLE for a login
/// without an address, and ADMIT_TOO_MANY_MESSAGES.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_request_address_confirmation(
    actor: *mut admit_actor,
    login_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, login_id, |login| RequestAddressConfirmation { login }) }
    })
}

/// Proves an address by the link that was sent there, and moves the login to it if that is what
/// the link was for: then its sessions end, and the old address is told. The address of a place
/// that an open link holds (`admit_open_link_accept`) makes the login, and lets it in. Of what
/// `admit_client_register` held, client and login are made now. A login of the address that holds
/// no seat and no client any more, and so lets nobody in, gives way to each of these and is gone.
/// A user name that was the old address goes with it.
///
/// `source` is whence the bearer of the link calls, and may be NULL. `token` is what the link
/// carries. `done` says whose address it is, to be freed with `admit_login_done_free`; NULL if not
/// wanted. Answers ADMIT_LINK_INVALID, ADMIT_LINK_USED, ADMIT_LINK_SUPERSEDED or
/// ADMIT_LINK_EXPIRED for the link, and ADMIT_NAME_TAKEN where another login has the address, or the
/// user name of a registration. For a place also ADMIT_LINK_REVOKED, where its open link was
/// withdrawn, or the practice or the inviter is suspended; ADMIT_LOGIN_PROOF_REQUIRED where a login
/// has the address, which comes in by the open link once it is signed in; ADMIT_IDENTITY_TAKEN. For a
/// registration also ADMIT_SWITCHED_OFF. None uses it up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_confirm_address(
    store: *mut admit_store,
    source: *const admit_source,
    token: *const c_char,
    done: *mut *mut admit_login_done,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(done) };
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let (source, token) =
            unsafe { (admit_source::read(source)?, call::required_text(token, "token")?) };
        let done = opened.admit.confirm_address(source, token, None)?;
        out.fill_if_wanted(done);
        Ok(())
    })
}
