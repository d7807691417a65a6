use super::post::{
    accept, claim, client, events, practice_of, seat, send, set_client, to_client, to_new_client,
    with_password,
};
use crate::support::{Clock, line, practice, refused, store};
use admit::commands::client::{ProfileChange, UpdateClient};
use admit::commands::invitation::{Dead, Inspection, RevokeInvitation};
use admit::commands::outbox::{
    Bounced, Claim, Claimed, Delivered, Failed, HandedOver, MessageFilter,
};
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::{Admit, Change};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::challenge::{Challenge, Purpose};
use admit::domain::client::Status;
use admit::domain::event::Happening;
use admit::domain::id::{ChallengeId, ClientId, MessageId};
use admit::domain::message::{Address, Carries, Delivery, Kind};
use admit::domain::refusal::Refusal;
use admit::domain::script::Version;
use admit::domain::staff::Role;
use admit::domain::time::{HOUR, MINUTE, Timestamp};
use admit::error::Error;
use admit::records;
use secrecy::ExposeSecret;

fn state(admit: &Admit, id: MessageId) -> Delivery {
    admit.message(&Actor::store_host(), id).unwrap().state.shown()
}

fn posted() -> (Admit, Clock, Actor, ClientId, Claimed) {
    let (admit, clock) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    send(&admit, &host, to_client(id));
    let message = claim(&admit).remove(0);
    (admit, clock, host, id, message)
}

#[test]
fn a_claimed_message_has_what_a_worker_needs() {
    let (_, clock, host, id, message) = posted();
    let Address::Email(to) = &message.to else { panic!("not by mail") };
    assert_eq!(to.as_str(), "lucia@example.org");
    assert_eq!((message.kind, message.attempt), (Kind::Invitation, 1));
    assert_eq!(message.practice, practice_of(&host));
    assert_eq!(message.about, Some(id.into()));
    assert_eq!(message.lease_until.millis(), clock.millis() + 5 * MINUTE);
    assert_eq!(message.name.as_deref(), Some("Lucia Garcia"));
    assert_eq!(message.locale.as_str(), "en");
    let facts: serde_json::Value = serde_json::from_str(&message.facts_json).unwrap();
    assert_eq!(facts["kind"], "invitation");
    assert_eq!(facts["recipient"]["given_name"], "Lucia");
    let link = facts["link"].as_str().unwrap();
    assert!(message.text.contains(link) && message.html.contains(link));
    assert!(!message.subject.contains("portal.example.org"));
    assert!(!format!("{message:?}").contains("lucia"));
}

#[test]
fn a_lease_that_ends_gives_the_message_to_the_next_worker() {
    let (admit, clock, _, _, first) = posted();
    assert!(claim(&admit).is_empty());
    clock.forward(5 * MINUTE);
    let second = claim(&admit).remove(0);
    assert_eq!((second.id, second.attempt), (first.id, 2));
    assert_eq!(second.delivery_key, first.delivery_key);
    let host = Actor::store_host();
    let late = HandedOver { message: first.id, attempt: 1 };
    assert_eq!(refused(admit.run(&host, late, None)), Refusal::LeaseLost);
    let failed = Failed { message: first.id, attempt: 1, retry_at: None, detail: None };
    assert_eq!(refused(admit.run(&host, failed, None)), Refusal::LeaseLost);
    admit.run(&host, Delivered { message: first.id, attempt: 1 }, None).unwrap();
    assert_eq!(state(&admit, first.id), Delivery::Delivered);
    let after = HandedOver { message: first.id, attempt: 2 };
    assert_eq!(refused(admit.run(&host, after, None)), Refusal::MessageClosed);
    clock.forward(HOUR);
    assert!(claim(&admit).is_empty());
}

#[test]
fn what_was_handed_over_is_never_claimed_again() {
    let (admit, clock, _, _, message) = posted();
    let handed = HandedOver { message: message.id, attempt: 1 };
    admit.run(&Actor::store_host(), handed, None).unwrap();
    clock.forward(HOUR);
    assert!(claim(&admit).is_empty());
    assert_eq!(state(&admit, message.id), Delivery::HandedOver);
}

