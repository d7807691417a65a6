//! Who reaches a client, and why: as lists and as steps, and always as the commands decide.

use super::people::{as_login, as_staff};
use super::plant::{add_staff, client, client_with_login, login, seat, tie};
use crate::support::{Clock, line, practice, reasoned, refused, store};
use admit::commands::Admit;
use admit::commands::access::{AccessRow, AccessWay, Why};
use admit::commands::client::SetClientStatus;
use admit::commands::grant::{GiveGrant, WithdrawGrant};
use admit::commands::login::CreateLogin;
use admit::commands::password_change::TemporaryPassword;
use admit::commands::proxy::EndProxy;
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::commands::staff::{AddStaff, SuspendStaff};
use admit::domain::access::StepKind;
use admit::domain::actor::{Actor, Who};
use admit::domain::client::Status;
use admit::domain::grant::{Grantee, Ground};
use admit::domain::id::{ClientId, Noun, RoomId, StaffId, Thing};
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::time::{DAY, Timestamp};
use admit::error::Error;

fn give(client: ClientId, grantee: Grantee) -> GiveGrant {
    let reason = Some(line("second opinion"));
    GiveGrant { client, grantee, scopes: Vec::new(), reason, ends_at: None }
}

fn room(admit: &Admit, host: &Actor, name: &str) -> RoomId {
    admit.run(host, CreateRoom { name: line(name), external_id: None }, None).unwrap()
}

fn rows(admit: &Admit, actor: &Actor, client: ClientId) -> Vec<AccessRow> {
    let page = admit.access_of(actor, client, None, 0).unwrap();
    assert_eq!(page.next, None);
    page.items
}

fn why(admit: &Admit, host: &Actor, who: impl Into<Thing>, client: ClientId) -> Why {
    admit.access_why(host, who.into(), client).unwrap()
}

fn kinds(why: &Why) -> Vec<(StepKind, bool)> {
    why.steps.iter().map(|step| (step.kind, step.holds)).collect()
}

/// A practitioner who made a client with a login and a guardian, in a room, and an admin.
struct World {
    admit: Admit,
    clock: Clock,
    host: Actor,
    ruth: StaffId,
    ada: ClientId,
    own: Actor,
    guardian: Actor,
}

fn world() -> World {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    let (ruth, _) = seat(&admit, &host, Role::Practitioner);
    seat(&admit, &host, Role::Admin);
    let (ada, _, own) = client_with_login(&admit, &as_staff(&host, ruth), "Ada");
    // Ids of one millisecond have no order.
    clock.forward(1);
    let mother = login(&admit, &host, "mother@example.org");
    let relationship = Some(line("mother"));
    tie(&admit, &host, mother, ada, Tie::Guardian { relationship });
    let north = room(&admit, &host, "North");
    admit.run(&host, AssignRoom { room: north, member: Member::Client(ada) }, None).unwrap();
    let own = Actor { who: own.who, ..host.clone() };
    let guardian = as_login(&host, mother, 1);
    World { admit, clock, host, ruth, ada, own, guardian }
}

