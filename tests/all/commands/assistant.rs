//! A practitioner's own assistants: added, asked again, and sent away.

use super::deletion::{asking, delete, policy};
use super::plant::{email, find_invitation, login, seat, sit};
use super::post::{accept, claim, dead, emailed, is_live, to_whom, with_password};
use crate::support::{name, practice, refused, store};
use admit::commands::Admit;
use admit::commands::Change;
use admit::commands::client::CreateClient;
use admit::commands::delegation::{
    AssistantInvited, DelegationFilter, EndDelegation, GiveDelegation, InviteAssistant, Terms,
};
use admit::commands::deletion::Confirmed;
use admit::commands::invitation::{Dead, RevokeInvitation, SendInvitation, ShowLink, Whom};
use admit::commands::staff::{MarkOnboarded, StaffChange, StaffFilter, SuspendStaff, UpdateStaff};
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Who};
use admit::domain::client::{Profile, Stage};
use admit::domain::delegation::{Clients, State};
use admit::domain::deletion::Subject;
use admit::domain::id::{Noun, StaffId};
use admit::domain::invitation::{Channel, Recipient, Shown};
use admit::domain::refusal::Refusal;
use admit::domain::staff::{Role, Status};
use admit::domain::text::Phone;
use admit::domain::time::{DAY, Timestamp};
use admit::error::Error;
use admit::hooks::request::Wanted;

fn all() -> Terms {
    Terms { actions: Vec::new(), clients: Clients::All, reason: None, ends_at: None }
}

fn inviting(given: &str, address: &str) -> InviteAssistant {
    InviteAssistant {
        practitioner: None,
        name: name(given, "Reyes"),
        email: email(address),
        locale: None,
        note: None,
        terms: all(),
    }
}

fn invite(admit: &Admit, actor: &Actor, address: &str) -> AssistantInvited {
    admit.run(actor, inviting("Uma", address), None).unwrap()
}

fn again(staff: StaffId) -> SendInvitation {
    to_whom(Whom::Seat { staff })
}

fn states(admit: &Admit, actor: &Actor) -> Vec<(State, Shown)> {
    let page = admit.delegations(actor, DelegationFilter::default(), None, 0).unwrap();
    let rows = page.items.iter();
    rows.map(|row| (row.state, row.assistant_seat.invitation_state)).collect()
}

fn acting(host: &Actor, staff: StaffId, for_whom: StaffId) -> Actor {
    Actor { who: Who::Staff(staff), on_behalf_of: Some(for_whom), ..host.clone() }
}

const UMA: &str = "uma@example.org";

#[test]
fn an_assistant_is_added_asked_again_accepted_disabled_and_asked_anew() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (nora, own) = seat(&admit, &host, Role::Practitioner);
    let names = vec![name("Ada", "Ash")];
    let profile = Profile { names, ..Profile::default() };
    let create = CreateClient { profile, stage: Stage::Registered };
    let ada = admit.run(&own, create, None).unwrap();
    // Added: the request is mailed, and the row is there at once.
    let uma = invite(&admit, &own, UMA);
    let first = emailed(&admit);
    assert_eq!(states(&admit, &own), [(State::Waiting, Shown::Pending)]);
    let on_file = admit.staff(&host, uma.staff).unwrap();
    assert_eq!((on_file.role, on_file.login), (Role::Assistant, None));
    // Asked again: the earlier link is dead.
    admit.run(&own, again(uma.staff), None).unwrap();
    assert_eq!(dead(&admit, &first), Dead::Superseded);
    let token = emailed(&admit);
    accept(&admit, with_password(&token)).unwrap();
    // Accepted only once the first steps are done.
    assert_eq!(states(&admit, &own), [(State::Onboarding, Shown::Accepted)]);
    admit.run(&host, MarkOnboarded { staff: uma.staff }, None).unwrap();
    assert_eq!(states(&admit, &own), [(State::Live, Shown::Accepted)]);
    let assistant = acting(&host, uma.staff, nora);
    assert!(admit.client(&assistant, ada).is_ok());
    let late = admit.run(&own, again(uma.staff), None);
    assert_eq!(refused(late), Refusal::StatusNotAllowed);
    // Disabled: the row stays, the pages are out of reach.
    admit.run(&own, EndDelegation { delegation: uma.delegation }, None).unwrap();
    assert_eq!(states(&admit, &own), [(State::Ended, Shown::Accepted)]);
    assert_eq!(refused(admit.client(&assistant, ada)), Refusal::DelegationMissing);
    // Only a new request brings it back; there is no second seat, and nothing to accept.
    let anew = invite(&admit, &own, UMA);
    assert_eq!((anew.staff, anew.invitation), (uma.staff, None));
    assert_eq!(states(&admit, &own).len(), 2);
    assert!(admit.client(&assistant, ada).is_ok());
    let told = claim(&admit);
    assert_eq!(told.last().unwrap().kind.word(), "delegation_given");
}

