//! What the product says in its own words: facts in, words out. Never sees the store.

pub mod english;
pub mod facts;
pub mod words;
