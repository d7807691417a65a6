//! Guests: who enters without a login, and what becomes of it.

use super::plant::{acting, happenings, seat};
use super::post;
use crate::support::{name, practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::SetClientStage;
use admit::commands::guest::{EnterAsGuest, Newcomer};
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::client::{Stage, Status};
use admit::domain::grant::Grantee;
use admit::domain::id::RoomId;
use admit::domain::rate::ENTRIES_PER_SOURCE;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{BirthDate, IdempotencyKey, Locale, Phone, Zone};
use admit::domain::time::{HOUR, MINUTE};

pub fn newcomer(given: &str, address: Option<&str>) -> Newcomer {
    Newcomer {
        name: name(given, "Walker"),
        birth: Some(BirthDate::parse("1990-05").unwrap()),
        email: address.map(post::email),
        phone: Some(Phone::parse("+1 555 555 0123").unwrap()),
        locale: Some(Locale::parse("es").unwrap()),
        zone: Some(Zone::parse("America/Lima").unwrap()),
    }
}

/// A practice with some switches on, the host and a visitor.
pub fn open(admit: &Admit, settings: SettingsChange) -> (Actor, Actor) {
    let host = practice(admit);
    switch(admit, &host, settings);
    let visitor = acting(&host, Who::Visitor);
    (host, visitor)
}

pub fn switch(admit: &Admit, host: &Actor, settings: SettingsChange) {
    let external_id = admit::commands::Change::Keep;
    let update = UpdatePractice { name: None, external_id, settings, revision: 0 };
    admit.run(host, update, None).unwrap();
}

fn guests(is_on: bool) -> SettingsChange {
    SettingsChange { guests: Some(is_on), ..SettingsChange::default() }
}

fn enter(given: &str, room: Option<RoomId>) -> EnterAsGuest {
    EnterAsGuest { newcomer: newcomer(given, Some("gus@example.org")), room }
}

fn room_with(admit: &Admit, host: &Actor, actor: &Actor) -> RoomId {
    let room = CreateRoom { name: crate::support::line("Waiting room"), external_id: None };
    let room = admit.run(host, room, None).unwrap();
    let Who::Staff(staff) = actor.who else { panic!("no seat") };
    admit.run(host, AssignRoom { room, member: Member::Staff(staff) }, None).unwrap();
    room
}

fn from(visitor: &Actor, address: &str) -> Actor {
    let address = Some(crate::support::line(address));
    Actor { source: Source { address, ..Source::default() }, ..visitor.clone() }
}

#[test]
fn a_guest_is_a_client_without_a_login_whom_the_staff_of_its_room_see() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, guests(true));
    let (_, nora) = seat(&admit, &host, Role::Practitioner);
    let room = room_with(&admit, &host, &nora);
    let guest = admit.enter_as_guest(&visitor, enter("Gus", Some(room)), None).unwrap();
    assert_eq!((guest.stage, guest.status), (Stage::Guest, Status::Active));
    assert_eq!(guest.created_by, Who::Visitor);
    let profile = &guest.profile;
    assert_eq!(profile.display_name(), "Gus Walker");
    assert_eq!(profile.email.as_ref().unwrap().as_str(), "gus@example.org");
    assert!(profile.phone.is_some() && profile.birth.is_some());
    assert_eq!(profile.locale.as_ref().unwrap().as_str(), "es");
    assert!(profile.zone.is_some());
    assert_eq!(admit.client(&nora, guest.id).unwrap().id, guest.id);
    assert!(admit.proxies(&host, guest.id).unwrap().is_empty());
    let listed = admit
        .person_list(&host, &Default::default(), admit::records::person::By::Name, None, 0)
        .unwrap();
    assert!(listed.page.items.iter().any(|row| row.stage == Some(Stage::Guest)));
    let told = happenings(&admit, &host);
    assert_eq!(&told[told.len() - 2..], ["client.guest_entered", "room.assigned"]);
    // It shows the one who entered nothing else of the practice.
    assert_eq!(refused(admit.client(&visitor, guest.id)), Refusal::NotPermitted);
}

#[test]
fn the_host_lets_a_guest_in_and_nobody_else_does() {
    let (admit, _) = store();
    let (host, _) = open(&admit, guests(true));
    admit.enter_as_guest(&host, enter("Gus", None), None).unwrap();
    for role in [Role::Admin, Role::Practitioner, Role::Assistant, Role::Member] {
        let (_, actor) = seat(&admit, &host, role);
        let entered = admit.enter_as_guest(&actor, enter("Gus", None), None);
        assert_eq!(refused(entered), Refusal::NotPermitted);
        let can = admit.can(&actor, Action::ClientEnterAsGuest, None);
        assert_eq!(refused(can), Refusal::NotPermitted);
    }
}

