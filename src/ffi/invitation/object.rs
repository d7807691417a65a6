use super::super::object::{
    List, Object, free, json, listed, number, opaque, shown, some, text, text_at,
};
use super::super::words::{admit_channel, admit_invitation_state_value, admit_tie};
use super::input::fact_bits;
use crate::commands::invitation::{InvitationView, OfferKind};
use std::ffi::c_char;
use std::ptr;

/// What an invitation offers.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_offer {
    /// Not told.
    AdmitOfferNone = 0,
    /// A login for a client on file, as itself.
    AdmitOfferClient = 1,
    /// A login for a client on file, as its guardian.
    AdmitOfferGuardian = 2,
    /// To become a client.
    AdmitOfferNewClient = 3,
    /// A seat.
    AdmitOfferSeat = 4,
}

pub(super) const fn offer(kind: OfferKind) -> admit_offer {
    match kind {
        OfferKind::Client => admit_offer::AdmitOfferClient,
        OfferKind::Guardian => admit_offer::AdmitOfferGuardian,
        OfferKind::NewClient => admit_offer::AdmitOfferNewClient,
        OfferKind::Seat => admit_offer::AdmitOfferSeat,
    }
}

const fn tie(kind: OfferKind) -> admit_tie {
    match kind {
        OfferKind::Client | OfferKind::NewClient => admit_tie::AdmitTieSelf,
        OfferKind::Guardian => admit_tie::AdmitTieGuardian,
        OfferKind::Seat => admit_tie::AdmitTieNone,
    }
}

/// An invitation as it stood when it was read. Free it with `admit_invitation_free`.
pub struct admit_invitation(Object<InvitationView>);
opaque!(admit_invitation shows InvitationView);

/// A page of invitations. Free it with `admit_invitation_page_free`.
pub struct admit_invitation_page(pub(in crate::ffi) List<admit_invitation>);

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_id(invitation: *const admit_invitation) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "id", |it| shown(it.id)) }
}

/// The id of its practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_practice_id(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "practice_id", |it| shown(it.practice)) }
}

/// The client on file, or whom acceptance made; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_client_id(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "client_id", |it| it.client.and_then(shown)) }
}

/// The seat that it offers; NULL where it offers none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_staff_id(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "staff_id", |it| it.staff.and_then(shown)) }
}

/// The seat that invited, or for which an assistant did; NULL where the host or a login invited.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_inviter_id(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "inviter_id", |it| it.inviter.and_then(shown)) }
}

/// How many rooms a person joins who becomes a client.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_room_count(invitation: *const admit_invitation) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, 0, |it| it.rooms.len()) }
}

/// The id of one room; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_room_id(
    invitation: *const admit_invitation,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(invitation, "room_id", at, |it| it.rooms.get(at).and_then(shown)) }
}

/// What it offers; once a person has become a client by it, that client.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_offer(
    invitation: *const admit_invitation,
) -> admit_offer {
    let none = admit_offer::AdmitOfferNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, none, |it| offer(it.offer)) }
}

/// What the login will be, or is, to the client; none for a seat.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_tie(invitation: *const admit_invitation) -> admit_tie {
    let none = admit_tie::AdmitTieNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, none, |it| tie(it.offer)) }
}

/// What a guardian is to the client, as the practice says it; NULL where it is not said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_relationship(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "relationship", |it| some(it.relationship.as_ref()?.as_str())) }
}

/// The facts of the chart that acceptance must bring beside the link, as ADMIT_FACT_* bits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_facts(invitation: *const admit_invitation) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, 0, |it| fact_bits(&it.facts)) }
}

/// How many answers to the present link were wrong; the fifth has revoked it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_wrong_answers(
    invitation: *const admit_invitation,
) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, 0, |it| it.wrong_answers) }
}

/// The name of who is invited; NULL where it is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_recipient_name(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "recipient_name", |it| some(it.recipient_name.as_ref()?)) }
}

/// The recipient's address; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_email(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "email", |it| some(it.email.as_ref()?.as_str())) }
}

/// The recipient's phone; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_phone(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "phone", |it| some(it.phone.as_ref()?.as_str())) }
}

/// The recipient's language; NULL where it is not said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_locale(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "locale", |it| some(it.locale.as_ref()?.as_str())) }
}

/// How its latest message travels; none where only a link is shown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_channel(
    invitation: *const admit_invitation,
) -> admit_channel {
    let none = admit_channel::AdmitChannelNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(invitation, none, |it| {
            it.channel.as_ref().map_or(admit_channel::AdmitChannelNone, admit_channel::of)
        })
    }
}

/// Where it stood when it was read: whether it had lapsed by then, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_state(
    invitation: *const admit_invitation,
) -> admit_invitation_state_value {
    let none = admit_invitation_state_value::AdmitInvitationStateNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, none, |it| admit_invitation_state_value::of(&it.state)) }
}

/// How often it was sent or renewed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_sends(invitation: *const admit_invitation) -> u32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, 0, |it| it.sends) }
}

/// When it lapses, or has lapsed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_expires_at(invitation: *const admit_invitation) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, 0, |it| it.expires_at.millis()) }
}

/// When it was last sent or renewed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_sent_at(invitation: *const admit_invitation) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, 0, |it| it.sent_at.millis()) }
}

/// When it was made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_created_at(invitation: *const admit_invitation) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, 0, |it| it.created_at.millis()) }
}

/// When it was accepted; 0 where it was not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_accepted_at(invitation: *const admit_invitation) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(invitation, 0, |it| it.accepted_at.map_or(0, |at| at.millis())) }
}

/// The login that accepted it; NULL where none did.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_login_id(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "login_id", |it| it.login.and_then(shown)) }
}

/// The latest message that carries its link, for `admit_outbox_get`; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_message_id(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "message_id", |it| it.message.and_then(shown)) }
}

/// The word of the inviter's own; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_note(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(invitation, "note", |it| some(it.note.as_ref()?.as_str())) }
}

/// The whole object as JSON, without its link. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_json(
    invitation: *const admit_invitation,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(invitation) }
}

/// Frees it. NULL is fine; what is on a page is freed with the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_free(invitation: *mut admit_invitation) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(invitation) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_page_len(page: *const admit_invitation_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_page_at(
    page: *const admit_invitation_page,
    at: usize,
) -> *const admit_invitation {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// The cursor of the next page; NULL at the end. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_page_next(
    page: *const admit_invitation_page,
) -> *const c_char {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.next()) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_invitation_page_free(page: *mut admit_invitation_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
