//! What upkeep looks at next, in the order of time. Whoever writes a row keeps its place here.

use super::index;
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Order, Read, Result, StoreError, Write};
use std::ops::ControlFlow;

const DUE: Keyspace = Keyspace("due");

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A pending invitation lapses.
    InvitationLapse = 1,
    /// A proxy ends by itself.
    ProxyEnd = 2,
    /// A challenge is forgotten.
    ChallengeEnd = 3,
    /// Failures in a row are forgotten.
    FailuresEnd = 4,
    /// Requests are forgotten.
    AskedEnd = 5,
    /// A window of messages is forgotten.
    RateEnd = 6,
    /// The minute of a tally is over.
    TallyEnd = 7,
    /// A client is erased.
    Deletion = 8,
    /// A used plan is forgotten.
    PlanEnd = 9,
    /// A notice to somebody who is on file no more is forgotten.
    FarewellEnd = 10,
    /// A delegation lapses.
    DelegationLapse = 11,
    /// What an ended seat had is ended or handed over further.
    SeatRest = 12,
    /// A client that has come of age is invited.
    ComeOfAge = 13,
    /// The ends of guardians move, some clients at a time.
    MajorityMoved = 14,
    /// A place of an open link is given back, and later forgotten.
    PlaceEnd = 15,
    /// A batch is forgotten.
    BatchEnd = 16,
    /// Rows of a practice that was ended go.
    PracticeErasure = 17,
}

impl Kind {
    fn find(byte: u8) -> Option<Self> {
        let kinds = [
            Self::InvitationLapse,
            Self::ProxyEnd,
            Self::ChallengeEnd,
            Self::FailuresEnd,
            Self::AskedEnd,
            Self::RateEnd,
            Self::TallyEnd,
            Self::Deletion,
            Self::PlanEnd,
            Self::FarewellEnd,
            Self::DelegationLapse,
            Self::SeatRest,
            Self::ComeOfAge,
            Self::MajorityMoved,
            Self::PlaceEnd,
            Self::BatchEnd,
            Self::PracticeErasure,
        ];
        kinds.into_iter().find(|kind| *kind as u8 == byte)
    }
}

/// One thing that falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: Kind,
    /// The key of its row.
    pub key: Vec<u8>,
}

fn due_key(at: Timestamp, kind: Kind, key: &[u8]) -> Vec<u8> {
    index::key(&[&at.millis().to_be_bytes(), &[kind as u8], key])
}

/// Moves a row's place in time.
///
/// # Errors
/// What writing the store gives.
pub fn shift(
    write: &mut dyn Write,
    kind: Kind,
    key: &[u8],
    old: Option<Timestamp>,
    new: Option<Timestamp>,
) -> Result<()> {
    if old == new {
        return Ok(());
    }
    if let Some(at) = old {
        write.delete(DUE, &due_key(at, kind, key))?;
    }
    if let Some(at) = new {
        write.put(DUE, &due_key(at, kind, key), &[])?;
    }
    Ok(())
}

/// What is due, longest first, at most `limit`.
///
/// # Errors
/// What reading the store gives.
pub fn until(read: &mut dyn Read, now: Timestamp, limit: usize) -> Result<Vec<Due>> {
    let mut found = Vec::new();
    index::scan(read, DUE, &[], None, Order::Up, &mut |key, _| {
        let due = parse(key)?;
        if found.len() >= limit || due.at > now {
            return Ok(ControlFlow::Break(()));
        }
        found.push(due);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// When the next thing falls due.
///
/// # Errors
/// What reading the store gives.
pub fn next(read: &mut dyn Read) -> Result<Option<Timestamp>> {
    let mut found = None;
    index::scan(read, DUE, &[], None, Order::Up, &mut |key, _| {
        found = Some(parse(key)?.at);
        Ok(ControlFlow::Break(()))
    })?;
    Ok(found)
}

fn parse(key: &[u8]) -> Result<Due> {
    let (at, rest) = key.split_first_chunk::<8>().ok_or(StoreError::Damaged)?;
    let (kind, key) = rest.split_first().ok_or(StoreError::Damaged)?;
    Ok(Due {
        at: Timestamp::from_millis(i64::from_be_bytes(*at)),
        kind: Kind::find(*kind).ok_or(StoreError::Damaged)?,
        key: key.to_vec(),
    })
}

/// Takes away what has been seen to.
///
/// # Errors
/// What writing the store gives.
pub fn done(write: &mut dyn Write, due: &Due) -> Result<()> {
    write.delete(DUE, &due_key(due.at, due.kind, &due.key))
}
