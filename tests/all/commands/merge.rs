//! Merging: two clients are one from now on, and nothing of either is lost.

use super::deletion::{delete, hold, policy, to_erase};
use super::plant::{
    acting, client, client_with_login, email, find_invitation, find_login, happenings, login,
    messages, reasoned, seat, tie,
};
use super::post::{self, keyspaces_with, send, set_client, to_client};
use crate::support::{line, name, practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::{CreateClient, ProfileChange, UpdateClient};
use admit::commands::grant::GiveGrant;
use admit::commands::merge::MergeClients;
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Who};
use admit::domain::client::{FIELDS_MAX, Identifier, Nature, Profile, Stage, Status};
use admit::domain::grant::Grantee;
use admit::domain::id::{ClientId, LoginId, RoomId, StaffId};
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{BirthDate, ExternalId, IdempotencyKey, Phone};
use admit::domain::time::Timestamp;
use admit::error::Error;

fn external(text: &str) -> ExternalId {
    ExternalId::parse(text).unwrap()
}

fn merge(from: ClientId, into: ClientId) -> MergeClients {
    let reason = line("Zephyrine came twice");
    MergeClients { from, into, from_revision: 0, into_revision: 0, reason }
}

struct World {
    admit: Admit,
    host: Actor,
    nora: StaffId,
    staff: Actor,
    room: RoomId,
    from: ClientId,
    login: LoginId,
    into: ClientId,
}

/// A client with some of everything, and a bare one that it turns out to be.
fn world() -> World {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    let identifier = Identifier { system: None, value: external("ID-Zephyrine") };
    let profile = Profile {
        external_id: Some(external("EXT-Zephyrine")),
        identifiers: vec![identifier],
        names: vec![name("Zephyrine", "Quillfeather")],
        birth: Some(BirthDate::parse("1990-01-02").unwrap()),
        email: Some(email("zephyrine@contact.example.org")),
        phone: Some(Phone::parse("+49 30 7766554").unwrap()),
        physician_name: Some(line("Dr. Ostrich")),
        fields: vec![(line("size"), line("small")), (line("tone"), line("low"))],
        ..Profile::default()
    };
    let (nora, staff) = seat(&admit, &host, Role::Practitioner);
    let from =
        admit.run(&staff, CreateClient { profile, stage: Stage::Prospective }, None).unwrap();
    send(&admit, &staff, to_client(from));
    let login = login(&admit, &host, "zephyrine@login.example.org");
    tie(&admit, &host, login, from, Tie::Myself);
    let grantee = Grantee::Staff(nora);
    let (scopes, reason) = (vec![line("labs")], Some(line("Zephyrine asked")));
    let give = GiveGrant { client: from, grantee, scopes, reason, ends_at: None };
    admit.run(&host, give, None).unwrap();
    let room = CreateRoom { name: line("North"), external_id: None };
    let room = admit.run(&host, room, None).unwrap();
    admit.run(&host, AssignRoom { room, member: Member::Client(from) }, None).unwrap();
    hold(&admit, &host, from);
    let into = CreateClient {
        profile: Profile {
            names: vec![name("Zeph", "Quillfeather")],
            email: Some(email("zeph@contact.example.org")),
            fields: vec![(line("tone"), line("high"))],
            ..Profile::default()
        },
        stage: Stage::Prospective,
    };
    let into = admit.run(&host, into, None).unwrap();
    World { admit, host, nora, staff, room, from, login, into }
}

