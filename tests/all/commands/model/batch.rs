//! Batches of invitations: planned, applied row by row, and undone.

use super::access::{About, Actor, Who};
use super::offers::{OPEN_FOR, Offered};
use super::ops::{self, By, Sent};
use super::real::{Real, said};
use super::stories;
use super::table::{BATCH_READ, INVITATION_PLAN, INVITATION_REVOKE, Row as Line};
use super::world::{Answer, DAY, No, Offer, State, World, latest, place};
use admit::commands::batch::{self, PlanBatch, RowFilter};
use admit::commands::list::ListFilter;
use admit::domain::batch::{self as domain, How as Ways, Shown};
use admit::domain::client::Stage;
use admit::domain::id::BatchId;
use admit::domain::invitation::{self, Channel};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use proptest::prelude::*;

/// How long a batch is kept.
const KEPT: i64 = 30 * DAY;

#[derive(Debug, Clone, Copy)]
pub enum Whom {
    Nobody,
    /// None is a text that names nothing.
    Clients([Option<u8>; 4]),
    Listed(Filter),
}

#[derive(Debug, Clone, Copy)]
pub struct Filter {
    pub stage: Option<Stage>,
    pub invited: Option<invitation::Shown>,
    pub room: Option<u8>,
    pub reachable_by: Option<u8>,
}

#[derive(Debug, Clone, Copy)]
pub struct How {
    pub sent: Sent,
    /// How long each is open; none at all is not allowed.
    pub days: Option<u8>,
}

#[derive(Debug, Clone, Copy)]
pub enum Op {
    Plan { by: By, whom: Whom, how: How },
    Apply { by: By, batch: u8 },
    Undo { by: By, batch: u8, renewed_too: bool },
    Read { by: By, batch: u8 },
}

/// Mostly whoever may.
fn by() -> impl Strategy<Value = By> {
    let seat = (0..2_u8).prop_map(By::Seat);
    prop_oneof![1 => Just(By::Host { practice: 0 }), 6 => seat, 2 => stories::by()]
}

fn whom() -> impl Strategy<Value = Whom> {
    use invitation::Shown::{Expired, None, Pending};
    let client = || prop::option::weighted(0.95, stories::at());
    let clients = (client(), client(), client(), client());
    let invited = prop::sample::select(vec![None, Pending, Expired]);
    let filter = (
        prop::option::weighted(0.1, stories::stage()),
        prop::option::weighted(0.2, invited),
        prop::option::weighted(0.1, 0..4_u8),
        prop::option::weighted(0.1, stories::at()),
    );
    prop_oneof![
        1 => Just(Whom::Nobody),
        12 => clients.prop_map(|(a, b, c, d)| Whom::Clients([a, b, c, d])),
        12 => filter.prop_map(|(stage, invited, room, reachable_by)| {
            Whom::Listed(Filter { stage, invited, room, reachable_by })
        }),
    ]
}

fn how() -> impl Strategy<Value = How> {
    (stories::sent(), prop::option::weighted(0.3, 0..9_u8))
        .prop_map(|(sent, days)| How { sent, days })
}

pub fn op() -> BoxedStrategy<ops::Op> {
    let batch = stories::latest;
    prop_oneof![
        5 => (by(), whom(), how()).prop_map(|(by, whom, how)| Op::Plan { by, whom, how }),
        8 => (by(), batch()).prop_map(|(by, batch)| Op::Apply { by, batch }),
        2 => (by(), batch(), any::<bool>())
            .prop_map(|(by, batch, renewed_too)| Op::Undo { by, batch, renewed_too }),
        1 => (by(), batch()).prop_map(|(by, batch)| Op::Read { by, batch }),
    ]
    .prop_map(ops::Op::Batch)
    .boxed()
}

/// A practice that has many to invite.
pub fn busy() -> BoxedStrategy<ops::Op> {
    let address = || prop::option::weighted(0.9, 0..2_u8);
    let sent = || prop_oneof![4 => Just(Sent::ByEmail), 1 => Just(Sent::Copied)];
    prop_oneof![
        6 => op(),
        2 => (by(), address(), stories::stage())
            .prop_map(|(by, address, stage)| ops::Op::CreateClient { by, address, stage }),
        1 => (by(), stories::at(), sent()).prop_map(|(by, client, sent)| {
            ops::Op::InviteClient { by, client, guardian: false, address: None, sent }
        }),
        1 => stories::clients(),
        1 => stories::invitations(),
        4 => stories::op(),
    ]
    .boxed()
}

pub struct Batch {
    pub practice: usize,
    maker: Who,
    how: How,
    pub rows: Vec<Row>,
    created_at: i64,
    is_begun: bool,
    is_undone: bool,
    pub retry_at: Option<i64>,
    pub is_forgotten: bool,
}

