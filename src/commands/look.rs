//! What a command may see: the nouns of the actor's practice, and the access table's answer.

use super::context::Context;
use crate::domain::access::{Action, Relation, Standing, Step, StepKind};
use crate::domain::actor::{Scope, Who};
use crate::domain::client::Client;
use crate::domain::deletion::{EraseOrder, Hold};
use crate::domain::grant::{Grantee, Way};
use crate::domain::id::{
    ClientId, EraseOrderId, GrantId, HoldId, InvitationId, LoginId, MessageId, PortalId,
    PracticeId, ProxyId, RoomId, StaffId,
};
use crate::domain::invitation::Invitation;
use crate::domain::login::Login;
use crate::domain::message::Message;
use crate::domain::practice::{self, Practice};
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::room::Room;
use crate::domain::staff::{self, Staff};
use crate::domain::{grant::Grant, time::Timestamp};
use crate::error::{Error, Result};
use crate::records;
use crate::store::Read;

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
    /// `NotFound`, for another practice's too.
    pub fn client(&mut self, id: ClientId) -> Result<Client> {
        let found = records::client::find(self.read, id)?.ok_or(Refusal::NotFound)?;
        self.is_here(found.practice)?;
        Ok(found)
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

    /// A grant of the actor's practice.
    ///
    /// # Errors
    /// `NotFound`, for another practice's too.
    pub fn grant(&mut self, id: GrantId) -> Result<Grant> {
        let found = records::grant::find(self.read, id)?.ok_or(Refusal::NotFound)?;
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

    /// Asks the access table, reading status, role, session and relation again.
    ///
    /// # Errors
    /// The refusal that the actor gets; `NotFound` where a login has no tie to the client.
    pub fn permit(&mut self, action: Action, about: About<'_>) -> Result<Standing> {
        let practice = self.practice()?;
        let (standing, relation) = self.stand(&practice, action, about)?;
        if practice.status == practice::Status::Suspended && !action.only_reads() {
            return Err(Refusal::PracticeSuspended.into());
        }
        let has_reason = self.context.actor.source.reason.is_some();
        let answer = action.reach(standing).admit(relation, has_reason);
        self.context.trail.held(StepKind::Role, None, answer.map_err(Error::from))?;
        Ok(standing)
    }

    /// Asks the access table about what is done at a portal: by a visitor of it or the host, or by
    /// an actor of one of its practices.
    ///
    /// # Errors
    /// As `permit`; `NotFound` for a portal without practices.
    pub fn permit_at_portal(&mut self, action: Action) -> Result<PortalId> {
        let Scope::Portal(portal) = self.context.actor.scope else {
            self.permit(action, About::Practice)?;
            return Ok(self.practice()?.portal);
        };
        let standing = match self.context.actor.who {
            Who::Host => Standing::Host,
            Who::Visitor => Standing::Visitor,
            Who::Staff(_) | Who::Login { .. } => return Err(Refusal::NotPermitted.into()),
        };
        if records::practice::of_portal(self.read, portal, 1)?.is_empty() {
            return Err(Refusal::NotFound.into());
        }
        let has_reason = self.context.actor.source.reason.is_some();
        action.reach(standing).admit(Relation::Practice, has_reason)?;
        Ok(portal)
    }

    fn stand(
        &mut self,
        practice: &Practice,
        action: Action,
        about: About<'_>,
    ) -> Result<(Standing, Relation)> {
        match (self.context.actor.on_behalf_of, self.context.actor.who) {
            (Some(seat), Who::Host) => self.staff(seat)?.require_active()?,
            (Some(_), _) => return Err(Refusal::DelegationMissing.into()),
            (None, _) => {}
        }
        match self.context.actor.who {
            Who::Host => Ok((Standing::Host, Relation::Practice)),
            Who::Visitor => Ok((Standing::Visitor, Relation::Practice)),
            Who::Staff(id) => self.stand_as_staff(id, about),
            Who::Login { id, epoch } => self.stand_as_login(practice, action, id, epoch, about),
        }
    }

    fn stand_as_staff(&mut self, id: StaffId, about: About<'_>) -> Result<(Standing, Relation)> {
        let seat = self.staff(id)?;
        let trail = &self.context.trail;
        let thing = Some(id.into());
        trail.held(StepKind::Seat, thing, seat.require_active().map_err(Error::from))?;
        let session = self.require_staff_session(&seat);
        trail.held(StepKind::Session, seat.login.map(Into::into), session)?;
        let standing = Standing::from(seat.role);
        let relation = match about {
            _ if standing == Standing::Admin => Relation::Practice,
            About::Practice => Relation::Practice,
            About::New => Relation::Own,
            About::Staff(other) if other == id => Relation::Own,
            About::Staff(_) => Relation::Practice,
            About::Client(client) => self.relation_to_client(id, client)?,
            About::Login(login) => self.relation_to_login(id, login)?,
            About::Invitation(invitation) => match invitation.client() {
                // A client's invitation goes with its chart, which may have been closed since.
                Some(client) => self.relation_to_client(id, client)?,
                None if invitation.inviter == Who::Staff(id) => Relation::Own,
                None => Relation::Practice,
            },
        };
        Ok((standing, relation))
    }

    /// Holds that the seat's holder may act in the session at hand.
    fn require_staff_session(&mut self, seat: &Staff) -> Result<()> {
        let login = match seat.login {
            Some(login) => records::login::find(self.read, login)?,
            None => None,
        };
        match (login, self.context.actor.session) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(Refusal::SessionEnded.into()),
            (Some(login), session) => {
                if let Some(epoch) = session {
                    login.require_session(epoch)?;
                }
                let must_change = login.password.is_some_and(|password| password.must_change);
                if must_change { Err(Refusal::MustChangePassword.into()) } else { Ok(()) }
            }
        }
    }

    fn relation_to_client(&mut self, staff: StaffId, client: ClientId) -> Result<Relation> {
        let way = self.way_to(staff, client)?;
        let (kind, thing) = match &way {
            Some(Way::Grant(grant)) => (StepKind::Grant, Some(grant.id.into())),
            Some(Way::Room(room)) => (StepKind::Room, Some((*room).into())),
            None => (StepKind::Grant, None),
        };
        let holds = way.is_some();
        self.context.trail.keep(Step { kind, thing, holds, refusal: None });
        Ok(if holds { Relation::Granted } else { Relation::Practice })
    }

    fn relation_to_login(&mut self, staff: StaffId, login: LoginId) -> Result<Relation> {
        let here = self.context.practice()?;
        for seat in records::staff::of_login(self.read, login)? {
            if seat.id == staff {
                return Ok(Relation::Own);
            }
            // A practitioner reaches a client's login, never a colleague's that is also a client.
            if seat.practice == here {
                return Ok(Relation::Practice);
            }
        }
        // Whoever holds the login sees all that it reaches, so all of it must be open.
        let now = self.now();
        let mut relation = Relation::Practice;
        for proxy in records::proxy::of_login(self.read, login)? {
            if proxy.practice != here || !proxy.is_live(now) {
                continue;
            }
            if !self.is_open_to(staff, proxy.client)? {
                return Ok(Relation::Practice);
            }
            relation = Relation::Granted;
        }
        Ok(relation)
    }

    fn stand_as_login(
        &mut self,
        practice: &Practice,
        action: Action,
        id: LoginId,
        epoch: u32,
        about: About<'_>,
    ) -> Result<(Standing, Relation)> {
        let session = self.require_login_session(practice, action, id, epoch);
        self.context.trail.held(StepKind::Session, Some(id.into()), session)?;
        let client = match about {
            About::Login(other) if other == id => return Ok((Standing::Client, Relation::Own)),
            About::Client(client) => Some(client),
            About::Invitation(invitation) => invitation.client(),
            About::Practice | About::New | About::Staff(_) | About::Login(_) => None,
        };
        match client {
            Some(client) => self.stand_as_proxy(id, client),
            None => Ok((Standing::Client, Relation::Practice)),
        }
    }

    /// Holds that the login may act in its session.
    fn require_login_session(
        &mut self,
        practice: &Practice,
        action: Action,
        id: LoginId,
        epoch: u32,
    ) -> Result<()> {
        let login = records::login::find(self.read, id)?.ok_or(Refusal::SessionEnded)?;
        login.require_session(epoch)?;
        if login.portal != practice.portal {
            return Err(Refusal::SessionEnded.into());
        }
        let must_change = login.password.as_ref().is_some_and(|password| password.must_change);
        if must_change && action != Action::LoginChangePassword {
            return Err(Refusal::MustChangePassword.into());
        }
        Ok(())
    }

    fn stand_as_proxy(&mut self, login: LoginId, client: ClientId) -> Result<(Standing, Relation)> {
        let now = self.now();
        let held = records::proxy::of_login(self.read, login)?
            .into_iter()
            .find(|proxy| proxy.client == client && proxy.is_live(now));
        let (trail, thing) = (&self.context.trail, held.as_ref().map(|proxy| proxy.id.into()));
        let proxy = held.ok_or_else(|| Refusal::NotFound.into());
        let proxy = trail.held(StepKind::Proxy, thing, proxy)?;
        let has_access = match self.client(client)?.status.may_sign_in() {
            true => Ok(()),
            false => Err(Refusal::ActorSuspended.into()),
        };
        trail.held(StepKind::Client, Some(client.into()), has_access)?;
        Ok(match proxy.tie {
            Tie::Myself => (Standing::Client, Relation::Own),
            Tie::Guardian { .. } => (Standing::Guardian, Relation::Own),
        })
    }
}
