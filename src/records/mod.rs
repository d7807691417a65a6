//! Domain values to keys and bytes, and back. One file a noun, one keyspace an index.

pub mod asked;
pub mod care;
pub mod challenge;
pub mod client;
pub mod codec;
pub mod delegation;
pub mod deletion;
pub mod due;
pub mod event;
pub mod grant;
pub mod head;
pub mod index;
pub mod invitation;
pub mod item;
pub mod login;
pub mod merged;
pub mod message;
pub mod open_link;
pub mod outcome;
pub mod person;
pub mod practice;
pub mod proxy;
pub mod rate;
pub mod room;
pub mod script;
pub mod staff;
