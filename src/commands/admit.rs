//! The open store, and the one way in which commands run on it.

use super::audit;
use super::context::Context;
use super::environment::{self, Environment};
use super::log::{Level, Log, Told};
use super::look::Look;
use super::policy::Book;
use super::run::record;
use super::scripts::Scripts;
use super::trail::Trail;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::chart::Facts;
use crate::domain::id::InvitationId;
use crate::domain::rate;
use crate::domain::refusal::Refusal;
use crate::domain::script::Hook;
use crate::domain::text::{AllowList, IdempotencyKey, Line};
use crate::domain::time::{DAY, Timestamp};
use crate::error::{Error, Result};
use crate::hooks::Limits;
use crate::hooks::engine::WORKERS_DEFAULT;
use crate::records;
use crate::records::outcome::Ended;
use crate::seal::KeyRing;
use crate::seal::password::{Cost, Gate};
use crate::store::{self, Store};
use secrecy::{ExposeSecret, SecretSlice};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// How far ahead of the last upkeep the clock may be before its time is doubted, in milliseconds.
pub const JUMP: i64 = 7 * DAY;

/// How many callers may wait for a turn to hash before the next is told to try later.
const HASHES_WAITING: usize = 64;

/// What the host chooses at open.
pub struct Options {
    /// Whether a missing file is made.
    pub create: bool,
    /// Whether it is a test store, whose clock the host tells.
    pub test_mode: bool,
    /// The store's cache in bytes.
    pub cache_bytes: usize,
    /// Whether every commit leaves the file quick to open after a crash.
    pub quick_repair: bool,
    /// The origins that links may lead to.
    pub link_origins: AllowList,
    /// What the product is called, in messages.
    pub product: Option<Line>,
    /// Time and randomness.
    pub environment: Arc<dyn Environment>,
    /// A secret beside the file that every password hash needs (RULES S44); kept by the host.
    pub pepper: Option<SecretSlice<u8>>,
    /// How many passwords are hashed at once.
    pub hashes_at_once: usize,
    /// How dear a password hash is.
    pub cost: Cost,
    /// Says false for a password that the host knows to be breached.
    pub password_check: Option<PasswordCheck>,
    /// Confirms facts of a chart that an invitation asks for and only the host knows.
    pub fact_check: Option<FactCheck>,
    /// Is told what a support engineer should know.
    pub log: Option<Log>,
    /// How many invitation messages may go out; the host is exempt (RULES S36).
    pub invitation_limits: rate::Limits,
    /// How many threads run scripts.
    pub script_workers: usize,
    /// What one call of a script may cost.
    pub script_limits: Limits,
}

/// Asks the host about a new password, on the caller's thread.
pub type PasswordCheck = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// Asks the host whether the facts given for an invitation are those of its chart, on the caller's
/// thread.
pub type FactCheck = Box<dyn Fn(InvitationId, &Facts) -> bool + Send + Sync>;

impl Options {
    /// Tells the log a line, where there is a log. Nothing personal and no secret may stand in it.
    pub fn log(&self, level: Level, line: &str) {
        if let Some(log) = &self.log {
            log.tell(level, line);
        }
    }

    pub(super) fn pepper(&self) -> Option<&[u8]> {
        self.pepper.as_ref().map(ExposeSecret::expose_secret)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            create: false,
            test_mode: false,
            cache_bytes: 64 << 20,
            quick_repair: true,
            link_origins: AllowList::default(),
            product: None,
            environment: environment::system(),
            pepper: None,
            hashes_at_once: Gate::turns_default(),
            cost: Cost::OWASP,
            password_check: None,
            fact_check: None,
            log: None,
            invitation_limits: rate::Limits::default(),
            script_workers: WORKERS_DEFAULT,
            script_limits: Limits::default(),
        }
    }
}

