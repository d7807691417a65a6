//! External identities that the host has verified: a way in beside a password, or without one.

use super::access::{About, Actor, Who};
use super::ops::{self, By, Typed, WayIn};
use super::real::{Real, said};
use super::stories;
use super::table::{LOGIN_LINK_IDENTITY, SIGN_IN};
use super::world::{Answer, No, World, place};
use admit::commands::identity::ChangeIdentity;
use admit::commands::sign_in::SignInExternal;
use admit::domain::login::ExternalIdentity;
use admit::domain::refusal::Refusal;
use admit::domain::text::ExternalId;
use proptest::prelude::*;

#[derive(Debug, Clone, Copy)]
pub enum Op {
    SignIn { by: By, identity: u8 },
    Link { by: By, login: u8, identity: u8, typed: Option<Typed> },
    Unlink { by: By, login: u8, identity: u8, typed: Option<Typed> },
}

pub fn any() -> impl Strategy<Value = u8> {
    prop_oneof![2 => Just(0_u8), 1 => 0..3_u8]
}

/// By whom a login is changed, and what is typed: mostly by itself, or by the host, which need
/// not type anything.
fn whose() -> impl Strategy<Value = (By, u8, Option<Typed>)> {
    let host = By::Host { practice: 0 };
    let itself = |login| By::Login { login, practice: 0 };
    // Wrong as often as not, so that failures add up.
    let typed = || prop_oneof![1 => Just(Typed::Word(1)), 1 => stories::typed()];
    prop_oneof![
        3 => (0..2_u8, typed()).prop_map(move |(login, typed)| (itself(login), login, Some(typed))),
        5 => (0..4_u8).prop_map(move |login| (host, login, None)),
        2 => (0..2_u8, typed()).prop_map(move |(login, typed)| (host, login, Some(typed))),
        1 => (stories::by(), stories::at(), prop::option::of(typed())),
    ]
}

fn by() -> impl Strategy<Value = By> {
    prop_oneof![3 => Just(By::Host { practice: 0 }), 1 => stories::by()]
}

pub fn op() -> BoxedStrategy<ops::Op> {
    prop_oneof![
        2 => (by(), any()).prop_map(|(by, identity)| Op::SignIn { by, identity }),
        3 => (whose(), any())
            .prop_map(|((by, login, typed), identity)| Op::Link { by, login, identity, typed }),
        3 => (whose(), any())
            .prop_map(|((by, login, typed), identity)| Op::Unlink { by, login, identity, typed }),
    ]
    .prop_map(ops::Op::Identity)
    .boxed()
}

/// People who come in by identities, and whose passwords are others' or forgotten.
pub fn busy() -> BoxedStrategy<ops::Op> {
    use ops::Op;
    let host = By::HostWithReason { practice: 0 };
    let (earlier_link, by) = (false, host);
    let way_in = any().prop_map(WayIn::Identity);
    prop_oneof![
        6 => op(),
        2 => (0..2_u8, stories::address(), stories::sent())
            .prop_map(move |(name, address, sent)| Op::InviteSomebody { by, name, address, sent }),
        3 => (stories::latest(), stories::sent(), way_in).prop_map(move |(invitation, sent, way_in)| {
            Op::Accept { invitation, earlier_link, sent, way_in }
        }),
        2 => stories::at().prop_map(move |login| Op::SetTemporary { by, login }),
        1 => (0..4_u8).prop_map(move |login| Op::Unlock { by, login }),
        2 => (stories::at(), stories::typed()).prop_map(|(login, typed)| {
            Op::ChangePassword { login, practice: 0, typed, word: 0 }
        }),
        1 => stories::time(),
        5 => stories::op(),
    ]
    .boxed()
}

impl World {
    pub fn take_identity(&mut self, op: Op) -> Option<Answer> {
        Some(match op {
            Op::SignIn { by, identity } => {
                let actor = self.actor(by)?;
                self.sign_in_by_identity(actor, identity)
            }
            Op::Link { by, login, identity, typed } => {
                let (actor, login) = (self.actor(by)?, place(login, self.logins.len())?);
                self.link_identity(actor, login, identity, typed)
            }
            Op::Unlink { by, login, identity, typed } => {
                let (actor, login) = (self.actor(by)?, place(login, self.logins.len())?);
                self.unlink_identity(actor, login, identity, typed)
            }
        })
    }

    pub fn login_of_identity(&self, portal: usize, identity: u8) -> Option<usize> {
        self.logins.iter().position(|it| {
            it.portal == portal && !it.is_removed && it.identities.contains(&identity)
        })
    }

