//! How a command becomes durable: once, however often it comes with the same key.

use super::STARTS_OVER;
use super::admit::{Admit, Command};
use super::context::Context;
use super::log::Level;
use super::policy;
use super::unit::Unit;
use crate::domain::refusal::Refusal;
use crate::domain::text::IdempotencyKey;
use crate::error::{Error, Result};
use crate::records;
use crate::records::outcome::{Ended, Outcome};
use crate::store::{StoreError, Write};
use serde::de::DeserializeOwned;
use std::sync::Arc;

#[derive(Clone)]
struct Request {
    key: [u8; 32],
    digest: [u8; 32],
}

impl Admit {
    /// Runs a command as of a time that was taken before it, to hash a password meanwhile.
    ///
    /// # Errors
    /// As `run`.
    pub(super) fn run_in<C: Command>(
        &self,
        context: Arc<Context>,
        command: C,
        key: Option<&IdempotencyKey>,
    ) -> Result<C::Done> {
        let request = key.map(|key| request(&context, key, &command)).transpose()?;
        let command = Arc::new(command);
        let mut ended = Err(Refusal::Conflict.into());
        for _ in 0..STARTS_OVER {
            if let Some(hook) = C::POLICY
                && self.is_scripted(&context, hook)?
            {
                self.look_ahead(&context, &*command)?;
            }
            let (body, within, request) = (command.clone(), context.clone(), request.clone());
            let (answer, warnings) =
                self.commit(move |write| attempt(write, &within, &*body, request.as_ref()))?;
            for warning in warnings {
                self.options().log(Level::Warning, &warning);
            }
            ended = answer;
            if !context.book.is_waiting() {
                break;
            }
        }
        ended
    }
}

fn request<C: Command>(context: &Context, key: &IdempotencyKey, command: &C) -> Result<Request> {
    let asked =
        zeroize::Zeroizing::new(postcard::to_stdvec(command).map_err(|_| StoreError::TooLarge)?);
    let actor = &context.actor;
    let who = format!("{:?} {:?} {:?}", actor.scope, actor.who, actor.on_behalf_of);
    let name = std::any::type_name::<C>();
    Ok(Request {
        key: context.digest("idempotency key", &[key.as_str().as_bytes()]),
        digest: context.digest("request", &[name.as_bytes(), who.as_bytes(), &asked]),
    })
}

/// The answer, and what the log is told once it is durable.
type Attempted<T> = std::result::Result<(Result<T>, Vec<String>), StoreError>;

fn attempt<C: Command>(
    write: &mut dyn Write,
    context: &Context,
    command: &C,
    request: Option<&Request>,
) -> Attempted<C::Done> {
    if let Some(request) = request
        && let Some(earlier) = records::outcome::find(write, &request.key)?
        && context.now.since(earlier.at) < records::outcome::KEPT
    {
        return Ok((again(&earlier, request)?, Vec::new()));
    }
    let mut unit = Unit::new(write, context);
    let decided = command.decide(&mut unit);
    let decided = match C::ACTION {
        Some(action) => unit.look().hiding(action, |_| decided),
        None => decided,
    };
    let decided = decided.and_then(|done| {
        let warnings = unit.take_warnings();
        Ok((done, warnings, unit.finish()?))
    });
    let (answer, warnings, ended) = match decided {
        Ok((done, warnings, changes)) => {
            changes.merge(write)?;
            // Without a request there is nobody to repeat them to.
            let ids = match request {
                Some(_) => postcard::to_stdvec(&done).map_err(|_| StoreError::TooLarge)?,
                None => Vec::new(),
            };
            (Ok(done), warnings, Ended::Done(ids))
        }
        Err(Error::Refused(refusal)) => {
            if refusal.is_recorded() {
                note_refused(write, context, command, refusal)?;
            }
            (Err(refusal.into()), Vec::new(), Ended::Refused(refusal))
        }
        Err(Error::Denied(reasons)) => {
            let refusal = Refusal::PolicyDenied;
            note_refused(write, context, command, refusal)?;
            (Err(Error::Denied(reasons)), Vec::new(), Ended::Refused(refusal))
        }
        Err(Error::Store(fault)) => return Err(fault),
        Err(other) => return Ok((Err(other), Vec::new())),
    };
    // A conflict is no end: whoever was overtaken starts over under the same key.
    let is_over = !matches!(ended, Ended::Refused(Refusal::Conflict));
    if let Some(request) = request.filter(|_| is_over) {
        let outcome = Outcome { request: request.digest, at: context.now, ended };
        records::outcome::put(write, &request.key, &outcome)?;
    }
    Ok((answer, warnings))
}

fn again<T: DeserializeOwned>(
    earlier: &Outcome,
    request: &Request,
) -> std::result::Result<Result<T>, StoreError> {
    if earlier.request != request.digest {
        return Ok(Err(Refusal::Conflict.into()));
    }
    match &earlier.ended {
        Ended::Done(ids) => Ok(Ok(postcard::from_bytes(ids).map_err(|_| StoreError::Damaged)?)),
        Ended::Refused(refusal) => Ok(Err((*refusal).into())),
    }
}

fn note_refused<C: Command>(
    write: &mut dyn Write,
    context: &Context,
    command: &C,
    refusal: Refusal,
) -> std::result::Result<(), StoreError> {
    record(write, context, |unit| {
        command.refused(unit, refusal)?;
        policy::note_failures(unit)
    })
}

/// Writes what stays of a refusal, in a unit of its own.
pub(super) fn record(
    write: &mut dyn Write,
    context: &Context,
    note: impl FnOnce(&mut Unit<'_>) -> Result<()>,
) -> std::result::Result<(), StoreError> {
    let mut unit = Unit::new(write, context);
    match note(&mut unit).and_then(|()| unit.finish()) {
        Ok(changes) => changes.merge(write),
        Err(Error::Store(fault)) => Err(fault),
        Err(_) => Ok(()),
    }
}
