//! The audit trail.

mod call;
mod input;
mod object;

pub use call::*;
pub use input::{admit_anchor, admit_event_query};
pub use object::*;
