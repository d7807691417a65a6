//! Coming in by an open link: at once for a login that is proved, else once the address is.

use super::place::{let_in, release};
use super::require_live;
use crate::commands::accept::{Session, WayIn};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::{self, Note};
use crate::commands::context::Context;
use crate::commands::invitation::windows_in;
use crate::commands::notice::{self, Notice};
use crate::commands::token::{self, Purpose, Verified};
use crate::commands::unit::{Unit, require_own_name};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Scope, Source, Who};
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, LoginId, OpenLinkId, PracticeId, StaffId};
use crate::domain::login::{ExternalIdentity, Login};
use crate::domain::message::{Address, Carries, Kind, To};
use crate::domain::open_link::{Makes, Newcomer, OpenLink, PLACE_LIFETIME, Place, PlaceState};
use crate::domain::practice::Practice;
use crate::domain::proxy::Tie;
use crate::domain::rate::{PER_LINK, PER_LINK_AND_SOURCE};
use crate::domain::refusal::Refusal;
use crate::domain::staff;
use crate::domain::text::{Email, IdempotencyKey, Locale, PersonName, Phone, Reason, Username};
use crate::error::{Error, InField, Result};
use crate::records;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// What the bearer of an open link gives to come in: one of password, identity and session.
#[derive(Debug, Clone)]
pub struct ComeIn {
    /// The token of the link.
    pub token: SecretString,
    /// The password of the new login.
    pub password: Option<SecretString>,
    /// An identity that the host has verified: of the new login, or proof of one that has it.
    pub identity: Option<ExternalIdentity>,
    /// Proof of a login that exists.
    pub session: Option<Session>,
    /// What they are called; None is what their login is called.
    pub name: Option<PersonName>,
    /// Their address; needed for a new login.
    pub email: Option<Email>,
    /// A sign-in name beside the address.
    pub username: Option<Username>,
    /// Their phone.
    pub phone: Option<Phone>,
    /// Their language.
    pub locale: Option<Locale>,
}

/// Who and what there is now. Nobody is signed in by it (RULES S48).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Where.
    pub practice: PracticeId,
    /// Who came in; None while the address waits for its proof: a place is held, and no more.
    pub login: Option<LoginId>,
    /// The client that the login now is.
    pub client: Option<ClientId>,
    /// The seat that it now holds.
    pub staff: Option<StaffId>,
}

/// Comes in by an open link; made and run by `Admit::come_in`.
#[derive(Serialize)]
pub struct AcceptOpenLink {
    link: Verified,
    way_in: WayIn,
    name: Option<PersonName>,
    email: Option<Email>,
    username: Option<Username>,
    phone: Option<Phone>,
    locale: Option<Locale>,
}

impl Command for AcceptOpenLink {
    type Done = Arrival;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Arrival> {
        let link = found(unit, &self.link)?;
        let now = unit.now();
        require_live(&mut unit.write, &link, self.link.generation, now)?;
        self.way_in.require_one()?;
        count(unit, link.id)?;
        let practice = unit.look().practice()?;
        match self.way_in.proven(&mut unit.write, &practice)? {
            Some(login) => self.enter(unit, link, &login),
            None => self.hold(unit, link, &practice),
        }
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        // Whoever asks which names are taken is counted too.
        if refusal.tells_of_logins() {
            count(unit, OpenLinkId::from_uuid(self.link.id))?;
        }
        audit::note_access_refused(unit, Self::ACTION, refusal)
    }
}

fn found(unit: &mut Unit<'_>, borne: &Verified) -> Result<OpenLink> {
    let id = OpenLinkId::from_uuid(borne.id);
    Ok(records::open_link::find(&mut unit.write, id)?.ok_or(Refusal::LinkInvalid)?)
}