#[test]
fn all_that_hangs_on_the_one_hangs_on_the_other() {
    let World { admit, host, nora, staff, room, from, login, into } = world();
    let invitation = admit.invitations(&host, Default::default(), None, 0).unwrap().items[0].id;
    let grants = admit.grants(&host, from).unwrap();
    let told = messages(&admit, &host);
    let holds = admit.holds(&host, from).unwrap();
    assert_eq!(admit.run(&host, merge(from, into), None).unwrap(), into);
    let moved = admit.grants(&host, into).unwrap();
    let ids = |grants: &[admit::domain::grant::Grant]| {
        grants.iter().map(|it| (it.id, it.grantee, it.ground)).collect::<Vec<_>>()
    };
    assert_eq!(ids(&moved), ids(&grants));
    assert!(moved.iter().all(|it| it.client == into && it.grantee == Grantee::Staff(nora)));
    assert_eq!(admit.proxies(&host, into).unwrap()[0].login, login);
    assert_eq!(admit.login(&host, login).unwrap().clients[0].client, into);
    let rooms = admit.store().read(|read| admit::records::room::of_member(read, into.into()));
    assert_eq!(rooms.unwrap(), [room]);
    assert_eq!(admit.holds(&host, into).unwrap().len(), holds.len());
    assert!(holds.len() == 1 && admit.holds(&host, into).unwrap()[0].id == holds[0].id);
    assert_eq!(find_invitation(&admit, invitation).client(), Some(into));
    assert_eq!(messages(&admit, &host), told);
    // Whoever had the chart open has it open now, and the login signs in as the other.
    assert_eq!(admit.client(&staff, into).unwrap().id, into);
    let own = acting(&host, Who::Login { id: login, epoch: find_login(&admit, login).epoch });
    assert_eq!(admit.client(&own, into).unwrap().id, into);
    assert_eq!(refused(admit.client(&own, from)), Refusal::ClientMerged);
}

#[test]
fn what_is_known_of_both_stays_and_the_rest_is_taken_over() {
    let World { admit, host, from, into, .. } = world();
    admit.run(&host, merge(from, into), None).unwrap();
    let client = admit.client(&host, into).unwrap();
    let profile = &client.profile;
    assert_eq!(client.stage, Stage::Registered);
    assert_eq!(profile.external_id, Some(external("EXT-Zephyrine")));
    assert_eq!(profile.identifiers[0].value, external("ID-Zephyrine"));
    assert_eq!(profile.display_name(), "Zeph Quillfeather");
    assert_eq!(profile.names[1].display(), "Zephyrine Quillfeather");
    assert_eq!(profile.email.as_ref().unwrap().as_str(), "zeph@contact.example.org");
    let telecom = &profile.telecoms[0];
    let parts = (telecom.system.as_str(), telecom.value.as_str());
    assert_eq!(parts, ("email", "zephyrine@contact.example.org"));
    assert_eq!(profile.telecoms.len(), 1);
    assert!(profile.phone.is_some() && profile.birth.is_some());
    assert_eq!(profile.physician_name, Some(line("Dr. Ostrich")));
    let fields = [(line("tone"), line("high")), (line("size"), line("small"))];
    assert_eq!(profile.fields, fields);
    // It is found by what the other was found by, and listed once.
    let found = admit.client_by_external_id(&host, &external("EXT-Zephyrine")).unwrap();
    assert_eq!(found.id, into);
    let listed = admit
        .person_list(&host, &Default::default(), admit::records::person::By::Name, None, 0)
        .unwrap();
    let clients = listed.page.items.iter().filter(|row| row.stage.is_some());
    assert_eq!(clients.map(|row| row.id).collect::<Vec<_>>(), [into.uuid()]);
}

#[test]
fn a_key_beside_the_others_own_becomes_an_identifier() {
    let World { admit, host, from, into, .. } = world();
    set_external(&admit, &host, into, "EXT-Zeph");
    admit.run(&host, merge(from, into), None).unwrap();
    let profile = admit.client(&host, into).unwrap().profile;
    assert_eq!(profile.external_id, Some(external("EXT-Zeph")));
    let kept = Identifier { system: None, value: external("EXT-Zephyrine") };
    assert!(profile.identifiers.contains(&kept));
}

fn set_external(admit: &Admit, host: &Actor, client: ClientId, key: &str) {
    let external_id = admit::commands::Change::Set(external(key));
    let change = ProfileChange { external_id, ..ProfileChange::default() };
    admit.run(host, UpdateClient { client, change, revision: 0 }, None).unwrap();
}

