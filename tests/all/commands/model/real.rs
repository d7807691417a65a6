//! The library, driven by the same steps, and what it shows afterwards.

use super::ops::{By, Member, Op, Sent, To, WayIn};
use super::world::{Answer, No, Secret, World, latest, place};
use crate::commands::deletion::{policy, to_erase};
use crate::commands::people::{self, OTHER, PASSWORD, WRONG, by_password, secret, with_reason};
use crate::commands::plant::{acting, add_staff, create, email};
use crate::commands::post::{nothing, recipient, to_client, to_guardian, to_whom};
use crate::support::{Clock, line};
use admit::commands::accept::{Accept, Session};
use admit::commands::client::{ProfileChange, SetClientStage, SetClientStatus, UpdateClient};
use admit::commands::deletion::{CallOffDeletion, LiftHold, PlaceHold};
use admit::commands::grant::{GiveGrant, WithdrawGrant};
use admit::commands::invitation::{RevokeInvitation, SendInvitation, Whom};
use admit::commands::login_change::{EndSessions, RemoveLogin, UnlockLogin};
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::proxy::{AddProxy, EndProxy};
use admit::commands::reset::RequestResetFor;
use admit::commands::room::{self, AssignRoom, CreateRoom, UnassignRoom};
use admit::commands::staff::{AddStaff, ApproveStaff, ChangeRole, ReactivateStaff, SuspendStaff};
use admit::commands::{Admit, Change, Command};
use admit::domain::actor::{Actor, Source, Who};

use admit::domain::deletion::{Code, HostFacts};
use admit::domain::grant::{Grant, Grantee};
use admit::domain::id::{
    ChallengeId, ClientId, GrantId, HoldId, InvitationId, LoginId, MessageId, ProxyId, RoomId,
    StaffId,
};
use admit::domain::invitation::{Channel, Recipient};
use admit::domain::message::{Address, Carries, Kind, Message};
use admit::domain::proxy::{Proxy, Tie};
use admit::domain::time::{DAY, Timestamp};
use admit::error::{Error, Result};
use admit::records;
use admit::seal::token::{Claims, TokenKeys, issue};
use admit::store::{KeyRange, Keyspace, Order};
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

pub fn address(at: u8) -> String {
    format!("p{at}@example.org")
}

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
    rooms: Vec<RoomId>,
    links: Vec<ChallengeId>,
    holds: Vec<HoldId>,
    /// The epoch that each login was last given.
    sessions: Vec<u32>,
    /// The temporary passwords that the library made.
    made: Vec<SecretString>,
    messages: BTreeSet<MessageId>,
}

