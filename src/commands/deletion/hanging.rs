//! What hangs on a client, and on the logins that are nothing but this client.

use super::judge::{Case, Found, ties};
use crate::commands::audit::Note;
use crate::commands::invitation::{window_of, window_of_link};
use crate::commands::room::ROOMS_MAX;
use crate::commands::unit::Unit;
use crate::commands::{delegation, ending, failures, subject};
use crate::domain::challenge::Challenge;
use crate::domain::client::Client;
use crate::domain::delegation::Delegation;
use crate::domain::deletion::Hold;
use crate::domain::event::Happening;
use crate::domain::grant::{Grant, Grantee};
use crate::domain::id::{ChallengeId, ClientId, LoginId, Noun, RoomId};
use crate::domain::invitation::{Invitation, Offer, State};
use crate::domain::item::{Item, Tally};
use crate::domain::login::Login;
use crate::domain::message::{Carries, Message};
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::staff::{self, Staff};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::hooks::verdict::DeletionVerdict;
use crate::records;
use crate::store::{Read, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// All rows about a client.
pub(in crate::commands) struct Hanging {
    pub logins: Vec<Login>,
    proxies: Vec<Proxy>,
    invitations: Vec<Invitation>,
    grants: Vec<Grant>,
    rooms: Vec<RoomId>,
    messages: Vec<Message>,
    challenges: Vec<ChallengeId>,
    holds: Vec<Hold>,
    pub items: Vec<Item>,
    merged: Vec<ClientId>,
    /// These stay, without the client.
    delegations: Vec<Delegation>,
}

impl Hanging {
    /// Finds them.
    pub fn on(unit: &mut Unit<'_>, client: &Client) -> Result<Self> {
        let id = client.id;
        let mut proxies = records::proxy::of_client(&mut unit.write, id)?;
        let mut logins: Vec<Login> = Vec::new();
        for login in subject::own_logins(unit, id)? {
            let is_known = logins.iter().any(|known| known.id == login.id);
            if !is_known && !is_needed(unit, login.id, client)? {
                let ties = records::proxy::of_login(&mut unit.write, login.id)?;
                proxies.extend(ties.into_iter().filter(|tie| tie.client != id));
                logins.push(login);
            }
        }
        let invitations = records::invitation::of_client(&mut unit.write, id, usize::MAX)?;
        let mut subjects = vec![id.uuid()];
        subjects.extend(invitations.iter().map(|it| it.id.uuid()));
        subjects.extend(logins.iter().map(|it| it.id.uuid()));
        let messages = messages(unit, &subjects)?;
        let mut challenges = BTreeSet::new();
        for message in &messages {
            if let Carries::Challenge(id) = message.carries {
                let found: Option<Challenge> = records::challenge::find(&mut unit.write, id)?;
                challenges.extend(found.map(|it| it.id));
            }
        }
        Ok(Self {
            logins,
            proxies,
            invitations,
            grants: records::grant::of_client(&mut unit.write, id)?,
            rooms: records::room::of_member(&mut unit.write, id.into())?,
            messages,
            challenges: challenges.into_iter().collect(),
            holds: records::deletion::holds(&mut unit.write, id)?,
            items: records::item::of_client(&mut unit.write, id, None, usize::MAX)?,
            merged: records::merged::of(&mut unit.write, id)?,
            delegations: records::delegation::of_client(&mut unit.write, id)?,
        })
    }

    /// How many there are of each noun, the client among them.
    pub fn counts(&self) -> BTreeMap<Noun, u32> {
        counted([
            (Noun::Client, 1),
            (Noun::Login, self.logins.len()),
            (Noun::Proxy, self.proxies.len()),
            (Noun::Invitation, self.invitations.len()),
            (Noun::Challenge, self.challenges.len()),
            (Noun::Grant, self.grants.len()),
            (Noun::Room, self.rooms.len()),
            (Noun::Message, self.messages.len()),
            (Noun::Hold, self.holds.len()),
            (Noun::Item, self.items.len()),
        ])
    }

    /// Where the practice may have written to, as its messages are counted.
    fn recipients(&self, client: &Client) -> BTreeSet<String> {
        let invited = self.invitations.iter().map(|it| &it.recipient);
        let profile = &client.profile;
        let emails = invited.clone().filter_map(|to| to.email.as_ref());
        let emails = emails.chain(&profile.email);
        let emails = emails.chain(self.logins.iter().filter_map(|login| login.email.as_ref()));
        let phones = invited.filter_map(|to| to.phone.as_ref()).chain(&profile.phone);
        emails
            .map(|email| email.canonical().to_owned())
            .chain(phones.map(|phone| phone.digits()))
            .collect()
    }

    /// Remembers of the other clients that a login once was itself, that it had signed in.
    fn keep_sign_ins(&self, unit: &mut Unit<'_>, client: &Client) -> Result<()> {
        for proxy in self.proxies.iter().filter(|tie| tie.client != client.id) {
            let login = self.logins.iter().find(|login| login.id == proxy.login);
            let has_signed_in = login.is_some_and(|login| login.last_sign_in.is_some());
            if has_signed_in && proxy.tie == Tie::Myself {
                let tally = records::item::tally(&mut unit.write, proxy.client)?;
                let tally = Tally { signed_in: true, ..tally };
                records::item::put_tally(&mut unit.write, proxy.client, &tally)?;
            }
        }
        Ok(())
    }

    /// Takes them away, and has the keys of all that was sealed about them destroyed.
    pub fn remove(&self, unit: &mut Unit<'_>, client: &Client) -> Result<()> {
        let practice = client.practice;
        for message in &self.messages {
            records::message::remove(&mut unit.write, message)?;
        }
        for challenge in &self.challenges {
            records::challenge::remove(&mut unit.write, *challenge)?;
        }
        for recipient in self.recipients(client) {
            let window = window_of(unit.context, practice, &recipient);
            records::rate::forget(&mut unit.write, &window)?;
        }
        for invitation in &self.invitations {
            let window = window_of_link(unit.context, invitation.id);
            records::rate::forget(&mut unit.write, &window)?;
            records::invitation::remove(&mut unit.write, invitation)?;
            records::person::put(&mut unit.write, practice, invitation.id.uuid(), None)?;
        }
        for grant in &self.grants {
            records::grant::remove(&mut unit.write, grant)?;
            if let Grantee::Staff(staff) = grant.grantee {
                unit.touch(staff);
            }
        }
        for room in &self.rooms {
            records::room::leave(&mut unit.write, *room, client.id.into())?;
        }
        for hold in &self.holds {
            records::deletion::remove_hold(&mut unit.write, hold)?;
        }
        for item in &self.items {
            records::item::remove(&mut unit.write, item)?;
        }
        self.keep_sign_ins(unit, client)?;
        for delegation in &self.delegations {
            delegation::save(unit, &delegation.clone().without(client.id))?;
        }
        for proxy in &self.proxies {
            records::proxy::remove(&mut unit.write, proxy)?;
        }
        for login in &self.logins {
            remove_login(unit, login)?;
        }
        for proxy in &self.proxies {
            ending::sessions_without_ties(unit, practice, proxy.login)?;
        }
        records::item::remove_tally(&mut unit.write, client.id)?;
        // Events about a client that was merged into this one are sealed under its own key.
        for earlier in &self.merged {
            records::merged::remove(&mut unit.write, *earlier)?;
            unit.erase_person(earlier.uuid());
        }
        forget_in_batches(unit, client.id)?;
        records::deletion::put_scheduled(&mut unit.write, client.id, None)?;
        records::person::put(&mut unit.write, practice, client.id.uuid(), None)?;
        records::client::remove(&mut unit.write, client)?;
        unit.erase_person(client.id.uuid());
        Ok(())
    }
}

impl Hanging {
    /// Moves all of it to another client of the practice, but for the two rows themselves.
    ///
    /// Nothing is left out unseen: whoever adds a field has to say what becomes of it here.
    pub fn move_to(self, unit: &mut Unit<'_>, from: ClientId, into: ClientId) -> Result<()> {
        let Self {
            logins: _, // Theirs is what their ties are.
            proxies,
            invitations,
            grants,
            rooms,
            messages,
            challenges: _, // They hang on logins.
            holds,
            items,
            merged,
            delegations,
        } = self;
        for proxy in proxies.into_iter().filter(|proxy| proxy.client == from) {
            move_tie(unit, proxy, into)?;
        }
        for old in invitations {
            records::invitation::remove(&mut unit.write, &old)?;
            let offer = match old.offer.clone() {
                Offer::Client { client, tie } if client == from => {
                    Offer::Client { client: into, tie }
                }
                other => other,
            };
            unit.save_invitation(None, &Invitation { offer, ..old })?;
        }
        for old in grants {
            records::grant::remove(&mut unit.write, &old)?;
            if let Grantee::Staff(staff) = old.grantee {
                unit.touch(staff);
            }
            records::grant::put(&mut unit.write, &Grant { client: into, ..old })?;
        }
        for room in rooms {
            records::room::leave(&mut unit.write, room, from.into())?;
            records::room::join(&mut unit.write, room, into.into())?;
        }
        if records::room::of_member(&mut unit.write, into.into())?.len() > ROOMS_MAX {
            return Err(Refusal::LimitReached.into());
        }
        for old in messages.into_iter().filter(|it| it.subject == Some(from.into())) {
            records::message::remove(&mut unit.write, &old)?;
            let new = Message { subject: Some(into.into()), ..old };
            records::message::put(&mut unit.write, None, &new)?;
        }
        for old in holds {
            records::deletion::remove_hold(&mut unit.write, &old)?;
            records::deletion::put_hold(&mut unit.write, &Hold { client: into, ..old })?;
        }
        let tally = records::item::tally(&mut unit.write, from)?;
        let tally = records::item::tally(&mut unit.write, into)?.and(tally)?;
        records::item::remove_tally(&mut unit.write, from)?;
        records::item::put_tally(&mut unit.write, into, &tally)?;
        for old in items {
            records::item::remove(&mut unit.write, &old)?;
            records::item::put(&mut unit.write, None, &Item { client: into, ..old })?;
        }
        for named in delegations {
            delegation::save(unit, &named.with(from, into))?;
        }
        // A batch tells what became of its rows then, so they name nobody rather than another.
        forget_in_batches(unit, from)?;
        for earlier in merged {
            records::merged::point(&mut unit.write, earlier, into)?;
        }
        unit.touch(into);
        Ok(())
    }
}

/// Takes a client out of the rows of batches that name it.
fn forget_in_batches(unit: &mut Unit<'_>, client: ClientId) -> Result<()> {
    for (batch, place) in records::batch::of_client(&mut unit.write, client)? {
        if let Some(row) = records::batch::find_row(&mut unit.write, batch, place)? {
            let new = row.clone().forgotten();
            records::batch::put_row(&mut unit.write, batch, Some(&row), &new)?;
        }
    }
    Ok(())
}

/// A login holds a client by one tie: being the client goes before acting for it, and of two
/// guardians' ties the one stays that was there before.
fn move_tie(unit: &mut Unit<'_>, old: Proxy, into: ClientId) -> Result<()> {
    let now = unit.now();
    records::proxy::remove(&mut unit.write, &old)?;
    let mut moved = Proxy { client: into, ..old };
    if moved.is_live(now) {
        let held = records::proxy::of_client(&mut unit.write, into)?;
        let mut held = held.into_iter().filter(|it| it.login == moved.login && it.is_live(now));
        if let Some(other) = held.next() {
            if moved.tie == Tie::Myself {
                records::proxy::put(&mut unit.write, &other.end(now)?)?;
            } else {
                moved = moved.end(now)?;
            }
        }
    }
    Ok(records::proxy::put(&mut unit.write, &moved)?)
}

/// Whether a login holds a seat, or another client, anywhere in its portal.
fn is_needed(unit: &mut Unit<'_>, login: LoginId, client: &Client) -> Result<bool> {
    let now = unit.now();
    reaches(&mut unit.write, now, login, |tie| tie.client != client.id)
}

/// Whether a login holds no seat and no client any more, anywhere in its portal.
pub(in crate::commands) fn is_lonely(
    read: &mut dyn Read,
    now: Timestamp,
    login: LoginId,
) -> Result<bool> {
    Ok(!reaches(read, now, login, |_| true)?)
}

/// Whether a login holds a seat, or a client by a tie that counts.
fn reaches(
    read: &mut dyn Read,
    now: Timestamp,
    login: LoginId,
    counts: impl Fn(&Proxy) -> bool,
) -> Result<bool> {
    let has_ended = |seat: &Staff| seat.status == staff::Status::Ended;
    let seats = records::staff::of_login(read, login)?;
    let held = records::proxy::of_login(read, login)?;
    Ok(!seats.iter().all(has_ended) || held.iter().any(|tie| counts(tie) && tie.is_live(now)))
}

/// A login that reaches nothing any more lets nobody in to prove itself, so it gives way to whoever
/// proves its address. Says whether it did.
pub(in crate::commands) fn gives_way(unit: &mut Unit<'_>, id: LoginId) -> Result<bool> {
    let now = unit.now();
    if !is_lonely(&mut unit.write, now, id)? {
        return Ok(false);
    }
    let login = records::login::find(&mut unit.write, id)?.ok_or(StoreError::Damaged)?;
    forget_login(unit, &login)?;
    unit.note(Note::at_portal(login.portal, Happening::LoginRemoved, id).about(id));
    Ok(true)
}

/// Takes away a login that reaches nothing, with the ties that it had and what was written to it;
/// gives how many rows of each noun went.
pub(in crate::commands) fn forget_login(
    unit: &mut Unit<'_>,
    login: &Login,
) -> Result<BTreeMap<Noun, u32>> {
    let ties = records::proxy::of_login(&mut unit.write, login.id)?;
    for tie in &ties {
        records::proxy::remove(&mut unit.write, tie)?;
    }
    let messages = messages(unit, &[login.id.uuid()])?;
    let mut challenges = 0;
    for message in &messages {
        if let Carries::Challenge(id) = message.carries
            && records::challenge::find(&mut unit.write, id)?.is_some()
        {
            records::challenge::remove(&mut unit.write, id)?;
            challenges += 1;
        }
        records::message::remove(&mut unit.write, message)?;
    }
    remove_login(unit, login)?;
    Ok(counted([
        (Noun::Login, 1),
        (Noun::Proxy, ties.len()),
        (Noun::Message, messages.len()),
        (Noun::Challenge, challenges),
    ]))
}

fn remove_login(unit: &mut Unit<'_>, login: &Login) -> Result<()> {
    failures::clear_all(unit, login)?;
    for seat in records::staff::of_login(&mut unit.write, login.id)? {
        unit.save_staff(Some(&seat), &Staff { login: None, ..seat.clone() })?;
    }
    records::login::remove(&mut unit.write, login)?;
    unit.erase_person(login.id.uuid());
    Ok(())
}

fn messages(unit: &mut Unit<'_>, subjects: &[Uuid]) -> Result<Vec<Message>> {
    let mut found = Vec::new();
    for subject in subjects {
        let ids = records::message::of_subject(&mut unit.write, *subject, None, usize::MAX)?;
        for id in ids {
            found.extend(records::message::find(&mut unit.write, id)?);
        }
    }
    Ok(found)
}

fn counted<const N: usize>(counts: [(Noun, usize); N]) -> BTreeMap<Noun, u32> {
    let some = counts.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(noun, count)| (noun, u32::try_from(count).unwrap_or(u32::MAX))).collect()
}

