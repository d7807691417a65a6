//! Registering: what was given is held until the link sent to the address is opened.
//!
//! Whether a login has the address is not even looked up before the message is worded. So nothing
//! that a caller, or staff who read the outbox, could compare depends on it (RULES S24, S25, S28).

use super::address::AddressConfirmed;
use super::admit::{Admit, Command};
use super::audit::{self, Note};
use super::challenge;
use super::client;
use super::context::Context;
use super::deletion::{gives_way, is_lonely};
use super::guest::{Newcomer, count, count_entry};
use super::login::{self, NewLogin};
use super::look::{About, Look};
use super::password::Hashed;
use super::token::Verified;
use super::unit::Unit;
use super::{reach, unless_refused};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Scope, Who};
use crate::domain::challenge::{Challenge, Purpose};
use crate::domain::client::{Stage, Status};
use crate::domain::event::Happening;
use crate::domain::id::{ChallengeId, ClientId, LoginId};
use crate::domain::invitation::Channel;
use crate::domain::login::{ExternalIdentity, Login, Password};
use crate::domain::message::{Address, Carries, Kind, Message, To};
use crate::domain::practice::{self, Practice};
use crate::domain::rate::REGISTRATIONS_PER_ADDRESS;
use crate::domain::refusal::Refusal;
use crate::domain::registration::Registration;
use crate::domain::text::{Email, IdempotencyKey, Line, Reason, Username};
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use crate::store::{Read, StoreError};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What somebody gives who registers.
#[derive(Debug, Clone)]
pub struct Register {
    /// Who; the address, where there is one, is to be proved.
    pub newcomer: Newcomer,
    /// A sign-in name apart from the address, or where there is none.
    pub username: Option<Username>,
    /// The password; or else an identity.
    pub password: Option<SecretString>,
    /// An identity that the host has verified; from the host alone.
    pub identity: Option<ExternalIdentity>,
}

/// What became of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Registered {
    /// It waits for the link that was sent to the address, for 24 hours.
    Held,
    /// There was no address to prove: client and login are there.
    Made {
        /// The client, prospective.
        client: ClientId,
        /// Its login.
        login: LoginId,
    },
}

impl Register {
    fn require_sound(&self, actor: &Actor) -> Result<()> {
        match (&self.password, &self.identity) {
            (None, None) => return Err(Reason::Missing).field("password"),
            (Some(_), Some(_)) => return Err(Reason::Excluded).field("identity"),
            (None, Some(_)) if actor.who != Who::Host => {
                return Err(Refusal::NotPermitted.into());
            }
            (Some(_), None) | (None, Some(_)) => {}
        }
        let (email, username) = (&self.newcomer.email, &self.username);
        if email.is_none() && username.is_none() && self.identity.is_none() {
            return Err(Reason::Missing).field("email");
        }
        // Whether another's address is taken as a user name must not show.
        let as_address = username.as_ref().and_then(|it| Email::parse(it.as_str()).ok());
        if let Some(as_address) = as_address
            && email.as_ref().is_none_or(|own| own.canonical() != as_address.canonical())
        {
            return Err(Reason::AnothersAddress).field("username");
        }
        Ok(())
    }

    /// The user name, unless it is the address again, which signs in by itself.
    fn own_username(&self) -> Option<&Username> {
        self.username.as_ref().filter(|it| Email::parse(it.as_str()).is_err())
    }

    fn holder(&self) -> Option<Line> {
        Line::parse(&self.newcomer.name.display()).ok()
    }

    /// Holds that the practice lets people register in this way.
    fn permitted(&self, look: &mut Look<'_>) -> Result<Practice> {
        look.permit(Action::ClientRegister, About::New)?;
        let practice = look.practice()?;
        require_open(&practice)?;
        let method = practice.settings.sign_in.client;
        if !method.permits(self.password.is_some(), self.identity.is_some()) {
            return Err(Refusal::SignInMethodNotAllowed.into());
        }
        if self.newcomer.email.is_some() && practice.settings.links.address.is_none() {
            return Err(Reason::Missing).field("address_link");
        }
        Ok(practice)
    }
}

fn require_open(practice: &Practice) -> std::result::Result<(), Refusal> {
    if practice.settings.registration { Ok(()) } else { Err(Refusal::SwitchedOff) }
}

impl Admit {
    /// Registers somebody as a prospective client with a login.
    ///
    /// With an address, nothing is made before the link that is sent there is opened
    /// (`confirm_address`); until then nobody signs in, and after 24 hours it is forgotten. An
    /// address that has a login already is told so by mail, and the answer is the same. Names are
    /// one for the whole portal, so a user name that is taken is told.
    ///
    /// # Errors
    /// `SwitchedOff`; `Invalid` for parts that do not go together; `NotPermitted` for an identity
    /// that not the host gives; the weakness of the password; `SignInMethodNotAllowed`;
    /// `NameTaken` for a user name, `IdentityTaken`; `TryLater` where too many came from one
    /// source, to the practice, or with one address.
    pub fn register(
        &self,
        actor: &Actor,
        register: &Register,
        key: Option<&IdempotencyKey>,
    ) -> Result<Registered> {
        register.require_sound(actor)?;
        let context = Arc::new(self.context(actor)?);
        let seen = unless_refused(self.look_in(&context, |look| register.permitted(look)))?;
        let hashed = match (seen, &register.password) {
            (Some(practice), Some(password)) => {
                let (email, holder) = (register.newcomer.email.as_ref(), register.holder());
                let names = (holder.as_ref(), email);
                let words = reach::words(&practice, names, register.username.as_ref());
                Some(self.hash_chosen(&context, &practice.settings, password, &words)?)
            }
            _ => None,
        };
        let given = Given {
            newcomer: register.newcomer.clone(),
            username: register.own_username().cloned(),
            identity: register.identity.clone(),
            hashed,
        };
        self.run_in(context, Ask { given, register: register.clone() }, key)
    }

