//! Logins: made by staff or on acceptance, and kept by their holders.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::look::{About, Look};
use super::password::{Hashed, request_digest};
use super::password_change::{Temporary, TemporaryPassword, tell_here};
use super::reach::{ClientReached, SeatReached};
use super::unit::Unit;
use super::{address, failures, reach, unless_refused};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::client::Client;
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, LoginId, StaffId, Thing};
use crate::domain::login::{ExternalIdentity, IDENTITIES_MAX, Login, Password, State, Status};
use crate::domain::message::Kind;
use crate::domain::practice::Practice;
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::staff::{self, Staff};
use crate::domain::text::{
    Email, IdempotencyKey, Line, Locale, PersonName, Phone, Reason, Username, Zone,
};
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::records;
use crate::seal::password::recognise;
use secrecy::{ExposeSecret, SecretString};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use std::sync::Arc;

/// What a new login has.
#[derive(Debug, Clone, Default)]
pub(super) struct NewLogin {
    /// Its id, where that was fixed before.
    pub id: Option<LoginId>,
    /// The holder's name.
    pub holder: Option<Line>,
    /// The holder's phone.
    pub phone: Option<Phone>,
    /// The holder's language.
    pub locale: Option<Locale>,
    /// The holder's time zone.
    pub zone: Option<Zone>,
    /// A sign-in name apart from the address.
    pub username: Option<Username>,
    /// The address, also a sign-in name.
    pub email: Option<Email>,
    /// Whether our own delivery has proved the address.
    pub email_verified: bool,
    /// The password, once there is one.
    pub password: Option<Password>,
    /// External identities that the host has verified.
    pub identities: Vec<ExternalIdentity>,
    /// Whether it is for a seat.
    pub is_staff: bool,
    /// When it was made; None is now.
    pub created_at: Option<Timestamp>,
    /// When it last signed in, in another product.
    pub last_sign_in: Option<Timestamp>,
}

/// What is on file about the holder.
struct OnFile<'a> {
    name: Option<String>,
    phone: &'a Option<Phone>,
    locale: &'a Option<Locale>,
    zone: Option<Zone>,
}

impl NewLogin {
    /// Takes of the file what is not said.
    fn filled_in(self, on_file: OnFile<'_>) -> Self {
        let name = on_file.name.as_deref().and_then(|name| Line::parse(name).ok());
        Self {
            holder: self.holder.or(name),
            phone: self.phone.or_else(|| on_file.phone.clone()),
            locale: self.locale.or_else(|| on_file.locale.clone()),
            zone: self.zone.or(on_file.zone),
            ..self
        }
    }
}

/// Makes a login, without a note of its own.
///
/// Where practices share a portal, an address that nobody has proved becomes the login's once the
/// link sent there is opened: else one practice would learn who has a login at another (RULES
/// S28). Only the host, which serves them all, says at once what the address is.
///
/// # Errors
/// `NameTaken` or `IdentityTaken`; `Invalid` where nothing but such an address signs in.
pub(super) fn create(unit: &mut Unit<'_>, practice: &Practice, new: NewLogin) -> Result<Login> {
    let now = unit.now();
    let is_told = !practice.shares_portal() || unit.context.actor.who == Who::Host;
    let (email, unproven) =
        if is_told || new.email_verified { (new.email, None) } else { (None, new.email) };
    if unproven.is_some() && new.username.is_none() && new.identities.is_empty() {
        return Err(Reason::Missing).field("username");
    }
    let login = Login {
        id: new.id.unwrap_or_else(|| unit.new_id()),
        portal: practice.portal,
        status: Status::Active,
        holder: new.holder,
        phone: new.phone,
        locale: new.locale,
        zone: new.zone,
        username: new.username,
        email,
        email_verified: new.email_verified,
        password: new.password,
        identities: new.identities,
        epoch: records::care::load(&mut unit.write)?.epoch_floor.max(1),
        last_sign_in: new.last_sign_in,
        created_at: new.created_at.unwrap_or(now),
        updated_at: now,
        revision: 0,
    };
    unit.save_login(None, &login)?;
    if let Some(to) = unproven {
        address::ask_to_prove(unit, &login, practice.id, to, new.is_staff)?;
    }
    Ok(login)
}

