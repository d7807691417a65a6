//! Open links: one link for many, made and withdrawn by the practice, used by whoever bears it.
//!
//! Whoever comes in with an address that is not proved yet has a place held, and nothing more: no
//! login, no client and no seat is made before the link in our mail to that address is opened. So
//! nobody signs in before that, nothing has to be removed when a place is given back, and whether
//! the address has a login already decides nothing that whoever typed it could see (RULES S28).

mod accept;
mod list;
mod place;
mod show;

pub use accept::{AcceptOpenLink, Arrival, ComeIn};
pub use list::{OpenLinkFilter, OpenLinkView};
pub(super) use place::{
    confirm, give_back, inspected as inspected_place, is_live as is_place_live,
};
pub use show::ShowOpenLink;
pub(super) use show::inspected;

use super::admit::Command;
use super::audit::Note;
use super::invitation::{inviter_stands, judge_open_link, require_rooms};
use super::look::{About, Look};
use super::unit::Unit;
use crate::domain::access::{Action, Reach, Standing};
use crate::domain::actor::Who;
use crate::domain::event::Happening;
use crate::domain::id::{OpenLinkId, RoomId, StaffId};
use crate::domain::open_link::{Makes, OpenLink, PLACES_DEFAULT, PLACES_MAX};
use crate::domain::practice;
use crate::domain::refusal::Refusal;
use crate::domain::script::Hook;
use crate::domain::staff::Role;
use crate::domain::text::{Line, Reason};
use crate::domain::time::Timestamp;
use crate::error::{InField, Result};
use crate::hooks::request::InvitedAs;
use crate::records;
use crate::store::Read;
use serde::Serialize;

/// What an open link is to make of whoever comes in.
#[derive(Debug, Clone, Serialize)]
pub enum Newcomers {
    /// Prospective clients.
    Clients {
        /// The rooms that they join.
        rooms: Vec<RoomId>,
    },
    /// Seats.
    Seats {
        /// What the seats are for; only a member's is given.
        role: Role,
    },
}

/// Makes one link for many. The product's policy on invitations may deny it, or give it less time
/// and fewer places than asked for.
#[derive(Debug, Clone, Serialize)]
pub struct CreateOpenLink {
    /// What whoever comes in becomes.
    pub makes: Newcomers,
    /// How many may come in: 1 to 10,000; None is 100.
    pub places: Option<u32>,
    /// How long it is open, in milliseconds: 1 hour to 30 days; None is the practice's way.
    pub expires_in: Option<i64>,
    /// What staff call it.
    pub label: Option<Line>,
}

impl CreateOpenLink {
    fn permitted(&self, unit: &mut Unit<'_>) -> Result<Makes> {
        let standing = unit.look().permit(Action::OpenLinkCreate, About::New)?;
        match &self.makes {
            Newcomers::Clients { rooms } => {
                require_rooms(unit, standing, rooms)?;
                Ok(Makes::Client { rooms: rooms.clone() })
            }
            Newcomers::Seats { role } => {
                // As with an invitation, whoever may add seats gives them.
                unit.look().permit(Action::StaffAdd, About::Practice)?;
                Ok(Makes::seat(*role)?)
            }
        }
    }
}

