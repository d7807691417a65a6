use super::post::{
    accept, claim, client, dead, email, emailed, events, inspect, is_live, practice_of, reasoned,
    recipient, seat, send, set_client, set_staff, shown, to_client, to_guardian, to_new_client,
    to_whom, token_in, with_password,
};
use crate::support::{name, options, options_at, practice, refused, store};
use admit::commands::invitation::{
    Dead, Inspection, InvitationFilter, OfferKind, RevokeInvitation, Row, SendInvitation, ShowLink,
    Whom,
};
use admit::commands::practice::{SettingsChange, SuspendPractice, UpdatePractice};
use admit::commands::{Admit, Change, Options};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::client::{Nature, Status};
use admit::domain::event::Happening;
use admit::domain::invitation::{Channel, Recipient, Shown};
use admit::domain::proxy::Tie;
use admit::domain::rate::{Limit, Limits};
use admit::domain::refusal::Refusal;
use admit::domain::staff::{self, Role};
use admit::domain::text::{IdempotencyKey, Paragraph, Phone};
use admit::domain::time::{DAY, HOUR, MINUTE};
use admit::error::Error;
use admit::seal::KeyRing;

#[test]
fn an_invitation_carries_what_it_offers_and_inspecting_it_tells_the_page() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(lucia));
    assert!(!sent.is_renewed && sent.generation == 1);
    let Inspection::Live(live) = inspect(&admit, &emailed(&admit)) else { panic!("dead") };
    assert_eq!(live.practice, practice_of(&host));
    assert_eq!(live.practice_name.as_str(), "Cedar Clinic");
    assert_eq!(live.masked_address.as_deref(), Some("l***@e***.org"));
    assert_eq!(live.expires_at.millis(), clock.millis() + 7 * DAY);
    assert_eq!((live.offer, live.has_login), (Some(OfferKind::Client), Some(false)));
    assert_eq!(admit.invitation(&host, sent.invitation).unwrap().recipient.name, {
        Some(name("Lucia", "Garcia"))
    });
}

#[test]
fn s11_an_invitation_is_open_for_1_hour_to_30_days() {
    let (admit, _) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    for millis in [HOUR - 1, 30 * DAY + 1, 0, -1, i64::MAX] {
        let invite = SendInvitation { expires_in: Some(millis), ..to_client(lucia) };
        let Err(Error::Invalid(invalid)) = admit.run(&host, invite, None) else { panic!() };
        assert_eq!(invalid.field, "expires_in_ms");
    }
    let longest = SendInvitation { expires_in: Some(30 * DAY), ..to_client(lucia) };
    send(&admit, &host, longest);
}

#[test]
fn s16_a_resend_supersedes_the_earlier_link() {
    let (admit, _) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let first = send(&admit, &host, to_client(lucia));
    let old = emailed(&admit);
    let again = send(&admit, &host, to_client(lucia));
    assert_eq!(again.invitation, first.invitation);
    assert!(again.is_renewed && again.generation == 2);
    assert_eq!(dead(&admit, &old), Dead::Superseded);
    assert_eq!(refused(accept(&admit, with_password(&old))), Refusal::LinkSuperseded);
    let new = emailed(&admit);
    accept(&admit, with_password(&new)).unwrap();
    assert_eq!(dead(&admit, &old), Dead::Used);
    assert_eq!(events(&admit, &host, Happening::InvitationSent), 1);
    assert_eq!(events(&admit, &host, Happening::InvitationRenewed), 1);
}

#[test]
fn s16_a_corrected_address_revokes_the_earlier_link_which_cannot_ask_for_another() {
    let (admit, _) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@exmaple.org"));
    let first = send(&admit, &host, to_client(lucia));
    let wrong = emailed(&admit);
    let recipient = recipient("Lucia", "lucia@example.org");
    let second = send(&admit, &host, SendInvitation { recipient, ..to_client(lucia) });
    assert_ne!(first.invitation, second.invitation);
    assert_eq!(dead(&admit, &wrong), Dead::Revoked);
    let asked = admit.ask_again(Source::default(), &wrong, None);
    assert_eq!(refused(asked), Refusal::LinkRevoked);
    assert!(is_live(&admit, &emailed(&admit)));
    assert_eq!(events(&admit, &host, Happening::InvitationRevoked), 1);
}

