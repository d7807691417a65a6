//! Walking the chains: an edit, a removal, a reordering or a cut-off tail is found.
//!
//! Who holds the file and its keys can write the end of a chain anew. Only what was anchored
//! outside, a place and its hash, is proof against that; so without an anchor no answer is "ok".

use super::admit::Admit;
use super::audit;
use super::event;
use super::log::Level;
use super::look::Look;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::error::Result;
use crate::records;
use crate::records::head::Change;
use crate::store::{Order, Read};
use serde::Serialize;
use std::ops::ControlFlow;
use uuid::Uuid;

/// How many changes are read at once.
const BATCH: usize = 1_000;

/// A place in a chain and the hash of its entry, kept outside.
pub type Anchor = (u64, [u8; 32]);

/// What a walk through a chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many entries are in order, from the first on.
    pub entries: u64,
    /// The hash of the last of them: an anchor for the next walk, with their number.
    pub hash: [u8; 32],
    /// The first place where the chain is broken; None where it is whole.
    pub broken_at: Option<u64>,
    /// The first place that no anchor vouches for; None where all are vouched for.
    pub tail_unanchored_since: Option<u64>,
}

impl Verified {
    /// Whether the chain is whole and an anchor vouches for all of it.
    pub const fn is_ok(&self) -> bool {
        self.broken_at.is_none() && self.tail_unanchored_since.is_none()
    }
}

impl Admit {
    /// Walks the chain of the actor's practice, or for the host of a portal the portal's,
    /// or for the host over all practices the store's own.
    ///
    /// An anchor is the number of entries and the hash that an earlier walk gave, kept outside.
    ///
    /// # Errors
    /// What the access table says.
    pub fn verify(&self, actor: &Actor, anchor: Option<Anchor>) -> Result<Verified> {
        let walked = self.read(actor, |look| {
            let chain = event::chain(look, Action::EventVerify)?;
            walk(look, chain, anchor)
        });
        Ok(self.tell_broken(walked?))
    }

    /// Walks the one order of all changes, each against its event, and holds the head's seal. A
    /// store call, for the host alone.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn verify_store(&self, anchor: Option<Anchor>) -> Result<Verified> {
        let secrets = self.store().secrets();
        let walked = self.snapshot(|read| walk_store(read, secrets.digest_key(), anchor));
        Ok(self.tell_broken(walked?))
    }

    fn tell_broken(&self, walked: Verified) -> Verified {
        if let Some(place) = walked.broken_at {
            let line = format!("the audit trail is broken at {place}: it was changed or cut");
            self.options().log(Level::Error, &line);
        }
        walked
    }
}

fn walk(look: &mut Look<'_>, chain: Uuid, anchor: Option<Anchor>) -> Result<Verified> {
    let head = records::event::chain_head(look.read, chain)?;
    let mut walked = Walked::default();
    records::event::scan(look.read, chain, None, Order::Up, &mut |event| {
        let is_whole = event.seq == walked.entries + 1
            && event.chain == chain
            && event.before == walked.hash
            && event.hash == audit::hash(&event);
        Ok(walked.step(is_whole, event.hash, anchor))
    })?;
    Ok(walked.ended((head.seq, head.hash), anchor))
}

fn walk_store(
    read: &mut dyn Read,
    digest_key: &[u8; 32],
    anchor: Option<Anchor>,
) -> crate::store::Result<Verified> {
    let head = records::head::load(read)?;
    let mut walked = Walked::default();
    loop {
        let changes = records::head::changes_after(read, walked.entries, BATCH)?;
        let is_last = changes.len() < BATCH;
        for (place, change) in changes {
            let is_whole = place == walked.entries + 1 && is_told(read, &change)?;
            let hash = audit::head_hash(&walked.hash, &change.hash);
            if walked.step(is_whole, hash, anchor).is_break() {
                return Ok(walked.ended((head.changes, head.hash), anchor));
            }
        }
        if is_last {
            break;
        }
    }
    let sealed = audit::head_mac(digest_key, head.changes, &head.hash);
    if head.changes > 0 && sealed != head.mac {
        walked.broken_at = walked.broken_at.or(Some(head.changes));
    }
    Ok(walked.ended((head.changes, head.hash), anchor))
}

/// Whether a change says what its event says.
fn is_told(read: &mut dyn Read, change: &Change) -> crate::store::Result<bool> {
    let event = records::event::find(read, change.chain, change.seq)?;
    Ok(event.is_some_and(|event| {
        event.hash == change.hash
            && event.hash == audit::hash(&event)
            && event.object == change.object
            && event.happening == change.happening
            && event.at == change.at
    }))
}

#[derive(Default)]
struct Walked {
    entries: u64,
    hash: [u8; 32],
    broken_at: Option<u64>,
}

impl Walked {
    fn step(&mut self, is_whole: bool, hash: [u8; 32], anchor: Option<Anchor>) -> ControlFlow<()> {
        let place = self.entries + 1;
        let is_vouched = anchor.is_none_or(|(at, known)| at != place || known == hash);
        if !is_whole || !is_vouched {
            self.broken_at = Some(place);
            return ControlFlow::Break(());
        }
        self.entries = place;
        self.hash = hash;
        ControlFlow::Continue(())
    }

    /// Compares the end with what the head and the anchor say it is.
    fn ended(self, head: (u64, [u8; 32]), anchor: Option<Anchor>) -> Verified {
        let next = self.entries + 1;
        let is_cut = (self.entries, self.hash) != head;
        let is_short = anchor.is_some_and(|(at, _)| at > self.entries);
        let broken_at = self.broken_at.or((is_cut || is_short).then_some(next));
        let anchored = anchor.map_or(0, |(at, _)| at);
        let tail = (self.entries > anchored).then_some(anchored + 1);
        Verified { entries: self.entries, hash: self.hash, broken_at, tail_unanchored_since: tail }
    }
}
