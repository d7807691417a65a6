//! Deletion: plans, what confirming them did, erase orders, certificates and holds.

mod call;
mod confirmed;
mod hold;
mod input;
mod order;
mod plan;
mod words;

pub use call::*;
pub use confirmed::*;
pub use hold::*;
pub use input::*;
pub use order::*;
pub use plan::*;
pub use words::*;

use super::words::admit_noun;
use crate::domain::id::Noun;
use std::collections::BTreeMap;

/// The count of a noun that a caller names by number; 0 for one that is not counted.
pub(in crate::ffi) fn counted(counts: &BTreeMap<Noun, u32>, noun: i32) -> u32 {
    let noun = admit_noun::read(noun, "noun").ok().flatten();
    noun.and_then(|noun| counts.get(&noun)).copied().unwrap_or(0)
}
