//! Who hears of an item: whoever has access to the client, and the client, at the same time.

use crate::commands::ending;
use crate::commands::notice::{self, Notice};
use crate::commands::unit::Unit;
use crate::domain::client::Client;
use crate::domain::grant::{Grant, Grantee};
use crate::domain::id::StaffId;
use crate::domain::item::Item;
use crate::domain::login::{Login, Status};
use crate::domain::message::{Kind, To};
use crate::domain::proxy::Tie;
use crate::error::Result;
use crate::records;
use std::collections::BTreeSet;

/// Tells everyone of an item, at each address once.
pub(super) fn everyone(unit: &mut Unit<'_>, item: &Item, kind: Kind) -> Result<()> {
    let client = unit.look().client(item.client)?;
    let mut told = client_side(unit, &client)?;
    let staff = unit.look().staff_with(client.id)?;
    told.extend(addresses(unit, staff)?);
    post(unit, item, kind, told)
}

/// Tells the staff to whom a client opened its chart by its own hand, by the latest of its items;
/// false where it has none, so that there is nothing to see yet.
pub(in crate::commands) fn shared(unit: &mut Unit<'_>, grant: &Grant) -> Result<bool> {
    let latest = records::item::of_client(&mut unit.write, grant.client, None, 1)?;
    let Some(item) = latest.first() else { return Ok(false) };
    let staff = match grant.grantee {
        Grantee::Staff(staff) => vec![staff],
        Grantee::Room(room) => records::room::staff(&mut unit.write, room)?,
    };
    let told = addresses(unit, staff.into_iter().collect())?;
    post(unit, item, Kind::ItemShared, told)?;
    Ok(true)
}

fn post(unit: &mut Unit<'_>, item: &Item, kind: Kind, told: Vec<To>) -> Result<()> {
    let mut known = BTreeSet::new();
    for to in told {
        // A family shares an address, and so may a practitioner and a sample of its own.
        if known.insert(to.address.canonical()) {
            let plain = Notice::plain(kind, item.practice, to, item.client);
            notice::post(unit, Notice { item: Some(item.id), ..plain })?;
        }
    }
    Ok(())
}

/// The addresses of the seats that may work.
fn addresses(unit: &mut Unit<'_>, staff: BTreeSet<StaffId>) -> Result<Vec<To>> {
    let mut told = Vec::new();
    for id in staff {
        let seat = unit.look().staff(id)?;
        told.extend(notice::to_staff(&seat).filter(|_| seat.require_active().is_ok()));
    }
    Ok(told)
}

/// Where a client hears: at its contact address, else its own login's; where it has neither, its
/// guardians do.
fn client_side(unit: &mut Unit<'_>, client: &Client) -> Result<Vec<To>> {
    if !client.status.gets_notices() {
        return Ok(Vec::new());
    }
    if let Some(to) = notice::to_client(client) {
        return Ok(vec![to]);
    }
    let mut own = Vec::new();
    for login in ending::own_logins(unit, client.id)? {
        let found = records::login::find(&mut unit.write, login)?;
        own.extend(found.as_ref().and_then(in_use));
    }
    if !own.is_empty() {
        return Ok(own);
    }
    let now = unit.now();
    for proxy in records::proxy::of_client(&mut unit.write, client.id)? {
        if proxy.is_live(now) && proxy.tie != Tie::Myself {
            let found = records::login::find(&mut unit.write, proxy.login)?;
            own.extend(found.as_ref().and_then(in_use));
        }
    }
    Ok(own)
}

fn in_use(login: &Login) -> Option<To> {
    notice::to_login(login).filter(|_| login.status == Status::Active)
}
