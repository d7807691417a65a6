//! Clients: made by staff, by import, or on acceptance of an invitation.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::look::{About, Look};
use super::notice::{self, Notice};
use super::unit::Unit;
use super::{Change, ending, require_revision};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::Actor;
use crate::domain::client::{Client, FIELDS_MAX, Gender, Profile, Stage, Status};
use crate::domain::event::Happening;
use crate::domain::grant::{Grant, Grantee, Ground};
use crate::domain::id::{ClientId, Noun};
use crate::domain::message::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::text::{
    Address, BirthDate, Email, ExternalId, Line, Locale, PersonName, Phone, Reason, Zone,
};
use crate::error::{InField, Result};
use crate::records;
use serde::Serialize;

/// What an update does to a profile; what is not named stays.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProfileChange {
    /// The host's own key.
    pub external_id: Change<ExternalId>,
    /// The name that is shown; the first of the names.
    pub name: Option<PersonName>,
    /// How the name is read: kana, as a rule.
    pub phonetic_name: Change<PersonName>,
    /// The date of birth.
    pub birth: Change<BirthDate>,
    /// Administrative gender; None leaves it.
    pub gender: Option<Gender>,
    /// The contact address.
    pub email: Change<Email>,
    /// The contact phone.
    pub phone: Change<Phone>,
    /// The first postal address.
    pub address: AddressChange,
    /// The client's language.
    pub locale: Change<Locale>,
    /// The client's time zone.
    pub zone: Change<Zone>,
    /// The primary physician's name.
    pub physician_name: Change<Line>,
    /// The primary physician's phone.
    pub physician_phone: Change<Phone>,
    /// Product fields by name; a cleared one is taken away.
    pub fields: Vec<(Line, Change<Line>)>,
}

/// What an update does to the parts of the first postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AddressChange {
    /// Street and house, in one line.
    pub street: Change<Line>,
    /// The city.
    pub city: Change<Line>,
    /// The state or province.
    pub state: Change<Line>,
    /// The postal code.
    pub postal_code: Change<Line>,
    /// The country.
    pub country: Change<Line>,
}

impl AddressChange {
    /// An address of which nothing is left goes, and what was known of it as a whole goes with the
    /// part that changes.
    fn apply(self, addresses: &mut Vec<Address>) -> Result<()> {
        if self == Self::default() {
            return Ok(());
        }
        let known = addresses.first().cloned();
        let mut new = Address { text: None, ..known.clone().unwrap_or_default() };
        match self.street {
            Change::Keep => {}
            Change::Clear => new.lines.clear(),
            Change::Set(street) => new.lines = vec![street],
        }
        self.city.apply(&mut new.city);
        self.state.apply(&mut new.state);
        self.postal_code.apply(&mut new.postal_code);
        self.country.apply(&mut new.country);
        match (new == Address::default(), addresses.first_mut()) {
            (true, Some(_)) => drop(addresses.remove(0)),
            (true, None) => {}
            (false, Some(first)) => *first = new.checked().field("street")?,
            (false, None) => addresses.push(new.checked().field("street")?),
        }
        Ok(())
    }
}

impl ProfileChange {
    /// Carries the change out.
    ///
    /// # Errors
    /// `Invalid` where a list would pass its limit.
    pub fn apply(self, profile: &mut Profile) -> Result<()> {
        use crate::domain::text::Script;
        self.external_id.apply(&mut profile.external_id);
        if let Some(name) = self.name {
            match profile.names.first_mut() {
                Some(first) => *first = name,
                None => profile.names.push(name),
            }
        }
        let is_reading = |name: &PersonName| name.script == Script::Syllabic;
        match self.phonetic_name {
            Change::Keep => {}
            Change::Clear => profile.names.retain(|name| !is_reading(name)),
            Change::Set(name) => {
                profile.names.retain(|name| !is_reading(name));
                let reading = PersonName { script: Script::Syllabic, ..name };
                profile.names.push(reading);
            }
        }
        self.birth.apply(&mut profile.birth);
        profile.gender = self.gender.or(profile.gender);
        self.email.apply(&mut profile.email);
        self.phone.apply(&mut profile.phone);
        self.address.apply(&mut profile.addresses)?;
        self.locale.apply(&mut profile.locale);
        self.zone.apply(&mut profile.zone);
        self.physician_name.apply(&mut profile.physician_name);
        self.physician_phone.apply(&mut profile.physician_phone);
        for (name, change) in self.fields {
            let at = profile.fields.iter().position(|(known, _)| *known == name);
            match (change, at) {
                (Change::Set(text), Some(at)) => profile.fields[at].1 = text,
                (Change::Set(text), None) => profile.fields.push((name, text)),
                (Change::Clear, Some(at)) => drop(profile.fields.remove(at)),
                (Change::Clear, None) | (Change::Keep, _) => {}
            }
        }
        if profile.fields.len() > FIELDS_MAX {
            return Err(Reason::TooMany { max: FIELDS_MAX }).field("fields");
        }
        Ok(())
    }
}

