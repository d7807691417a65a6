//! What a host chooses when it opens a store.

use super::super::call::{self, Extensible};
use super::callback::{
    Callback, Confirm, Reentry, admit_clock_fn, admit_destroy_fn, admit_fact_check_fn,
    admit_log_fn, admit_log_level, admit_password_check_fn,
};
use crate::commands::Options;
use crate::commands::admit::{FactCheck, PasswordCheck};
use crate::commands::environment::{Environment, HostClock, system};
use crate::commands::log::{Level, Log};
use crate::domain::rate::{self, Limit};
use crate::domain::text::{AllowList, Line, Reason};
use crate::error::{Error, InField, Result};
use crate::hooks::Limits;
#[cfg(feature = "test-environment")]
use crate::seal::KeyRing;
use secrecy::SecretSlice;
use std::ffi::{c_char, c_void};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// `flags`: makes the file where there is none.
pub const ADMIT_OPEN_CREATE: u32 = 1;
/// `flags`: a test store, whose clock the host tells. The file says so and opens in no other way.
/// It also allows links to http://localhost.
pub const ADMIT_OPEN_TEST: u32 = 2;
/// `flags`: commits write a little less, and opening after a crash takes seconds for each million
/// clients instead of milliseconds.
pub const ADMIT_OPEN_SLOW_REPAIR: u32 = 4;

const FLAGS: u32 = ADMIT_OPEN_CREATE | ADMIT_OPEN_TEST | ADMIT_OPEN_SLOW_REPAIR;
const SCRIPT_TIME_MAX: u32 = 60_000;
const SCRIPT_MEMORY_MIN: u64 = 4 << 20;
const CACHE_BYTES_MIN: u64 = 1 << 20;

/// How to open a store. Start from ADMIT_OPEN_OPTIONS_INIT; zero means the default.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_open_options {
    /// sizeof(admit_open_options).
    pub size: usize,
    /// ADMIT_OPEN_* bits.
    pub flags: u32,
    /// How many passwords are hashed at once; 0 is the number of cores, at most 4. Each takes 19
    /// MiB while it runs.
    pub hashes_at_once: u32,
    /// How much of the file is kept in memory, in bytes, at least 1 MiB; 0 is 64 MiB.
    pub cache_bytes: u64,
    /// The origins that links may lead to, such as "https://portal.example.org".
    pub link_origins: *const *const c_char,
    /// How many origins there are, at most 100.
    pub link_origin_count: usize,
    /// What the product is called: stands in messages, and in no password.
    pub product: *const c_char,
    /// A secret that every password hash needs beside the file; NULL for none. Once chosen it is
    /// needed for good: without it no password is right.
    pub pepper: *const u8,
    /// How many bytes the pepper has.
    pub pepper_len: usize,
    /// Tells the time, with ADMIT_OPEN_TEST alone; NULL is the system's clock.
    pub clock: admit_clock_fn,
    /// Handed to `clock`.
    pub clock_data: *mut c_void,
    /// Frees `clock_data`; may be NULL.
    pub clock_destroy: admit_destroy_fn,
    /// Asks about each new password; NULL for none.
    pub password_check: admit_password_check_fn,
    /// Handed to `password_check`.
    pub password_check_data: *mut c_void,
    /// Frees `password_check_data`; may be NULL.
    pub password_check_destroy: admit_destroy_fn,
    /// Takes the lines of the log; NULL for none.
    pub log: admit_log_fn,
    /// Handed to `log`.
    pub log_data: *mut c_void,
    /// Frees `log_data`; may be NULL.
    pub log_destroy: admit_destroy_fn,
    /// How many threads run scripts, at most 16; 0 is 2. Each has a stack of 4 MiB, and takes up
    /// to `script_memory_bytes` while it runs one.
    pub script_workers: u32,
    /// How long one call of a script may take, in milliseconds, at most 60,000; 0 is 100.
    pub script_time_ms: u32,
    /// How much memory one call of a script may take, in bytes, at least 4 MiB; 0 is 32 MiB.
    pub script_memory_bytes: u64,
    /// How many calls, turns of loops and steps of patterns one call of a script may take: the
    /// limit that is the same on every machine. 0 is 2,000,000.
    pub script_steps: u64,
    /// How many invitation messages one address or phone of a practice gets in a day; 0 is 5. The
    /// host is exempt from this and the next two.
    pub invitations_per_recipient: u32,
    /// How many invitation messages one member of staff sends in an hour; 0 is 2,000.
    pub invitations_per_inviter: u32,
    /// How many invitation messages one practice sends in an hour; 0 is 10,000.
    pub invitations_per_practice: u32,
    /// The number of the call on the store that panics; not 0 is ADMIT_UNSUPPORTED in every
    /// release build.
    pub test_panic_at: u32,
    /// Pins ids, secrets and the keys of a new file; not 0 is ADMIT_UNSUPPORTED in every release build.
    pub test_seed: u64,
    /// Confirms facts of a chart that invitations ask for with `facts_of_host`; NULL for none.
    pub fact_check: admit_fact_check_fn,
    /// Handed to `fact_check`.
    pub fact_check_data: *mut c_void,
    /// Frees `fact_check_data`; may be NULL.
    pub fact_check_destroy: admit_destroy_fn,
}

