//! Holds: while one stands, nothing about the client is deleted, whatever a policy says.

use crate::commands::admit::{Admit, Command};
use crate::commands::audit::Note;
use crate::commands::look::About;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Actor;
use crate::domain::client::Client;
use crate::domain::deletion::{Code, HOLDS_MAX, Hold};
use crate::domain::event::Happening;
use crate::domain::id::{ClientId, HoldId};
use crate::domain::refusal::Refusal;
use crate::domain::text::Line;
use crate::error::Result;
use crate::records;
use serde::Serialize;

/// Holds a client on a ground. More than one hold may stand.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceHold {
    /// Whom.
    pub client: ClientId,
    /// Why, for programs, such as `legal_dispute`.
    pub ground: Code,
    /// Why, for people.
    pub note: Option<Line>,
}

impl Command for PlaceHold {
    type Done = HoldId;
    const ACTION: Option<Action> = Some(Action::HoldPlace);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<HoldId> {
        let client = unit.look().client(self.client)?;
        unit.look().permit(Action::HoldPlace, About::Client(client.id))?;
        place(unit, &client, self.ground.clone(), self.note.clone())
    }
}

/// Places a hold, once permitted.
pub(super) fn place(
    unit: &mut Unit<'_>,
    client: &Client,
    ground: Code,
    note: Option<Line>,
) -> Result<HoldId> {
    let earlier = records::deletion::holds(&mut unit.write, client.id)?;
    if earlier.iter().filter(|hold| hold.stands()).count() >= HOLDS_MAX {
        return Err(Refusal::LimitReached.into());
    }
    let hold = Hold {
        id: unit.new_id(),
        practice: client.practice,
        client: client.id,
        ground,
        note,
        placed_by: unit.context.actor.who,
        placed_at: unit.now(),
        lifted_at: None,
    };
    save(unit, &hold, Happening::HoldPlaced)
}

fn save(unit: &mut Unit<'_>, hold: &Hold, happening: Happening) -> Result<HoldId> {
    records::deletion::put_hold(&mut unit.write, hold)?;
    unit.touch(hold.client);
    let note = Note::done(hold.practice, happening, hold.id).about(hold.client);
    let note = note.with("ground", hold.ground.as_str());
    unit.note(match &hold.note {
        Some(text) => note.of_person(hold.client.into(), "note", text.as_str()),
        None => note,
    });
    Ok(hold.id)
}

/// Lifts a hold; the others stand.
#[derive(Debug, Clone, Serialize)]
pub struct LiftHold {
    /// Which.
    pub hold: HoldId,
}

impl Command for LiftHold {
    type Done = HoldId;
    const ACTION: Option<Action> = Some(Action::HoldLift);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<HoldId> {
        let old = unit.look().hold(self.hold)?;
        unit.look().permit(Action::HoldLift, About::Client(old.client))?;
        save(unit, &old.lift(unit.now())?, Happening::HoldLifted)
    }
}

/// The first hold on a client that stands.
pub(super) fn standing(unit: &mut Unit<'_>, client: ClientId) -> Result<Option<Hold>> {
    let holds = records::deletion::holds(&mut unit.write, client)?;
    Ok(holds.into_iter().find(Hold::stands))
}

impl Admit {
    /// The holds on a client, lifted ones too, oldest first.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn holds(&self, actor: &Actor, client: ClientId) -> Result<Vec<Hold>> {
        self.read_one(actor, Action::HoldRead, |look| {
            let client = look.client(client)?.id;
            look.permit(Action::HoldRead, About::Client(client))?;
            Ok(records::deletion::holds(look.read, client)?)
        })
    }
}
