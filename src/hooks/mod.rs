//! What the product says in its own words: facts in, words or a verdict out. Never sees the store.

pub mod engine;
pub mod english;
pub mod facts;
pub mod fault;
pub mod given;
mod lua;
mod markup;
mod outcome;
pub mod request;
pub mod sample;
pub mod verdict;
pub mod warning;
pub mod words;

pub use lua::{Cost, Limits};

use crate::domain::script::Script;
use sha2::{Digest, Sha256};

/// SHA-256 over the length-prefixed names and sources of scripts.
pub fn digest(scripts: &[Script]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for script in scripts {
        for part in [script.name.as_str(), script.source.as_str()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hash.finalize().into()
}
