//! Proxies and grants that another product brings along.

use super::import_login::{at, created, key, leaves, on_file, one, seated, skipped, start, wrong};
use super::people::{as_staff, kinds};
use super::plant::happenings;
use crate::support::{START, line, refused};
use admit::commands::Admit;
use admit::commands::grant::WithdrawGrant;
use admit::commands::import::{RowOutcome, Why};
use admit::commands::proxy::EndProxy;
use admit::commands::room::CreateRoom;
use admit::domain::actor::Actor;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::text::Reason;
use admit::domain::time::DAY;
use serde_json::{Value, json};

fn proxies(admit: &Admit, actor: &Actor, row: Value) -> RowOutcome<admit::domain::id::ProxyId> {
    admit.import_proxies(actor, row.to_string().as_bytes(), None).unwrap().rows.remove(0).outcome
}

#[test]
fn a_guardian_is_tied_by_any_name_of_its_login_once() {
    let (admit, clock, host) = start();
    let mother = on_file(&admit, &host, "m1");
    seated(&admit, &host, "s1");
    let row = json!({"client": "m1", "staff": "s1", "username": "mum", "email": "m@example.org"});
    let id = created(&one(&admit, &host, row));
    let names = [
        ("username", "MUM"),
        ("email", "M@example.org"),
        ("login_client", "m1"),
        ("login_staff", "s1"),
    ];
    for (at, (member, name)) in names.into_iter().enumerate() {
        let child = on_file(&admit, &host, &format!("k{at}"));
        let row = json!({"client": format!("k{at}"), member: name, "relationship": "mother", "ends_at": START + 9 * DAY});
        let proxy = created(&proxies(&admit, &host, row.clone()));
        assert_eq!(proxies(&admit, &host, row), RowOutcome::Unchanged(proxy));
        let tie = admit.proxies(&host, child).unwrap().remove(0);
        assert_eq!(
            (tie.id, tie.login, tie.ends_at.unwrap().millis()),
            (proxy, id, START + 9 * DAY)
        );
        let relationship = Some(line("mother"));
        assert_eq!(tie.tie, Tie::Guardian { relationship });
    }
    // A row that states less leaves the rest, and one that states more changes it.
    let row = json!({"client": "k0", "username": "mum", "ends_at": START + 20 * DAY});
    let updated = proxies(&admit, &host, row);
    let RowOutcome::Updated(proxy) = updated else { panic!("{updated:?}") };
    let child = admit.client_by_external_id(&host, &key("k0").unwrap()).unwrap().id;
    let tie = admit.proxies(&host, child).unwrap().remove(0);
    assert_eq!((tie.id, tie.ends_at.unwrap().millis()), (proxy, START + 20 * DAY));
    assert!(matches!(&tie.tie, Tie::Guardian { relationship: Some(_) }));
    assert!(happenings(&admit, &host).contains(&"proxy.changed"));
    assert_eq!(kinds(&admit), []);

    // What has ended stays ended: by hand, and by itself.
    admit.run(&host, EndProxy { proxy }, None).unwrap();
    let told = kinds(&admit).len();
    let ended = |row: Value| skipped(proxies(&admit, &host, row)).0;
    let over = Why::Refused(Refusal::AlreadyEnded);
    assert_eq!(ended(json!({"client": "k0", "username": "mum"})), over);
    clock.forward(10 * DAY);
    assert_eq!(ended(json!({"client": "k1", "username": "mum"})), over);
    assert_eq!(ended(json!({"client": "k2", "username": "mum", "ends_at": START})), over);
    assert_eq!(kinds(&admit).len(), told);
    let own = proxies(&admit, &host, json!({"client": "m1", "username": "mum"}));
    assert_eq!(skipped(own).0, Why::Refused(Refusal::ProxyExists));
    assert_eq!(admit.proxies(&host, mother).unwrap().len(), 1);
}

#[test]
fn a_row_of_a_proxy_with_a_fault_names_its_member() {
    let (admit, _, host) = start();
    on_file(&admit, &host, "c1");
    on_file(&admit, &host, "c2");
    created(&one(&admit, &host, json!({"client": "c2", "username": "ada"})));
    for (row, expected) in [
        (json!({"client": "c1"}), wrong(Reason::Missing, "username")),
        (
            json!({"client": "c1", "username": "ada", "email": "a@example.org"}),
            wrong(Reason::Excluded, "email"),
        ),
        (
            json!({"client": "c1", "username": "ada", "tie": "friend"}),
            wrong(Reason::Unknown, "tie"),
        ),
        (
            json!({"client": "c1", "username": "ada", "tie": "self", "relationship": "x"}),
            wrong(Reason::Excluded, "relationship"),
        ),
        (json!({"client": "", "username": "ada"}), wrong(Reason::Empty, "client")),
        (json!({"client": "c9", "username": "ada"}), at(Refusal::NotFound, "client")),
        (json!({"client": "c1", "username": "bob"}), at(Refusal::NotFound, "username")),
    ] {
        assert_eq!(skipped(proxies(&admit, &host, row.clone())), expected, "{row}");
    }
}

