//! RULES S10, S17, S18, S27, S32, S42, S46 and S56: what ends a link, a session or a count.

use super::deletion::{delete, policy, to_erase};
use super::people::{
    OTHER, PASSWORD, WRONG, as_login, by_password, challenge, client as plain_client, email, login,
    secret, token, visitor,
};
use super::post::{self, accept, claim, dead, emailed, is_live, to_client, with_password};
use crate::support::{Clock, practice, reasoned, refused, store};
use admit::commands::accept::Accept;
use admit::commands::client::{ProfileChange, SetClientStatus, UpdateClient};
use admit::commands::invitation::{Dead, RevokeInvitation};
use admit::commands::login::CreateLogin;
use admit::commands::login_change::{EndSessions, RemoveLogin};
use admit::commands::password_change::{ChangePassword, SetTemporaryPassword, TemporaryPassword};
use admit::commands::{Admit, Change};
use admit::domain::actor::{Actor, Source};
use admit::domain::challenge::{ADDRESS_LIFETIME, RESET_LIFETIME};
use admit::domain::client::Status;
use admit::domain::id::{ClientId, InvitationId, LoginId};
use admit::domain::refusal::Refusal;
use admit::domain::time::{DAY, MINUTE};
use secrecy::{ExposeSecret, SecretString};

const ADA: &str = "ada@login.example.org";

struct Invited {
    admit: Admit,
    host: Actor,
    client: ClientId,
    invitation: InvitationId,
    link: SecretString,
}

fn invited() -> Invited {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    let client = post::client(&admit, &host, "Ada", Some("ada@example.org"));
    let invitation = post::send(&admit, &host, to_client(client)).invitation;
    let link = emailed(&admit);
    assert!(is_live(&admit, &link));
    Invited { admit, host, client, invitation, link }
}

fn set(admit: &Admit, host: &Actor, client: ClientId, status: Status) {
    admit.run(host, SetClientStatus { client, status, revision: 0 }, None).unwrap();
}

#[test]
fn s17_suspending_a_client_kills_its_link_for_good() {
    let it = invited();
    set(&it.admit, &it.host, it.client, Status::Suspended);
    set(&it.admit, &it.host, it.client, Status::Active);
    assert_eq!(dead(&it.admit, &it.link), Dead::Revoked);
}

#[test]
fn s17_deactivating_a_client_kills_its_link_for_good() {
    let it = invited();
    set(&it.admit, &it.host, it.client, Status::Deactivated);
    set(&it.admit, &it.host, it.client, Status::Active);
    assert_eq!(dead(&it.admit, &it.link), Dead::Revoked);
}

#[test]
fn s17_revoking_an_invitation_kills_its_link() {
    let it = invited();
    it.admit.run(&it.host, RevokeInvitation { invitation: it.invitation }, None).unwrap();
    assert_eq!(dead(&it.admit, &it.link), Dead::Revoked);
}

#[test]
fn s17_accepting_kills_the_link_and_every_earlier_one() {
    let it = invited();
    post::send(&it.admit, &it.host, to_client(it.client));
    let newer = emailed(&it.admit);
    accept(&it.admit, with_password(&newer)).unwrap();
    assert_eq!([&it.link, &newer].map(|link| dead(&it.admit, link)), [Dead::Used; 2]);
}

#[test]
fn s17_erasing_a_client_kills_its_link() {
    let it = invited();
    policy(&it.admit, "return allow.erase()");
    delete(&it.admit, &it.host, &to_erase(it.client)).unwrap();
    let inspected = it.admit.inspect(Source::default(), it.link.expose_secret());
    assert_eq!(refused(inspected), Refusal::LinkInvalid);
    let tried: Accept = with_password(&it.link);
    assert_eq!(refused(accept(&it.admit, tried)), Refusal::LinkInvalid);
}

