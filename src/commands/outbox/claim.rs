//! Claiming: a lease is written, words are made of a snapshot, and their version is pinned.
//!
//! Words are made between two writes, not within one: they are to run scripts, which must not
//! hold up the writers. Should the process end in between, the lease does too.

use super::{facts, is_true, link_template, report, words};
use crate::commands::admit::{Admit, Command};
use crate::commands::context::Context;
use crate::commands::policy;
use crate::commands::registration;
use crate::commands::scripts::Scripts;
use crate::commands::token::{self, Purpose};
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::challenge;
use crate::domain::id::{MessageId, PracticeId, ScriptSetId, Thing};
use crate::domain::invitation::Channel;
use crate::domain::message::{
    ATTEMPTS_MAX, Address, Carries, Kind, LEASE_DEFAULT, LEASE_MAX, Message, Pinned, State,
};
use crate::domain::script::{Hook, Version};
use crate::domain::text::{Locale, PersonName, Reason};
use crate::domain::time::{SECOND, Timestamp};
use crate::error::{InField, Result};
use crate::hooks::engine::{Answer, Ask, Call, Made, Set};
use crate::hooks::english;
use crate::hooks::facts::Facts;
use crate::hooks::words::Words;
use crate::records;
use crate::store::{Read, StoreError};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use std::sync::Arc;

/// How many messages one claim leases.
const CLAIM_MAX: usize = 100;
/// How many messages one claim looks at, the dropped ones with them.
const LOOKED_MAX: usize = 2_000;
/// The generation in a challenge's token: each challenge has one link.
const CHALLENGE_GENERATION: u32 = 1;

/// What a worker asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Claim {
    /// How many messages, at most 100; 0 asks for 100.
    pub limit: u32,
    /// How long they stay with the worker, in milliseconds; None is 5 minutes.
    pub lease: Option<i64>,
    /// Whether the host makes the words itself, of `facts_json`.
    pub facts_only: bool,
}

/// A message to send. It holds a live link, so its `Debug` shows the id and no more.
#[derive(Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The message.
    pub id: MessageId,
    /// What it tells.
    pub kind: Kind,
    /// How it travels.
    pub channel: Channel,
    /// Where it goes.
    pub to: Address,
    /// The recipient's name.
    pub name: Option<String>,
    /// The language to write in.
    pub locale: Locale,
    /// The practice that speaks.
    pub practice: PracticeId,
    /// Whom it is about.
    pub about: Option<Thing>,
    /// Which attempt this is; every report names it.
    pub attempt: u32,
    /// When the lease ends and another worker may have it.
    pub lease_until: Timestamp,
    /// One line; empty for a text message, and where only facts were asked for.
    pub subject: String,
    /// Plain text, with the link; empty where only facts were asked for.
    pub text: String,
    /// HTML, with the link; empty for a text message, and where only facts were asked for.
    pub html: String,
    /// The facts as JSON, with the link.
    pub facts_json: String,
    /// The same for the same words of the same message: a mail server that knows it sends once.
    pub delivery_key: String,
    /// What made the words.
    pub version: Version,
}

impl std::fmt::Debug for Claimed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claimed").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Lease {
    limit: usize,
    length: i64,
}

impl Command for Lease {
    type Done = Vec<MessageId>;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Vec<MessageId>> {
        let now = unit.now();
        let (mut leased, mut looked) = (Vec::new(), 0);
        while leased.len() < self.limit && looked < LOOKED_MAX {
            let due = records::message::due(&mut unit.write, now, self.limit - leased.len())?;
            if due.is_empty() {
                break;
            }
            looked += due.len();
            for id in due {
                let old = records::message::find(&mut unit.write, id)?;
                let old = old.ok_or(StoreError::Damaged)?;
                let new = self.next(unit, &old)?;
                records::message::put(&mut unit.write, Some(&old), &new)?;
                if matches!(new.state, State::Leased { .. }) {
                    leased.push(id);
                }
            }
        }
        Ok(leased)
    }
}

impl Lease {
    fn next(&self, unit: &mut Unit<'_>, old: &Message) -> Result<Message> {
        let now = unit.now();
        if !is_true(&mut unit.write, old, now)? {
            return Ok(old.clone().drop_unsent(now));
        }
        // Workers that never report have used the attempts up.
        if old.attempt >= ATTEMPTS_MAX && matches!(old.state, State::Leased { .. }) {
            let new = old.clone().failed(old.attempt, now, None, None)?;
            report::note_failure(unit, &new, "no report");
            return Ok(new);
        }
        Ok(old.clone().lease(now, now.plus(self.length)))
    }
}

