//! Ending a seat: what ends with it, and what a successor takes over.

use super::deletion::{asking, delete, policy};
use super::plant::{
    client, find_invitation, find_login, happenings, login, messages, plant, reasoned, seat, sit,
};
use super::post::{events, is_live, to_client, to_new_client, to_whom};
use crate::support::{line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::delegation::{GiveDelegation, InviteAssistant, Terms};
use admit::commands::deletion::Confirmed;
use admit::commands::grant::GiveGrant;
use admit::commands::invitation::Whom;
use admit::commands::room::{AssignRoom, CreateRoom, Member, ROOMS_MAX};
use admit::commands::staff::{AddStaff, MarkOnboarded, SuspendStaff};
use admit::commands::staff_end::{SLICE, SeatEnded};
use admit::domain::actor::{Actor, Who};
use admit::domain::delegation::{Clients, State};
use admit::domain::deletion::Subject;
use admit::domain::event::Happening;
use admit::domain::grant::{Grant, Grantee, Ground};
use admit::domain::id::{ClientId, Noun, StaffId};
use admit::domain::invitation::Shown;
use admit::domain::refusal::Refusal;
use admit::domain::staff::{Role, Status};
use admit::domain::text::IdempotencyKey;
use admit::domain::time::{HOUR, Timestamp};
use admit::error::Result;
use admit::hooks::request::Wanted;

fn end(
    admit: &Admit,
    actor: &Actor,
    staff: StaffId,
    successor: Option<StaffId>,
) -> Result<SeatEnded> {
    admit.end_staff(&reasoned(actor), staff, successor, None)
}

fn ids(done: &SeatEnded, noun: Noun) -> Vec<uuid::Uuid> {
    let mut ids = done.ended.get(&noun).cloned().unwrap_or_default();
    ids.sort();
    ids
}

fn handed(done: &SeatEnded, noun: Noun) -> Vec<uuid::Uuid> {
    let mut ids = done.handed_over.get(&noun).cloned().unwrap_or_default();
    ids.sort();
    ids
}

fn all() -> Terms {
    Terms { actions: Vec::new(), clients: Clients::All, reason: None, ends_at: None }
}

fn live_grants(admit: &Admit, host: &Actor, client: ClientId, now: Timestamp) -> Vec<Grant> {
    let grants = admit.grants(host, client).unwrap().into_iter();
    grants.filter(|grant| grant.is_live(now)).collect()
}

#[test]
fn s58_ending_a_seat_ends_all_that_it_could_do_in_one_call_that_lists_it() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (nora, own) = seat(&admit, &host, Role::Practitioner);
    let (ann, assistant) = seat(&admit, &host, Role::Assistant);
    for (staff, address) in [(nora, "nora@login.example.org"), (ann, "ann@login.example.org")] {
        let holder = login(&admit, &host, address);
        sit(&admit, &host, staff, holder);
        admit.run(&host, MarkOnboarded { staff }, None).unwrap();
    }
    let give = GiveDelegation { assistant: ann, practitioner: Some(nora), terms: all() };
    let delegation = admit.run(&host, give, None).unwrap();
    let ada = client(&admit, &own, "Ada", "Ash");
    let acting = Actor { on_behalf_of: Some(nora), ..assistant.clone() };
    let to_ada = admit.run(&own, to_client(ada), None).unwrap().invitation;
    let to_eve = admit.run(&acting, to_new_client("Eve", "eve@example.org"), None).unwrap();
    let invite = InviteAssistant {
        practitioner: None,
        name: crate::support::name("Uma", "Reyes"),
        email: super::plant::email("uma@example.org"),
        locale: None,
        note: None,
        terms: all(),
    };
    let uma = admit.run(&own, invite, None).unwrap();
    let grant = admit.grants(&host, ada).unwrap()[0].id;
    let holder = admit.staff(&host, nora).unwrap().login.unwrap();
    let epoch = find_login(&admit, holder).epoch;
    let told = messages(&admit, &host).len();
    let done = end(&admit, &host, nora, None).unwrap();
    assert_eq!((done.staff, done.successor, done.more), (nora, None, false));
    assert_eq!(done.ended_at.millis(), clock.millis());
    assert_eq!(ids(&done, Noun::Login), [holder.uuid()]);
    assert_eq!(ids(&done, Noun::Grant), [grant.uuid()]);
    let mut delegations = [delegation.uuid(), uma.delegation.uuid()];
    delegations.sort();
    assert_eq!(ids(&done, Noun::Delegation), delegations);
    let mut sent = [to_ada, to_eve.invitation, uma.invitation.unwrap()].map(|it| it.uuid());
    sent.sort();
    assert_eq!(ids(&done, Noun::Invitation), sent);
    assert!(done.handed_over.is_empty());
    // All of it is so, and in the trail once each.
    assert!(find_login(&admit, holder).epoch > epoch);
    assert_eq!(refused(admit.client(&own, ada)), Refusal::ActorSuspended);
    assert_eq!(refused(admit.client(&acting, ada)), Refusal::DelegationMissing);
    assert_eq!(admit.delegation(&host, delegation).unwrap().state, State::Ended);
    let now = Timestamp::from_millis(clock.millis());
    assert!(live_grants(&admit, &host, ada, now).is_empty());
    for id in [to_ada, to_eve.invitation, uma.invitation.unwrap()] {
        assert_eq!(find_invitation(&admit, id).shown(now), Shown::Revoked);
    }
    let counts = [
        (Happening::StaffEnded, 1),
        (Happening::DelegationEnded, 2),
        (Happening::InvitationRevoked, 3),
        (Happening::GrantWithdrawn, 1),
    ];
    for (happening, count) in counts {
        assert_eq!(events(&admit, &host, happening), count, "{}", happening.word());
    }
    // The seat hears that it ended, the assistant who worked that it does so no more.
    let after = messages(&admit, &host);
    let new: Vec<_> = after.iter().filter(|(kind, _)| kind.ends_with("_ended")).collect();
    assert_eq!((after.len() - told, new.len()), (2, 2));
}

