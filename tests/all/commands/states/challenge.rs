use super::{Operation, block, inspected, said};
use crate::commands::people::{OTHER, PASSWORD, challenge, email, hash_of, secret, token, visitor};
use crate::commands::post;
use crate::support::{Clock, practice, reasoned, store};
use admit::commands::Admit;
use admit::commands::address::{RequestAddressChange, RequestAddressConfirmation};
use admit::commands::login::CreateLogin;
use admit::commands::login_change::{EndSessions, RemoveLogin};
use admit::domain::actor::{Actor, Source};
use admit::domain::id::{ClientId, LoginId};
use admit::domain::time::DAY;

const NAME: &str = "ada@login.example.org";

/// A login, and the link of one thing that was asked for it.
pub struct World {
    admit: Admit,
    clock: Clock,
    host: Actor,
    client: ClientId,
    login: LoginId,
    link: String,
}

#[derive(Clone, Copy)]
enum Purpose {
    Reset,
    Confirm,
    Change,
}

fn live(purpose: Purpose) -> World {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    let client = post::client(&admit, &host, "Ada", Some("ada@example.org"));
    let create = CreateLogin {
        client: Some(client),
        email: Some(email(NAME)),
        imported_hash: Some(hash_of(PASSWORD)),
        ..CreateLogin::default()
    };
    let login = admit.create_login(&host, &create, None).unwrap().login;
    let number = match purpose {
        Purpose::Reset => {
            admit.request_reset(&visitor(&host), NAME).unwrap();
            3
        }
        Purpose::Confirm => {
            admit.run(&host, RequestAddressConfirmation { login }, None).unwrap();
            4
        }
        Purpose::Change => {
            let to = email("new@example.org");
            let ask = RequestAddressChange { login, to, password: None };
            admit.request_address_change(&host, &ask, None).unwrap();
            5
        }
    };
    let link = token(&admit, number, 1, challenge(&admit));
    World { admit, clock, host, client, login, link }
}

fn reset(world: &World) -> String {
    said(world.admit.reset(Source::default(), &world.link, &secret(OTHER), None))
}

fn confirm(world: &World) -> String {
    said(world.admit.confirm_address(Source::default(), &world.link, None))
}

fn after<T>(purpose: Purpose, change: impl Fn(&World) -> T) -> World {
    let world = live(purpose);
    change(&world);
    world
}

fn used(purpose: Purpose) -> World {
    after(purpose, |it| {
        let said = if matches!(purpose, Purpose::Reset) { reset(it) } else { confirm(it) };
        assert_eq!(said, "ok");
    })
}

fn suspend(world: &World) {
    let (client, status) = (world.client, admit::domain::client::Status::Suspended);
    let set = admit::commands::client::SetClientStatus { client, status, revision: 0 };
    world.admit.run(&world.host, set, None).unwrap();
}

const OPERATIONS: &[Operation<World>] = &[
    ("inspect the link", |it| inspected(&it.admit, &it.link)),
    ("choose a password with it", reset),
    ("confirm an address with it", confirm),
    ("choose too easy a password", |it| {
        said(it.admit.reset(Source::default(), &it.link, &secret("aaaaaaaaaaaaaaaa"), None))
    }),
    ("ask for another reset", |it| said(it.admit.request_reset(&visitor(&it.host), NAME))),
];

pub fn blocks() -> Vec<String> {
    let purposes = [
        ("challenge, a reset", Purpose::Reset),
        ("challenge, a confirmation", Purpose::Confirm),
        ("challenge, a change", Purpose::Change),
    ];
    let printed = purposes.map(|(title, purpose)| {
        block(
            title,
            &[
                ("live", &|| live(purpose)),
                ("used", &|| used(purpose)),
                ("expired", &|| after(purpose, |it| it.clock.forward(DAY))),
                ("dead by epoch", &|| {
                    after(purpose, |it| {
                        it.admit.run(&it.host, EndSessions { login: it.login }, None).unwrap();
                    })
                }),
                ("login removed", &|| {
                    after(purpose, |it| {
                        it.admit.run(&it.host, RemoveLogin { login: it.login }, None).unwrap();
                    })
                }),
                ("client suspended", &|| after(purpose, suspend)),
            ],
            OPERATIONS,
        )
    });
    printed.into()
}
