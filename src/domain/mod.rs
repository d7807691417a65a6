//! The rules: pure. No I/O, no clock, no randomness, no bytes, no ABI numbers.

pub mod access;
pub mod actor;
pub mod batch;
pub mod challenge;
pub mod client;
pub mod deletion;
pub mod denial;
pub mod erasure;
pub mod event;
pub mod grant;
pub mod id;
pub mod invitation;
pub mod login;
pub mod message;
pub mod practice;
pub mod proxy;
pub mod rate;
pub mod refusal;
pub mod room;
pub mod script;
pub mod staff;
pub mod text;
pub mod time;
