use super::plant::{
    client, client_with_login, create, invitation, offer, plant, practice_of, seat,
};
use crate::support::{line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::SetClientStatus;
use admit::commands::list::{ListFilter, ListKind, PersonStatus};
use admit::commands::proxy::AddProxy;
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::domain::actor::Actor;
use admit::domain::client::{Stage, Status};
use admit::domain::id::RoomId;
use admit::domain::invitation::{Offer, Shown};
use admit::domain::login;
use admit::domain::message::Delivery;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::time::{HOUR, Timestamp};
use admit::records::person::By;

fn names(admit: &Admit, actor: &Actor, filter: &ListFilter, by: By) -> Vec<String> {
    let page = admit.person_list(actor, filter, by, None, 0).unwrap();
    assert_eq!(page.total, page.page.items.len() as u64);
    assert!(page.total_is_exact);
    page.page.items.into_iter().map(|row| row.name).collect()
}

fn all() -> ListFilter {
    ListFilter::default()
}

#[test]
fn staff_clients_and_open_invitations_stand_in_one_order() {
    let (admit, clock) = store();
    let host = practice(&admit);
    seat(&admit, &host, Role::Admin);
    clock.forward(1);
    client(&admit, &host, "Bo", "Birch");
    clock.forward(1);
    invitation(&admit, &host, Offer::NewClient { rooms: vec![] }, "cy@example.org");
    assert_eq!(
        names(&admit, &host, &all(), By::Name),
        ["admin Seat", "Bo Birch", "cy@example.org"]
    );
    let latest = ["cy@example.org", "Bo Birch", "admin Seat"];
    assert_eq!(names(&admit, &host, &all(), By::Creation), latest);
    for (kind, count) in [(ListKind::Staff, 1), (ListKind::Client, 1), (ListKind::Invitation, 1)] {
        let filter = ListFilter { kinds: vec![kind], ..all() };
        assert_eq!(names(&admit, &host, &filter, By::Name).len(), count);
    }
    let kinds = vec![ListKind::Staff, ListKind::Invitation];
    let filter = ListFilter { kinds, ..all() };
    assert_eq!(names(&admit, &host, &filter, By::Name).len(), 2);
}

#[test]
fn pages_follow_each_other_in_every_order() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let mut made = Vec::new();
    for number in 0..600 {
        clock.forward(1);
        let given = format!("N{:03}", (number * 7) % 600);
        admit.run(&host, create(&given, "Ash", None), None).unwrap();
        made.push(format!("{given} Ash"));
    }
    let mut sorted = made.clone();
    sorted.sort();
    made.reverse();
    for (by, expected) in
        [(By::Name, Some(&sorted)), (By::Creation, Some(&made)), (By::SignIn, None)]
    {
        let mut seen = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let page = admit.person_list(&host, &all(), by, after.as_deref(), 97).unwrap();
            assert_eq!((page.total, page.total_is_exact), (600, true));
            seen.extend(page.page.items.into_iter().map(|row| row.name));
            after = page.page.next;
            if after.is_none() {
                break;
            }
        }
        if let Some(expected) = expected {
            assert_eq!(seen, *expected);
        }
        seen.sort();
        assert_eq!(seen, sorted);
    }
    let filter = ListFilter { name_prefix: Some("n\u{f6}".to_owned()), ..all() };
    assert_eq!(names(&admit, &host, &filter, By::Name), Vec::<String>::new());
    let filter = ListFilter { name_prefix: Some("N00".to_owned()), ..all() };
    for by in [By::Name, By::Creation, By::SignIn] {
        assert_eq!(names(&admit, &host, &filter, by).len(), 10);
    }
    let first = admit.person_list(&host, &filter, By::Name, None, 4).unwrap();
    let rest = admit.person_list(&host, &filter, By::Name, first.page.next.as_deref(), 50).unwrap();
    let count = first.page.items.len() + rest.page.items.len();
    assert_eq!((count, rest.total, rest.page.next), (10, 10, None));
}

