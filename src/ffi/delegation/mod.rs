//! Delegations, and the assistants who get them.

mod call;
mod input;
mod object;

pub use call::*;
pub use input::{admit_assistant_input, admit_delegation_input, admit_delegation_query};
pub use object::*;
