//! Every operation of the disk fails once: no acknowledged write is lost, and reads go on.

use super::disk::{Disk, Failure};
use super::{OTHERS, ROWS, get, open_on, options, put, ring, rows};
use admit::seal::KeyRing;
use admit::store::{Keyspace, OpenOptions, Store, StoreError, Write};
use std::collections::BTreeSet;
use std::io::ErrorKind;

const COMMITS: u8 = 10;
const BALLAST_ROWS: u8 = 130;
const BALLAST: Keyspace = Keyspace("ballast");

/// What the callers of one run know.
#[derive(Default)]
struct Known {
    created: bool,
    acknowledged: BTreeSet<u8>,
    unknown: BTreeSet<u8>,
    faults: Vec<StoreError>,
}

impl Known {
    /// Adds what a later run came to know.
    fn join(&mut self, later: &Known) {
        self.acknowledged.extend(&later.acknowledged);
        self.unknown.extend(&later.unknown);
    }
}

/// Creates a store and commits, with one row per commit and all rows read after a fault.
fn run(disk: &Disk) -> Known {
    run_with(disk, &options(), 0)
}

/// Commits this many rows more each time.
fn run_with(disk: &Disk, options: &OpenOptions, ballast: u8) -> Known {
    let mut known = Known::default();
    let store = match Store::open_on(disk.handle(), &ring(), options) {
        Ok(store) => store,
        Err(fault) => {
            known.faults.push(fault);
            return known;
        }
    };
    known.created = true;
    for commit in 0..COMMITS {
        let rows = move |unit: &mut dyn Write| {
            unit.put(ROWS, &[commit], &[commit; 3000])?;
            (0..ballast).try_for_each(|row| unit.put(BALLAST, &[commit, row], &[row; 3000]))
        };
        match store.write(rows) {
            Ok(()) => drop(known.acknowledged.insert(commit)),
            Err(fault) => {
                if fault == StoreError::OutcomeUnknown {
                    known.unknown.insert(commit);
                }
                known.faults.push(fault);
                reads_go_on(&store, &known);
            }
        }
    }
    store.close().unwrap();
    known
}

fn reads_go_on(store: &Store, known: &Known) {
    assert!(store.writes_stopped());
    match rows(store) {
        Ok(rows) => {
            let found: BTreeSet<u8> = rows.iter().map(|(key, _)| key[0]).collect();
            assert!(found.is_superset(&known.acknowledged));
            assert!(known.acknowledged.is_superset(&(&found - &known.unknown)));
        }
        // Only a disk that goes on failing stops the reads too.
        Err(fault) => assert!(matches!(fault, StoreError::Io { .. } | StoreError::Full)),
    }
}

fn survives(bytes: Vec<u8>, known: &Known, what: &str) {
    let disk = Disk::holding(bytes);
    let store = match open_on(&disk) {
        Ok(store) => store,
        Err(fault) => {
            assert!(!known.created, "{what}: created, and now {fault:?}");
            return;
        }
    };
    for commit in 0..COMMITS {
        let found = get(&store, &[commit]).unwrap();
        if let Some(value) = &found {
            assert_eq!(*value, [commit; 3000], "{what}");
            let expected = known.acknowledged.contains(&commit) || known.unknown.contains(&commit);
            assert!(expected, "{what}: {commit} was told to be undone");
        } else {
            assert!(!known.acknowledged.contains(&commit), "{what}: lost {commit}");
        }
    }
    put(&store, b"later", b"row").unwrap();
}

fn sound_operations() -> u64 {
    let disk = Disk::default();
    assert!(run(&disk).faults.is_empty());
    disk.operations()
}

#[test]
fn whichever_operation_fails_no_acknowledged_write_is_lost() {
    for (kind, for_good) in [(ErrorKind::Other, false), (ErrorKind::StorageFull, true)] {
        let mut told_as_full = 0;
        for at in 1..=sound_operations() {
            let disk = Disk::default();
            disk.fail(Failure { at, kind, for_good });
            let known = run(&disk);
            let what = format!("{kind:?} at {at}, for good: {for_good}");
            assert!(disk.has_failed(), "{what}");
            survives(disk.bytes(), &known, &what);
            survives(disk.after_power_cut(|| false), &known, &what);
            told_as_full += usize::from(known.faults.contains(&StoreError::Full));
        }
        assert_eq!(told_as_full > 0, kind == ErrorKind::StorageFull);
    }
}

#[test]
fn torn_writes_lose_nothing_acknowledged() {
    let mut random = Random(1);
    for at in 1..=sound_operations() {
        let disk = Disk::default();
        disk.fail(Failure { at, kind: ErrorKind::Other, for_good: true });
        let known = run(&disk);
        for cut in 0..2 {
            let left = disk.after_power_cut(|| random.next().is_multiple_of(3));
            survives(left, &known, &format!("power cut {cut} at {at}"));
        }
    }
}

