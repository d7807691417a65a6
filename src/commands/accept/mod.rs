//! Accepting an invitation, as the bearer of its link.
//!
//! What is here prepares and refuses nothing but a weak password; the body in `decide` reads the
//! link again and does everything in one transaction or nothing (RULES S12, S13).

mod decide;
mod way_in;

pub use decide::AcceptInvitation;
pub(super) use decide::{become_client, open_to_inviter};
pub(super) use way_in::WayIn;

use super::admit::Admit;
use super::context::Context;
use super::invitation::{bearer, require_live};
use super::token::Verified;
use crate::domain::actor::{Actor, Source, Who};
use crate::domain::chart::Facts;
use crate::domain::id::{ClientId, LoginId, PracticeId, StaffId};
use crate::domain::invitation::Invitation;
use crate::domain::login::ExternalIdentity;
use crate::domain::text::{IdempotencyKey, Line, PersonName, Username};
use crate::error::{Error, Result};
use crate::records;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// The session of a login, as `sign_in` answered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The login.
    pub login: LoginId,
    /// Its epoch.
    pub epoch: u32,
}

/// What the bearer of a link gives to accept it: one of password, identity and session.
#[derive(Debug, Clone)]
pub struct Accept {
    /// The token of the link.
    pub token: SecretString,
    /// The password of the new login.
    pub password: Option<SecretString>,
    /// An identity that the host has verified: of the new login, or proof of one that has it.
    pub identity: Option<ExternalIdentity>,
    /// Proof of a login that exists.
    pub session: Option<Session>,
    /// The name of whoever will sign in; None is the recipient's.
    pub holder: Option<Line>,
    /// The name of the new client, or of the holder of the seat; None is the recipient's.
    pub name: Option<PersonName>,
    /// A sign-in name for the new login, beside the address or where there is none.
    pub username: Option<Username>,
    /// The facts that the invitation asks for.
    pub facts: Facts,
}

/// Who and what there is now. Nobody is signed in by it (RULES S48).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Who signs in.
    pub login: LoginId,
    /// Where.
    pub practice: PracticeId,
    /// The client whom the login now holds.
    pub client: Option<ClientId>,
    /// The seat that it now holds.
    pub staff: Option<StaffId>,
}

impl Admit {
    /// Accepts an invitation.
    ///
    /// A login that exists is joined only with proof of it, and its password stays as it is. One
    /// that reaches nothing any more gives way to a new one, by a link mailed to its address.
    ///
    /// # Errors
    /// What the link died of: a suspended practice, inviter or client makes it `LinkRevoked` for
    /// as long as that lasts. The weakness of a password; `LoginProofRequired` where a login has
    /// the address; `WrongLogin` for another login than the one meant; `Conflict` where the link
    /// came back to life meanwhile. None of them uses the link up. `Invalid` for a fact that is
    /// asked and missing; `FactsDoNotMatch`, whichever differ, and the fifth of those revokes the
    /// link.
    pub fn accept(
        &self,
        source: Source,
        accept: Accept,
        key: Option<&IdempotencyKey>,
    ) -> Result<Accepted> {
        let (actor, link, invitation) = bearer(self, source, accept.token.expose_secret())?;
        let who = match accept.session {
            Some(Session { login, epoch }) => Who::Login { id: login, epoch },
            None => Who::Visitor,
        };
        let actor = Actor { who, ..actor };
        let context = self.context(&actor)?;
        let phc = match &accept.password {
            Some(password) => self.prepared(&context, &link, &invitation, &accept, password)?,
            None => None,
        };
        let confirmed = self.confirmed(&context, &link, &invitation, &accept.facts)?;
        let asked = |password: &SecretString| {
            context.digest("accepted password", &[password.expose_secret().as_bytes()])
        };
        let command = AcceptInvitation {
            link,
            way_in: WayIn {
                password: accept.password.as_ref().map(asked),
                phc,
                identity: accept.identity,
                session: accept.session,
            },
            holder: accept.holder,
            name: accept.name,
            username: accept.username,
            facts: accept.facts,
            confirmed,
        };
        self.run(&actor, command, key)
    }

    /// Whether the host confirms the facts that are its to confirm; so too where none are, or the
    /// body will refuse for another reason.
    fn confirmed(
        &self,
        context: &Context,
        link: &Verified,
        invitation: &Invitation,
        facts: &Facts,
    ) -> Result<bool> {
        let check = &invitation.check;
        let is_live = invitation.require_live(link.generation, context.now).is_ok();
        if !check.asks_host() || !is_live || check.missing(facts).is_some() {
            return Ok(true);
        }
        match &self.options().fact_check {
            Some(confirms) => Ok(confirms(invitation.id, facts)),
            None => Err(Error::Misuse("no fact_check was given at open that could confirm facts")),
        }
    }

    /// The hash of a new password; None where the link is dead, so that the body says of what.
    fn prepared(
        &self,
        context: &Context,
        link: &Verified,
        invitation: &Invitation,
        accept: &Accept,
        password: &SecretString,
    ) -> Result<Option<String>> {
        let found = self.snapshot(|read| {
            match require_live(read, invitation, link.generation, context.now) {
                Err(Error::Store(fault)) => Err(fault),
                Err(_) => Ok(None),
                Ok(()) => records::practice::find(read, invitation.practice),
            }
        })?;
        let Some(practice) = found else { return Ok(None) };
        let recipient = &invitation.recipient;
        let names = recipient.name.iter().chain(&accept.name).map(PersonName::display);
        let lines = accept.holder.iter().chain([&practice.name]).map(|it| it.as_str().to_owned());
        let email = recipient.email.iter().map(|email| email.local_part().to_owned());
        let username = accept.username.iter().map(|name| name.as_str().to_owned());
        let words: Vec<String> = names.chain(lines).chain(email).chain(username).collect();
        let hashed = self.hash_chosen(context, &practice.settings, password, &words)?;
        Ok(Some(hashed.phc))
    }
}
