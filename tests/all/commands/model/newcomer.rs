//! Who comes by themselves, where a practice lets them: guests, and those who register.

use super::access::{About, Actor, Who};
use super::address::{AddressLink, any_address};
use super::ops::{self, By, Sent};
use super::real::{Real, address, said, word_of};
use super::table::{CLIENT_ENTER_AS_GUEST, CLIENT_REGISTER};
use super::world::{Answer, DAY, No, World};
use crate::commands::guest::switch;
use crate::commands::people::{secret, visitor};
use crate::commands::plant::email;
use crate::support::name;
use admit::commands::guest::{EnterAsGuest, Newcomer};
use admit::commands::outbox::{Claim, Claimed};
use admit::commands::practice::SettingsChange;
use admit::commands::registration::Register;
use admit::domain::actor;
use admit::domain::client::Stage;
use admit::domain::message::{Address, Kind};
use admit::domain::refusal::Refusal;
use proptest::prelude::*;

/// How long a registration waits for its link, and how long one that was used still says so.
const WAITS_FOR: i64 = DAY;
const KEPT_FOR: i64 = 30 * DAY;
/// How often in a day somebody may register with one address in a practice.
const REGISTRATIONS: u32 = 5;

#[derive(Debug, Clone, Copy)]
pub enum Comer {
    Visitor { practice: u8 },
    Known(By),
}

#[derive(Debug, Clone, Copy)]
pub enum Op {
    /// The host says what the practice lets newcomers do.
    Permit {
        practice: u8,
        guests: bool,
        registration: bool,
    },
    Enter {
        comer: Comer,
        address: Option<u8>,
        room: Option<u8>,
    },
    Register {
        comer: Comer,
        address: u8,
        word: u8,
    },
}

pub fn op() -> BoxedStrategy<ops::Op> {
    let comer = || {
        prop_oneof![
            4 => ops::practice().prop_map(|practice| Comer::Visitor { practice }),
            1 => ops::by().prop_map(Comer::Known),
        ]
    };
    let mostly = || prop::bool::weighted(0.8);
    prop_oneof![
        1 => (ops::practice(), mostly(), mostly()).prop_map(|(practice, guests, registration)| {
            Op::Permit { practice, guests, registration }
        }),
        3 => (comer(), ops::maybe_address(), prop::option::weighted(0.4, 0..4_u8))
            .prop_map(|(comer, address, room)| Op::Enter { comer, address, room }),
        4 => (comer(), any_address(), ops::word())
            .prop_map(|(comer, address, word)| Op::Register { comer, address, word }),
    ]
    .prop_map(ops::Op::Newcomer)
    .boxed()
}

/// What a practice lets newcomers do.
#[derive(Clone, Copy, Default)]
pub struct Permits {
    guests: bool,
    registration: bool,
}

pub struct Registration {
    practice: usize,
    address: u8,
    word: u8,
    expires_at: i64,
    /// The login that came of it.
    login: Option<usize>,
    is_forgotten: bool,
}

impl World {
    pub fn take_newcomer(&mut self, op: Op) -> Option<Answer> {
        Some(match op {
            Op::Permit { practice, guests, registration } => {
                self.permits[usize::from(practice)] = Permits { guests, registration };
                Ok(())
            }
            Op::Enter { comer, address, room } => {
                let actor = self.comer(comer)?;
                self.enter_as_guest(actor, address, room.map(usize::from))
            }
            Op::Register { comer, address, word } => {
                let actor = self.comer(comer)?;
                self.register(actor, address, word)
            }
        })
    }

    fn comer(&self, comer: Comer) -> Option<Actor> {
        match comer {
            Comer::Visitor { practice } => Some(Actor::new(practice.into(), Who::Visitor)),
            Comer::Known(by) => self.actor(by),
        }
    }

    fn enter_as_guest(&mut self, actor: Actor, address: Option<u8>, room: Option<usize>) -> Answer {
        self.may(actor, CLIENT_ENTER_AS_GUEST, About::New)?;
        if !self.permits[actor.practice].guests {
            return Err(Refusal::SwitchedOff.into());
        }
        if let Some(room) = room {
            self.here(actor, room / 2, CLIENT_ENTER_AS_GUEST)?;
        }
        let client = self.add_client(actor.practice, address, Stage::Guest);
        if let Some(room) = room {
            self.rooms[room].clients.push(client);
        }
        Ok(())
    }