#[test]
fn s17_changing_the_invited_address_kills_the_link_sent_to_the_old_one() {
    let it = invited();
    let address = Change::Set(email("new@example.org"));
    let change = ProfileChange { email: address, ..ProfileChange::default() };
    it.admit.run(&it.host, UpdateClient { client: it.client, change, revision: 0 }, None).unwrap();
    assert_eq!(dead(&it.admit, &it.link), Dead::Revoked);
}

/// A login with a password, and the link of a reset that waits.
struct Asked {
    admit: Admit,
    clock: Clock,
    host: Actor,
    client: ClientId,
    login: LoginId,
    link: String,
}

fn asked() -> Asked {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    let (client, login) = login(&admit, &host, ADA, Some(PASSWORD));
    admit.request_reset(&visitor(&host), ADA).unwrap();
    let link = token(&admit, 3, 1, challenge(&admit));
    Asked { admit, clock, host, client, login, link }
}

fn reset(it: &Asked) -> Refusal {
    refused(it.admit.reset(Source::default(), &it.link, &secret(OTHER), None))
}

#[test]
fn s17_removing_a_login_kills_its_reset_link() {
    let it = asked();
    it.admit.run(&it.host, RemoveLogin { login: it.login }, None).unwrap();
    assert_eq!(reset(&it), Refusal::LinkRevoked);
}

#[test]
fn s18_a_changed_password_kills_every_reset_link() {
    let it = asked();
    let change = ChangePassword { current: secret(PASSWORD), new: secret(OTHER) };
    it.admit.change_password(&as_login(&it.host, it.login, 1), &change, None).unwrap();
    assert_eq!(reset(&it), Refusal::LinkSuperseded);
}

#[test]
fn s18_a_changed_address_kills_every_reset_link() {
    let it = asked();
    let to = email("new@example.org");
    let ask =
        admit::commands::address::RequestAddressChange { login: it.login, to, password: None };
    it.clock.forward(1);
    it.admit.request_address_change(&it.host, &ask, None).unwrap();
    let link = token(&it.admit, 5, 1, challenge(&it.admit));
    it.admit.confirm_address(Source::default(), &link, None).unwrap();
    assert_eq!(reset(&it), Refusal::LinkSuperseded);
}

#[test]
fn s10_a_reset_link_is_good_for_60_minutes_and_none_for_more_than_24_hours() {
    let it = asked();
    it.clock.forward(60 * MINUTE);
    assert_eq!(reset(&it), Refusal::LinkExpired);
    let it = asked();
    it.clock.forward(60 * MINUTE - 1);
    it.admit.reset(Source::default(), &it.link, &secret(OTHER), None).unwrap();
    const { assert!(RESET_LIFETIME <= DAY && ADDRESS_LIFETIME <= DAY) };
}

#[test]
fn s27_a_token_that_was_never_issued_is_invalid_and_tells_nothing() {
    let it = invited();
    let made_up: SecretString = "A".repeat(52).into();
    for token in [made_up, "".into(), "x".into()] {
        let inspected = it.admit.inspect(Source::default(), token.expose_secret());
        assert_eq!(refused(inspected), Refusal::LinkInvalid);
        assert_eq!(refused(accept(&it.admit, with_password(&token))), Refusal::LinkInvalid);
        let declined = it.admit.decline(Source::default(), &token, None);
        assert_eq!(refused(declined), Refusal::LinkInvalid);
        let chosen = it.admit.reset(Source::default(), token.expose_secret(), &secret(OTHER), None);
        assert_eq!(refused(chosen), Refusal::LinkInvalid);
    }
}

#[test]
fn s32_a_sign_in_begins_the_count_of_failures_again() {
    let (admit, _) = store();
    let host = practice(&admit);
    login(&admit, &host, ADA, Some(PASSWORD));
    for _ in 0..3 {
        for _ in 0..4 {
            let tried = admit.sign_in(&visitor(&host), &by_password(ADA, WRONG));
            assert_eq!(refused(tried), Refusal::SignInFailed);
        }
        admit.sign_in(&visitor(&host), &by_password(ADA, PASSWORD)).unwrap();
    }
}

