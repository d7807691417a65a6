//! The words of messages.

pub mod engine;
mod english;
mod words;
