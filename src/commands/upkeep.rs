//! Upkeep: what falls due is seen to in bounded slices, and the time is kept.

use super::admit::{Admit, Command};
use super::audit::{self, Note};
use super::invitation::InviteOfAge;
use super::log::Level;
use super::unit::Unit;
use super::{decoy, delegation, deletion, erasure, open_link, proxy, registration, staff_end};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::event::Happening;
use crate::domain::id::{
    BatchId, ChallengeId, ClientId, DelegationId, InvitationId, MessageId, PlaceId, PracticeId,
    ProxyId, StaffId, Thing,
};
use crate::domain::invitation::Shown;
use crate::domain::proxy::Proxy;
use crate::domain::text::Reason;
use crate::domain::time::{MINUTE, SECOND, Timestamp};
use crate::error::{Error, InField, Result};
use crate::records;
use crate::records::due::{Due, Kind};
use crate::store::{Read, StoreError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many things upkeep sees to where nothing is said.
pub const UPKEEP_DEFAULT: usize = 1_000;

/// How many things one commit sees to.
const SLICE: usize = 500;

/// How many rows of a batch one slice forgets.
const BATCH_ROWS: usize = 1_000;

/// How far the host's clock may be ahead of ours when it accepts the time, in milliseconds.
const CLOCKS_APART: i64 = MINUTE;

/// What upkeep saw to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upkept {
    /// Outcomes of requests that were forgotten.
    pub outcomes: u64,
    /// Invitations whose lapse was recorded.
    pub lapsed: u64,
    /// Proxies that ended by themselves.
    pub ended: u64,
    /// Challenges that were forgotten, with the registrations that nobody confirmed by them.
    pub challenges: u64,
    /// Counters of failures that were forgotten.
    pub failures: u64,
    /// Counts of requests, messages and refusals that were forgotten.
    pub counters: u64,
    /// Clients that were erased, for their day had come.
    pub erased: u64,
    /// Since when a scrub is due; None where none is.
    pub scrub_due: Option<Timestamp>,
    /// Delegations whose time was over.
    pub delegations: u64,
    /// Clients that had come of age and were invited.
    pub invited: u64,
    /// Places of open links that were given back, for nobody proved the address.
    pub given_back: u64,
    /// Clients, seats and other rows that went of practices that were ended.
    pub practice_rows: u64,
    /// Whether more is due already.
    pub more: bool,
    /// When the next thing falls due.
    pub next_due_at: Option<Timestamp>,
}

impl Upkept {
    fn until(self, next_due_at: Option<Timestamp>, now: Timestamp) -> Self {
        Self { next_due_at, more: next_due_at.is_some_and(|at| at <= now), ..self }
    }

    fn and(self, next: Self) -> Self {
        Self {
            outcomes: self.outcomes + next.outcomes,
            lapsed: self.lapsed + next.lapsed,
            ended: self.ended + next.ended,
            challenges: self.challenges + next.challenges,
            failures: self.failures + next.failures,
            counters: self.counters + next.counters,
            erased: self.erased + next.erased,
            delegations: self.delegations + next.delegations,
            invited: self.invited + next.invited,
            given_back: self.given_back + next.given_back,
            practice_rows: self.practice_rows + next.practice_rows,
            ..next
        }
    }
}

#[derive(Serialize)]
struct KeepUp {
    limit: usize,
}

impl Command for KeepUp {
    /// What was seen to, and who is to be invited in a commit of its own.
    type Done = (Upkept, Vec<InviteOfAge>);
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Self::Done> {
        let now = unit.now();
        if !unit.context.keeps_time {
            return Err(Error::ClockJump);
        }
        let (mut kept, mut of_age) = (Upkept::default(), Vec::new());
        let due = records::due::until(&mut unit.write, now, self.limit)?;
        for due in &due {
            records::due::done(&mut unit.write, due)?;
            if let Some(invite) = see_to(unit, due, &mut kept)? {
                // It waits for its own commit, even if that never comes to pass in this call.
                invite.put_off(unit)?;
                of_age.push(invite);
            }
        }
        let room = self.limit - due.len();
        kept.outcomes = records::outcome::forget(&mut unit.write, now, room)? as u64;
        decoy::forget(&mut unit.write, room)?;
        kept.scrub_due = records::care::load(&mut unit.write)?.scrub_due;
        Ok((kept.until(next_due(&mut unit.write)?, now), of_age))
    }
}

/// When the next thing falls due.
fn next_due(read: &mut dyn Read) -> std::result::Result<Option<Timestamp>, StoreError> {
    let next_due = records::due::next(read)?;
    let next_outcome = records::outcome::next_end(read)?;
    Ok(next_due.into_iter().chain(next_outcome).min())
}

