use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use super::super::words::{admit_approval, admit_role, admit_staff_status_value};
use crate::domain::staff::Staff;
use std::ffi::c_char;
use std::ptr;

/// A staff seat as it stood when it was read. Free it with `admit_staff_free`.
pub struct admit_staff(Object<Staff>);
opaque!(admit_staff shows Staff);

/// A page of staff seats. Free it with `admit_staff_page_free`.
pub struct admit_staff_page(pub(in crate::ffi) List<admit_staff>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_id(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "id", |it| shown(it.id)) }
}

/// The host's own key; NULL where it has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_external_id(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "external_id", |it| some(it.external_id.as_ref()?.as_str())) }
}

/// The id of its practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_practice_id(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "practice_id", |it| shown(it.practice)) }
}

/// The holder's name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_name(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "name", |it| shown(it.name.display())) }
}

/// The holder's title or post; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_title(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "title", |it| some(it.title.as_ref()?.as_str())) }
}

/// The address that invitations go to; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_email(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "email", |it| some(it.email.as_ref()?.as_str())) }
}

/// The holder's phone; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_phone(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "phone", |it| some(it.phone.as_ref()?.as_str())) }
}

/// The holder's language; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_locale(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "locale", |it| some(it.locale.as_ref()?.as_str())) }
}

/// The holder's time zone; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_zone(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "zone", |it| some(it.zone.as_ref()?.as_str())) }
}

/// The login that holds it; NULL until it is accepted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_login_id(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(staff, "login_id", |it| it.login.and_then(shown)) }
}

/// What it is for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_role(staff: *const admit_staff) -> admit_role {
    let none = admit_role::AdmitRoleNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(staff, none, |it| admit_role::of(&it.role)) }
}

/// Whether it may work yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_approval(staff: *const admit_staff) -> admit_approval {
    let none = admit_approval::AdmitApprovalNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(staff, none, |it| admit_approval::of(&it.approval)) }
}

/// Where it stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_status(staff: *const admit_staff) -> admit_staff_status_value {
    let none = admit_staff_status_value::AdmitStaffStatusNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(staff, none, |it| admit_staff_status_value::of(&it.status)) }
}

/// 1 once the holder has finished the product's first steps.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_is_onboarded(staff: *const admit_staff) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(staff, 0, |it| i32::from(it.onboarded)) }
}

/// When it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_created_at(staff: *const admit_staff) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(staff, 0, |it| it.created_at.millis()) }
}

/// When it last changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_updated_at(staff: *const admit_staff) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(staff, 0, |it| it.updated_at.millis()) }
}

/// Counts every change of the seat and what hangs on it, from 1 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_revision(staff: *const admit_staff) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(staff, 0, |it| it.revision) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_json(staff: *const admit_staff) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(staff) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_free(staff: *mut admit_staff) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(staff) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_page_len(page: *const admit_staff_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_page_at(
    page: *const admit_staff_page,
    at: usize,
) -> *const admit_staff {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_page_next(page: *const admit_staff_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_page_free(page: *mut admit_staff_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
