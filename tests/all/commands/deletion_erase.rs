//! Erasing: nothing of the client is left but the trail that still verifies, and the order.

use super::deletion::{delete, hold, policy, to_erase};
use super::plant::{
    acting, client_with_login, email, find_login, happenings, login, messages, practice_of,
    reasoned, seat, tie,
};
use super::post::{self, keyspaces_with, rows, send, to_client, to_new_client};
use crate::support::{line, name, practice, refused, store};
use admit::commands::batch::{PlanBatch, Whom};
use admit::commands::client::{CreateClient, ProfileChange, UpdateClient};
use admit::commands::deletion::{Confirmed, FinishDeletion, LiftHold, PlaceHold};
use admit::commands::grant::GiveGrant;
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::commands::sign_in::SignIn;
use admit::commands::{Admit, Change};
use admit::domain::actor::{Actor, Scope, Source, Who};
use admit::domain::batch::How;
use admit::domain::client::{Identifier, Profile, Stage};
use admit::domain::deletion::Code;
use admit::domain::grant::Grantee;
use admit::domain::id::{ClientId, EraseOrderId, LoginId};
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{ExternalId, Phone};
use admit::domain::time::DAY;

fn external(text: &str) -> ExternalId {
    ExternalId::parse(text).unwrap()
}

struct World {
    admit: Admit,
    clock: crate::support::Clock,
    host: Actor,
    ada: ClientId,
    login: LoginId,
}

/// A client with some of everything.
fn world() -> World {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let identifier = Identifier { system: None, value: external("ID-Zephyrine") };
    let profile = Profile {
        external_id: Some(external("EXT-Zephyrine")),
        identifiers: vec![identifier],
        names: vec![name("Zephyrine", "Quillfeather")],
        email: Some(email("zephyrine@contact.example.org")),
        phone: Some(Phone::parse("+49 30 7766554").unwrap()),
        ..Profile::default()
    };
    let (nora, staff) = seat(&admit, &host, Role::Practitioner);
    let create = CreateClient { profile, stage: Stage::Registered };
    let ada = admit.run(&staff, create, None).unwrap();
    send(&admit, &staff, to_client(ada));
    let login = login(&admit, &host, "zephyrine@login.example.org");
    tie(&admit, &host, login, ada, Tie::Myself);
    let own = acting(&host, Who::Login { id: login, epoch: 1 });
    let source = Source { address: Some(line("203.0.113.77")), ..Source::default() };
    let own = Actor { source, ..own };
    let change = ProfileChange {
        physician_name: Change::Set(line("Dr. Zephyrine Ostrich")),
        ..ProfileChange::default()
    };
    admit.run(&own, UpdateClient { client: ada, change, revision: 0 }, None).unwrap();
    let (scopes, reason) = (vec![line("labs")], Some(line("Zephyrine asked")));
    let grantee = Grantee::Staff(nora);
    admit
        .run(&own, GiveGrant { client: ada, grantee, scopes, reason, ends_at: None }, None)
        .unwrap();
    let visitor = Actor {
        scope: Scope::Portal(find_login(&admit, login).portal),
        who: Who::Visitor,
        ..host.clone()
    };
    admit.request_reset(&visitor, "zephyrine@login.example.org").unwrap();
    let room = CreateRoom { name: line("North"), external_id: None };
    let room = admit.run(&host, room, None).unwrap();
    admit.run(&host, AssignRoom { room, member: Member::Client(ada) }, None).unwrap();
    let ground = Code::parse("dispute").unwrap();
    let note = Some(line("Zephyrine's lawyer called"));
    let held = admit.run(&host, PlaceHold { client: ada, ground, note }, None).unwrap();
    admit.run(&host, LiftHold { hold: held }, None).unwrap();
    let how = How { channel: None, expires_in: None, note: None };
    let whom = Whom::Clients(vec![Some(ada), Some(ada)]);
    let batch = admit.plan_batch(&host, &PlanBatch { whom, how }, None, None).unwrap();
    admit.apply_batch(&host, batch.id, None).unwrap();
    World { admit, clock, host, ada, login }
}

