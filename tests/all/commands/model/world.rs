//! A naive world of vectors and maps, with the rules as DESIGN and RULES state them. It shares the
//! vocabulary of the library (roles, statuses, refusals) and none of its decisions.

use super::ops::{By, To};
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
    pub address: u8,
    pub login: Option<usize>,
}

pub struct Client {
    pub practice: usize,
    pub address: Option<u8>,
    pub stage: Stage,
    pub status: Status,
    /// While it waits for deletion: what it was before, and who asked.
    pub before: Option<(Status, Who)>,
}

pub struct Hold {
    pub client: usize,
    pub is_lifted: bool,
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

pub struct Login {
    pub portal: usize,
    pub address: u8,
    pub password: Password,
    pub epoch: u32,
    pub is_removed: bool,
    /// The session that its holder was last given.
    pub session: u32,
}

pub struct Proxy {
    pub login: usize,
    pub client: usize,
    pub guardian: bool,
    pub ends_at: Option<i64>,
    pub is_ended: bool,
}

pub struct Grant {
    pub client: usize,
    pub to: To,
    pub ends_at: Option<i64>,
    pub withdrawn_at: Option<i64>,
}

pub struct ResetLink {
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

/// Who acts, found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Host {
        with_reason: bool,
    },
    Seat(usize),
    Login(usize),
    /// Nobody yet, or the bearer of a link.
    Visitor,
}

#[derive(Clone, Copy)]
pub struct Actor {
    pub practice: usize,
    pub who: Who,
}

impl Actor {
    pub fn seat(self) -> Option<usize> {
        if let Who::Seat(seat) = self.who { Some(seat) } else { None }
    }
}

/// What is acted on.
#[derive(Clone, Copy)]
pub enum About {
    Practice,
    New,
    Seat(usize),
    Client(usize),
    Login(usize),
    Invitation(usize),
}

pub struct World {
    pub now: i64,
    pub kept_up_at: i64,
    pub one_portal: bool,
    pub seats: Vec<Seat>,
    pub clients: Vec<Client>,
    pub invitations: Vec<Invitation>,
    pub logins: Vec<Login>,
    pub proxies: Vec<Proxy>,
    pub grants: Vec<Grant>,
    pub links: Vec<ResetLink>,
    pub holds: Vec<Hold>,
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
    /// What this step tells people.
    pub told: Vec<(&'static str, u8)>,
    /// What this step typed as a password.
    pub typed: Secret,
}

impl World {
    pub fn new(one_portal: bool, now: i64) -> Self {
        Self {
            now,
            kept_up_at: now,
            one_portal,
            seats: vec![],
            clients: vec![],
            invitations: vec![],
            logins: vec![],
            proxies: vec![],
            grants: vec![],
            links: vec![],
            holds: vec![],
            rooms: Default::default(),
            made: 0,
            last_made: BTreeMap::new(),
            failures: BTreeMap::new(),
            windows: BTreeMap::new(),
            asked: BTreeMap::new(),
            told: vec![],
            typed: Secret::Word(u8::MAX),
        }
    }

    pub fn portal(&self, practice: usize) -> usize {
        if self.one_portal { 0 } else { practice }
    }

    pub fn tell(&mut self, kind: &'static str, address: Option<u8>) {
        self.told.extend(address.map(|address| (kind, address)));
    }

