//! Links that a login waits for: made on request, borne back by whoever got the message.

use super::audit::{self, Note};
use super::look::Look;
use super::notice::{self, Notice};
use super::registration::Held;
use super::token::{self, Verified};
use super::unit::Unit;
use crate::domain::challenge::{ADDRESS_LIFETIME, Challenge, Purpose, RESET_LIFETIME};
use crate::domain::event::Happening;
use crate::domain::id::{ChallengeId, LoginId, PracticeId};
use crate::domain::invitation::Channel;
use crate::domain::login::Login;
use crate::domain::message::{Carries, Kind, To};
use crate::domain::practice::{Practice, Status};
use crate::domain::refusal::Refusal;
use crate::domain::registration::REGISTRATION_LIFETIME;
use crate::domain::text::Email;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;

/// How many links a name is sent at the asking of one source within an hour (RULES S35).
const ASKED_MAX: usize = 5;

/// Counts a request for a link. One too many is not counted, and gives the milliseconds after
/// which the next is heard.
pub(super) fn count_request(unit: &mut Unit<'_>, whose: &[u8]) -> Result<Option<i64>> {
    let (now, context) = (unit.now(), unit.context);
    let source = context.actor.source.address.as_ref().map_or("", |line| line.as_str());
    let digest = context.digest("asked for a link", &[whose, source.as_bytes()]);
    let mut asked = records::asked::find(&mut unit.write, &digest)?;
    asked.at.retain(|at| now.since(*at) < records::asked::KEPT);
    if let Some(first) = asked.at.first().filter(|_| asked.at.len() >= ASKED_MAX) {
        return Ok(Some(records::asked::KEPT - now.since(*first)));
    }
    asked.at.push(now);
    records::asked::put(&mut unit.write, &digest, &asked)?;
    Ok(None)
}

/// As `count_request`, for those who may know that it was one too many.
pub(super) fn require_request(unit: &mut Unit<'_>, login: &Login) -> Result<()> {
    match count_request(unit, login.id.bytes())? {
        Some(retry_after) => Err(Refusal::TooManyMessages { retry_after }.into()),
        None => Ok(()),
    }
}

/// Makes a challenge and posts the message that carries its link.
pub(super) fn send(
    unit: &mut Unit<'_>,
    login: &Login,
    practice: PracticeId,
    purpose: Purpose,
    to: To,
) -> Result<ChallengeId> {
    send_to(unit, (login.id, login.epoch), practice, purpose, to)
}

/// As `send`, for a login that need not be there yet.
pub(super) fn send_to(
    unit: &mut Unit<'_>,
    (login, epoch): (LoginId, u32),
    practice: PracticeId,
    purpose: Purpose,
    to: To,
) -> Result<ChallengeId> {
    let now = unit.now();
    let (kind, lifetime) = match purpose {
        Purpose::Reset => (Kind::Reset, RESET_LIFETIME),
        Purpose::ConfirmAddress => (Kind::AddressConfirm, ADDRESS_LIFETIME),
        Purpose::Register(_) => (Kind::RegistrationConfirm, REGISTRATION_LIFETIME),
        Purpose::ChangeAddress { .. } => (Kind::AddressChangeConfirm, ADDRESS_LIFETIME),
    };
    let challenge = Challenge {
        id: unit.new_id(),
        purpose,
        login,
        practice,
        epoch,
        expires_at: now.plus(lifetime),
        used_at: None,
        created_at: now,
    };
    records::challenge::put(&mut unit.write, &challenge)?;
    let carries = Carries::Challenge(challenge.id);
    notice::post(unit, Notice { carries, ..Notice::plain(kind, practice, to, login) })?;
    Ok(challenge.id)
}

/// The purpose of the token that a challenge's link has.
pub(super) const fn token_purpose(purpose: &Purpose) -> token::Purpose {
    match purpose {
        Purpose::Reset => token::Purpose::Reset,
        Purpose::ConfirmAddress | Purpose::Register(_) => token::Purpose::AddressConfirmation,
        Purpose::ChangeAddress { .. } => token::Purpose::AddressChange,
    }
}

