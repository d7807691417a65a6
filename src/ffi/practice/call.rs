use super::input::{admit_practice_input, admit_practice_query};
use super::object::{admit_practice, admit_practice_page};
use crate::commands::practice::{
    CreatePractice, ReactivatePractice, SuspendPractice, UpdatePractice,
};
use crate::domain::actor::{Actor, Who};
use crate::domain::text::{ExternalId, Line};
use crate::error::{Error, Result};
use crate::ffi::actor::admit_actor;
use crate::ffi::call::{self, Out};
use crate::ffi::error::admit_error;
use crate::ffi::handle;
use crate::ffi::object::List;
use crate::ffi::status::admit_status;
use crate::ffi::store::{OpenStore, admit_store};
use std::ffi::c_char;

/// Makes a practice. A store call, for the host alone.
///
/// `practice` gets the new practice, to be freed with `admit_practice_free`; NULL if not wanted.
/// Answers ADMIT_INVALID for an input, and ADMIT_EXTERNAL_ID_TAKEN.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_create(
    store: *mut admit_store,
    input: *const admit_practice_input,
    practice: *mut *mut admit_practice,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(practice) };
        let opened = handle::store(store)?;
        let allow_local = opened.admit.options().test_mode;
        // SAFETY: as above.
        let (create, key) = unsafe {
            let given = call::input(input)?;
            let create = CreatePractice {
                name: call::required(given.name, "name", Line::parse)?,
                external_id: call::parsed(given.external_id, "external_id", ExternalId::parse)?,
                portal: call::parsed(given.portal, "portal", Line::parse)?,
                settings: given.settings(None, allow_local)?,
            };
            (create, call::idempotency_key(given.idempotency_key)?)
        };
        let id = opened.admit.run(&Actor::store_host(), create, key.as_ref())?;
        show(&opened, &Actor::in_practice(id, Who::Host), out)
    })
}

fn show(opened: &OpenStore, actor: &Actor, out: Out<admit_practice>) -> Result<()> {
    if out.is_wanted() {
        out.fill(opened.admit.practice(actor)?.into());
    }
    Ok(())
}

/// Reads the actor's practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_get(
    actor: *mut admit_actor,
    practice: *mut *mut admit_practice,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(practice) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        show(&opened, &actor, out)
    })
}

/// Finds a practice by the host's own key. A store call. Answers ADMIT_NOT_FOUND.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_get_by_external_id(
    store: *mut admit_store,
    external_id: *const c_char,
    practice: *mut *mut admit_practice,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(practice) }.required()?;
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let external = unsafe { call::external_id(external_id)? };
        out.fill(opened.admit.practice_by_external_id(&external)?.into());
        Ok(())
    })
}

/// Changes the actor's practice; what the input does not name stays. `practice` may be NULL. With the
/// age of majority and the zone move the ends of guardians' ties: of the first 1,000 clients at
/// once, of the rest by `admit_store_upkeep`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_update(
    actor: *mut admit_actor,
    input: *const admit_practice_input,
    practice: *mut *mut admit_practice,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(practice) };
        let (opened, actor) = handle::actor(actor)?;
        let present = opened.admit.practice(&actor)?.settings.sign_in;
        let allow_local = opened.admit.options().test_mode;
        // SAFETY: as above.
        let (update, key) = unsafe {
            let given = call::input(input)?;
            if !given.portal.is_null() {
                return Err(Error::Unsupported("moving a practice to another portal"));
            }
            let update = UpdatePractice {
                name: call::parsed(given.name, "name", Line::parse)?,
                external_id: call::change(given.external_id, "external_id", ExternalId::parse)?,
                settings: given.settings(Some(present), allow_local)?,
                revision: given.revision,
            };
            (update, call::idempotency_key(given.idempotency_key)?)
        };
        opened.admit.run(&actor, update, key.as_ref())?;
        show(&opened, &actor, out)
    })
}

/// Stops all but reads in the actor's practice. Answers ADMIT_STATUS_NOT_ALLOWED where it is
/// suspended already.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_suspend(
    actor: *mut admit_actor,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        opened.admit.run(&actor, SuspendPractice, None).map(drop)
    })
}

/// Lets the actor's practice work again. Answers ADMIT_STATUS_NOT_ALLOWED where it does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_reactivate(
    actor: *mut admit_actor,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        opened.admit.run(&actor, ReactivatePractice, None).map(drop)
    })
}

/// Lists all practices, oldest first. A store call. `query` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_practice_list(
    store: *mut admit_store,
    query: *const admit_practice_query,
    list: *mut *mut admit_practice_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(list) }.required()?;
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let (after, limit) = unsafe {
            let given = call::input(query)?;
            call::only(given.reserved, 0, "a newer member of admit_practice_query")?;
            (call::text(given.after, "after")?, given.limit)
        };
        out.fill(admit_practice_page(List::of(opened.admit.practices(after, limit)?)));
        Ok(())
    })
}
