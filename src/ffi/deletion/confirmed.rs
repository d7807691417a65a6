use super::super::object::{Object, free, json, number, opaque, shown, text};
use super::words::admit_deletion_verdict;
use crate::commands::deletion::Confirmed;
use std::ffi::c_char;

/// What confirming a plan has done. Free it with `admit_confirmed_free`.
pub struct admit_confirmed(Object<Confirmed>);
opaque!(admit_confirmed shows Confirmed);

/// What was done: erased, login removed, left, or put off.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_confirmed_verdict(
    confirmed: *const admit_confirmed,
) -> admit_deletion_verdict {
    use admit_deletion_verdict as V;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(confirmed, V::AdmitDeletionVerdictNone, |it| match it {
            Confirmed::Erased(_) => V::AdmitDeletionVerdictErase,
            Confirmed::LoginRemoved(_) => V::AdmitDeletionVerdictRemoveLogin,
            Confirmed::Left => V::AdmitDeletionVerdictLeave,
            Confirmed::Scheduled(_) => V::AdmitDeletionVerdictSchedule,
        })
    }
}

/// The order for the host's half; NULL unless the client is erased.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_confirmed_erase_order_id(
    confirmed: *const admit_confirmed,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(confirmed, "erase_order_id", |it| match it {
            Confirmed::Erased(order) => shown(order),
            _ => None,
        })
    }
}

/// The login that was removed; NULL unless that was done.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_confirmed_login_id(
    confirmed: *const admit_confirmed,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(confirmed, "login_id", |it| match it {
            Confirmed::LoginRemoved(login) => shown(login),
            _ => None,
        })
    }
}

/// When the client is erased, unless that is called off; 0 unless it was put off.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_confirmed_until(confirmed: *const admit_confirmed) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(confirmed, 0, |it| match it {
            Confirmed::Scheduled(until) => until.millis(),
            _ => 0,
        })
    }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_confirmed_json(confirmed: *const admit_confirmed) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(confirmed) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_confirmed_free(confirmed: *mut admit_confirmed) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(confirmed) }
}