    /// The answer is the same whether or not a login has the address.
    fn register(&mut self, actor: Actor, address: u8, word: u8) -> Answer {
        self.may(actor, CLIENT_REGISTER, About::New)?;
        let practice = actor.practice;
        if !self.permits[practice].registration {
            return Err(Refusal::SwitchedOff.into());
        }
        let whose = format!("registration in {practice} with {address}");
        self.ask_once_more(whose, REGISTRATIONS, DAY).map_err(|no| match no {
            No::Refused(Refusal::TooManyMessages { retry_after }) => {
                Refusal::TryLater { retry_after }.into()
            }
            other => other,
        })?;
        let (expires_at, login, is_forgotten) = (self.now + WAITS_FOR, None, false);
        let registration =
            Registration { practice, address, word, expires_at, login, is_forgotten };
        self.registrations.push(registration);
        self.address_links.push(AddressLink::Registration(self.registrations.len() - 1));
        self.tell("registration_confirm", Some(address));
        Ok(())
    }

    /// Makes the client and its login, for whoever opened the mail.
    pub fn complete_registration(&mut self, at: usize, sent: Sent) -> Answer {
        let it = &self.registrations[at];
        let (practice, address, word) = (it.practice, it.address, it.word);
        let portal = self.portal(practice);
        match it.login {
            _ if it.is_forgotten => return Err(Refusal::LinkInvalid.into()),
            Some(login) if self.logins[login].is_erased => return Err(Refusal::LinkInvalid.into()),
            Some(_) => return Err(Refusal::LinkUsed.into()),
            None if self.now >= it.expires_at => return Err(Refusal::LinkExpired.into()),
            None => {}
        }
        if !self.permits[practice].registration {
            return Err(Refusal::SwitchedOff.into());
        }
        if sent != Sent::ByEmail {
            return Err(Refusal::LinkInvalid.into());
        }
        if self.is_taken(portal, address) {
            return Err(Refusal::NameTaken.into());
        }
        self.free(portal, address);
        let client = self.add_client(practice, Some(address), Stage::Prospective);
        let login = self.add_login(portal, address, word, true);
        self.tie(login, client, false, None);
        self.registrations[at].login = Some(login);
        Ok(())
    }

    pub fn forget_registrations(&mut self) {
        for it in &mut self.registrations {
            let kept_for = if it.login.is_some() { KEPT_FOR } else { 0 };
            it.is_forgotten |= it.expires_at + kept_for <= self.now;
        }
    }
}

impl Real {
    pub fn take_newcomer(&mut self, op: Op, world: &World) -> Answer {
        match op {
            Op::Permit { practice, guests, registration } => {
                let (guests, registration) = (Some(guests), Some(registration));
                let settings = SettingsChange { guests, registration, ..SettingsChange::default() };
                switch(&self.admit, &self.hosts[usize::from(practice)], settings);
                Ok(())
            }
            Op::Enter { comer, address, room } => {
                let room = room.map(|at| self.rooms[usize::from(at)]);
                let enter = EnterAsGuest { newcomer: newcomer(address), room };
                let actor = self.comer(comer, world);
                let guest = said(self.admit.enter_as_guest(&actor, enter, None))?;
                self.clients.push(guest.id);
                Ok(())
            }
            Op::Register { comer, address: at, word } => {
                let register = Register {
                    newcomer: newcomer(Some(at)),
                    username: None,
                    password: Some(secret(word_of(word))),
                    identity: None,
                };
                let actor = self.comer(comer, world);
                said(self.admit.register(&actor, &register, None))?;
                let practice = self.hosts.iter().position(|it| it.scope == actor.scope).unwrap();
                let portal = world.portal(practice);
                let known = match world.is_taken(portal, at) {
                    true => Kind::RegistrationKnown,
                    false => Kind::RegistrationConfirm,
                };
                assert_eq!(self.words_to(at), known, "what the mail says");
                Ok(())
            }
        }
    }

    fn comer(&self, comer: Comer, world: &World) -> actor::Actor {
        match comer {
            Comer::Visitor { practice } => visitor(&self.hosts[usize::from(practice)]),
            Comer::Known(by) => self.actor(by, world),
        }
    }

    /// What the latest mail about a registration tells an address: the outbox words it when a
    /// worker takes it.
    fn words_to(&self, at: u8) -> Kind {
        let mut taken = Vec::new();
        loop {
            let more = self.admit.claim(Claim::default()).unwrap();
            if more.is_empty() {
                break;
            }
            taken.extend(more);
        }
        let to = Address::Email(email(&address(at)));
        let is_it = |it: &&Claimed| {
            it.to == to && matches!(it.kind, Kind::RegistrationConfirm | Kind::RegistrationKnown)
        };
        taken.iter().filter(is_it).max_by_key(|it| it.id).expect("nothing was sent").kind
    }
}

fn newcomer(at: Option<u8>) -> Newcomer {
    Newcomer {
        name: name("Lou", "Newcomer"),
        birth: None,
        email: at.map(|at| email(&address(at))),
        phone: None,
        locale: None,
        zone: None,
    }
}
