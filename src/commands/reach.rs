//! What a login reaches: the seats and clients that it holds and may use now.

use super::look::Look;
use super::notice;
use crate::domain::actor::Scope;
use crate::domain::id::{ClientId, PracticeId, StaffId};
use crate::domain::login::{Login, Status};
use crate::domain::message::To;
use crate::domain::practice::{self, Practice, Settings, SignInMethod};
use crate::domain::proxy::Tie;
use crate::domain::staff::{self, Approval, Role, Staff};
use crate::domain::text::{Email, Line, Username};
use crate::error::Result;
use crate::records;
use serde::{Deserialize, Serialize};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// A seat that a login holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatReached {
    /// The practice of the seat.
    pub practice: PracticeId,
    /// The seat.
    pub staff: StaffId,
    /// What it is for.
    pub role: Role,
    /// Whether it may work yet.
    pub approval: Approval,
}

/// A client that a login holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientReached {
    /// The practice of the client.
    pub practice: PracticeId,
    /// The client.
    pub client: ClientId,
    /// Whether the login is the client's guardian, and not the client itself.
    pub is_guardian: bool,
}

/// How somebody proves to be a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By a password.
    Password,
    /// By an external identity.
    ExternalIdentity,
}

/// What a login reaches.
#[derive(Default)]
pub(super) struct Reached {
    /// Seats that are neither suspended nor ended, in active practices.
    pub seats: Vec<SeatReached>,
    /// Clients that may sign in, in active practices.
    pub clients: Vec<ClientReached>,
}

impl Reached {
    /// Whether it is nothing.
    pub fn is_nothing(&self) -> bool {
        self.seats.is_empty() && self.clients.is_empty()
    }

    /// The practices in which something is reached, seats first, each as often as it is.
    pub fn practices(&self) -> impl Iterator<Item = PracticeId> {
        let seats = self.seats.iter().map(|seat| seat.practice);
        seats.chain(self.clients.iter().map(|client| client.practice))
    }

    /// Leaves what is reached in one practice.
    #[must_use]
    pub fn within(mut self, practice: PracticeId) -> Self {
        self.seats.retain(|seat| seat.practice == practice);
        self.clients.retain(|client| client.practice == practice);
        self
    }
}

/// What a login reaches, whichever way it signs in.
pub(super) fn any_way(look: &mut Look<'_>, login: &Login) -> Result<Reached> {
    reached(look, login, |_| true)
}

/// What a login reaches that signs in one way, as each practice permits it for the role.
pub(super) fn by(look: &mut Look<'_>, login: &Login, way: Way) -> Result<Reached> {
    reached(look, login, |method| {
        method.permits(way == Way::Password, way == Way::ExternalIdentity)
    })
}

fn reached(
    look: &mut Look<'_>,
    login: &Login,
    permits: impl Fn(SignInMethod) -> bool,
) -> Result<Reached> {
    let mut found = Reached::default();
    if login.status != Status::Active {
        return Ok(found);
    }
    let mut practices = Practices::default();
    for seat in records::staff::of_login(look.read, login.id)? {
        let Some(practice) = practices.active(look, seat.practice)? else { continue };
        let works = seat.status == staff::Status::Active;
        if works && permits(practice.settings.sign_in.of(seat.role)) {
            found.seats.push(SeatReached {
                practice: seat.practice,
                staff: seat.id,
                role: seat.role,
                approval: seat.approval,
            });
        }
    }
    let now = look.now();
    for proxy in records::proxy::of_login(look.read, login.id)? {
        let Some(practice) = practices.active(look, proxy.practice)? else { continue };
        if !proxy.is_live(now) || !permits(practice.settings.sign_in.client) {
            continue;
        }
        let client = records::client::find(look.read, proxy.client)?;
        if client.is_some_and(|client| client.status.may_sign_in()) {
            found.clients.push(ClientReached {
                practice: proxy.practice,
                client: proxy.client,
                is_guardian: proxy.tie != Tie::Myself,
            });
        }
    }
    Ok(found)
}

/// Practices already looked up, for logins that hold many clients of one.
#[derive(Default)]
struct Practices(BTreeMap<PracticeId, Option<Practice>>);

impl Practices {
    fn active(&mut self, look: &mut Look<'_>, id: PracticeId) -> Result<Option<&Practice>> {
        let known = match self.0.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let found = records::practice::find(look.read, id)?;
                unknown.insert(found.filter(|it| it.status == practice::Status::Active))
            }
        };
        Ok(known.as_ref())
    }
}

/// Whether a login holds a seat or a client in another practice, usable now or not.
pub(super) fn leads_elsewhere(
    look: &mut Look<'_>,
    login: &Login,
    practice: PracticeId,
) -> Result<bool> {
    let now = look.now();
    let seats = records::staff::of_login(look.read, login.id)?;
    let proxies = records::proxy::of_login(look.read, login.id)?;
    let has_ended = |seat: &Staff| seat.status == staff::Status::Ended;
    Ok(seats.iter().any(|seat| seat.practice != practice && !has_ended(seat))
        || proxies.iter().any(|proxy| proxy.practice != practice && proxy.is_live(now)))
}

/// The practice in whose words a login is told something: the actor's, else the first it reaches.
pub(super) fn home(look: &Look<'_>, reached: &Reached) -> Option<PracticeId> {
    let actors = match look.context.actor.scope {
        Scope::Practice(practice) => Some(practice),
        Scope::Portal(_) | Scope::Store => None,
    };
    let is_actors = |practice: &PracticeId| Some(*practice) == actors;
    reached.practices().find(is_actors).or_else(|| reached.practices().next())
}

/// The address of a login as one practice writes to it: as staff, where it has a seat there.
pub(super) fn address(
    look: &mut Look<'_>,
    login: &Login,
    practice: PracticeId,
) -> Result<Option<To>> {
    let seats = records::staff::of_login(look.read, login.id)?;
    let staff = seats.iter().any(|seat| seat.practice == practice);
    Ok(notice::to_login(login).map(|to| To { staff, ..to }))
}

/// The settings by which a login's new password is judged: a second factor counts only where
/// every practice that the password opens asks for one.
pub(super) fn password_settings(
    look: &mut Look<'_>,
    login: &Login,
    practice: &Practice,
) -> Result<Settings> {
    let mut settings = practice.settings.clone();
    for id in any_way(look, login)?.practices().collect::<BTreeSet<_>>() {
        if let Some(practice) = records::practice::find(look.read, id)? {
            settings.second_factor &= practice.settings.second_factor;
        }
    }
    Ok(settings)
}

/// The names that a login's password must not be made of, apart from the product's.
pub(super) fn context_words(practice: &Practice, login: &Login) -> Vec<String> {
    words(practice, (login.holder.as_ref(), login.email.as_ref()), login.username.as_ref())
}

/// As `context_words`, for a login that is about to be made.
pub(super) fn words(
    practice: &Practice,
    (holder, email): (Option<&Line>, Option<&Email>),
    username: Option<&Username>,
) -> Vec<String> {
    let names = [
        Some(practice.name.as_str()),
        holder.map(Line::as_str),
        email.map(Email::local_part),
        username.map(Username::as_str),
    ];
    names.into_iter().flatten().map(str::to_owned).collect()
}
