//! What damage to a sealed file can do: nothing but be told.

use super::disk::Disk;
use super::{Rows, open_on, options, put, ring, rows};
use admit::seal::KeyRing;
use admit::store::{OpenOptions, Store, StoreError};

const MARKER: &[u8] = b"Springfield-General";
const PAGE: usize = 4096;
const BLOCKS: usize = 2 * PAGE;
const JOURNAL_AT: usize = 4 * PAGE;
const GROUPS_AT: usize = JOURNAL_AT + 128 * PAGE;
const GROUP: usize = 146 * PAGE;

/// A closed store with some deep tables, and its rows.
fn populated() -> (Vec<u8>, Rows) {
    let disk = Disk::default();
    let store = open_on(&disk).unwrap();
    // So many that the journal of marks has been begun anew.
    for commit in 0..124_u8 {
        put(&store, b"", &[commit]).unwrap();
    }
    for batch in 0..12_u8 {
        store
            .write(move |unit| {
                for row in 0..60_u8 {
                    let value = [MARKER, &[batch, row], &[row; 200]].concat();
                    unit.put(super::ROWS, &[row, batch], &value)?;
                    unit.put(super::OTHERS, &[batch, row], &[row])?;
                }
                Ok(())
            })
            .unwrap();
    }
    let rows = rows(&store).unwrap();
    store.close().unwrap();
    (disk.bytes(), rows)
}

/// Opens damaged bytes: right rows, or a fault that tells, and no byte changed by a refusal.
fn judge(bytes: Vec<u8>, expected: &Rows, what: &str) -> Option<StoreError> {
    let disk = Disk::holding(bytes.clone());
    let fault = match open_on(&disk) {
        Err(fault) => {
            assert!(disk.bytes() == bytes, "{what}: refused, yet changed");
            fault
        }
        Ok(store) => match rows(&store) {
            Ok(found) => {
                assert!(found == *expected, "{what}: wrong rows");
                match put(&store, b"later", b"row") {
                    Ok(()) => return None,
                    Err(fault) => fault,
                }
            }
            Err(fault) => {
                let later = put(&store, b"later", b"row");
                assert_eq!(later, Err(StoreError::WritesStopped), "{what}");
                fault
            }
        },
    };
    let told =
        [StoreError::Damaged, StoreError::WrongKey, StoreError::Truncated, StoreError::NotAStore];
    assert!(told.contains(&fault), "{what}: {fault:?}");
    Some(fault)
}

/// Where pages stand that were ever written.
fn used_pages(bytes: &[u8]) -> Vec<usize> {
    let pages = (GROUPS_AT..bytes.len()).step_by(PAGE);
    let pages = pages.filter(|at| (at - GROUPS_AT) % GROUP >= 2 * PAGE);
    written(bytes, pages)
}

/// Where blocks of marks stand that were ever written: of the journal, and of the groups.
fn used_marks(bytes: &[u8]) -> (Vec<usize>, Vec<usize>) {
    let journal = written(bytes, (JOURNAL_AT..GROUPS_AT).step_by(PAGE));
    let groups = (GROUPS_AT..bytes.len()).step_by(PAGE);
    (journal, written(bytes, groups.filter(|at| (at - GROUPS_AT) % GROUP < 2 * PAGE)))
}

fn written(bytes: &[u8], places: impl Iterator<Item = usize>) -> Vec<usize> {
    places.filter(|at| bytes[*at..at + PAGE].iter().any(|byte| *byte != 0)).collect()
}

