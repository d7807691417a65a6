//! The tie of a login to a client.

use super::id::{ClientId, LoginId, PracticeId, ProxyId};
use super::refusal::Refusal;
use super::text::Line;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a login is to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// The client itself.
    Myself,
    /// A guardian.
    Guardian {
        /// Mother, father, carer: as the practice says it.
        relationship: Option<Line>,
    },
}

/// The tie of a login to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proxy {
    /// Its id.
    pub id: ProxyId,
    /// The practice of the client.
    pub practice: PracticeId,
    /// Who signs in.
    pub login: LoginId,
    /// Who is served.
    pub client: ClientId,
    /// What the one is to the other.
    pub tie: Tie,
    /// When it ends by itself.
    pub ends_at: Option<Timestamp>,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Proxy {
    /// Whether it holds now.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && self.ends_at.is_none_or(|end| now < end)
    }

    /// Ends it.
    ///
    /// # Errors
    /// `AlreadyEnded`.
    pub fn end(self, now: Timestamp) -> Result<Self, Refusal> {
        if self.is_live(now) {
            Ok(Self { ended_at: Some(now), ..self })
        } else {
            Err(Refusal::AlreadyEnded)
        }
    }
}
