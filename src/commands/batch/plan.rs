//! The plan: each row judged as sending would judge it, and nobody invited.

use super::{BatchView, Progress, sending, skip};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::invitation::{self, CHUNK};
use crate::commands::list::ListFilter;
use crate::commands::look::About;
use crate::commands::policy;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::batch::{Batch, BatchRow, Counts, How, Planned, ROWS_MAX, Skip, Stage};
use crate::domain::event::Happening;
use crate::domain::id::{BatchId, ClientId};
use crate::domain::practice;
use crate::domain::refusal::Refusal;
use crate::domain::script::Hook;
use crate::domain::text::{Email, IdempotencyKey, Reason};
use crate::error::{InField, Result};
use crate::records;
use serde::Serialize;

/// How many clients that share an address are looked at: more than a family has.
const FAMILY_MAX: usize = 32;

/// Whom a plan is for.
#[derive(Debug, Clone)]
pub enum Whom {
    /// These clients, in this order; None is a text that was no id, and names nothing.
    Clients(Vec<Option<ClientId>>),
    /// All clients that a list shows now, latest first.
    Listed(ListFilter),
}

/// What is planned.
#[derive(Debug, Clone)]
pub struct PlanBatch {
    /// For whom.
    pub whom: Whom,
    /// What each row sends.
    pub how: How,
}

/// Makes the batch, without rows yet.
#[derive(Serialize)]
struct Begin {
    how: How,
    /// A digest of whom it is for, so that the key serves this request alone.
    whom: [u8; 32],
    /// The list that is planned, in the digest already.
    #[serde(skip)]
    listed: Option<ListFilter>,
}

impl Command for Begin {
    type Done = BatchId;
    const ACTION: Option<Action> = Some(Action::InvitationPlan);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<BatchId> {
        unit.look().permit(Action::InvitationPlan, About::New)?;
        if let Some(millis) = self.how.expires_in {
            practice::invitation_lifetime(millis, "expires_in_ms")?;
        }
        if let Some(filter) = &self.listed {
            filter.require_here(&mut unit.look())?;
        }
        let now = unit.now();
        let batch = Batch {
            id: unit.new_id(),
            practice: unit.context.practice()?,
            maker: unit.context.actor.who,
            on_behalf_of: unit.context.actor.on_behalf_of,
            how: self.how.clone(),
            stage: Stage::Planning,
            counts: Counts::default(),
            cursor: None,
            retry_at: None,
            created_at: now,
            updated_at: now,
        };
        records::batch::put(&mut unit.write, None, &batch)?;
        unit.note(Note::done(batch.practice, Happening::BatchPlanned, batch.id).with("rows", 0));
        Ok(batch.id)
    }
}

/// Judges the next rows.
#[derive(Serialize)]
struct JudgeRows {
    batch: BatchId,
    clients: Vec<Option<ClientId>>,
    /// How many rows the batch has before these.
    from: u32,
    /// Where the list goes on; None where these are the last rows.
    cursor: Option<Vec<u8>>,
    is_last: bool,
}

impl Command for JudgeRows {
    type Done = Batch;
    const ACTION: Option<Action> = Some(Action::InvitationPlan);
    const POLICY: Option<Hook> = Some(Hook::Invitation);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Batch> {
        let old = unit.look().batch(self.batch)?;
        unit.look().permit(Action::InvitationPlan, About::Made(old.maker))?;
        if old.stage != Stage::Planning || old.counts.rows != self.from {
            return Err(Refusal::Conflict.into());
        }
        let mut new = old.clone();
        for client in &self.clients {
            let row = judge(unit, &new, *client)?;
            records::batch::put_row(&mut unit.write, new.id, None, &row)?;
            count(&mut new.counts, &row);
        }
        if unit.context.book.is_waiting() {
            return Err(Refusal::Conflict.into());
        }
        policy::note_failures(unit)?;
        new.cursor = self.cursor.clone();
        new.updated_at = unit.now();
        if self.is_last {
            new.stage = Stage::Planned;
        }
        records::batch::put(&mut unit.write, Some(&old), &new)?;
        let note = Note::done(new.practice, Happening::BatchPlanned, new.id);
        let note = note.with("rows", new.counts.rows).with("invite", new.counts.to_invite);
        let note = note.with("renew", new.counts.to_renew).with("skip", new.counts.to_skip);
        unit.note(note);
        Ok(new)
    }
}

