//! RULES S24 to S34 and S45, at the door.

use super::people::{
    OTHER, PASSWORD, WRONG, as_login, as_staff, by_password, client, count, email, events, hash_of,
    is_in_store, kinds, login, messages, portal_of, practice_behind, seat, secret, set_status,
    stored, visitor, with_reason, work,
};
use crate::support::{line, options, practice, refused, store};
use admit::commands::login::CreateLogin;
use admit::commands::login_change::{RemoveLogin, UnlockLogin, UpdateLogin};
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::practice::{SettingsChange, SuspendPractice, UpdatePractice};
use admit::commands::sign_in::{SignIn, SignInExternal};
use admit::commands::{Admit, Change};
use admit::domain::actor::{Actor, Scope};
use admit::domain::client::Status;
use admit::domain::event::{Happening, Outcome};
use admit::domain::login::{ExternalIdentity, LOCK_LIFETIME, State};
use admit::domain::message::Kind;
use admit::domain::practice::{SignInMethod, SignInMethods};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{Email, ExternalId, Username};
use admit::domain::time::{DAY, HOUR, MINUTE, SECOND};
use admit::seal::KeyRing;
use secrecy::ExposeSecret;

const ADA: &str = "ada@example.org";

fn fail(admit: &Admit, actor: &Actor, name: &str) -> Refusal {
    refused(admit.sign_in(actor, &by_password(name, WRONG)))
}

/// Fails until the name is locked, waiting as long as it is told.
fn lock(admit: &Admit, clock: &crate::support::Clock, actor: &Actor, name: &str) {
    let mut failures = 0;
    while failures < 10 {
        match fail(admit, actor, name) {
            Refusal::SignInFailed => failures += 1,
            other => clock.forward(other.retry_after().unwrap()),
        }
    }
}

#[test]
fn a_login_signs_in_by_any_spelling_of_its_names() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (client, id) = login(&admit, &actor, "Ada@Example.org", Some(PASSWORD));
    let door = visitor(&actor);
    let session = admit.sign_in(&door, &by_password("  ada@EXAMPLE.org", PASSWORD)).unwrap();
    assert_eq!((session.login, session.epoch, session.must_change), (id, 1, false));
    assert_eq!(session.last_sign_in, None);
    assert_eq!(session.seats, []);
    assert_eq!((session.clients[0].client, session.clients[0].is_guardian), (client, false));

    let own = as_login(&actor, id, session.epoch);
    let username = Change::Set(Username::parse("Countess").unwrap());
    let renamed = admit.run(&own, UpdateLogin { username, ..UpdateLogin::of(id) }, None).unwrap();
    clock.forward(HOUR);
    let session = admit.sign_in(&door, &by_password("COUNTESS", PASSWORD)).unwrap();
    assert_eq!(session.epoch, renamed.epoch);
    assert_eq!(session.last_sign_in.unwrap().millis(), clock.millis() - HOUR);
    let chain = portal_of(&admit, &actor).uuid();
    assert_eq!(count(&admit, chain, Happening::SignedIn), 2);
}

#[test]
fn a_user_name_that_looks_like_an_address_signs_in() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let create = CreateLogin {
        client: Some(client(&admit, &actor)),
        email: Some(Email::parse("ada@m\u{fc}nchen.de").unwrap()),
        username: Some(Username::parse("ada@m\u{fc}nchen.de").unwrap()),
        imported_hash: Some(hash_of(PASSWORD)),
        ..CreateLogin::default()
    };
    let made = admit.create_login(&actor, &create, None).unwrap();
    let door = visitor(&actor);
    for name in ["ada@m\u{fc}nchen.de", "ADA@M\u{dc}NCHEN.DE"] {
        let session = admit.sign_in(&door, &by_password(name, PASSWORD)).unwrap();
        assert_eq!(session.login, made.login);
    }
    for _ in 0..5 {
        fail(&admit, &door, "ada@xn--mnchen-3ya.de");
    }
    let early = fail(&admit, &door, "Ada@M\u{fc}nchen.de");
    assert_eq!(early, Refusal::TryLater { retry_after: SECOND });
}

