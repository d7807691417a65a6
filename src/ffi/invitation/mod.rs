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
pub use inspection::{admit_acceptance, admit_inspection, admit_link_purpose};
pub use link::{admit_link, admit_qr};
pub use object::{admit_invitation, admit_invitation_page, admit_offer};
pub use outcome::{admit_outcome, admit_outcome_page};
