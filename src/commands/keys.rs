//! The store's keys: wrapped anew as a matter of course, or retired at once where they were seen.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Source};
use crate::domain::event::Happening;
use crate::domain::text::Line;
use crate::error::Result;
use crate::records;
use crate::seal::KeyRing;
use serde::Serialize;

#[derive(Serialize)]
struct NoteRotation;

impl Command for NoteRotation {
    type Done = ();
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        unit.note(Note::of_store(Happening::KeysRotated));
        Ok(())
    }
}

/// Lets nothing count any more that was given out before: the one commit in which it all ends.
#[derive(Serialize)]
struct Compromise {
    token_key: [u8; 32],
}

impl Command for Compromise {
    type Done = ();
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        let now = unit.now();
        let care = records::care::load(&mut unit.write)?;
        records::care::save(&mut unit.write, &care.compromised(self.token_key, now))?;
        unit.note(Note::of_store(Happening::KeysCompromised));
        Ok(())
    }
}

impl Admit {
    /// Wraps the keys of the file anew under the ring's first key, and starts a new token key.
    /// Links that are out stay good until they lapse. A store call, for the host alone.
    ///
    /// # Errors
    /// What the file gives. Then it opens with the old ring or with the new one: give both.
    pub fn rotate_keys(&self, ring: &KeyRing) -> Result<()> {
        self.store().rotate(ring)?;
        self.run(&Actor::store_host(), NoteRotation, None)
    }

    /// Answers a theft of the file and its keys: besides what rotating does, every link that is
    /// out is dead, every session is over, and a scrub is due. A store call, for the host alone.
    ///
    /// Links that are shown or sent from now on are good. Whoever proves a password signs in
    /// again. A call that runs meanwhile may end as if it had come before.
    ///
    /// # Errors
    /// What the file gives. Then call it again: it may have been done in part.
    pub fn compromise(&self, ring: &KeyRing, reason: Line) -> Result<()> {
        self.store().rotate(ring)?;
        let token_key = self.store().secrets().token_key_mark();
        let source = Source { reason: Some(reason), ..Source::default() };
        let host = Actor { source, ..Actor::store_host() };
        self.run(&host, Compromise { token_key }, None)?;
        // From the commit on they count no more; what is left of them is of no use.
        self.store().retire_token_keys(&token_key);
        Ok(self.store().keep_keys(ring)?)
    }
}