#[test]
fn s26_every_failure_looks_alike_and_costs_one_hash_and_one_commit() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let door = visitor(&actor);
    login(&admit, &actor, "active@example.org", Some(PASSWORD));
    login(&admit, &actor, "none@example.org", None);
    for (name, status) in
        [("suspended@example.org", Status::Suspended), ("off@example.org", Status::Deactivated)]
    {
        let (client, _) = login(&admit, &actor, name, Some(PASSWORD));
        set_status(&admit, client, status);
    }
    let (_, removed) = login(&admit, &actor, "removed@example.org", Some(PASSWORD));
    admit.run(&actor, RemoveLogin { login: removed }, None).unwrap();

    let cases = [
        ("active@example.org", WRONG),
        ("active@example.org", ""),
        ("unknown@example.org", PASSWORD),
        ("none@example.org", PASSWORD),
        ("none@example.org", ""),
        ("suspended@example.org", PASSWORD),
        ("off@example.org", PASSWORD),
        ("removed@example.org", PASSWORD),
        ("no name at all \u{0}", PASSWORD),
        ("", PASSWORD),
    ];
    for (name, password) in cases {
        let chain = portal_of(&admit, &actor).uuid();
        let before = events(&admit, chain).len();
        let try_it = || refused(admit.sign_in(&door, &by_password(name, password)));
        assert_eq!(work(&admit, try_it), (Refusal::SignInFailed, 1, 1), "{name:?}");
        let event = events(&admit, chain).pop().unwrap();
        assert_eq!(events(&admit, chain).len(), before + 1, "{name:?}");
        assert_eq!(event.happening, Happening::SignInFailed);
        assert_eq!(event.outcome, Outcome::Refused(Refusal::SignInFailed));
        assert!(event.subject.is_some());
    }
}

#[test]
fn s26_a_way_in_that_the_practice_does_not_permit_fails_like_a_wrong_password() {
    let (admit, _) = store();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    let client = SignInMethod::ExternalIdentity;
    let sign_in = Some(SignInMethods { client, ..SignInMethods::default() });
    let settings = SettingsChange { sign_in, ..SettingsChange::default() };
    admit.run(&actor, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    let try_it = || refused(admit.sign_in(&visitor(&actor), &by_password(ADA, PASSWORD)));
    assert_eq!(work(&admit, try_it), (Refusal::SignInFailed, 1, 1));
}

#[test]
fn s30_known_and_unknown_names_wait_and_lock_alike() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let door = visitor(&actor);
    login(&admit, &actor, ADA, Some(PASSWORD));
    for failure in 1..=30 {
        let (known, known_hashes, known_commits) = work(&admit, || fail(&admit, &door, ADA));
        let (unknown, hashes, commits) = work(&admit, || fail(&admit, &door, "who@example.org"));
        assert_eq!(known, unknown, "{failure}");
        assert_eq!((known_hashes, known_commits), (hashes, commits), "{failure}");
        assert_eq!(known.retry_after().is_some(), hashes == 0);
        if let Some(wait) = known.retry_after() {
            clock.forward(wait);
        }
    }
}

#[test]
fn s31_five_failures_delay_ten_lock_for_an_hour_and_the_holder_is_told_once() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let door = visitor(&actor);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let mut waits = Vec::new();
    for failure in 1..=10 {
        assert_eq!(fail(&admit, &door, ADA), Refusal::SignInFailed);
        if failure >= 5 {
            // The right password is not heard either.
            let early = refused(admit.sign_in(&door, &by_password(ADA, PASSWORD)));
            waits.push(early.retry_after().unwrap());
            clock.forward(waits[waits.len() - 1]);
        }
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 3600].map(|seconds| seconds * SECOND));
    let chain = portal_of(&admit, &actor).uuid();
    assert_eq!(count(&admit, chain, Happening::LoginLocked), 1);
    assert_eq!(kinds(&admit), [Kind::LoginLocked]);
    assert_eq!(messages(&admit)[0].subject, Some(id.into()));
    // The hour is over: one more failure locks again, and nobody is told twice.
    fail(&admit, &door, ADA);
    assert_eq!(fail(&admit, &door, ADA), Refusal::TryLater { retry_after: LOCK_LIFETIME });
    assert_eq!(kinds(&admit), [Kind::LoginLocked]);
    clock.forward(LOCK_LIFETIME);
    admit.sign_in(&door, &by_password(ADA, PASSWORD)).unwrap();
    assert_eq!(fail(&admit, &door, ADA), Refusal::SignInFailed);
    assert_eq!(fail(&admit, &door, ADA), Refusal::SignInFailed);
}

#[test]
fn s30_parallel_guesses_do_not_outrun_the_counter() {
    let (admit, _) = store();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    let door = visitor(&actor);
    let heard = std::thread::scope(|scope| {
        let guess = || refused(admit.sign_in(&door, &by_password(ADA, WRONG)));
        let guesses: Vec<_> = (0..16).map(|_| scope.spawn(guess)).collect();
        let answers = guesses.into_iter().map(|guess| guess.join().unwrap());
        answers.filter(|answer| *answer == Refusal::SignInFailed).count()
    });
    assert_eq!(heard, 5);
}

