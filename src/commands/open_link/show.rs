//! An open link as it is copied or printed: a permission and an event of its own (RULES S52).

use super::{permitted, require_live};
use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::context::Context;
use crate::commands::invitation::{Link, Live, OfferKind, Qr, template};
use crate::commands::token::{self, Purpose, Verified};
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::event::Happening;
use crate::domain::id::OpenLinkId;
use crate::domain::invitation::Channel;
use crate::domain::open_link::Makes;
use crate::domain::refusal::Refusal;
use crate::domain::text::Reason;
use crate::error::{InField, Result};
use crate::records;
use crate::store::Read;
use secrecy::ExposeSecret;
use serde::Serialize;

/// Shows an open link: the same each time.
#[derive(Debug, Clone, Serialize)]
pub struct ShowOpenLink {
    /// Which.
    pub open_link: OpenLinkId,
    /// How it will travel: copied, by QR code, or by a text message of the host's own.
    pub channel: Channel,
}

impl Command for ShowOpenLink {
    type Done = Link;
    const ACTION: Option<Action> = Some(Action::OpenLinkShow);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Link> {
        let (found, _) = permitted(&mut unit.look(), self.open_link, Action::OpenLinkShow)?;
        if self.channel == Channel::Email {
            return Err(Reason::Unknown).field("channel");
        }
        let (generation, now) = (found.generation, unit.now());
        require_live(&mut unit.write, &found, generation, now)?;
        let practice = unit.look().practice()?;
        let template = template(&practice, found.makes == Makes::Member)?;
        let (purpose, id) = (Purpose::OpenLink, found.id.uuid());
        let token = token::issue(unit.context, purpose, self.channel, generation, id)?;
        let note = Note::done(found.practice, Happening::OpenLinkShown, found.id);
        unit.note(note.with("channel", self.channel.word()));
        Ok(Link { url: template.fill(token.expose_secret()).into(), generation })
    }
}

impl Admit {
    /// Shows an open link as a QR code.
    ///
    /// # Errors
    /// As `ShowOpenLink`; `Invalid` where the practice's template is too long for a code.
    pub fn open_link_qr(&self, actor: &Actor, open_link: OpenLinkId) -> Result<Qr> {
        Qr::of(self.run(actor, ShowOpenLink { open_link, channel: Channel::Qr }, None)?)
    }
}

/// What a good open link tells its bearer, and changes nothing.
pub(in crate::commands) fn inspected(
    read: &mut dyn Read,
    context: &Context,
    borne: &Verified,
) -> Result<Live> {
    let found = records::open_link::find(read, OpenLinkId::from_uuid(borne.id))?;
    let link = found.ok_or(Refusal::LinkInvalid)?;
    require_live(read, &link, borne.generation, context.now)?;
    let practice = records::practice::find(read, link.practice)?.ok_or(Refusal::LinkInvalid)?;
    let methods = &practice.settings.sign_in;
    let (offer, sign_in) = match link.makes {
        Makes::Client { .. } => (OfferKind::NewClient, methods.client),
        Makes::Member => (OfferKind::Seat, methods.member),
    };
    Ok(Live {
        purpose: borne.purpose,
        practice: practice.id,
        practice_name: practice.name,
        masked_address: None,
        expires_at: link.expires_at,
        offer: Some(offer),
        sign_in: Some(sign_in),
        has_login: None,
        facts: Vec::new(),
        has_places: Some(link.left() > 0),
    })
}