    /// The actor who completes a registration, where a genuine token is for one.
    pub(super) fn registrant(
        &self,
        context: &Context,
        verified: &Verified,
    ) -> Result<Option<Actor>> {
        self.look_in(context, |look| {
            let held = Held::load(look, verified)?;
            Ok(held.map(|held| Actor {
                scope: Scope::Practice(held.practice.id),
                ..context.actor.clone()
            }))
        })
    }
}

/// What an idempotency key compares: the hash stands for the password by its digest.
#[derive(Serialize)]
struct Given {
    newcomer: Newcomer,
    username: Option<Username>,
    identity: Option<ExternalIdentity>,
    hashed: Option<Hashed>,
}

#[derive(Serialize)]
struct Ask {
    given: Given,
    #[serde(skip)]
    register: Register,
}

impl Command for Ask {
    type Done = Registered;
    const ACTION: Option<Action> = Some(Action::ClientRegister);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Registered> {
        let practice = self.register.permitted(&mut unit.look())?;
        let now = unit.now();
        let password = match (&self.register.password, &self.given.hashed) {
            (None, _) => None,
            (Some(_), Some(hashed)) => Some(Password::chosen(hashed.phc.clone(), now)),
            (Some(_), None) => return Err(Refusal::Conflict.into()),
        };
        count_entry(unit)?;
        let registration = Registration {
            profile: self.given.newcomer.profile(),
            username: self.given.username.clone(),
            password,
            identity: self.given.identity.clone(),
        };
        let login = unit.new_id();
        match registration.profile.email.clone() {
            None => {
                let client = take_on(unit, &registration, login)?;
                Ok(Registered::Made { client, login })
            }
            Some(email) => {
                require_free(unit, &practice, &registration)?;
                hold(unit, &practice, registration, login, email)?;
                Ok(Registered::Held)
            }
        }
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        // Whoever asks which names are taken is counted too.
        if refusal.tells_of_logins() {
            count_entry(unit)?;
        }
        audit::note_access_refused(unit, Self::ACTION, refusal)
    }
}

/// Holds that nobody has the user name or the identity; the address is not looked at.
fn require_free(unit: &mut Unit<'_>, practice: &Practice, asked: &Registration) -> Result<()> {
    if let Some(username) = &asked.username {
        let name = username.canonical();
        if records::login::find_by_name(&mut unit.write, practice.portal, name)?.is_some() {
            return Err(Refusal::NameTaken.into());
        }
    }
    if let Some(identity) = &asked.identity
        && records::login::find_by_identity(&mut unit.write, practice.portal, identity)?.is_some()
    {
        return Err(Refusal::IdentityTaken.into());
    }
    Ok(())
}

/// Keeps a registration, and sends the link that completes it.
fn hold(
    unit: &mut Unit<'_>,
    practice: &Practice,
    registration: Registration,
    login: LoginId,
    email: Email,
) -> Result<()> {
    let parts = [practice.id.bytes().as_slice(), email.canonical().as_bytes()];
    let window = unit.context.digest("registrations with", &parts);
    count(unit, &window, REGISTRATIONS_PER_ADDRESS)?;
    let to = To {
        address: Address::Email(email),
        name: registration.profile.names.first().cloned(),
        locale: registration.profile.locale.clone(),
        staff: false,
    };
    let purpose = Purpose::Register(Box::new(registration));
    let id = challenge::send_to(unit, (login, 0), practice.id, purpose, to)?;
    unit.note(Note::done(practice.id, Happening::RegistrationAsked, id));
    Ok(())
}

/// Makes client and login of a registration.
fn take_on(unit: &mut Unit<'_>, registration: &Registration, login: LoginId) -> Result<ClientId> {
    let (stage, status) = (Stage::Prospective, Status::Active);
    let (profile, happening) = (registration.profile.clone(), Happening::ClientCreated);
    let id = client::create(unit, profile, stage, status, happening)?;
    let client = unit.look().client(id)?;
    let profile = &client.profile;
    let new = NewLogin {
        id: Some(login),
        username: registration.username.clone(),
        email: profile.email.clone(),
        email_verified: profile.email.is_some(),
        password: registration.password.clone(),
        identities: registration.identity.iter().cloned().collect(),
        ..NewLogin::default()
    };
    let made = login::create_for_client(unit, &client, new, None)?;
    let note = Note::at_portal(made.portal, Happening::LoginCreated, made.id);
    unit.note(note.about(made.id).with("by", "registration"));
    Ok(id)
}