#[test]
fn a_lapsed_invitation_is_renewed_and_never_refused_for_that() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let first = send(&admit, &host, to_client(lucia));
    clock.forward(8 * DAY);
    let filter = InvitationFilter { client: Some(lucia), state: Some(Shown::Expired) };
    assert_eq!(admit.invitations(&host, filter, None, 0).unwrap().items.len(), 1);
    let again = send(&admit, &host, to_client(lucia));
    assert_eq!((again.invitation, again.generation), (first.invitation, 2));
    assert!(is_live(&admit, &emailed(&admit)));
}

#[test]
fn guardians_of_two_relationships_are_invited_side_by_side() {
    let (admit, _) = store();
    let host = practice(&admit);
    let child = client(&admit, &host, "Teo", None);
    let by = |relation: &str, address: &str| SendInvitation {
        whom: Whom::Client {
            client: child,
            tie: Tie::Guardian { relationship: Some(crate::support::line(relation)) },
        },
        ..to_guardian(child, address)
    };
    let mother = send(&admit, &host, by("mother", "ana@example.org"));
    let father = send(&admit, &host, by("father", "eva@example.org"));
    assert_ne!(mother.invitation, father.invitation);
    assert_eq!(events(&admit, &host, Happening::InvitationRevoked), 0);
}

#[test]
fn who_cannot_be_invited_is_refused_with_the_reason() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let invite = || admit.run(&host, to_client(id), None);
    set_client(&admit, id, |client| client.status = Status::Deactivated);
    assert_eq!(refused(invite()), Refusal::ClientDeactivated);
    set_client(&admit, id, |client| client.status = Status::Suspended);
    assert_eq!(refused(invite()), Refusal::ClientSuspended);
    set_client(&admit, id, |client| {
        client.status = Status::PendingDeletion { until: client.created_at };
    });
    assert_eq!(refused(invite()), Refusal::ClientPendingDeletion);
    set_client(&admit, id, |client| {
        client.status = Status::Active;
        client.profile.nature = Nature::Other;
    });
    assert_eq!(refused(invite()), Refusal::ClientIsNoPerson);
    set_client(&admit, id, |client| client.profile.nature = Nature::Person);
    send(&admit, &host, to_client(id));
    accept(&admit, with_password(&emailed(&admit))).unwrap();
    assert_eq!(refused(invite()), Refusal::ClientAlreadyActivated);
    send(&admit, &host, to_guardian(id, "ana@example.org"));
}

#[test]
fn a_message_needs_an_address_and_a_template_but_a_link_needs_only_the_template() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", None);
    for channel in [Channel::Email, Channel::Sms] {
        let invite = SendInvitation { channel: Some(channel), ..to_client(id) };
        assert_eq!(refused(admit.run(&host, invite, None)), Refusal::NotReachable);
    }
    let invite = SendInvitation { channel: None, ..to_client(id) };
    let sent = send(&admit, &host, invite);
    assert!(claim(&admit).is_empty());
    assert!(is_live(&admit, &shown(&admit, &host, sent.invitation, Channel::Copied)));
    let settings = SettingsChange { invitation_link: Change::Clear, ..SettingsChange::default() };
    admit.run(&host, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    let reasoned = Actor { source: reasoned(), ..host.clone() };
    let show = ShowLink { invitation: sent.invitation, channel: Channel::Copied };
    let Err(Error::Invalid(invalid)) = admit.run(&reasoned, show, None) else { panic!() };
    assert_eq!(invalid.field, "invitation_link");
    let other = client(&admit, &host, "Ana", Some("ana@example.org"));
    let Err(Error::Invalid(invalid)) = admit.run(&host, to_client(other), None) else { panic!() };
    assert_eq!(invalid.field, "invitation_link");
}

