//! The mark of each page, without which the page does not open: its nonce and its tag.
//!
//! Marks stand in groups, one block for the pages that follow it, and a block holds marks of many
//! commits. So that no crash costs a mark that a durable commit relies on:
//!
//! * a sync appends the marks set since the last one to the journal, and leaves the groups alone;
//! * a full journal is written into the groups, each into the copy that is not its last durable
//!   one, and only when a sync has made them durable is the journal begun anew;
//! * a block counts only if it opens whole. A torn copy leaves the other one and the journal, and
//!   a torn journal block held only marks of pages that no durable commit refers to, since redb
//!   writes a page only then;
//! * a mark of the journal counts only if it is not older than the group: what is left of a
//!   journal that was written into the groups changes nothing.
//!
//! The ages that decide this count the syncs of which the journal tells, and no group is more than
//! one ahead of it. A sync that fails may leave its age behind in a group, and a later one take the
//! same age: the failed one had set marks of unused pages alone, and what the later one sets wins.

use super::error::{Result, StoreError};
use super::journal::{Journal, Late};
use super::layout::{GROUP_PAGES, PAGE_BYTES, group_of, groups, marks_at, place};
use super::lock::lock;
use crate::seal::{PageSeal, SEAL_BYTES};
use redb::StorageBackend;
use std::collections::HashMap;
use std::sync::Mutex;

/// Beyond so many groups in memory, those that the file holds as they are are dropped.
const GROUPS_MAX: usize = 4096;

/// What opens one page.
pub(super) type Mark = [u8; SEAL_BYTES];
/// A block of marks, of a group or of the journal: its own mark, and behind it what is sealed.
pub(super) type Block = [u8; PAGE_BYTES];

const VERSION_AT: usize = SEAL_BYTES;
const AGE_AT: usize = VERSION_AT + 8;
const MARKS_AT: usize = AGE_AT + 8;
const _: () = assert!(MARKS_AT + GROUP_PAGES as usize * SEAL_BYTES <= PAGE_BYTES);

/// The marks of one file.
pub(super) struct Marks(Mutex<State>);

struct State {
    groups: HashMap<u64, Group>,
    journal: Journal,
    /// What was set since the last sync.
    fresh: Vec<(u64, Mark)>,
}

struct Group {
    marks: Vec<Mark>,
    /// Counts the writes of the group: the higher of two good copies is the later one.
    version: u64,
    /// The copy that the next write leaves alone, which is durable.
    copy: u64,
    /// Something in it stands in the journal alone, or nowhere yet.
    changed: bool,
}

/// What the marks stand on.
#[derive(Clone, Copy)]
pub(super) struct Ground<'g> {
    pub(super) file: &'g dyn StorageBackend,
    pub(super) seal: &'g PageSeal,
}

impl Marks {
    /// The marks of a new file.
    pub(super) fn blank() -> Self {
        Self::over(Journal::blank())
    }

    /// The marks of a file that is `len` bytes long to redb.
    pub(super) fn load(ground: Ground<'_>, len: u64) -> Result<Self> {
        let mut journal = Journal::load(ground)?;
        journal.cut(groups(len));
        Ok(Self::over(journal))
    }

    fn over(journal: Journal) -> Self {
        Self(Mutex::new(State { groups: HashMap::new(), journal, fresh: Vec::new() }))
    }

    /// Copies out the marks of neighbours, which are all in one group.
    pub(super) fn get(&self, ground: Ground<'_>, first: u64, out: &mut [Mark]) -> Result<()> {
        let mut state = lock(&self.0);
        let group = state.group(ground, group_of(first))?;
        let start = (first % GROUP_PAGES) as usize;
        for (mark, found) in out.iter_mut().zip(group.marks.iter().skip(start)) {
            *mark = *found;
        }
        Ok(())
    }

    /// Sets the marks of neighbours, which are all in one group.
    pub(super) fn set(&self, ground: Ground<'_>, first: u64, marks: &[Mark]) -> Result<()> {
        let mut state = lock(&self.0);
        let group = state.group(ground, group_of(first))?;
        let start = (first % GROUP_PAGES) as usize;
        for (mark, place) in marks.iter().zip(group.marks.iter_mut().skip(start)) {
            *place = *mark;
        }
        group.changed = true;
        state.fresh.extend((first..).zip(marks.iter().copied()));
        Ok(())
    }

    /// Writes what was set since the last time, for the sync that follows to make durable; true
    /// when it had to sync by itself.
    pub(super) fn record(&self, ground: Ground<'_>) -> Result<bool> {
        let mut state = lock(&self.0);
        if state.fresh.is_empty() {
            return Ok(false);
        }
        let fresh = std::mem::take(&mut state.fresh);
        let age = state.journal.next_age();
        if state.journal.append(ground, age, &fresh)? {
            return Ok(false);
        }
        state.write_groups(ground, age)?;
        ground.file.sync_data()?;
        state.journal.restart();
        // Not if they are too many for it; the groups have them all.
        state.journal.append(ground, age, &fresh)?;
        Ok(true)
    }

