//! The words of messages.

mod default;
pub mod engine;
mod english;
mod guide;
mod hostile;
mod smuggled;
mod words;
