//! The address of a login: moved or proved by a link in a mail to it. The same links prove the
//! address of whoever registers or comes in by an open link.

use super::access::{About, Actor, Who};
use super::ops::{self, By, Sent, Typed};
use super::outbox::{Premise, Subject};
use super::real::{Real, address, said};
use super::stories;
use super::table::LOGIN_CHANGE_ADDRESS;
use super::world::{Answer, DAY, No, Secret, World, latest, place};
use crate::commands::plant::email;
use admit::commands::address::{RequestAddressChange, RequestAddressConfirmation};
use admit::domain::actor::Source;
use admit::domain::client::Client;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Staff;
use proptest::prelude::*;
use secrecy::ExposeSecret;

/// How long such a link is good, and how long it still tells why it is dead.
const GOOD_FOR: i64 = DAY;
const KEPT_FOR: i64 = 30 * DAY;

#[derive(Debug, Clone, Copy)]
pub enum Op {
    AskToMove { by: By, login: u8, to: u8, typed: Option<Typed> },
    AskToProve { by: By, login: u8 },
    Confirm { link: u8, sent: Sent },
}

pub fn op() -> BoxedStrategy<ops::Op> {
    let of_whom = || {
        prop_oneof![
            1 => (stories::at(), stories::practice())
                .prop_map(|(login, practice)| (By::Login { login, practice }, login)),
            1 => (stories::by(), stories::at()),
        ]
    };
    prop_oneof![
        3 => (of_whom(), any_address(), prop::option::weighted(0.7, stories::typed()))
            .prop_map(|((by, login), to, typed)| Op::AskToMove { by, login, to, typed }),
        1 => of_whom().prop_map(|(by, login)| Op::AskToProve { by, login }),
        6 => (stories::latest(), stories::sent()).prop_map(|(link, sent)| Op::Confirm { link, sent }),
    ]
    .prop_map(ops::Op::Address)
    .boxed()
}

/// Also those that are nobody's when a story begins.
pub fn any_address() -> impl Strategy<Value = u8> {
    prop_oneof![2 => stories::address(), 1 => 4..6_u8]
}

/// What a link proves the address of.
#[derive(Clone, Copy)]
pub enum AddressLink {
    Place(usize),
    Registration(usize),
    Login(usize),
}

/// A link that moves a login to an address, or proves the one that it has.
pub struct LoginLink {
    practice: usize,
    login: usize,
    to: Option<u8>,
    epoch: u32,
    expires_at: i64,
    is_used: bool,
    is_forgotten: bool,
}

impl World {
    pub fn take_address(&mut self, op: Op) -> Option<Answer> {
        Some(match op {
            Op::AskToMove { by, login, to, typed } => {
                let (actor, login) = (self.actor(by)?, place(login, self.logins.len())?);
                let typed = typed.map(|typed| self.secret(typed, Some(login)));
                self.typed = typed.unwrap_or(self.typed);
                self.ask_to_move(actor, login, to, typed)
            }
            Op::AskToProve { by, login } => {
                let (actor, login) = (self.actor(by)?, place(login, self.logins.len())?);
                self.ask_to_prove(actor, login)
            }
            Op::Confirm { link, sent } => {
                match self.address_links[latest(link, self.address_links.len())?] {
                    AddressLink::Place(at) => self.take_place(at, sent),
                    AddressLink::Registration(at) => self.complete_registration(at, sent),
                    AddressLink::Login(at) => self.confirm_address(at, sent),
                }
            }
        })
    }

    /// Whoever is not the host gives the password; who has the new address is not looked at.
    fn ask_to_move(&mut self, actor: Actor, login: usize, to: u8, typed: Option<Secret>) -> Answer {
        if typed.is_none() && !matches!(actor.who, Who::Host { .. }) {
            return Err(No::Invalid("password"));
        }
        self.require_may_change_address(actor, login)?;
        let (portal, name) = self.counted(login);
        if let Some(typed) = typed {
            self.require_no_wait(portal, name)?;
            if !self.is_right(login, typed) {
                return self.fail(portal, name);
            }
        }
        self.require_asks(login)?;
        if typed.is_some() {
            self.failures.remove(&(portal, name));
        }
        self.send_link(actor.practice, login, Some(to));
        Ok(())
    }

    fn ask_to_prove(&mut self, actor: Actor, login: usize) -> Answer {
        self.require_may_change_address(actor, login)?;
        self.logins[login].address.ok_or(Refusal::NotReachable)?;
        self.require_asks(login)?;
        self.send_link(actor.practice, login, None);
        Ok(())
    }

