//! Whoever comes of age is offered a login of its own, once its guardians' ties have ended.

use super::send::{self, AskedFacts, SendInvitation};
use super::{Whom, has_own_login};
use crate::commands::admit::Command;
use crate::commands::audit::Note;
use crate::commands::policy;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::client::Client;
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, PracticeId};
use crate::domain::invitation::{Channel, Recipient, Shown};
use crate::domain::proxy::Tie;
use crate::domain::refusal::Refusal;
use crate::domain::script::Hook;
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::records;
use crate::records::due::{self, Kind};
use serde::{Deserialize, Serialize};

/// Invites a client that has come of age, by e-mail, as the practice. Where that cannot be, an
/// event says that an invitation is due.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(in crate::commands) struct InviteOfAge {
    /// Where.
    pub practice: PracticeId,
    /// Who.
    pub client: ClientId,
    /// Since when that waits to be done.
    pub due: Timestamp,
}

impl InviteOfAge {
    /// Has it done by upkeep, in a commit of its own: the product's policy is asked.
    ///
    /// # Errors
    /// What the store gives.
    pub fn put_off(&self, unit: &mut Unit<'_>) -> Result<()> {
        let (key, due) = (self.client.bytes(), Some(self.due));
        Ok(due::shift(&mut unit.write, Kind::ComeOfAge, key, None, due)?)
    }
}

impl Command for InviteOfAge {
    /// Whether it was invited.
    type Done = bool;
    const ACTION: Option<Action> = None;
    const POLICY: Option<Hook> = Some(Hook::Invitation);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<bool> {
        let (key, was_due) = (self.client.bytes(), Some(self.due));
        due::shift(&mut unit.write, Kind::ComeOfAge, key, was_due, None)?;
        let Some(client) = records::client::find(&mut unit.write, self.client)? else {
            return Ok(false);
        };
        let now = unit.now();
        if has_own_login(&mut unit.write, client.id, now)? || is_invited(unit, client.id)? {
            return Ok(false);
        }
        if !has_own_address(unit, &client)? {
            note_due(unit, &client, "no address of its own");
            return Ok(false);
        }
        let send = SendInvitation {
            whom: Whom::Client { client: client.id, tie: Tie::Myself },
            recipient: Recipient::default(),
            channel: Some(Channel::Email),
            expires_in: None,
            note: None,
            facts: AskedFacts::default(),
        };
        match send::plan(unit, &send) {
            Ok(plan) => send::carry_out(unit, &send, plan).map(|_| true),
            // The policy has still to be asked.
            Err(Error::Refused(Refusal::Conflict)) => Err(Refusal::Conflict.into()),
            Err(Error::Refused(refusal)) => {
                note_due(unit, &client, &refusal.word());
                policy::note_failures(unit)?;
                Ok(false)
            }
            Err(Error::Denied(_)) => {
                note_due(unit, &client, &Refusal::PolicyDenied.word());
                Ok(false)
            }
            Err(Error::Invalid(invalid)) => {
                note_due(unit, &client, invalid.field);
                Ok(false)
            }
            Err(fault) => Err(fault),
        }
    }
}

fn note_due(unit: &mut Unit<'_>, client: &Client, cause: &str) {
    let note = Note::done(client.practice, Happening::InvitationDue, client.id).about(client.id);
    unit.note(note.with("cause", cause));
}

fn is_invited(unit: &mut Unit<'_>, client: ClientId) -> Result<bool> {
    let now = unit.now();
    let sent = records::invitation::of_client(&mut unit.write, client, usize::MAX)?;
    let to_itself = |tie: Option<&Tie>| tie == Some(&Tie::Myself);
    Ok(sent.iter().any(|it| it.shown(now) == Shown::Pending && to_itself(it.tie())))
}

/// Whether there is a contact address, and not one that a guardian reads.
fn has_own_address(unit: &mut Unit<'_>, client: &Client) -> Result<bool> {
    let Some(address) = &client.profile.email else { return Ok(false) };
    for proxy in records::proxy::of_client(&mut unit.write, client.id)? {
        if proxy.tie == Tie::Myself {
            continue;
        }
        let login = records::login::find(&mut unit.write, proxy.login)?;
        let email = login.and_then(|login| login.email);
        if email.is_some_and(|email| email.canonical() == address.canonical()) {
            return Ok(false);
        }
    }
    Ok(true)
}
