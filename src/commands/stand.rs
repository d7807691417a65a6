//! Where an actor stands, and how near a thing is to it: what the access table is asked with.

use super::look::{About, Look};
use crate::domain::access::{Action, Relation, Standing, Step, StepKind};
use crate::domain::actor::{Scope, Who};
use crate::domain::delegation::{Clients, Delegation, State};
use crate::domain::grant::Way;
use crate::domain::id::{ClientId, LoginId, PortalId, StaffId};
use crate::domain::practice::{self, Practice};
use crate::domain::proxy::Tie;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Role, Staff};
use crate::error::{Error, Result};
use crate::records;

/// Which clients a seat sees that does not see the whole practice.
#[derive(Debug, Clone)]
pub struct Sight {
    /// The seat to which they are open: the practitioner's, where another acts for it.
    pub seat: StaffId,
    /// Which of them count.
    pub clients: Clients,
}

/// What the access table says of a standing, in a practice that may be suspended.
fn reaches(
    practice: &Practice,
    action: Action,
    standing: Standing,
    relation: Relation,
    has_reason: bool,
) -> Result<()> {
    if practice.status == practice::Status::Suspended && !action.only_reads() {
        return Err(Refusal::PracticeSuspended.into());
    }
    Ok(action.reach(standing).admit(relation, has_reason)?)
}

