//! The naive world's logins: signing in, forgotten passwords, locks, sessions, and their end.

use super::access::{About, Actor, Who};
use super::ops::{Op, Typed};
use super::outbox::{Premise, Subject};
use super::table::{
    LOGIN_CHANGE_PASSWORD, LOGIN_END_SESSIONS, LOGIN_REMOVE, LOGIN_REQUEST_RESET,
    LOGIN_SET_TEMPORARY, LOGIN_UNLOCK, Row, SIGN_IN,
};
use super::world::{
    Answer, Client, DAY, HOUR, Invitation, MINUTE, Offer, Password, ResetLink, Secret, State,
    World, latest, place,
};
use admit::domain::refusal::Refusal;
use admit::domain::staff;

/// How long a temporary password is good.
const TEMPORARY: i64 = 72 * HOUR;

/// What an address is told that has no login.
enum Word {
    Invitation(usize),
    /// Who sent the invitation hears that a new link is asked for.
    Inviter(usize, usize),
    WithoutLogin(Subject),
}

impl World {
    pub fn take_login(&mut self, op: Op) -> Option<Answer> {
        Some(match op {
            Op::SignIn { practice, address, typed } => {
                let portal = self.portal(practice.into());
                self.typed = self.secret(typed, self.login_named(portal, address));
                self.require_active(practice.into(), SIGN_IN)
                    .and_then(|()| self.sign_in(portal, address, self.typed))
            }
            Op::AskForReset { practice, address } => self.ask_for_reset(practice.into(), address),
            Op::SendReset { by, login } => {
                let (actor, login) = (self.actor(by)?, place(login, self.logins.len())?);
                self.send_reset(actor, login)
            }
            Op::Reset { link, word } => {
                let link = latest(link, self.links.len())?;
                self.reset(link, word)
            }
            Op::ChangePassword { login, practice, typed, word } => {
                let login = place(login, self.logins.len())?;
                self.typed = self.secret(typed, Some(login));
                self.change_password(login, practice.into(), self.typed, word)
            }
            Op::SetTemporary { by, login } => {
                let (actor, login) = (self.actor(by)?, place(login, self.logins.len())?);
                self.set_temporary(actor, login)
            }
            Op::Unlock { by, login } => {
                let (actor, login) = (self.actor(by)?, place(login, self.logins.len())?);
                self.unlock(actor, login)
            }
            Op::EndSessions { by, login } => {
                let (actor, login) = (self.actor(by)?, place(login, self.logins.len())?);
                self.end_all_sessions(actor, login)
            }
            Op::RemoveLogin { by, login } => {
                let (actor, login) = (self.actor(by)?, place(login, self.logins.len())?);
                self.remove_login(actor, login)
            }
            _ => unreachable!("a step of other nouns"),
        })
    }

    /// What is typed at a login's door; what staff have not set is a word that nobody has.
    pub fn secret(&self, typed: Typed, login: Option<usize>) -> Secret {
        let nobodys = Secret::Word(u8::MAX);
        match typed {
            Typed::Right => {
                let password = login.and_then(|it| self.logins[it].password.as_ref());
                password.map_or(nobodys, |it| it.secret)
            }
            Typed::Word(word) => Secret::Word(word),
            Typed::Temporary(login) => {
                let login = place(login, self.logins.len());
                let made = login.and_then(|login| self.last_made.get(&login));
                made.map_or(nobodys, |made| Secret::Made(*made))
            }
        }
    }

    /// Failures in a row, forgotten after a day without one; and how long the next try waits.
    pub fn wait(&self, portal: usize, address: u8) -> (u32, i64) {
        let (count, last) = self.failures.get(&(portal, address)).copied().unwrap_or_default();
        let age = self.now - last;
        if age > DAY + MINUTE {
            return (0, 0);
        }
        let pause = match count {
            0..=4 => 0,
            5..=9 => 1_000 << (count - 5),
            _ => HOUR,
        };
        (count, (pause - age).max(0))
    }

