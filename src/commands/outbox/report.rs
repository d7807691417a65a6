//! What the host says became of a message.

use crate::commands::admit::Command;
use crate::commands::audit::Note;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::{Scope, Who};
use crate::domain::event::Happening;
use crate::domain::id::MessageId;
use crate::domain::message::{Message, State};
use crate::domain::refusal::Refusal;
use crate::domain::text::Line;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use serde::Serialize;

/// Says that the mail server took a message: it is never claimed again.
#[derive(Debug, Clone, Serialize)]
pub struct HandedOver {
    /// Which.
    pub message: MessageId,
    /// The attempt that the claim named.
    pub attempt: u32,
}

/// Says that a message arrived.
#[derive(Debug, Clone, Serialize)]
pub struct Delivered {
    /// Which.
    pub message: MessageId,
    /// The attempt; any that there was counts.
    pub attempt: u32,
}

/// Says that a message came back.
#[derive(Debug, Clone, Serialize)]
pub struct Bounced {
    /// Which.
    pub message: MessageId,
    /// The attempt that the claim named.
    pub attempt: u32,
    /// The mail server's code; nothing personal.
    pub detail: Option<Line>,
}

/// Says that an attempt failed.
#[derive(Debug, Clone, Serialize)]
pub struct Failed {
    /// Which.
    pub message: MessageId,
    /// The attempt that the claim named.
    pub attempt: u32,
    /// When to try again; None is never.
    pub retry_at: Option<Timestamp>,
    /// What failed, as a code; nothing personal.
    pub detail: Option<Line>,
}

/// The host alone reports: over the store, or within a practice.
fn reported(unit: &mut Unit<'_>, id: MessageId) -> Result<Message> {
    let actor = &unit.context.actor;
    if actor.who != Who::Host {
        return Err(Refusal::NotPermitted.into());
    }
    match actor.scope {
        Scope::Store => Ok(records::message::find(&mut unit.write, id)?.ok_or(Refusal::NotFound)?),
        Scope::Practice(_) | Scope::Portal(_) => unit.look().message(id),
    }
}

fn save(unit: &mut Unit<'_>, old: &Message, new: Message) -> Result<MessageId> {
    records::message::put(&mut unit.write, Some(old), &new)?;
    match new.state {
        State::Bounced => note_failure(unit, &new, "bounced"),
        State::Failed => note_failure(unit, &new, "failed"),
        _ => {}
    }
    Ok(new.id)
}

/// Notes that a message will not arrive; whoever it was about shows so in lists.
pub(super) fn note_failure(unit: &mut Unit<'_>, message: &Message, cause: &'static str) {
    let note = Note::done(message.practice, Happening::MessageFailed, message.id)
        .with("kind", message.kind.word())
        .with("cause", cause);
    let (id, kind) = (message.id, message.kind.word());
    unit.warn(format!("message {id} of the kind {kind} will not arrive: {cause}"));
    unit.note(match message.subject {
        Some(subject) => note.about(subject),
        None => note,
    });
    if let Some(subject) = message.subject {
        unit.touch(subject);
    }
}

impl Command for HandedOver {
    type Done = MessageId;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<MessageId> {
        let old = reported(unit, self.message)?;
        let new = old.clone().handed_over(self.attempt, unit.now())?;
        save(unit, &old, new)
    }
}

impl Command for Delivered {
    type Done = MessageId;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<MessageId> {
        let old = reported(unit, self.message)?;
        let new = old.clone().delivered(self.attempt, unit.now())?;
        save(unit, &old, new)
    }
}

impl Command for Bounced {
    type Done = MessageId;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<MessageId> {
        let old = reported(unit, self.message)?;
        let new = old.clone().bounced(self.attempt, unit.now(), self.detail.clone())?;
        save(unit, &old, new)
    }
}

impl Command for Failed {
    type Done = MessageId;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<MessageId> {
        let old = reported(unit, self.message)?;
        let now = unit.now();
        let new = old.clone().failed(self.attempt, now, self.retry_at, self.detail.clone())?;
        save(unit, &old, new)
    }
}
