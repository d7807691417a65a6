//! Random commands, after each of which every list row equals what the nouns say.

use crate::commands::plant::{
    acting, create, email, invitation, login, offer, plant, practice_of, seat,
};
use crate::support::{line, name, practice, store};
use admit::commands::client::{ProfileChange, SetClientStatus, UpdateClient};
use admit::commands::proxy::{AddProxy, EndProxy};
use admit::commands::room::{AssignRoom, CreateRoom, Member, UnassignRoom};
use admit::commands::staff::{ReactivateStaff, StaffChange, SuspendStaff, UpdateStaff};
use admit::commands::{Admit, Change};
use admit::domain::actor::{Actor, Who};
use admit::domain::client::Status;
use admit::domain::id::{ClientId, LoginId, RoomId, StaffId};
use admit::domain::invitation::{Offer, Shown};
use admit::domain::proxy::Tie;
use admit::domain::staff::Role;
use admit::domain::text::search;
use admit::records;
use admit::records::person::{By, Kind, Person};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Create(u8),
    Rename(u8, u8),
    SetStatus(u8, u8),
    Assign(u8, u8),
    Unassign(u8, u8),
    AddProxy(u8, u8),
    EndProxy(u8),
    Invite(u8),
    InviteNobody,
    RenameSeat(u8),
    Suspend,
    Reactivate,
    Wait,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<u8>().prop_map(Step::Create),
        any::<(u8, u8)>().prop_map(|(client, name)| Step::Rename(client, name)),
        any::<(u8, u8)>().prop_map(|(client, status)| Step::SetStatus(client, status)),
        any::<(u8, u8)>().prop_map(|(member, room)| Step::Assign(member, room)),
        any::<(u8, u8)>().prop_map(|(member, room)| Step::Unassign(member, room)),
        any::<(u8, u8)>().prop_map(|(client, login)| Step::AddProxy(client, login)),
        any::<u8>().prop_map(Step::EndProxy),
        any::<u8>().prop_map(Step::Invite),
        Just(Step::InviteNobody),
        any::<u8>().prop_map(Step::RenameSeat),
        Just(Step::Suspend),
        Just(Step::Reactivate),
        Just(Step::Wait),
    ]
}

struct World {
    admit: Admit,
    clock: crate::support::Clock,
    host: Actor,
    clients: Vec<ClientId>,
    logins: Vec<LoginId>,
    rooms: Vec<RoomId>,
    seat: StaffId,
}

impl World {
    fn new() -> Self {
        let (admit, clock) = store();
        let host = practice(&admit);
        let (seat, _) = seat(&admit, &host, Role::Practitioner);
        let room = |text| CreateRoom { name: line(text), external_id: None };
        let rooms = ["a", "b"].map(|text| admit.run(&host, room(text), None).unwrap());
        let first = admit.run(&host, create("First", "One", None), None).unwrap();
        let logins: Vec<_> =
            (0..2).map(|at| login(&admit, &host, &format!("l{at}@example.org"))).collect();
        for login in &logins {
            let tie = Tie::Guardian { relationship: None };
            crate::commands::plant::tie(&admit, &host, *login, first, tie);
        }
        Self { admit, clock, host, clients: vec![first], logins, rooms: rooms.into(), seat }
    }

    fn client(&self, at: u8) -> ClientId {
        self.clients[usize::from(at) % self.clients.len()]
    }

    fn member(&self, at: u8) -> Member {
        if at.is_multiple_of(4) {
            Member::Staff(self.seat)
        } else {
            Member::Client(self.client(at))
        }
    }

