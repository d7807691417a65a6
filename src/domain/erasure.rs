//! The end of a practice: it closes at once, and its rows go afterwards.

use super::id::{Noun, PortalId, PracticeId};
use super::text::Line;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is left of a practice that was ended: nothing but counts, times and the host's reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The random id that the practice had.
    pub practice: PracticeId,
    /// Where its logins signed in.
    pub portal: PortalId,
    /// Why, as the host said.
    pub reason: Line,
    /// How many rows of each noun there were when it was confirmed.
    pub planned: BTreeMap<Noun, u32>,
    /// How many have gone so far.
    pub gone: BTreeMap<Noun, u32>,
    /// When it was confirmed, and the practice closed.
    pub closed_at: Timestamp,
    /// When the last row went; None while some are left.
    pub erased_at: Option<Timestamp>,
}

impl Erasure {
    /// Counts rows that went.
    pub fn count(&mut self, noun: Noun, rows: usize) {
        if rows > 0 {
            let count = self.gone.entry(noun).or_default();
            *count = count.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX));
        }
    }
}
