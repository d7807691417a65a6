//! Where the file of a store is, for writing it anew beside its path and putting it in place.

use super::error::{Result, StoreError};
use super::file::{backend, new_file, sync_folder};
use super::leftover;
use super::lock::lock;
use redb::StorageBackend;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Where a file is, and another one may be made. Whoever scrubs does one thing after the other.
pub trait Place: Send + Sync {
    /// Makes an empty file beside it.
    fn beside(&self) -> Result<Box<dyn StorageBackend>>;
    /// Puts that file in its place; an error says that nothing has changed.
    fn put_in_place(&self) -> Result<()>;
    /// Makes that durable.
    fn sync(&self) -> Result<()>;
    /// Takes the file beside it away; failing leaves it to the next open.
    fn discard(&self);
}

/// A path.
pub(super) struct AtPath {
    path: PathBuf,
    beside: Mutex<Option<PathBuf>>,
}

impl AtPath {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), beside: Mutex::default() }
    }
}

impl Place for AtPath {
    fn beside(&self) -> Result<Box<dyn StorageBackend>> {
        let name = leftover::fresh_name(&self.path)?;
        let file = new_file().open(&name)?;
        *lock(&self.beside) = Some(name);
        Ok(Box::new(backend(file)?))
    }

    fn put_in_place(&self) -> Result<()> {
        let mut beside = lock(&self.beside);
        fs::rename(beside.as_ref().ok_or(StoreError::Closed)?, &self.path)?;
        *beside = None;
        Ok(())
    }

    fn sync(&self) -> Result<()> {
        sync_folder(&self.path)
    }

    fn discard(&self) {
        if let Some(name) = lock(&self.beside).take() {
            let _ = fs::remove_file(name);
        }
    }
}
