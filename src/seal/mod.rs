//! Keys, tokens, passwords and sealed bytes. Knows no nouns.

pub mod digest;
pub mod password;
pub mod person;
pub mod random;
pub mod token;