fn judge(unit: &mut Unit<'_>, batch: &Batch, client: Option<ClientId>) -> Result<BatchRow> {
    let row = BatchRow {
        place: batch.counts.rows,
        client,
        planned: Planned::Skip(Skip::Refused(Refusal::NotFound)),
        shares_address: false,
        waits: None,
        applied: None,
        undone: None,
    };
    let Some(client) = client else { return Ok(row) };
    if records::batch::has(&mut unit.write, batch.id, client)? {
        let planned = Planned::Skip(Skip::Refused(Refusal::RowRepeated));
        return Ok(BatchRow { planned, ..row });
    }
    match invitation::foreseen(unit, &sending(&batch.how, client))? {
        Ok(foreseen) => {
            let shares_address = match &foreseen.email {
                Some(email) => is_shared(unit, batch.id, client, email)?,
                None => false,
            };
            let planned = if foreseen.is_renewal { Planned::Renew } else { Planned::Invite };
            Ok(BatchRow { planned, shares_address, ..row })
        }
        Err(ailing) => {
            let planned = skip(ailing).map_or(Planned::Invite, Planned::Skip);
            // What is not in the practice leaves no trace of where it is.
            let is_here = planned != Planned::Skip(Skip::Refused(Refusal::NotFound));
            Ok(BatchRow { planned, client: row.client.filter(|_| is_here), ..row })
        }
    }
}

/// Whether a client of an earlier row has the same address, as the members of a family do.
fn is_shared(unit: &mut Unit<'_>, batch: BatchId, own: ClientId, email: &Email) -> Result<bool> {
    let practice = unit.context.practice()?;
    let word = email.canonical();
    let family = records::client::with_word(&mut unit.write, practice, word, FAMILY_MAX)?;
    for client in family.into_iter().filter(|it| *it != own) {
        let found = records::client::find(&mut unit.write, client)?;
        let other = found.and_then(|found| found.profile.email);
        if other.is_some_and(|other| other.canonical() == word)
            && records::batch::has(&mut unit.write, batch, client)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn count(counts: &mut Counts, row: &BatchRow) {
    counts.rows += 1;
    counts.open += u32::from(row.is_open());
    match row.planned {
        Planned::Invite => counts.to_invite += 1,
        Planned::Renew => counts.to_renew += 1,
        Planned::Skip(_) => counts.to_skip += 1,
    }
}

impl Admit {
    /// Plans up to 100,000 invitations: judges each client as sending would, and invites nobody.
    ///
    /// The same key and request give the same batch, and go on where an earlier call ended. The
    /// total that the progress hears is 0 for a list, of which nobody knows it.
    ///
    /// # Errors
    /// What the access table says; `Invalid` for no clients, too many, or a lifetime out of range;
    /// `NotFound` for a room or a seat of the filter that is not here.
    pub fn plan_batch(
        &self,
        actor: &Actor,
        plan: &PlanBatch,
        key: Option<&IdempotencyKey>,
        progress: Option<Progress<'_>>,
    ) -> Result<BatchView> {
        let listed = match &plan.whom {
            Whom::Clients(_) => None,
            Whom::Listed(filter) => Some(filter.clone()),
        };
        let whom = match &plan.whom {
            Whom::Clients(clients) if clients.is_empty() => {
                return Err(Reason::Missing).field("client_ids");
            }
            Whom::Clients(clients) if clients.len() > ROWS_MAX => {
                return Err(Reason::TooMany { max: ROWS_MAX }).field("client_ids");
            }
            Whom::Clients(clients) => {
                let id = |it: &Option<ClientId>| it.map(|id| *id.bytes()).unwrap_or_default();
                clients.iter().flat_map(id).collect()
            }
            Whom::Listed(filter) => format!("{filter:?}").into_bytes(),
        };
        let whom = self.context(actor)?.digest("whom a batch is for", &[&whom]);
        let id = self.run(actor, Begin { how: plan.how.clone(), whom, listed }, key)?;
        let mut batch = self.batch_of(actor, id)?;
        while batch.stage == Stage::Planning {
            let rows = self.next_rows(actor, &plan.whom, &batch)?;
            batch = self.run(actor, rows, None)?;
            let total = match &plan.whom {
                Whom::Clients(clients) => clients.len() as u64,
                Whom::Listed(_) => 0,
            };
            if progress.is_some_and(|progress| !progress(batch.counts.rows.into(), total)) {
                break;
            }
        }
        self.batch(actor, id)
    }

    fn next_rows(&self, actor: &Actor, whom: &Whom, batch: &Batch) -> Result<JudgeRows> {
        let from = batch.counts.rows;
        let (clients, cursor) = match whom {
            Whom::Clients(clients) => {
                let rest = clients.get(from as usize..).unwrap_or_default();
                return Ok(JudgeRows {
                    batch: batch.id,
                    clients: rest.iter().take(CHUNK).copied().collect(),
                    from,
                    cursor: None,
                    is_last: rest.len() <= CHUNK,
                });
            }
            Whom::Listed(filter) => {
                self.clients_listed(actor, filter, batch.cursor.clone(), CHUNK)?
            }
        };
        if from as usize + clients.len() > ROWS_MAX {
            return Err(Reason::TooMany { max: ROWS_MAX }).field("query");
        }
        let is_last = cursor.is_none();
        let clients = clients.into_iter().map(Some).collect();
        Ok(JudgeRows { batch: batch.id, clients, from, cursor, is_last })
    }
}