#[test]
fn a_flipped_byte_is_told_or_harmless() {
    let (bytes, expected) = populated();
    let mut places: Vec<usize> = (0..40).step_by(3).chain((40..4096).step_by(397)).collect();
    places.extend((4064..4096).step_by(13));
    places.extend(places.clone().iter().map(|at| at + 4096));
    for header in [BLOCKS, BLOCKS + 4096] {
        places.extend((header..header + 364).step_by(41));
    }
    for page in used_pages(&bytes) {
        places.extend([page, page + 12 + page % 4080, page + PAGE - 1]);
    }
    let (journal, groups) = used_marks(&bytes);
    assert!(journal.len() > 12 && !groups.is_empty());
    let later = journal.iter().skip(16).step_by(16);
    for block in journal.iter().take(16).chain(later).chain(&groups) {
        places.extend((*block..block + PAGE).step_by(1365));
    }
    let mut harmless = 0;
    let mut told = [0; 2];
    for place in &places {
        let mut flipped = bytes.clone();
        flipped[*place] ^= 0x10;
        let fault = judge(flipped, &expected, &format!("byte {place}"));
        if *place < JOURNAL_AT {
            assert_eq!(fault, None, "one copy of two, byte {place}");
        }
        harmless += usize::from(fault.is_none());
        told[usize::from(*place >= GROUPS_AT)] += usize::from(fault.is_some());
    }
    assert!(harmless < places.len(), "some flips hit live pages");
    assert!(told.iter().all(|told| *told > 0), "marks and pages: {told:?}");
}

#[test]
fn both_copies_gone_is_damage() {
    let (bytes, expected) = populated();
    for places in [[100, 4196], [BLOCKS + 20, BLOCKS + 4096 + 20]] {
        let mut flipped = bytes.clone();
        for place in places {
            flipped[place] ^= 1;
        }
        let fault = judge(flipped, &expected, "both copies");
        assert_eq!(fault, Some(StoreError::Damaged));
    }
}

#[test]
fn a_bad_copy_is_mended_by_the_next_open() {
    let (bytes, expected) = populated();
    for place in [100, 4196, BLOCKS + 20, BLOCKS + 4096 + 20] {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1;
        let disk = Disk::holding(flipped);
        open_on(&disk).unwrap().close().unwrap();
        let mut other = disk.bytes();
        let twin = match place {
            0..BLOCKS => (place + 4096) % BLOCKS,
            _ => BLOCKS + (place - BLOCKS + 4096) % BLOCKS,
        };
        other[twin] ^= 1;
        assert_eq!(judge(other, &expected, "the other copy"), None);
    }
}

#[test]
fn a_cut_file_is_told() {
    let (bytes, expected) = populated();
    let cuts = (1..40)
        .chain((40..JOURNAL_AT + 3 * PAGE).step_by(509))
        .chain((JOURNAL_AT..GROUPS_AT + 5 * PAGE).step_by(PAGE * 3 + 1))
        .chain((GROUPS_AT..bytes.len()).step_by(PAGE * 7 + 1))
        .chain([bytes.len() - 1, bytes.len() - PAGE]);
    for cut in cuts {
        let fault = judge(bytes[..cut].to_vec(), &expected, &format!("cut at {cut}"));
        assert_eq!(fault, Some(StoreError::Truncated), "cut at {cut}");
    }
}

#[test]
fn what_is_added_at_the_end_is_harmless() {
    let (bytes, expected) = populated();
    for added in [1, PAGE, 3 * PAGE + 17, GROUP + 5 * PAGE] {
        let longer = [&bytes[..], &vec![0xa5; added]].concat();
        assert_eq!(judge(longer, &expected, "longer"), None);
    }
}

#[test]
fn swapped_pages_are_never_taken_for_each_other() {
    let (bytes, expected) = populated();
    let pages = used_pages(&bytes);
    let mut told = 0;
    for pair in pages.windows(2) {
        let mut swapped = bytes.clone();
        let (low, high) = swapped.split_at_mut(pair[1]);
        low[pair[0]..pair[0] + PAGE].swap_with_slice(&mut high[..PAGE]);
        told += usize::from(judge(swapped, &expected, "swapped").is_some());
    }
    assert!(told > 0);
}

