//! The words of messages.

pub mod engine;
mod english;
mod hostile;
mod smuggled;
mod words;
