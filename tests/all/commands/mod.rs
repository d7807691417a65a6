//! Commands through the Rust API, on the engine in memory.

mod accept;
mod client;
mod invitation;
mod link;
mod outbox;
mod post;
mod login;
mod people;
mod reset;
mod sign_in;
