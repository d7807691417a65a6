//! The workers that run scripts: threads with a stack of their own, started at first use.
//!
//! A host's thread may have 256 KiB of stack, which nested callbacks overrun in every Lua machine.
//! Calls wait in one queue a practice and are served in turn, so no practice's script holds up
//! another's mail for longer than one share.

use super::facts::Facts;
use super::fault::{Code, Fault};
use super::lua::{Called, Cost, Limits, State};
use super::outcome;
use super::request::{DeletionFacts, InvitationFacts};
use super::sample;
use super::verdict::{DeletionVerdict, InvitationVerdict};
use super::words::Words;
use crate::domain::id::PracticeId;
use crate::domain::script::{Hook, Script};
use crate::domain::text::AllowList;
use crate::domain::time::{MINUTE, Timestamp};
use serde_json::Value as Json;
use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// The stack of a worker: callbacks that nest need more than a host's thread may have.
const STACK: usize = 4 << 20;
/// How many workers run where nothing is said.
pub const WORKERS_DEFAULT: usize = 2;
/// The most workers.
pub const WORKERS_MAX: usize = 16;
/// How many calls of one practice are run before it is the next one's turn.
const SHARE: usize = 10;
/// How many compiled sets a worker keeps; each takes about 600 KiB.
const STATES_KEPT: usize = 8;
/// How many trips in a row set a set aside.
const TRIPS_MAX: u32 = 5;
/// For how long, in milliseconds.
const REST: i64 = MINUTE;

/// Whose turn it is when a set is tried out.
const NOBODY: PracticeId = PracticeId::from_uuid(uuid::Uuid::nil());

/// A script set that passed its check.
pub struct Set {
    /// Its scripts.
    pub scripts: Vec<Script>,
    /// SHA-256 over names and sources; the same scripts share what was compiled.
    pub digest: [u8; 32],
    /// Which script has which hook.
    pub hooks: Vec<(Hook, usize)>,
}

impl Set {
    /// The place of the script that has a hook.
    pub fn place(&self, hook: Hook) -> Option<usize> {
        self.hooks.iter().find(|(known, _)| *known == hook).map(|(_, at)| *at)
    }
}

/// What is asked, with all that is known of it.
pub enum Ask {
    /// The words of a notice.
    Notice(Box<Facts>),
    /// Whether something may be deleted.
    Deletion(Box<DeletionFacts>),
    /// Whether someone may be invited.
    Invitation(Box<InvitationFacts>),
}

impl Ask {
    /// Which hook answers.
    pub const fn hook(&self) -> Hook {
        match self {
            Self::Notice(_) => Hook::Notification,
            Self::Deletion(_) => Hook::Deletion,
            Self::Invitation(_) => Hook::Invitation,
        }
    }

    /// The facts as a script gets them.
    ///
    /// # Errors
    /// What `serde_json` gives; nothing in the facts makes it fail.
    pub fn json(&self) -> serde_json::Result<serde_json::Value> {
        match self {
            Self::Notice(facts) => serde_json::to_value(facts),
            Self::Deletion(facts) => serde_json::to_value(facts),
            Self::Invitation(facts) => serde_json::to_value(facts),
        }
    }
}

/// One call of a hook.
pub struct Call {
    /// For whom: calls take turns by practice.
    pub practice: PracticeId,
    /// What runs.
    pub set: Arc<Set>,
    /// What is asked.
    pub ask: Ask,
}

/// What a hook made.
#[derive(Clone, PartialEq, Eq)]
pub enum Made {
    /// Words, with the placeholder where the link goes.
    Words(Words),
    /// "Send nothing".
    Nothing,
    /// A verdict on a deletion.
    Deletion(DeletionVerdict),
    /// A verdict on an invitation.
    Invitation(InvitationVerdict),
}

/// What became of a call.
pub struct Answer {
    /// What the hook made, or how it failed.
    pub made: Result<Made, Fault>,
    /// What the script logged.
    pub log: Vec<String>,
    /// What it cost.
    pub cost: Cost,
    /// Whether this failure set the set aside.
    pub set_aside: bool,
}

impl Answer {
    fn failed(fault: Fault) -> Self {
        Self { made: Err(fault), log: Vec::new(), cost: Cost::default(), set_aside: false }
    }
}

struct Job {
    calls: Vec<(usize, Call)>,
    now: Timestamp,
    reply: Sender<(usize, Answer)>,
}

#[derive(Default)]
struct Queues {
    waiting: HashMap<PracticeId, VecDeque<Job>>,
    turns: VecDeque<PracticeId>,
    workers: Vec<JoinHandle<()>>,
    is_closed: bool,
}

impl Queues {
    fn push(&mut self, practice: PracticeId, job: Job) {
        let queue = self.waiting.entry(practice).or_default();
        if queue.is_empty() {
            self.turns.push_back(practice);
        }
        queue.push_back(job);
    }

