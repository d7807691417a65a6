//! The medium on disk: redb. Nothing of redb leaves this file, its panics included.

use super::engine::{Engine, KeyRange, Keyspace, Order, Read, Visit, Write};
use super::error::{Result, StoreError};
use super::lock::lock;
use super::pages::{Admission, Pages};
use super::scrub::{Copied, Renewed};
use crate::seal::{KeyRing, Secrets};
use redb::{
    Database, Durability, Error, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable,
    StorageBackend, Table, TableDefinition, TableError, TableHandle, WriteTransaction,
};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock};

type Bytes = &'static [u8];
type Rows = Vec<(Vec<u8>, Vec<u8>)>;

/// How many bytes of rows one commit of a copy holds, or a few more.
const COPIED_AT_ONCE: usize = 4 << 20;

/// One redb file, and after a failure a view of its last durable state.
pub(super) struct Redb {
    medium: Medium,
    view: Mutex<Option<Arc<Medium>>>,
    /// None for the plain file that benches compare with.
    pages: Option<Pages>,
    settings: Settings,
}

/// What a product may choose.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) cache_bytes: usize,
    pub(super) quick_repair: bool,
}

impl Redb {
    /// Opens sealed pages, and writes nothing unless all of it succeeds.
    pub(super) fn open(pages: Pages, settings: Settings) -> Result<(Self, Secrets, bool)> {
        let medium = Medium::open(pages.clone(), settings)?;
        // A failure below leaves what was settled to the next open: redb must not write again.
        let (secrets, test_mode) = pages.settle().inspect_err(|_| pages.stop())?;
        let redb = Self { medium, view: Mutex::default(), pages: Some(pages), settings };
        Ok((redb, secrets, test_mode))
    }

    /// Opens a file that is not sealed, for benches alone.
    #[cfg(feature = "test-environment")]
    pub(super) fn plain(backend: impl StorageBackend, settings: Settings) -> Result<Self> {
        Ok(Self {
            medium: Medium::open(backend, settings)?,
            view: Mutex::default(),
            pages: None,
            settings,
        })
    }

    /// The view to read on after a failure: redb refuses to read a file on which it failed.
    fn view(&self) -> Result<Arc<Medium>> {
        let Some(pages) = &self.pages else {
            return Err(self.medium.health.verdict());
        };
        let mut view = lock(&self.view);
        match &*view {
            Some(medium) if medium.health.is_sound() => Ok(Arc::clone(medium)),
            _ => {
                let fresh = Arc::new(Medium::open(pages.view()?, self.settings)?);
                *view = Some(Arc::clone(&fresh));
                Ok(fresh)
            }
        }
    }

    /// Turns a failure into the stop of all writes.
    fn heed<T>(&self, result: Result<T>) -> Result<T> {
        if !self.medium.health.is_sound()
            && let Some(pages) = &self.pages
        {
            pages.stop();
        }
        result
    }

    fn syncs(&self) -> Option<u64> {
        self.pages.as_ref().map(Pages::syncs)
    }

    /// Commits; a failure before anything became durable is known to have written nothing.
    fn commit(&self, txn: WriteTransaction) -> Result<()> {
        let before = self.syncs();
        let committed = self.medium.health.contain(|| txn.commit());
        committed.map_err(|fault| match fault {
            StoreError::Full | StoreError::Damaged
                if before.is_some() && before == self.syncs() =>
            {
                fault
            }
            _ => StoreError::OutcomeUnknown,
        })
    }

    fn run(&self, work: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<()> {
        let health = &self.medium.health;
        let txn = self.medium.begin_write(self.settings.quick_repair)?;
        let mut writing = Writing { txn: &txn, open: Vec::new(), health, changed: false };
        let done = work(&mut writing);
        let changed = writing.changed;
        health.contain(|| {
            drop(writing);
            Ok::<_, Error>(())
        })?;
        if done.is_ok() && changed && health.is_sound() {
            return self.commit(txn);
        }
        health.contain(|| txn.abort())?;
        done?;
        health.check()
    }
}

impl Engine for Redb {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Read) -> Result<()>) -> Result<()> {
        if self.medium.health.is_sound() {
            return self.heed(self.medium.read(work));
        }
        self.view()?.read(work)
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<()> {
        if self.writes_stopped() {
            return Err(StoreError::WritesStopped);
        }
        self.heed(self.run(work))
    }

    fn keep(&self, ring: &KeyRing, secrets: &Secrets) -> Result<()> {
        let pages = self.pages.as_ref();
        pages.map_or(Ok(()), |pages| pages.keep(ring, secrets))
    }

