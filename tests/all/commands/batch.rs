//! Many invitations as plan, apply and undo: what is said before is what happens, and once.

use super::deletion::install;
use super::plant::{acting, seat};
use super::post::{
    accept, claim, client, events, proxies, rows, send, set_client, to_client, with_password,
};
use crate::support::{practice, refused, store};
use admit::commands::Admit;
use admit::commands::batch::{BatchView, PlanBatch, RowFilter, Whom};
use admit::commands::grant::GiveGrant;
use admit::commands::invitation::{RevokeInvitation, SendInvitation};
use admit::commands::list::ListFilter;
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Who};
use admit::domain::batch::{Applied, BatchRow, How, Planned, Shown, Skip, Undone};
use admit::domain::client::{Nature, Stage, Status};
use admit::domain::event::Happening;
use admit::domain::grant::Grantee;
use admit::domain::id::{BatchId, ClientId};
use admit::domain::invitation::{Channel, State};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::IdempotencyKey;
use admit::domain::time::{DAY, HOUR, Timestamp};
use std::cell::Cell;

const BY_MAIL: How = How { channel: Some(Channel::Email), expires_in: None, note: None };

pub fn plan_of(clients: &[ClientId]) -> PlanBatch {
    PlanBatch { whom: Whom::Clients(clients.iter().copied().map(Some).collect()), how: BY_MAIL }
}

fn planned(admit: &Admit, actor: &Actor, clients: &[ClientId]) -> BatchView {
    admit.plan_batch(actor, &plan_of(clients), None, None).unwrap()
}

pub fn all_rows(admit: &Admit, actor: &Actor, batch: BatchId, which: RowFilter) -> Vec<BatchRow> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = admit.batch_rows(actor, batch, which, after.as_deref(), 500).unwrap();
        found.extend(page.items);
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

/// Clients with addresses of their own.
fn clients(admit: &Admit, actor: &Actor, count: usize) -> Vec<ClientId> {
    let address = |at: usize| format!("client{at}@example.org");
    (0..count).map(|at| client(admit, actor, "Ada", Some(&address(at)))).collect()
}

fn skipped(refusal: Refusal) -> Planned {
    Planned::Skip(Skip::Refused(refusal))
}

#[test]
fn a_plan_says_of_each_row_what_sending_would_do_and_invites_nobody() {
    let (admit, _) = store();
    let host = practice(&admit);
    install(&admit, include_str!("../../../scripts/default.lua"));
    let fresh = client(&admit, &host, "Ada", Some("ada@example.org"));
    let invited = client(&admit, &host, "Ben", Some("ben@example.org"));
    let [prospective, deactivated, suspended, waiting, activated, silent, sample, sister] =
        ["Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo"]
            .map(|given| client(&admit, &host, given, Some("family@example.org")));
    for id in [fresh, invited, deactivated, suspended, waiting, activated, silent, sample, sister] {
        set_client(&admit, id, |client| client.stage = Stage::Registered);
    }
    send(&admit, &host, to_client(invited));
    send(&admit, &host, to_client(activated));
    let token = claim(&admit)
        .into_iter()
        .find(|it| it.to.canonical() == "family@example.org")
        .map(|it| super::post::token_in(&it.text));
    accept(&admit, with_password(&token.unwrap())).unwrap();
    set_client(&admit, deactivated, |it| it.status = Status::Deactivated);
    set_client(&admit, suspended, |it| it.status = Status::Suspended);
    let until = Timestamp::from_millis(i64::MAX / 2);
    set_client(&admit, waiting, move |it| it.status = Status::PendingDeletion { until });
    set_client(&admit, silent, |it| it.profile.email = None);
    set_client(&admit, sample, |it| it.profile.nature = Nature::Other);
    let nobody = ClientId::from_uuid(uuid::Uuid::from_u128(7));
    let all = [
        fresh,
        invited,
        prospective,
        deactivated,
        suspended,
        waiting,
        activated,
        silent,
        sample,
        sister,
        fresh,
        nobody,
    ];
    let before = (rows(&admit, "invitation"), rows(&admit, "message"));
    let mut plan = plan_of(&all);
    if let Whom::Clients(clients) = &mut plan.whom {
        clients.push(None);
    }
    let batch = admit.plan_batch(&host, &plan, None, None).unwrap();
    assert_eq!(before, (rows(&admit, "invitation"), rows(&admit, "message")));
    assert_eq!(batch.state, Shown::Planned);
    let rows = all_rows(&admit, &host, batch.id, RowFilter::All);
    let says: Vec<_> = rows.iter().map(|row| row.planned.clone()).collect();
    let Planned::Skip(Skip::Denied(reasons)) = &says[2] else { panic!("{:?}", says[2]) };
    assert_eq!(reasons[0].code, "prospective");
    assert!(!reasons[0].text.as_str().is_empty());
    let expected = [
        (0, Planned::Invite),
        (1, Planned::Renew),
        (3, skipped(Refusal::ClientDeactivated)),
        (4, skipped(Refusal::ClientSuspended)),
        (5, skipped(Refusal::ClientPendingDeletion)),
        (6, skipped(Refusal::ClientAlreadyActivated)),
        (7, skipped(Refusal::NotReachable)),
        (8, skipped(Refusal::ClientIsNoPerson)),
        (9, Planned::Invite),
        (10, skipped(Refusal::RowRepeated)),
        (11, skipped(Refusal::NotFound)),
        (12, skipped(Refusal::NotFound)),
    ];
    for (at, planned) in expected {
        assert_eq!(says[at], planned, "{at}");
    }
    let counts = batch.counts;
    assert_eq!((counts.rows, counts.to_invite, counts.to_renew, counts.to_skip), (13, 2, 1, 10));
    assert_eq!(counts.open, 3);
    assert_eq!((rows[11].client, rows[12].client), (None, None));
    // What the plan says is what applying does.
    let done = admit.apply_batch(&host, batch.id, None).unwrap();
    let counts = done.counts;
    assert_eq!(done.state, Shown::Applied);
    assert_eq!((counts.invited, counts.renewed, counts.skipped, counts.open), (2, 1, 0, 0));
}