    fn pop(&mut self) -> Option<Job> {
        let practice = self.turns.pop_front()?;
        let queue = self.waiting.get_mut(&practice)?;
        let job = queue.pop_front();
        if queue.is_empty() {
            self.waiting.remove(&practice);
        } else {
            self.turns.push_back(practice);
        }
        job
    }
}

/// A set's failures in a row.
#[derive(Clone, Copy, Default)]
struct Trips {
    in_a_row: u32,
    rests_until: Timestamp,
}

struct Shared {
    limits: Limits,
    links: AllowList,
    queues: Mutex<Queues>,
    work: Condvar,
    trips: Mutex<HashMap<[u8; 32], Trips>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs scripts. Safe to use from any number of threads at once.
pub struct Engine {
    shared: Arc<Shared>,
    workers: usize,
}

impl Engine {
    /// An engine whose threads start at the first call. `links` are the origins that words may
    /// lead to.
    pub fn new(workers: usize, limits: Limits, links: AllowList) -> Self {
        let shared = Shared {
            limits,
            links,
            queues: Mutex::default(),
            work: Condvar::new(),
            trips: Mutex::default(),
        };
        Self { shared: Arc::new(shared), workers: workers.clamp(1, WORKERS_MAX) }
    }

    /// Compiles scripts and finds their hooks, on a worker's stack.
    ///
    /// # Errors
    /// What the scripts give; `Unavailable` where no thread can be started.
    pub fn load(&self, scripts: Vec<Script>) -> Result<Set, Fault> {
        let limits = self.shared.limits;
        on_own_stack(move || {
            let hooks = State::new(&scripts, limits)?.hooks()?;
            let digest = crate::hooks::digest(&scripts);
            Ok(Set { scripts, digest, hooks })
        })?
    }

    /// Tries a set on all sample facts; the failures, each with what was tried, at most `limit`.
    pub fn try_out(&self, set: &Arc<Set>, now: Timestamp, limit: usize) -> Vec<(String, Fault)> {
        let Ok(samples) = sample::all() else {
            let fault = Fault::new(Code::Unavailable, "", 0, "there are no samples to try it on");
            return vec![("samples".to_owned(), fault)];
        };
        let asked = samples.into_iter().filter(|it| set.place(it.ask.hook()).is_some());
        let (titles, calls): (Vec<_>, Vec<_>) = asked
            .map(|it| (it.title, Call { practice: NOBODY, set: set.clone(), ask: it.ask }))
            .unzip();
        let mut failures = Vec::new();
        let mut calls = calls.into_iter();
        for titles in titles.chunks(SHARE) {
            let answers = self.ask(calls.by_ref().take(titles.len()).collect(), now);
            for (title, answer) in titles.iter().zip(answers) {
                failures.extend(answer.made.err().map(|fault| (title.clone(), fault)));
            }
            if failures.len() >= limit {
                failures.truncate(limit);
                break;
            }
        }
        failures
    }

    /// The names that scripts see, sorted.
    ///
    /// # Errors
    /// `Unavailable`.
    pub fn globals(&self) -> Result<Vec<String>, Fault> {
        let limits = self.shared.limits;
        on_own_stack(move || State::new(&[], limits)?.globals())?
    }

    /// Asks hooks, and waits for all answers, in the order of the calls.
    pub fn ask(&self, calls: Vec<Call>, now: Timestamp) -> Vec<Answer> {
        let count = calls.len();
        let mut answers: Vec<Option<Answer>> = (0..count).map(|_| None).collect();
        let mut by_practice: Vec<(PracticeId, Vec<(usize, Call)>)> = Vec::new();
        for (at, call) in calls.into_iter().enumerate() {
            match by_practice
                .iter_mut()
                .find(|(practice, share)| *practice == call.practice && share.len() < SHARE)
            {
                Some((_, share)) => share.push((at, call)),
                None => by_practice.push((call.practice, vec![(at, call)])),
            }
        }
        let (reply, replies) = channel();
        {
            let mut queues = lock(&self.shared.queues);
            if !self.start(&mut queues) {
                by_practice.clear();
            }
            for (practice, calls) in by_practice {
                queues.push(practice, Job { calls, now, reply: reply.clone() });
            }
        }
        drop(reply);
        self.shared.work.notify_all();
        for (at, answer) in replies {
            if let Some(place) = answers.get_mut(at) {
                *place = Some(answer);
            }
        }
        let lost = || Fault::new(Code::Unavailable, "", 0, "no worker could run the script");
        answers.into_iter().map(|it| it.unwrap_or_else(|| Answer::failed(lost()))).collect()
    }

