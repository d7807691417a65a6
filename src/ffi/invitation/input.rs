use super::super::call::{self, Extensible};
use super::super::client::name;
use super::super::login::{identity, secret};
use super::super::words::{self, admit_channel, admit_role};
use crate::commands::accept::{Accept, Session};
use crate::commands::invitation::{AskedFacts, SendInvitation, Whom};
use crate::commands::room::ROOMS_MAX;
use crate::domain::chart::{Fact, Facts};
use crate::domain::id::{ClientId, Id, RoomId};
use crate::domain::invitation::Recipient;
use crate::domain::proxy::Tie;
use crate::domain::refusal::Refusal;
use crate::domain::text::{BirthDate, Email, Line, Locale, Paragraph, Phone, Reason, Username};
use crate::error::{InField, Result};
use std::collections::BTreeSet;
use std::ffi::c_char;

/// Whom to invite, and to what. Start from ADMIT_INVITATION_INPUT_INIT.
///
/// One of four: `client_id` names a client on file, `staff_id` a seat on file, `role` alone a seat
/// that is made for it, and none of them a person who becomes a client on acceptance. Name and
/// addresses that are not given are those on file; a guardian's name is not the client's.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_invitation_input {
    /// sizeof(admit_invitation_input).
    pub size: usize,
    /// A client on file.
    pub client_id: *const c_char,
    /// A seat on file that has no holder yet.
    pub staff_id: *const c_char,
    /// Rooms that a person joins who becomes a client.
    pub room_ids: *const *const c_char,
    /// How many rooms are named, at most 64.
    pub room_count: usize,
    /// The recipient's whole name, where the parts below do not say it; without one, a new seat is
    /// called what stands before the @ of its address until its holder says a name.
    pub name: *const c_char,
    /// The family name.
    pub family_name: *const c_char,
    /// The given names.
    pub given_name: *const c_char,
    /// Where the e-mail goes; a new seat needs one. For a client or a seat on file another address
    /// than before is a correction: what was sent to the earlier one is revoked.
    pub email: *const c_char,
    /// Where the host's text message goes.
    pub phone: *const c_char,
    /// The recipient's language, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// What a guardian is to the client, one line; NULL where it is not said.
    pub relationship: *const c_char,
    /// A word of the inviter's own, put into the message, up to 2,000 characters.
    pub note: *const c_char,
    /// An admit_role: makes a seat.
    pub role: i32,
    /// What the login will be to the client on file, an admit_tie; 0 is the client itself.
    pub tie: i32,
    /// How the message travels, an admit_channel: by e-mail or text message; with 0, copied and QR
    /// none is sent and the link is shown.
    pub channel: i32,
    /// Must be 0.
    pub reserved: i32,
    /// How long it is open, in milliseconds: 1 hour to 30 days; 0 is the practice's way.
    pub expires_in_ms: i64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
    /// The date of birth that acceptance must bring, as YYYY-MM-DD; NULL asks for none. Of this and
    /// the next two the invitation keeps keyed digests alone. It is an extra check beside the link:
    /// after 5 wrong answers the link is revoked, the inviter is told, and only sending it again
    /// makes a new one. Where nothing is asked, sending again keeps what was asked before.
    pub fact_birth_date: *const c_char,
    /// The postcode that acceptance must bring; case and white space do not matter.
    pub fact_postcode: *const c_char,
    /// The record number that acceptance must bring; case, and white space around it, do not
    /// matter.
    pub fact_record_number: *const c_char,
    /// ADMIT_FACT_* bits of what acceptance must bring and `fact_check` confirms; without one given
    /// at open this is ADMIT_MISUSE.
    pub facts_of_host: u32,
    /// Must be 0.
    pub reserved_facts: u32,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_invitation_input {
    const NAME: &'static str = "a newer member of admit_invitation_input";
}

/// The date of birth is a fact that acceptance must bring.
pub const ADMIT_FACT_BIRTH_DATE: u32 = 1;
/// The postcode is one.
pub const ADMIT_FACT_POSTCODE: u32 = 2;
/// The record number is one.
pub const ADMIT_FACT_RECORD_NUMBER: u32 = 4;

const FACTS: [(Fact, u32); 3] = [
    (Fact::BirthDate, ADMIT_FACT_BIRTH_DATE),
    (Fact::Postcode, ADMIT_FACT_POSTCODE),
    (Fact::RecordNumber, ADMIT_FACT_RECORD_NUMBER),
];

/// The bits of facts.
pub(super) fn fact_bits(facts: &[Fact]) -> u32 {
    let bits = FACTS.iter().filter(|(fact, _)| facts.contains(fact));
    bits.fold(0, |bits, (_, bit)| bits | bit)
}

