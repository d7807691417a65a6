//! Tokens and passwords.

mod gate;
mod imported;
mod password;
mod token;
mod weakness;
