//! The outbox: what was told is claimed by a worker, unless it is no longer so, and the worker says
//! what became of it.

use super::access::{About, Actor};
use super::ops::{self, By, Member};
use super::real::{Real, address, said};
use super::stories;
use super::table::NOTICE_POST;
use super::world::{Answer, HOUR, MINUTE, World, latest};
use admit::commands::outbox::{Bounced, Claim, Claimed, Delivered, Failed, HandedOver};
use admit::commands::post::{PostNotice, Told};
use admit::domain::actor;
use admit::domain::client::Status;
use admit::domain::message::{self, Delivery, OwnKind};
use admit::domain::refusal::Refusal;
use admit::domain::time::Timestamp;
use proptest::prelude::*;

/// How long a worker has a message where it asks for no other time.
const LEASE: i64 = 5 * MINUTE;

/// Which message, from the last.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    Claimed(u8),
    Told(u8),
}

#[derive(Debug, Clone, Copy)]
pub enum Attempt {
    Present,
    Earlier,
    Later,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    HandedOver,
    Delivered,
    Bounced,
    Failed,
    /// It failed, to be tried again from an hour ago on.
    FailedOnce,
    /// It failed, to be tried again in an hour.
    FailedForNow,
}

/// By the worker, or by a seat, which may not.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    pub by: Option<u8>,
    pub which: Which,
    pub attempt: Attempt,
}

#[derive(Debug, Clone, Copy)]
pub enum Op {
    /// Tells of something of the product's own.
    Post {
        by: By,
        to: Member,
    },
    Claim {
        limit: u8,
        facts_only: bool,
    },
    Report(Became, Report),
}

fn became() -> impl Strategy<Value = Became> {
    use Became::{Bounced, Delivered, Failed, FailedForNow, FailedOnce, HandedOver};
    prop_oneof![
        4 => prop::sample::select(vec![HandedOver, Delivered]),
        3 => prop::sample::select(vec![FailedOnce, FailedForNow]),
        2 => prop::sample::select(vec![Bounced, Failed]),
    ]
}

fn report() -> impl Strategy<Value = Report> {
    let which = prop_oneof![
        8 => stories::latest().prop_map(Which::Claimed),
        1 => stories::latest().prop_map(Which::Told),
    ];
    let attempt = prop_oneof![
        8 => Just(Attempt::Present),
        2 => Just(Attempt::Earlier),
        1 => Just(Attempt::Later),
    ];
    (prop::option::weighted(0.05, stories::at()), which, attempt)
        .prop_map(|(by, which, attempt)| Report { by, which, attempt })
}

pub fn op() -> BoxedStrategy<ops::Op> {
    let limit = prop_oneof![2 => 1..4_u8, 1 => Just(100)];
    prop_oneof![
        2 => (stories::by(), stories::member()).prop_map(|(by, to)| Op::Post { by, to }),
        4 => (limit, any::<bool>()).prop_map(|(limit, facts_only)| Op::Claim { limit, facts_only }),
        6 => (became(), report()).prop_map(|(became, report)| Op::Report(became, report)),
    ]
    .prop_map(ops::Op::Outbox)
    .boxed()
}

/// Whom a message is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Client(usize),
    Seat(usize),
    Login(usize),
    Invitation(usize),
    OpenLink(usize),
    /// Somebody who is not on file yet.
    Registration(usize),
    /// Somebody who is on file no more.
    Nobody,
}

/// What must be so of its subject when a message goes out.
#[derive(Clone, Copy)]
pub enum Premise {
    Nothing,
    /// The client gets notices.
    GetsNotices,
    /// The client waits for deletion.
    Waits,
    WaitsNoMore,
    /// The login is in use.
    InUse,
    /// Its link is good.
    Invitation {
        at: usize,
        generation: u32,
        /// Whether somebody asked who gave an address and no more.
        by_address: bool,
    },
    Reset(usize),
    /// What is held for the address waits for it to be proved.
    Place(usize),
    Registration(usize),
    /// The link that moves or proves a login's address is good.
    LoginLink(usize),
    /// The item is there, and the client gets notices where it is the client that hears.
    Item {
        at: usize,
        to_client: bool,
    },
}