// SAFETY: integers, raw pointers and optional functions, size first; zero means default.
unsafe impl Extensible for admit_open_options {
    const NAME: &'static str = "a newer option of admit_open_options";
}

type Clock = unsafe extern "C" fn(*mut c_void) -> i64;
type Check = unsafe extern "C" fn(*mut c_void, *const c_char) -> i32;
type Tell = unsafe extern "C" fn(*mut c_void, i32, *const c_char);

/// The callbacks of an open call, owned. Data without a function is freed all the same.
pub(in crate::ffi) struct Callbacks {
    clock: Option<Callback<Clock>>,
    password_check: Option<Callback<Check>>,
    fact_check: Option<Callback<Confirm>>,
    log: Option<Callback<Tell>>,
    reentry: Arc<Reentry>,
}

fn own<F>(
    function: Option<F>,
    user_data: *mut c_void,
    destroy: admit_destroy_fn,
) -> Option<Callback<F>> {
    match function {
        Some(function) => Some(Callback::new(function, user_data, destroy)),
        None => {
            drop(Callback::new((), user_data, destroy));
            None
        }
    }
}

/// A log that is told one line at a time.
fn logging(log: Callback<Tell>, reentry: Arc<Reentry>) -> Log {
    let log = Mutex::new(log);
    Log::new(move |level, line| {
        let level = match level {
            Level::Error => admit_log_level::AdmitLogLevelError,
            Level::Warning => admit_log_level::AdmitLogLevelWarning,
            Level::Info => admit_log_level::AdmitLogLevelInfo,
        };
        let log = log.lock().unwrap_or_else(PoisonError::into_inner);
        reentry.during(|| log.log(level, line));
    })
}

impl admit_open_options {
    /// Takes the callbacks over, so that each is destroyed exactly once whatever happens next.
    pub(in crate::ffi) fn callbacks(&self, reentry: &Arc<Reentry>) -> Callbacks {
        Callbacks {
            clock: own(self.clock, self.clock_data, self.clock_destroy),
            password_check: own(
                self.password_check,
                self.password_check_data,
                self.password_check_destroy,
            ),
            fact_check: own(self.fact_check, self.fact_check_data, self.fact_check_destroy),
            log: own(self.log, self.log_data, self.log_destroy),
            reentry: reentry.clone(),
        }
    }

