//! The steps of a story, taken by the library.

use super::identity::external;
use super::ops::{By, Op, Sent, To, WayIn};
use super::world::{Answer, World, latest, place};
use crate::commands::deletion::to_erase;
use crate::commands::people::{self, by_password, secret};
use crate::commands::plant::{add_staff, create, email};
use crate::commands::post::{nothing, recipient, to_client, to_guardian, to_whom};
use crate::support::line;
use admit::commands::Change;
use admit::commands::accept::{Accept, Session};
use admit::commands::client::{ProfileChange, SetClientStage, SetClientStatus, UpdateClient};
use admit::commands::deletion::{CallOffDeletion, FinishDeletion, LiftHold, PlaceHold};
use admit::commands::grant::{GiveGrant, WithdrawGrant};
use admit::commands::invitation::{RevokeInvitation, SendInvitation, Whom};
use admit::commands::login_change::{EndSessions, RemoveLogin, UnlockLogin};
use admit::commands::merge::MergeClients;
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::practice::{ReactivatePractice, SuspendPractice};
use admit::commands::proxy::{AddProxy, EndProxy};
use admit::commands::reset::RequestResetFor;
use admit::commands::room::{AssignRoom, UnassignRoom};
use admit::commands::staff::{AddStaff, ApproveStaff, ChangeRole, ReactivateStaff, SuspendStaff};
use admit::domain::actor::{Actor, Source};

use admit::domain::deletion::{Code, HostFacts};
use admit::domain::grant::Grantee;
use admit::domain::invitation::{Channel, Recipient};
use admit::domain::proxy::Tie;
use admit::domain::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::real::{Real, address, guardians, said, word_of};

impl Real {
    /// Takes a step that the model could take.
    pub fn take(&mut self, op: Op, world: &World) -> Answer {
        let by = |by| self.actor(by, world);
        match op {
            Op::SuspendPractice { by: who } => self.run(&by(who), SuspendPractice).map(drop),
            Op::ReactivatePractice { by: who } => self.run(&by(who), ReactivatePractice).map(drop),
            Op::AddStaff { by: who, role, address: at, approved } => {
                let email = Some(email(&address(at)));
                let approved = Some(approved);
                let add = AddStaff { email, approved, ..add_staff(role, "Sam") };
                let id = self.run(&by(who), add)?;
                self.seats.push(id);
                Ok(())
            }
            Op::Approve { by: who, .. } => {
                let staff = self.seats[world.picked];
                self.run(&by(who), ApproveStaff { staff, revision: 0 }).map(drop)
            }
            Op::Suspend { by: who, seat } => {
                let staff = self.seat(seat);
                self.run(&by(who), SuspendStaff { staff, revision: 0 }).map(drop)
            }
            Op::Reactivate { by: who, .. } => {
                let staff = self.seats[world.picked];
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
            Op::SetStage { by: who, stage, .. } => {
                let client = self.clients[world.picked];
                self.run(&by(who), SetClientStage { client, stage, revision: 0 }).map(drop)
            }
            Op::Merge { by: who, from, into } => {
                let (from, into) = (self.client(from), self.client(into));
                let reason = line("the same person");
                let (from_revision, into_revision) = (0, 0);
                let merge = MergeClients { from, into, from_revision, into_revision, reason };
                self.run(&by(who), merge).map(drop)
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
            Op::Revoke { by: who, .. } => {
                let invitation = self.invitations[world.picked];
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
            Op::Delegation(op) => self.take_delegation(op, world),
            Op::Item(op) => self.take_item(op, world),
            Op::Outbox(op) => self.take_outbox(op, world),
            Op::OpenLink(op) => self.take_open_link(op, world),
            Op::Newcomer(op) => self.take_newcomer(op, world),
            Op::Address(op) => self.take_address(op, world),
            Op::Batch(op) => self.take_batch(op, world),
            Op::Identity(op) => self.take_identity(op, world),
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
            Op::CallOff { by: who, .. } => {
                let client = self.clients[world.picked];
                self.run(&by(who), CallOffDeletion { client }).map(drop)
            }
            Op::FinishDeletion { by: who, .. } => {
                let order = self.orders[world.picked];
                self.run(&by(who), FinishDeletion { order }).map(drop)
            }
            Op::PlaceHold { by: who, client } => {
                let (client, ground) = (self.client(client), Code::parse("dispute").unwrap());
                let hold = self.run(&by(who), PlaceHold { client, ground, note: None })?;
                self.holds.push(hold);
                Ok(())
            }
            Op::LiftHold { by: who, .. } => {
                let hold = self.holds[world.picked];
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
            WayIn::Identity(at) => Accept { identity: Some(external(at)), ..nothing(token) },
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
}
