//! Deletion: planned, confirmed, scheduled, held, and carried out on both sides.
//!
//! The product's policy decides; what stands here can only be tightened by it. A hold denies before
//! the policy is asked, and a plan is confirmed for exactly what it was made of. Our half goes in
//! one commit, which leaves an order for the host's half.

mod confirm;
mod erase;
pub(super) mod hanging;
mod hold;
mod judge;
mod order;
mod plan;
mod schedule;
mod token;

pub use confirm::Confirmed;
pub use hold::{LiftHold, PlaceHold};
pub use order::{Certificate, Deleted, FinishDeletion};
pub use plan::{Plan, PlanDeletion};
pub use schedule::CallOffDeletion;

pub(super) use hanging::{Hanging, forget_login, gives_way, is_lonely};
pub(super) use schedule::fall_due;
