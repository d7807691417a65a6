use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use super::super::words::{
    admit_approval, admit_client_stage_value, admit_delivery_state_value,
    admit_invitation_state_value, admit_login_state_value, admit_role,
};
use super::input::{admit_person_kind_value, admit_person_status_value, kind, status};
use crate::commands::list::Listed;
use std::ffi::c_char;
use std::ptr;

/// A row of the list of people, with all that a screen shows. Free it with `admit_person_free`.
pub struct admit_person(Object<Listed>);
opaque!(admit_person shows Listed);

/// A page of people. Free it with `admit_person_page_free`.
pub struct admit_person_page {
    pub(super) list: List<admit_person>,
    pub(super) total: u64,
    pub(super) is_exact: bool,
}

/// The id of the seat, client or invitation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_id(person: *const admit_person) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(person, "id", |it| shown(it.id)) }
}

/// The host's own key; NULL where it has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_external_id(person: *const admit_person) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(person, "external_id", |it| it.external_id.as_deref().and_then(some)) }
}

/// The name that is shown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_name(person: *const admit_person) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(person, "name", |it| some(&it.name)) }
}

/// The address on file; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_email(person: *const admit_person) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(person, "email", |it| it.email.as_deref().and_then(some)) }
}

/// The phone on file; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_phone(person: *const admit_person) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(person, "phone", |it| it.phone.as_deref().and_then(some)) }
}

/// The latest invitation; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_invitation_id(person: *const admit_person) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(person, "invitation_id", |it| it.invitation.and_then(shown)) }
}

/// The login that is the person itself; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_login_id(person: *const admit_person) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(person, "login_id", |it| it.login.and_then(shown)) }
}

/// What the row stands for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_kind(person: *const admit_person) -> admit_person_kind_value {
    let none = admit_person_kind_value::AdmitPersonNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(person, none, |it| kind(it.kind)) }
}

/// Where a seat or client stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_status(
    person: *const admit_person,
) -> admit_person_status_value {
    let none = admit_person_status_value::AdmitPersonStatusNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(person, none, |it| status(it.status)) }
}

/// A seat's role.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_role(person: *const admit_person) -> admit_role {
    let none = admit_role::AdmitRoleNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(person, none, |it| {
            it.role.as_ref().map_or(admit_role::AdmitRoleNone, admit_role::of)
        })
    }
}

/// Whether a seat may work yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_approval(person: *const admit_person) -> admit_approval {
    let none = admit_approval::AdmitApprovalNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(person, none, |it| {
            it.approval.as_ref().map_or(admit_approval::AdmitApprovalNone, admit_approval::of)
        })
    }
}

/// How far a client has come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_stage(
    person: *const admit_person,
) -> admit_client_stage_value {
    let none = admit_client_stage_value::AdmitClientStageNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(person, none, |it| {
            it.stage.as_ref().map_or(
                admit_client_stage_value::AdmitClientStageNone,
                admit_client_stage_value::of,
            )
        })
    }
}

/// Where the latest invitation stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_invitation_state(
    person: *const admit_person,
) -> admit_invitation_state_value {
    let none = admit_invitation_state_value::AdmitInvitationStateNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(person, none, |it| admit_invitation_state_value::of(&it.invitation_state)) }
}

/// Where its latest message stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_delivery_state(
    person: *const admit_person,
) -> admit_delivery_state_value {
    let none = admit_delivery_state_value::AdmitDeliveryStateNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(person, none, |it| admit_delivery_state_value::of(&it.delivery_state)) }
}

/// What there is to sign in with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_login_state(
    person: *const admit_person,
) -> admit_login_state_value {
    let none = admit_login_state_value::AdmitLoginStateNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(person, none, |it| admit_login_state_value::of(&it.login_state)) }
}

/// When the latest invitation lapses; 0 where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_invitation_expires_at(person: *const admit_person) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(person, 0, |it| it.invitation_expires_at.map_or(0, |at| at.millis())) }
}

/// When it last signed in; 0 where it never did.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_last_sign_in(person: *const admit_person) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(person, 0, |it| it.last_sign_in.map_or(0, |at| at.millis())) }
}

/// When it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_created_at(person: *const admit_person) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(person, 0, |it| it.created_at.millis()) }
}

/// How many rooms it is in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_room_count(person: *const admit_person) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(person, 0, |it| it.rooms.len()) }
}

/// The id of one room; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_room_id(
    person: *const admit_person,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(person, "room_id", at, |it| it.rooms.get(at).and_then(shown)) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_json(person: *const admit_person) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(person) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_free(person: *mut admit_person) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(person) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_page_len(page: *const admit_person_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.list.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_page_at(
    page: *const admit_person_page,
    at: usize,
) -> *const admit_person {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.list.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_page_next(page: *const admit_person_page) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.list.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_person_page_free(page: *mut admit_person_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
