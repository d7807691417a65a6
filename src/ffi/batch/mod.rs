//! Batches of invitations: planned, applied, undone.

mod call;
mod input;
mod object;
mod row;

pub use call::*;
pub use input::{admit_batch_input, admit_batch_row_filter};
pub use object::*;
pub use row::*;