    fn renew(
        &self,
        file: Box<dyn StorageBackend>,
        ring: &KeyRing,
        secrets: Secrets,
        goes_on: &mut Copied<'_>,
    ) -> Result<Option<Renewed>> {
        let pages = self.pages.as_ref().ok_or(StoreError::NotAStore)?;
        let (ring, test_mode) = (ring.clone(), pages.test_mode()?);
        let making = Admission::Make { ring, test_mode, secrets: Some(secrets) };
        let (new, secrets, _) = Self::open(Pages::new(Arc::from(file), making), self.settings)?;
        let is_whole = self.heed(self.copy_to(&new, goes_on))?;
        Ok(is_whole.then(|| Renewed { engine: Arc::new(new), secrets }))
    }

    fn destroy_keys(&self) {
        if let Some(pages) = &self.pages {
            pages.destroy_keys();
        }
    }

    fn writes_stopped(&self) -> bool {
        !self.medium.health.is_sound()
    }
}

impl Redb {
    /// Copies every row in order; false when told to stop.
    fn copy_to(&self, new: &Self, goes_on: &mut Copied<'_>) -> Result<bool> {
        let (database, health) = (self.medium.database()?, &self.medium.health);
        let txn = health.contain(|| database.begin_read())?;
        let names: Vec<String> = health.contain(|| {
            let tables = txn.list_tables()?;
            Ok::<_, Error>(tables.map(|table| table.name().to_owned()).collect())
        })?;
        let mut copied = 0;
        for name in names {
            let definition = TableDefinition::<Bytes, Bytes>::new(&name);
            let table = health.contain(|| txn.open_table(definition))?;
            let mut entries = health.contain(|| table.range::<&[u8]>(..))?;
            loop {
                let rows = health.contain(|| Self::some_rows(&mut entries))?;
                if rows.is_empty() {
                    break;
                }
                new.insert(definition, &rows)?;
                copied += rows.len() as u64;
                if !goes_on(copied) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// So many of the next rows as one commit is to hold.
    fn some_rows(entries: &mut redb::Range<'_, Bytes, Bytes>) -> std::result::Result<Rows, Error> {
        let (mut rows, mut bytes) = (Rows::new(), 0);
        while bytes < COPIED_AT_ONCE
            && let Some(entry) = entries.next()
        {
            let (key, value) = entry?;
            bytes += key.value().len() + value.value().len();
            rows.push((key.value().to_vec(), value.value().to_vec()));
        }
        Ok(rows)
    }

    fn insert(&self, definition: TableDefinition<'_, Bytes, Bytes>, rows: &Rows) -> Result<()> {
        let txn = self.medium.begin_write(self.settings.quick_repair)?;
        self.medium.health.contain(|| {
            let mut table = txn.open_table(definition)?;
            for (key, value) in rows {
                table.insert(key.as_slice(), value.as_slice())?;
            }
            drop(table);
            Ok::<_, Error>(txn.commit()?)
        })
    }
}

/// The first failure of a medium; after it, nothing is written.
#[derive(Default)]
struct Health(OnceLock<StoreError>);

impl Health {
    fn is_sound(&self) -> bool {
        self.0.get().is_none()
    }

    fn check(&self) -> Result<()> {
        self.0.get().map_or(Ok(()), |fault| Err(*fault))
    }

    fn verdict(&self) -> StoreError {
        self.0.get().copied().unwrap_or(StoreError::WritesStopped)
    }

    /// Runs redb: an error ends the writing, and so does a panic, which a damaged file can cause.
    fn contain<T, E: Into<Error>>(
        &self,
        work: impl FnOnce() -> std::result::Result<T, E>,
    ) -> Result<T> {
        let fault = match catch_unwind(AssertUnwindSafe(work)) {
            Ok(Ok(done)) => return Ok(done),
            Ok(Err(error)) => self.fault(error.into()),
            Err(_) => StoreError::Damaged,
        };
        Err(*self.0.get_or_init(|| fault))
    }

    fn fault(&self, error: Error) -> StoreError {
        match error {
            Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => StoreError::Damaged,
            Error::Io(error) => StoreError::from_io(&error),
            Error::DatabaseAlreadyOpen => StoreError::Busy,
            Error::PreviousIo => self.verdict(),
            Error::ValueTooLarge(_) => StoreError::TooLarge,
            _ => StoreError::Damaged,
        }
    }
}

/// A database and its health.
struct Medium {
    database: Option<Database>,
    health: Health,
}

impl Medium {
    fn open(backend: impl StorageBackend, settings: Settings) -> Result<Self> {
        let health = Health::default();
        let database = health.contain(|| {
            Database::builder().set_cache_size(settings.cache_bytes).create_with_backend(backend)
        })?;
        Ok(Self { database: Some(database), health })
    }

    fn database(&self) -> Result<&Database> {
        self.database.as_ref().ok_or(StoreError::Closed)
    }

    fn read(&self, work: &mut dyn FnMut(&mut dyn Read) -> Result<()>) -> Result<()> {
        let database = self.database()?;
        let mut reading = Reading {
            txn: self.health.contain(|| database.begin_read())?,
            open: Vec::new(),
            health: &self.health,
        };
        let done = work(&mut reading);
        self.health.contain(|| {
            drop(reading);
            Ok::<_, Error>(())
        })?;
        done
    }

    fn begin_write(&self, quick_repair: bool) -> Result<WriteTransaction> {
        let database = self.database()?;
        self.health.contain(|| {
            let mut txn = database.begin_write()?;
            txn.set_durability(Durability::Immediate)?;
            txn.set_two_phase_commit(true);
            txn.set_quick_repair(quick_repair);
            Ok::<_, Error>(txn)
        })
    }
}

impl Drop for Medium {
    fn drop(&mut self) {
        let database = self.database.take();
        let _ = self.health.contain(|| {
            drop(database);
            Ok::<_, Error>(())
        });
    }
}

fn definition(space: Keyspace) -> TableDefinition<'static, Bytes, Bytes> {
    TableDefinition::new(space.0)
}

struct Writing<'t> {
    txn: &'t WriteTransaction,
    open: Vec<(Keyspace, Table<'t, Bytes, Bytes>)>,
    health: &'t Health,
    changed: bool,
}

impl<'t> Writing<'t> {
    /// The table, opened once in the transaction: redb refuses a second time.
    fn table(&mut self, space: Keyspace) -> Result<&mut Table<'t, Bytes, Bytes>> {
        let at = match self.open.iter().position(|(open, _)| *open == space) {
            Some(at) => at,
            None => {
                let txn = self.txn;
                let table = self.health.contain(|| txn.open_table(definition(space)))?;
                self.open.push((space, table));
                self.open.len() - 1
            }
        };
        Ok(&mut self.open[at].1)
    }
}

impl Read for Writing<'_> {
    fn get(&mut self, space: Keyspace, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let health = self.health;
        get(self.table(space)?, health, key)
    }

