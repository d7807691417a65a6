//! Imports and exports.

use super::actor::admit_actor;
use super::call::{self, Out};
use super::error::admit_error;
use super::handle;
use super::object::{Object, free, json, number, opaque, shown, some, text, text_at};
use super::status::admit_status;
use crate::commands::import::{ImportReport, RowOutcome, Skipped};
use crate::domain::id::Id;
use crate::error::Result;
use serde::Serialize;
use std::ffi::{c_char, c_void};
use uuid::Uuid;

/// Hears how many rows are done, after each commit; 0 ends the import there, with what was
/// committed. Runs on the caller's thread, inside the call; must not throw, longjmp or call the
/// same store.
pub type admit_progress_fn = Option<unsafe extern "C" fn(user_data: *mut c_void, rows: u64) -> i32>;

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
pub(super) struct Row {
    line: u64,
    outcome: RowOutcome<Uuid>,
}

#[derive(Serialize)]
pub(super) struct Report {
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

fn plain<N>(report: ImportReport<Id<N>>) -> Report {
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

/// Imports FHIR R4 patients: NDJSON, a Bundle, or one Patient, of `data_len` bytes of UTF-8.
///
/// Every row has an outcome of its own, and a bad one never stops the rest; 1,000 rows are
/// committed at a time. A client is found again by its external id, which is `system|value` of
/// the Patient's first medical record number, else its `id`. Patients that are inactive or have
/// died become deactivated and are never invited. No notice is sent. A row is at most 1 MiB.
/// `progress` may be NULL; `import` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_import(
    actor: *mut admit_actor,
    data: *const u8,
    data_len: usize,
    progress: admit_progress_fn,
    progress_data: *mut c_void,
    import: *mut *mut admit_import,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, data) = unsafe { (Out::new(import), call::bytes(data, data_len)?) };
        let (opened, actor) = handle::actor(actor)?;
        let hear = |rows: u64| match progress {
            None => true,
            // SAFETY: the function takes the data that came with it.
            Some(progress) => opened.during(|| unsafe { progress(progress_data, rows) }) != 0,
        };
        let report = opened.admit.import_clients(&actor, data, Some(&hear))?;
        out.fill_if_wanted(plain(report));
        Ok(())
    })
}

/// Imports staff seats from NDJSON: an object a line with `name` or `given_name` and
/// `family_name`, `role` ("admin", "practitioner", "assistant", "member"), and where they are
/// known `external_id`, `email`, `phone`, `locale`, `zone`, `approved`. A misspelt member is
/// refused. `import` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_import(
    actor: *mut admit_actor,
    data: *const u8,
    data_len: usize,
    import: *mut *mut admit_import,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, data) = unsafe { (Out::new(import), call::bytes(data, data_len)?) };
        let (opened, actor) = handle::actor(actor)?;
        out.fill_if_wanted(plain(opened.admit.import_staff(&actor, data)?));
        Ok(())
    })
}

/// Imports rooms from NDJSON: an object a line with `name` and, where it has one, `external_id`.
/// `import` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_room_import(
    actor: *mut admit_actor,
    data: *const u8,
    data_len: usize,
    import: *mut *mut admit_import,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let (out, data) = unsafe { (Out::new(import), call::bytes(data, data_len)?) };
        let (opened, actor) = handle::actor(actor)?;
        out.fill_if_wanted(plain(opened.admit.import_rooms(&actor, data)?));
        Ok(())
    })
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

/// A client written for exchange. Free it with `admit_client_document_free`.
pub struct admit_client_document(Object<String>);
opaque!(admit_client_document shows String);

/// Writes a client as a FHIR R4 Patient, which an import finds again by the same external id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_export(
    actor: *mut admit_actor,
    client_id: *const c_char,
    document: *mut *mut admit_client_document,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || -> Result<()> {
        // SAFETY: the pointers are as the header asks.
        let (out, id) =
            unsafe { (Out::new(document).required()?, call::id(client_id, "client_id")?) };
        let (opened, actor) = handle::actor(actor)?;
        out.fill(opened.admit.export_client(&actor, id)?.into());
        Ok(())
    })
}

/// The Patient as JSON. Lives as long as the document.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_document_json(
    document: *const admit_client_document,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(document, "json", |it| some(it)) }
}

/// Frees a document. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_document_free(document: *mut admit_client_document) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(document) }
}
