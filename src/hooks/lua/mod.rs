//! The machine below the hooks: one Luau state, its sandbox, its limits.

mod blame;
mod facts;
mod helpers;
mod limit;
mod state;

pub use limit::Limits;
pub use state::{Called, Cost, State};
