//! The one list of staff, clients and open invitations, with all that a screen shows in the row.

mod filter;
mod row;

pub use filter::{ListFilter, PersonStatus};
pub(super) use row::listed;
pub use row::{ListKind, Listed};

use super::admit::Admit;
use super::look::{About, Look};
use super::stand::Sight;
use super::{Page, SCANNED_MAX, cursor_key, page_of, page_size};
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::delegation::{Clients, Delegation};
use crate::domain::id::{ClientId, InvitationId, Noun, StaffId};
use crate::domain::text::search;
use crate::error::Result;
use crate::records;
use crate::records::person::{By, Person};
use serde::Serialize;
use std::ops::ControlFlow;

/// Up to which number a total is exact.
pub const TOTAL_MAX: u64 = 10_000;

/// How many rows are read at once.
const BATCH: usize = 256;

/// One page of the list.
#[derive(Debug, Clone, Serialize)]
pub struct PersonPage {
    /// What is on the page, and the cursor that goes on after it.
    #[serde(flatten)]
    pub page: Page<Listed>,
    /// How many there are in all, up to 10,000.
    pub total: u64,
    /// Whether the total is exact: not so beyond 10,000, or where the count was cut.
    pub total_is_exact: bool,
}

/// Who is asked for, and who asks.
struct Query<'q> {
    filter: &'q ListFilter,
    /// Which clients a practitioner, an assistant or a delegate sees.
    sight: Option<Sight>,
    /// What the practitioner of the filter has delegated.
    delegated: Option<Delegated>,
    /// The beginning of the names, as the rows order it.
    prefix: Vec<u8>,
}

/// Sees a row that passes, with the cursor that goes on after it; `Break` ends the walk.
type Visit<'v> = dyn FnMut(&mut Look<'_>, Vec<u8>, Person) -> Result<ControlFlow<()>> + 'v;

/// Why a walk through the rows ended.
enum Ended {
    AtEnd,
    Stopped,
    /// Enough rows were looked at; the key goes on after the last one.
    Cut(Vec<u8>),
}

impl Admit {
    /// The staff, clients and open invitations of the actor's practice.
    ///
    /// A practitioner or an assistant sees staff, the clients that are open to it, and its own
    /// invitations; a delegate those of the practitioner, as far as the delegation goes. A call looks at 20,000 rows at the most for its page, and as many for the
    /// total; where few pass the filter, a page may be short though its cursor goes on.
    ///
    /// # Errors
    /// What the access table says; `NotFound` for a room or a seat of the filter that is not here;
    /// `Invalid` for a cursor that is none.
    pub fn person_list(
        &self,
        actor: &Actor,
        filter: &ListFilter,
        by: By,
        after: Option<&str>,
        limit: u32,
    ) -> Result<PersonPage> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read(actor, |look| {
            let query = Query::permitted(look, filter)?;
            let (total, total_is_exact) = query.count(look)?;
            let page = query.page(look, by, cursor.clone(), size)?;
            Ok(PersonPage { page, total, total_is_exact })
        })
    }

    /// Up to `limit` clients that the list shows after a cursor, latest first, and the cursor that
    /// goes on after them; None at the end.
    ///
    /// # Errors
    /// As `person_list`.
    pub(super) fn clients_listed(
        &self,
        actor: &Actor,
        filter: &ListFilter,
        after: Option<Vec<u8>>,
        limit: usize,
    ) -> Result<(Vec<ClientId>, Option<Vec<u8>>)> {
        self.read(actor, |look| {
            let query = Query::permitted(look, filter)?;
            let (mut found, mut last) = (Vec::new(), None);
            let ended = query.walk(look, By::Creation, after.clone(), &mut |_, key, person| {
                if person.thing.noun == Noun::Client {
                    found.push(ClientId::from_uuid(person.thing.id));
                    last = Some(key);
                }
                let is_full = found.len() == limit;
                Ok(if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            })?;
            Ok(match ended {
                Ended::AtEnd => (found, None),
                Ended::Stopped => (found, last),
                Ended::Cut(key) => (found, Some(key)),
            })
        })
    }
}

impl<'q> Query<'q> {
    /// What the actor may see of what a filter asks for.
    fn permitted(look: &mut Look<'_>, filter: &'q ListFilter) -> Result<Self> {
        let standing = look.permit(Action::PersonList, About::New)?;
        filter.require_here(look)?;
        let sight = look.sight(standing)?;
        let delegated = filter.delegated_by.map(|staff| Delegated::by(look, staff)).transpose()?;
        let prefix = filter.name_prefix.as_deref().map(search::sort_key).unwrap_or_default();
        Ok(Self { filter, sight, delegated, prefix })
    }
}

