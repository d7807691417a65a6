//! Scrubbing: the file is written anew, and what was erased before is certified as gone from it.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::deletion::EraseOrder;
use crate::domain::event::Happening;
use crate::domain::id::EraseOrderId;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use crate::records::care::Care;
use crate::seal::KeyRing;
use crate::store::{Read, StoreError};
use serde::Serialize;

/// How many erase orders one commit certifies.
const SLICE: usize = 1_000;

/// What was owed when the rows were copied.
struct Owed {
    care: Care,
    orders: Vec<(EraseOrderId, Option<Timestamp>)>,
}

impl Owed {
    fn load(read: &mut dyn Read) -> std::result::Result<Self, StoreError> {
        let mut orders = Vec::new();
        for id in records::deletion::unscrubbed(read, usize::MAX)? {
            let Some(order) = records::deletion::find_order(read, id)? else { continue };
            // Who was told has an address in the file for as long as the notice is kept.
            let mut is_here = false;
            for farewell in &order.farewells {
                is_here |= records::message::find(read, *farewell)?.is_some();
            }
            orders.extend((!is_here).then_some((id, order.done_at)));
        }
        Ok(Self { care: records::care::load(read)?, orders })
    }
}

/// Certifies some orders as they were when the rows were copied.
#[derive(Serialize)]
struct Certify {
    orders: Vec<(EraseOrderId, Option<Timestamp>)>,
}

impl Command for Certify {
    type Done = ();
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        let scrubbed_at = Some(unit.now());
        for (id, done_at) in &self.orders {
            let order = records::deletion::find_order(&mut unit.write, *id)?;
            // One that was closed since then owes another scrub for what went with that.
            if let Some(order) = order.filter(|order| order.done_at == *done_at) {
                let order = EraseOrder { scrubbed_at, ..order };
                records::deletion::put_order(&mut unit.write, &order)?;
            }
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct NoteScrub {
    owed: u64,
}

impl Command for NoteScrub {
    type Done = ();
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        let care = records::care::load(&mut unit.write)?;
        let care = care.scrubbed(self.owed, unit.now());
        records::care::save(&mut unit.write, &care)?;
        unit.note(Note::of_store(Happening::StoreScrubbed));
        Ok(())
    }
}

impl Admit {
    /// Writes the file anew under page keys of its own, so that nothing of what was erased before
    /// is left in it, and certifies that in the erase orders; false where `goes_on`, which hears
    /// how many rows were copied, ended it. A store call, for the host alone.
    ///
    /// Writers wait meanwhile, and readers for a moment at the end. The new file takes as much room
    /// again until it is in place.
    ///
    /// # Errors
    /// What the file gives: `Full` where there is no room for the new one. The old file goes on,
    /// unless the outcome is unknown; then reopen it.
    pub fn scrub(&self, ring: &KeyRing, mut goes_on: impl FnMut(u64) -> bool) -> Result<bool> {
        let Some(owed) = self.store().scrub(ring, Owed::load, &mut goes_on)? else {
            return Ok(false);
        };
        let host = Actor::store_host();
        for orders in owed.orders.chunks(SLICE) {
            self.run(&host, Certify { orders: orders.to_vec() }, None)?;
        }
        self.run(&host, NoteScrub { owed: owed.care.owed }, None)?;
        Ok(true)
    }
}
