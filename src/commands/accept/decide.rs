//! The body of an acceptance: the login, what it takes up, and who is told.

use super::Accepted;
use super::way_in::WayIn;
use crate::commands::admit::Command;
use crate::commands::audit::{self, Note};
use crate::commands::deletion::gives_way;
use crate::commands::invitation::{
    digest_of_fact, has_own_login, require_live, sign_in, subject, tell_inviter,
};
use crate::commands::login::{self, NewLogin};
use crate::commands::notice::{self, Notice};
use crate::commands::token::Verified;
use crate::commands::unit::Unit;
use crate::commands::{client, proxy, room};
use crate::domain::access::Action;
use crate::domain::chart::Facts;
use crate::domain::client::{Client, Profile, Stage, Status};
use crate::domain::event::Happening;
use crate::domain::grant::{Grant, Grantee, Ground};
use crate::domain::id::{ClientId, InvitationId, LoginId, RoomId, StaffId};
use crate::domain::invitation::{Channel, Invitation, Offer};
use crate::domain::login::Login;
use crate::domain::message::{Address, Kind, To};
use crate::domain::practice::Practice;
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::staff::{self, Staff};
use crate::domain::text::{Email, Line, PersonName, Reason, Username};
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use serde::Serialize;

/// Takes an invitation up; made and run by `Admit::accept`.
#[derive(Serialize)]
pub struct AcceptInvitation {
    pub(super) link: Verified,
    pub(super) way_in: WayIn,
    pub(super) holder: Option<Line>,
    pub(super) name: Option<PersonName>,
    pub(super) username: Option<Username>,
    pub(super) facts: Facts,
    /// Whether the host confirmed what is its to confirm.
    #[serde(skip)]
    pub(super) confirmed: bool,
}

impl Command for AcceptInvitation {
    type Done = Accepted;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Accepted> {
        let id = InvitationId::from_uuid(self.link.id);
        let old = records::invitation::find(&mut unit.write, id)?.ok_or(Refusal::LinkInvalid)?;
        let practice = unit.look().practice()?;
        let (generation, channel, now) = (self.link.generation, self.link.channel, unit.now());
        require_live(&mut unit.write, &old, generation, now)?;
        if let Offer::Client { client, tie: Tie::Myself } = old.offer
            && has_own_login(&mut unit.write, client, now)?
        {
            return Err(Refusal::ClientAlreadyActivated.into());
        }
        self.way_in.require_one()?;
        if let Some(missing) = old.check.missing(&self.facts) {
            return Err(Reason::Missing).field(missing.word());
        }
        let login = self.login(unit, &practice, &old)?;
        // Last, so that no other mistake counts as a wrong answer; what was written is dropped.
        self.require_facts(unit, &old)?;
        let new = old.clone().accept(generation, channel, login.id, now)?;
        let (offer, client, staff) = match &old.offer {
            Offer::Client { client, tie } => {
                take_client(unit, &practice, &login, *client, tie)?;
                (old.offer.clone(), Some(*client), None)
            }
            Offer::NewClient { rooms } => {
                let client = self.new_client(unit, &old, &login, rooms)?;
                (Offer::Client { client, tie: Tie::Myself }, Some(client), None)
            }
            Offer::Seat { staff } => {
                take_seat(unit, &login, *staff, self.name.clone())?;
                (old.offer.clone(), None, Some(*staff))
            }
        };
        let new = Invitation { offer, ..new };
        unit.save_invitation(Some(&old), &new)?;
        if let (Some(client), Some(inviter)) = (client, new.inviting_seat()) {
            open_to_inviter(unit, client, inviter, new.sent_at)?;
        }
        let about = subject(&new);
        tell_inviter(unit, &new, Kind::InvitationAccepted, about)?;
        if channel != Channel::Email {
            tell_address(unit, &new)?;
        }
        let note = Note::done(new.practice, Happening::InvitationAccepted, new.id).about(about);
        unit.note(note.with("channel", channel.word()).with("login", login.id));
        Ok(Accepted { login: login.id, practice: practice.id, client, staff })
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        match refusal {
            Refusal::FactsDoNotMatch => self.count_wrong(unit),
            other => audit::note_access_refused(unit, Self::ACTION, other),
        }
    }
}

impl AcceptInvitation {
    fn require_facts(&self, unit: &mut Unit<'_>, old: &Invitation) -> Result<()> {
        let context = unit.context;
        let digest = |fact, value: &str| digest_of_fact(context, old.id, fact, value);
        if old.check.fits(&self.facts, digest) & self.confirmed {
            Ok(())
        } else {
            Err(Refusal::FactsDoNotMatch.into())
        }
    }

