//! Writing the file anew, so that no byte of what was deleted is left in it.
//!
//! The rows are copied to a file beside it, under page keys of its own. Until that file is whole,
//! durable and in place, the old one is not touched; afterwards its key block is overwritten.

use super::engine::{Engine, Read};
use super::error::{Result, StoreError};
use super::handle::Store;
use super::lock::lock;
use super::place::Place;
use crate::seal::{KeyRing, Secrets};
use std::sync::{Arc, PoisonError};

/// The store in its new file.
pub struct Renewed {
    /// The medium.
    pub engine: Arc<dyn Engine>,
    /// Its keys: a page key of its own, and the others as they were.
    pub secrets: Secrets,
}

/// Hears how many rows were copied; false ends the copying.
pub type Copied<'c> = dyn FnMut(u64) -> bool + 'c;

impl Store {
    /// Writes all rows to a new file, wrapped under the ring's first key, and puts it in place of
    /// the old one. Gives what `look` sees of the state that was copied; None where `goes_on` said
    /// to stop.
    ///
    /// Writers wait meanwhile; readers wait for the exchange of the files alone. After an error
    /// the old file goes on, unless the error is `OutcomeUnknown`: then reopen the store.
    pub fn scrub<T>(
        &self,
        ring: &KeyRing,
        look: impl FnMut(&mut dyn Read) -> Result<T>,
        goes_on: &mut Copied<'_>,
    ) -> Result<Option<T>> {
        self.group.require_outside()?;
        let _alone = self.pause.write().unwrap_or_else(PoisonError::into_inner);
        let seen = self.read(look)?;
        // A store in memory keeps nothing of what was deleted.
        let Some(place) = &self.place else { return Ok(Some(seen)) };
        let renewed = self.renewed(&**place, ring, goes_on);
        let Some(renewed) = renewed.inspect_err(|_| place.discard())? else {
            place.discard();
            return Ok(None);
        };
        self.exchange(&**place, renewed)?;
        Ok(Some(seen))
    }

    fn renewed(
        &self,
        place: &dyn Place,
        ring: &KeyRing,
        goes_on: &mut Copied<'_>,
    ) -> Result<Option<Renewed>> {
        let entered = self.gate.enter()?;
        let engine = entered.engine()?;
        if self.group.is_stopped() || engine.writes_stopped() {
            return Err(StoreError::WritesStopped);
        }
        let secrets = self.secrets().with_new_page_key()?;
        engine.renew(place.beside()?, ring, secrets, goes_on)
    }

    fn exchange(&self, place: &dyn Place, renewed: Renewed) -> Result<()> {
        let Renewed { engine, secrets } = renewed;
        let mut is_durable = Ok(());
        let exchanged = self.gate.exchange(|old| {
            // Elsewhere an open file can't be renamed over; here its lock keeps others out until
            // the new one, which is locked too, is in place.
            #[cfg(unix)]
            let old = Some(old);
            #[cfg(not(unix))]
            let old = {
                drop(old);
                None::<Arc<dyn Engine>>
            };
            if let Err(fault) = place.put_in_place() {
                return (old, Err(fault));
            }
            is_durable = place.sync();
            if let (Some(old), Ok(())) = (&old, is_durable) {
                old.destroy_keys();
            }
            (Some(engine), Ok(()))
        });
        exchanged.inspect_err(|_| place.discard())?;
        *lock(&self.secrets) = Arc::new(secrets);
        is_durable.map_err(|_| {
            // A power cut could bring the old file back, without what would be written now.
            self.group.stop();
            StoreError::OutcomeUnknown
        })
    }
}