pub struct Row {
    /// None for what is nobody here.
    pub client: Option<usize>,
    /// Whether it renews, or why it is passed over.
    pub planned: Result<bool, Refusal>,
    pub shares_address: bool,
    pub waits: Option<Refusal>,
    pub applied: Option<Result<Mailed, Refusal>>,
    pub undone: Option<Result<(), Refusal>>,
}

#[derive(Clone, Copy)]
pub struct Mailed {
    pub invitation: usize,
    pub generation: u32,
}

impl Mailed {
    pub fn is_renewed(self) -> bool {
        self.generation > 1
    }
}

impl Row {
    fn planned(client: Option<usize>, planned: Result<bool, Refusal>) -> Self {
        let (shares_address, waits, applied, undone) = (false, None, None, None);
        Self { client, planned, shares_address, waits, applied, undone }
    }

    /// What a limit holds back is tried again.
    pub fn is_open(&self) -> bool {
        let is_meant = matches!(self.planned, Ok(_) | Err(Refusal::TooManyMessages { .. }));
        is_meant && self.applied.is_none()
    }

    pub fn mailed(&self) -> Option<Mailed> {
        self.applied.and_then(Result::ok).filter(|_| self.undone.is_none())
    }
}

impl Batch {
    pub fn shown(&self, now: i64) -> Shown {
        match (self.is_undone, self.is_begun) {
            (true, _) => Shown::Undone,
            (false, true) if self.rows.iter().any(Row::is_open) => Shown::Applying,
            (false, true) => Shown::Applied,
            (false, false) if now >= self.created_at + DAY => Shown::Lapsed,
            (false, false) => Shown::Planned,
        }
    }

    pub fn counts(&self) -> domain::Counts {
        let count =
            |is_it: &dyn Fn(&Row) -> bool| self.rows.iter().filter(|row| is_it(row)).count() as u32;
        let sent = |row: &Row, renewed| {
            row.applied.is_some_and(|it| it.is_ok_and(|it| it.is_renewed() == renewed))
        };
        domain::Counts {
            rows: count(&|_| true),
            to_invite: count(&|row| row.planned == Ok(false)),
            to_renew: count(&|row| row.planned == Ok(true)),
            to_skip: count(&|row| row.planned.is_err()),
            open: count(&Row::is_open),
            invited: count(&|row| sent(row, false)),
            renewed: count(&|row| sent(row, true)),
            skipped: count(&|row| matches!(row.applied, Some(Err(_)))),
            revoked: count(&|row| row.undone == Some(Ok(()))),
            kept: count(&|row| matches!(row.undone, Some(Err(_)))),
        }
    }
}

/// The rule that stood in a row's way.
fn refusal(no: No) -> Refusal {
    match no {
        No::Refused(refusal) => refusal,
        other => panic!("no rule of a row: {other:?}"),
    }
}

impl World {
    pub fn take_batch(&mut self, op: Op) -> Option<Answer> {
        let batches = self.batches.len();
        Some(match op {
            Op::Plan { by, whom, how } => {
                let actor = self.actor(by)?;
                self.plan_batch(actor, whom, how)
            }
            Op::Apply { by, batch } => {
                let actor = self.actor(by)?;
                self.apply_batch(actor, latest(batch, batches)?)
            }
            Op::Undo { by, batch, renewed_too } => {
                let actor = self.actor(by)?;
                self.undo_batch(actor, latest(batch, batches)?, renewed_too)
            }
            Op::Read { by, batch } => {
                let actor = self.actor(by)?;
                self.batch_here(actor, latest(batch, batches)?, BATCH_READ)
            }
        })
    }

    fn plan_batch(&mut self, actor: Actor, whom: Whom, how: How) -> Answer {
        if let Whom::Nobody = whom {
            return Err(No::Invalid("client_ids"));
        }
        self.may(actor, INVITATION_PLAN, About::New)?;
        if how.days == Some(0) {
            return Err(No::Invalid("expires_in_ms"));
        }
        let named = |at: Option<u8>| at.and_then(|at| place(at, self.clients.len()));
        let clients = match whom {
            Whom::Nobody => vec![],
            Whom::Clients(clients) => clients.map(named).to_vec(),
            Whom::Listed(filter) => self.listed(actor, filter)?,
        };
        let mut rows = Vec::new();
        for client in clients {
            rows.push(self.judge(actor, &rows, client, how.sent));
        }
        self.batches.push(Batch {
            practice: actor.practice,
            maker: actor.who,
            how,
            rows,
            created_at: self.now,
            is_begun: false,
            is_undone: false,
            retry_at: None,
            is_forgotten: false,
        });
        Ok(())
    }

