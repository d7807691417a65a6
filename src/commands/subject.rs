//! The facts of policies and notices that are read of the nouns.

use super::failures;
use super::unit::Unit;
use crate::domain::access::Standing;
use crate::domain::actor::Who;
use crate::domain::client::{Client, Nature};
use crate::domain::id::ClientId;
use crate::domain::invitation::{Invitation, Shown};
use crate::domain::login::{self, Login};
use crate::domain::practice::Practice;
use crate::domain::proxy::Tie;
use crate::domain::staff::{Approval, Role, Staff};
use crate::domain::time::{DAY, Timestamp};
use crate::error::Result;
use crate::hooks::facts;
use crate::hooks::request;
use crate::records;
use crate::store::Read;

/// The practice that speaks.
pub(super) fn practice(practice: &Practice) -> facts::Practice {
    let settings = &practice.settings;
    facts::Practice {
        id: practice.id,
        name: practice.name.clone(),
        support_email: settings.support_email.clone(),
        support_phone: settings.support_phone.clone(),
        locale: settings.locale.clone(),
    }
}

/// The settings that a policy may go by.
pub(super) fn settings(practice: &Practice) -> request::Settings {
    let settings = &practice.settings;
    request::Settings {
        guests: settings.guests,
        registration: settings.registration,
        approval: settings.approval,
        invitation_days: u32::try_from(settings.invitation_lifetime / DAY).unwrap_or(u32::MAX),
        majority: settings.majority,
    }
}

/// A seat.
pub(super) fn seat(seat: &Staff) -> facts::Seat {
    facts::Seat { id: seat.id, external_id: seat.external_id.clone(), name: seat.name.display() }
}

/// A seat as a policy sees it.
pub(super) fn staff(staff: &Staff) -> request::StaffMember {
    request::StaffMember {
        seat: seat(staff),
        role: role(staff.role),
        status: staff.status.word(),
        is_approved: staff.approval == Approval::Approved,
    }
}

/// The logins that ever were a client itself, the latest first.
pub(super) fn own_logins(unit: &mut Unit<'_>, client: ClientId) -> Result<Vec<Login>> {
    let ties = records::proxy::of_client(&mut unit.write, client)?;
    let own = ties.into_iter().filter(|tie| tie.tie == Tie::Myself).rev();
    let mut logins = Vec::new();
    for tie in own {
        logins.extend(records::login::find(&mut unit.write, tie.login)?);
    }
    Ok(logins)
}

/// What a seat is for.
pub(super) const fn role(role: Role) -> facts::Role {
    match role {
        Role::Admin => facts::Role::Admin,
        Role::Practitioner => facts::Role::Practitioner,
        Role::Assistant => facts::Role::Assistant,
        Role::Member => facts::Role::Member,
    }
}

/// A client as a policy sees it.
pub(super) fn client(unit: &mut Unit<'_>, client: &Client) -> Result<request::Client> {
    let now = unit.now();
    let ties = records::proxy::of_client(&mut unit.write, client.id)?;
    let own = ties.into_iter().find(|tie| tie.tie == Tie::Myself && tie.is_live(now));
    let login = match own {
        Some(tie) => records::login::find(&mut unit.write, tie.login)?,
        None => None,
    };
    let state = match login {
        Some(login) if login.status == login::Status::Active => {
            let worst = failures::worst_of(&mut unit.look(), &login)?;
            login::State::of(&login, worst, now)
        }
        _ => login::State::None,
    };
    let profile = &client.profile;
    Ok(request::Client {
        id: client.id,
        external_id: profile.external_id.clone(),
        name: profile.display_name(),
        given_name: given_name(profile.names.first()),
        is_person: profile.nature == Nature::Person,
        stage: client.stage.word(),
        status: client.status.word(),
        has_email: profile.email.is_some(),
        has_phone: profile.phone.is_some(),
        login_state: state.word(),
        created_at: client.created_at,
    })
}

/// The name to greet with.
pub(super) fn given_name(name: Option<&crate::domain::text::PersonName>) -> Option<String> {
    name?.given.first().map(|given| given.as_str().to_owned())
}

/// Counts invitations by where they stand.
pub(super) fn invitations(found: &[Invitation], now: Timestamp) -> request::Invitations {
    let mut counted = request::Invitations::default();
    for invitation in found {
        match invitation.shown(now) {
            Shown::None => {}
            Shown::Pending => counted.pending += 1,
            Shown::Expired => counted.expired += 1,
            Shown::Accepted => counted.accepted += 1,
            Shown::Declined => counted.declined += 1,
            Shown::Revoked => counted.revoked += 1,
        }
    }
    counted
}

/// Who acts in this command.
pub(super) fn asker(unit: &mut Unit<'_>) -> Result<request::Actor> {
    let actor = &unit.context.actor;
    who(&mut unit.write, actor.who, actor.on_behalf_of)
}

/// Who somebody is to a policy or a notice.
pub(super) fn who(
    read: &mut dyn Read,
    who: Who,
    on_behalf_of: Option<crate::domain::id::StaffId>,
) -> Result<request::Actor> {
    let role = match who {
        Who::Host => Standing::Host,
        Who::Login { .. } => Standing::Client,
        Who::Visitor => Standing::Visitor,
        Who::Staff(staff) => match records::staff::find(read, staff)? {
            Some(seat) => seat.role.into(),
            None => Standing::Member,
        },
    };
    let on_behalf_of = match on_behalf_of {
        Some(staff) => name_of(read, Who::Staff(staff))?,
        None => None,
    };
    Ok(request::Actor { role, name: name_of(read, who)?, on_behalf_of })
}

fn name_of(read: &mut dyn Read, who: Who) -> Result<Option<String>> {
    Ok(match who {
        Who::Staff(staff) => records::staff::find(read, staff)?.map(|seat| seat.name.display()),
        Who::Login { id, .. } => {
            let login = records::login::find(read, id)?;
            login.and_then(|login| login.holder).map(|holder| holder.as_str().to_owned())
        }
        Who::Host | Who::Visitor => None,
    })
}