    pub fn require_no_wait(&self, portal: usize, address: u8) -> Answer {
        match self.wait(portal, address).1 {
            0 => Ok(()),
            retry_after => Err(Refusal::TryLater { retry_after }.into()),
        }
    }

    /// Counts a failure, whether or not anybody has the name; at the tenth it is locked.
    pub fn fail(&mut self, portal: usize, address: u8) -> Answer {
        let count = self.wait(portal, address).0 + 1;
        self.failures.insert((portal, address), (count, self.now));
        let login = self.login_named(portal, address);
        if let Some(login) = login.filter(|it| count == 10 && self.reaches_something(*it)) {
            self.tell_if(Premise::InUse, Subject::Login(login), "login_locked", Some(address));
        }
        Err(Refusal::SignInFailed.into())
    }

    pub fn is_right(&self, login: usize, secret: Secret) -> bool {
        let password = self.logins[login].password.as_ref();
        password.is_some_and(|it| it.secret == secret && it.is_good(self.now))
    }

    fn sign_in(&mut self, portal: usize, address: u8, secret: Secret) -> Answer {
        self.require_no_wait(portal, address)?;
        let login = self.login_named(portal, address);
        let login = login.filter(|it| self.is_right(*it, secret) && self.reaches_something(*it));
        let Some(login) = login else { return self.fail(portal, address) };
        self.failures.remove(&(portal, address));
        self.logins[login].session = self.logins[login].epoch;
        Ok(())
    }

    /// At most five requests an hour.
    pub fn ask(&mut self, whose: String) -> Answer {
        let now = self.now;
        let asked = self.asked.entry(whose).or_default();
        asked.retain(|at| now - at < HOUR);
        if asked.len() >= 5 {
            return Err(Refusal::TooManyMessages { retry_after: HOUR - (now - asked[0]) }.into());
        }
        asked.push(now);
        Ok(())
    }

    fn link_to(&mut self, login: usize, practice: usize) {
        let (epoch, expires_at) = (self.logins[login].epoch, self.now + HOUR);
        self.links.push(ResetLink { practice, login, epoch, expires_at, is_used: false });
        let premise = Premise::Reset(self.links.len() - 1);
        self.tell_if(premise, Subject::Login(login), "reset", self.logins[login].address);
    }

    /// The answer is the same for all; only who has the address hears what it leads to.
    fn ask_for_reset(&mut self, practice: usize, address: u8) -> Answer {
        self.require_active(practice, LOGIN_REQUEST_RESET)?;
        let portal = self.portal(practice);
        let login = self.login_named(portal, address);
        let whose = match login {
            Some(login) => format!("reset of {login}"),
            None => format!("reset at {portal} of {address}"),
        };
        let word = self.word_of_address(practice, address);
        if self.ask(whose).is_err() {
            return Ok(());
        }
        let home = login.and_then(|login| self.home(login, practice));
        match (login, word) {
            (Some(login), _) if home.is_some() => self.link_to(login, home.unwrap_or(practice)),
            (None, Some(Word::Invitation(at))) => {
                let visitor = Actor::new(practice, Who::Visitor);
                if self.count_message(visitor, address).is_ok() {
                    self.tell_link(at, true);
                }
            }
            (None, Some(Word::Inviter(at, inviter))) => {
                let to = self.seats[inviter].address;
                self.tell(self.subject(at), "new_link_asked", to);
            }
            (None, Some(Word::WithoutLogin(about))) => {
                let kind = "reset_without_login";
                self.tell_if(Premise::GetsNotices, about, kind, Some(address));
            }
            _ => {}
        }
        Ok(())
    }