    /// The clients that a list shows to whoever plans, latest first.
    fn listed(&self, actor: Actor, filter: Filter) -> Answer<Vec<Option<usize>>> {
        let seat = filter.reachable_by.and_then(|at| place(at, self.seats.len()));
        let rooms = filter.room.map(|room| usize::from(room) / 2);
        let practices = rooms.into_iter().chain(seat.map(|seat| self.seats[seat].practice));
        for practice in practices {
            self.here(actor, practice, INVITATION_PLAN)?;
        }
        let sees_all = actor.seat().is_none_or(|seat| self.seats[seat].role == Role::Admin);
        let is_shown = |client: &usize| {
            let client = *client;
            let it = &self.clients[client];
            let invited = self.invitation_state(self.client_invited(client));
            let is_open = |seat| self.chart_is_open(seat, client);
            let is_in = |room: u8| self.rooms[usize::from(room)].clients.contains(&client);
            it.practice == actor.practice
                && it.is_on_file()
                && (sees_all || actor.seat().is_some_and(is_open))
                && filter.stage.is_none_or(|stage| it.stage == stage)
                && filter.invited.is_none_or(|state| word(state) == invited)
                && filter.room.is_none_or(is_in)
                && seat.is_none_or(is_open)
        };
        Ok((0..self.clients.len()).rev().filter(is_shown).map(Some).collect())
    }

    /// What sending would do. Another practice's client is nobody.
    fn judge(&self, actor: Actor, earlier: &[Row], client: Option<usize>, sent: Sent) -> Row {
        let is_here = |client: &usize| {
            let it = &self.clients[*client];
            it.practice == actor.practice && !it.is_erased
        };
        let Some(client) = client.filter(is_here) else {
            return Row::planned(None, Err(Refusal::NotFound));
        };
        let others: Vec<usize> = earlier.iter().filter_map(|row| row.client).collect();
        if others.contains(&client) {
            return Row::planned(Some(client), Err(Refusal::RowRepeated));
        }
        let foreseen = self.foresee_client(actor, client, sent).map_err(refusal);
        let address = |client: usize| self.clients[client].address;
        let is_shared = |other: &usize| {
            let is_same = address(client).is_some() && address(*other) == address(client);
            is_same && self.clients[*other].is_on_file()
        };
        let shares_address = foreseen.is_ok() && others.iter().any(is_shared);
        Row { shares_address, ..Row::planned(Some(client), foreseen) }
    }

    fn batch_here(&self, actor: Actor, at: usize, row: Line) -> Answer {
        let it = &self.batches[at];
        self.here(actor, it.practice, row)?;
        self.exists(actor, !it.is_forgotten, row)?;
        self.may(actor, row, About::Made(it.maker))
    }

    /// Each open row is judged again, and sent or passed over.
    fn apply_batch(&mut self, actor: Actor, at: usize) -> Answer {
        self.batch_here(actor, at, INVITATION_PLAN)?;
        match self.batches[at].shown(self.now) {
            Shown::Lapsed => return Err(Refusal::PlanExpired.into()),
            Shown::Undone => return Err(Refusal::AlreadyEnded.into()),
            _ => {}
        }
        self.batches[at].is_begun = true;
        self.batches[at].retry_at = None;
        for row in 0..self.batches[at].rows.len() {
            if self.batches[at].rows[row].is_open() {
                let sent = match self.batches[at].rows[row].client {
                    Some(client) => self.send_row(actor, client, self.batches[at].how),
                    // Gone since it was planned.
                    None => Err(Refusal::NotFound.into()),
                };
                let sent = sent.map_err(refusal);
                let batch = &mut self.batches[at];
                if let Err(wait @ Refusal::TooManyMessages { retry_after }) = sent {
                    let retry_at = self.now + retry_after;
                    batch.retry_at = Some(batch.retry_at.map_or(retry_at, |at| at.min(retry_at)));
                    batch.rows[row].waits = Some(wait);
                } else {
                    batch.rows[row].waits = None;
                    batch.rows[row].applied = Some(sent);
                }
            }
        }
        Ok(())
    }

    fn send_row(&mut self, actor: Actor, client: usize, how: How) -> Answer<Mailed> {
        self.require_invitable(actor, client, false)?;
        let open_for = how.days.map_or(OPEN_FOR, |days| i64::from(days) * DAY);
        let offered = Offered { sent: how.sent, open_for, ..Offered::by_email(actor) };
        let (offer, address) =
            (Offer::Client { client, guardian: false }, self.clients[client].address);
        let invitation = self.offer(offered, offer, address)?;
        Ok(Mailed { invitation, generation: self.invitations[invitation].generation })
    }

