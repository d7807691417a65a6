//! Imports: many rows, 1,000 a commit, one outcome a row; a bad row never stops the rest.
//!
//! An import sends no notice. A fault of the store ends it with what was committed so far; run
//! again, it finds its rows by their external ids.

mod client;
mod grant;
mod login;
mod patient;
mod proxy;
mod room;
mod staff;

use super::admit::{Admit, Command};
use super::look::About;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::id::Noun;
use crate::domain::refusal::Refusal;
use crate::domain::text::{ExternalId, Reason};
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::exchange::ndjson::Row;
use crate::exchange::{RowError, RowErrorKind};
use crate::records;
use crate::store::StoreError;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};
use std::ops::Range;
use std::sync::Arc;
use uuid::Uuid;

/// How many rows one commit takes.
const CHUNK: usize = 1_000;

/// Hears how many rows are done; false ends the import there.
pub type Progress<'p> = &'p dyn Fn(u64) -> bool;

/// Why a row was skipped, in words that may be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The row has not the form.
    #[error(transparent)]
    Form(RowErrorKind),
    /// A text in it breaks a rule.
    #[error(transparent)]
    Text(Reason),
    /// A rule said no.
    #[error(transparent)]
    Refused(Refusal),
    /// It is more than a commit may hold.
    #[error("the row is too large; leave out what is not needed")]
    TooLarge,
}

impl Serialize for Why {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a row was skipped, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// What is wrong.
    pub why: Why,
    /// The field at fault.
    pub field: Option<&'static str>,
    /// The path of the member at fault, such as `name[0].family`: names of the format, no values.
    pub path: Option<String>,
}

impl Skipped {
    fn text(reason: Reason, field: &'static str, path: impl Into<String>) -> Self {
        Self { why: Why::Text(reason), field: Some(field), path: Some(path.into()) }
    }
}

impl From<RowError> for Skipped {
    fn from(error: RowError) -> Self {
        Self { why: Why::Form(error.kind), field: None, path: error.at }
    }
}

impl From<Why> for Skipped {
    fn from(why: Why) -> Self {
        Self { why, field: None, path: None }
    }
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome<I> {
    /// It made a new thing.
    Created(I),
    /// It changed the thing with its external id.
    Updated(I),
    /// It said nothing new.
    Unchanged(I),
    /// It was passed over.
    Skipped(Skipped),
}

/// One row and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportedRow<I> {
    /// The number of its line, or of its entry in a Bundle, from 1.
    pub line: u64,
    /// What became of it.
    pub outcome: RowOutcome<I>,
}

/// What became of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportReport<I> {
    /// Every row, in order.
    pub rows: Vec<ImportedRow<I>>,
    /// How many made a new thing.
    pub created: u64,
    /// How many changed one.
    pub updated: u64,
    /// How many said nothing new.
    pub unchanged: u64,
    /// How many were passed over.
    pub skipped: u64,
    /// Whether all rows were seen; not so where the progress said to stop.
    pub is_complete: bool,
}

impl<I> ImportReport<I> {
    fn push(&mut self, line: u64, outcome: RowOutcome<I>) {
        *match outcome {
            RowOutcome::Created(_) => &mut self.created,
            RowOutcome::Updated(_) => &mut self.updated,
            RowOutcome::Unchanged(_) => &mut self.unchanged,
            RowOutcome::Skipped(_) => &mut self.skipped,
        } += 1;
        self.rows.push(ImportedRow { line, outcome });
    }
}

impl<I> Default for ImportReport<I> {
    fn default() -> Self {
        let rows = Vec::new();
        Self { rows, created: 0, updated: 0, unchanged: 0, skipped: 0, is_complete: true }
    }
}

/// Parses a text where there is one.
fn parsed<T>(
    parse: impl Fn(&str) -> std::result::Result<T, Reason>,
    text: &Option<String>,
    field: &'static str,
) -> std::result::Result<Option<T>, Skipped> {
    text.as_deref().map(|text| required(parse, text, field)).transpose()
}

/// Parses a text that is there.
fn required<T>(
    parse: impl Fn(&str) -> std::result::Result<T, Reason>,
    text: &str,
    field: &'static str,
) -> std::result::Result<T, Skipped> {
    parse(text).map_err(|reason| Skipped::text(reason, field, field))
}

/// A time that is over, as a row states it: milliseconds since 1970 UTC, and 0 for none.
fn past(
    millis: Option<i64>,
    now: Timestamp,
    field: &'static str,
) -> std::result::Result<Option<Timestamp>, Skipped> {
    match millis.filter(|millis| *millis != 0) {
        Some(millis) if !(0..=now.millis()).contains(&millis) => {
            Err(Skipped::text(Reason::NotInRange, field, field))
        }
        millis => Ok(millis.map(Timestamp::from_millis)),
    }
}