#[test]
fn s30_failures_outlive_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let ring = KeyRing::new([1; 32], &[]);
    let (options_now, _) = options();
    let admit = Admit::open(&path, &ring, options_now).unwrap();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    let door = visitor(&actor);
    for _ in 0..5 {
        fail(&admit, &door, ADA);
    }
    admit.store().close().unwrap();
    drop(admit);
    let admit = Admit::open(&path, &ring, options().0).unwrap();
    let early = refused(admit.sign_in(&door, &by_password(ADA, PASSWORD)));
    assert_eq!(early, Refusal::TryLater { retry_after: SECOND });
}

#[test]
fn s31_a_known_device_has_a_counter_of_its_own() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    let (_, other) = login(&admit, &actor, "other@example.org", Some(PASSWORD));
    let door = visitor(&actor);
    let token_of = |name: &str| {
        let session = admit.sign_in(&door, &by_password(name, PASSWORD)).unwrap();
        Some(session.device_token.unwrap().expose_secret().to_owned())
    };
    let (known, strangers) = (token_of(ADA), token_of("other@example.org"));
    lock(&admit, &clock, &door, ADA);
    let with = |device_token: &Option<String>, password: &str| {
        let device_token = device_token.clone();
        admit.sign_in(&door, &SignIn { device_token, ..by_password(ADA, password) })
    };
    let locked = Refusal::TryLater { retry_after: LOCK_LIFETIME };
    for token in [None, strangers, Some("junk".to_owned()), known.clone().map(|it| it + "A")] {
        assert_eq!(refused(with(&token, PASSWORD)), locked);
    }
    // It is no credential, and its own failures count.
    for _ in 0..5 {
        assert_eq!(refused(with(&known, WRONG)), Refusal::SignInFailed);
    }
    assert_eq!(refused(with(&known, PASSWORD)), Refusal::TryLater { retry_after: SECOND });
    clock.forward(SECOND);
    let session = with(&known, PASSWORD).unwrap();
    assert_eq!(session.device_token.map(|it| it.expose_secret().to_owned()), known);
    // The name stays locked for everybody else.
    assert!(refused(with(&None, PASSWORD)).retry_after().is_some());
    assert_ne!(session.login, other);
}

#[test]
fn a_locked_login_shows_it_until_staff_unlock_it() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let door = visitor(&actor);
    lock(&admit, &clock, &door, ADA);
    assert_eq!(admit.login(&actor, id).unwrap().state, State::Locked);
    let stranger = as_staff(&actor, seat(&admit, &actor, Role::Practitioner));
    let unlock = UnlockLogin { login: id };
    assert_eq!(refused(admit.run(&stranger, unlock.clone(), None)), Refusal::NotPermitted);
    admit.run(&as_staff(&actor, seat(&admit, &actor, Role::Admin)), unlock, None).unwrap();
    assert_eq!(admit.login(&actor, id).unwrap().state, State::Active);
    admit.sign_in(&door, &by_password(ADA, PASSWORD)).unwrap();
}

#[test]
fn s45_a_temporary_password_is_shown_once_and_permits_only_to_change_it() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (client, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let set = SetTemporaryPassword { login: id, password: TemporaryPassword::Generated };
    let admin = as_staff(&actor, seat(&admit, &actor, Role::Admin));
    let made = admit.set_temporary_password(&admin, &set, None).unwrap();
    let temporary = made.password.unwrap();
    assert_eq!(kinds(&admit), [Kind::TemporaryPasswordSet]);
    assert_eq!(admit.login(&actor, id).unwrap().state, State::Temporary);
    let old = as_login(&actor, id, 1);
    assert_eq!(refused(admit.client(&old, client)), Refusal::SessionEnded);

    let door = visitor(&actor);
    let enter = |text: &str| admit.sign_in(&door, &by_password(ADA, text));
    assert_eq!(refused(enter(PASSWORD)), Refusal::SignInFailed);
    let session = enter(temporary.expose_secret()).unwrap();
    assert!(session.must_change);
    let own = as_login(&actor, id, session.epoch);
    assert_eq!(refused(admit.client(&own, client)), Refusal::MustChangePassword);
    let update = UpdateLogin { holder: Change::Set(line("Ada")), ..UpdateLogin::of(id) };
    assert_eq!(refused(admit.run(&own, update, None)), Refusal::MustChangePassword);

    let change = ChangePassword { current: temporary.clone(), new: secret(OTHER) };
    let epoch = admit.change_password(&own, &change, None).unwrap().epoch;
    assert!(admit.client(&as_login(&actor, id, epoch), client).is_ok());
    assert!(!enter(OTHER).unwrap().must_change);
    assert_eq!(refused(enter(temporary.expose_secret())), Refusal::SignInFailed);
    clock.forward(DAY);
    assert!(!is_in_store(&admit, temporary.expose_secret()));
}