#[test]
fn a_text_message_goes_to_the_phone_and_is_short() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", None);
    let phone = Some(Phone::parse("+1 555 0100").unwrap());
    let recipient = Recipient { phone, ..Recipient::default() };
    let invite = SendInvitation { recipient, channel: Some(Channel::Sms), ..to_client(id) };
    send(&admit, &host, invite);
    let messages = claim(&admit);
    assert!(messages[0].html.is_empty() && messages[0].subject.is_empty());
    assert!(messages[0].text.len() < 200);
    assert!(is_live(&admit, &token_in(&messages[0].text)));
}

#[test]
fn s20_links_of_a_suspended_practice_inviter_or_client_answer_revoked_while_it_lasts() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let id = client(&admit, &nora, "Lucia", Some("lucia@example.org"));
    send(&admit, &nora, to_client(id));
    let token = emailed(&admit);
    assert!(is_live(&admit, &token));
    set_staff(&admit, &host, |seat| seat.status = staff::Status::Suspended);
    assert_eq!(dead(&admit, &token), Dead::Revoked);
    assert_eq!(refused(accept(&admit, with_password(&token))), Refusal::LinkRevoked);
    set_staff(&admit, &host, |seat| seat.status = staff::Status::Active);
    set_client(&admit, id, |client| client.status = Status::Suspended);
    assert_eq!(dead(&admit, &token), Dead::Revoked);
    set_client(&admit, id, |client| client.status = Status::Active);
    admit.run(&host, SuspendPractice, None).unwrap();
    assert_eq!(dead(&admit, &token), Dead::Revoked);
    assert_eq!(refused(accept(&admit, with_password(&token))), Refusal::LinkRevoked);
    assert_eq!(refused(admit.run(&host, to_client(id), None)), Refusal::PracticeSuspended);
}

#[test]
fn s36_a_recipient_gets_5_invitations_a_day_and_the_host_is_exempt() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let id = client(&admit, &nora, "Lucia", Some("Lucia@Example.org"));
    for _ in 0..5 {
        send(&admit, &nora, to_client(id));
        clock.forward(MINUTE);
    }
    let refusal = refused(admit.run(&nora, to_client(id), None));
    assert_eq!(refusal, Refusal::TooManyMessages { retry_after: DAY - 5 * MINUTE });
    let recipient = Recipient { email: Some(email("lucia@example.ORG")), ..Recipient::default() };
    let spelt = SendInvitation { recipient, ..to_client(id) };
    assert!(admit.run(&nora, spelt, None).is_err());
    send(&admit, &nora, SendInvitation { channel: None, ..to_client(id) });
    for _ in 0..10 {
        send(&admit, &host, to_client(id));
    }
    clock.forward(DAY);
    send(&admit, &nora, to_client(id));
}

