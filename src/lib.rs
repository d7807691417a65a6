//! The whole life of a client account and its invitation, in one embedded, encrypted file.
//!
//! Layers are floors and imports run strictly down: `ffi` over `commands` over `records`, `hooks`
//! and `exchange` over `domain`, `store` and `seal`. A test holds this.

#![deny(unsafe_code)]

pub mod commands;
pub mod domain;
pub mod error;
pub mod exchange;
pub mod ffi;
pub mod hooks;
pub mod records;
pub mod seal;
pub mod store;
