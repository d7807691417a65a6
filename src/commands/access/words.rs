//! The sentences: plain English, for a screen that has no words of its own.

use super::list::{AccessRow, AccessWay};
use super::why::AccessStep;
use crate::commands::look::Look;
use crate::domain::access::{Step, StepKind};
use crate::domain::actor::Who;
use crate::domain::client::Client;
use crate::domain::grant::{Grant, Grantee, Ground};
use crate::domain::id::{GrantId, LoginId, ProxyId, RoomId};
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Approval, Role, Staff, Status};
use crate::domain::text::Line;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;

/// The name of a login's holder, as far as it is known.
pub(super) fn holder(look: &mut Look<'_>, id: LoginId) -> Result<String> {
    let login = records::login::find(look.read, id)?;
    let holder = login.as_ref().and_then(|login| login.holder.as_ref());
    Ok(holder.map_or("A login", Line::as_str).to_owned())
}

/// Who acts, by name; for the product and for nobody, what they are.
fn name(look: &mut Look<'_>, who: Who) -> Result<String> {
    Ok(match who {
        Who::Host => "the product".to_owned(),
        Who::Staff(id) => look.staff(id)?.name.display(),
        Who::Login { id, .. } => holder(look, id)?,
        Who::Visitor => "nobody".to_owned(),
    })
}

/// Why a grant was made, as the end of a sentence.
fn because(look: &mut Look<'_>, grant: &Grant, grantee: &str) -> Result<String> {
    let mut words = match grant.ground {
        Ground::Created => format!("because {grantee} created the client"),
        Ground::Invited => format!("because the client accepted the invitation of {grantee}"),
        Ground::Given => format!("given by {}", name(look, grant.given_by)?),
        Ground::HandedOver => "taken over from a seat that has ended".to_owned(),
    };
    if let Some(reason) = &grant.reason {
        words.push_str(&format!(" (\u{201c}{}\u{201d})", reason.as_str()));
    }
    if !grant.scopes.is_empty() {
        let scopes: Vec<_> = grant.scopes.iter().map(Line::as_str).collect();
        words.push_str(&format!(", for {} alone", scopes.join(", ")));
    }
    Ok(words)
}

fn until(end: Option<Timestamp>) -> String {
    end.map(|end| format!(", until {}", end.date())).unwrap_or_default()
}

/// What a grant does, or did.
pub(super) fn grant(look: &mut Look<'_>, grant: &Grant) -> Result<String> {
    let (to, grantee) = match grant.grantee {
        Grantee::Staff(id) => {
            let name = look.staff(id)?.name.display();
            (name.clone(), name)
        }
        Grantee::Room(id) => {
            let room = look.room(id)?.name;
            (format!("the room {}", room.as_str()), room.as_str().to_owned())
        }
    };
    let why = because(look, grant, &grantee)?;
    let made = grant.created_at.date();
    let is_live = grant.is_live(look.now());
    Ok(match grant.withdrawn_at {
        Some(at) => format!(
            "The chart was open to {to} by a grant of {made}, {why}; it was withdrawn on {}.",
            at.date()
        ),
        None if is_live => format!(
            "The chart is open to {to} by a grant of {made}, {why}{}.",
            until(grant.ends_at)
        ),
        None => format!(
            "The chart was open to {to} by a grant of {made}, {why}; it lapsed on {}.",
            grant.ends_at.unwrap_or_default().date()
        ),
    })
}

/// What a proxy does.
pub(super) fn proxy(look: &mut Look<'_>, proxy: &Proxy) -> Result<String> {
    let holder = holder(look, proxy.login)?;
    let since = proxy.created_at.date();
    Ok(match &proxy.tie {
        Tie::Myself => format!("{holder} is the client, with a login of its own since {since}."),
        Tie::Guardian { relationship } => {
            let what = relationship.as_ref().map_or("guardian", Line::as_str);
            format!("{holder} acts for the client as {what} since {since}{}.", until(proxy.ends_at))
        }
    })
}

