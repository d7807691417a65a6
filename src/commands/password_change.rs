//! New passwords on a login that exists: its holder's own, and temporary ones set by staff.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::context::Context;
use super::login::LoginEpoch;
use super::look::{About, Look};
use super::notice::{self, Notice};
use super::password::{Hashed, request_digest};
use super::proof::{self, Proof};
use super::unit::Unit;
use super::{failures, reach, starting_over, unless_refused};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::event::Happening;
use crate::domain::id::LoginId;
use crate::domain::login::{Login, Status};
use crate::domain::message::Kind;
use crate::domain::practice::{Practice, Settings};
use crate::domain::refusal::Refusal;
use crate::domain::text::IdempotencyKey;
use crate::error::Result;
use crate::seal::random::Stream;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Signs that are not taken for one another when they are read out.
const SIGNS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
/// Groups of four signs in a generated password: 100 bits.
const GROUPS: usize = 5;

/// A temporary password, as staff ask for it.
#[derive(Debug, Clone)]
pub enum TemporaryPassword {
    /// Chosen by staff, where the practice's settings allow it.
    Typed(SecretString),
    /// Made by the library, and shown once.
    Generated,
}

impl TemporaryPassword {
    const fn typed(&self) -> Option<&SecretString> {
        match self {
            Self::Typed(password) => Some(password),
            Self::Generated => None,
        }
    }

    /// Holds that the practice lets staff choose it.
    ///
    /// # Errors
    /// `SwitchedOff`.
    pub(super) fn require_allowed(&self, practice: &Practice) -> Result<()> {
        if self.typed().is_some() && !practice.settings.staff_may_choose_password {
            return Err(Refusal::SwitchedOff.into());
        }
        Ok(())
    }

    /// What tells a request with it from others.
    pub(super) fn request(&self, context: &Context) -> [u8; 32] {
        request_digest(context, self.typed().as_slice())
    }
}

/// A temporary password on its way into the store.
pub(super) struct Temporary {
    /// Its hash.
    pub hashed: Hashed,
    /// The password itself, where the library made it.
    pub shown: Option<SecretString>,
}

fn generate(context: &Context) -> SecretString {
    let mut stream = Stream::new(&context.seed.child("temporary password"));
    let mut group = || -> String {
        let bytes: [u8; 4] = stream.bytes();
        bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect()
    };
    let groups: Vec<String> = (0..GROUPS).map(|_| group()).collect();
    groups.join("-").into()
}

impl Admit {
    /// Hashes a temporary password before the write. A typed one follows the rules for all.
    ///
    /// # Errors
    /// The weakness of a typed one, or `TryLater`.
    pub(super) fn prepare_temporary(
        &self,
        context: &Context,
        settings: &Settings,
        words: &[String],
        asked: &TemporaryPassword,
    ) -> Result<Temporary> {
        if let Some(password) = asked.typed() {
            let hashed = self.hash_chosen(context, settings, password, words)?;
            return Ok(Temporary { hashed, shown: None });
        }
        let password = generate(context);
        let hashed = self.hash_temporary(context, &password)?;
        Ok(Temporary { hashed, shown: Some(password) })
    }

    /// Changes the password of the login that acts. Its other sessions end, and links that wait.
    ///
    /// # Errors
    /// `SignInFailed` for a wrong present password, which counts like a failed sign-in; the
    /// weakness of the new one; `TryLater` after failures.
    pub fn change_password(
        &self,
        actor: &Actor,
        change: &ChangePassword,
        key: Option<&IdempotencyKey>,
    ) -> Result<LoginEpoch> {
        let context = Arc::new(self.context(actor)?);
        let request = request_digest(&context, &[&change.current, &change.new]);
        starting_over(|| {
            let seen = unless_refused(self.look_in(&context, |look| {
                let login = look.login(acting_login(look.context)?)?;
                look.permit(Action::LoginChangePassword, About::Login(login.id))?;
                let practice = look.practice()?;
                let settings = reach::password_settings(look, &login, &practice)?;
                Ok((settings, reach::context_words(&practice, &login), login))
            }))?;
            let mut body = Change { request, proof: None, hashed: None };
            if let Some((settings, words, login)) = seen {
                let proof = self.prove(&context, &login, &change.current)?;
                if proof.matches() {
                    let hashed = self.hash_chosen(&context, &settings, &change.new, &words)?;
                    body.hashed = Some(hashed);
                }
                body.proof = Some(proof);
            }
            self.run_in(context.clone(), body, key)
        })
    }

    /// Sets a password that its holder must change at the next sign-in, within 72 hours. It ends
    /// every session and every lock, and tells the holder.
    ///
    /// # Errors
    /// What the access table says; `SwitchedOff` for a typed one where the practice does not
    /// allow it, and its weakness.
    pub fn set_temporary_password(
        &self,
        actor: &Actor,
        set: &SetTemporaryPassword,
        key: Option<&IdempotencyKey>,
    ) -> Result<TemporaryPasswordSet> {
        let context = Arc::new(self.context(actor)?);
        let seen = unless_refused(self.look_in(&context, |look| {
            let (login, practice) = set.permitted(look)?;
            let settings = reach::password_settings(look, &login, &practice)?;
            Ok((settings, reach::context_words(&practice, &login)))
        }))?;
        let prepared = seen.map(|(settings, words)| {
            self.prepare_temporary(&context, &settings, &words, &set.password)
        });
        let request = set.password.request(&context);
        let body = Set { set: set.clone(), request, temporary: prepared.transpose()? };
        self.run_in(context, body, key)
    }
}