#[test]
fn the_colleague_of_two_practitioners_has_one_seat_and_two_rows() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, one) = seat(&admit, &host, Role::Practitioner);
    let (_, other) = seat(&admit, &host, Role::Practitioner);
    let first = invite(&admit, &one, UMA);
    let second = invite(&admit, &other, "UMA@EXAMPLE.ORG");
    assert_eq!((second.staff, second.invitation), (first.staff, None));
    assert_eq!(claim(&admit).iter().filter(|it| it.kind.word() == "invitation").count(), 1);
    let filter = StaffFilter { role: Some(Role::Assistant), ..StaffFilter::default() };
    assert_eq!(admit.staff_list(&host, filter, None, 0).unwrap().items.len(), 1);
    assert_eq!((states(&admit, &one).len(), states(&admit, &other).len()), (1, 1));
    let twice = admit.run(&one, inviting("Uma", UMA), None);
    assert_eq!(refused(twice), Refusal::DelegationExists);
    // Only who invited it asks again or takes the request back.
    assert_eq!(refused(admit.run(&other, again(first.staff), None)), Refusal::NotPermitted);
    let invitation = first.invitation.unwrap();
    let revoke = || RevokeInvitation { invitation };
    assert_eq!(refused(admit.run(&other, revoke(), None)), Refusal::NotPermitted);
    assert!(admit.run(&one, again(first.staff), None).is_ok());
    // It goes to the address that both know, and nowhere else: not even as a link on the screen.
    let elsewhere = [
        Recipient { email: Some(email("mallory@example.org")), ..Recipient::default() },
        Recipient { phone: Some(Phone::parse("+15555550123").unwrap()), ..Recipient::default() },
    ];
    for recipient in elsewhere {
        let led = SendInvitation { recipient, ..again(first.staff) };
        assert_eq!(refused(admit.run(&one, led, None)), Refusal::NotPermitted);
    }
    let show = ShowLink { invitation, channel: Channel::Copied };
    assert_eq!(refused(admit.run(&one, show, None)), Refusal::NotPermitted);
    admit.run(&one, revoke(), None).unwrap();
    let now = Timestamp::default();
    assert_eq!(find_invitation(&admit, invitation).shown(now), Shown::Revoked);
}

#[test]
fn a_menu_asks_beforehand_who_may_be_asked_again_and_given_to() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    let (_, other) = seat(&admit, &host, Role::Practitioner);
    let uma = invite(&admit, &own, UMA);
    let can = |actor: &Actor, action| match admit.can(actor, action, Some(uma.staff.into())) {
        Ok(()) => None,
        answer => Some(refused(answer)),
    };
    for action in [Action::InvitationSend, Action::DelegationGive] {
        assert_eq!(can(&own, action), None);
        assert_eq!(can(&host, action), None);
        assert_eq!(can(&other, action), Some(Refusal::NotPermitted));
    }
    accept(&admit, with_password(&emailed(&admit))).unwrap();
    for actor in [&own, &host] {
        assert_eq!(can(actor, Action::InvitationSend), Some(Refusal::StatusNotAllowed));
    }
}