/// Counts one more acceptance, by the link and the source (RULES S35).
fn count(unit: &mut Unit<'_>, link: OpenLinkId) -> Result<()> {
    let (context, now) = (unit.context, unit.now());
    let source = context.actor.source.address.as_ref().map_or("", |line| line.as_str());
    let counted = [
        (context.digest("came in by", &[link.bytes()]), PER_LINK),
        (context.digest("came in from", &[link.bytes(), source.as_bytes()]), PER_LINK_AND_SOURCE),
    ];
    for (digest, limit) in counted {
        let window = records::rate::find(&mut unit.write, &digest)?.and_one(limit, now)?;
        records::rate::put(&mut unit.write, &digest, window)?;
    }
    Ok(())
}

impl AcceptOpenLink {
    /// Lets a login in that is proved. Who is there already takes no second place.
    fn enter(&self, unit: &mut Unit<'_>, link: OpenLink, login: &Login) -> Result<Arrival> {
        let here = already(unit, &link, login)?;
        let link = match &login.email {
            Some(email) => release(unit, link, email, login.id)?,
            None => link,
        };
        if let Some(arrival) = here {
            records::open_link::put(&mut unit.write, &link)?;
            return Ok(arrival);
        }
        let link = link.take()?;
        let held = login.holder.clone().map(PersonName::of_text);
        let name = self.name.clone().or(held).ok_or(Reason::Missing).field("name")?;
        records::open_link::put(&mut unit.write, &link)?;
        let_in(unit, &link, login, name, login.email.clone())
    }

    /// Holds a place until the address is proved. Nothing here depends on who has the address.
    fn hold(&self, unit: &mut Unit<'_>, link: OpenLink, practice: &Practice) -> Result<Arrival> {
        let methods = &practice.settings.sign_in;
        self.way_in.require_allowed(match link.makes {
            Makes::Client { .. } => methods.client,
            Makes::Member => methods.member,
        })?;
        let newcomer = self.newcomer(unit, practice)?;
        let email = &newcomer.email;
        for (digest, window) in windows_in(unit, practice.id, email.canonical())? {
            records::rate::put(&mut unit.write, &digest, window)?;
        }
        let is_held = !records::open_link::held_for(&mut unit.write, link.id, email)?.is_empty();
        let link = if is_held { link } else { link.hold()? };
        records::open_link::put(&mut unit.write, &link)?;
        let to = To {
            address: Address::Email(email.clone()),
            name: Some(newcomer.name.clone()),
            locale: newcomer.locale.clone(),
            staff: link.makes == Makes::Member,
        };
        let id = unit.new_id();
        let plain = Notice::plain(Kind::AddressConfirm, link.practice, to, link.id);
        let message = notice::post(unit, Notice { carries: Carries::Place(id), ..plain })?;
        let place = Place {
            id,
            link: link.id,
            practice: link.practice,
            state: PlaceState::Held(Box::new(newcomer)),
            message,
            expires_at: unit.now().plus(PLACE_LIFETIME),
        };
        records::open_link::put_place(&mut unit.write, None, &place)?;
        let note = Note::done(link.practice, Happening::OpenLinkPlaceHeld, link.id);
        unit.note(note.with("channel", self.link.channel.word()));
        Ok(Arrival { practice: practice.id, login: None, client: None, staff: None })
    }

    fn newcomer(&self, unit: &mut Unit<'_>, practice: &Practice) -> Result<Newcomer> {
        let name = self.name.clone().ok_or(Reason::Missing).field("name")?;
        let email = self.email.clone().ok_or(Reason::Missing).field("email")?;
        if let Some(username) = &self.username {
            require_own_name(username, Some(&email))?;
            let (portal, name) = (practice.portal, username.canonical());
            let is_address = name == email.canonical();
            // A user name says of nobody that it is theirs, so that one is taken is told.
            if !is_address && records::login::find_by_name(&mut unit.write, portal, name)?.is_some()
            {
                return Err(Refusal::NameTaken.into());
            }
        }
        Ok(Newcomer {
            name,
            email,
            username: self.username.clone(),
            phone: self.phone.clone(),
            locale: self.locale.clone(),
            password: self.way_in.chosen(unit.now())?,
            identity: self.way_in.identity.clone(),
        })
    }
}

