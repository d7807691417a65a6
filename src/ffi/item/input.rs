use super::super::call::{self, Extensible};
use crate::commands::item::{ItemFilter, PutItem};
use crate::domain::item::Word;
use crate::domain::text::ExternalId;
use crate::error::Result;
use std::ffi::c_char;

/// An item to tell of. Start from ADMIT_ITEM_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_item_input {
    /// sizeof(admit_item_input).
    pub size: usize,
    /// About whom. Required.
    pub client_id: *const c_char,
    /// What it is, in the product's own word: 1 to 32 lower-case letters, digits and `_`, such as
    /// "kit", "sample" or "result"; at most 64 kinds for one client. Required.
    pub kind: *const c_char,
    /// The host's own key, unique among the practice's items; NULL for none, and then it is a new
    /// item each time.
    pub external_id: *const c_char,
    /// Where it stands, in the product's own word, of the same form as the kind; NULL leaves that.
    /// "received" and "ready" are told to people.
    pub status: *const c_char,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_item_input {
    const NAME: &'static str = "a newer member of admit_item_input";
}

impl admit_item_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn put(&self) -> Result<PutItem> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(PutItem {
                client: call::id(self.client_id, "client_id")?,
                kind: call::required(self.kind, "kind", Word::parse)?,
                external_id: call::parsed(self.external_id, "external_id", ExternalId::parse)?,
                status: call::parsed(self.status, "status", Word::parse)?,
            })
        }
    }
}

/// Which items of a client, and which page of them. Start from ADMIT_ITEM_QUERY_INIT; NULL and 0
/// show all, and what is named must all hold.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_item_query {
    /// sizeof(admit_item_query).
    pub size: usize,
    /// Whose. Required.
    pub client_id: *const c_char,
    /// Of which kind.
    pub kind: *const c_char,
    /// In which status.
    pub status: *const c_char,
    /// The cursor of the page before, under the same filters; NULL for the first.
    pub after: *const c_char,
    /// How many items, at most 500; 0 is 50.
    pub limit: u32,
    /// Must be 0.
    pub reserved: u32,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_item_query {
    const NAME: &'static str = "a newer member of admit_item_query";
}

impl admit_item_query {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn filter(&self) -> Result<ItemFilter> {
        call::only(self.reserved, 0, Self::NAME)?;
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(ItemFilter {
                kind: call::parsed(self.kind, "kind", Word::parse)?,
                status: call::parsed(self.status, "status", Word::parse)?,
            })
        }
    }
}
