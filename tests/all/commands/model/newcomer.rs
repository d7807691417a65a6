//! Who comes by themselves, where a practice lets them: guests, and those who register.

use super::access::{About, Actor, Who};
use super::address::{AddressLink, any_address};
use super::ops::{self, By, Sent, WayIn};
use super::outbox::{Premise, Subject};
use super::real::{Real, address, said, word_of};
use super::stories;
use super::table::{CLIENT_ENTER_AS_GUEST, CLIENT_REGISTER, PRACTICE_UPDATE};
use super::world::{Answer, DAY, No, World};
use crate::commands::people::{secret, visitor};
use crate::commands::plant::email;
use crate::support::name;
use admit::commands::Change;
use admit::commands::guest::{EnterAsGuest, Newcomer};
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::registration::Register;
use admit::domain::actor;
use admit::domain::client::Stage;
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
            4 => stories::practice().prop_map(|practice| Comer::Visitor { practice }),
            1 => stories::by().prop_map(Comer::Known),
        ]
    };
    let mostly = || prop::bool::weighted(0.8);
    prop_oneof![
        1 => (stories::practice(), mostly(), mostly()).prop_map(|(practice, guests, registration)| {
            Op::Permit { practice, guests, registration }
        }),
        3 => (comer(), stories::maybe_address(), prop::option::weighted(0.4, 0..4_u8))
            .prop_map(|(comer, address, room)| Op::Enter { comer, address, room }),
        4 => (comer(), any_address(), stories::word())
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
    pub practice: usize,
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
                let practice = usize::from(practice);
                let is_active = self.require_active(practice, PRACTICE_UPDATE);
                is_active.map(|()| self.permits[practice] = Permits { guests, registration })
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
        let at = self.registrations.len() - 1;
        let (premise, about) = (Premise::Registration(at), Subject::Registration(at));
        self.tell_if(premise, about, "registration_confirm", Some(address));
        Ok(())
    }

    /// Holds that a registration waits.
    pub fn require_registration(&self, at: usize) -> Answer {
        let it = &self.registrations[at];
        match it.login {
            _ if it.is_forgotten => Err(Refusal::LinkInvalid.into()),
            Some(login) if self.logins[login].is_erased => Err(Refusal::LinkInvalid.into()),
            Some(_) => Err(Refusal::LinkUsed.into()),
            None if self.now >= it.expires_at => Err(Refusal::LinkExpired.into()),
            None => Ok(()),
        }
    }

    /// Makes the client and its login, for whoever opened the mail.
    pub fn complete_registration(&mut self, at: usize, sent: Sent) -> Answer {
        self.require_registration(at)?;
        let it = &self.registrations[at];
        let (practice, address, word) = (it.practice, it.address, it.word);
        self.require_active(practice, CLIENT_REGISTER)?;
        if !self.permits[practice].registration {
            return Err(Refusal::SwitchedOff.into());
        }
        if sent != Sent::ByEmail {
            return Err(Refusal::LinkInvalid.into());
        }
        let portal = self.portal(practice);
        if self.is_taken(portal, address) {
            return Err(Refusal::NameTaken.into());
        }
        self.free(portal, address);
        let client = self.add_client(practice, Some(address), Stage::Prospective);
        let login = self.add_login(portal, Some(address), WayIn::Password(word), true);
        self.tie(login, client, false, None);
        self.registrations[at].login = Some(login);
        // What was written about it is about its login now.
        for message in &mut self.messages {
            if message.about == Subject::Registration(at) {
                message.about = Subject::Login(login);
            }
        }
        Ok(())
    }

    pub fn forget_registrations(&mut self) {
        for at in 0..self.registrations.len() {
            let it = &mut self.registrations[at];
            let kept_for = if it.login.is_some() { KEPT_FOR } else { 0 };
            if it.expires_at + kept_for <= self.now {
                it.is_forgotten = true;
                self.erase_messages_about(Subject::Registration(at));
            }
        }
    }
}

impl Real {
    pub fn take_newcomer(&mut self, op: Op, world: &World) -> Answer {
        match op {
            Op::Permit { practice, guests, registration } => {
                let (guests, registration) = (Some(guests), Some(registration));
                let settings = SettingsChange { guests, registration, ..SettingsChange::default() };
                let host = &self.hosts[usize::from(practice)];
                let (name, external_id, revision) = (None, Change::Keep, 0);
                let update = UpdatePractice { name, external_id, settings, revision };
                self.run(host, update).map(drop)
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
