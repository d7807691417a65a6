//! Who reaches a client: logins, grants, rooms, then the admins of the practice.

use super::{why, words};
use crate::commands::admit::Admit;
use crate::commands::look::{About, Look};
use crate::commands::{Page, SCANNED_MAX, cursor_key, page_of, page_size, proxy};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::client::Client;
use crate::domain::grant::{Grant, Grantee, Ground};
use crate::domain::id::{ClientId, StaffId, Thing};
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Role, Staff, Status};
use crate::domain::text::Line;
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::records;
use serde::Serialize;

/// In which way somebody reaches a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessWay {
    /// As the login of the client, or of a guardian.
    Proxy,
    /// By a grant, to a seat or to a room.
    Grant,
    /// By a room that the client is in: all staff there.
    Room,
    /// By the role alone: an admin.
    Role,
}

/// One way in which somebody reaches a client. Its `Debug` leaves out what names people.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AccessRow {
    /// Who: a login, a seat, or a room for all staff in it.
    pub who: Thing,
    /// Their name, as far as it is known.
    pub name: String,
    /// What the seat is for.
    pub role: Option<Role>,
    /// In which way.
    pub way: AccessWay,
    /// The proxy, grant or room; None for an admin.
    pub by: Option<Thing>,
    /// Why the grant was made.
    pub ground: Option<Ground>,
    /// What the login is to the client.
    pub tie: Option<Tie>,
    /// The reason that was given with the grant.
    pub reason: Option<Line>,
    /// Since when; for a room and an admin, since it or the seat was made.
    pub since: Timestamp,
    /// Until when, where it ends by itself.
    pub until: Option<Timestamp>,
    /// Why it does not count at present, if it does not: the seat is suspended, say.
    pub stopped_by: Option<Refusal>,
    /// Whether who asks may withdraw the grant or end the proxy.
    pub may_withdraw: bool,
    /// One plain English sentence.
    pub words: String,
}

impl std::fmt::Debug for AccessRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("AccessRow");
        shown.field("who", &self.who).field("way", &self.way).field("by", &self.by);
        shown.field("may_withdraw", &self.may_withdraw).finish_non_exhaustive()
    }
}

