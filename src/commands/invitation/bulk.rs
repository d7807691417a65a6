//! Many invitations at once: one outcome a row, a thousand rows a commit.

use super::send::{self, Foreseen, SendInvitation, Sent};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit;
use crate::commands::look::About;
use crate::commands::policy;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::batch::ROWS_MAX;
use crate::domain::event::Happening;
use crate::domain::refusal::Refusal;
use crate::domain::script::Hook;
use crate::domain::text::{self, IdempotencyKey};
use crate::error::{Error, InField, Result};
use crate::hooks::verdict::Reason;
use serde::{Deserialize, Serialize};

/// How many rows one commit takes.
pub(in crate::commands) const CHUNK: usize = 1_000;

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
        match unit.look().permit(Action::InvitationSend, About::New) {
            // Whoever acts for named clients alone makes no others, and invites those.
            Err(Error::Refused(Refusal::NotPermitted))
                if unit.context.actor.on_behalf_of.is_some() => {}
            permitted => drop(permitted?),
        }
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

/// Sends one row of many; a refusal of it is recorded.
pub(in crate::commands) fn outcome(unit: &mut Unit<'_>, row: &SendInvitation) -> Result<Row> {
    let ailing = match send::plan(unit, row) {
        Ok(plan) => return Ok(Row::Sent(send::carry_out(unit, row, plan)?)),
        Err(error) => passed_over(error)?,
    };
    let refusal = match &ailing {
        Row::Skipped(refusal) => Some(*refusal),
        Row::Denied(_) => Some(Refusal::PolicyDenied),
        Row::Sent(_) | Row::Invalid { .. } => None,
    };
    if let Some(refusal) = refusal.filter(|refusal| refusal.is_recorded()) {
        let action = Some(Action::InvitationSend);
        audit::note_refusal(unit, Happening::AccessRefused, None, action, refusal)?;
    }
    Ok(ailing)
}

/// What sending one row of many would do now, and where it would go; nothing is written.
pub(in crate::commands) fn foreseen(
    unit: &mut Unit<'_>,
    row: &SendInvitation,
) -> Result<std::result::Result<Foreseen, Row>> {
    match send::plan(unit, row) {
        Ok(plan) => Ok(Ok(plan.foreseen())),
        Err(error) => passed_over(error).map(Err),
    }
}

/// What ails one row and does not stop the rest; a fault does.
fn passed_over(error: Error) -> Result<Row> {
    match error {
        Error::Refused(refusal) => Ok(Row::Skipped(refusal)),
        Error::Denied(reasons) => Ok(Row::Denied(reasons)),
        Error::Invalid(invalid) => {
            let (field, reason) = (invalid.field.to_owned(), invalid.reason.to_string());
            Ok(Row::Invalid { field, reason })
        }
        other => Err(other),
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
