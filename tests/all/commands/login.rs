//! Logins by hand, their holders' own changes, and RULES S17, S18, S45, S47 and S49 on them.

use super::people::{
    OTHER, PASSWORD, WRONG, as_login, as_staff, by_password, client, count, email, hash_of, kinds,
    login, messages, portal_of, practice_behind, practice_of, seat, secret, set_status, stored,
    visitor, with_reason,
};
use crate::support::{line, options, practice, refused, store};
use admit::commands::address::RequestAddressChange;
use admit::commands::login::CreateLogin;
use admit::commands::login_change::{EndSessions, RemoveLogin, UpdateLogin};
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::{Admit, Change, KnownOutcome};
use admit::domain::actor::{Actor, Who};
use admit::domain::client::Status;
use admit::domain::event::Happening;
use admit::domain::id::{ClientId, LoginId};
use admit::domain::login::{self, ExternalIdentity, State};
use admit::domain::message::{Address, Kind};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{ExternalId, IdempotencyKey, Reason, Username};
use admit::error::Error;
use admit::records;
use secrecy::ExposeSecret;

const ADA: &str = "ada@example.org";

fn by_hand(client: ClientId) -> CreateLogin {
    CreateLogin { client: Some(client), email: Some(email(ADA)), ..CreateLogin::default() }
}

fn invalid<T: std::fmt::Debug>(result: Result<T, Error>) -> (&'static str, Reason) {
    let Err(Error::Invalid(invalid)) = result else { panic!("not invalid: {result:?}") };
    (invalid.field, invalid.reason)
}

#[test]
fn a_login_made_by_hand_holds_its_client_and_shows_its_password_once() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let client = client(&admit, &actor);
    let create = CreateLogin { password: Some(TemporaryPassword::Generated), ..by_hand(client) };
    let host = with_reason(&actor);
    let key = IdempotencyKey::parse("k1").unwrap();
    let made = admit.create_login(&host, &create, Some(&key)).unwrap();
    let again = admit.create_login(&host, &create, Some(&key)).unwrap();
    assert_eq!((again.login, again.password.is_none()), (made.login, true));
    assert_eq!(kinds(&admit), [Kind::TemporaryPasswordSet]);
    let password = made.password.unwrap();
    assert_eq!(password.expose_secret().len(), 24);
    let view = admit.login(&actor, made.login).unwrap();
    assert_eq!((view.state, view.clients[0].client), (State::Temporary, client));
    assert!(view.login.password.is_none() && view.temporary_until.is_some());
    let enter = by_password(ADA, password.expose_secret());
    assert!(admit.sign_in(&visitor(&actor), &enter).unwrap().must_change);
    assert_eq!(count(&admit, practice_of(&actor).uuid(), Happening::LoginCreated), 1);
    let taken = admit.create_login(&actor, &by_hand(client), None);
    assert_eq!(refused(taken), Refusal::ClientAlreadyActivated);
}

#[test]
fn a_login_made_by_hand_takes_its_seat() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let staff = seat(&admit, &actor, Role::Practitioner);
    let create = CreateLogin {
        staff: Some(staff),
        username: Some(Username::parse("grace").unwrap()),
        imported_hash: Some(hash_of(PASSWORD)),
        ..CreateLogin::default()
    };
    let made = admit.create_login(&actor, &create, None).unwrap();
    let session = admit.sign_in(&visitor(&actor), &by_password("GRACE", PASSWORD)).unwrap();
    assert_eq!((session.seats[0].staff, session.seats[0].role), (staff, Role::Practitioner));
    let view = admit.login(&actor, made.login).unwrap();
    assert_eq!(view.seats, session.seats);
    let other = Username::parse("other").ok();
    let again = CreateLogin { username: other, ..create };
    assert_eq!(refused(admit.create_login(&actor, &again, None)), Refusal::StatusNotAllowed);
}

