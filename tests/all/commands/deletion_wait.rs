//! Deletions that wait for their day, calling them off, and holds.

use super::deletion::{codes, delete, hold, planned, policy, to_erase};
use super::plant::{
    acting, client, client_with_login, find_invitation, find_login, happenings, invitation,
    messages, offer, reasoned, seat,
};
use crate::support::{line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::SetClientStatus;
use admit::commands::deletion::{CallOffDeletion, Confirmed, LiftHold, PlaceHold};
use admit::commands::outbox::Claim;
use admit::domain::actor::{Actor, Who};
use admit::domain::client::Status;
use admit::domain::deletion::Code;
use admit::domain::id::ClientId;
use admit::domain::invitation::State;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::time::{DAY, Timestamp};
use admit::error::Error;

/// A store whose policy puts deletions off for 3 days.
fn putting_off() -> (Admit, crate::support::Clock, Actor) {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.schedule{ days = 3 }");
    (admit, clock, host)
}

fn put_off(admit: &Admit, actor: &Actor, client: ClientId) -> Timestamp {
    match delete(admit, actor, &to_erase(client)).unwrap() {
        Confirmed::Scheduled(until) => until,
        other => panic!("{other:?}"),
    }
}

fn call_off(client: ClientId) -> CallOffDeletion {
    CallOffDeletion { client }
}

#[test]
fn a_deletion_that_waits_ends_access_and_tells_the_client_and_who_asked() {
    let (admit, clock, host) = putting_off();
    let (ada, login, own) = client_with_login(&admit, &host, "Ada");
    let waits = invitation(&admit, &host, offer(ada), "ada@example.org");
    let (_, admin) = seat(&admit, &host, Role::Admin);
    let until = put_off(&admit, &admin, ada);
    assert_eq!(until.millis(), clock.millis() + 3 * DAY);
    assert_eq!(admit.client(&host, ada).unwrap().status, Status::PendingDeletion { until });
    assert_eq!(find_login(&admit, login).epoch, 2);
    assert_eq!(refused(admit.client(&own, ada)), Refusal::SessionEnded);
    assert!(matches!(find_invitation(&admit, waits).state, State::Revoked { .. }));
    let told = ["ada@example.org", "admin@clinic.example.org"];
    let told = told.map(|to| ("deletion_scheduled", to.to_owned()));
    assert_eq!(messages(&admit, &host), told);
    // A client whose access has ended learns of it all the same.
    let sent = admit.claim(Claim::default()).unwrap();
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|it| it.text.contains("5 January 2026")), "{}", sent[0].text);
    assert_eq!(codes(&planned(&admit, &host, &to_erase(ada))), ["not_applicable"]);
}

#[test]
fn a_client_that_waits_has_its_status_again_once_that_is_called_off() {
    for status in [Status::Active, Status::Deactivated, Status::Suspended] {
        let (admit, clock, host) = putting_off();
        let ada = client(&admit, &host, "Ada", "Ash");
        if status != Status::Active {
            let set = SetClientStatus { client: ada, status, revision: 0 };
            admit.run(&host, set, None).unwrap();
        }
        put_off(&admit, &host, ada);
        admit.run(&host, call_off(ada), None).unwrap();
        assert_eq!(admit.client(&host, ada).unwrap().status, status);
        let again = admit.run(&host, call_off(ada), None);
        assert_eq!(refused(again), Refusal::StatusNotAllowed);
        // What was not sent by then is no longer true.
        let sent = admit.claim(Claim::default()).unwrap();
        let kinds: Vec<_> = sent.iter().map(|it| it.kind.word().to_owned()).collect();
        assert_eq!(kinds, ["deletion_called_off"]);
        clock.forward(4 * DAY);
        assert_eq!(admit.upkeep(0).unwrap().erased, 0);
        assert!(admit.client(&host, ada).is_ok());
    }
}

#[test]
fn whoever_reaches_the_client_calls_off_but_not_the_client_itself() {
    let (admit, _, host) = putting_off();
    let (_, nora) = seat(&admit, &host, Role::Practitioner);
    let (_, bo) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &nora, "Ada", "Ash");
    put_off(&admit, &nora, ada);
    assert_eq!(refused(admit.run(&bo, call_off(ada), None)), Refusal::NotPermitted);
    admit.run(&nora, call_off(ada), None).unwrap();
    let (cy, login, own) = client_with_login(&admit, &host, "Cy");
    put_off(&admit, &own, cy);
    let again = acting(&host, Who::Login { id: login, epoch: 2 });
    assert_eq!(refused(admit.run(&again, call_off(cy), None)), Refusal::ActorSuspended);
}