    /// Of its invitation, else that it is known without a login; strangers get nothing.
    fn word_of_address(&self, practice: usize, address: u8) -> Option<Word> {
        let was_sent = |it: &Invitation| {
            it.practice == practice && it.address == Some(address) && !it.is_erased
        };
        let mut sent = self.latest_invitations();
        sent.retain(|at| was_sent(&self.invitations[*at]));
        let is_pending = |at: &&usize| self.invitations[**at].state == State::Pending;
        let pending: Vec<usize> = sent.iter().filter(is_pending).copied().collect();
        let is_open = |at: &&usize| self.now < self.invitations[**at].expires_at;
        if let Some(at) = pending.iter().find(is_open) {
            return Some(Word::Invitation(*at));
        }
        if let Some((at, inviter)) =
            pending.first().and_then(|at| Some((*at, self.invitations[*at].inviter?)))
        {
            let seat = &self.seats[inviter];
            if seat.status == staff::Status::Active && seat.approved {
                return Some(Word::Inviter(at, inviter));
            }
        }
        let known =
            |it: &Client| it.practice == practice && it.address == Some(address) && it.is_on_file();
        let told = |about| Some(Word::WithoutLogin(about));
        match (self.clients.iter().position(known), sent.first()) {
            (Some(client), _) if self.gets_notices(client) => told(Subject::Client(client)),
            (Some(_), _) | (None, None) => None,
            (None, Some(at)) => told(self.subject(*at)),
        }
    }

    fn send_reset(&mut self, actor: Actor, login: usize) -> Answer {
        self.login_here(actor, login, LOGIN_REQUEST_RESET)?;
        self.may(actor, LOGIN_REQUEST_RESET, About::Login(login))?;
        if self.logins[login].address.is_none() {
            return Err(Refusal::NotReachable.into());
        }
        if !matches!(actor.who, Who::Host { .. }) {
            self.ask(format!("reset of {login}"))?;
        }
        self.link_to(login, actor.practice);
        Ok(())
    }

    fn reset(&mut self, at: usize, word: u8) -> Answer {
        self.require_link(at)?;
        self.require_active(self.links[at].practice, LOGIN_REQUEST_RESET)?;
        let login = self.links[at].login;
        self.links[at].is_used = true;
        self.logins[login].is_proved = true;
        self.choose(login, word);
        Ok(())
    }

    /// Used, revoked, superseded, expired, in this order.
    pub fn require_link(&self, at: usize) -> Answer {
        let link = &self.links[at];
        let login = link.login;
        if self.logins[login].is_erased {
            return Err(Refusal::LinkInvalid.into());
        }
        if link.is_used {
            return Err(Refusal::LinkUsed.into());
        }
        if self.logins[login].is_removed {
            return Err(Refusal::LinkRevoked.into());
        }
        if self.logins[login].epoch != link.epoch {
            return Err(Refusal::LinkSuperseded.into());
        }
        if self.now >= link.expires_at {
            return Err(Refusal::LinkExpired.into());
        }
        Ok(())
    }

    fn choose(&mut self, login: usize, word: u8) {
        let it = &mut self.logins[login];
        it.password = Some(Password { secret: Secret::Word(word), temporary_until: None });
        it.epoch += 1;
        let address = it.address;
        self.failures.remove(&self.counted(login));
        self.tell_if(Premise::InUse, Subject::Login(login), "password_changed", address);
    }

    fn change_password(
        &mut self,
        login: usize,
        practice: usize,
        typed: Secret,
        word: u8,
    ) -> Answer {
        let (portal, name) = self.counted(login);
        self.session(login, self.portal(practice))?;
        self.require_active(practice, LOGIN_CHANGE_PASSWORD)?;
        self.require_no_wait(portal, name)?;
        if !self.is_right(login, typed) {
            return self.fail(portal, name);
        }
        self.choose(login, word);
        self.logins[login].session = self.logins[login].epoch;
        Ok(())
    }

    /// Whether a login is somebody in the other practice, which its staff must leave alone.
    fn leads_elsewhere(&self, login: usize, practice: usize) -> bool {
        self.is_known(login, 1 - practice)
    }

    fn require_ours(&self, actor: Actor, login: usize) -> Answer {
        let is_staff = matches!(actor.who, Who::Seat(_));
        if is_staff && self.leads_elsewhere(login, actor.practice) {
            return Err(Refusal::NotPermitted.into());
        }
        Ok(())
    }

