//! Paths, locks and other processes.

use super::{get, open, options, put, ring, rows};
use admit::seal::KeyRing;
use admit::store::{OpenOptions, Store, StoreError};
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Tells the test binary to be a child: what to do, and with which file.
const ROLE: &str = "ADMIT_TEST_ROLE";
const FILE: &str = "ADMIT_TEST_FILE";

fn existing() -> OpenOptions {
    OpenOptions { create: false, ..options() }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn child(role: &str, file: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::file::the_part_of_the_child", "--nocapture"])
        .env(ROLE, role)
        .env(FILE, file)
        .stdout(Stdio::piped())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap()
}

fn told(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.map_while(Result::ok).filter_map(|line| Some(line.split_once("child: ")?.1.to_owned()))
}

/// Does nothing unless started by a test below, in a process of its own.
#[test]
fn the_part_of_the_child() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let file = PathBuf::from(std::env::var(FILE).unwrap());
    match role.as_str() {
        "try to open" => {
            let store = Store::open(&file, &ring(), &existing());
            println!("child: {:?}", store.err());
        }
        "write" => {
            let store = open(&file).unwrap();
            let first = rows(&store).unwrap().len() as u64;
            for row in first..u64::MAX {
                put(&store, &row.to_be_bytes(), &[0x5a; 1000]).unwrap();
                println!("child: {row}");
            }
        }
        other => panic!("no such role: {other}"),
    }
}

#[test]
fn a_killed_writer_loses_nothing_that_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store");
    let mut kept = 0;
    for round in 1..=4_u64 {
        let mut writer = child("write", &file);
        let mut lines = told(&mut writer);
        let mut acknowledged = None;
        for line in lines.by_ref().take(usize::try_from(round * 7).unwrap()) {
            acknowledged = Some(line.parse::<u64>().unwrap());
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        acknowledged = lines.last().map_or(acknowledged, |line| line.parse().ok());
        let store = open(&file).unwrap();
        for row in 0..=acknowledged.unwrap() {
            let found = get(&store, &row.to_be_bytes()).unwrap();
            assert_eq!(found, Some(vec![0x5a; 1000]), "round {round}, row {row}");
            kept += 1;
        }
        store.close().unwrap();
    }
    assert!(kept > 0);
}

#[test]
fn a_second_opener_is_told_that_the_store_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store");
    let store = open(&file).unwrap();
    let before = fs::read(&file).unwrap();
    let mut other = child("try to open", &file);
    assert_eq!(told(&mut other).last().unwrap(), "Some(Busy)");
    other.wait().unwrap();
    assert_eq!(open(&file).err(), Some(StoreError::Busy));
    let wrong = Store::open(&file, &KeyRing::new([1; 32], &[]), &existing());
    assert_eq!(wrong.err(), Some(StoreError::Busy));
    assert!(fs::read(&file).unwrap() == before);
    store.close().unwrap();
    let mut other = child("try to open", &file);
    assert_eq!(told(&mut other).last().unwrap(), "None");
    other.wait().unwrap();
}

#[test]
fn an_abandoned_store_keeps_its_lock_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store");
    let store = open(&file).unwrap();
    put(&store, b"a", b"1").unwrap();
    let before = fs::read(&file).unwrap();
    store.abandon();
    assert_eq!(get(&store, b"a"), Err(StoreError::Closed));
    store.close().unwrap();
    drop(store);
    assert!(fs::read(&file).unwrap() == before);
    assert_eq!(open(&file).err(), Some(StoreError::Busy));
}

#[test]
fn a_store_comes_back_with_its_rows_and_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store");
    let store = open(&file).unwrap();
    put(&store, b"a", b"1").unwrap();
    let digest_key = *store.secrets().digest_key();
    drop(store);
    assert_eq!(names(folder.path()), ["store"]);
    let store = Store::open(&file, &KeyRing::new([1; 32], &[[7; 32]]), &existing()).unwrap();
    assert_eq!(rows(&store).unwrap(), [(b"a".to_vec(), b"1".to_vec())]);
    assert_eq!(*store.secrets().digest_key(), digest_key);
}

#[test]
fn after_rotation_the_old_ring_opens_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store");
    let store = open(&file).unwrap();
    store.rotate(&KeyRing::new([1; 32], &[])).unwrap();
    store.close().unwrap();
    assert_eq!(open(&file).err(), Some(StoreError::WrongKey));
    let store = Store::open(&file, &KeyRing::new([1; 32], &[]), &existing()).unwrap();
    assert_eq!(store.secrets().current_token_key().0, 2);
}

#[test]
fn what_cannot_be_opened_is_told_and_made_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("store");
    let kind = |path: &Path, options: &OpenOptions| match Store::open(path, &ring(), options).err()
    {
        Some(StoreError::Io { kind }) => kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(&missing, &existing()), ErrorKind::NotFound);
    let no_folder = folder.path().join("none").join("store");
    assert_eq!(kind(&no_folder, &options()), ErrorKind::NotFound);
    assert_eq!(kind(folder.path(), &options()), ErrorKind::IsADirectory);
    assert_eq!(names(folder.path()), Vec::<String>::new());
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert_eq!(open(&file).err(), Some(StoreError::NotAStore));
    assert_eq!(fs::read(&file).unwrap(), b"");
    let below_a_file = file.join("store");
    assert_eq!(kind(&below_a_file, &options()), ErrorKind::NotADirectory);
}

#[test]
fn left_overs_of_a_crash_go_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store");
    let random = "0123456789abcdef0123456789abcdef";
    let ours = format!("store.new-{random}");
    let others = [
        format!("other.new-{random}"),
        "store.new-notes".to_owned(),
        format!("store.new-{random}.txt"),
    ];
    for name in others.iter().chain([&ours]) {
        let mut left = fs::File::create(folder.path().join(name)).unwrap();
        left.write_all(b"half").unwrap();
    }
    let in_use = format!("store.new-{}", "f".repeat(32));
    let other = open(&folder.path().join(&in_use)).unwrap();
    open(&file).unwrap().close().unwrap();
    let found = names(folder.path());
    assert!(!found.contains(&ours));
    assert!(found.contains(&in_use));
    assert!(others.iter().all(|name| found.contains(name)));
    other.close().unwrap();
}

#[test]
fn those_who_make_the_same_store_at_once_agree_on_one() {
    for _ in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store");
        let opened: Vec<_> = std::thread::scope(|scope| {
            let openers: Vec<_> = (0..4).map(|_| scope.spawn(|| open(&file))).collect();
            openers.into_iter().map(|opener| opener.join().unwrap()).collect()
        });
        assert!(opened.iter().any(Result::is_ok));
        for refused in opened.into_iter().filter_map(Result::err) {
            assert_eq!(refused, StoreError::Busy);
        }
        let store = open(&file).unwrap();
        put(&store, b"a", b"1").unwrap();
    }
}
