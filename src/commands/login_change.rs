//! What becomes of a login that exists: its holder's own facts, locks, sessions, and its end.

use super::admit::Command;
use super::audit::Note;
use super::login::LoginEpoch;
use super::look::About;
use super::password_change::tell_here;
use super::unit::Unit;
use super::{Change, failures, reach, require_revision};
use crate::domain::access::Action;
use crate::domain::actor::Who;
use crate::domain::event::Happening;
use crate::domain::id::{LoginId, ProxyId, StaffId};
use crate::domain::login::{Login, Status};
use crate::domain::message::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Staff;
use crate::domain::text::{Line, Locale, Phone, Reason, Username, Zone};
use crate::error::{InField, Result};
use crate::records;
use serde::{Deserialize, Serialize};

/// Changes the holder's own facts. Only the login itself changes its user name, which ends its
/// other sessions and kills the links that wait.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateLogin {
    /// Which.
    pub login: LoginId,
    /// The holder's name.
    pub holder: Change<Line>,
    /// The holder's phone.
    pub phone: Change<Phone>,
    /// The holder's language.
    pub locale: Change<Locale>,
    /// The holder's time zone.
    pub zone: Change<Zone>,
    /// The sign-in name apart from the address.
    pub username: Change<Username>,
    /// The revision that the caller saw; 0 is any.
    pub revision: u64,
}

impl UpdateLogin {
    /// An update that changes nothing yet.
    pub const fn of(login: LoginId) -> Self {
        Self {
            login,
            holder: Change::Keep,
            phone: Change::Keep,
            locale: Change::Keep,
            zone: Change::Keep,
            username: Change::Keep,
            revision: 0,
        }
    }
}

fn active(unit: &mut Unit<'_>, id: LoginId) -> Result<Login> {
    let login = unit.look().login(id)?;
    match login.status {
        Status::Active => Ok(login),
        Status::Removed => Err(Refusal::NotFound.into()),
    }
}

impl Command for UpdateLogin {
    type Done = LoginEpoch;
    const ACTION: Option<Action> = Some(Action::LoginUpdate);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<LoginEpoch> {
        let old = active(unit, self.login)?;
        unit.look().permit(Action::LoginUpdate, About::Login(old.id))?;
        let is_itself = matches!(unit.context.actor.who, Who::Login { id, .. } if id == old.id);
        if self.username != Change::Keep && !is_itself {
            return Err(Refusal::NotPermitted.into());
        }
        require_revision(self.revision, old.revision)?;
        let mut new = old.clone();
        self.holder.clone().apply(&mut new.holder);
        self.phone.clone().apply(&mut new.phone);
        self.locale.clone().apply(&mut new.locale);
        self.zone.clone().apply(&mut new.zone);
        self.username.clone().apply(&mut new.username);
        if new.username.is_none() && new.email.is_none() && new.identities.is_empty() {
            return Err(Reason::Missing).field("username");
        }
        if new.username != old.username {
            new = new.end_sessions();
        }
        unit.save_login(Some(&old), &new)?;
        let note = Note::at_portal(new.portal, Happening::LoginUpdated, new.id);
        unit.note(note.about(new.id));
        Ok(LoginEpoch { login: new.id, epoch: new.epoch })
    }
}

/// Holds that staff touch no login that another practice uses too.
fn require_ours(unit: &mut Unit<'_>, login: &Login) -> Result<()> {
    let practice = unit.context.practice()?;
    let is_staff = matches!(unit.context.actor.who, Who::Staff(_));
    if is_staff && reach::leads_elsewhere(&mut unit.look(), login, practice)? {
        return Err(Refusal::NotPermitted.into());
    }
    Ok(())
}

/// Ends the lock and the waits after failures, for all names of a login.
#[derive(Debug, Clone, Serialize)]
pub struct UnlockLogin {
    /// Which.
    pub login: LoginId,
}

impl Command for UnlockLogin {
    type Done = LoginId;
    const ACTION: Option<Action> = Some(Action::LoginUnlock);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<LoginId> {
        let login = active(unit, self.login)?;
        unit.look().permit(Action::LoginUnlock, About::Login(login.id))?;
        require_ours(unit, &login)?;
        failures::clear_all(unit, &login)?;
        let note = Note::at_portal(login.portal, Happening::LoginUnlocked, login.id);
        unit.note(note.about(login.id));
        Ok(login.id)
    }
}

