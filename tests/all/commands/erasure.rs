//! The end of a practice: exported whole, closed at once, and erased row by row.

use super::deletion::{delete, hold, policy, to_erase};
use super::open_link::{come_in, made, newcomer, of_clients, token};
use super::plant::{
    client, client_with_login, find_login, login, practice_of, reasoned, seat, sit, tie,
};
use super::post::{self, claim, keyspaces_with, rows, send, to_client, to_new_client};
use crate::support::{Clock, line, options, options_at, practice_at, refused, store};
use admit::commands::Admit;
use admit::commands::batch::{PlanBatch, Whom};
use admit::commands::client::CreateClient;
use admit::commands::delegation::{GiveDelegation, Terms};
use admit::commands::deletion::LiftHold;
use admit::commands::grant::GiveGrant;
use admit::commands::item::PutItem;
use admit::commands::open_link::CreateOpenLink;
use admit::commands::practice::{SuspendPractice, UpdatePractice};
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::commands::staff::{StaffChange, UpdateStaff};
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Scope, Source, Who};
use admit::domain::batch::How;
use admit::domain::client::{Profile, Stage};
use admit::domain::delegation::Clients;
use admit::domain::grant::Grantee;
use admit::domain::id::{LoginId, Noun, PracticeId};
use admit::domain::item::Word;
use admit::domain::login::Status;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::script::{Script, ScriptName};
use admit::domain::staff::Role;
use admit::domain::text::{ExternalId, IdempotencyKey};
use admit::domain::time::MINUTE;
use admit::seal::KeyRing;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

fn external(text: &str) -> ExternalId {
    ExternalId::parse(text).unwrap()
}

/// A practice with some of every noun, and a login in it that another practice of its portal needs.
fn fill(admit: &Admit, host: &Actor, elsewhere: &Actor) -> LoginId {
    policy(admit, "return allow.erase()");
    let name = UpdatePractice {
        name: Some(line("Zephyrine Clinic")),
        external_id: admit::commands::Change::Set(external("P-Zephyrine")),
        ..UpdatePractice::default()
    };
    admit.run(host, name, None).unwrap();
    let (nora, staff) = seat(admit, host, Role::Practitioner);
    let external_id = admit::commands::Change::Set(external("S-Zephyrine"));
    let change = StaffChange { external_id, ..StaffChange::default() };
    admit.run(host, UpdateStaff { staff: nora, change, revision: 0 }, None).unwrap();
    let holder = login(admit, host, "nora@zephyrine.example.org");
    sit(admit, host, nora, holder);
    let profile = Profile {
        external_id: Some(external("EXT-Zephyrine")),
        names: vec![crate::support::name("Zephyrine", "Quill")],
        email: Some(post::email("ada@zephyrine.example.org")),
        ..Profile::default()
    };
    let ada = CreateClient { profile, stage: Stage::Registered };
    let ada = admit.run(&staff, ada, None).unwrap();
    let give = GiveGrant {
        client: ada,
        grantee: Grantee::Staff(nora),
        scopes: Vec::new(),
        reason: Some(line("Zephyrine asked")),
        ends_at: None,
    };
    admit.run(host, give, None).unwrap();
    send(admit, host, to_client(ada));
    send(admit, host, to_new_client("Zephyrine", "new@zephyrine.example.org"));
    let room =
        CreateRoom { name: line("Zephyrine North"), external_id: Some(external("R-Zephyrine")) };
    let room = admit.run(host, room, None).unwrap();
    for member in [Member::Client(ada), Member::Staff(nora)] {
        admit.run(host, AssignRoom { room, member }, None).unwrap();
    }
    let held = hold(admit, host, ada);
    admit.run(host, LiftHold { hold: held }, None).unwrap();
    let kit = PutItem {
        client: ada,
        kind: Word::parse("kit").unwrap(),
        external_id: Some(external("KIT-Zephyrine")),
        status: None,
    };
    admit.run(host, kit, None).unwrap();
    let (pia, _) = seat(admit, host, Role::Assistant);
    let terms = Terms {
        actions: Vec::new(),
        clients: Clients::Only(vec![ada]),
        reason: None,
        ends_at: None,
    };
    let lets = GiveDelegation { assistant: pia, practitioner: Some(nora), terms };
    admit.run(host, lets, None).unwrap();
    let door = CreateOpenLink { label: Some(line("Zephyrine door")), ..of_clients(5) };
    let door = made(admit, host, door);
    come_in(admit, newcomer(&token(admit, host, door), "Zephyrine")).unwrap();
    let how = How { channel: None, expires_in: None, note: Some(zephyr_note()) };
    let whom = Whom::Clients(vec![Some(ada)]);
    admit.plan_batch(host, &PlanBatch { whom, how }, None, None).unwrap();
    // A family: the guardian's login is of this practice alone, the shared one is not.
    let (_, own, _) = client_with_login(admit, host, "Ben");
    let child = client(admit, host, "Zephyrine", "Child");
    let guardian = login(admit, host, "guardian@zephyrine.example.org");
    tie(admit, host, guardian, child, Tie::Guardian { relationship: None });
    let shared = login(admit, host, "shared@example.org");
    tie(admit, host, shared, child, Tie::Guardian { relationship: None });
    let theirs = client(admit, elsewhere, "Theo", "Elsewhere");
    tie(admit, elsewhere, shared, theirs, Tie::Myself);
    let portal = find_login(admit, own).portal;
    let visitor = Actor { scope: Scope::Portal(portal), who: Who::Visitor, ..host.clone() };
    admit.request_reset(&visitor, "ben@login.example.org").unwrap();
    let gone = client(admit, host, "Gone", "Already");
    delete(admit, host, &to_erase(gone)).unwrap();
    let scripts = vec![Script {
        name: ScriptName::parse("zephyrine.lua").unwrap(),
        source: "return { invitation = function() return allow{} end } -- Zephyrine".to_owned(),
    }];
    admit.install_scripts(host, scripts, None).unwrap();
    shared
}