/// A seat with its role, such as "Dr. Lee, practitioner".
fn seat(seat: &Staff, refusal: Option<Refusal>) -> String {
    let (name, role) = (seat.name.display(), seat.role.word());
    match (refusal, seat.status, seat.approval) {
        (None, _, _) => format!("{name} is an approved {role} of the practice."),
        (_, Status::Suspended, _) => format!("{name}, {role}, is suspended."),
        (_, Status::Ended, _) => format!("{name}, {role}, has left the practice."),
        (_, Status::Active, Approval::Pending | Approval::Approved) => {
            format!("{name}, {role}, is not approved yet.")
        }
    }
}

fn session(name: &str, refusal: Option<Refusal>, has_login: bool) -> String {
    match refusal {
        None if has_login => format!("{name} may act with the login."),
        None => format!("No login holds the seat of {name}; the product itself vouches for it."),
        Some(Refusal::MustChangePassword) => {
            format!("{name} has a temporary password, which must be changed first.")
        }
        Some(_) => format!("The session of {name} has ended; only a new sign-in helps."),
    }
}

fn role(role: Option<Role>, refusal: Option<Refusal>) -> String {
    match (role, refusal) {
        (Some(Role::Admin), None) => "An admin reads every client of the practice.".to_owned(),
        (Some(role), None) => {
            format!("The role {} reads a client that is open to it.", role.word())
        }
        (Some(Role::Member), Some(_)) => "A member reads no client.".to_owned(),
        (Some(role), Some(_)) => {
            format!("The role {} reads no client that is not open to it.", role.word())
        }
        (None, None) => "A login reads the client that it is tied to.".to_owned(),
        (None, Some(_)) => "The login does not read this client.".to_owned(),
    }
}

fn shares_room(look: &mut Look<'_>, name: &str, room: RoomId) -> Result<String> {
    let room = look.room(room)?.name;
    Ok(format!("{name} and the client share the room {}.", room.as_str()))
}

/// A step in words, beside its data.
pub(super) fn step(
    look: &mut Look<'_>,
    who: Who,
    client: &Client,
    step: Step,
) -> Result<AccessStep> {
    let held = match who {
        Who::Staff(id) => Some(look.staff(id)?),
        _ => None,
    };
    let name = name(look, who)?;
    let words = match (step.kind, step.thing, &held) {
        (StepKind::Seat, _, Some(held)) => seat(held, step.refusal),
        (StepKind::Session, thing, _) => session(&name, step.refusal, thing.is_some()),
        (StepKind::Grant, Some(thing), _) => {
            let found = look.grant(GrantId::from_uuid(thing.id))?;
            grant(look, &found)?
        }
        (StepKind::Room, Some(thing), _) => shares_room(look, &name, RoomId::from_uuid(thing.id))?,
        (StepKind::Seat | StepKind::Grant | StepKind::Room, _, _) => {
            format!("No grant and no room opens the chart to {name}.")
        }
        (StepKind::Proxy, Some(thing), _) => {
            let found = look.proxy(ProxyId::from_uuid(thing.id))?;
            proxy(look, &found)?
        }
        (StepKind::Proxy, None, _) => format!("{name} is not tied to the client."),
        (StepKind::Client, _, _) => {
            format!("The client's access is {}.", client.status.word().replace('_', " "))
        }
        (StepKind::Delegation, _, _) if step.holds => format!("A delegation lets {name} act."),
        (StepKind::Delegation, _, _) => format!("No delegation lets {name} act."),
        (StepKind::Role, _, held) => role(held.as_ref().map(|seat| seat.role), step.refusal),
    };
    let Step { kind, thing, holds, refusal } = step;
    Ok(AccessStep { kind, thing, holds, refusal, words })
}

/// A row's sentence where no grant and no proxy has one of its own.
pub(super) fn row(way: AccessWay, name: &str) -> String {
    match way {
        AccessWay::Role => format!("{name} is an admin and reads every client of the practice."),
        AccessWay::Room => format!("All staff in the room {name} reach the client, who is in it."),
        AccessWay::Grant | AccessWay::Proxy => String::new(),
    }
}

/// Adds why a way that stands does not count at present.
pub(super) fn stopped(row: &mut AccessRow) {
    if let Some(refusal) = row.stopped_by {
        row.words.push_str(&format!(" At present it does not count: {refusal}."));
    }
}