#[test]
fn no_row_but_the_trail_and_the_pointer_knows_a_merged_client() {
    let World { admit, host, from, into, .. } = world();
    admit.run(&host, merge(from, into), None).unwrap();
    let known = ["change", "event", "event_by_subject", "merged", "merged_by_client", "person_key"];
    assert_eq!(keyspaces_with(&admit, from.bytes()), known);
}

#[test]
fn the_id_that_went_answers_with_where_it_went() {
    let World { admit, host, staff, from, into, .. } = world();
    assert_eq!(refused(admit.merged_into(&host, from)), Refusal::NotFound);
    admit.run(&host, merge(from, into), None).unwrap();
    assert_eq!(refused(admit.client(&host, from)), Refusal::ClientMerged);
    let update = UpdateClient { client: from, change: ProfileChange::default(), revision: 0 };
    assert_eq!(refused(admit.run(&host, update, None)), Refusal::ClientMerged);
    assert_eq!(refused(admit.run(&host, merge(from, into), None)), Refusal::ClientMerged);
    assert_eq!(refused(admit.run(&host, merge(into, from), None)), Refusal::ClientMerged);
    assert_eq!(admit.merged_into(&staff, from).unwrap(), into);
    let (_, stranger) = seat(&admit, &host, Role::Assistant);
    assert_eq!(refused(admit.merged_into(&stranger, from)), Refusal::NotPermitted);
    let there = practice(&admit);
    assert_eq!(refused(admit.client(&there, from)), Refusal::NotFound);
    assert_eq!(refused(admit.merged_into(&there, from)), Refusal::NotFound);
    // It goes on in turn: the pointers lead to the one that is there.
    let last = client(&admit, &host, "Last", "Stop");
    admit.run(&host, merge(into, last), None).unwrap();
    assert_eq!(admit.merged_into(&host, from).unwrap(), last);
    assert_eq!(admit.merged_into(&host, into).unwrap(), last);
    let changes = admit.change_list(0, 500).unwrap();
    let merged = changes.iter().filter(|it| it.happening.word() == "client.merged");
    assert_eq!(merged.map(|it| it.object).collect::<Vec<_>>(), [from.into(), into.into()]);
}

#[test]
fn one_event_says_it_and_the_trail_of_both_stays_readable() {
    let World { admit, host, from, into, .. } = world();
    let parts = |happening: &str| {
        let page = admit.events(&host, Default::default(), None, 500).unwrap();
        let entry = page.items.into_iter().find(|it| it.happening.word() == happening).unwrap();
        entry.personal.first().and_then(|part| part.parts.clone())
    };
    let before = (happenings(&admit, &host), parts("grant.given"));
    admit.run(&host, merge(from, into), None).unwrap();
    let after = happenings(&admit, &host);
    // The invitation that waited is revoked by it.
    assert_eq!(after[before.0.len()..], ["invitation.revoked", "client.merged"]);
    assert_eq!(parts("grant.given"), before.1);
    assert!(before.1.is_some());
    assert_eq!(parts("client.merged").unwrap()["reason"], "Zephyrine came twice");
    assert_eq!(admit.verify(&host, None).unwrap().broken_at, None);
}

#[test]
fn erasing_the_one_that_stayed_leaves_nothing_of_either() {
    let World { admit, host, from, into, .. } = world();
    policy(&admit, "return allow.erase()");
    for hold in admit.holds(&host, from).unwrap() {
        admit.run(&host, admit::commands::deletion::LiftHold { hold: hold.id }, None).unwrap();
    }
    admit.run(&host, merge(from, into), None).unwrap();
    delete(&admit, &host, &to_erase(into)).unwrap();
    let trail = ["change", "event", "event_by_subject"];
    assert_eq!(keyspaces_with(&admit, from.bytes()), trail);
    for text in ["ephyrine", "Quillfeather", "zeph@"] {
        for space in keyspaces_with(&admit, text.as_bytes()) {
            assert_eq!(space, "erase_order", "{text}");
        }
    }
    assert_eq!(refused(admit.client(&host, from)), Refusal::NotFound);
    assert_eq!(admit.verify(&host, None).unwrap().broken_at, None);
}

