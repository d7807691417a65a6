//! Confirming: what a plan counts for, and what each verdict does.

use super::deletion::{asking, codes, delete, facts, hold, planned, policy, to_erase};
use super::plant::{
    acting, client, client_with_login, find_invitation, find_login, happenings, invitation, login,
    messages, offer, reasoned, seat, sit, tie,
};
use crate::support::{practice, refused, store};
use admit::commands::Admit;
use admit::commands::deletion::{Confirmed, PlanDeletion};
use admit::commands::grant::GiveGrant;
use admit::commands::practice::{SettingsChange, SuspendPractice, UpdatePractice};
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Who};
use admit::domain::deletion::{HostFacts, Subject};
use admit::domain::grant::Grantee;
use admit::domain::id::ClientId;
use admit::domain::invitation::{Offer, State};
use admit::domain::login::Status as LoginStatus;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::{Role, Status};
use admit::domain::text::IdempotencyKey;
use admit::domain::time::MINUTE;
use admit::error::{Error, Result};
use admit::hooks::request::Wanted;

/// A store whose policy erases, and a client of it.
fn erasable() -> (Admit, crate::support::Clock, Actor, ClientId) {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let ada = client(&admit, &host, "Ada", "Ash");
    (admit, clock, host, ada)
}

fn confirm(admit: &Admit, actor: &Actor, token: &str) -> Result<Confirmed> {
    admit.confirm_deletion(actor, token, &HostFacts::default(), None)
}

#[test]
fn the_host_confirms_only_with_a_recorded_reason() {
    let (admit, _, host, ada) = erasable();
    let silent = Actor { source: Default::default(), ..host.clone() };
    let plan = planned(&admit, &silent, &to_erase(ada));
    assert_eq!(refused(confirm(&admit, &silent, &plan.token)), Refusal::ReasonRequired);
    assert!(confirm(&admit, &host, &plan.token).is_ok());
}

#[test]
fn a_plan_is_used_once_and_a_repeated_request_gets_the_first_answer() {
    let (admit, _, host, ada) = erasable();
    let token = planned(&admit, &host, &to_erase(ada)).token;
    let key = IdempotencyKey::parse("k1").unwrap();
    let none = HostFacts::default();
    let first = admit.confirm_deletion(&host, &token, &none, Some(&key)).unwrap();
    assert_eq!(admit.confirm_deletion(&host, &token, &none, Some(&key)).unwrap(), first);
    assert_eq!(refused(confirm(&admit, &host, &token)), Refusal::AlreadyEnded);
}

#[test]
fn a_plan_of_another_actor_or_practice_and_a_forged_one_are_not_found() {
    let (admit, _, host, ada) = erasable();
    let token = planned(&admit, &host, &to_erase(ada)).token;
    let (_, admin) = seat(&admit, &host, Role::Admin);
    let there = reasoned(&practice(&admit));
    for other in [admin, there] {
        assert_eq!(refused(confirm(&admit, &other, &token)), Refusal::NotFound);
    }
    for at in [0, 10, 42, 50, token.len() - 2] {
        let mut forged = token.clone().into_bytes();
        forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        assert_eq!(refused(confirm(&admit, &host, &forged)), Refusal::NotFound);
    }
    for text in ["", "A", "?", &token[..43], &token[4..]] {
        assert_eq!(refused(confirm(&admit, &host, text)), Refusal::NotFound);
    }
}

#[test]
fn a_plan_expires_after_15_minutes_even_once_upkeep_has_forgotten_that_it_was_used() {
    let (admit, clock, host, ada) = erasable();
    let token = planned(&admit, &host, &to_erase(ada)).token;
    clock.forward(15 * MINUTE - 1);
    let bo = client(&admit, &host, "Bo", "Birch");
    let other = planned(&admit, &host, &to_erase(bo)).token;
    assert!(confirm(&admit, &host, &token).is_ok());
    clock.forward(1);
    assert_eq!(refused(confirm(&admit, &host, &token)), Refusal::AlreadyEnded);
    admit.upkeep(0).unwrap();
    assert_eq!(refused(confirm(&admit, &host, &token)), Refusal::PlanExpired);
    clock.forward(15 * MINUTE);
    assert_eq!(refused(confirm(&admit, &host, &other)), Refusal::PlanExpired);
}

