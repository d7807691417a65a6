use super::{Operation, block, said};
use crate::commands::people::{
    OTHER, PASSWORD, WRONG, as_login, by_password, email, hash_of, secret, visitor,
};
use crate::commands::post::{self, to_client};
use crate::support::{Clock, line, practice, reasoned, store};
use admit::commands::address::{RequestAddressChange, RequestAddressConfirmation};
use admit::commands::login::CreateLogin;
use admit::commands::login_change::{EndSessions, RemoveLogin, UnlockLogin, UpdateLogin};
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::proxy::AddProxy;
use admit::commands::reset::RequestResetFor;
use admit::commands::{Admit, Change};
use admit::domain::actor::Actor;
use admit::domain::id::{ClientId, LoginId};
use admit::domain::login::FAILURES_LOCK;
use admit::domain::proxy::Tie;
use admit::domain::time::MINUTE;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

const NAME: &str = "ada@login.example.org";

/// A client and its login, with the password that it has, if any.
pub struct World {
    admit: Admit,
    clock: Clock,
    host: Actor,
    client: ClientId,
    login: LoginId,
    epoch: u32,
    password: SecretString,
}

fn none() -> World {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    let client = post::client(&admit, &host, "Ada", Some("ada@example.org"));
    let login = LoginId::from_uuid(Uuid::nil());
    World { admit, clock, host, client, login, epoch: 1, password: secret(PASSWORD) }
}

fn made(hash: Option<SecretString>) -> World {
    let world = none();
    let create = CreateLogin {
        client: Some(world.client),
        email: Some(email(NAME)),
        imported_hash: hash,
        ..CreateLogin::default()
    };
    let login = world.admit.create_login(&world.host, &create, None).unwrap().login;
    World { login, ..world }
}

fn active() -> World {
    made(Some(hash_of(PASSWORD)))
}

fn temporary() -> World {
    let world = made(None);
    let set = SetTemporaryPassword { login: world.login, password: TemporaryPassword::Generated };
    let set = world.admit.set_temporary_password(&world.host, &set, None).unwrap();
    World { epoch: set.epoch, password: set.password.unwrap(), ..world }
}

fn locked() -> World {
    let world = active();
    for _ in 0..FAILURES_LOCK {
        world.clock.forward(MINUTE);
        drop(world.admit.sign_in(&visitor(&world.host), &by_password(NAME, WRONG)));
    }
    world
}

fn removed() -> World {
    let world = active();
    world.admit.run(&world.host, RemoveLogin { login: world.login }, None).unwrap();
    world
}

fn as_itself(world: &World) -> Actor {
    as_login(&world.host, world.login, world.epoch)
}

fn change(world: &World) -> String {
    let change = ChangePassword { current: world.password.clone(), new: secret(OTHER) };
    said(world.admit.change_password(&as_itself(world), &change, None))
}

const OPERATIONS: &[Operation<World>] = &[
    ("read", |it| said(it.admit.login(&it.host, it.login))),
    ("read its client as itself", |it| said(it.admit.client(&as_itself(it), it.client))),
    ("sign in", |it| {
        let by = by_password(NAME, it.password.expose_secret());
        said(it.admit.sign_in(&visitor(&it.host), &by))
    }),
    ("sign in by a wrong password", |it| {
        said(it.admit.sign_in(&visitor(&it.host), &by_password(NAME, WRONG)))
    }),
    ("change its password", change),
    ("ask for a reset by its name", |it| said(it.admit.request_reset(&visitor(&it.host), NAME))),
    ("ask for a reset, as staff", |it| {
        said(it.admit.run(&it.host, RequestResetFor { login: it.login }, None))
    }),
    ("set a temporary password", |it| {
        let set = SetTemporaryPassword { login: it.login, password: TemporaryPassword::Generated };
        said(it.admit.set_temporary_password(&it.host, &set, None))
    }),
    ("unlock", |it| said(it.admit.run(&it.host, UnlockLogin { login: it.login }, None))),
    ("end its sessions", |it| said(it.admit.run(&it.host, EndSessions { login: it.login }, None))),
    ("update", |it| {
        let holder = Change::Set(line("Ada"));
        let update = UpdateLogin { holder, ..UpdateLogin::of(it.login) };
        said(it.admit.run(&it.host, update, None))
    }),
    ("ask to change its address", |it| {
        let to = email("new@example.org");
        let ask = RequestAddressChange { login: it.login, to, password: None };
        said(it.admit.request_address_change(&it.host, &ask, None))
    }),
    ("ask to confirm its address", |it| {
        said(it.admit.run(&it.host, RequestAddressConfirmation { login: it.login }, None))
    }),
    ("tie it to another client", |it| {
        let client = post::client(&it.admit, &it.host, "Byron", None);
        let tie = Tie::Guardian { relationship: None };
        let add = AddProxy { client, login: it.login, tie, ends_at: None };
        said(it.admit.run(&it.host, add, None))
    }),
    ("invite its client", |it| said(it.admit.run(&it.host, to_client(it.client), None))),
    ("create a login for its client", |it| {
        let create = CreateLogin {
            client: Some(it.client),
            email: Some(email("second@example.org")),
            ..CreateLogin::default()
        };
        said(it.admit.create_login(&it.host, &create, None))
    }),
    ("remove", |it| said(it.admit.run(&it.host, RemoveLogin { login: it.login }, None))),
];

pub fn blocks() -> Vec<String> {
    vec![block(
        "login",
        &[
            ("none", &none),
            ("no password", &|| made(None)),
            ("temporary", &temporary),
            ("active", &active),
            ("locked", &locked),
            ("removed", &removed),
        ],
        OPERATIONS,
    )]
}
