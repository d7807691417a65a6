//! Staff seats.

mod call;
mod ended;
mod input;
mod object;

pub use call::*;
pub use ended::*;
pub use input::{admit_staff_input, admit_staff_query};
pub use object::*;
