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
    /// Whether that is when the client comes of age, as far as its day of birth is known: then the
    /// end moves with that day, and with the practice's age of majority.
    pub until_of_age: bool,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Proxy {
    /// A tie from now on. A guardian's is until the client comes of age; when that is, and any
    /// other end, is for whoever makes it to say.
    pub const fn new(
        id: ProxyId,
        practice: PracticeId,
        (login, client): (LoginId, ClientId),
        tie: Tie,
        now: Timestamp,
    ) -> Self {
        let until_of_age = matches!(tie, Tie::Guardian { .. });
        Self {
            id,
            practice,
            login,
            client,
            tie,
            ends_at: None,
            until_of_age,
            ended_at: None,
            created_at: now,
        }
    }

    /// The same with an end of its own; without one it keeps what it has.
    #[must_use]
    pub fn until(self, end: Option<Timestamp>) -> Self {
        match end {
            Some(_) => Self { ends_at: end, until_of_age: false, ..self },
            None => self,
        }
    }

    /// Moves the end of a guardian's tie to when its client comes of age, if that is known.
    ///
    /// Where that lies behind, a tie whose end was known has come to it; one that never had an end
    /// is to an adult under guardianship, and stays.
    #[must_use]
    pub fn moved_to(self, of_age: Option<Timestamp>, now: Timestamp) -> Self {
        if !self.until_of_age || !self.is_live(now) {
            return self;
        }
        let ends_at = match (of_age, self.ends_at) {
            (Some(end), _) if end > now => Some(end),
            (Some(_), Some(_)) => Some(now),
            (Some(_), None) | (None, _) => None,
        };
        Self { ends_at, ..self }
    }

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
