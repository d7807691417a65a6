//! Tokens and passwords.

mod gate;
mod imported;
mod password;
mod pinned;
mod token;
mod weakness;
