//! Writing the file anew: nothing that lives is lost, nothing that was deleted is left.

use super::disk::{Disk, Failure};
use super::{ROWS, Rows, get, open, open_on, options, put, ring, rows};
use admit::seal::KeyRing;
use admit::store::{Place, Result, Store, StoreError};
use redb::StorageBackend;
use redb::backends::FileBackend;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

const MARKER: &[u8] = b"Springfield-General";

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn unsealed(path: &Path) -> Vec<u8> {
    let file = FileBackend::new(File::open(path).unwrap()).unwrap();
    Store::opened_pages(Box::new(file), &ring()).unwrap()
}

fn scrub(store: &Store, ring: &KeyRing) -> Result<bool> {
    Ok(store.scrub(ring, |_| Ok(()), &mut |_| true)?.is_some())
}

/// Fills a store, and deletes every second row.
fn fill(store: &Store) {
    for batch in 0..8_u8 {
        let fill = move |unit: &mut dyn admit::store::Write| {
            (0..60)
                .try_for_each(|row| unit.put(ROWS, &[row, batch], &[MARKER, &[row; 400]].concat()))
        };
        store.write(fill).unwrap();
    }
    let delete = |unit: &mut dyn admit::store::Write| {
        (0..60)
            .try_for_each(|row| (0..8).try_for_each(|batch| unit.delete(ROWS, &[row, batch])))?;
        (0..30_u8).try_for_each(|row| unit.put(ROWS, &[row], &[row; 500]))
    };
    store.write(delete).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn what_was_deleted_is_gone_and_what_lives_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let store = open(&path).unwrap();
    fill(&store);
    let expected = rows(&store).unwrap();
    let secrets = store.secrets();
    store.close().unwrap();
    let before = fs::read(&path).unwrap();
    assert!(holds(&unsealed(&path), MARKER), "deleting alone leaves it in free pages");
    let store = open(&path).unwrap();
    assert_eq!(scrub(&store, &ring()), Ok(true));
    assert!(rows(&store).unwrap() == expected);
    put(&store, b"later", b"row").unwrap();
    let again = store.secrets();
    assert_eq!(again.digest_key(), secrets.digest_key());
    assert_eq!(again.current_token_key(), secrets.current_token_key());
    // Nobody else comes in by the new file either.
    assert_eq!(open(&path).err(), Some(StoreError::Busy));
    store.close().unwrap();
    assert_eq!(names(folder.path()), ["store"]);
    assert!(!holds(&unsealed(&path), MARKER));
    let after = fs::read(&path).unwrap();
    let shared = before.chunks(4096).filter(|page| page.iter().any(|byte| *byte != 0));
    let after: std::collections::HashSet<_> = after.chunks(4096).collect();
    assert_eq!(shared.filter(|page| after.contains(page)).count(), 0);
    let store = open(&path).unwrap();
    assert_eq!(get(&store, b"later").unwrap(), Some(b"row".to_vec()));
}

#[test]
fn the_first_key_of_the_ring_wraps_the_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let store = open(&path).unwrap();
    fill(&store);
    let next = KeyRing::new([9; 32], &[]);
    assert_eq!(scrub(&store, &next), Ok(true));
    // Later rotations keep the page key that the new file has.
    store.rotate(&next).unwrap();
    put(&store, b"a", b"1").unwrap();
    store.close().unwrap();
    assert_eq!(open(&path).err(), Some(StoreError::WrongKey));
    let store = Store::open(&path, &next, &options()).unwrap();
    assert_eq!(get(&store, b"a").unwrap(), Some(b"1".to_vec()));
    assert_eq!(get(&store, &[7]).unwrap(), Some(vec![7; 500]));
}

#[test]
fn the_old_file_has_no_key_block_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let store = open(&path).unwrap();
    fill(&store);
    // Another name keeps the old file alive, as a snapshot would.
    let kept = folder.path().join("kept");
    fs::hard_link(&path, &kept).unwrap();
    assert_eq!(scrub(&store, &ring()), Ok(true));
    assert!(fs::read(&kept).unwrap()[..8192].iter().all(|byte| *byte == 0));
    assert_eq!(open(&kept).err(), Some(StoreError::NotAStore));
}

#[test]
fn it_ends_where_it_is_told_to_and_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let store = open(&path).unwrap();
    fill(&store);
    let expected = rows(&store).unwrap();
    let mut told = Vec::new();
    let ended = store.scrub(&ring(), |_| Ok(()), &mut |copied| {
        told.push(copied);
        false
    });
    assert_eq!((ended, told), (Ok(None), vec![30]));
    assert_eq!(names(folder.path()), ["store"]);
    put(&store, b"later", b"row").unwrap();
    store.close().unwrap();
    let store = open(&path).unwrap();
    assert_eq!(rows(&store).unwrap().len(), expected.len() + 1);
}

#[test]
fn callers_at_work_meanwhile_wait_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("store")).unwrap();
    fill(&store);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..4_u8)
            .map(|thread| {
                let (store, is_over) = (&store, &is_over);
                scope.spawn(move || {
                    let mut written = 0_u32;
                    while !is_over.load(Ordering::SeqCst) || written < 3 {
                        let key = [&[200, thread], &written.to_be_bytes()[..]].concat();
                        put(store, &key, b"row").unwrap();
                        assert_eq!(get(store, &key).unwrap(), Some(b"row".to_vec()));
                        written += 1;
                    }
                    written
                })
            })
            .collect();
        for _ in 0..3 {
            assert_eq!(scrub(&store, &ring()), Ok(true));
        }
        is_over.store(true, Ordering::SeqCst);
        let written: u32 = workers.into_iter().map(|worker| worker.join().unwrap()).sum();
        assert_eq!(rows(&store).unwrap().len() as u32, 30 + written);
    });
}

