//! Random stories of all nouns, told to a naive world and to the library, which must agree on
//! every answer, on whom each step tells what, on the list of each practice and on who reaches
//! whom. A disagreement shrinks to a short story.
//!
//! The cases are the same each time. `ADMIT_MODEL_CASES=2000` runs so many others, and
//! `ADMIT_MODEL_STEPS=80` makes their stories longer; both show what was answered how often, with
//! `-- --nocapture`.

mod access;
mod address;
mod batch;
mod batch_lines;
mod delegation;
mod deletions;
mod doors;
mod identity;
mod item;
mod merge;
mod newcomer;
mod offers;
mod open_link;
mod ops;
mod outbox;
mod real;
mod rows;
mod rules;
mod steps;
mod stories;
mod table;
mod ties;
mod world;

use crate::support::{self, options, practice_at};
use access::About;
use admit::commands::Admit;
use admit::commands::delegation::{DelegationFilter, DelegationView};
use admit::commands::list::{ListFilter, ListKind, Listed};
use admit::domain::actor::Actor;
use admit::domain::client::Stage;
use admit::domain::message::Delivery;
use admit::domain::staff::Role;
use admit::error::Error;
use admit::records::person::By as Order;
use admit::seal::KeyRing;
use ops::{By, Op, Pause, Sent, Story, WayIn};
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use real::{Real, address};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use stories::story;
use table::CLIENT_READ;
use world::{Answer, Client, DAY, HOUR, MINUTE, No, Offer, World};

