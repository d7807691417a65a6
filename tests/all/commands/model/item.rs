//! Items: what the product holds about clients, told of by staff and by clients themselves.

use super::access::{self, About};
use super::ops::{self, By, To};
use super::outbox::{Premise, Subject};
use super::real::Real;
use super::stories;
use super::table::{ITEM_PUT, ITEM_REMOVE, ITEM_SET_STATUS, Row};
use super::world::{Answer, Proxy, World, latest, place};
use admit::commands::item::{ItemFilter, PutItem, RemoveItem, SetItemStatus};
use admit::domain::actor::Actor;
use admit::domain::item::{self, Word};
use admit::domain::refusal::Refusal;
use admit::domain::staff;
use admit::domain::text::ExternalId;
use proptest::prelude::*;

#[derive(Debug, Clone, Copy)]
pub enum Op {
    Put {
        by: By,
        client: u8,
        kind: &'static str,
        key: Option<&'static str>,
        status: Option<&'static str>,
    },
    SetStatus {
        by: By,
        item: u8,
        status: &'static str,
    },
    Remove {
        by: By,
        item: u8,
    },
}

/// A client, or who acts for it, opens the chart by its own hand.
fn share() -> BoxedStrategy<ops::Op> {
    let by = stories::at().prop_map(|login| By::Login { login, practice: 0 });
    (by, stories::at(), stories::to())
        .prop_map(|(by, client, to)| ops::Op::GiveGrant { by, client, to, days: None })
        .boxed()
}

pub fn op() -> BoxedStrategy<ops::Op> {
    let kind = || prop::sample::select(vec!["kit", "result"]);
    let key = || prop::option::weighted(0.6, prop::sample::select(vec!["K1", "K2", "K3"]));
    let status = || prop::sample::select(vec!["received", "ready", "shipped"]);
    let op = prop_oneof![
        4 => (stories::by(), stories::at(), kind(), key(), prop::option::of(status())).prop_map(
            |(by, client, kind, key, status)| Op::Put { by, client, kind, key, status }
        ),
        3 => (stories::by(), stories::latest(), status())
            .prop_map(|(by, item, status)| Op::SetStatus { by, item, status }),
        1 => (stories::by(), stories::latest()).prop_map(|(by, item)| Op::Remove { by, item }),
    ];
    prop_oneof![4 => op.prop_map(ops::Op::Item), 1 => share()].boxed()
}

pub struct Item {
    pub client: usize,
    pub kind: &'static str,
    /// The host's own.
    pub key: Option<&'static str>,
    pub status: Option<&'static str>,
    /// Of which statuses people have heard.
    pub heard: Vec<&'static str>,
    pub is_removed: bool,
}

impl World {
    pub fn take_item(&mut self, op: Op) -> Option<Answer> {
        Some(match op {
            Op::Put { by, client, kind, key, status } => {
                let (actor, client) = (self.actor(by)?, place(client, self.clients.len())?);
                let (heard, is_removed) = (vec![], false);
                self.put_item(actor, Item { client, kind, key, status, heard, is_removed })
            }
            Op::SetStatus { by, item, status } => {
                let (actor, at) = (self.actor(by)?, latest(item, self.items.len())?);
                self.set_item_status(actor, at, status)
            }
            Op::Remove { by, item } => {
                let (actor, at) = (self.actor(by)?, latest(item, self.items.len())?);
                self.item_here(actor, at, ITEM_REMOVE).map(|()| self.items[at].is_removed = true)
            }
        })
    }

    /// Who tells of an item has made it, unless the key is known; where it stands, and what it is
    /// instead, are not a client's to tell.
    fn put_item(&mut self, actor: access::Actor, told: Item) -> Answer {
        let client = About::Client(told.client);
        self.client_here(actor, told.client, ITEM_PUT)?;
        self.may(actor, ITEM_PUT, client)?;
        let has_key = |it: &Item| {
            let here = self.clients[it.client].practice == actor.practice;
            it.key.is_some() && it.key == told.key && here && !it.is_removed
        };
        let status = told.status;
        let Some(known) = self.items.iter().position(has_key) else {
            if status.is_some() {
                self.may(actor, ITEM_SET_STATUS, client)?;
            }
            self.items.push(Item { status: None, ..told });
            self.move_item(self.items.len() - 1, status);
            return Ok(());
        };
        let it = &self.items[known];
        if it.client != told.client {
            return Err(Refusal::ExternalIdTaken.into());
        }
        if it.kind != told.kind || (status.is_some() && it.status != status) {
            self.may(actor, ITEM_SET_STATUS, client)?;
            self.items[known].kind = told.kind;
            self.move_item(known, status);
        }
        Ok(())
    }

    fn set_item_status(&mut self, actor: access::Actor, at: usize, status: &'static str) -> Answer {
        self.item_here(actor, at, ITEM_SET_STATUS)?;
        self.move_item(at, Some(status));
        Ok(())
    }

    fn item_here(&self, actor: access::Actor, at: usize, row: Row) -> Answer {
        let client = self.items[at].client;
        self.here(actor, self.clients[client].practice, row)?;
        self.exists(actor, !self.items[at].is_removed, row)?;
        self.may(actor, row, About::Client(client))
    }

