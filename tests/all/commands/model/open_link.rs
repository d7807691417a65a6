//! Open links: many come in by one, each for one of its places, which is held until the address is
//! proved.

use super::access::{About, Actor, Who};
use super::address::{AddressLink, any_address};
use super::ops::{self, By, Sent, To, WayIn};
use super::outbox::{Message, Premise, Subject};
use super::real::{Real, address, said, word_of};
use super::stories;
use super::table::{OPEN_LINK_CREATE, OPEN_LINK_REVOKE, STAFF_ADD};
use super::world::{Answer, DAY, HOUR, No, World, latest, place};
use crate::commands::people::secret;
use crate::commands::plant::email;
use crate::support::name;
use admit::commands::accept::Session;
use admit::commands::open_link::{
    ComeIn, CreateOpenLink, Newcomers, OpenLinkFilter, OpenLinkView, RevokeOpenLink,
};
use admit::domain::actor::{self, Source};
use admit::domain::client::Stage;
use admit::domain::open_link::State;
use admit::domain::refusal::Refusal;
use admit::domain::staff::{self, Role};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// How long a place is held, and how long its link still tells why it is dead.
const HELD_FOR: i64 = DAY;
const KEPT_FOR: i64 = 30 * DAY;

#[derive(Debug, Clone, Copy)]
pub enum Makes {
    Clients { room: Option<u8> },
    Seats(Role),
}

#[derive(Debug, Clone, Copy)]
pub enum Op {
    Create { by: By, makes: Makes, places: u8, hours: u8 },
    Revoke { by: By, link: u8 },
    ComeIn { link: u8, address: u8, way_in: WayIn },
}

fn way_in() -> impl Strategy<Value = WayIn> {
    prop_oneof![
        2 => stories::word().prop_map(WayIn::Password),
        1 => stories::at().prop_map(WayIn::SessionOf),
    ]
}

pub fn op() -> BoxedStrategy<ops::Op> {
    let makes = prop_oneof![
        3 => Just(Makes::Clients { room: None }),
        1 => (0..4_u8).prop_map(|room| Makes::Clients { room: Some(room) }),
        2 => Just(Makes::Seats(Role::Member)),
        1 => stories::role().prop_map(Makes::Seats),
    ];
    let hours = prop::sample::select(vec![1_u8, 30, 168]);
    prop_oneof![
        3 => (stories::by(), makes, 1..4_u8, hours)
            .prop_map(|(by, makes, places, hours)| Op::Create { by, makes, places, hours }),
        2 => (stories::by(), stories::latest()).prop_map(|(by, link)| Op::Revoke { by, link }),
        8 => (stories::latest(), any_address(), way_in())
            .prop_map(|(link, address, way_in)| Op::ComeIn { link, address, way_in }),
    ]
    .prop_map(ops::Op::OpenLink)
    .boxed()
}

pub struct OpenLink {
    pub practice: usize,
    makes: Makes,
    maker: Option<usize>,
    places: usize,
    uses: usize,
    expires_at: i64,
    is_revoked: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    Held,
    Taken,
    GivenBack,
    /// Nothing is known of it any more.
    Forgotten,
}

pub struct Place {
    link: usize,
    address: u8,
    word: u8,
    expires_at: i64,
    stands: Stands,
}

impl World {
    pub fn take_open_link(&mut self, op: Op) -> Option<Answer> {
        let links = self.open_links.len();
        Some(match op {
            Op::Create { by, makes, places, hours } => {
                let actor = self.actor(by)?;
                self.create_open_link(actor, makes, places.into(), i64::from(hours) * HOUR)
            }
            Op::Revoke { by, link } => {
                let actor = self.actor(by)?;
                self.revoke_open_link(actor, latest(link, links)?)
            }
            Op::ComeIn { link, address, way_in } => {
                let link = latest(link, links)?;
                match way_in {
                    WayIn::Password(word) => self.hold_place(link, address, word),
                    WayIn::Identity(_) => unreachable!("the stories come in without"),
                    WayIn::SessionOf(login) => self.enter(link, place(login, self.logins.len())?),
                }
            }
        })
    }