#[test]
fn a_failed_attempt_is_tried_again_when_the_host_says_and_a_final_one_is_an_event() {
    let (admit, clock, host, id, message) = posted();
    let worker = Actor::store_host();
    let retry = Timestamp::from_millis(clock.millis() + HOUR);
    let detail = Some(line("451"));
    let failed = |attempt, retry_at| Failed {
        message: message.id,
        attempt,
        retry_at,
        detail: detail.clone(),
    };
    admit.run(&worker, failed(1, Some(retry)), None).unwrap();
    assert!(claim(&admit).is_empty());
    clock.forward(HOUR);
    assert_eq!(claim(&admit)[0].attempt, 2);
    let before = admit.client(&host, id).unwrap().revision;
    admit.run(&worker, failed(2, None), None).unwrap();
    assert_eq!(state(&admit, message.id), Delivery::Failed);
    assert_eq!(events(&admit, &host, Happening::MessageFailed), 1);
    assert_eq!(admit.client(&host, id).unwrap().revision, before + 1);
    let found = admit.message(&host, message.id).unwrap();
    let steps: Vec<_> = found.timeline.iter().map(|step| step.state).collect();
    let queued = Delivery::Queued;
    assert_eq!(steps, [queued, Delivery::Leased, queued, Delivery::Leased, Delivery::Failed]);
}

#[test]
fn a_bounce_is_an_event_and_only_the_host_reports() {
    let (admit, _, host, id, message) = posted();
    let bounced = Bounced { message: message.id, attempt: 1, detail: Some(line("550")) };
    let nora = seat(&admit, &host, Role::Admin, "nora@example.org");
    let tried = admit.run(&nora, bounced.clone(), None);
    assert_eq!(refused(tried), Refusal::NotPermitted);
    let elsewhere = practice(&admit);
    let tried = admit.run(&elsewhere, bounced.clone(), None);
    assert_eq!(refused(tried), Refusal::NotFound);
    admit.run(&host, bounced, None).unwrap();
    assert_eq!(state(&admit, message.id), Delivery::Bounced);
    assert_eq!(events(&admit, &host, Happening::MessageFailed), 1);
    let filter = MessageFilter { subject: Some(id.into()), state: Some(Delivery::Bounced) };
    assert_eq!(admit.messages(&host, filter, None, 0).unwrap().items.len(), 1);
    assert!(admit.messages(&elsewhere, filter, None, 0).unwrap().items.is_empty());
    assert_eq!(refused(admit.message(&elsewhere, message.id)), Refusal::NotFound);
}

#[test]
fn what_is_no_longer_true_is_dropped_when_it_is_claimed() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let ids: Vec<_> = ["a", "b", "c", "d"]
        .map(|at| client(&admit, &host, "Lucia", Some(&format!("{at}@example.org"))))
        .into();
    let sent: Vec<_> = ids.iter().map(|id| send(&admit, &host, to_client(*id))).collect();
    admit.run(&host, RevokeInvitation { invitation: sent[0].invitation }, None).unwrap();
    send(&admit, &host, to_client(ids[1]));
    set_client(&admit, ids[2], |client| client.status = Status::Suspended);
    let claimed = claim(&admit);
    let mut about: Vec<_> = claimed.iter().map(|it| it.about.unwrap().id).collect();
    about.sort_unstable();
    let mut left = vec![ids[1].uuid(), ids[3].uuid()];
    left.sort_unstable();
    assert_eq!(about, left);
    let dropped = MessageFilter { state: Some(Delivery::Dropped), ..MessageFilter::default() };
    assert_eq!(admit.messages(&host, dropped, None, 0).unwrap().items.len(), 3);
    clock.forward(8 * 24 * HOUR);
    assert!(claim(&admit).is_empty(), "their links have lapsed");
}