    pub fn actor(&self, by: By) -> Option<Actor> {
        let host = |practice: u8, with_reason| Actor {
            practice: practice.into(),
            who: Who::Host { with_reason },
        };
        Some(match by {
            By::Host { practice } => host(practice, false),
            By::HostWithReason { practice } => host(practice, true),
            By::Seat(at) => {
                let at = place(at, self.seats.len())?;
                Actor { practice: self.seats[at].practice, who: Who::Seat(at) }
            }
            By::Login { login, practice } => {
                let login = place(login, self.logins.len())?;
                Actor { practice: practice.into(), who: Who::Login(login) }
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
            .position(|it| it.portal == portal && it.address == address && !it.is_removed)
    }

    /// Whether signing in leads to anything at all.
    pub fn reaches_something(&self, login: usize) -> bool {
        let works = |seat: &Seat| seat.login == Some(login) && seat.status == staff::Status::Active;
        let serves = |it: &Proxy| {
            it.login == login && self.holds(it) && self.clients[it.client].status == Status::Active
        };
        !self.logins[login].is_removed
            && (self.seats.iter().any(works) || self.proxies.iter().any(serves))
    }

    pub fn must_change(&self, login: usize) -> bool {
        self.logins[login].password.temporary_until.is_some()
    }

    pub fn end_sessions(&mut self, login: usize) {
        if !self.logins[login].is_removed {
            self.logins[login].epoch += 1;
        }
    }

    /// Another practice's things do not exist.
    pub fn here(&self, actor: Actor, practice: usize, row: &str) -> Answer {
        if actor.practice == practice { Ok(()) } else { self.hidden(actor, row) }
    }

    pub fn login_here(&self, actor: Actor, login: usize, row: &str) -> Answer {
        let is_itself = actor.who == Who::Login(login);
        if is_itself || self.is_known(login, actor.practice) {
            Ok(())
        } else {
            self.hidden(actor, row)
        }
    }

    /// What is not there is not found; but whoever may never do this learns only that.
    pub fn hidden(&self, actor: Actor, row: &str) -> Answer {
        let (column, _) = self.stand(actor, About::Practice)?;
        let never = row.as_bytes()[column] == b'N';
        Err(if never { Refusal::NotPermitted } else { Refusal::NotFound }.into())
    }

    /// The one table: a column for host, admin, practitioner, assistant, member, client and
    /// guardian. Never, Own, Granted, Practice, Reasoned. First the actor itself must be good.
    pub fn may(&self, actor: Actor, row: &str, about: About) -> Answer {
        let (column, near) = match self.stand(actor, about) {
            Err(No::Refused(Refusal::NotFound)) => return self.hidden(actor, row),
            stood => stood?,
        };
        let allowed = match row.as_bytes()[column] {
            b'P' => true,
            b'R' if actor.who == (Who::Host { with_reason: false }) => {
                return Err(Refusal::ReasonRequired.into());
            }
            b'R' => true,
            b'G' => near != Near::Here,
            b'O' => near == Near::Own,
            _ => false,
        };
        if allowed { Ok(()) } else { Err(Refusal::NotPermitted.into()) }
    }

    /// The column of a good actor, and how near the thing is to it.
    pub fn stand(&self, actor: Actor, about: About) -> Answer<(usize, Near)> {
        match actor.who {
            Who::Host { .. } => Ok((0, Near::Here)),
            Who::Seat(at) => {
                let seat = &self.seats[at];
                if seat.status != staff::Status::Active {
                    return Err(Refusal::ActorSuspended.into());
                }
                if !seat.approved {
                    return Err(Refusal::NotApproved.into());
                }
                if seat.login.is_some_and(|login| self.must_change(login)) {
                    return Err(Refusal::MustChangePassword.into());
                }
                Ok((column(seat.role), self.nearness(at, about)))
            }
            Who::Login(login) => {
                self.session(login, self.portal(actor.practice))?;
                if self.must_change(login) {
                    return Err(Refusal::MustChangePassword.into());
                }
                self.stand_as_login(login, about)
            }
            Who::Visitor => unreachable!("a visitor asks for no permission here"),
        }
    }

    /// A session counts until its login's epoch moves.
    pub fn session(&self, login: usize, portal: usize) -> Answer {
        let login = &self.logins[login];
        let is_good = !login.is_removed && login.session == login.epoch && login.portal == portal;
        if is_good { Ok(()) } else { Err(Refusal::SessionEnded.into()) }
    }

    fn stand_as_login(&self, login: usize, about: About) -> Answer<(usize, Near)> {
        let client = match about {
            About::Login(other) if other == login => return Ok((5, Near::Own)),
            About::Client(client) => client,
            About::Invitation(at) => match self.invitations[at].offer {
                Offer::Client { client, .. } => client,
                _ => return Ok((5, Near::Here)),
            },
            _ => return Ok((5, Near::Here)),
        };
        let ties = |it: &&Proxy| it.login == login && it.client == client && self.holds(it);
        let proxy = self.proxies.iter().find(ties).ok_or(Refusal::NotFound)?;
        if self.clients[client].status != Status::Active {
            return Err(Refusal::ActorSuspended.into());
        }
        Ok((if proxy.guardian { 6 } else { 5 }, Near::Own))
    }

    fn nearness(&self, seat: usize, about: About) -> Near {
        let role = self.seats[seat].role;
        let own = |is_own| if is_own { Near::Own } else { Near::Here };
        let open = |client| if self.chart_is_open(seat, client) { Near::Open } else { Near::Here };
        match about {
            _ if role == Role::Admin => Near::Here,
            About::Practice => Near::Here,
            About::New => Near::Own,
            About::Seat(other) => own(other == seat),
            About::Client(client) => open(client),
            About::Login(login) if self.seats[seat].login == Some(login) => Near::Own,
            About::Login(login) => self.nearness_of_login(seat, login),
            About::Invitation(at) => match self.invitations[at].offer {
                Offer::Client { client, .. } => open(client),
                _ => own(self.invitations[at].inviter == Some(seat)),
            },
        }
    }

    /// A colleague's login is near to nobody; a client's where all that it holds here is open.
    fn nearness_of_login(&self, seat: usize, login: usize) -> Near {
        let here = self.seats[seat].practice;
        if self.seats.iter().any(|it| it.login == Some(login) && it.practice == here) {
            return Near::Here;
        }
        let held = |it: &&Proxy| {
            it.login == login && self.clients[it.client].practice == here && self.holds(it)
        };
        let mut held = self.proxies.iter().filter(held).peekable();
        let all_open = held.peek().is_some() && held.all(|it| self.chart_is_open(seat, it.client));
        if all_open { Near::Open } else { Near::Here }
    }

    /// A seat that acts on itself counts it as its own for what admins do to all.
    /// The last admin does not leave by itself. Once one of them has a login, those without do not
    /// count.
    pub fn require_admin_left(&self, actor: Actor, seat: usize) -> Answer {
        let here = self.seats[seat].practice;
        let is_active = |it: &Seat| it.approved && it.status == staff::Status::Active;
        let runs = |it: &Seat| it.practice == here && it.role == Role::Admin && is_active(it);
        let admins: Vec<usize> =
            (0..self.seats.len()).filter(|at| runs(&self.seats[*at])).collect();
        let has_login = |at: &usize| self.seats[*at].login.is_some();
        let held: Vec<usize> = admins.iter().copied().filter(has_login).collect();
        let counted = if held.is_empty() { admins } else { held };
        let is_last = actor.who == Who::Seat(seat) && counted == [seat];
        if is_last { Err(Refusal::LastAdmin.into()) } else { Ok(()) }
    }
}

/// How near a thing is to a seat.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Near {
    Here,
    Open,
    Own,
}

fn column(role: Role) -> usize {
    match role {
        Role::Admin => 1,
        Role::Practitioner => 2,
        Role::Assistant => 3,
        Role::Member => 4,
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
