//! What a link is, for the page that it opens. Looking changes nothing (RULES S15).

use super::require_live;
use crate::commands::admit::Admit;
use crate::commands::context::Context;
use crate::commands::deletion::is_lonely;
use crate::commands::look::Look;
use crate::commands::token::{self, Purpose, Verified};
use crate::commands::{challenge, open_link};
use crate::domain::actor::{Actor, Source};
use crate::domain::chart::Fact;
use crate::domain::id::{InvitationId, PracticeId};
use crate::domain::invitation::{Channel, Invitation, Offer};
use crate::domain::practice::{Practice, SignInMethod};
use crate::domain::proxy::Tie;
use crate::domain::refusal::Refusal;
use crate::domain::text::Line;
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::records;
use crate::store::{Read, StoreError};
use serde::Serialize;

/// What a link is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Inspection {
    /// It is good now.
    Live(Live),
    /// It was good once; nothing else is told.
    Dead(Dead),
}

/// What a dead link died of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dead {
    /// It was used.
    Used,
    /// It was revoked.
    Revoked,
    /// A newer one took its place.
    Superseded,
    /// It lapsed.
    Expired,
    /// It is good again once its practice is.
    PracticeSuspended,
}

impl Dead {
    /// What using the link is answered with.
    pub const fn refusal(self) -> Refusal {
        match self {
            Self::Used => Refusal::LinkUsed,
            Self::Revoked => Refusal::LinkRevoked,
            Self::Superseded => Refusal::LinkSuperseded,
            Self::Expired => Refusal::LinkExpired,
            Self::PracticeSuspended => Refusal::PracticeSuspended,
        }
    }

    const fn of(refusal: Refusal) -> Option<Self> {
        match refusal {
            Refusal::LinkUsed => Some(Self::Used),
            Refusal::LinkRevoked => Some(Self::Revoked),
            Refusal::LinkSuperseded => Some(Self::Superseded),
            Refusal::LinkExpired => Some(Self::Expired),
            Refusal::PracticeSuspended => Some(Self::PracticeSuspended),
            _ => None,
        }
    }
}

/// What is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferKind {
    /// A login for a client on file, as itself.
    Client,
    /// A login for a client on file, as its guardian.
    Guardian,
    /// To become a client.
    NewClient,
    /// A seat.
    Seat,
}

/// What a good link tells its bearer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Live {
    /// What it is good for.
    pub purpose: Purpose,
    /// The practice.
    pub practice: PracticeId,
    /// What the practice is called.
    pub practice_name: Line,
    /// The address that it is about, such as `g***@e***.org`.
    pub masked_address: Option<String>,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// What an invitation offers.
    pub offer: Option<OfferKind>,
    /// How whoever accepts will sign in.
    pub sign_in: Option<SignInMethod>,
    /// Whether a login has the address. Where practices share a portal this is told to whoever
    /// got the link at that address alone: staff who copy it would learn of another practice's.
    pub has_login: Option<bool>,
    /// What acceptance must bring beside the link; never what the answers are.
    pub facts: Vec<Fact>,
    /// Whether an open link has places left.
    pub has_places: Option<bool>,
}

impl Admit {
    /// Says what a link is, without changing anything.
    ///
    /// # Errors
    /// `LinkInvalid` for what this store did not issue, or knows no more.
    pub fn inspect(&self, source: Source, token: &str) -> Result<Inspection> {
        let context = self.context(&Actor::bearer(source))?;
        let verified = token::verify(&context, token).ok_or(Refusal::LinkInvalid)?;
        // Not `Admit::read`, which records a refusal: that would be a change.
        let found = self.snapshot(|read| match inspected(read, &context, &verified) {
            Err(Error::Store(fault)) => Err::<_, StoreError>(fault),
            decided => Ok(decided),
        })?;
        match found {
            Ok(live) => Ok(Inspection::Live(live)),
            Err(Error::Refused(refusal)) => {
                Ok(Inspection::Dead(Dead::of(refusal).ok_or(Refusal::LinkInvalid)?))
            }
            Err(other) => Err(other),
        }
    }
}

fn inspected(read: &mut dyn Read, context: &Context, link: &Verified) -> Result<Live> {
    match link.purpose {
        Purpose::Invitation => invitation(read, context, link),
        Purpose::OpenLink => open_link::inspected(read, context, link),
        Purpose::Reset | Purpose::AddressConfirmation | Purpose::AddressChange => {
            challenge(read, context, link)
        }
    }
}

fn practice_of(read: &mut dyn Read, id: PracticeId) -> Result<Practice> {
    Ok(records::practice::find(read, id)?.ok_or(Refusal::LinkInvalid)?)
}

fn invitation(read: &mut dyn Read, context: &Context, link: &Verified) -> Result<Live> {
    let found = records::invitation::find(read, InvitationId::from_uuid(link.id))?;
    let found = found.ok_or(Refusal::LinkInvalid)?;
    require_live(read, &found, link.generation, context.now)?;
    let practice = practice_of(read, found.practice)?;
    let address = found.recipient.email.as_ref();
    let has_login = match address {
        Some(email) if !practice.shares_portal() || link.channel == Channel::Email => {
            let holder = records::login::find_by_name(read, practice.portal, email.canonical())?;
            Some(match holder {
                // Acceptance by a mailed link makes it anew.
                Some(login) if link.channel == Channel::Email => {
                    !is_lonely(read, context.now, login)?
                }
                holder => holder.is_some(),
            })
        }
        _ => None,
    };
    Ok(Live {
        purpose: link.purpose,
        practice: practice.id,
        masked_address: address.map(|email| email.masked()),
        expires_at: found.expires_at,
        offer: Some(offer(&found)),
        sign_in: Some(sign_in(read, &practice, &found)?),
        has_login,
        facts: found.check.facts().collect(),
        has_places: None,
        practice_name: practice.name,
    })
}

pub(super) const fn offer(invitation: &Invitation) -> OfferKind {
    match &invitation.offer {
        Offer::Client { tie: Tie::Myself, .. } => OfferKind::Client,
        Offer::Client { tie: Tie::Guardian { .. }, .. } => OfferKind::Guardian,
        Offer::NewClient { .. } => OfferKind::NewClient,
        Offer::Seat { .. } => OfferKind::Seat,
    }
}

/// How whoever accepts signs in, by the practice's settings.
pub(in crate::commands) fn sign_in(
    read: &mut dyn Read,
    practice: &Practice,
    invitation: &Invitation,
) -> Result<SignInMethod> {
    let methods = &practice.settings.sign_in;
    let Some(staff) = invitation.seat() else { return Ok(methods.client) };
    let seat = records::staff::find(read, staff)?.ok_or(Refusal::LinkRevoked)?;
    Ok(methods.of(seat.role))
}

fn challenge(read: &mut dyn Read, context: &Context, link: &Verified) -> Result<Live> {
    let found = match open_link::inspected_place(read, link, context.now)? {
        Some(found) => found,
        None => challenge::inspect(&mut Look { read, context }, link)?,
    };
    Ok(Live {
        purpose: link.purpose,
        practice: found.practice.id,
        practice_name: found.practice.name,
        masked_address: found.masked_address,
        expires_at: found.expires_at,
        offer: None,
        sign_in: None,
        has_login: None,
        facts: Vec::new(),
        has_places: None,
    })
}
