//! RULES S40, S46, S49, S55, S62, S67, S74 and S76: what a holder is told, is called, and leaves.

use super::deletion::{delete, install, policy, to_erase};
use super::people::{
    OTHER, PASSWORD, WRONG, as_login, by_password, client as plain_client, email, hash_of, login,
    secret, stored, visitor,
};
use super::post::{
    self, accept, claim, emailed, events, keyspaces_with, send, shown, to_client, token_in,
    with_password,
};
use crate::support::{Clock, practice, reasoned, refused, store};
use admit::commands::Admit;
use admit::commands::address::RequestAddressChange;
use admit::commands::client::SetClientStatus;
use admit::commands::invitation::SendInvitation;
use admit::commands::login::CreateLogin;
use admit::commands::login_change::RemoveLogin;
use admit::commands::outbox::{Claimed, HandedOver};
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::proxy::AddProxy;
use admit::domain::actor::{Actor, Source};
use admit::domain::client::Status;
use admit::domain::event::Happening;
use admit::domain::id::{ClientId, LoginId};
use admit::domain::invitation::Channel;
use admit::domain::message::Kind;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::text::Email;
use admit::domain::time::DAY;
use admit::hooks::engine::Ask;
use admit::hooks::sample;
use secrecy::ExposeSecret;
use std::collections::BTreeSet;

const ADA: &str = "ada@login.example.org";

/// What became of a login whose holder was told of everything, and what must not be told.
struct Told {
    admit: Admit,
    host: Actor,
    messages: Vec<Claimed>,
    passwords: Vec<String>,
}

impl Told {
    fn claim(&mut self, clock: &Clock) {
        clock.forward(1);
        for message in claim(&self.admit) {
            let taken = HandedOver { message: message.id, attempt: message.attempt };
            self.admit.run(&Actor::store_host(), taken, None).unwrap();
            self.messages.push(message);
        }
    }
}

