//! One operation's changes, read through to the transaction below until they are merged.

use super::engine::{KeyRange, Keyspace, Order, Read, Visit, Write};
use super::error::{Result, StoreError};
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::ControlFlow;

/// What a change costs beside its key and value, so that many tiny ones count too.
const ENTRY_BYTES: usize = 64;

type Space = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// Changes not yet written: a value, or None for a key that goes.
#[derive(Default)]
pub struct Changes {
    spaces: BTreeMap<Keyspace, Space>,
    bytes: usize,
}

impl Changes {
    /// Counts what the changes hold in memory, so that batches can be bounded.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Writes the changes to what lies below.
    pub fn merge(self, unit: &mut dyn Write) -> Result<()> {
        for (space, entries) in self.spaces {
            for (key, value) in entries {
                unit.take(space, key, value)?;
            }
        }
        Ok(())
    }

    fn get(&self, space: Keyspace, key: &[u8]) -> Option<&Option<Vec<u8>>> {
        self.spaces.get(&space)?.get(key)
    }

    fn set(&mut self, space: Keyspace, key: Vec<u8>, value: Option<Vec<u8>>) {
        let bare = ENTRY_BYTES + key.len();
        let cost = |value: &Option<Vec<u8>>| bare + value.as_ref().map_or(0, Vec::len);
        let entries = self.spaces.entry(space).or_default();
        self.bytes += cost(&value);
        if let Some(old) = entries.insert(key, value) {
            self.bytes -= cost(&old);
        }
    }
}

/// A transaction as its own body sees it; dropping it undoes the body.
pub struct Overlay<'b> {
    base: &'b mut dyn Read,
    changes: Changes,
    bytes_max: usize,
    too_large: bool,
}

impl<'b> Overlay<'b> {
    /// Lays an overlay of at most `bytes_max` bytes of changes over what lies below.
    pub fn new(base: &'b mut dyn Read, bytes_max: usize) -> Self {
        Self { base, changes: Changes::default(), bytes_max, too_large: false }
    }

    /// Yields the changes; fails when there were too many, even if the body went on regardless.
    pub fn into_changes(self) -> Result<Changes> {
        if self.too_large {
            return Err(StoreError::TooLarge);
        }
        Ok(self.changes)
    }

    fn set(&mut self, space: Keyspace, key: Vec<u8>, value: Option<Vec<u8>>) -> Result<()> {
        let more = key.len() + value.as_ref().map_or(0, Vec::len);
        if self.too_large || self.changes.bytes.saturating_add(more) > self.bytes_max {
            self.too_large = true;
            return Err(StoreError::TooLarge);
        }
        self.changes.set(space, key, value);
        Ok(())
    }
}

impl Read for Overlay<'_> {
    fn get(&mut self, space: Keyspace, key: &[u8]) -> Result<Option<Vec<u8>>> {
        match self.changes.get(space, key) {
            Some(changed) => Ok(changed.clone()),
            None => self.base.get(space, key),
        }
    }

    fn scan(
        &mut self,
        space: Keyspace,
        range: KeyRange<'_>,
        order: Order,
        visit: &mut Visit<'_>,
    ) -> Result<()> {
        let Some(entries) = self.changes.spaces.get(&space) else {
            return self.base.scan(space, range, order, visit);
        };
        let Some(bounds) = range.bounds() else {
            return Ok(());
        };
        let entries = entries.range::<[u8], _>(bounds);
        match order {
            Order::Up => merge_scan(self.base, space, range, order, entries, visit),
            Order::Down => merge_scan(self.base, space, range, order, entries.rev(), visit),
        }
    }
}

impl Write for Overlay<'_> {
    fn put(&mut self, space: Keyspace, key: &[u8], value: &[u8]) -> Result<()> {
        self.set(space, key.to_vec(), Some(value.to_vec()))
    }

    fn delete(&mut self, space: Keyspace, key: &[u8]) -> Result<()> {
        self.set(space, key.to_vec(), None)
    }

    fn take(&mut self, space: Keyspace, key: Vec<u8>, value: Option<Vec<u8>>) -> Result<()> {
        self.set(space, key, value)
    }
}

/// Shows the entries below and the changes to them as one ordered run.
fn merge_scan<'c>(
    base: &mut dyn Read,
    space: Keyspace,
    range: KeyRange<'_>,
    order: Order,
    changes: impl Iterator<Item = (&'c Vec<u8>, &'c Option<Vec<u8>>)>,
    visit: &mut Visit<'_>,
) -> Result<()> {
    let mut changes = changes.peekable();
    let mut flow = ControlFlow::Continue(());
    base.scan(space, range, order, &mut |key, value| {
        let comes_first = |changed: &[u8]| match order {
            Order::Up => changed < key,
            Order::Down => changed > key,
        };
        flow = show_while(&mut changes, comes_first, visit)?;
        if flow.is_continue() {
            flow = match changes.next_if(|(changed, _)| changed.as_slice() == key) {
                None => visit(key, value)?,
                Some((_, Some(new))) => visit(key, new)?,
                Some((_, None)) => ControlFlow::Continue(()),
            };
        }
        Ok(flow)
    })?;
    if flow.is_continue() {
        let _ = show_while(&mut changes, |_| true, visit)?;
    }
    Ok(())
}

/// Shows the changes that come next for as long as they belong there.
fn show_while<'c>(
    changes: &mut Peekable<impl Iterator<Item = (&'c Vec<u8>, &'c Option<Vec<u8>>)>>,
    belongs: impl Fn(&[u8]) -> bool,
    visit: &mut Visit<'_>,
) -> Result<ControlFlow<()>> {
    while let Some((key, value)) = changes.next_if(|(key, _)| belongs(key)) {
        if let Some(value) = value
            && visit(key, value)?.is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
