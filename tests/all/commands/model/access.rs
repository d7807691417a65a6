//! Whether somebody may do something in the naive world: first the actor itself must be good, then
//! its line of the table must allow it for a thing so near.

use super::delegation::Delegation;
use super::table::{DELEGATE, Row};
use super::world::{Answer, No, Offer, Proxy, Seat, World};
use admit::domain::client::Status;
use admit::domain::refusal::Refusal;
use admit::domain::staff::{self, Role};

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
    /// The seat in whose place another acts.
    pub on_behalf_of: Option<usize>,
}

impl Actor {
    pub fn new(practice: usize, who: Who) -> Self {
        Self { practice, who, on_behalf_of: None }
    }

    /// The seat for which something is done.
    pub fn seat(self) -> Option<usize> {
        match self.who {
            _ if self.on_behalf_of.is_some() => self.on_behalf_of,
            Who::Seat(seat) => Some(seat),
            _ => None,
        }
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
    Delegation(usize),
    /// What somebody made, whose it is.
    Made(Who),
}

/// How near a thing is to whoever acts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Near {
    Here,
    Open,
    Own,
}

/// Columns of the table.
pub const PRACTITIONER: usize = 2;
pub const CLIENT: usize = 5;
pub const GUARDIAN: usize = 6;
const VISITOR: usize = 7;

fn column(role: Role) -> usize {
    match role {
        Role::Admin => 1,
        Role::Practitioner => PRACTITIONER,
        Role::Assistant => 3,
        Role::Member => 4,
    }
}

impl World {
    /// Another practice's things do not exist.
    pub fn here(&self, actor: Actor, practice: usize, row: Row) -> Answer {
        self.exists(actor, actor.practice == practice, row)
    }

    /// A client that was merged into another says so, but to a login that is not tied to that one.
    pub fn client_here(&self, actor: Actor, client: usize, row: Row) -> Answer {
        self.here(actor, self.clients[client].practice, row)?;
        self.exists(actor, !self.clients[client].is_erased, row)?;
        let Some(into) = self.clients[client].merged_into else { return Ok(()) };
        self.require_ever(actor, row)?;
        let is_tied = |login| {
            self.proxies.iter().any(|it| it.login == login && it.client == into && self.holds(it))
        };
        Err(match actor.who {
            Who::Login(login) if !is_tied(login) => Refusal::NotFound,
            _ => Refusal::ClientMerged,
        }
        .into())
    }

    /// What was erased is not there.
    pub fn exists(&self, actor: Actor, is_there: bool, row: Row) -> Answer {
        if is_there {
            return Ok(());
        }
        self.require_ever(actor, row)?;
        Err(Refusal::NotFound.into())
    }

    pub fn login_here(&self, actor: Actor, login: usize, row: Row) -> Answer {
        let is_itself = actor.who == Who::Login(login);
        self.exists(actor, is_itself || self.is_known(login, actor.practice), row)
    }

    /// What is not there is not found; but whoever may never do this learns only that.
    pub fn require_ever(&self, actor: Actor, row: Row) -> Answer {
        let (column, _) = self.stand(actor, row, About::Practice)?;
        self.require_active(actor.practice, row)?;
        match row.letter(column) {
            b'-' => Err(Refusal::NotPermitted.into()),
            _ => Ok(()),
        }
    }

