//! A login's address: proved by a link in our own e-mail, and changed by one.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::challenge::{self, Borne};
use super::deletion::gives_way;
use super::look::{About, Look};
use super::notice::{self, Notice};
use super::password::request_digest;
use super::proof::{self, Proof};
use super::registration::CompleteRegistration;
use super::token::{self, Verified};
use super::unit::Unit;
use super::{open_link, reach, starting_over, unless_refused};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Source, Who};
use crate::domain::challenge::Purpose;
use crate::domain::event::Happening;
use crate::domain::id::{LoginId, PracticeId};
use crate::domain::invitation::Channel;
use crate::domain::login::{Login, Status};
use crate::domain::message::{Address, Kind, To};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Email, IdempotencyKey, PersonName, Reason};
use crate::error::{InField, Result};
use crate::records;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Asks to move a login to another address. It moves once the link sent there is opened; until
/// then nothing changes, and whether the address is taken is not told.
#[derive(Debug, Clone, Serialize)]
pub struct RequestAddressChange {
    /// Which.
    pub login: LoginId,
    /// The new address.
    pub to: Email,
    /// The present password. The host may leave it out where it has proved the holder itself.
    #[serde(skip)]
    pub password: Option<SecretString>,
}

/// Asks for the link that proves the address on file.
#[derive(Debug, Clone, Serialize)]
pub struct RequestAddressConfirmation {
    /// Whose.
    pub login: LoginId,
}

/// An address was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressConfirmed {
    /// Whose.
    pub login: LoginId,
    /// The practice in whose words the link was sent.
    pub practice: PracticeId,
    /// The epoch from which sessions count; a change ends those before it.
    pub epoch: u32,
}

fn permitted(look: &mut Look<'_>, id: LoginId) -> Result<Login> {
    let login = look.login(id)?;
    look.permit(Action::LoginChangeAddress, About::Login(id))?;
    match login.status {
        Status::Active => Ok(login),
        Status::Removed => Err(Refusal::NotFound.into()),
    }
}

fn send(unit: &mut Unit<'_>, login: &Login, purpose: Purpose, to: To) -> Result<()> {
    challenge::require_request(unit, login)?;
    let word = match purpose {
        Purpose::ChangeAddress { .. } => "change",
        Purpose::ConfirmAddress | Purpose::Reset | Purpose::Register(_) => "confirm",
    };
    let practice = unit.context.practice()?;
    let id = challenge::send(unit, login, practice, purpose, to)?;
    let note = Note::at_portal(login.portal, Happening::AddressChangeRequested, id);
    unit.note(note.about(login.id).with("asked", word));
    Ok(())
}

/// Sends the link by which a new login gets an address that nobody has proved yet.
pub(super) fn ask_to_prove(
    unit: &mut Unit<'_>,
    login: &Login,
    practice: PracticeId,
    to: Email,
    is_staff: bool,
) -> Result<()> {
    let there = To {
        address: Address::Email(to.clone()),
        name: login.holder.clone().map(PersonName::of_text),
        locale: login.locale.clone(),
        staff: is_staff,
    };
    let id = challenge::send(unit, login, practice, Purpose::ChangeAddress { to }, there)?;
    let note = Note::at_portal(login.portal, Happening::AddressChangeRequested, id);
    unit.note(note.about(login.id).with("asked", "change"));
    Ok(())
}

impl Admit {
    /// Asks to move a login to another address.
    ///
    /// # Errors
    /// What the access table says; `Invalid` where a login leaves its password out; `SignInFailed`
    /// for a wrong one, which counts like a failed sign-in; `TooManyMessages`.
    pub fn request_address_change(
        &self,
        actor: &Actor,
        ask: &RequestAddressChange,
        key: Option<&IdempotencyKey>,
    ) -> Result<()> {
        if ask.password.is_none() && actor.who != Who::Host {
            return Err(Reason::Missing).field("password");
        }
        let context = Arc::new(self.context(actor)?);
        let request = request_digest(&context, ask.password.as_ref().as_slice());
        starting_over(|| {
            let seen = self.look_in(&context, |look| permitted(look, ask.login));
            let mut body = AskChange { ask: ask.clone(), request, proof: None };
            if let (Some(login), Some(password)) = (unless_refused(seen)?, &ask.password) {
                body.proof = Some(self.prove(&context, &login, password)?);
            }
            self.run_in(context.clone(), body, key)
        })
    }

