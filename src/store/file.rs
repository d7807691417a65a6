//! Opening: a store is found, or built beside its path and put in place whole.

use super::error::{Result, StoreError};
use super::handle::Store;
use super::leftover;
use super::pages::{Admission, Pages};
use super::place::AtPath;
use super::redb::{Redb, Settings};
use crate::seal::KeyRing;
use redb::StorageBackend;
use redb::backends::FileBackend;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The cache a store has unless told otherwise.
pub const CACHE_BYTES: usize = 64 << 20;
/// Another process may clear away what is being built, in the moment before it is locked.
const BUILD_ATTEMPTS: usize = 3;

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
pub struct OpenOptions {
    /// Makes a new store when there is no file.
    pub create: bool,
    /// Takes the clock from the host; a store is in test mode from its making on, or never.
    pub test_mode: bool,
    /// Bounds the pages kept in memory.
    pub cache_bytes: usize,
    /// Makes opening after a crash instant, for somewhat more to write in each commit.
    pub quick_repair: bool,
}

impl OpenOptions {
    fn settings(&self) -> Settings {
        Settings { cache_bytes: self.cache_bytes, quick_repair: self.quick_repair }
    }
}

impl Store {
    /// Opens the store at a path. A refused open leaves the file as it was, byte for byte.
    pub fn open(path: &Path, ring: &KeyRing, options: &OpenOptions) -> Result<Self> {
        let file = match existing(path) {
            Err(StoreError::Io { kind: io::ErrorKind::NotFound }) if options.create => {
                build(path, ring, options)?;
                existing(path)?
            }
            found => found?,
        };
        let admission = Admission::Open { ring: ring.clone(), test_mode: options.test_mode };
        let store = admit(Arc::new(file), admission, options)?;
        leftover::clear(path);
        Ok(store.at(Box::new(AtPath::new(path))))
    }

    /// Opens a store on a backend, an empty one being made: the seam for faults.
    #[cfg(feature = "test-environment")]
    pub fn open_on(
        backend: Box<dyn StorageBackend>,
        ring: &KeyRing,
        options: &OpenOptions,
    ) -> Result<Self> {
        let (ring, test_mode) = (ring.clone(), options.test_mode);
        let admission = if options.create && backend.len()? == 0 {
            Admission::Make { ring, test_mode, secrets: None }
        } else {
            Admission::Open { ring, test_mode }
        };
        admit(Arc::from(backend), admission, options)
    }

    /// The bytes of every page of a closed store, free ones too: what somebody sees who has the
    /// file and its key. For tests that search them.
    #[cfg(feature = "test-environment")]
    pub fn opened_pages(file: Box<dyn StorageBackend>, ring: &KeyRing) -> Result<Vec<u8>> {
        Pages::opened(Arc::from(file), ring.clone())
    }

    /// Opens a file that is not sealed, for the bench that measures what sealing costs.
    #[cfg(feature = "test-environment")]
    pub fn open_plain(path: &Path, options: &OpenOptions) -> Result<Self> {
        let file =
            File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        let redb = Redb::plain(backend(file)?, options.settings())?;
        let secrets = crate::seal::Secrets::generate()?;
        Ok(Self::over(Arc::new(redb), secrets, options.test_mode))
    }
}

fn admit(
    file: Arc<dyn StorageBackend>,
    admission: Admission,
    options: &OpenOptions,
) -> Result<Store> {
    let pages = Pages::new(file, admission);
    let (redb, secrets, test_mode) = Redb::open(pages, options.settings())?;
    Ok(Store::over(Arc::new(redb), secrets, test_mode))
}

fn existing(path: &Path) -> Result<FileBackend> {
    backend(File::options().read(true).write(true).open(path)?)
}

pub(super) fn backend(file: File) -> Result<FileBackend> {
    FileBackend::new(file).map_err(|_| StoreError::Io { kind: io::ErrorKind::Unsupported })
}

/// Builds a store beside the path, closes it, and puts it in place unless another came first.
fn build(path: &Path, ring: &KeyRing, options: &OpenOptions) -> Result<()> {
    let mut last = StoreError::Busy;
    for _ in 0..BUILD_ATTEMPTS {
        let beside = leftover::fresh_name(path)?;
        let built = build_at(&beside, ring, options).and_then(|()| put_in_place(&beside, path));
        // What stays behind after a failure here is cleared by a later open.
        let _ = fs::remove_file(&beside);
        match built {
            Ok(()) => return sync_folder(path),
            Err(StoreError::Busy) => {}
            Err(fault @ StoreError::Io { kind: io::ErrorKind::NotFound }) => last = fault,
            Err(fault) => return Err(fault),
        }
    }
    Err(last)
}

fn build_at(beside: &Path, ring: &KeyRing, options: &OpenOptions) -> Result<()> {
    let file = new_file().open(beside)?;
    let admission =
        Admission::Make { ring: ring.clone(), test_mode: options.test_mode, secrets: None };
    admit(Arc::new(backend(file)?), admission, options)?.close()
}

/// Nobody but the owner reads the file, sealed though it is.
pub(super) fn new_file() -> fs::OpenOptions {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Links rather than renames, since a rename would replace what another process made meanwhile.
fn put_in_place(beside: &Path, path: &Path) -> Result<()> {
    match fs::hard_link(beside, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error.into()),
        // A file system without links: the look before the rename is all there is.
        Err(_) if !path.exists() => Ok(fs::rename(beside, path)?),
        Err(_) => Ok(()),
    }
}

/// Makes the new name durable; elsewhere than on Unix a folder cannot be synced.
pub(super) fn sync_folder(path: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(leftover::folder(path))?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
