//! What the tests of invitations share: people to invite, links from the outbox, and what is kept.

use crate::support::name;
use admit::commands::Admit;
use admit::commands::accept::{Accept, Accepted};
use admit::commands::client::CreateClient;
use admit::commands::invitation::{Dead, Inspection, SendInvitation, Sent, ShowLink, Whom};
use admit::commands::outbox::{Claim, Claimed};
use admit::domain::actor::{Actor, Scope, Source, Who};
use admit::domain::client::{Client, Profile, Stage};
use admit::domain::event::Happening;
use admit::domain::id::{ClientId, InvitationId, PracticeId};
use admit::domain::invitation::{Channel, Recipient};
use admit::domain::login::ExternalIdentity;
use admit::domain::message::Kind;
use admit::domain::proxy::{Proxy, Tie};
use admit::domain::staff::{Role, Staff};
use admit::domain::text::{Email, ExternalId};
use admit::error::Result;
use admit::records;
use admit::store::{KeyRange, Keyspace, Order};
use secrecy::{ExposeSecret, SecretString};
use std::ops::ControlFlow;

/// A password that no list knows.
pub const PASSWORD: &str = "plum-harbour-quartz-2719";

pub fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

pub fn profile(given: &str, address: Option<&str>) -> Profile {
    let names = vec![name(given, "Garcia")];
    Profile { names, email: address.map(email), ..Profile::default() }
}

pub fn client(admit: &Admit, actor: &Actor, given: &str, address: Option<&str>) -> ClientId {
    let create = CreateClient { profile: profile(given, address), stage: Stage::Prospective };
    admit.run(actor, create, None).unwrap()
}

pub fn to_whom(whom: Whom) -> SendInvitation {
    let recipient = Recipient::default();
    let facts = Default::default();
    SendInvitation {
        whom,
        recipient,
        channel: Some(Channel::Email),
        expires_in: None,
        note: None,
        facts,
    }
}

pub fn to_client(client: ClientId) -> SendInvitation {
    to_whom(Whom::Client { client, tie: Tie::Myself })
}

pub fn to_guardian(client: ClientId, address: &str) -> SendInvitation {
    let recipient = Recipient { email: Some(email(address)), ..Recipient::default() };
    let tie = Tie::Guardian { relationship: None };
    SendInvitation { recipient, ..to_whom(Whom::Client { client, tie }) }
}

pub fn to_new_client(given: &str, address: &str) -> SendInvitation {
    let recipient = recipient(given, address);
    SendInvitation { recipient, ..to_whom(Whom::NewClient { rooms: Vec::new() }) }
}

pub fn recipient(given: &str, address: &str) -> Recipient {
    let name = Some(name(given, "Garcia"));
    Recipient { name, email: Some(email(address)), ..Recipient::default() }
}

pub fn send(admit: &Admit, actor: &Actor, send: SendInvitation) -> Sent {
    admit.run(actor, send, None).unwrap()
}

/// A seat of a role, as an actor. It has an address and may work at once.
pub fn seat(admit: &Admit, host: &Actor, role: Role, address: &str) -> Actor {
    let recipient = recipient("Nora", address);
    let invite = SendInvitation { recipient, ..to_whom(Whom::NewSeat { role }) };
    let id = send(admit, host, invite).staff.unwrap();
    set_staff(admit, host, |seat| {
        if seat.id == id {
            seat.approval = admit::domain::staff::Approval::Approved;
        }
    });
    claim(admit);
    Actor { who: Who::Staff(id), ..host.clone() }
}

pub fn claim(admit: &Admit) -> Vec<Claimed> {
    admit.claim(Claim::default()).unwrap()
}

/// The token in a text, after the last slash of our portal's link.
pub fn token_in(text: &str) -> SecretString {
    let link = text.split_whitespace().find(|word| word.contains("portal.example.org/"));
    link.unwrap().rsplit('/').next().unwrap().into()
}

/// The token of the one invitation message that is due.
pub fn emailed(admit: &Admit) -> SecretString {
    let messages = claim(admit);
    let invitations: Vec<_> = messages.iter().filter(|it| it.kind == Kind::Invitation).collect();
    assert_eq!(invitations.len(), 1);
    token_in(&invitations[0].text)
}

pub fn shown(admit: &Admit, actor: &Actor, id: InvitationId, channel: Channel) -> SecretString {
    let host = Actor { source: reasoned(), ..actor.clone() };
    let link = admit.run(&host, ShowLink { invitation: id, channel }, None).unwrap();
    token_in(link.url.expose_secret())
}

pub fn reasoned() -> Source {
    Source { reason: Some(crate::support::line("at the desk")), ..Source::default() }
}

pub fn with_password(token: &SecretString) -> Accept {
    Accept { password: Some(PASSWORD.into()), ..nothing(token) }
}

pub fn with_identity(token: &SecretString, subject: &str) -> Accept {
    let issuer = ExternalId::parse("https://id.example.org").unwrap();
    let subject = ExternalId::parse(subject).unwrap();
    Accept { identity: Some(ExternalIdentity { issuer, subject }), ..nothing(token) }
}

