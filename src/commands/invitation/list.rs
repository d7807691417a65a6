//! Invitations as staff read them.

use super::view::InvitationView;
use crate::commands::admit::Admit;
use crate::commands::look::{About, Look};
use crate::commands::{Page, cursor_key, page_of, page_size};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::Actor;
use crate::domain::id::{ClientId, InvitationId};
use crate::domain::invitation::{Invitation, Shown};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::records;

/// How many rows one page looks through at a time.
const STRIDE: usize = 200;

/// Which invitations a page shows; the filters combine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InvitationFilter {
    /// Those about one client.
    pub client: Option<ClientId>,
    /// Those that stand so now.
    pub state: Option<Shown>,
}

impl Admit {
    /// An invitation of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn invitation(&self, actor: &Actor, id: InvitationId) -> Result<Invitation> {
        self.read_one(actor, Action::InvitationRead, |look| {
            let found = look.invitation(id)?;
            look.permit(Action::InvitationRead, About::Invitation(&found))?;
            Ok(found)
        })
    }

    /// An invitation as a screen shows it.
    ///
    /// # Errors
    /// As `invitation`.
    pub fn invitation_view(&self, actor: &Actor, id: InvitationId) -> Result<InvitationView> {
        self.read_one(actor, Action::InvitationRead, |look| {
            let found = look.invitation(id)?;
            look.permit(Action::InvitationRead, About::Invitation(&found))?;
            Ok(InvitationView::of(found, look.now()))
        })
    }

    /// The invitations of the actor's practice that the actor may read, latest first.
    ///
    /// # Errors
    /// `Invalid` for a cursor that is none, and what the access table says.
    pub fn invitations(
        &self,
        actor: &Actor,
        filter: InvitationFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<Invitation>> {
        self.listed(actor, filter, after, limit, |invitation, _| invitation)
    }

    /// The same list as a screen shows it.
    ///
    /// # Errors
    /// As `invitations`.
    pub fn invitation_views(
        &self,
        actor: &Actor,
        filter: InvitationFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<InvitationView>> {
        self.listed(actor, filter, after, limit, InvitationView::of)
    }

    fn listed<T>(
        &self,
        actor: &Actor,
        filter: InvitationFilter,
        after: Option<&str>,
        limit: u32,
        show: impl Fn(Invitation, Timestamp) -> T,
    ) -> Result<Page<T>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(actor, |look| {
            let found = match filter.client {
                Some(client) => of_client(look, client, filter.state, cursor.as_deref())?,
                None => of_practice(look, filter.state, cursor.clone(), size)?,
            };
            let Page { items, next } = page_of(found, size);
            let items = items.into_iter().map(|invitation| show(invitation, look.now())).collect();
            Ok(Page { items, next })
        })
    }
}

type Keyed = (Vec<u8>, Invitation);

fn keyed(invitation: Invitation) -> Keyed {
    (invitation.id.bytes().to_vec(), invitation)
}

fn of_client(
    look: &mut Look<'_>,
    client: ClientId,
    state: Option<Shown>,
    cursor: Option<&[u8]>,
) -> Result<Vec<Keyed>> {
    let client = look.client(client)?.id;
    look.permit(Action::InvitationRead, About::Client(client))?;
    let now = look.now();
    let found = records::invitation::of_client(look.read, client, usize::MAX)?;
    let shown = found.into_iter().filter(|it| {
        let is_after = cursor.is_none_or(|cursor| it.id.bytes().as_slice() < cursor);
        is_after && state.is_none_or(|state| it.shown(now) == state)
    });
    Ok(shown.map(keyed).collect())
}

fn of_practice(
    look: &mut Look<'_>,
    state: Option<Shown>,
    mut cursor: Option<Vec<u8>>,
    size: usize,
) -> Result<Vec<Keyed>> {
    let standing = look.permit(Action::InvitationRead, About::New)?;
    let sees_all = matches!(standing, Standing::Host | Standing::Admin);
    let practice = look.context.practice()?;
    let now = look.now();
    let mut found = Vec::new();
    loop {
        let ids = records::invitation::of_practice(look.read, practice, cursor.as_deref(), STRIDE)?;
        let Some(last) = ids.last() else { return Ok(found) };
        cursor = Some(last.bytes().to_vec());
        for id in ids {
            let Some(invitation) = records::invitation::find(look.read, id)? else { continue };
            let is_asked = state.is_none_or(|state| invitation.shown(now) == state);
            if is_asked && (sees_all || may_read(look, &invitation)?) {
                found.push(keyed(invitation));
            }
            if found.len() > size {
                return Ok(found);
            }
        }
    }
}

fn may_read(look: &mut Look<'_>, invitation: &Invitation) -> Result<bool> {
    match look.permit(Action::InvitationRead, About::Invitation(invitation)) {
        Ok(_) => Ok(true),
        Err(Error::Refused(Refusal::NotPermitted)) => Ok(false),
        Err(other) => Err(other),
    }
}
