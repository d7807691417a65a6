use super::input::{admit_login_change_input, admit_login_input};
use super::object::admit_login;
use super::secret::admit_secret;
use crate::commands::Command;
use crate::commands::login_change::{EndSessions, RemoveLogin, UnlockLogin};
use crate::commands::password_change::TemporaryPassword;
use crate::domain::actor::{Actor, Who};
use crate::domain::id::LoginId;
use crate::error::Result;
use crate::ffi::actor::admit_actor;
use crate::ffi::call::{self, Out};
use crate::ffi::error::admit_error;
use crate::ffi::handle;
use crate::ffi::status::admit_status;
use crate::ffi::store::OpenStore;
use std::ffi::c_char;

fn show(opened: &OpenStore, actor: &Actor, id: LoginId, out: Out<admit_login>) -> Result<()> {
    if out.is_wanted() {
        out.fill(opened.admit.login(actor, id)?.into());
    }
    Ok(())
}

/// Makes a login by hand, for a client of the actor's practice or for a seat in it. The holder is
/// told that there is a temporary password, but not the password. Where the holder should choose
/// it, send an invitation instead.
///
/// Where practices share a portal, staff are not told whether an address has a login at another
/// practice: one that they give becomes the login's once the link sent there is opened. User names
/// and identities are one for the whole portal, so that one is taken is told; an actor of the host
/// is told of an address too: keep that from the practices.
///
/// `login` gets the new login, to be freed with `admit_login_free`; NULL if not wanted.
/// `password` gets the password that `generate_password` asks for, to be freed with
/// `admit_secret_free`: it is shown this once, and an answer that an idempotency key repeats has
/// NULL there. `password` may be NULL where none is generated, else ADMIT_MISUSE and nothing is
/// made. A temporary password is good for 72 hours and for one change.
///
/// Answers ADMIT_INVALID for an input, ADMIT_NOT_PERMITTED for a hash or an identity that staff
/// state, ADMIT_NAME_TAKEN, ADMIT_IDENTITY_TAKEN, ADMIT_CLIENT_ALREADY_ACTIVATED, another
/// ADMIT_CLIENT_* that stands against inviting the client, and ADMIT_STATUS_NOT_ALLOWED for a seat that has a login or has ended. With a temporary
/// password also ADMIT_REASON_REQUIRED for the host; for a typed one ADMIT_SWITCHED_OFF or an
/// ADMIT_PASSWORD_*; ADMIT_TRY_LATER where too many passwords are being hashed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_create(
    actor: *mut admit_actor,
    input: *const admit_login_input,
    login: *mut *mut admit_login,
    password: *mut *mut admit_secret,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, mut secret) = unsafe { (Out::new(login), Out::new(password)) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (create, key) = unsafe {
            let asked = call::input(input)?;
            (asked.create()?, call::idempotency_key(asked.idempotency_key)?)
        };
        if matches!(create.password, Some(TemporaryPassword::Generated)) {
            secret = secret.required()?;
        }
        let created = opened.admit.create_login(&actor, &create, key.as_ref())?;
        show(&opened, &actor, created.login, out)?;
        if let Some(password) = &created.password {
            secret.fill(admit_secret::of(password));
        }
        Ok(())
    })
}

/// Reads a login that has a seat or a client in the actor's practice, or is the actor itself.
///
/// `login` gets it, to be freed with `admit_login_free`. One that was removed can still be read.
/// Where practices share a portal, staff see none of its external identities: an issuer would tell
/// at which other practice it was linked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_get(
    actor: *mut admit_actor,
    login_id: *const c_char,
    login: *mut *mut admit_login,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(login) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        show(&opened, &actor, unsafe { call::id(login_id, "login_id")? }, out)
    })
}

/// Changes the holder's own facts; what the input does not name stays. The login itself changes
/// them; the host may too, except the user name.
///
/// A change of the user name ends the login's sessions, that of the actor too: it goes on with a
/// new actor of the epoch that `login` shows. `login` may be NULL; else free it with
/// `admit_login_free`. Answers ADMIT_INVALID for an input, ADMIT_CONFLICT and ADMIT_NAME_TAKEN.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_update(
    actor: *mut admit_actor,
    login_id: *const c_char,
    input: *const admit_login_change_input,
    login: *mut *mut admit_login,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(login) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (update, key) = unsafe {
            let asked = call::input(input)?;
            let update = asked.update(call::id(login_id, "login_id")?)?;
            (update, call::idempotency_key(asked.idempotency_key)?)
        };
        let done = opened.admit.run(&actor, update, key.as_ref())?;
        // The actor's own session may have ended by it, and the next one has begun.
        let who = match actor.who {
            Who::Login { id, .. } if id == done.login => Who::Login { id, epoch: done.epoch },
            who => who,
        };
        show(&opened, &Actor { who, ..(*actor).clone() }, done.login, out)
    })
}

/// # Safety
/// `login_id` is as the header asks.
pub(super) unsafe fn run<C: Command>(
    actor: *mut admit_actor,
    login_id: *const c_char,
    command: impl FnOnce(LoginId) -> C,
) -> Result<C::Done> {
    let (opened, actor) = handle::actor(actor)?;
    // SAFETY: handed on from this function's contract.
    let command = command(unsafe { call::id(login_id, "login_id")? });
    opened.admit.run(&actor, command, None)
}

/// Ends the lock and the waits after failed sign-ins, for all names of a login.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_unlock(
    actor: *mut admit_actor,
    login_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, login_id, |login| UnlockLogin { login }) }.map(drop)
    })
}

/// Ends every session of a login, and kills the links that wait: signs out everywhere.
///
/// `epoch` gets the epoch from which sessions count now, and may be NULL. A login that ends its
/// own sessions ends the one at hand too: an actor of the new epoch keeps it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_end_sessions(
    actor: *mut admit_actor,
    login_id: *const c_char,
    epoch: *mut u32,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe {
            call::put(epoch, 0);
            let done = run(actor, login_id, |login| EndSessions { login })?;
            call::put(epoch, done.epoch);
        }
        Ok(())
    })
}

/// Ends what a login holds in the actor's practice: its ties to clients and its seats' holder.
/// Where it holds nothing in another practice, the login itself goes and its names are free again.
///
/// `is_removed` gets 1 where the login itself went, and may be NULL. Where practices share a portal
/// it is 1 for an actor of the host alone: staff are not told whether another practice's people use
/// the login. Sessions end either way, and the holder is told where there is an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_remove(
    actor: *mut admit_actor,
    login_id: *const c_char,
    is_removed: *mut i32,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe {
            call::put(is_removed, 0);
            let done = run(actor, login_id, |login| RemoveLogin { login })?;
            call::put(is_removed, i32::from(done.is_removed));
        }
        Ok(())
    })
}
