use super::super::call::{self, Extensible};
use super::super::words::{admit_delivery_state_value, admit_noun};
use crate::commands::outbox::{Claim, MessageFilter};
use crate::commands::post::{FACTS_MAX, FactName, PostNotice, Told};
use crate::domain::id::{Id, Thing};
use crate::domain::message::OwnKind;
use crate::domain::text::{Paragraph, Reason};
use crate::error::{InField, Result};
use std::ffi::c_char;

/// `flags` of admit_claim: no words are made, for the host makes them itself of the facts.
pub const ADMIT_CLAIM_FACTS: u32 = 1;

/// What a worker asks of the outbox. Start from ADMIT_CLAIM_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_claim {
    /// sizeof(admit_claim).
    pub size: usize,
    /// How many messages, at most 100; 0 is 100.
    pub limit: u32,
    /// ADMIT_CLAIM_* bits.
    pub flags: u32,
    /// How long they stay with the worker, in milliseconds: 1 second to 1 hour; 0 is 5 minutes.
    pub lease_ms: i64,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_claim {
    const NAME: &'static str = "a newer member of admit_claim";
}

impl admit_claim {
    pub(super) fn claim(&self) -> Result<Claim> {
        call::only(self.flags, ADMIT_CLAIM_FACTS, "a flag of admit_claim")?;
        Ok(Claim {
            limit: self.limit,
            lease: (self.lease_ms != 0).then_some(self.lease_ms),
            facts_only: self.flags & ADMIT_CLAIM_FACTS != 0,
        })
    }
}

/// Which messages, and which page of them. Start from ADMIT_OUTBOX_QUERY_INIT; 0 and NULL show
/// all, and what is named must all hold.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_outbox_query {
    /// sizeof(admit_outbox_query).
    pub size: usize,
    /// The cursor of the page before, under the same filters; NULL for the first.
    pub after: *const c_char,
    /// How many messages, at most 500; 0 is 50.
    pub limit: u32,
    /// An admit_delivery_state_value.
    pub state: i32,
    /// What `subject_id` is, an admit_noun.
    pub subject_noun: i32,
    /// Must be 0.
    pub reserved: i32,
    /// About which client, seat, login or invitation.
    pub subject_id: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_outbox_query {
    const NAME: &'static str = "a newer member of admit_outbox_query";
}

impl admit_outbox_query {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn filter(&self) -> Result<MessageFilter> {
        call::only(self.reserved.cast_unsigned(), 0, Self::NAME)?;
        let noun = admit_noun::read(self.subject_noun, "subject_noun")?;
        // SAFETY: handed on from this function's contract.
        let id: Option<Id<Thing>> = unsafe { call::optional_id(self.subject_id, "subject_id")? };
        let subject = match (noun, id) {
            (Some(noun), Some(id)) => Some(Thing { noun, id: id.uuid() }),
            (None, None) => None,
            (None, Some(_)) => return Err(Reason::Missing).field("subject_noun"),
            (Some(_), None) => return Err(Reason::Missing).field("subject_id"),
        };
        Ok(MessageFilter { subject, state: admit_delivery_state_value::read(self.state, "state")? })
    }
}

/// A fact of a notice of the product's own. Start from ADMIT_NOTICE_FACT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_notice_fact {
    /// sizeof(admit_notice_fact).
    pub size: usize,
    /// The script gets it as notice.own.NAME: 1 to 64 letters, digits and _. Required.
    pub name: *const c_char,
    /// Up to 2,000 characters, line breaks allowed. Required.
    pub text: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_notice_fact {
    const NAME: &'static str = "a newer member of admit_notice_fact";
}

/// A notice of the product's own. Start from ADMIT_NOTICE_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_notice_input {
    /// sizeof(admit_notice_input).
    pub size: usize,
    /// What it tells: x_ and then lower-case letters, digits and _, at most 32 characters.
    /// Required.
    pub kind: *const c_char,
    /// The client who is told. Required where there is no seat.
    pub client_id: *const c_char,
    /// The seat that is told, and no client.
    pub staff_id: *const c_char,
    /// What the script gets.
    pub facts: *const *const admit_notice_fact,
    /// How many facts there are, at most 16.
    pub fact_count: usize,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_notice_input {
    const NAME: &'static str = "a newer member of admit_notice_input";
}

impl admit_notice_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn post(&self) -> Result<PostNotice> {
        // SAFETY: handed on from this function's contract.
        let (client, staff, given) = unsafe {
            (
                call::optional_id(self.client_id, "client_id")?,
                call::optional_id(self.staff_id, "staff_id")?,
                call::inputs(self.facts, self.fact_count, "facts", FACTS_MAX)?,
            )
        };
        let told = match (client, staff) {
            (Some(client), None) => Told::Client(client),
            (None, Some(staff)) => Told::Staff(staff),
            (None, None) => return Err(Reason::Missing).field("client_id"),
            (Some(_), Some(_)) => return Err(Reason::Excluded).field("staff_id"),
        };
        let facts = given.into_iter().map(|fact| {
            // SAFETY: as above.
            unsafe {
                let name = call::required(fact.name, "facts.name", FactName::parse)?;
                Ok((name, call::required(fact.text, "facts.text", Paragraph::parse)?))
            }
        });
        // SAFETY: as above.
        let kind = unsafe { call::required(self.kind, "kind", OwnKind::parse)? };
        Ok(PostNotice { kind, told, facts: facts.collect::<Result<_>>()? })
    }
}