/// Something that changes the store. Its body may run more than once, and gives the same each time.
pub trait Command: Serialize + Send + Sync + 'static {
    /// What it answers with: ids, kept with the idempotency key. A secret in it is skipped there.
    type Done: Serialize + DeserializeOwned + Send + 'static;
    /// What the access table is asked first.
    const ACTION: Option<Action>;
    /// The hook of the product's that it may ask.
    const POLICY: Option<Hook> = None;

    /// Loads, decides and writes.
    ///
    /// # Errors
    /// A refusal drops what was written and is recorded; a fault leaves no trace.
    fn decide(&self, unit: &mut Unit<'_>) -> Result<Self::Done>;

    /// Writes what stays where a rule said no: the event, and a counter of failures if there is
    /// one.
    ///
    /// # Errors
    /// What the store gives.
    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        audit::note_access_refused(unit, Self::ACTION, refusal)
    }
}

/// What became of a request with an idempotency key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownOutcome {
    /// It was done.
    Done,
    /// A rule said no.
    Refused(Refusal),
    /// No such request ended within 7 days.
    Unknown,
}

/// An open store. Safe to use from any number of threads at once.
pub struct Admit {
    store: Store,
    options: Arc<Options>,
    latest: AtomicI64,
    anchored: AtomicI64,
    pub(super) told: Told,
    pub(super) gate: Gate,
    scripts: Scripts,
}

impl Admit {
    /// Opens the store in a file.
    ///
    /// # Errors
    /// What the file gives; it is byte-identical after each refused open.
    pub fn open(path: &Path, ring: &KeyRing, options: Options) -> Result<Self> {
        let file = store::OpenOptions {
            create: options.create,
            test_mode: options.test_mode,
            cache_bytes: options.cache_bytes,
            quick_repair: options.quick_repair,
        };
        Self::over(Store::open(path, ring, &file)?, options)
    }

    /// Opens a store that lives as long as this value.
    ///
    /// # Errors
    /// Where the operating system gives no randomness.
    pub fn in_memory(options: Options) -> Result<Self> {
        Self::over(Store::in_memory(options.test_mode)?, options)
    }

    /// Lays the commands over a store that is open.
    ///
    /// # Errors
    /// What the store gives.
    pub fn over(store: Store, options: Options) -> Result<Self> {
        let (head, care) =
            store.read(|read| Ok((records::head::load(read)?, records::care::load(read)?)))?;
        if let Some(mark) = care.token_key {
            store.retire_token_keys(&mark);
        }
        let options = Arc::new(options);
        let admit = Self {
            store,
            latest: head.latest.millis().into(),
            anchored: head.anchored.millis().into(),
            told: Told::default(),
            gate: Gate::new(options.cost, options.hashes_at_once, HASHES_WAITING),
            scripts: Scripts::new(options.clone()),
            options,
        };
        if head.anchored == Timestamp::default() {
            admit.anchor(admit.options.environment.clock())?;
        }
        let version = env!("CARGO_PKG_VERSION");
        admit.options.log(Level::Info, &format!("admit {version} opened the store"));
        Ok(admit)
    }

    /// Keeps a time as the one from which jumps are measured.
    pub(super) fn anchor(&self, now: Timestamp) -> Result<()> {
        self.commit(move |write| records::head::anchor(write, now))?;
        self.anchored_at(now);
        Ok(())
    }

    /// Measures jumps from a time that the file keeps already.
    pub(super) fn anchored_at(&self, now: Timestamp) {
        self.anchored.fetch_max(now.millis(), Ordering::AcqRel);
        self.latest.fetch_max(now.millis(), Ordering::AcqRel);
    }

    /// The file below, for what is about the file and no noun.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// What runs the product's scripts.
    pub(super) const fn scripts(&self) -> &Scripts {
        &self.scripts
    }

    /// What the host chose at open.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The latest time that was seen and may be kept.
    pub(super) fn latest(&self) -> Timestamp {
        Timestamp::from_millis(self.latest.load(Ordering::Acquire))
    }

