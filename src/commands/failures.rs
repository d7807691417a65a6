//! Failures in a row: counted by sign-in name or by device, whether or not anybody has it.

use super::audit::{self, Note};
use super::context::Context;
use super::device::DeviceId;
use super::look::Look;
use super::name;
use super::notice::{self, Notice};
use super::unit::Unit;
use super::{decoy, reach};
use crate::domain::access::Action;
use crate::domain::event::Happening;
use crate::domain::id::{LoginId, PortalId, PracticeId, Thing};
use crate::domain::login::{FAILURES_LOCK, Failures, Login};
use crate::domain::message::{Carries, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use crate::store::Read;

/// A keyed digest of what is counted.
pub(super) type Counter = [u8; 32];

/// The counter of a sign-in name in its counted form.
pub(super) fn of_name(context: &Context, portal: PortalId, counted: &str) -> Counter {
    context.digest("failures", &[portal.bytes(), counted.as_bytes()])
}

/// The counter of a device that has signed in before.
pub(super) fn of_device(context: &Context, device: &DeviceId) -> Counter {
    context.digest("device", &[device])
}

/// What a counter stands at.
pub(super) fn load(read: &mut dyn Read, now: Timestamp, counter: &Counter) -> Result<Failures> {
    let failures = records::login::failures(read, counter)?;
    Ok(if failures.is_stale(now) { Failures::default() } else { failures })
}

/// Holds that the next try may be heard.
///
/// # Errors
/// `TryLater`.
pub(super) fn require_no_wait(
    read: &mut dyn Read,
    now: Timestamp,
    counter: &Counter,
) -> Result<()> {
    match load(read, now, counter)?.wait(now) {
        0 => Ok(()),
        retry_after => Err(Refusal::TryLater { retry_after }.into()),
    }
}

fn counters(context: &Context, login: &Login) -> Vec<Counter> {
    let names = name::counted_names(login);
    names.iter().map(|name| of_name(context, login.portal, name)).collect()
}

/// The counter of a login that proves itself again: its first name's.
pub(super) fn of_login_itself(context: &Context, login: &Login) -> Counter {
    let names = name::counted_names(login);
    of_name(context, login.portal, names.first().map_or("", String::as_str))
}

/// The worst of a login's names.
pub(super) fn worst_of(look: &mut Look<'_>, login: &Login) -> Result<Failures> {
    let mut worst = Failures::default();
    for counter in counters(look.context, login) {
        let failures = load(look.read, look.context.now, &counter)?;
        if failures.count > worst.count {
            worst = failures;
        }
    }
    Ok(worst)
}

/// Forgets the failures under one counter.
pub(super) fn clear(unit: &mut Unit<'_>, counter: &Counter) -> Result<()> {
    let stands = records::login::failures(&mut unit.write, counter)?;
    if stands != Failures::default() {
        records::login::put_failures(&mut unit.write, counter, Failures::default())?;
    }
    Ok(())
}

/// Forgets the failures under all names of a login.
pub(super) fn clear_all(unit: &mut Unit<'_>, login: &Login) -> Result<()> {
    for counter in counters(unit.context, login) {
        clear(unit, &counter)?;
    }
    Ok(())
}

/// A try that failed.
pub(super) struct Failed {
    /// Where.
    pub portal: PortalId,
    /// What it counts under; None for a way in that nobody can guess at.
    pub counter: Option<Counter>,
    /// Whose name it was, if anybody's.
    pub login: Option<LoginId>,
    /// What was tried.
    pub action: Action,
}

impl Failed {
    /// Whom its events are about; nobody's are about the portal, which takes as many rows.
    fn subject(&self) -> Thing {
        let nobody = PracticeId::from_uuid(self.portal.uuid());
        self.login.map_or(nobody.into(), Thing::from)
    }

    /// Counts a wrong try and notes it, and a try that came too early too; locks at the tenth.
    pub fn note(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        let subject = self.subject();
        let note = Note::at_portal(self.portal, Happening::SignInFailed, subject).about(subject);
        let note = note.with("action", self.action.word()).refused(refusal);
        audit::note_tallied(unit, note)?;
        match self.counter {
            Some(counter) if refusal == Refusal::SignInFailed => self.count(unit, &counter),
            _ => Ok(()),
        }
    }

    fn count(&self, unit: &mut Unit<'_>, counter: &Counter) -> Result<()> {
        let now = unit.now();
        let failures = load(&mut unit.write, now, counter)?.and_one(now);
        records::login::put_failures(&mut unit.write, counter, failures)?;
        if failures.count == FAILURES_LOCK { self.lock(unit) } else { Ok(()) }
    }

    fn lock(&self, unit: &mut Unit<'_>) -> Result<()> {
        let subject = self.subject();
        unit.note(Note::at_portal(self.portal, Happening::LoginLocked, subject).about(subject));
        let login = match self.login {
            Some(id) => records::login::find(&mut unit.write, id)?,
            None => None,
        };
        let kind = Kind::LoginLocked;
        let told = match &login {
            Some(login) => tell(unit, login, kind)?,
            None => false,
        };
        if told { Ok(()) } else { decoy::message(unit, kind, Carries::Nothing) }
    }
}

/// Tells a login something that carries no link; false where there is no practice or address.
pub(super) fn tell(unit: &mut Unit<'_>, login: &Login, kind: Kind) -> Result<bool> {
    let mut look = unit.look();
    let reached = reach::any_way(&mut look, login)?;
    let Some(practice) = reach::home(&look, &reached) else { return Ok(false) };
    let Some(to) = reach::address(&mut look, login, practice)? else { return Ok(false) };
    notice::post(unit, Notice::plain(kind, practice, to, login.id))?;
    Ok(true)
}
