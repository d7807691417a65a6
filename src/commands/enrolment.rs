//! A client with all that comes with it: rooms, grants, a login, an invitation. All or nothing.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::client::CreateClient;
use super::grant::GiveGrant;
use super::invitation::{AskedFacts, SendInvitation, Whom};
use super::login::{NewLogin, create_for_client};
use super::look::About;
use super::password::Hashed;
use super::password_change::{TemporaryPassword, tell_here};
use super::reach;
use super::room::{AssignRoom, Member};
use super::unit::Unit;
use super::unless_refused;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::event::Happening;
use crate::domain::grant::Grantee;
use crate::domain::id::{ClientId, InvitationId, LoginId, RoomId};
use crate::domain::invitation::{Channel, Recipient};
use crate::domain::message::Kind;
use crate::domain::practice::Practice;
use crate::domain::proxy::Tie;
use crate::domain::script::Hook;
use crate::domain::text::{IdempotencyKey, Paragraph, Reason, Username};
use crate::error::{Error, InField, Result};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A login that is made with a client: its address is the client's own.
#[derive(Debug, Clone)]
pub struct LoginOfClient {
    /// A sign-in name apart from the address.
    pub username: Option<Username>,
    /// Good for 72 hours and one change.
    pub password: TemporaryPassword,
}

/// An invitation that goes out with a new client.
#[derive(Debug, Clone, Serialize)]
pub struct InvitationOfClient {
    /// How the message travels; None where only the link is shown.
    pub channel: Option<Channel>,
    /// How long it is open, in milliseconds; None is the practice's way.
    pub expires_in: Option<i64>,
    /// A word of the inviter's own.
    pub note: Option<Paragraph>,
}

/// Makes a client with all that comes with it, or nothing.
#[derive(Debug, Clone)]
pub struct EnrolClient {
    /// The client.
    pub client: CreateClient,
    /// The rooms that it joins.
    pub rooms: Vec<RoomId>,
    /// To whom its chart is opened.
    pub grants: Vec<Grantee>,
    /// Its login; excludes an invitation.
    pub login: Option<LoginOfClient>,
    /// Its invitation; excludes a login.
    pub invitation: Option<InvitationOfClient>,
}

/// What was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Enrolled {
    /// The client.
    pub client: ClientId,
    /// Its login, where one was asked for.
    pub login: Option<LoginId>,
    /// Its invitation, where one was asked for.
    pub invitation: Option<InvitationId>,
    /// The temporary password that the library made: shown once.
    #[serde(skip)]
    pub password: Option<SecretString>,
}

#[derive(Serialize)]
struct Enrol {
    client: CreateClient,
    rooms: Vec<RoomId>,
    grants: Vec<Grantee>,
    username: Option<Username>,
    invitation: Option<InvitationOfClient>,
    has_login: bool,
    password_request: [u8; 32],
    #[serde(skip)]
    is_typed: bool,
    #[serde(skip)]
    hashed: Option<Hashed>,
    #[serde(skip)]
    shown: Option<SecretString>,
}

impl Admit {
    /// Makes a client with all that comes with it, or nothing.
    ///
    /// # Errors
    /// What any of the parts gives; `Invalid` where a login and an invitation are both asked for,
    /// or a login without an address or username.
    pub fn enrol_client(
        &self,
        actor: &Actor,
        enrol: &EnrolClient,
        key: Option<&IdempotencyKey>,
    ) -> Result<Enrolled> {
        enrol.require_sound()?;
        let context = Arc::new(self.context(actor)?);
        let mut body = Enrol {
            client: enrol.client.clone(),
            rooms: enrol.rooms.clone(),
            grants: enrol.grants.clone(),
            username: enrol.login.as_ref().and_then(|login| login.username.clone()),
            invitation: enrol.invitation.clone(),
            has_login: enrol.login.is_some(),
            password_request: [0; 32],
            is_typed: false,
            hashed: None,
            shown: None,
        };
        if let Some(login) = &enrol.login {
            body.password_request = login.password.request(&context);
            body.is_typed = matches!(login.password, TemporaryPassword::Typed(_));
            let seen = self.look_in(&context, |look| {
                look.permit(Action::ClientCreate, About::New)?;
                let practice = look.practice()?;
                login.password.require_allowed(&practice)?;
                Ok(practice)
            });
            if let Some(practice) = unless_refused(seen)? {
                let words = enrol.words(&practice);
                let settings = &practice.settings;
                let made = self.prepare_temporary(&context, settings, &words, &login.password)?;
                (body.hashed, body.shown) = (Some(made.hashed), made.shown);
            }
        }
        self.run_in(context, body, key)
    }
}