/// A practice that says how it is reached, and a login with a password.
fn held() -> (Admit, Clock, Actor, ClientId, LoginId) {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    let settings = SettingsChange {
        support_email: admit::commands::Change::Set(email("help@cedar.example.org")),
        ..SettingsChange::default()
    };
    admit.run(&host, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    let (client, id) = login(&admit, &host, ADA, Some(PASSWORD));
    (admit, clock, host, client, id)
}

/// All that RULES S49 names and more, one after the other.
fn story() -> Told {
    let (admit, clock, host, client, id) = held();
    let passwords = [PASSWORD, OTHER, WRONG, post::PASSWORD].map(str::to_owned).to_vec();
    let mut told = Told { admit, host, messages: Vec::new(), passwords };
    let own = |told: &Told| as_login(&told.host, id, stored(&told.admit, id).epoch);

    told.admit.request_reset(&visitor(&told.host), ADA).unwrap();
    told.claim(&clock);
    let link = token_in(&told.messages.last().unwrap().text);
    told.admit.reset(Source::default(), link.expose_secret(), &secret(OTHER), None).unwrap();
    told.claim(&clock);
    let change = ChangePassword { current: secret(OTHER), new: secret(PASSWORD) };
    told.admit.change_password(&own(&told), &change, None).unwrap();
    told.claim(&clock);
    for status in [Status::Suspended, Status::Active] {
        told.admit.run(&told.host, SetClientStatus { client, status, revision: 0 }, None).unwrap();
        told.claim(&clock);
    }
    let set = SetTemporaryPassword { login: id, password: TemporaryPassword::Generated };
    let made = told.admit.set_temporary_password(&told.host, &set, None).unwrap();
    let made = made.password.unwrap();
    told.passwords.push(made.expose_secret().to_owned());
    told.claim(&clock);
    let change = ChangePassword { current: made, new: secret(PASSWORD) };
    told.admit.change_password(&own(&told), &change, None).unwrap();
    told.claim(&clock);
    for _ in 0..10 {
        let tried = told.admit.sign_in(&visitor(&told.host), &by_password(ADA, WRONG));
        assert_eq!(refused(tried), Refusal::SignInFailed);
        clock.forward(32_000);
    }
    told.claim(&clock);
    let ask = RequestAddressChange { login: id, to: email("new@example.org"), password: None };
    told.admit.request_address_change(&told.host, &ask, None).unwrap();
    told.claim(&clock);
    let link = token_in(&told.messages.last().unwrap().text);
    told.admit.confirm_address(Source::default(), link.expose_secret(), None).unwrap();
    told.claim(&clock);
    told.admit.run(&told.host, RemoveLogin { login: id }, None).unwrap();
    told.claim(&clock);

    let other = plain_client(&told.admit, &told.host);
    let create = CreateLogin {
        client: Some(other),
        email: Some(email("bo@example.org")),
        password: Some(TemporaryPassword::Generated),
        ..CreateLogin::default()
    };
    let made = told.admit.create_login(&told.host, &create, None).unwrap().password.unwrap();
    told.passwords.push(made.expose_secret().to_owned());
    told.claim(&clock);
    let cleo = post::client(&told.admit, &told.host, "Cleo", Some("cleo@example.org"));
    let sent = send(&told.admit, &told.host, to_client(cleo)).invitation;
    told.claim(&clock);
    let copied = shown(&told.admit, &told.host, sent, Channel::Copied);
    accept(&told.admit, with_password(&copied)).unwrap();
    told.claim(&clock);
    told
}

fn kinds(told: &Told) -> BTreeSet<&str> {
    told.messages.iter().map(|message| message.kind.word()).collect()
}

fn texts(message: &Claimed) -> [&String; 4] {
    [&message.subject, &message.text, &message.html, &message.facts_json]
}

#[test]
fn s40_no_password_ages_and_one_that_must_change_says_so() {
    let (admit, clock, host, _, id) = held();
    clock.forward(20 * 365 * DAY);
    let session = admit.sign_in(&visitor(&host), &by_password(ADA, PASSWORD)).unwrap();
    assert!(!session.must_change);
    let set = SetTemporaryPassword { login: id, password: TemporaryPassword::Generated };
    let made = admit.set_temporary_password(&host, &set, None).unwrap().password.unwrap();
    let enter = by_password(ADA, made.expose_secret());
    assert!(admit.sign_in(&visitor(&host), &enter).unwrap().must_change);
}

#[test]
fn s46_no_message_of_any_kind_that_tells_of_a_login_holds_a_password() {
    let told = story();
    let seen = kinds(&told);
    for kind in Kind::ALL.iter().filter(|kind| kind.is_security()) {
        assert!(seen.contains(kind.word()), "{}", kind.word());
    }
    for kind in [Kind::Invitation, Kind::Reset, Kind::AddressChangeConfirm] {
        assert!(seen.contains(kind.word()), "{}", kind.word());
    }
    assert_eq!(told.passwords.len(), 6);
    for message in &told.messages {
        for password in &told.passwords {
            let has_it = texts(message).into_iter().any(|text| text.contains(password.as_str()));
            assert!(!has_it, "{}", message.kind.word());
        }
    }
}

/// The names of all facts in a piece of JSON.
fn names(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                found.insert(name.clone());
                names(value, found);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

#[test]
fn s46_no_fact_of_any_kind_of_notice_has_room_for_a_password() {
    let (mut found, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for sample in sample::all().unwrap() {
        let Ask::Notice(facts) = sample.ask else { continue };
        kinds.insert(facts.kind.word().to_owned());
        names(&serde_json::to_value(&facts).unwrap(), &mut found);
    }
    for kind in Kind::ALL {
        assert!(kinds.contains(kind.word()), "{}", kind.word());
    }
    assert!(found.len() > 20 && found.contains("given_name"), "{found:?}");
    for name in &found {
        for word in ["password", "secret", "hash", "pin", "token", "epoch"] {
            assert!(!name.split('_').any(|part| part == word), "{name}");
        }
    }
}

#[test]
fn s49_a_holder_is_told_of_whatever_changes_its_way_in_with_a_contact_and_no_secret() {
    let told = story();
    let mut security = 0;
    for message in told.messages.iter().filter(|message| message.kind.is_security()) {
        security += 1;
        let word = message.kind.word();
        for text in [&message.text, &message.html] {
            assert!(text.contains("help@cedar.example.org"), "{word}: {text}");
            assert!(text.contains("Cedar Clinic"), "{word}: {text}");
        }
        for text in texts(message) {
            assert!(!text.contains("https://"), "{word}: {text}");
        }
    }
    assert!(security >= 9, "{security}");
    let to = |kind: Kind| {
        let of_kind = told.messages.iter().filter(|message| message.kind == kind);
        of_kind.map(|message| message.to.canonical()).collect::<Vec<_>>()
    };
    // A reset, a change, and the change of the temporary one.
    assert_eq!(to(Kind::PasswordChanged), [ADA; 3]);
    assert_eq!(to(Kind::AddressChanged), [ADA], "the address that was");
    assert_eq!((to(Kind::Suspended), to(Kind::Reactivated)), (vec![ADA.into()], vec![ADA.into()]));
    assert_eq!(to(Kind::LoginRemoved), ["new@example.org"]);
    assert_eq!(to(Kind::LoginLocked), [ADA]);
    assert_eq!(to(Kind::TemporaryPasswordSet), [ADA, "bo@example.org"]);
    assert_eq!(to(Kind::AcceptedByOtherChannel), ["cleo@example.org"]);
}

#[test]
fn s55_an_address_is_kept_as_typed_and_known_by_its_canonical_form() {
    let (admit, _) = store();
    let host = practice(&admit);
    let typed = " J.Doe+Cedar@B\u{fc}cher.Example.org ";
    let create = |address: &str| CreateLogin {
        client: Some(plain_client(&admit, &host)),
        email: Some(Email::parse(address).unwrap()),
        imported_hash: Some(hash_of(PASSWORD)),
        ..CreateLogin::default()
    };
    let made = admit.create_login(&host, &create(typed), None).unwrap().login;
    assert_eq!(stored(&admit, made).email.unwrap().as_str(), typed);
    let enter = |name: &str| admit.sign_in(&visitor(&host), &by_password(name, PASSWORD));
    for spelling in [
        "j.doe+cedar@b\u{fc}cher.example.org",
        "J.DOE+CEDAR@XN--BCHER-KVA.EXAMPLE.ORG",
        "j.doe+cedar@bu\u{308}cher.example.org",
    ] {
        assert_eq!(enter(spelling).unwrap().login, made, "{spelling}");
        let taken = admit.create_login(&host, &create(spelling), None);
        assert_eq!(refused(taken), Refusal::NameTaken, "{spelling}");
    }
    // Dots and tags are the mail server's business: these are other people.
    for other in ["jdoe+cedar@b\u{fc}cher.example.org", "j.doe@b\u{fc}cher.example.org"] {
        assert_eq!(refused(enter(other)), Refusal::SignInFailed, "{other}");
        let login = admit.create_login(&host, &create(other), None).unwrap().login;
        assert_ne!(login, made);
    }
    let gmail = ["a.b@gmail.com", "ab@gmail.com"]
        .map(|it| admit.create_login(&host, &create(it), None).unwrap().login);
    assert_ne!(gmail[0], gmail[1]);
}

#[test]
fn s62_no_entry_of_the_trail_holds_a_password_a_token_or_what_a_message_says() {
    let told = story();
    let page = told.admit.export_events(&told.host, None, None, None).unwrap();
    assert!(page.lines > 20, "{}", page.lines);
    let mut secrets = told.passwords.clone();
    for message in &told.messages {
        if message.text.contains("portal.example.org/") {
            secrets.push(token_in(&message.text).expose_secret().to_owned());
        }
        secrets.extend(message.text.lines().filter(|it| it.len() > 30).map(str::to_owned));
        secrets.push(message.subject.clone());
    }
    assert!(secrets.len() > 20);
    for hidden in secrets.iter().filter(|it| !it.is_empty()) {
        assert!(!page.ndjson.contains(hidden.as_str()), "{hidden}");
    }
}

#[test]
fn s67_a_login_is_one_persons_and_no_id_comes_twice() {
    let (admit, _, host, client, id) = held();
    policy(&admit, "return allow.erase()");
    // A client is itself by one login, and whoever else acts for it has another.
    let second = plain_client(&admit, &host);
    let create = CreateLogin {
        client: Some(second),
        email: Some(email("second@example.org")),
        ..CreateLogin::default()
    };
    let other = admit.create_login(&host, &create, None).unwrap().login;
    let shared = AddProxy { client, login: other, tie: Tie::Myself, ends_at: None };
    assert_eq!(refused(admit.run(&host, shared, None)), Refusal::ProxyExists);
    let again = CreateLogin { client: Some(client), email: Some(email("x@example.org")), ..create };
    let again = admit.create_login(&host, &again, None);
    assert_eq!(refused(again), Refusal::ClientAlreadyActivated);
    // Gone is gone: whatever comes after has an id of its own, and the old one stays unknown.
    let mut seen = BTreeSet::from([client.uuid(), id.uuid(), second.uuid(), other.uuid()]);
    delete(&admit, &host, &to_erase(client)).unwrap();
    for _ in 0..5 {
        let (client, id) = login(&admit, &host, ADA, Some(PASSWORD));
        assert!(seen.insert(client.uuid()) && seen.insert(id.uuid()));
        admit.run(&host, RemoveLogin { login: id }, None).unwrap();
        delete(&admit, &host, &to_erase(client)).unwrap();
    }
    assert_eq!(refused(admit.client(&host, client)), Refusal::NotFound);
    assert_eq!(refused(admit.client(&as_login(&host, id, 1), second)), Refusal::SessionEnded);
}

#[test]
fn s74_who_is_invited_again_after_an_erasure_is_nobody_that_was_there_before() {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let invite = || {
        let client = post::client(&admit, &host, "Ada", Some(ADA));
        send(&admit, &host, to_client(client));
        let done = accept(&admit, with_password(&emailed(&admit))).unwrap();
        claim(&admit);
        (client, done.login)
    };
    let (client, login) = invite();
    delete(&admit, &host, &to_erase(client)).unwrap();
    let (anew, login_anew) = invite();
    assert!(anew != client && login_anew != login);
    let row = |id: ClientId| {
        let filter =
            admit::commands::event::EventFilter { subject: Some(id.into()), ..Default::default() };
        admit.events(&host, filter, None, 0).unwrap().items
    };
    let old = client.to_string();
    for entry in row(anew) {
        assert!(!serde_json::to_string(&entry).unwrap().contains(&old));
    }
    assert!(row(client).iter().all(|entry| entry.personal.iter().all(|it| it.parts.is_none())));
    let trail = ["change", "event", "event_by_subject"];
    assert_eq!(keyspaces_with(&admit, login.bytes()), trail, "a random id, and nothing else");
}

#[test]
fn s76_a_script_that_fails_or_says_false_keeps_no_warning_away_and_revives_no_link() {
    for body in ["return false", "error('asked')", "return {}", "while true do end"] {
        let (admit, clock, host, client, _) = held();
        // The samples' practice has another name, so the set is installed.
        let source = format!(
            "return {{ notification = function(notice)
                 if notice.practice.name == 'Cedar Clinic' then {body} end
                 return {{ subject = 'x', text = 'x ' .. (notice.link or '') }}
               end,
               invitation = function() return allow{{}} end }}"
        );
        install(&admit, &source);
        clock.forward(1);
        let set = |status| SetClientStatus { client, status, revision: 0 };
        admit.run(&host, set(Status::Suspended), None).unwrap();
        let told = claim(&admit);
        assert_eq!(told.len(), 1, "{body}");
        assert!(told[0].text.contains("help@cedar.example.org"), "{body}: {}", told[0].text);
        assert_eq!(events(&admit, &host, Happening::ScriptFailed), 1, "{body}");
        // A policy that allows everything allows nothing that the rules refuse.
        let invite = SendInvitation { channel: None, ..to_client(client) };
        assert_eq!(refused(admit.run(&host, invite, None)), Refusal::ClientSuspended);
    }
}
