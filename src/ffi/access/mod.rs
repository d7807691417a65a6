//! Who reaches a client, and why.

mod call;
mod row;
mod step;

pub use call::*;
pub use row::*;
pub use step::*;
