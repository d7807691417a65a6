//! People with logins, and what the tests see of the rows that commands write.

use crate::support::{host, line, name};
use admit::commands::Admit;
use admit::commands::client::CreateClient;
use admit::commands::login::CreateLogin;
use admit::commands::practice::{CreatePractice, SettingsChange};
use admit::commands::sign_in::SignIn;
use admit::domain::actor::{Actor, Scope, Source, Who};
use admit::domain::client::{Profile, Stage, Status};
use admit::domain::event::{Event, Happening};
use admit::domain::id::{ChallengeId, ClientId, LoginId, PortalId, PracticeId, StaffId};
use admit::domain::login::Login;
use admit::domain::message::{Carries, Kind, Message};
use admit::domain::staff::{self, Approval, Role, Staff};
use admit::domain::text::Email;
use admit::domain::time::Timestamp;
use admit::records;
use admit::seal::password::{Cost, Gate, Password};
use admit::seal::token::{Claims, TokenKeys, issue};
use admit::store::{KeyRange, Keyspace, Order};
use secrecy::{ExposeSecret, SecretString};
use std::ops::ControlFlow;
use uuid::Uuid;

pub const PASSWORD: &str = "violet tractor umbrella 9";
pub const OTHER: &str = "seventeen quiet lighthouses";
pub const WRONG: &str = "nobody ever chose this one";

pub fn secret(text: &str) -> SecretString {
    text.into()
}

pub fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// The hash that the store itself would make, so that a sign-in need not replace it.
pub fn hash_of(password: &str) -> SecretString {
    let gate = Gate::new(Cost::new(8, 1, 1).unwrap(), 1, 0);
    let mut turn = gate.enter([0; 32]).unwrap();
    let password = Password::parse(password).unwrap_or_else(|weakness| panic!("{weakness}"));
    turn.hash(&password, [7; 16], None).unwrap().into()
}

pub fn practice_of(actor: &Actor) -> PracticeId {
    let Scope::Practice(id) = actor.scope else { panic!("not in a practice") };
    id
}

pub fn portal_of(admit: &Admit, actor: &Actor) -> PortalId {
    admit.practice(actor).unwrap().portal
}

/// A practice behind a portal that others share.
pub fn practice_behind(admit: &Admit, portal: &str) -> Actor {
    let create = CreatePractice {
        name: line("Cedar Clinic"),
        external_id: None,
        portal: Some(line(portal)),
        settings: SettingsChange::default(),
    };
    host(admit.run(&Actor::store_host(), create, None).unwrap())
}

pub fn client(admit: &Admit, actor: &Actor) -> ClientId {
    let names = vec![name("Ada", "Lovelace")];
    let profile = Profile { names, ..Profile::default() };
    admit.run(actor, CreateClient { profile, stage: Stage::Registered }, None).unwrap()
}

/// A client with a login of its own.
pub fn login(
    admit: &Admit,
    actor: &Actor,
    address: &str,
    password: Option<&str>,
) -> (ClientId, LoginId) {
    let client = client(admit, actor);
    let create = CreateLogin {
        client: Some(client),
        email: Some(email(address)),
        imported_hash: password.map(hash_of),
        ..CreateLogin::default()
    };
    (client, admit.create_login(actor, &create, None).unwrap().login)
}

pub fn visitor(actor: &Actor) -> Actor {
    Actor { who: Who::Visitor, ..actor.clone() }
}

pub fn as_login(actor: &Actor, id: LoginId, epoch: u32) -> Actor {
    Actor { who: Who::Login { id, epoch }, ..actor.clone() }
}

pub fn as_staff(actor: &Actor, id: StaffId) -> Actor {
    Actor { who: Who::Staff(id), ..actor.clone() }
}

pub fn with_reason(actor: &Actor) -> Actor {
    let source = Source { reason: Some(line("asked by phone")), ..Source::default() };
    Actor { source, ..actor.clone() }
}

/// An approved seat that nobody holds yet.
pub fn seat(admit: &Admit, actor: &Actor, role: Role) -> StaffId {
    let mut seat = Staff {
        id: StaffId::from_uuid(Uuid::nil()),
        practice: practice_of(actor),
        external_id: None,
        role,
        approval: Approval::Approved,
        status: staff::Status::Active,
        name: name("Grace", "Hopper"),
        title: None,
        email: Some(email("grace@clinic.example.org")),
        phone: None,
        locale: None,
        zone: None,
        login: None,
        onboarded: false,
        created_at: Timestamp::default(),
        updated_at: Timestamp::default(),
        revision: 1,
    };
    // A client's id is unique too, and needs no command that makes seats.
    seat.id = StaffId::from_uuid(client(admit, actor).uuid());
    let id = seat.id;
    admit.store().write(move |write| records::staff::put(write, None, &seat)).unwrap();
    id
}

