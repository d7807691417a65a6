//! Passwords: what may be one, how it is hashed, and how many hashes run at once.
//!
//! Hashing is done on a turn at the [`Gate`] and nowhere else, so nothing gets past its limits.

mod gate;
mod hash;
mod policy;
mod stored;

pub use gate::{Busy, Gate, Turn};
pub use hash::{Cost, HashFault, SALT_BYTES, Verdict};
pub use policy::{BYTES_MAX, Password, Policy, Weakness, check, context_words};
pub use stored::{Scheme, recognise};
