//! What the product's policy says of an invitation.

use crate::commands::policy;
use crate::commands::subject;
use crate::commands::unit::Unit;
use crate::domain::invitation::{Channel, Offer, Recipient};
use crate::domain::practice::Practice;
use crate::domain::proxy::Tie;
use crate::domain::script::{Hook, Version};
use crate::domain::staff::Staff;
use crate::domain::time::DAY;
use crate::error::{Error, Result};
use crate::hooks::engine::{Ask, Made};
use crate::hooks::facts;
use crate::hooks::request::{InvitationFacts, InvitedAs};
use crate::hooks::verdict::InvitationVerdict;
use crate::records;

/// Who is invited to what.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub offer: &'a Offer,
    pub recipient: &'a Recipient,
    pub new_seat: Option<&'a Staff>,
}

/// What a policy allows.
#[derive(Clone, Copy, Default)]
pub(in crate::commands) struct Allowed {
    /// The longest time, in milliseconds, if it says one.
    pub longest: Option<i64>,
    /// How many may use an open link, if it says so.
    pub most: Option<u32>,
    /// Which policy it was, where there is one.
    pub policy: Option<Version>,
}

/// Asks the policy.
///
/// # Errors
/// `Denied` with its reasons, `PolicyFailed`.
pub(super) fn invitation(
    unit: &mut Unit<'_>,
    practice: &Practice,
    asked: Asked<'_>,
    channel: Option<Channel>,
) -> Result<Allowed> {
    let judged = policy::ask(unit, practice.id, Hook::Invitation, |unit| {
        let facts = facts(unit, practice, asked, channel)?;
        Ok(Ask::Invitation(Box::new(facts)))
    })?;
    allowed(judged)
}

/// Asks the policy about one link for many, whom nobody knows yet.
///
/// # Errors
/// As `invitation`.
pub(in crate::commands) fn open_link(
    unit: &mut Unit<'_>,
    practice: &Practice,
    invited_as: InvitedAs,
) -> Result<Allowed> {
    let judged = policy::ask(unit, practice.id, Hook::Invitation, |unit| {
        Ok(Ask::Invitation(Box::new(InvitationFacts {
            version: facts::Version,
            now: unit.now(),
            asked_by: subject::asker(unit)?,
            invited_as,
            client: None,
            staff: None,
            is_sent: false,
            has_email: false,
            has_phone: false,
            is_open_link: true,
            earlier: subject::invitations(&[], unit.now()),
            practice: subject::practice(practice),
            settings: subject::settings(practice),
        })))
    })?;
    allowed(judged)
}

fn allowed(judged: policy::Judged) -> Result<Allowed> {
    match judged.made {
        Some(Made::Invitation(InvitationVerdict::Deny { reasons })) => Err(Error::Denied(reasons)),
        Some(Made::Invitation(InvitationVerdict::Allow { expires_days, max_uses })) => {
            let longest = expires_days.map(|days| i64::from(days) * DAY);
            Ok(Allowed { longest, most: max_uses, policy: Some(judged.version) })
        }
        _ => Ok(Allowed::default()),
    }
}

fn facts(
    unit: &mut Unit<'_>,
    practice: &Practice,
    asked: Asked<'_>,
    channel: Option<Channel>,
) -> Result<InvitationFacts> {
    let Asked { offer, recipient, new_seat } = asked;
    let on_file = match offer {
        Offer::Seat { staff } => records::staff::find(&mut unit.write, *staff)?,
        _ => None,
    };
    let seat = on_file.as_ref().or(new_seat);
    let invited_as = match (offer, seat) {
        (Offer::Client { tie: Tie::Myself, .. }, _) => InvitedAs::Client,
        (Offer::Client { tie: Tie::Guardian { .. }, .. }, _) => InvitedAs::Guardian,
        (_, Some(seat)) => seat.role.into(),
        (_, None) => InvitedAs::NewClient,
    };
    let client = match offer {
        Offer::Client { client, .. } => records::client::find(&mut unit.write, *client)?,
        _ => None,
    };
    let earlier = match (offer, &recipient.email) {
        (Offer::Client { client, .. }, _) => {
            records::invitation::of_client(&mut unit.write, *client, usize::MAX)?
        }
        (Offer::Seat { staff }, _) => {
            records::invitation::of_seat(&mut unit.write, *staff, usize::MAX)?
        }
        (Offer::NewClient { .. }, Some(email)) => {
            records::invitation::of_address(&mut unit.write, practice.id, email, usize::MAX)?
        }
        (Offer::NewClient { .. }, None) => Vec::new(),
    };
    let client = client.map(|client| subject::client(unit, &client)).transpose()?;
    Ok(InvitationFacts {
        version: facts::Version,
        now: unit.now(),
        asked_by: subject::asker(unit)?,
        invited_as,
        client,
        staff: on_file.as_ref().map(subject::staff),
        is_sent: matches!(channel, Some(Channel::Email | Channel::Sms)),
        has_email: recipient.email.is_some(),
        has_phone: recipient.phone.is_some(),
        is_open_link: false,
        earlier: subject::invitations(&earlier, unit.now()),
        practice: subject::practice(practice),
        settings: subject::settings(practice),
    })
}
