//! What keeps the whole store safe: which token keys and sessions count, and whether a scrub is due.

use super::codec::{self, Row};
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Read, Result, Write};
use serde::{Deserialize, Serialize};

/// One row for the whole store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Care {
    /// No login's epoch is lower: raising it ends every session without a look at any login.
    pub epoch_floor: u32,
    /// The highest epoch that a login ever had, so that a new floor is above all of them.
    pub epoch_highest: u32,
    /// The mark of the oldest token key that still counts; None where all that are kept do.
    pub token_key: Option<[u8; 32]>,
    /// Since when the file may hold bytes of what was erased; None where it holds none.
    pub scrub_due: Option<Timestamp>,
    /// Counts what a scrub was owed for, so that one that runs meanwhile is not taken for it.
    pub owed: u64,
}

impl Row for Care {
    const SPACE: Keyspace = Keyspace("care");
}

const KEY: &[u8] = b"care";

/// Loads it; a new store has the default one.
///
/// # Errors
/// What reading the store gives.
pub fn load(read: &mut dyn Read) -> Result<Care> {
    Ok(codec::load(read, KEY)?.unwrap_or_default())
}

/// Saves it.
///
/// # Errors
/// What writing the store gives.
pub fn save(write: &mut dyn Write, care: &Care) -> Result<()> {
    codec::save(write, KEY, care)
}

/// Remembers that a login has come to an epoch.
///
/// # Errors
/// What the store gives.
pub fn reach_epoch(write: &mut dyn Write, epoch: u32) -> Result<()> {
    let care = load(write)?;
    if epoch <= care.epoch_highest {
        return Ok(());
    }
    save(write, &Care { epoch_highest: epoch, ..care })
}

/// Remembers that the file has bytes to be rid of.
///
/// # Errors
/// What the store gives.
pub fn owe_scrub(write: &mut dyn Write, now: Timestamp) -> Result<()> {
    let care = load(write)?;
    save(write, &care.owing(now))
}

impl Care {
    /// Ends every session there is, and lets no token key count that is older than the marked one.
    #[must_use]
    pub fn compromised(self, token_key: [u8; 32], now: Timestamp) -> Self {
        let floor = self.epoch_highest.max(self.epoch_floor).saturating_add(1);
        Self {
            epoch_floor: floor,
            epoch_highest: floor,
            token_key: Some(token_key),
            ..self.owing(now)
        }
    }

    fn owing(self, now: Timestamp) -> Self {
        Self { scrub_due: self.scrub_due.or(Some(now)), owed: self.owed.saturating_add(1), ..self }
    }

    /// A scrub is done that saw so much owed; what came later is still due.
    #[must_use]
    pub fn scrubbed(self, owed: u64, now: Timestamp) -> Self {
        Self { scrub_due: (self.owed > owed).then_some(now), ..self }
    }
}
