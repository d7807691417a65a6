use super::super::object::{Object, free, json, number, opaque, shown, some, text};
use super::super::status::admit_status;
use super::super::words::admit_sign_in_method;
use super::input::fact_bits;
use super::object::{admit_offer, offer};
use crate::commands::accept::Accepted;
use crate::commands::invitation::{Inspection, Live};
use crate::commands::open_link::Arrival;
use crate::commands::token::Purpose;
use crate::domain::id::{ClientId, LoginId, PracticeId, StaffId};
use serde::Serialize;
use std::ffi::c_char;

/// What a link is for.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_link_purpose {
    /// Not told.
    AdmitLinkPurposeNone = 0,
    /// To accept or decline an invitation.
    AdmitLinkPurposeInvitation = 1,
    /// To come in by a link for many.
    AdmitLinkPurposeOpenLink = 2,
    /// To choose a new password.
    AdmitLinkPurposeReset = 3,
    /// To prove the address on file.
    AdmitLinkPurposeAddressConfirmation = 4,
    /// To prove a new address.
    AdmitLinkPurposeAddressChange = 5,
}

const fn purpose(purpose: Purpose) -> admit_link_purpose {
    match purpose {
        Purpose::Invitation => admit_link_purpose::AdmitLinkPurposeInvitation,
        Purpose::OpenLink => admit_link_purpose::AdmitLinkPurposeOpenLink,
        Purpose::Reset => admit_link_purpose::AdmitLinkPurposeReset,
        Purpose::AddressConfirmation => admit_link_purpose::AdmitLinkPurposeAddressConfirmation,
        Purpose::AddressChange => admit_link_purpose::AdmitLinkPurposeAddressChange,
    }
}

/// What using a link is answered with, and what a good one tells.
#[derive(Serialize)]
pub(in crate::ffi) struct Inspected {
    status: i32,
    name: String,
    #[serde(flatten)]
    live: Option<Live>,
}

/// What a link is. Free it with `admit_inspection_free`.
pub struct admit_inspection(Object<Inspected>);
opaque!(admit_inspection shows Inspected);

impl From<Inspection> for admit_inspection {
    fn from(inspection: Inspection) -> Self {
        let (answer, live) = match inspection {
            Inspection::Live(live) => (admit_status::AdmitOk, Some(live)),
            Inspection::Dead(dead) => (admit_status::of_refusal(dead.refusal()), None),
        };
        Self::from(Inspected { status: answer as i32, name: answer.name(), live })
    }
}

/// An `admit_status`: ADMIT_OK for a good link, otherwise what using it is answered with: ADMIT_LINK_USED,
/// ADMIT_LINK_REVOKED, ADMIT_LINK_SUPERSEDED, ADMIT_LINK_EXPIRED or ADMIT_PRACTICE_SUSPENDED.
/// While a practice is suspended, the links of its logins answer the last of these; invitations and
/// open links, whose bearers nobody knows yet, answer ADMIT_LINK_REVOKED, and all are good again
/// after it. What is below is told of a good link alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_status(inspection: *const admit_inspection) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(inspection, 0, |it| it.status) }
}

/// What it is for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_purpose(
    inspection: *const admit_inspection,
) -> admit_link_purpose {
    let none = admit_link_purpose::AdmitLinkPurposeNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(inspection, none, |it| {
            it.live
                .as_ref()
                .map_or(admit_link_purpose::AdmitLinkPurposeNone, |live| purpose(live.purpose))
        })
    }
}

/// The id of the practice; NULL where it is not told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_practice_id(
    inspection: *const admit_inspection,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(inspection, "practice_id", |it| shown(it.live.as_ref()?.practice)) }
}

/// What the practice is called; NULL where it is not told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_practice_name(
    inspection: *const admit_inspection,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(inspection, "practice_name", |it| some(it.live.as_ref()?.practice_name.as_str()))
    }
}

/// A hint at the address that it is about, such as "g***@e***.org"; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_masked_address(
    inspection: *const admit_inspection,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text(inspection, "masked_address", |it| some(it.live.as_ref()?.masked_address.as_ref()?))
    }
}

/// When it lapses; 0 where it is not told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_expires_at(inspection: *const admit_inspection) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(inspection, 0, |it| it.live.as_ref().map_or(0, |it| it.expires_at.millis())) }
}

