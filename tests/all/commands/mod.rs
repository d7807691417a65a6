//! Commands through the Rust API, on the engine in memory.

mod accept;
mod access;
mod border;
mod client;
mod enrolment;
mod event;
mod grant;
mod import;
mod invitation;
mod link;
mod list;
mod login;
mod model;
mod outbox;
mod people;
mod plant;
mod post;
mod proxy;
mod reset;
mod room;
mod rotation;
mod search;
mod sign_in;
mod staff;
mod status;
mod upkeep;
