use super::report::{admit_import, plain};
use crate::commands::Admit;
use crate::commands::import::{ImportReport, Progress};
use crate::domain::actor::Actor;
use crate::domain::id::Id;
use crate::error::Result;
use crate::ffi::actor::admit_actor;
use crate::ffi::call::{self, Out};
use crate::ffi::error::admit_error;
use crate::ffi::handle;
use crate::ffi::status::admit_status;
use std::ffi::c_void;

/// Hears how many rows are done, after each commit; 0 ends the import there, with what was
/// committed. Runs on the caller's thread, inside the call; must not throw, longjmp or call the
/// same store.
pub type admit_progress_fn = Option<unsafe extern "C" fn(user_data: *mut c_void, rows: u64) -> i32>;

/// Imports `data` by one of the imports, telling how far it is where somebody hears.
///
/// # Safety
/// The pointers are as the header asks.
unsafe fn told<N>(
    actor: *mut admit_actor,
    (data, data_len): (*const u8, usize),
    (progress, progress_data): (admit_progress_fn, *mut c_void),
    import: *mut *mut admit_import,
    err: *mut *mut admit_error,
    run: impl Fn(&Admit, &Actor, &[u8], Option<Progress<'_>>) -> Result<ImportReport<Id<N>>>,
) -> admit_status {
    call::call(err, || {
        // SAFETY: handed on from this function's contract.
        let (out, data) = unsafe { (Out::new(import), call::bytes(data, data_len)?) };
        let (opened, actor) = handle::actor(actor)?;
        let hear = |rows: u64| match progress {
            None => true,
            // SAFETY: the function takes the data that came with it.
            Some(progress) => opened.during(|| unsafe { progress(progress_data, rows) }) != 0,
        };
        out.fill_if_wanted(plain(run(&opened.admit, &actor, data, Some(&hear))?));
        Ok(())
    })
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
    // SAFETY: the pointers are as the header asks.
    unsafe {
        told(actor, (data, data_len), (progress, progress_data), import, err, Admit::import_clients)
    }
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
    let unwatched = (None, std::ptr::null_mut());
    // SAFETY: the pointers are as the header asks.
    unsafe {
        told(actor, (data, data_len), unwatched, import, err, |admit, actor, data, _| {
            admit.import_staff(actor, data)
        })
    }
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
    let unwatched = (None, std::ptr::null_mut());
    // SAFETY: the pointers are as the header asks.
    unsafe {
        told(actor, (data, data_len), unwatched, import, err, |admit, actor, data, _| {
            admit.import_rooms(actor, data)
        })
    }
}

/// Imports logins from another product: NDJSON of `data_len` bytes of UTF-8, an object a line. For
/// the host and admins. Nobody is invited or told. Import the seats and clients first.
///
/// - `client`, the external id of the client that it is; `clients`, a list of up to 64 where it is
///   several; `staff`, the external id of the seat that it holds. One of them is required.
/// - `username`, `email`. One of them or an identity is required.
/// - `email_verified`, true where the other product proved the address; counts from the host alone.
/// - `hash`, what the other product stored of the password, so that its holder signs in as before:
///   a PHC string of argon2id, argon2i, scrypt, pbkdf2-sha256 or pbkdf2-sha512, a bcrypt string of
///   2a, 2b or 2y, or the base64 blob of ASP.NET Identity 2 or 3. A hash of our own replaces it at
///   the next sign-in. One that would take some seconds to verify is refused. Without a hash the
///   holder asks for a reset.
/// - `must_change`, true where that password must be changed at the next sign-in.
/// - `identities`, a list of at most 8 objects with `issuer` and `subject`, both required.
/// - `status`, "active" (so too where it is absent), "suspended" or "removed". A new login that is
///   suspended has its seat and clients suspended; one that was removed is passed over.
/// - `created_at`, `activated_at` (when it took up its clients), `last_sign_in`: milliseconds since
///   1970 UTC, none ahead of now.
/// - `holder` (the holder's name), `phone`, `locale` ("es-MX"), `zone` ("America/New_York").
///
/// A misspelt member is refused. A row is at most 1 MiB; 1,000 rows are committed at a time, and
/// each has an outcome of its own. A login is found again by its seat or clients, so that the same
/// file goes on where it stopped, and a later one brings what has changed there. Once its holder
/// has used a login here, by a sign-in, a reset or a password, rows give it further clients and no
/// more. A login that was removed from a client here is not made again; that of a seat is, unless
/// the seat has ended.
///
/// Rows are skipped for: an external id that is not on file; a hash, an identity, or where practices
/// share a portal an address, that an admin states; a name or an identity that another login of the
/// portal has; a hash of an unknown form or of absurd cost; a suspension or removal of a login that
/// is here, whose holder is to be told: suspend the seat or client, or remove the login.
/// `progress` may be NULL; `import` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_login_import(
    actor: *mut admit_actor,
    data: *const u8,
    data_len: usize,
    progress: admit_progress_fn,
    progress_data: *mut c_void,
    import: *mut *mut admit_import,
    err: *mut *mut admit_error,
) -> admit_status {
    // SAFETY: the pointers are as the header asks.
    unsafe {
        told(actor, (data, data_len), (progress, progress_data), import, err, Admit::import_logins)
    }
}