/// Makes the login of a client on file, and the tie between them, without a note of its own.
///
/// # Errors
/// What stands against inviting the client, `ClientAlreadyActivated`, `NameTaken` or
/// `IdentityTaken`.
pub(super) fn create_for_client(
    unit: &mut Unit<'_>,
    client: &Client,
    new: NewLogin,
    temporary: Option<Hashed>,
) -> Result<Login> {
    client.require_invitable()?;
    let now = unit.now();
    let ties = records::proxy::of_client(&mut unit.write, client.id)?;
    if ties.iter().any(|proxy| proxy.tie == Tie::Myself && proxy.is_live(now)) {
        return Err(Refusal::ClientAlreadyActivated.into());
    }
    let profile = &client.profile;
    let new = new.filled_in(OnFile {
        name: profile.names.first().map(PersonName::display),
        phone: &profile.phone,
        locale: &profile.locale,
        zone: profile.zone,
    });
    let login = create_with(unit, new, temporary)?;
    let (practice, ends) = (client.practice, (login.id, client.id));
    let proxy = Proxy::new(unit.new_id(), practice, ends, Tie::Myself, now);
    records::proxy::put(&mut unit.write, &proxy)?;
    unit.touch(client.id);
    Ok(login)
}

fn create_for_seat(
    unit: &mut Unit<'_>,
    seat: &Staff,
    new: NewLogin,
    temporary: Option<Hashed>,
) -> Result<Login> {
    if seat.status == staff::Status::Ended || seat.login.is_some() {
        return Err(Refusal::StatusNotAllowed.into());
    }
    let new = new.filled_in(OnFile {
        name: Some(seat.name.display()),
        phone: &seat.phone,
        locale: &seat.locale,
        zone: seat.zone,
    });
    let login = create_with(unit, NewLogin { is_staff: true, ..new }, temporary)?;
    let held = Staff { login: Some(login.id), ..seat.clone() };
    unit.save_staff(Some(seat), &held)?;
    Ok(login)
}

fn create_with(unit: &mut Unit<'_>, new: NewLogin, temporary: Option<Hashed>) -> Result<Login> {
    let practice = unit.look().practice()?;
    let set = temporary.map(|hashed| Password::temporary(hashed.phc, unit.now()));
    create(unit, &practice, NewLogin { password: set.or(new.password), ..new })
}

/// Makes a login by hand, with its tie to a client or its seat. A password given here is
/// temporary; an imported hash is its holder's own, and is replaced at the next sign-in.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreateLogin {
    /// The client that it is; or else a seat.
    pub client: Option<ClientId>,
    /// The seat that it holds; or else a client.
    pub staff: Option<StaffId>,
    /// The address, also a sign-in name.
    pub email: Option<Email>,
    /// A sign-in name apart from the address.
    pub username: Option<Username>,
    /// The holder's name.
    pub holder: Option<Line>,
    /// The holder's phone.
    pub phone: Option<Phone>,
    /// The holder's language.
    pub locale: Option<Locale>,
    /// The holder's time zone.
    pub zone: Option<Zone>,
    /// External identities that the host has verified; the host alone states them.
    pub identities: Vec<ExternalIdentity>,
    /// A hash from another product; the host alone states it.
    #[serde(skip)]
    pub imported_hash: Option<SecretString>,
    /// A temporary password.
    #[serde(skip)]
    pub password: Option<TemporaryPassword>,
}

/// A login was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoginCreated {
    /// Which.
    pub login: LoginId,
    /// The temporary password, where the library made it; shown this once.
    #[serde(skip)]
    pub password: Option<SecretString>,
}

/// A login, and the epoch from which its sessions count now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginEpoch {
    /// Which.
    pub login: LoginId,
    /// The epoch.
    pub epoch: u32,
}

/// Whom a new login is for.
#[derive(Debug, Clone, Copy)]
enum Holder {
    Client(ClientId),
    Seat(StaffId),
}

