//! The library, driven by the same steps, and what it shows afterwards.

use super::ops::{By, Member, Sent, To};
use super::world::{Answer, No, Secret, World, latest, place};
use crate::commands::deletion::policy;
use crate::commands::people::{OTHER, PASSWORD, WRONG, secret, with_reason};
use crate::commands::plant::acting;
use crate::support::{Clock, line};
use admit::commands::room::{self, CreateRoom};
use admit::commands::{Admit, Command};
use admit::domain::actor::{Actor, Who};

use admit::domain::deletion::EraseOrder;
use admit::domain::grant::{Grant, Grantee};
use admit::domain::id::{
    BatchId, ChallengeId, ClientId, DelegationId, EraseOrderId, GrantId, HoldId, InvitationId,
    ItemId, LoginId, MessageId, OpenLinkId, ProxyId, RoomId, StaffId,
};
use admit::domain::message::{Address, Carries, Kind, Message};
use admit::domain::proxy::{Proxy, Tie};
use admit::domain::time::{DAY, Timestamp};
use admit::error::{Error, Result};
use admit::records;
use admit::seal::token::{Claims, TokenKeys, issue};
use admit::store::{KeyRange, Keyspace, Order};
use secrecy::SecretString;
use std::ops::ControlFlow;

pub fn address(at: u8) -> String {
    format!("p{at}@example.org")
}

/// Guests go at once, prospective clients in 3 days, registered ones in a year.
const POLICY: &str = "
  if not request.client then return deny{ code = 'no_client', text = 'Clients alone go.' } end
  if request.client.stage == 'guest' then return allow.erase() end
  return allow.schedule{ days = request.client.stage == 'prospective' and 3 or 365 }";

pub struct Real {
    pub admit: Admit,
    pub clock: Clock,
    pub hosts: [Actor; 2],
    pub seats: Vec<StaffId>,
    pub clients: Vec<ClientId>,
    pub invitations: Vec<InvitationId>,
    pub logins: Vec<LoginId>,
    pub proxies: Vec<ProxyId>,
    pub grants: Vec<GrantId>,
    pub rooms: Vec<RoomId>,
    pub links: Vec<ChallengeId>,
    pub holds: Vec<HoldId>,
    pub orders: Vec<EraseOrderId>,
    pub delegations: Vec<DelegationId>,
    pub open_links: Vec<OpenLinkId>,
    /// Of each link that proves an address: the purpose of its token, and whose id it bears.
    pub address_links: Vec<(u8, [u8; 16])>,
    pub batches: Vec<BatchId>,
    /// The epoch that each login was last given.
    pub sessions: Vec<u32>,
    /// The temporary passwords that the library made.
    pub made: Vec<SecretString>,
    pub items: Vec<ItemId>,
    pub messages: Vec<MessageId>,
}

/// What a step was answered with, in the model's words.
pub fn said<T>(result: Result<T>) -> Answer<T> {
    result.map_err(|error| match error {
        Error::Refused(refusal) => No::Refused(refusal),
        Error::Invalid(invalid) => No::Invalid(invalid.field),
        Error::Denied(_) => No::Denied,
        Error::ClockJump => No::ClockJump,
        fault => panic!("a fault: {fault}"),
    })
}

impl Real {
    pub fn new(admit: Admit, clock: Clock, hosts: [Actor; 2]) -> Self {
        policy(&admit, POLICY);
        let room = |host: &Actor| {
            let create = CreateRoom { name: line("a room"), external_id: None };
            admit.run(host, create, None).unwrap()
        };
        let rooms = hosts.iter().flat_map(|host| [room(host), room(host)]).collect();
        Self {
            admit,
            clock,
            hosts,
            seats: vec![],
            clients: vec![],
            invitations: vec![],
            logins: vec![],
            proxies: vec![],
            grants: vec![],
            rooms,
            links: vec![],
            holds: vec![],
            orders: vec![],
            delegations: vec![],
            open_links: vec![],
            address_links: vec![],
            batches: vec![],
            sessions: vec![],
            made: vec![],
            items: vec![],
            messages: vec![],
        }
    }

    pub fn actor(&self, by: By, world: &World) -> Actor {
        match by {
            By::Host { practice } => self.hosts[usize::from(practice)].clone(),
            By::HostWithReason { practice } => with_reason(&self.hosts[usize::from(practice)]),
            By::Seat(at) => {
                let at = place(at, self.seats.len()).unwrap();
                acting(&self.hosts[world.seats[at].practice], Who::Staff(self.seats[at]))
            }
            By::Delegate(at) => {
                let it = &world.delegations[latest(at, self.delegations.len()).unwrap()];
                let who = Who::Staff(self.seats[it.assistant]);
                let on_behalf_of = Some(self.seats[it.practitioner]);
                let host = &self.hosts[world.seats[it.assistant].practice];
                Actor { on_behalf_of, ..acting(host, who) }
            }
            By::Login { login, practice } => {
                let at = place(login, self.logins.len()).unwrap();
                let who = Who::Login { id: self.logins[at], epoch: self.sessions[at] };
                acting(&self.hosts[usize::from(practice)], who)
            }
        }
    }

    pub fn client(&self, at: u8) -> ClientId {
        self.clients[place(at, self.clients.len()).unwrap()]
    }

    pub fn seat(&self, at: u8) -> StaffId {
        self.seats[place(at, self.seats.len()).unwrap()]
    }

    pub fn login(&self, at: u8) -> LoginId {
        self.logins[place(at, self.logins.len()).unwrap()]
    }

