//! Many invitations at once: one outcome a row, a thousand rows a commit.

use super::send::{self, SendInvitation, Sent};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit;
use crate::commands::look::About;
use crate::commands::policy;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::event::Happening;
use crate::domain::refusal::Refusal;
use crate::domain::script::Hook;
use crate::domain::text::{self, IdempotencyKey};
use crate::error::{Error, InField, Result};
use crate::hooks::verdict::Reason;
use serde::{Deserialize, Serialize};

/// How many rows one commit takes.
const CHUNK: usize = 1_000;
/// How many rows one call takes.
const ROWS_MAX: usize = 100_000;

/// Sends many invitations; a row that is refused does not stop the rest.
#[derive(Debug, Clone, Serialize)]
pub struct SendInvitations {
    /// What each row sends.
    pub rows: Vec<SendInvitation>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Row {
    /// It was sent or renewed.
    Sent(Sent),
    /// A rule said no.
    Skipped(Refusal),
    /// The product's policy said no, and why.
    Denied(Vec<Reason>),
    /// An input of the row breaks a rule.
    Invalid {
        /// The field.
        field: String,
        /// The rule.
        reason: String,
    },
}

impl Command for SendInvitations {
    type Done = Vec<Row>;
    const ACTION: Option<Action> = Some(Action::InvitationSend);
    const POLICY: Option<Hook> = Some(Hook::Invitation);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Vec<Row>> {
        // Whoever may invite nobody is refused once, and not a hundred thousand times.
        unit.look().permit(Action::InvitationSend, About::New)?;
        let rows = self.rows.iter().map(|row| outcome(unit, row)).collect::<Result<Vec<_>>>()?;
        if unit.context.book.is_waiting() {
            return Err(Refusal::Conflict.into());
        }
        if rows.contains(&Row::Skipped(Refusal::PolicyFailed)) {
            policy::note_failures(unit)?;
        }
        Ok(rows)
    }
}

fn outcome(unit: &mut Unit<'_>, row: &SendInvitation) -> Result<Row> {
    match send::plan(unit, row) {
        Ok(plan) => Ok(Row::Sent(send::carry_out(unit, row, plan)?)),
        Err(Error::Refused(refusal)) => {
            if refusal.is_recorded() {
                let action = Some(Action::InvitationSend);
                audit::note_refusal(unit, Happening::AccessRefused, None, action, refusal)?;
            }
            Ok(Row::Skipped(refusal))
        }
        Err(Error::Denied(reasons)) => {
            let (action, refusal) = (Some(Action::InvitationSend), Refusal::PolicyDenied);
            audit::note_refusal(unit, Happening::AccessRefused, None, action, refusal)?;
            Ok(Row::Denied(reasons))
        }
        Err(Error::Invalid(invalid)) => {
            let (field, reason) = (invalid.field.to_owned(), invalid.reason.to_string());
            Ok(Row::Invalid { field, reason })
        }
        Err(other) => Err(other),
    }
}

impl Admit {
    /// Sends up to 100,000 invitations, a thousand a commit, and answers each in its place.
    ///
    /// After a fault the rows of earlier commits are sent; the same key and rows give the answer
    /// of those and go on with the rest.
    ///
    /// # Errors
    /// A fault of the store; `Invalid` for too many rows; what the access table says to an actor who
    /// may invite nobody. What ails one row is its own outcome.
    pub fn send_invitations(
        &self,
        actor: &Actor,
        mut rows: Vec<SendInvitation>,
        key: Option<&IdempotencyKey>,
    ) -> Result<Vec<Row>> {
        if rows.len() > ROWS_MAX {
            return Err(text::Reason::TooMany { max: ROWS_MAX }).field("invitations");
        }
        let mut outcomes = Vec::with_capacity(rows.len());
        for chunk in 0_u64.. {
            let rest = rows.split_off(rows.len().min(CHUNK));
            let key = key.map(|key| self.chunk_key(actor, key, chunk)).transpose()?;
            outcomes.extend(self.run(actor, SendInvitations { rows }, key.as_ref())?);
            rows = rest;
            if rows.is_empty() {
                break;
            }
        }
        Ok(outcomes)
    }

    /// The key of one commit of many; the first one's is the caller's own.
    fn chunk_key(&self, actor: &Actor, key: &IdempotencyKey, chunk: u64) -> Result<IdempotencyKey> {
        if chunk == 0 {
            return Ok(key.clone());
        }
        let parts = [key.as_str().as_bytes(), &chunk.to_be_bytes()];
        let digest = self.context(actor)?.digest("chunk of a request", &parts);
        IdempotencyKey::parse(&data_encoding::HEXLOWER.encode(&digest)).field("idempotency_key")
    }
}
