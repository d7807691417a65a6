//! The one order of all changes, for the host's own database, and the store in figures.

use super::admit::Admit;
use super::page_size;
use crate::domain::actor::Actor;
use crate::domain::challenge::Challenge;
use crate::domain::client::Client;
use crate::domain::event::Happening;
use crate::domain::grant::Grant;
use crate::domain::id::{ClientId, ItemId, Noun, PracticeId, RoomId, StaffId, Thing};
use crate::domain::invitation::Invitation;
use crate::domain::item::Item;
use crate::domain::login::Login;
use crate::domain::message::Message;
use crate::domain::practice::Practice;
use crate::domain::proxy::Proxy;
use crate::domain::room::Room;
use crate::domain::staff::Staff;
use crate::domain::text::ExternalId;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use crate::records::codec::Row;
use crate::store::{KeyRange, Keyspace, Order, Read, StoreError};
use serde::Serialize;
use std::ops::ControlFlow;
use uuid::Uuid;

/// Up to which number rows are counted.
pub const COUNT_MAX: u64 = 10_000;

/// One change, across practices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its place in the order, from 1 on; the cursor that goes on after it.
    pub place: u64,
    /// The practice or portal whose audit trail has it.
    pub practice: Uuid,
    /// Its place in that trail.
    pub seq: u64,
    /// What changed.
    pub object: Thing,
    /// The host's own key of it as it is now; none once the thing is gone.
    pub external_id: Option<String>,
    /// What happened.
    pub happening: Happening,
    /// When.
    pub at: Timestamp,
}

/// A number of rows, exact up to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many there are, at the least.
    pub rows: u64,
    /// Whether there are no more.
    pub is_exact: bool,
}

/// The store in figures. Ended and removed things count too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Practices.
    pub practices: Count,
    /// Seats.
    pub staff: Count,
    /// Clients.
    pub clients: Count,
    /// Logins.
    pub logins: Count,
    /// Proxies.
    pub proxies: Count,
    /// Invitations.
    pub invitations: Count,
    /// Challenges.
    pub challenges: Count,
    /// Grants.
    pub grants: Count,
    /// Rooms.
    pub rooms: Count,
    /// Items.
    pub items: Count,
    /// Messages.
    pub messages: Count,
    /// Messages that a worker may claim now.
    pub messages_due: Count,
    /// Since when the first of them is due, or when the next one will be.
    pub oldest_due: Option<Timestamp>,
    /// Events in all.
    pub events: u64,
    /// Commits since the store was opened.
    pub commits: u64,
    /// Commands that went through those commits.
    pub operations: u64,
    /// Whether a failure has stopped all writes.
    pub writes_stopped: bool,
    /// Since when the file may hold bytes of what was erased; None where no scrub is due.
    pub scrub_due: Option<Timestamp>,
}

fn count(read: &mut dyn Read, space: Keyspace) -> std::result::Result<Count, StoreError> {
    let mut rows = 0;
    let mut is_exact = true;
    read.scan(space, KeyRange::ALL, Order::Up, &mut |_, _| {
        is_exact = rows < COUNT_MAX;
        rows += u64::from(is_exact);
        Ok(if is_exact { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok(Count { rows, is_exact })
}

/// The host's own key of a thing. Whatever erases the row erases the key with it.
fn external_id(
    read: &mut dyn Read,
    Thing { noun, id }: Thing,
) -> std::result::Result<Option<ExternalId>, StoreError> {
    Ok(match noun {
        Noun::Practice => records::practice::find(read, PracticeId::from_uuid(id))?
            .and_then(|practice| practice.external_id),
        Noun::Staff => {
            records::staff::find(read, StaffId::from_uuid(id))?.and_then(|seat| seat.external_id)
        }
        Noun::Client => records::client::find(read, ClientId::from_uuid(id))?
            .and_then(|client| client.profile.external_id),
        Noun::Room => {
            records::room::find(read, RoomId::from_uuid(id))?.and_then(|room| room.external_id)
        }
        Noun::Item => {
            records::item::find(read, ItemId::from_uuid(id))?.and_then(|item| item.external_id)
        }
        _ => None,
    })
}

fn changed(
    read: &mut dyn Read,
    place: u64,
    change: records::head::Change,
) -> std::result::Result<Changed, StoreError> {
    Ok(Changed {
        place,
        practice: change.chain,
        seq: change.seq,
        object: change.object,
        external_id: external_id(read, change.object)?.map(|id| id.as_str().to_owned()),
        happening: change.happening,
        at: change.at,
    })
}

impl Admit {
    /// The changes of the whole store after a place, oldest first; 0 begins. A store call, for the
    /// host alone.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn change_list(&self, after: u64, limit: u32) -> Result<Vec<Changed>> {
        let size = page_size(limit);
        self.snapshot(|read| {
            let changes = records::head::changes_after(read, after, size)?.into_iter();
            changes.map(|(place, change)| changed(read, place, change)).collect()
        })
    }

    /// The store in figures. A store call, for the host alone.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn stats(&self) -> Result<Stats> {
        let now = self.context(&Actor::store_host())?.now;
        let store = self.store();
        let stats = self.snapshot(|read| {
            let due_max = usize::try_from(COUNT_MAX).unwrap_or(usize::MAX);
            let due = records::message::due(read, now, due_max + 1)?.len();
            Ok(Stats {
                practices: count(read, Practice::SPACE)?,
                staff: count(read, Staff::SPACE)?,
                clients: count(read, Client::SPACE)?,
                logins: count(read, Login::SPACE)?,
                proxies: count(read, Proxy::SPACE)?,
                invitations: count(read, Invitation::SPACE)?,
                challenges: count(read, Challenge::SPACE)?,
                grants: count(read, Grant::SPACE)?,
                rooms: count(read, Room::SPACE)?,
                items: count(read, Item::SPACE)?,
                messages: count(read, Message::SPACE)?,
                messages_due: Count { rows: due.min(due_max) as u64, is_exact: due <= due_max },
                oldest_due: records::message::next_due(read)?,
                events: records::head::load(read)?.changes,
                commits: store.commits(),
                operations: store.operations(),
                writes_stopped: false,
                scrub_due: records::care::load(read)?.scrub_due,
            })
        })?;
        Ok(Stats { writes_stopped: store.writes_stopped(), ..stats })
    }
}