#[test]
fn a_power_cut_while_the_store_opens_after_a_crash_loses_nothing_acknowledged() {
    let disk = Disk::default();
    open_on(&disk).unwrap().close().unwrap();
    let image = disk.bytes();
    let mut random = Random(5);
    // From the first commit to the third.
    for at in 20..60 {
        for later in 1.. {
            let disk = Disk::holding(image.clone());
            let fail = |at| disk.fail(Failure { at, kind: ErrorKind::Other, for_good: true });
            fail(at);
            let known = Known { created: true, ..run(&disk) };
            // The next process finds what no sync made durable, and is cut short in its turn.
            fail(disk.operations() + later);
            let opened = open_on(&disk).is_ok();
            for _ in 0..4 {
                let left = disk.after_power_cut(|| random.next().is_multiple_of(2));
                survives(left, &known, &format!("at {at}, then after {later}"));
            }
            if opened {
                break;
            }
        }
    }
}

/// A store that has begun its journal of marks anew twice, and is about so many blocks from the
/// next time; and the count of its rows. Each is written once, so each block of the journal told of
/// one that still lives by that.
fn worn(left: u16) -> (Vec<u8>, u16) {
    let disk = Disk::default();
    let store = open_on(&disk).unwrap();
    let mut begun = vec![0];
    let mut rows = 0_u16;
    while begun.len() < 3 || rows + left < 2 * begun[2] - begun[1] {
        let before = disk.bytes();
        let key = rows.to_be_bytes();
        store.write(move |unit| unit.put(OTHERS, &key, &[key[1]; 3000])).unwrap();
        rows += 1;
        if first_group(&disk.bytes()) != first_group(&before) {
            begun.push(rows);
        }
    }
    assert!(begun[2] - begun[1] > 50, "the journal is begun anew, and then serves for long");
    store.close().unwrap();
    (disk.bytes(), rows)
}

/// The marks of the first group.
fn first_group(bytes: &[u8]) -> &[u8] {
    &bytes[132 * 4096..134 * 4096]
}

fn survives_whole(bytes: Vec<u8>, rows: u16, known: &Known, what: &str) {
    let store = open_on(&Disk::holding(bytes.clone())).unwrap();
    for key in (0..rows).map(u16::to_be_bytes) {
        let found = store.read(|snapshot| snapshot.get(OTHERS, &key));
        assert_eq!(found, Ok(Some(vec![key[1]; 3000])), "{what}: row {key:?}");
    }
    drop(store);
    survives(bytes, known, what);
}

/// Runs until an operation fails for good, as does each one after it.
fn run_until(disk: &Disk, at: u64, options: &OpenOptions) -> Known {
    disk.fail(Failure { at, kind: ErrorKind::Other, for_good: true });
    Known { created: true, ..run_with(disk, options, BALLAST_ROWS) }
}

/// The first operation after the journal's way into the groups has begun, and the last one of all.
fn anew(image: &[u8], options: &OpenOptions) -> (u64, u64) {
    let sound = Disk::holding(image.to_vec());
    assert!(run_with(&sound, options, BALLAST_ROWS).faults.is_empty());
    assert!(first_group(&sound.bytes()) != first_group(image), "the journal was begun anew");
    let begun = |at: &u64| {
        let disk = Disk::holding(image.to_vec());
        run_until(&disk, *at, options);
        first_group(&disk.bytes()) != first_group(image)
    };
    ((1..).find(begun).unwrap(), sound.operations())
}

#[test]
fn no_fault_while_the_journal_is_begun_anew_loses_what_was_acknowledged() {
    let (image, rows) = worn(7);
    let mut random = Random(2);
    let (begun, last) = anew(&image, &options());
    for at in begun.saturating_sub(20)..=last.min(begun + 60) {
        let disk = Disk::holding(image.clone());
        disk.fail(Failure { at, kind: ErrorKind::StorageFull, for_good: false });
        let known = Known { created: true, ..run_with(&disk, &options(), BALLAST_ROWS) };
        survives_whole(disk.bytes(), rows, &known, &format!("at {at}"));
        let disk = Disk::holding(image.clone());
        let known = run_until(&disk, at, &options());
        survives_whole(disk.bytes(), rows, &known, &format!("at {at} and after"));
        survives_whole(disk.after_power_cut(|| false), rows, &known, &format!("cut at {at}"));
        for odds in [2, 3] {
            let left = disk.after_power_cut(|| random.next().is_multiple_of(odds));
            survives_whole(left, rows, &known, &format!("torn at {at}"));
        }
    }
}

#[test]
fn a_power_cut_after_a_crash_loses_nothing_acknowledged() {
    let mut random = Random(3);
    // Without the quick repair an open reads every page, and none may have lost its mark.
    let options = OpenOptions { quick_repair: false, ..options() };
    for left in [3, 6] {
        let (image, rows) = worn(left);
        let (begun, _) = anew(&image, &options);
        for (at, later) in (begun..begun + 8).flat_map(|at| (1..60).map(move |later| (at, later))) {
            if !random.next().is_multiple_of(4) {
                continue;
            }
            let disk = Disk::holding(image.clone());
            let mut known = run_until(&disk, at, &options);
            // The next process finds what no sync made durable, and is cut short in its turn.
            let found = run_until(&disk, disk.operations() + later, &options);
            known.join(&found);
            let what = format!("{left} left, at {at}, then after {later}");
            let torn = disk.after_power_cut(|| random.next().is_multiple_of(2));
            survives_whole(torn, rows, &known, &what);
            survives_whole(disk.after_power_cut(|| false), rows, &known, &what);
        }
    }
}

