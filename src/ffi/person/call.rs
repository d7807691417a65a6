use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::{List, listed};
use super::super::status::admit_status;
use super::input::admit_person_query;
use super::object::admit_person_page;
use crate::commands::Page;
use std::ffi::c_char;

/// Lists staff, clients and open invitations in one order, with all that a screen shows.
///
/// A member of staff sees colleagues and the clients that are open to it. One call looks at about
/// 20,000 rows at the most, so a page may be short and still have a next one. `query` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_list(
    actor: *mut admit_actor,
    query: *const admit_person_query,
    page: *mut *mut admit_person_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (asked, filter, after) = unsafe {
            let asked = call::input(query)?;
            (asked, asked.filter()?, call::text(asked.after, "after")?)
        };
        let found =
            opened.admit.person_list(&actor, &filter, asked.order()?, after, asked.limit)?;
        let (total, is_exact) = (found.total, found.total_is_exact);
        out.fill(admit_person_page { list: List::of(found.page), total, is_exact });
        Ok(())
    })
}

/// How many people the filters match in all, on every page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_page_total(page: *const admit_person_page) -> u64 {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.total) }
}

/// 1 where the total is exact, as it is to 10,000; 0 where there are at least so many.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_page_total_is_exact(page: *const admit_person_page) -> i32 {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| i32::from(page.is_exact)) }
}

/// Finds clients by the beginnings of their names, whole or in parts, blind to case and accents;
/// by how a name is read; by address, phone digits and identifiers. Ordered by name; `limit` is at
/// most 50, which 0 is too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_search(
    actor: *mut admit_actor,
    text: *const c_char,
    limit: u32,
    page: *mut *mut admit_person_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let text = unsafe { call::required_text(text, "text")? };
        let items = opened.admit.search(&actor, text, limit)?;
        let total = items.len() as u64;
        let list = List::of(Page { items, next: None });
        out.fill(admit_person_page { list, total, is_exact: true });
        Ok(())
    })
}
