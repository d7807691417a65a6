//! The naive world's ties: proxies, grants and rooms; and what upkeep sees to.

use super::access::{About, Actor, CLIENT, GUARDIAN, Who};
use super::ops::{Member, To};
use super::outbox::{Premise, Subject};
use super::table::{GRANT_GIVE, GRANT_WITHDRAW, PROXY_ADD, PROXY_END, ROOM_MANAGE};
use super::world::{Answer, DAY, No, World};
use admit::domain::refusal::Refusal;
use admit::domain::staff;
use std::collections::BTreeSet;

/// What upkeep sees to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Tie(usize),
    Delegation(usize),
    Deletion(usize),
    /// A notice to somebody who is on file no more is kept for 7 days.
    Farewell(usize),
}

impl World {
    pub fn in_days(&self, days: Option<u8>) -> Option<i64> {
        days.map(|days| self.now + i64::from(days) * DAY)
    }

    pub fn add_proxy(
        &mut self,
        actor: Actor,
        client: usize,
        login: usize,
        guardian: bool,
        days: Option<u8>,
    ) -> Answer {
        self.client_here(actor, client, PROXY_ADD)?;
        self.login_here(actor, login, PROXY_ADD)?;
        self.may(actor, PROXY_ADD, About::Client(client))?;
        self.may(actor, PROXY_ADD, About::Login(login))?;
        let is_taken = self.proxies.iter().any(|it| {
            let is_second_self = !it.guardian && !guardian;
            it.client == client && self.holds(it) && (it.login == login || is_second_self)
        });
        if is_taken {
            return Err(Refusal::ProxyExists.into());
        }
        self.tie(login, client, guardian, self.in_days(days));
        Ok(())
    }

    pub fn end_proxy(&mut self, actor: Actor, at: usize) -> Answer {
        let (client, login) = (self.proxies[at].client, self.proxies[at].login);
        self.client_here(actor, client, PROXY_END)?;
        self.exists(actor, !self.proxies[at].is_erased, PROXY_END)?;
        self.may(actor, PROXY_END, About::Client(client))?;
        let (column, _) = self.stand(actor, PROXY_END, About::Client(client))?;
        if column == GUARDIAN && actor.who != Who::Login(login) {
            return Err(Refusal::NotPermitted.into());
        }
        if !self.holds(&self.proxies[at]) {
            return Err(Refusal::AlreadyEnded.into());
        }
        self.proxy_ends(at);
        Ok(())
    }

    /// A login that then holds nothing in the practice is signed out; of a guardian both sides
    /// hear, at one address once.
    fn proxy_ends(&mut self, at: usize) {
        self.proxies[at].is_ended = true;
        let (client, login) = (self.proxies[at].client, self.proxies[at].login);
        if !self.is_known(login, self.clients[client].practice) {
            self.end_sessions(login);
        }
        if !self.proxies[at].guardian {
            return;
        }
        let guardian = self.logins[login].address.filter(|_| !self.logins[login].is_removed);
        let own = self.own_logins(client).first().and_then(|own| self.logins[*own].address);
        let theirs = self.notices(client, self.clients[client].address.or(own));
        let theirs = theirs.filter(|it| Some(*it) != guardian);
        for address in [guardian, theirs] {
            self.tell(Subject::Client(client), "guardian_ended", address);
        }
    }

    /// An address of a client that gets notices.
    pub fn notices(&self, client: usize, address: Option<u8>) -> Option<u8> {
        address.filter(|_| self.gets_notices(client))
    }

    pub fn give_grant(&mut self, actor: Actor, client: usize, to: To, days: Option<u8>) -> Answer {
        self.client_here(actor, client, GRANT_GIVE)?;
        let is_over = match to {
            To::Seat(seat) => {
                let seat = &self.seats[usize::from(seat)];
                self.here(actor, seat.practice, GRANT_GIVE)?;
                seat.status == staff::Status::Ended
            }
            To::Room(room) => {
                self.here(actor, usize::from(room) / 2, GRANT_GIVE)?;
                false
            }
        };
        self.may(actor, GRANT_GIVE, About::Client(client))?;
        if is_over {
            return Err(Refusal::AlreadyEnded.into());
        }
        self.grant(client, to, self.in_days(days));
        self.tell_of_grant(actor, client, to, "grant_given")
    }

