//! The same done with SQLite, with care: WAL, FULL, prepared statements.

mod batched;
mod create;
mod direct;

pub use batched::Batched;
pub use direct::Direct;

use crate::competitor::Fallible;
use rusqlite::Connection;
use std::path::Path;
use std::time::Duration;

const SCHEMA: &str = include_str!("schema.sql");
const WAIT: Duration = Duration::from_secs(60);
/// As much as admit keeps in memory.
const CACHE_KIB: i64 = 64 << 10;

/// Opens a database, and lays it out where it is new.
fn connect(path: &Path) -> Fallible<Connection> {
    let is_new = !path.exists();
    let connection = Connection::open(path)?;
    connection.busy_timeout(WAIT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(64);
    if is_new {
        connection.execute_batch(SCHEMA)?;
    }
    Ok(connection)
}
