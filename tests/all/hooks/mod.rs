//! The words of messages.

mod english;
mod words;
