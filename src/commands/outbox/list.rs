//! Messages as staff read them, and their words without a live link.

use super::{facts, words};
use crate::commands::admit::Admit;
use crate::commands::look::{About, Look};
use crate::commands::{Page, cursor_key, page_of, page_size};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::{Actor, Scope, Who};
use crate::domain::id::{ClientId, InvitationId, LoginId, MessageId, Noun, StaffId, Thing};
use crate::domain::message::{Delivery, Message};
use crate::domain::refusal::Refusal;
use crate::domain::script::Version;
use crate::error::{Error, Result};
use crate::hooks::engine::{Ask, Call, Made};
use crate::hooks::english;
use crate::hooks::words::Words;
use crate::records;
use serde::Serialize;
use std::sync::Arc;

/// How many rows one page looks through at a time.
const STRIDE: usize = 200;

/// Which messages a page shows; the filters combine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Those about one client, seat, login or invitation.
    pub subject: Option<Thing>,
    /// Those that stand so.
    pub state: Option<Delivery>,
}

/// What a message would say now, with a placeholder for the link.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// One line; empty for a text message.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML; empty for a text message.
    pub html: String,
    /// The version of the words.
    pub version: String,
}

impl Admit {
    /// A message: one of the actor's practice, or any for the host over the store.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn message(&self, actor: &Actor, id: MessageId) -> Result<Message> {
        self.read_one(actor, Action::MessageRead, |look| permitted(look, id))
    }

    /// What a message would say if it were claimed now; nothing at all where a script says that
    /// nothing is sent.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn preview(&self, actor: &Actor, id: MessageId) -> Result<Preview> {
        let context = Arc::new(self.context(actor)?);
        let (facts, voice) = self.read_in(context.clone(), |look| {
            let message = look.hiding(Action::MessageRead, |look| permitted(look, id))?;
            let facts = facts::gather(look.read, look.context, &message)?;
            Ok((facts, words::voice(look.read, self.scripts(), &message)?))
        })?;
        let made = voice.and_then(|(_, version, set)| {
            let ask = Ask::Notice(Box::new(facts.clone()));
            let call = Call { practice: facts.practice.id, set, ask };
            let answer = self.scripts().ask(vec![call], context.now).pop()?;
            Some((answer.made.ok()?, version))
        });
        let (words, version) = match made {
            Some((Made::Words(words), version)) => (words, version),
            Some((_, version)) => (Words::default(), version),
            None => (english::words(&facts), Version::BuiltIn),
        };
        let Words { subject, text, html } = words;
        Ok(Preview { subject, text, html, version: version.to_string() })
    }

    /// The messages of the actor's practice that the actor may read, latest first.
    ///
    /// # Errors
    /// `Invalid` for a cursor that is none, and what the access table says.
    pub fn messages(
        &self,
        actor: &Actor,
        filter: MessageFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<Message>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(actor, |look| Ok(page_of(listed(look, filter, cursor.clone(), size)?, size)))
    }
}

fn permitted(look: &mut Look<'_>, id: MessageId) -> Result<Message> {
    let actor = &look.context.actor;
    if actor.who == Who::Host && actor.scope == Scope::Store {
        return Ok(records::message::find(look.read, id)?.ok_or(Refusal::NotFound)?);
    }
    let message = look.message(id)?;
    permit(look, message.subject)?;
    Ok(message)
}

fn permit(look: &mut Look<'_>, subject: Option<Thing>) -> Result<Standing> {
    let action = Action::MessageRead;
    match subject.map(|thing| (thing.noun, thing.id)) {
        Some((Noun::Client, id)) => look.permit(action, About::Client(ClientId::from_uuid(id))),
        Some((Noun::Staff, id)) => look.permit(action, About::Staff(StaffId::from_uuid(id))),
        Some((Noun::Login, id)) => look.permit(action, About::Login(LoginId::from_uuid(id))),
        Some((Noun::Invitation, id)) => {
            let invitation = look.invitation(InvitationId::from_uuid(id))?;
            look.permit(action, About::Invitation(&invitation))
        }
        _ => look.permit(action, About::Practice),
    }
}

fn may_read(look: &mut Look<'_>, message: &Message) -> Result<bool> {
    match permit(look, message.subject) {
        Ok(_) => Ok(true),
        Err(Error::Refused(Refusal::NotPermitted | Refusal::NotFound)) => Ok(false),
        Err(other) => Err(other),
    }
}

fn listed(
    look: &mut Look<'_>,
    filter: MessageFilter,
    mut cursor: Option<Vec<u8>>,
    size: usize,
) -> Result<Vec<(Vec<u8>, Message)>> {
    let standing = look.permit(Action::MessageRead, About::New)?;
    let sees_all = matches!(standing, Standing::Host | Standing::Admin);
    let practice = look.context.practice()?;
    let mut found = Vec::new();
    loop {
        let after = cursor.as_deref();
        let ids = match filter.subject {
            Some(subject) => records::message::of_subject(look.read, subject.id, after, STRIDE)?,
            None => records::message::of_practice(look.read, practice, after, STRIDE)?,
        };
        let Some(last) = ids.last() else { return Ok(found) };
        cursor = Some(last.bytes().to_vec());
        for id in ids {
            let Some(message) = records::message::find(look.read, id)? else { continue };
            let is_asked = message.practice == practice
                && filter.state.is_none_or(|state| message.state.shown() == state);
            if is_asked && (sees_all || may_read(look, &message)?) {
                found.push((id.bytes().to_vec(), message));
            }
            if found.len() > size {
                return Ok(found);
            }
        }
    }
}
