use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::row::admit_access_page;
use super::step::admit_access_step_page;
use crate::domain::id::{LoginId, StaffId, Thing};
use crate::error::Error;
use std::ffi::c_char;

/// Lists who reaches a client, and why: its logins, the grants, the rooms that it is in, then the
/// admins of the practice. For staff who may read the client, and ready to show to the client
/// itself: a row says whether who asks may withdraw it.
///
/// `after` is the cursor of the page before, NULL for the first; `limit` is 1 to 500, 0 is 50. A
/// page may be short though more follow: `admit_access_page_next` tells. `page` gets it, to be freed
/// with `admit_access_page_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_of(
    actor: *mut admit_actor,
    client_id: *const c_char,
    after: *const c_char,
    limit: u32,
    page: *mut *mut admit_access_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (client, after) =
            unsafe { (call::id(client_id, "client_id")?, call::text(after, "after")?) };
        let rows = opened.admit.access_of(&actor, client, after, limit)?;
        out.fill(admit_access_page(List::of(rows)));
        Ok(())
    })
}

/// Says why a seat or a login reaches a client, or why not: one of `staff_id` and `login_id` is NULL.
/// It is asked as if the seat, or the login in its present session, read the client now, and the
/// steps of that very decision are told, up to the first refusal.
///
/// `page` gets the steps in their order, all on one page, to be freed with
/// `admit_access_step_page_free`; `admit_access_step_page_status` has the outcome.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_access_why(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    login_id: *const c_char,
    client_id: *const c_char,
    page: *mut *mut admit_access_step_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (staff, login, client) = unsafe {
            let staff: Option<StaffId> = call::optional_id(staff_id, "staff_id")?;
            let login: Option<LoginId> = call::optional_id(login_id, "login_id")?;
            (staff, login, call::id(client_id, "client_id")?)
        };
        let who = match (staff, login) {
            (Some(staff), None) => Thing::from(staff),
            (None, Some(login)) => Thing::from(login),
            _ => return Err(Error::Misuse("name a seat or a login, and not both")),
        };
        out.fill(opened.admit.access_why(&actor, who, client)?.into());
        Ok(())
    })
}