fn grants(admit: &Admit, actor: &Actor, row: Value) -> RowOutcome<admit::domain::id::GrantId> {
    admit.import_grants(actor, row.to_string().as_bytes(), None).unwrap().rows.remove(0).outcome
}

#[test]
fn a_chart_is_opened_to_a_seat_or_a_room_once_and_a_withdrawn_one_stays_closed() {
    let (admit, _, host) = start();
    let ada = on_file(&admit, &host, "c1");
    let sam = seated(&admit, &host, "s1");
    let room = CreateRoom { name: line("Room 1"), external_id: key("r1") };
    admit.run(&host, room, None).unwrap();
    let row = json!({"client": "c1", "staff": "s1", "scopes": ["notes", "labs"], "reason": "treats", "ends_at": START + DAY});
    let id = created(&grants(&admit, &host, row.clone()));
    assert_eq!(grants(&admit, &host, row), RowOutcome::Unchanged(id));
    let grant = admit.grants(&host, ada).unwrap().remove(0);
    assert_eq!((grant.scopes.len(), grant.ends_at.unwrap().millis()), (2, START + DAY));
    assert!(admit.client(&as_staff(&host, sam), ada).is_ok());
    let later = json!({"client": "c1", "staff": "s1", "scopes": ["notes", "labs"], "ends_at": START + 2 * DAY});
    assert_eq!(grants(&admit, &host, later.clone()), RowOutcome::Updated(id));
    let grant = admit.grants(&host, ada).unwrap().remove(0);
    assert_eq!(grant.reason.unwrap().as_str(), "treats");
    created(&grants(&admit, &host, json!({"client": "c1", "room": "r1"})));
    admit.run(&host, WithdrawGrant { grant: id }, None).unwrap();
    let told = kinds(&admit).len();
    let outcome = grants(&admit, &host, later);
    assert_eq!(skipped(outcome).0, Why::Refused(Refusal::AlreadyEnded));
    assert_eq!(refused(admit.client(&as_staff(&host, sam), ada)), Refusal::NotPermitted);
    assert_eq!(kinds(&admit).len(), told);
    assert!(happenings(&admit, &host).contains(&"grant.changed"));
}

#[test]
fn a_row_of_a_grant_with_a_fault_names_its_member() {
    let (admit, _, host) = start();
    on_file(&admit, &host, "c1");
    seated(&admit, &host, "s1");
    let gone = seated(&admit, &host, "s2");
    leaves(&admit, &host, gone);
    let many: Vec<String> = (0..17).map(|at| at.to_string()).collect();
    for (row, expected) in [
        (json!({"client": "c1"}), wrong(Reason::Missing, "staff")),
        (json!({"client": "c1", "staff": "s1", "room": "r1"}), wrong(Reason::Excluded, "room")),
        (
            json!({"client": "c1", "staff": "s1", "scopes": many}),
            wrong(Reason::TooMany { max: 16 }, "scopes"),
        ),
        (
            json!({"client": "c1", "staff": "s1", "scopes": ["a", ""]}),
            wrong(Reason::Empty, "scopes[1]"),
        ),
        (json!({"client": "c9", "staff": "s1"}), at(Refusal::NotFound, "client")),
        (json!({"client": "c1", "room": "r9"}), at(Refusal::NotFound, "room")),
        (json!({"client": "c1", "staff": "s2"}), at(Refusal::AlreadyEnded, "staff")),
        (
            json!({"client": "c1", "staff": "s1", "ends_at": START}),
            at(Refusal::AlreadyEnded, "ends_at"),
        ),
    ] {
        assert_eq!(skipped(grants(&admit, &host, row.clone())), expected, "{row}");
    }
    let no_client = admit.import_grants(&host, br#"{"staff":"s1"}"#, None).unwrap();
    assert!(matches!(skipped(no_client.rows[0].outcome.clone()).0, Why::Form(_)));
}