#[test]
fn whoever_reaches_both_merges_and_nobody_else() {
    let World { admit, host, nora, staff, from, into, .. } = world();
    assert_eq!(refused(admit.run(&staff, merge(from, into), None)), Refusal::NotPermitted);
    assert!(admit.can(&staff, Action::ClientMerge, Some(from.into())).is_ok());
    let (_, assistant) = seat(&admit, &host, Role::Assistant);
    assert_eq!(refused(admit.run(&assistant, merge(from, into), None)), Refusal::NotPermitted);
    let visitor = acting(&host, Who::Visitor);
    assert_eq!(refused(admit.run(&visitor, merge(from, into), None)), Refusal::NotPermitted);
    let give = |scopes| {
        let grantee = Grantee::Staff(nora);
        let give = GiveGrant { client: into, grantee, scopes, reason: None, ends_at: None };
        admit.run(&host, give, None).unwrap()
    };
    // S51: a part of a chart does not become all of it.
    give(vec![line("labs")]);
    for (one, other) in [(from, into), (into, from)] {
        assert_eq!(refused(admit.run(&staff, merge(one, other), None)), Refusal::NotPermitted);
    }
    give(Vec::new());
    admit.run(&staff, merge(from, into), None).unwrap();
}

#[test]
fn what_stands_against_a_merge_changes_nothing() {
    let World { admit, host, from, into, .. } = world();
    let before = (admit.client(&host, from).unwrap(), admit.client(&host, into).unwrap());
    match admit.run(&host, merge(from, from), None) {
        Err(Error::Invalid(invalid)) => assert_eq!(invalid.field, "into_client_id"),
        other => panic!("{other:?}"),
    }
    let stale = MergeClients { from_revision: 99, ..merge(from, into) };
    assert_eq!(refused(admit.run(&host, stale, None)), Refusal::Conflict);
    let stale = MergeClients { into_revision: 99, ..merge(from, into) };
    assert_eq!(refused(admit.run(&host, stale, None)), Refusal::Conflict);
    let there = practice(&admit);
    let strange = client(&admit, &there, "Ada", "There");
    assert_eq!(refused(admit.run(&host, merge(from, strange), None)), Refusal::NotFound);
    assert_eq!(refused(admit.run(&host, merge(strange, into), None)), Refusal::NotFound);
    let (bo, _, _) = client_with_login(&admit, &host, "Bo");
    assert_eq!(refused(admit.run(&host, merge(from, bo), None)), Refusal::BothHaveLogins);
    let until = Timestamp::from_millis(i64::MAX);
    for (waits, stays) in [(from, into), (into, from)] {
        let old = admit.client(&host, waits).unwrap().status;
        set_client(&admit, waits, move |it| it.status = Status::PendingDeletion { until });
        let merged = admit.run(&host, merge(waits, stays), None);
        assert_eq!(refused(merged), Refusal::ClientPendingDeletion);
        let can = admit.can(&host, Action::ClientMerge, Some(waits.into()));
        assert_eq!(refused(can), Refusal::ClientPendingDeletion);
        set_client(&admit, waits, move |it| it.status = old);
    }
    set_client(&admit, into, |it| it.profile.nature = Nature::Other);
    let merged = admit.run(&host, merge(from, into), None);
    assert_eq!(refused(merged), Refusal::ClientIsNoPerson);
    set_client(&admit, into, |it| {
        it.profile.nature = Nature::Person;
        let field = |at| (line(&format!("field {at}")), line("full"));
        it.profile.fields = (0..FIELDS_MAX).map(field).collect();
    });
    let merged = admit.run(&host, merge(from, into), None);
    assert_eq!(refused(merged), Refusal::LimitReached);
    let after = (admit.client(&host, from).unwrap(), admit.client(&host, into).unwrap());
    assert_eq!((after.0, after.1.revision), (before.0, before.1.revision));
}