pub struct Message {
    pub kind: &'static str,
    pub to: u8,
    pub about: Subject,
    pub premise: Premise,
    pub told_at: i64,
    pub stands: Delivery,
    /// When it is looked at next, if it is.
    pub due: i64,
    pub attempt: u32,
    pub is_erased: bool,
}

impl World {
    pub fn take_outbox(&mut self, op: Op) -> Option<Answer> {
        Some(match op {
            Op::Post { by, to } => {
                let (actor, to) = (self.actor(by)?, self.member(to)?);
                self.post(actor, to)
            }
            Op::Claim { limit, .. } => {
                self.claim(limit.into());
                Ok(())
            }
            Op::Report(became, report) => {
                let (at, attempt) = self.reported(report)?;
                match report.by {
                    Some(_) => Err(Refusal::NotPermitted.into()),
                    None => self.report(at, attempt, became),
                }
            }
        })
    }

    /// Tells what nothing makes untrue.
    pub fn tell(&mut self, about: Subject, kind: &'static str, address: Option<u8>) {
        self.tell_if(Premise::Nothing, about, kind, address);
    }

    pub fn tell_if(
        &mut self,
        premise: Premise,
        about: Subject,
        kind: &'static str,
        address: Option<u8>,
    ) {
        self.told.extend(address.map(|to| Message {
            kind,
            to,
            about,
            premise,
            told_at: self.now,
            stands: Delivery::Queued,
            due: self.now,
            attempt: 0,
            is_erased: false,
        }));
    }

    /// Puts what this step told into the outbox. No rule says what of it comes first, so that is
    /// as the library has it.
    pub fn keep_told(&mut self, order: &[(String, String)]) {
        for (kind, to) in order {
            let is_it = |it: &Message| it.kind == kind && address(it.to) == *to;
            let at = self.told.iter().position(is_it).unwrap();
            self.messages.push(self.told.remove(at));
        }
    }

    pub fn gets_notices(&self, client: usize) -> bool {
        matches!(self.clients[client].status, Status::Active | Status::Deactivated)
    }

    fn is_so(&self, message: &Message) -> bool {
        let client = match message.about {
            Subject::Client(client) => Some(client),
            _ => None,
        };
        let waits =
            |client: usize| matches!(self.clients[client].status, Status::PendingDeletion { .. });
        match message.premise {
            Premise::Nothing => true,
            Premise::GetsNotices => client.is_none_or(|it| self.gets_notices(it)),
            Premise::Waits => client.is_some_and(waits),
            Premise::WaitsNoMore => !client.is_some_and(waits),
            Premise::InUse => match message.about {
                Subject::Login(login) => !self.logins[login].is_removed,
                _ => true,
            },
            Premise::Invitation { at, generation, .. } => {
                self.invitations[at].address == Some(message.to)
                    && self.require_live(at, generation).is_ok()
            }
            Premise::Reset(link) => self.require_link(link).is_ok(),
            Premise::Place(at) => self.require_place(at).is_ok(),
            Premise::Registration(at) => self.require_registration(at).is_ok(),
            Premise::LoginLink(at) => self.require_login_link(at).is_ok(),
            Premise::Item { at, to_client } => {
                let hears = !to_client || client.is_none_or(|it| self.gets_notices(it));
                !self.items[at].is_removed && hears
            }
        }
    }

    /// What was written about somebody goes with its row.
    pub fn erase_messages_about(&mut self, about: Subject) {
        for it in self.messages.iter_mut().filter(|it| it.about == about) {
            it.is_erased = true;
        }
    }