#[test]
fn a_login_whose_parts_do_not_go_together_names_the_field() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let client = client(&admit, &actor);
    let whole = by_hand(client);
    let create = |create: CreateLogin| invalid(admit.create_login(&actor, &create, None));
    let nobody = CreateLogin { client: None, ..whole.clone() };
    assert_eq!(create(nobody), ("client", Reason::Missing));
    let staff = Some(seat(&admit, &actor, Role::Member));
    assert_eq!(create(CreateLogin { staff, ..whole.clone() }), ("staff", Reason::Excluded));
    let nameless = CreateLogin { email: None, ..whole.clone() };
    assert_eq!(create(nameless), ("email", Reason::Missing));
    let twice = CreateLogin {
        imported_hash: Some(hash_of(PASSWORD)),
        password: Some(TemporaryPassword::Generated),
        ..whole
    };
    assert_eq!(create(twice), ("imported_hash", Reason::Excluded));
}

#[test]
fn who_may_make_a_login_and_for_whom() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let client = client(&admit, &actor);
    let practitioner = as_staff(&actor, seat(&admit, &actor, Role::Practitioner));
    let create = |actor: &Actor| refused(admit.create_login(actor, &by_hand(client), None));
    assert_eq!(create(&practitioner), Refusal::NotPermitted);
    assert_eq!(create(&visitor(&actor)), Refusal::NotPermitted);
    assert_eq!(create(&practice(&admit)), Refusal::NotFound);
    let generated = CreateLogin { password: Some(TemporaryPassword::Generated), ..by_hand(client) };
    let refusal = refused(admit.create_login(&actor, &generated, None));
    assert_eq!(refusal, Refusal::ReasonRequired);
    set_status(&admit, client, Status::Suspended);
    assert_eq!(create(&actor), Refusal::ClientSuspended);
}

#[test]
fn only_the_host_says_what_password_or_identity_a_new_login_had_elsewhere() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let admin = as_staff(&actor, seat(&admit, &actor, Role::Admin));
    let plain = by_hand(client(&admit, &actor));
    let text = |text| ExternalId::parse(text).unwrap();
    let identity = ExternalIdentity { issuer: text("https://id.example.org"), subject: text("s") };
    let hashed = CreateLogin { imported_hash: Some(hash_of(PASSWORD)), ..plain.clone() };
    let known = CreateLogin { identities: vec![identity], ..plain.clone() };
    for create in [&hashed, &known] {
        let refusal = refused(admit.create_login(&admin, create, None));
        assert_eq!(refusal, Refusal::NotPermitted);
    }
    admit.create_login(&admin, &plain, None).unwrap();
    for create in [hashed, known] {
        let (client, email) = (Some(client(&admit, &actor)), None);
        let username = Username::parse(&format!("user.{}", create.identities.len())).ok();
        let create = CreateLogin { client, email, username, ..create };
        admit.create_login(&actor, &create, None).unwrap();
    }
}

#[test]
fn s45_staff_type_a_temporary_password_only_where_the_practice_lets_them() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let admin_seat = seat(&admit, &actor, Role::Admin);
    let admin = as_staff(&actor, admin_seat);
    let set = |actor: &Actor, password: &str| {
        let password = TemporaryPassword::Typed(secret(password));
        let set = SetTemporaryPassword { login: id, password };
        admit.set_temporary_password(actor, &set, None)
    };
    assert_eq!(refused(set(&admin, OTHER)), Refusal::SwitchedOff);
    let staff_may_choose_password = Some(true);
    let settings = SettingsChange { staff_may_choose_password, ..SettingsChange::default() };
    admit.run(&actor, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    assert_eq!(refused(set(&actor, OTHER)), Refusal::ReasonRequired);
    assert_eq!(refused(set(&admin, "12345")), Refusal::PasswordTooShort);
    let member = as_staff(&actor, seat(&admit, &actor, Role::Member));
    assert_eq!(refused(set(&member, OTHER)), Refusal::NotPermitted);
    assert!(set(&admin, OTHER).unwrap().password.is_none());
    let chain = portal_of(&admit, &actor).uuid();
    let events = super::people::events(&admit, chain);
    let event = events.iter().find(|it| it.happening == Happening::TemporaryPasswordSet).unwrap();
    assert_eq!(event.who, Who::Staff(admin_seat));
}

