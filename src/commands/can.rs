//! What an actor may do, asked beforehand, so that menus tell the truth.

use super::admit::Admit;
use super::invitation::has_own_login;
use super::look::{About, Look};
use super::{delegation, open_link, reset};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Who};
use crate::domain::batch::Stage;
use crate::domain::client::{Nature, Status};
use crate::domain::id::{
    BatchId, ClientId, DelegationId, EraseOrderId, GrantId, HoldId, InvitationId, ItemId, LoginId,
    MessageId, Noun, OpenLinkId, ProxyId, RoomId, StaffId, Thing,
};
use crate::domain::invitation::State;
use crate::domain::refusal::Refusal;
use crate::domain::staff::{self, Role};
use crate::error::{Error, Result};

impl Admit {
    /// Answers with the refusal that an action would give, and records nothing.
    ///
    /// It asks the access table, and the state of the thing as far as the thing alone decides.
    /// Without a thing it says whether there can be one of its own for which the actor may.
    ///
    /// # Errors
    /// The refusal; `NotFound` for a thing that is not in the actor's practice, or that the action
    /// is not about.
    pub fn can(&self, actor: &Actor, action: Action, thing: Option<Thing>) -> Result<()> {
        let context = self.context(actor)?;
        self.snapshot(|read| {
            let look = &mut Look { read, context: &context };
            match look.hiding(action, |look| answer(look, action, thing)) {
                Err(Error::Store(fault)) => Err(fault),
                decided => Ok(decided),
            }
        })?
    }
}

fn answer(look: &mut Look<'_>, action: Action, thing: Option<Thing>) -> Result<()> {
    let Some(thing) = thing else {
        let about = match look.context.actor.who {
            Who::Login { id, .. } => About::Login(id),
            Who::Host | Who::Staff(_) | Who::Visitor => About::New,
        };
        look.permit(action, about)?;
        return switched_on(look, action);
    };
    match thing.noun {
        Noun::Practice if look.context.practice()?.uuid() == thing.id => {
            look.permit(action, About::Practice).map(|_| ())
        }
        Noun::Staff => staff(look, action, StaffId::from_uuid(thing.id)),
        Noun::Client => client(look, action, ClientId::from_uuid(thing.id)),
        Noun::Invitation => invitation(look, action, InvitationId::from_uuid(thing.id)),
        Noun::Login => {
            if action == Action::LoginRequestReset {
                reset::require_known(&look.context.actor)?;
            }
            let login = look.login(LoginId::from_uuid(thing.id))?;
            look.permit(action, About::Login(login.id)).map(|_| ())
        }
        Noun::Room => {
            look.room(RoomId::from_uuid(thing.id))?;
            look.permit(action, About::Practice).map(|_| ())
        }
        Noun::Proxy => {
            let proxy = look.proxy(ProxyId::from_uuid(thing.id))?;
            look.permit(action, About::Client(proxy.client))?;
            let is_over = action == Action::ProxyEnd && !proxy.is_live(look.now());
            refuse_if(is_over, Refusal::AlreadyEnded)
        }
        Noun::Grant => {
            let grant = look.grant(GrantId::from_uuid(thing.id))?;
            look.permit(action, About::Client(grant.client))?;
            let is_over = action == Action::GrantWithdraw && !grant.is_live(look.now());
            refuse_if(is_over, Refusal::AlreadyEnded)
        }
        Noun::OpenLink => {
            let (link, _) = open_link::permitted(look, OpenLinkId::from_uuid(thing.id), action)?;
            let is_over = action == Action::OpenLinkRevoke && link.revoked_at.is_some();
            refuse_if(is_over, Refusal::AlreadyEnded)
        }
        Noun::Message => message(look, action, MessageId::from_uuid(thing.id)),
        Noun::Hold => {
            let hold = look.hold(HoldId::from_uuid(thing.id))?;
            look.permit(action, About::Client(hold.client))?;
            refuse_if(action == Action::HoldLift && !hold.stands(), Refusal::AlreadyEnded)
        }
        Noun::EraseOrder => {
            let order = look.erase_order(EraseOrderId::from_uuid(thing.id))?;
            look.permit(action, About::Practice)?;
            let is_over = action == Action::DeletionDone && order.done_at.is_some();
            refuse_if(is_over, Refusal::AlreadyEnded)
        }
        Noun::Practice | Noun::Challenge | Noun::ScriptSet | Noun::Store => {
            Err(Refusal::NotFound.into())
        }
        Noun::Delegation => {
            let delegation = look.delegation(DelegationId::from_uuid(thing.id))?;
            look.permit(action, About::Delegation(&delegation))?;
            let now = look.now();
            match action {
                Action::DelegationEnd => Ok(delegation.end(now).map(|_| ())?),
                Action::DelegationClear => Ok(delegation.clear(now).map(|_| ())?),
                _ => Ok(()),
            }
        }
        Noun::Item => {
            let item = look.item(ItemId::from_uuid(thing.id))?;
            look.permit(action, About::Client(item.client)).map(|_| ())
        }
        Noun::Batch => {
            let batch = look.batch(BatchId::from_uuid(thing.id))?;
            look.permit(action, About::Made(batch.maker))?;
            let is_over = matches!(batch.stage, Stage::Undoing | Stage::Undone);
            refuse_if(action == Action::InvitationPlan && is_over, Refusal::AlreadyEnded)
        }
    }
}