    /// Proves an address, and moves the login to it if that is what the link was for. The old
    /// address is told. The address of a place that an open link holds makes the login, and lets
    /// it in. Whoever registered becomes a client with a login now. A login of the address that
    /// reaches nothing any more gives way to each of them.
    ///
    /// # Errors
    /// What the link died of; `LinkInvalid` unless it came by our own e-mail; `NameTaken`, for a
    /// registration too whose address or user name a login has by now. For a place
    /// `LoginProofRequired` where a login has the address by now, which then comes in with its
    /// session; `IdentityTaken`.
    pub fn confirm_address(
        &self,
        source: Source,
        token: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<AddressConfirmed> {
        let actor = Actor::bearer(source);
        let context = Arc::new(self.context(&actor)?);
        let wanted = [token::Purpose::AddressConfirmation, token::Purpose::AddressChange];
        let verified = token::verify(&context, token)
            .filter(|verified| wanted.contains(&verified.purpose))
            .ok_or(Refusal::LinkInvalid)?;
        let request = request_digest(&context, &[&SecretString::from(token)]);
        if let Some(confirmed) = open_link::confirm(self, &actor, &verified, request, key)? {
            return Ok(confirmed);
        }
        if let Some(actor) = self.registrant(&context, &verified)? {
            let body = CompleteRegistration { request, verified };
            return self.run(&actor, body, key);
        }
        self.run_in(context, Confirm { request, verified }, key)
    }
}

#[derive(Serialize)]
struct AskChange {
    ask: RequestAddressChange,
    request: [u8; 32],
    #[serde(skip)]
    proof: Option<Proof>,
}

impl Command for AskChange {
    type Done = ();
    const ACTION: Option<Action> = Some(Action::LoginChangeAddress);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        let login = permitted(&mut unit.look(), self.ask.login)?;
        if self.ask.password.is_some() {
            self.proof.as_ref().ok_or(Refusal::Conflict)?.require(unit, &login)?;
        }
        let practice = unit.context.practice()?;
        let there = Address::Email(self.ask.to.clone());
        let to = match reach::address(&mut unit.look(), &login, practice)? {
            Some(to) => To { address: there, ..to },
            None => To { address: there, name: None, locale: login.locale.clone(), staff: false },
        };
        send(unit, &login, Purpose::ChangeAddress { to: self.ask.to.clone() }, to)
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        proof::note_refused(unit, self.ask.login, Action::LoginChangeAddress, refusal)
    }
}

impl Command for RequestAddressConfirmation {
    type Done = ();
    const ACTION: Option<Action> = Some(Action::LoginChangeAddress);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        let login = permitted(&mut unit.look(), self.login)?;
        let practice = unit.context.practice()?;
        let to = reach::address(&mut unit.look(), &login, practice)?;
        send(unit, &login, Purpose::ConfirmAddress, to.ok_or(Refusal::NotReachable)?)
    }
}

#[derive(Serialize)]
struct Confirm {
    request: [u8; 32],
    #[serde(skip)]
    verified: Verified,
}

impl Command for Confirm {
    type Done = AddressConfirmed;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<AddressConfirmed> {
        let borne = Borne::load(&mut unit.look(), &self.verified)?;
        borne.require_live(unit.now())?;
        // Only our own e-mail proves that the bearer reads the address.
        if borne.channel != Channel::Email {
            return Err(Refusal::LinkInvalid.into());
        }
        let old = borne.login.clone();
        let verified = Login { email_verified: true, ..old.clone() };
        let (new, happening) = match &borne.challenge.purpose {
            Purpose::Reset | Purpose::Register(_) => return Err(Refusal::LinkInvalid.into()),
            Purpose::ConfirmAddress => (verified, Happening::AddressConfirmed),
            Purpose::ChangeAddress { to } => {
                let holder =
                    records::login::find_by_name(&mut unit.write, old.portal, to.canonical())?;
                if let Some(holder) = holder.filter(|holder| *holder != old.id) {
                    gives_way(unit, holder)?;
                }
                (verified.move_to(to.clone()).end_sessions(), Happening::AddressChanged)
            }
        };
        borne.consume(unit)?;
        unit.save_login(Some(&old), &new)?;
        unit.note(Note::at_portal(new.portal, happening, new.id).about(new.id));
        if happening == Happening::AddressChanged
            && let Some(to) = reach::address(&mut unit.look(), &old, borne.practice.id)?
        {
            let kind = Kind::AddressChanged;
            notice::post(unit, Notice::plain(kind, borne.practice.id, to, new.id))?;
        }
        Ok(AddressConfirmed { login: new.id, practice: borne.practice.id, epoch: new.epoch })
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        challenge::note_refused(unit, &self.verified, refusal)
    }
}