#[test]
fn ending_the_last_delegation_of_who_has_not_accepted_takes_the_request_back() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (nora, own) = seat(&admit, &host, Role::Practitioner);
    let (_, other) = seat(&admit, &host, Role::Practitioner);
    let uma = invite(&admit, &own, UMA);
    let token = emailed(&admit);
    let theirs = invite(&admit, &other, UMA);
    admit.run(&own, EndDelegation { delegation: uma.delegation }, None).unwrap();
    assert!(is_live(&admit, &token), "she still works for another");
    // Who has ended it does not ask again: a new request does.
    assert_eq!(refused(admit.run(&own, again(uma.staff), None)), Refusal::NotPermitted);
    invite(&admit, &own, UMA);
    let filter = DelegationFilter { practitioner: Some(nora), ..DelegationFilter::default() };
    let rows = admit.delegations(&host, filter, None, 0).unwrap().items;
    let open = rows.iter().find(|row| row.state == State::Waiting).unwrap();
    admit.run(&host, EndDelegation { delegation: theirs.delegation }, None).unwrap();
    assert!(is_live(&admit, &token));
    admit.run(&host, EndDelegation { delegation: open.delegation.id }, None).unwrap();
    assert_eq!(dead(&admit, &token), Dead::Revoked);
    let anew = invite(&admit, &own, UMA);
    assert_eq!(anew.staff, uma.staff);
    assert!(is_live(&admit, &emailed(&admit)));
}

#[test]
fn a_lapsed_request_of_another_does_not_keep_a_new_one_from_going_out() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    let (_, other) = seat(&admit, &host, Role::Practitioner);
    let uma = invite(&admit, &own, UMA);
    emailed(&admit);
    clock.forward(6 * DAY);
    admit.upkeep(0).unwrap();
    clock.forward(6 * DAY);
    admit.upkeep(0).unwrap();
    clock.forward(6 * DAY);
    admit.upkeep(0).unwrap();
    let lapsed = find_invitation(&admit, uma.invitation.unwrap());
    assert!(lapsed.expires_at.millis() <= clock.millis());
    let second = invite(&admit, &other, UMA);
    assert_eq!(second.staff, uma.staff);
    assert!(second.invitation.is_some_and(|id| Some(id) != uma.invitation));
    accept(&admit, with_password(&emailed(&admit))).unwrap();
}

#[test]
fn s51_a_practitioner_gives_no_role_but_assistant_and_reaches_no_others_seats() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    for role in [Role::Admin, Role::Practitioner, Role::Assistant, Role::Member] {
        let recipient = super::post::recipient("Eve", "eve@example.org");
        let invite = SendInvitation { recipient, ..to_whom(Whom::NewSeat { role }) };
        assert_eq!(refused(admit.run(&own, invite, None)), Refusal::NotPermitted);
        let (waiting, _) = seat(&admit, &host, role);
        assert_eq!(refused(admit.run(&own, again(waiting), None)), Refusal::NotPermitted);
    }
    let (peer, _) = seat(&admit, &host, Role::Practitioner);
    let (_, assistant) = seat(&admit, &host, Role::Assistant);
    let (_, member) = seat(&admit, &host, Role::Member);
    let for_peer = InviteAssistant { practitioner: Some(peer), ..inviting("Uma", UMA) };
    assert_eq!(refused(admit.run(&own, for_peer.clone(), None)), Refusal::NotPermitted);
    for actor in [&assistant, &member] {
        let asked = admit.run(actor, inviting("Uma", UMA), None);
        assert_eq!(refused(asked), Refusal::NotPermitted);
    }
    let nobody = admit.run(&host, inviting("Uma", UMA), None).unwrap_err();
    assert_eq!(nobody.to_string(), "practitioner_id: must be given");
    // The host and an admin name the practitioner, who is then the one to ask again.
    let uma = admit.run(&host, for_peer, None).unwrap();
    let peers = Actor { who: Who::Staff(peer), ..host.clone() };
    assert!(admit.run(&peers, again(uma.staff), None).is_ok());
}

