use super::super::actor::admit_actor;
use super::super::call::{self, Extensible, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::status::admit_status;
use super::call::show;
use super::object::admit_client;
use crate::commands::merge::MergeClients;
use crate::domain::text::Line;
use crate::error::Result;
use std::ffi::c_char;

/// Two clients that turned out to be one. Start from ADMIT_CLIENT_MERGE_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_client_merge_input {
    /// sizeof(admit_client_merge_input).
    pub size: usize,
    /// The client that goes. Required.
    pub from_client_id: *const c_char,
    /// The client that stays. Required.
    pub into_client_id: *const c_char,
    /// Why, for the audit trail: one line, up to 200 characters. Required.
    pub reason: *const c_char,
    /// The revision that the caller saw of the client that goes, else ADMIT_CONFLICT; 0 is any.
    pub from_revision: u64,
    /// The revision that the caller saw of the client that stays, else ADMIT_CONFLICT; 0 is any.
    pub into_revision: u64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_client_merge_input {
    const NAME: &'static str = "a newer member of admit_client_merge_input";
}

impl admit_client_merge_input {
    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn read(&self) -> Result<MergeClients> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(MergeClients {
                from: call::id(self.from_client_id, "from_client_id")?,
                into: call::id(self.into_client_id, "into_client_id")?,
                from_revision: self.from_revision,
                into_revision: self.into_revision,
                reason: call::required(self.reason, "reason", Line::parse)?,
            })
        }
    }
}

/// Merges a client into another of the practice. Takes an actor who reaches both, and has all of
/// both charts where it has them by grants. There is no way back.
///
/// All that hangs on the one moves to the other: logins and guardians, grants, rooms, closed
/// invitations, messages, holds; its external id becomes an identifier where the other has one of
/// its own. Invitations that wait are revoked. What is known of both stays as it is of the client
/// that stays, which is registered from now on. The id that goes answers ADMIT_CLIENT_MERGED from
/// now on, and in the list of changes it has `client.merged`: `admit_client_merged_into` says where
/// it went. `client` gets the client that stays; NULL if not wanted.
/// Answers ADMIT_INVALID for one client given twice, ADMIT_BOTH_HAVE_LOGINS where each has a login
/// of its own, ADMIT_CLIENT_IS_NO_PERSON where one is a person and the other is not,
/// ADMIT_CLIENT_PENDING_DELETION, and ADMIT_LIMIT_REACHED where the lists of both are too long for
/// one client.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_merge(
    actor: *mut admit_actor,
    input: *const admit_client_merge_input,
    client: *mut *mut admit_client,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(client) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (merge, key) = unsafe {
            let given = call::input(input)?;
            (given.read()?, call::idempotency_key(given.idempotency_key)?)
        };
        let id = opened.admit.run(&actor, merge, key.as_ref())?;
        show(&opened, &actor, id, out)
    })
}

/// Reads the client into which another was merged. Answers ADMIT_NOT_FOUND for a client that was
/// not merged.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_merged_into(
    actor: *mut admit_actor,
    client_id: *const c_char,
    client: *mut *mut admit_client,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(client) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let id = unsafe { call::id(client_id, "client_id")? };
        let into = opened.admit.merged_into(&actor, id)?;
        show(&opened, &actor, into, out)
    })
}