    fn set_temporary(&mut self, actor: Actor, login: usize) -> Answer {
        self.login_here(actor, login, LOGIN_SET_TEMPORARY)?;
        self.may(actor, LOGIN_SET_TEMPORARY, About::Login(login))?;
        self.require_ours(actor, login)?;
        let made = self.made;
        self.made += 1;
        self.last_made.insert(login, made);
        self.choose(login, 0);
        self.told.pop();
        let temporary_until = Some(self.now + TEMPORARY);
        self.logins[login].password =
            Some(Password { secret: Secret::Made(made), temporary_until });
        let address = self.logins[login].address;
        self.tell_if(Premise::InUse, Subject::Login(login), "temporary_password_set", address);
        Ok(())
    }

    fn require_in_use(&self, actor: Actor, login: usize, row: Row) -> Answer {
        self.login_here(actor, login, row)?;
        self.exists(actor, !self.logins[login].is_removed, row)
    }

    fn unlock(&mut self, actor: Actor, login: usize) -> Answer {
        self.require_in_use(actor, login, LOGIN_UNLOCK)?;
        self.may(actor, LOGIN_UNLOCK, About::Login(login))?;
        self.require_ours(actor, login)?;
        self.failures.remove(&self.counted(login));
        Ok(())
    }

    fn end_all_sessions(&mut self, actor: Actor, login: usize) -> Answer {
        self.require_in_use(actor, login, LOGIN_END_SESSIONS)?;
        self.may(actor, LOGIN_END_SESSIONS, About::Login(login))?;
        self.require_ours(actor, login)?;
        self.end_sessions(login);
        Ok(())
    }

    /// Ends what a login is here; where it is nothing else, its name is free again.
    fn remove_login(&mut self, actor: Actor, login: usize) -> Answer {
        self.require_in_use(actor, login, LOGIN_REMOVE)?;
        self.may(actor, LOGIN_REMOVE, About::Login(login))?;
        let here = actor.practice;
        let goes = !self.leads_elsewhere(login, here);
        let address = self.logins[login].address;
        self.tell(Subject::Login(login), "login_removed", address);
        for at in 0..self.proxies.len() {
            let it = &self.proxies[at];
            let is_here = it.login == login && self.clients[it.client].practice == here;
            if is_here && self.holds(it) {
                self.proxies[at].is_ended = true;
            }
        }
        for seat in &mut self.seats {
            if seat.login == Some(login) && seat.practice == here {
                seat.login = None;
            }
        }
        self.end_sessions(login);
        self.logins[login].is_removed = goes;
        Ok(())
    }

    /// What a list shows of somebody's login.
    pub fn login_state(&self, login: Option<usize>) -> &'static str {
        let Some(login) = login.filter(|login| !self.logins[*login].is_removed) else {
            return "none";
        };
        let it = &self.logins[login];
        let (portal, name) = self.counted(login);
        match self.wait(portal, name) {
            (10.., 1..) => "locked",
            _ if self.must_change(login) => "temporary",
            _ if it.password.is_none() && it.identities.is_empty() => "no_password",
            _ => "active",
        }
    }

    /// The latest invitation about a client.
    pub fn client_invited(&self, client: usize) -> Option<usize> {
        self.invited(|it| matches!(it, Offer::Client { client: of, .. } if *of == client))
    }

    /// The latest invitation about something.
    pub fn invited(&self, is_about: impl Fn(&Offer) -> bool) -> Option<usize> {
        self.latest_invitations().into_iter().find(|at| is_about(&self.invitations[*at].offer))
    }

    /// What a list shows of an invitation.
    pub fn invitation_state(&self, at: Option<usize>) -> &'static str {
        let Some(at) = at else { return "none" };
        let it = &self.invitations[at];
        match it.state {
            State::Pending if self.now >= it.expires_at => "expired",
            State::Pending => "pending",
            State::Accepted => "accepted",
            State::Declined => "declined",
            State::Revoked => "revoked",
        }
    }
}