/// A challenge whose token somebody bears.
pub(super) struct Borne {
    /// The challenge.
    pub challenge: Challenge,
    /// Whose it is.
    pub login: Login,
    /// In whose words it was sent.
    pub practice: Practice,
    /// How the token had travelled.
    pub channel: Channel,
}

impl Borne {
    /// Loads what a genuine token is about, dead or alive.
    ///
    /// # Errors
    /// `LinkInvalid` where the token is for something else, or its challenge long forgotten.
    pub fn load(look: &mut Look<'_>, verified: &Verified) -> Result<Self> {
        let id = ChallengeId::from_uuid(verified.id);
        let challenge = records::challenge::find(look.read, id)?
            .filter(|challenge| token_purpose(&challenge.purpose) == verified.purpose)
            .ok_or(Refusal::LinkInvalid)?;
        let login = records::login::find(look.read, challenge.login)?;
        let practice = records::practice::find(look.read, challenge.practice)?;
        Ok(Self {
            challenge,
            login: login.ok_or(Refusal::LinkInvalid)?,
            practice: practice.ok_or(Refusal::LinkInvalid)?,
            channel: verified.channel,
        })
    }

    /// Holds that the link is good now.
    ///
    /// # Errors
    /// What the link died of, or `PracticeSuspended`.
    pub fn require_live(&self, now: Timestamp) -> std::result::Result<(), Refusal> {
        self.challenge.require_live(Some(&self.login), now)?;
        match self.practice.status {
            Status::Active => Ok(()),
            Status::Suspended => Err(Refusal::PracticeSuspended),
        }
    }

    /// Uses the link up.
    pub fn consume(&self, unit: &mut Unit<'_>) -> Result<()> {
        let used = Challenge { used_at: Some(unit.now()), ..self.challenge.clone() };
        Ok(records::challenge::put(&mut unit.write, &used)?)
    }
}

/// Notes that a genuine token was refused, on the chain of its login's portal.
pub(super) fn note_refused(
    unit: &mut Unit<'_>,
    verified: &Verified,
    refusal: Refusal,
) -> Result<()> {
    if let Some(held) = Held::load(&mut unit.look(), verified)? {
        return held.note_refused(unit, refusal);
    }
    // A token of another purpose, or of a row that is gone, is about nobody here.
    let Ok(borne) = Borne::load(&mut unit.look(), verified) else { return Ok(()) };
    let (portal, id) = (borne.login.portal, borne.challenge.id);
    let note = Note::at_portal(portal, Happening::TokenRefused, id).about(borne.login.id);
    audit::note_tallied(unit, note.refused(refusal))
}

/// What a good link tells its bearer.
pub(super) struct Inspected {
    /// The practice in whose words it was sent.
    pub practice: Practice,
    /// A hint at the address that it is about.
    pub masked_address: Option<String>,
    /// When it lapses.
    pub expires_at: Timestamp,
}

/// Shows a challenge to the bearer of its token, and changes nothing.
///
/// # Errors
/// `LinkInvalid`, what the link died of, or `PracticeSuspended`.
pub(super) fn inspect(look: &mut Look<'_>, verified: &Verified) -> Result<Inspected> {
    if let Some(held) = Held::load(look, verified)? {
        held.require_live(look.now())?;
        return Ok(Inspected {
            masked_address: held.registration.profile.email.as_ref().map(Email::masked),
            expires_at: held.challenge.expires_at,
            practice: held.practice,
        });
    }
    let borne = Borne::load(look, verified)?;
    borne.require_live(look.now())?;
    let address = match &borne.challenge.purpose {
        Purpose::Reset | Purpose::ConfirmAddress | Purpose::Register(_) => {
            borne.login.email.as_ref()
        }
        Purpose::ChangeAddress { to } => Some(to),
    };
    Ok(Inspected {
        masked_address: address.map(Email::masked),
        expires_at: borne.challenge.expires_at,
        practice: borne.practice,
    })
}
