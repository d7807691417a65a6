//! Writes kept in memory over a file that must not change.
//!
//! Opening goes through here until all of it has succeeded, so a refused open changes no byte; and
//! reading goes on through here when a failure forbids redb to touch the file again.

use super::error::{Result, StoreError};
use super::lock::lock;
use super::sealed_file::{HEADER_BYTES, Header, PAGE_BYTES, SealedFile};
use redb::StorageBackend;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

/// The pages, header and length as they would be.
pub(super) struct Held {
    header: Header,
    len: u64,
    pages: BTreeMap<u64, Vec<u8>>,
}

impl Held {
    pub(super) fn new((header, len): (Header, u64)) -> Self {
        Self {
            header,
            len,
            pages: BTreeMap::new(),
        }
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn set_len(&mut self, len: u64) {
        self.len = len;
        self.pages.split_off(&(len / PAGE_BYTES as u64));
    }

    pub(super) fn read(&self, below: &SealedFile, offset: u64, out: &mut [u8]) -> Result<()> {
        if let Some(at) = within_header(offset, out.len()) {
            out.copy_from_slice(&self.header[at..at + out.len()]);
            return Ok(());
        }
        let page = PAGE_BYTES as u64;
        for (part, number) in out.chunks_exact_mut(PAGE_BYTES).zip(offset / page..) {
            match self.pages.get(&number) {
                Some(held) => part.copy_from_slice(held),
                None => below.read(number * page, part)?,
            }
        }
        Ok(())
    }

    pub(super) fn write(&mut self, offset: u64, data: &[u8]) {
        if let Some(at) = within_header(offset, data.len()) {
            self.header[at..at + data.len()].copy_from_slice(data);
            return;
        }
        let first = offset / PAGE_BYTES as u64;
        for (page, number) in data.chunks_exact(PAGE_BYTES).zip(first..) {
            self.pages.insert(number, page.to_vec());
        }
    }

    /// Writes everything to the file: pages first, then the header that refers to them.
    pub(super) fn settle(self, file: &SealedFile) -> Result<()> {
        if self.len != file.len() {
            file.set_len(self.len)?;
        }
        for (number, page) in &self.pages {
            file.write(number * PAGE_BYTES as u64, page)?;
        }
        // Before any header write: the last header may so far have reached the cache alone.
        file.sync()?;
        file.write_header(0, &self.header)?;
        file.sync()
    }
}

/// Where in the header a range starts; None when it is one of whole pages.
pub(super) fn within_header(offset: u64, len: usize) -> Option<usize> {
    let at = usize::try_from(offset).ok()?;
    (at + len <= HEADER_BYTES).then_some(at)
}

/// The last durable state, for reading alone. It holds no lock: the failed database still does.
pub(super) struct View {
    file: Arc<SealedFile>,
    held: Mutex<Held>,
}

impl View {
    pub(super) fn new(file: Arc<SealedFile>) -> Self {
        let held = Mutex::new(Held::new(file.durable()));
        Self { file, held }
    }
}

impl std::fmt::Debug for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("View")
    }
}

impl StorageBackend for View {
    fn len(&self) -> io::Result<u64> {
        Ok(lock(&self.held).len())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let held = lock(&self.held);
        held.read(&self.file, offset, out)
            .map_err(StoreError::into_io)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        lock(&self.held).set_len(len);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        lock(&self.held).write(offset, data);
        Ok(())
    }
}