    pub fn may(&self, actor: Actor, row: Row, about: About) -> Answer {
        let (column, near) = match self.stand(actor, row, about) {
            Err(No::Refused(Refusal::NotFound)) => {
                self.require_ever(actor, row)?;
                return Err(Refusal::NotFound.into());
            }
            stood => stood?,
        };
        self.require_active(actor.practice, row)?;
        let allowed = match row.letter(column) {
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

    /// A suspended practice answers what only reads.
    pub fn require_active(&self, practice: usize, row: Row) -> Answer {
        match self.is_suspended[practice] && !row.only_reads {
            true => Err(Refusal::PracticeSuspended.into()),
            false => Ok(()),
        }
    }

    /// The column of a good actor, and how near the thing is to it.
    pub fn stand(&self, actor: Actor, row: Row, about: About) -> Answer<(usize, Near)> {
        match actor.who {
            Who::Host { .. } => Ok((0, Near::Here)),
            Who::Visitor => Ok((VISITOR, Near::Here)),
            Who::Seat(at) => {
                self.require_works(at)?;
                match actor.on_behalf_of {
                    Some(practitioner) => self.stand_for(at, practitioner, row, about),
                    None => Ok((column(self.seats[at].role), self.nearness(at, row, about))),
                }
            }
            Who::Login(login) => {
                self.session(login, self.portal(actor.practice))?;
                if self.must_change(login) {
                    return Err(Refusal::MustChangePassword.into());
                }
                self.stand_as_login(login, about)
            }
        }
    }

    /// Holds that a seat may work at all.
    fn require_works(&self, at: usize) -> Answer {
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
        Ok(())
    }

    /// A session counts until its login's epoch moves.
    pub fn session(&self, login: usize, portal: usize) -> Answer {
        let login = &self.logins[login];
        let is_good = !login.is_removed && login.session == login.epoch && login.portal == portal;
        if is_good { Ok(()) } else { Err(Refusal::SessionEnded.into()) }
    }

    fn stand_as_login(&self, login: usize, about: About) -> Answer<(usize, Near)> {
        let client = match about {
            About::Login(other) if other == login => return Ok((CLIENT, Near::Own)),
            About::Client(client) => client,
            About::Invitation(at) => match self.invitations[at].offer {
                Offer::Client { client, .. } => client,
                _ => return Ok((CLIENT, Near::Here)),
            },
            _ => return Ok((CLIENT, Near::Here)),
        };
        let ties = |it: &&Proxy| it.login == login && it.client == client && self.holds(it);
        let proxy = self.proxies.iter().find(ties).ok_or(Refusal::NotFound)?;
        if self.clients[client].status != Status::Active {
            return Err(Refusal::ActorSuspended.into());
        }
        Ok((if proxy.guardian { GUARDIAN } else { CLIENT }, Near::Own))
    }

    fn nearness(&self, seat: usize, row: Row, about: About) -> Near {
        let role = self.seats[seat].role;
        let own = |is_own| if is_own { Near::Own } else { Near::Here };
        let open = |is_open| if is_open { Near::Open } else { Near::Here };
        let sees = |client| self.chart_is_open(seat, client);
        match about {
            _ if role == Role::Admin => Near::Here,
            About::Practice => Near::Here,
            About::New => Near::Own,
            About::Seat(other) if other == seat => Near::Own,
            About::Seat(other) => {
                open(role == Role::Practitioner && self.is_its_assistant(seat, other, row))
            }
            About::Client(client) => open(sees(client)),
            About::Login(login) if self.seats[seat].login == Some(login) => Near::Own,
            About::Login(login) => open(self.login_is_open(self.seats[seat].practice, login, sees)),
            About::Invitation(at) => match self.invitations[at].offer {
                Offer::Client { client, .. } => open(sees(client)),
                _ => own(self.invitations[at].inviter == Some(seat)),
            },
            About::Delegation(at) => {
                let it = &self.delegations[at];
                own(it.practitioner == seat || it.assistant == seat)
            }
            About::Made(maker) => own(maker == Who::Seat(seat)),
        }
    }

    /// In the place of a practitioner: what is near to that one, as far as the delegation goes.
    fn stand_for(
        &self,
        assistant: usize,
        practitioner: usize,
        row: Row,
        about: About,
    ) -> Answer<(usize, Near)> {
        let here = self.seats[assistant].practice;
        if self.seats[practitioner].practice != here {
            return Err(Refusal::NotFound.into());
        }
        let given = self.delegation_in_force(assistant, practitioner);
        let covers = |it: &&Delegation| !row.is_delegable() || it.covers(row);
        let given = given.filter(covers).ok_or(Refusal::DelegationMissing)?;
        let for_all = given.client.is_none();
        let sees = |client| given.names(client) && self.chart_is_open(practitioner, client);
        let near = |is_near, near| if is_near { near } else { Near::Here };
        let near = match about {
            About::New => near(for_all || row.only_reads, Near::Own),
            About::Client(client) => near(sees(client), Near::Open),
            About::Login(login) => near(self.login_is_open(here, login, sees), Near::Open),
            About::Invitation(at) => match self.invitations[at].offer {
                Offer::Client { client, .. } => near(sees(client), Near::Open),
                Offer::Seat(_) => Near::Here,
                Offer::Somebody { .. } => {
                    let is_theirs = self.invitations[at].inviter == Some(practitioner);
                    near(for_all && is_theirs, Near::Own)
                }
            },
            About::Practice | About::Seat(_) | About::Delegation(_) | About::Made(_) => Near::Here,
        };
        Ok((DELEGATE, near))
    }

    /// A colleague's login is near to nobody; a client's where all that it holds here is open.
    fn login_is_open(&self, here: usize, login: usize, sees: impl Fn(usize) -> bool) -> bool {
        if self.seats.iter().any(|it| it.login == Some(login) && it.practice == here) {
            return false;
        }
        let held = |it: &&Proxy| {
            it.login == login && self.clients[it.client].practice == here && self.holds(it)
        };
        let mut held = self.proxies.iter().filter(held).peekable();
        held.peek().is_some() && held.all(|it| sees(it.client))
    }

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
