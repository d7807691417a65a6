//! Grants.

mod call;
mod input;
mod object;

pub use call::*;
pub use input::admit_grant_input;
pub use object::*;
