//! What the tests of commands share: a store in memory, a clock that the test turns, a practice.

use admit::commands::environment::{HostClock, Pinned};
use admit::commands::practice::{CreatePractice, SettingsChange};
use admit::commands::{Admit, Change, Options};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::id::PracticeId;
use admit::domain::refusal::Refusal;
use admit::domain::text::{AllowList, Line, LinkTemplate, PersonName, Script};
use admit::error::Error;
use admit::seal::password::Cost;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// 2026-01-02T03:04:05Z.
pub const START: i64 = 1_767_323_045_000;

/// A clock that only the test moves.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub fn forward(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub fn millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Options with pinned randomness, cheap hashes and the test's clock.
pub fn options() -> (Options, Clock) {
    let clock = Clock(Arc::new(START.into()));
    (options_at(&clock), clock)
}

/// The same for a store that is opened again, by the clock that it had.
pub fn options_at(clock: &Clock) -> Options {
    let told = clock.0.clone();
    let clocked = Arc::new(HostClock(move || told.load(Ordering::SeqCst)));
    Options {
        create: true,
        test_mode: true,
        link_origins: AllowList::parse(&["https://portal.example.org"]).unwrap(),
        environment: Arc::new(Pinned::new(clocked, 7)),
        cost: Cost::new(8, 1, 1).unwrap(),
        ..Options::default()
    }
}

/// The actor with a reason in its source.
pub fn reasoned(actor: &Actor) -> Actor {
    let source = Source { reason: Some(line("at the client's request")), ..Source::default() };
    Actor { source, ..actor.clone() }
}

/// A store in memory.
pub fn store() -> (Admit, Clock) {
    let (options, clock) = options();
    (Admit::in_memory(options).unwrap(), clock)
}

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

pub fn name(given: &str, family: &str) -> PersonName {
    PersonName {
        family: Some(line(family)),
        given: vec![line(given)],
        text: None,
        script: Script::Default,
        ..PersonName::of_text(line(given))
    }
}

fn link(text: &str) -> Change<LinkTemplate> {
    Change::Set(LinkTemplate::parse(text).unwrap())
}

/// A practice with links, and the host's actor in it.
pub fn practice(admit: &Admit) -> Actor {
    practice_at(admit, None)
}

/// The same behind a portal that practices share.
pub fn practice_at(admit: &Admit, portal: Option<&str>) -> Actor {
    let settings = SettingsChange {
        invitation_link: link("https://portal.example.org/invitation/{token}"),
        reset_link: link("https://portal.example.org/reset/{token}"),
        address_link: link("https://portal.example.org/address/{token}"),
        ..SettingsChange::default()
    };
    let (name, portal) = (line("Cedar Clinic"), portal.map(line));
    let create = CreatePractice { name, external_id: None, portal, settings };
    let id = admit.run(&Actor::store_host(), create, None).unwrap();
    host(id)
}

pub fn host(id: PracticeId) -> Actor {
    Actor::in_practice(id, Who::Host)
}

/// The refusal in a result, for comparing.
pub fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not a refusal: {other:?}"),
    }
}