#[test]
fn s36_the_limits_are_the_hosts_choice_and_say_when_to_try_again() {
    let (usual, clock) = options();
    let few = |count, length| Limit { count, length };
    let invitation_limits = Limits {
        per_recipient: few(2, DAY),
        per_inviter: few(4, HOUR),
        per_practice: few(6, HOUR),
    };
    let options = Options { invitation_limits, ..usual };
    let admit = Admit::in_memory(options).unwrap();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let owen = seat(&admit, &host, Role::Practitioner, "owen@example.org");
    let invite = |actor: &Actor, count: usize| {
        for at in 0..count {
            let address = format!("client-{at}@example.org");
            send(&admit, actor, to_client(client(&admit, actor, "Lucia", Some(&address))));
        }
    };
    let lucia = client(&admit, &nora, "Lucia", Some("lucia@example.org"));
    send(&admit, &nora, to_client(lucia));
    clock.forward(MINUTE);
    send(&admit, &nora, to_client(lucia));
    let too_many = |retry_after| Refusal::TooManyMessages { retry_after };
    assert_eq!(refused(admit.run(&nora, to_client(lucia), None)), too_many(DAY - MINUTE));
    invite(&nora, 2);
    let next = client(&admit, &nora, "Marc", Some("marc@example.org"));
    assert_eq!(refused(admit.run(&nora, to_client(next), None)), too_many(HOUR - MINUTE));
    let third = client(&admit, &owen, "Nils", Some("nils@example.org"));
    let fourth = client(&admit, &owen, "Olga", Some("olga@example.org"));
    send(&admit, &owen, to_client(third));
    send(&admit, &owen, to_client(fourth));
    let last = client(&admit, &owen, "Pia", Some("pia@example.org"));
    assert_eq!(refused(admit.run(&owen, to_client(last), None)), too_many(HOUR - MINUTE));
    clock.forward(HOUR);
    send(&admit, &owen, to_client(last));
}

#[test]
fn s36_the_limits_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (path, (_, clock)) = (folder.path().join("clinic.admit"), options());
    let ring = KeyRing::new([1; 32], &[]);
    let open = || Admit::open(&path, &ring, options_at(&clock)).unwrap();
    let (nora, lucia) = {
        let admit = open();
        let host = practice(&admit);
        let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
        let lucia = client(&admit, &nora, "Lucia", Some("lucia@example.org"));
        for _ in 0..5 {
            send(&admit, &nora, to_client(lucia));
        }
        (nora, lucia)
    };
    let refusal = refused(open().run(&nora, to_client(lucia), None));
    assert_eq!(refusal, Refusal::TooManyMessages { retry_after: DAY });
}

#[test]
fn s50_another_practices_invitation_is_not_found() {
    let (admit, _) = store();
    let (here, there) = (practice(&admit), practice(&admit));
    let id = client(&admit, &here, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &here, to_client(id));
    let invitation = sent.invitation;
    assert_eq!(refused(admit.run(&there, to_client(id), None)), Refusal::NotFound);
    assert_eq!(refused(admit.invitation(&there, invitation)), Refusal::NotFound);
    let revoke = RevokeInvitation { invitation };
    assert_eq!(refused(admit.run(&there, revoke, None)), Refusal::NotFound);
    let show = ShowLink { invitation, channel: Channel::Qr };
    assert_eq!(refused(admit.run(&there, show, None)), Refusal::NotFound);
    assert!(
        admit.invitations(&there, InvitationFilter::default(), None, 0).unwrap().items.is_empty()
    );
}

#[test]
fn s51_only_host_and_admin_invite_to_seats_and_a_practitioner_only_clients_of_its_own() {
    let (admit, _) = store();
    let host = practice(&admit);
    let admin = seat(&admit, &host, Role::Admin, "ada@example.org");
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let invite = |role, address| SendInvitation {
        recipient: recipient("Max", address),
        ..to_whom(Whom::NewSeat { role })
    };
    let made = send(&admit, &admin, invite(Role::Admin, "max@example.org"));
    assert!(made.staff.is_some());
    let again = send(&admit, &admin, invite(Role::Admin, "max@example.org"));
    assert_eq!((again.staff, again.is_renewed), (made.staff, true));
    for role in [Role::Admin, Role::Practitioner, Role::Assistant, Role::Member] {
        let tried = admit.run(&nora, invite(role, "eve@example.org"), None);
        assert_eq!(refused(tried), Refusal::NotPermitted);
    }
    let whom = Whom::Seat { staff: made.staff.unwrap() };
    assert_eq!(refused(admit.run(&nora, to_whom(whom), None)), Refusal::NotPermitted);
    let other = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    assert_eq!(refused(admit.run(&nora, to_client(other), None)), Refusal::NotPermitted);
    let assistant = seat(&admit, &host, Role::Assistant, "asa@example.org");
    let tried = admit.run(&assistant, to_new_client("Ben", "ben@example.org"), None);
    assert_eq!(refused(tried), Refusal::NotPermitted);
}

