use super::{Operation, block, said};
use crate::commands::deletion::{delete, hold, policy, to_erase};
use crate::commands::people::{PASSWORD, as_login, by_password, email, hash_of, visitor};
use crate::commands::post::{self, to_client, to_guardian};
use crate::support::{line, practice, reasoned, store};
use admit::commands::client::{ProfileChange, SetClientStatus, UpdateClient};
use admit::commands::deletion::{CallOffDeletion, Confirmed, LiftHold, PlaceHold};
use admit::commands::grant::{GiveGrant, WithdrawGrant};
use admit::commands::login::CreateLogin;
use admit::commands::post::{PostNotice, Told};
use admit::commands::proxy::{AddProxy, EndProxy};
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::commands::{Admit, Change};
use admit::domain::actor::Actor;
use admit::domain::client::{Stage, Status};
use admit::domain::deletion::Code;
use admit::domain::grant::Grantee;
use admit::domain::id::{ClientId, GrantId, LoginId, StaffId};
use admit::domain::message::OwnKind;
use admit::domain::proxy::Tie;
use admit::domain::staff::Role;
use admit::error::Result;

/// A client with a login of its own, a guardian's login elsewhere, a seat, and a grant to it.
pub struct World {
    admit: Admit,
    host: Actor,
    client: ClientId,
    login: LoginId,
    guardian: LoginId,
    staff: StaffId,
    grant: GrantId,
}

fn world(stage: Stage) -> World {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    let client = post::client(&admit, &host, "Ada", Some("ada@example.org"));
    let login = login(&admit, &host, client, "ada@login.example.org");
    let other = post::client(&admit, &host, "Mary", None);
    let guardian = self::login(&admit, &host, other, "mary@login.example.org");
    let (staff, _) = crate::commands::plant::seat(&admit, &host, Role::Practitioner);
    let grant = admit.run(&host, give(client, staff), None).unwrap();
    post::set_client(&admit, client, move |client| client.stage = stage);
    World { admit, host, client, login, guardian, staff, grant }
}

fn login(admit: &Admit, host: &Actor, client: ClientId, address: &str) -> LoginId {
    let (address, hash) = (Some(email(address)), Some(hash_of(PASSWORD)));
    let create = CreateLogin {
        client: Some(client),
        email: address,
        imported_hash: hash,
        ..CreateLogin::default()
    };
    admit.create_login(host, &create, None).unwrap().login
}

fn give(client: ClientId, staff: StaffId) -> GiveGrant {
    let grantee = Grantee::Staff(staff);
    GiveGrant { client, grantee, scopes: Vec::new(), reason: None, ends_at: None }
}

fn set(world: &World, status: Status) -> SetClientStatus {
    SetClientStatus { client: world.client, status, revision: 0 }
}

fn with_status(stage: Stage, status: Status) -> World {
    let world = world(stage);
    world.admit.run(&world.host, set(&world, status), None).unwrap();
    world
}

fn waiting(stage: Stage) -> World {
    let world = world(stage);
    policy(&world.admit, "return allow.schedule{ days = 3 }");
    delete(&world.admit, &world.host, &to_erase(world.client)).unwrap();
    world
}

/// Plans and confirms under a policy that lets everything be erased.
fn erase(world: &World) -> Result<Confirmed> {
    policy(&world.admit, "return allow.erase()");
    delete(&world.admit, &world.host, &to_erase(world.client))
}

fn held(stage: Stage) -> World {
    let world = world(stage);
    hold(&world.admit, &world.host, world.client);
    world
}

fn erased(stage: Stage) -> World {
    let world = world(stage);
    erase(&world).unwrap();
    world
}

/// As the import of a client who has died leaves it.
fn deceased(stage: Stage) -> World {
    let world = with_status(stage, Status::Deactivated);
    post::set_client(&world.admit, world.client, |client| client.profile.deceased = true);
    world
}

fn as_itself(world: &World) -> Actor {
    as_login(&world.host, world.login, 1)
}

