use super::super::actor::admit_source;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::invitation::admit_acceptance;
use super::super::status::admit_status;
use super::super::store::admit_store;
use super::input::admit_open_link_accept_input;

/// Comes in by an open link, as its bearer; `admit_invitation_inspect` says beforehand what the
/// link is. Nobody is signed in by it. `source` may be NULL.
///
/// Whoever is signed in comes in at once, and so does an external identity that a login has; who
/// is in already takes no second place. For anybody else a place is held for 24 hours and a link
/// mailed to the address: `admit_login_confirm_address` makes login and client or seat. Until then
/// there is no login: signing in answers ADMIT_SIGN_IN_FAILED, and `admit_store_upkeep` gives the
/// place back in the end. The same address given twice holds one place.
///
/// Whether a login has the address changes nothing here, so that nobody learns of it who only
/// typed it. Where one has it, the link in the mail answers ADMIT_LOGIN_PROOF_REQUIRED: sign in,
/// and come in by the open link with that login.
///
/// `acceptance` gets who and what there is now, to be freed with `admit_acceptance_free`; NULL if
/// not wanted.
///
/// Answers what the link died of: ADMIT_LINK_INVALID, ADMIT_LINK_REVOKED, also for as long as the
/// practice or the inviter is suspended, or the inviter's role may not make such a link any more,
/// ADMIT_LINK_SUPERSEDED or ADMIT_LINK_EXPIRED; and ADMIT_OPEN_LINK_FULL. Of the way in: ADMIT_PASSWORD_TOO_SHORT and what else a password is
/// refused for, ADMIT_NAME_TAKEN for the user name, ADMIT_SESSION_ENDED,
/// ADMIT_MUST_CHANGE_PASSWORD, ADMIT_SIGN_IN_METHOD_NOT_ALLOWED, ADMIT_TOO_MANY_MESSAGES with the
/// time to wait (100 an hour by one link and source, 5 mails a day to one address), and
/// ADMIT_TRY_LATER while too many passwords are hashed. None of them takes a place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_open_link_accept(
    store: *mut admit_store,
    source: *const admit_source,
    input: *const admit_open_link_accept_input,
    acceptance: *mut *mut admit_acceptance,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(acceptance) };
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let (source, asked, key) = unsafe {
            let asked = call::input(input)?;
            let key = call::idempotency_key(asked.idempotency_key)?;
            (admit_source::read(source)?, asked.come_in()?, key)
        };
        let arrival = opened.admit.come_in(source, asked, key.as_ref())?;
        if out.is_wanted() {
            out.fill(arrival.into());
        }
        Ok(())
    })
}