#[test]
fn filters_combine() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let room = |name| {
        let create = CreateRoom { name: line(name), external_id: None };
        admit.run(&host, create, None).unwrap()
    };
    let (north, south) = (room("North"), room("South"));
    for (number, given) in ["Ann", "Bea", "Cat", "Dot"].iter().enumerate() {
        let mut create = create(given, "Ash", None);
        create.stage = if number < 2 { Stage::Registered } else { Stage::Prospective };
        let id = admit.run(&host, create, None).unwrap();
        let room = if number % 2 == 0 { north } else { south };
        let member = Member::Client(id);
        admit.run(&host, AssignRoom { room, member }, None).unwrap();
        if number == 3 {
            let status = Status::Suspended;
            let set = SetClientStatus { client: id, status, revision: 0 };
            admit.run(&host, set, None).unwrap();
        }
        if number < 2 {
            invitation(&admit, &host, offer(id), "a@example.org");
        }
    }
    let shown = |filter: ListFilter| names(&admit, &host, &filter, By::Name);
    assert_eq!(shown(ListFilter { room: Some(north), ..all() }), ["Ann Ash", "Cat Ash"]);
    let stage = Some(Stage::Prospective);
    assert_eq!(shown(ListFilter { stage, ..all() }), ["Cat Ash", "Dot Ash"]);
    assert_eq!(shown(ListFilter { stage, room: Some(south), ..all() }), ["Dot Ash"]);
    let status = Some(PersonStatus::Active);
    assert_eq!(shown(ListFilter { stage, status, ..all() }), ["Cat Ash"]);
    let invitation_state = Some(Shown::Pending);
    assert_eq!(shown(ListFilter { invitation_state, ..all() }), ["Ann Ash", "Bea Ash"]);
    let filter = ListFilter { invitation_state, room: Some(south), ..all() };
    assert_eq!(shown(filter.clone()), ["Bea Ash"]);
    clock.forward(HOUR);
    assert_eq!(shown(filter), Vec::<String>::new());
    let invitation_state = Some(Shown::Expired);
    assert_eq!(shown(ListFilter { invitation_state, ..all() }), ["Ann Ash", "Bea Ash"]);
    let delivery_state = Some(Delivery::None);
    assert_eq!(shown(ListFilter { delivery_state, ..all() }).len(), 4);
    let delivery_state = Some(Delivery::Queued);
    assert_eq!(shown(ListFilter { delivery_state, ..all() }).len(), 0);
    let (there, strange) = (practice(&admit), RoomId::from_uuid(practice_of(&host).uuid()));
    for (actor, room) in [(&host, strange), (&there, north)] {
        let filter = ListFilter { room: Some(room), ..all() };
        let listed = admit.person_list(actor, &filter, By::Name, None, 0).map(|page| page.total);
        assert_eq!(refused(listed), Refusal::NotFound);
    }
}

#[test]
fn the_row_tells_the_state_of_the_login() {
    let (admit, _) = store();
    let host = practice(&admit);
    client(&admit, &host, "Ann", "Ash");
    let (_, id, _) = client_with_login(&admit, &host, "Bea");
    let state = |wanted| {
        let filter = ListFilter { login_state: Some(wanted), ..all() };
        names(&admit, &host, &filter, By::Name)
    };
    assert_eq!(state(login::State::None), ["Ann Ash"]);
    assert_eq!(state(login::State::NoPassword), ["Bea Held"]);
    plant(&admit, &host, move |unit| {
        let old = unit.look().login(id)?;
        let new = old.clone().set_password("$x$".to_owned(), unit.now());
        unit.save_login(Some(&old), &new)
    });
    assert_eq!(state(login::State::Active), ["Bea Held"]);
    plant(&admit, &host, move |unit| {
        let old = unit.look().login(id)?;
        let new = old.clone().set_temporary("$x$".to_owned(), unit.now());
        unit.save_login(Some(&old), &new)
    });
    assert_eq!(state(login::State::Temporary), ["Bea Held"]);
}

#[test]
fn a_login_whose_tie_to_itself_is_over_is_not_shown_though_no_upkeep_ran() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (_, login, _) = client_with_login(&admit, &host, "Bo");
    let held = client(&admit, &host, "Cy", "Held");
    let ends_at = Some(Timestamp::from_millis(clock.millis() + HOUR));
    let add = AddProxy { client: held, login, tie: Tie::Myself, ends_at };
    admit.run(&host, add, None).unwrap();
    let shown = || {
        let page = admit.person_list(&host, &all(), By::Creation, None, 0).unwrap();
        let row = page.page.items.into_iter().find(|row| row.id == held.uuid()).unwrap();
        (row.login, row.login_state)
    };
    assert_eq!(shown(), (Some(login), login::State::NoPassword));
    clock.forward(HOUR);
    assert_eq!(shown(), (None, login::State::None));
    let filter = ListFilter { login_state: Some(login::State::NoPassword), ..all() };
    assert_eq!(names(&admit, &host, &filter, By::Name), ["Bo Held"]);
}

#[test]
fn a_practitioner_sees_staff_and_its_own_and_a_member_sees_nothing() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (own_id, own) = seat(&admit, &host, Role::Practitioner);
    let (_, assistant) = seat(&admit, &host, Role::Assistant);
    client(&admit, &own, "Ann", "Ash");
    client(&admit, &host, "Bea", "Ash");
    let open = Offer::NewClient { rooms: vec![] };
    invitation(&admit, &own, open.clone(), "mine@example.org");
    invitation(&admit, &host, open, "other@example.org");
    let mine = ["Ann Ash", "assistant Seat", "mine@example.org", "practitioner Seat"];
    assert_eq!(names(&admit, &own, &all(), By::Name), mine);
    let staff = ["assistant Seat", "practitioner Seat"];
    assert_eq!(names(&admit, &assistant, &all(), By::Name), staff);
    let filter = ListFilter { reachable_by: Some(own_id), ..all() };
    assert_eq!(names(&admit, &host, &filter, By::Name), ["Ann Ash"]);
    let (_, member) = seat(&admit, &host, Role::Member);
    let denied = admit.person_list(&member, &all(), By::Name, None, 0).map(|page| page.total);
    assert_eq!(refused(denied), Refusal::NotPermitted);
    let (_, _, login) = client_with_login(&admit, &host, "Cat");
    let denied = admit.person_list(&login, &all(), By::Name, None, 0).map(|page| page.total);
    assert_eq!(refused(denied), Refusal::NotPermitted);
}
