//! What one command knows before it begins.

use super::admit::Options;
use super::policy::Book;
use super::trail::Trail;
use crate::domain::actor::{Actor, Scope, Who};
use crate::domain::id::PracticeId;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::seal::Secrets;
use crate::seal::digest::Digest;
use crate::seal::random::Seed;
use std::sync::Arc;

/// What one command knows before it begins: who, when, and its share of randomness.
pub struct Context {
    /// Who calls.
    pub actor: Actor,
    /// The time of everything that the command does.
    pub now: Timestamp,
    /// Whether this time may be kept as the latest one; not so while the clock has jumped.
    pub keeps_time: bool,
    /// All of the command's randomness.
    pub seed: Seed,
    /// The keys of the file.
    pub secrets: Arc<Secrets>,
    /// What the host chose at open.
    pub options: Arc<Options>,
    /// What policies said.
    pub book: Book,
    /// How the access table decided.
    pub trail: Trail,
}

impl Context {
    /// The practice of the actor.
    ///
    /// # Errors
    /// `NotFound` for an actor that is bound to a portal or to the whole store.
    pub fn practice(&self) -> Result<PracticeId, Refusal> {
        match self.actor.scope {
            Scope::Practice(practice) => Ok(practice),
            Scope::Portal(_) | Scope::Store => Err(Refusal::NotFound),
        }
    }

    /// The same moment as somebody else meets it, whose way is told.
    pub(super) fn seen_by(&self, who: Who) -> Self {
        let actor = Actor { who, session: None, on_behalf_of: None, ..self.actor.clone() };
        Self {
            actor,
            now: self.now,
            keeps_time: self.keeps_time,
            seed: self.seed.clone(),
            secrets: self.secrets.clone(),
            options: self.options.clone(),
            book: Book::default(),
            trail: Trail::told(),
        }
    }

    /// A digest under the store's key: for names and addresses that must not be found by guessing.
    pub fn digest(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        Digest::new(*self.secrets.digest_key()).of(label, parts)
    }
}
