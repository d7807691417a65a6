//! The rules, without a store.

mod text;