/// What a verdict would take away or end, by noun.
pub(super) fn would_go(
    unit: &mut Unit<'_>,
    case: &Case,
    verdict: &DeletionVerdict,
) -> Result<BTreeMap<Noun, u32>> {
    let now = unit.now();
    Ok(match (verdict, &case.found) {
        (DeletionVerdict::Erase | DeletionVerdict::Schedule { .. }, Found::Client(client)) => {
            Hanging::on(unit, client)?.counts()
        }
        (DeletionVerdict::RemoveLogin, found) => {
            let proxies = match found.login(unit)? {
                Some(login) => ties(unit, &login, &case.practice)?.len(),
                None => 0,
            };
            counted([(Noun::Login, 1), (Noun::Proxy, proxies)])
        }
        (DeletionVerdict::Leave, Found::Staff(seat)) => {
            let grantee = Grantee::Staff(seat.id);
            let grants = records::grant::of_grantee(&mut unit.write, grantee)?;
            let sent = records::invitation::of_seat(&mut unit.write, seat.id, usize::MAX)?;
            let pending = sent.iter().filter(|it| it.state == State::Pending).count();
            let live = grants.iter().filter(|it| it.is_live(now)).count();
            let own = records::invitation::of_inviter(&mut unit.write, seat.id, usize::MAX)?.len();
            let delegations = records::delegation::open_of(&mut unit.write, seat.id)?;
            let open = delegations.iter().filter(|it| it.is_open(now)).count();
            counted([
                (Noun::Staff, 1),
                (Noun::Grant, live),
                (Noun::Invitation, pending + own),
                (Noun::Delegation, open),
            ])
        }
        (DeletionVerdict::Leave, Found::Login(login)) => {
            counted([(Noun::Proxy, ties(unit, login, &case.practice)?.len())])
        }
        _ => BTreeMap::new(),
    })
}
