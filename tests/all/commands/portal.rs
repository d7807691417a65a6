//! RULES S28, where practices share a portal: none of them learns who has a login at another.

use super::people::{PASSWORD, as_login, as_staff, login, messages, seat, stored, token};
use super::post::{self, accept, client, emailed, events, send, shown, to_client, with_password};
use crate::support::{practice_at, refused, store};
use admit::commands::Admit;
use admit::commands::accept::{Accept, Session};
use admit::commands::client::CreateClient;
use admit::commands::enrolment::{EnrolClient, LoginOfClient};
use admit::commands::event::EventFilter;
use admit::commands::login::CreateLogin;
use admit::commands::password_change::TemporaryPassword;
use admit::domain::actor::{Actor, Source};
use admit::domain::client::Stage;
use admit::domain::event::Happening;
use admit::domain::id::LoginId;
use admit::domain::invitation::Channel;
use admit::domain::message::{Carries, Kind};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::Username;
use admit::error::Error;

const TAKEN: &str = "taken@example.org";
const FREE: &str = "free@example.org";
const CHANGE: u8 = 5;
const EMAIL: u8 = 1;

/// A practice, its admin, and a neighbour behind the same portal with a login at `TAKEN`.
fn neighbours() -> (Admit, Actor, Actor, LoginId) {
    let (admit, _) = store();
    let (here, there) = (practice_at(&admit, Some("hub")), practice_at(&admit, Some("hub")));
    let (_, theirs) = login(&admit, &there, TAKEN, Some(PASSWORD));
    let admin = as_staff(&here, seat(&admit, &here, Role::Admin));
    (admit, here, admin, theirs)
}

fn username(text: &str) -> Option<Username> {
    Some(Username::parse(text).unwrap())
}

/// What comes of a call, as far as staff see it.
fn shape<T>(done: Result<T, Error>, login: impl Fn(T) -> LoginId) -> Result<LoginId, String> {
    done.map(login).map_err(|error| error.to_string())
}

/// Holds that the address becomes the login's by the link sent there, or is told to be taken.
fn is_proved_by_link(admit: &Admit, login: LoginId, address: &str) {
    assert_eq!(stored(admit, login).email, None);
    let asked = messages(admit).into_iter().find(|it| it.kind == Kind::AddressChangeConfirm);
    let Carries::Challenge(challenge) = asked.unwrap().carries else { panic!("no link") };
    let link = token(admit, CHANGE, EMAIL, challenge);
    let opened = admit.confirm_address(Source::default(), &link, None);
    if address == TAKEN {
        assert_eq!(refused(opened), Refusal::NameTaken);
    } else {
        opened.unwrap();
        let email = stored(admit, login).email.unwrap();
        assert_eq!(email.as_str(), FREE);
    }
}

#[test]
fn s28_a_login_made_by_staff_gets_its_address_once_that_is_proved() {
    for (address, name) in [(TAKEN, "one"), (FREE, "two")] {
        let (admit, here, admin, _) = neighbours();
        let create = |actor: &Actor, name: Option<Username>| {
            let client = Some(client(&admit, &here, "Ada", Some(address)));
            let email = Some(post::email(address));
            let create = CreateLogin { client, email, username: name, ..CreateLogin::default() };
            shape(admit.create_login(actor, &create, None), |made| made.login)
        };
        assert_eq!(create(&admin, None), Err("username: must be given".to_owned()));
        let made = create(&admin, username(name)).unwrap();
        is_proved_by_link(&admit, made, address);
        // The host, which serves all practices of the portal, is told.
        assert_eq!(create(&here, None), Err(Refusal::NameTaken.to_string()));
    }
}

#[test]
fn s28_a_login_made_with_a_client_gets_its_address_once_that_is_proved() {
    for address in [TAKEN, FREE] {
        let (admit, _, admin, _) = neighbours();
        let enrol = |name: Option<Username>| {
            let profile = post::profile("Ada", Some(address));
            let login = LoginOfClient { username: name, password: TemporaryPassword::Generated };
            let enrol = EnrolClient {
                client: CreateClient { profile, stage: Stage::Prospective },
                rooms: Vec::new(),
                grants: Vec::new(),
                login: Some(login),
                invitation: None,
            };
            shape(admit.enrol_client(&admin, &enrol, None), |made| made.login.unwrap())
        };
        assert_eq!(enrol(None), Err("username: must be given".to_owned()));
        let made = enrol(username("ada")).unwrap();
        is_proved_by_link(&admit, made, address);
    }
}

#[test]
fn s28_a_link_that_staff_copied_does_not_tell_whether_the_address_has_a_login() {
    for address in [TAKEN, FREE] {
        let (admit, _, admin, _) = neighbours();
        let id = client(&admit, &admin, "Ada", Some(address));
        let sent = send(&admit, &admin, to_client(id)).invitation;
        let copied = shown(&admit, &admin, sent, Channel::Copied);
        let tried = accept(&admit, with_password(&copied)).unwrap_err();
        assert_eq!(tried.to_string(), "username: must be given");
        let named = Accept { username: username("ada"), ..with_password(&copied) };
        let made = accept(&admit, named).unwrap().login;
        is_proved_by_link(&admit, made, address);
    }
}

#[test]
fn s53_a_copied_link_is_accepted_by_the_login_of_its_address_and_by_no_other() {
    let (admit, here, admin, theirs) = neighbours();
    let (_, other) = login(&admit, &here, FREE, Some(PASSWORD));
    let id = client(&admit, &admin, "Ada", Some(TAKEN));
    let sent = send(&admit, &admin, to_client(id)).invitation;
    let copied = shown(&admit, &admin, sent, Channel::Copied);
    let by = |login: LoginId| {
        let session = Some(Session { login, epoch: stored(&admit, login).epoch });
        accept(&admit, Accept { session, ..post::nothing(&copied) })
    };
    assert_eq!(refused(by(other)), Refusal::WrongLogin);
    assert_eq!(by(theirs).unwrap().login, theirs);
    assert!(admit.client(&as_login(&here, theirs, 1), id).is_ok());
}

#[test]
fn s28_what_tells_of_a_login_is_noted_at_the_portal_and_in_no_practices_trail() {
    let (admit, here, admin, _) = neighbours();
    let id = client(&admit, &admin, "Ada", Some(TAKEN));
    send(&admit, &admin, to_client(id));
    let link = emailed(&admit);
    assert_eq!(refused(accept(&admit, with_password(&link))), Refusal::LoginProofRequired);
    let create =
        CreateLogin { client: Some(id), email: Some(post::email(TAKEN)), ..CreateLogin::default() };
    assert_eq!(refused(admit.create_login(&here, &create, None)), Refusal::NameTaken);
    assert_eq!(events(&admit, &here, Happening::AccessRefused), 0);
    let portal = super::people::portal_of(&admit, &here);
    let at_portal = Actor { scope: admit::domain::actor::Scope::Portal(portal), ..here };
    let filter = EventFilter { happening: Some(Happening::AccessRefused), ..Default::default() };
    assert_eq!(admit.events(&at_portal, filter, None, 0).unwrap().items.len(), 2);
}