/// Reads facts with their values.
///
/// # Safety
/// The pointers are NULL or NUL-terminated texts.
unsafe fn facts(texts: [*const c_char; 3], fields: [&'static str; 3]) -> Result<Facts> {
    let mut facts = Facts::default();
    // SAFETY: handed on from this function's contract.
    let (birth, postcode, number) = unsafe {
        (
            call::parsed(texts[0], fields[0], BirthDate::parse)?,
            call::parsed(texts[1], fields[1], Line::parse)?,
            call::parsed(texts[2], fields[2], Line::parse)?,
        )
    };
    if let Some(birth) = birth {
        facts = facts.born(&birth).field(fields[0])?;
    }
    if let Some(postcode) = postcode {
        facts = facts.living_at(&postcode);
    }
    if let Some(number) = number {
        facts = facts.recorded_as(&number);
    }
    Ok(facts)
}

pub(in crate::ffi) fn without(is_given: bool, field: &'static str) -> Result<()> {
    if is_given { Err(Reason::Excluded).field(field) } else { Ok(()) }
}

impl admit_invitation_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn send(&self) -> Result<SendInvitation> {
        // SAFETY: handed on from this function's contract.
        unsafe { self.send_to(self.whom()?) }
    }

    /// What each of many clients gets: all but whom, which must not be said.
    ///
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn send_many(&self, clients: &[ClientId]) -> Result<Vec<SendInvitation>> {
        without(!self.client_id.is_null(), "client_id")?;
        without(!self.staff_id.is_null(), "staff_id")?;
        without(self.room_count > 0, "room_ids")?;
        without(self.role != 0, "role")?;
        // SAFETY: handed on from this function's contract.
        let (tie, common) =
            unsafe { (self.tie()?, self.send_to(Whom::NewClient { rooms: Vec::new() })?) };
        without(common.recipient.name.is_some(), "name")?;
        without(common.recipient.email.is_some(), "email")?;
        without(common.recipient.phone.is_some(), "phone")?;
        for fact in Fact::ALL {
            without(common.facts.known.get(fact).is_some(), "facts")?;
        }
        let whom = |client: &ClientId| Whom::Client { client: *client, tie: tie.clone() };
        let each = clients.iter().map(|it| SendInvitation { whom: whom(it), ..common.clone() });
        Ok(each.collect())
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn send_to(&self, whom: Whom) -> Result<SendInvitation> {
        call::only(self.reserved.cast_unsigned(), 0, Self::NAME)?;
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(SendInvitation {
                whom,
                recipient: Recipient {
                    name: name(self.name, self.family_name, self.given_name)?,
                    email: call::parsed(self.email, "email", Email::parse)?,
                    phone: call::parsed(self.phone, "phone", Phone::parse)?,
                    locale: call::parsed(self.locale, "locale", Locale::parse)?,
                },
                channel: admit_channel::read(self.channel, "channel")?,
                expires_in: (self.expires_in_ms != 0).then_some(self.expires_in_ms),
                note: call::parsed(self.note, "note", Paragraph::parse)?,
                facts: self.facts()?,
            })
        }
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn facts(&self) -> Result<AskedFacts> {
        call::only(self.facts_of_host, fact_bits(&Fact::ALL), "a bit of facts_of_host")?;
        call::only(self.reserved_facts, 0, Self::NAME)?;
        let texts = [self.fact_birth_date, self.fact_postcode, self.fact_record_number];
        // SAFETY: handed on from this function's contract.
        let known =
            unsafe { facts(texts, ["fact_birth_date", "fact_postcode", "fact_record_number"])? };
        let of_host = FACTS.iter().filter(|(_, bit)| self.facts_of_host & bit != 0);
        let of_host = of_host.map(|(fact, _)| *fact).collect::<BTreeSet<_>>();
        without(of_host.iter().any(|fact| known.get(*fact).is_some()), "facts_of_host")?;
        Ok(AskedFacts { known, of_host })
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn tie(&self) -> Result<Tie> {
        // SAFETY: handed on from this function's contract.
        words::tie(self.tie, unsafe {
            call::parsed(self.relationship, "relationship", Line::parse)?
        })
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn whom(&self) -> Result<Whom> {
        // SAFETY: handed on from this function's contract.
        let (client, staff, rooms, tie) = unsafe {
            (
                call::optional_id(self.client_id, "client_id")?,
                call::optional_id(self.staff_id, "staff_id")?,
                rooms(self.room_ids, self.room_count)?,
                self.tie()?,
            )
        };
        let role = admit_role::read(self.role, "role")?;
        without(client.is_some() && staff.is_some(), "staff_id")?;
        without(role.is_some() && (client.is_some() || staff.is_some()), "role")?;
        let is_new_client = client.is_none() && staff.is_none() && role.is_none();
        without(!is_new_client && !rooms.is_empty(), "room_ids")?;
        without(client.is_none() && tie != Tie::Myself, "tie")?;
        Ok(match (client, staff, role) {
            (Some(client), _, _) => Whom::Client { client, tie },
            (None, Some(staff), _) => Whom::Seat { staff },
            (None, None, Some(role)) => Whom::NewSeat { role },
            (None, None, None) => Whom::NewClient { rooms },
        })
    }
}

/// Reads rooms by their ids.
///
/// # Safety
/// The pointers are as the header asks.
pub(in crate::ffi) unsafe fn rooms(ids: *const *const c_char, count: usize) -> Result<Vec<RoomId>> {
    // SAFETY: handed on from this function's contract.
    let given = unsafe { call::texts(ids, count, "room_ids", ROOMS_MAX)? };
    let parsed = given.into_iter().map(|text| Id::parse(text).ok_or(Refusal::NotFound));
    Ok(parsed.collect::<std::result::Result<_, _>>()?)
}

/// Which invitations, and which page of them. Start from ADMIT_INVITATION_QUERY_INIT; 0 and NULL
/// show all, and what is named must all hold.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_invitation_query {
    /// sizeof(admit_invitation_query).
    pub size: usize,
    /// The cursor of the page before, under the same filters; NULL for the first.
    pub after: *const c_char,
    /// About which client.
    pub client_id: *const c_char,
    /// How many invitations, at most 500; 0 is 50.
    pub limit: u32,
    /// How they stand now, an admit_invitation_state_value.
    pub state: i32,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_invitation_query {
    const NAME: &'static str = "a newer member of admit_invitation_query";
}

/// What the bearer of a link gives to accept it. Start from ADMIT_ACCEPT_INPUT_INIT.
///
/// The way in is one of three: a password of the new login; an identity that the host has verified
/// elsewhere, of the new login or of one that has it; or a login that is signed in.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_accept_input {
    /// sizeof(admit_accept_input).
    pub size: usize,
    /// The token of the link. Required.
    pub token: *const c_char,
    /// The password of the new login.
    pub password: *const c_char,
    /// Who vouches for the identity: the issuer of OpenID Connect, as a rule.
    pub identity_issuer: *const c_char,
    /// Whom the identity names there.
    pub identity_subject: *const c_char,
    /// The login that is signed in.
    pub login_id: *const c_char,
    /// The name of whoever will sign in; NULL is the recipient's.
    pub holder: *const c_char,
    /// The whole name of a client that acceptance makes, or of a seat's holder, where the parts
    /// below do not say it; NULL is the recipient's.
    pub name: *const c_char,
    /// The family name.
    pub family_name: *const c_char,
    /// The given names.
    pub given_name: *const c_char,
    /// A sign-in name for the new login beside its address; needed for a password where it has no
    /// address, and where practices share a portal and the link did not come by e-mail: then the
    /// address becomes a sign-in name once the link sent there is opened.
    pub username: *const c_char,
    /// The epoch of `login_id`, as `admit_login_sign_in` answered it.
    pub epoch: u32,
    /// Must be 0.
    pub reserved: u32,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
    /// The date of birth as YYYY-MM-DD, where `admit_inspection_facts` says that it is asked.
    pub birth_date: *const c_char,
    /// The postcode, where it is asked.
    pub postcode: *const c_char,
    /// The record number, where it is asked.
    pub record_number: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_accept_input {
    const NAME: &'static str = "a newer member of admit_accept_input";
}

impl admit_accept_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn accept(&self) -> Result<Accept> {
        call::only(self.reserved, 0, Self::NAME)?;
        // SAFETY: handed on from this function's contract.
        unsafe {
            let login = call::optional_id(self.login_id, "login_id")?;
            Ok(Accept {
                token: secret(self.token, "token")?.ok_or(Reason::Missing).field("token")?,
                password: secret(self.password, "password")?,
                identity: identity(self.identity_issuer, self.identity_subject)?,
                session: login.map(|login| Session { login, epoch: self.epoch }),
                holder: call::parsed(self.holder, "holder", Line::parse)?,
                name: name(self.name, self.family_name, self.given_name)?,
                username: call::parsed(self.username, "username", Username::parse)?,
                facts: facts(
                    [self.birth_date, self.postcode, self.record_number],
                    Fact::ALL.map(Fact::word),
                )?,
            })
        }
    }
}
