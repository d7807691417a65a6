//! What can go wrong with the file, each with what to do about it.

use std::io;

/// A fault of the medium. None of them names a value or a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The key ring does not open this file.
    #[error(
        "none of the given keys opens this store; give the key it was created or last rotated with"
    )]
    WrongKey,
    /// Another process, or another handle of this one, has the file.
    #[error("the store is in use by another process or handle; close it there first")]
    Busy,
    /// The file is something else.
    #[error("the file is not an admit store")]
    NotAStore,
    /// The file ends before its recorded end.
    #[error("the store file is cut short; restore it from a backup")]
    Truncated,
    /// A page or the key block fails its seal or its checksum.
    #[error("the store file is damaged; restore it from a backup")]
    Damaged,
    /// A later version of the library wrote it.
    #[error("the store was written by a newer version of the library; update the library")]
    NewerFormat,
    /// Test mode of the file and of the open call differ.
    #[error("a test store opens only in test mode, and another store never does")]
    TestMode,
    /// The commit failed half-way; only a look at the reopened store tells.
    #[error(
        "the commit failed and its outcome is unknown; reopen the store and ask for the outcome"
    )]
    OutcomeUnknown,
    /// An earlier failure stopped all writes.
    #[error("the store refuses writes after an earlier failure; reopen it")]
    WritesStopped,
    /// No room left on the medium.
    #[error("no room is left for the store; nothing was written")]
    Full,
    /// One operation wrote more than a transaction may hold.
    #[error("the operation writes more than one transaction may hold; split it")]
    TooLarge,
    /// The store was closed, or abandoned in a forked child.
    #[error("the store is closed; open it again")]
    Closed,
    /// A body wrote to a store or closed it, which would wait for itself for ever.
    #[error("an operation on the store must not start another one from inside itself")]
    Nested,
    /// The medium failed.
    #[error("reading or writing the store file failed: {kind}")]
    Io {
        /// The operating system's kind of failure.
        kind: io::ErrorKind,
    },
}

/// The result of everything on this floor.
pub type Result<T> = std::result::Result<T, StoreError>;

impl StoreError {
    /// Reads a fault out of an I/O error, in which the page floor hides its own from redb.
    pub(super) fn from_io(error: &io::Error) -> Self {
        let hidden = error.get_ref().and_then(|inner| inner.downcast_ref());
        match (hidden, error.kind()) {
            (Some(fault), _) => *fault,
            (None, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => Self::Full,
            (None, kind) => Self::Io { kind },
        }
    }

    /// Hides the fault in an I/O error, so that it survives the way through redb.
    pub(super) fn into_io(self) -> io::Error {
        io::Error::other(self)
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        Self::from_io(&error)
    }
}

impl From<crate::seal::NoRandomness> for StoreError {
    fn from(_: crate::seal::NoRandomness) -> Self {
        Self::Io { kind: io::ErrorKind::Other }
    }
}
