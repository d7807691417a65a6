//! Writes kept in memory over a file that must not change.
//!
//! Opening goes through here until all of it has succeeded, so a refused open changes no byte; and
//! reading goes on through here when a failure forbids redb to touch the file again.

use super::error::{Result, StoreError};
use super::layout::{HEADER_BYTES, PAGE_BYTES};
use super::lock::lock;
use super::sealed_file::{Header, SealedFile};
use redb::StorageBackend;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// What redb does with its file.
pub(super) trait PagedBytes {
    fn len(&self) -> u64;
    fn set_len(&mut self, len: u64) -> Result<()>;
    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()>;
    fn write(&mut self, offset: u64, data: &[u8]) -> Result<()>;
    fn sync(&mut self) -> Result<()>;
}

impl PagedBytes for &SealedFile {
    fn len(&self) -> u64 {
        SealedFile::len(self)
    }

    fn set_len(&mut self, len: u64) -> Result<()> {
        SealedFile::set_len(self, len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        match within_header(offset, out.len()) {
            Some(range) => out.copy_from_slice(&self.header()[range]),
            None => self.read_pages(offset, out)?,
        }
        Ok(())
    }

    fn write(&mut self, offset: u64, data: &[u8]) -> Result<()> {
        match within_header(offset, data.len()) {
            Some(range) => self.write_header(range, data),
            None => self.write_pages(offset, data),
        }
    }

    fn sync(&mut self) -> Result<()> {
        SealedFile::sync(self)
    }
}

/// The pages, header and length as they would be.
pub(super) struct Held {
    below: Arc<SealedFile>,
    header: Header,
    len: u64,
    pages: BTreeMap<u64, Vec<u8>>,
}

impl Held {
    pub(super) fn new(below: &Arc<SealedFile>, (header, len): (Header, u64)) -> Self {
        Self { below: Arc::clone(below), header, len, pages: BTreeMap::new() }
    }

    /// Writes everything to the file: pages first, then the header that refers to them.
    pub(super) fn settle(self) -> Result<()> {
        let file = self.below;
        let resized = self.len != file.len();
        if resized {
            file.set_len(self.len)?;
        }
        for (number, page) in &self.pages {
            file.write_pages(number * PAGE_BYTES as u64, page)?;
        }
        if resized || !self.pages.is_empty() {
            file.sync()?;
        }
        file.write_header(0..HEADER_BYTES, &self.header)?;
        file.sync()
    }
}

impl PagedBytes for Held {
    fn len(&self) -> u64 {
        self.len
    }

    fn set_len(&mut self, len: u64) -> Result<()> {
        self.len = len;
        self.pages.split_off(&(len / PAGE_BYTES as u64));
        Ok(())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        if let Some(range) = within_header(offset, out.len()) {
            out.copy_from_slice(&self.header[range]);
            return Ok(());
        }
        let page = PAGE_BYTES as u64;
        for (part, number) in out.chunks_exact_mut(PAGE_BYTES).zip(offset / page..) {
            match self.pages.get(&number) {
                Some(held) => part.copy_from_slice(held),
                None => self.below.read_pages(number * page, part)?,
            }
        }
        Ok(())
    }

    fn write(&mut self, offset: u64, data: &[u8]) -> Result<()> {
        if let Some(range) = within_header(offset, data.len()) {
            self.header[range].copy_from_slice(data);
            return Ok(());
        }
        let first = offset / PAGE_BYTES as u64;
        for (page, number) in data.chunks_exact(PAGE_BYTES).zip(first..) {
            self.pages.insert(number, page.to_vec());
        }
        Ok(())
    }

    fn sync(&mut self) -> Result<()> {
        Ok(())
    }
}

/// The part of the header that a range is; None when it is one of whole pages.
fn within_header(offset: u64, len: usize) -> Option<Range<usize>> {
    let start = usize::try_from(offset).ok()?;
    let end = start.checked_add(len)?;
    (end <= HEADER_BYTES).then_some(start..end)
}

/// The last durable state, for reading alone. It holds no lock: the failed database still does.
pub(super) struct View(Mutex<Held>);

impl View {
    pub(super) fn new(file: &Arc<SealedFile>) -> Self {
        Self(Mutex::new(Held::new(file, file.durable())))
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("View")
    }
}

impl StorageBackend for View {
    fn len(&self) -> io::Result<u64> {
        Ok(lock(&self.0).len())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let read = lock(&self.0).read(offset, out);
        read.map_err(StoreError::into_io)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        lock(&self.0).set_len(len).map_err(StoreError::into_io)
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let written = lock(&self.0).write(offset, data);
        written.map_err(StoreError::into_io)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::layout::{GROUPS_AT, header_at, journal_at};
    use super::*;
    use crate::seal::PageSeal;
    use redb::backends::InMemoryBackend;

    /// Tells in which order its file is changed.
    #[derive(Debug, Default)]
    struct Watched {
        file: InMemoryBackend,
        order: Mutex<Vec<&'static str>>,
    }

    impl StorageBackend for Watched {
        fn len(&self) -> io::Result<u64> {
            self.file.len()
        }

        fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
            self.file.read(offset, out)
        }

        fn set_len(&self, len: u64) -> io::Result<()> {
            lock(&self.order).push("length");
            self.file.set_len(len)
        }

        fn sync_data(&self) -> io::Result<()> {
            lock(&self.order).push("sync");
            Ok(())
        }

        fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
            let places =
                [(GROUPS_AT, "page"), (journal_at(0), "journal"), (header_at(0), "header")];
            let place = places.into_iter().find(|(start, _)| offset >= *start);
            lock(&self.order).push(place.map_or("key block", |(_, name)| name));
            self.file.write(offset, data)
        }
    }

    fn settle(change: impl FnOnce(&mut Held)) -> Vec<&'static str> {
        let file = Arc::new(Watched::default());
        file.file.set_len(GROUPS_AT).unwrap();
        let seal = PageSeal::new(&[1; 32], [2; 16]).unwrap();
        let sealed = Arc::new(SealedFile::blank(Arc::clone(&file) as _, seal));
        let mut held = Held::new(&sealed, (sealed.header(), sealed.len()));
        change(&mut held);
        held.settle().unwrap();
        std::mem::take(&mut *lock(&file.order))
    }

    #[test]
    fn pages_are_durable_before_the_header_refers_to_them() {
        assert_eq!(settle(|_| ()), ["header", "sync", "header"]);
        let order = settle(|held| {
            held.set_len(3 * PAGE_BYTES as u64).unwrap();
            held.write(PAGE_BYTES as u64, &[7; PAGE_BYTES]).unwrap();
        });
        let expected = ["length", "page", "journal", "sync", "header", "sync", "header"];
        assert_eq!(order, expected);
    }
}
