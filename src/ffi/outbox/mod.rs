//! The outbox: messages that the host claims, sends, and says what became of.

mod call;
mod claimed;
mod input;
mod object;

pub use call::*;
pub use claimed::*;
pub use input::{ADMIT_CLAIM_FACTS, admit_claim, admit_outbox_query};
pub use object::*;