#[test]
fn s58_ending_an_assistant_ends_its_delegations_and_tells_the_practitioners() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (nora, _) = seat(&admit, &host, Role::Practitioner);
    let (ann, _) = seat(&admit, &host, Role::Assistant);
    let give = GiveDelegation { assistant: ann, practitioner: Some(nora), terms: all() };
    let delegation = admit.run(&host, give, None).unwrap();
    let done = end(&admit, &host, ann, None).unwrap();
    assert_eq!(ids(&done, Noun::Delegation), [delegation.uuid()]);
    let address = "practitioner@clinic.example.org".to_owned();
    assert!(messages(&admit, &host).contains(&("delegation_ended", address)));
    let words = happenings(&admit, &host);
    assert_eq!(words[words.len() - 2..], ["staff.ended", "delegation.ended"]);
    let again = GiveDelegation { assistant: ann, practitioner: Some(nora), terms: all() };
    assert_eq!(refused(admit.run(&host, again, None)), Refusal::AlreadyEnded);
}

#[test]
fn a_successor_gets_the_charts_and_the_invitations_to_clients() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (nora, own) = seat(&admit, &host, Role::Practitioner);
    let (next, heir) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &own, "Ada", "Ash");
    let bo = client(&admit, &host, "Bo", "Birch");
    let cleo = client(&admit, &heir, "Cleo", "Cedar");
    let now = Timestamp::from_millis(clock.millis());
    let ends_at = Some(now.plus(HOUR));
    let grantee = Grantee::Staff(nora);
    let (scopes, reason) = (vec![line("labs")], Some(line("second opinion")));
    let part =
        GiveGrant { client: bo, grantee, scopes: scopes.clone(), reason: reason.clone(), ends_at };
    admit.run(&host, part, None).unwrap();
    let whole =
        GiveGrant { client: cleo, grantee, scopes: Vec::new(), reason: None, ends_at: None };
    admit.run(&host, whole, None).unwrap();
    let to_ada = admit.run(&own, to_client(ada), None).unwrap().invitation;
    let to_eve = admit.run(&own, to_new_client("Eve", "eve@example.org"), None).unwrap().invitation;
    let token =
        super::post::shown(&admit, &host, to_ada, admit::domain::invitation::Channel::Copied);
    let done = end(&admit, &host, nora, Some(next)).unwrap();
    let mut clients = [ada, bo, cleo].map(|it| it.uuid());
    clients.sort();
    assert_eq!((handed(&done, Noun::Client), done.successor), (clients.to_vec(), Some(next)));
    let mut sent = [to_ada, to_eve].map(|it| it.uuid());
    sent.sort();
    assert_eq!(handed(&done, Noun::Invitation), sent);
    assert_eq!((ids(&done, Noun::Grant).len(), ids(&done, Noun::Invitation).len()), (3, 0));
    for client in [ada, bo, cleo] {
        assert!(admit.client(&heir, client).is_ok());
    }
    // With ground, reason, scopes and end as they were; and no second grant where all is open.
    let given = live_grants(&admit, &host, bo, now);
    assert_eq!(given.len(), 1);
    assert_eq!((given[0].ground, given[0].grantee), (Ground::HandedOver, Grantee::Staff(next)));
    assert_eq!((&given[0].scopes, &given[0].reason, given[0].ends_at), (&scopes, &reason, ends_at));
    let kept = live_grants(&admit, &host, cleo, now);
    assert_eq!((kept.len(), kept[0].ground), (1, Ground::Created));
    // The links in the clients' hands stay good, and are the successor's now.
    assert!(is_live(&admit, &token));
    assert_eq!(find_invitation(&admit, to_eve).inviting_seat(), Some(next));
    assert!(admit.invitation(&heir, to_eve).is_ok());
    assert_eq!(events(&admit, &host, Happening::InvitationHandedOver), 2);
    assert_eq!(events(&admit, &host, Happening::InvitationRevoked), 0);
}

