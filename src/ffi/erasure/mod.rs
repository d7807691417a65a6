//! The end of a practice: its export, the plan to erase it, and the certificate.

mod call;
mod object;

pub use call::*;
pub use object::*;
