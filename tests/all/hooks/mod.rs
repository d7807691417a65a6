//! The words of messages.

pub mod engine;
mod english;
mod hostile;
mod hostile_engine;
mod hostile_sources;
mod smuggled;
mod words;
