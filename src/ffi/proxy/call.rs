use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::words;
use super::input::admit_proxy_input;
use super::object::{admit_proxy, admit_proxy_page};
use crate::commands::Page;
use crate::commands::proxy::{AddProxy, EndProxy};
use crate::domain::text::Line;
use std::ffi::c_char;

/// Ties a login to a client: as the client itself, or as a guardian. `proxy` may be NULL.
/// Answers ADMIT_PROXY_EXISTS.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_add(
    actor: *mut admit_actor,
    input: *const admit_proxy_input,
    proxy: *mut *mut admit_proxy,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(proxy) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (add, key) = unsafe {
            let asked = call::input(input)?;
            let reserved = asked.reserved.cast_unsigned();
            call::only(reserved, 0, "a newer member of admit_proxy_input")?;
            let relationship = call::parsed(asked.relationship, "relationship", Line::parse)?;
            let add = AddProxy {
                client: call::id(asked.client_id, "client_id")?,
                login: call::id(asked.login_id, "login_id")?,
                tie: words::tie(asked.tie, relationship)?,
                ends_at: call::time(asked.ends_at),
            };
            (add, call::idempotency_key(asked.idempotency_key)?)
        };
        let client = add.client;
        let id = opened.admit.run(&actor, add, key.as_ref())?;
        if out.is_wanted()
            && let Some(added) =
                opened.admit.proxies(&actor, client)?.into_iter().find(|added| added.id == id)
        {
            out.fill(added.into());
        }
        Ok(())
    })
}

/// Ends a tie. A login that then holds nothing more in the practice has its sessions ended.
/// Answers ADMIT_ALREADY_ENDED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_end(
    actor: *mut admit_actor,
    proxy_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let proxy = unsafe { call::id(proxy_id, "proxy_id")? };
        opened.admit.run(&actor, EndProxy { proxy }, None).map(drop)
    })
}

/// Lists all ties of a client, ended ones too, oldest first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_list(
    actor: *mut admit_actor,
    client_id: *const c_char,
    page: *mut *mut admit_proxy_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let client = unsafe { call::id(client_id, "client_id")? };
        let items = opened.admit.proxies(&actor, client)?;
        out.fill(admit_proxy_page(List::of(Page { items, next: None })));
        Ok(())
    })
}