pub fn set_status(admit: &Admit, id: ClientId, status: Status) {
    let set = move |write: &mut dyn admit::store::Write| {
        let old = records::client::find(write, id)?.unwrap();
        let new = admit::domain::client::Client { status, ..old.clone() };
        records::client::put(write, Some(&old), &new)
    };
    admit.store().write(set).unwrap();
}

pub fn by_password(name: &str, password: &str) -> SignIn {
    SignIn { name: name.to_owned(), password: secret(password), device_token: None }
}

pub fn stored(admit: &Admit, id: LoginId) -> Login {
    admit.store().read(|read| records::login::find(read, id)).unwrap().unwrap()
}

/// The messages that somebody gets, oldest first.
pub fn messages(admit: &Admit) -> Vec<Message> {
    let mut found: Vec<Message> = Vec::new();
    admit
        .store()
        .read(|read| {
            let space = Keyspace("message");
            read.scan(space, KeyRange::ALL, Order::Up, &mut |_, value| {
                found.push(records::codec::decode(value)?);
                Ok(ControlFlow::Continue(()))
            })
        })
        .unwrap();
    found.retain(|message| message.state.due().is_some());
    found
}

pub fn kinds(admit: &Admit) -> Vec<Kind> {
    messages(admit).iter().map(|message| message.kind).collect()
}

/// The challenge that the latest message carries.
pub fn challenge(admit: &Admit) -> ChallengeId {
    match messages(admit).last().unwrap().carries {
        Carries::Challenge(id) => id,
        ref other => panic!("no challenge: {other:?}"),
    }
}

pub fn events(admit: &Admit, chain: Uuid) -> Vec<Event> {
    let mut found = Vec::new();
    let collect = |read: &mut dyn admit::store::Read| {
        records::event::scan(read, chain, None, Order::Up, &mut |event| {
            found.push(event);
            Ok(ControlFlow::Continue(()))
        })
    };
    let mut collect = collect;
    admit.store().read(&mut collect).unwrap();
    found
}

pub fn count(admit: &Admit, chain: Uuid, happening: Happening) -> usize {
    events(admit, chain).iter().filter(|event| event.happening == happening).count()
}

/// A token as the outbox makes it: purposes 1 to 5, channels 1 (e-mail) to 4.
pub fn token(admit: &Admit, purpose: u8, channel: u8, id: ChallengeId) -> String {
    let secrets = admit.store().secrets();
    let (number, key) = secrets.current_token_key();
    let keys = TokenKeys::new(&[(number, *key)], number, secrets.id_cipher_key()).unwrap();
    let claims = Claims { purpose, channel, generation: 1, id: *id.bytes() };
    issue(&keys, &claims).unwrap().expose_secret().to_owned()
}

/// The hashes and commits that something costs.
pub fn work<T>(admit: &Admit, act: impl FnOnce() -> T) -> (T, u64, u64) {
    let (hashes, commits) = (admit.hashes(), admit.store().commits());
    let done = act();
    (done, admit.hashes() - hashes, admit.store().commits() - commits)
}

/// Whether the bytes stand in any row of the store as its keys open it.
pub fn is_in_store(admit: &Admit, needle: &str) -> bool {
    let spaces = [
        "asked",
        "challenge",
        "change",
        "event",
        "failures",
        "login",
        "login_by_name",
        "message",
        "outcome",
        "person",
        "person_key",
        "tally",
    ];
    let mut is_found = false;
    for space in spaces {
        let look = |key: &[u8], value: &[u8]| {
            let has = |row: &[u8]| row.windows(needle.len()).any(|it| it == needle.as_bytes());
            is_found |= has(key) || has(value);
            Ok(ControlFlow::Continue(()))
        };
        let mut look = look;
        let scan = |read: &mut dyn admit::store::Read| {
            read.scan(Keyspace(space), KeyRange::ALL, Order::Up, &mut look)
        };
        let mut scan = scan;
        admit.store().read(&mut scan).unwrap();
    }
    is_found
}

/// How many rows a space has.
pub fn rows_in(admit: &Admit, space: &'static str) -> usize {
    let mut rows = 0;
    let mut count = |_: &[u8], _: &[u8]| {
        rows += 1;
        Ok(ControlFlow::Continue(()))
    };
    let scan = |read: &mut dyn admit::store::Read| {
        read.scan(Keyspace(space), KeyRange::ALL, Order::Up, &mut count)
    };
    admit.store().read(scan).unwrap();
    rows
}

/// How many rows each request for a link adds to the spaces that it writes to.
pub fn rows(admit: &Admit) -> Vec<usize> {
    let spaces = [
        "asked",
        "challenge",
        "event",
        "event_by_subject",
        "message",
        "message_by_practice",
        "message_by_subject",
    ];
    spaces.iter().map(|space| rows_in(admit, space)).collect()
}
