//! Proxies.

mod call;
mod input;
mod object;

pub use call::*;
pub use input::admit_proxy_input;
pub use object::*;