/// What an invitation offers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_offer(
    inspection: *const admit_inspection,
) -> admit_offer {
    let none = admit_offer::AdmitOfferNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(inspection, none, |it| {
            it.live.as_ref().and_then(|live| live.offer).map_or(admit_offer::AdmitOfferNone, offer)
        })
    }
}

/// How whoever accepts an invitation will sign in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_sign_in(
    inspection: *const admit_inspection,
) -> admit_sign_in_method {
    let none = admit_sign_in_method::AdmitSignInMethodNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(inspection, none, |it| {
            it.live
                .as_ref()
                .and_then(|live| live.sign_in.as_ref())
                .map_or(admit_sign_in_method::AdmitSignInMethodNone, admit_sign_in_method::of)
        })
    }
}

/// 1 where a login has the address, so that accepting takes proof of it. 0 also where it reaches
/// nothing any more, and gives way to a new one, and where that is not told: for a link that did not come by e-mail, in a portal that practices share.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_has_login(inspection: *const admit_inspection) -> i32 {
    let has_login = |it: &Inspected| it.live.as_ref()?.has_login;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(inspection, 0, |it| i32::from(has_login(it) == Some(true))) }
}

/// The facts of the chart that acceptance must bring beside the link, as ADMIT_FACT_* bits; never
/// what the answers are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_facts(inspection: *const admit_inspection) -> u32 {
    let bits = |it: &Inspected| it.live.as_ref().map_or(0, |live| fact_bits(&live.facts));
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(inspection, 0, bits) }
}

/// 1 where an open link has places left. 0 for every other link.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_has_places(inspection: *const admit_inspection) -> i32 {
    let has_places = |it: &Inspected| it.live.as_ref()?.has_places;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(inspection, 0, |it| i32::from(has_places(it) == Some(true))) }
}

/// The whole object as JSON, without the token. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_json(
    inspection: *const admit_inspection,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(inspection) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_inspection_free(inspection: *mut admit_inspection) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(inspection) }
}

/// Who and what there is after an acceptance, of an invitation or of an open link.
#[derive(Serialize)]
pub(in crate::ffi) struct Acceptance {
    login: Option<LoginId>,
    practice: PracticeId,
    client: Option<ClientId>,
    staff: Option<StaffId>,
    waits_for_address: bool,
}

/// Who and what there is after an acceptance. Free it with `admit_acceptance_free`.
pub struct admit_acceptance(Object<Acceptance>);
opaque!(admit_acceptance shows Acceptance);

impl From<Accepted> for admit_acceptance {
    fn from(accepted: Accepted) -> Self {
        let Accepted { login, practice, client, staff } = accepted;
        let login = Some(login);
        Self::from(Acceptance { login, practice, client, staff, waits_for_address: false })
    }
}

impl From<Arrival> for admit_acceptance {
    fn from(arrival: Arrival) -> Self {
        let Arrival { login, practice, client, staff } = arrival;
        let waits_for_address = login.is_none();
        Self::from(Acceptance { login, practice, client, staff, waits_for_address })
    }
}

/// Who signs in; NULL while an open link holds a place until the address is proved.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_acceptance_login_id(
    acceptance: *const admit_acceptance,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(acceptance, "login_id", |it| it.login.and_then(shown)) }
}

/// 1 where an open link holds a place until the link is opened that was mailed to the address:
/// `admit_login_confirm_address` then makes login and client or seat. 0 where all is there now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_acceptance_waits_for_address(
    acceptance: *const admit_acceptance,
) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(acceptance, 0, |it| i32::from(it.waits_for_address)) }
}

/// In which practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_acceptance_practice_id(
    acceptance: *const admit_acceptance,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(acceptance, "practice_id", |it| shown(it.practice)) }
}

/// The client whom the login now holds, made by the acceptance or on file; NULL for a seat.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_acceptance_client_id(
    acceptance: *const admit_acceptance,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(acceptance, "client_id", |it| it.client.and_then(shown)) }
}

/// The seat that the login now holds; NULL for a client.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_acceptance_staff_id(
    acceptance: *const admit_acceptance,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(acceptance, "staff_id", |it| it.staff.and_then(shown)) }
}

/// The whole object as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_acceptance_json(
    acceptance: *const admit_acceptance,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(acceptance) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_acceptance_free(acceptance: *mut admit_acceptance) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(acceptance) }
}
