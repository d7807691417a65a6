//! External identities of a login that exists: another way in, and its end.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::login::LoginEpoch;
use super::look::{About, Look};
use super::password::request_digest;
use super::proof::{self, Proof};
use super::reach::{self, Way};
use super::unit::Unit;
use super::{starting_over, unless_refused};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::event::Happening;
use crate::domain::id::LoginId;
use crate::domain::login::{ExternalIdentity, IDENTITIES_MAX, Login, Password, Status};
use crate::domain::refusal::Refusal;
use crate::domain::text::{IdempotencyKey, Reason};
use crate::error::{InField, Result};
use secrecy::SecretString;
use serde::Serialize;
use std::sync::Arc;

/// Adds or takes away an external identity that the host has verified.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeIdentity {
    /// Whose.
    pub login: LoginId,
    /// Which.
    pub identity: ExternalIdentity,
    /// The present password. The host may leave it out where it has proved the holder itself.
    #[serde(skip)]
    pub password: Option<SecretString>,
}

impl Admit {
    /// Lets a login sign in by an identity too. Its sessions go on; one that it has stays.
    ///
    /// # Errors
    /// What the access table says; `Invalid` where a login leaves its password out; `SignInFailed`
    /// for a wrong one, which counts like a failed sign-in; `LimitReached` after 8; and
    /// `IdentityTaken` where another login of the portal has it.
    pub fn link_identity(
        &self,
        actor: &Actor,
        change: &ChangeIdentity,
        key: Option<&IdempotencyKey>,
    ) -> Result<LoginEpoch> {
        self.change_identity(actor, change, true, key)
    }

    /// Takes an identity from a login. Every session ends, for it may have begun by that identity.
    ///
    /// # Errors
    /// As `link_identity`; `NotFound` for one that the login has not; `StatusNotAllowed` for the
    /// last way in that leads anywhere.
    pub fn unlink_identity(
        &self,
        actor: &Actor,
        change: &ChangeIdentity,
        key: Option<&IdempotencyKey>,
    ) -> Result<LoginEpoch> {
        self.change_identity(actor, change, false, key)
    }

    fn change_identity(
        &self,
        actor: &Actor,
        change: &ChangeIdentity,
        links: bool,
        key: Option<&IdempotencyKey>,
    ) -> Result<LoginEpoch> {
        if change.password.is_none() && actor.who != Who::Host {
            return Err(Reason::Missing).field("password");
        }
        let context = Arc::new(self.context(actor)?);
        let request = request_digest(&context, change.password.as_ref().as_slice());
        starting_over(|| {
            let seen = self.look_in(&context, |look| permitted(look, change.login));
            let mut body = Apply { change: change.clone(), links, request, proof: None };
            if let (Some(login), Some(password)) = (unless_refused(seen)?, &change.password) {
                body.proof = Some(self.prove(&context, &login, password)?);
            }
            self.run_in(context.clone(), body, key)
        })
    }
}

fn permitted(look: &mut Look<'_>, id: LoginId) -> Result<Login> {
    let login = look.login(id)?;
    look.permit(Action::LoginLinkIdentity, About::Login(id))?;
    match login.status {
        Status::Active => Ok(login),
        Status::Removed => Err(Refusal::NotFound.into()),
    }
}

#[derive(Serialize)]
struct Apply {
    change: ChangeIdentity,
    links: bool,
    request: [u8; 32],
    #[serde(skip)]
    proof: Option<Proof>,
}

impl Command for Apply {
    type Done = LoginEpoch;
    const ACTION: Option<Action> = Some(Action::LoginLinkIdentity);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<LoginEpoch> {
        let old = permitted(&mut unit.look(), self.change.login)?;
        if self.change.password.is_some() {
            self.proof.as_ref().ok_or(Refusal::Conflict)?.require(unit, &old)?;
        }
        let identity = &self.change.identity;
        let has_it = old.identities.contains(identity);
        let mut new = old.clone();
        let happening = if self.links {
            if has_it {
                return Ok(LoginEpoch { login: old.id, epoch: old.epoch });
            }
            if old.identities.len() >= IDENTITIES_MAX {
                return Err(Refusal::LimitReached.into());
            }
            new.identities.push(identity.clone());
            Happening::IdentityLinked
        } else {
            if !has_it {
                return Err(Refusal::NotFound.into());
            }
            new.identities.retain(|it| it != identity);
            require_way_in(&mut unit.look(), &old, &new)?;
            new = new.end_sessions();
            Happening::IdentityUnlinked
        };
        unit.save_login(Some(&old), &new)?;
        let note = Note::at_portal(new.portal, happening, new.id).about(new.id);
        unit.note(note.of_person(new.id.into(), "issuer", identity.issuer.as_str()));
        Ok(LoginEpoch { login: new.id, epoch: new.epoch })
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        proof::note_refused(unit, self.change.login, Action::LoginLinkIdentity, refusal)
    }
}

/// Holds that a login still signs in by what is left, as the practices permit it for its roles.
fn require_way_in(look: &mut Look<'_>, old: &Login, new: &Login) -> Result<()> {
    let has_name = new.email.is_some() || new.username.is_some();
    let opens = |password: &Password| !password.has_lapsed(look.now());
    let by_password = new.password.as_ref().is_some_and(opens) && has_name;
    let by_identity = !new.identities.is_empty();
    let leads = |look: &mut Look<'_>, way| {
        Ok::<_, crate::error::Error>(!reach::by(look, new, way)?.is_nothing())
    };
    // A login that is suspended everywhere leads nowhere by any way; what it has is what counts.
    let is_stopped = reach::any_way(look, old)?.is_nothing();
    let is_in = (by_password && (is_stopped || leads(look, Way::Password)?))
        || (by_identity && (is_stopped || leads(look, Way::ExternalIdentity)?));
    if is_in { Ok(()) } else { Err(Refusal::StatusNotAllowed.into()) }
}