    /// Counts a wrong answer in the commit that refuses it, so that guesses in parallel never
    /// outrun the count.
    fn count_wrong(&self, unit: &mut Unit<'_>) -> Result<()> {
        let id = InvitationId::from_uuid(self.link.id);
        let old = records::invitation::find(&mut unit.write, id)?.ok_or(Refusal::LinkInvalid)?;
        let new = old.clone().answered_wrongly();
        unit.save_invitation(Some(&old), &new)?;
        let about = subject(&new);
        if new.check.is_shut() {
            tell_inviter(unit, &new, Kind::NewLinkAsked, about)?;
        }
        let note = Note::done(new.practice, Happening::InvitationFactsRefused, id).about(about);
        let note = note.with("wrong", new.check.wrong).with("revoked", new.check.is_shut());
        unit.note(note.refused(Refusal::FactsDoNotMatch));
        Ok(())
    }

    /// The login that accepts: proven, or new where no login has the recipient's address.
    fn login(&self, unit: &mut Unit<'_>, practice: &Practice, old: &Invitation) -> Result<Login> {
        let write = &mut unit.write;
        let proven = self.way_in.proven(write, practice)?;
        let email = old.recipient.email.as_ref();
        let is_told = !practice.shares_portal() || self.link.channel == Channel::Email;
        let holder = match email {
            Some(email) if is_told => {
                records::login::find_by_name(write, practice.portal, email.canonical())?
            }
            // Whoever copied the link must not learn whose the address is (RULES S28).
            Some(email) => {
                let is_own = |own: &Email| own.canonical() == email.canonical();
                let holder = proven.as_ref().filter(|it| it.email.as_ref().is_some_and(is_own));
                holder.map(|login| login.id)
            }
            None => None,
        };
        match (proven, holder) {
            (Some(login), Some(holder)) if login.id != holder => Err(Refusal::WrongLogin.into()),
            // A login of another address was not meant; one without any may be anybody's.
            (Some(Login { email: Some(_), .. }), None) if email.is_some() => {
                Err(Refusal::WrongLogin.into())
            }
            (Some(login), _) => self.prove_address(unit, login, old),
            (None, Some(holder)) => {
                self.make_way(unit, old, holder)?;
                self.new_login(unit, practice, old)
            }
            (None, None) => self.new_login(unit, practice, old),
        }
    }

    /// A login that reaches nothing any more gives way to a new one where the link proves the
    /// address, as it would for a reset.
    fn make_way(&self, unit: &mut Unit<'_>, old: &Invitation, holder: LoginId) -> Result<()> {
        let login = records::login::find(&mut unit.write, holder)?.ok_or(Refusal::LinkInvalid)?;
        if !self.proves(old, login.email.as_ref()) || !gives_way(unit, holder)? {
            return Err(Refusal::LoginProofRequired.into());
        }
        Ok(())
    }

    /// Only our own delivery to the recipient's address proves it (RULES S54).
    fn proves(&self, old: &Invitation, email: Option<&Email>) -> bool {
        match (&old.recipient.email, email) {
            (Some(sent_to), Some(email)) => {
                self.link.channel == Channel::Email && sent_to.canonical() == email.canonical()
            }
            _ => false,
        }
    }

    fn prove_address(
        &self,
        unit: &mut Unit<'_>,
        login: Login,
        invitation: &Invitation,
    ) -> Result<Login> {
        if login.email_verified || !self.proves(invitation, login.email.as_ref()) {
            return Ok(login);
        }
        let proven = Login { email_verified: true, ..login.clone() };
        unit.save_login(Some(&login), &proven)?;
        Ok(proven)
    }

    fn new_login(
        &self,
        unit: &mut Unit<'_>,
        practice: &Practice,
        old: &Invitation,
    ) -> Result<Login> {
        let method = sign_in(&mut unit.write, practice, old)?;
        self.way_in.require_allowed(method)?;
        let recipient = &old.recipient;
        if self.way_in.password.is_some() && recipient.email.is_none() && self.username.is_none() {
            return Err(Reason::Missing).field("username");
        }
        let password = self.way_in.chosen(unit.now())?;
        // A guardian's name is not that of the client on file.
        let own = self.name.as_ref().filter(|_| !matches!(old.offer, Offer::Client { .. }));
        let named = own.or(recipient.name.as_ref()).map(PersonName::display);
        let named = named.and_then(|name| Line::parse(&name).ok());
        let new = NewLogin {
            id: None,
            holder: self.holder.clone().or(named),
            phone: recipient.phone.clone(),
            locale: recipient.locale.clone(),
            zone: None,
            username: self.username.clone(),
            email: recipient.email.clone(),
            email_verified: self.proves(old, recipient.email.as_ref()),
            password,
            identities: self.way_in.identity.iter().cloned().collect(),
            is_staff: old.seat().is_some(),
            ..NewLogin::default()
        };
        let made = login::create(unit, practice, new)?;
        let note = Note::done(practice.id, Happening::LoginCreated, made.id).about(made.id);
        unit.note(Note { chain: practice.portal.uuid(), ..note });
        Ok(made)
    }

