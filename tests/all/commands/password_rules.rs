//! What a form says about a new password is what the library holds it to.

use super::people::{
    PASSWORD, as_login, by_password, login, portal_of, practice_behind, secret, visitor,
    with_reason,
};
use crate::support::{line, options, practice, refused, store};
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::practice::{SettingsChange, SuspendPractice, UpdatePractice};
use admit::commands::{Admit, Options};
use admit::domain::actor::{Actor, Scope};
use admit::domain::refusal::Refusal;

fn second_factor(admit: &Admit, host: &Actor) {
    let settings = SettingsChange { second_factor: Some(true), ..SettingsChange::default() };
    let name = Some(line("Cedar & Elm Health"));
    admit.run(host, UpdatePractice { settings, name, ..UpdatePractice::default() }, None).unwrap();
}

#[test]
fn s37_a_visitor_is_told_the_rules_and_each_of_them_holds() {
    let (plain, _) = options();
    let check: admit::commands::admit::PasswordCheck = Box::new(|_: &str| true);
    let product = Some(line("Lotus Cedar EHR"));
    let admit =
        Admit::in_memory(Options { product, password_check: Some(check), ..plain }).unwrap();
    let host = practice(&admit);
    let rules = admit.password_rules(&visitor(&host)).unwrap();
    assert_eq!((rules.characters_min, rules.bytes_max), (15, 1_024));
    assert!(!rules.has_composition_rules && rules.refuses_common && rules.has_breach_check);
    assert_eq!(rules.context_words, ["clinic", "cedar", "lotus"]);

    let (_, id) = login(&admit, &host, "ada@example.org", Some(PASSWORD));
    let own = as_login(&host, id, 1);
    let try_it = |new: &str| {
        let change = ChangePassword { current: secret(PASSWORD), new: secret(new) };
        admit.change_password(&own, &change, None).map(|_| ())
    };
    assert_eq!(refused(try_it("fourteen signs")), Refusal::PasswordTooShort);
    assert_eq!(refused(try_it(&"\u{e9}".repeat(513))), Refusal::PasswordTooLong);
    for word in &rules.context_words {
        let made_of_it = format!("{word}{word}{word}1");
        assert_eq!(refused(try_it(&made_of_it)), Refusal::PasswordContainsContext, "{word}");
    }
    assert_eq!(refused(try_it("passwordpassword")), Refusal::PasswordTooCommon);
    assert!(try_it("only lower case letters here").is_ok());
}

#[test]
fn s37_with_a_second_factor_eight_characters_do() {
    let (admit, _) = store();
    let host = practice(&admit);
    second_factor(&admit, &host);
    let rules = admit.password_rules(&visitor(&host)).unwrap();
    assert_eq!(rules.characters_min, 8);
    assert_eq!(rules.context_words, ["health", "cedar"]);
    assert!(!rules.has_breach_check);
    admit.run(&host, SuspendPractice, None).unwrap();
    assert_eq!(admit.password_rules(&visitor(&host)).unwrap(), rules);
}

#[test]
fn a_portal_of_several_practices_tells_the_strictest_rules_and_no_names() {
    let (admit, _) = store();
    let host = practice_behind(&admit, "hub");
    second_factor(&admit, &host);
    let scope = Scope::Portal(portal_of(&admit, &host));
    let door = Actor { scope, ..visitor(&host) };
    let alone = admit.password_rules(&door).unwrap();
    assert_eq!((alone.characters_min, alone.context_words.len()), (8, 2));
    let other = practice_behind(&admit, "hub");
    let rules = admit.password_rules(&door).unwrap();
    assert_eq!((rules.characters_min, rules.context_words.len()), (15, 0));
    assert_eq!(admit.password_rules(&visitor(&other)).unwrap().characters_min, 15);
    let nil = admit::domain::id::PortalId::from_uuid(uuid::Uuid::nil());
    let lost = Actor { scope: Scope::Portal(nil), ..visitor(&host) };
    assert_eq!(refused(admit.password_rules(&lost)), Refusal::NotFound);
}

#[test]
fn who_must_change_a_temporary_password_is_told_the_rules() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, id) = login(&admit, &host, "ada@example.org", Some(PASSWORD));
    let set = SetTemporaryPassword { login: id, password: TemporaryPassword::Generated };
    let shown = admit.set_temporary_password(&with_reason(&host), &set, None).unwrap();
    let password = shown.password.unwrap();
    let sign_in = by_password("ada@example.org", secrecy::ExposeSecret::expose_secret(&password));
    let session = admit.sign_in(&visitor(&host), &sign_in).unwrap();
    assert!(session.must_change);
    let own = as_login(&host, id, session.epoch);
    assert_eq!(refused(admit.practice(&own)), Refusal::MustChangePassword);
    assert_eq!(admit.password_rules(&own).unwrap().characters_min, 15);
    let ended = as_login(&host, id, session.epoch - 1);
    assert_eq!(refused(admit.password_rules(&ended)), Refusal::SessionEnded);
}
