//! Logins: made and ended by staff, used and kept by their holders.

mod call;
mod input;
mod object;

mod session;

mod password;

mod address;

mod done;
mod identity;

mod secret;

pub use address::*;
pub use call::*;
pub use done::*;
pub use identity::*;
pub use input::{admit_identity, admit_login_change_input, admit_login_input};
pub(super) use input::{identity, required_secret, secret};
pub use object::*;
pub use password::*;
pub use secret::*;
pub use session::*;