const OPERATIONS: &[Operation<World>] = &[
    ("read", |it| said(it.admit.client(&it.host, it.client))),
    ("read as itself, before signed in", |it| said(it.admit.client(&as_itself(it), it.client))),
    ("sign in as itself", |it| {
        let by = by_password("ada@login.example.org", PASSWORD);
        said(it.admit.sign_in(&visitor(&it.host), &by))
    }),
    ("ask for a reset of its login", |it| {
        said(it.admit.request_reset(&visitor(&it.host), "ada@login.example.org"))
    }),
    ("update", |it| {
        let change = ProfileChange {
            physician_name: Change::Set(line("Dr. Lee")),
            ..ProfileChange::default()
        };
        said(it.admit.run(&it.host, UpdateClient { client: it.client, change, revision: 0 }, None))
    }),
    ("set active", |it| said(it.admit.run(&it.host, set(it, Status::Active), None))),
    ("deactivate", |it| said(it.admit.run(&it.host, set(it, Status::Deactivated), None))),
    ("suspend", |it| said(it.admit.run(&it.host, set(it, Status::Suspended), None))),
    ("invite", |it| said(it.admit.run(&it.host, to_client(it.client), None))),
    ("invite a guardian", |it| {
        said(it.admit.run(&it.host, to_guardian(it.client, "gina@example.org"), None))
    }),
    ("create a login", |it| {
        let create = CreateLogin {
            client: Some(it.client),
            email: Some(email("second@example.org")),
            ..CreateLogin::default()
        };
        said(it.admit.create_login(&it.host, &create, None))
    }),
    ("add a guardian's login", |it| {
        let tie = Tie::Guardian { relationship: None };
        let add = AddProxy { client: it.client, login: it.guardian, tie, ends_at: None };
        said(it.admit.run(&it.host, add, None))
    }),
    ("end its login's tie", |it| {
        let found = post::proxies(&it.admit, it.client);
        let Some(proxy) = found.first() else { return "none".to_owned() };
        said(it.admit.run(&it.host, EndProxy { proxy: proxy.id }, None))
    }),
    ("give a grant", |it| said(it.admit.run(&it.host, give(it.client, it.staff), None))),
    ("withdraw a grant", |it| {
        said(it.admit.run(&it.host, WithdrawGrant { grant: it.grant }, None))
    }),
    ("put into a room", |it| {
        let room = CreateRoom { name: line("North"), external_id: None };
        let room = it.admit.run(&it.host, room, None).unwrap();
        let assign = AssignRoom { room, member: Member::Client(it.client) };
        said(it.admit.run(&it.host, assign, None))
    }),
    ("post a notice", |it| {
        let kind = OwnKind::parse("x_diary_due").unwrap();
        let told = Told::Client(it.client);
        said(it.admit.run(&it.host, PostNotice { kind, told, facts: Vec::new() }, None))
    }),
    ("export", |it| said(it.admit.export_client(&it.host, it.client))),
    ("plan an erasure", |it| said(it.admit.plan_deletion(&it.host, &to_erase(it.client)))),
    ("confirm an erasure", |it| said(erase(it))),
    ("call a deletion off", |it| {
        said(it.admit.run(&it.host, CallOffDeletion { client: it.client }, None))
    }),
    ("place a hold", |it| {
        let ground = Code::parse("legal_dispute").unwrap();
        let place = PlaceHold { client: it.client, ground, note: None };
        said(it.admit.run(&it.host, place, None))
    }),
    ("lift its hold", |it| match it.admit.holds(&it.host, it.client) {
        Ok(holds) if holds.is_empty() => "none".to_owned(),
        Ok(holds) => said(it.admit.run(&it.host, LiftHold { hold: holds[0].id }, None)),
        Err(error) => said::<()>(Err(error)),
    }),
];

/// The stage decides nothing of this, so one block stands for all three.
pub fn blocks() -> Vec<String> {
    let title = "client, at every stage";
    let [block, rest @ ..] = [Stage::Registered, Stage::Prospective, Stage::Guest].map(|stage| {
        let states: &[(&str, &dyn Fn() -> World)] = &[
            ("active", &|| world(stage)),
            ("deactivated", &|| with_status(stage, Status::Deactivated)),
            ("suspended", &|| with_status(stage, Status::Suspended)),
            ("pending deletion", &|| waiting(stage)),
            ("held", &|| held(stage)),
            ("deceased", &|| deceased(stage)),
            ("erased", &|| erased(stage)),
        ];
        block(title, states, OPERATIONS)
    });
    assert!(rest.iter().all(|other| *other == block), "{block}{rest:?}");
    vec![block]
}
