//! Rooms from a list of our own.

use super::{ImportReport, Land, Landed, Skipped, find, import};
use crate::commands::admit::Admit;
use crate::commands::room::{self, CreateRoom};
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::id::{Noun, RoomId};
use crate::domain::text::{ExternalId, Line};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::exchange::room::{RoomRow, rows};

impl Admit {
    /// Imports rooms, one JSON object a line. A room is found again by its external id, and then
    /// takes the row's name; a row without one makes a new room each time.
    ///
    /// # Errors
    /// What the access table says; a fault of the store, after which the chunks before it stay.
    pub fn import_rooms(&self, actor: &Actor, bytes: &[u8]) -> Result<ImportReport<RoomId>> {
        import(self, actor, rows(bytes), parse, None)
    }
}

fn parse(row: RoomRow, _: Timestamp) -> std::result::Result<CreateRoom, Skipped> {
    let external_id = row.external_id.as_deref().map(ExternalId::parse).transpose();
    Ok(CreateRoom {
        name: Line::parse(&row.name).map_err(|reason| Skipped::text(reason, "name", "name"))?,
        external_id: external_id
            .map_err(|reason| Skipped::text(reason, "external_id", "external_id"))?,
    })
}

impl Land for CreateRoom {
    type Id = RoomId;
    const ACTION: Action = Action::RoomManage;

    fn land(&self, unit: &mut Unit<'_>) -> Result<Landed<RoomId>> {
        let known = match &self.external_id {
            None => None,
            Some(id) => find(unit, Noun::Room, id)?,
        };
        let Some(known) = known else {
            return room::create(unit, self.clone()).map(Landed::Created);
        };
        let old = unit.look().room(RoomId::from_uuid(known))?;
        if old.name == self.name {
            return Ok(Landed::Unchanged(old.id));
        }
        room::rename(unit, &old, self.name.clone()).map(Landed::Updated)
    }
}
