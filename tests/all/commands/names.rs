//! Whose an address is: a login that holds nothing any more gives way to whoever proves its address,
//! for nobody can sign in with it, nor be sent a reset; and one that moves takes no name along.

use super::guest::{newcomer as guest, switch};
use super::import_login::{created, on_file, one};
use super::open_link::{self, come_in, made, of_clients};
use super::people::{OTHER, PASSWORD, by_password, email, login, secret, stored, visitor};
use super::post::{claim, proxies, token_in};
use crate::support::{practice, refused, store};
use admit::commands::address::RequestAddressChange;
use admit::commands::login_change::UpdateLogin;
use admit::commands::open_link::ComeIn;
use admit::commands::practice::SettingsChange;
use admit::commands::proxy::EndProxy;
use admit::commands::registration::Register;
use admit::commands::{Admit, Change};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::id::LoginId;
use admit::domain::message::Kind;
use admit::domain::refusal::Refusal;
use admit::domain::text::Username;
use admit::error::Result;
use admit::records;
use secrecy::ExposeSecret;
use serde_json::json;

const LUCIA: &str = "lucia@example.org";

/// A practice, and a login there that holds nothing any more.
fn left(admit: &Admit) -> (Actor, LoginId) {
    let host = practice(admit);
    let (client, id) = login(admit, &host, LUCIA, Some(PASSWORD));
    admit.run(&host, EndProxy { proxy: proxies(admit, client)[0].id }, None).unwrap();
    let tried = admit.sign_in(&visitor(&host), &by_password(LUCIA, PASSWORD));
    assert_eq!(refused(tried), Refusal::SignInFailed);
    claim(admit);
    (host, id)
}

/// Opens the link of the one mail of a kind that is due.
fn confirm(admit: &Admit, kind: Kind) -> Result<LoginId> {
    let due = claim(admit);
    let mail: Vec<_> = due.iter().map(|it| it.kind).collect();
    assert_eq!(mail, [kind]);
    let token = token_in(&due[0].text);
    let done = admit.confirm_address(Source::default(), token.expose_secret(), None);
    done.map(|done| done.login)
}

fn is_gone(admit: &Admit, id: LoginId) -> bool {
    admit.store().read(|read| records::login::find(read, id)).unwrap().is_none()
}

#[test]
fn a_login_that_holds_nothing_gives_way_to_whoever_registers() {
    let (admit, _) = store();
    let (host, old) = left(&admit);
    let settings = SettingsChange { registration: Some(true), ..SettingsChange::default() };
    switch(&admit, &host, settings);
    let (username, password, identity) = (None, Some(secret(OTHER)), None);
    let register = Register { newcomer: guest("Lucia", Some(LUCIA)), username, password, identity };
    admit.register(&visitor(&host), &register, None).unwrap();
    let new = confirm(&admit, Kind::RegistrationConfirm).unwrap();
    assert!(new != old && is_gone(&admit, old));
    admit.sign_in(&visitor(&host), &by_password(LUCIA, OTHER)).unwrap();
}

#[test]
fn a_login_that_holds_nothing_gives_way_to_whoever_comes_in_by_an_open_link() {
    let (admit, _) = store();
    let (host, old) = left(&admit);
    let token = open_link::token(&admit, &host, made(&admit, &host, of_clients(1)));
    let password = Some(secret(OTHER));
    let asked = ComeIn { password, ..open_link::nobody(&token, "Lucia") };
    come_in(&admit, asked).unwrap();
    let new = confirm(&admit, Kind::AddressConfirm).unwrap();
    assert!(new != old && is_gone(&admit, old));
    admit.sign_in(&visitor(&host), &by_password(LUCIA, OTHER)).unwrap();
}

#[test]
fn a_login_that_holds_nothing_gives_way_to_one_that_moves_to_its_address() {
    let (admit, _) = store();
    let (host, old) = left(&admit);
    let (_, new) = login(&admit, &host, "new@example.org", Some(OTHER));
    let ask = RequestAddressChange { login: new, to: email(LUCIA), password: None };
    admit.request_address_change(&host, &ask, None).unwrap();
    confirm(&admit, Kind::AddressChangeConfirm).unwrap();
    assert!(is_gone(&admit, old));
    assert_eq!(stored(&admit, new).email, Some(email(LUCIA)));
}

#[test]
fn a_login_that_moves_leaves_the_old_address_no_name_of_its_own() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, id) = login(&admit, &host, LUCIA, Some(PASSWORD));
    let own = Actor { who: Who::Login { id, epoch: 1 }, ..host.clone() };
    let username = Change::Set(Username::parse("Lucia@Example.org").unwrap());
    admit.run(&own, UpdateLogin { username, ..UpdateLogin::of(id) }, None).unwrap();
    let ask = RequestAddressChange { login: id, to: email("new@example.org"), password: None };
    admit.request_address_change(&host, &ask, None).unwrap();
    confirm(&admit, Kind::AddressChangeConfirm).unwrap();
    let enter = |name| admit.sign_in(&visitor(&host), &by_password(name, PASSWORD));
    assert_eq!(refused(enter(LUCIA)), Refusal::SignInFailed);
    enter("new@example.org").unwrap();
    login(&admit, &host, LUCIA, Some(OTHER));
}

#[test]
fn a_login_whose_address_moves_by_an_import_leaves_the_old_one_no_name_of_its_own() {
    let (admit, _) = store();
    let host = practice(&admit);
    on_file(&admit, &host, "c1");
    let row = json!({"client": "c1", "username": LUCIA, "email": LUCIA});
    let id = created(&one(&admit, &host, row));
    one(&admit, &host, json!({"client": "c1", "email": "new@example.org"}));
    let moved = stored(&admit, id);
    assert_eq!((moved.email, moved.username), (Some(email("new@example.org")), None));
}
