use super::plant::{client, happenings, seat};
use super::post;
use crate::support::{line, practice, refused, store};
use admit::commands::event::EventFilter;
use admit::commands::invitation::{SendInvitation, Whom};
use admit::commands::room::{AssignRoom, CreateRoom, Member, ROOMS_MAX, RenameRoom, UnassignRoom};
use admit::domain::event::Happening;
use admit::domain::id::{ClientId, RoomId, StaffId};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::ExternalId;

fn room(name: &str) -> CreateRoom {
    CreateRoom { name: line(name), external_id: None }
}

#[test]
fn a_room_is_made_renamed_found_and_listed() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let key = ExternalId::parse("r1").unwrap();
    let create = CreateRoom { external_id: Some(key.clone()), ..room("North") };
    let id = admit.run(&host, create.clone(), None).unwrap();
    assert_eq!(refused(admit.run(&host, create, None)), Refusal::ExternalIdTaken);
    let rename = RenameRoom { room: id, name: line("South"), revision: 1 };
    admit.run(&host, rename.clone(), None).unwrap();
    assert_eq!(refused(admit.run(&host, rename, None)), Refusal::Conflict);
    let found = admit.room_by_external_id(&host, &key).unwrap();
    assert_eq!((found.id, found.name, found.revision), (id, line("South"), 2));
    clock.forward(1);
    let second = admit.run(&host, room("East"), None).unwrap();
    let page = admit.rooms(&host, None, 1).unwrap();
    assert_eq!(page.items[0].id, id);
    let page = admit.rooms(&host, page.next.as_deref(), 1).unwrap();
    assert_eq!((page.items[0].id, page.next), (second, None));
}

#[test]
fn assigning_opens_the_rooms_clients_and_a_second_time_changes_nothing() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &host, "Ada", "Ash");
    let id = admit.run(&host, room("North"), None).unwrap();
    assert_eq!(refused(admit.client(&own, ada)), Refusal::NotPermitted);
    let before = happenings(&admit, &host).len();
    for member in [Member::Staff(staff), Member::Client(ada)] {
        for _ in 0..2 {
            admit.run(&host, AssignRoom { room: id, member }, None).unwrap();
        }
    }
    assert_eq!(happenings(&admit, &host)[before..], ["room.assigned", "room.assigned"]);
    assert_eq!(admit.client(&own, ada).unwrap().id, ada);
    let member = Member::Client(ada);
    for _ in 0..2 {
        admit.run(&host, UnassignRoom { room: id, member }, None).unwrap();
    }
    assert_eq!(happenings(&admit, &host)[before + 2..], ["room.unassigned"]);
    assert_eq!(refused(admit.client(&own, ada)), Refusal::NotPermitted);
}

#[test]
fn a_client_who_joins_rooms_by_accepting_is_assigned_to_each_once() {
    let (admit, _) = store();
    let host = practice(&admit);
    let rooms = ["North", "South"].map(|name| admit.run(&host, room(name), None).unwrap());
    let whom = Whom::NewClient { rooms: vec![rooms[0], rooms[1], rooms[0]] };
    let to_ben = SendInvitation { whom, ..post::to_new_client("Ben", "ben@example.org") };
    post::send(&admit, &host, to_ben);
    let token = post::emailed(&admit);
    let before = happenings(&admit, &host).len();
    let client = post::accept(&admit, post::with_password(&token)).unwrap().client.unwrap();
    let after = happenings(&admit, &host).split_off(before);
    let made = after.iter().position(|it| *it == "client.created").unwrap();
    assert_eq!(after[made + 1..made + 3], ["room.assigned", "room.assigned"]);
    assert_eq!(after.iter().filter(|it| **it == "room.assigned").count(), 2);
    let happening = Some(Happening::RoomAssigned);
    let filter = EventFilter { subject: Some(client.into()), happening, ..EventFilter::default() };
    let found = admit.events(&host, filter, None, 0).unwrap().items;
    let mut joined: Vec<_> = found.iter().map(|it| it.object).collect();
    joined.reverse();
    assert_eq!(joined, rooms.map(Into::into));
}

