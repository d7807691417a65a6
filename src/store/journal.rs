//! The marks that no group holds yet, in blocks written one after the other.

use super::error::Result;
use super::layout::{JOURNAL_BLOCKS, PAGE_BYTES, group_of, journal_at, place};
use super::marks::{Block, Ground, Mark, open_block, seal_block, u64_at};
use crate::seal::SEAL_BYTES;
use std::collections::HashMap;

const AGE_AT: usize = SEAL_BYTES;
const COUNT_AT: usize = AGE_AT + 8;
const ENTRIES_AT: usize = COUNT_AT + 8;
const ENTRY_BYTES: usize = 8 + SEAL_BYTES;
const BLOCK_MARKS: usize = (PAGE_BYTES - ENTRIES_AT) / ENTRY_BYTES;

/// Appends marks to the journal of one file.
pub(super) struct Journal {
    /// The age of the last sync that left a trace.
    age: u64,
    /// The block to write next.
    next: usize,
    /// By group, what was found when the file was opened and no group in memory has taken over.
    late: HashMap<u64, Vec<Late>>,
}

/// A mark found in the journal.
#[derive(Clone, Copy)]
pub(super) struct Late {
    pub(super) age: u64,
    pub(super) page: u64,
    pub(super) mark: Mark,
}

impl Journal {
    pub(super) fn blank() -> Self {
        Self { age: 0, next: 0, late: HashMap::new() }
    }

    /// Reads what the last syncs left.
    pub(super) fn load(ground: Ground<'_>) -> Result<Self> {
        let mut bytes = vec![0; JOURNAL_BLOCKS * PAGE_BYTES];
        ground.file.read(journal_at(0), &mut bytes)?;
        let (blocks, _) = bytes.as_chunks_mut::<PAGE_BYTES>();
        let mut journal = Self::blank();
        let mut found = Vec::new();
        for (block, number) in blocks.iter_mut().zip(0..) {
            if !open_block(ground, place::journal(number), block) {
                continue;
            }
            let age = u64_at(block, AGE_AT);
            if age >= journal.age {
                (journal.age, journal.next) = (age, number + 1);
            }
            read_entries(block, age, &mut found);
        }
        // Of one page, the mark that was set last is the one to end with.
        found.sort_by_key(|late| late.age);
        for late in found {
            journal.late.entry(group_of(late.page)).or_default().push(late);
        }
        Ok(journal)
    }

    /// The age of the sync that is under way.
    pub(super) fn next_age(&self) -> u64 {
        self.age + 1
    }

    /// Writes marks to the blocks that are left; false, and nothing written, if they are too few.
    pub(super) fn append(
        &mut self,
        ground: Ground<'_>,
        age: u64,
        marks: &[(u64, Mark)],
    ) -> Result<bool> {
        let blocks = marks.len().div_ceil(BLOCK_MARKS);
        if self.next + blocks > JOURNAL_BLOCKS {
            return Ok(false);
        }
        let mut bytes = vec![0; blocks * PAGE_BYTES];
        let (places, _) = bytes.as_chunks_mut::<PAGE_BYTES>();
        let parts = places.iter_mut().zip(marks.chunks(BLOCK_MARKS));
        for ((block, part), number) in parts.zip(self.next..) {
            write_entries(block, age, part);
            seal_block(ground, place::journal(number), block)?;
        }
        ground.file.write(journal_at(self.next), &bytes)?;
        self.next += blocks;
        self.age = age;
        Ok(true)
    }

    /// Begins anew; only when the groups hold all of it durably.
    pub(super) fn restart(&mut self) {
        self.next = 0;
    }

    /// Hands over what was found for a group, the oldest first.
    pub(super) fn take_late(&mut self, group: u64) -> Vec<Late> {
        self.late.remove(&group).unwrap_or_default()
    }

    /// The groups for which there still is something.
    pub(super) fn groups_late(&self) -> Vec<u64> {
        self.late.keys().copied().collect()
    }

    /// Forgets the groups from one on.
    pub(super) fn cut(&mut self, end: u64) {
        self.late.retain(|group, _| *group < end);
    }
}

fn write_entries(block: &mut Block, age: u64, marks: &[(u64, Mark)]) {
    block[AGE_AT..COUNT_AT].copy_from_slice(&age.to_be_bytes());
    block[COUNT_AT..ENTRIES_AT].copy_from_slice(&(marks.len() as u64).to_be_bytes());
    for (entry, (page, mark)) in block[ENTRIES_AT..].chunks_exact_mut(ENTRY_BYTES).zip(marks) {
        entry[..8].copy_from_slice(&page.to_be_bytes());
        entry[8..].copy_from_slice(mark);
    }
}

fn read_entries(block: &Block, age: u64, found: &mut Vec<Late>) {
    let count = u64_at(block, COUNT_AT);
    let (entries, _) = block[ENTRIES_AT..].as_chunks::<ENTRY_BYTES>();
    for (entry, _) in entries.iter().zip(0..count) {
        let (mut page, mut mark) = ([0; 8], [0; SEAL_BYTES]);
        page.copy_from_slice(&entry[..8]);
        mark.copy_from_slice(&entry[8..]);
        found.push(Late { age, page: u64::from_be_bytes(page), mark });
    }
}
