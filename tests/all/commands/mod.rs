//! Commands through the Rust API, on the engine in memory.

mod access;
mod client;
mod event;
mod grant;
mod import;
mod list;
mod model;
mod plant;
mod proxy;
mod room;
mod search;
mod staff;
mod status;
mod upkeep;
