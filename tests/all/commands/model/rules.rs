//! What each step does to people and their offers in the naive world, or why it may not.

use super::access::{About, Actor};
use super::offers::is_for;
use super::ops::{Member, Op, To, WayIn};
use super::outbox::Subject;
use super::table::{
    CLIENT_CREATE, CLIENT_SET_STATUS, CLIENT_UPDATE, INVITATION_SEND, PRACTICE_SUSPEND, STAFF_ADD,
    STAFF_APPROVE, STAFF_CHANGE_ROLE, STAFF_END, STAFF_SUSPEND,
};
use super::world::{
    Answer, Client, Grant, Invitation, No, Offer, Seat, State, World, latest, place,
};
use admit::domain::client::{Stage, Status};
use admit::domain::refusal::Refusal;
use admit::domain::staff::{self, Role};

impl World {
    /// Takes a step: None where there is nothing for it to act on.
    pub fn take(&mut self, op: Op) -> Option<Answer> {
        Some(match op {
            Op::SuspendPractice { by } => {
                let actor = self.actor(by)?;
                self.set_suspended(actor, true)
            }
            Op::ReactivatePractice { by } => {
                let actor = self.actor(by)?;
                self.set_suspended(actor, false)
            }
            Op::AddStaff { by, role, address, approved } => {
                let actor = self.actor(by)?;
                self.add_staff(actor, role, address, approved)
            }
            Op::Approve { by, seat } => {
                let actor = self.actor(by)?;
                let waits = |world: &Self, at: usize| !world.seats[at].approved;
                let seat = self.pick(seat, self.seats.len(), waits)?;
                self.approve(actor, seat)
            }
            Op::Suspend { by, seat } => {
                let (actor, seat) = (self.actor(by)?, place(seat, self.seats.len())?);
                self.suspend(actor, seat)
            }
            Op::Reactivate { by, seat } => {
                let actor = self.actor(by)?;
                let is_out =
                    |world: &Self, at: usize| world.seats[at].status == staff::Status::Suspended;
                let seat = self.pick(seat, self.seats.len(), is_out)?;
                self.reactivate(actor, seat)
            }
            Op::ChangeRole { by, seat, role } => {
                let (actor, seat) = (self.actor(by)?, place(seat, self.seats.len())?);
                self.change_role(actor, seat, role)
            }
            Op::EndStaff { by, seat, successor } => {
                let (actor, seat) = (self.actor(by)?, place(seat, self.seats.len())?);
                let successor = successor.and_then(|at| place(at, self.seats.len()));
                self.end_staff(actor, seat, successor)
            }
            Op::CreateClient { by, address, stage } => {
                let actor = self.actor(by)?;
                self.create_client(actor, address, stage)
            }
            Op::SetEmail { by, client, address } => {
                let (actor, client) = (self.actor(by)?, place(client, self.clients.len())?);
                self.set_email(actor, client, address)
            }
            Op::SetStatus { by, client, status } => {
                let (actor, client) = (self.actor(by)?, place(client, self.clients.len())?);
                self.set_status(actor, client, status)
            }
            Op::SetStage { by, client, stage } => {
                let actor = self.actor(by)?;
                let may_come =
                    |world: &Self, at: usize| world.clients[at].stage != Stage::Registered;
                let client = self.pick(client, self.clients.len(), may_come)?;
                self.set_stage(actor, client, stage)
            }
            Op::Merge { by, from, into } => {
                let (actor, from) = (self.actor(by)?, place(from, self.clients.len())?);
                self.merge(actor, from, place(into, self.clients.len())?)
            }
            Op::InviteClient { by, client, guardian, address, sent } => {
                let (actor, client) = (self.actor(by)?, place(client, self.clients.len())?);
                self.invite_client(actor, client, guardian, address, sent)
            }
            Op::InviteSomebody { by, name, address, sent } => {
                let actor = self.actor(by)?;
                self.may(actor, INVITATION_SEND, About::New)
                    .and_then(|()| self.send(actor, Offer::Somebody { name }, Some(address), sent))
            }
            Op::InviteToSeat { by, seat } => {
                let (actor, seat) = (self.actor(by)?, place(seat, self.seats.len())?);
                self.invite_to_seat(actor, seat)
            }
            Op::InviteToNewSeat { by, role, address } => {
                let actor = self.actor(by)?;
                self.invite_to_new_seat(actor, role, address)
            }
            Op::Revoke { by, invitation } => {
                let actor = self.actor(by)?;
                let waits = |world: &Self, at: usize| world.invitations[at].state == State::Pending;
                let invitation = self.pick(invitation, self.invitations.len(), waits)?;
                self.revoke(actor, invitation)
            }
            Op::Accept { invitation, earlier_link, sent, way_in } => {
                let at = latest(invitation, self.invitations.len())?;
                let way_in = match way_in {
                    WayIn::Password(_) | WayIn::Identity(_) => way_in,
                    WayIn::SessionOf(at) => {
                        WayIn::SessionOf(u8::try_from(place(at, self.logins.len())?).ok()?)
                    }
                };
                let generation = self.link(at, earlier_link);
                self.accept(at, generation, sent, way_in)
            }
            Op::Decline { invitation, earlier_link } => {
                let at = latest(invitation, self.invitations.len())?;
                self.decline(at, self.link(at, earlier_link))
            }
            Op::AskAgain { invitation, earlier_link } => {
                let at = latest(invitation, self.invitations.len())?;
                self.ask_again(at, self.link(at, earlier_link))
            }
            Op::AddProxy { by, client, login, guardian, days } => {
                let (actor, client) = (self.actor(by)?, place(client, self.clients.len())?);
                let login = place(login, self.logins.len())?;
                self.add_proxy(actor, client, login, guardian, days)
            }
            Op::EndProxy { by, proxy } => {
                let actor = self.actor(by)?;
                self.end_proxy(actor, place(proxy, self.proxies.len())?)
            }
            Op::GiveGrant { by, client, to, days } => {
                let (actor, client) = (self.actor(by)?, place(client, self.clients.len())?);
                let to = self.grantee(to)?;
                self.give_grant(actor, client, to, days)
            }
            Op::WithdrawGrant { by, grant } => {
                let actor = self.actor(by)?;
                self.withdraw_grant(actor, place(grant, self.grants.len())?)
            }
            Op::Assign { by, room, member } => {
                let (actor, member) = (self.actor(by)?, self.member(member)?);
                self.assign(actor, room.into(), member)
            }
            Op::Unassign { by, room, member } => {
                let (actor, member) = (self.actor(by)?, self.member(member)?);
                self.unassign(actor, room.into(), member)
            }
            Op::Delete { by, client } => {
                let (actor, client) = (self.actor(by)?, place(client, self.clients.len())?);
                self.delete(actor, client)
            }
            Op::CallOff { by, client } => {
                let actor = self.actor(by)?;
                let waits = |world: &Self, at: usize| world.clients[at].before.is_some();
                let client = self.pick(client, self.clients.len(), waits)?;
                self.call_off(actor, client)
            }
            Op::FinishDeletion { by, order } => {
                let actor = self.actor(by)?;
                let is_open = |world: &Self, at: usize| !world.orders[at].is_done;
                let order = self.pick(order, self.orders.len(), is_open)?;
                self.finish_deletion(actor, order)
            }
            Op::PlaceHold { by, client } => {
                let (actor, client) = (self.actor(by)?, place(client, self.clients.len())?);
                self.place_hold(actor, client)
            }
            Op::LiftHold { by, hold } => {
                let actor = self.actor(by)?;
                let stands = |world: &Self, at: usize| !world.holds[at].is_lifted;
                let hold = self.pick(hold, self.holds.len(), stands)?;
                self.lift_hold(actor, hold)
            }
            Op::Delegation(op) => return self.take_delegation(op),
            Op::Item(op) => return self.take_item(op),
            Op::Outbox(op) => return self.take_outbox(op),
            Op::OpenLink(op) => return self.take_open_link(op),
            Op::Newcomer(op) => return self.take_newcomer(op),
            Op::Address(op) => return self.take_address(op),
            Op::Batch(op) => return self.take_batch(op),
            Op::Identity(op) => return self.take_identity(op),
            Op::Upkeep => self.upkeep(),
            Op::AcceptTime => {
                self.kept_up_at = self.now;
                Ok(())
            }
            Op::Wait(_) | Op::OpenAgain => Ok(()),
            of_login => return self.take_login(of_login),
        })
    }