#[test]
fn s42_there_are_no_password_hints_and_no_security_questions() {
    let header = std::fs::read_to_string("include/admit_ffi.h").unwrap();
    let names = header.split(|c: char| !c.is_alphanumeric() && c != '_');
    let names: Vec<_> = names.filter(|name| name.starts_with("admit_")).collect();
    assert!(names.len() > 300);
    for part in ["hint", "question", "secret_answer", "remind_password"] {
        assert_eq!(names.iter().find(|name| name.contains(part)), None);
    }
}

#[test]
fn s46_no_message_holds_a_password() {
    let it = asked();
    let set = SetTemporaryPassword { login: it.login, password: TemporaryPassword::Generated };
    let made = it.admit.set_temporary_password(&it.host, &set, None).unwrap();
    let shown = made.password.unwrap();
    let change = ChangePassword { current: shown.clone(), new: secret(OTHER) };
    it.admit.change_password(&as_login(&it.host, it.login, made.epoch), &change, None).unwrap();
    let other = plain_client(&it.admit, &it.host);
    let create = CreateLogin {
        client: Some(other),
        email: Some(email("bo@example.org")),
        password: Some(TemporaryPassword::Generated),
        ..CreateLogin::default()
    };
    let second = it.admit.create_login(&it.host, &create, None).unwrap().password.unwrap();
    let third = post::client(&it.admit, &it.host, "Cleo", Some("cleo@example.org"));
    post::send(&it.admit, &it.host, to_client(third));
    let messages = claim(&it.admit);
    assert!(messages.len() >= 4, "{}", messages.len());
    for hidden in [shown.expose_secret(), second.expose_secret(), PASSWORD, OTHER] {
        for message in &messages {
            let said = [&message.subject, &message.text, &message.html, &message.facts_json];
            assert!(said.iter().all(|text| !text.contains(hidden)), "{}", message.kind.word());
        }
    }
}

/// Ends access in one way, and holds that the session of before is over right after.
fn ends(end: impl Fn(&Asked)) {
    let it = asked();
    let session = as_login(&it.host, it.login, 1);
    it.admit.client(&session, it.client).unwrap();
    end(&it);
    let after = refused(it.admit.client(&session, it.client));
    assert!(matches!(after, Refusal::SessionEnded | Refusal::NotFound), "{after:?}");
    assert_eq!(refused(it.admit.practice(&session)), Refusal::SessionEnded);
}

#[test]
fn s56_suspending_a_client_ends_every_earlier_session() {
    ends(|it| set(&it.admit, &it.host, it.client, Status::Suspended));
}

#[test]
fn s56_deactivating_a_client_ends_every_earlier_session() {
    ends(|it| set(&it.admit, &it.host, it.client, Status::Deactivated));
}

#[test]
fn s56_a_deletion_that_waits_ends_every_earlier_session() {
    ends(|it| {
        policy(&it.admit, "return allow.schedule{ days = 3 }");
        delete(&it.admit, &it.host, &to_erase(it.client)).unwrap();
    });
}

#[test]
fn s56_erasing_a_client_ends_every_earlier_session() {
    ends(|it| {
        policy(&it.admit, "return allow.erase()");
        delete(&it.admit, &it.host, &to_erase(it.client)).unwrap();
    });
}

#[test]
fn s56_removing_a_login_ends_every_earlier_session() {
    ends(|it| drop(it.admit.run(&it.host, RemoveLogin { login: it.login }, None).unwrap()));
}

#[test]
fn s56_ending_sessions_and_setting_a_password_end_every_earlier_session() {
    ends(|it| {
        it.admit.run(&it.host, EndSessions { login: it.login }, None).unwrap();
    });
    ends(|it| {
        let set = SetTemporaryPassword { login: it.login, password: TemporaryPassword::Generated };
        it.admit.set_temporary_password(&it.host, &set, None).unwrap();
    });
}