#[test]
fn nobody_is_in_more_than_64_rooms() {
    let (admit, _) = store();
    let host = practice(&admit);
    let member = Member::Client(client(&admit, &host, "Ada", "Ash"));
    let assign = || {
        let room = admit.run(&host, room("R"), None).unwrap();
        admit.run(&host, AssignRoom { room, member }, None)
    };
    for _ in 0..ROOMS_MAX {
        assign().unwrap();
    }
    assert_eq!(refused(assign()), Refusal::LimitReached);
    let rooms: Vec<_> =
        (0..=ROOMS_MAX).map(|_| admit.run(&host, room("R"), None).unwrap()).collect();
    let to_ben = |rooms: &[RoomId]| {
        let whom = Whom::NewClient { rooms: rooms.to_vec() };
        let to_ben = post::to_new_client("Ben", "ben@example.org");
        admit.run(&host, SendInvitation { whom, ..to_ben }, None)
    };
    assert_eq!(refused(to_ben(&rooms)), Refusal::LimitReached);
    to_ben(&rooms[1..]).unwrap();
}

#[test]
fn staff_read_rooms_and_only_admins_run_them() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = admit.run(&host, room("North"), None).unwrap();
    for role in [Role::Practitioner, Role::Assistant] {
        let (_, own) = seat(&admit, &host, role);
        assert_eq!(admit.room(&own, id).unwrap().id, id);
        assert_eq!(refused(admit.run(&own, room("South"), None)), Refusal::NotPermitted);
        let rename = RenameRoom { room: id, name: line("South"), revision: 0 };
        assert_eq!(refused(admit.run(&own, rename, None)), Refusal::NotPermitted);
    }
    let (_, member) = seat(&admit, &host, Role::Member);
    assert_eq!(refused(admit.room(&member, id)), Refusal::NotPermitted);
    let (_, admin) = seat(&admit, &host, Role::Admin);
    admit.run(&admin, room("South"), None).unwrap();
}

#[test]
fn another_practices_and_another_nouns_rooms_and_members_are_not_found() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let here = admit.run(&host, room("North"), None).unwrap();
    let theirs = admit.run(&there, room("North"), None).unwrap();
    let own = client(&admit, &host, "Ada", "Ash");
    let (no_room, no_staff) = (RoomId::from_uuid(own.uuid()), StaffId::from_uuid(own.uuid()));
    let strange = client(&admit, &there, "Bo", "Birch");
    let member = Member::Client(own);
    for room in [theirs, no_room] {
        let rename = RenameRoom { room, name: line("X"), revision: 0 };
        assert_eq!(refused(admit.room(&host, room)), Refusal::NotFound);
        assert_eq!(refused(admit.run(&host, rename, None)), Refusal::NotFound);
        let assign = admit.run(&host, AssignRoom { room, member }, None);
        assert_eq!(refused(assign), Refusal::NotFound);
        let unassign = admit.run(&host, UnassignRoom { room, member }, None);
        assert_eq!(refused(unassign), Refusal::NotFound);
    }
    let no_client = ClientId::from_uuid(here.uuid());
    for member in [Member::Client(strange), Member::Staff(no_staff), Member::Client(no_client)] {
        let assign = admit.run(&host, AssignRoom { room: here, member }, None);
        assert_eq!(refused(assign), Refusal::NotFound);
    }
}

#[test]
fn imported_rooms_are_created_renamed_left_or_skipped() {
    let (admit, _) = store();
    let host = practice(&admit);
    let list = b"{\"external_id\":\"1\",\"name\":\"North\"}\n{\"name\":\"\"}\n[]\n";
    let report = admit.import_rooms(&host, list).unwrap();
    assert_eq!((report.created, report.skipped), (1, 2));
    let report = admit.import_rooms(&host, list).unwrap();
    assert_eq!((report.unchanged, report.skipped), (1, 2));
    let report = admit.import_rooms(&host, br#"{"external_id":"1","name":"Nord"}"#).unwrap();
    assert_eq!(report.updated, 1);
}
