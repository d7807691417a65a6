//! A group of staff and clients.

use super::id::{PracticeId, RoomId};
use super::text::{ExternalId, Line};
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A group of staff and clients. Staff in it reach the clients in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Its id.
    pub id: RoomId,
    /// Its practice.
    pub practice: PracticeId,
    /// The host's own key, unique in the practice.
    pub external_id: Option<ExternalId>,
    /// What it is called.
    pub name: Line,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts its changes, from 1 on.
    pub revision: u64,
}