/// What a step was answered with, in the model's words.
fn said<T>(result: Result<T>) -> Answer<T> {
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
        policy(&admit, "return allow.schedule{ days = 365 }");
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
            sessions: vec![],
            made: vec![],
            messages: BTreeSet::new(),
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
            By::Login { login, practice } => {
                let at = place(login, self.logins.len()).unwrap();
                let who = Who::Login { id: self.logins[at], epoch: self.sessions[at] };
                acting(&self.hosts[usize::from(practice)], who)
            }
        }
    }

    fn client(&self, at: u8) -> ClientId {
        self.clients[place(at, self.clients.len()).unwrap()]
    }

    fn seat(&self, at: u8) -> StaffId {
        self.seats[place(at, self.seats.len()).unwrap()]
    }

    fn login(&self, at: u8) -> LoginId {
        self.logins[place(at, self.logins.len()).unwrap()]
    }

    fn member(&self, member: Member) -> room::Member {
        match member {
            Member::Seat(at) => room::Member::Staff(self.seat(at)),
            Member::Client(at) => room::Member::Client(self.client(at)),
        }
    }

    fn typed(&self, world: &World) -> SecretString {
        match world.typed {
            Secret::Word(word) => secret(word_of(word)),
            Secret::Made(at) => self.made[at].clone(),
        }
    }

    fn in_days(&self, days: Option<u8>) -> Option<Timestamp> {
        let now = Timestamp::from_millis(self.clock.millis());
        days.map(|days| now.plus(i64::from(days) * DAY))
    }

    fn run<C: Command>(&self, actor: &Actor, command: C) -> Answer<C::Done> {
        said(self.admit.run(actor, command, None))
    }

    fn token(&self, purpose: u8, sent: Sent, generation: u32, id: &[u8; 16]) -> SecretString {
        let secrets = self.admit.store().secrets();
        let (number, key) = secrets.current_token_key();
        let keys = TokenKeys::new(&[(number, *key)], number, secrets.id_cipher_key()).unwrap();
        let channel = if sent == Sent::ByEmail { 1 } else { 3 };
        issue(&keys, &Claims { purpose, channel, generation, id: *id }).unwrap()
    }

    fn link(&self, invitation: u8, earlier: bool, sent: Sent) -> SecretString {
        let id = self.invitations[latest(invitation, self.invitations.len()).unwrap()];
        let found = self.admit.store().read(|read| records::invitation::find(read, id)).unwrap();
        let generation = found.unwrap().generation;
        let asked = if earlier { generation.saturating_sub(1).max(1) } else { generation };
        self.token(1, sent, asked, id.bytes())
    }

    /// Takes a step that the model could take.
    pub fn take(&mut self, op: Op, world: &World) -> Answer {
        let by = |by| self.actor(by, world);
        match op {
            Op::AddStaff { by: who, role, address: at, approved } => {
                let email = Some(email(&address(at)));
                let approved = Some(approved);
                let add = AddStaff { email, approved, ..add_staff(role, "Sam") };
                let id = self.run(&by(who), add)?;
                self.seats.push(id);
                Ok(())
            }
            Op::Approve { by: who, seat } => {
                let staff = self.seat(seat);
                self.run(&by(who), ApproveStaff { staff, revision: 0 }).map(drop)
            }
            Op::Suspend { by: who, seat } => {
                let staff = self.seat(seat);
                self.run(&by(who), SuspendStaff { staff, revision: 0 }).map(drop)
            }
            Op::Reactivate { by: who, seat } => {
                let staff = self.seat(seat);
                self.run(&by(who), ReactivateStaff { staff, revision: 0 }).map(drop)
            }
            Op::ChangeRole { by: who, seat, role } => {
                let staff = self.seat(seat);
                self.run(&by(who), ChangeRole { staff, role, revision: 0 }).map(drop)
            }
            Op::EndStaff { by: who, seat, successor } => {
                let (staff, successor) = (self.seat(seat), successor.map(|at| self.seat(at)));
                said(self.admit.end_staff(&by(who), staff, successor, None)).map(drop)
            }
            Op::CreateClient { by: who, address: at, stage } => {
                let at = at.map(address);
                let create = admit::commands::client::CreateClient {
                    stage,
                    ..create("Kim", "Client", at.as_deref())
                };
                let id = self.run(&by(who), create)?;
                self.clients.push(id);
                Ok(())
            }
            Op::SetEmail { by: who, client, address: at } => {
                let email = at.map_or(Change::Clear, |at| Change::Set(email(&address(at))));
                let change = ProfileChange { email, ..ProfileChange::default() };
                let client = self.client(client);
                self.run(&by(who), UpdateClient { client, change, revision: 0 }).map(drop)
            }
            Op::SetStatus { by: who, client, status } => {
                let client = self.client(client);
                self.run(&by(who), SetClientStatus { client, status, revision: 0 }).map(drop)
            }
            Op::SetStage { by: who, client, stage } => {
                let client = self.client(client);
                self.run(&by(who), SetClientStage { client, stage, revision: 0 }).map(drop)
            }
            Op::InviteClient { by: who, client, guardian, address: at, sent } => {
                let client = self.client(client);
                let to =
                    Recipient { email: at.map(|at| email(&address(at))), ..Recipient::default() };
                let send =
                    if guardian { to_guardian(client, &address(0)) } else { to_client(client) };
                self.send(&by(who), SendInvitation { recipient: to, ..send }, sent)
            }
            Op::InviteSomebody { by: who, name, address: at, sent } => {
                let recipient = recipient(["Ida", "Jon"][usize::from(name)], &address(at));
                let whom = Whom::NewClient { rooms: vec![] };
                self.send(&by(who), SendInvitation { recipient, ..to_whom(whom) }, sent)
            }
            Op::InviteToSeat { by: who, seat } => {
                let send = to_whom(Whom::Seat { staff: self.seat(seat) });
                self.send(&by(who), send, Sent::ByEmail)
            }
            Op::InviteToNewSeat { by: who, role, address: at } => {
                let recipient = recipient("Sam", &address(at));
                let send = SendInvitation { recipient, ..to_whom(Whom::NewSeat { role }) };
                self.send(&by(who), send, Sent::ByEmail)
            }
            Op::Revoke { by: who, invitation } => {
                let at = latest(invitation, self.invitations.len()).unwrap();
                let invitation = self.invitations[at];
                self.run(&by(who), RevokeInvitation { invitation }).map(drop)
            }
            Op::Accept { invitation, earlier_link, sent, way_in } => {
                let token = self.link(invitation, earlier_link, sent);
                self.accept(&token, way_in)
            }
            Op::Decline { invitation, earlier_link } => {
                let token = self.link(invitation, earlier_link, Sent::ByEmail);
                said(self.admit.decline(Source::default(), &token, None)).map(drop)
            }
            Op::AskAgain { invitation, earlier_link } => {
                let token = self.link(invitation, earlier_link, Sent::ByEmail);
                said(self.admit.ask_again(Source::default(), &token, None)).map(drop)
            }
            Op::AddProxy { by: who, client, login, guardian, days } => {
                let (client, login) = (self.client(client), self.login(login));
                let tie = if guardian { guardians() } else { Tie::Myself };
                let ends_at = self.in_days(days);
                self.run(&by(who), AddProxy { client, login, tie, ends_at }).map(drop)
            }
            Op::EndProxy { by: who, proxy } => {
                let proxy = self.proxies[place(proxy, self.proxies.len()).unwrap()];
                self.run(&by(who), EndProxy { proxy }).map(drop)
            }
            Op::GiveGrant { by: who, client, to, days } => {
                let grantee = match to {
                    To::Seat(at) => Grantee::Staff(self.seat(at)),
                    To::Room(at) => Grantee::Room(self.rooms[usize::from(at)]),
                };
                let (client, ends_at) = (self.client(client), self.in_days(days));
                let give = GiveGrant { client, grantee, scopes: vec![], reason: None, ends_at };
                self.run(&by(who), give).map(drop)
            }
            Op::WithdrawGrant { by: who, grant } => {
                let grant = self.grants[place(grant, self.grants.len()).unwrap()];
                self.run(&by(who), WithdrawGrant { grant }).map(drop)
            }
            Op::Assign { by: who, room, member } => {
                let (room, member) = (self.rooms[usize::from(room)], self.member(member));
                self.run(&by(who), AssignRoom { room, member }).map(drop)
            }
            Op::Unassign { by: who, room, member } => {
                let (room, member) = (self.rooms[usize::from(room)], self.member(member));
                self.run(&by(who), UnassignRoom { room, member }).map(drop)
            }
            Op::Upkeep => said(self.admit.upkeep(0)).map(drop),
            Op::AcceptTime => {
                let now = Timestamp::from_millis(self.clock.millis());
                said(self.admit.accept_time(now))
            }
            Op::Wait(_) | Op::OpenAgain => Ok(()),
            Op::Delete { by: who, client } => {
                let (actor, asked) = (by(who), to_erase(self.client(client)));
                let plan = self.run(&actor, asked)?;
                let facts = HostFacts::default();
                said(self.admit.confirm_deletion(&actor, &plan.token, &facts, None)).map(drop)
            }
            Op::CallOff { by: who, client } => {
                self.run(&by(who), CallOffDeletion { client: self.client(client) }).map(drop)
            }
            Op::PlaceHold { by: who, client } => {
                let (client, ground) = (self.client(client), Code::parse("dispute").unwrap());
                let hold = self.run(&by(who), PlaceHold { client, ground, note: None })?;
                self.holds.push(hold);
                Ok(())
            }
            Op::LiftHold { by: who, hold } => {
                let hold = self.holds[latest(hold, self.holds.len()).unwrap()];
                self.run(&by(who), LiftHold { hold }).map(drop)
            }
            of_login => self.take_login(of_login, world),
        }
    }

    fn take_login(&mut self, op: Op, world: &World) -> Answer {
        let by = |by| self.actor(by, world);
        match op {
            Op::SignIn { practice, address: at, .. } => {
                let door = people::visitor(&self.hosts[usize::from(practice)]);
                let typed = self.typed(world);
                let sign_in = by_password(&address(at), typed.expose_secret());
                let session = said(self.admit.sign_in(&door, &sign_in))?;
                let at = self.logins.iter().position(|it| *it == session.login).unwrap();
                self.sessions[at] = session.epoch;
                Ok(())
            }
            Op::AskForReset { practice, address: at } => {
                let door = people::visitor(&self.hosts[usize::from(practice)]);
                said(self.admit.request_reset(&door, &address(at)))
            }
            Op::SendReset { by: who, login } => {
                self.run(&by(who), RequestResetFor { login: self.login(login) })
            }
            Op::Reset { link, word } => {
                let id = self.links[latest(link, self.links.len()).unwrap()];
                let token = self.token(3, Sent::ByEmail, 1, id.bytes());
                let (source, word) = (Source::default(), secret(word_of(word)));
                said(self.admit.reset(source, token.expose_secret(), &word, None)).map(drop)
            }
            Op::ChangePassword { login, practice, word, .. } => {
                let actor = by(By::Login { login, practice });
                let current = self.typed(world);
                let change = ChangePassword { current, new: secret(word_of(word)) };
                let done = said(self.admit.change_password(&actor, &change, None))?;
                let at = place(login, self.logins.len()).unwrap();
                self.sessions[at] = done.epoch;
                Ok(())
            }
            Op::SetTemporary { by: who, login } => {
                let (actor, login) = (by(who), self.login(login));
                let set = SetTemporaryPassword { login, password: TemporaryPassword::Generated };
                let done = said(self.admit.set_temporary_password(&actor, &set, None))?;
                self.made.extend(done.password);
                Ok(())
            }
            Op::Unlock { by: who, login } => {
                self.run(&by(who), UnlockLogin { login: self.login(login) }).map(drop)
            }
            Op::EndSessions { by: who, login } => {
                self.run(&by(who), EndSessions { login: self.login(login) }).map(drop)
            }
            Op::RemoveLogin { by: who, login } => {
                self.run(&by(who), RemoveLogin { login: self.login(login) }).map(drop)
            }
            _ => unreachable!("a step of other nouns"),
        }
    }

    fn send(&mut self, actor: &Actor, send: SendInvitation, sent: Sent) -> Answer {
        let channel = match sent {
            Sent::ByEmail => Channel::Email,
            Sent::Copied => Channel::Copied,
        };
        let done = self.run(actor, SendInvitation { channel: Some(channel), ..send })?;
        if !self.invitations.contains(&done.invitation) {
            self.invitations.push(done.invitation);
        }
        self.seats.extend(done.staff.filter(|seat| !self.seats.contains(seat)));
        Ok(())
    }

    fn accept(&mut self, token: &SecretString, way_in: WayIn) -> Answer {
        let accept = match way_in {
            WayIn::Password(word) => {
                Accept { password: Some(secret(word_of(word))), ..nothing(token) }
            }
            WayIn::SessionOf(login) => {
                let at = place(login, self.logins.len()).unwrap();
                let session = Session { login: self.logins[at], epoch: self.sessions[at] };
                Accept { session: Some(session), ..nothing(token) }
            }
        };
        let done = said(self.admit.accept(Source::default(), accept, None))?;
        if !self.logins.contains(&done.login) {
            self.logins.push(done.login);
            self.sessions.push(1);
        }
        self.clients.extend(done.client.filter(|client| !self.clients.contains(client)));
        Ok(())
    }

    fn rows<T: records::codec::Row>(&self, space: &'static str) -> Vec<T> {
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

    /// Whom this step told what.
    pub fn told(&mut self) -> Vec<(String, String)> {
        let mut told = Vec::new();
        let mut messages: Vec<Message> = self.rows("message");
        messages.retain(|it| it.state.due().is_some() && !self.messages.contains(&it.id));
        for message in messages {
            self.messages.insert(message.id);
            if let (Kind::Reset, Carries::Challenge(id)) = (message.kind, &message.carries) {
                self.links.push(*id);
            }
            let Address::Email(to) = &message.to.address else { panic!("a text message") };
            told.push((message.kind.word().to_owned(), to.as_str().to_owned()));
        }
        told.sort();
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

fn guardians() -> Tie {
    Tie::Guardian { relationship: None }
}

fn word_of(word: u8) -> &'static str {
    [PASSWORD, OTHER].get(usize::from(word)).copied().unwrap_or(WRONG)
}
