//! Merging: two clients on file turn out to be one, and nothing of either is lost.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::deletion::hanging::Hanging;
use super::look::About;
use super::proxy;
use super::unit::Unit;
use super::{ending, grant, require_revision};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::client::Client;
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, Thing};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Line, Reason};
use crate::error::{InField, Result};
use crate::records;
use crate::records::merged::Merged;
use serde::Serialize;

/// Merges a client into another of the practice, for whoever reaches all of both charts.
///
/// All that hangs on the one moves to the other: logins and guardians, grants, rooms, closed
/// invitations, messages, holds. Invitations that wait are revoked: their words name another
/// client. What is known of both stays as it is of the one merged into, which is registered from
/// now on. The other's id answers `ClientMerged` for good, and there is no way back.
#[derive(Debug, Clone, Serialize)]
pub struct MergeClients {
    /// Which goes.
    pub from: ClientId,
    /// Which stays.
    pub into: ClientId,
    /// The revision that the caller saw of the one that goes; 0 is any.
    pub from_revision: u64,
    /// The revision that the caller saw of the one that stays; 0 is any.
    pub into_revision: u64,
    /// Why, for the audit trail.
    pub reason: Line,
}

impl Command for MergeClients {
    type Done = ClientId;
    const ACTION: Option<Action> = Some(Action::ClientMerge);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ClientId> {
        let from = unit.look().client(self.from)?;
        let old = unit.look().client(self.into)?;
        for client in [from.id, old.id] {
            unit.look().permit(Action::ClientMerge, About::Client(client))?;
            // Else a part of one chart would become all of it by a merge into one's own client.
            grant::require_held(&mut unit.look(), client, &[])?;
        }
        if from.id == old.id {
            return Err(Reason::Excluded).field("into_client_id");
        }
        require_revision(self.from_revision, from.revision)?;
        require_revision(self.into_revision, old.revision)?;
        let new = old.clone().absorb(&from)?;
        let own = (ending::own_logins(unit, from.id)?, ending::own_logins(unit, old.id)?);
        if !own.0.is_empty() && !own.1.is_empty() {
            return Err(Refusal::BothHaveLogins.into());
        }
        self.revoke_offers(unit, &old, own.0.is_empty())?;
        Hanging::on(unit, &from)?.move_to(unit, from.id, new.id)?;
        records::person::put(&mut unit.write, from.practice, from.id.uuid(), None)?;
        // Its own key is free before the other takes it.
        records::client::remove(&mut unit.write, &from)?;
        unit.save_client(Some(&old), &new)?;
        // The guardians that came along end by the birthday that is now on file.
        let practice = unit.look().practice()?;
        proxy::move_ends(unit, &new, &practice)?;
        let left = Merged { practice: from.practice, into: new.id, at: unit.now() };
        records::merged::put(&mut unit.write, from.id, &left)?;
        if !new.status.may_sign_in() {
            ending::access(unit, new.id, Happening::ClientMerged)?;
        }
        let note = Note::done(new.practice, Happening::ClientMerged, from.id).about(new.id);
        let note = note.with("into", new.id);
        unit.note(note.of_person(Thing::from(new.id), "reason", self.reason.as_str()));
        Ok(new.id)
    }
}

impl MergeClients {
    /// Revokes what waits of the one that goes, and of the other where it gets a login by this.
    fn revoke_offers(&self, unit: &mut Unit<'_>, into: &Client, stays_open: bool) -> Result<()> {
        ending::client_offers(unit, self.from, Happening::ClientMerged)?;
        if stays_open {
            return Ok(());
        }
        ending::client_offers(unit, into.id, Happening::ClientMerged)
    }
}

impl Admit {
    /// Into whom a client was merged.
    ///
    /// # Errors
    /// `NotFound` for one that was not, and what the access table says of the one merged into.
    pub fn merged_into(&self, actor: &Actor, id: ClientId) -> Result<ClientId> {
        self.read_one(actor, Action::ClientRead, |look| {
            let merged = records::merged::find(look.read, id)?.ok_or(Refusal::NotFound)?;
            let into = look.client(merged.into)?.id;
            look.permit(Action::ClientRead, About::Client(into))?;
            Ok(into)
        })
    }
}