#[test]
fn s45_a_temporary_password_lapses_after_72_hours() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, None);
    let set = SetTemporaryPassword { login: id, password: TemporaryPassword::Generated };
    let made = admit.set_temporary_password(&with_reason(&actor), &set, None).unwrap();
    let temporary = made.password.unwrap();
    let door = visitor(&actor);
    let enter = || admit.sign_in(&door, &by_password(ADA, temporary.expose_secret()));
    clock.forward(72 * HOUR - 1);
    let session = enter().unwrap();
    clock.forward(1);
    assert_eq!(work(&admit, || refused(enter())), (Refusal::SignInFailed, 1, 1));
    let change = ChangePassword { current: temporary.clone(), new: secret(OTHER) };
    let own = as_login(&actor, id, session.epoch);
    assert_eq!(refused(admit.change_password(&own, &change, None)), Refusal::SignInFailed);
}

#[test]
fn s43_an_imported_hash_verifies_and_is_replaced_at_the_next_sign_in() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let create = |address: &str, hash: &str| CreateLogin {
        client: Some(client(&admit, &actor)),
        email: Some(email(address)),
        imported_hash: Some(secret(hash)),
        ..CreateLogin::default()
    };
    let dear = {
        use admit::seal::password::{Cost, Gate, Password};
        let gate = Gate::new(Cost::new(16, 1, 1).unwrap(), 1, 0);
        let Ok(password) = Password::parse(PASSWORD) else { panic!("no password") };
        gate.enter([0; 32]).unwrap().hash(&password, [9; 16], None).unwrap()
    };
    let id = admit.create_login(&actor, &create(ADA, &dear), None).unwrap().login;
    let door = visitor(&actor);
    let before = stored(&admit, id);
    assert_eq!(before.password.as_ref().unwrap().hash, dear);
    let (session, hashes, _) =
        work(&admit, || admit.sign_in(&door, &by_password(ADA, PASSWORD)).unwrap());
    assert_eq!((session.must_change, session.epoch, hashes), (false, before.epoch, 2));
    let after = stored(&admit, id).password.unwrap();
    assert_ne!(after.hash, dear);
    assert_eq!(after.set_at, before.password.unwrap().set_at);
    let again = work(&admit, || admit.sign_in(&door, &by_password(ADA, PASSWORD)).is_ok());
    assert_eq!((again.0, again.1), (true, 1));

    for junk in ["", "junk", "$2b$04$cut", "$argon2id$v=19$m=99999999,t=1,p=1$AAAA$AAAA"] {
        let refused = admit.create_login(&actor, &create("b@example.org", junk), None);
        let Err(admit::error::Error::Invalid(invalid)) = refused else { panic!("{junk}") };
        assert_eq!(invalid.field, "imported_hash");
    }
}

fn identity(subject: &str) -> ExternalIdentity {
    let parse = |text: &str| ExternalId::parse(text).unwrap();
    ExternalIdentity { issuer: parse("https://id.example.org"), subject: parse(subject) }
}

#[test]
fn an_external_identity_signs_in_through_the_host_alone() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let create = CreateLogin {
        client: Some(client(&admit, &actor)),
        identities: vec![identity("1")],
        ..CreateLogin::default()
    };
    let id = admit.create_login(&actor, &create, None).unwrap().login;
    let as_one = |subject: &str| SignInExternal { identity: identity(subject) };
    assert_eq!(admit.run(&actor, as_one("1"), None).unwrap().login, id);
    assert_eq!(refused(admit.run(&actor, as_one("2"), None)), Refusal::SignInFailed);
    let door = visitor(&actor);
    assert_eq!(refused(admit.run(&door, as_one("1"), None)), Refusal::NotPermitted);
    let taken = CreateLogin { client: Some(client(&admit, &actor)), ..create };
    assert_eq!(refused(admit.create_login(&actor, &taken, None)), Refusal::IdentityTaken);

    let sign_in = Some(SignInMethods { client: SignInMethod::Password, ..Default::default() });
    let settings = SettingsChange { sign_in, ..SettingsChange::default() };
    admit.run(&actor, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    let refusal = refused(admit.run(&actor, as_one("1"), None));
    assert_eq!(refusal, Refusal::SignInMethodNotAllowed);
}

