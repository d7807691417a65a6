//! Files that a crash left half-built beside a store.

use super::error::{Result, StoreError};
use crate::seal::NoRandomness;
use data_encoding::HEXLOWER;
use redb::StorageBackend;
use redb::backends::FileBackend;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};

const MARK: &str = ".new-";
const RANDOM_BYTES: usize = 16;

/// The folder that a path is in.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A name beside the path that nobody has.
pub(super) fn fresh_name(path: &Path) -> Result<PathBuf> {
    let mut random = [0; RANDOM_BYTES];
    getrandom::fill(&mut random).map_err(|_| NoRandomness)?;
    let mut name = prefix(path).ok_or(StoreError::Io { kind: io::ErrorKind::InvalidFilename })?;
    name.push(HEXLOWER.encode(&random));
    Ok(path.with_file_name(name))
}

/// Removes what is named like ours beside the path and locked by nobody; failing is no harm.
pub(super) fn clear(path: &Path) {
    let Some(prefix) = prefix(path) else { return };
    let Ok(entries) = fs::read_dir(folder(path)) else {
        return;
    };
    for entry in entries.flatten() {
        if is_ours(&entry.file_name(), &prefix) {
            remove_unlocked(&entry.path());
        }
    }
}

fn prefix(path: &Path) -> Option<OsString> {
    let mut prefix = path.file_name()?.to_owned();
    prefix.push(MARK);
    Some(prefix)
}

fn is_ours(name: &OsString, prefix: &OsString) -> bool {
    let random = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes());
    random.is_some_and(|random| random.len() == 2 * RANDOM_BYTES && HEXLOWER.decode(random).is_ok())
}

fn remove_unlocked(path: &Path) {
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let Ok(file) = File::options().read(true).write(is_file).open(path) else {
        return;
    };
    let Ok(backend) = FileBackend::new(file) else {
        return;
    };
    let whole = backend.try_lock_range(Bound::Unbounded, Bound::Unbounded);
    if is_file && matches!(whole, Ok(true)) {
        let _ = fs::remove_file(path);
    }
    let _ = backend.close();
}
