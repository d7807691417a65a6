//! admit, called as a C program calls it.

use crate::competitor::{Competitor, Fallible, Worker};
use crate::newcomer::Newcomer;
use admit::ffi::actor::{admit_actor, admit_actor_host};
use admit::ffi::client::{admit_client, admit_client_create, admit_client_input};
use admit::ffi::error::{admit_error, admit_error_free, admit_error_message};
use admit::ffi::practice::{
    admit_practice, admit_practice_create, admit_practice_get_by_external_id, admit_practice_input,
};
use admit::ffi::status::admit_status;
use admit::ffi::store::{admit_open_options, admit_store, admit_store_close, admit_store_open};
use admit::ffi::words::admit_channel;
use std::ffi::{CStr, CString, c_char};
use std::mem::zeroed;
use std::path::Path;
use std::ptr::null_mut;

/// The key of every file of the bench.
pub const KEY: [u8; 32] = [7; 32];

const PRACTICE: &CStr = c"bay-street";

/// As include/admit.h has them.
const ADMIT_OPEN_CREATE: u32 = 1;
const ADMIT_OPEN_SLOW_REPAIR: u32 = 4;

// SAFETY: as include/admit.h declares them; Rust has no other path to these three.
#[allow(improper_ctypes)] // Opaque: only pointers to them pass.
unsafe extern "C" {
    fn admit_client_free(client: *mut admit_client);
    fn admit_practice_free(practice: *mut admit_practice);
    fn admit_practice_id(practice: *const admit_practice) -> *const c_char;
}

/// An open store, and the host as an actor of its one practice.
pub struct ThroughC {
    name: &'static str,
    store: *mut admit_store,
    actor: *mut admit_actor,
}

// SAFETY: the header allows stores and actors on any number of threads.
unsafe impl Send for ThroughC {}
// SAFETY: as above.
unsafe impl Sync for ThroughC {}

impl ThroughC {
    /// Opens the store at a path, and makes it, with a practice, where there is none.
    pub fn open(name: &'static str, path: &Path, quick_repair: bool) -> Fallible<Self> {
        let is_new = !path.exists();
        let path = CString::new(path.to_str().ok_or("the path is not UTF-8")?)?;
        let origins = [c"https://portal.example.org".as_ptr()];
        let (mut store, mut err) = (null_mut(), null_mut());
        // SAFETY: zero is the default of every member; the texts outlive the call.
        let status = unsafe {
            let mut options: admit_open_options = zeroed();
            options.size = size_of::<admit_open_options>();
            options.flags = ADMIT_OPEN_CREATE;
            options.flags |= if quick_repair { 0 } else { ADMIT_OPEN_SLOW_REPAIR };
            options.link_origins = origins.as_ptr();
            options.link_origin_count = origins.len();
            admit_store_open(path.as_ptr(), KEY.as_ptr(), 32, &options, &mut store, &mut err)
        };
        require_ok(status, err)?;
        let mut opened = Self { name, store, actor: null_mut() };
        opened.actor = host(store, if is_new { new_practice(store)? } else { practice(store)? })?;
        Ok(opened)
    }

    /// Creates a client with an invitation that goes out by e-mail.
    pub fn create(&self, newcomer: &Newcomer) -> Fallible<()> {
        let external_id = CString::new(newcomer.external_id.as_str())?;
        let family = CString::new(newcomer.family)?;
        let given = CString::new(newcomer.given)?;
        let birth = CString::new(newcomer.birth.as_str())?;
        let email = CString::new(newcomer.email.as_str())?;
        let mut client: *mut admit_client = null_mut();
        let mut err = null_mut();
        // SAFETY: zero is the default of every member; the texts outlive the call.
        let status = unsafe {
            let mut input: admit_client_input = zeroed();
            input.size = size_of::<admit_client_input>();
            input.external_id = external_id.as_ptr();
            input.family_name = family.as_ptr();
            input.given_name = given.as_ptr();
            input.birth_date = birth.as_ptr();
            input.email = email.as_ptr();
            input.invite = 1;
            input.invite_channel = admit_channel::AdmitChannelEmail as i32;
            let status = admit_client_create(self.actor, &input, &mut client, &mut err);
            admit_client_free(client);
            status
        };
        require_ok(status, err)
    }
}

impl Drop for ThroughC {
    fn drop(&mut self) {
        // SAFETY: the store is open, and no thread borrows it any more.
        unsafe { admit_store_close(self.store) };
    }
}

impl Competitor for ThroughC {
    fn name(&self) -> &'static str {
        self.name
    }

    fn worker(&self) -> Fallible<Box<dyn Worker + '_>> {
        Ok(Box::new(self))
    }
}

impl Worker for &ThroughC {
    fn create(&mut self, newcomer: &Newcomer) -> Fallible<()> {
        ThroughC::create(self, newcomer)
    }
}

fn new_practice(store: *mut admit_store) -> Fallible<*mut admit_practice> {
    let (mut practice, mut err) = (null_mut(), null_mut());
    // SAFETY: zero is the default of every member, and the texts are static.
    let status = unsafe {
        let mut input: admit_practice_input = zeroed();
        input.size = size_of::<admit_practice_input>();
        input.external_id = PRACTICE.as_ptr();
        input.name = c"Bay Street Practice".as_ptr();
        input.sender = c"hello@portal.example.org".as_ptr();
        input.invitation_link = c"https://portal.example.org/i#{token}".as_ptr();
        admit_practice_create(store, &input, &mut practice, &mut err)
    };
    require_ok(status, err)?;
    Ok(practice)
}

fn practice(store: *mut admit_store) -> Fallible<*mut admit_practice> {
    let (mut practice, mut err) = (null_mut(), null_mut());
    // SAFETY: the text is static.
    let status = unsafe {
        admit_practice_get_by_external_id(store, PRACTICE.as_ptr(), &mut practice, &mut err)
    };
    require_ok(status, err)?;
    Ok(practice)
}

fn host(store: *mut admit_store, practice: *mut admit_practice) -> Fallible<*mut admit_actor> {
    let (mut actor, mut err) = (null_mut(), null_mut());
    // SAFETY: the practice is freed after the last use of its id.
    let status = unsafe {
        let status = admit_actor_host(store, admit_practice_id(practice), &mut actor, &mut err);
        admit_practice_free(practice);
        status
    };
    require_ok(status, err)?;
    Ok(actor)
}

fn require_ok(status: admit_status, err: *mut admit_error) -> Fallible<()> {
    if status == admit_status::AdmitOk {
        return Ok(());
    }
    // SAFETY: a failed call fills the error, which is freed after its last use.
    let message = unsafe {
        let message = CStr::from_ptr(admit_error_message(err)).to_string_lossy().into_owned();
        admit_error_free(err);
        message
    };
    Err(message.into())
}
