//! An entry of the audit trail as JSON: words and numbers, with all that its hash covers, so that
//! whoever has the lines alone can verify them. An export, a list and a single event look alike.

use super::event::{Entry, Unsealed};
use crate::domain::actor::Who;
use crate::domain::event::Outcome;
use crate::domain::id::{StaffId, Thing};
use crate::domain::time::Timestamp;
use data_encoding::{BASE64, HEXLOWER};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Serialize)]
struct Line<'e> {
    chain: Uuid,
    seq: u64,
    time: String,
    at: Timestamp,
    actor: &'static str,
    actor_id: Option<Uuid>,
    on_behalf_of: Option<StaffId>,
    action: &'static str,
    object: Named,
    subject: Option<Named>,
    outcome: &'static str,
    refusal: Option<String>,
    count: u32,
    details: &'e [(String, String)],
    source: Option<Part<'e>>,
    personal: Vec<Part<'e>>,
    version: &'e str,
    before: String,
    hash: String,
}

#[derive(Serialize)]
struct Named {
    noun: &'static str,
    id: Uuid,
}

impl From<Thing> for Named {
    fn from(thing: Thing) -> Self {
        Self { noun: thing.noun.word(), id: thing.id }
    }
}

/// Something personal as it is stored, and what can still be read of it.
#[derive(Serialize)]
struct Part<'e> {
    person: Uuid,
    sealed: String,
    parts: &'e Option<BTreeMap<String, String>>,
}

impl<'e> From<&'e Unsealed> for Part<'e> {
    fn from(unsealed: &'e Unsealed) -> Self {
        let Unsealed { person, sealed, parts } = unsealed;
        Self { person: *person, sealed: BASE64.encode(sealed), parts }
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (actor, actor_id) = match self.who {
            Who::Host => ("host", None),
            Who::Visitor => ("visitor", None),
            Who::Staff(id) => ("staff", Some(id.uuid())),
            Who::Login { id, .. } => ("login", Some(id.uuid())),
        };
        let (outcome, refusal) = match self.outcome {
            Outcome::Done => ("done", None),
            Outcome::Refused(refusal) => ("refused", Some(refusal.word())),
        };
        let line = Line {
            chain: self.chain,
            seq: self.seq,
            time: self.at.rfc3339(),
            at: self.at,
            actor,
            actor_id,
            on_behalf_of: self.on_behalf_of,
            action: self.happening.word(),
            object: self.object.into(),
            subject: self.subject.map(Named::from),
            outcome,
            refusal,
            count: self.count,
            details: &self.details,
            source: self.source.as_ref().map(Part::from),
            personal: self.personal.iter().map(Part::from).collect(),
            version: &self.version,
            before: HEXLOWER.encode(&self.before),
            hash: HEXLOWER.encode(&self.hash),
        };
        line.serialize(serializer)
    }
}