fn from_env(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// How often steps were answered how: the step, the answer.
type Seen = BTreeMap<(String, String), u32>;

/// Both sides of a story.
struct Pair {
    world: World,
    real: Real,
    /// Which steps were answered how, and how often.
    seen: Seen,
}

impl Pair {
    /// Two practices, each with an admin, and in the first a practitioner, a client of hers, and an
    /// assistant who acts for her; the three have logins. She has an open link for clients.
    fn new(admit: Admit, clock: support::Clock, story: &Story) -> Self {
        let one_portal = story.one_portal;
        let portal = one_portal.then_some("front");
        let hosts = [practice_at(&admit, portal), practice_at(&admit, portal)];
        let world = World::new(one_portal, clock.millis());
        let mut pair = Self { world, real: Real::new(admit, clock, hosts), seen: Seen::new() };
        let (practice, guests, registration) = (0, true, true);
        pair.step(Op::Newcomer(newcomer::Op::Permit { practice, guests, registration }));
        let by = |practice| By::Host { practice };
        let seats = [(Role::Admin, 0), (Role::Practitioner, 1), (Role::Assistant, 3)];
        for (role, address) in seats {
            pair.step(Op::AddStaff { by: by(0), role, address, approved: true });
        }
        pair.step(Op::AddStaff { by: by(1), role: Role::Admin, address: 3, approved: true });
        let (address, stage) = (Some(2), Stage::Prospective);
        pair.step(Op::CreateClient { by: By::Seat(1), address, stage });
        let (sent, way_in) = (Sent::ByEmail, WayIn::Password(0));
        let accept = Op::Accept { invitation: 0, earlier_link: false, sent, way_in };
        pair.step(Op::InviteToSeat { by: by(0), seat: 1 });
        pair.step(accept);
        let (client, guardian, address) = (0, false, None);
        pair.step(Op::InviteClient { by: By::Seat(1), client, guardian, address, sent });
        pair.step(accept);
        let (by, practitioner, address, given) = (By::Seat(1), None, 3, story.given);
        let invite = delegation::Op::InviteAssistant { by, practitioner, address, given };
        pair.step(Op::Delegation(invite));
        pair.step(accept);
        pair.step(Op::Delegation(delegation::Op::Onboarded { by: By::Seat(2), seat: 2 }));
        let (by, makes) = (By::Seat(1), open_link::Makes::Clients { room: None });
        let create = open_link::Op::Create { by, makes, places: 2, hours: 168 };
        pair.step(Op::OpenLink(create));
        pair
    }

    fn step(&mut self, op: Op) {
        // No two things are of the same millisecond, so that their order is known.
        self.real.clock.forward(1 + if let Op::Wait(pause) = op { millis(pause) } else { 0 });
        self.world.now = self.real.clock.millis();
        self.world.told.clear();
        let Some(expected) = self.world.take(op) else { return };
        let answer = self.real.take(op, &self.world);
        self.note(op, &answer);
        assert_eq!(expected, answer, "the model says left, the library right");
        self.real.meet(&self.world);
        for (made, id) in self.world.invitations.iter_mut().zip(&self.real.invitations) {
            made.rank = id.uuid().as_u128();
        }
        self.compare();
    }

    /// The trails hold at the end of a story.
    fn end(self) -> Seen {
        let admit = &self.real.admit;
        for host in &self.real.hosts {
            assert_eq!(admit.verify(host, None).unwrap().broken_at, None);
        }
        assert_eq!(admit.verify_store(None).unwrap().broken_at, None);
        self.seen
    }

    fn note(&mut self, op: Op, answer: &Answer) {
        let op = format!("{op:?}");
        let names = op.split([' ', '(']).take_while(|word| *word != "{");
        let name = names.collect::<Vec<_>>().join(" ");
        let answer = match answer {
            Ok(()) => "done".to_owned(),
            Err(No::Refused(refusal)) => refusal.name(),
            Err(other) => format!("{other:?}"),
        };
        *self.seen.entry((name, answer)).or_default() += 1;
    }

    fn compare(&mut self) {
        let told = self.world.told.iter();
        let mut told: Vec<_> = told.map(|it| (it.kind.to_owned(), address(it.to))).collect();
        told.sort();
        let posted = self.real.told();
        let mut sorted = posted.clone();
        sorted.sort();
        assert_eq!(told, sorted, "whom it told what");
        self.world.keep_told(&posted);
        assert_eq!(self.world.deliveries(), self.real.deliveries(), "where the messages stand");
        for practice in 0..2 {
            assert_eq!(self.world_list(practice), self.real_list(practice), "the list");
        }
        self.compare_reach();
    }

    fn compare_reach(&self) {
        let seats = (0..self.world.seats.len()).map(|at| By::Seat(at as u8));
        let logins = (0..self.world.logins.len()).flat_map(|at| {
            let login = at as u8;
            [0, 1].map(|practice| By::Login { login, practice })
        });
        let delegates = (0..self.world.delegations.len()).map(|at| By::Delegate(at as u8));
        for by in seats.chain(logins).chain(delegates) {
            let claimed = self.real.actor(by, &self.world);
            let actor = self.world.actor(by).unwrap();
            for (at, id) in self.real.clients.iter().enumerate() {
                let row = CLIENT_READ;
                let here = self.world.client_here(actor, at, row);
                let expected = here.and_then(|()| self.world.may(actor, row, About::Client(at)));
                let answer = match self.real.admit.client(&claimed, *id) {
                    Ok(_) => Ok(()),
                    Err(Error::Refused(refusal)) => Err(No::Refused(refusal)),
                    Err(fault) => panic!("a fault: {fault}"),
                };
                assert_eq!(expected, answer, "whether {by:?} reaches client {at}");
            }
        }
    }

    fn world_list(&self, practice: usize) -> Vec<String> {
        let world = &self.world;
        let invited = |at: Option<usize>| {
            let delivery = at.map_or(Delivery::None, |at| world.delivery_state(at));
            format!("{} {delivery:?}", world.invitation_state(at))
        };
        let mut rows = Vec::new();
        for (at, seat) in world.seats.iter().enumerate().filter(|it| it.1.practice == practice) {
            let invited = invited(world.invited(|offer| *offer == Offer::Seat(at)));
            let login = world.login_state(seat.login);
            let approval = if seat.approved { "approved" } else { "pending" };
            let (role, status) = (seat.role.word(), seat.status.word());
            rows.push(format!("seat {at}: {role} {status} {approval}, {invited}, {login}"));
        }
        let is_here = |it: &(usize, &Client)| it.1.practice == practice && it.1.is_on_file();
        for (at, client) in world.clients.iter().enumerate().filter(is_here) {
            let invited = invited(world.client_invited(at));
            let login = world.login_state(world.own_logins(at).first().copied());
            let (stage, status) = (client.stage.word(), client.status.word());
            let items = world.item_row(at);
            rows.push(format!("client {at}: {stage} {status}, {invited}, {login}; {items}"));
        }
        for (at, it) in world.invitations.iter().enumerate() {
            let is_open = it.state == world::State::Pending && it.practice == practice;
            if is_open && matches!(it.offer, Offer::Somebody { .. }) {
                let state = if world.now < it.expires_at { "pending" } else { "expired" };
                rows.push(format!("invitation {at}: {state} {:?}", world.delivery_state(at)));
            }
        }
        for (at, it) in world.delegations.iter().enumerate() {
            if world.seats[it.assistant].practice == practice {
                let cleared = if it.is_cleared { ", cleared" } else { "" };
                rows.push(format!("delegation {at}: {}{cleared}", world.state_of(it)));
            }
        }
        rows.extend(world.open_link_lines(practice));
        rows.extend(world.batch_lines(practice));
        rows.sort();
        rows
    }

    fn real_list(&self, practice: usize) -> Vec<String> {
        let (real, host) = (&self.real, &self.real.hosts[practice]);
        let page = real.admit.person_list(host, &ListFilter::default(), Order::Name, None, 500);
        let rows = page.unwrap().page.items;
        let mut rows: Vec<_> = rows.iter().map(|row| self.row(host, row)).collect();
        rows.extend(self.delegations(host));
        rows.extend(real.open_link_lines(host));
        rows.extend(real.batch_lines(&self.world, practice));
        rows.sort();
        rows
    }

    fn delegations(&self, host: &Actor) -> Vec<String> {
        let filter = DelegationFilter { with_cleared: true, ..DelegationFilter::default() };
        let page = self.real.admit.delegations(host, filter, None, 500).unwrap();
        let line = |view: &DelegationView| {
            let at = self.real.delegations.iter().position(|id| *id == view.delegation.id).unwrap();
            let cleared = view.delegation.cleared_at.map_or("", |_| ", cleared");
            let state = serde_json::to_value(view.state).unwrap();
            format!("delegation {at}: {}{cleared}", state.as_str().unwrap_or("-"))
        };
        page.items.iter().map(line).collect()
    }

    fn row(&self, host: &Actor, row: &Listed) -> String {
        let place = |ids: Vec<uuid::Uuid>| ids.iter().position(|id| *id == row.id).unwrap();
        let word = |value: serde_json::Value| value.as_str().unwrap_or("-").to_owned();
        let shown = serde_json::to_value(row).unwrap();
        let field = |name: &str| word(shown[name].clone());
        let (status, login) = (field("status"), field("login_state"));
        let invited = format!("{} {:?}", field("invitation_state"), row.delivery_state);
        match row.kind {
            ListKind::Staff => {
                let at = place(self.real.seats.iter().map(|id| id.uuid()).collect());
                let (role, approval) = (field("role"), field("approval"));
                format!("seat {at}: {role} {status} {approval}, {invited}, {login}")
            }
            ListKind::Client => {
                let at = place(self.real.clients.iter().map(|id| id.uuid()).collect());
                let items = self.real.item_row(host, at);
                format!("client {at}: {} {status}, {invited}, {login}; {items}", field("stage"))
            }
            ListKind::Invitation => {
                let at = place(self.real.invitations.iter().map(|id| id.uuid()).collect());
                format!("invitation {at}: {invited}")
            }
        }
    }
}

fn millis(pause: Pause) -> i64 {
    match pause {
        Pause::Minute => MINUTE,
        Pause::Hour => HOUR,
        Pause::HalfDay => 12 * HOUR,
        Pause::Day => DAY,
        Pause::FiveDays => 5 * DAY,
        Pause::TenDays => 10 * DAY,
    }
}

/// Takes out every step without which the story still fails: proptest does so before it makes the
/// numbers small, and not again.
fn shortened(mut story: Story, live: impl Fn(Story)) -> Story {
    let fails = |story: &Story| {
        let live = AssertUnwindSafe(|| live(story.clone()));
        std::panic::catch_unwind(live).is_err()
    };
    let mut at = 0;
    while at < story.steps.len() {
        let mut shorter = story.clone();
        shorter.steps.remove(at);
        if fails(&shorter) {
            (story, at) = (shorter, 0);
        } else {
            at += 1;
        }
    }
    story
}

/// Runs fixed stories, or as many others as the environment asks for, and says which steps were
/// answered how.
fn tell(cases: u32, longest: usize, live: impl Fn(Story) -> Seen) -> Seen {
    let asked = from_env("ADMIT_MODEL_CASES");
    let longest = from_env("ADMIT_MODEL_STEPS").unwrap_or(longest);
    let cases = asked.map_or(cases, |asked| asked as u32);
    let (failure_persistence, max_shrink_iters) = (None, 4_096);
    let config = Config { cases, failure_persistence, max_shrink_iters, ..Config::default() };
    let mut runner = match asked {
        Some(_) => TestRunner::new(config),
        None => {
            let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
            TestRunner::new_with_rng(config, rng)
        }
    };
    let seen = RefCell::new(Seen::new());
    let ran = runner.run(&story(longest), |story| {
        for (answered, count) in live(story) {
            *seen.borrow_mut().entry(answered).or_default() += count;
        }
        Ok(())
    });
    match ran {
        Ok(()) => {}
        Err(TestError::Fail(reason, story)) => {
            let story = shortened(story, |story| drop(live(story)));
            panic!("{story:?}\n{reason}");
        }
        Err(failure) => panic!("{failure}"),
    }
    let seen = seen.into_inner();
    if asked.is_some() {
        for ((name, answer), count) in &seen {
            eprintln!("{count:6} {name}: {answer}");
        }
    }
    seen
}

#[test]
fn the_library_and_a_naive_model_agree_on_every_story() {
    let seen = tell(160, 80, |story| {
        let (options, clock) = options();
        let mut pair = Pair::new(Admit::in_memory(options).unwrap(), clock, &story);
        for step in story.steps {
            pair.step(step);
        }
        pair.end()
    });
    if from_env("ADMIT_MODEL_CASES").is_some() {
        return;
    }
    let names: BTreeSet<&String> = seen.keys().map(|(name, _)| name).collect();
    let is_never = |name: &&&String| !seen.contains_key(&((**name).clone(), "done".to_owned()));
    let never: Vec<_> = names.iter().filter(is_never).collect();
    assert!(never.is_empty(), "the stories are poor: {never:?} were never done");
    assert!(seen.len() >= 120, "the stories are poor: {} kinds of answers", seen.len());
}

#[test]
fn the_library_and_a_naive_model_agree_on_a_file_that_is_opened_again() {
    tell(8, 60, |story| {
        let (options, clock) = options();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("model.admit");
        let ring = KeyRing::new([7; 32], &[]);
        let open = |options| Admit::open(&path, &ring, options).unwrap();
        let mut pair = Pair::new(open(options), clock.clone(), &story);
        for step in story.steps {
            if let Op::OpenAgain = step {
                let nothing = Admit::in_memory(support::options_at(&clock)).unwrap();
                drop(std::mem::replace(&mut pair.real.admit, nothing));
                pair.real.admit = open(support::options_at(&clock));
            }
            pair.step(step);
        }
        pair.end()
    });
}
