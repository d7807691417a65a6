//! Pages on their way to the file, so that neighbours reach it in one write.
//!
//! redb writes a commit's pages one by one in no order of place, and some of a large commit more
//! than once. Here they wait for the sync that makes them durable, and are sealed once.

use super::layout::PAGE_BYTES;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Beyond so many pages the file is written before the next sync asks for it.
const PAGES_MAX: usize = (16 << 20) / PAGE_BYTES;

/// Pages by number.
#[derive(Default)]
pub(super) struct Pending(RwLock<Waiting>);

#[derive(Default)]
struct Waiting {
    /// Where in `bytes` a page is, counted in pages.
    places: HashMap<u64, usize>,
    bytes: Vec<u8>,
}

impl Pending {
    /// Takes a page; true when it is time to write.
    pub(super) fn put(&self, number: u64, page: &[u8]) -> bool {
        let mut waiting = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let Waiting { places, bytes } = &mut *waiting;
        let at = *places.entry(number).or_insert(bytes.len() / PAGE_BYTES) * PAGE_BYTES;
        match bytes.get_mut(at..at + page.len()) {
            Some(place) => place.copy_from_slice(page),
            None => bytes.extend_from_slice(page),
        }
        bytes.len() >= PAGES_MAX * PAGE_BYTES
    }

    /// Copies a page out; false when it is not here.
    pub(super) fn get(&self, number: u64, out: &mut [u8]) -> bool {
        let waiting = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let page = waiting.page(number);
        page.is_some_and(|page| {
            out.copy_from_slice(page);
            true
        })
    }

    pub(super) fn holds(&self, number: u64) -> bool {
        let waiting = self.0.read().unwrap_or_else(PoisonError::into_inner);
        waiting.places.contains_key(&number)
    }

    /// The numbers of all pages, in order.
    pub(super) fn numbers(&self) -> Vec<u64> {
        let waiting = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut numbers: Vec<u64> = waiting.places.keys().copied().collect();
        numbers.sort_unstable();
        numbers
    }

    /// Forgets the pages from a number on.
    pub(super) fn cut(&self, end: u64) {
        let mut waiting = self.0.write().unwrap_or_else(PoisonError::into_inner);
        waiting.places.retain(|number, _| *number < end);
    }

    /// Forgets all pages, which the file now holds.
    pub(super) fn clear(&self) {
        let mut waiting = self.0.write().unwrap_or_else(PoisonError::into_inner);
        waiting.places.clear();
        waiting.bytes.clear();
    }
}

impl Waiting {
    fn page(&self, number: u64) -> Option<&[u8]> {
        let at = *self.places.get(&number)? * PAGE_BYTES;
        self.bytes.get(at..at + PAGE_BYTES)
    }
}