/// Ends every session of a login, and kills the links that wait.
#[derive(Debug, Clone, Serialize)]
pub struct EndSessions {
    /// Whose.
    pub login: LoginId,
}

impl Command for EndSessions {
    type Done = LoginEpoch;
    const ACTION: Option<Action> = Some(Action::LoginEndSessions);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<LoginEpoch> {
        let old = active(unit, self.login)?;
        unit.look().permit(Action::LoginEndSessions, About::Login(old.id))?;
        require_ours(unit, &old)?;
        let new = old.clone().end_sessions();
        unit.save_login(Some(&old), &new)?;
        let note = Note::at_portal(new.portal, Happening::SessionsEnded, new.id);
        unit.note(note.about(new.id));
        Ok(LoginEpoch { login: new.id, epoch: new.epoch })
    }
}

/// Ends what a login reaches in the actor's practice. Where it reaches nothing else, the login
/// itself goes, with all that it signs in with; its names are free again.
#[derive(Debug, Clone, Serialize)]
pub struct RemoveLogin {
    /// Which.
    pub login: LoginId,
}

/// What removing a login took away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginRemoval {
    /// The login.
    pub login: LoginId,
    /// Whether the login itself went, for all that the actor may know: where practices share a
    /// portal, only the host is told, since else it is still used in another practice.
    pub is_removed: bool,
    /// The ties that ended.
    pub proxies: Vec<ProxyId>,
    /// The seats that nobody holds any more.
    pub seats: Vec<StaffId>,
}

impl Command for RemoveLogin {
    type Done = LoginRemoval;
    const ACTION: Option<Action> = Some(Action::LoginRemove);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<LoginRemoval> {
        let old = active(unit, self.login)?;
        unit.look().permit(Action::LoginRemove, About::Login(old.id))?;
        let removal = remove(unit, &old)?;
        // Whether another practice of the portal uses the login is for the host to know (RULES S28).
        let is_told =
            unit.context.actor.who == Who::Host || !unit.look().practice()?.shares_portal();
        Ok(LoginRemoval { is_removed: removal.is_removed && is_told, ..removal })
    }
}

/// Ends what a login reaches in the actor's practice, once permitted.
pub(super) fn remove(unit: &mut Unit<'_>, old: &Login) -> Result<LoginRemoval> {
    let here = unit.context.practice()?;
    // Told first: afterwards neither the address nor the seat is there to tell.
    tell_here(unit, old, Kind::LoginRemoved)?;
    let is_removed = !reach::leads_elsewhere(&mut unit.look(), old, here)?;
    let proxies = end_proxies(unit, old.id)?;
    let seats = empty_seats(unit, old.id)?;
    let new = if is_removed { removed(old.clone()) } else { old.clone() };
    unit.save_login(Some(old), &new.end_sessions())?;
    unit.note(Note::done(here, Happening::LoginRemoved, old.id).about(old.id));
    Ok(LoginRemoval { login: old.id, is_removed, proxies, seats })
}

fn removed(login: Login) -> Login {
    Login {
        status: Status::Removed,
        phone: None,
        username: None,
        email: None,
        email_verified: false,
        password: None,
        identities: Vec::new(),
        ..login
    }
}

fn end_proxies(unit: &mut Unit<'_>, login: LoginId) -> Result<Vec<ProxyId>> {
    let (now, here) = (unit.now(), unit.context.practice()?);
    let mut ended = Vec::new();
    for proxy in records::proxy::of_login(&mut unit.write, login)? {
        if proxy.practice != here || !proxy.is_live(now) {
            continue;
        }
        let proxy = proxy.end(now)?;
        records::proxy::put(&mut unit.write, &proxy)?;
        unit.touch(proxy.client);
        let note = Note::done(here, Happening::ProxyEnded, proxy.id).about(proxy.client);
        unit.note(note.with("cause", "login removed"));
        ended.push(proxy.id);
    }
    Ok(ended)
}

fn empty_seats(unit: &mut Unit<'_>, login: LoginId) -> Result<Vec<StaffId>> {
    let here = unit.context.practice()?;
    let mut emptied = Vec::new();
    for seat in records::staff::of_login(&mut unit.write, login)? {
        if seat.practice == here {
            let empty = Staff { login: None, ..seat.clone() };
            unit.save_staff(Some(&seat), &empty)?;
            let note = Note::done(here, Happening::StaffUpdated, seat.id).about(seat.id);
            unit.note(note.with("cause", "login removed"));
            emptied.push(seat.id);
        }
    }
    Ok(emptied)
}
