//! Every way in which a call can fail, on the stairs between the records and the commands.

use crate::domain::refusal::Refusal;
use crate::domain::text::{Invalid, Reason};
use crate::hooks::fault::Fault;
use crate::hooks::verdict;
use crate::store::StoreError;

/// Why a call did not do what it was asked. Nothing personal and no secret stands in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input breaks a rule; the field says which.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// A rule said no. The refusal itself is recorded.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The product's policy said no, and why.
    #[error("the product's policy does not allow this; its reasons say why")]
    Denied(Vec<verdict::Reason>),
    /// A script that was to be installed does not hold. The message is about sample facts alone.
    #[error("{0}")]
    Script(Fault),
    /// The file failed; nothing was written, or the outcome is unknown and says so.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The clock has jumped ahead; nothing is erased until the host accepts the time.
    #[error(
        "the clock is more than 7 days ahead of the last upkeep; check it, then accept the time"
    )]
    ClockJump,
    /// The build lacks what was asked for.
    #[error("this build does not support {0}")]
    Unsupported(&'static str),
    /// The calling program is wrong.
    #[error("{0}")]
    Misuse(&'static str),
}

/// The result of every command.
pub type Result<T> = std::result::Result<T, Error>;

/// Names the field of a refused text.
pub trait InField<T> {
    /// Turns the reason into an error about `field`.
    ///
    /// # Errors
    /// `Invalid` with the field, where there was a reason.
    fn field(self, field: &'static str) -> Result<T>;
}

impl<T> InField<T> for std::result::Result<T, Reason> {
    fn field(self, field: &'static str) -> Result<T> {
        self.map_err(|reason| reason.in_field(field).into())
    }
}
