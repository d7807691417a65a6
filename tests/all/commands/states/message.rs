use super::{Operation, block, said};
use crate::commands::post::{self, claim, to_client};
use crate::support::{Clock, practice, reasoned, store};
use admit::commands::Admit;
use admit::commands::invitation::RevokeInvitation;
use admit::commands::outbox::{Bounced, Delivered, Failed, HandedOver};
use admit::domain::actor::Actor;
use admit::domain::id::{InvitationId, MessageId};
use admit::domain::time::{HOUR, MINUTE, Timestamp};

/// An invitation's message.
pub struct World {
    admit: Admit,
    clock: Clock,
    host: Actor,
    invitation: InvitationId,
    message: MessageId,
}

fn queued() -> World {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    let client = post::client(&admit, &host, "Ada", Some("ada@example.org"));
    let invitation = post::send(&admit, &host, to_client(client)).invitation;
    let message = admit.invitation(&host, invitation).unwrap().message.unwrap();
    World { admit, clock, host, invitation, message }
}

fn after(changes: &[fn(&World) -> String]) -> World {
    let world = queued();
    for change in changes {
        assert_eq!(change(&world), "ok");
    }
    world
}

fn store_host() -> Actor {
    Actor::store_host()
}

fn lease(world: &World) -> String {
    if claim(&world.admit).is_empty() { "nothing".to_owned() } else { "ok".to_owned() }
}

fn hand_over(world: &World) -> String {
    let done = HandedOver { message: world.message, attempt: 1 };
    said(world.admit.run(&store_host(), done, None))
}

fn deliver(world: &World) -> String {
    said(world.admit.run(&store_host(), Delivered { message: world.message, attempt: 1 }, None))
}

fn bounce(world: &World) -> String {
    let bounced = Bounced { message: world.message, attempt: 1, detail: None };
    said(world.admit.run(&store_host(), bounced, None))
}

fn fail(world: &World) -> String {
    let failed = Failed { message: world.message, attempt: 1, retry_at: None, detail: None };
    said(world.admit.run(&store_host(), failed, None))
}

fn revoke(world: &World) -> String {
    let revoke = RevokeInvitation { invitation: world.invitation };
    said(world.admit.run(&world.host, revoke, None))
}

fn dropped() -> World {
    let world = after(&[revoke]);
    assert_eq!(lease(&world), "nothing");
    world
}

const OPERATIONS: &[Operation<World>] = &[
    ("claim", lease),
    ("claim, 5 minutes later", |it| {
        it.clock.forward(5 * MINUTE);
        lease(it)
    }),
    ("handed over", hand_over),
    ("delivered", deliver),
    ("bounced", bounce),
    ("failed", fail),
    ("failed, to be tried again", |it| {
        let retry_at = Some(Timestamp::from_millis(it.clock.millis() + HOUR));
        let failed = Failed { message: it.message, attempt: 1, retry_at, detail: None };
        said(it.admit.run(&store_host(), failed, None))
    }),
    ("delivered, of no such attempt", |it| {
        said(it.admit.run(&store_host(), Delivered { message: it.message, attempt: 9 }, None))
    }),
    ("read", |it| said(it.admit.message(&it.host, it.message))),
    ("preview", |it| said(it.admit.preview(&it.host, it.message))),
    ("revoke its invitation", revoke),
];

pub fn blocks() -> Vec<String> {
    vec![block(
        "message",
        &[
            ("queued", &queued),
            ("leased", &|| after(&[lease])),
            ("handed over", &|| after(&[lease, hand_over])),
            ("delivered", &|| after(&[lease, hand_over, deliver])),
            ("bounced", &|| after(&[lease, hand_over, bounce])),
            ("failed", &|| after(&[lease, fail])),
            ("dropped", &dropped),
        ],
        OPERATIONS,
    )]
}