    /// Takes a step; a refusal changes nothing and is fine.
    fn take(&mut self, step: &Step) {
        let (admit, host) = (&self.admit, &self.host);
        let room = |at: u8| self.rooms[usize::from(at) % 2];
        match *step {
            Step::Create(at) => {
                let create = create(&format!("C{at}"), "New", Some("c@example.org"));
                self.clients.push(admit.run(host, create, None).unwrap());
            }
            Step::Rename(client, text) => {
                let email = Change::Set(email(&format!("c{text}@example.org")));
                let name = Some(name(&format!("R{text}"), "Named"));
                let change = ProfileChange { name, email, ..ProfileChange::default() };
                let client = self.client(client);
                admit.run(host, UpdateClient { client, change, revision: 0 }, None).unwrap();
            }
            Step::SetStatus(client, status) => {
                let statuses = [Status::Active, Status::Deactivated, Status::Suspended];
                let status = statuses[usize::from(status) % 3];
                let client = self.client(client);
                let _ = admit.run(host, SetClientStatus { client, status, revision: 0 }, None);
            }
            Step::Assign(member, at) => {
                let assign = AssignRoom { room: room(at), member: self.member(member) };
                admit.run(host, assign, None).unwrap();
            }
            Step::Unassign(member, at) => {
                let unassign = UnassignRoom { room: room(at), member: self.member(member) };
                admit.run(host, unassign, None).unwrap();
            }
            Step::AddProxy(client, login) => {
                let login = self.logins[usize::from(login) % 2];
                let (client, tie, ends_at) = (self.client(client), Tie::Myself, None);
                let _ = admit.run(host, AddProxy { client, login, tie, ends_at }, None);
            }
            Step::EndProxy(client) => {
                for proxy in admit.proxies(host, self.client(client)).unwrap() {
                    let _ = admit.run(host, EndProxy { proxy: proxy.id }, None);
                }
            }
            Step::Invite(client) => {
                invitation(admit, host, offer(self.client(client)), "c@example.org");
            }
            Step::InviteNobody => {
                invitation(admit, host, Offer::NewClient { rooms: vec![] }, "n@example.org");
            }
            Step::RenameSeat(text) => {
                let name = Some(name(&format!("S{text}"), "Seat"));
                let change = StaffChange { name, ..StaffChange::default() };
                let own = acting(host, Who::Staff(self.seat));
                let update = UpdateStaff { staff: self.seat, change, revision: 0 };
                let _ = admit.run(&own, update, None);
            }
            Step::Suspend => {
                let _ = admit.run(host, SuspendStaff { staff: self.seat, revision: 0 }, None);
            }
            Step::Reactivate => {
                let _ = admit.run(host, ReactivateStaff { staff: self.seat, revision: 0 }, None);
            }
            Step::Wait => self.clock.forward(60_000),
        }
    }

    fn rows(&self, by: By) -> Vec<Person> {
        let practice = practice_of(&self.host);
        let rows = self
            .admit
            .store()
            .read(|read| records::person::scan(read, practice, by, None, usize::MAX));
        rows.unwrap().into_iter().map(|(_, person)| person).collect()
    }

    fn check(&self) {
        let rows = self.rows(By::Creation);
        for by in [By::Name, By::SignIn] {
            assert_eq!(self.rows(by).len(), rows.len());
        }
        let listed = |thing| rows.iter().filter(|row| row.thing == thing).count();
        assert_eq!(listed(self.seat.into()), 1);
        for client in &self.clients {
            assert_eq!(listed((*client).into()), 1);
        }
        for row in &rows {
            match &row.kind {
                Kind::Client { .. } => self.check_client(row),
                Kind::Staff { .. } => self.check_seat(row),
                Kind::Invitation => {
                    assert_eq!(row.invitation.as_ref().unwrap().state, Shown::Pending);
                }
            }
        }
    }

    fn check_client(&self, row: &Person) {
        let id = ClientId::from_uuid(row.thing.id);
        let client = self.admit.client(&self.host, id).unwrap();
        let (stage, status, nature) = (client.stage, client.status, client.profile.nature);
        assert_eq!(row.kind, Kind::Client { nature, stage, status });
        assert_eq!(row.name, client.profile.display_name());
        assert_eq!(row.sort_key, search::sort_key(&row.name));
        assert_eq!(row.email.as_deref(), client.profile.email.as_ref().map(|it| it.as_str()));
        let proxies = self.admit.proxies(&self.host, id).unwrap();
        let own = proxies.iter().find(|it| it.tie == Tie::Myself && it.ended_at.is_none());
        assert_eq!(row.login, own.map(|proxy| proxy.login));
        let found = self.admit.store().read(|read| {
            let rooms = records::room::of_member(read, row.thing)?;
            Ok((rooms, records::invitation::of_client(read, id, 1)?))
        });
        let (rooms, latest) = found.unwrap();
        assert_eq!(row.rooms, rooms);
        let latest = latest.first().map(|it| (it.id, it.shown(it.created_at)));
        assert_eq!(row.invitation.as_ref().map(|it| (it.id, it.state)), latest);
    }

    fn check_seat(&self, row: &Person) {
        let seat = self.admit.staff(&self.host, StaffId::from_uuid(row.thing.id)).unwrap();
        let (role, approval, status) = (seat.role, seat.approval, seat.status);
        assert_eq!(row.kind, Kind::Staff { role, approval, status });
        assert_eq!(row.name, seat.name.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn list_rows_equal_what_the_nouns_say(steps in prop::collection::vec(step(), 1..40)) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
        }
        world.check();
        let practice = plant(&world.admit, &world.host, |unit| Ok(unit.context.practice()?));
        prop_assert_eq!(practice, practice_of(&world.host));
        prop_assert_eq!(world.admit.verify(&world.host, None).unwrap().broken_at, None);
        prop_assert_eq!(world.admit.verify_store(None).unwrap().broken_at, None);
    }
}
