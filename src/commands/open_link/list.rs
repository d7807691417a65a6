//! Open links as staff read them: how many came in, and how many still may.

use super::{inviting_seat, permitted};
use crate::commands::admit::Admit;
use crate::commands::look::{About, Look};
use crate::commands::{Page, cursor_key, page_of, page_size};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::Actor;
use crate::domain::id::{OpenLinkId, PracticeId, RoomId, StaffId};
use crate::domain::open_link::{Makes, OpenLink, State};
use crate::domain::staff::Role;
use crate::domain::text::Line;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use serde::Serialize;

/// How many rows one page looks through at a time.
const STRIDE: usize = 200;

/// Which open links a page shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenLinkFilter {
    /// Those that stand so now.
    pub state: Option<State>,
}

/// An open link as it stood when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenLinkView {
    /// Its id.
    pub id: OpenLinkId,
    /// Its practice.
    pub practice: PracticeId,
    /// What the seats are for that it makes; None where it makes clients.
    pub role: Option<Role>,
    /// The rooms that new clients join.
    pub rooms: Vec<RoomId>,
    /// What staff call it.
    pub label: Option<Line>,
    /// How many places it has.
    pub uses_max: u32,
    /// How many came in.
    pub uses: u32,
    /// How many places are held for addresses that wait for their proof.
    pub held: u32,
    /// How many more may come in.
    pub left: u32,
    /// Where it stood.
    pub state: State,
    /// The seat for which it was made; None for the host.
    pub inviter: Option<StaffId>,
    /// What the seat's holder is called.
    pub inviter_name: Option<String>,
    /// When it lapses, or has.
    pub expires_at: Timestamp,
    /// When it was withdrawn.
    pub revoked_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl OpenLinkView {
    fn of(look: &mut Look<'_>, link: OpenLink) -> Result<Self> {
        let (state, left, inviter) = (link.state(look.now()), link.left(), inviting_seat(&link));
        let seat = match inviter {
            Some(staff) => records::staff::find(look.read, staff)?,
            None => None,
        };
        let (role, rooms) = match link.makes {
            Makes::Client { rooms } => (None, rooms),
            Makes::Member => (Some(Role::Member), Vec::new()),
        };
        let is_open = matches!(state, State::Live | State::Exhausted);
        Ok(Self {
            id: link.id,
            practice: link.practice,
            role,
            rooms,
            label: link.label,
            uses_max: link.places,
            uses: link.uses,
            // What a withdrawn link held has ended, whenever upkeep comes by.
            held: if state == State::Revoked { 0 } else { link.held },
            left: if is_open { left } else { 0 },
            state,
            inviter,
            inviter_name: seat.map(|seat| seat.name.display()),
            expires_at: link.expires_at,
            revoked_at: link.revoked_at,
            created_at: link.created_at,
        })
    }
}

impl Admit {
    /// An open link of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn open_link(&self, actor: &Actor, id: OpenLinkId) -> Result<OpenLinkView> {
        self.read_one(actor, Action::OpenLinkRead, |look| {
            let (link, _) = permitted(look, id, Action::OpenLinkRead)?;
            OpenLinkView::of(look, link)
        })
    }

    /// The open links of the actor's practice that the actor may read, latest first.
    ///
    /// # Errors
    /// `Invalid` for a cursor that is none, and what the access table says.
    pub fn open_links(
        &self,
        actor: &Actor,
        filter: OpenLinkFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<OpenLinkView>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(actor, |look| Ok(page_of(found(look, filter, cursor.clone(), size)?, size)))
    }
}

fn found(
    look: &mut Look<'_>,
    filter: OpenLinkFilter,
    mut cursor: Option<Vec<u8>>,
    size: usize,
) -> Result<Vec<(Vec<u8>, OpenLinkView)>> {
    let standing = look.permit(Action::OpenLinkRead, About::New)?;
    let sees_all = matches!(standing, Standing::Host | Standing::Admin);
    let (practice, now, who) = (look.context.practice()?, look.now(), look.context.actor.who);
    let mut found = Vec::new();
    loop {
        let ids = records::open_link::of_practice(look.read, practice, cursor.as_deref(), STRIDE)?;
        let Some(last) = ids.last() else { return Ok(found) };
        cursor = Some(last.bytes().to_vec());
        for id in ids {
            let Some(link) = records::open_link::find(look.read, id)? else { continue };
            let is_asked = filter.state.is_none_or(|state| link.state(now) == state);
            if is_asked && (sees_all || link.inviter == who) {
                found.push((id.bytes().to_vec(), OpenLinkView::of(look, link)?));
            }
            if found.len() > size {
                return Ok(found);
            }
        }
    }
}
