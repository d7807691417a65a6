//! How a product's policy decides within a command.
//!
//! A body that needs a verdict looks it up by the digest of the facts and of the set that speaks.
//! Where it is missing, the body notes what it wants to know and ends; the hook is asked outside
//! of any transaction, and the body runs again. So a verdict counts for exactly the facts that it
//! was made of, whatever a neighbour changed meanwhile.

use super::admit::{Admit, Command};
use super::audit::{self, Note};
use super::context::Context;
use super::scripts::Scripts;
use super::unit::Unit;
use crate::domain::event::Happening;
use crate::domain::id::{PracticeId, ScriptSetId};
use crate::domain::refusal::Refusal;
use crate::domain::script::{Hook, Version};
use crate::error::{Error, Result};
use crate::hooks::engine::{Answer, Ask, Call, Made};
use crate::records;
use crate::store::{Read, StoreError};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

type Digest = [u8; 32];

/// What a body wants to know.
struct Wanted {
    digest: Digest,
    practice: PracticeId,
    set: ScriptSetId,
    ask: Ask,
}

/// Under what a verdict is filed, and whose it is.
type Filed = (Digest, PracticeId, ScriptSetId, Hook);

struct Given {
    practice: PracticeId,
    set: ScriptSetId,
    hook: Hook,
    answer: Answer,
}

/// The verdicts of one command's run.
#[derive(Default)]
pub struct Book {
    given: Mutex<BTreeMap<Digest, Given>>,
    wanted: Mutex<Vec<Wanted>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Book {
    /// Whether a body ended for want of a verdict.
    pub(super) fn is_waiting(&self) -> bool {
        !lock(&self.wanted).is_empty()
    }

    /// The calls of hooks for what is wanted, each with what its verdict is filed under.
    fn calls(&self, scripts: &Scripts, read: &mut dyn Read) -> Result<(Vec<Filed>, Vec<Call>)> {
        let (mut filed, mut calls) = (Vec::new(), Vec::new());
        for Wanted { digest, practice, set, ask } in std::mem::take(&mut *lock(&self.wanted)) {
            filed.push((digest, practice, set, ask.hook()));
            calls.push(Call { practice, set: scripts.set(read, set)?, ask });
        }
        Ok((filed, calls))
    }

    fn give(&self, filed: Vec<Filed>, answers: Vec<Answer>) {
        let mut given = lock(&self.given);
        for ((digest, practice, set, hook), answer) in filed.into_iter().zip(answers) {
            given.insert(digest, Given { practice, set, hook, answer });
        }
    }
}

/// What a policy said, and which.
pub(super) struct Judged {
    /// What it said; None where no script has the hook.
    pub made: Option<Made>,
    /// Which version said it.
    pub version: Version,
}

/// Asks the policy in force; `facts` are gathered where there is one.
///
/// # Errors
/// `PolicyFailed` where it failed; `Conflict` where its verdict is not there yet, after which the
/// body runs again.
pub(super) fn ask(
    unit: &mut Unit<'_>,
    practice: PracticeId,
    hook: Hook,
    facts: impl FnOnce(&mut Unit<'_>) -> Result<Ask>,
) -> Result<Judged> {
    let Some(voice) = records::script::voice(&mut unit.write, practice, hook)? else {
        return Ok(Judged { made: None, version: Version::BuiltIn });
    };
    let ask = facts(unit)?;
    let json = ask.json().map_err(|_| StoreError::TooLarge)?.to_string();
    let digest = unit.context.digest("facts", &[voice.set.bytes(), json.as_bytes()]);
    let given = lock(&unit.context.book.given).get(&digest).map(|it| it.answer.made.clone());
    match given {
        Some(Ok(made)) => Ok(Judged { made: Some(made), version: voice.version }),
        Some(Err(_)) => Err(Refusal::PolicyFailed.into()),
        None => {
            let wanted = Wanted { digest, practice, set: voice.set, ask };
            lock(&unit.context.book.wanted).push(wanted);
            Err(Refusal::Conflict.into())
        }
    }
}

/// Notes each policy that failed: which, where, and never with what it had before it.
pub(super) fn note_failures(unit: &mut Unit<'_>) -> Result<()> {
    let context = unit.context;
    for Given { practice, set, hook, answer } in lock(&context.book.given).values() {
        note_failure(unit, *practice, *hook, *set, answer)?;
    }
    Ok(())
}

/// Notes that a script failed, if it did, and that its set rests because of it.
pub(super) fn note_failure(
    unit: &mut Unit<'_>,
    practice: PracticeId,
    hook: Hook,
    set: ScriptSetId,
    answer: &Answer,
) -> Result<()> {
    let Err(fault) = &answer.made else { return Ok(()) };
    let note = Note::done(practice, Happening::ScriptFailed, set)
        .with("hook", hook.word())
        .with("code", fault.code.word())
        .with("script", &fault.script)
        .with("line", fault.line);
    audit::note_tallied(unit, note)?;
    if answer.set_aside {
        unit.note(Note::done(practice, Happening::ScriptsSetAside, set));
    }
    Ok(())
}

impl Admit {
    /// Whether a script of the product's or the actor's practice has a hook.
    pub(super) fn is_scripted(&self, context: &Context, hook: Hook) -> Result<bool> {
        let Ok(practice) = context.practice() else { return Ok(false) };
        let voice = self.snapshot(|read| records::script::voice(read, practice, hook))?;
        Ok(voice.is_some())
    }

    /// Runs the body on a snapshot until no verdict is wanting; what it decides there is dropped.
    pub(super) fn look_ahead<C: Command>(&self, context: &Context, command: &C) -> Result<()> {
        for _ in 0..super::STARTS_OVER {
            let (filed, calls) = self.snapshot(|read| {
                lock(&context.book.wanted).clear();
                // A refusal or a fault comes again in the write, which records it.
                let _ = command.decide(&mut Unit::new(read, context));
                match context.book.calls(self.scripts(), read) {
                    Err(Error::Store(fault)) => Err(fault),
                    calls => Ok(calls),
                }
            })??;
            if calls.is_empty() {
                break;
            }
            // Not within the snapshot: a hook may take as long as its limits allow.
            context.book.give(filed, self.scripts().ask(calls, context.now));
        }
        Ok(())
    }
}
