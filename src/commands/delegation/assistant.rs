//! A practitioner's own assistant: the seat, the invitation to it, and the delegation, in one step.

use super::{Terms, give, practitioner};
use crate::commands::admit::Command;
use crate::commands::invitation::{AskedFacts, SendInvitation, Whom, new_seat, send_to_seat};
use crate::commands::look::About;
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::id::{DelegationId, InvitationId, StaffId};
use crate::domain::invitation::{Channel, Invitation, Recipient, Shown};
use crate::domain::refusal::Refusal;
use crate::domain::script::Hook;
use crate::domain::staff::{Role, Staff, Status};
use crate::domain::text::{Email, Locale, Paragraph, PersonName, Reason};
use crate::error::{InField, Result};
use crate::records;
use serde::{Deserialize, Serialize};

/// Adds an assistant for a practitioner and invites it by e-mail. Where the practice has an
/// assistant of that address already, that one gets the delegation, and an invitation only if it
/// has neither accepted one nor has one open.
#[derive(Debug, Clone, Serialize)]
pub struct InviteAssistant {
    /// For whom it will act; None is the seat that the actor acts for.
    pub practitioner: Option<StaffId>,
    /// The assistant's name.
    pub name: PersonName,
    /// The address that the invitation goes to.
    pub email: Email,
    /// The assistant's language.
    pub locale: Option<Locale>,
    /// A word of the practitioner's own, put into the message.
    pub note: Option<Paragraph>,
    /// What is delegated.
    pub terms: Terms,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssistantInvited {
    /// The delegation.
    pub delegation: DelegationId,
    /// The assistant's seat.
    pub staff: StaffId,
    /// The invitation, where one was sent.
    pub invitation: Option<InvitationId>,
}

impl Command for InviteAssistant {
    type Done = AssistantInvited;
    const ACTION: Option<Action> = Some(Action::AssistantInvite);
    const POLICY: Option<Hook> = Some(Hook::Invitation);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<AssistantInvited> {
        let practitioner = practitioner(unit, self.practitioner)?;
        unit.look().permit(Action::AssistantInvite, About::Staff(practitioner.id))?;
        let known = self.known(unit)?;
        let recipient = Recipient {
            name: Some(self.name.clone()),
            email: Some(self.email.clone()),
            phone: None,
            locale: self.locale.clone(),
        };
        let (seat, is_new) = match known {
            Some(seat) => (seat, false),
            None => (new_seat(unit, &recipient, Role::Assistant)?, true),
        };
        let invitation = if is_new || needs_invitation(unit, &seat)? {
            let send = SendInvitation {
                whom: Whom::Seat { staff: seat.id },
                recipient,
                channel: Some(Channel::Email),
                expires_in: None,
                note: self.note.clone(),
                facts: AskedFacts::default(),
            };
            Some(send_to_seat(unit, &send, &seat, is_new, practitioner.id)?.invitation)
        } else {
            None
        };
        let delegation = give(unit, &practitioner, &seat, &self.terms)?;
        Ok(AssistantInvited { delegation, staff: seat.id, invitation })
    }
}

impl InviteAssistant {
    /// The seat in the practice of whom the address is.
    ///
    /// Holders say themselves what address their seat shows. So its login must have the same, and
    /// proven; one without an address must have accepted the practice's invitation to it.
    fn known(&self, unit: &mut Unit<'_>) -> Result<Option<Staff>> {
        let practice = unit.look().practice()?;
        let mut seats = Vec::new();
        for id in records::staff::of_address(&mut unit.write, practice.id, &self.email)? {
            seats.push(unit.look().staff(id)?);
        }
        let name = self.email.canonical();
        if let Some(login) = records::login::find_by_name(&mut unit.write, practice.portal, name)? {
            let held = records::staff::of_login(&mut unit.write, login)?.into_iter();
            let is_here =
                |seat: &Staff| seat.practice == practice.id && seat.status != Status::Ended;
            seats.extend(held.filter(is_here));
        }
        for seat in seats {
            if !self.is_of(unit, &seat)? {
                continue;
            }
            if seat.role != Role::Assistant {
                return Err(Reason::WrongRole).field("email");
            }
            if seat.status != Status::Active {
                return Err(Refusal::StatusNotAllowed.into());
            }
            return Ok(Some(seat));
        }
        Ok(None)
    }

    fn is_of(&self, unit: &mut Unit<'_>, seat: &Staff) -> Result<bool> {
        let Some(login) = seat.login else { return Ok(true) };
        let Some(login) = records::login::find(&mut unit.write, login)? else { return Ok(true) };
        let is_it = |email: &Email| email.canonical() == self.email.canonical();
        match &login.email {
            Some(own) => Ok(login.email_verified && is_it(own)),
            None => {
                let sent = records::invitation::of_seat(&mut unit.write, seat.id, usize::MAX)?;
                let went_there = |it: &Invitation| it.recipient.email.as_ref().is_some_and(is_it);
                Ok(sent.iter().any(|it| it.shown(unit.now()) == Shown::Accepted && went_there(it)))
            }
        }
    }
}

/// Whether a seat has no holder, and nothing by which somebody could become it.
fn needs_invitation(unit: &mut Unit<'_>, seat: &Staff) -> Result<bool> {
    let now = unit.now();
    let sent = records::invitation::of_seat(&mut unit.write, seat.id, usize::MAX)?;
    Ok(seat.login.is_none() && !sent.iter().any(|it| it.shown(now) == Shown::Pending))
}