    pub fn withdraw_grant(&mut self, actor: Actor, at: usize) -> Answer {
        let (client, to) = (self.grants[at].client, self.grants[at].to);
        self.client_here(actor, client, GRANT_WITHDRAW)?;
        self.exists(actor, !self.grants[at].is_erased, GRANT_WITHDRAW)?;
        self.may(actor, GRANT_WITHDRAW, About::Client(client))?;
        if !self.is_open(&self.grants[at]) {
            return Err(Refusal::AlreadyEnded.into());
        }
        self.grants[at].withdrawn_at = Some(self.now);
        self.tell_of_grant(actor, client, to, "grant_withdrawn")
    }

    /// Both sides hear, but for whoever did it. What a client opens by its own hand is told by its
    /// items, where it has some.
    fn tell_of_grant(&mut self, actor: Actor, client: usize, to: To, kind: &'static str) -> Answer {
        let column = self.stand(actor, GRANT_GIVE, About::Client(client))?.0;
        let is_own_hand = kind == "grant_given" && [CLIENT, GUARDIAN].contains(&column);
        let is_shared = is_own_hand && self.share_items(client, to);
        if let To::Seat(seat) = to
            && !is_shared
            && actor.who != Who::Seat(seat.into())
        {
            self.tell(Subject::Client(client), kind, self.seats[usize::from(seat)].address);
        }
        if column != CLIENT {
            let address = self.notices(client, self.clients[client].address);
            self.tell_if(Premise::GetsNotices, Subject::Client(client), kind, address);
        }
        Ok(())
    }

    fn require_room_and_member(&self, actor: Actor, room: usize, member: Member) -> Answer {
        self.here(actor, room / 2, ROOM_MANAGE)?;
        match member {
            Member::Seat(at) => {
                self.here(actor, self.seats[usize::from(at)].practice, ROOM_MANAGE)?
            }
            Member::Client(at) => self.client_here(actor, at.into(), ROOM_MANAGE)?,
        }
        self.may(actor, ROOM_MANAGE, About::Practice)
    }

    pub fn assign(&mut self, actor: Actor, room: usize, member: Member) -> Answer {
        self.require_room_and_member(actor, room, member)?;
        let (at, list) = match member {
            Member::Seat(at) if self.seats[usize::from(at)].status == staff::Status::Ended => {
                return Err(Refusal::AlreadyEnded.into());
            }
            Member::Seat(at) => (usize::from(at), &mut self.rooms[room].seats),
            Member::Client(at) => (usize::from(at), &mut self.rooms[room].clients),
        };
        if !list.contains(&at) {
            list.push(at);
        }
        Ok(())
    }

    pub fn unassign(&mut self, actor: Actor, room: usize, member: Member) -> Answer {
        self.require_room_and_member(actor, room, member)?;
        match member {
            Member::Seat(at) => self.rooms[room].seats.retain(|it| *it != usize::from(at)),
            Member::Client(at) => self.rooms[room].clients.retain(|it| *it != usize::from(at)),
        }
        Ok(())
    }

    /// What ends by itself until now, in this order.
    fn due(&self) -> BTreeSet<(i64, Due)> {
        let ties = self.proxies.iter().enumerate().filter(|it| !it.1.is_ended);
        let ties = ties.map(|(at, it)| (it.ends_at, Due::Tie(at)));
        let open = self.delegations.iter().enumerate().filter(|it| it.1.ended_at.is_none());
        let open = open.map(|(at, it)| (it.ends_at, Due::Delegation(at)));
        let deletions = self.clients.iter().enumerate();
        let deletions =
            deletions.map(|(at, it)| (it.before.as_ref().map(|it| it.due), Due::Deletion(at)));
        let farewells = self.messages.iter().enumerate();
        let farewells = farewells.filter(|it| it.1.about == Subject::Nobody);
        let farewells = farewells.map(|(at, it)| (Some(it.told_at + 7 * DAY), Due::Farewell(at)));
        let all = ties.chain(open).chain(deletions).chain(farewells);
        let all = all.filter_map(|(at, due)| at.map(|at| (at, due)));
        all.filter(|(at, _)| *at <= self.now).collect()
    }

    /// Sees to what has ended by itself, unless the clock has jumped by more than 7 days.
    pub fn upkeep(&mut self) -> Answer {
        if self.now - self.kept_up_at > 7 * DAY {
            return Err(No::ClockJump);
        }
        for (_, due) in self.due() {
            match due {
                Due::Tie(at) if !self.proxies[at].is_ended => self.proxy_ends(at),
                Due::Tie(_) => {}
                Due::Delegation(at) => self.lapse(at),
                Due::Deletion(client) => self.deletion_falls_due(client),
                Due::Farewell(at) => self.messages[at].is_erased = true,
            }
        }
        self.keep_places_up();
        self.forget_registrations();
        self.forget_login_links();
        self.forget_batches();
        self.kept_up_at = self.now;
        Ok(())
    }
}
