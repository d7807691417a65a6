use super::super::actor::admit_source;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::login::required_secret;
use super::super::status::admit_status;
use super::super::store::admit_store;
use super::input::admit_accept_input;
use super::inspection::{admit_acceptance, admit_inspection};
use secrecy::ExposeSecret;
use std::ffi::c_char;

/// Says what a link is, for the page that it opens, and changes nothing: of any purpose, an
/// invitation's as well as a reset's. A bearer call: the token is the authority, and says which
/// practice it is about. `source` may be NULL.
///
/// `inspection` gets what is to be told, to be freed with `admit_inspection_free`, also for a link
/// that was good once: `admit_inspection_status` then says what it died of, and nothing else is
/// told. Answers ADMIT_LINK_INVALID for what this store did not issue.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_inspect(
    store: *mut admit_store,
    source: *const admit_source,
    token: *const c_char,
    inspection: *mut *mut admit_inspection,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(inspection) }.required()?;
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let (source, token) =
            unsafe { (admit_source::read(source)?, required_secret(token, "token")?) };
        out.fill(opened.admit.inspect(source, token.expose_secret())?.into());
        Ok(())
    })
}

/// Accepts an invitation, as the bearer of its link: makes a login, or attaches what is offered to
/// one that exists, which takes proof of it and leaves its password as it is. Nobody is signed in
/// by it; `admit_login_sign_in` does that. `source` may be NULL.
///
/// `acceptance` gets who and what there is now, to be freed with `admit_acceptance_free`; NULL if
/// not wanted.
///
/// Answers what the link died of: ADMIT_LINK_INVALID, ADMIT_LINK_USED, ADMIT_LINK_REVOKED, also
/// for as long as the practice, the inviter or the client is suspended, ADMIT_LINK_SUPERSEDED or
/// ADMIT_LINK_EXPIRED. Of the way in: ADMIT_PASSWORD_TOO_SHORT and what else a password is refused
/// for, ADMIT_LOGIN_PROOF_REQUIRED where a login has the address (one that reaches nothing any more
/// gives way to a new one, by a link mailed to that address), ADMIT_WRONG_LOGIN,
/// ADMIT_SESSION_ENDED, ADMIT_MUST_CHANGE_PASSWORD, ADMIT_SIGN_IN_METHOD_NOT_ALLOWED,
/// ADMIT_NAME_TAKEN, ADMIT_IDENTITY_TAKEN, and ADMIT_TRY_LATER while too many passwords are
/// hashed. Of the offer: ADMIT_CLIENT_ALREADY_ACTIVATED, ADMIT_PROXY_EXISTS and
/// ADMIT_LIMIT_REACHED for a login that has a seat there. None of them uses the link up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_accept(
    store: *mut admit_store,
    source: *const admit_source,
    input: *const admit_accept_input,
    acceptance: *mut *mut admit_acceptance,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(acceptance) };
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let (source, accept, key) = unsafe {
            let asked = call::input(input)?;
            let key = call::idempotency_key(asked.idempotency_key)?;
            (admit_source::read(source)?, asked.accept()?, key)
        };
        let accepted = opened.admit.accept(source, accept, key.as_ref())?;
        if out.is_wanted() {
            out.fill(accepted.into());
        }
        Ok(())
    })
}

/// Turns an invitation down, as the bearer of its link; the inviter hears of it. `source` may be
/// NULL. Answers what the link died of, as `admit_invitation_accept` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_decline(
    store: *mut admit_store,
    source: *const admit_source,
    token: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let opened = handle::store(store)?;
        // SAFETY: the pointers are as the header asks.
        let (source, token) =
            unsafe { (admit_source::read(source)?, required_secret(token, "token")?) };
        opened.admit.decline(source, &token, None).map(drop)
    })
}

/// Asks for an invitation's link again, as the bearer of one that is good or has lapsed. One that
/// is good is sent again as it is, to the address on the invitation; of one that has lapsed the
/// inviter is told, and nothing is renewed: `admit_inspection_status` says beforehand which of the
/// two it is. `source` may be NULL.
///
/// Answers what else the link died of, ADMIT_NOT_REACHABLE where no message can go out, and
/// ADMIT_TOO_MANY_MESSAGES with the time to wait.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_ask_again(
    store: *mut admit_store,
    source: *const admit_source,
    token: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let opened = handle::store(store)?;
        // SAFETY: the pointers are as the header asks.
        let (source, token) =
            unsafe { (admit_source::read(source)?, required_secret(token, "token")?) };
        opened.admit.ask_again(source, &token, None).map(drop)
    })
}