pub fn nothing(token: &SecretString) -> Accept {
    Accept {
        token: token.clone(),
        password: None,
        identity: None,
        session: None,
        holder: None,
        name: None,
        username: None,
        facts: Default::default(),
    }
}

pub fn accept(admit: &Admit, accept: Accept) -> Result<Accepted> {
    admit.accept(Source::default(), accept, None)
}

pub fn practice_of(actor: &Actor) -> PracticeId {
    let Scope::Practice(id) = actor.scope else { panic!("not in a practice") };
    id
}

/// Changes a client behind the commands' back.
pub fn set_client(admit: &Admit, id: ClientId, change: impl Fn(&mut Client) + Send + 'static) {
    let write = move |write: &mut dyn admit::store::Write| {
        let old = records::client::find(write, id)?.unwrap();
        let mut new = old.clone();
        change(&mut new);
        records::client::put(write, Some(&old), &new).map(|_| ())
    };
    admit.store().write(write).unwrap();
}

/// Changes all seats of a practice behind the commands' back.
pub fn set_staff(admit: &Admit, host: &Actor, change: impl Fn(&mut Staff) + Send) {
    let practice = practice_of(host);
    let ids = admit.store().read(|read| records::staff::of_practice(read, practice, None, 100));
    for id in ids.unwrap() {
        let old = admit.store().read(|read| records::staff::find(read, id)).unwrap().unwrap();
        let mut new = old.clone();
        change(&mut new);
        let write = move |write: &mut dyn admit::store::Write| {
            records::staff::put(write, Some(&old), &new).map(|_| ())
        };
        admit.store().write(write).unwrap();
    }
}

pub fn proxies(admit: &Admit, client: ClientId) -> Vec<Proxy> {
    admit.store().read(|read| records::proxy::of_client(read, client)).unwrap()
}

/// How often something happened in a practice.
pub fn events(admit: &Admit, host: &Actor, happening: Happening) -> usize {
    let chain = practice_of(host).uuid();
    let mut count = 0;
    let mut visit = |event: admit::domain::event::Event| {
        count += usize::from(event.happening == happening);
        Ok(ControlFlow::Continue(()))
    };
    admit
        .store()
        .read(|read| records::event::scan(read, chain, None, Order::Up, &mut visit))
        .unwrap();
    count
}

/// Every keyspace that the records name.
fn keyspaces() -> Vec<Keyspace> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("src/records").unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for rest in text.split("Keyspace(\"").skip(1) {
            let name = rest.split('"').next().unwrap().to_owned();
            found.push(Keyspace(Box::leak(name.into_boxed_str())));
        }
    }
    assert!(found.len() > 30);
    found
}

/// Every key and value of a store, as its own keys open them.
pub fn all_bytes(admit: &Admit) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for space in keyspaces() {
        let mut visit = |key: &[u8], value: &[u8]| {
            found.extend([key.to_vec(), value.to_vec()]);
            Ok(ControlFlow::Continue(()))
        };
        let scan = |read: &mut dyn admit::store::Read| {
            read.scan(space, KeyRange::ALL, Order::Up, &mut visit)
        };
        admit.store().read(scan).unwrap();
    }
    found
}

/// The keyspaces that hold some bytes anywhere in their rows, in alphabetical order.
pub fn keyspaces_with(admit: &Admit, bytes: &[u8]) -> Vec<&'static str> {
    let holds = |row: &[u8]| row.windows(bytes.len()).any(|window| window == bytes);
    let mut found = Vec::new();
    for space in keyspaces() {
        let mut is_found = false;
        let mut visit = |key: &[u8], value: &[u8]| {
            is_found |= holds(key) || holds(value);
            Ok(ControlFlow::Continue(()))
        };
        let scan = |read: &mut dyn admit::store::Read| {
            read.scan(space, KeyRange::ALL, Order::Up, &mut visit)
        };
        admit.store().read(scan).unwrap();
        found.extend(is_found.then_some(space.0));
    }
    found.sort_unstable();
    found
}

/// How many rows a keyspace has.
pub fn rows(admit: &Admit, space: &'static str) -> usize {
    let mut count = 0;
    let mut visit = |_: &[u8], _: &[u8]| {
        count += 1;
        Ok(ControlFlow::Continue(()))
    };
    let scan = |read: &mut dyn admit::store::Read| {
        read.scan(Keyspace(space), KeyRange::ALL, Order::Up, &mut visit)
    };
    admit.store().read(scan).unwrap();
    count
}

/// Whether a text stands anywhere in the rows of a store.
pub fn is_at_rest(admit: &Admit, text: &str) -> bool {
    !keyspaces_with(admit, text.as_bytes()).is_empty()
}

pub fn inspect(admit: &Admit, token: &SecretString) -> Inspection {
    admit.inspect(Source::default(), token.expose_secret()).unwrap()
}

pub fn dead(admit: &Admit, token: &SecretString) -> Dead {
    match inspect(admit, token) {
        Inspection::Dead(dead) => dead,
        Inspection::Live(_) => panic!("the link is good"),
    }
}

pub fn is_live(admit: &Admit, token: &SecretString) -> bool {
    matches!(inspect(admit, token), Inspection::Live(_))
}