#[test]
fn staff_of_one_practice_set_no_password_that_opens_another() {
    let (admit, _) = store();
    let (one, two) = (practice_behind(&admit, "hub"), practice_behind(&admit, "hub"));
    let (_, id) = login(&admit, &one, ADA, Some(PASSWORD));
    join(&admit, &two, id);
    let set = SetTemporaryPassword { login: id, password: TemporaryPassword::Generated };
    let admin = as_staff(&one, seat(&admit, &one, Role::Admin));
    let refusal = refused(admit.set_temporary_password(&admin, &set, None));
    assert_eq!(refusal, Refusal::NotPermitted);
    assert!(admit.set_temporary_password(&with_reason(&one), &set, None).is_ok());
}

/// Ties a login to a client of another practice of its portal.
fn join(admit: &Admit, actor: &Actor, login: LoginId) -> ClientId {
    let client = client(admit, actor);
    let proxy = admit::domain::proxy::Proxy {
        id: admit::domain::id::ProxyId::from_uuid(client.uuid()),
        practice: practice_of(actor),
        login,
        client,
        tie: admit::domain::proxy::Tie::Myself,
        ends_at: None,
        until_of_age: false,
        ended_at: None,
        created_at: Default::default(),
    };
    admit.store().write(move |write| records::proxy::put(write, &proxy)).unwrap();
    client
}

#[test]
fn s47_changing_a_password_takes_the_present_one_and_ends_other_sessions() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (client, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let own = as_login(&actor, id, 1);
    let change = |actor: &Actor, current: &str, new: &str| {
        let change = ChangePassword { current: secret(current), new: secret(new) };
        admit.change_password(actor, &change, None)
    };
    assert_eq!(refused(change(&own, WRONG, OTHER)), Refusal::SignInFailed);
    assert_eq!(refused(change(&own, PASSWORD, "short")), Refusal::PasswordTooShort);
    assert_eq!(
        refused(change(&own, PASSWORD, "Cedar Clinic ada")),
        Refusal::PasswordContainsContext
    );
    for who in [actor.clone(), visitor(&actor), as_staff(&actor, seat(&admit, &actor, Role::Admin))]
    {
        assert_eq!(refused(change(&who, PASSWORD, OTHER)), Refusal::NotPermitted);
    }
    let done = change(&own, PASSWORD, OTHER).unwrap();
    assert_eq!((done.login, done.epoch), (id, 2));
    assert_eq!(kinds(&admit), [Kind::PasswordChanged]);
    assert_eq!(refused(admit.client(&own, client)), Refusal::SessionEnded);
    assert!(admit.client(&as_login(&actor, id, 2), client).is_ok());
    let chain = portal_of(&admit, &actor).uuid();
    assert_eq!(count(&admit, chain, Happening::SignInFailed), 1);
    assert_eq!(count(&admit, chain, Happening::PasswordChanged), 1);
}

#[test]
fn s47_wrong_present_passwords_count_like_failed_sign_ins() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let own = as_login(&actor, id, 1);
    let change = ChangePassword { current: secret(WRONG), new: secret(OTHER) };
    for _ in 0..3 {
        let refusal = refused(admit.change_password(&own, &change, None));
        assert_eq!(refusal, Refusal::SignInFailed);
    }
    let ask = RequestAddressChange {
        login: id,
        to: email("new@example.org"),
        password: Some(secret(WRONG)),
    };
    for _ in 0..2 {
        let refusal = refused(admit.request_address_change(&own, &ask, None));
        assert_eq!(refusal, Refusal::SignInFailed);
    }
    let early = refused(admit.sign_in(&visitor(&actor), &by_password(ADA, PASSWORD)));
    assert!(early.retry_after().is_some());
    let change = ChangePassword { current: secret(PASSWORD), new: secret(OTHER) };
    assert_eq!(refused(admit.change_password(&own, &change, None)), early);
}

