//! Practices.

mod call;
mod input;
mod object;
mod password_rules;

pub use call::*;
pub use input::{admit_practice_input, admit_practice_query};
pub use object::*;
pub use password_rules::*;
