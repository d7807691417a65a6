//! Erasing: some rows a commit, until none is left.

use crate::commands::audit::Note;
use crate::commands::deletion::{Hanging, forget_login, is_lonely};
use crate::commands::invitation::window_of_link;
use crate::commands::unit::Unit;
use crate::domain::client::Client;
use crate::domain::erasure::Erasure;
use crate::domain::event::Happening;
use crate::domain::id::{LoginId, Noun, PracticeId};
use crate::domain::login::Login;
use crate::domain::message::Carries;
use crate::domain::staff::Staff;
use crate::domain::time::MINUTE;
use crate::error::Result;
use crate::records;
use crate::store::StoreError;
use std::collections::BTreeSet;

/// How many clients or seats one slice erases, each with what hangs on it.
const PEOPLE: usize = 100;
/// How many rows of other nouns one slice erases.
const ROWS: usize = 500;

/// How long after closing the trail may still get entries, in milliseconds.
const SETTLES: i64 = 2 * MINUTE;

/// A kind of row, taken away some at a time: says how many went.
type Step = fn(&mut Unit<'_>, &mut Erasure) -> Result<usize>;

/// What goes, in order: people first, for what hangs on them is found from them.
const STEPS: [Step; 10] = [
    clients,
    staff,
    delegations,
    invitations,
    messages,
    open_links,
    rooms,
    batches,
    erase_orders,
    script_sets,
];

/// Takes the next rows of a practice away; gives how many, and whether some may be left.
pub(in crate::commands) fn go_on(
    unit: &mut Unit<'_>,
    practice: PracticeId,
) -> Result<(usize, bool)> {
    let Some(mut erasure) = records::erasure::find(&mut unit.write, practice)? else {
        return Ok((0, false));
    };
    if erasure.erased_at.is_some() {
        return Ok((0, false));
    }
    for step in STEPS {
        let went = step(unit, &mut erasure)?;
        if went > 0 {
            records::erasure::put(&mut unit.write, &erasure)?;
            let note = Note::done(practice, Happening::PracticeErasing, practice);
            unit.note(note.with("rows", went));
            return Ok((went, true));
        }
    }
    // Refusals of the last minute that had no entry of their own are told first.
    let settled = erasure.closed_at.plus(SETTLES);
    if unit.now() < settled {
        records::erasure::go_on_at(&mut unit.write, practice, settled)?;
        return Ok((0, false));
    }
    erasure.erased_at = Some(unit.now());
    records::erasure::put(&mut unit.write, &erasure)?;
    unit.note(Note::done(practice, Happening::PracticeErased, practice));
    // What the host and visitors said of themselves in the trail.
    unit.erase_person(practice.uuid());
    Ok((0, false))
}

fn clients(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let practice = erasure.practice;
    let ids = records::client::of_practice(&mut unit.write, practice, None, PEOPLE)?;
    for id in &ids {
        let client: Client =
            records::client::find(&mut unit.write, *id)?.ok_or(StoreError::Damaged)?;
        let proxies = records::proxy::of_client(&mut unit.write, *id)?;
        let held: BTreeSet<LoginId> = proxies.into_iter().map(|proxy| proxy.login).collect();
        let hanging = Hanging::on(unit, &client)?;
        // A room that a client leaves is not gone.
        for (noun, rows) in hanging.counts().into_iter().filter(|(noun, _)| *noun != Noun::Room) {
            erasure.count(noun, rows as usize);
        }
        hanging.remove(unit, &client)?;
        for login in &hanging.logins {
            note_login(unit, login);
        }
        for login in held {
            login_if_lonely(unit, erasure, login)?;
        }
        unit.note(Note::done(practice, Happening::ClientErased, *id).about(*id));
    }
    Ok(ids.len())
}

fn note_login(unit: &mut Unit<'_>, login: &Login) {
    unit.note(Note::at_portal(login.portal, Happening::LoginErased, login.id).about(login.id));
}

/// Takes a login away that reaches nothing any more, here or elsewhere in its portal.
fn login_if_lonely(unit: &mut Unit<'_>, erasure: &mut Erasure, id: LoginId) -> Result<()> {
    let Some(login) = records::login::find(&mut unit.write, id)? else { return Ok(()) };
    let now = unit.now();
    if is_lonely(&mut unit.write, now, id)? {
        for (noun, rows) in forget_login(unit, &login)? {
            erasure.count(noun, rows as usize);
        }
        note_login(unit, &login);
    }
    Ok(())
}

fn staff(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let practice = erasure.practice;
    let ids = records::staff::of_practice(&mut unit.write, practice, None, PEOPLE)?;
    for id in &ids {
        let seat: Staff = records::staff::find(&mut unit.write, *id)?.ok_or(StoreError::Damaged)?;
        for room in records::room::of_member(&mut unit.write, (*id).into())? {
            records::room::leave(&mut unit.write, room, (*id).into())?;
        }
        records::staff::remove(&mut unit.write, &seat)?;
        records::person::put(&mut unit.write, practice, id.uuid(), None)?;
        unit.erase_person(id.uuid());
        if let Some(login) = seat.login {
            login_if_lonely(unit, erasure, login)?;
        }
    }
    erasure.count(Noun::Staff, ids.len());
    Ok(ids.len())
}

fn invitations(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let practice = erasure.practice;
    let ids = records::invitation::of_practice(&mut unit.write, practice, None, ROWS)?;
    for id in &ids {
        let found = records::invitation::find(&mut unit.write, *id)?.ok_or(StoreError::Damaged)?;
        let window = window_of_link(unit.context, *id);
        records::rate::forget(&mut unit.write, &window)?;
        records::invitation::remove(&mut unit.write, &found)?;
        records::person::put(&mut unit.write, practice, id.uuid(), None)?;
        unit.erase_person(id.uuid());
    }
    erasure.count(Noun::Invitation, ids.len());
    Ok(ids.len())
}

fn messages(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let practice = erasure.practice;
    let ids = records::message::of_practice(&mut unit.write, practice, None, ROWS)?;
    for id in &ids {
        let found = records::message::find(&mut unit.write, *id)?.ok_or(StoreError::Damaged)?;
        if let Carries::Challenge(challenge) = found.carries
            && records::challenge::find(&mut unit.write, challenge)?.is_some()
        {
            records::challenge::remove(&mut unit.write, challenge)?;
            erasure.count(Noun::Challenge, 1);
        }
        if let Carries::Place(place) = found.carries {
            records::open_link::remove_place(&mut unit.write, place)?;
        }
        records::message::remove(&mut unit.write, &found)?;
    }
    erasure.count(Noun::Message, ids.len());
    Ok(ids.len())
}

fn rooms(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let practice = erasure.practice;
    let ids = records::room::of_practice(&mut unit.write, practice, None, ROWS)?;
    for id in &ids {
        let room = records::room::find(&mut unit.write, *id)?.ok_or(StoreError::Damaged)?;
        records::room::remove(&mut unit.write, &room)?;
    }
    erasure.count(Noun::Room, ids.len());
    Ok(ids.len())
}

fn delegations(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let practice = erasure.practice;
    let ids = records::delegation::of_practice(&mut unit.write, practice, None, ROWS)?;
    for id in &ids {
        records::delegation::remove(&mut unit.write, *id)?;
    }
    erasure.count(Noun::Delegation, ids.len());
    Ok(ids.len())
}

fn open_links(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let practice = erasure.practice;
    let ids = records::open_link::of_practice(&mut unit.write, practice, None, ROWS)?;
    for id in &ids {
        records::open_link::remove(&mut unit.write, practice, *id)?;
    }
    erasure.count(Noun::OpenLink, ids.len());
    Ok(ids.len())
}

fn batches(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let practice = erasure.practice;
    let ids = records::batch::of_practice(&mut unit.write, practice, None, 1)?;
    for id in &ids {
        let batch = records::batch::find(&mut unit.write, *id)?.ok_or(StoreError::Damaged)?;
        let is_gone = records::batch::remove(&mut unit.write, &batch, ROWS)?;
        erasure.count(Noun::Batch, usize::from(is_gone));
    }
    Ok(ids.len())
}

fn erase_orders(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let practice = erasure.practice;
    let ids = records::deletion::orders_of_practice(&mut unit.write, practice, None, ROWS)?;
    for id in &ids {
        let order =
            records::deletion::find_order(&mut unit.write, *id)?.ok_or(StoreError::Damaged)?;
        records::deletion::remove_order(&mut unit.write, &order)?;
    }
    erasure.count(Noun::EraseOrder, ids.len());
    Ok(ids.len())
}

fn script_sets(unit: &mut Unit<'_>, erasure: &mut Erasure) -> Result<usize> {
    let owner = Some(erasure.practice);
    let sets = records::script::of_owner(&mut unit.write, owner)?;
    records::script::put_in_force(&mut unit.write, owner, None)?;
    for set in &sets {
        records::script::remove(&mut unit.write, set)?;
    }
    erasure.count(Noun::ScriptSet, sets.len());
    Ok(sets.len())
}