#[test]
fn many_are_sent_with_one_outcome_a_row_and_the_same_key_sends_once() {
    let (admit, _) = store();
    let host = practice(&admit);
    let mut rows = Vec::new();
    for at in 0..1_005 {
        rows.push(to_new_client("Ben", &format!("ben{at}@example.org")));
    }
    let closed = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    set_client(&admit, closed, |client| client.status = Status::Suspended);
    rows[3] = to_client(closed);
    rows[4].expires_in = Some(1);
    rows[5] = rows[2].clone();
    let key = IdempotencyKey::parse("bulk").unwrap();
    let outcomes = admit.send_invitations(&host, rows.clone(), Some(&key)).unwrap();
    assert_eq!(outcomes.len(), 1_005);
    assert_eq!(outcomes[3], Row::Skipped(Refusal::ClientSuspended));
    assert!(matches!(&outcomes[4], Row::Invalid { field, .. } if field == "expires_in_ms"));
    assert!(matches!(&outcomes[5], Row::Sent(sent) if sent.is_renewed));
    assert!(matches!(&outcomes[1_004], Row::Sent(sent) if !sent.is_renewed));
    assert_eq!(admit.send_invitations(&host, rows, Some(&key)).unwrap(), outcomes);
    assert_eq!(events(&admit, &host, Happening::InvitationSent), 1_002);
    assert_eq!(events(&admit, &host, Happening::InvitationRenewed), 1);
}

#[test]
fn whoever_may_invite_nobody_is_refused_once_however_many_rows_there_are() {
    let (admit, _) = store();
    let host = practice(&admit);
    let visitor = Actor { who: Who::Visitor, ..host.clone() };
    let rows: Vec<_> =
        ["a", "b"].map(|it| to_new_client("Ben", &format!("{it}@example.org"))).into();
    let tried = admit.send_invitations(&visitor, rows, None);
    assert_eq!(refused(tried), Refusal::NotPermitted);
    assert_eq!(events(&admit, &host, Happening::AccessRefused), 1);
}

#[test]
fn a_family_shares_an_address_and_a_page_goes_on_where_the_last_ended() {
    let (admit, _) = store();
    let host = practice(&admit);
    for given in ["Ana", "Ben", "Eva", "Teo", "Uma"] {
        assert!(!send(&admit, &host, to_new_client(given, "family@example.org")).is_renewed);
    }
    assert!(send(&admit, &host, to_new_client("Ben", "family@example.org")).is_renewed);
    let filter = InvitationFilter { client: None, state: Some(Shown::Pending) };
    let first = admit.invitations(&host, filter, None, 3).unwrap();
    let rest = admit.invitations(&host, filter, first.next.as_deref(), 3).unwrap();
    assert_eq!((first.items.len(), rest.items.len(), rest.next), (3, 2, None));
}

#[test]
fn a_note_and_the_inviter_stand_in_the_message_and_markup_in_them_is_escaped() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let note = Some(Paragraph::parse("See you <b>soon</b>\nNora").unwrap());
    send(&admit, &nora, SendInvitation { note, ..to_new_client("Ben", "ben@example.org") });
    let messages = claim(&admit);
    assert!(messages[0].text.contains("Nora Garcia of Cedar Clinic invites you"));
    assert!(messages[0].text.contains("See you <b>soon</b>\nNora"));
    assert!(messages[0].html.contains("See you &lt;b&gt;soon&lt;/b&gt;<br>Nora"));
    let visitor = Actor { who: Who::Visitor, ..host };
    let tried = admit.run(&visitor, to_new_client("Eve", "eve@example.org"), None);
    assert_eq!(refused(tried), Refusal::NotPermitted);
}