#[test]
fn a_plan_counts_only_for_what_it_was_made_of() {
    type Change = fn(&Admit, &Actor, ClientId);
    let changes: [Change; 5] = [
        |admit, host, ada| {
            invitation(admit, host, offer(ada), "ada@example.org");
        },
        |admit, host, _| {
            let settings = SettingsChange { majority: Some(21), ..SettingsChange::default() };
            let update = UpdatePractice { settings, ..UpdatePractice::default() };
            admit.run(host, update, None).unwrap();
        },
        |admit, _, _| policy(admit, "local the_same = allow.erase() return the_same"),
        |admit, _, _| policy(admit, "return allow.schedule{ days = 3 }"),
        |admit, host, ada| {
            hold(admit, host, ada);
        },
    ];
    for change in changes {
        let (admit, _, host, ada) = erasable();
        let token = planned(&admit, &host, &to_erase(ada)).token;
        change(&admit, &host, ada);
        assert_eq!(refused(confirm(&admit, &host, &token)), Refusal::PlanChanged);
        assert!(admit.client(&host, ada).is_ok());
    }
    let (admit, _, host, ada) = erasable();
    let asked = PlanDeletion { host_facts: facts(&[("visits", 0)]), ..to_erase(ada) };
    let token = planned(&admit, &host, &asked).token;
    for other in [facts(&[]), facts(&[("visits", 1)]), facts(&[("kits", 0)])] {
        let confirmed = admit.confirm_deletion(&host, &token, &other, None);
        assert_eq!(refused(confirmed), Refusal::PlanChanged);
    }
    assert!(admit.confirm_deletion(&host, &token, &facts(&[("visits", 0)]), None).is_ok());
}

