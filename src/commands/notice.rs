//! Notices become messages in the outbox, in the transaction that gave rise to them.

use super::unit::Unit;
use crate::domain::client::Client;
use crate::domain::id::{ItemId, MessageId, PracticeId, Thing};
use crate::domain::invitation::Channel;
use crate::domain::login::Login;
use crate::domain::message::{Address, Carries, Kind, Message, State, Step, To};
use crate::domain::staff::Staff;
use crate::domain::text::PersonName;
use crate::error::Result;
use crate::records;

/// A fact that someone should be told.
pub(super) struct Notice {
    /// What it tells.
    pub kind: Kind,
    /// The practice whose words and links it uses.
    pub practice: PracticeId,
    /// Who gets it.
    pub to: To,
    /// Whom it is about.
    pub subject: Option<Thing>,
    /// What it tells of, where that is an item of the subject's.
    pub item: Option<ItemId>,
    /// The link that it carries.
    pub carries: Carries,
    /// Facts of its own, by name.
    pub facts: Vec<(String, String)>,
}

impl Notice {
    /// A notice without a link.
    pub fn plain(kind: Kind, practice: PracticeId, to: To, subject: impl Into<Thing>) -> Self {
        let carries = Carries::Nothing;
        let (subject, facts) = (Some(subject.into()), Vec::new());
        Self { kind, practice, to, subject, item: None, carries, facts }
    }
}

/// Puts a notice into the outbox, due at once.
pub(super) fn post(unit: &mut Unit<'_>, notice: Notice) -> Result<MessageId> {
    let now = unit.now();
    let channel = match notice.to.address {
        Address::Email(_) => Channel::Email,
        Address::Phone(_) => Channel::Sms,
    };
    let state = State::Queued { due: now };
    let posted = Step { at: now, attempt: 0, state: state.shown(), detail: None };
    let message = Message {
        id: unit.new_id(),
        kind: notice.kind,
        practice: notice.practice,
        channel,
        to: notice.to,
        subject: notice.subject,
        item: notice.item,
        by: unit.context.actor.who,
        on_behalf_of: unit.context.actor.on_behalf_of,
        carries: notice.carries,
        facts: notice.facts,
        state,
        attempt: 0,
        pinned: None,
        timeline: vec![posted],
        created_at: now,
    };
    records::message::put(&mut unit.write, None, &message)?;
    Ok(message.id)
}

/// A login's own address; None where it has none.
pub(super) fn to_login(login: &Login) -> Option<To> {
    Some(To {
        address: Address::Email(login.email.clone()?),
        name: login.holder.clone().map(PersonName::of_text),
        locale: login.locale.clone(),
        staff: false,
    })
}

/// The address of a seat; None where it has none.
pub(super) fn to_staff(seat: &Staff) -> Option<To> {
    Some(To {
        address: Address::Email(seat.email.clone()?),
        name: Some(seat.name.clone()),
        locale: seat.locale.clone(),
        staff: true,
    })
}

/// A client's contact address; None where it has none or gets no notices.
pub(super) fn to_client(client: &Client) -> Option<To> {
    to_client_of_any_status(client).filter(|_| client.status.gets_notices())
}

/// A client's contact address, whether or not it gets notices; None where it has none.
pub(super) fn to_client_of_any_status(client: &Client) -> Option<To> {
    Some(To {
        address: Address::Email(client.profile.email.clone()?),
        name: client.profile.names.first().cloned(),
        locale: client.profile.locale.clone(),
        staff: false,
    })
}