#[test]
fn a_journal_that_is_begun_anew_takes_no_mark_of_a_group_at_rest_with_it() {
    let disk = Disk::default();
    let store = open_on(&disk).unwrap();
    let rows = || (0..500_u16).map(|row| (row.to_be_bytes(), [row as u8; 3000]));
    store
        .write(move |unit| rows().try_for_each(|(key, row)| unit.put(OTHERS, &key, &row)))
        .unwrap();
    store.close().unwrap();
    let image = disk.bytes();
    let store = open_on(&disk).unwrap();
    for commit in 0..200 {
        put(&store, b"", &[commit]).unwrap();
    }
    store.close().unwrap();
    let journal = 4 * 4096..8 * 4096;
    assert!(disk.bytes()[journal.clone()] != image[journal], "the journal was begun anew");
    let store = open_on(&disk).unwrap();
    for (key, row) in rows() {
        let found = store.read(|snapshot| snapshot.get(OTHERS, &key));
        assert!(found == Ok(Some(row.to_vec())), "row {key:?}");
    }
}

#[test]
fn commits_that_no_journal_holds_come_back() {
    let disk = Disk::default();
    let store = open_on(&disk).unwrap();
    let value = |commit: u8, row: u8| vec![commit ^ row; 1 << 20];
    for commit in 0..2 {
        let rows = move |unit: &mut dyn Write| {
            (0..40).try_for_each(|row| unit.put(ROWS, &[row], &value(commit, row)))
        };
        store.write(rows).unwrap();
        for left in [disk.after_power_cut(|| false), disk.bytes()] {
            let reopened = open_on(&Disk::holding(left)).unwrap();
            put(&reopened, b"later", b"row").unwrap();
            for row in 0..40 {
                assert_eq!(get(&reopened, &[row]).unwrap(), Some(value(commit, row)));
            }
        }
    }
}

#[test]
fn a_rotation_that_is_cut_short_opens_with_the_old_keys_or_the_new() {
    let disk = Disk::default();
    open_on(&disk).unwrap().close().unwrap();
    let image = disk.bytes();
    let next = KeyRing::new([9; 32], &[[7; 32]]);
    for at in 1..100 {
        let disk = Disk::holding(image.clone());
        let store = open_on(&disk).unwrap();
        put(&store, b"a", b"1").unwrap();
        disk.fail(Failure { at: disk.operations() + at, kind: ErrorKind::Other, for_good: true });
        let rotated = store.rotate(&next);
        let number = store.secrets().current_token_key().0;
        assert_eq!(number, if rotated.is_ok() { 2 } else { 1 });
        store.close().unwrap();
        let reopened = Disk::holding(disk.after_power_cut(|| at % 2 == 0));
        let store = Store::open_on(reopened.handle(), &next, &options()).unwrap();
        assert_eq!(get(&store, b"a").unwrap(), Some(b"1".to_vec()));
        if rotated.is_ok() {
            assert_eq!(store.secrets().current_token_key().0, 2);
            store.close().unwrap();
            let with_old = Store::open_on(reopened.handle(), &ring(), &options());
            assert_eq!(with_old.err(), Some(StoreError::WrongKey));
            return;
        }
    }
    panic!("no rotation went through");
}

#[test]
fn a_power_cut_after_a_cut_rotation_leaves_the_old_keys_or_the_new() {
    let disk = Disk::default();
    open_on(&disk).unwrap().close().unwrap();
    let image = disk.bytes();
    let next = KeyRing::new([9; 32], &[[7; 32]]);
    let mut random = Random(4);
    for (at, later) in (1..5).flat_map(|at| (1..40).map(move |later| (at, later))) {
        let disk = Disk::holding(image.clone());
        let store = open_on(&disk).unwrap();
        disk.fail(Failure { at: disk.operations() + at, kind: ErrorKind::Other, for_good: true });
        let _ = store.rotate(&next);
        store.close().unwrap();
        // The next process mends the copy that is behind, and is cut short in its turn.
        let later = disk.operations() + later;
        disk.fail(Failure { at: later, kind: ErrorKind::Other, for_good: true });
        drop(Store::open_on(disk.handle(), &next, &options()));
        for _ in 0..4 {
            let left = Disk::holding(disk.after_power_cut(|| random.next().is_multiple_of(2)));
            let opened = Store::open_on(left.handle(), &next, &options());
            assert_eq!(opened.err(), None, "at {at}, then at {later}");
        }
    }
}

/// A small generator: the same cuts in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
