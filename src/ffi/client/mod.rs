//! Clients.

mod call;
mod input;
mod object;

pub use call::*;
pub(super) use input::name;
pub use input::{admit_client_field, admit_client_input};
pub use object::*;
