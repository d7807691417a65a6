//! An offer of a login: pending until it is accepted, declined or revoked.
//!
//! Expiry is not a state. A pending invitation has lapsed once the clock reaches `expires_at`; no
//! job has to run for that to become true.

use super::actor::Who;
use super::chart::Check;
use super::id::{ClientId, InvitationId, LoginId, MessageId, PracticeId, RoomId, StaffId};
use super::proxy::Tie;
use super::refusal::Refusal;
use super::text::{Email, Locale, Paragraph, PersonName, Phone};
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The last generation that a token can carry.
pub const GENERATION_MAX: u32 = 0x00ff_ffff;

/// How a link travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// In our own e-mail: the only one that proves an address.
    Email,
    /// In a text message that the host sends.
    Sms,
    /// Copied by staff.
    Copied,
    /// Shown as a QR code.
    Qr,
}

impl Channel {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Copied => "copied",
            Self::Qr => "qr",
        }
    }
}

/// What is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// A login for a client on file.
    Client {
        /// Who is served.
        client: ClientId,
        /// What the login will be to the client.
        tie: Tie,
    },
    /// A login for a person who becomes a client on acceptance.
    NewClient {
        /// The rooms that the new client joins.
        rooms: Vec<RoomId>,
    },
    /// A seat.
    Seat {
        /// The seat that waits for its holder.
        staff: StaffId,
    },
}

/// Who is invited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Their name.
    pub name: Option<PersonName>,
    /// Where our message goes.
    pub email: Option<Email>,
    /// Where the host's message goes.
    pub phone: Option<Phone>,
    /// Their language.
    pub locale: Option<Locale>,
}

/// Where an invitation stands; a state holds only what is true in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Open, until it expires.
    Pending,
    /// Taken up.
    Accepted {
        /// When.
        at: Timestamp,
        /// By whom.
        login: LoginId,
        /// How the secret had travelled.
        channel: Channel,
    },
    /// Turned down by the one invited.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// Withdrawn by the practice.
    Revoked {
        /// When.
        at: Timestamp,
    },
}

/// What a list shows of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// There is none.
    #[default]
    None,
    /// Open.
    Pending,
    /// Lapsed.
    Expired,
    /// Turned down.
    Declined,
    /// Withdrawn.
    Revoked,
    /// Taken up.
    Accepted,
}

/// An offer of a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Its practice.
    pub practice: PracticeId,
    /// What is offered.
    pub offer: Offer,
    /// Who is invited.
    pub recipient: Recipient,
    /// How the message travels; None where only a link is shown.
    pub channel: Option<Channel>,
    /// Who invited.
    pub inviter: Who,
    /// For which practitioner, where another acted.
    pub on_behalf_of: Option<StaffId>,
    /// A word of the inviter's own, put into the message.
    pub note: Option<Paragraph>,
    /// Counts the links; only the latest is good.
    pub generation: u32,
    /// How often it was sent or renewed.
    pub sends: u32,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// What whoever accepts it must know.
    pub check: Check,
    /// Where it stands.
    pub state: State,
    /// The latest message that carries it.
    pub message: Option<MessageId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last sent or renewed.
    pub sent_at: Timestamp,
}

impl Invitation {
    /// The client that it is about, where there is one.
    pub const fn client(&self) -> Option<ClientId> {
        match self.offer {
            Offer::Client { client, .. } => Some(client),
            Offer::NewClient { .. } | Offer::Seat { .. } => None,
        }
    }

    /// What the login will be to the client that it is about, where there is one.
    pub const fn tie(&self) -> Option<&Tie> {
        match &self.offer {
            Offer::Client { tie, .. } => Some(tie),
            Offer::NewClient { .. } | Offer::Seat { .. } => None,
        }
    }

    /// The seat that it offers, where it does.
    pub const fn seat(&self) -> Option<StaffId> {
        match self.offer {
            Offer::Seat { staff } => Some(staff),
            Offer::Client { .. } | Offer::NewClient { .. } => None,
        }
    }

    /// The seat for which it was sent, whoever pressed the button.
    pub const fn inviting_seat(&self) -> Option<StaffId> {
        self.inviter.seat(self.on_behalf_of)
    }

    /// What a list shows now.
    pub fn shown(&self, now: Timestamp) -> Shown {
        match self.state {
            State::Pending if self.check.is_shut() => Shown::Revoked,
            State::Pending if now >= self.expires_at => Shown::Expired,
            State::Pending => Shown::Pending,
            State::Accepted { .. } => Shown::Accepted,
            State::Declined { .. } => Shown::Declined,
            State::Revoked { .. } => Shown::Revoked,
        }
    }

    /// Makes a new link good until `expires_at`, and retires every earlier one.
    ///
    /// # Errors
    /// `InvitationClosed` unless pending, lapsed or not; `LimitReached` after 16,777,215 links.
    pub fn renew(self, now: Timestamp, expires_at: Timestamp) -> Result<Self, Refusal> {
        if self.state != State::Pending {
            return Err(Refusal::InvitationClosed);
        }
        if self.generation >= GENERATION_MAX {
            return Err(Refusal::LimitReached);
        }
        Ok(Self {
            generation: self.generation + 1,
            sends: self.sends.saturating_add(1),
            expires_at,
            sent_at: now,
            check: Check { wrong: 0, ..self.check },
            ..self
        })
    }

    /// Says whether the link of one generation is good now: used, revoked, superseded, expired,
    /// in this order.
    ///
    /// # Errors
    /// What the link died of.
    pub fn require_live(&self, generation: u32, now: Timestamp) -> Result<(), Refusal> {
        match self.state {
            State::Accepted { .. } => Err(Refusal::LinkUsed),
            State::Revoked { .. } | State::Declined { .. } => Err(Refusal::LinkRevoked),
            State::Pending if generation != self.generation => Err(Refusal::LinkSuperseded),
            State::Pending if self.check.is_shut() => Err(Refusal::LinkRevoked),
            State::Pending if now >= self.expires_at => Err(Refusal::LinkExpired),
            State::Pending => Ok(()),
        }
    }

    /// Takes it up with the link of one generation.
    ///
    /// # Errors
    /// What the link died of.
    pub fn accept(
        self,
        generation: u32,
        channel: Channel,
        login: LoginId,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        self.require_live(generation, now)?;
        Ok(Self { state: State::Accepted { at: now, login, channel }, ..self })
    }

    /// Counts a wrong answer; after the fifth its link is no good, until it is sent again.
    #[must_use]
    pub fn answered_wrongly(self) -> Self {
        let wrong = self.check.wrong.saturating_add(1);
        Self { check: Check { wrong, ..self.check }, ..self }
    }

    /// Turns it down with the link of one generation.
    ///
    /// # Errors
    /// What the link died of.
    pub fn decline(self, generation: u32, now: Timestamp) -> Result<Self, Refusal> {
        self.require_live(generation, now)?;
        Ok(Self { state: State::Declined { at: now }, ..self })
    }

    /// Withdraws it, lapsed or not.
    ///
    /// # Errors
    /// `InvitationClosed` unless pending.
    pub fn revoke(self, now: Timestamp) -> Result<Self, Refusal> {
        if self.state != State::Pending {
            return Err(Refusal::InvitationClosed);
        }
        Ok(Self { state: State::Revoked { at: now }, ..self })
    }
}
