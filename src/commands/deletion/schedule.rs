//! Deletions that wait for their day, and can be called off until then.

use super::{erase, hold};
use crate::commands::admit::Command;
use crate::commands::audit::Note;
use crate::commands::ending;
use crate::commands::look::About;
use crate::commands::notice::{self, Notice};
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Who;
use crate::domain::client::Client;
use crate::domain::deletion::{LOOKED_AGAIN, Scheduled};
use crate::domain::event::Happening;
use crate::domain::id::ClientId;
use crate::domain::message::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::script::Version;
use crate::domain::time::{DAY, Timestamp};
use crate::error::Result;
use crate::records;
use crate::store::StoreError;
use serde::Serialize;

/// Puts a deletion off: the client's access ends now, and it is erased after some days.
pub(super) fn put_off(
    unit: &mut Unit<'_>,
    client: &Client,
    days: u32,
    version: Version,
) -> Result<Timestamp> {
    let until = unit.now().plus(i64::from(days) * DAY);
    let scheduled = Scheduled {
        client: client.id,
        practice: client.practice,
        due: until,
        before: client.status,
        asked_by: unit.context.actor.who,
        version,
        is_held: false,
    };
    let waits = client.clone().schedule_deletion(until)?;
    tell(unit, client, scheduled.asked_by, Kind::DeletionScheduled)?;
    unit.save_client(Some(client), &waits)?;
    ending::access(unit, client.id, Happening::DeletionScheduled)?;
    records::deletion::put_scheduled(&mut unit.write, client.id, Some(&scheduled))?;
    let note = Note::done(client.practice, Happening::DeletionScheduled, client.id);
    let note = note.about(client.id).with("days", days).with("version", version);
    unit.note(note);
    Ok(until)
}

fn tell(unit: &mut Unit<'_>, client: &Client, asked_by: Who, kind: Kind) -> Result<()> {
    for to in erase::whom_to_tell(unit, client, asked_by)? {
        notice::post(unit, Notice::plain(kind, client.practice, to, client.id))?;
    }
    Ok(())
}

/// Calls a deletion off that waits: the client has the status again that it had before.
#[derive(Debug, Clone, Serialize)]
pub struct CallOffDeletion {
    /// Whose.
    pub client: ClientId,
}

impl Command for CallOffDeletion {
    type Done = ClientId;
    const ACTION: Option<Action> = Some(Action::DeletionCallOff);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ClientId> {
        let old = unit.look().client(self.client)?;
        unit.look().permit(Action::DeletionCallOff, About::Client(old.id))?;
        let scheduled = records::deletion::scheduled(&mut unit.write, old.id)?;
        let scheduled = scheduled.ok_or(Refusal::StatusNotAllowed)?;
        let new = old.clone().call_off_deletion(scheduled.before)?;
        unit.save_client(Some(&old), &new)?;
        records::deletion::put_scheduled(&mut unit.write, old.id, None)?;
        tell(unit, &new, scheduled.asked_by, Kind::DeletionCalledOff)?;
        let note = Note::done(new.practice, Happening::DeletionCalledOff, new.id).about(new.id);
        let note = note.with("status", new.status.word());
        unit.note(note);
        Ok(new.id)
    }
}

/// Erases a client whose day has come; true unless a hold stands, which is noted once and looked
/// at again every day.
pub(in crate::commands) fn fall_due(unit: &mut Unit<'_>, id: ClientId) -> Result<bool> {
    let Some(old) = records::deletion::scheduled(&mut unit.write, id)? else { return Ok(false) };
    let client = records::client::find(&mut unit.write, id)?.ok_or(StoreError::Damaged)?;
    let Some(hold) = hold::standing(unit, id)? else {
        erase::client(unit, &client, old.asked_by, old.version)?;
        return Ok(true);
    };
    if !old.is_held {
        let note = Note::done(client.practice, Happening::DeletionHeld, id).about(id);
        let note = note.with("ground", hold.ground.as_str()).with("hold", hold.id);
        unit.note(note.refused(Refusal::Held));
    }
    let later = Scheduled { due: unit.now().plus(LOOKED_AGAIN), is_held: true, ..old };
    records::deletion::put_scheduled(&mut unit.write, id, Some(&later))?;
    Ok(false)
}
