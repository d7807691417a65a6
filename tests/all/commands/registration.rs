//! RULES S19, S24, S25, S28, S48 and S54, on people who register themselves.

use super::guest::{newcomer, open, switch};
use super::people::{
    OTHER, PASSWORD, by_password, events, is_in_store, kinds, login, messages, portal_of,
    practice_of, rows_in, secret, work,
};
use super::plant::{acting, happenings, seat};
use super::post::{self, claim, rows, token_in};
use crate::support::{line, practice, practice_at, refused, store};
use admit::commands::Admit;
use admit::commands::grant::{GiveGrant, WithdrawGrant};
use admit::commands::guest::Newcomer;
use admit::commands::practice::SettingsChange;
use admit::commands::registration::{Register, Registered};
use admit::domain::actor::{Actor, Scope, Source, Who};
use admit::domain::client::Stage;
use admit::domain::event::Happening;
use admit::domain::grant::Grantee;
use admit::domain::login::ExternalIdentity;
use admit::domain::message::Kind;
use admit::domain::practice::{SignInMethod, SignInMethods};
use admit::domain::rate::{ENTRIES_PER_SOURCE, REGISTRATIONS_PER_ADDRESS};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{ExternalId, IdempotencyKey, Reason, Username};
use admit::domain::time::DAY;
use admit::error::Error;
use secrecy::{ExposeSecret, SecretString};

const ADA: &str = "ada@example.org";

fn registration(is_on: bool) -> SettingsChange {
    SettingsChange { registration: Some(is_on), ..SettingsChange::default() }
}

fn with(address: Option<&str>, username: Option<&str>) -> Register {
    Register {
        newcomer: Newcomer { locale: None, ..newcomer("Ada", address) },
        username: username.map(|name| Username::parse(name).unwrap()),
        password: Some(secret(PASSWORD)),
        identity: None,
    }
}

fn register(admit: &Admit, actor: &Actor, register: &Register) -> Result<Registered, Error> {
    admit.register(actor, register, None)
}

/// The token of the one message that is due.
fn mailed(admit: &Admit) -> SecretString {
    let due = claim(admit);
    assert_eq!(due.iter().map(|it| it.kind).collect::<Vec<_>>(), [Kind::RegistrationConfirm]);
    token_in(&due[0].text)
}

fn confirm(admit: &Admit, token: &SecretString) -> Result<admit::domain::id::LoginId, Error> {
    let done = admit.confirm_address(Source::default(), token.expose_secret(), None);
    done.map(|done| done.login)
}

#[test]
fn whoever_registers_confirms_signs_in_gives_a_grant_and_withdraws_it() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, registration(true));
    let (nora_id, nora) = seat(&admit, &host, Role::Practitioner);
    assert_eq!(register(&admit, &visitor, &with(Some(ADA), None)).unwrap(), Registered::Held);
    let sign_in = || admit.sign_in(&visitor, &by_password(ADA, PASSWORD));
    assert_eq!(refused(sign_in()), Refusal::SignInFailed);
    let login = confirm(&admit, &mailed(&admit)).unwrap();
    let session = sign_in().unwrap();
    assert_eq!((session.login, session.clients.len()), (login, 1));
    let client = session.clients[0].client;
    let on_file = admit.client(&host, client).unwrap();
    assert_eq!(on_file.stage, Stage::Prospective);
    assert_eq!(on_file.profile.email.as_ref().unwrap().as_str(), ADA);
    let view = admit.login(&host, login).unwrap().login;
    assert!(view.email_verified && view.username.is_none());
    let own = acting(&host, Who::Login { id: login, epoch: session.epoch });
    assert_eq!(refused(admit.client(&nora, client)), Refusal::NotPermitted);
    let (grantee, scopes) = (Grantee::Staff(nora_id), vec![line("labs")]);
    let give = GiveGrant { client, grantee, scopes, reason: None, ends_at: None };
    let grant = admit.run(&own, give, None).unwrap();
    assert_eq!(admit.client(&nora, client).unwrap().id, client);
    admit.run(&own, WithdrawGrant { grant }, None).unwrap();
    assert_eq!(refused(admit.client(&nora, client)), Refusal::NotPermitted);
    let told = happenings(&admit, &host);
    assert!(told.contains(&"client.registration_asked") && told.contains(&"client.created"));
}

