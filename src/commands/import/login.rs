//! Logins from a list of our own: who signs in, as which seat and clients, and by what.

use super::{ImportReport, Land, Landed, Progress, Skipped, find, import, parsed, past};
use crate::commands::admit::Admit;
use crate::commands::audit::Note;
use crate::commands::login::{self, NewLogin};
use crate::commands::unit::Unit;
use crate::commands::{client, ending, proxy, staff};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::client::{self as clients, Client, Nature};
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, LoginId, Noun, StaffId, Thing};
use crate::domain::login::{ExternalIdentity, IDENTITIES_MAX, Login, Password};
use crate::domain::practice::Practice;
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Staff, Status};
use crate::domain::text::{Email, ExternalId, Line, Locale, Phone, Reason, Username, Zone};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::exchange::login::{IdentityRow, LoginRow, rows};
use crate::records;
use crate::seal::password::recognise;

/// How many clients one row names at the most.
const CLIENTS_MAX: usize = 64;

impl Admit {
    /// Imports logins, one JSON object a line. Nobody is invited or told.
    ///
    /// A login is found again by the seat or the clients that it is. What its row states replaces
    /// what is on file until its holder has used it here: a password that was chosen here, a reset
    /// or a sign-in leaves it as it is from then on, but for further clients. Only the host brings
    /// hashes and identities, says that an address was proved, and changes a login that is here.
    ///
    /// # Errors
    /// What the access table says; a fault of the store, after which the chunks before it stay.
    pub fn import_logins(
        &self,
        actor: &Actor,
        bytes: &[u8],
        progress: Option<Progress<'_>>,
    ) -> Result<ImportReport<LoginId>> {
        import(self, actor, rows(bytes), parse, progress)
    }
}

/// Whether it may sign in, as the other product has it.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Active,
    Suspended,
    Removed,
}

/// A client as a row names it, and the member that does.
struct Named {
    id: ExternalId,
    path: String,
}

/// A login whose texts are parsed.
struct ImportedLogin {
    staff: Option<ExternalId>,
    clients: Vec<Named>,
    standing: Standing,
    tied_at: Timestamp,
    new: NewLogin,
}

type Parsed<T> = std::result::Result<T, Skipped>;

fn parse(row: LoginRow, now: Timestamp) -> Parsed<ImportedLogin> {
    let clients = clients(&row)?;
    let staff = parsed(ExternalId::parse, &row.staff, "staff")?;
    if staff.is_none() && clients.is_empty() {
        return Err(Skipped::text(Reason::Missing, "client", "client"));
    }
    let standing = match row.status.as_deref() {
        None | Some("active") => Standing::Active,
        Some("suspended") => Standing::Suspended,
        Some("removed") => Standing::Removed,
        Some(_) => return Err(Skipped::text(Reason::Unknown, "status", "status")),
    };
    let created_at = past(row.created_at, now, "created_at")?;
    let tied_at = past(row.activated_at, now, "activated_at")?.or(created_at).unwrap_or(now);
    let email = parsed(Email::parse, &row.email, "email")?;
    let new = NewLogin {
        id: None,
        holder: parsed(Line::parse, &row.holder, "holder")?,
        phone: parsed(Phone::parse, &row.phone, "phone")?,
        locale: parsed(Locale::parse, &row.locale, "locale")?,
        zone: parsed(Zone::parse, &row.zone, "zone")?,
        username: parsed(Username::parse, &row.username, "username")?,
        email_verified: email.is_some() && row.email_verified == Some(true),
        email,
        password: password(&row, tied_at)?,
        identities: identities(row.identities.as_deref().unwrap_or_default())?,
        is_staff: staff.is_some(),
        created_at,
        last_sign_in: past(row.last_sign_in, now, "last_sign_in")?,
    };
    if new.email.is_none() && new.username.is_none() && new.identities.is_empty() {
        return Err(Skipped::text(Reason::Missing, "email", "email"));
    }
    Ok(ImportedLogin { staff, clients, standing, tied_at, new })
}

