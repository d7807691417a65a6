//! Imports and exports.

mod call;
mod document;
mod report;

pub use call::*;
pub use document::*;
pub use report::*;
