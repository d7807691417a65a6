//! External identities of a login that exists.

use super::people::{
    PASSWORD, WRONG, as_login, as_staff, by_password, client, count, kinds, login, portal_of,
    practice_behind, seat, secret, set_status, stored, visitor, with_reason,
};
use crate::support::{practice, refused, store};
use admit::commands::Admit;
use admit::commands::identity::ChangeIdentity;
use admit::commands::login::CreateLogin;
use admit::commands::login_change::UnlockLogin;
use admit::commands::password_change::{SetTemporaryPassword, TemporaryPassword};
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::sign_in::SignInExternal;
use admit::domain::actor::Actor;
use admit::domain::client::Status;
use admit::domain::event::Happening;
use admit::domain::id::LoginId;
use admit::domain::login::ExternalIdentity;
use admit::domain::practice::{SignInMethod, SignInMethods};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::ExternalId;
use admit::domain::time::HOUR;
use admit::error::Error;

const ADA: &str = "ada@example.org";

fn identity(subject: &str) -> ExternalIdentity {
    let key = |text: &str| ExternalId::parse(text).unwrap();
    ExternalIdentity { issuer: key("https://id.example.org"), subject: key(subject) }
}

fn change(login: LoginId, subject: &str, password: Option<&str>) -> ChangeIdentity {
    ChangeIdentity { login, identity: identity(subject), password: password.map(secret) }
}

fn enter(admit: &Admit, host: &Actor, subject: &str) -> Result<LoginId, Error> {
    let sign_in = SignInExternal { identity: identity(subject) };
    admit.run(host, sign_in, None).map(|session| session.login)
}

#[test]
fn s47_a_holder_links_an_identity_by_its_password_and_unlinking_ends_its_sessions() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, id) = login(&admit, &host, ADA, Some(PASSWORD));
    let own = as_login(&host, id, 1);
    let missing = admit.link_identity(&own, &change(id, "ada", None), None);
    let Err(Error::Invalid(invalid)) = missing else { panic!("{missing:?}") };
    assert_eq!(invalid.field, "password");
    let wrong = admit.link_identity(&own, &change(id, "ada", Some(WRONG)), None);
    assert_eq!(refused(wrong), Refusal::SignInFailed);
    assert_eq!(refused(enter(&admit, &host, "ada")), Refusal::SignInFailed);

    let linked = admit.link_identity(&own, &change(id, "ada", Some(PASSWORD)), None).unwrap();
    assert_eq!((linked.login, linked.epoch), (id, 1));
    assert_eq!(enter(&admit, &host, "ada").unwrap(), id);
    let again = admit.link_identity(&own, &change(id, "ada", Some(PASSWORD)), None).unwrap();
    assert_eq!((again.epoch, stored(&admit, id).identities.len()), (1, 1));

    let unlinked = admit.unlink_identity(&own, &change(id, "ada", Some(PASSWORD)), None).unwrap();
    assert_eq!(unlinked.epoch, 2);
    assert_eq!(refused(admit.login(&own, id)), Refusal::SessionEnded);
    assert_eq!(refused(enter(&admit, &host, "ada")), Refusal::SignInFailed);
    let back = as_login(&host, id, 2);
    let gone = admit.unlink_identity(&back, &change(id, "ada", Some(PASSWORD)), None);
    assert_eq!(refused(gone), Refusal::NotFound);
    let chain = portal_of(&admit, &host).uuid();
    let noted = [Happening::IdentityLinked, Happening::IdentityUnlinked];
    assert_eq!(noted.map(|it| count(&admit, chain, it)), [1, 1]);
    assert_eq!(kinds(&admit), []);
    assert_eq!(admit.verify(&host, None).unwrap().broken_at, None);
}

#[test]
fn s47_wrong_passwords_at_linking_count_like_failed_sign_ins() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, id) = login(&admit, &host, ADA, Some(PASSWORD));
    let own = as_login(&host, id, 1);
    for _ in 0..5 {
        let tried = admit.link_identity(&own, &change(id, "ada", Some(WRONG)), None);
        assert_eq!(refused(tried), Refusal::SignInFailed);
    }
    let tried = admit.link_identity(&own, &change(id, "ada", Some(PASSWORD)), None);
    assert!(matches!(refused(tried), Refusal::TryLater { .. }));
    let tried = admit.unlink_identity(&own, &change(id, "ada", Some(PASSWORD)), None);
    assert!(matches!(refused(tried), Refusal::TryLater { .. }));
}

#[test]
fn an_identity_is_one_logins_and_a_login_has_eight() {
    let (admit, _) = store();
    let (host, there) = (practice_behind(&admit, "hub"), practice_behind(&admit, "hub"));
    let (_, ada) = login(&admit, &host, ADA, None);
    let (_, bo) = login(&admit, &there, "bo@example.org", None);
    admit.link_identity(&host, &change(ada, "0", None), None).unwrap();
    let taken = admit.link_identity(&there, &change(bo, "0", None), None);
    assert_eq!(refused(taken), Refusal::IdentityTaken);
    for at in 1..8 {
        admit.link_identity(&host, &change(ada, &at.to_string(), None), None).unwrap();
    }
    let ninth = admit.link_identity(&host, &change(ada, "8", None), None);
    assert_eq!(refused(ninth), Refusal::LimitReached);
    admit.unlink_identity(&host, &change(ada, "0", None), None).unwrap();
    admit.link_identity(&there, &change(bo, "0", None), None).unwrap();
    assert_eq!(enter(&admit, &there, "0").unwrap(), bo);
}