#[test]
fn a_family_shares_an_address_and_each_member_is_invited() {
    let (admit, _) = store();
    let host = practice(&admit);
    let [ana, ben, cy] =
        ["Ana", "Ben", "Cy"].map(|given| client(&admit, &host, given, Some("garcia@example.org")));
    let other = client(&admit, &host, "Di", Some("garcia@example.organic"));
    let batch = planned(&admit, &host, &[ana, other, ben, cy]);
    let rows = all_rows(&admit, &host, batch.id, RowFilter::All);
    let shares: Vec<_> = rows.iter().map(|row| row.shares_address).collect();
    assert_eq!(shares, [false, false, true, true]);
    assert!(rows.iter().all(|row| row.planned == Planned::Invite));
}

#[test]
fn applying_is_stopped_gone_on_with_and_sends_each_row_once() {
    let (admit, _) = store();
    let host = practice(&admit);
    let all = clients(&admit, &host, 2_300);
    let heard = Cell::new((0, 0));
    let hear = |done, total| {
        heard.set((done, total));
        true
    };
    let batch = admit.plan_batch(&host, &plan_of(&all), None, Some(&hear)).unwrap();
    assert_eq!(heard.get(), (2_300, 2_300));
    let stop = |done: u64, total: u64| {
        heard.set((done, total));
        false
    };
    let part = admit.apply_batch(&host, batch.id, Some(&stop)).unwrap();
    assert_eq!(heard.get(), (1_000, 2_300));
    assert_eq!((part.state, part.counts.open), (Shown::Applying, 1_300));
    let done = admit.apply_batch(&host, batch.id, Some(&hear)).unwrap();
    assert_eq!(heard.get(), (2_300, 2_300));
    assert_eq!((done.state, done.counts.invited), (Shown::Applied, 2_300));
    let again = admit.apply_batch(&host, batch.id, None).unwrap();
    assert_eq!(again, done);
    assert_eq!(events(&admit, &host, Happening::InvitationSent), 2_300);
    assert_eq!(events(&admit, &host, Happening::InvitationRenewed), 0);
    assert_eq!(events(&admit, &host, Happening::BatchApplied), 3);
    assert_eq!(all_rows(&admit, &host, batch.id, RowFilter::Mailed).len(), 2_300);
    assert!(all_rows(&admit, &host, batch.id, RowFilter::Open).is_empty());
}

#[test]
fn a_plan_that_was_stopped_goes_on_with_the_same_key_and_serves_no_other_request() {
    let (admit, _) = store();
    let host = practice(&admit);
    let all = clients(&admit, &host, 1_200);
    let key = IdempotencyKey::parse("recall").unwrap();
    let stop = |_, _| false;
    let part = admit.plan_batch(&host, &plan_of(&all), Some(&key), Some(&stop)).unwrap();
    assert_eq!((part.state, part.counts.rows), (Shown::Planning, 1_000));
    assert_eq!(refused(admit.apply_batch(&host, part.id, None)), Refusal::StatusNotAllowed);
    let other = plan_of(&all[1..]);
    assert_eq!(refused(admit.plan_batch(&host, &other, Some(&key), None)), Refusal::Conflict);
    let whole = admit.plan_batch(&host, &plan_of(&all), Some(&key), None).unwrap();
    assert_eq!((whole.id, whole.state, whole.counts.rows), (part.id, Shown::Planned, 1_200));
    let again = admit.plan_batch(&host, &plan_of(&all), Some(&key), None).unwrap();
    assert_eq!(again, whole);
    assert_eq!(rows(&admit, "batch"), 1);
}

