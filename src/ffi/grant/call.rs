use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::input::{SCOPES_MAX, admit_grant_input};
use super::object::{admit_grant, admit_grant_page};
use crate::commands::Page;
use crate::commands::grant::{GiveGrant, WithdrawGrant};
use crate::domain::grant::Grantee;
use crate::domain::text::{Line, Reason};
use crate::error::{Error, InField, Result};
use std::ffi::c_char;

/// # Safety
/// The pointers are as the header asks.
unsafe fn give(asked: &admit_grant_input) -> Result<GiveGrant> {
    // SAFETY: handed on from this function's contract.
    unsafe {
        let staff = call::optional_id(asked.staff_id, "staff_id")?;
        let room = call::optional_id(asked.room_id, "room_id")?;
        let grantee = match (staff, room) {
            (Some(staff), None) => Grantee::Staff(staff),
            (None, Some(room)) => Grantee::Room(room),
            (None, None) => return Err(Reason::Missing).field("staff_id"),
            (Some(_), Some(_)) => return Err(Reason::Excluded).field("room_id"),
        };
        if asked.scope_count > SCOPES_MAX {
            return Err(Reason::TooMany { max: SCOPES_MAX }).field("scopes");
        }
        if asked.scope_count > 0 && asked.scopes.is_null() {
            return Err(Error::Misuse("a list is NULL though its count is not 0"));
        }
        let scopes = (0..asked.scope_count)
            .map(|at| call::required(*asked.scopes.add(at), "scopes", Line::parse))
            .collect::<Result<_>>()?;
        Ok(GiveGrant {
            client: call::id(asked.client_id, "client_id")?,
            grantee,
            scopes,
            reason: call::parsed(asked.reason, "reason", Line::parse)?,
            ends_at: call::time(asked.ends_at),
        })
    }
}

/// Opens a client's chart to a seat or a room. `grant` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_give(
    actor: *mut admit_actor,
    input: *const admit_grant_input,
    grant: *mut *mut admit_grant,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(grant) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (give, key) = unsafe {
            let asked = call::input(input)?;
            (give(&asked)?, call::idempotency_key(asked.idempotency_key)?)
        };
        let client = give.client;
        let id = opened.admit.run(&actor, give, key.as_ref())?;
        if out.is_wanted()
            && let Some(given) =
                opened.admit.grants(&actor, client)?.into_iter().find(|given| given.id == id)
        {
            out.fill(given.into());
        }
        Ok(())
    })
}

/// Withdraws a grant. Answers ADMIT_ALREADY_ENDED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_withdraw(
    actor: *mut admit_actor,
    grant_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let grant = unsafe { call::id(grant_id, "grant_id")? };
        opened.admit.run(&actor, WithdrawGrant { grant }, None).map(drop)
    })
}

/// Lists all grants of a client, withdrawn ones too, oldest first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_list(
    actor: *mut admit_actor,
    client_id: *const c_char,
    page: *mut *mut admit_grant_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let client = unsafe { call::id(client_id, "client_id")? };
        let items = opened.admit.grants(&actor, client)?;
        out.fill(admit_grant_page(List::of(Page { items, next: None })));
        Ok(())
    })
}
