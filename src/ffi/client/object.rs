use super::super::object::{Object, free, json, number, opaque, shown, some, text, text_at};
use super::super::words::{
    admit_client_nature_value, admit_client_stage_value, admit_client_status_value, admit_gender,
};
use crate::domain::client::{Client, Profile, Status};
use crate::domain::text::{Line, Script};
use std::ffi::c_char;

/// A client as it stood when it was read. Free it with `admit_client_free`.
pub struct admit_client(Object<Client>);
opaque!(admit_client shows Client);

/// The lines of the first postal address as one.
fn lines(profile: &Profile) -> Option<String> {
    let lines = profile.addresses.first()?.lines.iter().map(Line::as_str);
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_id(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "id", |it| shown(it.id)) }
}

/// The host's own key; NULL where it has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_external_id(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "external_id", |it| some(it.profile.external_id.as_ref()?.as_str())) }
}

/// The id of its practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_practice_id(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "practice_id", |it| shown(it.practice)) }
}

/// The name that is shown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_name(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "name", |it| shown(it.profile.display_name())) }
}

/// The family name; NULL where the name is known as a whole only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_family_name(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(client, "family_name", |it| some(it.profile.names.first()?.family.as_ref()?.as_str()))
    }
}

/// The first given name; NULL where the name is known as a whole only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_given_name(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(client, "given_name", |it| some(it.profile.names.first()?.given.first()?.as_str()))
    }
}

/// How the name is read, such as kana; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_phonetic_name(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(client, "phonetic_name", |it| {
            it.profile
                .names
                .iter()
                .find(|name| name.script == Script::Syllabic)
                .and_then(|name| shown(name.display()))
        })
    }
}

/// The date of birth, as exact as it is known; NULL where it is not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_birth_date(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "birth_date", |it| some(it.profile.birth.as_ref()?.as_str())) }
}

/// The contact address; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_email(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "email", |it| some(it.profile.email.as_ref()?.as_str())) }
}

/// The contact phone; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_phone(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "phone", |it| some(it.profile.phone.as_ref()?.as_str())) }
}

/// The client's language; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_locale(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "locale", |it| some(it.profile.locale.as_ref()?.as_str())) }
}

/// The client's time zone; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_zone(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "zone", |it| some(it.profile.zone.as_ref()?.as_str())) }
}

/// Street and house of the first postal address, in one line; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_street(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(client, "street", |it| shown(lines(&it.profile)?)) }
}

/// The city; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_city(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(client, "city", |it| some(it.profile.addresses.first()?.city.as_ref()?.as_str()))
    }
}

/// The state or province; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_state(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(client, "state", |it| some(it.profile.addresses.first()?.state.as_ref()?.as_str()))
    }
}

/// The postal code; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_postal_code(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(client, "postal_code", |it| {
            some(it.profile.addresses.first()?.postal_code.as_ref()?.as_str())
        })
    }
}

/// The country; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_country(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(client, "country", |it| some(it.profile.addresses.first()?.country.as_ref()?.as_str()))
    }
}

/// The primary physician's name; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_physician_name(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(client, "physician_name", |it| some(it.profile.physician_name.as_ref()?.as_str()))
    }
}

/// The primary physician's phone; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_physician_phone(
    client: *const admit_client,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(client, "physician_phone", |it| some(it.profile.physician_phone.as_ref()?.as_str()))
    }
}

/// Whether it is a person.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_nature(
    client: *const admit_client,
) -> admit_client_nature_value {
    let none = admit_client_nature_value::AdmitClientNatureNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(client, none, |it| admit_client_nature_value::of(&it.profile.nature)) }
}

/// How far it has come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_stage(
    client: *const admit_client,
) -> admit_client_stage_value {
    let none = admit_client_stage_value::AdmitClientStageNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(client, none, |it| admit_client_stage_value::of(&it.stage)) }
}

/// Whether it has access and gets notices.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_status(
    client: *const admit_client,
) -> admit_client_status_value {
    let none = admit_client_status_value::AdmitClientStatusNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(client, none, |it| admit_client_status_value::of(&it.status)) }
}

/// Its administrative gender.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_gender(client: *const admit_client) -> admit_gender {
    let none = admit_gender::AdmitGenderNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(client, none, |it| super::input::gender(it.profile.gender)) }
}

/// 1 where the client has died.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_is_deceased(client: *const admit_client) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(client, 0, |it| i32::from(it.profile.deceased)) }
}

/// When a client that waits for deletion is erased; 0 for every other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_deletion_due_at(client: *const admit_client) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(client, 0, |it| match it.status {
            Status::PendingDeletion { until } => until.millis(),
            _ => 0,
        })
    }
}

/// How many product fields it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_field_count(client: *const admit_client) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(client, 0, |it| it.profile.fields.len()) }
}

/// When it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_created_at(client: *const admit_client) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(client, 0, |it| it.created_at.millis()) }
}

/// When it last changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_updated_at(client: *const admit_client) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(client, 0, |it| it.updated_at.millis()) }
}

/// Counts every change of the client and what hangs on it, from 1 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_revision(client: *const admit_client) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(client, 0, |it| it.revision) }
}

/// The name of one product field; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_field_name(
    client: *const admit_client,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(client, "field_name", at, |it| some(it.profile.fields.get(at)?.0.as_str())) }
}

/// The text of one product field; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_field_text(
    client: *const admit_client,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(client, "field_text", at, |it| some(it.profile.fields.get(at)?.1.as_str())) }
}

/// The whole client as JSON, with every name, address and identifier. Lives as long as the client.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_json(client: *const admit_client) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(client) }
}

/// Frees a client. NULL is fine; one of a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_free(client: *mut admit_client) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(client) }
}
