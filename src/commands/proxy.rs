//! Proxies: a login is tied to a client, as the client itself or as its guardian.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::look::{About, Look};
use super::notice::{self, Notice};
use super::unit::Unit;
use super::{ending, require_ahead};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::{Actor, Who};
use crate::domain::client::{Client, Nature};
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, LoginId, ProxyId};
use crate::domain::login;
use crate::domain::message::{Kind, To};
use crate::domain::practice::{Practice, Settings};
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::text::Zone;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use serde::Serialize;

/// How many clients one commit looks at when the age of majority has changed.
const MOVED_AT_ONCE: usize = 1_000;

/// Ties a login of the practice to a client of it.
///
/// A guardian without an end is one until the client comes of age, where the day of birth is known
/// and that day lies ahead: until the birthday begins in the practice's zone. An adult under
/// guardianship has a guardian without an end.
#[derive(Debug, Clone, Serialize)]
pub struct AddProxy {
    /// Who is served.
    pub client: ClientId,
    /// Who signs in.
    pub login: LoginId,
    /// What the one is to the other.
    pub tie: Tie,
    /// When it ends by itself.
    pub ends_at: Option<Timestamp>,
}

impl Command for AddProxy {
    type Done = ProxyId;
    const ACTION: Option<Action> = Some(Action::ProxyAdd);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ProxyId> {
        let client = unit.look().client(self.client)?;
        let login = unit.look().login(self.login)?;
        unit.look().permit(Action::ProxyAdd, About::Client(client.id))?;
        // Else tying a login to one's own client would open what else the login reaches.
        unit.look().permit(Action::ProxyAdd, About::Login(login.id))?;
        let practice = unit.look().practice()?;
        if login.status != login::Status::Active || login.portal != practice.portal {
            return Err(Refusal::NotFound.into());
        }
        require_ahead(self.ends_at, unit.now(), "ends_at")?;
        if client.profile.nature == Nature::Other {
            return Err(Refusal::ClientIsNoPerson.into());
        }
        let now = unit.now();
        let held = records::proxy::of_client(&mut unit.write, client.id)?;
        let excludes = |proxy: &Proxy| {
            proxy.login == login.id || (proxy.tie == Tie::Myself && self.tie == Tie::Myself)
        };
        if held.iter().any(|proxy| proxy.is_live(now) && excludes(proxy)) {
            return Err(Refusal::ProxyExists.into());
        }
        let proxy = made(unit, &practice, (login.id, &client), &self.tie, self.ends_at);
        save(unit, &proxy, Happening::ProxyAdded)
    }
}

/// A new tie, with the end that is given, or else when a guardian's client comes of age.
pub(super) fn made(
    unit: &mut Unit<'_>,
    practice: &Practice,
    (login, client): (LoginId, &Client),
    tie: &Tie,
    ends_at: Option<Timestamp>,
) -> Proxy {
    let now = unit.now();
    let new = Proxy::new(unit.new_id(), practice.id, (login, client.id), tie.clone(), now);
    let of_age = match tie {
        Tie::Myself => None,
        Tie::Guardian { .. } => comes_of_age(client, &practice.settings).filter(|end| *end > now),
    };
    Proxy { ends_at: of_age, ..new }.until(ends_at)
}

/// When a client comes of age, where the day of birth is known: when the birthday begins in the
/// practice's zone, or in UTC. Who is born on 29 February comes of age on 1 March of other years.
fn comes_of_age(client: &Client, settings: &Settings) -> Option<Timestamp> {
    let birth = client.profile.birth.as_ref()?.day()?;
    let year = birth.year() + i32::from(settings.majority);
    let day = birth.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))?;
    Some(begin(day, settings.zone.map_or(Tz::UTC, Zone::rules)))
}

/// When a day begins in a zone: at midnight, or where clocks skip that, right after.
fn begin(day: NaiveDate, zone: Tz) -> Timestamp {
    let midnight = day.and_time(NaiveTime::MIN);
    let there_is = |step: i64| {
        let at = midnight + TimeDelta::minutes(15 * step);
        zone.from_local_datetime(&at).earliest()
    };
    // No clock ever skipped more than a day.
    let first = (0..=96).find_map(there_is).map(|at| at.timestamp_millis());
    Timestamp::from_millis(first.unwrap_or(midnight.and_utc().timestamp_millis()))
}

/// Moves the ends of a client's guardians after what they depend on has changed.
pub(super) fn move_ends(unit: &mut Unit<'_>, client: &Client, practice: &Practice) -> Result<()> {
    let now = unit.now();
    let of_age = comes_of_age(client, &practice.settings);
    for old in records::proxy::of_client(&mut unit.write, client.id)? {
        let new = old.clone().moved_to(of_age, now);
        if new != old {
            records::proxy::put(&mut unit.write, &new)?;
            unit.touch(client.id);
        }
    }
    Ok(())
}

