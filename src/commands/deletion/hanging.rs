//! What hangs on a client, and on the logins that are nothing but this client.

use super::judge::{Case, Found, ties};
use crate::commands::failures;
use crate::commands::invitation::{window_of, window_of_link};
use crate::commands::unit::Unit;
use crate::commands::{delegation, ending, subject};
use crate::domain::challenge::Challenge;
use crate::domain::client::Client;
use crate::domain::delegation::Delegation;
use crate::domain::deletion::Hold;
use crate::domain::grant::{Grant, Grantee};
use crate::domain::id::{ChallengeId, LoginId, Noun, RoomId};
use crate::domain::invitation::{Invitation, State};
use crate::domain::login::Login;
use crate::domain::message::{Carries, Message};
use crate::domain::proxy::Proxy;
use crate::domain::staff::{self, Staff};
use crate::error::Result;
use crate::hooks::verdict::DeletionVerdict;
use crate::records;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// All rows about a client.
pub(super) struct Hanging {
    pub logins: Vec<Login>,
    proxies: Vec<Proxy>,
    invitations: Vec<Invitation>,
    grants: Vec<Grant>,
    rooms: Vec<RoomId>,
    messages: Vec<Message>,
    challenges: Vec<ChallengeId>,
    holds: Vec<Hold>,
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
        records::deletion::put_scheduled(&mut unit.write, client.id, None)?;
        records::person::put(&mut unit.write, practice, client.id.uuid(), None)?;
        records::client::remove(&mut unit.write, client)?;
        unit.erase_person(client.id.uuid());
        Ok(())
    }
}

/// Whether a login holds a seat, or another client, anywhere in its portal.
fn is_needed(unit: &mut Unit<'_>, login: LoginId, client: &Client) -> Result<bool> {
    let now = unit.now();
    let has_ended = |seat: &Staff| seat.status == staff::Status::Ended;
    let seats = records::staff::of_login(&mut unit.write, login)?;
    let held = records::proxy::of_login(&mut unit.write, login)?;
    Ok(!seats.iter().all(has_ended)
        || held.iter().any(|tie| tie.client != client.id && tie.is_live(now)))
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