#[test]
fn s24_s25_an_address_that_has_a_login_gets_the_same_answer_and_the_same_rows() {
    let (admit, clock) = store();
    let (host, visitor) = open(&admit, registration(true));
    login(&admit, &host, ADA, Some(OTHER));
    let spaces =
        ["challenge", "client", "due", "event", "login", "login_by_name", "message", "rate"];
    let cost = |address: &str| {
        clock.forward(1);
        let before = spaces.map(|space| rows_in(&admit, space));
        let (answer, hashes, commits) =
            work(&admit, || register(&admit, &visitor, &with(Some(address), None)).unwrap());
        let after = spaces.map(|space| rows_in(&admit, space));
        let added: Vec<_> =
            after.iter().zip(before).map(|(after, before)| after - before).collect();
        (answer, hashes, commits, added)
    };
    cost("first@example.org");
    let known = cost(ADA);
    let unknown = cost("bea@example.org");
    assert_eq!(known, unknown);
    assert_eq!((known.0, known.1, known.2), (Registered::Held, 1, 1));
    // What staff could read of the two is the same too.
    let stored = messages(&admit);
    assert!(stored.iter().all(|message| message.kind == Kind::RegistrationConfirm));
    let asked: Vec<_> = events(&admit, practice_of(&host).uuid())
        .into_iter()
        .filter(|event| event.happening == Happening::RegistrationAsked)
        .map(|event| (event.subject, event.details, event.personal.len()))
        .collect();
    assert_eq!(asked, vec![(None, Vec::new(), 0); 3]);
}

#[test]
fn s24_an_address_that_has_a_login_is_told_so_by_mail_and_nothing_changes() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, registration(true));
    let (_, id) = login(&admit, &host, ADA, Some(OTHER));
    let before = admit.login(&host, id).unwrap().login;
    register(&admit, &visitor, &with(Some("ADA@example.org"), None)).unwrap();
    let due = claim(&admit);
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].kind, Kind::RegistrationKnown);
    assert!(due[0].text.contains("you have a login already"));
    assert!(!due[0].text.contains("portal.example.org/") && !due[0].facts_json.contains("{token}"));
    assert_eq!(admit.login(&host, id).unwrap().login, before);
    assert!(admit.sign_in(&visitor, &by_password(ADA, OTHER)).is_ok());
    assert_eq!(
        refused(admit.sign_in(&visitor, &by_password(ADA, PASSWORD))),
        Refusal::SignInFailed
    );
}

#[test]
fn s28_a_practice_that_shares_a_portal_does_not_learn_of_the_others_login() {
    let (admit, _) = store();
    let (here, there) = (practice_at(&admit, Some("hub")), practice_at(&admit, Some("hub")));
    login(&admit, &there, ADA, Some(OTHER));
    switch(&admit, &here, registration(true));
    let visitor = acting(&here, Who::Visitor);
    assert_eq!(register(&admit, &visitor, &with(Some(ADA), None)).unwrap(), Registered::Held);
    let (_, admin) = seat(&admit, &here, Role::Admin);
    let listed = admit.messages(&admin, Default::default(), None, 0).unwrap().items;
    assert_eq!(listed[0].kind, Kind::RegistrationConfirm);
    let preview = admit.preview(&admin, listed[0].id).unwrap();
    assert!(!preview.text.contains("have a login"));
    assert_eq!(claim(&admit)[0].kind, Kind::RegistrationKnown);
}

