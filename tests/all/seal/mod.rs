//! Tokens and passwords.

mod token;