    /// Starts the workers that are missing; false where there is none.
    fn start(&self, queues: &mut Queues) -> bool {
        while queues.workers.len() < self.workers {
            let shared = self.shared.clone();
            let worker =
                std::thread::Builder::new().name("admit-hooks".to_owned()).stack_size(STACK);
            match worker.spawn(move || serve(&shared)) {
                Ok(worker) => queues.workers.push(worker),
                Err(_) => break,
            }
        }
        !queues.workers.is_empty()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let workers = {
            let mut queues = lock(&self.shared.queues);
            queues.is_closed = true;
            std::mem::take(&mut queues.workers)
        };
        self.shared.work.notify_all();
        for worker in workers {
            // A worker that panicked has nothing more to end.
            let _ = worker.join();
        }
    }
}

/// Runs what needs a worker's stack on a thread of its own.
fn on_own_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let lost = || Fault::new(Code::Unavailable, "", 0, "no worker could run the script");
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).map_err(|_| lost())?;
    thread.join().map_err(|_| lost())
}

fn serve(shared: &Shared) {
    let mut states = States::default();
    loop {
        let job = {
            let mut queues = lock(&shared.queues);
            loop {
                if let Some(job) = queues.pop() {
                    break job;
                }
                if queues.is_closed {
                    return;
                }
                queues = shared.work.wait(queues).unwrap_or_else(PoisonError::into_inner);
            }
        };
        for (at, call) in job.calls {
            let answered =
                catch_unwind(AssertUnwindSafe(|| shared.answer(&mut states, call, job.now)));
            let answer = answered.unwrap_or_else(|_| {
                states = States::default();
                Answer::failed(Fault::new(Code::Unavailable, "", 0, "a defect was contained"))
            });
            // Whoever asked may have gone.
            let _ = job.reply.send((at, answer));
        }
    }
}

impl Shared {
    fn answer(&self, states: &mut States, call: Call, now: Timestamp) -> Answer {
        let digest = call.set.digest;
        let Some(place) = call.set.place(call.ask.hook()) else {
            return Answer::failed(Fault::new(Code::Syntax, "", 0, "the set has no such hook"));
        };
        if lock(&self.trips).get(&digest).is_some_and(|trips| now < trips.rests_until) {
            let message = "the set failed too often and rests for a minute";
            return Answer::failed(Fault::new(Code::SetAside, "", 0, message));
        }
        let state = match states.of(&call.set, self.limits) {
            Ok(state) => state,
            Err(fault) => return Answer::failed(fault),
        };
        let Ok(json) = call.ask.json() else {
            return Answer::failed(Fault::new(Code::Unavailable, "", 0, "the facts do not fit"));
        };
        let called = self.call(state, place, &call.ask, &json);
        let trip = matches!(&called.result, Err(fault) if fault.code.is_trip());
        if trip {
            states.drop_state(&digest);
        }
        let set_aside = self.count(digest, trip, now);
        Answer { made: called.result, log: called.log, cost: called.cost, set_aside }
    }

    fn call(&self, state: &State, place: usize, ask: &Ask, json: &Json) -> Called<Made> {
        let links = &self.links;
        let hook = ask.hook();
        state.call(place, hook, json, |result| match ask {
            Ask::Notice(facts) => {
                let words = outcome::words(result, facts, links)?;
                Ok(words.map_or(Made::Nothing, Made::Words))
            }
            Ask::Deletion(_) => outcome::deletion(result).map(Made::Deletion),
            Ask::Invitation(_) => outcome::invitation(result).map(Made::Invitation),
        })
    }

    /// Counts trips in a row; true where the set is set aside by this one.
    fn count(&self, digest: [u8; 32], trip: bool, now: Timestamp) -> bool {
        let mut all = lock(&self.trips);
        if !trip {
            // A call that began before the set was set aside does not end its rest.
            all.retain(|known, trips| *known != digest || now < trips.rests_until);
            return false;
        }
        let trips = all.entry(digest).or_default();
        trips.in_a_row += 1;
        let is_aside = trips.in_a_row >= TRIPS_MAX;
        if is_aside {
            *trips = Trips { in_a_row: 0, rests_until: now.plus(REST) };
        }
        is_aside
    }
}

/// The compiled sets of one worker, the last used last.
#[derive(Default)]
struct States(Vec<([u8; 32], State)>);

impl States {
    fn of(&mut self, set: &Set, limits: Limits) -> Result<&State, Fault> {
        let kept = self.0.iter().position(|(digest, _)| *digest == set.digest);
        let entry = match kept {
            Some(at) => self.0.remove(at),
            None => (set.digest, State::new(&set.scripts, limits)?),
        };
        if self.0.len() >= STATES_KEPT {
            self.0.remove(0);
        }
        self.0.push(entry);
        let last = self.0.len() - 1;
        Ok(&self.0[last].1)
    }

    fn drop_state(&mut self, digest: &[u8; 32]) {
        self.0.retain(|(kept, _)| kept != digest);
    }
}