impl Query<'_> {
    fn page(
        &self,
        look: &mut Look<'_>,
        by: By,
        cursor: Option<Vec<u8>>,
        size: usize,
    ) -> Result<Page<Listed>> {
        let mut found = Vec::new();
        let ended = self.walk(look, by, cursor, &mut |look, key, person| {
            found.push((key, listed(look, person)?));
            Ok(if found.len() > size { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        let page = page_of(found, size);
        Ok(match ended {
            Ended::Cut(key) => page.or_go_on_after(Some(key)),
            Ended::AtEnd | Ended::Stopped => page,
        })
    }

    fn count(&self, look: &mut Look<'_>) -> Result<(u64, bool)> {
        let by = if self.prefix.is_empty() { By::Creation } else { By::Name };
        let mut total = 0;
        let ended = self.walk(look, by, None, &mut |_, _, _| {
            if total == TOTAL_MAX {
                return Ok(ControlFlow::Break(()));
            }
            total += 1;
            Ok(ControlFlow::Continue(()))
        })?;
        Ok((total, matches!(ended, Ended::AtEnd)))
    }

    /// Shows the rows that pass, each with its cursor key, until the visitor breaks.
    fn walk(
        &self,
        look: &mut Look<'_>,
        by: By,
        cursor: Option<Vec<u8>>,
        visit: &mut Visit<'_>,
    ) -> Result<Ended> {
        let practice = look.context.practice()?;
        let seeks = by == By::Name && !self.prefix.is_empty();
        let mut cursor = cursor.or_else(|| seeks.then(|| self.prefix.clone()));
        let mut scanned = 0;
        loop {
            let rows = records::person::scan(look.read, practice, by, cursor.as_deref(), BATCH)?;
            let is_last = rows.len() < BATCH;
            scanned += rows.len();
            for (key, person) in rows {
                if seeks && !person.sort_key.starts_with(&self.prefix) {
                    return Ok(Ended::AtEnd);
                }
                cursor = Some(key.clone());
                if self.shows(look, &person)? && visit(look, key, person)?.is_break() {
                    return Ok(Ended::Stopped);
                }
            }
            match cursor {
                _ if is_last => return Ok(Ended::AtEnd),
                Some(key) if scanned >= SCANNED_MAX => return Ok(Ended::Cut(key)),
                _ => {}
            }
        }
    }

    fn shows(&self, look: &mut Look<'_>, person: &Person) -> Result<bool> {
        Ok(person.sort_key.starts_with(&self.prefix)
            && self.filter.shows_row(person, look.now())
            && self.filter.shows_states(look, person)?
            && is_seen(look, self.sight.as_ref(), person)?
            && match self.filter.reachable_by {
                Some(staff) => is_reached(look, staff, person)?,
                None => true,
            }
            && match &self.delegated {
                Some(delegated) => delegated.has(look, person)?,
                None => true,
            })
    }
}

/// Whether a seat that sees only what is open to it sees a row.
fn is_seen(look: &mut Look<'_>, sight: Option<&Sight>, person: &Person) -> Result<bool> {
    let Some(sight) = sight else { return Ok(true) };
    Ok(match person.thing.noun {
        Noun::Client => look.sees(sight, ClientId::from_uuid(person.thing.id))?,
        Noun::Invitation => {
            let invitation = look.invitation(InvitationId::from_uuid(person.thing.id))?;
            sight.clients == Clients::All && invitation.inviting_seat() == Some(sight.seat)
        }
        _ => true,
    })
}

/// What a practitioner has delegated: to whom, and which clients.
struct Delegated {
    practitioner: StaffId,
    open: Vec<Delegation>,
}

impl Delegated {
    fn by(look: &mut Look<'_>, practitioner: StaffId) -> Result<Self> {
        let now = look.now();
        let mut open = records::delegation::open_of(look.read, practitioner)?;
        open.retain(|it| it.practitioner == practitioner && it.is_open(now));
        Ok(Self { practitioner, open })
    }

    fn has(&self, look: &mut Look<'_>, person: &Person) -> Result<bool> {
        let id = person.thing.id;
        match person.thing.noun {
            Noun::Staff => Ok(self.open.iter().any(|it| it.assistant.uuid() == id)),
            Noun::Client => {
                let client = ClientId::from_uuid(id);
                let is_covered = self.open.iter().any(|it| it.clients.has(client));
                Ok(is_covered && look.is_open_to(self.practitioner, client)?)
            }
            _ => Ok(false),
        }
    }
}

fn is_reached(look: &mut Look<'_>, seat: StaffId, person: &Person) -> Result<bool> {
    match person.thing.noun {
        Noun::Client => look.is_open_to(seat, ClientId::from_uuid(person.thing.id)),
        _ => Ok(false),
    }
}