    fn undo_batch(&mut self, actor: Actor, at: usize, renewed_too: bool) -> Answer {
        self.batch_here(actor, at, INVITATION_PLAN)?;
        for row in 0..self.batches[at].rows.len() {
            let mailed = self.batches[at].rows[row].mailed();
            if let Some(mailed) = mailed.filter(|it| renewed_too || !it.is_renewed()) {
                let undone = self.undo_row(actor, mailed).map_err(refusal);
                self.batches[at].rows[row].undone = Some(undone);
            }
        }
        self.batches[at].is_undone = true;
        self.batches[at].retry_at = None;
        Ok(())
    }

    /// What was answered, or sent again since, stays.
    fn undo_row(&mut self, actor: Actor, mailed: Mailed) -> Answer {
        if self.invitations[mailed.invitation].is_erased {
            return Err(Refusal::NotFound.into());
        }
        self.may(actor, INVITATION_REVOKE, About::Invitation(mailed.invitation))?;
        let it = &mut self.invitations[mailed.invitation];
        if it.state != State::Pending {
            return Err(Refusal::InvitationClosed.into());
        }
        if it.generation != mailed.generation {
            return Err(Refusal::LinkSuperseded.into());
        }
        it.state = State::Revoked;
        Ok(())
    }

    /// A row tells what became of it then, so it names nobody rather than another.
    pub fn forget_in_batches(&mut self, client: usize) {
        let rows = self.batches.iter_mut().flat_map(|it| &mut it.rows);
        for row in rows.filter(|it| it.client == Some(client)) {
            (row.client, row.shares_address) = (None, false);
        }
    }

    pub fn forget_batches(&mut self) {
        for it in &mut self.batches {
            it.is_forgotten |= it.created_at + KEPT <= self.now;
        }
    }
}

fn word(state: invitation::Shown) -> String {
    format!("{state:?}").to_lowercase()
}

impl Real {
    fn batch(&self, at: u8) -> BatchId {
        self.batches[latest(at, self.batches.len()).unwrap()]
    }

    pub fn take_batch(&mut self, op: Op, world: &World) -> Answer {
        let by = |by| self.actor(by, world);
        match op {
            Op::Plan { by: who, whom, how } => {
                let plan = PlanBatch { whom: self.whom(whom), how: ways(how) };
                let made = said(self.admit.plan_batch(&by(who), &plan, None, None))?;
                self.batches.push(made.id);
                Ok(())
            }
            Op::Apply { by: who, batch } => {
                let batch = self.batch(batch);
                said(self.admit.apply_batch(&by(who), batch, None))?;
                for row in self.batch_rows(world, batch, RowFilter::Mailed) {
                    let new = row.mailed().map(|it| it.invitation);
                    self.invitations.extend(new.filter(|it| !self.invitations.contains(it)));
                }
                Ok(())
            }
            Op::Undo { by: who, batch, renewed_too } => {
                let batch = self.batch(batch);
                said(self.admit.undo_batch(&by(who), batch, renewed_too, None)).map(drop)
            }
            Op::Read { by: who, batch } => {
                let (actor, batch) = (by(who), self.batch(batch));
                let read = said(self.admit.batch(&actor, batch)).map(drop);
                let page = self.admit.batches(&actor, None, 500);
                let is_listed = page.is_ok_and(|it| it.items.iter().any(|it| it.id == batch));
                assert_eq!(read.is_ok(), is_listed, "whether a list shows what may be read");
                read
            }
        }
    }

    fn whom(&self, whom: Whom) -> batch::Whom {
        match whom {
            Whom::Nobody => batch::Whom::Clients(vec![]),
            Whom::Clients(clients) => {
                let id = |at: Option<u8>| at.map(|at| self.client(at));
                batch::Whom::Clients(clients.map(id).to_vec())
            }
            Whom::Listed(filter) => batch::Whom::Listed(ListFilter {
                stage: filter.stage,
                invitation_state: filter.invited,
                room: filter.room.map(|room| self.rooms[usize::from(room)]),
                reachable_by: filter.reachable_by.map(|seat| self.seat(seat)),
                ..ListFilter::default()
            }),
        }
    }

    pub fn batch_rows(
        &self,
        world: &World,
        batch: BatchId,
        which: RowFilter,
    ) -> Vec<domain::BatchRow> {
        let at = self.batches.iter().position(|it| *it == batch).unwrap();
        let host = &self.hosts[world.batches[at].practice];
        self.admit.batch_rows(host, batch, which, None, 500).unwrap().items
    }
}

fn ways(how: How) -> Ways {
    let channel = match how.sent {
        Sent::ByEmail => Channel::Email,
        Sent::Copied => Channel::Copied,
    };
    let expires_in = how.days.map(|days| i64::from(days) * DAY);
    Ways { channel: Some(channel), expires_in, note: None }
}