/// A registration whose token somebody bears.
pub(super) struct Held {
    /// The challenge that holds it.
    pub challenge: Challenge,
    /// What was given.
    pub registration: Registration,
    /// Where.
    pub practice: Practice,
    /// How the token had travelled.
    channel: Channel,
}

impl Held {
    /// Loads it, dead or alive; None where a genuine token is for something else.
    pub fn load(look: &mut Look<'_>, verified: &Verified) -> Result<Option<Self>> {
        let id = ChallengeId::from_uuid(verified.id);
        let found = records::challenge::find(look.read, id)?
            .filter(|it| challenge::token_purpose(&it.purpose) == verified.purpose);
        let Some(challenge) = found else { return Ok(None) };
        let Purpose::Register(registration) = &challenge.purpose else { return Ok(None) };
        let practice = records::practice::find(look.read, challenge.practice)?;
        Ok(Some(Self {
            registration: (**registration).clone(),
            practice: practice.ok_or(Refusal::LinkInvalid)?,
            channel: verified.channel,
            challenge,
        }))
    }

    /// Holds that the link is good now.
    ///
    /// # Errors
    /// What the link died of, `PracticeSuspended` or `SwitchedOff`.
    pub fn require_live(&self, now: Timestamp) -> std::result::Result<(), Refusal> {
        self.challenge.require_live(None, now)?;
        if self.practice.status == practice::Status::Suspended {
            return Err(Refusal::PracticeSuspended);
        }
        require_open(&self.practice)
    }

    /// Notes that its token was refused.
    pub fn note_refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        // That a login has the address or name is for no practice to read.
        let (practice, portal) = (self.practice.id, self.practice.portal);
        let (happening, id) = (Happening::TokenRefused, self.challenge.id);
        let note = if refusal.tells_of_logins() {
            Note::at_portal(portal, happening, id)
        } else {
            Note::done(practice, happening, id)
        };
        audit::note_tallied(unit, note.refused(refusal))
    }
}

/// Makes what was held, for whoever has proved the address.
#[derive(Serialize)]
pub(super) struct CompleteRegistration {
    pub request: [u8; 32],
    #[serde(skip)]
    pub verified: Verified,
}

impl Command for CompleteRegistration {
    type Done = AddressConfirmed;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<AddressConfirmed> {
        // Another bearer may have completed it since the practice was read.
        let held = Held::load(&mut unit.look(), &self.verified)?.ok_or(Refusal::LinkUsed)?;
        held.require_live(unit.now())?;
        // Only our own e-mail proves that the bearer reads the address.
        if held.channel != Channel::Email {
            return Err(Refusal::LinkInvalid.into());
        }
        if let Some(email) = &held.registration.profile.email {
            let (portal, name) = (held.practice.portal, email.canonical());
            if let Some(holder) = records::login::find_by_name(&mut unit.write, portal, name)? {
                gives_way(unit, holder)?;
            }
        }
        let login = held.challenge.login;
        take_on(unit, &held.registration, login)?;
        let made = records::login::find(&mut unit.write, login)?.ok_or(StoreError::Damaged)?;
        let Login { epoch, .. } = made;
        // From now on it is a link that proved an address, and was used.
        let (purpose, used_at) = (Purpose::ConfirmAddress, Some(unit.now()));
        let used = Challenge { purpose, used_at, epoch, ..held.challenge };
        records::challenge::put(&mut unit.write, &used)?;
        Ok(AddressConfirmed { login, practice: held.practice.id, epoch })
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        challenge::note_refused(unit, &self.verified, refusal)
    }
}

/// A message as its recipient is told it: whoever has a login that reaches anything is told so,
/// instead of getting the link. What is stored says nothing of it.
pub(super) fn as_told(read: &mut dyn Read, message: Message, now: Timestamp) -> Result<Message> {
    let Address::Email(email) = &message.to.address else { return Ok(message) };
    if message.kind != Kind::RegistrationConfirm {
        return Ok(message);
    }
    let practice = records::practice::find(read, message.practice)?.ok_or(StoreError::Damaged)?;
    let holder = records::login::find_by_name(read, practice.portal, email.canonical())?;
    Ok(match holder {
        Some(holder) if !is_lonely(read, now, holder)? => {
            Message { kind: Kind::RegistrationKnown, carries: Carries::Nothing, ..message }
        }
        _ => message,
    })
}

/// Forgets what hangs on a registration that nobody completed.
pub(super) fn forget(unit: &mut Unit<'_>, id: ChallengeId) -> Result<()> {
    let Some(challenge) = records::challenge::find(&mut unit.write, id)? else { return Ok(()) };
    if let Purpose::Register(_) = challenge.purpose {
        let subject = challenge.login.uuid();
        let ids = records::message::of_subject(&mut unit.write, subject, None, usize::MAX)?;
        for id in ids {
            if let Some(message) = records::message::find(&mut unit.write, id)? {
                records::message::remove(&mut unit.write, &message)?;
            }
        }
    }
    Ok(())
}
