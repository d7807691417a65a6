//! The words of messages.

mod default;
pub mod engine;
mod english;
mod guide;
mod hostile;
mod hostile_engine;
mod hostile_sources;
mod products;
mod smuggled;
mod words;
