//! What a medium must do: read a snapshot, and run a transaction.
//!
//! Lifetimes of the medium never leave `read` and `transact`, so another medium can follow.

use super::error::{Result, StoreError};
use super::scrub::{Copied, Renewed};
use crate::seal::{KeyRing, Secrets};
use redb::StorageBackend;
use std::ops::{Bound, ControlFlow};

/// One ordered map of byte strings; a table of its own in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keyspace(pub &'static str);

/// The direction of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// From the smallest key on.
    Up,
    /// From the largest key on.
    Down,
}

/// A range in the form that ordered maps take.
pub(super) type Bounds<'k> = (Bound<&'k [u8]>, Bound<&'k [u8]>);

/// A half-open range of keys; `end` None runs to the end of the keyspace.
///
/// A range that ends before it starts is empty.
#[derive(Debug, Clone, Copy)]
pub struct KeyRange<'k> {
    /// The first key that belongs to the range.
    pub start: &'k [u8],
    /// The first key after the range.
    pub end: Option<&'k [u8]>,
}

impl<'k> KeyRange<'k> {
    /// Covers the whole keyspace.
    pub const ALL: KeyRange<'static> = KeyRange { start: &[], end: None };

    /// None when the range is empty: some maps refuse bounds the wrong way round.
    pub(super) fn bounds(self) -> Option<Bounds<'k>> {
        match self.end {
            None => Some((Bound::Included(self.start), Bound::Unbounded)),
            Some(end) if self.start < end => {
                Some((Bound::Included(self.start), Bound::Excluded(end)))
            }
            Some(_) => None,
        }
    }
}

/// Sees one entry of a scan; `Break` ends the scan.
pub type Visit<'v> = dyn FnMut(&[u8], &[u8]) -> Result<ControlFlow<()>> + 'v;

/// Reads. `&mut self`, so that a visitor cannot read the transaction that it scans.
pub trait Read {
    /// The value at a key.
    fn get(&mut self, space: Keyspace, key: &[u8]) -> Result<Option<Vec<u8>>>;
    /// Shows the entries of a range in order until the visitor breaks.
    fn scan(
        &mut self,
        space: Keyspace,
        range: KeyRange<'_>,
        order: Order,
        visit: &mut Visit<'_>,
    ) -> Result<()>;
}

/// Reads and writes.
pub trait Write: Read {
    /// Sets the value at a key.
    fn put(&mut self, space: Keyspace, key: &[u8], value: &[u8]) -> Result<()>;
    /// Removes a key; an absent key is fine.
    fn delete(&mut self, space: Keyspace, key: &[u8]) -> Result<()>;
    /// Sets or removes by what the caller needs no more; who keeps rows in memory copies none.
    fn take(&mut self, space: Keyspace, key: Vec<u8>, value: Option<Vec<u8>>) -> Result<()> {
        match value {
            Some(value) => self.put(space, &key, &value),
            None => self.delete(space, &key),
        }
    }
}

/// One medium.
pub trait Engine: Send + Sync {
    /// Runs `work` on a snapshot.
    fn read(&self, work: &mut dyn FnMut(&mut dyn Read) -> Result<()>) -> Result<()>;
    /// Runs `work` at most once; commits durably when it is Ok, and leaves no trace otherwise.
    ///
    /// Any error other than `OutcomeUnknown` promises that nothing was committed.
    fn transact(&self, work: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<()>;
    /// Keeps the secrets durably, wrapped under the first key of the ring.
    fn keep(&self, ring: &KeyRing, secrets: &Secrets) -> Result<()>;
    /// Copies every row to an empty file, sealed under these secrets; None where `goes_on` said to
    /// stop. Whatever fails, this medium goes on.
    fn renew(
        &self,
        _file: Box<dyn StorageBackend>,
        _ring: &KeyRing,
        _secrets: Secrets,
        _goes_on: &mut Copied<'_>,
    ) -> Result<Option<Renewed>> {
        Err(StoreError::NotAStore)
    }
    /// Makes what the medium holds unreadable for good, and writes no more.
    fn destroy_keys(&self) {}
    /// Tells whether a failure, be it one met by a read, forbids every later write.
    fn writes_stopped(&self) -> bool {
        false
    }
}