#[test]
fn a_list_is_planned_as_it_is_shown_and_to_a_practitioner_as_far_as_it_sees() {
    let (admit, _) = store();
    let host = practice(&admit);
    let all = clients(&admit, &host, 1_050);
    let (nora, staff) = seat(&admit, &host, Role::Practitioner);
    let give = GiveGrant {
        client: all[3],
        grantee: Grantee::Staff(nora),
        scopes: Vec::new(),
        reason: None,
        ends_at: None,
    };
    admit.run(&host, give, None).unwrap();
    let plan = PlanBatch { whom: Whom::Listed(ListFilter::default()), how: BY_MAIL };
    let batch = admit.plan_batch(&host, &plan, None, None).unwrap();
    assert_eq!((batch.state, batch.counts.rows), (Shown::Planned, 1_050));
    assert_eq!(batch.counts.to_invite, 1_050);
    let own = admit.plan_batch(&staff, &plan, None, None).unwrap();
    assert_eq!((own.counts.rows, own.counts.to_invite), (1, 1));
    // A batch is its maker's and the admins'; what is not open to the seat is not sent by it.
    assert_eq!(refused(admit.batch(&staff, batch.id)), Refusal::NotPermitted);
    assert_eq!(refused(admit.apply_batch(&staff, batch.id, None)), Refusal::NotPermitted);
    assert_eq!(refused(admit.undo_batch(&staff, batch.id, false, None)), Refusal::NotPermitted);
    assert_eq!(admit.batches(&staff, None, 0).unwrap().items.len(), 1);
    assert_eq!(admit.batches(&host, None, 0).unwrap().items.len(), 2);
    let closed = planned(&admit, &staff, &[all[0], all[3]]);
    let rows = all_rows(&admit, &staff, closed.id, RowFilter::All);
    assert_eq!(rows[0].planned, skipped(Refusal::NotPermitted));
    let assistant = seat(&admit, &host, Role::Assistant).1;
    let denied = admit.plan_batch(&assistant, &plan_of(&all[..1]), None, None);
    assert_eq!(refused(denied), Refusal::NotPermitted);
    let elsewhere = practice(&admit);
    assert_eq!(refused(admit.batch(&elsewhere, batch.id)), Refusal::NotFound);
    assert_eq!(refused(admit.apply_batch(&elsewhere, batch.id, None)), Refusal::NotFound);
    assert_eq!(refused(admit.can(&staff, Action::BatchRead, Some(batch.id.into()))), {
        Refusal::NotPermitted
    });
    admit.can(&staff, Action::InvitationPlan, Some(own.id.into())).unwrap();
}

#[test]
fn a_list_that_names_what_is_not_here_leaves_no_batch() {
    let (admit, _) = store();
    let host = practice(&admit);
    let elsewhere = seat(&admit, &practice(&admit), Role::Practitioner).0;
    let filter = ListFilter { reachable_by: Some(elsewhere), ..ListFilter::default() };
    let plan = PlanBatch { whom: Whom::Listed(filter), how: BY_MAIL };
    let refusal = refused(admit.plan_batch(&host, &plan, None, None));
    assert_eq!((refusal, rows(&admit, "batch")), (Refusal::NotFound, 0));
    let assistant = seat(&admit, &host, Role::Assistant).1;
    let refusal = refused(admit.plan_batch(&assistant, &plan, None, None));
    assert_eq!(refusal, Refusal::NotPermitted);
}

#[test]
fn a_row_is_judged_again_when_its_turn_comes() {
    let (admit, _) = store();
    let host = practice(&admit);
    let all = clients(&admit, &host, 4);
    set_client(&admit, all[3], |it| it.status = Status::Suspended);
    let batch = planned(&admit, &host, &all);
    send(&admit, &host, to_client(all[0]));
    set_client(&admit, all[1], |it| it.status = Status::Deactivated);
    // What the plan passes over stays so, though it could be sent now.
    set_client(&admit, all[3], |it| it.status = Status::Active);
    let done = admit.apply_batch(&host, batch.id, None).unwrap();
    let counts = done.counts;
    assert_eq!((counts.invited, counts.renewed, counts.skipped), (1, 1, 1));
    let rows = all_rows(&admit, &host, batch.id, RowFilter::All);
    assert!(matches!(&rows[0].applied, Some(Applied::Sent(sent)) if sent.is_renewed));
    let deactivated = Applied::Skipped(Skip::Refused(Refusal::ClientDeactivated));
    assert_eq!(rows[1].applied, Some(deactivated));
    assert_eq!(rows[3].applied, None);
}

