//! The naive world's deletions, under a policy by the client's stage; and holds.

use super::access::{About, Actor, Who};
use super::offers::is_for;
use super::outbox::{Premise, Subject};
use super::table::{
    DELETION_CALL_OFF, DELETION_CONFIRM, DELETION_DONE, DELETION_PLAN, HOLD_LIFT, HOLD_PLACE,
};
use super::world::{Answer, Before, DAY, EraseOrder, Hold, No, Proxy, Seat, State, World};
use admit::domain::client::{Stage, Status};
use admit::domain::refusal::Refusal;
use admit::domain::staff;
use admit::domain::time::Timestamp;

impl World {
    /// Plans and confirms. A hold denies it, and so does a deletion that waits already.
    pub fn delete(&mut self, actor: Actor, client: usize) -> Answer {
        self.client_here(actor, client, DELETION_PLAN)?;
        self.may(actor, DELETION_PLAN, About::Client(client))?;
        self.may(actor, DELETION_CONFIRM, About::Client(client))?;
        let old = self.clients[client].status;
        if self.is_held(client) || matches!(old, Status::PendingDeletion { .. }) {
            return Err(No::Denied);
        }
        let days = match self.clients[client].stage {
            Stage::Guest => {
                self.erase_client(client, actor.who);
                return Ok(());
            }
            Stage::Prospective => 3,
            Stage::Registered => 365,
        };
        let due = self.now + days * DAY;
        let (status, asked_by) = (old, actor.who);
        self.tell_of_deletion(client, asked_by, "deletion_scheduled");
        let until = Timestamp::from_millis(due);
        self.clients[client].status = Status::PendingDeletion { until };
        self.clients[client].before = Some(Before { status, asked_by, due });
        for login in self.own_logins(client) {
            self.end_sessions(login);
        }
        self.revoke_all(|it| is_for(it, client));
        Ok(())
    }

    pub fn call_off(&mut self, actor: Actor, client: usize) -> Answer {
        self.client_here(actor, client, DELETION_CALL_OFF)?;
        self.may(actor, DELETION_CALL_OFF, About::Client(client))?;
        let before = self.clients[client].before.take();
        let Before { status, asked_by, .. } = before.ok_or(Refusal::StatusNotAllowed)?;
        self.clients[client].status = status;
        self.tell_of_deletion(client, asked_by, "deletion_called_off");
        Ok(())
    }

    fn tell_of_deletion(&mut self, client: usize, asked_by: Who, kind: &'static str) {
        let premise = match kind {
            "deletion_scheduled" => Premise::Waits,
            _ => Premise::WaitsNoMore,
        };
        for address in self.whom_to_tell(client, asked_by) {
            self.tell_if(premise, Subject::Client(client), kind, Some(address));
        }
    }

    /// The client, or else its own login, and whoever asked, at one address once.
    fn whom_to_tell(&self, client: usize, asked_by: Who) -> Vec<u8> {
        let live = |at: usize| self.logins[at].address.filter(|_| !self.logins[at].is_removed);
        let own = || self.own_logins(client).first().and_then(|own| live(*own));
        let theirs = self.clients[client].address.or_else(own);
        let asker = match asked_by {
            Who::Seat(seat) => self.seats[seat].address,
            Who::Login(login) => live(login),
            Who::Host { .. } | Who::Visitor => None,
        };
        let asker = asker.filter(|asker| Some(*asker) != theirs);
        theirs.into_iter().chain(asker).collect()
    }

    /// Once its day has come a client goes; while a hold stands that is looked at again each day.
    pub fn deletion_falls_due(&mut self, client: usize) {
        let is_held = self.is_held(client);
        let Some(before) = &mut self.clients[client].before else { return };
        if is_held {
            before.due = self.now + DAY;
        } else {
            let asked_by = before.asked_by;
            self.erase_client(client, asked_by);
        }
    }

    fn is_held(&self, client: usize) -> bool {
        self.holds.iter().any(|it| it.client == client && !it.is_lifted && !it.is_erased)
    }

