//! Delegations as a screen lists them: with the assistant's name, request and last sign-in.

use crate::commands::admit::Admit;
use crate::commands::list::{Listed, listed};
use crate::commands::look::{About, Look};
use crate::commands::{Page, SCANNED_MAX, cursor_key, page_of, page_size};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::Actor;
use crate::domain::delegation::{Delegation, State};
use crate::domain::id::{DelegationId, StaffId};
use crate::error::Result;
use crate::records;
use crate::store::StoreError;
use serde::Serialize;

/// A delegation as it stood when it was read, and who is in it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DelegationView {
    /// The delegation.
    #[serde(flatten)]
    pub delegation: Delegation,
    /// Where it stood.
    pub state: State,
    /// The practitioner's name.
    pub practitioner_name: String,
    /// The assistant, as the list of people shows it: with the state of its invitation and its
    /// last sign-in.
    pub assistant_seat: Listed,
}

impl std::fmt::Debug for DelegationView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DelegationView").field("id", &self.delegation.id).finish()
    }
}

/// Which delegations a list shows; what is None shows all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DelegationFilter {
    /// For whom somebody acts.
    pub practitioner: Option<StaffId>,
    /// Who acts.
    pub assistant: Option<StaffId>,
    /// Where they stand now.
    pub state: Option<State>,
    /// Those that were taken off the list too.
    pub with_cleared: bool,
}

impl DelegationFilter {
    fn shows(&self, delegation: &Delegation) -> bool {
        self.practitioner.is_none_or(|it| it == delegation.practitioner)
            && self.assistant.is_none_or(|it| it == delegation.assistant)
            && (self.with_cleared || delegation.cleared_at.is_none())
    }
}

impl Admit {
    /// A delegation of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn delegation(&self, actor: &Actor, id: DelegationId) -> Result<DelegationView> {
        self.read_one(actor, Action::DelegationRead, |look| {
            let found = look.delegation(id)?;
            look.permit(Action::DelegationRead, About::Delegation(&found))?;
            view(look, found)
        })
    }

    /// The delegations of the actor's practice, oldest first: for a practitioner and an assistant
    /// their own. A filter that few pass may leave a page short though more follow.
    ///
    /// # Errors
    /// What the access table says; `NotFound` for a seat of the filter that is not here; `Invalid`
    /// for a cursor that is none.
    pub fn delegations(
        &self,
        actor: &Actor,
        filter: DelegationFilter,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<DelegationView>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(actor, |look| {
            let standing = look.permit(Action::DelegationRead, About::New)?;
            for seat in filter.practitioner.into_iter().chain(filter.assistant) {
                look.staff(seat)?;
            }
            let own = match standing {
                Standing::Host | Standing::Admin => None,
                _ => look.context.actor.seat(),
            };
            let of = own.or(filter.assistant).or(filter.practitioner);
            let cursor = cursor.as_deref();
            let ids = match of {
                Some(seat) => records::delegation::of_seat(look.read, seat, cursor, SCANNED_MAX)?,
                None => {
                    let practice = look.context.practice()?;
                    records::delegation::of_practice(look.read, practice, cursor, SCANNED_MAX)?
                }
            };
            let is_cut = ids.len() == SCANNED_MAX;
            let last = ids.last().map(|id| id.bytes().to_vec());
            let mut found = Vec::new();
            for id in ids {
                let delegation = look.delegation(id)?;
                if !filter.shows(&delegation) {
                    continue;
                }
                let view = view(look, delegation)?;
                if filter.state.is_none_or(|state| state == view.state) {
                    found.push((id.bytes().to_vec(), view));
                }
                if found.len() > size {
                    break;
                }
            }
            let page = page_of(found, size);
            Ok(page.or_go_on_after(last.filter(|_| is_cut)))
        })
    }
}

fn view(look: &mut Look<'_>, delegation: Delegation) -> Result<DelegationView> {
    let assistant = look.staff(delegation.assistant)?;
    let practitioner = look.staff(delegation.practitioner)?;
    let (practice, id) = (delegation.practice, assistant.id.uuid());
    let row = records::person::find(look.read, practice, id)?.ok_or(StoreError::Damaged)?;
    Ok(DelegationView {
        state: delegation.state(&assistant, &practitioner, look.now()),
        practitioner_name: practitioner.name.display(),
        assistant_seat: listed(look, row)?,
        delegation,
    })
}
