//! Callbacks: owned from the first line of the call that takes them, told goodbye exactly once,
//! and only ever called on the thread of a caller, inside its call.

use crate::domain::chart::{Fact, Facts};
use crate::domain::id::InvitationId;
use std::ffi::{CString, c_char, c_void};
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// Tells the time of a test store: milliseconds since 1970 UTC. Runs on the thread of a caller,
/// inside its call; must not throw, longjmp or call the same store.
pub type admit_clock_fn = Option<unsafe extern "C" fn(user_data: *mut c_void) -> i64>;

/// Says whether a new password may be used: 0 for one that is known to be breached. `password` is
/// UTF-8 and lives until the return. Runs on the thread of a caller, inside its call; must not
/// throw, longjmp or call the same store.
pub type admit_password_check_fn =
    Option<unsafe extern "C" fn(user_data: *mut c_void, password: *const c_char) -> i32>;

/// Says whether facts of a chart are right that whoever accepts an invitation gives: 0 for wrong.
/// They come as they are compared: the date as YYYY-MM-DD, the postcode in upper case without white
/// space, the record number in lower case; what was not given is NULL. The texts are UTF-8 and live
/// until the return. Which of them is wrong must not be told to anybody. Runs on the thread of a
/// caller, inside its call; must not throw, longjmp or call the same store.
pub type admit_fact_check_fn = Option<
    unsafe extern "C" fn(
        user_data: *mut c_void,
        invitation_id: *const c_char,
        birth_date: *const c_char,
        postcode: *const c_char,
        record_number: *const c_char,
    ) -> i32,
>;

/// How much a line of the log matters.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_log_level {
    /// Somebody has to act now: the store does not do its work.
    AdmitLogLevelError = 1,
    /// Somebody should look at it by day.
    AdmitLogLevelWarning = 2,
    /// Good to know later.
    AdmitLogLevelInfo = 3,
}

/// Takes a line of the log, of an `admit_log_level`. `line` is one line of English for a support
/// engineer, with nothing personal and no secret, and lives until the return; what follows
/// "script: " is what a script chose to log. Runs on the thread of a caller, inside its call, for
/// one line at a time; must not throw, longjmp or call the same store.
pub type admit_log_fn =
    Option<unsafe extern "C" fn(user_data: *mut c_void, level: i32, line: *const c_char)>;

/// Frees a callback's `user_data`. Called exactly once: in `admit_store_close`, or when opening
/// fails; but never for options whose size is not set, for those are not read.
pub type admit_destroy_fn = Option<unsafe extern "C" fn(user_data: *mut c_void)>;

/// The threads that are inside a callback of one store.
#[derive(Default)]
pub(in crate::ffi) struct Reentry(Mutex<Vec<ThreadId>>);

impl Reentry {
    fn inside(&self) -> MutexGuard<'_, Vec<ThreadId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this thread is inside a callback.
    pub fn is_inside(&self) -> bool {
        let inside = self.inside();
        !inside.is_empty() && inside.contains(&thread::current().id())
    }

    /// Runs a callback with this thread marked.
    pub fn during<T>(&self, callback: impl FnOnce() -> T) -> T {
        let this = thread::current().id();
        self.inside().push(this);
        let answer = callback();
        let mut inside = self.inside();
        if let Some(at) = inside.iter().position(|thread| *thread == this) {
            inside.swap_remove(at);
        }
        answer
    }
}

/// A caller's function with its data.
pub(in crate::ffi) struct Callback<F> {
    function: F,
    user_data: *mut c_void,
    destroy: admit_destroy_fn,
}

// SAFETY: the header asks that callbacks and their data may be used from every thread that calls
// the store.
unsafe impl<F: Send> Send for Callback<F> {}
// SAFETY: as above.
unsafe impl<F: Sync> Sync for Callback<F> {}

impl<F> Callback<F> {
    /// Takes a callback over, together with the duty to destroy its data.
    pub const fn new(function: F, user_data: *mut c_void, destroy: admit_destroy_fn) -> Self {
        Self { function, user_data, destroy }
    }
}

impl<F> Drop for Callback<F> {
    fn drop(&mut self) {
        if let Some(destroy) = self.destroy {
            // SAFETY: the data is the caller's own and was not destroyed before.
            unsafe { destroy(self.user_data) };
        }
    }
}

impl Callback<unsafe extern "C" fn(*mut c_void) -> i64> {
    /// Asks the clock.
    pub fn tell(&self) -> i64 {
        // SAFETY: the function takes the data that it was registered with.
        unsafe { (self.function)(self.user_data) }
    }
}

impl Callback<unsafe extern "C" fn(*mut c_void, *const c_char) -> i32> {
    /// Asks about a password; one with a NUL is never allowed, so it is not asked about.
    pub fn allows(&self, password: &str) -> bool {
        let Ok(password) = CString::new(password) else { return false };
        // SAFETY: the function takes the data that it was registered with, and a live text.
        let answer = unsafe { (self.function)(self.user_data, password.as_ptr()) };
        drop(zeroize::Zeroizing::new(password.into_bytes()));
        answer != 0
    }
}

/// The function behind `admit_fact_check_fn`.
pub(in crate::ffi) type Confirm = unsafe extern "C" fn(
    *mut c_void,
    *const c_char,
    *const c_char,
    *const c_char,
    *const c_char,
) -> i32;

impl Callback<Confirm> {
    /// Asks about facts; none that was let in has a NUL.
    pub fn confirms(&self, invitation: InvitationId, facts: &Facts) -> bool {
        let Ok(id) = CString::new(invitation.to_string()) else { return false };
        let given = Fact::ALL.map(|fact| facts.get(fact).and_then(|text| CString::new(text).ok()));
        let [birth, postcode, number] =
            given.each_ref().map(|text| text.as_ref().map_or(ptr::null(), |text| text.as_ptr()));
        // SAFETY: the function takes the data that it was registered with, and live texts.
        let answer =
            unsafe { (self.function)(self.user_data, id.as_ptr(), birth, postcode, number) };
        for text in given.into_iter().flatten() {
            drop(zeroize::Zeroizing::new(text.into_bytes()));
        }
        answer != 0
    }
}

impl Callback<unsafe extern "C" fn(*mut c_void, i32, *const c_char)> {
    /// Tells a line; none of ours has a NUL.
    pub fn log(&self, level: admit_log_level, line: &str) {
        let Ok(line) = CString::new(line) else { return };
        // SAFETY: the function takes the data that it was registered with, and a live text.
        unsafe { (self.function)(self.user_data, level as i32, line.as_ptr()) }
    }
}