#[test]
fn s36_rows_over_the_limit_are_told_when_and_stay_open_for_a_later_call() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let all = clients(&admit, &host, 2_010);
    let admin = seat(&admit, &host, Role::Admin).1;
    let batch = planned(&admit, &admin, &all);
    let part = admit.apply_batch(&admin, batch.id, None).unwrap();
    assert_eq!((part.state, part.counts.invited, part.counts.open), (Shown::Applying, 2_000, 10));
    let open = all_rows(&admit, &admin, batch.id, RowFilter::Open);
    assert_eq!(open.len(), 10);
    let waits = open[0].waits.as_ref().and_then(Skip::refusal).and_then(Refusal::retry_after);
    assert!(waits.is_some_and(|wait| wait > 0 && wait <= HOUR));
    let retry_at = part.retry_at.unwrap();
    assert!(retry_at.millis() > clock.millis() && retry_at.millis() <= clock.millis() + HOUR);
    clock.forward(retry_at.millis() - clock.millis());
    let done = admit.apply_batch(&admin, batch.id, None).unwrap();
    assert_eq!((done.state, done.counts.invited, done.retry_at), (Shown::Applied, 2_010, None));
    assert_eq!(events(&admit, &host, Happening::InvitationSent), 2_010);
}

#[test]
fn rows_of_a_failing_script_wait_until_it_is_mended() {
    let (admit, _) = store();
    let host = practice(&admit);
    let all = clients(&admit, &host, 3);
    let batch = planned(&admit, &host, &all);
    install(
        &admit,
        "return { invitation = function(request)
           if request.client and request.client.given_name == 'Ada'
              then error('broken') end
           return allow{}
         end }",
    );
    let part = admit.apply_batch(&host, batch.id, None).unwrap();
    assert_eq!((part.state, part.counts.open), (Shown::Applying, 3));
    let row = &all_rows(&admit, &host, batch.id, RowFilter::Open)[0];
    assert_eq!(row.waits, Some(Skip::Refused(Refusal::PolicyFailed)));
    install(&admit, "return { invitation = function() return allow{} end }");
    let done = admit.apply_batch(&host, batch.id, None).unwrap();
    assert_eq!((done.state, done.counts.invited), (Shown::Applied, 3));
}

#[test]
fn undoing_revokes_what_is_still_open_and_says_what_it_kept() {
    let (admit, _) = store();
    let host = practice(&admit);
    let all = clients(&admit, &host, 6);
    send(&admit, &host, to_client(all[0]));
    claim(&admit);
    let batch = planned(&admit, &host, &all);
    admit.apply_batch(&host, batch.id, None).unwrap();
    let letters = claim(&admit);
    let token = |at: usize| {
        let to = format!("client{at}@example.org");
        let letter = letters.iter().find(|it| it.to.canonical() == to).unwrap();
        super::post::token_in(&letter.text)
    };
    accept(&admit, with_password(&token(1))).unwrap();
    let again = send(&admit, &host, to_client(all[2]));
    let rows = all_rows(&admit, &host, batch.id, RowFilter::All);
    let sent = |at: usize| match &rows[at].applied {
        Some(Applied::Sent(mailed)) => mailed.invitation,
        other => panic!("{other:?}"),
    };
    assert_eq!(again.invitation, sent(2));
    admit.run(&host, RevokeInvitation { invitation: sent(3) }, None).unwrap();
    let undone = admit.undo_batch(&host, batch.id, false, None).unwrap();
    assert_eq!((undone.state, undone.counts.revoked, undone.counts.kept), (Shown::Undone, 2, 3));
    let rows = all_rows(&admit, &host, batch.id, RowFilter::All);
    let answers: Vec<_> = rows.iter().map(|row| row.undone).collect();
    assert_eq!(
        answers,
        [
            None,
            Some(Undone::Kept(Refusal::InvitationClosed)),
            Some(Undone::Kept(Refusal::LinkSuperseded)),
            Some(Undone::Kept(Refusal::InvitationClosed)),
            Some(Undone::Revoked),
            Some(Undone::Revoked),
        ]
    );
    assert!(!super::post::is_live(&admit, &token(4)));
    assert_eq!(proxies(&admit, all[1]).len(), 1);
    assert_eq!(refused(admit.apply_batch(&host, batch.id, None)), Refusal::AlreadyEnded);
    // The renewed one goes where that is asked for, and nothing twice.
    let more = admit.undo_batch(&host, batch.id, true, None).unwrap();
    assert_eq!((more.counts.revoked, more.counts.kept), (3, 3));
    assert_eq!(admit.undo_batch(&host, batch.id, true, None).unwrap(), more);
    let first = admit.invitation(&host, sent(0)).unwrap();
    assert!(matches!(first.state, State::Revoked { .. }));
}

