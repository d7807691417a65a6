//! What ends an invitation without a login: the practice withdraws it, or the invitee declines;
//! and what the bearer of a link may ask for without changing anything.

use super::send::{post, windows};
use super::{bearer, require_live, subject, tell_inviter};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::context::Context;
use crate::commands::look::About;
use crate::commands::token::Verified;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Source;
use crate::domain::event::Happening;
use crate::domain::id::InvitationId;
use crate::domain::invitation::{Channel, Invitation};
use crate::domain::message::{Address, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::text::IdempotencyKey;
use crate::error::{Error, Result};
use crate::records;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// Withdraws an invitation, lapsed or not. Its links are dead for good.
#[derive(Debug, Clone, Serialize)]
pub struct RevokeInvitation {
    /// Which.
    pub invitation: InvitationId,
}

impl Command for RevokeInvitation {
    type Done = InvitationId;
    const ACTION: Option<Action> = Some(Action::InvitationRevoke);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<InvitationId> {
        let old = unit.look().invitation(self.invitation)?;
        unit.look().permit(Action::InvitationRevoke, About::Invitation(&old))?;
        let new = old.clone().revoke(unit.now())?;
        unit.save_invitation(Some(&old), &new)?;
        let note = Note::done(new.practice, Happening::InvitationRevoked, new.id);
        unit.note(note.about(subject(&new)));
        Ok(new.id)
    }
}

/// Turns an invitation down with its link; run by [`Admit::decline`].
#[derive(Debug, Clone, Serialize)]
pub struct DeclineInvitation {
    link: Verified,
}

fn borne(unit: &mut Unit<'_>, link: &Verified) -> Result<Invitation> {
    let found = records::invitation::find(&mut unit.write, InvitationId::from_uuid(link.id))?;
    Ok(found.ok_or(Refusal::LinkInvalid)?)
}

impl Command for DeclineInvitation {
    type Done = InvitationId;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<InvitationId> {
        let old = borne(unit, &self.link)?;
        let now = unit.now();
        require_live(&mut unit.write, &old, self.link.generation, now)?;
        let new = old.clone().decline(self.link.generation, now)?;
        unit.save_invitation(Some(&old), &new)?;
        let about = subject(&new);
        tell_inviter(unit, &new, Kind::InvitationDeclined, about)?;
        unit.note(Note::done(new.practice, Happening::InvitationDeclined, new.id).about(about));
        Ok(new.id)
    }
}

/// Asks for the link again; run by [`Admit::ask_again`].
///
/// Nobody has signed in, so nothing is renewed and nothing retired: what is good is sent again as
/// it is, and of what has lapsed the inviter hears.
#[derive(Debug, Clone, Serialize)]
pub struct ReissueInvitation {
    link: Verified,
}

/// What became of asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// The link is good and was sent again, to the address on the invitation.
    SentAgain,
    /// It has lapsed, and the inviter was told.
    InviterTold,
}

/// Under what the requests for a new link of one invitation are counted.
pub(in crate::commands) fn window_of_link(context: &Context, id: InvitationId) -> [u8; 32] {
    context.digest("new link asked", &[id.bytes()])
}

impl Command for ReissueInvitation {
    type Done = Asked;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Asked> {
        let old = borne(unit, &self.link)?;
        let now = unit.now();
        let about = subject(&old);
        let asked = match require_live(&mut unit.write, &old, self.link.generation, now) {
            Ok(()) => {
                send_again(unit, &old)?;
                Asked::SentAgain
            }
            Err(Error::Refused(Refusal::LinkExpired)) => {
                let digest = window_of_link(unit.context, old.id);
                let window = records::rate::find(&mut unit.write, &digest)?;
                let limit = unit.context.options.invitation_limits.per_recipient;
                let window = window.and_one(limit, now)?;
                records::rate::put(&mut unit.write, &digest, window)?;
                tell_inviter(unit, &old, Kind::NewLinkAsked, about)?;
                Asked::InviterTold
            }
            Err(other) => return Err(other),
        };
        let note = Note::done(old.practice, Happening::InvitationLinkAsked, old.id).about(about);
        let answer = if asked == Asked::SentAgain { "sent again" } else { "inviter told" };
        unit.note(note.with("answer", answer));
        Ok(asked)
    }
}

fn send_again(unit: &mut Unit<'_>, old: &Invitation) -> Result<()> {
    let recipient = &old.recipient;
    let address = match old.channel {
        Some(Channel::Sms) => recipient.phone.clone().map(Address::Phone),
        _ => recipient.email.clone().map(Address::Email),
    };
    let address = address.ok_or(Refusal::NotReachable)?;
    for (digest, window) in windows(unit, &address)? {
        records::rate::put(&mut unit.write, &digest, window)?;
    }
    let message = Some(post(unit, old, address)?);
    unit.save_invitation(Some(old), &Invitation { message, ..old.clone() })
}

impl Admit {
    /// Turns an invitation down, as the bearer of its link.
    ///
    /// # Errors
    /// What the link died of.
    pub fn decline(
        &self,
        source: Source,
        token: &SecretString,
        key: Option<&IdempotencyKey>,
    ) -> Result<InvitationId> {
        let (actor, link, _) = bearer(self, source, token.expose_secret())?;
        self.run(&actor, DeclineInvitation { link }, key)
    }

    /// Asks for a link again, as the bearer of one that is good or has lapsed.
    ///
    /// # Errors
    /// What the link died of else; `NotReachable` where no message can go out;
    /// `TooManyMessages`.
    pub fn ask_again(
        &self,
        source: Source,
        token: &SecretString,
        key: Option<&IdempotencyKey>,
    ) -> Result<Asked> {
        let (actor, link, _) = bearer(self, source, token.expose_secret())?;
        self.run(&actor, ReissueInvitation { link }, key)
    }
}
