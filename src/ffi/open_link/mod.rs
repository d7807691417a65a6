//! Open links: made, shown and withdrawn by the practice, used by whoever bears one.

mod call;
mod input;
mod object;

mod bearer;

pub use bearer::*;
pub use call::*;
pub use input::{admit_open_link_accept_input, admit_open_link_input, admit_open_link_query};
pub use object::*;
