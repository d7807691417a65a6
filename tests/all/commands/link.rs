use super::post::{
    accept, claim, client, dead, emailed, events, inspect, is_at_rest, is_live, reasoned, seat,
    send, shown, to_client, to_new_client, token_in, with_password,
};
use crate::support::{practice, refused, store};
use admit::commands::invitation::{
    Asked, Dead, Inspection, RevokeInvitation, SendInvitation, ShowLink,
};
use admit::domain::actor::{Actor, Source};
use admit::domain::event::Happening;
use admit::domain::invitation::Channel;
use admit::domain::message::Kind;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::IdempotencyKey;
use admit::domain::time::{DAY, HOUR};
use admit::error::Error;
use secrecy::ExposeSecret;

#[test]
fn s01_every_byte_of_a_token_changed_is_invalid() {
    let (admit, _) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    send(&admit, &host, to_client(lucia));
    let token = emailed(&admit);
    let good = token.expose_secret();
    for at in 0..good.len() {
        let mut bytes = good.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let bad = String::from_utf8(bytes).unwrap();
        assert_eq!(refused(admit.inspect(Source::default(), &bad)), Refusal::LinkInvalid);
        let tried = accept(&admit, with_password(&bad.into()));
        assert_eq!(refused(tried), Refusal::LinkInvalid);
    }
    assert!(is_live(&admit, &token));
}

#[test]
fn s02_neither_token_nor_link_is_at_rest() {
    let (admit, _) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(lucia));
    let (mailed, copied) =
        (emailed(&admit), shown(&admit, &host, sent.invitation, Channel::Copied));
    assert_ne!(mailed.expose_secret(), copied.expose_secret());
    for token in [&mailed, &copied] {
        let token = token.expose_secret();
        let raw = data_encoding::BASE64URL_NOPAD.decode(token.as_bytes()).unwrap();
        assert!(!is_at_rest(&admit, token));
        assert!(!is_at_rest(&admit, &format!("invitation/{token}")));
        assert!(raw.len() == 39);
    }
    assert!(is_at_rest(&admit, "lucia@example.org"), "the search finds what is there");
    accept(&admit, with_password(&mailed)).unwrap();
    assert!(!is_at_rest(&admit, mailed.expose_secret()));
    assert!(!is_at_rest(&admit, super::post::PASSWORD));
}

#[test]
fn s09_a_link_is_good_until_the_last_millisecond_and_not_at_its_expiry() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let invite = SendInvitation { expires_in: Some(HOUR), ..to_client(lucia) };
    send(&admit, &host, invite);
    let token = emailed(&admit);
    clock.forward(HOUR - 1);
    assert!(is_live(&admit, &token));
    clock.forward(1);
    assert_eq!(dead(&admit, &token), Dead::Expired);
    assert_eq!(refused(accept(&admit, with_password(&token))), Refusal::LinkExpired);
}

#[test]
fn s15_a_thousand_inspections_change_nothing() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    send(&admit, &host, to_client(lucia));
    let token = emailed(&admit);
    let before = admit.store().commits();
    for _ in 0..1_000 {
        assert!(is_live(&admit, &token));
    }
    assert!(admit.inspect(Source::default(), "nonsense").is_err());
    clock.forward(8 * DAY);
    assert_eq!(dead(&admit, &token), Dead::Expired);
    assert_eq!(admit.store().commits(), before);
}

#[test]
fn s17_a_revoked_invitation_is_dead_and_closed() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(id));
    let token = emailed(&admit);
    let revoke = RevokeInvitation { invitation: sent.invitation };
    admit.run(&host, revoke.clone(), None).unwrap();
    assert_eq!(dead(&admit, &token), Dead::Revoked);
    assert_eq!(refused(accept(&admit, with_password(&token))), Refusal::LinkRevoked);
    assert_eq!(refused(admit.run(&host, revoke, None)), Refusal::InvitationClosed);
    let show = ShowLink { invitation: sent.invitation, channel: Channel::Copied };
    let reasoned = Actor { source: reasoned(), ..host.clone() };
    assert_eq!(refused(admit.run(&reasoned, show, None)), Refusal::InvitationClosed);
    let again = send(&admit, &host, to_client(id));
    assert_ne!(again.invitation, sent.invitation);
}