#[test]
fn guests_enter_where_the_practice_lets_them() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, guests(false));
    let entered = || admit.enter_as_guest(&visitor, enter("Gus", None), None);
    let can = |action| admit.can(&visitor, action, None);
    assert_eq!(refused(entered()), Refusal::SwitchedOff);
    assert_eq!(refused(can(Action::ClientEnterAsGuest)), Refusal::SwitchedOff);
    switch(&admit, &host, guests(true));
    entered().unwrap();
    can(Action::ClientEnterAsGuest).unwrap();
    assert_eq!(refused(can(Action::ClientRegister)), Refusal::SwitchedOff);
    let there = practice(&admit);
    let (_, nora) = seat(&admit, &there, Role::Practitioner);
    let room = room_with(&admit, &there, &nora);
    let strange = admit.enter_as_guest(&visitor, enter("Gus", Some(room)), None);
    assert_eq!(refused(strange), Refusal::NotFound);
}

#[test]
fn one_key_lets_one_guest_in() {
    let (admit, _) = store();
    let (_, visitor) = open(&admit, guests(true));
    let key = IdempotencyKey::parse("desk-1").unwrap();
    let entered = || admit.enter_as_guest(&visitor, enter("Gus", None), Some(&key)).unwrap();
    assert_eq!(entered().id, entered().id);
}

#[test]
fn too_many_guests_from_one_source_wait_and_the_host_does_not() {
    let (admit, clock) = store();
    let (host, visitor) = open(&admit, guests(true));
    let door = from(&visitor, "192.0.2.1");
    let entered = |door: &Actor| admit.enter_as_guest(door, enter("Gus", None), None);
    for _ in 0..ENTRIES_PER_SOURCE.count {
        entered(&door).unwrap();
    }
    clock.forward(MINUTE);
    let wait = Refusal::TryLater { retry_after: HOUR - MINUTE };
    assert_eq!(refused(entered(&door)), wait);
    entered(&from(&visitor, "192.0.2.2")).unwrap();
    entered(&from(&host, "192.0.2.1")).unwrap();
    clock.forward(HOUR - MINUTE);
    entered(&door).unwrap();
}

#[test]
fn a_guest_who_accepts_an_invitation_is_registered_and_loses_nothing() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, guests(true));
    let (nora_id, nora) = seat(&admit, &host, Role::Practitioner);
    let room = room_with(&admit, &host, &nora);
    let guest = admit.enter_as_guest(&visitor, enter("Gus", Some(room)), None).unwrap();
    let (scopes, reason) = (Vec::new(), None);
    let grantee = Grantee::Staff(nora_id);
    let client = guest.id;
    let give = admit::commands::grant::GiveGrant { client, grantee, scopes, reason, ends_at: None };
    let grant = admit.run(&host, give, None).unwrap();
    post::send(&admit, &nora, post::to_client(client));
    let token = post::emailed(&admit);
    let accepted = post::accept(&admit, post::with_password(&token)).unwrap();
    assert_eq!(accepted.client, Some(client));
    let after = admit.client(&host, client).unwrap();
    assert_eq!((after.stage, &after.profile), (Stage::Registered, &guest.profile));
    assert!(admit.grants(&host, client).unwrap().iter().any(|it| it.id == grant));
    assert_eq!(admit.client(&nora, client).unwrap().stage, Stage::Registered);
}

#[test]
fn staff_take_a_guest_or_a_prospective_client_on_and_never_back() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, guests(true));
    let (_, nora) = seat(&admit, &host, Role::Practitioner);
    let guest = admit.enter_as_guest(&visitor, enter("Gus", None), None).unwrap().id;
    let set = |actor: &Actor, stage, revision| {
        admit.run(actor, SetClientStage { client: guest, stage, revision }, None)
    };
    assert_eq!(refused(set(&nora, Stage::Registered, 0)), Refusal::NotPermitted);
    assert_eq!(refused(set(&host, Stage::Registered, 99)), Refusal::Conflict);
    set(&host, Stage::Prospective, 0).unwrap();
    assert_eq!(refused(set(&host, Stage::Guest, 0)), Refusal::StatusNotAllowed);
    set(&host, Stage::Registered, 0).unwrap();
    assert_eq!(refused(set(&host, Stage::Registered, 0)), Refusal::StatusNotAllowed);
    assert_eq!(refused(set(&host, Stage::Prospective, 0)), Refusal::StatusNotAllowed);
    assert_eq!(admit.client(&host, guest).unwrap().stage, Stage::Registered);
    assert_eq!(refused(set(&visitor, Stage::Registered, 0)), Refusal::NotPermitted);
}