    /// Turns the struct into the commands' options.
    ///
    /// # Safety
    /// The pointers in the struct are as the header asks.
    pub(in crate::ffi) unsafe fn choose(&self, callbacks: Callbacks) -> Result<Options> {
        if self.flags & !FLAGS != 0 {
            return Err(Error::Unsupported("a flag of admit_open_options"));
        }
        let test_mode = self.flags & ADMIT_OPEN_TEST != 0;
        let Callbacks { clock, password_check, fact_check, log, reentry } = callbacks;
        if clock.is_some() && !test_mode {
            return Err(Error::Misuse("a clock is told with ADMIT_OPEN_TEST alone"));
        }
        // SAFETY: the pointers are as the header asks.
        let (link_origins, pepper, product) = unsafe {
            (
                self.origins(test_mode)?,
                call::bytes(self.pepper, self.pepper_len)?,
                call::parsed(self.product, "product", Line::parse)?,
            )
        };
        let environment: Arc<dyn Environment> = match clock {
            None => system(),
            Some(clock) => {
                let reentry = reentry.clone();
                Arc::new(HostClock(move || reentry.during(|| clock.tell())))
            }
        };
        let checks = reentry.clone();
        let password_check = password_check.map(|check| -> PasswordCheck {
            Box::new(move |password| checks.during(|| check.allows(password)))
        });
        let checks = reentry.clone();
        let fact_check = fact_check.map(|check| -> FactCheck {
            Box::new(move |id, facts| checks.during(|| check.confirms(id, facts)))
        });
        let log = log.map(|log| logging(log, reentry));
        let defaults = Options::default();
        let cache_bytes = match self.cache_bytes {
            0 => defaults.cache_bytes,
            asked => usize::try_from(asked.max(CACHE_BYTES_MIN)).unwrap_or(usize::MAX),
        };
        let hashes_at_once = match self.hashes_at_once {
            0 => defaults.hashes_at_once,
            asked => usize::try_from(asked.min(64)).unwrap_or(64),
        };
        self.pin(Options {
            create: self.flags & ADMIT_OPEN_CREATE != 0,
            test_mode,
            cache_bytes,
            quick_repair: self.flags & ADMIT_OPEN_SLOW_REPAIR == 0,
            link_origins,
            product,
            environment,
            pepper: (!pepper.is_empty()).then(|| SecretSlice::from(pepper.to_vec())),
            hashes_at_once,
            password_check,
            fact_check,
            log,
            invitation_limits: self.invitation_limits(defaults.invitation_limits),
            script_workers: match self.script_workers {
                0 => defaults.script_workers,
                asked => usize::try_from(asked).unwrap_or(usize::MAX),
            },
            script_limits: self.script_limits(defaults.script_limits)?,
            ..defaults
        })
    }

    fn invitation_limits(&self, usual: rate::Limits) -> rate::Limits {
        let chosen = |count, usual: Limit| match count {
            0 => usual,
            count => Limit { count, ..usual },
        };
        rate::Limits {
            per_recipient: chosen(self.invitations_per_recipient, usual.per_recipient),
            per_inviter: chosen(self.invitations_per_inviter, usual.per_inviter),
            per_practice: chosen(self.invitations_per_practice, usual.per_practice),
        }
    }

    fn script_limits(&self, usual: Limits) -> Result<Limits> {
        if self.script_time_ms > SCRIPT_TIME_MAX {
            return Err(Reason::NotInRange).field("script_time_ms");
        }
        Ok(Limits {
            interrupts: if self.script_steps == 0 { usual.interrupts } else { self.script_steps },
            time: match self.script_time_ms {
                0 => usual.time,
                millis => Duration::from_millis(millis.into()),
            },
            memory: match self.script_memory_bytes {
                0 => usual.memory,
                asked => usize::try_from(asked.max(SCRIPT_MEMORY_MIN)).unwrap_or(usize::MAX),
            },
        })
    }

    /// # Safety
    /// The pointers in the struct are as the header asks.
    unsafe fn origins(&self, test_mode: bool) -> Result<AllowList> {
        if self.link_origin_count > 0 && self.link_origins.is_null() {
            return Err(Error::Misuse("link_origins is NULL though its count is not 0"));
        }
        let origins: Vec<&str> = (0..self.link_origin_count)
            // SAFETY: the list has as many entries as its count says.
            .map(|at| unsafe { call::required_text(*self.link_origins.add(at), "link_origins") })
            .collect::<Result<_>>()?;
        let parse = if test_mode { AllowList::parse_allowing_local } else { AllowList::parse };
        parse(&origins).field("link_origins")
    }

    /// Pins the keys of a new file, and with them its tokens.
    #[cfg(feature = "test-environment")]
    pub(in crate::ffi) fn pin_keys(&self, ring: KeyRing) -> KeyRing {
        if self.test_seed == 0 { ring } else { ring.pinned(self.test_seed) }
    }

    #[cfg(feature = "test-environment")]
    fn pin(&self, chosen: Options) -> Result<Options> {
        use crate::commands::environment::Pinned;
        use crate::seal::password::Cost;
        if self.test_seed == 0 {
            return Ok(chosen);
        }
        let environment = Arc::new(Pinned::new(chosen.environment.clone(), self.test_seed));
        let cost = Cost::new(8, 1, 1).unwrap_or(Cost::OWASP);
        Ok(Options { environment, cost, ..chosen })
    }

    #[cfg(not(feature = "test-environment"))]
    fn pin(&self, chosen: Options) -> Result<Options> {
        if self.test_seed != 0 || self.test_panic_at != 0 {
            return Err(Error::Unsupported("test_seed and test_panic_at"));
        }
        Ok(chosen)
    }
}