/// What was made of a leased message, for the write that pins it.
#[derive(Serialize)]
struct Worded {
    id: MessageId,
    pinned: Pinned,
    /// Whether the script says that nothing is sent.
    is_dropped: bool,
}

#[derive(Serialize)]
struct Pin {
    worded: Vec<Worded>,
    #[serde(skip)]
    failures: Vec<(PracticeId, ScriptSetId, Answer)>,
}

impl Command for Pin {
    type Done = ();
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        for Worded { id, pinned, is_dropped } in &self.worded {
            let Some(old) = records::message::find(&mut unit.write, *id)? else { continue };
            let pinned = old.pinned.clone().unwrap_or_else(|| pinned.clone());
            let new = Message { pinned: Some(pinned), ..old.clone() };
            let new = if *is_dropped { new.drop_unsent(unit.now()) } else { new };
            records::message::put(&mut unit.write, Some(&old), &new)?;
        }
        for (practice, set, answer) in &self.failures {
            policy::note_failure(unit, *practice, Hook::Notification, *set, answer)?;
        }
        Ok(())
    }
}

/// A leased message, and what its words are made of.
struct Ready {
    message: Message,
    until: Timestamp,
    facts: Facts,
    link: Option<SecretString>,
    /// The set that speaks; None where the library's own words do.
    voice: Option<(ScriptSetId, Version, Arc<Set>)>,
}

fn link(read: &mut dyn Read, context: &Context, message: &Message) -> Result<Option<SecretString>> {
    let Some(template) = link_template(read, message)? else { return Ok(None) };
    let (purpose, generation, id) = match message.carries {
        Carries::Nothing => return Ok(None),
        Carries::Invitation { id, generation } => (Purpose::Invitation, generation, id.uuid()),
        Carries::Challenge(id) => {
            let challenge = records::challenge::find(read, id)?.ok_or(StoreError::Damaged)?;
            let purpose = match challenge.purpose {
                challenge::Purpose::Reset => Purpose::Reset,
                challenge::Purpose::ConfirmAddress | challenge::Purpose::Register(_) => {
                    Purpose::AddressConfirmation
                }
                challenge::Purpose::ChangeAddress { .. } => Purpose::AddressChange,
            };
            (purpose, CHALLENGE_GENERATION, id.uuid())
        }
        Carries::Place(id) => (Purpose::AddressConfirmation, CHALLENGE_GENERATION, id.uuid()),
    };
    let token = token::issue(context, purpose, message.channel, generation, id)?;
    Ok(Some(template.fill(token.expose_secret()).into()))
}

/// Reads a leased message again; None where another has it by now, or it is no longer true.
fn ready(
    read: &mut dyn Read,
    context: &Context,
    scripts: &Scripts,
    id: MessageId,
) -> Result<Option<Ready>> {
    let Some(message) = records::message::find(read, id)? else { return Ok(None) };
    let State::Leased { until } = message.state else { return Ok(None) };
    if !is_true(read, &message, context.now)? {
        return Ok(None);
    }
    let message = registration::as_told(read, message, context.now)?;
    let facts = facts::gather(read, context, &message)?;
    let link = link(read, context, &message)?;
    let voice = words::voice(read, scripts, &message)?;
    Ok(Some(Ready { message, until, facts, link, voice }))
}

/// What pins words: the same words of the same message have the same digest.
fn pin(context: &Context, version: Version, parts: [&str; 3]) -> Pinned {
    let full = context.digest("words", &parts.map(str::as_bytes));
    let mut digest = [0; 16];
    digest.copy_from_slice(&full[..16]);
    Pinned { version, digest }
}

fn claimed(ready: Ready, words: Option<Words>, pinned: &Pinned) -> Result<Claimed> {
    let Ready { message, until, facts, link, .. } = ready;
    let link = link.as_ref().map(|link| link.expose_secret());
    let words = words.map(|words| link.map_or(words.clone(), |link| words.filled(link)));
    let Words { subject, text, html } = words.unwrap_or_default();
    Ok(Claimed {
        id: message.id,
        kind: message.kind,
        channel: message.channel,
        name: message.to.name.as_ref().map(PersonName::display),
        to: message.to.address,
        practice: message.practice,
        about: message.subject,
        attempt: message.attempt,
        lease_until: until,
        subject,
        text,
        html,
        facts_json: facts.json(link)?,
        locale: facts.recipient.locale,
        delivery_key: format!("{}-{}", message.id, data_encoding::HEXLOWER.encode(&pinned.digest)),
        version: pinned.version,
    })
}

