use super::plant::{
    client, client_with_login, email, find_login, happenings, messages, reasoned, seat,
};
use crate::support::{practice, refused, store};
use admit::commands::Admit;
use admit::commands::Change;
use admit::commands::client::{ProfileChange, SetClientStatus, UpdateClient};
use admit::commands::import::{ImportReport, RowOutcome, Why};
use admit::domain::actor::Actor;
use admit::domain::client::{Client, Status};
use admit::domain::id::ClientId;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{ExternalId, Reason, Script};
use std::cell::Cell;
use std::fs;

fn file(country: &str) -> Vec<u8> {
    fs::read(format!("examples/data/patients-{country}.ndjson")).unwrap()
}

fn import(admit: &Admit, actor: &Actor, text: impl AsRef<[u8]>) -> ImportReport<ClientId> {
    admit.import_clients(actor, text.as_ref(), None).unwrap()
}

fn patient(members: &str) -> String {
    format!(r#"{{"resourceType":"Patient","id":"p1","name":[{{"text":"Ada Ash"}}],{members}}}"#)
}

/// The one client that a row makes.
fn one(members: &str) -> Client {
    let (admit, _) = store();
    let host = practice(&admit);
    match &import(&admit, &host, patient(members)).rows[0].outcome {
        RowOutcome::Created(id) => admit.client(&host, *id).unwrap(),
        other => panic!("not created: {other:?}"),
    }
}

fn skipped(row: &str) -> (Why, Option<&'static str>, Option<String>) {
    let (admit, _) = store();
    let host = practice(&admit);
    match import(&admit, &host, row).rows.remove(0).outcome {
        RowOutcome::Skipped(skipped) => (skipped.why, skipped.field, skipped.path),
        other => panic!("not skipped: {other:?}"),
    }
}

#[test]
fn real_patients_are_created_once_and_then_left_unchanged() {
    let (admit, _) = store();
    let host = practice(&admit);
    for (country, count) in [("us", 400), ("jp", 25), ("synthea", 3)] {
        let report = import(&admit, &host, file(country));
        let counts = (report.created, report.updated, report.unchanged, report.skipped);
        assert_eq!(counts, (count, 0, 0, 0), "{country}");
        let report = import(&admit, &host, file(country));
        assert_eq!((report.created, report.unchanged, report.updated), (0, count, 0));
        assert!(report.is_complete);
    }
    let events = admit.verify(&host, None).unwrap();
    assert_eq!((events.entries, events.broken_at), (1 + 428, None));
    assert_eq!(messages(&admit, &host), []);
}

#[test]
fn what_a_file_says_arrives_in_the_profile() {
    let (admit, _) = store();
    let host = practice(&admit);
    import(&admit, &host, file("us"));
    import(&admit, &host, file("jp"));
    import(&admit, &host, file("synthea"));
    let find = |id: &str| {
        admit.client_by_external_id(&host, &ExternalId::parse(id).unwrap()).unwrap().profile
    };
    let west = find("http://hospital.example.org/identifiers/mrn|POP-000712");
    assert_eq!(west.display_name(), "Christopher West");
    assert_eq!(west.phone.unwrap().as_str(), "(508) 546-1401");
    assert_eq!(west.telecoms.len(), 1);
    assert_eq!((west.email, west.identifiers.len()), (None, 2));
    assert_eq!(west.birth.unwrap().as_str(), "1963-02-24");
    assert_eq!(west.locale.unwrap().as_str(), "en-US");
    assert_eq!(west.contacts[0].relationship.as_ref().unwrap().as_str(), "child");
    let kanji = find("urn:oid:1.2.392.100495.20.3.51.1|POP-000034");
    assert_eq!(kanji.display_name(), "\u{4e2d}\u{5ddd} \u{5065}\u{592a}\u{90ce}");
    assert_eq!(kanji.names[1].script, Script::Syllabic);
    let brekke = find("http://hospital.smarthealthit.org|5484949");
    assert_eq!(brekke.display_name(), "Arianna Brekke");
    assert_eq!(brekke.email.unwrap().as_str(), "arianna.brekke325@example.com");
}

#[test]
fn the_first_usable_address_and_a_mobile_number_become_the_contact_ones() {
    let client = one(r#""telecom":[
            {"system":"email","value":"no address"},
            {"system":"email","value":"old@example.org","use":"old"},
            {"system":"email","value":"past@example.org","period":{"end":"2020-01-01"}},
            {"system":"email","value":"ada@example.org"},
            {"system":"phone","value":"call me","use":"mobile"},
            {"system":"phone","value":"111 1111","use":"home"},
            {"system":"phone","value":"222 2222","use":"mobile","rank":2},
            {"system":"phone","value":"333 3333","use":"mobile","rank":1},
            {"system":"url","value":"https://example.org"}]"#);
    assert_eq!(client.profile.email.unwrap().as_str(), "ada@example.org");
    assert_eq!(client.profile.phone.unwrap().as_str(), "333 3333");
    let others: Vec<_> = client.profile.telecoms.iter().map(|it| it.value.as_str()).collect();
    let kept = [
        "no address",
        "old@example.org",
        "past@example.org",
        "call me",
        "111 1111",
        "222 2222",
        "https://example.org",
    ];
    assert_eq!(others, kept);
}

#[test]
fn who_is_inactive_or_deceased_is_deactivated_and_stays_so() {
    assert_eq!(one(r#""active":true"#).status, Status::Active);
    assert_eq!(one(r#""active":false"#).status, Status::Deactivated);
    let deceased = one(r#""deceasedDateTime":"2020-01-01""#);
    assert_eq!((deceased.status, deceased.profile.deceased), (Status::Deactivated, true));
    let (admit, _) = store();
    let host = practice(&admit);
    let (ada, login, _) = client_with_login(&admit, &host, "Ada");
    let key = Change::Set(ExternalId::parse("p1").unwrap());
    let change = ProfileChange { external_id: key, ..ProfileChange::default() };
    admit.run(&host, UpdateClient { client: ada, change, revision: 0 }, None).unwrap();
    let report = import(&admit, &host, patient(r#""active":false"#));
    assert_eq!(report.rows[0].outcome, RowOutcome::Updated(ada));
    assert_eq!(admit.client(&host, ada).unwrap().status, Status::Deactivated);
    assert_eq!(find_login(&admit, login).epoch, 2);
    assert_eq!(messages(&admit, &host), []);
    let report = import(&admit, &host, patient(r#""active":true"#));
    assert_eq!(report.rows[0].outcome, RowOutcome::Unchanged(ada));
    let suspend = SetClientStatus { client: ada, status: Status::Suspended, revision: 0 };
    admit.run(&host, suspend, None).unwrap();
    let report = import(&admit, &host, patient(r#""active":false"#));
    assert_eq!(report.rows[0].outcome, RowOutcome::Unchanged(ada));
}

#[test]
fn what_a_row_leaves_out_stays_and_what_it_states_replaces() {
    let (admit, _) = store();
    let host = practice(&admit);
    let report = import(&admit, &host, patient(r#""gender":"female""#));
    let RowOutcome::Created(id) = report.rows[0].outcome else { panic!("not created") };
    let change =
        ProfileChange { email: Change::Set(email("ada@example.org")), ..ProfileChange::default() };
    admit.run(&host, UpdateClient { client: id, change, revision: 0 }, None).unwrap();
    let report = import(&admit, &host, patient(r#""gender":"female""#));
    assert_eq!(report.unchanged, 1);
    let report = import(&admit, &host, patient(r#""birthDate":"1980""#));
    assert_eq!(report.updated, 1);
    let profile = admit.client(&host, id).unwrap().profile;
    assert_eq!(profile.email.unwrap().as_str(), "ada@example.org");
    assert!(profile.gender.is_some() && profile.birth.is_some());
    let noted = ["practice.created", "client.imported", "client.updated", "client.imported"];
    assert_eq!(happenings(&admit, &host), noted);
}

#[test]
fn a_text_that_a_rule_refuses_skips_its_row_and_names_the_field() {
    let text = |reason| Why::Text(reason);
    let long = "x".repeat(201);
    let cases = [
        (r#""birthDate":"tomorrow""#.to_owned(), text(Reason::NotADate), "birth", "birthDate"),
        (r#""gender":"woman""#.to_owned(), text(Reason::Unknown), "gender", "gender"),
        (
            format!(r#""address":[{{"city":"A"}},{{"city":"{long}"}}]"#),
            text(Reason::TooLong { max: 200 }),
            "addresses",
            "address[1].city",
        ),
        (
            format!(r#""telecom":[{{"system":"email","value":"{long}"}}]"#),
            text(Reason::TooLong { max: 200 }),
            "telecoms",
            "telecom[0].value",
        ),
        (
            r#""contact":[{"name":{"family":"a\u0000b"}}]"#.to_owned(),
            text(Reason::ControlCharacter),
            "contacts",
            "contact[0].name.family",
        ),
    ];
    for (members, why, field, path) in cases {
        let (seen, at, seen_path) = skipped(&patient(&members));
        assert_eq!(seen, why, "{members}");
        assert_eq!(at.unwrap_or("name"), if field == "contacts" { "name" } else { field });
        assert_eq!(seen_path.as_deref(), Some(path));
    }
    let nameless = skipped(r#"{"resourceType":"Patient","id":"p1"}"#);
    assert_eq!(nameless, (text(Reason::Missing), Some("name"), Some("name".to_owned())));
    let (why, _, _) = skipped(r#"{"resourceType":"Observation"}"#);
    assert!(matches!(why, Why::Form(_)));
}

#[test]
fn a_bad_row_stops_no_other_and_a_repeated_one_is_unchanged() {
    let (admit, _) = store();
    let host = practice(&admit);
    let good = patient(r#""active":true"#);
    let list = format!("{good}\n{{\n\n{good}\n[]\n{}", good.replace("p1", "p2"));
    let report = import(&admit, &host, list);
    let lines: Vec<_> = report.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [1, 2, 4, 5, 6]);
    let counts = (report.created, report.unchanged, report.skipped);
    assert_eq!(counts, (2, 1, 2));
    let json = serde_json::to_string(&report).unwrap();
    assert!(json.contains("not JSON") && !json.contains("Ada"), "{json}");
}

#[test]
fn progress_is_told_after_each_thousand_and_can_stop_the_rest() {
    let (admit, _) = store();
    let host = practice(&admit);
    let list: String = (0..2_500).map(|_| "[]\n").collect();
    let seen = Cell::new(0);
    let count = |done| {
        seen.set(done);
        done < 2_000
    };
    let report = admit.import_clients(&host, list.as_bytes(), Some(&count)).unwrap();
    assert_eq!((seen.get(), report.skipped, report.is_complete), (2_000, 2_000, false));
}

#[test]
fn only_the_host_and_admins_import() {
    let (admit, _) = store();
    let host = practice(&admit);
    for role in [Role::Practitioner, Role::Assistant, Role::Member] {
        let (_, own) = seat(&admit, &host, role);
        let denied = admit.import_clients(&reasoned(&own), b"", None).map(|report| report.created);
        assert_eq!(refused(denied), Refusal::NotPermitted);
    }
    let (_, admin) = seat(&admit, &host, Role::Admin);
    let report = import(&admit, &admin, patient(r#""active":true"#));
    let RowOutcome::Created(id) = report.rows[0].outcome else { panic!("not created") };
    assert_eq!(admit.grants(&host, id).unwrap(), []);
}

#[test]
fn an_exported_client_imports_as_the_same_one() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    for country in ["us", "jp", "synthea"] {
        for row in import(&admit, &host, file(country)).rows.iter().step_by(9) {
            let RowOutcome::Created(id) = row.outcome else { panic!("not created") };
            let json = admit.export_client(&host, id).unwrap();
            assert_eq!(import(&admit, &host, &json).rows[0].outcome, RowOutcome::Unchanged(id));
            let copied = import(&admit, &there, &json);
            let RowOutcome::Created(copy) = copied.rows[0].outcome else { panic!("not created") };
            let (own, other) = (admit.client(&host, id), admit.client(&there, copy));
            assert_eq!(own.unwrap().profile, other.unwrap().profile);
        }
    }
    assert!(happenings(&admit, &host).contains(&"client.exported"));
}

#[test]
fn a_client_exports_itself_and_nobody_elses() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let (ada, _, own) = client_with_login(&admit, &host, "Ada");
    let bo = client(&admit, &host, "Bo", "Birch");
    assert!(admit.export_client(&own, ada).unwrap().contains("Held"));
    assert_eq!(refused(admit.export_client(&own, bo)), Refusal::NotFound);
    assert_eq!(refused(admit.export_client(&there, ada)), Refusal::NotFound);
    let (_, practitioner) = seat(&admit, &host, Role::Practitioner);
    assert_eq!(refused(admit.export_client(&practitioner, bo)), Refusal::NotPermitted);
}
