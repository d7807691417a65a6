use super::{Operation, block, inspected, said};
use crate::commands::post::{
    self, accept, emailed, nothing, to_client, with_identity, with_password,
};
use crate::support::{Clock, practice, reasoned, store};
use admit::commands::Admit;
use admit::commands::invitation::{RevokeInvitation, ShowLink};
use admit::commands::practice::SuspendPractice;
use admit::domain::actor::{Actor, Source};
use admit::domain::client::Status;
use admit::domain::id::{ClientId, InvitationId};
use admit::domain::invitation::Channel;
use admit::domain::time::DAY;
use secrecy::{ExposeSecret, SecretString};

/// A client's invitation, and a link of it.
pub struct World {
    admit: Admit,
    clock: Clock,
    host: Actor,
    client: ClientId,
    invitation: InvitationId,
    token: SecretString,
}

fn pending() -> World {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    let client = post::client(&admit, &host, "Ada", Some("ada@example.org"));
    let invitation = post::send(&admit, &host, to_client(client)).invitation;
    let token = emailed(&admit);
    World { admit, clock, host, client, invitation, token }
}

fn after<T>(change: impl Fn(&World) -> T) -> World {
    let world = pending();
    change(&world);
    world
}

fn accepted() -> World {
    after(|it| accept(&it.admit, with_password(&it.token)).unwrap())
}

fn superseded() -> World {
    after(|it| post::send(&it.admit, &it.host, to_client(it.client)))
}

fn revoke(world: &World) -> admit::error::Result<InvitationId> {
    world.admit.run(&world.host, RevokeInvitation { invitation: world.invitation }, None)
}

const OPERATIONS: &[Operation<World>] = &[
    ("inspect the link", |it| inspected(&it.admit, it.token.expose_secret())),
    ("accept with a password", |it| said(accept(&it.admit, with_password(&it.token)))),
    ("accept with an identity", |it| said(accept(&it.admit, with_identity(&it.token, "ada")))),
    ("accept with nothing", |it| said(accept(&it.admit, nothing(&it.token)))),
    ("decline", |it| said(it.admit.decline(Source::default(), &it.token, None))),
    ("ask for a link again", |it| said(it.admit.ask_again(Source::default(), &it.token, None))),
    ("read", |it| said(it.admit.invitation(&it.host, it.invitation))),
    ("show the link", |it| {
        let show = ShowLink { invitation: it.invitation, channel: Channel::Copied };
        said(it.admit.run(&it.host, show, None))
    }),
    ("show the QR code", |it| said(it.admit.invitation_qr(&it.host, it.invitation))),
    ("send again", |it| match it.admit.run(&it.host, to_client(it.client), None) {
        Ok(sent) if sent.is_renewed => "renewed".to_owned(),
        Ok(_) => "sent anew".to_owned(),
        Err(error) => said::<()>(Err(error)),
    }),
    ("revoke", |it| said(revoke(it))),
];

pub fn blocks() -> Vec<String> {
    let stopped = |status| {
        move || {
            after(|it| {
                let (client, host) = (it.client, &it.host);
                let set = admit::commands::client::SetClientStatus { client, status, revision: 0 };
                it.admit.run(host, set, None).unwrap();
            })
        }
    };
    let practice_suspended = || after(|it| it.admit.run(&it.host, SuspendPractice, None).unwrap());
    vec![block(
        "invitation",
        &[
            ("pending", &pending),
            ("expired", &|| after(|it| it.clock.forward(8 * DAY))),
            ("declined", &|| {
                after(|it| it.admit.decline(Source::default(), &it.token, None).unwrap())
            }),
            ("revoked", &|| after(|it| revoke(it).unwrap())),
            ("accepted", &accepted),
            ("superseded", &superseded),
            ("client suspended", &stopped(Status::Suspended)),
            ("practice suspended", &practice_suspended),
        ],
        OPERATIONS,
    )]
}