fn clients(row: &LoginRow) -> Parsed<Vec<Named>> {
    let several = row.clients.as_deref().unwrap_or_default();
    if row.client.is_some() && !several.is_empty() {
        return Err(Skipped::text(Reason::Excluded, "clients", "clients"));
    }
    if several.len() > CLIENTS_MAX {
        let reason = Reason::TooMany { max: CLIENTS_MAX };
        return Err(Skipped::text(reason, "clients", "clients"));
    }
    let one = row.client.iter().map(|id| (id, "client".to_owned()));
    let several = several.iter().enumerate().map(|(at, id)| (id, format!("clients[{at}]")));
    let named = one.chain(several).map(|(id, path)| match ExternalId::parse(id) {
        Ok(id) => Ok(Named { id, path }),
        Err(reason) => Err(Skipped::text(reason, "clients", path)),
    });
    named.collect()
}

fn password(row: &LoginRow, set_at: Timestamp) -> Parsed<Option<Password>> {
    let Some(hash) = &row.hash else { return Ok(None) };
    if recognise(hash).is_none() {
        return Err(Skipped::text(Reason::NotAHash, "hash", "hash"));
    }
    let must_change = row.must_change == Some(true);
    Ok(Some(Password { must_change, ..Password::imported(hash.clone(), set_at) }))
}

fn identities(rows: &[IdentityRow]) -> Parsed<Vec<ExternalIdentity>> {
    if rows.len() > IDENTITIES_MAX {
        let reason = Reason::TooMany { max: IDENTITIES_MAX };
        return Err(Skipped::text(reason, "identities", "identities"));
    }
    let text = |text: &str, at: usize, member: &str| {
        let path = format!("identities[{at}].{member}");
        ExternalId::parse(text).map_err(|reason| Skipped::text(reason, "identities", path))
    };
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let issuer = text(&row.issuer, at, "issuer")?;
        let subject = text(&row.subject, at, "subject")?;
        let identity = ExternalIdentity { issuer, subject };
        if !found.contains(&identity) {
            found.push(identity);
        }
    }
    Ok(found)
}

/// Who a row's login is, as far as that is on file.
struct Holders {
    seat: Option<Staff>,
    clients: Vec<Client>,
    login: Option<Login>,
    /// The seat and the clients that nobody holds as themselves.
    free_seat: Option<Staff>,
    free_clients: Vec<ClientId>,
}

/// What stands against a row before anything is written, and the member at fault.
type Found<T> = std::result::Result<T, (Refusal, String)>;

impl Land for ImportedLogin {
    type Id = LoginId;
    const ACTION: Action = Action::LoginImport;

    fn land(&self, unit: &mut Unit<'_>) -> Result<Landed<LoginId>> {
        let practice = unit.look().practice()?;
        let is_host = unit.context.actor.who == Who::Host;
        if let Some(path) = self.hosts_alone(&practice).filter(|_| !is_host) {
            return Ok(Landed::refused_at(Refusal::NotPermitted, path));
        }
        let holders = match self.holders(unit)? {
            Ok(holders) => holders,
            Err((refusal, path)) => return Ok(Landed::refused_at(refusal, path)),
        };
        match holders.login.clone() {
            None => self.make(unit, &practice, &holders, is_host),
            Some(login) => self.renew(unit, &holders, &login, is_host),
        }
    }
}

