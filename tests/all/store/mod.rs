//! The store floor: what each medium promises, and what the file survives.

mod contract;
pub mod disk;
pub mod failing;
mod faults;
mod file;
mod group;
mod overlay;
mod scrub;
mod sealed;

use admit::seal::KeyRing;
use admit::store::{KeyRange, Keyspace, OpenOptions, Order, Read, Result, Store};
use std::ops::ControlFlow;
use std::path::Path;

pub const ROWS: Keyspace = Keyspace("rows");
pub const OTHERS: Keyspace = Keyspace("others");

pub fn ring() -> KeyRing {
    KeyRing::new([7; 32], &[])
}

pub fn options() -> OpenOptions {
    OpenOptions { create: true, test_mode: false, cache_bytes: 4 << 20, quick_repair: true }
}

pub fn open(path: &Path) -> Result<Store> {
    Store::open(path, &ring(), &options())
}

pub fn open_on(disk: &disk::Disk) -> Result<Store> {
    Store::open_on(disk.handle(), &ring(), &options())
}

pub fn put(store: &Store, key: &[u8], value: &[u8]) -> Result<()> {
    let (key, value) = (key.to_vec(), value.to_vec());
    store.write(move |unit| unit.put(ROWS, &key, &value))
}

pub fn get(store: &Store, key: &[u8]) -> Result<Option<Vec<u8>>> {
    store.read(|snapshot| snapshot.get(ROWS, key))
}

pub type Rows = Vec<(Vec<u8>, Vec<u8>)>;

pub fn scan(unit: &mut dyn Read, range: KeyRange<'_>, order: Order) -> Result<Rows> {
    let mut rows = Rows::new();
    unit.scan(ROWS, range, order, &mut |key, value| {
        rows.push((key.to_vec(), value.to_vec()));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

pub fn rows(store: &Store) -> Result<Rows> {
    store.read(|snapshot| scan(snapshot, KeyRange::ALL, Order::Up))
}
