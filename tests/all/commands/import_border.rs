//! Who imports logins, proxies and grants, and what an import neither reaches nor tells.

use super::import_login::{at, created, on_file, one, seated, skipped, start};
use super::people::{PASSWORD, as_login, kinds, stored, visitor, with_reason};
use super::plant::seat;
use crate::support::{practice_at, refused, store};
use admit::commands::import::{RowOutcome, Why};
use admit::domain::actor::Actor;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use serde_json::{Value, json};

#[test]
fn an_admin_brings_no_hash_no_identity_and_no_proof_of_an_address() {
    let (admit, _, host) = start();
    on_file(&admit, &host, "c1");
    let (_, admin) = seat(&admit, &host, Role::Admin);
    let hash = "$2b$04$D.TRhaPn8ybijTc8vF.d9.83DR7bA3/2Idb6FGBaCtMIf783Y5KPW";
    let row = json!({"client": "c1", "username": "ada", "hash": hash});
    assert_eq!(skipped(one(&admit, &admin, row)), at(Refusal::NotPermitted, "hash"));
    let identities = json!([{"issuer": "i", "subject": "s"}]);
    let row = json!({"client": "c1", "username": "ada", "identities": identities});
    assert_eq!(skipped(one(&admit, &admin, row)), at(Refusal::NotPermitted, "identities"));
    let row = json!({"client": "c1", "email": "ada@example.org", "email_verified": true});
    let id = created(&one(&admit, &admin, row.clone()));
    assert!(!stored(&admit, id).email_verified);
    assert_eq!(one(&admit, &host, row), RowOutcome::Updated(id));
    assert!(stored(&admit, id).email_verified);
    assert_eq!(kinds(&admit), []);
}

#[test]
fn only_the_host_and_admins_import_logins_proxies_and_grants() {
    let (admit, _, host) = start();
    let mut actors: Vec<Actor> = [Role::Practitioner, Role::Assistant, Role::Member]
        .map(|role| with_reason(&seat(&admit, &host, role).1))
        .to_vec();
    actors.push(visitor(&host));
    let (_, id) = super::people::login(&admit, &host, "ada@example.org", None);
    actors.push(as_login(&host, id, 1));
    for actor in actors {
        let each = [
            admit.import_logins(&actor, b"{}", None).map(|it| it.skipped),
            admit.import_proxies(&actor, b"{}", None).map(|it| it.skipped),
            admit.import_grants(&actor, b"{}", None).map(|it| it.skipped),
        ];
        for denied in each {
            assert_eq!(refused(denied), Refusal::NotPermitted);
        }
    }
}

#[test]
fn s28_an_admin_at_a_shared_portal_learns_of_no_address_there() {
    let (admit, _) = store();
    let (here, there) = (practice_at(&admit, Some("hub")), practice_at(&admit, Some("hub")));
    super::people::login(&admit, &there, "taken@example.org", Some(PASSWORD));
    let (_, admin) = seat(&admit, &here, Role::Admin);
    for (id, address) in [("c1", "taken@example.org"), ("c2", "free@example.org")] {
        on_file(&admit, &here, id);
        for row in [
            json!({"client": id, "email": address}),
            json!({"client": id, "username": id.repeat(2), "email": address}),
        ] {
            assert_eq!(skipped(one(&admit, &admin, row)), at(Refusal::NotPermitted, "email"));
        }
        created(&one(&admit, &admin, json!({"client": id, "username": format!("holder-{id}")})));
    }
    // The host, which serves them all, is told.
    on_file(&admit, &here, "c3");
    let row = json!({"client": "c3", "email": "taken@example.org"});
    assert_eq!(skipped(one(&admit, &here, row)).0, Why::Refused(Refusal::NameTaken));
    assert_eq!(kinds(&admit), []);
}

#[test]
fn an_import_reaches_nothing_of_another_practice() {
    let (admit, _) = store();
    let (here, there) = (practice_at(&admit, Some("hub")), practice_at(&admit, Some("hub")));
    on_file(&admit, &there, "c1");
    seated(&admit, &there, "s1");
    let row = json!({"client": "c1", "username": "ada"});
    assert_eq!(skipped(one(&admit, &here, row.clone())), at(Refusal::NotFound, "client"));
    let theirs = created(&one(&admit, &there, row));
    on_file(&admit, &here, "c2");
    let (_, admin) = seat(&admit, &here, Role::Admin);
    let tie = |actor: &Actor, row: Value| {
        admit
            .import_proxies(actor, row.to_string().as_bytes(), None)
            .unwrap()
            .rows
            .remove(0)
            .outcome
    };
    for (row, path) in [
        (json!({"client": "c1", "username": "ada"}), "client"),
        (json!({"client": "c2", "username": "ada"}), "username"),
        (json!({"client": "c2", "username": "nobody"}), "username"),
        (json!({"client": "c2", "login_client": "c1"}), "login_client"),
        (json!({"client": "c2", "login_staff": "s1"}), "login_staff"),
    ] {
        assert_eq!(skipped(tie(&admin, row.clone())), at(Refusal::NotFound, path), "{row}");
    }
    let give = json!({"client": "c2", "staff": "s1"}).to_string();
    let outcome =
        admit.import_grants(&admin, give.as_bytes(), None).unwrap().rows.remove(0).outcome;
    assert_eq!(skipped(outcome), at(Refusal::NotFound, "staff"));
    // The host ties a login of the portal to its person here.
    created(&tie(&here, json!({"client": "c2", "username": "ada", "tie": "self"})));
    assert_eq!(admit.login(&here, theirs).unwrap().clients.len(), 1);
}
