//! Signing in: one answer and the same work for every way in which it can fail.
//!
//! A name that nobody has is counted, hashed and recorded like any other (RULES S24 to S34).

use super::admit::{Admit, Command};
use super::audit::{self, Note};
use super::context::Context;
use super::device::{self, DeviceId};
use super::failures::{self, Counter, Failed};
use super::look::Look;
use super::name::SignInName;
use super::proof::stored_hash;
use super::reach::{self, ClientReached, Reached, SeatReached, Way};
use super::starting_over;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::event::Happening;
use crate::domain::id::{LoginId, PortalId};
use crate::domain::login::{ExternalIdentity, Login, Password};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Signs in by name and password. It has no `Debug`: what is typed as a name may be a password.
#[derive(Clone)]
pub struct SignIn {
    /// An address or user name, as it was typed.
    pub name: String,
    /// The password, as it was typed.
    pub password: SecretString,
    /// The token that the device was given when it last signed in.
    pub device_token: Option<String>,
}

/// Signs in somebody whom the host has verified elsewhere. For the host alone.
#[derive(Debug, Clone, Serialize)]
pub struct SignInExternal {
    /// Who it is there.
    pub identity: ExternalIdentity,
}

/// Somebody is signed in. The host makes the session, and names login and epoch in each call.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub login: LoginId,
    /// The epoch of the session.
    pub epoch: u32,
    /// Whether all it may do is to change its temporary password.
    pub must_change: bool,
    /// When the login had signed in before.
    pub last_sign_in: Option<Timestamp>,
    /// The seats that it reaches.
    pub seats: Vec<SeatReached>,
    /// The clients that it reaches.
    pub clients: Vec<ClientReached>,
    /// What the device keeps for its next sign-in; no credential. None where an idempotency key
    /// repeats an answer.
    #[serde(skip)]
    pub device_token: Option<SecretString>,
}

/// What a sign-in found before its write.
struct Seen {
    portal: PortalId,
    login: Option<Login>,
    device: Option<DeviceId>,
    counter: Counter,
    must_wait: bool,
    may_enter: bool,
}

fn see(look: &mut Look<'_>, name: &SignInName, device_token: Option<&str>) -> Result<Seen> {
    let portal = look.permit_at_portal(Action::SignIn)?;
    let login = name.find(look.read, portal)?;
    let id = login.as_ref().map(|login| login.id);
    let device = device_token.and_then(|token| device::verify(look.context, id, token));
    let counter = match &device {
        Some(device) => failures::of_device(look.context, device),
        None => failures::of_name(look.context, portal, name.counted()),
    };
    let wait = failures::load(look.read, look.context.now, &counter)?.wait(look.context.now);
    let reached = match &login {
        Some(login) => reach::by(look, login, Way::Password)?,
        None => Reached::default(),
    };
    let may_enter = !reached.is_nothing() && login.as_ref().is_some_and(|it| opens(it, look.now()));
    Ok(Seen { portal, login, device, counter, must_wait: wait > 0, may_enter })
}

/// Whether the right password lets its holder in.
fn opens(login: &Login, now: Timestamp) -> bool {
    login.password.as_ref().is_some_and(|password| !password.has_lapsed(now))
}

impl Admit {
    /// Signs in by name and password.
    ///
    /// # Errors
    /// `TryLater` after failures, whether or not the name exists, and `SignInFailed` for
    /// everything else that is wrong.
    pub fn sign_in(&self, actor: &Actor, sign_in: &SignIn) -> Result<Session> {
        let context = Arc::new(self.context(actor)?);
        let name = SignInName::new(&context, &sign_in.name);
        let token = sign_in.device_token.as_deref();
        starting_over(|| {
            let seen = self.read_in(context.clone(), |look| see(look, &name, token))?;
            let tried = self.try_password(&context, &name, seen, &sign_in.password)?;
            self.run_in(context.clone(), Attempt { tried }, None)
        })
    }

    /// Compares the password, or does the same work where there is nothing to compare with. While
    /// the name must wait, no hash is made, so that flooding a locked name costs nothing.
    fn try_password(
        &self,
        context: &Context,
        name: &SignInName,
        seen: Seen,
        password: &SecretString,
    ) -> Result<Tried> {
        let stored = seen.login.as_ref().and_then(stored_hash);
        let mut tried = Tried { name: name.clone(), seen, stored, matches: false, rehashed: None };
        if tried.seen.must_wait {
            return Ok(tried);
        }
        let stored = tried.stored.as_deref();
        let verdict = self.verify_password(context, name.counted(), password, stored)?;
        // Who is not let in costs no more for having known the password.
        if verdict.needs_rehash && tried.seen.may_enter {
            tried.rehashed = Some(self.hash_temporary(context, password)?.phc);
        }
        Ok(Tried { matches: verdict.matches, ..tried })
    }
}

