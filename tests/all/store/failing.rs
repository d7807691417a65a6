//! A medium that keeps nothing and fails where it is told to.

use admit::seal::{KeyRing, Secrets};
use admit::store::{Engine, Overlay, Read, Result, Store, StoreError, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

pub const SOUND: u8 = 0;
pub const FAILS_TO_BEGIN: u8 = 1;
pub const FAILS_TO_COMMIT: u8 = 2;
pub const PANICS_IN_COMMIT: u8 = 3;

/// Runs bodies over an empty store, commits nothing, and fails as its mood says.
pub struct Failing {
    inner: Store,
    pub mood: AtomicU8,
}

impl Failing {
    pub fn store() -> (Store, Arc<Self>) {
        let engine =
            Arc::new(Self { inner: Store::in_memory(false).unwrap(), mood: AtomicU8::new(SOUND) });
        let secrets = Secrets::generate().unwrap();
        let store = Store::over(Arc::clone(&engine) as Arc<dyn Engine>, secrets, false);
        (store, engine)
    }
}

impl Engine for Failing {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Read) -> Result<()>) -> Result<()> {
        self.inner.read(work)
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<()> {
        let mood = self.mood.load(Ordering::SeqCst);
        if mood == FAILS_TO_BEGIN {
            return Err(StoreError::Full);
        }
        self.inner.read(|snapshot| work(&mut Overlay::new(snapshot, usize::MAX)))?;
        match mood {
            FAILS_TO_COMMIT => Err(StoreError::OutcomeUnknown),
            PANICS_IN_COMMIT => std::panic::resume_unwind(Box::new("the medium panicked")),
            _ => Ok(()),
        }
    }

    fn keep(&self, _: &KeyRing, _: &Secrets) -> Result<()> {
        Ok(())
    }
}