#[test]
fn from_inside_an_operation_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(open(&folder.path().join("store")).unwrap());
    fill(&store);
    let inner = Arc::clone(&store);
    let answer = store.write(move |_| Ok(scrub(&inner, &ring())));
    assert_eq!(answer, Ok(Err(StoreError::Nested)));
    let answer = store.read(|_| Ok(scrub(&store, &ring())));
    assert_eq!(answer, Ok(Err(StoreError::Nested)));
    assert_eq!(names(folder.path()), ["store"]);
    assert_eq!(scrub(&store, &ring()), Ok(true));
    store.close().unwrap();
    assert_eq!(scrub(&store, &ring()), Err(StoreError::Closed));
    assert_eq!(scrub(&Store::in_memory(false).unwrap(), &ring()), Ok(true));
}

/// Two disks, one of them under the name.
#[derive(Clone)]
struct Shelf(Arc<Mutex<Named>>);

struct Named {
    named: Disk,
    beside: Disk,
    rename_fails: bool,
    sync_fails: bool,
}

impl Shelf {
    fn holding(bytes: Vec<u8>) -> Self {
        let (named, beside) = (Disk::holding(bytes), Disk::default());
        Self(Arc::new(Mutex::new(Named { named, beside, rename_fails: false, sync_fails: false })))
    }

    fn open(&self) -> Store {
        open_on(&self.0.lock().unwrap().named).unwrap().at(Box::new(self.clone()))
    }
}

impl Place for Shelf {
    fn beside(&self) -> Result<Box<dyn StorageBackend>> {
        Ok(self.0.lock().unwrap().beside.handle())
    }

    fn put_in_place(&self) -> Result<()> {
        let mut shelf = self.0.lock().unwrap();
        if shelf.rename_fails {
            return Err(StoreError::Io { kind: ErrorKind::PermissionDenied });
        }
        shelf.named = shelf.beside.clone();
        Ok(())
    }

    fn sync(&self) -> Result<()> {
        let fails = self.0.lock().unwrap().sync_fails;
        if fails { Err(StoreError::Io { kind: ErrorKind::Other }) } else { Ok(()) }
    }

    fn discard(&self) {}
}

fn image() -> (Vec<u8>, Rows) {
    let disk = Disk::default();
    let store = open_on(&disk).unwrap();
    fill(&store);
    let expected = rows(&store).unwrap();
    store.close().unwrap();
    (disk.bytes(), expected)
}

#[test]
fn whichever_operation_on_either_file_fails_one_of_them_is_whole() {
    let (image, expected) = image();
    for (kind, for_good) in [(ErrorKind::Other, true), (ErrorKind::StorageFull, true)] {
        for old_fails in [false, true] {
            for at in (1..).step_by(3) {
                let shelf = Shelf::holding(image.clone());
                let store = shelf.open();
                let (old, new) = {
                    let shelf = shelf.0.lock().unwrap();
                    (shelf.named.clone(), shelf.beside.clone())
                };
                let failing = if old_fails { &old } else { &new };
                failing.fail(Failure { at: failing.operations() + at, kind, for_good });
                let answer = scrub(&store, &ring());
                let what = format!("{kind:?} at {at} of the old: {old_fails}, {answer:?}");
                let named = shelf.0.lock().unwrap().named.clone();
                // A power cut now: what is under the name opens, with every row.
                for left in [named.bytes(), named.after_power_cut(|| at % 2 == 0)] {
                    let store = open_on(&Disk::holding(left))
                        .unwrap_or_else(|fault| panic!("{what}: {fault:?}"));
                    assert!(rows(&store).unwrap() == expected, "{what}");
                }
                if answer.is_err() && !old_fails {
                    let is_full = kind == ErrorKind::StorageFull;
                    assert_eq!(answer == Err(StoreError::Full), is_full, "{what}");
                    put(&store, b"later", b"row").unwrap();
                    assert_eq!(rows(&store).unwrap().len(), expected.len() + 1, "{what}");
                }
                if answer.is_ok() && !failing.has_failed() {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_file_that_cant_be_put_in_place_is_given_up() {
    let (image, expected) = image();
    let shelf = Shelf::holding(image);
    let store = shelf.open();
    shelf.0.lock().unwrap().rename_fails = true;
    let denied = StoreError::Io { kind: ErrorKind::PermissionDenied };
    assert_eq!(scrub(&store, &ring()), Err(denied));
    put(&store, b"later", b"row").unwrap();
    assert_eq!(rows(&store).unwrap().len(), expected.len() + 1);
}

#[test]
fn where_the_new_name_may_be_lost_writes_stop_and_the_old_keys_stay() {
    let (image, expected) = image();
    let shelf = Shelf::holding(image);
    let store = shelf.open();
    let old = shelf.0.lock().unwrap().named.clone();
    shelf.0.lock().unwrap().sync_fails = true;
    assert_eq!(scrub(&store, &ring()), Err(StoreError::OutcomeUnknown));
    assert_eq!(put(&store, b"later", b"row"), Err(StoreError::WritesStopped));
    assert!(rows(&store).unwrap() == expected);
    assert!(rows(&open_on(&Disk::holding(old.bytes())).unwrap()).unwrap() == expected);
}