impl Command for CreateOpenLink {
    type Done = OpenLinkId;
    const ACTION: Option<Action> = Some(Action::OpenLinkCreate);
    const POLICY: Option<Hook> = Some(Hook::Invitation);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<OpenLinkId> {
        let makes = self.permitted(unit)?;
        let places = self.places.unwrap_or(PLACES_DEFAULT);
        if !(1..=PLACES_MAX).contains(&places) {
            return Err(Reason::NotInRange).field("uses");
        }
        let practice = unit.look().practice()?;
        let lifetime = match self.expires_in {
            Some(millis) => practice::invitation_lifetime(millis, "expires_in_ms")?,
            None => practice.settings.invitation_lifetime,
        };
        let invited_as = match makes {
            Makes::Client { .. } => InvitedAs::NewClient,
            Makes::Member => InvitedAs::Member,
        };
        let allowed = judge_open_link(unit, &practice, invited_as)?;
        let lifetime = allowed.longest.map_or(lifetime, |longest| lifetime.min(longest));
        let places = allowed.most.map_or(places, |most| places.min(most));
        let (now, actor) = (unit.now(), &unit.context.actor);
        let (inviter, on_behalf_of) = (actor.who, actor.on_behalf_of);
        let link = OpenLink {
            id: unit.new_id(),
            practice: practice.id,
            makes,
            label: self.label.clone(),
            places,
            uses: 0,
            held: 0,
            generation: 1,
            inviter,
            on_behalf_of,
            expires_at: now.plus(lifetime),
            revoked_at: None,
            created_at: now,
        };
        records::open_link::put(&mut unit.write, &link)?;
        let note = Note::done(link.practice, Happening::OpenLinkCreated, link.id);
        let note = note.with("makes", word(&link.makes)).with("places", places);
        unit.note(match allowed.policy {
            Some(version) => note.with("policy", version),
            None => note,
        });
        Ok(link.id)
    }
}

/// Withdraws an open link, lapsed or not. It is dead at once, and so is each place that it holds.
#[derive(Debug, Clone, Serialize)]
pub struct RevokeOpenLink {
    /// Which.
    pub open_link: OpenLinkId,
}

impl Command for RevokeOpenLink {
    type Done = OpenLinkId;
    const ACTION: Option<Action> = Some(Action::OpenLinkRevoke);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<OpenLinkId> {
        let (old, _) = permitted(&mut unit.look(), self.open_link, Action::OpenLinkRevoke)?;
        let new = old.revoke(unit.now())?;
        records::open_link::put(&mut unit.write, &new)?;
        unit.note(Note::done(new.practice, Happening::OpenLinkRevoked, new.id));
        Ok(new.id)
    }
}

/// The word for what a link makes.
const fn word(makes: &Makes) -> &'static str {
    match makes {
        Makes::Client { .. } => "client",
        Makes::Member => "member",
    }
}

/// The seat for which a link was made.
const fn inviting_seat(link: &OpenLink) -> Option<StaffId> {
    link.inviter.seat(link.on_behalf_of)
}

/// Loads a link and asks the access table; a seat's own is what it made.
pub(super) fn permitted(
    look: &mut Look<'_>,
    id: OpenLinkId,
    action: Action,
) -> Result<(OpenLink, Standing)> {
    let link = look.open_link(id)?;
    let is_own =
        matches!(look.context.actor.who, Who::Staff(_) if link.inviter == look.context.actor.who);
    let standing = look.permit(action, if is_own { About::New } else { About::Practice })?;
    Ok((link, standing))
}

/// Holds that the link of one generation is good now, whether or not places are left. While the
/// practice or the inviter is suspended, or the inviter works in a role that may not make it, it
/// answers as a revoked one does (RULES S20).
fn require_live(
    read: &mut dyn Read,
    link: &OpenLink,
    generation: u32,
    now: Timestamp,
) -> Result<()> {
    if !inviter_stands(read, link.practice, inviting_seat(link))? || !may_still(read, link)? {
        return Err(Refusal::LinkRevoked.into());
    }
    Ok(link.require_live(generation, now)?)
}

/// Whether the seat that made a link has a role that may make it: a link gives nothing that its
/// maker could not give any more (RULES S51).
fn may_still(read: &mut dyn Read, link: &OpenLink) -> Result<bool> {
    let Who::Staff(maker) = link.inviter else { return Ok(true) };
    let Some(seat) = records::staff::find(read, maker)? else { return Ok(false) };
    let needed = match link.makes {
        Makes::Client { .. } => Action::OpenLinkCreate,
        Makes::Member => Action::StaffAdd,
    };
    Ok(needed.reach(seat.role.into()) != Reach::Never)
}