#[test]
fn a_client_sees_who_reaches_it_and_why_and_what_it_may_withdraw() {
    let world = world();
    let rows = rows(&world.admit, &world.own, world.ada);
    let seen: Vec<_> = rows.iter().map(|row| (row.way, row.who.noun, row.may_withdraw)).collect();
    let expected = [
        (AccessWay::Proxy, Noun::Login, true),
        (AccessWay::Proxy, Noun::Login, true),
        (AccessWay::Grant, Noun::Staff, true),
        (AccessWay::Room, Noun::Room, false),
        (AccessWay::Role, Noun::Staff, false),
    ];
    assert_eq!(seen, expected);
    let words: Vec<_> = rows.iter().map(|row| row.words.as_str()).collect();
    let expected = [
        "Holder is the client, with a login of its own since 2026-01-02.",
        "Holder acts for the client as mother since 2026-01-02.",
        "The chart is open to practitioner Seat by a grant of 2026-01-02, because practitioner \
         Seat created the client.",
        "All staff in the room North reach the client, who is in it.",
        "admin Seat is an admin and reads every client of the practice.",
    ];
    assert_eq!(words, expected);
    assert_eq!(rows[2].ground, Some(Ground::Created));
    assert_eq!((rows[2].role, rows[4].role), (Some(Role::Practitioner), Some(Role::Admin)));
    let grant = rows[2].by.filter(|by| by.noun == Noun::Grant).unwrap();
    let withdraw = WithdrawGrant { grant: admit::domain::id::GrantId::from_uuid(grant.id) };
    world.admit.run(&world.own, withdraw, None).unwrap();
    let left = self::rows(&world.admit, &world.own, world.ada);
    assert!(left.iter().all(|row| row.way != AccessWay::Grant));
    assert!(!format!("{left:?}").contains("Seat"), "a debug text names nobody");
}

#[test]
fn a_guardian_may_end_its_own_tie_alone_and_an_assistant_withdraws_nothing() {
    let world = world();
    let (helper, _) = seat(&world.admit, &world.host, Role::Assistant);
    world.admit.run(&world.host, give(world.ada, Grantee::Staff(helper)), None).unwrap();
    let may = |actor: &Actor| {
        let rows = rows(&world.admit, actor, world.ada);
        let ends = rows.iter().filter(|row| row.may_withdraw && row.way == AccessWay::Proxy);
        (ends.count(), rows.iter().filter(|row| row.may_withdraw).count())
    };
    assert_eq!(may(&world.guardian), (1, 3));
    assert_eq!(may(&as_staff(&world.host, helper)), (0, 0));
    assert_eq!(may(&world.host), (2, 4));
}

#[test]
fn who_may_not_read_the_client_does_not_see_who_does() {
    let world = world();
    let (stranger, _) = seat(&world.admit, &world.host, Role::Assistant);
    let (_, _, other) = client_with_login(&world.admit, &world.host, "Bo");
    let tried = |actor: &Actor| refused(world.admit.access_of(actor, world.ada, None, 0));
    assert_eq!(tried(&as_staff(&world.host, stranger)), Refusal::NotPermitted);
    assert_eq!(tried(&Actor { who: other.who, ..world.host.clone() }), Refusal::NotFound);
    assert_eq!(tried(&practice(&world.admit)), Refusal::NotFound);
    assert_eq!(tried(&Actor { who: Who::Visitor, ..world.host.clone() }), Refusal::NotPermitted);
    let asked = world.admit.access_why(&practice(&world.admit), world.ruth.into(), world.ada);
    assert_eq!(refused(asked), Refusal::NotFound);
    let theirs = seat(&world.admit, &practice(&world.admit), Role::Admin).0;
    let asked = world.admit.access_why(&world.host, theirs.into(), world.ada);
    assert_eq!(refused(asked), Refusal::NotFound);
    let neither = world.admit.access_why(&world.host, world.ada.into(), world.ada);
    assert_eq!(refused(neither), Refusal::NotFound);
}

#[test]
fn pages_of_any_size_show_every_row_once() {
    let world = world();
    for at in 0..3 {
        let name = format!("admin{at}");
        world.admit.run(&world.host, add_staff(Role::Admin, &name), None).unwrap();
    }
    let all = rows(&world.admit, &world.host, world.ada);
    assert_eq!(all.len(), 8);
    for size in 1..=8 {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page =
                world.admit.access_of(&world.host, world.ada, after.as_deref(), size).unwrap();
            assert!(page.items.len() <= size as usize);
            found.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, all, "pages of {size}");
    }
    let odd = world.admit.access_of(&world.host, world.ada, Some("?"), 0);
    assert!(matches!(odd, Err(Error::Invalid(_))));
}