    fn new_client(
        &self,
        unit: &mut Unit<'_>,
        old: &Invitation,
        login: &Login,
        rooms: &[RoomId],
    ) -> Result<ClientId> {
        let recipient = &old.recipient;
        let held = login.holder.clone().map(PersonName::of_text);
        let name = self.name.clone().or_else(|| recipient.name.clone()).or(held);
        let profile = Profile {
            names: name.into_iter().collect(),
            email: recipient.email.clone(),
            phone: recipient.phone.clone(),
            locale: recipient.locale.clone(),
            ..Profile::default()
        };
        let (stage, status) = (Stage::Registered, Status::Active);
        let id = client::create(unit, profile, stage, status, Happening::ClientCreated)?;
        for room in rooms {
            let room = unit.look().room(*room)?;
            room::assign(unit, &room, id.into())?;
        }
        become_client(unit, login, id)?;
        Ok(id)
    }
}

fn take_client(
    unit: &mut Unit<'_>,
    practice: &Practice,
    login: &Login,
    id: ClientId,
    tie: &Tie,
) -> Result<()> {
    let now = unit.now();
    let old = unit.look().client(id)?;
    let held = records::proxy::of_client(&mut unit.write, id)?;
    let excludes = |proxy: &Proxy| {
        proxy.login == login.id || (proxy.tie == Tie::Myself && *tie == Tie::Myself)
    };
    if held.iter().any(|proxy| proxy.is_live(now) && excludes(proxy)) {
        return Err(Refusal::ProxyExists.into());
    }
    if *tie == Tie::Myself && old.stage != Stage::Registered {
        let new = Client { stage: Stage::Registered, ..old.clone() };
        unit.save_client(Some(&old), &new)?;
    }
    let new = proxy::made(unit, practice, (login.id, &old), tie, None);
    tie_up(unit, &new)
}

/// Makes a login the client itself.
pub(in crate::commands) fn become_client(
    unit: &mut Unit<'_>,
    login: &Login,
    client: ClientId,
) -> Result<()> {
    let (practice, now) = (unit.context.practice()?, unit.now());
    let new = Proxy::new(unit.new_id(), practice, (login.id, client), Tie::Myself, now);
    tie_up(unit, &new)
}

fn tie_up(unit: &mut Unit<'_>, proxy: &Proxy) -> Result<()> {
    records::proxy::put(&mut unit.write, proxy)?;
    unit.touch(proxy.client);
    let note = Note::done(proxy.practice, Happening::ProxyAdded, proxy.id).about(proxy.client);
    unit.note(note.with("login", proxy.login));
    Ok(())
}

fn take_seat(
    unit: &mut Unit<'_>,
    login: &Login,
    id: StaffId,
    name: Option<PersonName>,
) -> Result<()> {
    let old = unit.look().staff(id)?;
    if old.login.is_some() {
        return Err(Refusal::LinkRevoked.into());
    }
    let seats = records::staff::of_login(&mut unit.write, login.id)?;
    let is_here =
        |seat: &Staff| seat.practice == old.practice && seat.status != staff::Status::Ended;
    if seats.iter().any(is_here) {
        return Err(Refusal::LimitReached.into());
    }
    let name = name.unwrap_or_else(|| old.name.clone());
    let new = Staff { login: Some(login.id), name, ..old.clone() };
    unit.save_staff(Some(&old), &new)?;
    let note = Note::done(new.practice, Happening::StaffAccepted, id).about(id);
    unit.note(note.with("login", login.id));
    Ok(())
}

/// The client's chart is open to whoever invited it, if it was not before.
pub(in crate::commands) fn open_to_inviter(
    unit: &mut Unit<'_>,
    client: ClientId,
    inviter: StaffId,
    sent_at: Timestamp,
) -> Result<()> {
    let now = unit.now();
    let grantee = Grantee::Staff(inviter);
    let grants = records::grant::of_client(&mut unit.write, client)?;
    // What was withdrawn after the invitation went out does not come back by it.
    let settles = |grant: &Grant| {
        grant.is_live(now) || grant.withdrawn_at.is_some_and(|withdrawn| withdrawn >= sent_at)
    };
    if grants.iter().any(|grant| grant.grantee == grantee && settles(grant)) {
        return Ok(());
    }
    client::open_chart(unit, client, grantee, Ground::Invited)?;
    let practice = unit.context.practice()?;
    let note = Note::done(practice, Happening::GrantGiven, client).about(client);
    unit.note(note.with("ground", "invited").with("staff", inviter));
    Ok(())
}

/// Warns the address on file of an acceptance that did not come through it.
fn tell_address(unit: &mut Unit<'_>, invitation: &Invitation) -> Result<()> {
    let recipient = &invitation.recipient;
    let Some(email) = recipient.email.clone() else { return Ok(()) };
    let to = To {
        address: Address::Email(email),
        name: recipient.name.clone(),
        locale: recipient.locale.clone(),
        staff: invitation.seat().is_some(),
    };
    let kind = Kind::AcceptedByOtherChannel;
    notice::post(unit, Notice::plain(kind, invitation.practice, to, subject(invitation)))?;
    Ok(())
}
