use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::OpenStore;
use super::input::{admit_item_input, admit_item_query};
use super::object::{admit_item, admit_item_page};
use crate::commands::item::{RemoveItem, SetItemStatus};
use crate::domain::actor::Actor;
use crate::domain::id::ItemId;
use crate::domain::item::Word;
use crate::error::Result;
use std::ffi::c_char;

/// Shows an item to a caller who wants it.
fn show(opened: &OpenStore, actor: &Actor, id: ItemId, out: Out<admit_item>) -> Result<()> {
    if out.is_wanted() {
        out.fill(opened.admit.item(actor, id)?.into());
    }
    Ok(())
}

/// Tells of an item: makes it, or finds it by its external id and changes kind and status. A
/// client and its guardians tell of what is their own; where it stands, and changes, are the
/// practice's to tell. `item` may be NULL. Answers ADMIT_EXTERNAL_ID_TAKEN where another client
/// has the item, and ADMIT_LIMIT_REACHED for more than 10,000 items of one client.
///
/// The first time that an item is "received" or "ready", everyone with access to the client and
/// the client are told, in the same commit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_put(
    actor: *mut admit_actor,
    input: *const admit_item_input,
    item: *mut *mut admit_item,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(item) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (put, key) = unsafe {
            let asked = call::input(input)?;
            (asked.put()?, call::idempotency_key(asked.idempotency_key)?)
        };
        let id = opened.admit.run(&actor, put, key.as_ref())?;
        show(&opened, &actor, id, out)
    })
}

/// Moves an item to another status, a word of the product's own; who is told is as with
/// `admit_item_put`. The same status again is nothing new. `item` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_set_status(
    actor: *mut admit_actor,
    item_id: *const c_char,
    status: *const c_char,
    item: *mut *mut admit_item,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(item) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let set = unsafe {
            SetItemStatus {
                item: call::id(item_id, "item_id")?,
                status: call::required(status, "status", Word::parse)?,
            }
        };
        let id = opened.admit.run(&actor, set, None)?;
        show(&opened, &actor, id, out)
    })
}

/// Forgets an item. Policies of deletion go on knowing that there was one of its kind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_remove(
    actor: *mut admit_actor,
    item_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: the pointers are as the header asks.
        let item = unsafe { call::id(item_id, "item_id")? };
        opened.admit.run(&actor, RemoveItem { item }, None).map(drop)
    })
}

/// Shows an item.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_get(
    actor: *mut admit_actor,
    item_id: *const c_char,
    item: *mut *mut admit_item,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(item) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let id = unsafe { call::id(item_id, "item_id")? };
        out.fill(opened.admit.item(&actor, id)?.into());
        Ok(())
    })
}

/// Finds an item by the host's own key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_get_by_external_id(
    actor: *mut admit_actor,
    external_id: *const c_char,
    item: *mut *mut admit_item,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(item) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let external = unsafe { call::external_id(external_id)? };
        out.fill(opened.admit.item_by_external_id(&actor, &external)?.into());
        Ok(())
    })
}

/// Lists the items of a client, newest first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_item_list(
    actor: *mut admit_actor,
    query: *const admit_item_query,
    page: *mut *mut admit_item_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (client, filter, after, limit) = unsafe {
            let asked = call::input(query)?;
            let client = call::id(asked.client_id, "client_id")?;
            (client, asked.filter()?, call::text(asked.after, "after")?, asked.limit)
        };
        let items = opened.admit.items(&actor, client, &filter, after, limit)?;
        out.fill(admit_item_page(List::of(items)));
        Ok(())
    })
}
