//! The rules: pure. No I/O, no clock, no randomness, no bytes, no ABI numbers.

pub mod access;
pub mod actor;
pub mod challenge;
pub mod chart;
pub mod client;
pub mod delegation;
pub mod deletion;
pub mod event;
pub mod grant;
pub mod id;
pub mod invitation;
pub mod item;
pub mod login;
pub mod message;
pub mod open_link;
pub mod practice;
pub mod proxy;
pub mod rate;
pub mod refusal;
pub mod registration;
pub mod room;
pub mod script;
pub mod staff;
pub mod text;
pub mod time;