/// Sees to one thing; who has come of age by it is handed back.
fn see_to(unit: &mut Unit<'_>, due: &Due, kept: &mut Upkept) -> Result<Option<InviteOfAge>> {
    match due.kind {
        Kind::InvitationLapse => kept.lapsed += u64::from(invitation_lapses(unit, due)?),
        Kind::ProxyEnd => {
            let ended = proxy_ends(unit, due)?;
            kept.ended += u64::from(ended.is_some());
            return Ok(ended.filter(|it| it.until_of_age).map(|it| InviteOfAge {
                practice: it.practice,
                client: it.client,
                due: unit.now(),
            }));
        }
        Kind::ComeOfAge => return come_of_age(unit, due),
        Kind::MajorityMoved => majority_moved(unit, due)?,
        Kind::ChallengeEnd => {
            let id = ChallengeId::from_uuid(uuid(due)?);
            registration::forget(unit, id)?;
            records::challenge::forget(&mut unit.write, id)?;
            kept.challenges += 1;
        }
        Kind::Deletion => {
            let id = ClientId::from_uuid(uuid(due)?);
            kept.erased += u64::from(deletion::fall_due(unit, id)?);
        }
        Kind::PlanEnd => records::deletion::forget_plan(&mut unit.write, &due.key)?,
        Kind::FarewellEnd => farewell_ends(unit, due)?,
        Kind::DelegationLapse => kept.delegations += u64::from(delegation_lapses(unit, due)?),
        Kind::SeatRest => staff_end::fall_due(unit, due)?,
        Kind::PlaceEnd => {
            let id = PlaceId::from_uuid(uuid(due)?);
            kept.given_back += u64::from(open_link::give_back(unit, id)?);
        }
        Kind::PracticeErasure => kept.practice_rows += practice_goes(unit, due)?,
        Kind::BatchEnd => batch_ends(unit, due)?,
        Kind::FailuresEnd => {
            let now = unit.now();
            let is_gone = records::login::forget_failures(&mut unit.write, digest(due)?, now)?;
            kept.failures += u64::from(is_gone);
        }
        Kind::AskedEnd => {
            records::asked::forget(&mut unit.write, digest(due)?)?;
            kept.counters += 1;
        }
        Kind::RateEnd => {
            records::rate::forget(&mut unit.write, digest(due)?)?;
            kept.counters += 1;
        }
        Kind::TallyEnd => {
            audit::end_tally(unit, digest(due)?)?;
            kept.counters += 1;
        }
    }
    Ok(None)
}

fn digest(due: &Due) -> Result<&[u8; 32]> {
    Ok(due.key.as_slice().try_into().map_err(|_| StoreError::Damaged)?)
}

fn uuid(due: &Due) -> Result<Uuid> {
    Ok(records::index::id_value(&due.key)?)
}

/// Notes that an invitation has lapsed; false for one that was answered or renewed.
fn invitation_lapses(unit: &mut Unit<'_>, due: &Due) -> Result<bool> {
    let id = InvitationId::from_uuid(uuid(due)?);
    let now = unit.now();
    let found = records::invitation::find(&mut unit.write, id)?;
    let Some(lapsed) = found.filter(|it| it.shown(now) == Shown::Expired) else {
        return Ok(false);
    };
    let subject: Option<Thing> = match (lapsed.client(), lapsed.seat()) {
        (Some(client), _) => Some(ClientId::into(client)),
        (None, seat) => seat.map(StaffId::into),
    };
    let note = Note::done(lapsed.practice, Happening::InvitationLapsed, lapsed.id);
    unit.note(Note { subject, ..note });
    Ok(true)
}

fn proxy_ends(unit: &mut Unit<'_>, due: &Due) -> Result<Option<Proxy>> {
    let id = ProxyId::from_uuid(uuid(due)?);
    let found = records::proxy::find(&mut unit.write, id)?;
    let Some(over) = found.filter(|it| it.ended_at.is_none()) else { return Ok(None) };
    let over = Proxy { ended_at: over.ends_at, ..over };
    proxy::end(unit, &over)?;
    Ok(Some(over))
}

fn come_of_age(unit: &mut Unit<'_>, due: &Due) -> Result<Option<InviteOfAge>> {
    let client = ClientId::from_uuid(uuid(due)?);
    let found = records::client::find(&mut unit.write, client)?;
    Ok(found.map(|it| InviteOfAge { practice: it.practice, client, due: due.at }))
}

fn majority_moved(unit: &mut Unit<'_>, due: &Due) -> Result<()> {
    let (practice, client) = due.key.split_at_checked(16).ok_or(StoreError::Damaged)?;
    let practice = PracticeId::from_uuid(records::index::id_value(practice)?);
    let last = ClientId::from_uuid(records::index::id_value(client)?);
    match records::practice::find(&mut unit.write, practice)? {
        Some(practice) => proxy::move_all_ends(unit, &practice, Some(last)),
        None => Ok(()),
    }
}