/// Makes a client of the actor's practice. A member of staff who makes one has access to it.
#[derive(Debug, Clone, Serialize)]
pub struct CreateClient {
    /// What is known of it.
    pub profile: Profile,
    /// How far it has come: registered, unless told prospective.
    pub stage: Stage,
}

impl Command for CreateClient {
    type Done = ClientId;
    const ACTION: Option<Action> = Some(Action::ClientCreate);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ClientId> {
        unit.look().permit(Action::ClientCreate, About::New)?;
        create(unit, self.profile.clone(), self.stage, Status::Active, Happening::ClientCreated)
    }
}

/// Makes a client, with the grant that whoever makes it gets.
pub(super) fn create(
    unit: &mut Unit<'_>,
    profile: Profile,
    stage: Stage,
    status: Status,
    happening: Happening,
) -> Result<ClientId> {
    if profile.names.is_empty() {
        return Err(Reason::Missing).field("name");
    }
    let now = unit.now();
    let client = Client {
        id: unit.new_id(),
        practice: unit.context.practice()?,
        profile,
        stage,
        status,
        created_by: unit.context.actor.who,
        created_at: now,
        updated_at: now,
        revision: 0,
    };
    unit.save_client(None, &client)?;
    // An import is nobody's own client; whoever runs it has access by its role.
    if let Some(staff) = unit.context.actor.seat()
        && happening != Happening::ClientImported
    {
        open_chart(unit, client.id, Grantee::Staff(staff), Ground::Created)?;
    }
    let note = Note::done(client.practice, happening, client.id).about(client.id);
    unit.note(note);
    Ok(client.id)
}

/// Opens a client's chart for good, without a note of its own.
pub(super) fn open_chart(
    unit: &mut Unit<'_>,
    client: ClientId,
    grantee: Grantee,
    ground: Ground,
) -> Result<()> {
    let grant = Grant {
        id: unit.new_id(),
        practice: unit.context.practice()?,
        client,
        grantee,
        scopes: Vec::new(),
        ground,
        reason: None,
        given_by: unit.context.actor.who,
        ends_at: None,
        withdrawn_at: None,
        created_at: unit.now(),
    };
    records::grant::put(&mut unit.write, &grant)?;
    unit.touch(client);
    Ok(())
}

/// Changes what is known of a client. While somebody is its guardian until it comes of age, the
/// practice alone changes its day of birth. An invitation that waits at an address no longer on file is
/// revoked.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateClient {
    /// Which.
    pub client: ClientId,
    /// What.
    pub change: ProfileChange,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for UpdateClient {
    type Done = ClientId;
    const ACTION: Option<Action> = Some(Action::ClientUpdate);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ClientId> {
        let old = unit.look().client(self.client)?;
        let standing = unit.look().permit(Action::ClientUpdate, About::Client(old.id))?;
        require_revision(self.revision, old.revision)?;
        let is_holder = matches!(standing, Standing::Client | Standing::Guardian);
        if is_holder && self.change.external_id != Change::Keep {
            return Err(Refusal::NotPermitted.into());
        }
        let mut new = old.clone();
        self.change.clone().apply(&mut new.profile)?;
        if is_holder && new.profile.birth != old.profile.birth {
            require_nobody_guards(unit, old.id)?;
        }
        save(unit, &old, &new, Happening::ClientUpdated)
    }
}

/// Holds that nobody moves the day on which a guardian's tie ends but the practice.
fn require_nobody_guards(unit: &mut Unit<'_>, client: ClientId) -> Result<()> {
    let now = unit.now();
    let held = records::proxy::of_client(&mut unit.write, client)?;
    let is_guarded = held.iter().any(|proxy| proxy.until_of_age && proxy.is_live(now));
    if is_guarded { Err(Refusal::NotPermitted.into()) } else { Ok(()) }
}

