use super::super::call::{self, Extensible};
use super::super::words::{admit_delivery_state_value, admit_noun};
use crate::commands::outbox::{Claim, MessageFilter};
use crate::domain::id::{Id, Thing};
use crate::domain::text::Reason;
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
