//! Links that staff show: a permission of its own, and an event of its own (RULES S52).

use super::{require_live, subject, template};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::look::About;
use crate::commands::token::{self, Purpose};
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::event::Happening;
use crate::domain::id::InvitationId;
use crate::domain::invitation::{Channel, State};
use crate::domain::refusal::Refusal;
use crate::domain::text::Reason;
use crate::error::{InField, Result};
use crate::exchange::qr;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// Shows the present link of an invitation, for a way on which it proves no address.
#[derive(Debug, Clone, Serialize)]
pub struct ShowLink {
    /// Which.
    pub invitation: InvitationId,
    /// How it will travel: copied, by QR code, or by a text message of the host's own.
    pub channel: Channel,
}

/// A link; acting again under the same idempotency key does not repeat it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Link {
    /// The link itself; empty where the answer is repeated.
    #[serde(skip)]
    pub url: SecretString,
    /// Which link of the invitation it is.
    pub generation: u32,
}

/// A link as a QR code of level M.
#[derive(Debug, Clone)]
pub struct Qr {
    /// The link itself.
    pub link: Link,
    /// An SVG image.
    pub svg: SecretString,
    /// Half blocks, for a dark terminal.
    pub terminal: SecretString,
}

impl Command for ShowLink {
    type Done = Link;
    const ACTION: Option<Action> = Some(Action::InvitationShowLink);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Link> {
        let found = unit.look().invitation(self.invitation)?;
        unit.look().permit(Action::InvitationShowLink, About::Invitation(&found))?;
        if self.channel == Channel::Email {
            return Err(Reason::Unknown).field("channel");
        }
        if found.state != State::Pending {
            return Err(Refusal::InvitationClosed.into());
        }
        let now = unit.now();
        require_live(&mut unit.write, &found, found.generation, now)?;
        let practice = unit.look().practice()?;
        let template = template(&practice, found.seat().is_some())?;
        let (purpose, channel, generation) = (Purpose::Invitation, self.channel, found.generation);
        let token = token::issue(unit.context, purpose, channel, generation, found.id.uuid())?;
        let note = Note::done(found.practice, Happening::InvitationLinkShown, found.id);
        let note = note.about(subject(&found)).with("channel", channel.word());
        unit.note(note.with("generation", generation));
        Ok(Link { url: template.fill(token.expose_secret()).into(), generation })
    }
}

impl Admit {
    /// Shows the present link of an invitation as a QR code.
    ///
    /// # Errors
    /// As `ShowLink`; `Invalid` where the practice's template is too long for a code.
    pub fn invitation_qr(&self, actor: &Actor, invitation: InvitationId) -> Result<Qr> {
        Qr::of(self.run(actor, ShowLink { invitation, channel: Channel::Qr }, None)?)
    }
}

impl Qr {
    /// Draws a link.
    ///
    /// # Errors
    /// `Invalid` where it is too long for a code.
    pub(in crate::commands) fn of(link: Link) -> Result<Self> {
        let url = link.url.expose_secret();
        let too_long = |_| Reason::TooLong { max: 2_331 }.in_field("invitation_link");
        let svg = qr::svg(url).map_err(too_long)?.into();
        let terminal = qr::terminal(url).map_err(too_long)?.into();
        Ok(Self { link, svg, terminal })
    }
}