#[test]
fn security_notices_reach_a_client_that_gets_no_others() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(id));
    let token =
        super::post::shown(&admit, &host, sent.invitation, admit::domain::invitation::Channel::Qr);
    accept(&admit, with_password(&token)).unwrap();
    set_client(&admit, id, |client| client.status = Status::Suspended);
    let claimed = claim(&admit);
    assert_eq!((claimed.len(), claimed[0].kind), (1, Kind::AcceptedByOtherChannel));
}

#[test]
fn other_words_have_another_delivery_key_and_the_first_claim_pins_the_version() {
    let (admit, clock, host, id, first) = posted();
    let pinned = admit.message(&host, first.id).unwrap().pinned.unwrap();
    assert_eq!(pinned.version, Version::BuiltIn);
    clock.forward(HOUR);
    assert_eq!(claim(&admit)[0].delivery_key, first.delivery_key);
    let settings = UpdatePractice { name: Some(line("Cedar House")), ..UpdatePractice::default() };
    admit.run(&host, settings, None).unwrap();
    clock.forward(HOUR);
    let other = claim(&admit).remove(0);
    assert_ne!(other.delivery_key, first.delivery_key);
    assert_eq!(admit.message(&host, first.id).unwrap().pinned, Some(pinned));
    let change = ProfileChange { phone: Change::Clear, ..ProfileChange::default() };
    admit.run(&host, UpdateClient { client: id, change, revision: 0 }, None).unwrap();
}

#[test]
fn facts_alone_come_without_words_but_with_the_link() {
    let (admit, _) = store();
    let host = practice(&admit);
    send(&admit, &host, to_new_client("Ben", "ben@example.org"));
    let asked = Claim { facts_only: true, ..Claim::default() };
    let message = admit.claim(asked).unwrap().remove(0);
    assert!(message.text.is_empty() && message.html.is_empty());
    assert!(message.facts_json.contains("https://portal.example.org/invitation/"));
    let pinned = admit.message(&host, message.id).unwrap().pinned.unwrap();
    assert_eq!(pinned.version, Version::Facts);
}

#[test]
fn a_preview_has_the_words_without_a_live_link() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    send(&admit, &nora, to_new_client("Ben", "ben@example.org"));
    let all = admit.messages(&nora, MessageFilter::default(), None, 1).unwrap();
    let preview = admit.preview(&nora, all.items[0].id).unwrap();
    assert!(preview.text.contains("invites you"));
    assert!(!preview.text.contains("portal.example.org"));
    assert!(!preview.html.contains("portal.example.org"));
    let visitor = Actor { who: Who::Visitor, ..host };
    let tried = admit.preview(&visitor, all.items[0].id).map(drop);
    assert_eq!(refused(tried), Refusal::NotPermitted);
}

#[test]
fn messages_come_in_order_a_hundred_at_the_most_and_an_idle_claim_costs_no_commit() {
    let (admit, clock) = store();
    let host = practice(&admit);
    for at in 0..105 {
        send(&admit, &host, to_new_client("Ben", &format!("ben{at}@example.org")));
        clock.forward(1);
    }
    let first = admit.claim(Claim { limit: 1, ..Claim::default() }).unwrap();
    let Address::Email(to) = &first[0].to else { panic!() };
    assert_eq!(to.as_str(), "ben0@example.org");
    assert_eq!(admit.claim(Claim { limit: 1_000, ..Claim::default() }).unwrap().len(), 100);
    assert_eq!(claim(&admit).len(), 4);
    let before = admit.store().commits();
    assert!(claim(&admit).is_empty());
    assert_eq!(admit.store().commits(), before);
    for lease in [0, -1, HOUR + 1] {
        let asked = Claim { lease: Some(lease), ..Claim::default() };
        assert!(matches!(admit.claim(asked), Err(Error::Invalid(_))));
    }
}

#[test]
fn a_message_that_no_worker_reports_on_fails_in_the_end() {
    let (admit, clock) = store();
    let host = practice(&admit);
    send(&admit, &host, to_new_client("Ben", "ben@example.org"));
    let id = claim(&admit)[0].id;
    for _ in 1..20 {
        clock.forward(5 * MINUTE);
        assert_eq!(claim(&admit).len(), 1);
    }
    clock.forward(5 * MINUTE);
    assert!(claim(&admit).is_empty());
    assert_eq!(state(&admit, id), Delivery::Failed);
    assert_eq!(events(&admit, &host, Happening::MessageFailed), 1);
}

