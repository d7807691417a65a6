//! Commands through the Rust API, on the engine in memory.

mod client;
mod login;
mod people;
mod reset;
mod sign_in;
