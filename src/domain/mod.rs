//! The rules: pure. No I/O, no clock, no randomness, no bytes, no ABI numbers.

pub mod text;
