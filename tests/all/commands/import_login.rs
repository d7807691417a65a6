//! Logins, proxies and grants that another product brings along.

use super::people::{
    OTHER, PASSWORD, as_login, as_staff, by_password, email, hash_of, kinds, practice_of, secret,
    stored, visitor, with_reason,
};
use super::plant::{create, happenings, plant, seat};
use crate::support::{Clock, START, practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::{CreateClient, SetClientStatus};
use admit::commands::import::{ImportReport, RowOutcome, Why};
use admit::commands::login::CreateLogin;
use admit::commands::login_change::RemoveLogin;
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::sign_in::SignInExternal;
use admit::commands::staff::AddStaff;
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::client::{Nature, Status};
use admit::domain::event::Happening;
use admit::domain::id::{ClientId, LoginId, StaffId};
use admit::domain::login::ExternalIdentity;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::{self, Role};
use admit::domain::text::{ExternalId, Reason};
use admit::domain::time::DAY;
use admit::records;
use serde_json::{Value, json};
use std::cell::Cell;

pub fn key(text: &str) -> Option<ExternalId> {
    Some(ExternalId::parse(text).unwrap())
}

/// A client that the host knows by `id`.
pub fn on_file(admit: &Admit, host: &Actor, id: &str) -> ClientId {
    let mut new: CreateClient = create("Ada", "Ash", None);
    new.profile.external_id = key(id);
    admit.run(host, new, None).unwrap()
}

pub fn seated(admit: &Admit, host: &Actor, id: &str) -> StaffId {
    let add =
        AddStaff { external_id: key(id), ..super::plant::add_staff(Role::Practitioner, "Sam") };
    admit.run(host, add, None).unwrap()
}

pub fn logins(admit: &Admit, actor: &Actor, rows: &[Value]) -> ImportReport<LoginId> {
    let text: Vec<String> = rows.iter().map(Value::to_string).collect();
    admit.import_logins(actor, text.join("\n").as_bytes(), None).unwrap()
}

pub fn one(admit: &Admit, actor: &Actor, row: Value) -> RowOutcome<LoginId> {
    logins(admit, actor, &[row]).rows.remove(0).outcome
}

pub fn created<I: std::fmt::Debug + Copy>(outcome: &RowOutcome<I>) -> I {
    match outcome {
        RowOutcome::Created(id) => *id,
        other => panic!("not created: {other:?}"),
    }
}

pub fn skipped<I: std::fmt::Debug>(outcome: RowOutcome<I>) -> (Why, Option<String>) {
    match outcome {
        RowOutcome::Skipped(it) => (it.why, it.path),
        other => panic!("not skipped: {other:?}"),
    }
}

pub fn at(refusal: Refusal, path: &str) -> (Why, Option<String>) {
    (Why::Refused(refusal), Some(path.to_owned()))
}

pub fn wrong(reason: Reason, path: &str) -> (Why, Option<String>) {
    (Why::Text(reason), Some(path.to_owned()))
}

pub fn start() -> (Admit, Clock, Actor) {
    let (admit, clock) = store();
    let host = practice(&admit);
    (admit, clock, host)
}

#[test]
fn a_login_arrives_whole_and_the_same_file_again_says_nothing_new() {
    let (admit, _, host) = start();
    let ada = on_file(&admit, &host, "c1");
    let row = json!({
        "client": "c1", "username": "ada", "email": "Ada@example.org", "email_verified": true,
        "holder": "Ada Ash", "phone": "+1 555 0100", "locale": "en-US", "zone": "Europe/Paris",
        "status": "active", "created_at": START - 9 * DAY, "activated_at": START - 8 * DAY,
        "last_sign_in": START - DAY, "must_change": true,
        "hash": "$2b$04$D.TRhaPn8ybijTc8vF.d9.83DR7bA3/2Idb6FGBaCtMIf783Y5KPW",
        "identities": [{"issuer": "https://id.example.org", "subject": "ada-7"}],
    });
    let id = created(&one(&admit, &host, row.clone()));
    let login = stored(&admit, id);
    assert_eq!(login.username.as_ref().unwrap().as_str(), "ada");
    assert_eq!(login.email.as_ref().unwrap().as_str(), "Ada@example.org");
    assert!(login.email_verified);
    assert_eq!(login.holder.as_ref().unwrap().as_str(), "Ada Ash");
    assert_eq!(login.phone.as_ref().unwrap().as_str(), "+1 555 0100");
    assert_eq!(login.locale.as_ref().unwrap().as_str(), "en-US");
    assert!(login.zone.is_some() && login.identities.len() == 1);
    assert_eq!(login.created_at.millis(), START - 9 * DAY);
    assert_eq!(login.last_sign_in.unwrap().millis(), START - DAY);
    assert_eq!(login.password.as_ref().unwrap().set_at.millis(), START - 8 * DAY);
    let view = admit.login(&host, id).unwrap();
    assert!(view.must_change && view.temporary_until.is_none());
    let sign_in = by_password("ada", "an imported Passw0rd of old");
    let own = as_login(&host, id, 1);
    let ties = admit.proxies(&host, ada).unwrap();
    assert_eq!((ties.len(), &ties[0].tie, ties[0].login), (1, &Tie::Myself, id));
    assert_eq!(ties[0].created_at.millis(), START - 8 * DAY);

    let before = happenings(&admit, &host).len();
    assert_eq!(one(&admit, &host, row), RowOutcome::Unchanged(id));
    assert_eq!(stored(&admit, id), login);
    let noted = happenings(&admit, &host);
    assert_eq!(noted.len(), before);
    for word in ["login.imported", "proxy.added"] {
        assert_eq!(noted.iter().filter(|it| **it == word).count(), 1, "{word}");
    }
    assert_eq!(kinds(&admit), []);
    assert_eq!(admit.verify(&host, None).unwrap().broken_at, None);

    // Its holder may do nothing before the password is changed.
    assert!(admit.sign_in(&visitor(&host), &sign_in).unwrap().must_change);
    assert_eq!(refused(admit.login(&own, id)), Refusal::MustChangePassword);
    let current = secret("an imported Passw0rd of old");
    let change = ChangePassword { current, new: secret(OTHER) };
    admit.change_password(&own, &change, None).unwrap();
    assert!(!admit.sign_in(&visitor(&host), &by_password("ada", OTHER)).unwrap().must_change);
}

#[test]
fn a_row_with_a_fault_is_skipped_by_its_member_and_stops_no_other() {
    let (admit, _, host) = start();
    on_file(&admit, &host, "c1");
    let base = |members: Value| {
        let mut row = json!({"client": "c1", "username": "ada"});
        row.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        row
    };
    let many: Vec<Value> =
        (0..9).map(|at| json!({"issuer": "i", "subject": format!("{at}")})).collect();
    let crowd: Vec<String> = (0..65).map(|at| format!("c{at}")).collect();
    let cases = [
        (json!({"username": "ada"}), wrong(Reason::Missing, "client")),
        (json!({"client": "c1"}), wrong(Reason::Missing, "email")),
        (base(json!({"clients": ["c1"]})), wrong(Reason::Excluded, "clients")),
        (
            json!({"clients": crowd, "username": "ada"}),
            wrong(Reason::TooMany { max: 64 }, "clients"),
        ),
        (json!({"clients": ["c1", ""], "username": "ada"}), wrong(Reason::Empty, "clients[1]")),
        (base(json!({"username": "ad"})), wrong(Reason::TooShort { min: 3 }, "username")),
        (base(json!({"username": "bo@example.org"})), wrong(Reason::AnothersAddress, "username")),
        (base(json!({"email": "no address"})), wrong(Reason::NotAnAddress, "email")),
        (base(json!({"status": "gone"})), wrong(Reason::Unknown, "status")),
        (base(json!({"locale": "?"})), wrong(Reason::UnknownLocale, "locale")),
        (base(json!({"created_at": START + 1})), wrong(Reason::NotInRange, "created_at")),
        (base(json!({"activated_at": -1})), wrong(Reason::NotInRange, "activated_at")),
        (base(json!({"last_sign_in": START + 1})), wrong(Reason::NotInRange, "last_sign_in")),
        (base(json!({"identities": many})), wrong(Reason::TooMany { max: 8 }, "identities")),
        (
            base(json!({"identities": [{"issuer": "i", "subject": ""}]})),
            wrong(Reason::Empty, "identities[0].subject"),
        ),
        (base(json!({"client": "c9"})), at(Refusal::NotFound, "client")),
        (json!({"clients": ["c1", "c9"], "username": "ada"}), at(Refusal::NotFound, "clients[1]")),
        (json!({"staff": "s9", "username": "ada"}), at(Refusal::NotFound, "staff")),
        (base(json!({"status": "removed"})), at(Refusal::AlreadyEnded, "status")),
    ];
    let rows: Vec<Value> = cases.iter().map(|(row, _)| row.clone()).collect();
    let report = logins(&admit, &host, &rows);
    assert_eq!(report.skipped as usize, cases.len());
    for (outcome, (row, expected)) in report.rows.into_iter().zip(cases) {
        assert_eq!(skipped(outcome.outcome), expected, "{row}");
    }
    for junk in [r#"{"client":"c1","usename":"ada"}"#, r#"{"identities":[["i","s"]]}"#, "[]", "{"] {
        let report = admit.import_logins(&host, junk.as_bytes(), None).unwrap();
        assert!(matches!(skipped(report.rows[0].outcome.clone()).0, Why::Form(_)), "{junk}");
    }
    let report = logins(&admit, &host, &[json!({}), base(json!({}))]);
    assert_eq!((report.skipped, report.created, report.rows[1].line), (1, 1, 2));
}

#[test]
fn a_taken_name_or_identity_skips_its_row_and_leaves_nothing_behind() {
    let (admit, _, host) = start();
    for id in ["c1", "c2", "c3"] {
        on_file(&admit, &host, id);
    }
    let identity = json!([{"issuer": "i", "subject": "s"}]);
    let report = logins(
        &admit,
        &host,
        &[
            json!({"client": "c1", "username": "ada", "identities": identity}),
            json!({"client": "c2", "username": "bob", "email": "b@example.org", "identities": identity}),
            json!({"client": "c2", "username": "ADA", "email": "b@example.org"}),
            json!({"client": "c3", "username": "bob", "email": "b@example.org"}),
        ],
    );
    let outcomes: Vec<_> = report.rows.into_iter().map(|row| row.outcome).collect();
    let ada = created(&outcomes[0]);
    assert_eq!(skipped(outcomes[1].clone()).0, Why::Refused(Refusal::IdentityTaken));
    assert_eq!(skipped(outcomes[2].clone()).0, Why::Refused(Refusal::NameTaken));
    // The names of a row that was skipped are free for the next.
    created(&outcomes[3]);
    let known = SignInExternal {
        identity: ExternalIdentity { issuer: key("i").unwrap(), subject: key("s").unwrap() },
    };
    assert_eq!(admit.run(&host, known, None).unwrap().login, ada);
}

#[test]
fn one_person_signs_in_as_a_seat_and_as_several_clients() {
    let (admit, _, host) = start();
    let seat = seated(&admit, &host, "s1");
    let (one_id, two) = (on_file(&admit, &host, "c1"), on_file(&admit, &host, "c2"));
    let hash = hash_of(PASSWORD);
    let hash = secrecy::ExposeSecret::expose_secret(&hash);
    let row = json!({"staff": "s1", "clients": ["c1", "c1"], "username": "sam", "hash": hash});
    let id = created(&one(&admit, &host, row));
    let session = admit.sign_in(&visitor(&host), &by_password("sam", PASSWORD)).unwrap();
    assert_eq!((session.seats[0].staff, session.clients[0].client), (seat, one_id));
    // A later row gives it a further client, also after it was used; from an admin too.
    let admin = as_staff(&host, seat_of_admin(&admit, &host));
    let later = json!({"clients": ["c1", "c2"], "username": "other"});
    assert_eq!(one(&admit, &admin, later.clone()), RowOutcome::Updated(id));
    assert_eq!(one(&admit, &admin, later), RowOutcome::Unchanged(id));
    assert_eq!(stored(&admit, id).username.unwrap().as_str(), "sam");
    let session = admit.sign_in(&visitor(&host), &by_password("sam", PASSWORD)).unwrap();
    assert_eq!(session.clients.iter().map(|it| it.client).collect::<Vec<_>>(), [one_id, two]);
    // Two logins are not made one.
    on_file(&admit, &host, "c3");
    created(&one(&admit, &host, json!({"client": "c3", "username": "cyd"})));
    let both = one(&admit, &host, json!({"clients": ["c1", "c3"], "username": "sam"}));
    assert_eq!(skipped(both), at(Refusal::ProxyExists, "clients[1]"));
    // And a login has one seat in a practice.
    seated(&admit, &host, "s2");
    let second = one(&admit, &host, json!({"staff": "s2", "client": "c1", "username": "sam"}));
    assert_eq!(skipped(second), at(Refusal::LimitReached, "staff"));
}

fn seat_of_admin(admit: &Admit, host: &Actor) -> StaffId {
    seat(admit, host, Role::Admin).0
}

#[test]
fn a_later_file_brings_what_changed_there_until_the_login_is_used_here() {
    let (admit, clock, host) = start();
    on_file(&admit, &host, "c1");
    let hash = |password: &str| secrecy::ExposeSecret::expose_secret(&hash_of(password)).to_owned();
    let row = |address: &str, password: &str| json!({"client": "c1", "email": address, "email_verified": true, "hash": hash(password)});
    let id = created(&one(&admit, &host, row("ada@example.org", PASSWORD)));
    assert_eq!(one(&admit, &host, row("ada@example.org", OTHER)), RowOutcome::Updated(id));
    let enter =
        |name: &str, password: &str| admit.sign_in(&visitor(&host), &by_password(name, password));
    clock.forward(DAY);
    enter("ada@example.org", OTHER).unwrap();
    assert_eq!(one(&admit, &host, row("ada@example.org", PASSWORD)), RowOutcome::Unchanged(id));
    enter("ada@example.org", OTHER).unwrap();

    // A former address loses its name and its links.
    on_file(&admit, &host, "c2");
    let moved = |address: &str| json!({"client": "c2", "email": address});
    let bo = created(&one(&admit, &host, moved("bo@example.org")));
    admit.request_reset(&visitor(&host), "bo@example.org").unwrap();
    let link = super::people::token(&admit, 3, 1, super::people::challenge(&admit));
    assert_eq!(one(&admit, &host, moved("bob@example.org")), RowOutcome::Updated(bo));
    assert_eq!(stored(&admit, bo).email.unwrap().as_str(), "bob@example.org");
    let reset = admit.reset(Source::default(), &link, &secret(PASSWORD), None);
    assert!(admit::domain::refusal::Refusal::is_of_link(refused(reset)));

    // What staff have set here stays as well.
    on_file(&admit, &host, "c3");
    let cy = created(&one(&admit, &host, json!({"client": "c3", "username": "cyd"})));
    let set = SetTemporaryPassword { login: cy, password: TemporaryPassword::Generated };
    let shown = admit.set_temporary_password(&with_reason(&host), &set, None).unwrap();
    let old = json!({"client": "c3", "username": "cyd", "hash": hash(PASSWORD)});
    assert_eq!(one(&admit, &host, old), RowOutcome::Unchanged(cy));
    let password = shown.password.unwrap();
    assert!(enter("cyd", secrecy::ExposeSecret::expose_secret(&password)).unwrap().must_change);
}

#[test]
fn what_was_removed_or_ended_here_does_not_come_back_with_the_file() {
    let (admit, _, host) = start();
    let ada = on_file(&admit, &host, "c1");
    let row = json!({"client": "c1", "username": "ada"});
    let id = created(&one(&admit, &host, row.clone()));
    admit.run(&host, RemoveLogin { login: id }, None).unwrap();
    assert_eq!(skipped(one(&admit, &host, row)), at(Refusal::AlreadyEnded, "client"));
    assert!(admit.proxies(&host, ada).unwrap().iter().all(|tie| tie.ended_at.is_some()));
}

#[test]
fn a_suspended_login_comes_with_its_seat_and_client_suspended_and_one_in_use_is_left() {
    let (admit, _, host) = start();
    let ada = on_file(&admit, &host, "c1");
    let seat = seated(&admit, &host, "s1");
    let row =
        |status: &str| json!({"staff": "s1", "client": "c1", "username": "ada", "status": status});
    let id = created(&one(&admit, &host, row("suspended")));
    assert_eq!(admit.client(&host, ada).unwrap().status, Status::Suspended);
    assert_eq!(admit.staff(&host, seat).unwrap().status, staff::Status::Suspended);
    assert_eq!(one(&admit, &host, row("suspended")), RowOutcome::Unchanged(id));
    assert_eq!(one(&admit, &host, row("active")), RowOutcome::Unchanged(id));
    assert_eq!(admit.client(&host, ada).unwrap().status, Status::Suspended);
    let wake = SetClientStatus { client: ada, status: Status::Active, revision: 0 };
    admit.run(&host, wake, None).unwrap();
    for status in ["suspended", "removed"] {
        let outcome = one(&admit, &host, row(status));
        assert_eq!(skipped(outcome), at(Refusal::StatusNotAllowed, "status"));
    }
    assert_eq!(admit.client(&host, ada).unwrap().status, Status::Active);
    // The last admin does not lock itself out.
    let add = AddStaff { external_id: key("s9"), ..super::plant::add_staff(Role::Admin, "Root") };
    let root = as_staff(&host, admit.run(&host, add, None).unwrap());
    let row = json!({"staff": "s9", "username": "root", "status": "suspended"});
    assert_eq!(skipped(one(&admit, &root, row)).0, Why::Refused(Refusal::LastAdmin));
}

#[test]
fn who_left_or_is_no_person_gets_no_login() {
    let (admit, _, host) = start();
    let seat = seated(&admit, &host, "s1");
    leaves(&admit, &host, seat);
    let row = json!({"staff": "s1", "username": "sam"});
    assert_eq!(skipped(one(&admit, &host, row)), at(Refusal::AlreadyEnded, "staff"));
    let mut sample = create("Batch", "Seven", None);
    sample.profile.external_id = key("c1");
    sample.profile.nature = Nature::Other;
    admit.run(&host, sample, None).unwrap();
    let row = json!({"client": "c1", "username": "kimchi"});
    assert_eq!(skipped(one(&admit, &host, row)), at(Refusal::ClientIsNoPerson, "client"));
}

/// Ends a seat.
pub fn leaves(admit: &Admit, host: &Actor, seat: StaffId) {
    plant(admit, host, move |unit| {
        let old = unit.look().staff(seat)?;
        unit.save_staff(Some(&old), &old.clone().end()?)
    });
}

#[test]
fn progress_stops_an_import_and_the_same_file_goes_on_after_it() {
    let (admit, _, host) = start();
    let clients: String = (0..1_200)
        .map(|at| {
            format!(
                "{{\"resourceType\":\"Patient\",\"id\":\"c{at}\",\"name\":[{{\"text\":\"P\"}}]}}\n"
            )
        })
        .collect();
    admit.import_clients(&host, clients.as_bytes(), None).unwrap();
    let rows: String = (0..1_200)
        .map(|at| format!("{{\"client\":\"c{at}\",\"username\":\"holder{at}\"}}\n"))
        .collect();
    let seen = Cell::new(0);
    let stop = |done| {
        seen.set(done);
        false
    };
    let report = admit.import_logins(&host, rows.as_bytes(), Some(&stop)).unwrap();
    assert_eq!((report.created, report.is_complete, seen.get()), (1_000, false, 1_000));
    let report = admit.import_logins(&host, rows.as_bytes(), None).unwrap();
    assert_eq!((report.unchanged, report.created, report.is_complete), (1_000, 200, true));
    let huge = format!("{{\"client\":\"c1\",\"holder\":\"{}\"}}", "x".repeat(1 << 20));
    let report = admit.import_logins(&host, huge.as_bytes(), None).unwrap();
    assert!(matches!(skipped(report.rows[0].outcome.clone()).0, Why::Form(_)));
}

#[test]
fn a_suspended_practice_takes_no_import_and_a_made_login_is_found_by_its_client() {
    let (admit, _, host) = start();
    let ada = on_file(&admit, &host, "c1");
    // Made by hand before, with no name of the row's.
    let create = CreateLogin {
        client: Some(ada),
        email: Some(email("a@example.org")),
        ..CreateLogin::default()
    };
    let made = admit.create_login(&host, &create, None).unwrap().login;
    let row = json!({"client": "c1", "username": "ada"});
    assert_eq!(one(&admit, &host, row), RowOutcome::Updated(made));
    assert_eq!(stored(&admit, made).username.unwrap().as_str(), "ada");
    admit.run(&host, admit::commands::practice::SuspendPractice, None).unwrap();
    let refusal = refused(admit.import_logins(&host, b"{}", None).map(|it| it.skipped));
    assert_eq!(refusal, Refusal::PracticeSuspended);
    let chain = practice_of(&host).uuid();
    assert_eq!(super::people::count(&admit, chain, Happening::LoginImported), 1);
    assert!(admit.store().read(|read| records::login::find(read, made)).unwrap().is_some());
    assert_eq!(Actor { who: Who::Host, ..host.clone() }, host);
}