#[test]
fn practices_of_one_portal_share_names_and_others_do_not() {
    let (admit, _) = store();
    let (one, two) = (practice_behind(&admit, "hub"), practice_behind(&admit, "hub"));
    let elsewhere = practice(&admit);
    let (_, id) = login(&admit, &one, ADA, Some(PASSWORD));
    let create = |client| CreateLogin {
        client: Some(client),
        email: Some(email(ADA)),
        imported_hash: Some(hash_of(OTHER)),
        ..CreateLogin::default()
    };
    let taken = admit.create_login(&two, &create(client(&admit, &two)), None);
    assert_eq!(refused(taken), Refusal::NameTaken);
    admit.create_login(&elsewhere, &create(client(&admit, &elsewhere)), None).unwrap();

    let portal = portal_of(&admit, &one);
    let at_portal = Actor { scope: Scope::Portal(portal), ..visitor(&one) };
    for door in [visitor(&one), visitor(&two), at_portal] {
        assert_eq!(admit.sign_in(&door, &by_password(ADA, PASSWORD)).unwrap().login, id);
        assert_eq!(refused(admit.sign_in(&door, &by_password(ADA, OTHER))), Refusal::SignInFailed);
    }
    let there = visitor(&elsewhere);
    assert!(admit.sign_in(&there, &by_password(ADA, OTHER)).is_ok());
    assert_eq!(refused(admit.sign_in(&there, &by_password(ADA, PASSWORD))), Refusal::SignInFailed);
    // Events of a login are on the portal's chain, not on either practice's.
    assert_eq!(count(&admit, portal.uuid(), Happening::SignedIn), 3);
}

#[test]
fn what_a_suspended_practice_holds_is_not_reached() {
    let (admit, _) = store();
    let (one, two) = (practice_behind(&admit, "hub"), practice_behind(&admit, "hub"));
    login(&admit, &one, ADA, Some(PASSWORD));
    admit.run(&one, SuspendPractice, None).unwrap();
    let enter = |door: &Actor| refused(admit.sign_in(door, &by_password(ADA, PASSWORD)));
    assert_eq!(enter(&visitor(&two)), Refusal::SignInFailed);
    assert_eq!(enter(&visitor(&one)), Refusal::PracticeSuspended);
}

#[test]
fn staff_and_sessions_do_not_sign_in_and_an_unknown_portal_is_not_found() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let admin = as_staff(&actor, seat(&admit, &actor, Role::Admin));
    for who in [admin, as_login(&actor, id, 1)] {
        let answer = refused(admit.sign_in(&who, &by_password(ADA, PASSWORD)));
        assert_eq!(answer, Refusal::NotPermitted);
    }
    assert!(admit.sign_in(&actor, &by_password(ADA, PASSWORD)).is_ok());
    let nowhere = Scope::Portal(admit::domain::id::PortalId::from_uuid(uuid::Uuid::nil()));
    let lost = Actor { scope: nowhere, ..visitor(&actor) };
    assert_eq!(refused(admit.sign_in(&lost, &by_password(ADA, PASSWORD))), Refusal::NotFound);
}

#[test]
fn a_sign_in_shows_in_the_revision_of_the_client_and_failures_do_not() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (client, _) = login(&admit, &actor, ADA, Some(PASSWORD));
    let revision = || admit.client(&actor, client).unwrap().revision;
    let before = revision();
    fail(&admit, &visitor(&actor), ADA);
    assert_eq!(revision(), before);
    clock.forward(MINUTE);
    admit.sign_in(&visitor(&actor), &by_password(ADA, PASSWORD)).unwrap();
    assert_eq!(revision(), before + 1);
}

#[test]
fn s08_no_password_is_in_the_store_its_events_or_debug_texts() {
    let (admit, _) = store();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    let session = admit.sign_in(&visitor(&actor), &by_password(ADA, PASSWORD)).unwrap();
    let device = session.device_token.clone().unwrap();
    let shown =
        format!("{session:?} {:?}", admit.sign_in(&visitor(&actor), &by_password(ADA, WRONG)));
    fail(&admit, &visitor(&actor), "typed my password here instead");
    let typed = "typed my password here instead";
    for needle in [PASSWORD, WRONG, typed, device.expose_secret()] {
        assert!(!shown.contains(needle));
        assert!(!is_in_store(&admit, needle), "{needle}");
    }
    assert!(is_in_store(&admit, ADA));
}
