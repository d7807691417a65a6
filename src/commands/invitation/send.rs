//! Sending: a new invitation, a renewal of the one that is open, or a correction of its address.

use super::judge;
use super::whom::{self, Whom};
use super::{subject, template};
use crate::commands::admit::Command;
use crate::commands::audit::Note;
use crate::commands::context::Context;
use crate::commands::look::About;
use crate::commands::notice::{self, Notice};
use crate::commands::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::Who;
use crate::domain::chart::{Check, Fact, Facts};
use crate::domain::event::Happening;
use crate::domain::id::{InvitationId, MessageId, PracticeId, StaffId};
use crate::domain::invitation::{Channel, Invitation, Offer, Recipient, State};
use crate::domain::message::{Address, Carries, Kind, To};
use crate::domain::practice::{self, Practice};
use crate::domain::proxy::Tie;
use crate::domain::rate::Window;
use crate::domain::refusal::Refusal;
use crate::domain::script::{Hook, Version};
use crate::domain::staff::Staff;
use crate::domain::text::{Email, Paragraph};
use crate::domain::time::Timestamp;
use crate::error::{Error, Result};
use crate::records;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Invites, or renews what is open or lapsed for the same offer and address.
///
/// Another address for the same client and tie, or the same seat, is a correction: the earlier
/// link is revoked for good. Ties of different relationships are different ties.
#[derive(Debug, Clone, Serialize)]
pub struct SendInvitation {
    /// Who.
    pub whom: Whom,
    /// Name and addresses, where they are not those on file.
    pub recipient: Recipient,
    /// How the message travels. Copied, Qr and None send none: the link is shown.
    pub channel: Option<Channel>,
    /// How long it is open, in milliseconds; None is the practice's way.
    pub expires_in: Option<i64>,
    /// A word of the inviter's own, put into the message.
    pub note: Option<Paragraph>,
    /// Facts of the chart that acceptance must bring. Without any, a renewal keeps those asked
    /// before.
    pub facts: AskedFacts,
}

/// Facts of the chart that acceptance must bring, beside the link.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AskedFacts {
    /// With their values, of which the invitation keeps keyed digests.
    pub known: Facts,
    /// Without: the host confirms them at acceptance.
    pub of_host: BTreeSet<Fact>,
}

impl AskedFacts {
    fn check(&self, context: &Context, id: InvitationId) -> Check {
        let known = Fact::ALL.into_iter().filter_map(|fact| {
            let value = self.known.get(fact)?;
            Some((fact, Some(digest_of_fact(context, id, fact, value))))
        });
        let of_host = self.of_host.iter().map(|fact| (*fact, None));
        Check { asked: of_host.chain(known).collect(), wrong: 0 }
    }

    fn is_empty(&self) -> bool {
        self.known.is_empty() && self.of_host.is_empty()
    }
}

/// What an invitation keeps of a fact: nobody without the file's key can guess at it.
pub(in crate::commands) fn digest_of_fact(
    context: &Context,
    id: InvitationId,
    fact: Fact,
    value: &str,
) -> [u8; 32] {
    let parts: [&[u8]; 3] = [id.bytes(), fact.word().as_bytes(), value.as_bytes()];
    context.digest("fact of a chart", &parts)
}

/// What became of a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The invitation.
    pub invitation: InvitationId,
    /// Which link of it is good now.
    pub generation: u32,
    /// Whether it was open or lapsed before.
    pub is_renewed: bool,
    /// The seat that it offers, where it does.
    pub staff: Option<StaffId>,
}

impl Command for SendInvitation {
    type Done = Sent;
    const ACTION: Option<Action> = Some(Action::InvitationSend);
    const POLICY: Option<Hook> = Some(Hook::Invitation);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Sent> {
        let plan = plan(unit, self)?;
        carry_out(unit, self, plan)
    }
}