impl CreateLogin {
    /// Holds that the parts go together, and says for whom it is.
    fn require_sound(&self) -> Result<Holder> {
        let holder = match (self.client, self.staff) {
            (Some(client), None) => Holder::Client(client),
            (None, Some(staff)) => Holder::Seat(staff),
            (None, None) => return Err(Reason::Missing).field("client"),
            (Some(_), Some(_)) => return Err(Reason::Excluded).field("staff"),
        };
        if self.email.is_none() && self.username.is_none() && self.identities.is_empty() {
            return Err(Reason::Missing).field("email");
        }
        if self.identities.len() > IDENTITIES_MAX {
            return Err(Reason::TooMany { max: IDENTITIES_MAX }).field("identities");
        }
        let Some(hash) = &self.imported_hash else { return Ok(holder) };
        if self.password.is_some() {
            return Err(Reason::Excluded).field("imported_hash");
        }
        match recognise(hash.expose_secret()) {
            Some(_) => Ok(holder),
            None => Err(Reason::Unknown).field("imported_hash"),
        }
    }

    fn permitted(&self, look: &mut Look<'_>) -> Result<Practice> {
        let about = match (self.client, self.staff) {
            (Some(client), None) => About::Client(look.client(client)?.id),
            _ => About::Practice,
        };
        look.permit(Action::LoginCreate, about)?;
        // Nothing here proves either, so only the host says whose they are, as in an import.
        let is_brought = self.imported_hash.is_some() || !self.identities.is_empty();
        if is_brought && look.context.actor.who != Who::Host {
            return Err(Refusal::NotPermitted.into());
        }
        let practice = look.practice()?;
        if let Some(password) = &self.password {
            look.permit(Action::LoginSetTemporary, about)?;
            password.require_allowed(&practice)?;
        }
        Ok(practice)
    }

    fn new_login(&self, now: Timestamp) -> NewLogin {
        let hash = self.imported_hash.as_ref();
        let imported = hash.map(|hash| Password::imported(hash.expose_secret().to_owned(), now));
        NewLogin {
            id: None,
            holder: self.holder.clone(),
            phone: self.phone.clone(),
            locale: self.locale.clone(),
            zone: self.zone,
            username: self.username.clone(),
            email: self.email.clone(),
            password: imported,
            identities: self.identities.clone(),
            ..NewLogin::default()
        }
    }
}

#[derive(Serialize)]
struct Create {
    given: CreateLogin,
    request: [u8; 32],
    #[serde(skip)]
    temporary: Option<Temporary>,
}

impl Command for Create {
    type Done = LoginCreated;
    const ACTION: Option<Action> = Some(Action::LoginCreate);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<LoginCreated> {
        let practice = self.given.permitted(&mut unit.look())?;
        let holder = self.given.require_sound()?;
        if self.given.password.is_some() && self.temporary.is_none() {
            return Err(Refusal::Conflict.into());
        }
        let hashed = self.temporary.as_ref().map(|temporary| temporary.hashed.clone());
        let new = self.given.new_login(unit.now());
        let (login, subject): (_, Thing) = match holder {
            Holder::Client(id) => {
                let client = unit.look().client(id)?;
                (create_for_client(unit, &client, new, hashed)?, id.into())
            }
            Holder::Seat(id) => {
                let seat = unit.look().staff(id)?;
                (create_for_seat(unit, &seat, new, hashed)?, id.into())
            }
        };
        unit.note(Note::done(practice.id, Happening::LoginCreated, login.id).about(subject));
        if self.temporary.is_some() {
            tell_here(unit, &login, Kind::TemporaryPasswordSet)?;
        }
        let password = self.temporary.as_ref().and_then(|temporary| temporary.shown.clone());
        Ok(LoginCreated { login: login.id, password })
    }
}

/// A login as the actor's practice sees it.
#[derive(Debug, Clone)]
pub struct LoginView {
    /// The login, without its password.
    pub login: Login,
    /// What a list shows of it.
    pub state: State,
    /// Whether its password must be changed at the next sign-in.
    pub must_change: bool,
    /// When its temporary password lapses.
    pub temporary_until: Option<Timestamp>,
    /// The seats that it holds in this practice.
    pub seats: Vec<SeatReached>,
    /// The clients that it holds in this practice.
    pub clients: Vec<ClientReached>,
}