fn farewell_ends(unit: &mut Unit<'_>, due: &Due) -> Result<()> {
    let id = MessageId::from_uuid(uuid(due)?);
    let now = unit.now();
    if let Some(farewell) = records::message::find(&mut unit.write, id)? {
        records::message::remove(&mut unit.write, &farewell)?;
        records::care::owe_scrub(&mut unit.write, now)?;
    }
    Ok(())
}

fn delegation_lapses(unit: &mut Unit<'_>, due: &Due) -> Result<bool> {
    let id = DelegationId::from_uuid(uuid(due)?);
    let found = records::delegation::find(&mut unit.write, id)?;
    let Some(over) = found.filter(|it| it.ended_at.is_none()) else { return Ok(false) };
    delegation::lapse(unit, over)?;
    Ok(true)
}

fn practice_goes(unit: &mut Unit<'_>, due: &Due) -> Result<u64> {
    let id = PracticeId::from_uuid(uuid(due)?);
    let (went, more) = erasure::go_on(unit, id)?;
    if more {
        records::erasure::go_on_at(&mut unit.write, id, due.at)?;
    }
    Ok(went as u64)
}

fn batch_ends(unit: &mut Unit<'_>, due: &Due) -> Result<()> {
    let id = BatchId::from_uuid(uuid(due)?);
    if let Some(batch) = records::batch::find(&mut unit.write, id)?
        && !records::batch::remove(&mut unit.write, &batch, BATCH_ROWS)?
    {
        // Its place in time is as it was, so the rest goes next.
        let (key, at) = (id.bytes(), Some(due.at));
        records::due::shift(&mut unit.write, Kind::BatchEnd, key, None, at)?;
    }
    Ok(())
}

/// Keeps the time that the host accepts.
#[derive(Serialize)]
struct AcceptTime {
    now: Timestamp,
}

impl Command for AcceptTime {
    type Done = ();
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        records::head::anchor(&mut unit.write, self.now)?;
        let note = Note::of_store(Happening::TimeAccepted);
        unit.note(note.with("accepted", self.now.millis()));
        Ok(())
    }
}

impl Admit {
    /// Sees to what is due, at most `limit` things (0 asks for 1,000): records the lapses of
    /// invitations and delegations, goes on with seats that have ended, ends the proxies whose time is
    /// over, invites the clients that came of age by it, erases the clients whose day has come and
    /// practices that were ended, gives back the places of open links whose addresses nobody proved,
    /// forgets old outcomes, batches, challenges and counters. Then it keeps the time as the one from
    /// which jumps are measured.
    ///
    /// # Errors
    /// `ClockJump` while the clock is more than 7 days ahead of the last upkeep; then nothing is
    /// done until the host accepts the time.
    pub fn upkeep(&self, limit: u32) -> Result<Upkept> {
        let (now, keeps_time) = self.time();
        self.warn_of_clock(now, keeps_time);
        if !keeps_time {
            return Err(Error::ClockJump);
        }
        let mut left = match usize::try_from(limit).unwrap_or(usize::MAX) {
            0 => UPKEEP_DEFAULT,
            limit => limit,
        };
        let mut kept = Upkept::default();
        loop {
            let limit = left.min(SLICE);
            let (seen_to, of_age) = self.run(&Actor::store_host(), KeepUp { limit }, None)?;
            kept = kept.and(seen_to);
            for invite in &of_age {
                let host = Actor::in_practice(invite.practice, Who::Host);
                kept.invited += u64::from(self.run(&host, *invite, None)?);
            }
            if !of_age.is_empty() {
                kept = kept.until(self.snapshot(next_due)?, now);
            }
            left -= limit;
            if left == 0 || !kept.more {
                break;
            }
        }
        self.anchor(now)?;
        Ok(kept)
    }

    fn warn_of_clock(&self, now: Timestamp, keeps_time: bool) {
        let behind = now.since(self.options().environment.clock());
        if !keeps_time {
            self.options().log(Level::Warning, &Error::ClockJump.to_string());
        } else if behind > CLOCKS_APART {
            let seconds = behind / SECOND;
            let line = format!("the clock is {seconds} s behind a time seen earlier, which counts");
            self.options().log(Level::Warning, &line);
        }
    }

    /// Accepts a time to which the clock has jumped, which is an event of the store's own; a store
    /// call, for the host alone.
    ///
    /// # Errors
    /// `Invalid` for a time that the clock has not reached.
    pub fn accept_time(&self, now: Timestamp) -> Result<()> {
        let clock = self.options().environment.clock();
        if now > clock.plus(CLOCKS_APART) {
            return Err(Reason::NotInRange).field("now");
        }
        let now = now.min(clock);
        self.run(&Actor::store_host(), AcceptTime { now }, None)?;
        self.anchored_at(now);
        Ok(())
    }
}
