//! Proxies from a list of our own: logins that are here, tied to clients that are here.

use super::{ImportReport, Land, Landed, Progress, Skipped, find, import, parsed, required};
use crate::commands::admit::Admit;
use crate::commands::unit::Unit;
use crate::commands::{ending, proxy};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::client::Nature;
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, LoginId, Noun, ProxyId, StaffId};
use crate::domain::login::{Login, Status};
use crate::domain::practice::Practice;
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Email, ExternalId, Line, Reason, Username};
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::exchange::proxy::{ProxyRow, rows};
use crate::records;

impl Admit {
    /// Imports proxies, one JSON object a line. Nobody is told.
    ///
    /// A proxy is found again by its login and client, and then takes the relationship and the end
    /// that its row states. One that has ended here stays ended. The host names any login of the
    /// portal; an admin those that have a seat or a client in the practice.
    ///
    /// # Errors
    /// What the access table says; a fault of the store, after which the chunks before it stay.
    pub fn import_proxies(
        &self,
        actor: &Actor,
        bytes: &[u8],
        progress: Option<Progress<'_>>,
    ) -> Result<ImportReport<ProxyId>> {
        import(self, actor, rows(bytes), parse, progress)
    }
}

/// How a row names a login.
enum Named {
    /// By the canonical form of a sign-in name.
    Name(String),
    /// By the client that it is.
    Client(ExternalId),
    /// By the seat that it holds.
    Staff(ExternalId),
}

/// A proxy whose texts are parsed.
struct ImportedProxy {
    client: ExternalId,
    login: Named,
    login_path: &'static str,
    tie: Tie,
    ends_at: Option<Timestamp>,
}

fn parse(row: ProxyRow, _: Timestamp) -> std::result::Result<ImportedProxy, Skipped> {
    let username = parsed(Username::parse, &row.username, "username")?;
    let email = parsed(Email::parse, &row.email, "email")?;
    let client = parsed(ExternalId::parse, &row.login_client, "login_client")?;
    let staff = parsed(ExternalId::parse, &row.login_staff, "login_staff")?;
    let named = [
        ("username", username.map(|it| Named::Name(it.canonical().to_owned()))),
        ("email", email.map(|it| Named::Name(it.canonical().to_owned()))),
        ("login_client", client.map(Named::Client)),
        ("login_staff", staff.map(Named::Staff)),
    ];
    let mut named = named.into_iter().filter_map(|(path, it)| Some((path, it?)));
    let Some((login_path, login)) = named.next() else {
        return Err(Skipped::text(Reason::Missing, "username", "username"));
    };
    if let Some((path, _)) = named.next() {
        return Err(Skipped::text(Reason::Excluded, path, path));
    }
    let relationship = parsed(Line::parse, &row.relationship, "relationship")?;
    let tie = match row.tie.as_deref() {
        None | Some("guardian") => Tie::Guardian { relationship },
        Some("self") if relationship.is_some() => {
            return Err(Skipped::text(Reason::Excluded, "relationship", "relationship"));
        }
        Some("self") => Tie::Myself,
        Some(_) => return Err(Skipped::text(Reason::Unknown, "tie", "tie")),
    };
    Ok(ImportedProxy {
        client: required(ExternalId::parse, &row.client, "client")?,
        login,
        login_path,
        tie,
        ends_at: row.ends_at.filter(|millis| *millis != 0).map(Timestamp::from_millis),
    })
}

impl Land for ImportedProxy {
    type Id = ProxyId;
    const ACTION: Action = Action::ProxyImport;

    fn land(&self, unit: &mut Unit<'_>) -> Result<Landed<ProxyId>> {
        let now = unit.now();
        let practice = unit.look().practice()?;
        let Some(client) = find(unit, Noun::Client, &self.client)? else {
            return Ok(Landed::refused_at(Refusal::NotFound, "client"));
        };
        let client = unit.look().client(ClientId::from_uuid(client))?;
        if client.profile.nature == Nature::Other {
            return Ok(Landed::refused_at(Refusal::ClientIsNoPerson, "client"));
        }
        let Some(login) = self.login(unit, &practice)? else {
            return Ok(Landed::refused_at(Refusal::NotFound, self.login_path));
        };
        if self.ends_at.is_some_and(|end| end <= now) {
            return Ok(Landed::refused_at(Refusal::AlreadyEnded, "ends_at"));
        }
        let ties = records::proxy::of_client(&mut unit.write, client.id)?;
        let live = |tie: &&Proxy| tie.is_live(now);
        if let Some(old) = ties.iter().filter(live).find(|tie| tie.login == login.id) {
            return self.renew(unit, old);
        }
        if ties.iter().any(|tie| tie.login == login.id) {
            return Err(Refusal::AlreadyEnded.into());
        }
        if self.tie == Tie::Myself && ties.iter().filter(live).any(|tie| tie.tie == Tie::Myself) {
            return Err(Refusal::ProxyExists.into());
        }
        let new = proxy::made(unit, &practice, (login.id, &client), &self.tie, self.ends_at);
        proxy::save(unit, &new, Happening::ProxyAdded).map(Landed::Created)
    }
}

impl ImportedProxy {
    fn login(&self, unit: &mut Unit<'_>, practice: &Practice) -> Result<Option<Login>> {
        let id: Option<LoginId> = match &self.login {
            Named::Name(name) => {
                records::login::find_by_name(&mut unit.write, practice.portal, name)?
            }
            Named::Client(id) => match find(unit, Noun::Client, id)? {
                Some(id) => ending::own_logins(unit, ClientId::from_uuid(id))?.first().copied(),
                None => None,
            },
            Named::Staff(id) => match find(unit, Noun::Staff, id)? {
                Some(id) => unit.look().staff(StaffId::from_uuid(id))?.login,
                None => None,
            },
        };
        let Some(id) = id else { return Ok(None) };
        let found = if unit.context.actor.who == Who::Host {
            records::login::find(&mut unit.write, id)?
        } else {
            // A login of another practice is not there for an admin (RULES S28).
            match unit.look().login(id) {
                Err(Error::Refused(Refusal::NotFound)) => None,
                found => Some(found?),
            }
        };
        Ok(found.filter(|login| login.status == Status::Active))
    }

    fn renew(&self, unit: &mut Unit<'_>, old: &Proxy) -> Result<Landed<ProxyId>> {
        let tie = match (&self.tie, &old.tie) {
            (Tie::Myself, Tie::Myself) => Tie::Myself,
            (Tie::Guardian { relationship: new }, Tie::Guardian { relationship: old }) => {
                Tie::Guardian { relationship: new.clone().or_else(|| old.clone()) }
            }
            (Tie::Myself, Tie::Guardian { .. }) | (Tie::Guardian { .. }, Tie::Myself) => {
                return Err(Refusal::ProxyExists.into());
            }
        };
        let new = Proxy { tie, ..old.clone() }.until(self.ends_at);
        if new == *old {
            return Ok(Landed::Unchanged(old.id));
        }
        proxy::save(unit, &new, Happening::ProxyChanged).map(Landed::Updated)
    }
}