impl Admit {
    /// Hands messages that are due to a worker until their leases end. A store call, for the host
    /// alone.
    ///
    /// What is no longer true is dropped: a link that died, a client that gets no notices, a login
    /// that was removed, a practice without a template for the link.
    ///
    /// # Errors
    /// `Invalid` for a lease outside of 1 second to 1 hour.
    pub fn claim(&self, claim: Claim) -> Result<Vec<Claimed>> {
        let length = claim.lease.unwrap_or(LEASE_DEFAULT);
        if !(SECOND..=LEASE_MAX).contains(&length) {
            return Err(Reason::NotInRange).field("lease_ms");
        }
        let limit = match usize::try_from(claim.limit).unwrap_or(CLAIM_MAX) {
            0 => CLAIM_MAX,
            asked => asked.min(CLAIM_MAX),
        };
        let host = Actor::store_host();
        let context = self.context(&host)?;
        // A worker that polls an idle outbox costs no commit.
        if self.snapshot(|read| records::message::due(read, context.now, 1))?.is_empty() {
            return Ok(Vec::new());
        }
        let leased = self.run(&host, Lease { limit, length }, None)?;
        let found = self.read(&host, |look| {
            let (context, read) = (look.context, &mut *look.read);
            let ids = leased.iter();
            let ready = ids.filter_map(|id| ready(read, context, self.scripts(), *id).transpose());
            ready.collect::<Result<Vec<_>>>()
        })?;
        let (messages, pin) = self.worded(&context, found, claim.facts_only)?;
        if !pin.worded.is_empty() || !pin.failures.is_empty() {
            self.run(&host, pin, None)?;
        }
        Ok(messages)
    }

    /// Makes the words of leased messages, in one hop to the scripts.
    fn worded(
        &self,
        context: &Context,
        found: Vec<Ready>,
        facts_only: bool,
    ) -> Result<(Vec<Claimed>, Pin)> {
        let mut messages = Vec::with_capacity(found.len());
        let mut pin = Pin { worded: Vec::new(), failures: Vec::new() };
        if facts_only {
            for ready in found {
                let pinned = self::pin(context, Version::Facts, [&ready.facts.json(None)?, "", ""]);
                pin.note(&ready, &pinned, false);
                messages.push(claimed(ready, None, &pinned)?);
            }
            return Ok((messages, pin));
        }
        let voiced = found.iter().filter_map(|it| Some((&it.facts, it.voice.as_ref()?)));
        let calls = voiced.map(|(facts, (_, _, set))| Call {
            practice: facts.practice.id,
            set: set.clone(),
            ask: Ask::Notice(Box::new(facts.clone())),
        });
        let mut answers = self.scripts().ask(calls.collect(), context.now).into_iter();
        for ready in found {
            let answer = ready.voice.as_ref().and_then(|_| answers.next());
            let (words, version) = match (&answer, &ready.voice) {
                (Some(Answer { made: Ok(Made::Words(words)), .. }), Some((_, version, _))) => {
                    (words.clone(), *version)
                }
                (Some(Answer { made: Ok(Made::Nothing), .. }), Some((_, version, _))) => {
                    pin.note(&ready, &self::pin(context, *version, ["", "", ""]), true);
                    continue;
                }
                _ => (english::words(&ready.facts), Version::BuiltIn),
            };
            if let (Some(answer), Some((set, _, _))) = (answer, &ready.voice)
                && answer.made.is_err()
            {
                pin.failures.push((ready.message.practice, *set, answer));
            }
            let pinned = self::pin(context, version, [&words.subject, &words.text, &words.html]);
            pin.note(&ready, &pinned, false);
            messages.push(claimed(ready, Some(words), &pinned)?);
        }
        Ok((messages, pin))
    }
}

impl Pin {
    fn note(&mut self, ready: &Ready, pinned: &Pinned, is_dropped: bool) {
        if is_dropped || ready.message.pinned.is_none() {
            let (id, pinned) = (ready.message.id, pinned.clone());
            self.worded.push(Worded { id, pinned, is_dropped });
        }
    }
}