    /// Whoever has a login is told so instead of how to complete a registration.
    fn words(&self, at: usize) -> &'static str {
        let it = &self.messages[at];
        let Premise::Registration(registration) = it.premise else { return it.kind };
        let portal = self.portal(self.registrations[registration].practice);
        if self.is_taken(portal, it.to) { "registration_known" } else { it.kind }
    }

    /// A worker gets what is due, the longest waiting first; what is no longer so is dropped.
    fn claim(&mut self, limit: usize) {
        let mut claimed = vec![];
        let is_due = |it: &Message| {
            matches!(it.stands, Delivery::Queued | Delivery::Leased)
                && it.due <= self.now
                && !it.is_erased
        };
        let mut due: Vec<_> =
            (0..self.messages.len()).filter(|at| is_due(&self.messages[*at])).collect();
        due.sort_by_key(|at| (self.messages[*at].due, *at));
        for at in due {
            if claimed.len() == limit {
                break;
            }
            let is_so = self.is_so(&self.messages[at]);
            let it = &mut self.messages[at];
            if is_so {
                (it.stands, it.due, it.attempt) =
                    (Delivery::Leased, self.now + LEASE, it.attempt + 1);
                claimed.push(at);
            } else {
                it.stands = Delivery::Dropped;
            }
        }
        self.claims.push(claimed);
    }

    /// The message that a report is of, and the attempt that it names.
    fn reported(&self, report: Report) -> Option<(usize, u32)> {
        let at = match report.which {
            Which::Told(at) => latest(at, self.messages.len())?,
            Which::Claimed(at) => {
                let claimed: Vec<usize> = self.claims.iter().flatten().copied().collect();
                claimed[latest(at, claimed.len())?]
            }
        };
        let present = self.messages[at].attempt;
        let attempt = match report.attempt {
            Attempt::Present => present,
            Attempt::Earlier => present.saturating_sub(1),
            Attempt::Later => present + 1,
        };
        Some((at, attempt))
    }

    /// That it arrived counts from any attempt, and even of what had come back or failed; all else
    /// from the one that has it alone.
    fn report(&mut self, at: usize, attempt: u32, became: Became) -> Answer {
        use Delivery::{Bounced, Delivered, Dropped, Failed, HandedOver, Queued};
        let now = self.now;
        let it = &mut self.messages[at];
        if it.is_erased {
            return Err(Refusal::NotFound.into());
        }
        let is_over = match became {
            Became::Delivered => matches!(it.stands, Delivered | Dropped),
            _ => matches!(it.stands, Delivered | Dropped | Bounced | Failed),
        };
        if is_over {
            return Err(Refusal::MessageClosed.into());
        }
        let was_its = match became {
            Became::Delivered => (1..=it.attempt).contains(&attempt),
            _ => attempt == it.attempt && it.stands != Queued,
        };
        if !was_its {
            return Err(Refusal::LeaseLost.into());
        }
        let is_sent = it.stands == HandedOver;
        (it.stands, it.due) = match became {
            Became::HandedOver => (HandedOver, 0),
            Became::Delivered => (Delivered, 0),
            Became::Bounced => (Bounced, 0),
            Became::FailedOnce if !is_sent => (Queued, now),
            Became::FailedForNow if !is_sent => (Queued, now + HOUR),
            Became::Failed | Became::FailedOnce | Became::FailedForNow => (Failed, 0),
        };
        Ok(())
    }

    /// One recipient gets so many of them a day as of invitations; a client only while it gets
    /// notices.
    fn post(&mut self, actor: Actor, to: Member) -> Answer {
        let (about, address) = match to {
            Member::Client(client) => {
                let client = client.into();
                self.client_here(actor, client, NOTICE_POST)?;
                self.may(actor, NOTICE_POST, About::Client(client))?;
                (Subject::Client(client), self.notices(client, self.clients[client].address))
            }
            Member::Seat(seat) => {
                let it = &self.seats[usize::from(seat)];
                self.here(actor, it.practice, NOTICE_POST)?;
                self.may(actor, NOTICE_POST, About::Seat(seat.into()))?;
                (Subject::Seat(seat.into()), it.address)
            }
        };
        let address = address.ok_or(Refusal::NotReachable)?;
        self.count_message(actor, address)?;
        self.tell_if(Premise::GetsNotices, about, "x_news", Some(address));
        Ok(())
    }

    /// What a list shows of the message with an invitation's present link.
    pub fn delivery_state(&self, invitation: usize) -> Delivery {
        let sent = self.invitations[invitation].generation;
        let carries_it = |it: &&Message| {
            matches!(it.premise, Premise::Invitation { at, generation, by_address: false }
                if at == invitation && generation == sent)
        };
        let message = self.messages.iter().rev().find(carries_it);
        message.map_or(Delivery::None, |it| it.stands)
    }

    /// Where the messages stand, and how often each was claimed; None for one that is gone.
    pub fn deliveries(&self) -> Vec<Option<(Delivery, u32)>> {
        let stand = |it: &Message| (!it.is_erased).then_some((it.stands, it.attempt));
        self.messages.iter().map(stand).collect()
    }
}

