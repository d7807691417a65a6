//! The passwords that imported logins bring along as hashes of other products.

use super::import_login::{created, key, logins, on_file, one, skipped, start, wrong};
use super::people::{OTHER, PASSWORD, by_password, hash_of, kinds, secret, stored, visitor};
use super::plant::create;
use super::post;
use crate::support::refused;
use admit::commands::import::RowOutcome;
use admit::domain::actor::Source;
use admit::domain::refusal::Refusal;
use admit::domain::text::Reason;
use admit::domain::time::DAY;
use admit::seal::password::recognise;
use serde_json::{Value, json};
use std::fs;

#[test]
fn s43_every_kind_of_hash_opens_its_login_once_imported_and_is_then_replaced() {
    let (admit, _, host) = start();
    let vectors = fs::read_to_string("tests/data/password_hashes.ndjson").unwrap();
    let vectors: Vec<Value> =
        vectors.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
    let word = |at: usize, member: &str| vectors[at][member].as_str().unwrap().to_owned();
    let mut rows = Vec::new();
    for at in 0..vectors.len() {
        let scheme = recognise(&word(at, "hash")).map(|scheme| format!("{scheme:?}"));
        assert_eq!(scheme, Some(word(at, "scheme")), "line {}", at + 2);
        on_file(&admit, &host, &format!("c{at}"));
        let name = format!("holder{at}");
        rows.push(json!({"client": format!("c{at}"), "username": name, "hash": word(at, "hash")}));
    }
    assert_eq!(vectors.len(), 18);
    assert_eq!(logins(&admit, &host, &rows).created, 18);
    for at in 0..vectors.len() {
        let name = format!("holder{at}");
        let enter = |password: &str| admit.sign_in(&visitor(&host), &by_password(&name, password));
        assert_eq!(refused(enter("an imported Passw0rd of ald")), Refusal::SignInFailed);
        let session = enter(&word(at, "password")).unwrap_or_else(|it| panic!("{at}: {it}"));
        let kept = stored(&admit, session.login).password.unwrap();
        assert!(kept.hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "line {}", at + 2);
        assert!(!kept.is_imported && !kept.must_change);
        assert_eq!(enter(&word(at, "password")).unwrap().login, session.login);
    }
    // The file once more does not bring the old hashes back.
    assert_eq!(logins(&admit, &host, &rows).unchanged, 18);
    assert!(admit.sign_in(&visitor(&host), &by_password("holder0", &word(0, "password"))).is_ok());
}

#[test]
fn a_hash_that_is_unknown_or_absurdly_dear_skips_its_row_and_is_not_repeated() {
    let (admit, _, host) = start();
    on_file(&admit, &host, "c1");
    let tail = "$AAECAwQFBgcICQoLDA0ODw$5RjIASfOZr6XXqDGHUU1RPBNFKJt8MHdx5q0guGiR7s";
    for hash in [
        "5f4dcc3b5aa765d61d8327deb882cf99".to_owned(),
        String::new(),
        "{SSHA}abc".to_owned(),
        format!("$argon2id$v=19$m=4194304,t=4,p=1{tail}"),
        format!("$pbkdf2-sha256$i=100000000,l=32{tail}"),
        "$2b$31$D.TRhaPn8ybijTc8vF.d9.83DR7bA3/2Idb6FGBaCtMIf783Y5KPW".to_owned(),
        "AQAAAAF/////AAAAEAABAgMEBQYHCAkKCwwNDg9SvGqHkQhS/4Tu2DOGOpTH7Wu7erDuu7TMtTshB5ZkVw=="
            .to_owned(),
    ] {
        let row = json!({"client": "c1", "username": "ada", "hash": hash});
        let report = logins(&admit, &host, &[row]);
        let shown = serde_json::to_string(&report).unwrap();
        assert!(hash.is_empty() || !shown.contains(&hash), "{shown}");
        let outcome = report.rows.into_iter().next().unwrap().outcome;
        assert_eq!(skipped(outcome), wrong(Reason::NotAHash, "hash"), "{hash}");
    }
    assert_eq!(
        admit
            .proxies(&host, admit.client_by_external_id(&host, &key("c1").unwrap()).unwrap().id)
            .unwrap(),
        []
    );
}

#[test]
fn a_login_without_a_hash_has_to_reset() {
    let (admit, _, host) = start();
    on_file(&admit, &host, "c1");
    let row = json!({"client": "c1", "email": "ada@example.org", "must_change": true});
    let id = created(&one(&admit, &host, row));
    let view = admit.login(&host, id).unwrap();
    assert_eq!(view.state, admit::domain::login::State::NoPassword);
    let enter = admit.sign_in(&visitor(&host), &by_password("ada@example.org", PASSWORD));
    assert_eq!(refused(enter), Refusal::SignInFailed);
    admit.request_reset(&visitor(&host), "ada@example.org").unwrap();
    assert_eq!(kinds(&admit), [admit::domain::message::Kind::Reset]);
}

#[test]
fn a_password_that_was_chosen_here_is_never_replaced_by_an_old_one() {
    let (admit, clock, host) = start();
    let old = hash_of(OTHER);
    let old = secrecy::ExposeSecret::expose_secret(&old);
    let enter = |name: &str, password: &str| {
        admit.sign_in(&visitor(&host), &by_password(name, password)).map(|session| session.login)
    };
    // By an invitation that was accepted, before any sign-in.
    let mut new = create("Ada", "Ash", Some("ada@example.org"));
    new.profile.external_id = key("c1");
    let ada = admit.run(&host, new, None).unwrap();
    post::send(&admit, &host, post::to_client(ada));
    let accepted = post::accept(&admit, post::with_password(&post::emailed(&admit))).unwrap().login;
    let row = json!({"client": "c1", "email": "other@example.org", "hash": old});
    assert_eq!(one(&admit, &host, row), RowOutcome::Unchanged(accepted));
    assert_eq!(enter("ada@example.org", post::PASSWORD).unwrap(), accepted);
    assert_eq!(refused(enter("ada@example.org", OTHER)), Refusal::SignInFailed);
    // By a reset. Ids of one millisecond have no order.
    clock.forward(DAY);
    on_file(&admit, &host, "c2");
    let row = json!({"client": "c2", "email": "bo@example.org", "hash": old});
    let bo = created(&one(&admit, &host, row.clone()));
    admit.request_reset(&visitor(&host), "bo@example.org").unwrap();
    let link = super::people::token(&admit, 3, 1, super::people::challenge(&admit));
    admit.reset(Source::default(), &link, &secret(PASSWORD), None).unwrap();
    assert_eq!(one(&admit, &host, row), RowOutcome::Unchanged(bo));
    assert_eq!(enter("bo@example.org", PASSWORD).unwrap(), bo);
    assert_eq!(refused(enter("bo@example.org", OTHER)), Refusal::SignInFailed);
}
