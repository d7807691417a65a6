//! What a practice has, counted on a snapshot.

use super::Counts;
use crate::commands::look::Look;
use crate::domain::deletion::Hold;
use crate::domain::id::{Id, LoginId, Noun, PracticeId};
use crate::domain::message::Carries;
use crate::domain::staff::Staff;
use crate::error::Result;
use crate::records;
use crate::store::{self, Read};
use std::collections::BTreeSet;

/// How many ids are read at once.
const STRIDE: usize = 500;

/// One page of a practice's ids after a cursor.
type PageOf<N> = fn(&mut dyn Read, PracticeId, Option<&[u8]>, usize) -> store::Result<Vec<Id<N>>>;

/// Shows all ids of a noun; false ends the walk there, and is handed back.
pub(in crate::commands) fn each<N>(
    look: &mut Look<'_>,
    practice: PracticeId,
    page: PageOf<N>,
    visit: &mut dyn FnMut(&mut Look<'_>, Id<N>) -> Result<bool>,
) -> Result<bool> {
    let mut cursor: Option<[u8; 16]> = None;
    loop {
        let after = cursor.as_ref().map(<[u8; 16]>::as_slice);
        let ids = page(look.read, practice, after, STRIDE)?;
        cursor = ids.last().map(|id| *id.bytes());
        let is_last = ids.len() < STRIDE;
        for id in ids {
            if !visit(look, id)? {
                return Ok(false);
            }
        }
        if is_last {
            return Ok(true);
        }
    }
}

fn many<N>(
    look: &mut Look<'_>,
    practice: PracticeId,
    page: PageOf<N>,
    counts: &mut Counts,
    noun: Noun,
) -> Result<()> {
    each(look, practice, page, &mut |_, _| {
        add(counts, noun, 1);
        Ok(true)
    })
    .map(drop)
}

fn add(counts: &mut Counts, noun: Noun, rows: usize) {
    if rows > 0 {
        *counts.entry(noun).or_default() += u32::try_from(rows).unwrap_or(u32::MAX);
    }
}

/// Counts what would go with a practice. A login counts that reaches nothing else.
pub(super) fn of_practice(look: &mut Look<'_>, practice: PracticeId) -> Result<Counts> {
    let mut counts = Counts::from([(Noun::Practice, 1)]);
    let mut logins = BTreeSet::new();
    each(look, practice, records::client::of_practice, &mut |look, id| {
        let proxies = records::proxy::of_client(look.read, id)?;
        logins.extend(proxies.iter().map(|proxy| proxy.login));
        add(&mut counts, Noun::Client, 1);
        add(&mut counts, Noun::Proxy, proxies.len());
        add(&mut counts, Noun::Grant, records::grant::of_client(look.read, id)?.len());
        let holds: Vec<Hold> = records::deletion::holds(look.read, id)?;
        add(&mut counts, Noun::Hold, holds.len());
        let tally = records::item::tally(look.read, id)?;
        add(&mut counts, Noun::Item, tally.present as usize);
        Ok(true)
    })?;
    each(look, practice, records::staff::of_practice, &mut |look, id| {
        let seat: Option<Staff> = records::staff::find(look.read, id)?;
        logins.extend(seat.and_then(|seat| seat.login));
        add(&mut counts, Noun::Staff, 1);
        Ok(true)
    })?;
    many(look, practice, records::invitation::of_practice, &mut counts, Noun::Invitation)?;
    let mut challenges = BTreeSet::new();
    each(look, practice, records::message::of_practice, &mut |look, id| {
        add(&mut counts, Noun::Message, 1);
        let message = records::message::find(look.read, id)?;
        if let Some(Carries::Challenge(id)) = message.map(|message| message.carries)
            && records::challenge::find(look.read, id)?.is_some()
        {
            challenges.insert(id);
        }
        Ok(true)
    })?;
    add(&mut counts, Noun::Challenge, challenges.len());
    many(look, practice, records::room::of_practice, &mut counts, Noun::Room)?;
    many(look, practice, records::delegation::of_practice, &mut counts, Noun::Delegation)?;
    many(look, practice, records::open_link::of_practice, &mut counts, Noun::OpenLink)?;
    many(look, practice, records::batch::of_practice, &mut counts, Noun::Batch)?;
    many(look, practice, records::deletion::orders_of_practice, &mut counts, Noun::EraseOrder)?;
    let sets = records::script::of_owner(look.read, Some(practice))?;
    add(&mut counts, Noun::ScriptSet, sets.len());
    for login in logins {
        if goes(look, practice, login)? {
            add(&mut counts, Noun::Login, 1);
        }
    }
    Ok(counts)
}

/// Whether a login is there and reaches nothing outside of the practice.
fn goes(look: &mut Look<'_>, practice: PracticeId, login: LoginId) -> Result<bool> {
    let Some(login) = records::login::find(look.read, login)? else { return Ok(false) };
    Ok(!crate::commands::reach::leads_elsewhere(look, &login, practice)?)
}