#[test]
fn a_successor_takes_the_place_in_the_rooms_and_the_event_names_it() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (nora, _) = seat(&admit, &host, Role::Practitioner);
    let (next, heir) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &host, "Ada", "Ash");
    let rooms: Vec<_> = ["North", "South"]
        .map(|name| {
            let room = CreateRoom { name: line(name), external_id: None };
            let room = admit.run(&host, room, None).unwrap();
            for member in [Member::Client(ada), Member::Staff(nora)] {
                admit.run(&host, AssignRoom { room, member }, None).unwrap();
            }
            room
        })
        .to_vec();
    // Where it is already, it stays.
    let member = Member::Staff(next);
    admit.run(&host, AssignRoom { room: rooms[0], member }, None).unwrap();
    let done = end(&admit, &host, nora, Some(next)).unwrap();
    let mut handed_over: Vec<_> = rooms.iter().map(|room| room.uuid()).collect();
    handed_over.sort();
    assert_eq!(handed(&done, Noun::Room), handed_over);
    assert!(admit.client(&heir, ada).is_ok());
    let members = |room| admit.store().read(|read| admit::records::room::staff(read, room));
    for room in &rooms {
        assert_eq!(members(*room).unwrap(), [next]);
    }
    assert_eq!(events(&admit, &host, Happening::RoomUnassigned), 2);
    let trail = admit.events(&host, Default::default(), None, 500).unwrap().items;
    let ended = trail.iter().find(|it| it.happening == Happening::StaffEnded).unwrap();
    assert_eq!(ended.details, [("successor".to_owned(), format!("staff {next}"))]);
    // Without a successor there is nobody to name.
    end(&admit, &host, next, None).unwrap();
    let trail = admit.events(&host, Default::default(), None, 500).unwrap().items;
    let ended = trail.iter().find(|it| it.happening == Happening::StaffEnded).unwrap();
    assert_eq!(ended.details, []);
}

#[test]
fn a_successor_has_no_more_rooms_than_a_seat_may() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (nora, _) = seat(&admit, &host, Role::Practitioner);
    let (next, _) = seat(&admit, &host, Role::Practitioner);
    for at in 0..=ROOMS_MAX {
        let room = CreateRoom { name: line(&format!("Room {at}")), external_id: None };
        let room = admit.run(&host, room, None).unwrap();
        let member = Member::Staff(if at == 0 { nora } else { next });
        admit.run(&host, AssignRoom { room, member }, None).unwrap();
    }
    assert_eq!(refused(end(&admit, &host, nora, Some(next))), Refusal::LimitReached);
    assert_eq!(admit.staff(&host, nora).unwrap().status, Status::Active);
    assert!(end(&admit, &host, nora, None).is_ok());
}