/// Everything that is decided before the first write, so that a refused row of many leaves none.
pub(super) struct Plan {
    practice: Practice,
    offer: Offer,
    recipient: Recipient,
    new_seat: Option<Staff>,
    address: Option<Address>,
    expires_at: Timestamp,
    renewed: Option<Invitation>,
    corrected: Vec<Invitation>,
    windows: Vec<([u8; 32], Window)>,
    policy: Option<Version>,
    on_behalf_of: Option<StaffId>,
}

/// What sending would do.
pub(in crate::commands) struct Foreseen {
    /// Whether an invitation would be renewed that is open or has lapsed.
    pub is_renewal: bool,
    /// Where the message would go.
    pub email: Option<Email>,
}

impl Plan {
    pub(super) fn foreseen(self) -> Foreseen {
        Foreseen { is_renewal: self.renewed.is_some(), email: self.recipient.email }
    }
}

pub(super) fn plan(unit: &mut Unit<'_>, send: &SendInvitation) -> Result<Plan> {
    let offered = whom::offered(unit, &send.whom, send.recipient.clone())?;
    planned(unit, send, offered)
}

/// Invites to a seat for a practitioner, once permitted; the seat is made where it is new.
pub(in crate::commands) fn send_to_seat(
    unit: &mut Unit<'_>,
    send: &SendInvitation,
    seat: &Staff,
    is_new: bool,
    practitioner: StaffId,
) -> Result<Sent> {
    let offer = Offer::Seat { staff: seat.id };
    let offered = (offer, send.recipient.clone(), is_new.then(|| seat.clone()));
    let plan = planned(unit, send, offered)?;
    let is_itself = unit.context.actor.who == Who::Staff(practitioner);
    let on_behalf_of = (!is_itself).then_some(practitioner);
    carry_out(unit, send, Plan { on_behalf_of, ..plan })
}

fn planned(
    unit: &mut Unit<'_>,
    send: &SendInvitation,
    (offer, recipient, new_seat): (Offer, Recipient, Option<Staff>),
) -> Result<Plan> {
    let practice = unit.look().practice()?;
    if let Some(staff) = unit.context.actor.on_behalf_of {
        unit.look().staff(staff)?;
    }
    if !send.facts.of_host.is_empty() && unit.context.options.fact_check.is_none() {
        return Err(Error::Misuse("no fact_check was given at open that could confirm facts"));
    }
    let lifetime = match send.expires_in {
        Some(millis) => practice::invitation_lifetime(millis, "expires_in_ms")?,
        None => practice.settings.invitation_lifetime,
    };
    let asked = judge::Asked { offer: &offer, recipient: &recipient, new_seat: new_seat.as_ref() };
    let allowed = judge::invitation(unit, &practice, asked, send.channel)?;
    let lifetime = allowed.longest.map_or(lifetime, |longest| lifetime.min(longest));
    let address = match send.channel {
        Some(Channel::Email) => {
            Some(recipient.email.clone().map(Address::Email).ok_or(Refusal::NotReachable)?)
        }
        Some(Channel::Sms) => {
            Some(recipient.phone.clone().map(Address::Phone).ok_or(Refusal::NotReachable)?)
        }
        None | Some(Channel::Copied | Channel::Qr) => None,
    };
    let windows = match &address {
        None => Vec::new(),
        Some(address) => {
            template(&practice, matches!(offer, Offer::Seat { .. }))?;
            windows(unit, address)?
        }
    };
    let (renewed, corrected) = earlier(unit, &practice, &offer, &recipient)?;
    let expires_at = unit.now().plus(lifetime);
    Ok(Plan {
        practice,
        offer,
        recipient,
        new_seat,
        address,
        expires_at,
        renewed,
        corrected,
        windows,
        policy: allowed.policy,
        on_behalf_of: unit.context.actor.on_behalf_of,
    })
}

