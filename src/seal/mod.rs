//! Keys, tokens, passwords and sealed bytes. Knows no nouns.

pub mod digest;
mod keys;
mod page;
pub mod password;
pub mod person;
pub mod random;
pub mod token;

pub use keys::{KeyRing, NoRandomness, Secrets};
pub(crate) use page::{PageSeal, SEAL_BYTES};
