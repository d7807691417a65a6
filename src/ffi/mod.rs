//! C shapes in, C shapes out, one panic guard. No rules live here.
//!
//! The header follows the order of these modules.

#![allow(unsafe_code, non_camel_case_types)]
#![allow(clippy::missing_safety_doc)] // Every exported function states its contract in C's terms.

mod call;
mod handle;
mod object;

pub mod status;

pub mod error;

pub mod words;

pub mod version;

pub mod store;

pub mod actor;

pub mod practice;

pub mod client;

pub mod script;
pub mod staff;

pub mod room;

pub mod grant;

pub mod delegation;

pub mod proxy;

pub mod access;

pub mod person;

pub mod event;

pub mod import;

pub mod login;

pub mod invitation;

pub mod batch;
pub mod open_link;

pub mod outbox;

pub mod deletion;

pub mod erasure;
pub mod item;