/// Whether the rule lets it be done; a fault stays one.
fn allows<T>(result: Result<T>) -> Result<bool> {
    match result {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

fn of_proxy(look: &mut Look<'_>, proxy: &Proxy) -> Result<AccessRow> {
    let who = Thing::from(proxy.login);
    let acting = why::acting(look, who)?;
    let stopped_by = why::asked_as(look, acting, proxy.client)?.0;
    Ok(AccessRow {
        who,
        name: words::holder(look, proxy.login)?,
        role: None,
        way: AccessWay::Proxy,
        by: Some(proxy.id.into()),
        ground: None,
        tie: Some(proxy.tie.clone()),
        reason: None,
        since: proxy.created_at,
        until: proxy.ends_at,
        stopped_by,
        may_withdraw: allows(proxy::require_may_end(look, proxy))?,
        words: words::proxy(look, proxy)?,
    })
}

fn of_grant(look: &mut Look<'_>, grant: &Grant, may_withdraw: bool) -> Result<AccessRow> {
    let (who, name, role, stopped_by) = match grant.grantee {
        Grantee::Staff(id) => {
            let seat = look.staff(id)?;
            let stopped_by = why::asked_as(look, Who::Staff(id), grant.client)?.0;
            (id.into(), seat.name.display(), Some(seat.role), stopped_by)
        }
        Grantee::Room(id) => (Thing::from(id), look.room(id)?.name.as_str().to_owned(), None, None),
    };
    Ok(AccessRow {
        who,
        name,
        role,
        way: AccessWay::Grant,
        by: Some(grant.id.into()),
        ground: Some(grant.ground),
        tie: None,
        reason: grant.reason.clone(),
        since: grant.created_at,
        until: grant.ends_at,
        stopped_by,
        may_withdraw,
        words: words::grant(look, grant)?,
    })
}

fn plain(who: Thing, name: String, way: AccessWay, since: Timestamp) -> AccessRow {
    let words = words::row(way, &name);
    AccessRow {
        who,
        name,
        role: None,
        way,
        by: None,
        ground: None,
        tie: None,
        reason: None,
        since,
        until: None,
        stopped_by: None,
        may_withdraw: false,
        words,
    }
}

fn of_admin(look: &mut Look<'_>, seat: &Staff, client: ClientId) -> Result<AccessRow> {
    let stopped_by = why::asked_as(look, Who::Staff(seat.id), client)?.0;
    let row = plain(seat.id.into(), seat.name.display(), AccessWay::Role, seat.created_at);
    Ok(AccessRow { role: Some(seat.role), stopped_by, ..row })
}

/// What hangs on the client: logins, grants and rooms, each with its cursor key.
fn of_client(look: &mut Look<'_>, client: &Client) -> Result<Vec<(Vec<u8>, AccessRow)>> {
    let now = look.now();
    let mut rows = Vec::new();
    for proxy in records::proxy::of_client(look.read, client.id)? {
        if proxy.is_live(now) {
            rows.push(of_proxy(look, &proxy)?);
        }
    }
    let may_withdraw = allows(look.permit(Action::GrantWithdraw, About::Client(client.id)))?;
    for grant in records::grant::of_client(look.read, client.id)? {
        if grant.is_live(now) {
            rows.push(of_grant(look, &grant, may_withdraw)?);
        }
    }
    for id in records::room::of_member(look.read, client.id.into())? {
        let room = look.room(id)?;
        let name = room.name.as_str().to_owned();
        let row = plain(id.into(), name, AccessWay::Room, room.created_at);
        rows.push(AccessRow { by: Some(id.into()), ..row });
    }
    let keyed = rows.into_iter().enumerate();
    Ok(keyed.map(|(at, row)| ((at as u32).to_be_bytes().to_vec(), row)).collect())
}

impl Admit {
    /// Who reaches a client, and why, ready to show to the client: its logins, the grants, the
    /// rooms that it is in, then the admins of the practice. A row says whether who asks may
    /// withdraw it. A page may be short though more follow: the cursor tells.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says; `Invalid` for a cursor that is none.
    pub fn access_of(
        &self,
        actor: &Actor,
        client: ClientId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<AccessRow>> {
        let cursor = cursor_key(after)?;
        let size = page_size(limit);
        self.read_one(actor, Action::AccessRead, |look| {
            let client = look.client(client)?;
            look.permit(Action::AccessRead, About::Client(client.id))?;
            // A key of four bytes is a place among what hangs on the client, a longer one a seat.
            let (place, seat) = match cursor.as_deref() {
                None => (None, None),
                Some(key) if key.len() == 4 => (Some(key), None),
                Some(key) => (None, Some(key)),
            };
            let mut found = Vec::new();
            if seat.is_none() {
                found = of_client(look, &client)?;
                found.retain(|(key, _)| place.is_none_or(|place| key.as_slice() > place));
            }
            let practice = look.context.practice()?;
            let mut cut = None;
            if found.len() <= size {
                let ids = records::staff::of_practice(look.read, practice, seat, SCANNED_MAX)?;
                cut = ids.last().filter(|_| ids.len() == SCANNED_MAX).map(StaffId::bytes).copied();
                for id in ids {
                    let admin = Some(look.staff(id)?).filter(|seat| seat.role == Role::Admin);
                    let Some(admin) = admin.filter(|seat| seat.status != Status::Ended) else {
                        continue;
                    };
                    found.push((id.bytes().to_vec(), of_admin(look, &admin, client.id)?));
                    if found.len() > size {
                        break;
                    }
                }
            }
            for (_, row) in &mut found {
                words::stopped(row);
            }
            let page = page_of(found, size);
            Ok(page.or_go_on_after(cut.map(|key| key.to_vec())))
        })
    }
}
