//! Ordered, transactional bytes. Knows no nouns.

mod engine;
mod error;
mod file;
mod gate;
mod group;
mod handle;
mod held;
mod journal;
mod key_block;
mod layout;
mod leftover;
mod lock;
mod marks;
mod memory;
#[cfg(test)]
mod orders;
mod overlay;
mod pages;
mod pending;
mod place;
mod queue;
mod redb;
mod scrub;
mod sealed_file;
mod sync;

pub use engine::{Engine, KeyRange, Keyspace, Order, Read, Visit, Write};
pub use error::{Result, StoreError};
pub use file::{CACHE_BYTES, OpenOptions};
pub use handle::Store;
pub use overlay::{Changes, Overlay};
pub use place::Place;
pub use scrub::{Copied, Renewed};