#[test]
fn s28_inviting_does_not_tell_whether_another_practice_knows_the_address() {
    let (admit, _) = store();
    let (here, there) = (practice(&admit), practice(&admit));
    let known = client(&admit, &there, "Lucia", Some("lucia@example.org"));
    send(&admit, &there, to_client(known));
    accept(&admit, with_password(&emailed(&admit))).unwrap();
    let id = client(&admit, &here, "Lucia", Some("lucia@example.org"));
    let first = admit.run(&here, to_client(id), None).unwrap();
    assert!(!first.is_renewed && first.generation == 1);
    let copied = shown(&admit, &here, first.invitation, Channel::Copied);
    let Inspection::Live(live) = inspect(&admit, &copied) else { panic!("dead") };
    assert_eq!(live.has_login, Some(false));
}

#[test]
fn s52_showing_a_link_is_a_permission_and_an_event_of_its_own() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(id));
    let show = |channel| ShowLink { invitation: sent.invitation, channel };
    let tried = admit.run(&host, show(Channel::Copied), None);
    assert_eq!(refused(tried), Refusal::ReasonRequired);
    let assistant = seat(&admit, &host, Role::Assistant, "asa@example.org");
    let tried = admit.run(&assistant, show(Channel::Copied), None);
    assert_eq!(refused(tried), Refusal::NotPermitted);
    let reasoned = Actor { source: reasoned(), ..host.clone() };
    let Err(Error::Invalid(_)) = admit.run(&reasoned, show(Channel::Email), None) else { panic!() };
    let qr = admit.invitation_qr(&reasoned, sent.invitation).unwrap();
    assert!(qr.svg.expose_secret().starts_with("<svg"));
    assert!(qr.terminal.expose_secret().lines().count() > 15);
    let key = IdempotencyKey::parse("show").unwrap();
    let first = admit.run(&reasoned, show(Channel::Copied), Some(&key)).unwrap();
    let again = admit.run(&reasoned, show(Channel::Copied), Some(&key)).unwrap();
    assert!(is_live(&admit, &token_in(first.url.expose_secret())));
    assert_eq!((again.url.expose_secret(), again.generation), ("", 1));
    assert_eq!(events(&admit, &host, Happening::InvitationLinkShown), 2);
    assert!(!format!("{first:?} {qr:?}").contains("portal.example.org"));
}

#[test]
fn declining_closes_the_invitation_and_tells_the_inviter() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    send(&admit, &nora, to_new_client("Ben", "ben@example.org"));
    let token = emailed(&admit);
    admit.decline(Source::default(), &token, None).unwrap();
    assert_eq!(dead(&admit, &token), Dead::Revoked);
    let again = admit.decline(Source::default(), &token, None);
    assert_eq!(refused(again), Refusal::LinkRevoked);
    let told = claim(&admit);
    assert_eq!(told[0].kind, Kind::InvitationDeclined);
    assert!(told[0].text.contains("Ben Garcia has declined"));
    assert_eq!(events(&admit, &host, Happening::InvitationDeclined), 1);
    assert_eq!(events(&admit, &host, Happening::TokenRefused), 1);
}

#[test]
fn asking_again_sends_what_is_good_as_it_is_and_tells_the_inviter_of_what_lapsed() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let sent = send(&admit, &nora, to_new_client("Ben", "ben@example.org"));
    let token = emailed(&admit);
    let ask = || admit.ask_again(Source::default(), &token, None);
    let before = admit.invitation(&host, sent.invitation).unwrap();
    assert_eq!(ask().unwrap(), Asked::SentAgain);
    let after = admit.invitation(&host, sent.invitation).unwrap();
    assert_eq!((after.generation, after.expires_at), (before.generation, before.expires_at));
    assert_eq!(after.sends, before.sends);
    assert_eq!(emailed(&admit).expose_secret(), token.expose_secret());
    for _ in 0..3 {
        ask().unwrap();
    }
    assert!(matches!(refused(ask()), Refusal::TooManyMessages { .. }));
    clock.forward(8 * DAY);
    assert_eq!(ask().unwrap(), Asked::InviterTold);
    assert_eq!(dead(&admit, &token), Dead::Expired);
    let told = claim(&admit);
    assert_eq!((told.len(), told[0].kind), (1, Kind::NewLinkAsked));
    for _ in 0..4 {
        ask().unwrap();
    }
    assert!(matches!(refused(ask()), Refusal::TooManyMessages { .. }));
    assert_eq!(events(&admit, &host, Happening::InvitationLinkAsked), 9);
}