#[test]
fn of_two_registrations_with_one_address_the_first_that_is_confirmed_counts() {
    let (admit, clock) = store();
    let (host, visitor) = open(&admit, registration(true));
    register(&admit, &visitor, &with(Some(ADA), None)).unwrap();
    let first = mailed(&admit);
    clock.forward(1);
    let other = Register { password: Some(secret(OTHER)), ..with(Some(ADA), None) };
    register(&admit, &visitor, &other).unwrap();
    let second = mailed(&admit);
    confirm(&admit, &second).unwrap();
    assert_eq!(refused(confirm(&admit, &first)), Refusal::NameTaken);
    assert_eq!(refused(confirm(&admit, &second)), Refusal::LinkUsed);
    assert!(admit.sign_in(&visitor, &by_password(ADA, OTHER)).is_ok());
    // S28: that a login has the address is for no practice to read.
    let chain = events(&admit, practice_of(&host).uuid());
    assert!(portal_of(&admit, &host).uuid() == practice_of(&host).uuid());
    assert!(chain.iter().any(|event| event.happening == Happening::TokenRefused));
    assert_eq!(rows(&admit, "client"), 1);
}

#[test]
fn s54_only_our_own_mail_proves_the_address() {
    let (admit, _) = store();
    let (_, visitor) = open(&admit, registration(true));
    register(&admit, &visitor, &with(Some(ADA), None)).unwrap();
    let id = super::people::challenge(&admit);
    let (address, copied) = (4, 3);
    let token = super::people::token(&admit, address, copied, id).into();
    assert_eq!(refused(confirm(&admit, &token)), Refusal::LinkInvalid);
    confirm(&admit, &mailed(&admit)).unwrap();
}

#[test]
fn a_link_shows_what_it_is_for_before_it_is_used() {
    let (admit, clock) = store();
    let (_, visitor) = open(&admit, registration(true));
    register(&admit, &visitor, &with(Some(ADA), None)).unwrap();
    let token = mailed(&admit);
    let admit::commands::invitation::Inspection::Live(live) = post::inspect(&admit, &token) else {
        panic!("dead")
    };
    assert_eq!(live.practice_name.as_str(), "Cedar Clinic");
    assert!(live.masked_address.unwrap().starts_with("a***"));
    assert_eq!(live.expires_at.millis(), clock.millis() + DAY);
    clock.forward(DAY);
    assert!(!post::is_live(&admit, &token));
    assert_eq!(refused(confirm(&admit, &token)), Refusal::LinkExpired);
}

#[test]
fn what_nobody_confirms_is_forgotten_after_a_day() {
    let (admit, clock) = store();
    let (_, visitor) = open(&admit, registration(true));
    register(&admit, &visitor, &with(Some(ADA), Some("countess"))).unwrap();
    let token = mailed(&admit);
    assert!(is_in_store(&admit, ADA) && is_in_store(&admit, "countess"));
    clock.forward(DAY - 1);
    admit.upkeep(0).unwrap();
    assert!(is_in_store(&admit, ADA));
    clock.forward(1);
    admit.upkeep(0).unwrap();
    assert!(!is_in_store(&admit, ADA) && !is_in_store(&admit, "countess"));
    assert_eq!((rows(&admit, "client"), rows(&admit, "message")), (0, 0));
    assert_eq!(refused(confirm(&admit, &token)), Refusal::LinkInvalid);
    // A new start is free.
    register(&admit, &visitor, &with(Some(ADA), Some("countess"))).unwrap();
    confirm(&admit, &mailed(&admit)).unwrap();
    clock.forward(DAY);
    admit.upkeep(0).unwrap();
    assert!(admit.sign_in(&visitor, &by_password("countess", PASSWORD)).is_ok());
}