#[test]
fn the_same_key_repeats_a_change_of_password_whose_session_it_ended() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let own = as_login(&actor, id, 1);
    let key = IdempotencyKey::parse("k1").unwrap();
    let change = ChangePassword { current: secret(PASSWORD), new: secret(OTHER) };
    let first = admit.change_password(&own, &change, Some(&key)).unwrap();
    assert_eq!(admit.change_password(&own, &change, Some(&key)).unwrap(), first);
}

#[test]
fn a_conflict_is_not_kept_under_a_key_so_that_starting_over_can_end_it() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let key = IdempotencyKey::parse("k1").unwrap();
    let update = UpdateLogin { revision: 2, ..UpdateLogin::of(id) };
    assert_eq!(refused(admit.run(&actor, update.clone(), Some(&key))), Refusal::Conflict);
    assert_eq!(admit.outcome(&key).unwrap(), KnownOutcome::Unknown);
    admit.run(&actor, EndSessions { login: id }, None).unwrap();
    assert!(admit.run(&actor, update, Some(&key)).is_ok());
}

#[test]
fn s41_the_host_and_the_product_have_a_say_in_new_passwords() {
    let (mut options, _) = options();
    options.product = Some(line("Sunflower"));
    options.password_check = Some(Box::new(|password| password != OTHER));
    let admit = Admit::in_memory(options).unwrap();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let own = as_login(&actor, id, 1);
    let change = |new: &str| {
        let change = ChangePassword { current: secret(PASSWORD), new: secret(new) };
        refused(admit.change_password(&own, &change, None))
    };
    assert_eq!(change(OTHER), Refusal::PasswordBreached);
    assert_eq!(change("sunflower sunflower"), Refusal::PasswordContainsContext);
}

#[test]
fn a_holder_changes_its_own_facts_and_only_the_login_its_user_name() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (client, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    login(&admit, &actor, "other@example.org", None);
    let own = as_login(&actor, id, 1);
    let username = |text: &str| UpdateLogin {
        username: Change::Set(Username::parse(text).unwrap()),
        ..UpdateLogin::of(id)
    };
    assert_eq!(refused(admit.run(&actor, username("ada"), None)), Refusal::NotPermitted);
    let admin = as_staff(&actor, seat(&admit, &actor, Role::Admin));
    let holder = UpdateLogin { holder: Change::Set(line("Ada")), ..UpdateLogin::of(id) };
    assert_eq!(refused(admit.run(&admin, holder.clone(), None)), Refusal::NotPermitted);
    let anothers = admit.run(&own, username("Other@example.org"), None);
    assert!(matches!(anothers, Err(Error::Invalid(it)) if it.reason == Reason::AnothersAddress));
    let unknown = admit.run(&own, username("nobody@example.org"), None);
    assert!(matches!(unknown, Err(Error::Invalid(it)) if it.reason == Reason::AnothersAddress));
    let revision = stored(&admit, id).revision;
    let stale = UpdateLogin { revision: revision + 1, ..holder.clone() };
    assert_eq!(refused(admit.run(&own, stale, None)), Refusal::Conflict);
    assert_eq!(admit.run(&actor, holder, None).unwrap().epoch, 1);
    assert_eq!(stored(&admit, id).holder, Some(line("Ada")));
    // S18: another name to sign in with kills the links that wait.
    assert_eq!(admit.run(&own, username("ada"), None).unwrap().epoch, 2);
    assert_eq!(refused(admit.client(&own, client)), Refusal::SessionEnded);
}

#[test]
fn s17_removing_a_login_frees_its_names_and_ends_all_that_it_reached() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (client, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let removal = admit.run(&actor, RemoveLogin { login: id }, None).unwrap();
    assert_eq!((removal.is_removed, removal.proxies.len(), removal.seats.len()), (true, 1, 0));
    let message = messages(&admit).pop().unwrap();
    assert_eq!(
        (message.kind, message.to.address),
        (Kind::LoginRemoved, Address::Email(email(ADA)))
    );
    let after = stored(&admit, id);
    assert_eq!((after.status, after.email, after.password), (login::Status::Removed, None, None));
    assert_eq!(refused(admit.client(&as_login(&actor, id, 1), client)), Refusal::SessionEnded);
    let again = admit.run(&actor, RemoveLogin { login: id }, None);
    assert_eq!(refused(again), Refusal::NotFound);
    assert_eq!(refused(admit.run(&actor, EndSessions { login: id }, None)), Refusal::NotFound);
    let made = admit.create_login(&actor, &by_hand(client), None).unwrap();
    assert_ne!(made.login, id);
}