impl ImportedLogin {
    /// The member that only the host may state. An address at a shared portal is one: whether it is
    /// taken tells of other practices' logins, and proving it takes a message (RULES S28).
    fn hosts_alone(&self, practice: &Practice) -> Option<&'static str> {
        if self.new.password.is_some() {
            return Some("hash");
        }
        if !self.new.identities.is_empty() {
            return Some("identities");
        }
        (self.new.email.is_some() && practice.shares_portal()).then_some("email")
    }

    fn holders(&self, unit: &mut Unit<'_>) -> Result<Found<Holders>> {
        let mut logins = Vec::new();
        let mut free_seat = None;
        let seat = match &self.staff {
            None => None,
            Some(id) => {
                let refused = |refusal| Ok(Err((refusal, "staff".to_owned())));
                let Some(id) = find(unit, Noun::Staff, id)? else {
                    return refused(Refusal::NotFound);
                };
                let seat = unit.look().staff(StaffId::from_uuid(id))?;
                if seat.status == Status::Ended {
                    return refused(Refusal::AlreadyEnded);
                }
                match seat.login {
                    Some(login) => logins.push(login),
                    None => free_seat = Some(seat.clone()),
                }
                Some(seat)
            }
        };
        let (mut clients, mut free_clients): (Vec<Client>, Vec<ClientId>) = Default::default();
        for named in &self.clients {
            let refused = |refusal| Ok(Err((refusal, named.path.clone())));
            let Some(id) = find(unit, Noun::Client, &named.id)? else {
                return refused(Refusal::NotFound);
            };
            let client = unit.look().client(ClientId::from_uuid(id))?;
            if clients.iter().any(|other| other.id == client.id) {
                continue;
            }
            if client.profile.nature == Nature::Other {
                return refused(Refusal::ClientIsNoPerson);
            }
            if matches!(client.status, clients::Status::PendingDeletion { .. }) {
                return refused(Refusal::ClientPendingDeletion);
            }
            let own = ending::own_logins(unit, client.id)?;
            let earlier = records::proxy::of_client(&mut unit.write, client.id)?;
            if own.is_empty() {
                // What was ended here does not come back with the next file.
                if earlier.iter().any(|proxy| proxy.tie == Tie::Myself) {
                    return refused(Refusal::AlreadyEnded);
                }
                free_clients.push(client.id);
            }
            logins.extend(own);
            if logins.iter().any(|login| *login != logins[0]) {
                return refused(Refusal::ProxyExists);
            }
            clients.push(client);
        }
        let login = match logins.first() {
            Some(login) => records::login::find(&mut unit.write, *login)?,
            None => None,
        };
        Ok(Ok(Holders { seat, clients, login, free_seat, free_clients }))
    }

    fn make(
        &self,
        unit: &mut Unit<'_>,
        practice: &Practice,
        holders: &Holders,
        is_host: bool,
    ) -> Result<Landed<LoginId>> {
        if self.standing == Standing::Removed {
            return Ok(Landed::refused_at(Refusal::AlreadyEnded, "status"));
        }
        let suspends = self.standing == Standing::Suspended;
        if let Some(seat) = holders.seat.as_ref().filter(|_| suspends) {
            staff::require_admin_left(unit, seat)?;
        }
        let email_verified = self.new.email_verified && is_host;
        let login = login::create(unit, practice, NewLogin { email_verified, ..self.new.clone() })?;
        self.note(unit, &login, holders);
        if suspends {
            suspend(unit, holders)?;
        }
        self.tie(unit, &login, holders)?;
        Ok(Landed::Created(login.id))
    }

    fn renew(
        &self,
        unit: &mut Unit<'_>,
        holders: &Holders,
        old: &Login,
        is_host: bool,
    ) -> Result<Landed<LoginId>> {
        // Whoever loses what was in use is told; an import tells nobody, so it takes nothing away.
        let takes_away = match self.standing {
            Standing::Active => false,
            Standing::Suspended => {
                holders.seat.as_ref().is_some_and(|seat| seat.status == Status::Active)
                    || holders.clients.iter().any(|client| client.status.may_sign_in())
            }
            Standing::Removed => true,
        };
        if takes_away {
            return Ok(Landed::refused_at(Refusal::StatusNotAllowed, "status"));
        }
        if let Some(free) = &holders.free_seat {
            let seats = records::staff::of_login(&mut unit.write, old.id)?;
            let is_here =
                |seat: &Staff| seat.practice == free.practice && seat.status != Status::Ended;
            if seats.iter().any(is_here) {
                return Ok(Landed::refused_at(Refusal::LimitReached, "staff"));
            }
        }
        let new = if is_host && self.is_unused(old) { self.over(old) } else { old.clone() };
        if new.identities.len() > IDENTITIES_MAX {
            return Ok(Landed::refused_at(Refusal::LimitReached, "identities"));
        }
        if new != *old {
            unit.save_login(Some(old), &new)?;
            self.note(unit, &new, holders);
        }
        let ties = self.tie(unit, &new, holders)?;
        let is_same = new == *old && ties == 0;
        Ok(if is_same { Landed::Unchanged(old.id) } else { Landed::Updated(old.id) })
    }

    /// Whether nothing has been done with a login here yet: all that its holder or staff do about
    /// its password or address moves its epoch, and a sign-in is later than any that a row knows.
    fn is_unused(&self, login: &Login) -> bool {
        login.epoch == 1
            && login.last_sign_in <= self.new.last_sign_in
            && login.password.as_ref().is_none_or(|password| password.is_imported)
    }

    /// The login with what the row states in place of what is on file.
    fn over(&self, old: &Login) -> Login {
        let (new, old) = (self.new.clone(), old.clone());
        let had_address = old.email.is_some();
        let canonical = |email: &Option<Email>| email.as_ref().map(|it| it.canonical().to_owned());
        let moves = new.email.is_some() && canonical(&new.email) != canonical(&old.email);
        let old = match new.email.clone().filter(|_| moves) {
            Some(email) => old.move_to(email),
            None => old,
        };
        let password = match (new.password, old.password) {
            (Some(new), Some(old)) if new.hash == old.hash => {
                Some(Password { must_change: new.must_change, ..old })
            }
            (new, old) => new.or(old),
        };
        let mut identities = old.identities;
        for identity in new.identities {
            if !identities.contains(&identity) {
                identities.push(identity);
            }
        }
        let login = Login {
            holder: new.holder.or(old.holder),
            phone: new.phone.or(old.phone),
            locale: new.locale.or(old.locale),
            zone: new.zone.or(old.zone),
            username: new.username.or(old.username),
            email: new.email.or(old.email),
            email_verified: new.email_verified || (old.email_verified && !moves),
            password,
            identities,
            last_sign_in: new.last_sign_in.max(old.last_sign_in),
            created_at: new.created_at.unwrap_or(old.created_at),
            ..old
        };
        // A link that waits at the former address must not open the login any more.
        if moves && had_address { login.end_sessions() } else { login }
    }

    fn note(&self, unit: &mut Unit<'_>, login: &Login, holders: &Holders) {
        let seat = holders.seat.as_ref().map(|seat| Thing::from(seat.id));
        let client = holders.clients.first().map(|client| Thing::from(client.id));
        let Ok(practice) = unit.context.practice() else { return };
        let note = Note::done(practice, Happening::LoginImported, login.id);
        let note = note.about(seat.or(client).unwrap_or(login.id.into()));
        let password = if self.new.password.is_some() { "imported" } else { "none" };
        unit.note(note.with("password", password));
    }

    /// Gives a login the seat and the clients that nobody holds yet; says how many.
    fn tie(&self, unit: &mut Unit<'_>, login: &Login, holders: &Holders) -> Result<usize> {
        let practice = unit.context.practice()?;
        if let Some(free) = &holders.free_seat {
            let free = unit.look().staff(free.id)?;
            let held = Staff { login: Some(login.id), ..free.clone() };
            unit.save_staff(Some(&free), &held)?;
            let note = Note::done(practice, Happening::StaffUpdated, free.id).about(free.id);
            unit.note(note.with("cause", "login imported"));
        }
        for client in &holders.free_clients {
            let ends = (login.id, *client);
            let proxy = Proxy::new(unit.new_id(), practice, ends, Tie::Myself, self.tied_at);
            proxy::save(unit, &proxy, Happening::ProxyAdded)?;
        }
        Ok(usize::from(holders.free_seat.is_some()) + holders.free_clients.len())
    }
}

/// Stops what a new login would reach. Nobody has used it, so nobody is told.
fn suspend(unit: &mut Unit<'_>, holders: &Holders) -> Result<()> {
    if let Some(seat) = holders.seat.as_ref().filter(|seat| seat.status == Status::Active) {
        let new = seat.clone().suspend()?;
        staff::save(unit, seat, &new, Happening::StaffSuspended)?;
        ending::seat_offers(unit, new.id, Happening::StaffSuspended)?;
    }
    for old in holders.clients.iter().filter(|client| client.status.may_sign_in()) {
        let new = old.clone().set_status(clients::Status::Suspended)?;
        client::save(unit, old, &new, Happening::ClientStatusChanged)?;
    }
    Ok(())
}