// Written out member by member: what a login is given later stays out of it until it is named here.
impl Serialize for LoginView {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let Self { login, state, must_change, temporary_until, seats, clients } = self;
        let mut json = serializer.serialize_struct("Login", 21)?;
        json.serialize_field("id", &login.id)?;
        json.serialize_field("portal", &login.portal)?;
        json.serialize_field("status", &login.status)?;
        json.serialize_field("state", state)?;
        json.serialize_field("holder", &login.holder)?;
        json.serialize_field("phone", &login.phone)?;
        json.serialize_field("locale", &login.locale)?;
        json.serialize_field("zone", &login.zone)?;
        json.serialize_field("username", &login.username.as_ref().map(|name| name.as_str()))?;
        json.serialize_field("email", &login.email)?;
        json.serialize_field("email_verified", &login.email_verified)?;
        json.serialize_field("identities", &login.identities)?;
        json.serialize_field("epoch", &login.epoch)?;
        json.serialize_field("last_sign_in", &login.last_sign_in)?;
        json.serialize_field("must_change", must_change)?;
        json.serialize_field("temporary_until", temporary_until)?;
        json.serialize_field("seats", seats)?;
        json.serialize_field("clients", clients)?;
        json.serialize_field("created_at", &login.created_at)?;
        json.serialize_field("updated_at", &login.updated_at)?;
        json.serialize_field("revision", &login.revision)?;
        json.end()
    }
}

impl Admit {
    /// Makes a login by hand.
    ///
    /// Where practices share a portal, staff learn nothing of another's logins: an address that
    /// they give becomes the login's once the link sent there is opened, so a user name is needed
    /// beside it. Names are one for the whole portal, so a user name that is
    /// taken is told; and the host is told of an address too, which it keeps from the practices.
    ///
    /// # Errors
    /// What the access table says, for the temporary password too; `NotPermitted` for a hash or an
    /// identity that staff state; `Invalid` where parts do not
    /// go together or the imported hash is not recognised; the weakness of a typed password; what
    /// stands against the client or seat; `NameTaken` or `IdentityTaken`.
    pub fn create_login(
        &self,
        actor: &Actor,
        create: &CreateLogin,
        key: Option<&IdempotencyKey>,
    ) -> Result<LoginCreated> {
        create.require_sound()?;
        let context = Arc::new(self.context(actor)?);
        let mut request = [0; 32];
        let mut temporary = None;
        if let Some(password) = &create.password {
            request = password.request(&context);
            let seen = self.look_in(&context, |look| create.permitted(look));
            if let Some(practice) = unless_refused(seen)? {
                let names = (create.holder.as_ref(), create.email.as_ref());
                let words = reach::words(&practice, names, create.username.as_ref());
                let settings = &practice.settings;
                temporary = Some(self.prepare_temporary(&context, settings, &words, password)?);
            }
        } else if let Some(hash) = &create.imported_hash {
            request = request_digest(&context, &[hash]);
        }
        self.run_in(context, Create { given: create.clone(), request, temporary }, key)
    }

    /// A login that has a seat or a client in the actor's practice, or is the actor itself.
    ///
    /// Where practices share a portal, staff see none of its external identities: an issuer would
    /// tell at which other practice it was linked.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn login(&self, actor: &Actor, id: LoginId) -> Result<LoginView> {
        self.read_one(actor, Action::LoginRead, |look| {
            let login = look.login(id)?;
            look.permit(Action::LoginRead, About::Login(id))?;
            view(look, login)
        })
    }
}

/// A login as the actor's practice sees it.
pub(super) fn view(look: &mut Look<'_>, login: Login) -> Result<LoginView> {
    let state = State::of(&login, failures::worst_of(look, &login)?, look.now());
    let practice = look.practice()?;
    let here = reach::any_way(look, &login)?.within(practice.id);
    let hides = practice.shares_portal() && matches!(look.context.actor.who, Who::Staff(_));
    let identities = if hides { Vec::new() } else { login.identities.clone() };
    Ok(LoginView {
        state,
        must_change: login.password.as_ref().is_some_and(|it| it.must_change),
        temporary_until: login.password.as_ref().and_then(|it| it.temporary_until),
        login: Login { password: None, identities, ..login },
        seats: here.seats,
        clients: here.clients,
    })
}
