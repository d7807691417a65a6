//! Commands through the Rust API, on the engine in memory.

mod client;