    fn link(&self, invitation: usize, earlier: bool) -> u32 {
        let generation = self.invitations[invitation].generation;
        if earlier { generation.saturating_sub(1).max(1) } else { generation }
    }

    fn grantee(&self, to: To) -> Option<To> {
        Some(match to {
            To::Seat(seat) => To::Seat(u8::try_from(place(seat, self.seats.len())?).ok()?),
            To::Room(room) => To::Room(room),
        })
    }

    pub fn member(&self, member: Member) -> Option<Member> {
        let small = |at: usize| u8::try_from(at).ok();
        Some(match member {
            Member::Seat(at) => Member::Seat(small(place(at, self.seats.len())?)?),
            Member::Client(at) => Member::Client(small(place(at, self.clients.len())?)?),
        })
    }

    fn set_suspended(&mut self, actor: Actor, suspended: bool) -> Answer {
        self.may(actor, PRACTICE_SUSPEND, About::Practice)?;
        if self.is_suspended[actor.practice] == suspended {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.is_suspended[actor.practice] = suspended;
        Ok(())
    }

    pub fn add_seat(
        &mut self,
        practice: usize,
        role: Role,
        address: Option<u8>,
        approved: bool,
    ) -> usize {
        let approved = approved || role != Role::Practitioner;
        let (status, login, onboarded) = (staff::Status::Active, None, false);
        self.seats.push(Seat { practice, role, approved, status, address, login, onboarded });
        self.seats.len() - 1
    }

    fn add_staff(&mut self, actor: Actor, role: Role, address: u8, approved: bool) -> Answer {
        self.may(actor, STAFF_ADD, About::New)?;
        self.add_seat(actor.practice, role, Some(address), approved);
        Ok(())
    }

    fn approve(&mut self, actor: Actor, at: usize) -> Answer {
        self.here(actor, self.seats[at].practice, STAFF_APPROVE)?;
        self.may(actor, STAFF_APPROVE, About::Seat(at))?;
        let seat = &mut self.seats[at];
        if seat.approved || seat.status == staff::Status::Ended {
            return Err(Refusal::StatusNotAllowed.into());
        }
        seat.approved = true;
        let address = seat.address;
        self.tell(Subject::Seat(at), "staff_approved", address);
        Ok(())
    }

    fn suspend(&mut self, actor: Actor, at: usize) -> Answer {
        self.here(actor, self.seats[at].practice, STAFF_SUSPEND)?;
        self.may(actor, STAFF_SUSPEND, About::Seat(at))?;
        let is_active = self.seats[at].status == staff::Status::Active;
        if !is_active {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.require_admin_left(actor, at)?;
        self.seats[at].status = staff::Status::Suspended;
        self.stop(at);
        self.tell(Subject::Seat(at), "suspended", self.seats[at].address);
        Ok(())
    }

    /// Ends the sessions of a seat's holder, and what was offered of the seat.
    fn stop(&mut self, seat: usize) {
        if let Some(login) = self.seats[seat].login {
            self.end_sessions(login);
        }
        self.revoke_all(|it| it.offer == Offer::Seat(seat));
    }

    pub fn revoke_all(&mut self, which: impl Fn(&Invitation) -> bool) {
        for it in &mut self.invitations {
            if it.state == State::Pending && which(it) {
                it.state = State::Revoked;
            }
        }
    }

    fn reactivate(&mut self, actor: Actor, at: usize) -> Answer {
        self.here(actor, self.seats[at].practice, STAFF_SUSPEND)?;
        self.may(actor, STAFF_SUSPEND, About::Seat(at))?;
        if self.seats[at].status != staff::Status::Suspended {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.seats[at].status = staff::Status::Active;
        self.tell(Subject::Seat(at), "reactivated", self.seats[at].address);
        Ok(())
    }

    fn change_role(&mut self, actor: Actor, at: usize, role: Role) -> Answer {
        self.here(actor, self.seats[at].practice, STAFF_CHANGE_ROLE)?;
        self.may(actor, STAFF_CHANGE_ROLE, About::Seat(at))?;
        let seat = &self.seats[at];
        let is_over = seat.status == staff::Status::Ended;
        if seat.role == role || is_over {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.require_admin_left(actor, at)?;
        self.seats[at].role = role;
        self.end_delegations(actor.who, at);
        if let Some(login) = self.seats[at].login {
            self.end_sessions(login);
        }
        Ok(())
    }

    fn end_staff(&mut self, actor: Actor, at: usize, successor: Option<usize>) -> Answer {
        self.here(actor, self.seats[at].practice, STAFF_END)?;
        if let Some(successor) = successor {
            self.here(actor, self.seats[successor].practice, STAFF_END)?;
        }
        self.may(actor, STAFF_END, About::Seat(at))?;
        if let Some(successor) = successor {
            self.require_successor(at, successor)?;
        }
        let is_over = self.seats[at].status == staff::Status::Ended;
        if is_over {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.require_admin_left(actor, at)?;
        self.seats[at].status = staff::Status::Ended;
        self.end_delegations(actor.who, at);
        self.tell(Subject::Seat(at), "staff_ended", self.seats[at].address);
        self.stop(at);
        self.hand_over_charts(at, successor);
        for it in &mut self.invitations {
            if it.state == State::Pending && it.inviter == Some(at) {
                match successor.filter(|_| !matches!(it.offer, Offer::Seat(_))) {
                    Some(successor) => it.inviter = Some(successor),
                    None => it.state = State::Revoked,
                }
            }
        }
        Ok(())
    }

    fn require_successor(&self, seat: usize, successor: usize) -> Answer {
        let next = &self.seats[successor];
        if successor == seat || !matches!(next.role, Role::Admin | Role::Practitioner) {
            return Err(No::Invalid("successor_id"));
        }
        match (next.status, next.approved) {
            (staff::Status::Ended, _) => Err(Refusal::AlreadyEnded.into()),
            (staff::Status::Suspended, _) => Err(Refusal::StatusNotAllowed.into()),
            (staff::Status::Active, false) => Err(Refusal::NotApproved.into()),
            (staff::Status::Active, true) => Ok(()),
        }
    }

    fn hand_over_charts(&mut self, seat: usize, successor: Option<usize>) {
        let is_to = |to: To, seat: usize| matches!(to, To::Seat(at) if usize::from(at) == seat);
        for at in 0..self.grants.len() {
            if !is_to(self.grants[at].to, seat) || !self.is_open(&self.grants[at]) {
                continue;
            }
            self.grants[at].withdrawn_at = Some(self.now);
            let (client, ends_at) = (self.grants[at].client, self.grants[at].ends_at);
            let Some(successor) = successor else { continue };
            let has_all = |it: &Grant| {
                it.client == client
                    && is_to(it.to, successor)
                    && it.ends_at.is_none()
                    && self.is_open(it)
            };
            if !self.grants.iter().any(has_all) {
                self.grant(client, To::Seat(successor as u8), ends_at);
            }
        }
    }

    pub fn grant(&mut self, client: usize, to: To, ends_at: Option<i64>) {
        let (withdrawn_at, is_erased) = (None, false);
        self.grants.push(Grant { client, to, ends_at, withdrawn_at, is_erased });
    }

    pub fn add_client(&mut self, practice: usize, address: Option<u8>, stage: Stage) -> usize {
        self.clients.push(Client {
            practice,
            address,
            stage,
            status: Status::Active,
            before: None,
            merged_into: None,
            is_erased: false,
        });
        self.clients.len() - 1
    }

    fn create_client(&mut self, actor: Actor, address: Option<u8>, stage: Stage) -> Answer {
        self.may(actor, CLIENT_CREATE, About::New)?;
        let client = self.add_client(actor.practice, address, stage);
        if let Some(seat) = actor.seat() {
            self.grant(client, To::Seat(seat as u8), None);
        }
        Ok(())
    }

    fn set_email(&mut self, actor: Actor, client: usize, address: Option<u8>) -> Answer {
        self.client_here(actor, client, CLIENT_UPDATE)?;
        self.may(actor, CLIENT_UPDATE, About::Client(client))?;
        let old = std::mem::replace(&mut self.clients[client].address, address);
        if old.is_some() && old != address {
            self.revoke_all(|it| is_for(it, client) && it.address == old);
        }
        Ok(())
    }

    fn set_status(&mut self, actor: Actor, client: usize, status: Status) -> Answer {
        self.client_here(actor, client, CLIENT_SET_STATUS)?;
        self.may(actor, CLIENT_SET_STATUS, About::Client(client))?;
        let old = self.clients[client].status;
        if old == status || matches!(old, Status::PendingDeletion { .. }) {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.clients[client].status = status;
        let kind = match (old, status) {
            (Status::Active, _) => "suspended",
            (_, Status::Active) => "reactivated",
            _ => return Ok(()),
        };
        for login in self.own_logins(client) {
            if kind == "suspended" {
                self.end_sessions(login);
            }
            self.tell(Subject::Client(client), kind, self.logins[login].address);
        }
        if kind == "suspended" {
            self.revoke_all(|it| is_for(it, client));
        }
        Ok(())
    }

    fn set_stage(&mut self, actor: Actor, client: usize, stage: Stage) -> Answer {
        self.client_here(actor, client, CLIENT_SET_STATUS)?;
        self.may(actor, CLIENT_SET_STATUS, About::Client(client))?;
        let rank = |stage| {
            [Stage::Guest, Stage::Prospective, Stage::Registered].iter().position(|it| *it == stage)
        };
        if rank(stage) <= rank(self.clients[client].stage) {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.clients[client].stage = stage;
        Ok(())
    }
}