#[test]
fn a_user_name_that_is_taken_is_told_and_one_that_is_anothers_address_is_refused() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, registration(true));
    login(&admit, &host, "bea@example.org", Some(OTHER));
    let made = register(&admit, &visitor, &with(None, Some("countess"))).unwrap();
    let Registered::Made { client, login: id } = made else { panic!("{made:?}") };
    assert_eq!(admit.client(&host, client).unwrap().stage, Stage::Prospective);
    let session = admit.sign_in(&visitor, &by_password("countess", PASSWORD)).unwrap();
    assert_eq!(session.login, id);
    for address in [None, Some(ADA)] {
        let again = register(&admit, &visitor, &with(address, Some("Countess")));
        assert_eq!(refused(again), Refusal::NameTaken);
    }
    for name in ["bea@example.org", "nobody@example.org"] {
        match register(&admit, &visitor, &with(Some(ADA), Some(name))) {
            Err(Error::Invalid(invalid)) => assert_eq!(invalid.reason, Reason::AnothersAddress),
            other => panic!("{other:?}"),
        }
    }
    // The address itself as a user name is the address, and tells no more than it.
    for address in [ADA, "bea@example.org"] {
        let held = register(&admit, &visitor, &with(Some(address), Some(address))).unwrap();
        assert_eq!(held, Registered::Held);
    }
}

#[test]
fn whoever_asks_which_names_are_taken_is_counted() {
    let (admit, _) = store();
    let (_, visitor) = open(&admit, registration(true));
    let address = Some(line("192.0.2.1"));
    let door = Actor { source: Source { address, ..Source::default() }, ..visitor };
    register(&admit, &door, &with(None, Some("countess"))).unwrap();
    for _ in 1..ENTRIES_PER_SOURCE.count {
        let again = register(&admit, &door, &with(None, Some("countess")));
        assert_eq!(refused(again), Refusal::NameTaken);
    }
    let again = register(&admit, &door, &with(None, Some("countess")));
    assert!(matches!(refused(again), Refusal::TryLater { .. }));
}

#[test]
fn a_user_name_that_another_took_meanwhile_is_told_to_whoever_confirms() {
    let (admit, _) = store();
    let (_, visitor) = open(&admit, registration(true));
    register(&admit, &visitor, &with(Some(ADA), Some("countess"))).unwrap();
    let token = mailed(&admit);
    register(&admit, &visitor, &with(None, Some("countess"))).unwrap();
    assert_eq!(refused(confirm(&admit, &token)), Refusal::NameTaken);
    assert_eq!(rows(&admit, "client"), 1);
}

#[test]
fn an_identity_comes_from_the_host_alone() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, registration(true));
    let text = |text| ExternalId::parse(text).unwrap();
    let identity = ExternalIdentity { issuer: text("https://id.example.org"), subject: text("1") };
    let by_identity =
        Register { password: None, identity: Some(identity.clone()), ..with(None, None) };
    assert_eq!(refused(register(&admit, &visitor, &by_identity)), Refusal::NotPermitted);
    let Registered::Made { login, .. } = register(&admit, &host, &by_identity).unwrap() else {
        panic!("held")
    };
    let sign_in = admit::commands::sign_in::SignInExternal { identity };
    assert_eq!(admit.run(&host, sign_in, None).unwrap().login, login);
    assert_eq!(refused(register(&admit, &host, &by_identity)), Refusal::IdentityTaken);
    let with_address = Register { newcomer: newcomer("Ada", Some(ADA)), ..by_identity };
    assert_eq!(refused(register(&admit, &host, &with_address)), Refusal::IdentityTaken);
}

#[test]
fn a_practice_says_whether_and_how_people_register() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, registration(false));
    let asked = || register(&admit, &visitor, &with(Some(ADA), None));
    assert_eq!(refused(asked()), Refusal::SwitchedOff);
    assert_eq!(work(&admit, || asked().is_err()), (true, 0, 1));
    switch(&admit, &host, registration(true));
    asked().unwrap();
    let token = mailed(&admit);
    switch(&admit, &host, registration(false));
    assert_eq!(refused(confirm(&admit, &token)), Refusal::SwitchedOff);
    let sign_in = SignInMethods { client: SignInMethod::ExternalIdentity, ..Default::default() };
    let settings = SettingsChange { sign_in: Some(sign_in), ..registration(true) };
    switch(&admit, &host, settings);
    assert_eq!(refused(asked()), Refusal::SignInMethodNotAllowed);
    confirm(&admit, &token).unwrap();
}