#[test]
fn s28_staff_who_remove_a_login_of_a_shared_portal_do_not_learn_whether_it_is_used_elsewhere() {
    let (admit, _) = store();
    let (one, two) = (practice_behind(&admit, "hub"), practice_behind(&admit, "hub"));
    let admin = as_staff(&one, seat(&admit, &one, Role::Admin));
    let (_, here) = login(&admit, &one, ADA, Some(PASSWORD));
    let (_, both) = login(&admit, &one, "bo@example.org", Some(PASSWORD));
    join(&admit, &two, both);
    let removal = |login| admit.run(&admin, RemoveLogin { login }, None).unwrap();
    assert!(!removal(here).is_removed && !removal(both).is_removed);
    for login in [here, both] {
        assert_eq!(refused(admit.login(&admin, login)), Refusal::NotFound);
    }
    // It went all the same; and where a practice has its portal alone, there is nothing to hide.
    assert_eq!(stored(&admit, here).status, login::Status::Removed);
    assert_eq!(stored(&admit, both).status, login::Status::Active);
    let alone = practice(&admit);
    let admin = as_staff(&alone, seat(&admit, &alone, Role::Admin));
    let (_, id) = login(&admit, &alone, ADA, Some(PASSWORD));
    assert!(admit.run(&admin, RemoveLogin { login: id }, None).unwrap().is_removed);
}

#[test]
fn removing_a_login_that_another_practice_uses_ends_only_the_ties_here() {
    let (admit, _) = store();
    let (one, two) = (practice_behind(&admit, "hub"), practice_behind(&admit, "hub"));
    let (_, id) = login(&admit, &one, ADA, Some(PASSWORD));
    let there = join(&admit, &two, id);
    let removal = admit.run(&one, RemoveLogin { login: id }, None).unwrap();
    assert!(!removal.is_removed);
    let session = admit.sign_in(&visitor(&two), &by_password(ADA, PASSWORD)).unwrap();
    assert_eq!(session.epoch, 2);
    let reached: Vec<_> = session.clients.iter().map(|client| client.client).collect();
    assert_eq!(reached, [there]);
    assert_eq!(kinds(&admit), [Kind::LoginRemoved]);
}

#[test]
fn a_seat_outlives_the_login_that_held_it() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let staff = seat(&admit, &actor, Role::Assistant);
    let create =
        CreateLogin { staff: Some(staff), email: Some(email(ADA)), ..CreateLogin::default() };
    let id = admit.create_login(&actor, &create, None).unwrap().login;
    let removal = admit.run(&actor, RemoveLogin { login: id }, None).unwrap();
    assert_eq!((removal.is_removed, removal.seats), (true, vec![staff]));
    assert!(admit.create_login(&actor, &create, None).is_ok());
}

#[test]
fn a_login_is_shown_to_those_who_may_see_it() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, None);
    assert_eq!(admit.login(&actor, id).unwrap().state, State::NoPassword);
    assert!(admit.login(&as_login(&actor, id, 1), id).is_ok());
    let practitioner = as_staff(&actor, seat(&admit, &actor, Role::Practitioner));
    assert_eq!(refused(admit.login(&practitioner, id)), Refusal::NotPermitted);
    assert_eq!(refused(admit.login(&practice(&admit), id)), Refusal::NotFound);
    let (_, other) = login(&admit, &actor, "other@example.org", None);
    let curious = as_login(&actor, other, 1);
    assert_eq!(refused(admit.login(&curious, id)), Refusal::NotPermitted);
}
