//! An invitation as a screen shows it.

use super::inspect::{OfferKind, offer};
use crate::domain::chart::Fact;
use crate::domain::id::{ClientId, InvitationId, LoginId, MessageId, PracticeId, RoomId, StaffId};
use crate::domain::invitation::{Channel, Invitation, Offer, Shown, State};
use crate::domain::proxy::Tie;
use crate::domain::text::{Email, Line, Locale, Paragraph, PersonName, Phone};
use crate::domain::time::Timestamp;
use serde::Serialize;

/// An invitation as it stood when it was read: whether it has lapsed is known for that time alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvitationView {
    /// Its id.
    pub id: InvitationId,
    /// Its practice.
    pub practice: PracticeId,
    /// What is offered.
    pub offer: OfferKind,
    /// The client on file, or whom acceptance made.
    pub client: Option<ClientId>,
    /// The seat that it offers.
    pub staff: Option<StaffId>,
    /// The rooms that a new client joins.
    pub rooms: Vec<RoomId>,
    /// What a guardian is to the client.
    pub relationship: Option<Line>,
    /// The name of who is invited.
    pub recipient_name: Option<String>,
    /// Where our message goes.
    pub email: Option<Email>,
    /// Where the host's message goes.
    pub phone: Option<Phone>,
    /// The recipient's language.
    pub locale: Option<Locale>,
    /// How the message travels; None where only a link is shown.
    pub channel: Option<Channel>,
    /// A word of the inviter's own.
    pub note: Option<Paragraph>,
    /// What acceptance must bring beside the link.
    pub facts: Vec<Fact>,
    /// How many answers to the present link were wrong; after the fifth it is revoked.
    pub wrong_answers: u32,
    /// Where it stood.
    pub state: Shown,
    /// How often it was sent or renewed.
    pub sends: u32,
    /// The latest message that carries it.
    pub message: Option<MessageId>,
    /// When it lapses, or has.
    pub expires_at: Timestamp,
    /// When it was last sent or renewed.
    pub sent_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was taken up.
    pub accepted_at: Option<Timestamp>,
    /// By whom.
    pub login: Option<LoginId>,
    /// The seat that invited, or for which another did; None for the host or a login.
    pub inviter: Option<StaffId>,
}

impl InvitationView {
    /// What an invitation looks like at a time.
    pub fn of(invitation: Invitation, now: Timestamp) -> Self {
        let (accepted_at, login) = match invitation.state {
            State::Accepted { at, login, .. } => (Some(at), Some(login)),
            State::Pending | State::Declined { .. } | State::Revoked { .. } => (None, None),
        };
        let (kind, state) = (offer(&invitation), invitation.shown(now));
        let inviter = invitation.inviting_seat();
        let (client, staff) = (invitation.client(), invitation.seat());
        let (rooms, relationship) = match invitation.offer {
            Offer::Client { tie: Tie::Guardian { relationship }, .. } => (Vec::new(), relationship),
            Offer::NewClient { rooms } => (rooms, None),
            Offer::Client { tie: Tie::Myself, .. } | Offer::Seat { .. } => (Vec::new(), None),
        };
        let recipient = invitation.recipient;
        Self {
            id: invitation.id,
            practice: invitation.practice,
            offer: kind,
            client,
            staff,
            rooms,
            relationship,
            recipient_name: recipient.name.as_ref().map(PersonName::display),
            email: recipient.email,
            phone: recipient.phone,
            locale: recipient.locale,
            channel: invitation.channel,
            note: invitation.note,
            facts: invitation.check.facts().collect(),
            wrong_answers: invitation.check.wrong,
            state,
            sends: invitation.sends,
            message: invitation.message,
            expires_at: invitation.expires_at,
            sent_at: invitation.sent_at,
            created_at: invitation.created_at,
            accepted_at,
            login,
            inviter,
        }
    }
}