#[test]
fn what_is_missing_or_weak_is_said_and_leaves_nothing() {
    let (admit, _) = store();
    let (host, visitor) = open(&admit, registration(true));
    let field = |asked: &Register| match register(&admit, &visitor, asked) {
        Err(Error::Invalid(invalid)) => invalid.field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(&with(None, None)), "email");
    assert_eq!(field(&Register { password: None, ..with(Some(ADA), None) }), "password");
    let weak = Register { password: Some(secret("password")), ..with(Some(ADA), None) };
    assert_eq!(refused(register(&admit, &visitor, &weak)), Refusal::PasswordTooShort);
    let own = Register { password: Some(secret("walker walker walker")), ..with(Some(ADA), None) };
    assert_eq!(refused(register(&admit, &visitor, &own)), Refusal::PasswordContainsContext);
    let portal = Scope::Portal(portal_of(&admit, &host));
    let at_portal = Actor { scope: portal, ..visitor.clone() };
    assert_eq!(refused(register(&admit, &at_portal, &with(Some(ADA), None))), Refusal::NotFound);
    let (_, admin) = seat(&admit, &host, Role::Admin);
    assert_eq!(refused(register(&admit, &admin, &with(Some(ADA), None))), Refusal::NotPermitted);
    assert!(kinds(&admit).is_empty());
    assert!(!is_in_store(&admit, ADA));
    // Without a place for the link nobody could ever confirm.
    let bare = super::people::practice_behind(&admit, "bare");
    switch(&admit, &bare, registration(true));
    match register(&admit, &acting(&bare, Who::Visitor), &with(Some(ADA), None)) {
        Err(Error::Invalid(invalid)) => assert_eq!(invalid.field, "address_link"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_address_gets_five_messages_a_day_whoever_asks() {
    let (admit, _) = store();
    let (_, visitor) = open(&admit, registration(true));
    for at in 0..REGISTRATIONS_PER_ADDRESS.count {
        let address = Some(line(&format!("192.0.2.{at}")));
        let door = Actor { source: Source { address, ..Source::default() }, ..visitor.clone() };
        register(&admit, &door, &with(Some(ADA), None)).unwrap();
    }
    let wait = Refusal::TryLater { retry_after: DAY };
    assert_eq!(refused(register(&admit, &visitor, &with(Some("Ada@example.org"), None))), wait);
    register(&admit, &visitor, &with(Some("bea@example.org"), None)).unwrap();
}

#[test]
fn one_key_registers_once() {
    let (admit, _) = store();
    let (_, visitor) = open(&admit, registration(true));
    let key = IdempotencyKey::parse("form-1").unwrap();
    let asked = |asked: &Register| admit.register(&visitor, asked, Some(&key));
    asked(&with(Some(ADA), None)).unwrap();
    asked(&with(Some(ADA), None)).unwrap();
    assert_eq!(kinds(&admit).len(), 1);
    let other = Register { password: Some(secret(OTHER)), ..with(Some(ADA), None) };
    assert_eq!(refused(asked(&other)), Refusal::Conflict);
}

#[test]
fn s74_a_self_registered_client_that_is_erased_leaves_nothing_of_its_registration() {
    let (admit, _) = store();
    let host = super::plant::reasoned(&practice(&admit));
    switch(&admit, &host, registration(true));
    super::deletion::policy(&admit, "return allow.erase()");
    let visitor = acting(&host, Who::Visitor);
    register(&admit, &visitor, &with(Some("zephyrine@example.org"), Some("zephyr"))).unwrap();
    let id = confirm(&admit, &mailed(&admit)).unwrap();
    let client = admit.login(&host, id).unwrap().clients[0].client;
    let asked = super::deletion::to_erase(client);
    super::deletion::delete(&admit, &host, &asked).unwrap();
    for text in ["zephyr", "Walker"] {
        for space in post::keyspaces_with(&admit, text.as_bytes()) {
            assert_eq!(space, "erase_order", "{text}");
        }
    }
}
