//! Clients.

mod call;
mod entry;
mod input;
mod merge;
mod object;

pub use call::*;
pub use entry::*;
pub(super) use input::name;
pub use input::{admit_client_field, admit_client_input};
pub use merge::*;
pub use object::*;