impl Real {
    pub fn take_outbox(&mut self, op: Op, world: &World) -> Answer {
        match op {
            Op::Post { by, to } => {
                let kind = OwnKind::parse("x_news").unwrap();
                let told = match to {
                    Member::Client(at) => Told::Client(self.client(at)),
                    Member::Seat(at) => Told::Staff(self.seat(at)),
                };
                let post = PostNotice { kind, told, facts: vec![] };
                self.run(&self.actor(by, world), post).map(drop)
            }
            Op::Claim { limit, facts_only } => {
                let claim = Claim { limit: limit.into(), facts_only, lease: None };
                let claimed = said(self.admit.claim(claim))?;
                let place = |id| self.messages.iter().position(|it| *it == id).unwrap();
                let told = |it: &Claimed| (place(it.id), it.attempt, it.kind.word().to_owned());
                let claimed: Vec<_> = claimed.iter().map(told).collect();
                let expected = world.claims.last().unwrap().iter();
                let told =
                    |at: &usize| (*at, world.messages[*at].attempt, world.words(*at).to_owned());
                let expected: Vec<_> = expected.map(told).collect();
                assert_eq!(expected, claimed, "what the worker gets");
                Ok(())
            }
            Op::Report(became, report) => self.report(became, report, world),
        }
    }

    fn report(&self, became: Became, report: Report, world: &World) -> Answer {
        let worker = actor::Actor::store_host();
        let by = report.by.map_or(worker, |at| self.actor(By::Seat(at), world));
        let (at, attempt) = world.reported(report).unwrap();
        let message = self.messages[at];
        let now = Timestamp::from_millis(self.clock.millis());
        let failed = |hours: Option<i64>| {
            let retry_at = hours.map(|hours| now.plus(hours * HOUR));
            Failed { message, attempt, retry_at, detail: None }
        };
        match became {
            Became::HandedOver => self.run(&by, HandedOver { message, attempt }),
            Became::Delivered => self.run(&by, Delivered { message, attempt }),
            Became::Bounced => self.run(&by, Bounced { message, attempt, detail: None }),
            Became::Failed => self.run(&by, failed(None)),
            Became::FailedOnce => self.run(&by, failed(Some(-1))),
            Became::FailedForNow => self.run(&by, failed(Some(1))),
        }
        .map(drop)
    }

    pub fn deliveries(&self) -> Vec<Option<(Delivery, u32)>> {
        let rows = self.rows::<message::Message>("message");
        let stand = |id| {
            let found = rows.iter().find(|it| it.id == id);
            found.map(|it| (it.state.shown(), it.attempt))
        };
        self.messages.iter().map(|id| stand(*id)).collect()
    }
}