impl EnrolClient {
    fn require_sound(&self) -> Result<()> {
        let Some(login) = &self.login else { return Ok(()) };
        if self.invitation.is_some() {
            return Err(Reason::Excluded).field("temporary_password");
        }
        if login.username.is_none() && self.client.profile.email.is_none() {
            return Err(Reason::Missing).field("email");
        }
        Ok(())
    }

    fn words(&self, practice: &Practice) -> Vec<String> {
        let email = self.client.profile.email.as_ref();
        let username = self.login.as_ref().and_then(|login| login.username.as_ref());
        let mut words = reach::words(practice, (None, email), username);
        words.push(self.client.profile.display_name());
        words
    }
}

impl Command for Enrol {
    type Done = Enrolled;
    const ACTION: Option<Action> = Some(Action::ClientCreate);
    const POLICY: Option<Hook> = Some(Hook::Invitation);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Enrolled> {
        let client = self.client.decide(unit)?;
        for room in &self.rooms {
            AssignRoom { room: *room, member: Member::Client(client) }.decide(unit)?;
        }
        for grantee in &self.grants {
            let (scopes, reason) = (Vec::new(), None);
            GiveGrant { client, grantee: *grantee, scopes, reason, ends_at: None }.decide(unit)?;
        }
        let login = if self.has_login { Some(self.make_login(unit, client)?) } else { None };
        let invitation = match &self.invitation {
            None => None,
            Some(invitation) => Some(invitation.send(unit, client)?),
        };
        Ok(Enrolled { client, login, invitation, password: self.shown.clone() })
    }
}

impl Enrol {
    fn make_login(&self, unit: &mut Unit<'_>, client: ClientId) -> Result<LoginId> {
        unit.look().permit(Action::LoginCreate, About::Client(client))?;
        unit.look().permit(Action::LoginSetTemporary, About::Client(client))?;
        let Some(hashed) = &self.hashed else {
            // The first look was refused a password; what refused it does so again here.
            let practice = unit.look().practice()?;
            let refused = self.is_typed && !practice.settings.staff_may_choose_password;
            let refusal = crate::domain::refusal::Refusal::SwitchedOff;
            let conflict = crate::domain::refusal::Refusal::Conflict;
            return Err(Error::Refused(if refused { refusal } else { conflict }));
        };
        let on_file = unit.look().client(client)?;
        let new = NewLogin {
            email: on_file.profile.email.clone(),
            username: self.username.clone(),
            ..NewLogin::default()
        };
        let login = create_for_client(unit, &on_file, new, Some(hashed.clone()))?;
        let note = Note::done(on_file.practice, Happening::LoginCreated, login.id);
        unit.note(note.about(client).with("password", "temporary"));
        tell_here(unit, &login, Kind::TemporaryPasswordSet)?;
        Ok(login.id)
    }
}

impl InvitationOfClient {
    fn send(&self, unit: &mut Unit<'_>, client: ClientId) -> Result<InvitationId> {
        let send = SendInvitation {
            whom: Whom::Client { client, tie: Tie::Myself },
            recipient: Recipient::default(),
            channel: self.channel,
            expires_in: self.expires_in,
            note: self.note.clone(),
            facts: AskedFacts::default(),
        };
        Ok(send.decide(unit)?.invitation)
    }
}
