//! What a command may see: the nouns of the actor's practice.

use super::context::Context;
use crate::domain::actor::Who;
use crate::domain::batch::Batch;
use crate::domain::client::Client;
use crate::domain::delegation::Delegation;
use crate::domain::deletion::{EraseOrder, Hold};
use crate::domain::grant::{Grantee, Way};
use crate::domain::id::{
    BatchId, ClientId, DelegationId, EraseOrderId, GrantId, HoldId, InvitationId, ItemId, LoginId,
    MessageId, OpenLinkId, PracticeId, ProxyId, RoomId, StaffId,
};
use crate::domain::invitation::Invitation;
use crate::domain::item::Item;
use crate::domain::login::Login;
use crate::domain::message::Message;
use crate::domain::open_link::OpenLink;
use crate::domain::practice::Practice;
use crate::domain::proxy::Proxy;
use crate::domain::refusal::Refusal;
use crate::domain::room::Room;
use crate::domain::staff::{self, Staff};
use crate::domain::{grant::Grant, time::Timestamp};
use crate::error::Result;
use crate::records;
use crate::store::Read;
use std::collections::BTreeSet;

/// What an action is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// The practice itself, or a thing that only the practice has.
    Practice,
    /// Something that the actor is about to make.
    New,
    /// A seat.
    Staff(StaffId),
    /// A client, or what hangs on it.
    Client(ClientId),
    /// A login.
    Login(LoginId),
    /// An invitation.
    Invitation(&'a Invitation),
    /// A delegation.
    Delegation(&'a Delegation),
    /// Something that somebody made and that is nobody else's.
    Made(Who),
}

/// A view of the store for one command.
pub struct Look<'a> {
    /// The rows.
    pub read: &'a mut dyn Read,
    /// What the command knows.
    pub context: &'a Context,
}

impl Look<'_> {
    /// The time of the command.
    pub const fn now(&self) -> Timestamp {
        self.context.now
    }

    /// The actor's practice.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn practice(&mut self) -> Result<Practice> {
        let id = self.context.practice()?;
        Ok(records::practice::find(self.read, id)?.ok_or(Refusal::NotFound)?)
    }

    fn is_here(&self, practice: PracticeId) -> std::result::Result<(), Refusal> {
        if self.context.practice()? == practice { Ok(()) } else { Err(Refusal::NotFound) }
    }

    /// A client of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too; `ClientMerged` where it lives on in another.
    pub fn client(&mut self, id: ClientId) -> Result<Client> {
        if let Some(found) = records::client::find(self.read, id)? {
            self.is_here(found.practice)?;
            return Ok(found);
        }
        let merged = records::merged::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(merged.practice)?;
        // A login hears of no client but those that it is tied to.
        if let Who::Login { id, .. } = self.context.actor.who
            && !self.is_tied(id, merged.into)?
        {
            return Err(Refusal::NotFound.into());
        }
        Err(Refusal::ClientMerged.into())
    }

    fn is_tied(&mut self, login: LoginId, client: ClientId) -> Result<bool> {
        let now = self.now();
        let held = records::proxy::of_login(self.read, login)?;
        Ok(held.iter().any(|proxy| proxy.client == client && proxy.is_live(now)))
    }

    /// A seat of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn staff(&mut self, id: StaffId) -> Result<Staff> {
        let found = records::staff::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// A room of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn room(&mut self, id: RoomId) -> Result<Room> {
        let found = records::room::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// An invitation of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn invitation(&mut self, id: InvitationId) -> Result<Invitation> {
        let found = records::invitation::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// An open link of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn open_link(&mut self, id: OpenLinkId) -> Result<OpenLink> {
        let found = records::open_link::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// A grant of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn grant(&mut self, id: GrantId) -> Result<Grant> {
        let found = records::grant::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// A delegation of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn delegation(&mut self, id: DelegationId) -> Result<Delegation> {
        let found = records::delegation::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// A proxy to a client of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn proxy(&mut self, id: ProxyId) -> Result<Proxy> {
        let found = records::proxy::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// A message of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn message(&mut self, id: MessageId) -> Result<Message> {
        let found = records::message::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// A hold of the actor's practice, lifted ones too.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn hold(&mut self, id: HoldId) -> Result<Hold> {
        let found = records::deletion::find_hold(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// An erase order of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn erase_order(&mut self, id: EraseOrderId) -> Result<EraseOrder> {
        let found = records::deletion::find_order(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// A batch of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn batch(&mut self, id: BatchId) -> Result<Batch> {
        let found = records::batch::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// An item of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn item(&mut self, id: ItemId) -> Result<Item> {
        let found = records::item::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
    }

    /// A login that has a seat or a client in the actor's practice, or is the actor itself.
    ///
    /// # Errors
    /// `NotFound`, for one that has nothing here too.
    pub fn login(&mut self, id: LoginId) -> Result<Login> {
        let found = records::login::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        if matches!(self.context.actor.who, Who::Login { id: own, .. } if own == id) {
            return Ok(found);
        }
        let (here, now) = (self.context.practice()?, self.now());
        let holds_seat =
            |seat: &Staff| seat.practice == here && seat.status != staff::Status::Ended;
        let holds_client = |proxy: &Proxy| proxy.practice == here && proxy.is_live(now);
        let is_known = records::staff::of_login(self.read, id)?.iter().any(holds_seat)
            || records::proxy::of_login(self.read, id)?.iter().any(holds_client);
        if is_known { Ok(found) } else { Err(Refusal::NotFound.into()) }
    }

    /// Whether a client's chart is open to a seat.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn is_open_to(&mut self, staff: StaffId, client: ClientId) -> Result<bool> {
        Ok(self.way_to(staff, client)?.is_some())
    }

    /// How a client's chart is open to a seat, if it is: by a grant to it, by sharing a room with
    /// the client, or by a grant to a room of its.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn way_to(&mut self, staff: StaffId, client: ClientId) -> Result<Option<Way>> {
        let now = self.now();
        let granted = |grantee, read: &mut dyn Read| -> Result<Option<Way>> {
            let grants = records::grant::between(read, grantee, client)?;
            let live = grants.into_iter().find(|grant| grant.is_live(now));
            Ok(live.map(|grant| Way::Grant(Box::new(grant))))
        };
        if let Some(way) = granted(Grantee::Staff(staff), self.read)? {
            return Ok(Some(way));
        }
        let rooms = records::room::of_member(self.read, staff.into())?;
        if rooms.is_empty() {
            return Ok(None);
        }
        let shared = records::room::of_member(self.read, client.into())?;
        for room in rooms {
            if shared.contains(&room) {
                return Ok(Some(Way::Room(room)));
            }
            if let Some(way) = granted(Grantee::Room(room), self.read)? {
                return Ok(Some(way));
            }
        }
        Ok(None)
    }

    /// The seats to which a client's chart is open, by the rule of `is_open_to`.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn staff_with(&mut self, client: ClientId) -> Result<BTreeSet<StaffId>> {
        let now = self.now();
        let mut rooms = records::room::of_member(self.read, client.into())?;
        let mut staff = BTreeSet::new();
        for grant in records::grant::of_client(self.read, client)? {
            match grant.grantee {
                _ if !grant.is_live(now) => {}
                Grantee::Staff(seat) => {
                    staff.insert(seat);
                }
                Grantee::Room(room) => rooms.push(room),
            }
        }
        for room in rooms {
            staff.extend(records::room::staff(self.read, room)?);
        }
        Ok(staff)
    }
}