/// What came of the password, before the write.
struct Tried {
    name: SignInName,
    seen: Seen,
    stored: Option<String>,
    matches: bool,
    rehashed: Option<String>,
}

#[derive(Serialize)]
struct Attempt {
    // Nothing of it is told apart by an idempotency key: a sign-in has none.
    #[serde(skip)]
    tried: Tried,
}

impl Command for Attempt {
    type Done = Session;
    const ACTION: Option<Action> = Some(Action::SignIn);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Session> {
        let tried = &self.tried;
        let portal = unit.look().permit_at_portal(Action::SignIn)?;
        let now = unit.now();
        // Guesses that were hashed side by side are heard one by one, each after the last's wait.
        failures::require_no_wait(&mut unit.write, now, &tried.seen.counter)?;
        let login = tried.name.find(&mut unit.write, portal)?;
        let id = login.as_ref().map(|login| login.id);
        let stored = login.as_ref().and_then(stored_hash);
        if id != tried.seen.login.as_ref().map(|login| login.id) || stored != tried.stored {
            return Err(Refusal::Conflict.into());
        }
        let login = login
            .filter(|login| tried.matches && opens(login, now))
            .ok_or(Refusal::SignInFailed)?;
        let reached = reach::by(&mut unit.look(), &login, Way::Password)?;
        if reached.is_nothing() {
            return Err(Refusal::SignInFailed.into());
        }
        failures::clear(unit, &tried.seen.counter)?;
        let new = match &tried.rehashed {
            Some(hash) => with_hash(login.clone(), hash),
            None => login.clone(),
        };
        enter(unit, &login, new, reached, tried.seen.device)
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        let seen = &self.tried.seen;
        if !matches!(refusal, Refusal::SignInFailed | Refusal::TryLater { .. }) {
            return audit::note_access_refused(unit, Self::ACTION, refusal);
        }
        let failed = Failed {
            portal: seen.portal,
            counter: Some(seen.counter),
            login: seen.login.as_ref().map(|login| login.id),
            action: Action::SignIn,
        };
        failed.note(unit, refusal)
    }
}

/// The same password under a new hash: nothing else about it changes.
fn with_hash(login: Login, hash: &str) -> Login {
    let (hash, is_imported) = (hash.to_owned(), false);
    let password = login.password.map(|password| Password { hash, is_imported, ..password });
    Login { password, ..login }
}

/// Signs a login in that has proved itself.
fn enter(
    unit: &mut Unit<'_>,
    old: &Login,
    new: Login,
    reached: Reached,
    device: Option<DeviceId>,
) -> Result<Session> {
    let new = Login { last_sign_in: Some(unit.now()), ..new };
    unit.save_login(Some(old), &new)?;
    unit.note(Note::at_portal(new.portal, Happening::SignedIn, new.id).about(new.id));
    let device = device.unwrap_or_else(|| unit.random());
    Ok(Session {
        login: new.id,
        epoch: new.epoch,
        must_change: new.password.is_some_and(|password| password.must_change),
        last_sign_in: old.last_sign_in,
        seats: reached.seats,
        clients: reached.clients,
        device_token: Some(device::issue(unit.context, new.id, &device)),
    })
}

impl SignInExternal {
    fn find(&self, look: &mut Look<'_>) -> Result<(PortalId, Option<Login>)> {
        let portal = look.permit_at_portal(Action::SignIn)?;
        if look.context.actor.who != Who::Host {
            return Err(Refusal::NotPermitted.into());
        }
        Ok(match records::login::find_by_identity(look.read, portal, &self.identity)? {
            Some(id) => (portal, records::login::find(look.read, id)?),
            None => (portal, None),
        })
    }
}

impl Command for SignInExternal {
    type Done = Session;
    const ACTION: Option<Action> = Some(Action::SignIn);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Session> {
        let (_, login) = self.find(&mut unit.look())?;
        let login = login.ok_or(Refusal::SignInFailed)?;
        let reached = reach::by(&mut unit.look(), &login, Way::ExternalIdentity)?;
        if reached.is_nothing() {
            // The host has verified who it is, so it may know why this does not help.
            let by_password = reach::any_way(&mut unit.look(), &login)?;
            return Err(match by_password.is_nothing() {
                true => Refusal::SignInFailed.into(),
                false => Refusal::SignInMethodNotAllowed.into(),
            });
        }
        enter(unit, &login, login.clone(), reached, None)
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        let action = Action::SignIn;
        match self.find(&mut unit.look()) {
            Ok((portal, login)) => {
                let login = login.map(|login| login.id);
                Failed { portal, counter: None, login, action }.note(unit, refusal)
            }
            Err(_) => audit::note_access_refused(unit, Some(action), refusal),
        }
    }
}