    fn scan(
        &mut self,
        space: Keyspace,
        range: KeyRange<'_>,
        order: Order,
        visit: &mut Visit<'_>,
    ) -> Result<()> {
        let health = self.health;
        scan(self.table(space)?, health, range, order, visit)
    }
}

impl Write for Writing<'_> {
    fn put(&mut self, space: Keyspace, key: &[u8], value: &[u8]) -> Result<()> {
        self.changed = true;
        let health = self.health;
        let table = self.table(space)?;
        health.contain(|| table.insert(key, value).map(drop))
    }

    fn delete(&mut self, space: Keyspace, key: &[u8]) -> Result<()> {
        self.changed = true;
        let health = self.health;
        let table = self.table(space)?;
        health.contain(|| table.remove(key).map(drop))
    }
}

struct Reading<'h> {
    txn: ReadTransaction,
    open: Vec<(Keyspace, Option<ReadOnlyTable<Bytes, Bytes>>)>,
    health: &'h Health,
}

impl Reading<'_> {
    /// The table, opened once in the transaction; None when nothing was ever put there.
    fn table(&mut self, space: Keyspace) -> Result<Option<&ReadOnlyTable<Bytes, Bytes>>> {
        let at = match self.open.iter().position(|(open, _)| *open == space) {
            Some(at) => at,
            None => {
                let txn = &self.txn;
                let table = self.health.contain(|| match txn.open_table(definition(space)) {
                    Err(TableError::TableDoesNotExist(_)) => Ok(None),
                    opened => opened.map(Some),
                })?;
                self.open.push((space, table));
                self.open.len() - 1
            }
        };
        Ok(self.open[at].1.as_ref())
    }
}

impl Read for Reading<'_> {
    fn get(&mut self, space: Keyspace, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let health = self.health;
        let table = self.table(space)?;
        table.map_or(Ok(None), |table| get(table, health, key))
    }

    fn scan(
        &mut self,
        space: Keyspace,
        range: KeyRange<'_>,
        order: Order,
        visit: &mut Visit<'_>,
    ) -> Result<()> {
        let health = self.health;
        let table = self.table(space)?;
        table.map_or(Ok(()), |table| scan(table, health, range, order, visit))
    }
}

fn get(
    table: &impl ReadableTable<Bytes, Bytes>,
    health: &Health,
    key: &[u8],
) -> Result<Option<Vec<u8>>> {
    health.contain(|| Ok::<_, Error>(table.get(key)?.map(|value| value.value().to_vec())))
}

fn scan(
    table: &impl ReadableTable<Bytes, Bytes>,
    health: &Health,
    range: KeyRange<'_>,
    order: Order,
    visit: &mut Visit<'_>,
) -> Result<()> {
    let Some(bounds) = range.bounds() else {
        return Ok(());
    };
    let mut entries = health.contain(|| table.range::<&[u8]>(bounds))?;
    let mut next = || {
        health.contain(|| {
            let entry = match order {
                Order::Up => entries.next(),
                Order::Down => entries.next_back(),
            };
            entry.transpose()
        })
    };
    // The visitor runs outside of the containment: its panics are its caller's.
    while let Some((key, value)) = next()? {
        if visit(key.value(), value.value())?.is_break() {
            break;
        }
    }
    Ok(())
}
