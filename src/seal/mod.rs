//! Keys, tokens, passwords and sealed bytes. Knows no nouns.

mod keys;
mod page;

pub use keys::{KeyRing, NoRandomness, Secrets};
pub(crate) use page::{PageSeal, SEAL_BYTES};
