//! Invitations: what the practice does with them, and what whoever bears their link may do.

mod call;
mod input;
mod object;

mod link;

mod outcome;

mod bearer;

mod inspection;

pub use bearer::*;
pub use call::*;
pub use input::{admit_accept_input, admit_invitation_input, admit_invitation_query};
pub(super) use input::{rooms, without};
pub use inspection::*;
pub use link::*;
pub use object::*;
pub use outcome::*;