/// Imports proxies from another product: NDJSON of `data_len` bytes of UTF-8, an object a line. For
/// the host and admins. Nobody is told. Import the clients and logins first.
///
/// - `client`, the external id of the client who is served. Required.
/// - The login, by exactly one of `username`, `email`, `login_client` (the external id of the
///   client that it is) and `login_staff` (that of the seat that it holds). One is required. The
///   host names any login of the portal, an admin those that hold something in the practice.
/// - `tie`, "guardian" (so too where it is absent) or "self"; `relationship`, such as "mother".
/// - `ends_at`, milliseconds since 1970 UTC; 0 or none is when the client comes of age, where the
///   day of birth is known.
///
/// A misspelt member is refused. A row is at most 1 MiB. A proxy is found again by its client and
/// login, and takes the relationship and end that a later row states; one that has ended here
/// stays ended, and its row is skipped. `progress` may be NULL; `import` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_proxy_import(
    actor: *mut admit_actor,
    data: *const u8,
    data_len: usize,
    progress: admit_progress_fn,
    progress_data: *mut c_void,
    import: *mut *mut admit_import,
    err: *mut *mut admit_error,
) -> admit_status {
    // SAFETY: the pointers are as the header asks.
    unsafe {
        told(actor, (data, data_len), (progress, progress_data), import, err, Admit::import_proxies)
    }
}

/// Imports grants from another product: NDJSON of `data_len` bytes of UTF-8, an object a line. For
/// the host and admins. Nobody is told. Import the clients, seats and rooms first.
///
/// - `client`, the external id of the client whose chart is opened. Required.
/// - `staff`, the external id of a seat, or `room`, that of a room. One is required.
/// - `scopes`, a list of at most 16 parts of the chart; none is all of it.
/// - `reason`, a line; `ends_at`, milliseconds since 1970 UTC, 0 or none for no end.
///
/// A misspelt member is refused. A row is at most 1 MiB. A grant is found again by its client,
/// grantee and scopes in their order, and takes the reason and end that a later row states; one
/// that was withdrawn or has ended here stays so, and its row is skipped. `progress` may be NULL;
/// `import` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_grant_import(
    actor: *mut admit_actor,
    data: *const u8,
    data_len: usize,
    progress: admit_progress_fn,
    progress_data: *mut c_void,
    import: *mut *mut admit_import,
    err: *mut *mut admit_error,
) -> admit_status {
    // SAFETY: the pointers are as the header asks.
    unsafe {
        told(actor, (data, data_len), (progress, progress_data), import, err, Admit::import_grants)
    }
}
