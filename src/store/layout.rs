//! Where everything stands in a file.
//!
//! | from                 | what                                                               |
//! |----------------------|--------------------------------------------------------------------|
//! | 0                    | two copies of the key block                                        |
//! | 2 blocks             | two copies of redb's header, one block each                        |
//! | 4 blocks             | the journal of marks, `JOURNAL_BLOCKS` blocks                      |
//! | 4 + `JOURNAL_BLOCKS` | groups, each two copies of its marks, then `GROUP_PAGES` pages      |
//!
//! A block has 4096 bytes and so has a page, and each starts at a multiple of that. Page 0 is
//! where redb keeps its header; its place in the first group stays empty.

use super::key_block::BLOCK_BYTES;

/// The length of a page, and of every other unit of the file.
pub(super) const PAGE_BYTES: usize = 4096;
/// What redb keeps in its first page; the rest of that page is never used.
pub(super) const HEADER_BYTES: usize = 320;
/// The pages whose marks stand together in one block.
pub(super) const GROUP_PAGES: u64 = 144;
/// The blocks of the journal: enough for some hundred small commits.
pub(super) const JOURNAL_BLOCKS: usize = 128;

const PAGE: u64 = PAGE_BYTES as u64;
const HEADERS_AT: u64 = 2 * BLOCK_BYTES as u64;
const JOURNAL_AT: u64 = HEADERS_AT + 2 * PAGE;
/// Where the first group starts: the length of a file without pages.
pub(super) const GROUPS_AT: u64 = JOURNAL_AT + JOURNAL_BLOCKS as u64 * PAGE;
const GROUP_BYTES: u64 = (2 + GROUP_PAGES) * PAGE;

/// Where a copy of the header starts.
pub(super) fn header_at(copy: u64) -> u64 {
    HEADERS_AT + copy * PAGE
}

/// Where a block of the journal starts.
pub(super) fn journal_at(block: usize) -> u64 {
    JOURNAL_AT + block as u64 * PAGE
}

/// The group that a page is in.
pub(super) fn group_of(page: u64) -> u64 {
    page / GROUP_PAGES
}

/// Where a copy of the marks of a group starts.
pub(super) fn marks_at(group: u64, copy: u64) -> u64 {
    GROUPS_AT + group * GROUP_BYTES + copy * PAGE
}

/// Where a page starts.
pub(super) fn page_at(page: u64) -> u64 {
    marks_at(group_of(page), 2) + page % GROUP_PAGES * PAGE
}

/// How many groups there are in a file of which redb sees so many bytes.
pub(super) fn groups(len: u64) -> u64 {
    (len / PAGE).div_ceil(GROUP_PAGES)
}

/// The length of such a file.
pub(super) fn physical_len(len: u64) -> u64 {
    match (len / PAGE).checked_sub(1) {
        Some(last) => page_at(last) + PAGE,
        None => GROUPS_AT,
    }
}

/// What is sealed, as the seal knows it: no two are ever taken for each other.
pub(super) mod place {
    /// A copy of the header.
    pub(in super::super) const HEADER: u64 = 1 << 60;
    const JOURNAL: u64 = 2 << 60;
    const MARKS: u64 = 3 << 60;

    /// A block of the journal.
    pub(in super::super) fn journal(block: usize) -> u64 {
        JOURNAL + block as u64
    }

    /// The marks of a group.
    pub(in super::super) fn marks(group: u64) -> u64 {
        MARKS + group
    }
}