    pub fn member(&self, member: Member) -> room::Member {
        match member {
            Member::Seat(at) => room::Member::Staff(self.seat(at)),
            Member::Client(at) => room::Member::Client(self.client(at)),
        }
    }

    pub fn typed(&self, world: &World) -> SecretString {
        match world.typed {
            Secret::Word(word) => secret(word_of(word)),
            Secret::Made(at) => self.made[at].clone(),
        }
    }

    pub fn in_days(&self, days: Option<u8>) -> Option<Timestamp> {
        let now = Timestamp::from_millis(self.clock.millis());
        days.map(|days| now.plus(i64::from(days) * DAY))
    }

    pub fn run<C: Command>(&self, actor: &Actor, command: C) -> Answer<C::Done> {
        said(self.admit.run(actor, command, None))
    }

    pub fn token(&self, purpose: u8, sent: Sent, generation: u32, id: &[u8; 16]) -> SecretString {
        let secrets = self.admit.store().secrets();
        let (number, key) = secrets.current_token_key();
        let keys = TokenKeys::new(&[(number, *key)], number, secrets.id_cipher_key()).unwrap();
        let channel = if sent == Sent::ByEmail { 1 } else { 3 };
        issue(&keys, &Claims { purpose, channel, generation, id: *id }).unwrap()
    }

    pub fn link(&self, invitation: u8, earlier: bool, sent: Sent) -> SecretString {
        let id = self.invitations[latest(invitation, self.invitations.len()).unwrap()];
        let found = self.admit.store().read(|read| records::invitation::find(read, id)).unwrap();
        // The token of what was erased is genuine too.
        let generation = found.map_or(1, |it| it.generation);
        let asked = if earlier { generation.saturating_sub(1).max(1) } else { generation };
        self.token(1, sent, asked, id.bytes())
    }

    pub fn rows<T: records::codec::Row>(&self, space: &'static str) -> Vec<T> {
        let mut found = Vec::new();
        let mut visit = |_: &[u8], value: &[u8]| {
            found.push(records::codec::decode(value)?);
            Ok(ControlFlow::Continue(()))
        };
        let scan = |read: &mut dyn admit::store::Read| {
            read.scan(Keyspace(space), KeyRange::ALL, Order::Up, &mut visit)
        };
        self.admit.store().read(scan).unwrap();
        found
    }

    /// Whom this step told what, in the order in which it goes out. What is in the outbox already
    /// was told by an earlier one, whoever has it by now.
    pub fn told(&mut self) -> Vec<(String, String)> {
        let mut told = Vec::new();
        let mut messages: Vec<Message> = self.rows("message");
        messages.retain(|it| it.state.due().is_some() && !self.messages.contains(&it.id));
        for message in messages {
            self.messages.push(message.id);
            match (message.kind, &message.carries) {
                (Kind::Reset, Carries::Challenge(id)) => self.links.push(*id),
                (Kind::AddressChangeConfirm, Carries::Challenge(id)) => {
                    self.address_links.push((5, *id.bytes()));
                }
                (_, Carries::Challenge(id)) => self.address_links.push((4, *id.bytes())),
                (_, Carries::Place(id)) => self.address_links.push((4, *id.bytes())),
                _ => {}
            }
            let Address::Email(to) = &message.to.address else { panic!("a text message") };
            told.push((message.kind.word().to_owned(), to.as_str().to_owned()));
        }
        told
    }

    /// Finds the ties that the model made in this step; what it did not make is a discrepancy.
    pub fn meet(&mut self, world: &World) {
        let mut proxies: Vec<Proxy> = self.rows("proxy");
        proxies.retain(|it| !self.proxies.contains(&it.id));
        for made in &world.proxies[self.proxies.len()..] {
            let is_it = |it: &Proxy| {
                it.login == self.logins[made.login]
                    && it.client == self.clients[made.client]
                    && (it.tie != Tie::Myself) == made.guardian
            };
            let at = proxies.iter().position(is_it).expect("the model alone has this proxy");
            self.proxies.push(proxies.remove(at).id);
        }
        assert!(proxies.is_empty(), "the library alone has a proxy");
        let mut orders: Vec<EraseOrder> = self.rows("erase_order");
        orders.retain(|it| !self.orders.contains(&it.id));
        for made in &world.orders[self.orders.len()..] {
            let is_it = |it: &EraseOrder| it.client == self.clients[made.client];
            let at = orders.iter().position(is_it).expect("the model alone has this erase order");
            self.orders.push(orders.remove(at).id);
        }
        assert!(orders.is_empty(), "the library alone has an erase order");
        let mut grants: Vec<Grant> = self.rows("grant");
        grants.retain(|it| !self.grants.contains(&it.id));
        for made in &world.grants[self.grants.len()..] {
            let grantee = match made.to {
                To::Seat(at) => Grantee::Staff(self.seats[usize::from(at)]),
                To::Room(at) => Grantee::Room(self.rooms[usize::from(at)]),
            };
            let is_it = |it: &Grant| {
                it.client == self.clients[made.client]
                    && it.grantee == grantee
                    && it.ends_at.map(Timestamp::millis) == made.ends_at
            };
            let at = grants.iter().position(is_it).expect("the model alone has this grant");
            self.grants.push(grants.remove(at).id);
        }
        assert!(grants.is_empty(), "the library alone has a grant");
    }
}

pub fn guardians() -> Tie {
    Tie::Guardian { relationship: None }
}

pub fn word_of(word: u8) -> &'static str {
    [PASSWORD, OTHER].get(usize::from(word)).copied().unwrap_or(WRONG)
}
