use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::{OpenStore, admit_store};
use super::input::admit_script_set_input;
use super::object::{Shown, admit_script_set, admit_script_set_page};
use crate::commands::Page;
use crate::commands::script::ActivateScripts;
use crate::domain::actor::Actor;
use crate::domain::id::ScriptSetId;
use crate::error::Result;
use std::ffi::c_char;

/// # Safety
/// The pointers are as the header asks.
unsafe fn install(
    opened: &OpenStore,
    actor: &Actor,
    input: *const admit_script_set_input,
    out: Out<admit_script_set>,
) -> Result<()> {
    // SAFETY: handed on from this function's contract.
    let (scripts, key) = unsafe {
        let asked = call::input(input)?;
        (asked.scripts()?, call::idempotency_key(asked.idempotency_key)?)
    };
    let installed = opened.admit.install_scripts(actor, scripts, key.as_ref())?;
    show(opened, actor, installed.set, out)
}

fn show(
    opened: &OpenStore,
    actor: &Actor,
    id: ScriptSetId,
    out: Out<admit_script_set>,
) -> Result<()> {
    if out.is_wanted() {
        out.fill(Shown::from(opened.admit.script_set(actor, id)?).into());
    }
    Ok(())
}

fn page(opened: &OpenStore, actor: &Actor) -> Result<admit_script_set_page> {
    let sets = opened.admit.script_sets(actor)?;
    let items: Vec<_> = sets.into_iter().map(Shown::from).collect();
    Ok(admit_script_set_page(List::of(Page { items, next: None })))
}

/// Installs the product's scripts, and lets them speak in every practice from now on, for messages
/// that wait too. A store call. `set` may be NULL.
///
/// Each script is compiled and run on sample facts of every kind and in several languages, under
/// the limits of real calls. Where anything fails the answer is ADMIT_SCRIPT, the error names
/// script and line, and the scripts that spoke go on speaking.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_install(
    store: *mut admit_store,
    input: *const admit_script_set_input,
    set: *mut *mut admit_script_set,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(set) };
        let opened = handle::store(store)?;
        // SAFETY: as above.
        unsafe { install(&opened, &Actor::store_host(), input, out) }
    })
}

/// Puts an earlier version of the product's scripts back. A store call. NULL lets none speak: then
/// the library's own words are sent, every invitation is allowed and every deletion denied.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_activate(
    store: *mut admit_store,
    script_set_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let opened = handle::store(store)?;
        // SAFETY: the pointers are as the header asks.
        let set = unsafe { call::optional_id(script_set_id, "script_set_id")? };
        opened.admit.run(&Actor::store_host(), ActivateScripts { set }, None)
    })
}

/// Reads a version of the product's scripts, with their texts. A store call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_get(
    store: *mut admit_store,
    script_set_id: *const c_char,
    set: *mut *mut admit_script_set,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(set) }.required()?;
        let opened = handle::store(store)?;
        // SAFETY: as above.
        let id = unsafe { call::id(script_set_id, "script_set_id")? };
        show(&opened, &Actor::store_host(), id, out)
    })
}

/// The versions of the product's scripts, at most 20, latest first. A store call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_list(
    store: *mut admit_store,
    page: *mut *mut admit_script_set_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        out.fill(self::page(&*handle::store(store)?, &Actor::store_host())?);
        Ok(())
    })
}

/// As `admit_script_install`, for the actor's practice: the hooks that the set has come before the
/// product's there. `set` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_override(
    actor: *mut admit_actor,
    input: *const admit_script_set_input,
    set: *mut *mut admit_script_set,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(set) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        unsafe { install(&opened, &actor, input, out) }
    })
}

/// Puts an earlier version of the practice's own scripts back. NULL lets none speak: then the
/// product's do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_override_activate(
    actor: *mut admit_actor,
    script_set_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let set = unsafe { call::optional_id(script_set_id, "script_set_id")? };
        opened.admit.run(&actor, ActivateScripts { set }, None)
    })
}

/// Reads a version of the practice's own scripts, with their texts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_override_get(
    actor: *mut admit_actor,
    script_set_id: *const c_char,
    set: *mut *mut admit_script_set,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(set) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let id = unsafe { call::id(script_set_id, "script_set_id")? };
        show(&opened, &actor, id, out)
    })
}

/// The versions of the practice's own scripts, at most 20, latest first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_script_override_list(
    actor: *mut admit_actor,
    page: *mut *mut admit_script_set_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        out.fill(self::page(&opened, &actor)?);
        Ok(())
    })
}

/// As C reads it: to the first NUL, which is the one added here.
const DEFAULT: &str = concat!(include_str!("../../../scripts/default.lua"), "\0");

/// The text of the default script, to install or to start from: every notice in English and
/// Spanish, and a careful policy. Lives as long as the program.
#[unsafe(no_mangle)]
pub const extern "C" fn admit_script_default() -> *const c_char {
    DEFAULT.as_ptr().cast()
}