#[test]
fn undoing_drops_the_messages_that_wait_and_goes_on_after_a_stop() {
    let (admit, _) = store();
    let host = practice(&admit);
    let all = clients(&admit, &host, 1_100);
    let batch = planned(&admit, &host, &all);
    admit.apply_batch(&host, batch.id, None).unwrap();
    let stop = |_, _| false;
    let part = admit.undo_batch(&host, batch.id, false, Some(&stop)).unwrap();
    assert_eq!((part.state, part.counts.revoked), (Shown::Undoing, 1_000));
    assert_eq!(refused(admit.apply_batch(&host, batch.id, None)), Refusal::AlreadyEnded);
    let done = admit.undo_batch(&host, batch.id, false, None).unwrap();
    assert_eq!((done.state, done.counts.revoked), (Shown::Undone, 1_100));
    assert!(claim(&admit).is_empty());
    assert_eq!(events(&admit, &host, Happening::InvitationRevoked), 1_100);
    assert_eq!(events(&admit, &host, Happening::BatchUndone), 2);
}

#[test]
fn a_plan_lapses_after_a_day_one_that_was_begun_does_not_and_both_are_forgotten() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let all = clients(&admit, &host, 1_500);
    let left = planned(&admit, &host, &all[..10]);
    let begun = planned(&admit, &host, &all);
    let stop = |_, _| false;
    admit.apply_batch(&host, begun.id, Some(&stop)).unwrap();
    clock.forward(DAY - 1);
    assert_eq!(admit.batch(&host, left.id).unwrap().state, Shown::Planned);
    clock.forward(1);
    assert_eq!(admit.batch(&host, left.id).unwrap().state, Shown::Lapsed);
    assert_eq!(refused(admit.apply_batch(&host, left.id, None)), Refusal::PlanExpired);
    let done = admit.apply_batch(&host, begun.id, None).unwrap();
    assert_eq!(done.state, Shown::Applied);
    for _ in 0..6 {
        clock.forward(5 * DAY);
        while admit.upkeep(0).unwrap().more {}
    }
    for space in ["batch", "batch_row", "batch_by_practice", "batch_row_by_client"] {
        assert_eq!(rows(&admit, space), 0, "{space}");
    }
    assert_eq!(rows(&admit, "batch_row_open") + rows(&admit, "batch_row_mailed"), 0);
    assert_eq!(refused(admit.batch(&host, begun.id)), Refusal::NotFound);
}

#[test]
fn nobody_too_many_and_a_lifetime_out_of_range_are_refused_and_a_member_plans_nothing() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = clients(&admit, &host, 1);
    let fault = |plan: PlanBatch| match admit.plan_batch(&host, &plan, None, None) {
        Err(admit::error::Error::Invalid(invalid)) => invalid.field,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(plan_of(&[])), "client_ids");
    assert_eq!(fault(plan_of(&vec![ada[0]; 100_001])), "client_ids");
    let how = How { expires_in: Some(1), ..BY_MAIL };
    assert_eq!(fault(PlanBatch { how, ..plan_of(&ada) }), "expires_in_ms");
    let member = seat(&admit, &host, Role::Member).1;
    let visitor = acting(&host, Who::Visitor);
    for actor in [member, visitor] {
        let denied = admit.plan_batch(&actor, &plan_of(&ada), None, None);
        assert_eq!(refused(denied), Refusal::NotPermitted);
    }
    assert_eq!(rows(&admit, "batch"), 0);
}

#[test]
fn the_resend_option_goes_once_a_client_is_activated() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", Some("ada@example.org"));
    let may = |admit: &Admit| admit.can(&host, Action::InvitationSend, Some(ada.into()));
    may(&admit).unwrap();
    send(&admit, &host, to_client(ada));
    may(&admit).unwrap();
    accept(&admit, with_password(&super::post::emailed(&admit))).unwrap();
    assert_eq!(refused(may(&admit)), Refusal::ClientAlreadyActivated);
    let again: SendInvitation = to_client(ada);
    assert_eq!(refused(admit.run(&host, again, None)), Refusal::ClientAlreadyActivated);
}
