//! The naive world's deletions, under a policy that puts each off for a year; and holds.

use super::access::{About, Actor, Who};
use super::offers::is_for;
use super::table::{DELETION_CALL_OFF, DELETION_CONFIRM, DELETION_PLAN, HOLD_LIFT, HOLD_PLACE};
use super::world::{Answer, DAY, Hold, No, World};
use admit::domain::client::Status;
use admit::domain::refusal::Refusal;
use admit::domain::time::Timestamp;

impl World {
    /// Plans and confirms. A hold denies it, and so does a deletion that waits already.
    pub fn delete(&mut self, actor: Actor, client: usize) -> Answer {
        self.client_here(actor, client, DELETION_PLAN)?;
        self.may(actor, DELETION_PLAN, About::Client(client))?;
        self.may(actor, DELETION_CONFIRM, About::Client(client))?;
        let is_held = self.holds.iter().any(|it| it.client == client && !it.is_lifted);
        let old = self.clients[client].status;
        if is_held || matches!(old, Status::PendingDeletion { .. }) {
            return Err(No::Denied);
        }
        self.tell_of_deletion(client, actor.who, "deletion_scheduled");
        let until = Timestamp::from_millis(self.now + 365 * DAY);
        self.clients[client].status = Status::PendingDeletion { until };
        self.clients[client].before = Some((old, actor.who));
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
        let (status, asked_by) = before.ok_or(Refusal::StatusNotAllowed)?;
        self.clients[client].status = status;
        self.tell_of_deletion(client, asked_by, "deletion_called_off");
        Ok(())
    }

    /// The client hears, or else its own login, and whoever asked, at one address once.
    fn tell_of_deletion(&mut self, client: usize, asked_by: Who, kind: &'static str) {
        let live = |at: usize| self.logins[at].address.filter(|_| !self.logins[at].is_removed);
        let own = || self.own_logins(client).first().and_then(|own| live(*own));
        let theirs = self.clients[client].address.or_else(own);
        let asker = match asked_by {
            Who::Seat(seat) => Some(self.seats[seat].address),
            Who::Login(login) => live(login),
            Who::Host { .. } | Who::Visitor => None,
        };
        self.tell(kind, theirs);
        self.tell(kind, asker.filter(|asker| Some(*asker) != theirs));
    }

    pub fn place_hold(&mut self, actor: Actor, client: usize) -> Answer {
        self.client_here(actor, client, HOLD_PLACE)?;
        self.may(actor, HOLD_PLACE, About::Client(client))?;
        self.holds.push(Hold { client, is_lifted: false });
        Ok(())
    }

    pub fn lift_hold(&mut self, actor: Actor, at: usize) -> Answer {
        let client = self.holds[at].client;
        self.client_here(actor, client, HOLD_LIFT)?;
        self.may(actor, HOLD_LIFT, About::Client(client))?;
        if self.holds[at].is_lifted {
            return Err(Refusal::AlreadyEnded.into());
        }
        self.holds[at].is_lifted = true;
        Ok(())
    }
}
