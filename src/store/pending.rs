//! Pages on their way to the file, so that neighbours reach it in one write.
//!
//! redb writes a commit's pages one by one in no order of place, and slots do not end where the
//! disk's blocks do: written in runs, each block is touched once.

use super::error::Result;
use super::lock::lock;
use super::sealed_file::PAGE_BYTES;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Beyond so many pages the file is written before the next sync asks for it.
const PAGES_MAX: usize = (32 << 20) / PAGE_BYTES;
const RUN_PAGES_MAX: usize = 64;

type Page = Box<[u8]>;

/// Pages by number. One thread at a time writes; any may read.
#[derive(Default)]
pub(super) struct Pending(Mutex<Arc<BTreeMap<u64, Page>>>);

impl Pending {
    /// Takes a page; true when it is time to drain.
    pub(super) fn put(&self, number: u64, page: &[u8]) -> bool {
        let mut pages = lock(&self.0);
        Arc::make_mut(&mut pages).insert(number, page.into());
        pages.len() >= PAGES_MAX
    }

    /// Copies a page out; false when it is not here.
    pub(super) fn get(&self, number: u64, out: &mut [u8]) -> bool {
        let pages = lock(&self.0);
        let page = pages.get(&number);
        page.is_some_and(|page| {
            out.copy_from_slice(page);
            true
        })
    }

    /// Forgets the pages from a number on.
    pub(super) fn cut(&self, number: u64) {
        Arc::make_mut(&mut lock(&self.0)).split_off(&number);
    }

    /// Hands all pages over in runs of neighbours, and keeps them all unless each was taken.
    pub(super) fn drain(&self, mut take: impl FnMut(u64, &[&[u8]]) -> Result<()>) -> Result<()> {
        // Taken without the lock, which readers of other pages need meanwhile.
        let leaving = Arc::clone(&lock(&self.0));
        let mut run: Vec<&[u8]> = Vec::new();
        let mut first = 0;
        for (number, page) in &*leaving {
            if run.len() == RUN_PAGES_MAX || first + run.len() as u64 != *number {
                hand_over(&mut take, first, &mut run)?;
                first = *number;
            }
            run.push(page);
        }
        hand_over(&mut take, first, &mut run)?;
        *lock(&self.0) = Arc::default();
        Ok(())
    }
}

fn hand_over(
    take: &mut impl FnMut(u64, &[&[u8]]) -> Result<()>,
    first: u64,
    run: &mut Vec<&[u8]>,
) -> Result<()> {
    if !run.is_empty() {
        take(first, run)?;
    }
    run.clear();
    Ok(())
}
