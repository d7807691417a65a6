//! Every integration test, in one binary so that it links once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod c;
mod cli;
mod commands;
mod domain;
mod exchange;
mod header;
mod hooks;
mod naughty;
mod rules;
mod seal;
mod store;
mod support;
mod tidy;
