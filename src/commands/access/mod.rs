//! Who reaches a client, and why: told by the code that decides.

mod list;
mod why;
mod words;

pub use list::{AccessRow, AccessWay};
pub use why::{AccessStep, Why};
