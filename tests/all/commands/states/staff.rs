use super::{Operation, block, said};
use crate::commands::deletion::{asking, delete, policy};
use crate::commands::people::{PASSWORD, by_password, email, hash_of, visitor};
use crate::commands::plant::{add_staff, create};
use crate::commands::post::{self, to_whom};
use crate::support::{line, practice, reasoned, store};
use admit::commands::deletion::Confirmed;
use admit::commands::grant::GiveGrant;
use admit::commands::invitation::Whom;
use admit::commands::login::CreateLogin;
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::commands::staff::{
    AddStaff, ApproveStaff, ChangeRole, MarkOnboarded, ReactivateStaff, StaffChange, SuspendStaff,
    UpdateStaff,
};
use admit::commands::{Admit, Change};
use admit::domain::actor::{Actor, Who};
use admit::domain::deletion::Subject;
use admit::domain::grant::Grantee;
use admit::domain::id::StaffId;
use admit::domain::staff::Role;
use admit::error::Result;
use admit::hooks::request::Wanted;

/// A practitioner's seat.
pub struct World {
    admit: Admit,
    host: Actor,
    staff: StaffId,
}

fn added(approved: bool) -> World {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    let seat =
        AddStaff { approved: Some(approved), ..add_staff(Role::Practitioner, "practitioner") };
    let staff = admit.run(&host, seat, None).unwrap();
    World { admit, host, staff }
}

fn invited() -> World {
    let world = added(true);
    let whom = to_whom(Whom::Seat { staff: world.staff });
    world.admit.run(&world.host, whom, None).unwrap();
    world
}

/// A seat with a holder, who can sign in.
fn accepted(approved: bool) -> World {
    let world = added(approved);
    let create = CreateLogin {
        staff: Some(world.staff),
        email: Some(email("lee@example.org")),
        imported_hash: Some(hash_of(PASSWORD)),
        ..CreateLogin::default()
    };
    world.admit.create_login(&world.host, &create, None).unwrap();
    world
}

fn suspended() -> World {
    let world = accepted(true);
    let suspend = SuspendStaff { staff: world.staff, revision: 0 };
    world.admit.run(&world.host, suspend, None).unwrap();
    world
}

/// Ends the seat under a policy that lets everybody leave.
fn leave(world: &World) -> Result<Confirmed> {
    policy(&world.admit, "return allow.leave()");
    let asked = asking(Subject::Staff(world.staff), Wanted::Leave);
    delete(&world.admit, &world.host, &asked)
}

fn ended() -> World {
    let world = accepted(true);
    leave(&world).unwrap();
    world
}

fn as_itself(world: &World) -> Actor {
    Actor { who: Who::Staff(world.staff), ..world.host.clone() }
}

const OPERATIONS: &[Operation<World>] = &[
    ("read", |it| said(it.admit.staff(&it.host, it.staff))),
    ("read the practice as itself", |it| said(it.admit.practice(&as_itself(it)))),
    ("create a client as itself", |it| {
        said(it.admit.run(&as_itself(it), create("Ada", "Ash", None), None))
    }),
    ("sign in", |it| {
        said(it.admit.sign_in(&visitor(&it.host), &by_password("lee@example.org", PASSWORD)))
    }),
    ("ask for a reset of its login", |it| {
        said(it.admit.request_reset(&visitor(&it.host), "lee@example.org"))
    }),
    ("update", |it| {
        let title = Change::Set(line("Surgeon"));
        let change = StaffChange { title, ..StaffChange::default() };
        said(it.admit.run(&it.host, UpdateStaff { staff: it.staff, change, revision: 0 }, None))
    }),
    ("change the role", |it| {
        let change = ChangeRole { staff: it.staff, role: Role::Assistant, revision: 0 };
        said(it.admit.run(&it.host, change, None))
    }),
    ("approve", |it| {
        said(it.admit.run(&it.host, ApproveStaff { staff: it.staff, revision: 0 }, None))
    }),
    ("suspend", |it| {
        said(it.admit.run(&it.host, SuspendStaff { staff: it.staff, revision: 0 }, None))
    }),
    ("reactivate", |it| {
        said(it.admit.run(&it.host, ReactivateStaff { staff: it.staff, revision: 0 }, None))
    }),
    ("mark as onboarded", |it| {
        said(it.admit.run(&it.host, MarkOnboarded { staff: it.staff }, None))
    }),
    ("invite", |it| said(it.admit.run(&it.host, to_whom(Whom::Seat { staff: it.staff }), None))),
    ("create a login", |it| {
        let create = CreateLogin {
            staff: Some(it.staff),
            email: Some(email("second@example.org")),
            ..CreateLogin::default()
        };
        said(it.admit.create_login(&it.host, &create, None))
    }),
    ("open a chart to it", |it| {
        let client = post::client(&it.admit, &it.host, "Ada", None);
        let grantee = Grantee::Staff(it.staff);
        let give = GiveGrant { client, grantee, scopes: Vec::new(), reason: None, ends_at: None };
        said(it.admit.run(&it.host, give, None))
    }),
    ("put into a room", |it| {
        let room = CreateRoom { name: line("North"), external_id: None };
        let room = it.admit.run(&it.host, room, None).unwrap();
        let assign = AssignRoom { room, member: Member::Staff(it.staff) };
        said(it.admit.run(&it.host, assign, None))
    }),
    ("act for it, as the host", |it| {
        let host = Actor { on_behalf_of: Some(it.staff), ..it.host.clone() };
        said(it.admit.practice(&host))
    }),
    ("end", |it| said(leave(it))),
];

pub fn blocks() -> Vec<String> {
    vec![block(
        "staff",
        &[
            ("added", &|| added(true)),
            ("invited", &invited),
            ("accepted", &|| accepted(true)),
            ("pending approval", &|| accepted(false)),
            ("suspended", &suspended),
            ("ended", &ended),
        ],
        OPERATIONS,
    )]
}