/// A thing of the actor's practice, found by the host's own key.
fn find(unit: &mut Unit<'_>, noun: Noun, id: &ExternalId) -> Result<Option<Uuid>> {
    let practice = unit.context.practice()?;
    Ok(records::index::find_external(&mut unit.write, practice, noun, id)?)
}

/// What became of a row that was tried.
#[derive(Serialize, Deserialize)]
enum Landed<I> {
    Created(I),
    Updated(I),
    Unchanged(I),
    /// A rule said no, because of the member at the path where one is named.
    Refused(Refusal, Option<String>),
    /// A member breaks a rule that only what is on file can tell.
    Broken(Reason, String),
    TooLarge,
}

impl<I> Landed<I> {
    fn refused_at(refusal: Refusal, path: impl Into<String>) -> Self {
        Self::Refused(refusal, Some(path.into()))
    }
}

impl<I> From<Landed<I>> for RowOutcome<I> {
    fn from(landed: Landed<I>) -> Self {
        match landed {
            Landed::Created(id) => Self::Created(id),
            Landed::Updated(id) => Self::Updated(id),
            Landed::Unchanged(id) => Self::Unchanged(id),
            Landed::Refused(refusal, path) => {
                Self::Skipped(Skipped { why: Why::Refused(refusal), field: None, path })
            }
            Landed::Broken(reason, path) => {
                Self::Skipped(Skipped { why: Why::Text(reason), field: None, path: Some(path) })
            }
            Landed::TooLarge => Self::Skipped(Why::TooLarge.into()),
        }
    }
}

/// A row whose texts are parsed.
trait Land: Send + Sync + 'static {
    type Id: Serialize + DeserializeOwned + Send + 'static;
    const ACTION: Action;

    /// Writes it. What it refuses, it refuses before the first write.
    fn land(&self, unit: &mut Unit<'_>) -> Result<Landed<Self::Id>>;
}

#[derive(Serialize)]
struct Chunk<R> {
    #[serde(skip)]
    rows: Arc<[R]>,
    range: Range<usize>,
}

impl<R: Land> Command for Chunk<R> {
    type Done = Vec<Landed<R::Id>>;
    const ACTION: Option<Action> = Some(R::ACTION);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Self::Done> {
        unit.look().permit(R::ACTION, About::New)?;
        let rows = self.rows.get(self.range.clone()).unwrap_or_default();
        rows.iter()
            .map(|row| match row.land(unit) {
                Err(Error::Refused(refusal)) => Ok(Landed::Refused(refusal, None)),
                Err(Error::Invalid(it)) => Ok(Landed::Broken(it.reason, it.field.to_owned())),
                landed => landed,
            })
            .collect()
    }
}

/// Reads rows, parses each by `parse` with the time of the import, and writes them in chunks.
fn import<T, R: Land>(
    admit: &Admit,
    actor: &Actor,
    rows: impl Iterator<Item = Row<T>>,
    parse: impl Fn(T, Timestamp) -> std::result::Result<R, Skipped>,
    progress: Option<Progress<'_>>,
) -> Result<ImportReport<R::Id>> {
    let now = admit.read(actor, |look| {
        look.permit(R::ACTION, About::New)?;
        Ok(look.now())
    })?;
    let mut rows = rows.peekable();
    let mut report = ImportReport::default();
    while rows.peek().is_some() {
        let mut ready = Vec::new();
        let mut tried = Vec::new();
        for row in rows.by_ref().take(CHUNK) {
            let parsed = row.result.map_err(Skipped::from).and_then(|it| parse(it, now));
            tried.push((row.line, parsed.map(|row| ready.push(row))));
        }
        let range = 0..ready.len();
        let mut landed = land_all(admit, actor, &ready.into(), range)?.into_iter();
        for (line, parsed) in tried {
            match parsed {
                Err(skipped) => report.push(line, RowOutcome::Skipped(skipped)),
                Ok(()) => report.push(line, landed.next().unwrap_or(Landed::TooLarge).into()),
            }
        }
        let done = report.rows.len() as u64;
        if progress.is_some_and(|progress| !progress(done)) {
            report.is_complete = rows.peek().is_none();
            break;
        }
    }
    Ok(report)
}

/// Writes rows in one commit, or in two where they are too large for one.
fn land_all<R: Land>(
    admit: &Admit,
    actor: &Actor,
    rows: &Arc<[R]>,
    range: Range<usize>,
) -> Result<Vec<Landed<R::Id>>> {
    if range.is_empty() {
        return Ok(Vec::new());
    }
    let chunk = Chunk { rows: Arc::clone(rows), range: range.clone() };
    match admit.run(actor, chunk, None) {
        Err(Error::Store(StoreError::TooLarge)) if range.len() == 1 => Ok(vec![Landed::TooLarge]),
        Err(Error::Store(StoreError::TooLarge)) => {
            let middle = range.start + range.len() / 2;
            let mut landed = land_all(admit, actor, rows, range.start..middle)?;
            landed.extend(land_all(admit, actor, rows, middle..range.end)?);
            Ok(landed)
        }
        landed => landed,
    }
}
