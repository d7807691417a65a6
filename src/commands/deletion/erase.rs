//! Erasing a client: our half in this commit, and an order for the host's half.

use super::hanging::Hanging;
use crate::commands::audit::Note;
use crate::commands::notice;
use crate::commands::unit::Unit;
use crate::domain::actor::Who;
use crate::domain::client::Client;
use crate::domain::deletion::EraseOrder;
use crate::domain::event::Happening;
use crate::domain::id::EraseOrderId;
use crate::domain::item::{Item, Word};
use crate::domain::message::To;
use crate::domain::script::Version;
use crate::domain::text::ExternalId;
use crate::error::Result;
use crate::records;

/// Erases a client. The events about it stay, and what is personal in them is read no more.
pub(super) fn client(
    unit: &mut Unit<'_>,
    client: &Client,
    asked_by: Who,
    version: Version,
) -> Result<EraseOrderId> {
    let hanging = Hanging::on(unit, client)?;
    let order = EraseOrder {
        id: unit.new_id(),
        practice: client.practice,
        client: client.id,
        external_id: client.profile.external_id.clone(),
        identifiers: client.profile.identifiers.clone(),
        items: keys(&hanging.items),
        told: whom_to_tell(unit, client, asked_by)?,
        asked_by,
        version,
        gone: hanging.counts().into_iter().collect(),
        created_at: unit.now(),
        done_at: None,
        farewells: Vec::new(),
        scrubbed_at: None,
    };
    hanging.remove(unit, client)?;
    records::deletion::put_order(&mut unit.write, &order)?;
    for login in &hanging.logins {
        let note = Note::at_portal(login.portal, Happening::LoginErased, login.id);
        unit.note(note.about(login.id).with("order", order.id));
    }
    let note = Note::done(client.practice, Happening::ClientErased, client.id).about(client.id);
    let note = note.with("order", order.id).with("version", version);
    unit.note(note.with("items", hanging.items.len()));
    Ok(order.id)
}

/// The host's own keys of items; what it gave no key for, it keeps nothing under.
fn keys(items: &[Item]) -> Vec<(Word, ExternalId)> {
    let keyed = items.iter().filter_map(|it| Some((it.kind.clone(), it.external_id.clone()?)));
    keyed.collect()
}

/// Where the client, or else its own login, and whoever asked are told of a deletion: once each.
pub(super) fn whom_to_tell(unit: &mut Unit<'_>, client: &Client, asked_by: Who) -> Result<Vec<To>> {
    let mut told: Vec<To> = notice::to_client_of_any_status(client).into_iter().collect();
    if told.is_empty() {
        let own = super::judge::live_login(unit, client)?;
        told.extend(own.as_ref().and_then(notice::to_login));
    }
    let asker = match asked_by {
        Who::Staff(id) => {
            let seat = records::staff::find(&mut unit.write, id)?;
            seat.as_ref().and_then(notice::to_staff)
        }
        Who::Login { id, .. } => {
            let login = records::login::find(&mut unit.write, id)?;
            login.as_ref().and_then(notice::to_login)
        }
        Who::Host | Who::Visitor => None,
    };
    told.extend(asker.filter(|asker| told.iter().all(|to| to.address != asker.address)));
    Ok(told)
}
