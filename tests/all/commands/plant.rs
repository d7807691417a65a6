//! Things that other commands make, planted by a command of the tests' own.

use crate::support::{line, name};
use admit::commands::client::CreateClient;
use admit::commands::staff::AddStaff;
use admit::commands::unit::Unit;
use admit::commands::{Admit, Command};
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Scope, Source, Who};
use admit::domain::client::{Profile, Stage};
use admit::domain::id::{ClientId, InvitationId, LoginId, PracticeId, StaffId};
use admit::domain::invitation::{Invitation, Offer, Recipient, State};
use admit::domain::login::{Login, Status};
use admit::domain::proxy::Tie;
use admit::domain::staff::{Role, Staff};
use admit::domain::text::Email;
use admit::error::Error;
use serde::Serialize;
use std::sync::Arc;

type Body<T> = Arc<dyn Fn(&mut Unit<'_>) -> Result<T, Error> + Send + Sync>;

#[derive(Serialize)]
struct Plant<T> {
    #[serde(skip)]
    body: Body<T>,
}

impl<T> Command for Plant<T>
where
    T: Serialize + serde::de::DeserializeOwned + Send + 'static,
{
    type Done = T;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<T, Error> {
        (self.body)(unit)
    }
}

pub fn plant<T>(
    admit: &Admit,
    actor: &Actor,
    body: impl Fn(&mut Unit<'_>) -> Result<T, Error> + Send + Sync + 'static,
) -> T
where
    T: Serialize + serde::de::DeserializeOwned + Send + 'static,
{
    admit.run(actor, Plant { body: Arc::new(body) }, None).unwrap()
}

pub fn practice_of(actor: &Actor) -> PracticeId {
    match actor.scope {
        Scope::Practice(id) => id,
        Scope::Portal(_) | Scope::Store => panic!("not in a practice"),
    }
}

pub fn acting(host: &Actor, who: Who) -> Actor {
    Actor { who, ..host.clone() }
}

pub fn reasoned(actor: &Actor) -> Actor {
    let source = Source { reason: Some(line("asked by phone")), ..Source::default() };
    Actor { source, ..actor.clone() }
}

pub fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

pub fn add_staff(role: Role, given: &str) -> AddStaff {
    AddStaff {
        name: name(given, "Seat"),
        role,
        title: None,
        email: Some(email(&format!("{}@clinic.example.org", given.to_lowercase()))),
        phone: None,
        locale: None,
        zone: None,
        external_id: None,
        approved: Some(true),
    }
}

/// An approved seat, and itself as an actor.
pub fn seat(admit: &Admit, host: &Actor, role: Role) -> (StaffId, Actor) {
    let id = admit.run(host, add_staff(role, role.word()), None).unwrap();
    (id, acting(host, Who::Staff(id)))
}

pub fn create(given: &str, family: &str, address: Option<&str>) -> CreateClient {
    let names = vec![name(given, family)];
    let profile = Profile { names, email: address.map(email), ..Profile::default() };
    CreateClient { profile, stage: Stage::Registered }
}

pub fn client(admit: &Admit, actor: &Actor, given: &str, family: &str) -> ClientId {
    let address = format!("{}@example.org", given.to_lowercase());
    admit.run(actor, create(given, family, Some(&address)), None).unwrap()
}

/// A login of the practice's portal that holds nothing.
pub fn login(admit: &Admit, host: &Actor, address: &str) -> LoginId {
    let address = email(address);
    plant(admit, host, move |unit| {
        let portal = unit.look().practice()?.portal;
        let login = Login {
            id: unit.new_id(),
            portal,
            status: Status::Active,
            holder: Some(line("Holder")),
            phone: None,
            locale: None,
            zone: None,
            username: None,
            email: Some(address.clone()),
            email_verified: true,
            password: None,
            identities: Vec::new(),
            epoch: 1,
            last_sign_in: None,
            created_at: unit.now(),
            updated_at: unit.now(),
            revision: 0,
        };
        unit.save_login(None, &login)?;
        Ok(login.id)
    })
}

pub fn find_login(admit: &Admit, id: LoginId) -> Login {
    let found = admit.store().read(|read| admit::records::login::find(read, id)).unwrap();
    found.unwrap()
}

/// Seats a login, and gives the login as an actor of its first epoch.
pub fn sit(admit: &Admit, host: &Actor, seat: StaffId, login: LoginId) {
    plant(admit, host, move |unit| {
        let old = unit.look().staff(seat)?;
        unit.save_staff(Some(&old), &Staff { login: Some(login), ..old.clone() })
    });
}

/// Ties a login to a client, whether or not the practice knows it yet.
pub fn tie(admit: &Admit, host: &Actor, login: LoginId, client: ClientId, tie: Tie) {
    plant(admit, host, move |unit| {
        let proxy = admit::domain::proxy::Proxy {
            id: unit.new_id(),
            practice: unit.context.practice()?,
            login,
            client,
            tie: tie.clone(),
            ends_at: None,
            until_of_age: false,
            ended_at: None,
            created_at: unit.now(),
        };
        admit::records::proxy::put(&mut unit.write, &proxy)?;
        unit.touch(client);
        Ok(())
    });
}

/// A client with a login of its own, and that login as an actor.
pub fn client_with_login(admit: &Admit, host: &Actor, given: &str) -> (ClientId, LoginId, Actor) {
    let client = client(admit, host, given, "Held");
    let login = login(admit, host, &format!("{}@login.example.org", given.to_lowercase()));
    tie(admit, host, login, client, Tie::Myself);
    (client, login, acting(host, Who::Login { id: login, epoch: 1 }))
}

/// An invitation that waits for an hour.
pub fn invitation(admit: &Admit, actor: &Actor, offer: Offer, address: &str) -> InvitationId {
    let address = email(address);
    plant(admit, actor, move |unit| {
        let now = unit.now();
        let invitation = Invitation {
            id: unit.new_id(),
            practice: unit.context.practice()?,
            offer: offer.clone(),
            recipient: Recipient { email: Some(address.clone()), ..Recipient::default() },
            channel: None,
            inviter: unit.context.actor.who,
            on_behalf_of: None,
            note: None,
            generation: 1,
            sends: 1,
            expires_at: now.plus(admit::domain::time::HOUR),
            check: Default::default(),
            state: State::Pending,
            message: None,
            created_at: now,
            sent_at: now,
        };
        unit.save_invitation(None, &invitation)?;
        Ok(invitation.id)
    })
}

pub fn offer(client: ClientId) -> Offer {
    Offer::Client { client, tie: Tie::Myself }
}

pub fn find_invitation(admit: &Admit, id: InvitationId) -> Invitation {
    let found = admit.store().read(|read| admit::records::invitation::find(read, id)).unwrap();
    found.unwrap()
}

/// The kinds of all messages of a practice, with their addresses, in alphabetical order: ids of one
/// millisecond have none.
pub fn messages(admit: &Admit, actor: &Actor) -> Vec<(&'static str, String)> {
    use admit::domain::message::{Address, Kind};
    let practice = practice_of(actor);
    let found = admit.store().read(|read| {
        let ids = admit::records::message::of_practice(read, practice, None, 1_000)?;
        ids.into_iter()
            .map(|id| Ok(admit::records::message::find(read, id)?.unwrap()))
            .collect::<Result<Vec<_>, _>>()
    });
    let told = found.unwrap().into_iter().map(|message| {
        let address = match message.to.address {
            Address::Email(email) => email.as_str().to_owned(),
            Address::Phone(phone) => phone.as_str().to_owned(),
        };
        let kind = Kind::ALL.iter().find(|kind| **kind == message.kind).unwrap();
        (kind.word(), address)
    });
    let mut told: Vec<_> = told.collect();
    told.sort();
    told
}

/// The happenings of the practice's trail, oldest first.
pub fn happenings(admit: &Admit, host: &Actor) -> Vec<&'static str> {
    let filter = admit::commands::event::EventFilter::default();
    let page = admit.events(host, filter, None, 500).unwrap();
    let mut words: Vec<_> = page.items.iter().map(|entry| entry.happening.word()).collect();
    words.reverse();
    words
}