    /// The time of a command that begins now, and whether it may be kept.
    pub(super) fn time(&self) -> (Timestamp, bool) {
        let clock = self.options.environment.clock();
        let has_jumped = clock.millis() - self.anchored.load(Ordering::Acquire) > JUMP;
        let latest = if has_jumped {
            self.latest.load(Ordering::Acquire)
        } else {
            self.latest.fetch_max(clock.millis(), Ordering::AcqRel)
        };
        (clock.max(Timestamp::from_millis(latest)), !has_jumped)
    }

    /// What a command of this actor knows if it begins now.
    ///
    /// # Errors
    /// `Unsupported` where the operating system gives no randomness.
    pub fn context(&self, actor: &Actor) -> Result<Context> {
        let (now, keeps_time) = self.time();
        let seed = self
            .options
            .environment
            .seed()
            .map_err(|_| Error::Unsupported("a system without randomness"))?;
        Ok(Context {
            actor: actor.clone(),
            now,
            keeps_time,
            seed,
            secrets: self.store.secrets(),
            options: self.options.clone(),
            book: Book::default(),
            trail: Trail::default(),
        })
    }

    /// Runs a reading on a snapshot. A refused authorisation is recorded.
    ///
    /// # Errors
    /// What the reading gives.
    pub fn read<T>(&self, actor: &Actor, work: impl Fn(&mut Look<'_>) -> Result<T>) -> Result<T> {
        self.read_in(Arc::new(self.context(actor)?), work)
    }

    /// Runs a reading of one thing, or of what hangs on it: as `read`, and what is not here is
    /// hidden from whoever may not do the action at all.
    ///
    /// # Errors
    /// As `read`.
    pub(super) fn read_one<T>(
        &self,
        actor: &Actor,
        action: Action,
        work: impl Fn(&mut Look<'_>) -> Result<T>,
    ) -> Result<T> {
        self.read(actor, |look| look.hiding(action, &work))
    }

    /// Runs a reading as of a time that was taken before it.
    ///
    /// # Errors
    /// As `read`.
    pub(super) fn read_in<T>(
        &self,
        context: Arc<Context>,
        work: impl Fn(&mut Look<'_>) -> Result<T>,
    ) -> Result<T> {
        let result = self.look_in(&context, work);
        if let Err(Error::Refused(refusal)) = &result
            && refusal.is_recorded()
        {
            let refusal = *refusal;
            self.commit(move |write| {
                record(write, &context, |unit| audit::note_access_refused(unit, None, refusal))
            })?;
        }
        result
    }

    /// Looks at a snapshot on behalf of a command that will decide later: nothing is recorded.
    ///
    /// # Errors
    /// What the look gives.
    pub(super) fn look_in<T>(
        &self,
        context: &Context,
        work: impl Fn(&mut Look<'_>) -> Result<T>,
    ) -> Result<T> {
        self.snapshot(|read| match work(&mut Look { read, context }) {
            Err(Error::Store(fault)) => Err(fault),
            decided => Ok(decided),
        })?
    }

    /// Runs a command durably, once however often it comes with the same key.
    ///
    /// # Errors
    /// What the command gives; `Conflict` where the key served another request.
    pub fn run<C: Command>(
        &self,
        actor: &Actor,
        command: C,
        key: Option<&IdempotencyKey>,
    ) -> Result<C::Done> {
        self.run_in(Arc::new(self.context(actor)?), command, key)
    }

    /// Says what became of a request, after an answer was lost.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn outcome(&self, key: &IdempotencyKey) -> Result<KnownOutcome> {
        let context = self.context(&Actor::store_host())?;
        let key = context.digest("idempotency key", &[key.as_str().as_bytes()]);
        let found = self.snapshot(|read| records::outcome::find(read, &key))?;
        let found = found.filter(|it| context.now.since(it.at) < records::outcome::KEPT);
        Ok(match found.map(|outcome| outcome.ended) {
            Some(Ended::Done(_)) => KnownOutcome::Done,
            Some(Ended::Refused(refusal)) => KnownOutcome::Refused(refusal),
            None => KnownOutcome::Unknown,
        })
    }
}
