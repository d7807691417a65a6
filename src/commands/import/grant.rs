//! Grants from a list of our own: charts that are open to seats and rooms.

use super::{ImportReport, Land, Landed, Progress, Skipped, find, import, parsed, required};
use crate::commands::admit::Admit;
use crate::commands::grant::{self, GRANTS_MAX, SCOPES_MAX};
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::event::Happening;
use crate::domain::grant::{Grant, Grantee, Ground};
use crate::domain::id::{ClientId, GrantId, Noun, RoomId, StaffId};
use crate::domain::refusal::Refusal;
use crate::domain::staff::Status;
use crate::domain::text::{ExternalId, Line, Reason};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::exchange::grant::{GrantRow, rows};
use crate::records;

impl Admit {
    /// Imports grants, one JSON object a line. Nobody is told.
    ///
    /// A grant is found again by its client, grantee and scopes, and then takes the reason and the
    /// end that its row states. One that was withdrawn or has ended here stays so; a chart that is
    /// open to whoever made or invited the client is open already.
    ///
    /// # Errors
    /// What the access table says; a fault of the store, after which the chunks before it stay.
    pub fn import_grants(
        &self,
        actor: &Actor,
        bytes: &[u8],
        progress: Option<Progress<'_>>,
    ) -> Result<ImportReport<GrantId>> {
        import(self, actor, rows(bytes), parse, progress)
    }
}

/// A grant whose texts are parsed.
struct ImportedGrant {
    client: ExternalId,
    grantee: (Noun, ExternalId),
    scopes: Vec<Line>,
    reason: Option<Line>,
    ends_at: Option<Timestamp>,
}

fn parse(row: GrantRow, _: Timestamp) -> std::result::Result<ImportedGrant, Skipped> {
    let staff = parsed(ExternalId::parse, &row.staff, "staff")?;
    let room = parsed(ExternalId::parse, &row.room, "room")?;
    let grantee = match (staff, room) {
        (Some(staff), None) => (Noun::Staff, staff),
        (None, Some(room)) => (Noun::Room, room),
        (None, None) => return Err(Skipped::text(Reason::Missing, "staff", "staff")),
        (Some(_), Some(_)) => return Err(Skipped::text(Reason::Excluded, "room", "room")),
    };
    let given = row.scopes.as_deref().unwrap_or_default();
    if given.len() > SCOPES_MAX {
        return Err(Skipped::text(Reason::TooMany { max: SCOPES_MAX }, "scopes", "scopes"));
    }
    let scope = |(at, text): (usize, &String)| {
        Line::parse(text).map_err(|it| Skipped::text(it, "scopes", format!("scopes[{at}]")))
    };
    Ok(ImportedGrant {
        client: required(ExternalId::parse, &row.client, "client")?,
        grantee,
        scopes: given.iter().enumerate().map(scope).collect::<std::result::Result<_, _>>()?,
        reason: parsed(Line::parse, &row.reason, "reason")?,
        ends_at: row.ends_at.filter(|millis| *millis != 0).map(Timestamp::from_millis),
    })
}

impl Land for ImportedGrant {
    type Id = GrantId;
    const ACTION: Action = Action::GrantImport;

    fn land(&self, unit: &mut Unit<'_>) -> Result<Landed<GrantId>> {
        let now = unit.now();
        let Some(client) = find(unit, Noun::Client, &self.client)? else {
            return Ok(Landed::refused_at(Refusal::NotFound, "client"));
        };
        let client = unit.look().client(ClientId::from_uuid(client))?.id;
        let (noun, external) = &self.grantee;
        let path = if *noun == Noun::Staff { "staff" } else { "room" };
        let Some(grantee) = find(unit, *noun, external)? else {
            return Ok(Landed::refused_at(Refusal::NotFound, path));
        };
        let grantee = match noun {
            Noun::Staff => Grantee::Staff(StaffId::from_uuid(grantee)),
            _ => Grantee::Room(RoomId::from_uuid(grantee)),
        };
        if let Grantee::Staff(staff) = grantee
            && unit.look().staff(staff)?.status == Status::Ended
        {
            return Ok(Landed::refused_at(Refusal::AlreadyEnded, path));
        }
        if self.ends_at.is_some_and(|end| end <= now) {
            return Ok(Landed::refused_at(Refusal::AlreadyEnded, "ends_at"));
        }
        let grants = records::grant::of_client(&mut unit.write, client)?;
        let is_same = |grant: &&Grant| grant.grantee == grantee && grant.scopes == self.scopes;
        if let Some(old) = grants.iter().filter(is_same).find(|grant| grant.is_live(now)) {
            return self.renew(unit, old);
        }
        if grants.iter().any(|grant| is_same(&grant)) {
            return Err(Refusal::AlreadyEnded.into());
        }
        if grants.iter().filter(|grant| grant.is_live(now)).count() >= GRANTS_MAX {
            return Err(Refusal::LimitReached.into());
        }
        let new = Grant {
            id: unit.new_id(),
            practice: unit.context.practice()?,
            client,
            grantee,
            scopes: self.scopes.clone(),
            ground: Ground::Given,
            reason: self.reason.clone(),
            given_by: unit.context.actor.who,
            ends_at: self.ends_at,
            withdrawn_at: None,
            created_at: now,
        };
        grant::save(unit, &new, Happening::GrantGiven).map(Landed::Created)
    }
}

impl ImportedGrant {
    fn renew(&self, unit: &mut Unit<'_>, old: &Grant) -> Result<Landed<GrantId>> {
        if old.ground != Ground::Given {
            return Ok(Landed::Unchanged(old.id));
        }
        let new = Grant {
            reason: self.reason.clone().or_else(|| old.reason.clone()),
            ends_at: self.ends_at.or(old.ends_at),
            ..old.clone()
        };
        if new == *old {
            return Ok(Landed::Unchanged(old.id));
        }
        grant::save(unit, &new, Happening::GrantChanged).map(Landed::Updated)
    }
}