#[test]
fn a_hold_moves_and_keeps_the_other_from_being_erased() {
    let World { admit, host, from, into, .. } = world();
    policy(&admit, "return allow.erase()");
    admit.run(&host, merge(from, into), None).unwrap();
    assert!(delete(&admit, &host, &to_erase(into)).is_err());
    assert!(admit.client(&host, into).is_ok());
}

#[test]
fn invitations_that_wait_are_revoked_where_the_other_has_a_login_by_it() {
    let (admit, _) = store();
    let host = practice(&admit);
    let admin = post::seat(&admit, &host, Role::Admin, "nora@clinic.example.org");
    let (ada, login, _) = client_with_login(&admit, &host, "Ada");
    let bea = client(&admit, &host, "Bea", "Held");
    let (cee, dee) = (client(&admit, &host, "Cee", "Held"), client(&admit, &host, "Dee", "Held"));
    let invited = |client| {
        send(&admit, &admin, to_client(client));
        post::emailed(&admit)
    };
    let (of_bea, of_cee, of_dee) = (invited(bea), invited(cee), invited(dee));
    admit.run(&host, merge(ada, bea), None).unwrap();
    assert!(!post::is_live(&admit, &of_bea));
    assert_eq!(admit.login(&host, login).unwrap().clients[0].client, bea);
    // Where neither has one, the invitation of the client that stays is good.
    admit.run(&host, merge(cee, dee), None).unwrap();
    assert!(!post::is_live(&admit, &of_cee));
    let accepted = post::accept(&admit, post::with_password(&of_dee)).unwrap();
    assert_eq!(accepted.client, Some(dee));
}

#[test]
fn a_login_that_held_both_holds_the_one_once() {
    let (admit, _) = store();
    let host = practice(&admit);
    let parent = login(&admit, &host, "parent@example.org");
    let guardian = Tie::Guardian { relationship: None };
    let (ada, bea) = (client(&admit, &host, "Ada", "Held"), client(&admit, &host, "Bea", "Held"));
    for client in [ada, bea] {
        tie(&admit, &host, parent, client, guardian.clone());
    }
    admit.run(&host, merge(ada, bea), None).unwrap();
    let now = Timestamp::from_millis(crate::support::START);
    let live = |client| {
        let held = admit.proxies(&host, client).unwrap();
        let live = held.iter().filter(|it| it.is_live(now));
        (held.len(), live.map(|it| it.tie.clone()).collect::<Vec<_>>())
    };
    assert_eq!(live(bea), (2, vec![guardian.clone()]));
    // Who turns out to be the client itself is no guardian beside.
    let cee = client(&admit, &host, "Cee", "Held");
    tie(&admit, &host, parent, cee, Tie::Myself);
    admit.run(&host, merge(cee, bea), None).unwrap();
    assert_eq!(live(bea), (3, vec![Tie::Myself]));
    assert_eq!(admit.login(&host, parent).unwrap().clients.len(), 1);
}

#[test]
fn a_login_that_comes_to_a_suspended_client_is_signed_out() {
    let World { admit, host, from, login, into, .. } = world();
    set_client(&admit, into, |it| it.status = Status::Suspended);
    admit.run(&host, merge(from, into), None).unwrap();
    assert_eq!(find_login(&admit, login).epoch, 2);
    assert_eq!(admit.client(&host, into).unwrap().status, Status::Suspended);
}

#[test]
fn one_key_merges_once() {
    let World { admit, host, from, into, .. } = world();
    let key = IdempotencyKey::parse("merge-1").unwrap();
    for _ in 0..2 {
        assert_eq!(admit.run(&host, merge(from, into), Some(&key)).unwrap(), into);
    }
}