/// What is open or lapsed for the same offer: the one to renew, and those whose address was wrong.
fn earlier(
    unit: &mut Unit<'_>,
    practice: &Practice,
    offer: &Offer,
    recipient: &Recipient,
) -> Result<(Option<Invitation>, Vec<Invitation>)> {
    let write = &mut unit.write;
    let found = match (offer, &recipient.email) {
        (Offer::Client { client, .. }, _) => {
            records::invitation::of_client(write, *client, usize::MAX)?
        }
        (Offer::Seat { staff }, _) => records::invitation::of_seat(write, *staff, usize::MAX)?,
        (Offer::NewClient { .. }, None) => Vec::new(),
        (Offer::NewClient { .. }, Some(email)) => {
            records::invitation::of_address(write, practice.id, email, usize::MAX)?
        }
    };
    let open = found.into_iter().filter(|it| it.state == State::Pending);
    let same = open.filter(|it| match (&it.offer, offer) {
        // A family shares an address; its members are told apart by name.
        (Offer::NewClient { .. }, Offer::NewClient { .. }) => it.recipient.name == recipient.name,
        (one, other) => one == other,
    });
    let same: Vec<_> = same.collect();
    let ours = theirs_left_out(unit, same)?;
    let (mut renewed, mut corrected): (Vec<_>, Vec<_>) =
        ours.into_iter().partition(|it| went_to(it, recipient));
    // Two guardians may have the same relationship: another address is another guardian.
    if matches!(offer, Offer::Client { tie: Tie::Guardian { .. }, .. }) {
        corrected.clear();
    }
    let first = if renewed.is_empty() { None } else { Some(renewed.remove(0)) };
    corrected.append(&mut renewed);
    Ok((first, corrected))
}

/// An invitation of nobody on file is its inviter's: a colleague makes one of its own beside it.
fn theirs_left_out(unit: &mut Unit<'_>, found: Vec<Invitation>) -> Result<Vec<Invitation>> {
    let mut ours = Vec::new();
    for invitation in found {
        match unit.look().permit(Action::InvitationSend, About::Invitation(&invitation)) {
            Err(Error::Refused(Refusal::NotPermitted)) => {}
            permitted => {
                permitted?;
                ours.push(invitation);
            }
        }
    }
    Ok(ours)
}

/// Whether an invitation went where a new one would go; one that went nowhere did.
fn went_to(invitation: &Invitation, recipient: &Recipient) -> bool {
    let earlier = &invitation.recipient;
    match (invitation.channel, &earlier.phone, &earlier.email) {
        (Some(Channel::Sms), Some(phone), _) => {
            recipient.phone.as_ref().is_some_and(|it| it.digits() == phone.digits())
        }
        (_, _, Some(email)) => {
            recipient.email.as_ref().is_some_and(|it| it.canonical() == email.canonical())
        }
        (_, _, None) => true,
    }
}

/// Under what a practice's invitations to one recipient are counted.
pub(in crate::commands) fn window_of(
    context: &Context,
    practice: PracticeId,
    recipient: &str,
) -> [u8; 32] {
    context.digest("invitations to", &[practice.bytes(), recipient.as_bytes()])
}

/// Counts one more message to a recipient, by the actor, of the practice (RULES S36).
pub(in crate::commands) fn windows(
    unit: &mut Unit<'_>,
    to: &Address,
) -> Result<Vec<([u8; 32], Window)>> {
    let practice = unit.context.practice()?;
    windows_in(unit, practice, &to.canonical())
}

/// As `windows`, in a practice that need not be the actor's.
pub(in crate::commands) fn windows_in(
    unit: &mut Unit<'_>,
    practice: PracticeId,
    recipient: &str,
) -> Result<Vec<([u8; 32], Window)>> {
    let context = unit.context;
    let limits = context.options.invitation_limits;
    let here = practice.bytes().as_slice();
    let mut asked = vec![
        (window_of(context, practice, recipient), limits.per_recipient),
        (context.digest("invitations of", &[here]), limits.per_practice),
    ];
    match context.actor.who {
        Who::Host => return Ok(Vec::new()),
        Who::Staff(staff) => {
            let digest = context.digest("invitations by", &[staff.bytes()]);
            asked.push((digest, limits.per_inviter));
        }
        Who::Login { .. } | Who::Visitor => {}
    }
    let now = unit.now();
    let mut windows = Vec::new();
    for (digest, limit) in asked {
        let window = records::rate::find(&mut unit.write, &digest)?;
        windows.push((digest, window.and_one(limit, now)?));
    }
    Ok(windows)
}