#[test]
fn two_workers_never_have_the_same_message_at_once() {
    let (admit, _) = store();
    let host = practice(&admit);
    for at in 0..40 {
        send(&admit, &host, to_new_client("Ben", &format!("ben{at}@example.org")));
    }
    let asked = Claim { limit: 7, ..Claim::default() };
    let mut ids: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8).map(|_| scope.spawn(|| admit.claim(asked).unwrap())).collect();
        workers.into_iter().flat_map(|it| it.join().unwrap()).map(|it| it.id).collect()
    });
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 40);
}

#[test]
fn an_invitation_goes_to_no_address_but_its_recipients_and_not_without_a_template() {
    let (admit, _) = store();
    let host = practice(&admit);
    let posted = |given| {
        send(&admit, &host, to_new_client(given, "ben@example.org"));
        let all = admit.messages(&host, MessageFilter::default(), None, 1).unwrap();
        all.items.into_iter().next().unwrap()
    };
    let old = posted("Ben");
    let mut new = old.clone();
    new.to.address = Address::Email(super::post::email("eve@example.org"));
    let put =
        move |write: &mut dyn admit::store::Write| records::message::put(write, Some(&old), &new);
    admit.store().write(put).unwrap();
    assert!(claim(&admit).is_empty());
    posted("Eva");
    let settings = SettingsChange { invitation_link: Change::Clear, ..SettingsChange::default() };
    admit.run(&host, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    assert!(claim(&admit).is_empty());
}

#[test]
fn a_resets_link_is_inspected_until_the_epoch_moves() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    send(&admit, &host, to_client(id));
    let done = accept(&admit, with_password(&super::post::emailed(&admit))).unwrap();
    clock.forward(1);
    let now = Timestamp::from_millis(clock.millis());
    let challenge = Challenge {
        id: ChallengeId::from_uuid(uuid::Uuid::from_u128(9)),
        purpose: Purpose::Reset,
        login: done.login,
        practice: practice_of(&host),
        epoch: 1,
        expires_at: now.plus(HOUR),
        used_at: None,
        created_at: now,
    };
    send(&admit, &host, to_new_client("Ben", "ben@example.org"));
    let all = admit.messages(&host, MessageFilter::default(), None, 1).unwrap();
    let old = all.items.into_iter().next().unwrap();
    let mut new = old.clone();
    new.kind = Kind::Reset;
    new.carries = Carries::Challenge(challenge.id);
    new.subject = Some(done.login.into());
    let put = move |write: &mut dyn admit::store::Write| {
        records::challenge::put(write, &challenge)?;
        records::message::put(write, Some(&old), &new)
    };
    admit.store().write(put).unwrap();
    let message = claim(&admit).remove(0);
    assert!(message.text.contains("https://portal.example.org/reset/"));
    let token = super::post::token_in(&message.text);
    let inspect = || admit.inspect(Source::default(), token.expose_secret()).unwrap();
    let Inspection::Live(live) = inspect() else { panic!("dead") };
    assert_eq!(live.purpose, admit::commands::token::Purpose::Reset);
    assert_eq!(live.masked_address.as_deref(), Some("l***@e***.org"));
    assert_eq!(refused(accept(&admit, with_password(&token))), Refusal::LinkInvalid);
    let login = done.login;
    let end = move |write: &mut dyn admit::store::Write| {
        let old = records::login::find(write, login)?.unwrap();
        records::login::put(write, Some(&old), &old.clone().end_sessions()).map(|_| ())
    };
    admit.store().write(end).unwrap();
    assert_eq!(inspect(), Inspection::Dead(Dead::Superseded));
    clock.forward(5 * MINUTE);
    assert!(claim(&admit).is_empty(), "a dead link is not sent again");
}
