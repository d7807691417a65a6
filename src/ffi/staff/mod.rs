//! Staff seats.

mod call;
mod input;
mod object;

pub use call::*;
pub use input::{admit_staff_input, admit_staff_query};
pub use object::*;