impl Look<'_> {
    /// Asks the access table, reading status, role, session and relation again.
    ///
    /// # Errors
    /// The refusal that the actor gets; `NotFound` where a login has no tie to the client.
    pub fn permit(&mut self, action: Action, about: About<'_>) -> Result<Standing> {
        let practice = self.practice()?;
        let (standing, relation) = self.stand(&practice, action, about)?;
        let has_reason = self.context.actor.source.reason.is_some();
        let answer = reaches(&practice, action, standing, relation, has_reason);
        self.context.trail.held(StepKind::Role, None, answer)?;
        Ok(standing)
    }

    /// Looks for a thing. Where it is not here, whoever may not do the action to anything at all
    /// gets that refusal: else it could tell the ids and external ids that exist from others.
    ///
    /// # Errors
    /// What `work` gives, or the actor's own refusal in the place of `NotFound` and `ClientMerged`.
    pub fn hiding<T>(
        &mut self,
        action: Action,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let answer = work(self);
        if let Err(Error::Refused(Refusal::NotFound | Refusal::ClientMerged)) = answer {
            let practice = self.practice()?;
            let (standing, _) = self.stand(&practice, action, About::Practice)?;
            // A reason that is missing says nothing of the thing.
            reaches(&practice, action, standing, Relation::Own, true)?;
        }
        answer
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

    /// Which clients the actor sees; None where it sees all of the practice, or itself alone.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn sight(&mut self, standing: Standing) -> Result<Option<Sight>> {
        let actor = &self.context.actor;
        Ok(match (standing, actor.who, actor.on_behalf_of) {
            (Standing::Practitioner | Standing::Assistant, Who::Staff(seat), _) => {
                Some(Sight { seat, clients: Clients::All })
            }
            (Standing::Delegate, Who::Staff(assistant), Some(seat)) => {
                let delegation = self.delegation_in_force(assistant, seat)?;
                Some(Sight { seat, clients: delegation.clients })
            }
            _ => None,
        })
    }

    /// Whether a client is in sight.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn sees(&mut self, sight: &Sight, client: ClientId) -> Result<bool> {
        Ok(sight.clients.has(client) && self.is_open_to(sight.seat, client)?)
    }

    fn stand(
        &mut self,
        practice: &Practice,
        action: Action,
        about: About<'_>,
    ) -> Result<(Standing, Relation)> {
        match (self.context.actor.who, self.context.actor.on_behalf_of) {
            (Who::Host, on_behalf_of) => {
                if let Some(seat) = on_behalf_of {
                    self.staff(seat)?.require_active()?;
                }
                Ok((Standing::Host, Relation::Practice))
            }
            (Who::Staff(assistant), Some(practitioner)) => {
                self.stand_as_delegate(assistant, practitioner, action, about)
            }
            (Who::Login { .. } | Who::Visitor, Some(_)) => Err(Refusal::DelegationMissing.into()),
            (Who::Visitor, None) => Ok((Standing::Visitor, Relation::Practice)),
            (Who::Staff(id), None) => self.stand_as_staff(id, action, about),
            (Who::Login { id, epoch }, None) => {
                self.stand_as_login(practice, action, id, epoch, about)
            }
        }
    }

    /// The seat that acts, once it and its session are good.
    fn acting_seat(&mut self, id: StaffId) -> Result<Staff> {
        let seat = self.staff(id)?;
        let trail = &self.context.trail;
        let active = seat.require_active().map_err(Error::from);
        trail.held(StepKind::Seat, Some(id.into()), active)?;
        let session = self.require_staff_session(&seat);
        trail.held(StepKind::Session, seat.login.map(Into::into), session)?;
        Ok(seat)
    }

    fn stand_as_staff(
        &mut self,
        id: StaffId,
        action: Action,
        about: About<'_>,
    ) -> Result<(Standing, Relation)> {
        let seat = self.acting_seat(id)?;
        let standing = Standing::from(seat.role);
        let sight = Sight { seat: id, clients: Clients::All };
        let relation = match about {
            _ if standing == Standing::Admin => Relation::Practice,
            About::Practice => Relation::Practice,
            About::New => Relation::Own,
            About::Staff(other) if other == id => Relation::Own,
            About::Staff(other) if standing == Standing::Practitioner => {
                self.relation_to_assistant(id, action, other)?
            }
            About::Staff(_) => Relation::Practice,
            About::Client(client) => self.relation_to_client(&sight, client)?,
            About::Login(login) if seat.login == Some(login) => Relation::Own,
            About::Login(login) => self.relation_to_login(&sight, login)?,
            About::Invitation(invitation) => match invitation.client() {
                // A client's invitation goes with its chart, which may have been closed since.
                Some(client) => self.relation_to_client(&sight, client)?,
                // Colleagues may delegate to the seat too, so its link is for its mailbox alone.
                None if invitation.seat().is_some() && action == Action::InvitationShowLink => {
                    Relation::Practice
                }
                None if invitation.inviting_seat() == Some(id) => Relation::Own,
                None => Relation::Practice,
            },
            About::Delegation(it) if it.practitioner == id || it.assistant == id => Relation::Own,
            About::Made(maker) if maker == Who::Staff(id) => Relation::Own,
            About::Delegation(_) | About::Made(_) => Relation::Practice,
        };
        Ok((standing, relation))
    }

    /// An assistant in a practitioner's place: what is the practitioner's, as far as the
    /// delegation goes. Whoever may act for named clients alone makes no others.
    fn stand_as_delegate(
        &mut self,
        assistant: StaffId,
        practitioner: StaffId,
        action: Action,
        about: About<'_>,
    ) -> Result<(Standing, Relation)> {
        self.acting_seat(assistant)?;
        let delegation = self.delegation_in_force(assistant, practitioner).and_then(|found| {
            let is_missing = action.is_delegable() && !found.covers(action);
            if is_missing { Err(Refusal::DelegationMissing.into()) } else { Ok(found) }
        });
        let thing = delegation.as_ref().ok().map(|found| found.id.into());
        let delegation = self.context.trail.held(StepKind::Delegation, thing, delegation)?;
        let for_all = delegation.clients == Clients::All;
        let sight = Sight { seat: practitioner, clients: delegation.clients };
        let relation = match about {
            About::Practice | About::Staff(_) | About::Delegation(_) | About::Made(_) => {
                Relation::Practice
            }
            About::New if for_all || action.only_reads() => Relation::Own,
            About::New => Relation::Practice,
            About::Client(client) => self.relation_to_client(&sight, client)?,
            About::Login(login) => self.relation_to_login(&sight, login)?,
            About::Invitation(invitation) => match (invitation.client(), invitation.seat()) {
                (Some(client), _) => self.relation_to_client(&sight, client)?,
                (None, None) if for_all && invitation.inviting_seat() == Some(practitioner) => {
                    Relation::Own
                }
                (None, _) => Relation::Practice,
            },
        };
        Ok((Standing::Delegate, relation))
    }

    /// The delegation by which an assistant acts for a practitioner now.
    fn delegation_in_force(
        &mut self,
        assistant: StaffId,
        practitioner: StaffId,
    ) -> Result<Delegation> {
        let (one, other) = (self.staff(assistant)?, self.staff(practitioner)?);
        let now = self.now();
        let given = records::delegation::between(self.read, assistant, practitioner)?;
        let mut given = given.into_iter().filter(|it| it.assistant == assistant);
        let live = given.find(|it| it.state(&one, &other, now) == State::Live);
        Ok(live.ok_or(Refusal::DelegationMissing)?)
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

    /// An assistant whom the practitioner invited is near while it acts for the practitioner; and
    /// for leaving, which takes its seat from everybody, while it acts for nobody else.
    fn relation_to_assistant(
        &mut self,
        practitioner: StaffId,
        action: Action,
        other: StaffId,
    ) -> Result<Relation> {
        if !self.has_invited_assistant(practitioner, other)? {
            return Ok(Relation::Practice);
        }
        let now = self.now();
        let open = records::delegation::open_of(self.read, other)?.into_iter();
        let mut open = open.filter(|it| it.is_open(now)).map(|it| it.practitioner);
        let is_near = match action {
            Action::DeletionPlan | Action::DeletionConfirm => open.all(|it| it == practitioner),
            _ => open.any(|it| it == practitioner),
        };
        Ok(if is_near { Relation::Granted } else { Relation::Practice })
    }

    /// Whether a seat is an assistant's whom the practitioner invited.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn has_invited_assistant(&mut self, practitioner: StaffId, other: StaffId) -> Result<bool> {
        if self.staff(other)?.role != Role::Assistant {
            return Ok(false);
        }
        let invited = records::invitation::of_seat(self.read, other, usize::MAX)?;
        Ok(invited.iter().any(|it| it.inviting_seat() == Some(practitioner)))
    }

    fn relation_to_client(&mut self, sight: &Sight, client: ClientId) -> Result<Relation> {
        let way = match sight.clients.has(client) {
            true => self.way_to(sight.seat, client)?,
            false => None,
        };
        let (kind, thing) = match &way {
            Some(Way::Grant(grant)) => (StepKind::Grant, Some(grant.id.into())),
            Some(Way::Room(room)) => (StepKind::Room, Some((*room).into())),
            None => (StepKind::Grant, None),
        };
        let holds = way.is_some();
        self.context.trail.keep(Step { kind, thing, holds, refusal: None });
        Ok(if holds { Relation::Granted } else { Relation::Practice })
    }

    fn relation_to_login(&mut self, sight: &Sight, login: LoginId) -> Result<Relation> {
        let here = self.context.practice()?;
        // A practitioner reaches a client's login, never a colleague's that is also a client.
        let seats = records::staff::of_login(self.read, login)?;
        if seats.iter().any(|seat| seat.practice == here) {
            return Ok(Relation::Practice);
        }
        // Whoever holds the login sees all that it reaches, so all of it must be open.
        let now = self.now();
        let mut relation = Relation::Practice;
        for proxy in records::proxy::of_login(self.read, login)? {
            if proxy.practice != here || !proxy.is_live(now) {
                continue;
            }
            if !self.sees(sight, proxy.client)? {
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
            About::Practice
            | About::New
            | About::Staff(_)
            | About::Login(_)
            | About::Delegation(_)
            | About::Made(_) => None,
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