#[test]
fn an_invitation_to_a_seat_is_not_handed_over() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (admin, own) = seat(&admit, &host, Role::Admin);
    let (next, _) = seat(&admit, &host, Role::Admin);
    let recipient = super::post::recipient("Max", "max@example.org");
    let whom = Whom::NewSeat { role: Role::Practitioner };
    let invite = admit::commands::invitation::SendInvitation { recipient, ..to_whom(whom) };
    let sent = admit.run(&own, invite, None).unwrap();
    let done = end(&admit, &host, admin, Some(next)).unwrap();
    assert_eq!(ids(&done, Noun::Invitation), [sent.invitation.uuid()]);
    assert!(handed(&done, Noun::Invitation).is_empty());
}

#[test]
fn who_may_end_a_seat_and_who_may_take_over() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (nora, own) = seat(&admit, &host, Role::Practitioner);
    let (peer, _) = seat(&admit, &host, Role::Practitioner);
    let (assistant, _) = seat(&admit, &host, Role::Assistant);
    let (admin, admins) = seat(&admit, &host, Role::Admin);
    assert_eq!(refused(admit.end_staff(&host, nora, None, None)), Refusal::ReasonRequired);
    for staff in [nora, peer] {
        assert_eq!(refused(end(&admit, &own, staff, None)), Refusal::NotPermitted);
    }
    assert_eq!(refused(end(&admit, &admins, admin, Some(peer))), Refusal::LastAdmin);
    let invalid = |successor| end(&admit, &host, nora, Some(successor)).unwrap_err().to_string();
    assert_eq!(invalid(nora), "successor_id: must not be given together with what excludes it");
    assert_eq!(invalid(assistant), "successor_id: must be a seat of the role that this takes");
    let add = AddStaff { approved: None, ..super::plant::add_staff(Role::Practitioner, "New") };
    let waiting = admit.run(&host, add, None).unwrap();
    assert_eq!(refused(end(&admit, &host, nora, Some(waiting))), Refusal::NotApproved);
    admit.run(&host, SuspendStaff { staff: peer, revision: 0 }, None).unwrap();
    assert_eq!(refused(end(&admit, &host, nora, Some(peer))), Refusal::StatusNotAllowed);
    end(&admit, &host, peer, None).unwrap();
    assert_eq!(refused(end(&admit, &host, nora, Some(peer))), Refusal::AlreadyEnded);
    assert_eq!(refused(end(&admit, &host, peer, None)), Refusal::StatusNotAllowed);
    let there = practice(&admit);
    let (theirs, _) = seat(&admit, &there, Role::Practitioner);
    assert_eq!(refused(end(&admit, &host, nora, Some(theirs))), Refusal::NotFound);
    assert_eq!(refused(end(&admit, &there, nora, None)), Refusal::NotFound);
    assert!(end(&admit, &admins, nora, Some(admin)).is_ok());
    // An admin who is not the last may end itself.
    seat(&admit, &host, Role::Admin);
    assert!(end(&admit, &admins, admin, None).is_ok());
}

#[test]
fn ending_with_one_key_ends_once() {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    let (nora, own) = seat(&admit, &host, Role::Practitioner);
    client(&admit, &own, "Ada", "Ash");
    let key = IdempotencyKey::parse("leaves-on-Friday").unwrap();
    let first = admit.end_staff(&host, nora, None, Some(&key)).unwrap();
    assert_eq!(admit.end_staff(&host, nora, None, Some(&key)).unwrap(), first);
}