/// Moves the ends of all guardians of a practice, some clients at a time: upkeep goes on after
/// the last of them.
pub(super) fn move_all_ends(
    unit: &mut Unit<'_>,
    practice: &Practice,
    after: Option<ClientId>,
) -> Result<()> {
    let cursor = after.as_ref().map(|id| id.bytes().as_slice());
    let clients =
        records::client::of_practice(&mut unit.write, practice.id, cursor, MOVED_AT_ONCE)?;
    for id in &clients {
        if let Some(client) = records::client::find(&mut unit.write, *id)? {
            move_ends(unit, &client, practice)?;
        }
    }
    if let Some(last) = clients.last().filter(|_| clients.len() == MOVED_AT_ONCE) {
        let key = records::index::key(&[practice.id.bytes(), last.bytes()]);
        let now = Some(unit.now());
        records::due::shift(&mut unit.write, records::due::Kind::MajorityMoved, &key, None, now)?;
    }
    Ok(())
}

/// Writes a proxy, and notes what happened.
pub(super) fn save(unit: &mut Unit<'_>, proxy: &Proxy, happening: Happening) -> Result<ProxyId> {
    records::proxy::put(&mut unit.write, proxy)?;
    unit.touch(proxy.client);
    let tie = match proxy.tie {
        Tie::Myself => "self",
        Tie::Guardian { .. } => "guardian",
    };
    let note = Note::done(proxy.practice, happening, proxy.id).about(proxy.client);
    let note = note.with("tie", tie).with("login", proxy.login);
    let is_of_age = proxy.ended_at.is_some() && proxy.ended_at == proxy.ends_at;
    unit.note(match happening {
        Happening::ProxyEnded if is_of_age && proxy.until_of_age => note.with("cause", "of age"),
        _ => note,
    });
    Ok(proxy.id)
}

/// Ends the tie of a login to a client. A login that then holds nothing in the practice is signed
/// out. A guardian ends its own tie alone.
#[derive(Debug, Clone, Serialize)]
pub struct EndProxy {
    /// Which.
    pub proxy: ProxyId,
}

impl Command for EndProxy {
    type Done = ProxyId;
    const ACTION: Option<Action> = Some(Action::ProxyEnd);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ProxyId> {
        let old = unit.look().proxy(self.proxy)?;
        require_may_end(&mut unit.look(), &old)?;
        let new = old.end(unit.now())?;
        end(unit, &new)
    }
}

/// Holds that the actor may end the tie: a guardian its own alone.
pub(super) fn require_may_end(look: &mut Look<'_>, proxy: &Proxy) -> Result<()> {
    let standing = look.permit(Action::ProxyEnd, About::Client(proxy.client))?;
    let is_own = matches!(look.context.actor.who, Who::Login { id, .. } if id == proxy.login);
    if standing == Standing::Guardian && !is_own {
        return Err(Refusal::NotPermitted.into());
    }
    Ok(())
}

/// Writes a proxy that has ended, and tells both sides where it was a guardian's.
pub(super) fn end(unit: &mut Unit<'_>, proxy: &Proxy) -> Result<ProxyId> {
    save(unit, proxy, Happening::ProxyEnded)?;
    ending::sessions_without_ties(unit, proxy.practice, proxy.login)?;
    if proxy.tie == Tie::Myself {
        return Ok(proxy.id);
    }
    let login = records::login::find(&mut unit.write, proxy.login)?;
    let client = records::client::find(&mut unit.write, proxy.client)?;
    let to_guardian = login.as_ref().and_then(notice::to_login);
    let to_client = client.as_ref().and_then(notice::to_client);
    let to_client = match (to_client, &client) {
        (None, Some(client)) if client.status.gets_notices() => own_address(unit, client.id)?,
        (to_client, _) => to_client,
    };
    // A family often shares one address: it is told once.
    let to_client = to_client
        .filter(|to| to_guardian.as_ref().is_none_or(|guardian| guardian.address != to.address));
    for to in [to_guardian, to_client].into_iter().flatten() {
        let kind = Kind::GuardianEnded;
        notice::post(unit, Notice::plain(kind, proxy.practice, to, proxy.client))?;
    }
    Ok(proxy.id)
}

/// The address of a client's own login.
fn own_address(unit: &mut Unit<'_>, client: ClientId) -> Result<Option<To>> {
    for own in ending::own_logins(unit, client)? {
        let login = records::login::find(&mut unit.write, own)?;
        if let Some(to) = login.as_ref().and_then(notice::to_login) {
            return Ok(Some(to));
        }
    }
    Ok(None)
}

impl Admit {
    /// The proxies of a client, ended ones too, oldest first.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn proxies(&self, actor: &Actor, client: ClientId) -> Result<Vec<Proxy>> {
        self.read_one(actor, Action::ProxyRead, |look| {
            let client = look.client(client)?.id;
            look.permit(Action::ProxyRead, About::Client(client))?;
            Ok(records::proxy::of_client(look.read, client)?)
        })
    }

    /// The proxies of a login in the actor's practice, ended ones too, oldest first.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn proxies_of_login(&self, actor: &Actor, login: LoginId) -> Result<Vec<Proxy>> {
        self.read_one(actor, Action::ProxyRead, |look| {
            let login = look.login(login)?.id;
            look.permit(Action::ProxyRead, About::Login(login))?;
            let practice = look.context.practice()?;
            let held = records::proxy::of_login(look.read, login)?;
            Ok(held.into_iter().filter(|proxy| proxy.practice == practice).collect())
        })
    }
}
