use crate::commands::import::{ImportReport, RowOutcome, Skipped};
use crate::domain::id::Id;
use crate::ffi::object::{Object, free, json, number, opaque, shown, some, text_at};
use serde::Serialize;
use std::ffi::c_char;
use uuid::Uuid;

/// What became of a row of an import.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_import_outcome {
    /// There is no such row.
    AdmitImportNone = 0,
    /// It made a new thing.
    AdmitImportCreated = 1,
    /// It changed the thing with its external id.
    AdmitImportUpdated = 2,
    /// It said nothing new.
    AdmitImportUnchanged = 3,
    /// It was passed over; the row says why.
    AdmitImportSkipped = 4,
}

#[derive(Serialize)]
pub(in crate::ffi) struct Row {
    line: u64,
    outcome: RowOutcome<Uuid>,
}

#[derive(Serialize)]
pub(in crate::ffi) struct Report {
    created: u64,
    updated: u64,
    unchanged: u64,
    skipped: u64,
    is_complete: bool,
    rows: Vec<Row>,
}

/// What became of an import, row by row. Free it with `admit_import_free`.
pub struct admit_import(Object<Report>);
opaque!(admit_import shows Report);

/// A report whose ids are of no noun any more.
pub(super) fn plain<N>(report: ImportReport<Id<N>>) -> Report {
    let rows = report.rows.into_iter().map(|row| Row {
        line: row.line,
        outcome: match row.outcome {
            RowOutcome::Created(id) => RowOutcome::Created(id.uuid()),
            RowOutcome::Updated(id) => RowOutcome::Updated(id.uuid()),
            RowOutcome::Unchanged(id) => RowOutcome::Unchanged(id.uuid()),
            RowOutcome::Skipped(skipped) => RowOutcome::Skipped(skipped),
        },
    });
    Report {
        created: report.created,
        updated: report.updated,
        unchanged: report.unchanged,
        skipped: report.skipped,
        is_complete: report.is_complete,
        rows: rows.collect(),
    }
}

/// How many rows made a new thing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_created(import: *const admit_import) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(import, 0, |it| it.created) }
}

/// How many rows changed one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_updated(import: *const admit_import) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(import, 0, |it| it.updated) }
}

/// How many rows said nothing new.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_unchanged(import: *const admit_import) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(import, 0, |it| it.unchanged) }
}

/// How many rows were passed over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_skipped(import: *const admit_import) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(import, 0, |it| it.skipped) }
}

/// 1 where all rows were seen; 0 where the progress callback ended it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_is_complete(import: *const admit_import) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(import, 0, |it| i32::from(it.is_complete)) }
}

/// How many rows there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_row_count(import: *const admit_import) -> usize {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(import, 0, |it| it.rows.len()) }
}

/// The number of a row's line, or of its entry in a Bundle, from 1; 0 past the last row.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_row_line(import: *const admit_import, at: usize) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(import, 0, |it| it.rows.get(at).map_or(0, |row| row.line)) }
}

/// What became of a row.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_row_outcome(
    import: *const admit_import,
    at: usize,
) -> admit_import_outcome {
    let none = admit_import_outcome::AdmitImportNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        number(import, none, |it| match it.rows.get(at).map(|row| &row.outcome) {
            None => none,
            Some(RowOutcome::Created(_)) => admit_import_outcome::AdmitImportCreated,
            Some(RowOutcome::Updated(_)) => admit_import_outcome::AdmitImportUpdated,
            Some(RowOutcome::Unchanged(_)) => admit_import_outcome::AdmitImportUnchanged,
            Some(RowOutcome::Skipped(_)) => admit_import_outcome::AdmitImportSkipped,
        })
    }
}

/// The id of what a row made, changed or found; NULL for one that was passed over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_row_id(
    import: *const admit_import,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe {
        text_at(import, "row_id", at, |it| match &it.rows.get(at)?.outcome {
            RowOutcome::Created(id) | RowOutcome::Updated(id) | RowOutcome::Unchanged(id) => {
                shown(id)
            }
            RowOutcome::Skipped(_) => None,
        })
    }
}

fn skipped(report: &Report, at: usize) -> Option<&Skipped> {
    match &report.rows.get(at)?.outcome {
        RowOutcome::Skipped(skipped) => Some(skipped),
        _ => None,
    }
}

/// Why a row was passed over, in a sentence without anything personal; NULL where it was not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_row_reason(
    import: *const admit_import,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(import, "row_reason", at, |it| shown(skipped(it, at)?.why)) }
}

/// The path of the member at fault in a row, such as "name[0].family"; NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_row_path(
    import: *const admit_import,
    at: usize,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text_at(import, "row_path", at, |it| some(skipped(it, at)?.path.as_deref()?)) }
}

/// The whole report as JSON. Lives as long as the report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_json(import: *const admit_import) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(import) }
}

/// Frees a report. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_import_free(import: *mut admit_import) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(import) }
}
