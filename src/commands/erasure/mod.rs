//! The end of a practice: planned, confirmed by the host, and carried out in slices.
//!
//! Confirming takes the practice's own row away, so that from that commit on nothing finds it: no
//! actor, no link, no message. Upkeep takes the rest away, some rows a commit, and what is left at
//! the end is a certificate and a trail without personal parts, which still verifies.

mod confirm;
mod count;
mod plan;
mod slice;

pub use plan::ErasurePlan;

pub(super) use count::each;
pub(super) use slice::go_on;

use super::admit::Admit;
use super::plan_token;
use crate::domain::erasure::Erasure;
use crate::domain::id::{Noun, PracticeId};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many rows there are of each noun.
pub type Counts = BTreeMap<Noun, u32>;

/// What a plan's token says.
#[derive(Serialize, Deserialize)]
struct Claims {
    practice: PracticeId,
    /// The revision that the practice had.
    revision: u64,
    /// What was counted.
    counts: Counts,
    /// Its own random name: it is used once.
    plan: [u8; 16],
    expires_at: Timestamp,
}

impl plan_token::Claims for Claims {
    const LABEL: &'static str = "plan to erase a practice";
}

impl Admit {
    /// What became of a practice that was ended: its certificate, and until the last row is gone
    /// how far it has come. A store call, for the host alone.
    ///
    /// # Errors
    /// `NotFound` for a practice that was not ended.
    pub fn practice_certificate(&self, practice: PracticeId) -> Result<Erasure> {
        let found = self.snapshot(|read| records::erasure::find(read, practice))?;
        Ok(found.ok_or(Refusal::NotFound)?)
    }
}