#[test]
fn upkeep_erases_on_the_day_and_not_before() {
    let (admit, clock, host) = putting_off();
    let ada = client(&admit, &host, "Ada", "Ash");
    let (nora, own) = seat(&admit, &host, Role::Admin);
    let until = put_off(&admit, &own, ada);
    clock.forward(3 * DAY - 1);
    assert_eq!(admit.upkeep(0).unwrap().erased, 0);
    assert_eq!(admit.upkeep(0).unwrap().next_due_at, Some(until));
    clock.forward(1);
    assert_eq!(admit.upkeep(0).unwrap().erased, 1);
    assert_eq!(refused(admit.client(&host, ada)), Refusal::NotFound);
    let orders = admit.erase_orders(&host, Some(false), None, 0).unwrap().items;
    assert_eq!((orders.len(), orders[0].client), (1, ada));
    assert_eq!(orders[0].asked_by, Who::Staff(nora));
    assert_eq!(orders[0].version.to_string(), "product-1");
    assert_eq!(happenings(&admit, &host).last(), Some(&"client.erased"));
}

#[test]
fn nothing_is_erased_while_the_clock_has_jumped() {
    let (admit, clock, host) = putting_off();
    let ada = client(&admit, &host, "Ada", "Ash");
    put_off(&admit, &host, ada);
    clock.forward(30 * DAY);
    assert!(matches!(admit.upkeep(0), Err(Error::ClockJump)));
    assert!(admit.client(&host, ada).is_ok());
    admit.accept_time(Timestamp::from_millis(clock.millis())).unwrap();
    assert_eq!(admit.upkeep(0).unwrap().erased, 1);
}

#[test]
fn a_hold_keeps_a_client_whose_day_has_come_and_says_so_once() {
    let (admit, clock, host) = putting_off();
    let ada = client(&admit, &host, "Ada", "Ash");
    put_off(&admit, &host, ada);
    let held = hold(&admit, &host, ada);
    for _ in 0..3 {
        clock.forward(3 * DAY);
        assert_eq!(admit.upkeep(0).unwrap().erased, 0);
    }
    let status = admit.client(&host, ada).unwrap().status;
    assert!(matches!(status, Status::PendingDeletion { .. }));
    let said = happenings(&admit, &host);
    assert_eq!(said.iter().filter(|word| **word == "deletion.held").count(), 1);
    admit.run(&host, LiftHold { hold: held }, None).unwrap();
    clock.forward(DAY);
    assert_eq!(admit.upkeep(0).unwrap().erased, 1);
    assert_eq!(refused(admit.client(&host, ada)), Refusal::NotFound);
}

#[test]
fn a_client_that_waits_can_be_erased_at_once_where_the_policy_says_so() {
    let (admit, clock, host) = putting_off();
    let ada = client(&admit, &host, "Ada", "Ash");
    put_off(&admit, &host, ada);
    policy(&admit, "return allow.erase()");
    assert!(matches!(delete(&admit, &host, &to_erase(ada)), Ok(Confirmed::Erased(_))));
    clock.forward(3 * DAY);
    assert_eq!(admit.upkeep(0).unwrap().erased, 0);
}

#[test]
fn several_holds_may_stand_and_each_is_lifted_by_itself() {
    let (admit, clock, host) = putting_off();
    let ada = client(&admit, &host, "Ada", "Ash");
    let place = |ground: &str| PlaceHold {
        client: ada,
        ground: Code::parse(ground).unwrap(),
        note: Some(line("by the court's letter")),
    };
    let first = admit.run(&host, place("dispute"), None).unwrap();
    clock.forward(1);
    admit.run(&host, place("tax"), None).unwrap();
    admit.run(&host, LiftHold { hold: first }, None).unwrap();
    let again = admit.run(&host, LiftHold { hold: first }, None);
    assert_eq!(refused(again), Refusal::AlreadyEnded);
    let holds = admit.holds(&host, ada).unwrap();
    let shown: Vec<_> = holds.iter().map(|it| (it.ground.as_str(), it.stands())).collect();
    assert_eq!(shown, [("dispute", false), ("tax", true)]);
    let said = happenings(&admit, &host);
    assert_eq!(said[2..5], ["hold.placed", "hold.placed", "hold.lifted"]);
    for _ in 0..15 {
        admit.run(&host, place("tax"), None).unwrap();
    }
    assert_eq!(refused(admit.run(&host, place("tax"), None)), Refusal::LimitReached);
}

#[test]
fn a_hold_is_the_hosts_with_a_reason_or_an_admins() {
    let (admit, _, host) = putting_off();
    let ada = client(&admit, &host, "Ada", "Ash");
    let silent = Actor { source: Default::default(), ..host.clone() };
    let ground = Code::parse("tax").unwrap();
    let place = PlaceHold { client: ada, ground, note: None };
    assert_eq!(refused(admit.run(&silent, place.clone(), None)), Refusal::ReasonRequired);
    let (_, nora) = seat(&admit, &host, Role::Practitioner);
    let (_, admin) = seat(&admit, &host, Role::Admin);
    assert_eq!(refused(admit.run(&nora, place.clone(), None)), Refusal::NotPermitted);
    let held = admit.run(&admin, place, None).unwrap();
    assert_eq!(refused(admit.run(&silent, LiftHold { hold: held }, None)), Refusal::ReasonRequired);
    assert_eq!(refused(admit.holds(&nora, ada)), Refusal::NotPermitted);
    let there = reasoned(&practice(&admit));
    assert_eq!(refused(admit.run(&there, LiftHold { hold: held }, None)), Refusal::NotFound);
    assert_eq!(refused(admit.holds(&there, ada)), Refusal::NotFound);
}