    /// Takes a client away with all that hangs on it, the logins that are nothing else among it.
    fn erase_client(&mut self, client: usize, asked_by: Who) {
        let practice = self.clients[client].practice;
        let told = self.whom_to_tell(client, asked_by);
        self.orders.push(EraseOrder { client, practice, told, is_done: false });
        let is_needed = |login: usize| {
            let seat = |it: &Seat| it.login == Some(login) && it.status != staff::Status::Ended;
            let tie = |it: &Proxy| it.login == login && it.client != client && self.holds(it);
            self.seats.iter().any(seat) || self.proxies.iter().any(tie)
        };
        let ties = self.proxies.iter().filter(|it| it.client == client && !it.is_erased);
        let mut holders: Vec<usize> = ties.clone().map(|it| it.login).collect();
        let own = ties.filter(|it| !it.guardian).map(|it| it.login);
        let going: Vec<usize> = own.filter(|login| !is_needed(*login)).collect();
        let invited = self.invitations.iter().filter(|it| is_for(it, client));
        let written = invited.filter_map(|it| it.address).chain(self.clients[client].address);
        let of_logins = going.iter().filter_map(|login| self.logins[*login].address);
        for address in written.chain(of_logins).collect::<Vec<_>>() {
            self.windows.remove(&(practice, address));
        }
        self.erase_hanging(client);
        holders.retain(|login| !going.contains(login));
        for login in going {
            self.erase_login(login);
        }
        for login in holders {
            if !self.is_known(login, practice) {
                self.end_sessions(login);
            }
        }
    }

    fn erase_hanging(&mut self, client: usize) {
        for (at, it) in self.invitations.iter_mut().enumerate() {
            if is_for(it, client) {
                (it.state, it.is_erased) = (State::Revoked, true);
                self.asked.remove(&format!("link {at}"));
            }
        }
        for at in 0..self.invitations.len() {
            if self.invitations[at].is_erased {
                self.erase_messages_about(Subject::Invitation(at));
            }
        }
        self.erase_messages_about(Subject::Client(client));
        for item in self.items.iter_mut().filter(|it| it.client == client) {
            item.is_removed = true;
        }
        for grant in self.grants.iter_mut().filter(|it| it.client == client) {
            grant.withdrawn_at = grant.withdrawn_at.or(Some(self.now));
            grant.is_erased = true;
        }
        for tie in self.proxies.iter_mut().filter(|it| it.client == client) {
            (tie.is_ended, tie.is_erased) = (true, true);
        }
        for hold in self.holds.iter_mut().filter(|it| it.client == client) {
            hold.is_erased = true;
        }
        for room in &mut self.rooms {
            room.clients.retain(|it| *it != client);
        }
        for at in 0..self.clients.len() {
            if at == client || self.clients[at].merged_into == Some(client) {
                self.clients[at].is_erased = true;
            }
        }
        self.clients[client].before = None;
        self.forget_in_batches(client);
    }

    /// The host has erased its half, so those who were to be told are.
    pub fn finish_deletion(&mut self, actor: Actor, at: usize) -> Answer {
        self.here(actor, self.orders[at].practice, DELETION_DONE)?;
        self.may(actor, DELETION_DONE, About::Practice)?;
        if self.orders[at].is_done {
            return Err(Refusal::AlreadyEnded.into());
        }
        self.orders[at].is_done = true;
        for address in self.orders[at].told.clone() {
            self.tell(Subject::Nobody, "deletion_done", Some(address));
        }
        Ok(())
    }

    pub fn place_hold(&mut self, actor: Actor, client: usize) -> Answer {
        self.client_here(actor, client, HOLD_PLACE)?;
        self.may(actor, HOLD_PLACE, About::Client(client))?;
        self.holds.push(Hold { client, is_lifted: false, is_erased: false });
        Ok(())
    }

    pub fn lift_hold(&mut self, actor: Actor, at: usize) -> Answer {
        let client = self.holds[at].client;
        self.client_here(actor, client, HOLD_LIFT)?;
        self.exists(actor, !self.holds[at].is_erased, HOLD_LIFT)?;
        self.may(actor, HOLD_LIFT, About::Client(client))?;
        if self.holds[at].is_lifted {
            return Err(Refusal::AlreadyEnded.into());
        }
        self.holds[at].is_lifted = true;
        Ok(())
    }
}
