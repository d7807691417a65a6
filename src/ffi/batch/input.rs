use super::super::call::{self, Extensible};
use super::super::words::admit_channel;
use crate::commands::batch::RowFilter;
use crate::domain::batch::{How, ROWS_MAX};
use crate::domain::id::{ClientId, Id};
use crate::domain::text::{Paragraph, Reason};
use crate::error::{InField, Result};
use std::ffi::c_char;

/// Many invitations to plan. Start from ADMIT_BATCH_INPUT_INIT.
///
/// Each goes to the address on file, for a login that is the client itself.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_batch_input {
    /// sizeof(admit_batch_input).
    pub size: usize,
    /// Clients on file, in the order of the rows; none where a query says whom.
    pub client_ids: *const *const c_char,
    /// How many clients are named, at most 100,000.
    pub client_count: usize,
    /// A word of the inviter's own, put into each message, up to 2,000 characters.
    pub note: *const c_char,
    /// How long each is open, in milliseconds: 1 hour to 30 days; 0 is the practice's way.
    pub expires_in_ms: i64,
    /// How the messages travel, an admit_channel: by e-mail or text message; with 0, copied and QR
    /// none is sent and the links are shown.
    pub channel: i32,
    /// Must be 0.
    pub reserved: i32,
    /// Makes the call repeatable for 7 days, and lets it go on after a crash; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_batch_input {
    const NAME: &'static str = "a newer member of admit_batch_input";
}

impl admit_batch_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn how(&self) -> Result<How> {
        call::only(self.reserved.cast_unsigned(), 0, Self::NAME)?;
        Ok(How {
            channel: admit_channel::read(self.channel, "channel")?,
            expires_in: (self.expires_in_ms != 0).then_some(self.expires_in_ms),
            // SAFETY: handed on from this function's contract.
            note: unsafe { call::parsed(self.note, "note", Paragraph::parse)? },
        })
    }

    /// The clients; None of a text that is no id, which names nothing.
    ///
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn clients(&self) -> Result<Vec<Option<ClientId>>> {
        // SAFETY: handed on from this function's contract.
        let texts =
            unsafe { call::texts(self.client_ids, self.client_count, "client_ids", ROWS_MAX)? };
        Ok(texts.into_iter().map(Id::parse).collect())
    }
}

/// Which rows of a batch a list shows.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_batch_row_filter {
    /// All.
    AdmitBatchRowsAll = 0,
    /// Those that applying has to look at.
    AdmitBatchRowsOpen = 1,
    /// Those that were sent and not undone.
    AdmitBatchRowsSent = 2,
}

impl admit_batch_row_filter {
    pub(super) fn read(number: i32) -> Result<RowFilter> {
        match number {
            0 => Ok(RowFilter::All),
            1 => Ok(RowFilter::Open),
            2 => Ok(RowFilter::Mailed),
            _ => Err(Reason::Unknown).field("filter"),
        }
    }
}
