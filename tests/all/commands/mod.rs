//! Commands through the Rust API, on the engine in memory.

mod accept;
mod client;
mod invitation;
mod link;
mod outbox;
mod post;