#[test]
fn a_way_that_does_not_count_at_present_is_shown_with_the_rule_that_stops_it() {
    let world = world();
    let suspend = SuspendStaff { staff: world.ruth, revision: 0 };
    world.admit.run(&world.host, suspend, None).unwrap();
    let rows = rows(&world.admit, &world.host, world.ada);
    assert_eq!(rows[2].stopped_by, Some(Refusal::ActorSuspended));
    assert!(rows[2].words.ends_with(
        "At present it does not count: the actor is suspended or has left the practice."
    ));
    assert_eq!(rows[0].stopped_by, None);
}

#[test]
fn the_steps_to_an_open_chart_say_role_grant_and_ground() {
    let world = world();
    let told = why(&world.admit, &world.host, world.ruth, world.ada);
    assert!(told.reaches && told.refusal.is_none());
    let words: Vec<_> = told.steps.iter().map(|step| step.words.as_str()).collect();
    let expected = [
        "practitioner Seat is an approved practitioner of the practice.",
        "No login holds the seat of practitioner Seat; the product itself vouches for it.",
        "The chart is open to practitioner Seat by a grant of 2026-01-02, because practitioner \
         Seat created the client.",
        "The role practitioner reads a client that is open to it.",
    ];
    assert_eq!(words, expected);
    assert_eq!(told.steps[2].thing.map(|thing| thing.noun), Some(Noun::Grant));
}

#[test]
fn the_first_refusal_that_stands_ends_the_steps() {
    let world = world();
    let (admit, host) = (&world.admit, &world.host);
    let refusal = |who: StaffId| {
        let told = why(admit, host, who, world.ada);
        assert!(!told.reaches);
        assert_eq!(told.steps.last().unwrap().refusal, told.refusal);
        (kinds(&told), told.refusal.unwrap(), told.steps.last().unwrap().words.clone())
    };
    let waiting = AddStaff { approved: Some(false), ..add_staff(Role::Practitioner, "waiting") };
    let waiting = admit.run(host, waiting, None).unwrap();
    let seat_alone = vec![(StepKind::Seat, false)];
    let (steps, rule, words) = refusal(waiting);
    assert_eq!((steps, rule), (seat_alone.clone(), Refusal::NotApproved));
    assert_eq!(words, "waiting Seat, practitioner, is not approved yet.");

    let (other, _) = seat(admit, host, Role::Assistant);
    let no_grant = vec![
        (StepKind::Seat, true),
        (StepKind::Session, true),
        (StepKind::Grant, false),
        (StepKind::Role, false),
    ];
    let (steps, rule, words) = refusal(other);
    assert_eq!((steps, rule), (no_grant, Refusal::NotPermitted));
    assert_eq!(words, "The role assistant reads no client that is not open to it.");

    let end = Timestamp::from_millis(world.clock.millis() + DAY);
    let lapsing = GiveGrant { ends_at: Some(end), ..give(world.ada, Grantee::Staff(other)) };
    admit.run(host, lapsing, None).unwrap();
    let grant = admit.run(host, give(world.ada, Grantee::Staff(other)), None).unwrap();
    admit.run(host, WithdrawGrant { grant }, None).unwrap();
    assert!(why(admit, host, other, world.ada).reaches);
    world.clock.forward(DAY);
    let told = why(admit, host, other, world.ada);
    let words: Vec<_> = told.steps[2..5].iter().map(|step| step.words.as_str()).collect();
    assert!(words[0].ends_with(
        "given by the product (\u{201c}second opinion\u{201d}); it lapsed on 2026-01-03."
    ));
    assert!(words[1].ends_with("it was withdrawn on 2026-01-02."));
    assert_eq!(words[2], "No grant and no room opens the chart to assistant Seat.");

    admit.run(host, SuspendStaff { staff: world.ruth, revision: 0 }, None).unwrap();
    let (steps, rule, words) = refusal(world.ruth);
    assert_eq!((steps, rule), (seat_alone, Refusal::ActorSuspended));
    assert_eq!(words, "practitioner Seat, practitioner, is suspended.");
}