fn erased(admit: &Admit, host: &Actor, client: ClientId) -> EraseOrderId {
    match delete(admit, host, &to_erase(client)).unwrap() {
        Confirmed::Erased(order) => order,
        other => panic!("{other:?}"),
    }
}

const PERSONAL: [&str; 8] = [
    "Zephyrine",
    "zephyrine",
    "Quillfeather",
    "quillfeather",
    "7766554",
    "203.0.113.77",
    "contact.example.org",
    "login.example.org",
];

#[test]
fn no_row_but_the_trail_and_the_order_knows_an_erased_client() {
    let World { admit, host, ada, login, .. } = world();
    for text in PERSONAL {
        assert_eq!(keyspaces_with(&admit, text.as_bytes()).is_empty(), text.starts_with("203"));
    }
    let order = erased(&admit, &host, ada);
    for text in PERSONAL {
        for space in keyspaces_with(&admit, text.as_bytes()) {
            assert_eq!(space, "erase_order", "{text}");
        }
    }
    let trail = ["change", "event", "event_by_subject"];
    let ordered = ["change", "erase_order", "event", "event_by_subject"];
    assert_eq!(keyspaces_with(&admit, ada.bytes()), ordered);
    assert_eq!(keyspaces_with(&admit, login.bytes()), trail);
    admit.run(&host, FinishDeletion { order }, None).unwrap();
    // Whoever was to be told is told, and that is forgotten too.
    let told = |text: &str| keyspaces_with(&admit, text.as_bytes());
    assert_eq!(told("contact.example.org"), ["message"]);
    assert!(told("EXT-Zephyrine").is_empty() && told("ID-Zephyrine").is_empty());
}

#[test]
fn who_came_by_an_invitation_leaves_nothing_of_it_behind() {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let nora = post::seat(&admit, &host, Role::Admin, "nora@clinic.example.org");
    send(&admit, &nora, to_new_client("Zephyrine", "zephyrine@mail.example.org"));
    let token = post::emailed(&admit);
    let accepted = post::accept(&admit, post::with_password(&token)).unwrap();
    let visitor = acting(&host, Who::Visitor);
    let name = "zephyrine@mail.example.org".to_owned();
    let wrong = SignIn { name, password: "no".into(), device_token: None };
    assert!(admit.sign_in(&visitor, &wrong).is_err());
    assert!(!keyspaces_with(&admit, b"zephyrine@mail").is_empty());
    let counted = || (rows(&admit, "failures"), rows(&admit, "rate"));
    assert_eq!(counted(), (1, 3));
    erased(&admit, &host, accepted.client.unwrap());
    for text in ["zephyrine", "Zephyrine"] {
        for space in keyspaces_with(&admit, text.as_bytes()) {
            assert_eq!(space, "erase_order");
        }
    }
    // What is left is counted of the practice and of its admin.
    assert_eq!(counted(), (0, 2));
}

#[test]
fn a_notice_to_whom_is_no_more_is_forgotten_after_7_days() {
    let World { admit, clock, host, ada, .. } = world();
    let order = erased(&admit, &host, ada);
    assert!(messages(&admit, &host).is_empty());
    admit.run(&host, FinishDeletion { order }, None).unwrap();
    let address = "zephyrine@contact.example.org".to_owned();
    assert_eq!(messages(&admit, &host), [("deletion_done", address.clone())]);
    let message = &admit.claim(Default::default()).unwrap()[0];
    assert_eq!((message.name.as_deref(), message.about), (Some("Zephyrine Quillfeather"), None));
    assert!(message.text.contains("deleted"));
    clock.forward(7 * DAY);
    admit.upkeep(0).unwrap();
    assert!(messages(&admit, &host).is_empty());
    for text in PERSONAL {
        assert!(keyspaces_with(&admit, text.as_bytes()).is_empty(), "{text}");
    }
}

