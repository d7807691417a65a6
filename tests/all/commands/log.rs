use super::post::{claim, client, send, to_client};
use crate::store::failing::{FAILS_TO_COMMIT, Failing};
use crate::support::{self, Clock, practice};
use admit::commands::log::{Level, Log};
use admit::commands::outbox::Bounced;
use admit::commands::{Admit, Options};
use admit::domain::actor::Actor;
use admit::domain::text::IdempotencyKey;
use admit::domain::time::{DAY, MINUTE};
use admit::store::Keyspace;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

/// What a test's log was told.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<(Level, String)>>>);

impl Lines {
    fn take(&self) -> Vec<(Level, String)> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn logging() -> (Options, Clock, Lines) {
    let (options, clock) = support::options();
    let lines = Lines::default();
    let to = lines.clone();
    let log = Log::new(move |level, line| to.0.lock().unwrap().push((level, line.to_owned())));
    (Options { log: Some(log), ..options }, clock, lines)
}

fn store() -> (Admit, Clock, Lines) {
    let (options, clock, lines) = logging();
    let admit = Admit::in_memory(options).unwrap();
    lines.take();
    (admit, clock, lines)
}

#[test]
fn opening_says_by_which_version() {
    let (options, _, lines) = logging();
    let _admit = Admit::in_memory(options).unwrap();
    let line = format!("admit {} opened the store", env!("CARGO_PKG_VERSION"));
    assert_eq!(lines.take(), [(Level::Info, line)]);
}

#[test]
fn a_commit_that_fails_and_the_writes_refused_after_it_are_told_once_a_minute() {
    let (options, clock, lines) = logging();
    let (store, engine) = Failing::store();
    let admit = Admit::over(store, options).unwrap();
    lines.take();
    engine.mood.store(FAILS_TO_COMMIT, Ordering::SeqCst);
    assert!(admit.upkeep(0).is_err());
    for _ in 0..3 {
        assert!(admit.upkeep(0).is_err());
    }
    let failed = "the commit failed and its outcome is unknown; reopen the store and ask for the \
                  outcome";
    let stopped = "the store refuses writes after an earlier failure; reopen it";
    let both = [(Level::Error, failed.to_owned()), (Level::Error, stopped.to_owned())];
    assert_eq!(lines.take(), both);
    clock.forward(MINUTE);
    assert!(admit.upkeep(0).is_err());
    assert_eq!(lines.take(), both[1..]);
}

#[test]
fn a_row_that_cannot_be_read_is_told() {
    let (admit, _, lines) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Ada", None);
    let spoil =
        move |write: &mut dyn admit::store::Write| write.put(Keyspace("client"), id.bytes(), b"");
    admit.store().write(spoil).unwrap();
    assert!(admit.client(&host, id).is_err());
    let damaged = "the store file is damaged; restore it from a backup";
    assert_eq!(lines.take(), [(Level::Error, damaged.to_owned())]);
}

#[test]
fn upkeep_tells_of_a_clock_that_jumped_or_went_back() {
    let (admit, clock, lines) = store();
    clock.forward(8 * DAY);
    assert!(admit.upkeep(0).is_err());
    let told = lines.take();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, Level::Warning);
    assert!(told[0].1.starts_with("the clock is more than 7 days ahead"), "{told:?}");
    clock.forward(-8 * DAY - 2 * MINUTE);
    admit.upkeep(0).unwrap();
    let behind = "the clock is 120 s behind a time seen earlier, which counts".to_owned();
    assert_eq!(lines.take(), [(Level::Warning, behind)]);
    clock.forward(2 * MINUTE);
    admit.upkeep(0).unwrap();
    assert_eq!(lines.take(), []);
}

#[test]
fn a_message_that_will_not_arrive_is_told_once_without_its_address() {
    let (admit, _, lines) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", Some("ada@example.org"));
    send(&admit, &host, to_client(ada));
    let message = claim(&admit).remove(0).id;
    let bounced = Bounced { message, attempt: 1, detail: None };
    let key = IdempotencyKey::parse("once").unwrap();
    for _ in 0..2 {
        admit.run(&Actor::store_host(), bounced.clone(), Some(&key)).unwrap();
    }
    let line = format!("message {message} of the kind invitation will not arrive: bounced");
    assert_eq!(lines.take(), [(Level::Warning, line)]);
    assert!(admit.run(&Actor::store_host(), bounced, None).is_err());
    assert_eq!(lines.take(), []);
}

#[test]
fn a_broken_audit_trail_is_told() {
    let (admit, _, lines) = store();
    let host = practice(&admit);
    client(&admit, &host, "Ada", None);
    admit.verify(&host, None).unwrap();
    assert_eq!(lines.take(), []);
    let key = [super::post::practice_of(&host).bytes().as_slice(), &2_u64.to_be_bytes()].concat();
    admit.store().write(move |write| write.delete(Keyspace("event"), &key)).unwrap();
    admit.verify(&host, None).unwrap();
    admit.verify_store(None).unwrap();
    let line = "the audit trail is broken at 2: it was changed or cut".to_owned();
    let line = (Level::Error, line);
    assert_eq!(lines.take(), [line.clone(), line]);
}
