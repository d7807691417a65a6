//! The naive world's merges: two clients on file turn out to be one, and nothing of either is lost.

use super::access::{About, Actor};
use super::offers::is_for;
use super::outbox::Subject;
use super::table::CLIENT_MERGE;
use super::world::{Answer, No, Offer, World};
use admit::domain::client::{Stage, Status};
use admit::domain::refusal::Refusal;

impl World {
    pub fn merge(&mut self, actor: Actor, from: usize, into: usize) -> Answer {
        self.client_here(actor, from, CLIENT_MERGE)?;
        self.client_here(actor, into, CLIENT_MERGE)?;
        self.may(actor, CLIENT_MERGE, About::Client(from))?;
        self.may(actor, CLIENT_MERGE, About::Client(into))?;
        if from == into {
            return Err(No::Invalid("into_client_id"));
        }
        let waits = |at: usize| matches!(self.clients[at].status, Status::PendingDeletion { .. });
        if waits(from) || waits(into) {
            return Err(Refusal::ClientPendingDeletion.into());
        }
        let brings_login = !self.own_logins(from).is_empty();
        if brings_login && !self.own_logins(into).is_empty() {
            return Err(Refusal::BothHaveLogins.into());
        }
        self.revoke_all(|it| is_for(it, from) || (brings_login && is_for(it, into)));
        self.move_ties(from, into);
        self.move_the_rest(from, into);
        let address = self.clients[from].address;
        let new = &mut self.clients[into];
        new.stage = Stage::Registered;
        new.address = new.address.or(address);
        if new.status != Status::Active {
            for login in self.own_logins(into) {
                self.end_sessions(login);
            }
            self.revoke_all(|it| is_for(it, into));
        }
        Ok(())
    }

    /// A login holds a client by one tie: to be the client goes before acting for it, and of two
    /// guardians' ties the one stays that was there before.
    fn move_ties(&mut self, from: usize, into: usize) {
        for at in 0..self.proxies.len() {
            if self.proxies[at].client != from {
                continue;
            }
            let login = self.proxies[at].login;
            let other = (0..self.proxies.len()).find(|other| {
                let it = &self.proxies[*other];
                it.client == into && it.login == login && self.holds(it)
            });
            if let Some(other) = other.filter(|_| self.holds(&self.proxies[at])) {
                let loses = if self.proxies[at].guardian { at } else { other };
                self.proxies[loses].is_ended = true;
            }
            self.proxies[at].client = into;
        }
    }

    fn move_the_rest(&mut self, from: usize, into: usize) {
        for it in self.invitations.iter_mut() {
            if let Offer::Client { client, .. } = &mut it.offer
                && *client == from
            {
                *client = into;
            }
        }
        for grant in self.grants.iter_mut().filter(|it| it.client == from) {
            grant.client = into;
        }
        for item in self.items.iter_mut().filter(|it| it.client == from) {
            item.client = into;
        }
        for message in &mut self.messages {
            if message.about == Subject::Client(from) {
                message.about = Subject::Client(into);
            }
        }
        for hold in self.holds.iter_mut().filter(|it| it.client == from) {
            hold.client = into;
        }
        for named in self.delegations.iter_mut().filter(|it| it.client == Some(from)) {
            named.client = Some(into);
        }
        for room in &mut self.rooms {
            if let Some(at) = room.clients.iter().position(|it| *it == from) {
                room.clients.remove(at);
                if !room.clients.contains(&into) {
                    room.clients.push(into);
                }
            }
        }
        for client in self.clients.iter_mut().filter(|it| it.merged_into == Some(from)) {
            client.merged_into = Some(into);
        }
        self.clients[from].merged_into = Some(into);
        self.forget_in_batches(from);
    }
}