#[test]
fn a_page_put_back_to_an_earlier_state_is_told_or_unused() {
    let (earlier, _) = populated();
    let disk = Disk::holding(earlier.clone());
    let store = open_on(&disk).unwrap();
    for row in 0..60_u8 {
        put(&store, &[row, 3], &[MARKER, &[row; 300]].concat()).unwrap();
    }
    let expected = rows(&store).unwrap();
    store.close().unwrap();
    let later = disk.bytes();
    let (journal, groups) = used_marks(&earlier);
    let mut told = 0;
    for place in used_pages(&earlier).into_iter().chain(journal).chain(groups) {
        let block = place..place + PAGE;
        if later.get(block.clone()).is_some_and(|later| *later != earlier[block.clone()]) {
            let mut mixed = later.clone();
            mixed[block.clone()].copy_from_slice(&earlier[block]);
            told += usize::from(judge(mixed, &expected, "put back").is_some());
        }
    }
    assert!(told > 0);
}

#[test]
fn a_page_of_another_file_is_refused() {
    let (bytes, expected) = populated();
    let (foreign, _) = populated();
    let mut told = 0;
    for page in used_pages(&bytes) {
        let mut mixed = bytes.clone();
        mixed[page..page + PAGE].copy_from_slice(&foreign[page..page + PAGE]);
        told += usize::from(judge(mixed, &expected, "foreign page").is_some());
    }
    assert!(told > 0);
}

#[test]
fn no_value_stands_in_the_file_in_the_clear() {
    let (bytes, rows) = populated();
    assert!(rows.iter().skip(1).all(|(_, value)| value.starts_with(MARKER)));
    let found = bytes.windows(MARKER.len()).any(|window| window == MARKER);
    assert!(!found);
}

#[test]
fn each_refusal_has_its_own_fault_and_changes_no_byte() {
    let (bytes, _) = populated();
    let refuse = |bytes: &[u8], ring: &KeyRing, options: &OpenOptions| {
        let disk = Disk::holding(bytes.to_vec());
        let refused = Store::open_on(disk.handle(), ring, options).err();
        assert!(disk.bytes() == bytes);
        refused
    };
    let existing = OpenOptions { create: false, ..options() };
    let wrong = KeyRing::new([8; 32], &[[9; 32]]);
    let test = OpenOptions { test_mode: true, ..existing };
    assert_eq!(refuse(&bytes, &wrong, &existing), Some(StoreError::WrongKey));
    assert_eq!(refuse(&bytes, &ring(), &test), Some(StoreError::TestMode));
    for foreign in [&b""[..], b"x", b"SQLite format 3\0", &[0; 70_000]] {
        let refused = refuse(foreign, &ring(), &existing);
        assert_eq!(refused, Some(StoreError::NotAStore));
    }
}

#[test]
fn a_later_format_is_told_as_such() {
    use sha2::{Digest, Sha256};
    let (mut bytes, expected) = populated();
    for copy in [0, 4096] {
        bytes[copy + 9] += 1;
        let checksum = Sha256::digest(&bytes[copy..copy + 4064]);
        bytes[copy + 4064..copy + 4096].copy_from_slice(&checksum);
    }
    let disk = Disk::holding(bytes.clone());
    assert_eq!(open_on(&disk).err(), Some(StoreError::NewerFormat));
    assert!(disk.bytes() == bytes);
    assert!(!expected.is_empty());
}

#[test]
fn a_test_store_stays_one() {
    let disk = Disk::default();
    let test = OpenOptions { test_mode: true, ..options() };
    let store = Store::open_on(disk.handle(), &ring(), &test).unwrap();
    assert!(store.is_test());
    store.close().unwrap();
    assert_eq!(open_on(&disk).err(), Some(StoreError::TestMode));
    // Clearing the flag and mending the checksum does not help: the flag is under the seal.
    use sha2::{Digest, Sha256};
    let mut bytes = disk.bytes();
    for copy in [0, 4096] {
        bytes[copy + 11] = 0;
        let checksum = Sha256::digest(&bytes[copy..copy + 4064]);
        bytes[copy + 4064..copy + 4096].copy_from_slice(&checksum);
    }
    let forged = Disk::holding(bytes);
    assert_eq!(open_on(&forged).err(), Some(StoreError::WrongKey));
}