fn acting_login(context: &Context) -> Result<LoginId> {
    match context.actor.who {
        Who::Login { id, .. } => Ok(id),
        Who::Host | Who::Staff(_) | Who::Visitor => Err(Refusal::NotPermitted.into()),
    }
}

/// Changes the password of the login that acts.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    /// The present one.
    pub current: SecretString,
    /// The new one.
    pub new: SecretString,
}

#[derive(Serialize)]
struct Change {
    request: [u8; 32],
    #[serde(skip)]
    proof: Option<Proof>,
    #[serde(skip)]
    hashed: Option<Hashed>,
}

impl Command for Change {
    type Done = LoginEpoch;
    const ACTION: Option<Action> = Some(Action::LoginChangePassword);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<LoginEpoch> {
        let id = acting_login(unit.context)?;
        unit.look().permit(Action::LoginChangePassword, About::Login(id))?;
        let old = unit.look().login(id)?;
        let proof = self.proof.as_ref().ok_or(Refusal::Conflict)?;
        proof.require(unit, &old)?;
        let hashed = self.hashed.as_ref().ok_or(Refusal::Conflict)?;
        let new = old.clone().set_password(hashed.phc.clone(), unit.now());
        unit.save_login(Some(&old), &new)?;
        let note = Note::at_portal(new.portal, Happening::PasswordChanged, new.id);
        unit.note(note.about(new.id));
        tell_here(unit, &new, Kind::PasswordChanged)?;
        Ok(LoginEpoch { login: new.id, epoch: new.epoch })
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        let action = Action::LoginChangePassword;
        match acting_login(unit.context) {
            Ok(login) => proof::note_refused(unit, login, action, refusal),
            Err(_) => super::audit::note_access_refused(unit, Some(action), refusal),
        }
    }
}

/// Tells a login something in the words of the actor's practice, where it has an address.
pub(super) fn tell_here(unit: &mut Unit<'_>, login: &Login, kind: Kind) -> Result<()> {
    let practice = unit.context.practice()?;
    if let Some(to) = reach::address(&mut unit.look(), login, practice)? {
        notice::post(unit, Notice::plain(kind, practice, to, login.id))?;
    }
    Ok(())
}

/// Sets a temporary password on a login.
#[derive(Debug, Clone, Serialize)]
pub struct SetTemporaryPassword {
    /// Which.
    pub login: LoginId,
    /// Typed or generated.
    #[serde(skip)]
    pub password: TemporaryPassword,
}

/// A temporary password was set.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TemporaryPasswordSet {
    /// On which login.
    pub login: LoginId,
    /// The epoch from which sessions count.
    pub epoch: u32,
    /// The password, where the library made it; shown this once.
    #[serde(skip)]
    pub password: Option<SecretString>,
}

impl SetTemporaryPassword {
    fn permitted(&self, look: &mut Look<'_>) -> Result<(Login, Practice)> {
        let login = look.login(self.login)?;
        look.permit(Action::LoginSetTemporary, About::Login(login.id))?;
        let practice = look.practice()?;
        self.password.require_allowed(&practice)?;
        if login.status == Status::Removed {
            return Err(Refusal::NotFound.into());
        }
        // Else the staff of one practice could sign in to another.
        let is_host = look.context.actor.who == Who::Host;
        if !is_host && reach::leads_elsewhere(look, &login, practice.id)? {
            return Err(Refusal::NotPermitted.into());
        }
        Ok((login, practice))
    }
}

#[derive(Serialize)]
struct Set {
    set: SetTemporaryPassword,
    request: [u8; 32],
    #[serde(skip)]
    temporary: Option<Temporary>,
}

impl Command for Set {
    type Done = TemporaryPasswordSet;
    const ACTION: Option<Action> = Some(Action::LoginSetTemporary);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<TemporaryPasswordSet> {
        let (old, _) = self.set.permitted(&mut unit.look())?;
        let temporary = self.temporary.as_ref().ok_or(Refusal::Conflict)?;
        let new = old.clone().set_temporary(temporary.hashed.phc.clone(), unit.now());
        unit.save_login(Some(&old), &new)?;
        failures::clear_all(unit, &new)?;
        let note = Note::at_portal(new.portal, Happening::TemporaryPasswordSet, new.id);
        unit.note(note.about(new.id));
        tell_here(unit, &new, Kind::TemporaryPasswordSet)?;
        let password = temporary.shown.clone();
        Ok(TemporaryPasswordSet { login: new.id, epoch: new.epoch, password })
    }
}
