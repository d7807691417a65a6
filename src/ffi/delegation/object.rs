use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use super::super::words::{
    admit_delegation_state_value, admit_delivery_state_value, admit_invitation_state_value,
};
use crate::commands::delegation::DelegationView;
use crate::domain::delegation::Clients;
use crate::domain::time::Timestamp;
use std::ffi::c_char;
use std::ptr;

/// A delegation, and who is in it. Free it with `admit_delegation_free`.
pub struct admit_delegation(Object<DelegationView>);
opaque!(admit_delegation shows DelegationView);

/// A page of delegations. Free it with `admit_delegation_page_free`.
pub struct admit_delegation_page(pub(super) List<admit_delegation>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_id(delegation: *const admit_delegation) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(delegation, "id", |it| shown(it.delegation.id)) }
}

/// The seat of the practitioner for whom the assistant acts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_practitioner_id(
    delegation: *const admit_delegation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(delegation, "practitioner_id", |it| shown(it.delegation.practitioner)) }
}

/// The practitioner's name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_practitioner_name(
    delegation: *const admit_delegation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(delegation, "practitioner_name", |it| some(&it.practitioner_name)) }
}

/// The seat of the assistant who acts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_assistant_id(
    delegation: *const admit_delegation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(delegation, "assistant_id", |it| shown(it.delegation.assistant)) }
}

/// The assistant's name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_assistant_name(
    delegation: *const admit_delegation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(delegation, "assistant_name", |it| some(&it.assistant_seat.name)) }
}

/// The assistant's address on file; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_assistant_email(
    delegation: *const admit_delegation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(delegation, "assistant_email", |it| some(it.assistant_seat.email.as_deref()?)) }
}

/// The latest invitation to the assistant's seat; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_invitation_id(
    delegation: *const admit_delegation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(delegation, "invitation_id", |it| it.assistant_seat.invitation.and_then(shown)) }
}

/// Where that invitation stood.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_invitation_state(
    delegation: *const admit_delegation,
) -> admit_invitation_state_value {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        let none = admit_invitation_state_value::AdmitInvitationStateNone;
        number(delegation, none, |it| {
            admit_invitation_state_value::of(&it.assistant_seat.invitation_state)
        })
    }
}

/// Where the latest message with that invitation stood.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_delivery_state(
    delegation: *const admit_delegation,
) -> admit_delivery_state_value {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        let none = admit_delivery_state_value::AdmitDeliveryStateNone;
        number(delegation, none, |it| {
            admit_delivery_state_value::of(&it.assistant_seat.delivery_state)
        })
    }
}

/// When the assistant last signed in; 0 where it never did.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_last_sign_in(delegation: *const admit_delegation) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(delegation, 0, |it| it.assistant_seat.last_sign_in.map_or(0, Timestamp::millis))
    }
}

/// Where the delegation stood.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_state(
    delegation: *const admit_delegation,
) -> admit_delegation_state_value {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        let none = admit_delegation_state_value::AdmitDelegationStateNone;
        number(delegation, none, |it| admit_delegation_state_value::of(&it.state))
    }
}

/// How many actions it names; 0 is all that can be delegated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_action_count(
    delegation: *const admit_delegation,
) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(delegation, 0, |it| it.delegation.actions.len()) }
}

/// The word of an action that it names; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_action(
    delegation: *const admit_delegation,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(delegation, "action", at, |it| some(it.delegation.actions.get(at)?.word())) }
}

/// 1 where it is for all of the practitioner's clients; 0 where only for those that it names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_is_for_all_clients(
    delegation: *const admit_delegation,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(delegation, 0, |it| i32::from(it.delegation.clients == Clients::All)) }
}

/// How many clients it names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_client_count(
    delegation: *const admit_delegation,
) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(delegation, 0, |it| match &it.delegation.clients {
            Clients::All => 0,
            Clients::Only(named) => named.len(),
        })
    }
}

/// A client that it names; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_client_id(
    delegation: *const admit_delegation,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text_at(delegation, "client_id", at, |it| match &it.delegation.clients {
            Clients::All => None,
            Clients::Only(named) => named.get(at).copied().and_then(shown),
        })
    }
}

/// The reason that was given; NULL where there was none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_reason(
    delegation: *const admit_delegation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(delegation, "reason", |it| some(it.delegation.reason.as_ref()?.as_str())) }
}

/// When it ends by itself; 0 where it does not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_ends_at(delegation: *const admit_delegation) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(delegation, 0, |it| it.delegation.ends_at.map_or(0, Timestamp::millis)) }
}

/// When it ended; 0 where it has not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_ended_at(delegation: *const admit_delegation) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(delegation, 0, |it| it.delegation.ended_at.map_or(0, Timestamp::millis)) }
}

/// When it was taken off the list; 0 where it was not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_cleared_at(delegation: *const admit_delegation) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(delegation, 0, |it| it.delegation.cleared_at.map_or(0, Timestamp::millis)) }
}

/// When it was given.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_created_at(delegation: *const admit_delegation) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(delegation, 0, |it| it.delegation.created_at.millis()) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_json(
    delegation: *const admit_delegation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(delegation) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_free(delegation: *mut admit_delegation) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(delegation) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_page_len(page: *const admit_delegation_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_page_at(
    page: *const admit_delegation_page,
    at: usize,
) -> *const admit_delegation {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_page_next(
    page: *const admit_delegation_page,
) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_delegation_page_free(page: *mut admit_delegation_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