/// Whether the practice lets people come by themselves in this way.
fn switched_on(look: &mut Look<'_>, action: Action) -> Result<()> {
    let is_on = match action {
        Action::ClientEnterAsGuest => look.practice()?.settings.guests,
        Action::ClientRegister => look.practice()?.settings.registration,
        _ => true,
    };
    refuse_if(!is_on, Refusal::SwitchedOff)
}

fn refuse_if(holds: bool, refusal: Refusal) -> Result<()> {
    if holds { Err(refusal.into()) } else { Ok(()) }
}

fn staff(look: &mut Look<'_>, action: Action, id: StaffId) -> Result<()> {
    let seat = look.staff(id)?;
    // The table is asked about the practitioner; whoever looks at an assistant means to give it one.
    if action == Action::DelegationGive && seat.role == Role::Assistant {
        let standing = look.permit(action, About::New)?;
        return match look.context.actor.seat() {
            Some(giver) => delegation::require_own(look, standing, giver, id),
            None => Ok(()),
        };
    }
    look.permit(action, About::Staff(id))?;
    match action {
        Action::InvitationSend => {
            let is_open = seat.status == staff::Status::Active && seat.login.is_none();
            refuse_if(!is_open, Refusal::StatusNotAllowed)
        }
        Action::StaffApprove => Ok(seat.approve().map(|_| ())?),
        Action::StaffSuspend | Action::StaffChangeRole | Action::StaffEnd => {
            refuse_if(seat.status == staff::Status::Ended, Refusal::StatusNotAllowed)
        }
        _ => Ok(()),
    }
}

fn client(look: &mut Look<'_>, action: Action, id: ClientId) -> Result<()> {
    let client = look.client(id)?;
    look.permit(action, About::Client(id))?;
    match action {
        Action::InvitationSend => {
            client.require_invitable()?;
            let is_activated = has_own_login(look.read, id, look.context.now)?;
            refuse_if(is_activated, Refusal::ClientAlreadyActivated)
        }
        Action::ProxyAdd => {
            refuse_if(client.profile.nature == Nature::Other, Refusal::ClientIsNoPerson)
        }
        Action::ClientMerge => {
            let waits = matches!(client.status, Status::PendingDeletion { .. });
            refuse_if(waits, Refusal::ClientPendingDeletion)
        }
        Action::ClientSetStatus => {
            let waits = matches!(client.status, Status::PendingDeletion { .. });
            refuse_if(waits, Refusal::StatusNotAllowed)
        }
        Action::DeletionCallOff => {
            let waits = matches!(client.status, Status::PendingDeletion { .. });
            refuse_if(!waits, Refusal::StatusNotAllowed)
        }
        _ => Ok(()),
    }
}

fn invitation(look: &mut Look<'_>, action: Action, id: InvitationId) -> Result<()> {
    let invitation = look.invitation(id)?;
    look.permit(action, About::Invitation(&invitation))?;
    match action {
        Action::InvitationSend | Action::InvitationShowLink | Action::InvitationRevoke => {
            refuse_if(invitation.state != State::Pending, Refusal::InvitationClosed)
        }
        _ => Ok(()),
    }
}

/// A message is as near to the actor as the client it is about.
fn message(look: &mut Look<'_>, action: Action, id: MessageId) -> Result<()> {
    let subject = look.message(id)?.subject;
    let about = match subject {
        Some(Thing { noun: Noun::Client, id }) => About::Client(ClientId::from_uuid(id)),
        Some(Thing { noun: Noun::Staff, id }) => About::Staff(StaffId::from_uuid(id)),
        _ => About::Practice,
    };
    look.permit(action, about).map(|_| ())
}
