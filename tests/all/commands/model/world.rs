//! A naive world of vectors and maps, with the rules as DESIGN and RULES state them. It shares the
//! vocabulary of the library (roles, statuses, refusals) and none of its decisions.

use super::access::{Actor, Who};
use super::address::{AddressLink, LoginLink};
use super::batch::Batch;
use super::delegation::Delegation;
use super::item::Item;
use super::newcomer::{Permits, Registration};
use super::open_link::{OpenLink, Place};
use super::ops::{By, To, WayIn};
use super::outbox::{Message, Subject};
use admit::domain::client::{Stage, Status};
use admit::domain::refusal::Refusal;
use admit::domain::staff::{self, Role};
use std::collections::BTreeMap;

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// Why a step did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum No {
    Refused(Refusal),
    Invalid(&'static str),
    Denied,
    ClockJump,
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

pub type Answer<T = ()> = Result<T, No>;

pub struct Seat {
    pub practice: usize,
    pub role: Role,
    pub approved: bool,
    pub status: staff::Status,
    pub address: Option<u8>,
    pub login: Option<usize>,
    pub onboarded: bool,
}

pub struct Client {
    pub practice: usize,
    pub address: Option<u8>,
    pub stage: Stage,
    pub status: Status,
    /// While it waits for deletion.
    pub before: Option<Before>,
    /// Which client it is now.
    pub merged_into: Option<usize>,
    pub is_erased: bool,
}

impl Client {
    pub fn is_on_file(&self) -> bool {
        self.merged_into.is_none() && !self.is_erased
    }
}

/// What a client was before it waited for deletion, who asked for that, and its day.
pub struct Before {
    pub status: Status,
    pub asked_by: Who,
    pub due: i64,
}

/// What the host owes, and who hears once it is done.
pub struct EraseOrder {
    pub client: usize,
    pub practice: usize,
    pub told: Vec<u8>,
    pub is_done: bool,
}

pub struct Hold {
    pub client: usize,
    pub is_lifted: bool,
    pub is_erased: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    Client { client: usize, guardian: bool },
    Somebody { name: u8 },
    Seat(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    Pending,
    Accepted,
    Declined,
    Revoked,
}

pub struct Invitation {
    pub practice: usize,
    pub offer: Offer,
    pub address: Option<u8>,
    pub by_email: bool,
    pub inviter: Option<usize>,
    pub generation: u32,
    pub sent_at: i64,
    pub expires_at: i64,
    pub state: State,
    pub is_erased: bool,
    /// Its place among all: of those of one moment, as a batch makes them, the library says which
    /// is the later.
    pub rank: u128,
}

/// A password: one of the words that the stories know, or the n-th that the library made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    Word(u8),
    Made(usize),
}

pub struct Password {
    pub secret: Secret,
    /// When it lapses; it must be changed until then.
    pub temporary_until: Option<i64>,
}

impl Password {
    pub fn is_good(&self, now: i64) -> bool {
        self.temporary_until.is_none_or(|end| now < end)
    }
}

pub struct Login {
    pub portal: usize,
    /// None where nobody may learn that it has a login, until it is proved.
    pub address: Option<u8>,
    /// Whether a link in a mail to the address was opened.
    pub is_proved: bool,
    pub password: Option<Password>,
    pub identities: Vec<u8>,
    pub epoch: u32,
    pub is_removed: bool,
    /// Whether its row is gone too.
    pub is_erased: bool,
    /// The session that its holder was last given.
    pub session: u32,
}

pub struct Proxy {
    pub login: usize,
    pub client: usize,
    pub guardian: bool,
    pub ends_at: Option<i64>,
    pub is_ended: bool,
    pub is_erased: bool,
}

pub struct Grant {
    pub client: usize,
    pub to: To,
    pub ends_at: Option<i64>,
    pub withdrawn_at: Option<i64>,
    pub is_erased: bool,
}

pub struct ResetLink {
    pub practice: usize,
    pub login: usize,
    pub epoch: u32,
    pub expires_at: i64,
    pub is_used: bool,
}

#[derive(Default)]
pub struct Room {
    pub seats: Vec<usize>,
    pub clients: Vec<usize>,
}

pub struct World {
    pub now: i64,
    pub kept_up_at: i64,
    pub one_portal: bool,
    pub is_suspended: [bool; 2],
    pub seats: Vec<Seat>,
    pub clients: Vec<Client>,
    pub invitations: Vec<Invitation>,
    pub logins: Vec<Login>,
    pub proxies: Vec<Proxy>,
    pub grants: Vec<Grant>,
    pub links: Vec<ResetLink>,
    pub holds: Vec<Hold>,
    pub orders: Vec<EraseOrder>,
    pub delegations: Vec<Delegation>,
    pub open_links: Vec<OpenLink>,
    pub places: Vec<Place>,
    pub permits: [Permits; 2],
    pub registrations: Vec<Registration>,
    pub login_links: Vec<LoginLink>,
    /// The links of all of them that prove an address, in the order in which they were mailed.
    pub address_links: Vec<AddressLink>,
    pub batches: Vec<Batch>,
    /// Two a practice.
    pub rooms: [Room; 4],
    /// How many temporary passwords the library has made, and the last one of each login.
    pub made: usize,
    pub last_made: BTreeMap<usize, usize>,
    /// Failures in a row by portal and name, and the last one's time.
    pub failures: BTreeMap<(usize, u8), (u32, i64)>,
    /// Since when, and how many messages went to an address in a practice.
    pub windows: BTreeMap<(usize, u8), (i64, u32)>,
    pub asked: BTreeMap<String, Vec<i64>>,
    pub items: Vec<Item>,
    pub messages: Vec<Message>,
    /// Which messages each claim gave.
    pub claims: Vec<Vec<usize>>,
    /// What this step tells people.
    pub told: Vec<Message>,
    /// What this step picked, and the practitioner whom it named.
    pub picked: usize,
    pub named: Option<usize>,
    /// What this step typed as a password.
    pub typed: Secret,
}

impl World {
    pub fn new(one_portal: bool, now: i64) -> Self {
        Self {
            now,
            kept_up_at: now,
            one_portal,
            is_suspended: [false; 2],
            seats: vec![],
            clients: vec![],
            invitations: vec![],
            logins: vec![],
            proxies: vec![],
            grants: vec![],
            links: vec![],
            holds: vec![],
            orders: vec![],
            delegations: vec![],
            open_links: vec![],
            places: vec![],
            permits: Default::default(),
            registrations: vec![],
            login_links: vec![],
            address_links: vec![],
            batches: vec![],
            rooms: Default::default(),
            made: 0,
            last_made: BTreeMap::new(),
            failures: BTreeMap::new(),
            windows: BTreeMap::new(),
            asked: BTreeMap::new(),
            items: vec![],
            messages: vec![],
            claims: vec![],
            told: vec![],
            picked: 0,
            named: None,
            typed: Secret::Word(u8::MAX),
        }
    }

    pub fn portal(&self, practice: usize) -> usize {
        if self.one_portal { 0 } else { practice }
    }

    /// As a rule something that fits, where there is any: of six numbers two name anything.
    pub fn pick(
        &mut self,
        at: u8,
        len: usize,
        fits: impl Fn(&Self, usize) -> bool,
    ) -> Option<usize> {
        let fit: Vec<usize> = (0..len).filter(|it| at < 4 && fits(self, *it)).collect();
        let picked = place(at, fit.len()).map(|at| fit[at]).or_else(|| place(at, len))?;
        self.picked = picked;
        Some(picked)
    }

    pub fn actor(&self, by: By) -> Option<Actor> {
        let host =
            |practice: u8, with_reason| Actor::new(practice.into(), Who::Host { with_reason });
        Some(match by {
            By::Host { practice } => host(practice, false),
            By::HostWithReason { practice } => host(practice, true),
            By::Seat(at) => {
                let at = place(at, self.seats.len())?;
                Actor::new(self.seats[at].practice, Who::Seat(at))
            }
            By::Delegate(at) => {
                let it = &self.delegations[latest(at, self.delegations.len())?];
                let (practice, who) = (self.seats[it.assistant].practice, Who::Seat(it.assistant));
                Actor { practice, who, on_behalf_of: Some(it.practitioner) }
            }
            By::Login { login, practice } => {
                let login = place(login, self.logins.len())?;
                Actor::new(practice.into(), Who::Login(login))
            }
        })
    }

    pub fn holds(&self, proxy: &Proxy) -> bool {
        !proxy.is_ended && proxy.ends_at.is_none_or(|end| self.now < end)
    }

    pub fn is_open(&self, grant: &Grant) -> bool {
        grant.withdrawn_at.is_none() && grant.ends_at.is_none_or(|end| self.now < end)
    }

    /// A chart is open to a seat by a grant to it, a room shared, or a grant to a room of its.
    pub fn chart_is_open(&self, seat: usize, client: usize) -> bool {
        let is_in = |room: &Room| room.seats.contains(&seat);
        let by_grant =
            self.grants.iter().filter(|it| it.client == client && self.is_open(it)).any(|grant| {
                match grant.to {
                    To::Seat(to) => usize::from(to) == seat,
                    To::Room(to) => is_in(&self.rooms[usize::from(to)]),
                }
            });
        by_grant || self.rooms.iter().any(|room| is_in(room) && room.clients.contains(&client))
    }

    /// The logins that are the client itself.
    pub fn own_logins(&self, client: usize) -> Vec<usize> {
        let own = |it: &&Proxy| it.client == client && !it.guardian && self.holds(it);
        self.proxies.iter().filter(own).map(|it| it.login).collect()
    }

    pub fn holds_seat(&self, login: usize, practice: usize) -> bool {
        self.seats.iter().any(|seat| {
            seat.login == Some(login)
                && seat.practice == practice
                && seat.status != staff::Status::Ended
        })
    }

    fn holds_client(&self, login: usize, practice: usize) -> bool {
        self.proxies.iter().any(|it| {
            it.login == login && self.clients[it.client].practice == practice && self.holds(it)
        })
    }

    /// Whether a login is somebody in a practice.
    pub fn is_known(&self, login: usize, practice: usize) -> bool {
        self.holds_seat(login, practice) || self.holds_client(login, practice)
    }

    pub fn login_named(&self, portal: usize, address: u8) -> Option<usize> {
        self.logins
            .iter()
            .position(|it| it.portal == portal && it.address == Some(address) && !it.is_removed)
    }

    /// A new login with its first session.
    pub fn add_login(
        &mut self,
        portal: usize,
        address: Option<u8>,
        way_in: WayIn,
        is_proved: bool,
    ) -> usize {
        let (password, identities) = match way_in {
            WayIn::Password(word) => {
                (Some(Password { secret: Secret::Word(word), temporary_until: None }), vec![])
            }
            WayIn::Identity(identity) => (None, vec![identity]),
            WayIn::SessionOf(_) => unreachable!("a session is a login's"),
        };
        self.logins.push(Login {
            portal,
            address,
            is_proved: is_proved && address.is_some(),
            password,
            identities,
            epoch: 1,
            is_removed: false,
            is_erased: false,
            session: 1,
        });
        self.logins.len() - 1
    }

    /// Whether signing in leads to anything at all.
    pub fn reaches_something(&self, login: usize) -> bool {
        self.home(login, 0).is_some()
    }

    /// The practice in whose words a login is told something: one where it reaches something, the
    /// one at hand before others, seats before clients.
    pub fn home(&self, login: usize, at_hand: usize) -> Option<usize> {
        if self.logins[login].is_removed {
            return None;
        }
        let works = |it: &&Seat| it.login == Some(login) && it.status == staff::Status::Active;
        let seats = self.seats.iter().filter(works).map(|it| it.practice);
        let serves = |it: &&Proxy| {
            let is_active = self.clients[it.client].status == Status::Active;
            it.login == login && self.holds(it) && is_active
        };
        let clients = self.proxies.iter().filter(serves).map(|it| self.clients[it.client].practice);
        let mut reached = seats.chain(clients).filter(|practice| !self.is_suspended[*practice]);
        let first = reached.clone().next();
        reached.find(|practice| *practice == at_hand).or(first)
    }

    /// Whether a login holds nothing any more, anywhere.
    pub fn is_lonely(&self, login: usize) -> bool {
        !self.is_known(login, 0) && !self.is_known(login, 1)
    }

    /// Whether a login, if one has an address, holds anything. One that holds nothing lets nobody
    /// in to prove itself, and goes once the address is proved.
    pub fn is_taken(&self, portal: usize, address: u8) -> bool {
        self.login_named(portal, address).is_some_and(|login| !self.is_lonely(login))
    }

    /// Takes away the login of an address, with all that it held.
    pub fn free(&mut self, portal: usize, address: u8) {
        if let Some(login) = self.login_named(portal, address) {
            self.erase_login(login);
        }
    }

    /// Takes a login away, with all that it held.
    pub fn erase_login(&mut self, login: usize) {
        self.failures.remove(&self.counted(login));
        let it = &mut self.logins[login];
        (it.is_removed, it.is_erased) = (true, true);
        self.erase_messages_about(Subject::Login(login));
        for tie in self.proxies.iter_mut().filter(|tie| tie.login == login) {
            (tie.is_ended, tie.is_erased) = (true, true);
        }
        for seat in self.seats.iter_mut().filter(|seat| seat.login == Some(login)) {
            seat.login = None;
        }
    }

    /// The invitations, the latest first.
    pub fn latest_invitations(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.invitations.len()).collect();
        all.sort_by_key(|at| std::cmp::Reverse(self.invitations[*at].rank));
        all
    }

    pub fn must_change(&self, login: usize) -> bool {
        self.logins[login].password.as_ref().is_some_and(|it| it.temporary_until.is_some())
    }

    /// Under what a login's failures count: its name, else itself.
    pub fn counted(&self, login: usize) -> (usize, u8) {
        let it = &self.logins[login];
        (it.portal, it.address.unwrap_or(100 + login as u8))
    }

    pub fn end_sessions(&mut self, login: usize) {
        if !self.logins[login].is_removed {
            self.logins[login].epoch += 1;
        }
    }
}

/// A place in a list, for any number.
pub fn place(at: u8, len: usize) -> Option<usize> {
    (len > 0).then(|| usize::from(at) % len)
}

/// A place in a list, counted from its end.
pub fn latest(at: u8, len: usize) -> Option<usize> {
    place(at, len).map(|from_end| len - 1 - from_end)
}