    /// Forgets the groups from which on redb sees none.
    pub(super) fn cut(&self, len: u64) {
        let mut state = lock(&self.0);
        let end = groups(len);
        state.groups.retain(|group, _| *group < end);
        state.journal.cut(end);
        state.fresh.retain(|(page, _)| group_of(*page) < end);
    }
}

impl State {
    fn group(&mut self, ground: Ground<'_>, number: u64) -> Result<&mut Group> {
        if !self.groups.contains_key(&number) {
            if self.groups.len() >= GROUPS_MAX {
                self.groups.retain(|_, group| group.changed);
            }
            let (mut group, age) = Group::load(ground, number)?;
            for late in self.journal.take_late(number) {
                group.catch_up(&late, age);
            }
            self.groups.insert(number, group);
        }
        Ok(self.groups.entry(number).or_insert_with(Group::blank))
    }

    fn write_groups(&mut self, ground: Ground<'_>, age: u64) -> Result<()> {
        for number in self.journal.groups_late() {
            self.group(ground, number)?;
        }
        let mut changed: Vec<_> =
            self.groups.iter_mut().filter(|(_, group)| group.changed).collect();
        changed.sort_unstable_by_key(|(number, _)| **number);
        for (number, group) in changed {
            group.write(ground, *number, age)?;
        }
        Ok(())
    }
}

impl Group {
    /// What no page opens with.
    fn blank() -> Self {
        let marks = vec![[0; SEAL_BYTES]; GROUP_PAGES as usize];
        Self { marks, version: 0, copy: 1, changed: false }
    }

    /// Reads the later copy that opens, and its age.
    fn load(ground: Ground<'_>, number: u64) -> Result<(Self, u64)> {
        let mut copies = [0; 2 * PAGE_BYTES];
        ground.file.read(marks_at(number, 0), &mut copies)?;
        let (mut last, mut age) = (Self::blank(), 0);
        let (blocks, _) = copies.as_chunks_mut::<PAGE_BYTES>();
        for (block, copy) in blocks.iter_mut().zip(0..) {
            if !open_block(ground, place::marks(number), block) {
                continue;
            }
            let version = u64_at(block, VERSION_AT);
            if version > last.version {
                age = u64_at(block, AGE_AT);
                let (marks, _) = block[MARKS_AT..].as_chunks();
                let marks = marks.iter().copied().take(GROUP_PAGES as usize).collect();
                last = Self { marks, version, copy, changed: false };
            }
        }
        Ok((last, age))
    }

    fn catch_up(&mut self, late: &Late, age: u64) {
        let at = (late.page % GROUP_PAGES) as usize;
        if late.age >= age
            && let Some(mark) = self.marks.get_mut(at)
        {
            *mark = late.mark;
            self.changed = true;
        }
    }

    fn write(&mut self, ground: Ground<'_>, number: u64, age: u64) -> Result<()> {
        let mut block = [0; PAGE_BYTES];
        block[VERSION_AT..AGE_AT].copy_from_slice(&(self.version + 1).to_be_bytes());
        block[AGE_AT..MARKS_AT].copy_from_slice(&age.to_be_bytes());
        for (place, mark) in block[MARKS_AT..].chunks_exact_mut(SEAL_BYTES).zip(&self.marks) {
            place.copy_from_slice(mark);
        }
        seal_block(ground, place::marks(number), &mut block)?;
        ground.file.write(marks_at(number, 1 - self.copy), &block)?;
        self.version += 1;
        self.copy = 1 - self.copy;
        self.changed = false;
        Ok(())
    }
}

/// Seals a block behind the room for its mark.
pub(super) fn seal_block(ground: Ground<'_>, place: u64, block: &mut Block) -> Result<()> {
    let (mark, bytes) = block.split_at_mut(SEAL_BYTES);
    mark.copy_from_slice(&ground.seal.seal(place, bytes).ok_or(StoreError::TooLarge)?);
    Ok(())
}

/// Opens a block; false when it is not as it was sealed, or never was.
pub(super) fn open_block(ground: Ground<'_>, place: u64, block: &mut Block) -> bool {
    let Some((mark, bytes)) = block.split_first_chunk_mut::<SEAL_BYTES>() else {
        return false;
    };
    // Saves the work on what was never written.
    *mark != [0; SEAL_BYTES] && ground.seal.open(place, bytes, mark)
}

/// Reads a number out of a block.
pub(super) fn u64_at(block: &Block, at: usize) -> u64 {
    let mut number = [0; 8];
    number.copy_from_slice(&block[at..at + 8]);
    u64::from_be_bytes(number)
}
