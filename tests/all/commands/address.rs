//! The address of a login: moved, or proved as it is, by the link in a mail to it.

use super::people::{
    OTHER, PASSWORD, as_login, by_password, challenge, email, login, messages, practice_of, secret,
    stored, token, visitor,
};
use crate::support::{practice, refused, store};
use admit::commands::address::{RequestAddressChange, RequestAddressConfirmation};
use admit::commands::login_change::RemoveLogin;
use admit::domain::actor::Source;
use admit::domain::message::{Address, Kind};
use admit::domain::refusal::Refusal;
use admit::domain::text::Reason;
use admit::domain::time::HOUR;
use admit::error::Error;

const ADA: &str = "ada@example.org";
const CONFIRM: u8 = 4;
const CHANGE: u8 = 5;
const EMAIL: u8 = 1;

#[test]
fn s47_an_address_moves_once_the_link_sent_there_is_opened_and_the_old_one_is_told() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let own = as_login(&actor, id, 1);
    let ask = |password: Option<&str>| RequestAddressChange {
        login: id,
        to: email("New@example.org"),
        password: password.map(secret),
    };
    let missing = admit.request_address_change(&own, &ask(None), None);
    let Err(Error::Invalid(missing)) = missing else { panic!("not invalid: {missing:?}") };
    assert_eq!((missing.field, missing.reason), ("password", Reason::Missing));
    admit.request_reset(&visitor(&actor), ADA).unwrap();
    let reset = token(&admit, 3, EMAIL, challenge(&admit));
    clock.forward(1);
    admit.request_address_change(&own, &ask(Some(PASSWORD)), None).unwrap();
    let message = messages(&admit).pop().unwrap();
    assert_eq!(message.kind, Kind::AddressChangeConfirm);
    assert_eq!(message.to.address, Address::Email(email("New@example.org")));
    assert_eq!(stored(&admit, id).email, Some(email(ADA)));

    let waiting = challenge(&admit);
    let confirm = |token: &str| admit.confirm_address(Source::default(), token, None);
    for (purpose, channel) in [(CONFIRM, EMAIL), (CHANGE, 3), (3, EMAIL)] {
        let refusal = refused(confirm(&token(&admit, purpose, channel, waiting)));
        assert_eq!(refusal, Refusal::LinkInvalid);
    }
    let link = token(&admit, CHANGE, EMAIL, waiting);
    clock.forward(1);
    let done = confirm(&link).unwrap();
    assert_eq!((done.login, done.practice, done.epoch), (id, practice_of(&actor), 2));
    let after = stored(&admit, id);
    assert!(after.email_verified && after.email == Some(email("New@example.org")));
    let told = messages(&admit).pop().unwrap();
    assert_eq!((told.kind, told.to.address), (Kind::AddressChanged, Address::Email(email(ADA))));
    assert_eq!(refused(confirm(&link)), Refusal::LinkUsed);
    let late = admit.reset(Source::default(), &reset, &secret(OTHER), None);
    assert_eq!(refused(late), Refusal::LinkSuperseded);
    let door = visitor(&actor);
    assert_eq!(refused(admit.sign_in(&door, &by_password(ADA, PASSWORD))), Refusal::SignInFailed);
    assert!(admit.sign_in(&door, &by_password("new@example.org", PASSWORD)).is_ok());
}

#[test]
fn a_taken_address_is_refused_to_whoever_opens_the_link_and_to_nobody_else() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let (_, other) = login(&admit, &actor, "other@example.org", None);
    let to = email("other@example.org");
    let ask = RequestAddressChange { login: id, to, password: None };
    admit.request_address_change(&actor, &ask, None).unwrap();
    let link = token(&admit, CHANGE, EMAIL, challenge(&admit));
    let confirm = || admit.confirm_address(Source::default(), &link, None);
    assert_eq!(refused(confirm()), Refusal::NameTaken);
    admit.run(&actor, RemoveLogin { login: other }, None).unwrap();
    assert!(confirm().is_ok());
}

#[test]
fn the_address_on_file_is_proved_without_ending_a_session() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (client, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let own = as_login(&actor, id, 1);
    let ask = RequestAddressConfirmation { login: id };
    admit.run(&own, ask.clone(), None).unwrap();
    let lapsed = token(&admit, CONFIRM, EMAIL, challenge(&admit));
    clock.forward(24 * HOUR);
    let confirm = |token: &str| admit.confirm_address(Source::default(), token, None);
    assert_eq!(refused(confirm(&lapsed)), Refusal::LinkExpired);
    admit.run(&own, ask.clone(), None).unwrap();
    confirm(&token(&admit, CONFIRM, EMAIL, challenge(&admit))).unwrap();
    assert!(stored(&admit, id).email_verified);
    assert!(admit.client(&own, client).is_ok());
    for _ in 0..4 {
        admit.run(&own, ask.clone(), None).unwrap();
    }
    assert!(refused(admit.run(&own, ask, None)).retry_after().is_some());
}
