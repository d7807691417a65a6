//! Items.

mod call;
mod input;
mod object;

pub use call::*;
pub use input::*;
pub use object::*;