#[test]
fn an_address_of_another_role_or_of_who_is_suspended_is_refused() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    seat(&admit, &host, Role::Member);
    let taken = admit.run(&own, inviting("Mem", "member@clinic.example.org"), None);
    let wrong = taken.unwrap_err().to_string();
    assert_eq!(wrong, "email: must be a seat of the role that this takes");
    let uma = invite(&admit, &own, UMA);
    admit.run(&own, EndDelegation { delegation: uma.delegation }, None).unwrap();
    admit.run(&host, SuspendStaff { staff: uma.staff, revision: 0 }, None).unwrap();
    let asked = admit.run(&own, inviting("Uma", UMA), None);
    assert_eq!(refused(asked), Refusal::StatusNotAllowed);
    let given = GiveDelegation { assistant: uma.staff, practitioner: None, terms: all() };
    assert!(admit.run(&own, given, None).is_ok());
    assert_eq!(states(&admit, &own).last().unwrap().0, State::Waiting);
}

#[test]
fn who_shows_anothers_address_does_not_get_anothers_delegation() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    let (mal, mals) = seat(&admit, &host, Role::Assistant);
    let holder = login(&admit, &host, "mal@login.example.org");
    sit(&admit, &host, mal, holder);
    let change = StaffChange { email: Change::Set(email(UMA)), ..StaffChange::default() };
    admit.run(&mals, UpdateStaff { staff: mal, change, revision: 0 }, None).unwrap();
    let uma = invite(&admit, &own, UMA);
    assert_ne!(uma.staff, mal);
    // By the address of its login it is found, whatever its seat shows.
    let known = invite(&admit, &own, "mal@login.example.org");
    assert_eq!((known.staff, known.invitation), (mal, None));
}

#[test]
fn a_policy_may_refuse_an_assistant_and_then_nothing_is_left() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    super::deletion::install(
        &admit,
        "return { invitation = function(request)
           if request.invited_as == 'assistant' and request.asked_by.role == 'practitioner' then
             return deny{ code = 'no_more', text = 'No more assistants.' }
           end
           return allow{}
         end }",
    );
    let asked = admit.run(&own, inviting("Uma", UMA), None);
    assert!(matches!(asked, Err(Error::Denied(reasons)) if reasons[0].code == "no_more"));
    let filter = StaffFilter { role: Some(Role::Assistant), ..StaffFilter::default() };
    assert!(admit.staff_list(&host, filter, None, 0).unwrap().items.is_empty());
    assert!(states(&admit, &own).is_empty());
}

#[test]
fn a_practitioner_has_an_assistant_leave_that_is_only_its_own() {
    let (admit, _) = store();
    let host = practice(&admit);
    policy(&admit, "return allow.leave()");
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    let (_, other) = seat(&admit, &host, Role::Practitioner);
    let uma = invite(&admit, &own, UMA);
    let theirs = invite(&admit, &other, UMA);
    let leave = asking(Subject::Staff(uma.staff), Wanted::Leave);
    for actor in [&own, &other] {
        assert_eq!(refused(admit.plan_deletion(actor, &leave)), Refusal::NotPermitted);
    }
    admit.run(&other, EndDelegation { delegation: theirs.delegation }, None).unwrap();
    assert_eq!(refused(admit.plan_deletion(&other, &leave)), Refusal::NotPermitted);
    for wanted in [Wanted::Erase, Wanted::RemoveLogin] {
        let more = asking(Subject::Staff(uma.staff), wanted);
        assert_eq!(refused(admit.plan_deletion(&own, &more)), Refusal::NotPermitted);
    }
    let plan = admit.plan_deletion(&own, &leave).unwrap();
    let goes = |noun| plan.would_go.get(&noun).copied();
    let what = [Noun::Staff, Noun::Delegation, Noun::Invitation].map(goes);
    assert_eq!(what, [Some(1), Some(1), Some(1)]);
    assert_eq!(delete(&admit, &own, &leave).unwrap(), Confirmed::Left);
    assert_eq!(admit.staff(&host, uma.staff).unwrap().status, Status::Ended);
    assert_eq!(states(&admit, &own), [(State::Ended, Shown::Revoked)]);
    // The person comes back by a new request, to a new seat.
    let anew = invite(&admit, &own, UMA);
    assert_ne!(anew.staff, uma.staff);
}