/// Saves a client, revokes what its old address has, and notes what happened.
pub(super) fn save(
    unit: &mut Unit<'_>,
    old: &Client,
    new: &Client,
    happening: Happening,
) -> Result<ClientId> {
    unit.save_client(Some(old), new)?;
    let addresses = (old.profile.email.as_ref(), new.profile.email.as_ref());
    if addresses.0 != addresses.1 {
        let invitations = records::invitation::of_client(&mut unit.write, new.id, usize::MAX)?;
        ending::offers_at(unit, new.id.into(), invitations, addresses, happening)?;
    }
    if old.status.may_sign_in() && !new.status.may_sign_in() {
        ending::access(unit, new.id, happening)?;
    }
    let note = Note::done(new.practice, happening, new.id).about(new.id);
    unit.note(if old.status == new.status { note } else { note.with("status", new.status.word()) });
    Ok(new.id)
}

/// Moves a client to another status. One that stops access ends the sessions of the client's own
/// login and revokes the invitations that wait.
#[derive(Debug, Clone, Serialize)]
pub struct SetClientStatus {
    /// Which.
    pub client: ClientId,
    /// Where to.
    pub status: Status,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for SetClientStatus {
    type Done = ClientId;
    const ACTION: Option<Action> = Some(Action::ClientSetStatus);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ClientId> {
        let old = unit.look().client(self.client)?;
        unit.look().permit(Action::ClientSetStatus, About::Client(old.id))?;
        require_revision(self.revision, old.revision)?;
        let new = old.clone().set_status(self.status)?;
        save(unit, &old, &new, Happening::ClientStatusChanged)?;
        match (old.status.may_sign_in(), new.status.may_sign_in()) {
            (true, false) => tell_holder(unit, &new, Kind::Suspended)?,
            (false, true) => tell_holder(unit, &new, Kind::Reactivated)?,
            (true, true) | (false, false) => {}
        }
        Ok(new.id)
    }
}

/// Takes a guest or a prospective client further by hand; nobody goes back.
#[derive(Debug, Clone, Serialize)]
pub struct SetClientStage {
    /// Which.
    pub client: ClientId,
    /// Where to.
    pub stage: Stage,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl Command for SetClientStage {
    type Done = ClientId;
    const ACTION: Option<Action> = Some(Action::ClientSetStatus);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ClientId> {
        let old = unit.look().client(self.client)?;
        unit.look().permit(Action::ClientSetStatus, About::Client(old.id))?;
        require_revision(self.revision, old.revision)?;
        let new = old.clone().come_to(self.stage)?;
        unit.save_client(Some(&old), &new)?;
        let note = Note::done(new.practice, Happening::ClientUpdated, new.id).about(new.id);
        unit.note(note.with("stage", new.stage.word()));
        Ok(new.id)
    }
}

/// Tells a client's own login, where it has an address (RULES S49).
fn tell_holder(unit: &mut Unit<'_>, client: &Client, kind: Kind) -> Result<()> {
    for login in ending::own_logins(unit, client.id)? {
        let login = records::login::find(&mut unit.write, login)?;
        if let Some(to) = login.as_ref().and_then(notice::to_login) {
            let notice = Notice::plain(kind, client.practice, to, client.id);
            let facts = vec![("status".to_owned(), client.status.word().to_owned())];
            notice::post(unit, Notice { facts, ..notice })?;
        }
    }
    Ok(())
}

impl Admit {
    /// A client of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn client(&self, actor: &Actor, id: ClientId) -> Result<Client> {
        self.read_one(actor, Action::ClientRead, |look| permitted(look, id))
    }

    /// A client, found by the host's own key.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn client_by_external_id(&self, actor: &Actor, external: &ExternalId) -> Result<Client> {
        self.read_one(actor, Action::ClientRead, |look| {
            let practice = look.context.practice()?;
            let noun = Noun::Client;
            let found = records::index::find_external(look.read, practice, noun, external)?;
            permitted(look, ClientId::from_uuid(found.ok_or(Refusal::NotFound)?))
        })
    }
}

fn permitted(look: &mut Look<'_>, id: ClientId) -> Result<Client> {
    let client = look.client(id)?;
    look.permit(Action::ClientRead, About::Client(id))?;
    Ok(client)
}
