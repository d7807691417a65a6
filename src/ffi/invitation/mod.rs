//! Invitations: what the practice does with them, and what whoever bears their link may do.

mod bearer;
mod call;
mod input;
mod inspection;
mod link;
mod object;
mod outcome;

pub use bearer::*;
pub use call::*;
pub use input::{admit_accept_input, admit_invitation_input, admit_invitation_query};
pub use inspection::*;
pub use link::*;
pub use object::*;
pub use outcome::*;