#[test]
fn a_no_is_answered_with_its_reasons_and_is_an_event() {
    let (admit, _, host, ada) = erasable();
    policy(&admit, "return deny{ { code = 'open_orders', text = 'Two orders are open.' } }");
    match delete(&admit, &host, &to_erase(ada)) {
        Err(Error::Denied(reasons)) => {
            assert_eq!(reasons[0].code, "open_orders");
            assert_eq!(reasons[0].text.as_str(), "Two orders are open.");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(happenings(&admit, &host)[2..], ["deletion.planned", "access.refused"]);
}

#[test]
fn to_retain_is_refused_and_leaves_a_hold_with_its_ground() {
    let (admit, _, host, ada) = erasable();
    policy(&admit, "return retain{ ground = 'minor_record' }");
    assert_eq!(refused(delete(&admit, &host, &to_erase(ada))), Refusal::Held);
    let holds = admit.holds(&host, ada).unwrap();
    assert_eq!(holds.len(), 1);
    assert!(holds[0].stands() && holds[0].ground.as_str() == "minor_record");
    let noted = ["deletion.planned", "deletion.held", "hold.placed"];
    assert_eq!(happenings(&admit, &host)[2..], noted);
    policy(&admit, "return allow.erase()");
    assert_eq!(codes(&planned(&admit, &host, &to_erase(ada))), ["hold"]);
}

#[test]
fn to_remove_the_login_leaves_the_client() {
    let (admit, _, host, _) = erasable();
    policy(&admit, "return allow.remove_login()");
    let (bo, login, _) = client_with_login(&admit, &host, "Bo");
    let asked = asking(Subject::Client(bo), Wanted::Erase);
    assert_eq!(delete(&admit, &host, &asked).unwrap(), Confirmed::LoginRemoved(login));
    assert_eq!(find_login(&admit, login).status, LoginStatus::Removed);
    assert!(admit.client(&host, bo).is_ok());
    assert_eq!(messages(&admit, &host)[0].0, "login_removed");
}

#[test]
fn a_seat_that_leaves_loses_sessions_grants_and_offers_and_is_told() {
    let (admit, _, host, ada) = erasable();
    policy(&admit, "return allow.leave()");
    let (nora, own) = seat(&admit, &host, Role::Practitioner);
    let (bo, _) = seat(&admit, &host, Role::Member);
    let holder = login(&admit, &host, "nora@example.org");
    sit(&admit, &host, nora, holder);
    let (scopes, reason) = (Vec::new(), None);
    let grantee = Grantee::Staff(nora);
    let give = GiveGrant { client: ada, grantee, scopes, reason, ends_at: None };
    admit.run(&host, give, None).unwrap();
    let waits = invitation(&admit, &host, Offer::Seat { staff: nora }, "nora@example.org");
    let others = invitation(&admit, &host, Offer::Seat { staff: bo }, "bo@example.org");
    // A seat may ask to leave for itself.
    let asked = asking(Subject::Staff(nora), Wanted::Leave);
    assert_eq!(delete(&admit, &own, &asked).unwrap(), Confirmed::Left);
    assert_eq!(admit.staff(&host, nora).unwrap().status, Status::Ended);
    assert_eq!(find_login(&admit, holder).epoch, 2);
    assert!(admit.grants(&host, ada).unwrap()[0].withdrawn_at.is_some());
    assert!(matches!(find_invitation(&admit, waits).state, State::Revoked { .. }));
    assert_eq!(find_invitation(&admit, others).state, State::Pending);
    assert!(messages(&admit, &host).iter().any(|(kind, _)| *kind == "staff_ended"));
    let again = planned(&admit, &host, &asked);
    assert_eq!(codes(&again), ["not_applicable"]);
    assert_eq!(refused(admit.plan_deletion(&own, &asked)), Refusal::ActorSuspended);
}

#[test]
fn the_last_admin_does_not_leave_by_itself() {
    let (admit, _, host, _) = erasable();
    policy(&admit, "return allow.leave()");
    let (ann, own) = seat(&admit, &host, Role::Admin);
    let asked = asking(Subject::Staff(ann), Wanted::Leave);
    assert_eq!(refused(delete(&admit, &own, &asked)), Refusal::LastAdmin);
}

#[test]
fn a_login_that_leaves_loses_its_ties_in_this_practice_alone() {
    let (admit, _, host, ada) = erasable();
    policy(&admit, "return allow.leave()");
    let (bo, own, actor) = client_with_login(&admit, &host, "Bo");
    tie(&admit, &host, own, ada, Tie::Guardian { relationship: None });
    let there = practice(&admit);
    let cy = client(&admit, &there, "Cy", "Cole");
    tie(&admit, &there, own, cy, Tie::Myself);
    let asked = asking(Subject::Login(own), Wanted::Leave);
    let plan = planned(&admit, &actor, &asked);
    let dee = client(&admit, &host, "Dee", "Dale");
    tie(&admit, &host, own, dee, Tie::Guardian { relationship: None });
    assert_eq!(refused(confirm(&admit, &actor, &plan.token)), Refusal::PlanChanged);
    assert_eq!(delete(&admit, &actor, &asked).unwrap(), Confirmed::Left);
    for (actor, client, is_live) in [(&host, ada, false), (&host, bo, false), (&there, cy, true)] {
        let tie = &admit.proxies(actor, client).unwrap()[0];
        assert_eq!(tie.ended_at.is_none(), is_live);
    }
    assert_eq!(find_login(&admit, own).epoch, 2);
}

#[test]
fn can_answers_for_deletion_and_holds() {
    let (admit, _, host, ada) = erasable();
    let silent = Actor { source: Default::default(), ..host.clone() };
    let (_, bo) = seat(&admit, &host, Role::Practitioner);
    let can = |actor: &Actor, action, thing| admit.can(actor, action, Some(thing));
    assert!(can(&host, Action::DeletionPlan, ada.into()).is_ok());
    let unreasoned = can(&silent, Action::DeletionConfirm, ada.into());
    assert_eq!(refused(unreasoned), Refusal::ReasonRequired);
    assert_eq!(refused(can(&bo, Action::HoldPlace, ada.into())), Refusal::NotPermitted);
    let held = hold(&admit, &host, ada);
    assert!(can(&host, Action::HoldLift, held.into()).is_ok());
    let lift = admit::commands::deletion::LiftHold { hold: held };
    admit.run(&host, lift, None).unwrap();
    assert_eq!(refused(can(&host, Action::HoldLift, held.into())), Refusal::AlreadyEnded);
    let Confirmed::Erased(order) = delete(&admit, &host, &to_erase(ada)).unwrap() else { panic!() };
    assert!(can(&host, Action::DeletionDone, order.into()).is_ok());
    let admin = seat(&admit, &host, Role::Admin).1;
    assert_eq!(refused(can(&admin, Action::DeletionDone, order.into())), Refusal::NotPermitted);
    let finish = admit::commands::deletion::FinishDeletion { order };
    admit.run(&host, finish, None).unwrap();
    assert_eq!(refused(can(&host, Action::DeletionDone, order.into())), Refusal::AlreadyEnded);
    let visitor = acting(&host, Who::Visitor);
    assert_eq!(refused(can(&visitor, Action::DeletionPlan, order.into())), Refusal::NotPermitted);
}

#[test]
fn a_suspended_practice_neither_plans_nor_confirms() {
    let (admit, _, host, ada) = erasable();
    let token = planned(&admit, &host, &to_erase(ada)).token;
    admit.run(&host, SuspendPractice, None).unwrap();
    assert_eq!(refused(confirm(&admit, &host, &token)), Refusal::PracticeSuspended);
    let again = admit.plan_deletion(&host, &to_erase(ada));
    assert_eq!(refused(again), Refusal::PracticeSuspended);
}
