//! Practices.

mod call;
mod input;
mod object;

pub use call::*;
pub use input::{admit_practice_input, admit_practice_query};
pub use object::*;
