//! The reference medium: ordered maps in memory.

use super::engine::{Engine, KeyRange, Keyspace, Order, Read, Visit, Write};
use super::error::Result;
use super::lock::lock;
use super::overlay::Overlay;
use crate::seal::{KeyRing, Secrets};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

type Spaces = BTreeMap<Keyspace, BTreeMap<Vec<u8>, Vec<u8>>>;

/// Maps that a reader shares with the medium until somebody changes them.
#[derive(Default)]
pub(super) struct Memory {
    spaces: Mutex<Arc<Spaces>>,
    writer: Mutex<()>,
}

impl Engine for Memory {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Read) -> Result<()>) -> Result<()> {
        let mut snapshot = Arc::clone(&lock(&self.spaces));
        work(&mut snapshot)
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<()> {
        let _turn = lock(&self.writer);
        let mut snapshot = Arc::clone(&lock(&self.spaces));
        let mut overlay = Overlay::new(&mut snapshot, usize::MAX);
        work(&mut overlay)?;
        let changes = overlay.into_changes()?;
        drop(snapshot);
        changes.merge(&mut *lock(&self.spaces))
    }

    fn keep(&self, _ring: &KeyRing, _secrets: &Secrets) -> Result<()> {
        Ok(())
    }
}

impl Read for Arc<Spaces> {
    fn get(&mut self, space: Keyspace, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let entries = Spaces::get(self, &space);
        Ok(entries.and_then(|entries| entries.get(key)).cloned())
    }

    fn scan(
        &mut self,
        space: Keyspace,
        range: KeyRange<'_>,
        order: Order,
        visit: &mut Visit<'_>,
    ) -> Result<()> {
        let (Some(entries), Some(bounds)) = (Spaces::get(self, &space), range.bounds()) else {
            return Ok(());
        };
        let mut entries = entries.range::<[u8], _>(bounds);
        let mut next = || match order {
            Order::Up => entries.next(),
            Order::Down => entries.next_back(),
        };
        while let Some((key, value)) = next() {
            if visit(key, value)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl Write for Arc<Spaces> {
    fn put(&mut self, space: Keyspace, key: &[u8], value: &[u8]) -> Result<()> {
        let entries = Arc::make_mut(self).entry(space).or_default();
        entries.insert(key.to_vec(), value.to_vec());
        Ok(())
    }

    fn delete(&mut self, space: Keyspace, key: &[u8]) -> Result<()> {
        if let Some(entries) = Arc::make_mut(self).get_mut(&space) {
            entries.remove(key);
        }
        Ok(())
    }
}