    /// That it was received, and that it is ready, is told once for each item.
    fn move_item(&mut self, at: usize, status: Option<&'static str>) {
        let Some(status) = status else { return };
        let it = &mut self.items[at];
        it.status = Some(status);
        let kind = match status {
            "received" => "item_received",
            "ready" => "item_ready",
            _ => return,
        };
        if !it.heard.contains(&status) {
            it.heard.push(status);
            self.tell_of_item(at, kind);
        }
    }

    /// The client hears and every seat to which its chart is open, at one address once.
    fn tell_of_item(&mut self, at: usize, kind: &'static str) {
        let client = self.items[at].client;
        let mut told = self.client_side(client);
        for address in &told {
            let premise = Premise::Item { at, to_client: true };
            self.tell_if(premise, Subject::Client(client), kind, Some(*address));
        }
        for seat in 0..self.seats.len() {
            if self.chart_is_open(seat, client) {
                self.tell_seat_of_item(at, seat, kind, &mut told);
            }
        }
    }

    /// A seat that may work hears, unless its address has heard.
    fn tell_seat_of_item(
        &mut self,
        at: usize,
        seat: usize,
        kind: &'static str,
        told: &mut Vec<u8>,
    ) {
        let it = &self.seats[seat];
        let (works, address) = (it.approved && it.status == staff::Status::Active, it.address);
        let Some(address) = address.filter(|it| works && !told.contains(it)) else { return };
        told.push(address);
        let about = Subject::Client(self.items[at].client);
        self.tell_if(Premise::Item { at, to_client: false }, about, kind, Some(address));
    }

    /// Where a client that gets notices hears: at its address, else its own login's, else its
    /// guardians'.
    fn client_side(&self, client: usize) -> Vec<u8> {
        if !self.gets_notices(client) {
            return vec![];
        }
        if let Some(address) = self.clients[client].address {
            return vec![address];
        }
        let of_logins = |guardian: bool| {
            let held = |it: &&Proxy| {
                it.client == client
                    && it.guardian == guardian
                    && self.holds(it)
                    && !self.logins[it.login].is_removed
            };
            let held = self.proxies.iter().filter(held);
            let mut addresses: Vec<u8> =
                held.filter_map(|it| self.logins[it.login].address).collect();
            addresses.sort_unstable();
            addresses.dedup();
            addresses
        };
        let own = of_logins(false);
        if own.is_empty() { of_logins(true) } else { own }
    }

    /// Tells of a client's latest item those to whom its chart is opened; false where it has none.
    pub fn share_items(&mut self, client: usize, to: To) -> bool {
        let is_theirs = |it: &Item| it.client == client && !it.is_removed;
        let Some(at) = self.items.iter().rposition(is_theirs) else { return false };
        let seats = match to {
            To::Seat(seat) => vec![seat.into()],
            To::Room(room) => self.rooms[usize::from(room)].seats.clone(),
        };
        let mut told = vec![];
        for seat in seats {
            self.tell_seat_of_item(at, seat, "item_shared", &mut told);
        }
        true
    }

    /// What a list shows of a client's items, the latest first.
    pub fn item_row(&self, client: usize) -> String {
        let row = |(at, it): (usize, &Item)| {
            format!("{at} {} {} {}", it.kind, it.key.unwrap_or("-"), it.status.unwrap_or("-"))
        };
        let items = self.items.iter().enumerate().rev();
        let items = items.filter(|(_, it)| it.client == client && !it.is_removed).map(row);
        items.collect::<Vec<_>>().join(", ")
    }
}

fn word(text: &str) -> Word {
    Word::parse(text).unwrap()
}

impl Real {
    pub fn take_item(&mut self, op: Op, world: &World) -> Answer {
        let by = |by| self.actor(by, world);
        match op {
            Op::Put { by: who, client, kind, key, status } => {
                let external_id = key.map(|key| ExternalId::parse(key).unwrap());
                let (client, status) = (self.client(client), status.map(word));
                let put = PutItem { client, kind: word(kind), external_id, status };
                let item = self.run(&by(who), put)?;
                if !self.items.contains(&item) {
                    self.items.push(item);
                }
                Ok(())
            }
            Op::SetStatus { by: who, item, status } => {
                let item = self.items[latest(item, self.items.len()).unwrap()];
                self.run(&by(who), SetItemStatus { item, status: word(status) }).map(drop)
            }
            Op::Remove { by: who, item } => {
                let item = self.items[latest(item, self.items.len()).unwrap()];
                self.run(&by(who), RemoveItem { item }).map(drop)
            }
        }
    }

    pub fn item_row(&self, host: &Actor, client: usize) -> String {
        let filter = ItemFilter::default();
        let page = self.admit.items(host, self.clients[client], &filter, None, 500).unwrap();
        let row = |it: &item::Item| {
            let at = self.items.iter().position(|id| *id == it.id).unwrap();
            let key = it.external_id.as_ref().map_or("-", |key| key.as_str());
            let status = it.status.as_ref().map_or("-", Word::as_str);
            format!("{at} {} {key} {status}", it.kind.as_str())
        };
        page.items.iter().map(row).collect::<Vec<_>>().join(", ")
    }
}