    fn create_open_link(
        &mut self,
        actor: Actor,
        makes: Makes,
        places: usize,
        lifetime: i64,
    ) -> Answer {
        self.may(actor, OPEN_LINK_CREATE, About::New)?;
        match makes {
            Makes::Clients { room: None } => {}
            Makes::Clients { room: Some(room) } => {
                let room = usize::from(room);
                self.here(actor, room / 2, OPEN_LINK_CREATE)?;
                let has_it = |seat: usize| {
                    self.seats[seat].role == Role::Admin || self.rooms[room].seats.contains(&seat)
                };
                if !actor.seat().is_none_or(has_it) {
                    return Err(Refusal::NotPermitted.into());
                }
            }
            Makes::Seats(role) => {
                self.may(actor, STAFF_ADD, About::Practice)?;
                if role != Role::Member {
                    return Err(Refusal::OpenLinkRole.into());
                }
            }
        }
        self.open_links.push(OpenLink {
            practice: actor.practice,
            makes,
            maker: actor.seat(),
            places,
            uses: 0,
            expires_at: self.now + lifetime,
            is_revoked: false,
        });
        Ok(())
    }

    /// A seat's own is what it made.
    fn revoke_open_link(&mut self, actor: Actor, at: usize) -> Answer {
        let link = &self.open_links[at];
        self.here(actor, link.practice, OPEN_LINK_REVOKE)?;
        let is_own = link.maker.is_some_and(|maker| actor.who == Who::Seat(maker));
        let about = if is_own { About::New } else { About::Practice };
        self.may(actor, OPEN_LINK_REVOKE, about)?;
        if link.is_revoked {
            return Err(Refusal::AlreadyEnded.into());
        }
        self.open_links[at].is_revoked = true;
        Ok(())
    }

    /// A link gives nothing while its maker does not work, or could not make it any more.
    fn require_open_link(&self, at: usize) -> Answer {
        let link = &self.open_links[at];
        let could_make_it = |maker: usize| {
            let maker = &self.seats[maker];
            let may = match link.makes {
                Makes::Clients { .. } => matches!(maker.role, Role::Admin | Role::Practitioner),
                Makes::Seats(_) => maker.role == Role::Admin,
            };
            may && maker.status == staff::Status::Active
        };
        let is_suspended = self.is_suspended[link.practice];
        if is_suspended || link.is_revoked || !link.maker.is_none_or(could_make_it) {
            return Err(Refusal::LinkRevoked.into());
        }
        if self.now >= link.expires_at {
            return Err(Refusal::LinkExpired.into());
        }
        Ok(())
    }

    /// For whom places are held: at one address once, however often it was given.
    fn held(&self, link: usize) -> BTreeSet<u8> {
        let held = self.places.iter().filter(|it| it.link == link && it.stands == Stands::Held);
        held.map(|it| it.address).collect()
    }

    fn left(&self, at: usize) -> usize {
        let link = &self.open_links[at];
        link.places - link.uses - self.held(at).len()
    }

    /// Whoever has the address or not, the answer is the same.
    fn hold_place(&mut self, at: usize, address: u8, word: u8) -> Answer {
        self.require_open_link(at)?;
        let visitor = Actor::new(self.open_links[at].practice, Who::Visitor);
        self.require_room(visitor, address)?;
        if !self.held(at).contains(&address) && self.left(at) == 0 {
            return Err(Refusal::OpenLinkFull.into());
        }
        self.count_message(visitor, address)?;
        let expires_at = self.now + HELD_FOR;
        self.places.push(Place { link: at, address, word, expires_at, stands: Stands::Held });
        self.address_links.push(AddressLink::Place(self.places.len() - 1));
        let (premise, about) = (Premise::Place(self.places.len() - 1), Subject::OpenLink(at));
        self.tell_if(premise, about, "address_confirm", Some(address));
        Ok(())
    }