    fn require_may_change_address(&self, actor: Actor, login: usize) -> Answer {
        self.login_here(actor, login, LOGIN_CHANGE_ADDRESS)?;
        self.may(actor, LOGIN_CHANGE_ADDRESS, About::Login(login))?;
        self.exists(actor, !self.logins[login].is_removed, LOGIN_CHANGE_ADDRESS)
    }

    /// All links that a login asks for count together.
    fn require_asks(&mut self, login: usize) -> Answer {
        self.ask(format!("reset of {login}"))
    }

    pub fn send_link(&mut self, practice: usize, login: usize, to: Option<u8>) {
        self.login_links.push(LoginLink {
            practice,
            login,
            to,
            epoch: self.logins[login].epoch,
            expires_at: self.now + GOOD_FOR,
            is_used: false,
            is_forgotten: false,
        });
        let at = self.login_links.len() - 1;
        self.address_links.push(AddressLink::Login(at));
        let (kind, to) = match to {
            Some(to) => ("address_change_confirm", Some(to)),
            None => ("address_confirm", self.logins[login].address),
        };
        self.tell_if(Premise::LoginLink(at), Subject::Login(login), kind, to);
    }

    /// Used, revoked, superseded, expired, in this order.
    pub fn require_login_link(&self, at: usize) -> Answer {
        let link = &self.login_links[at];
        let login = &self.logins[link.login];
        let dead = match () {
            () if login.is_erased || link.is_forgotten => Some(Refusal::LinkInvalid),
            () if link.is_used => Some(Refusal::LinkUsed),
            () if login.is_removed => Some(Refusal::LinkRevoked),
            () if login.epoch != link.epoch => Some(Refusal::LinkSuperseded),
            () if self.now >= link.expires_at => Some(Refusal::LinkExpired),
            () => None,
        };
        dead.map_or(Ok(()), |dead| Err(dead.into()))
    }

    /// With the address all sessions end, and every link that waits; the old one hears of it.
    fn confirm_address(&mut self, at: usize, sent: Sent) -> Answer {
        self.require_login_link(at)?;
        let LoginLink { practice, login: id, to, .. } = self.login_links[at];
        self.require_active(practice, LOGIN_CHANGE_ADDRESS)?;
        if sent != Sent::ByEmail {
            return Err(Refusal::LinkInvalid.into());
        }
        let (portal, old) = (self.logins[id].portal, self.logins[id].address);
        if let Some(to) = to {
            if Some(to) != old {
                if self.is_taken(portal, to) {
                    return Err(Refusal::NameTaken.into());
                }
                self.free(portal, to);
            }
            self.logins[id].address = Some(to);
            self.end_sessions(id);
            self.tell_if(Premise::InUse, Subject::Login(id), "address_changed", old);
        }
        self.logins[id].is_proved = true;
        self.login_links[at].is_used = true;
        Ok(())
    }

    pub fn forget_login_links(&mut self) {
        for it in &mut self.login_links {
            it.is_forgotten |= it.expires_at + KEPT_FOR <= self.now;
        }
    }
}

impl Real {
    pub fn take_address(&mut self, op: Op, world: &World) -> Answer {
        match op {
            Op::AskToMove { by, login, to, typed } => {
                let (actor, login) = (self.actor(by, world), self.login(login));
                let password = typed.map(|_| self.typed(world));
                let ask = RequestAddressChange { login, to: email(&address(to)), password };
                said(self.admit.request_address_change(&actor, &ask, None))
            }
            Op::AskToProve { by, login } => {
                let ask = RequestAddressConfirmation { login: self.login(login) };
                self.run(&self.actor(by, world), ask)
            }
            Op::Confirm { link, sent } => {
                let at = latest(link, self.address_links.len()).unwrap();
                let (purpose, id) = self.address_links[at];
                let token = self.token(purpose, sent, 1, &id);
                let token = token.expose_secret();
                let done = said(self.admit.confirm_address(Source::default(), token, None))?;
                if !self.logins.contains(&done.login) {
                    self.logins.push(done.login);
                    self.sessions.push(done.epoch);
                }
                self.meet_newcomers();
                Ok(())
            }
        }
    }

    /// Finds the client or seat that a confirmed address made.
    fn meet_newcomers(&mut self) {
        let clients = self.rows::<Client>("client").into_iter().map(|it| it.id);
        let clients: Vec<_> = clients.filter(|it| !self.clients.contains(it)).collect();
        self.clients.extend(clients);
        let seats = self.rows::<Staff>("staff").into_iter().map(|it| it.id);
        let seats: Vec<_> = seats.filter(|it| !self.seats.contains(it)).collect();
        self.seats.extend(seats);
    }
}