fn zephyr_note() -> admit::domain::text::Paragraph {
    admit::domain::text::Paragraph::parse("From Zephyrine").unwrap()
}

struct World {
    admit: Admit,
    clock: Clock,
    host: Actor,
    elsewhere: Actor,
    shared: LoginId,
}

fn filled((admit, clock): (Admit, Clock)) -> World {
    let host = reasoned(&practice_at(&admit, Some("Family Portal")));
    let elsewhere = practice_at(&admit, Some("Family Portal"));
    let shared = fill(&admit, &host, &elsewhere);
    World { admit, clock, host, elsewhere, shared }
}

fn world() -> World {
    filled(store())
}

fn exported(admit: &Admit, actor: &Actor) -> Vec<Value> {
    let lines = RefCell::new(Vec::new());
    let sink = |bytes: &[u8]| {
        assert!(bytes.ends_with(b"\n") && !bytes[..bytes.len() - 1].contains(&b'\n'));
        lines.borrow_mut().push(serde_json::from_slice(bytes).unwrap());
        true
    };
    let done = admit.export_practice(actor, &sink).unwrap();
    assert!(done.is_complete);
    lines.into_inner()
}

fn by_noun(lines: &[Value]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in lines {
        *counts.entry(line["noun"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

fn confirm(admit: &Admit, host: &Actor) {
    let plan = admit.plan_practice_erasure(host).unwrap();
    admit.confirm_practice_erasure(host, &plan.token, None).unwrap();
}

fn finish(admit: &Admit, clock: &Clock) {
    while admit.upkeep(0).unwrap().more {}
    clock.forward(2 * MINUTE);
    while admit.upkeep(0).unwrap().more {}
}

/// Where anything of a practice that was erased may still stand.
const TRAIL: [&str; 5] = ["chain_head", "change", "erasure", "event", "event_by_subject"];

#[test]
fn an_export_has_every_noun_and_every_row_before_an_erasure() {
    let World { admit, host, .. } = world();
    let lines = exported(&admit, &host);
    let counts = by_noun(&lines);
    // The header has a number for every noun, so none is left out of the list.
    let header = std::fs::read_to_string("include/admit.h").unwrap();
    let numbers = header.lines().filter(|line| line.trim_start().starts_with("ADMIT_NOUN_"));
    assert_eq!(numbers.count(), Noun::ALL.len() + 1);
    // What happened to the store as a whole is of no practice.
    for noun in Noun::ALL.iter().filter(|noun| **noun != Noun::Store) {
        assert!(counts.contains_key(noun.word()), "no line of {}", noun.word());
    }
    let plan = admit.plan_practice_erasure(&host).unwrap();
    for (noun, count) in &plan.would_go {
        // The shared login is exported and stays.
        let more = usize::from(*noun == Noun::Login);
        assert_eq!(counts[noun.word()], *count as usize + more, "{}", noun.word());
    }
    // One line each for the plan and the export that came first.
    let trail = admit.verify(&host, None).unwrap().entries;
    assert_eq!(counts["event"] as u64 + 1, trail);
    assert_eq!(counts["batch_row"], 1);
    let text = serde_json::to_string(&lines).unwrap();
    assert!(text.contains("EXT-Zephyrine") && text.contains("Zephyrine asked"));
    for secret in ["$argon2", "phc", "password_hash"] {
        assert!(!text.contains(secret), "{secret}");
    }
    // What the shared login holds elsewhere is nobody's business here.
    assert!(!text.contains("Elsewhere"));
    let elsewhere =
        lines.iter().find(|line| line["email"]["typed"] == "shared@example.org").unwrap();
    assert_eq!(elsewhere["clients"].as_array().unwrap().len(), 1);
}

#[test]
fn an_export_is_ended_by_its_sink_and_is_for_admins_and_the_host_with_a_reason() {
    let World { admit, host, .. } = world();
    let stop = |_: &[u8]| false;
    let part = admit.export_practice(&host, &stop).unwrap();
    assert!(!part.is_complete);
    assert_eq!(part.lines, BTreeMap::from([(Noun::Practice, 1)]));
    let all = |_: &[u8]| true;
    let silent = Actor { source: Source::default(), ..host.clone() };
    assert_eq!(refused(admit.export_practice(&silent, &all)), Refusal::ReasonRequired);
    let admin = seat(&admit, &host, Role::Admin).1;
    assert!(admit.export_practice(&admin, &all).unwrap().is_complete);
    let assistant = seat(&admit, &host, Role::Assistant).1;
    assert_eq!(refused(admit.export_practice(&assistant, &all)), Refusal::NotPermitted);
    admit.run(&host, SuspendPractice, None).unwrap();
    assert!(admit.export_practice(&host, &all).unwrap().is_complete);
}

#[test]
fn s59_an_erasure_takes_a_plan_that_is_as_it_was_made_of_and_used_once() {
    let World { admit, clock, host, elsewhere, .. } = world();
    let silent = Actor { source: Source::default(), ..host.clone() };
    assert_eq!(refused(admit.plan_practice_erasure(&silent)), Refusal::ReasonRequired);
    let admin = reasoned(&seat(&admit, &host, Role::Admin).1);
    assert_eq!(refused(admit.plan_practice_erasure(&admin)), Refusal::NotPermitted);
    let plan = admit.plan_practice_erasure(&host).unwrap();
    assert!(!serde_json::to_string(&plan).unwrap().contains(&plan.token));
    let token = &plan.token;
    let other = reasoned(&elsewhere);
    let confirm = |actor: &Actor, token: &str| admit.confirm_practice_erasure(actor, token, None);
    assert_eq!(refused(confirm(&other, token)), Refusal::NotFound);
    assert_eq!(refused(confirm(&host, "no token")), Refusal::NotFound);
    assert_eq!(refused(confirm(&silent, token)), Refusal::ReasonRequired);
    client(&admit, &host, "One", "More");
    assert_eq!(refused(confirm(&host, token)), Refusal::PlanChanged);
    let plan = admit.plan_practice_erasure(&host).unwrap();
    clock.forward(15 * MINUTE);
    assert_eq!(refused(confirm(&host, &plan.token)), Refusal::PlanExpired);
    // One that is suspended is ended as well, and counts no changes meanwhile.
    admit.run(&host, SuspendPractice, None).unwrap();
    let plan = admit.plan_practice_erasure(&host).unwrap();
    let key = IdempotencyKey::parse("the-end").unwrap();
    let keyed = || admit.confirm_practice_erasure(&host, &plan.token, Some(&key));
    assert_eq!(keyed().unwrap(), keyed().unwrap());
    assert_eq!(refused(confirm(&host, &plan.token)), Refusal::NotFound);
}

#[test]
fn a_hold_on_one_client_keeps_the_practice() {
    let World { admit, host, .. } = world();
    let ada = client(&admit, &host, "Held", "Fast");
    let held = hold(&admit, &host, ada);
    let plan = admit.plan_practice_erasure(&host).unwrap();
    assert_eq!(plan.holds, [held]);
    let confirm = |token: &str| admit.confirm_practice_erasure(&host, token, None);
    assert_eq!(refused(confirm(&plan.token)), Refusal::Held);
    admit.run(&host, LiftHold { hold: held }, None).unwrap();
    let plan = admit.plan_practice_erasure(&host).unwrap();
    assert!(plan.holds.is_empty());
    confirm(&plan.token).unwrap();
}

#[test]
fn a_practice_closes_at_once_and_says_nothing_any_more() {
    let World { admit, host, .. } = world();
    let ben = client(&admit, &host, "Late", "Comer");
    send(&admit, &host, to_client(ben));
    let letters = claim(&admit);
    let late = letters.iter().find(|it| it.to.canonical() == "late@example.org").unwrap();
    let token = post::token_in(&late.text);
    assert!(post::is_live(&admit, &token));
    send(&admit, &host, to_client(ben));
    confirm(&admit, &host);
    assert_eq!(refused(admit.practice(&host)), Refusal::NotFound);
    assert_eq!(refused(admit.client(&host, ben)), Refusal::NotFound);
    assert_eq!(refused(admit.can(&host, Action::ClientRead, Some(ben.into()))), Refusal::NotFound);
    let by_key = admit.practice_by_external_id(&external("P-Zephyrine"));
    assert_eq!(refused(by_key), Refusal::NotFound);
    assert!(!post::is_live(&admit, &token));
    assert!(post::accept(&admit, post::with_password(&token)).is_err());
    assert!(claim(&admit).is_empty());
    let going = admit.practice_certificate(practice_of(&host)).unwrap();
    assert_eq!(going.erased_at, None);
    assert!(going.planned[&Noun::Client] > 0 && !going.gone.contains_key(&Noun::Client));
}

#[test]
fn nothing_of_an_erased_practice_is_left_but_its_trail_and_the_certificate() {
    let World { admit, clock, host, elsewhere, shared } = world();
    let id = practice_of(&host);
    let plan = admit.plan_practice_erasure(&host).unwrap();
    // The order of changes calls things by the host's keys while they are there.
    let keys = || {
        let changes = admit.change_list(0, 500).unwrap();
        changes.into_iter().filter_map(|it| it.external_id).collect::<BTreeSet<_>>()
    };
    for key in ["P-Zephyrine", "S-Zephyrine", "EXT-Zephyrine", "R-Zephyrine"] {
        assert!(keys().contains(key), "{key}");
    }
    admit.confirm_practice_erasure(&host, &plan.token, None).unwrap();
    finish(&admit, &clock);
    assert!(!keys().iter().any(|key| key.contains("Zephyrine")));
    for space in keyspaces_with(&admit, id.bytes()) {
        assert!(TRAIL.contains(&space), "{space}");
    }
    for text in ["Zephyrine", "zephyrine", "Quill", "quill"] {
        assert_eq!(keyspaces_with(&admit, text.as_bytes()), [""; 0], "{text}");
    }
    let certificate = admit.practice_certificate(id).unwrap();
    assert_eq!(certificate.erased_at.unwrap().millis(), clock.millis());
    assert_eq!(certificate.reason, line("asked by phone"));
    for (noun, planned) in &certificate.planned {
        assert_eq!(certificate.gone.get(noun), Some(planned), "{}", noun.word());
    }
    // The trail is whole, and what was personal in it is read no more.
    assert_eq!(admit.verify(&host, None).unwrap().broken_at, None);
    assert_eq!(admit.verify_store(None).unwrap().broken_at, None);
    let trail = admit.events(&host, Default::default(), None, 500).unwrap();
    assert!(trail.items.len() > 20);
    for entry in &trail.items {
        assert!(entry.source.iter().chain(&entry.personal).all(|part| part.parts.is_none()));
    }
    // The other practice of the portal is as it was, and so is the login that it needs.
    assert_eq!(find_login(&admit, shared).status, Status::Active);
    assert_eq!(admit.practice(&elsewhere).unwrap().name, line("Cedar Clinic"));
    let left = exported(&admit, &reasoned(&elsewhere));
    assert_eq!(by_noun(&left)["client"], 1);
    assert_eq!(by_noun(&left)["proxy"], 1);
    assert_eq!((rows(&admit, "login"), rows(&admit, "client"), rows(&admit, "proxy")), (1, 1, 1));
    for space in ["staff", "invitation", "message", "room", "grant", "hold", "batch", "batch_row"] {
        assert_eq!(rows(&admit, space), 0, "{space}");
    }
    for space in [
        "room_member",
        "staff_by_login",
        "staff_admin",
        "staff_admin_held",
        "challenge",
        "erase_order",
    ] {
        assert_eq!(rows(&admit, space), 0, "{space}");
    }
    // The product's own set stays.
    assert_eq!(rows(&admit, "script_set"), 1);
}

#[test]
fn an_erasure_that_a_crash_stopped_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.admit");
    let ring = KeyRing::new([1; 32], &[]);
    let (chosen, clock) = options();
    let opened = Admit::open(&path, &ring, chosen).unwrap();
    let World { admit, host, .. } = filled((opened, clock.clone()));
    let id = practice_of(&host);
    for at in 0..250 {
        client(&admit, &host, &format!("Client{at}"), "Many");
    }
    confirm(&admit, &host);
    let kept = admit.upkeep(1).unwrap();
    assert!(kept.more && kept.practice_rows == 100, "{kept:?}");
    let part = admit.practice_certificate(id).unwrap();
    assert_eq!((part.gone[&Noun::Client], part.erased_at), (100, None));
    admit.store().close().unwrap();
    let admit = Admit::open(&path, &ring, options_at(&clock)).unwrap();
    finish(&admit, &clock);
    let whole = admit.practice_certificate(id).unwrap();
    assert_eq!(whole.gone, whole.planned);
    assert!(whole.erased_at.is_some());
    assert_eq!(rows(&admit, "client"), 1);
    assert_eq!(admit.verify_store(None).unwrap().broken_at, None);
}

#[test]
fn names_are_free_again_and_a_portal_goes_with_its_last_practice() {
    let World { admit, clock, host, elsewhere, .. } = world();
    confirm(&admit, &host);
    finish(&admit, &clock);
    let again = practice_at(&admit, Some("Family Portal"));
    let portal = |actor: &Actor| admit.practice(actor).unwrap().portal;
    assert_eq!(portal(&again), portal(&elsewhere));
    let named = UpdatePractice {
        external_id: admit::commands::Change::Set(external("P-Zephyrine")),
        ..UpdatePractice::default()
    };
    admit.run(&again, named, None).unwrap();
    let before = portal(&elsewhere);
    confirm(&admit, &reasoned(&elsewhere));
    confirm(&admit, &reasoned(&again));
    finish(&admit, &clock);
    assert_eq!((rows(&admit, "portal"), rows(&admit, "portal_practice")), (0, 0));
    assert_eq!((rows(&admit, "practice"), rows(&admit, "login")), (0, 0));
    assert_ne!(portal(&practice_at(&admit, Some("Family Portal"))), before);
    let nobody = admit.practice_certificate(PracticeId::from_uuid(uuid::Uuid::nil()));
    assert_eq!(refused(nobody), Refusal::NotFound);
}