#[test]
fn a_temporary_password_that_has_lapsed_is_no_way_in() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (_, id) = login(&admit, &host, ADA, None);
    admit.link_identity(&host, &change(id, "ada", None), None).unwrap();
    let set = SetTemporaryPassword { login: id, password: TemporaryPassword::Generated };
    admit.set_temporary_password(&with_reason(&host), &set, None).unwrap();
    clock.forward(72 * HOUR);
    let unlinked = admit.unlink_identity(&host, &change(id, "ada", None), None);
    assert_eq!(refused(unlinked), Refusal::StatusNotAllowed);
    assert_eq!(enter(&admit, &host, "ada").unwrap(), id);
}

#[test]
fn a_login_without_a_name_counts_its_failures_and_is_unlocked_like_any_other() {
    let (admit, _) = store();
    let host = practice_behind(&admit, "hub");
    let grace = client(&admit, &host);
    let create = CreateLogin {
        client: Some(grace),
        identities: vec![identity("grace")],
        ..CreateLogin::default()
    };
    let id = admit.create_login(&host, &create, None).unwrap().login;
    let try_wrong = || refused(admit.link_identity(&host, &change(id, "ada", Some(WRONG)), None));
    for _ in 0..5 {
        assert_eq!(try_wrong(), Refusal::SignInFailed);
    }
    assert!(matches!(try_wrong(), Refusal::TryLater { .. }));
    admit.run(&host, UnlockLogin { login: id }, None).unwrap();
    assert_eq!(try_wrong(), Refusal::SignInFailed);
}

#[test]
fn the_last_way_in_is_not_unlinked() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (client, id) = login(&admit, &host, ADA, None);
    admit.link_identity(&host, &change(id, "ada", None), None).unwrap();
    let unlink = |subject: &str| admit.unlink_identity(&host, &change(id, subject, None), None);
    assert_eq!(refused(unlink("ada")), Refusal::StatusNotAllowed);
    admit.link_identity(&host, &change(id, "ada-2", None), None).unwrap();
    unlink("ada").unwrap();
    // Nor while the client is suspended, who comes back one day.
    set_status(&admit, client, Status::Suspended);
    assert_eq!(refused(unlink("ada-2")), Refusal::StatusNotAllowed);
    assert_eq!(stored(&admit, id).identities, [identity("ada-2")]);
}

#[test]
fn a_password_is_no_way_in_where_the_practice_asks_for_an_identity() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, id) = login(&admit, &host, ADA, Some(PASSWORD));
    admit.link_identity(&host, &change(id, "ada", None), None).unwrap();
    let methods = |client| {
        let sign_in = Some(SignInMethods { client, ..SignInMethods::default() });
        let settings = SettingsChange { sign_in, ..SettingsChange::default() };
        let update = UpdatePractice { settings, ..UpdatePractice::default() };
        admit.run(&host, update, None).unwrap();
    };
    methods(SignInMethod::ExternalIdentity);
    let unlink = || admit.unlink_identity(&host, &change(id, "ada", None), None);
    assert_eq!(refused(unlink()), Refusal::StatusNotAllowed);
    methods(SignInMethod::Any);
    unlink().unwrap();
    assert!(admit.sign_in(&visitor(&host), &by_password(ADA, PASSWORD)).is_ok());
}

#[test]
fn only_the_host_and_the_login_itself_change_its_identities() {
    let (admit, _) = store();
    let (host, there) = (practice_behind(&admit, "hub"), practice_behind(&admit, "hub"));
    let (_, id) = login(&admit, &host, ADA, Some(PASSWORD));
    let (_, other) = login(&admit, &host, "bo@example.org", Some(PASSWORD));
    let by_hand = change(id, "ada", Some(PASSWORD));
    for role in [Role::Admin, Role::Practitioner, Role::Assistant, Role::Member] {
        let actor = with_reason(&as_staff(&host, seat(&admit, &host, role)));
        let denied = admit.link_identity(&actor, &by_hand, None);
        assert_eq!(refused(denied), Refusal::NotPermitted);
    }
    for stranger in [as_login(&host, other, 1), visitor(&host)] {
        for denied in [
            admit.link_identity(&stranger, &by_hand, None),
            admit.unlink_identity(&stranger, &by_hand, None),
        ] {
            assert_eq!(refused(denied), Refusal::NotPermitted);
        }
    }
    let elsewhere = admit.link_identity(&there, &change(id, "ada", None), None);
    assert_eq!(refused(elsewhere), Refusal::NotFound);
    let ended = admit.link_identity(&as_login(&host, id, 9), &by_hand, None);
    assert_eq!(refused(ended), Refusal::SessionEnded);
    assert_eq!(stored(&admit, id).identities, []);
}