pub(super) fn carry_out(unit: &mut Unit<'_>, send: &SendInvitation, plan: Plan) -> Result<Sent> {
    for (digest, window) in &plan.windows {
        records::rate::put(&mut unit.write, digest, *window)?;
    }
    if let Some(seat) = &plan.new_seat {
        unit.save_staff(None, seat)?;
        let note = Note::done(seat.practice, Happening::StaffAdded, seat.id).about(seat.id);
        unit.note(note.with("role", seat.role.word()));
    }
    let now = unit.now();
    for old in plan.corrected {
        let new = old.clone().revoke(now)?;
        unit.save_invitation(Some(&old), &new)?;
        let note = Note::done(new.practice, Happening::InvitationRevoked, new.id);
        unit.note(note.about(subject(&new)).with("cause", "address corrected"));
    }
    let message = send.channel.filter(|_| plan.address.is_some());
    let base = match &plan.renewed {
        Some(old) => old.clone().renew(now, plan.expires_at)?,
        None => Invitation {
            id: unit.new_id(),
            practice: plan.practice.id,
            offer: plan.offer.clone(),
            recipient: plan.recipient.clone(),
            channel: None,
            inviter: unit.context.actor.who,
            on_behalf_of: None,
            note: None,
            generation: 1,
            sends: 1,
            expires_at: plan.expires_at,
            check: Check::default(),
            state: State::Pending,
            message: None,
            created_at: now,
            sent_at: now,
        },
    };
    let new = Invitation {
        offer: plan.offer,
        recipient: plan.recipient,
        channel: message,
        inviter: unit.context.actor.who,
        on_behalf_of: plan.on_behalf_of,
        note: send.note.clone(),
        check: if send.facts.is_empty() {
            base.check.clone()
        } else {
            send.facts.check(unit.context, base.id)
        },
        message: None,
        ..base
    };
    let message = plan.address.map(|address| post(unit, &new, address)).transpose()?;
    let new = Invitation { message, ..new };
    unit.save_invitation(plan.renewed.as_ref(), &new)?;
    note_sent(unit, &new, plan.renewed.is_some(), plan.policy);
    Ok(Sent {
        invitation: new.id,
        generation: new.generation,
        is_renewed: plan.renewed.is_some(),
        staff: new.seat(),
    })
}

fn note_sent(
    unit: &mut Unit<'_>,
    invitation: &Invitation,
    is_renewed: bool,
    policy: Option<Version>,
) {
    let about = subject(invitation);
    let happening =
        if is_renewed { Happening::InvitationRenewed } else { Happening::InvitationSent };
    let note = Note::done(invitation.practice, happening, invitation.id)
        .about(about)
        .with("channel", invitation.channel.map_or("link", Channel::word))
        .with("generation", invitation.generation);
    let note = match policy {
        Some(version) => note.with("policy", version),
        None => note,
    };
    let address = match invitation.channel {
        Some(Channel::Sms) => invitation.recipient.phone.as_ref().map(|it| it.as_str()),
        _ => invitation.recipient.email.as_ref().map(|it| it.as_str()),
    };
    unit.note(match address {
        Some(address) => note.of_person(about, "address", address),
        None => note,
    });
}

/// Posts the message that carries the present link of an invitation.
pub(super) fn post(
    unit: &mut Unit<'_>,
    invitation: &Invitation,
    address: Address,
) -> Result<MessageId> {
    let to = To {
        address,
        name: invitation.recipient.name.clone(),
        locale: invitation.recipient.locale.clone(),
        staff: invitation.seat().is_some(),
    };
    let carries = Carries::Invitation { id: invitation.id, generation: invitation.generation };
    let plain = Notice::plain(Kind::Invitation, invitation.practice, to, subject(invitation));
    notice::post(unit, Notice { carries, ..plain })
}