    /// A login that is proved comes in at once. Who is there already takes no place, and gives up
    /// the one that is held for it.
    fn enter(&mut self, at: usize, login: usize) -> Answer {
        self.require_open_link(at)?;
        let practice = self.open_links[at].practice;
        self.session(login, self.portal(practice))?;
        if self.must_change(login) {
            return Err(Refusal::MustChangePassword.into());
        }
        let is_there = match self.open_links[at].makes {
            Makes::Clients { .. } => self.proxies.iter().any(|it| {
                let is_own = it.login == login && !it.guardian && self.holds(it);
                is_own && self.clients[it.client].practice == practice
            }),
            Makes::Seats(_) => self.holds_seat(login, practice),
        };
        let address = self.logins[login].address;
        let is_held = address.is_some_and(|address| self.held(at).contains(&address));
        if !is_there && !is_held && self.left(at) == 0 {
            return Err(Refusal::OpenLinkFull.into());
        }
        if let Some(address) = address {
            self.release(at, address, login);
        }
        if !is_there {
            self.let_in(at, login);
        }
        Ok(())
    }

    /// Closes all that a link holds for an address whose login came in; the mails about it are
    /// about the login now.
    fn release(&mut self, link: usize, address: u8, login: usize) {
        for at in 0..self.places.len() {
            let it = &mut self.places[at];
            if it.link == link && it.address == address && it.stands == Stands::Held {
                it.stands = Stands::Taken;
                self.messages_of_place(at).for_each(|it| it.about = Subject::Login(login));
            }
        }
    }

    fn messages_of_place(&mut self, place: usize) -> impl Iterator<Item = &mut Message> {
        let is_its =
            move |it: &&mut Message| matches!(it.premise, Premise::Place(at) if at == place);
        self.messages.iter_mut().filter(is_its)
    }

    /// Makes of a login what the link makes, and tells its maker.
    fn let_in(&mut self, at: usize, login: usize) {
        let address = self.logins[login].address;
        let link = &mut self.open_links[at];
        link.uses += 1;
        let (practice, makes, maker) = (link.practice, link.makes, link.maker);
        let about = match makes {
            Makes::Clients { room } => {
                let client = self.add_client(practice, address, Stage::Prospective);
                if let Some(room) = room {
                    self.rooms[usize::from(room)].clients.push(client);
                }
                self.tie(login, client, false, None);
                if let Some(maker) = maker {
                    self.grant(client, To::Seat(maker as u8), None);
                }
                Subject::Client(client)
            }
            Makes::Seats(role) => {
                let seat = self.add_seat(practice, role, address, true);
                self.seats[seat].login = Some(login);
                Subject::Seat(seat)
            }
        };
        self.tell(about, "invitation_accepted", maker.and_then(|maker| self.seats[maker].address));
    }

    /// Holds that a place waits: a link that lapsed keeps what it holds.
    pub fn require_place(&self, at: usize) -> Answer {
        let Place { link, expires_at, stands, .. } = self.places[at];
        let is_over = stands == Stands::GivenBack || self.now >= expires_at;
        match stands {
            Stands::Forgotten => return Err(Refusal::LinkInvalid.into()),
            Stands::Taken => return Err(Refusal::LinkUsed.into()),
            _ if self.open_links[link].is_revoked => return Err(Refusal::LinkRevoked.into()),
            _ if is_over => return Err(Refusal::LinkExpired.into()),
            _ => {}
        }
        match self.require_open_link(link) {
            Err(No::Refused(Refusal::LinkExpired)) => Ok(()),
            stands => stands,
        }
    }

    /// The link in the mail for a place. An address that has a login by now
    /// comes in by that, unless it holds nothing.
    pub fn take_place(&mut self, at: usize, sent: Sent) -> Answer {
        self.require_place(at)?;
        let Place { link, address, word, .. } = self.places[at];
        if sent != Sent::ByEmail {
            return Err(Refusal::LinkInvalid.into());
        }
        let portal = self.portal(self.open_links[link].practice);
        if self.is_taken(portal, address) {
            return Err(Refusal::LoginProofRequired.into());
        }
        self.free(portal, address);
        let login = self.add_login(portal, Some(address), WayIn::Password(word), true);
        self.release(link, address, login);
        self.let_in(link, login);
        Ok(())
    }

