//! Domain values to keys and bytes, and back. One file a noun, one keyspace an index.

pub mod asked;
pub mod batch;
pub mod challenge;
pub mod client;
pub mod codec;
pub mod deletion;
pub mod due;
pub mod erasure;
pub mod event;
pub mod grant;
pub mod head;
pub mod index;
pub mod invitation;
pub mod login;
pub mod message;
pub mod outcome;
pub mod person;
pub mod practice;
pub mod proxy;
pub mod rate;
pub mod room;
pub mod script;
pub mod staff;