/// What a login has in the practice already of what the link makes.
fn already(unit: &mut Unit<'_>, link: &OpenLink, login: &Login) -> Result<Option<Arrival>> {
    let (now, practice) = (unit.now(), link.practice);
    let arrival = Arrival { practice, login: Some(login.id), client: None, staff: None };
    Ok(match link.makes {
        Makes::Client { .. } => {
            let ties = records::proxy::of_login(&mut unit.write, login.id)?;
            let own = ties.into_iter().find(|proxy| {
                proxy.practice == practice && proxy.tie == Tie::Myself && proxy.is_live(now)
            });
            own.map(|proxy| Arrival { client: Some(proxy.client), ..arrival })
        }
        Makes::Member => {
            let mut seats = records::staff::of_login(&mut unit.write, login.id)?.into_iter();
            let own =
                seats.find(|seat| seat.practice == practice && seat.status != staff::Status::Ended);
            own.map(|seat| Arrival { staff: Some(seat.id), ..arrival })
        }
    })
}

impl Admit {
    /// Comes in by an open link.
    ///
    /// A login that exists comes in with proof of it, at once. Anybody else has a place held for
    /// 24 hours, and comes in by the link that is mailed to the address: until then there is no
    /// login, and signing in fails as for a name that nobody has. The answer is the same whether
    /// or not a login has the address; the mail's link tells its reader.
    ///
    /// # Errors
    /// What the link died of: a suspended practice or inviter, or one whose role may not make such
    /// a link any more, makes it `LinkRevoked` for as long as that lasts. `OpenLinkFull`; the weakness of a password; `NameTaken` for the user name;
    /// `TooManyMessages`; `Conflict` where the link came back to life meanwhile. None of them
    /// takes a place.
    pub fn come_in(
        &self,
        source: Source,
        asked: ComeIn,
        key: Option<&IdempotencyKey>,
    ) -> Result<Arrival> {
        let actor = Actor::bearer(source);
        let verified = token::verify(&self.context(&actor)?, asked.token.expose_secret())
            .filter(|verified| verified.purpose == Purpose::OpenLink)
            .ok_or(Refusal::LinkInvalid)?;
        let id = OpenLinkId::from_uuid(verified.id);
        let link = self.snapshot(|read| records::open_link::find(read, id))?;
        let link = link.ok_or(Refusal::LinkInvalid)?;
        let who = match asked.session {
            Some(Session { login, epoch }) => Who::Login { id: login, epoch },
            None => Who::Visitor,
        };
        let actor = Actor { scope: Scope::Practice(link.practice), who, ..actor };
        let context = self.context(&actor)?;
        let phc = match &asked.password {
            Some(password) => self.newcomers_hash(&context, &verified, &link, &asked, password)?,
            None => None,
        };
        let digest = |password: &SecretString| {
            context.digest("accepted password", &[password.expose_secret().as_bytes()])
        };
        let command = AcceptOpenLink {
            link: verified,
            way_in: WayIn {
                password: asked.password.as_ref().map(digest),
                phc,
                identity: asked.identity,
                session: asked.session,
            },
            name: asked.name,
            email: asked.email,
            username: asked.username,
            phone: asked.phone,
            locale: asked.locale,
        };
        self.run(&actor, command, key)
    }

    /// The hash of a new password; None where nobody comes in, so that the body says why.
    fn newcomers_hash(
        &self,
        context: &Context,
        borne: &Verified,
        link: &OpenLink,
        asked: &ComeIn,
        password: &SecretString,
    ) -> Result<Option<String>> {
        let found =
            self.snapshot(|read| match require_live(read, link, borne.generation, context.now) {
                Err(Error::Store(fault)) => Err(fault),
                Err(_) => Ok(None),
                Ok(()) => records::practice::find(read, link.practice),
            })?;
        let Some(practice) = found else { return Ok(None) };
        let name = asked.name.iter().map(PersonName::display);
        let words = name.chain([practice.name.as_str().to_owned()]);
        let words = words.chain(asked.email.iter().map(|email| email.local_part().to_owned()));
        let words = words.chain(asked.username.iter().map(|name| name.as_str().to_owned()));
        let words: Vec<String> = words.collect();
        Ok(Some(self.hash_chosen(context, &practice.settings, password, &words)?.phc))
    }
}