    /// Gives back the places of addresses that nobody proved, and forgets those closed long ago.
    pub fn keep_places_up(&mut self) {
        for at in 0..self.places.len() {
            let now = self.now;
            let it = &mut self.places[at];
            if it.stands == Stands::Held && it.expires_at <= now {
                it.stands = Stands::GivenBack;
                self.messages_of_place(at).for_each(|it| it.is_erased = true);
            }
            let it = &mut self.places[at];
            if it.stands != Stands::Held && it.expires_at + KEPT_FOR <= now {
                it.stands = Stands::Forgotten;
            }
        }
    }

    /// A line for each open link of a practice, with what is left of it.
    pub fn open_link_lines(&self, practice: usize) -> Vec<String> {
        let links = self.open_links.iter().enumerate().filter(|it| it.1.practice == practice);
        let line = |(at, link): (usize, &OpenLink)| {
            let (held, left) = (self.held(at).len(), self.left(at));
            let (held, left, state) = match () {
                () if link.is_revoked => (0, 0, State::Revoked),
                () if self.now >= link.expires_at => (held, 0, State::Expired),
                () if left == 0 => (held, 0, State::Exhausted),
                () => (held, left, State::Live),
            };
            let (places, uses) = (link.places, link.uses);
            format!("open link {at}: {uses} of {places} in, {held} held, {left} left, {state:?}")
        };
        links.map(line).collect()
    }
}

impl Real {
    pub fn take_open_link(&mut self, op: Op, world: &World) -> Answer {
        let by = |by| self.actor(by, world);
        match op {
            Op::Create { by: who, makes, places, hours } => {
                let makes = match makes {
                    Makes::Clients { room } => {
                        let room = room.map(|at| self.rooms[usize::from(at)]);
                        Newcomers::Clients { rooms: room.into_iter().collect() }
                    }
                    Makes::Seats(role) => Newcomers::Seats { role },
                };
                let (places, expires_in) = (Some(places.into()), Some(i64::from(hours) * HOUR));
                let create = CreateOpenLink { makes, places, expires_in, label: None };
                let id = self.run(&by(who), create)?;
                self.open_links.push(id);
                Ok(())
            }
            Op::Revoke { by: who, link } => {
                let open_link = self.open_links[latest(link, self.open_links.len()).unwrap()];
                self.run(&by(who), RevokeOpenLink { open_link }).map(drop)
            }
            Op::ComeIn { link, address: at, way_in } => self.come_in(link, &address(at), way_in),
        }
    }

    fn come_in(&mut self, link: u8, address: &str, way_in: WayIn) -> Answer {
        let id = self.open_links[latest(link, self.open_links.len()).unwrap()];
        let (password, session) = match way_in {
            WayIn::Password(word) => (Some(secret(word_of(word))), None),
            WayIn::Identity(_) => unreachable!("the stories come in without"),
            WayIn::SessionOf(login) => {
                let at = place(login, self.logins.len()).unwrap();
                (None, Some(Session { login: self.logins[at], epoch: self.sessions[at] }))
            }
        };
        let come_in = ComeIn {
            token: self.token(2, Sent::Copied, 1, id.bytes()),
            password,
            identity: None,
            session,
            name: Some(name("Lou", "Newcomer")),
            email: Some(email(address)),
            username: None,
            phone: None,
            locale: None,
        };
        let done = said(self.admit.come_in(Source::default(), come_in, None))?;
        self.clients.extend(done.client.filter(|it| !self.clients.contains(it)));
        self.seats.extend(done.staff.filter(|it| !self.seats.contains(it)));
        Ok(())
    }

    pub fn open_link_lines(&self, host: &actor::Actor) -> Vec<String> {
        let page = self.admit.open_links(host, OpenLinkFilter::default(), None, 500).unwrap();
        let line = |view: &OpenLinkView| {
            let at = self.open_links.iter().position(|id| *id == view.id).unwrap();
            let OpenLinkView { uses, uses_max: places, held, left, state, .. } = view;
            format!("open link {at}: {uses} of {places} in, {held} held, {left} left, {state:?}")
        };
        page.items.iter().map(line).collect()
    }
}