/// Opens many charts to a seat.
fn charts(admit: &Admit, host: &Actor, staff: StaffId, count: usize) {
    let host = host.clone();
    let clients: Vec<_> =
        (0..count).map(|at| client(admit, &host, "Ada", &format!("A{at}"))).collect();
    for some in clients.chunks(200) {
        let some = some.to_vec();
        plant(admit, &host, move |unit| {
            for client in &some {
                let grant = Grant {
                    id: unit.new_id(),
                    practice: unit.context.practice()?,
                    client: *client,
                    grantee: Grantee::Staff(staff),
                    scopes: Vec::new(),
                    ground: Ground::Given,
                    reason: None,
                    given_by: Who::Host,
                    ends_at: None,
                    withdrawn_at: None,
                    created_at: unit.now(),
                };
                admit::records::grant::put(&mut unit.write, &grant)?;
            }
            Ok(())
        });
    }
}

#[test]
fn more_charts_than_one_commit_takes_follow_at_once_and_by_upkeep() {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    let (nora, _) = seat(&admit, &host, Role::Practitioner);
    let (admin, admins) = seat(&admit, &host, Role::Admin);
    let (next, heir) = seat(&admit, &host, Role::Practitioner);
    seat(&admit, &host, Role::Admin);
    charts(&admit, &host, nora, SLICE + 3);
    charts(&admit, &host, admin, SLICE + 2);
    let done = admit.end_staff(&host, nora, Some(next), None).unwrap();
    let count = |done: &SeatEnded| (handed(done, Noun::Client).len(), ids(done, Noun::Grant).len());
    assert_eq!((count(&done), done.more), ((SLICE + 3, SLICE + 3), false));
    // Whoever ends itself can't go on: upkeep does.
    let done = admit.end_staff(&admins, admin, Some(next), None).unwrap();
    assert_eq!((count(&done), done.more), ((SLICE, SLICE), true));
    let reached = || {
        let grants = admit
            .store()
            .read(|read| admit::records::grant::of_grantee(read, Grantee::Staff(next)));
        grants.unwrap().len()
    };
    assert_eq!(reached(), 2 * SLICE + 3);
    assert_eq!(admit.staff(&host, admin).unwrap().status, Status::Ended);
    admit.upkeep(0).unwrap();
    assert_eq!(reached(), 2 * SLICE + 5);
    assert!(!admit.upkeep(0).unwrap().more);
    let page =
        admit.person_list(&heir, &Default::default(), admit::records::person::By::Name, None, 1);
    assert!(page.unwrap().total > 1_000);
}

#[test]
fn a_grant_that_had_lapsed_is_not_ended_again() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (nora, _) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &host, "Ada", "Ash");
    let ends_at = Some(Timestamp::from_millis(clock.millis() + HOUR));
    let grantee = Grantee::Staff(nora);
    let give = GiveGrant { client: ada, grantee, scopes: Vec::new(), reason: None, ends_at };
    admit.run(&host, give, None).unwrap();
    clock.forward(2 * HOUR);
    let done = end(&admit, &host, nora, None).unwrap();
    assert!(!done.more && done.ended.is_empty());
    assert_eq!(events(&admit, &host, Happening::GrantWithdrawn), 0);
}

#[test]
fn leaving_by_a_plan_ends_the_same() {
    let (admit, _) = store();
    let host = practice(&admit);
    policy(&admit, "return allow.leave()");
    let (nora, own) = seat(&admit, &host, Role::Practitioner);
    let (ann, _) = seat(&admit, &host, Role::Assistant);
    let give = GiveDelegation { assistant: ann, practitioner: Some(nora), terms: all() };
    let delegation = admit.run(&host, give, None).unwrap();
    let sent = admit.run(&own, to_new_client("Eve", "eve@example.org"), None).unwrap();
    let leave = asking(Subject::Staff(nora), Wanted::Leave);
    let plan = admit.plan_deletion(&own, &leave).unwrap();
    let goes = |noun| plan.would_go.get(&noun).copied();
    assert_eq!((goes(Noun::Delegation), goes(Noun::Invitation)), (Some(1), Some(1)));
    assert_eq!(delete(&admit, &own, &leave).unwrap(), Confirmed::Left);
    assert_eq!(admit.delegation(&host, delegation).unwrap().state, State::Ended);
    let now = Timestamp::default();
    assert_eq!(find_invitation(&admit, sent.invitation).shown(now), Shown::Revoked);
}
