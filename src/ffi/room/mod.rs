//! Rooms.

mod call;
mod input;
mod object;

pub use call::*;
pub use input::{admit_room_input, admit_room_query};
pub use object::*;