#[test]
fn a_room_an_admin_and_a_temporary_password_have_steps_of_their_own() {
    let world = world();
    let (admit, host) = (&world.admit, &world.host);
    let (omar, _) = seat(admit, host, Role::Practitioner);
    let member = Member::Staff(omar);
    let rooms = rows(admit, host, world.ada);
    let north = RoomId::from_uuid(rooms[3].who.id);
    admit.run(host, AssignRoom { room: north, member }, None).unwrap();
    let told = why(admit, host, omar, world.ada);
    assert_eq!(told.steps[2].words, "practitioner Seat and the client share the room North.");
    let admin = StaffId::from_uuid(rooms[4].who.id);
    let told = why(admit, host, admin, world.ada);
    assert_eq!(told.steps.last().unwrap().words, "An admin reads every client of the practice.");
    let create = CreateLogin {
        staff: Some(admin),
        email: Some(super::plant::email("admin@example.org")),
        password: Some(TemporaryPassword::Generated),
        ..CreateLogin::default()
    };
    admit.create_login(host, &create, None).unwrap();
    let told = why(admit, host, admin, world.ada);
    assert_eq!(told.refusal, Some(Refusal::MustChangePassword));
    assert_eq!(kinds(&told).last(), Some(&(StepKind::Session, false)));
}

#[test]
fn a_login_reaches_by_its_tie_while_the_client_has_access() {
    let world = world();
    let (admit, host) = (&world.admit, &world.host);
    let Who::Login { id: own, .. } = world.own.who else { panic!("no login") };
    let told = why(admit, host, own, world.ada);
    let steps = [StepKind::Session, StepKind::Proxy, StepKind::Client, StepKind::Role];
    assert_eq!(kinds(&told), steps.map(|kind| (kind, true)));
    let bo = client(admit, host, "Bo", "Birch");
    let told = why(admit, host, own, bo);
    assert_eq!(told.refusal, Some(Refusal::NotFound));
    assert_eq!(told.steps.last().unwrap().words, "Holder is not tied to the client.");
    let set = SetClientStatus { client: world.ada, status: Status::Suspended, revision: 0 };
    admit.run(host, set, None).unwrap();
    let told = why(admit, host, own, world.ada);
    assert_eq!(told.refusal, Some(Refusal::ActorSuspended));
    assert_eq!(told.steps.last().unwrap().words, "The client's access is suspended.");
    let proxy = admit.proxies(host, world.ada).unwrap()[0].id;
    admit.run(host, EndProxy { proxy }, None).unwrap();
    assert_eq!(refused(admit.access_why(host, own.into(), world.ada)), Refusal::NotFound);
}

#[test]
fn why_answers_as_reading_does_for_every_seat_and_login() {
    let world = world();
    let (admit, host) = (&world.admit, &world.host);
    let roles = [Role::Admin, Role::Practitioner, Role::Assistant, Role::Member];
    let mut asked: Vec<(Thing, Actor)> = roles
        .iter()
        .flat_map(|role| {
            let open = seat(admit, host, *role).0;
            admit.run(host, give(world.ada, Grantee::Staff(open)), None).unwrap();
            [open, seat(admit, host, *role).0]
        })
        .map(|seat| (seat.into(), as_staff(host, seat)))
        .collect();
    let (_, bo, other) = client_with_login(admit, host, "Bo");
    asked.push((bo.into(), other));
    let Who::Login { id: own, .. } = world.own.who else { panic!("no login") };
    asked.push((own.into(), world.own.clone()));
    let mut reached = 0;
    for (who, actor) in asked {
        let read = admit.client(&Actor { source: host.source.clone(), ..actor }, world.ada);
        let told = why(admit, host, who, world.ada);
        assert_eq!(told.reaches, read.is_ok());
        assert_eq!(told.refusal, read.err().map(|error| refused::<()>(Err(error))));
        reached += u32::from(told.reaches);
    }
    assert_eq!(reached, 5, "two admins, an open practitioner and assistant, the client itself");
}
