//! Ordered, transactional bytes. Knows no nouns.

mod engine;
mod error;

pub use engine::{Engine, KeyRange, Keyspace, Order, Read, Visit, Write};
pub use error::{Result, StoreError};