#[test]
fn the_trail_verifies_before_and_after_and_its_personal_parts_are_gone() {
    let World { admit, host, ada, .. } = world();
    let parts = |happening: &str| {
        let page = admit.events(&host, Default::default(), None, 500).unwrap();
        let entry = page.items.into_iter().find(|it| it.happening.word() == happening).unwrap();
        entry.personal.first().and_then(|part| part.parts.clone())
    };
    let anchor = admit.verify(&host, None).unwrap();
    assert_eq!(anchor.broken_at, None);
    assert!(parts("grant.given").is_some() && parts("hold.placed").is_some());
    erased(&admit, &host, ada);
    assert_eq!((parts("grant.given"), parts("hold.placed")), (None, None));
    let anchor = Some((anchor.entries, anchor.hash));
    assert_eq!(admit.verify(&host, anchor).unwrap().broken_at, None);
    assert_eq!(admit.verify_store(None).unwrap().broken_at, None);
    assert_eq!(keyspaces_with(&admit, b"Zephyrine asked"), Vec::<&str>::new());
}

#[test]
fn a_client_that_erases_itself_leaves_no_key_behind() {
    let World { admit, host, ada, login, .. } = world();
    let source = Source { address: Some(line("203.0.113.9")), ..Source::default() };
    let own = Actor { source, ..acting(&host, Who::Login { id: login, epoch: 1 }) };
    let plan = admit.plan_deletion(&own, &to_erase(ada)).unwrap();
    admit.confirm_deletion(&own, &plan.token, &Default::default(), None).unwrap();
    assert!(!keyspaces_with(&admit, login.bytes()).contains(&"person_key"));
    assert_eq!(happenings(&admit, &host).last(), Some(&"client.erased"));
    assert_eq!(refused(admit.client(&own, ada)), Refusal::SessionEnded);
}

#[test]
fn a_login_that_something_else_hangs_on_stays() {
    let World { admit, host, ada, login, .. } = world();
    let there = practice(&admit);
    let bo = super::plant::client(&admit, &there, "Bo", "Birch");
    tie(&admit, &there, login, bo, Tie::Guardian { relationship: None });
    erased(&admit, &host, ada);
    assert_eq!(find_login(&admit, login).email.unwrap().as_str(), "zephyrine@login.example.org");
    assert_eq!(admit.proxies(&there, bo).unwrap().len(), 1);
    // What it held here is over, so it is signed out.
    assert_eq!(find_login(&admit, login).epoch, 2);
}

#[test]
fn a_login_that_was_removed_or_untied_before_goes_with_its_client() {
    let World { admit, host, ada, login, .. } = world();
    let removed = admit::commands::login_change::RemoveLogin { login };
    admit.run(&host, removed, None).unwrap();
    erased(&admit, &host, ada);
    assert!(!keyspaces_with(&admit, login.bytes()).contains(&"login"));
}

#[test]
fn a_guardian_keeps_its_login_and_is_signed_out() {
    let World { admit, host, ada, .. } = world();
    let parent = login(&admit, &host, "parent@example.org");
    tie(&admit, &host, parent, ada, Tie::Guardian { relationship: None });
    erased(&admit, &host, ada);
    assert_eq!(find_login(&admit, parent).epoch, 2);
}

#[test]
fn names_and_external_ids_are_free_again() {
    let World { admit, host, ada, .. } = world();
    erased(&admit, &host, ada);
    login(&admit, &host, "zephyrine@login.example.org");
    let profile = Profile {
        external_id: Some(external("EXT-Zephyrine")),
        names: vec![name("Zephyrine", "Quillfeather")],
        ..Profile::default()
    };
    let again = CreateClient { profile, stage: Stage::Registered };
    assert_ne!(admit.run(&host, again, None).unwrap(), ada);
}