    /// The host alone says who somebody is elsewhere; failures of names have no part in it.
    fn sign_in_by_identity(&mut self, actor: Actor, identity: u8) -> Answer {
        self.may(actor, SIGN_IN, About::Practice)?;
        if !matches!(actor.who, Who::Host { .. }) {
            return Err(Refusal::NotPermitted.into());
        }
        let login = self.login_of_identity(self.portal(actor.practice), identity);
        let login = login.filter(|login| self.reaches_something(*login));
        let login = login.ok_or(Refusal::SignInFailed)?;
        self.logins[login].session = self.logins[login].epoch;
        Ok(())
    }

    fn link_identity(
        &mut self,
        actor: Actor,
        login: usize,
        identity: u8,
        typed: Option<Typed>,
    ) -> Answer {
        self.require_proof(actor, login, typed)?;
        let holder = self.login_of_identity(self.logins[login].portal, identity);
        if holder.is_some_and(|holder| holder != login) {
            return Err(Refusal::IdentityTaken.into());
        }
        if holder.is_none() {
            self.logins[login].identities.push(identity);
        }
        self.proved(login, typed);
        Ok(())
    }

    /// Some way in is left: a name with a password that has not lapsed, or another identity. The
    /// sessions end, for they may have begun by this one.
    fn unlink_identity(
        &mut self,
        actor: Actor,
        login: usize,
        identity: u8,
        typed: Option<Typed>,
    ) -> Answer {
        self.require_proof(actor, login, typed)?;
        let it = &self.logins[login];
        if !it.identities.contains(&identity) {
            return Err(Refusal::NotFound.into());
        }
        let opens = it.password.as_ref().is_some_and(|it| it.is_good(self.now));
        let by_password = opens && it.address.is_some();
        if !by_password && it.identities.len() == 1 {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.logins[login].identities.retain(|it| *it != identity);
        self.end_sessions(login);
        self.proved(login, typed);
        Ok(())
    }

    /// Whoever is not the host types the password; a wrong one counts like a failed sign-in.
    fn require_proof(&mut self, actor: Actor, login: usize, typed: Option<Typed>) -> Answer {
        if typed.is_none() && !matches!(actor.who, Who::Host { .. }) {
            return Err(No::Invalid("password"));
        }
        self.login_here(actor, login, LOGIN_LINK_IDENTITY)?;
        self.may(actor, LOGIN_LINK_IDENTITY, About::Login(login))?;
        if self.logins[login].is_removed {
            return Err(Refusal::NotFound.into());
        }
        let Some(typed) = typed else { return Ok(()) };
        self.typed = self.secret(typed, Some(login));
        let (portal, name) = self.counted(login);
        self.require_no_wait(portal, name)?;
        if self.is_right(login, self.typed) { Ok(()) } else { self.fail(portal, name) }
    }

    /// The right password forgets the failures, where nothing else was wrong.
    fn proved(&mut self, login: usize, typed: Option<Typed>) {
        if typed.is_some() {
            self.failures.remove(&self.counted(login));
        }
    }
}

pub fn external(identity: u8) -> ExternalIdentity {
    let key = |text: &str| ExternalId::parse(text).unwrap();
    let subject = key(&format!("subject-{identity}"));
    ExternalIdentity { issuer: key("https://id.example.org"), subject }
}

impl Real {
    pub fn take_identity(&mut self, op: Op, world: &World) -> Answer {
        let by = |by| self.actor(by, world);
        match op {
            Op::SignIn { by: who, identity } => {
                let sign_in = SignInExternal { identity: external(identity) };
                let session = self.run(&by(who), sign_in)?;
                let at = self.logins.iter().position(|it| *it == session.login).unwrap();
                self.sessions[at] = session.epoch;
                Ok(())
            }
            Op::Link { by: who, login, identity, typed } => {
                let change = self.identity_change(login, identity, typed, world);
                said(self.admit.link_identity(&by(who), &change, None)).map(drop)
            }
            Op::Unlink { by: who, login, identity, typed } => {
                let change = self.identity_change(login, identity, typed, world);
                said(self.admit.unlink_identity(&by(who), &change, None)).map(drop)
            }
        }
    }

    fn identity_change(
        &self,
        login: u8,
        identity: u8,
        typed: Option<Typed>,
        world: &World,
    ) -> ChangeIdentity {
        let (login, identity) = (self.login(login), external(identity));
        ChangeIdentity { login, identity, password: typed.map(|_| self.typed(world)) }
    }
}