#[test]
fn an_order_waits_for_the_host_and_then_keeps_nothing_personal() {
    let World { admit, clock, host, ada, .. } = world();
    let id = erased(&admit, &host, ada);
    let order = admit.erase_order(&host, id).unwrap();
    assert_eq!(order.external_id.unwrap().as_str(), "EXT-Zephyrine");
    assert_eq!(order.identifiers[0].value.as_str(), "ID-Zephyrine");
    assert_eq!((order.client, order.asked_by), (ada, Who::Host));
    let ids = |is_done| {
        let page = admit.erase_orders(&host, is_done, None, 0).unwrap();
        page.items.into_iter().map(|order| order.id).collect::<Vec<_>>()
    };
    assert_eq!((ids(None), ids(Some(false)), ids(Some(true))), (vec![id], vec![id], vec![]));
    clock.forward(DAY);
    admit.run(&host, FinishDeletion { order: id }, None).unwrap();
    assert_eq!((ids(None), ids(Some(false)), ids(Some(true))), (vec![id], vec![], vec![id]));
    let order = admit.erase_order(&host, id).unwrap();
    assert!(order.external_id.is_none() && order.identifiers.is_empty() && order.told.is_empty());
    let again = admit.run(&host, FinishDeletion { order: id }, None);
    assert_eq!(refused(again), Refusal::AlreadyEnded);
}

#[test]
fn an_order_is_the_practices_own_and_only_the_host_closes_it() {
    let World { admit, host, ada, .. } = world();
    let id = erased(&admit, &host, ada);
    let there = practice(&admit);
    assert_eq!(refused(admit.erase_order(&there, id)), Refusal::NotFound);
    let strange = admit.run(&there, FinishDeletion { order: id }, None);
    assert_eq!(refused(strange), Refusal::NotFound);
    let (_, admin) = seat(&admit, &host, Role::Admin);
    let (_, nora) = seat(&admit, &host, Role::Assistant);
    let closed = admit.run(&admin, FinishDeletion { order: id }, None);
    assert_eq!(refused(closed), Refusal::NotPermitted);
    assert!(admit.certificate(&admin, id).is_ok());
    assert_eq!(refused(admit.certificate(&nora, id)), Refusal::NotPermitted);
}

#[test]
fn a_certificate_names_both_halves() {
    let World { admit, clock, host, ada, .. } = world();
    let id = erased(&admit, &host, ada);
    let here = admit.certificate(&host, id).unwrap();
    assert_eq!((here.deleted.here, here.deleted.host), (true, false));
    assert_eq!((here.host_deleted_at, here.scrubbed), (None, None));
    assert_eq!(here.deleted_at.millis(), clock.millis());
    clock.forward(DAY);
    admit.run(&host, FinishDeletion { order: id }, None).unwrap();
    let both = admit.certificate(&host, id).unwrap();
    assert_eq!((both.deleted.here, both.deleted.host), (true, true));
    let json: serde_json::Value = serde_json::from_str(&both.json().unwrap()).unwrap();
    let expected = serde_json::json!({
        "order": id, "practice": practice_of(&host), "client": ada,
        "deleted_at": clock.millis() - DAY, "host_deleted_at": clock.millis(),
        "gone": { "client": 1, "login": 1, "proxy": 1, "invitation": 1, "challenge": 1,
            "grant": 2, "room": 1, "message": 3, "hold": 1 },
        "version": "product-1", "deleted": { "here": true, "host": true }, "scrubbed": null,
    });
    assert_eq!(json, expected);
}

#[test]
fn the_order_of_changes_names_a_client_by_its_key_until_it_is_erased() {
    let World { admit, host, ada, .. } = world();
    let keys = || {
        let changes = admit.change_list(0, 500).unwrap().into_iter();
        let about = changes.filter(|change| change.object == ada.into());
        about.map(|change| change.external_id).collect::<Vec<_>>()
    };
    assert!(keys().iter().all(|key| key.as_deref() == Some("EXT-Zephyrine")));
    erased(&admit, &host, ada);
    assert!(keys().iter().all(Option::is_none));
}

#[test]
fn a_hold_keeps_an_erasure_away_and_the_others_with_it() {
    let World { admit, host, ada, .. } = world();
    let held = [hold(&admit, &host, ada), hold(&admit, &host, ada)];
    for id in held {
        assert!(delete(&admit, &host, &to_erase(ada)).is_err());
        admit.run(&host, LiftHold { hold: id }, None).unwrap();
    }
    erased(&admit, &host, ada);
    let (bo, _, _) = client_with_login(&admit, &host, "Bo");
    assert!(admit.client(&host, bo).is_ok());
}
