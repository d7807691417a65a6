//! Delegations: who gives them, what an assistant may do by them, and what stops them.

use super::deletion::{asking, policy};
use super::plant::{
    acting, add_staff, client, client_with_login, create, find_invitation, happenings, login,
    messages, practice_of, reasoned, seat, sit,
};
use super::post::{keyspaces_with, set_staff, to_client, to_new_client, to_whom};
use crate::support::{Clock, line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::{CreateClient, SetClientStatus};
use admit::commands::delegation::{
    ClearDelegation, DelegationFilter, EndDelegation, GiveDelegation, Terms,
};
use admit::commands::deletion::Confirmed;
use admit::commands::event::{Entry, EventFilter};
use admit::commands::grant::{GiveGrant, WithdrawGrant};
use admit::commands::invitation::{Row, SendInvitation, ShowLink, Whom};
use admit::commands::list::{ListFilter, ListKind};
use admit::commands::login_change::EndSessions;
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::commands::staff::{
    AddStaff, ChangeRole, MarkOnboarded, ReactivateStaff, StaffChange, SuspendStaff, UpdateStaff,
};
use admit::domain::access::{Action, Standing};
use admit::domain::actor::{Actor, Who};
use admit::domain::client::Status;
use admit::domain::delegation::{CLIENTS_MAX, Clients, State};
use admit::domain::deletion::Subject;
use admit::domain::event::{Happening, Outcome};
use admit::domain::grant::{Grantee, Ground};
use admit::domain::id::{ClientId, DelegationId, StaffId};
use admit::domain::invitation::Channel;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::ExternalId;
use admit::domain::time::{DAY, HOUR, Timestamp};
use admit::error::Error;
use admit::hooks::request::Wanted;
use admit::records::person::By;

struct World {
    admit: Admit,
    clock: Clock,
    host: Actor,
    nora: StaffId,
    own: Actor,
    ann: StaffId,
    /// The assistant, not acting for anybody.
    assistant: Actor,
    /// A client of Nora's, and one of nobody's.
    ada: ClientId,
    bo: ClientId,
}

impl World {
    fn new() -> Self {
        let (admit, clock) = store();
        let host = practice(&admit);
        let (nora, own) = seat(&admit, &host, Role::Practitioner);
        let (ann, assistant) = seat(&admit, &host, Role::Assistant);
        accepted(&admit, &host, ann, "ann@login.example.org");
        let ada = client(&admit, &own, "Ada", "Ash");
        let bo = client(&admit, &host, "Bo", "Birch");
        Self { admit, clock, host, nora, own, ann, assistant, ada, bo }
    }

    fn give(&self, terms: Terms) -> DelegationId {
        self.admit.run(&self.host, giving(self.ann, self.nora, terms), None).unwrap()
    }

    /// The assistant, acting for Nora.
    fn acting(&self) -> Actor {
        Actor { on_behalf_of: Some(self.nora), ..self.assistant.clone() }
    }

    fn reads(&self, client: ClientId) -> Result<ClientId, Refusal> {
        match self.admit.client(&self.acting(), client) {
            Ok(client) => Ok(client.id),
            Err(Error::Refused(refusal)) => Err(refusal),
            Err(other) => panic!("{other}"),
        }
    }

    fn state(&self, id: DelegationId) -> State {
        self.admit.delegation(&self.host, id).unwrap().state
    }

    fn latest(&self) -> Entry {
        let page = self.admit.events(&self.host, EventFilter::default(), None, 1).unwrap();
        page.items.into_iter().next().unwrap()
    }
}

fn all() -> Terms {
    Terms { actions: Vec::new(), clients: Clients::All, reason: None, ends_at: None }
}

fn giving(assistant: StaffId, practitioner: StaffId, terms: Terms) -> GiveDelegation {
    GiveDelegation { assistant, practitioner: Some(practitioner), terms }
}

/// Gives a seat a holder who has done the product's first steps.
fn accepted(admit: &Admit, host: &Actor, staff: StaffId, address: &str) {
    let holder = login(admit, host, address);
    sit(admit, host, staff, holder);
    admit.run(host, MarkOnboarded { staff }, None).unwrap();
}

#[test]
fn an_assistant_acts_for_a_practitioner_while_a_delegation_is_live() {
    let world = World::new();
    assert_eq!(world.reads(world.ada), Err(Refusal::DelegationMissing));
    let id = world.give(all());
    assert_eq!(world.state(id), State::Live);
    assert_eq!(world.reads(world.ada), Ok(world.ada));
    // Its own seat has no more than before, and the practitioner's reach is the limit.
    assert_eq!(refused(world.admit.client(&world.assistant, world.ada)), Refusal::NotPermitted);
    assert_eq!(world.reads(world.bo), Err(Refusal::NotPermitted));
    world.admit.run(&world.own, EndDelegation { delegation: id }, None).unwrap();
    assert_eq!(world.reads(world.ada), Err(Refusal::DelegationMissing));
    assert_eq!(world.state(id), State::Ended);
    let again = world.admit.run(&world.own, EndDelegation { delegation: id }, None);
    assert_eq!(refused(again), Refusal::AlreadyEnded);
    // It comes back by a new one alone.
    let next = world.give(all());
    assert_ne!(next, id);
    assert_eq!(world.reads(world.ada), Ok(world.ada));
}

#[test]
fn who_acts_for_named_clients_alone_invites_those_among_many_and_nobody_else() {
    let world = World::new();
    let (admit, acting) = (&world.admit, world.acting());
    let rows = || {
        let new = to_new_client("Dan", "dan@example.org");
        vec![to_client(world.ada), to_client(world.bo), new]
    };
    let none = admit.send_invitations(&acting, rows(), None);
    assert_eq!(refused(none), Refusal::DelegationMissing);
    world.give(Terms { clients: Clients::Only(vec![world.ada]), ..all() });
    let done = admit.send_invitations(&acting, rows(), None).unwrap();
    assert!(matches!(done[0], Row::Sent(_)), "{done:?}");
    assert_eq!(
        done[1..],
        [Row::Skipped(Refusal::NotPermitted), Row::Skipped(Refusal::NotPermitted)]
    );
}

#[test]
fn what_an_assistant_makes_is_the_practitioners() {
    let world = World::new();
    let (admit, acting) = (&world.admit, world.acting());
    world.give(all());
    let made = client(admit, &acting, "Cleo", "Cedar");
    assert_eq!(admit.client(&world.own, made).unwrap().id, made);
    assert_eq!(refused(admit.client(&world.assistant, made)), Refusal::NotPermitted);
    let grants = admit.grants(&world.own, made).unwrap();
    assert_eq!((grants.len(), grants[0].grantee), (1, Grantee::Staff(world.nora)));
    assert_eq!((grants[0].ground, grants[0].given_by), (Ground::Created, Who::Staff(world.ann)));
    let sent = admit.run(&acting, to_new_client("Dan", "dan@example.org"), None).unwrap();
    let found = find_invitation(admit, sent.invitation);
    assert_eq!(found.inviting_seat(), Some(world.nora));
    assert_eq!(found.inviter, Who::Staff(world.ann));
    assert!(admit.invitation(&world.own, sent.invitation).is_ok());
    assert_eq!(refused(admit.invitation(&world.assistant, sent.invitation)), Refusal::NotPermitted);
    // The mail says who invites: the practitioner. The policy's and the notice's facts name both.
    let claimed = super::post::claim(admit);
    let mail = claimed.iter().find(|it| it.kind.word() == "invitation").unwrap();
    let facts: serde_json::Value = serde_json::from_str(&mail.facts_json).unwrap();
    assert_eq!(facts["inviter"], "practitioner Seat");
    assert_eq!(facts["actor"]["name"], "assistant Seat");
    assert_eq!(facts["actor"]["role"], "assistant");
    assert_eq!(facts["actor"]["on_behalf_of"], "practitioner Seat");
}

#[test]
fn a_policy_is_told_for_whom_an_assistant_invites() {
    let world = World::new();
    super::deletion::install(
        &world.admit,
        "return { invitation = function(request)
           local by = request.asked_by
           if by.role == 'assistant' and by.on_behalf_of == 'practitioner Seat' then
             return deny{ code = 'by_assistant', text = 'Only ' .. by.on_behalf_of .. ' invites.' }
           end
           return allow{}
         end }",
    );
    world.give(all());
    let denied = world.admit.run(&world.acting(), to_client(world.ada), None);
    let Err(Error::Denied(reasons)) = denied else { panic!("{denied:?}") };
    assert_eq!(reasons[0].text.as_str(), "Only practitioner Seat invites.");
    assert!(world.admit.run(&world.own, to_client(world.ada), None).is_ok());
}

#[test]
fn s61_both_names_stand_in_every_event_of_an_assistant_who_acts_for_another() {
    let world = World::new();
    let (who, nora) = (Who::Staff(world.ann), Some(world.nora));
    world.give(all());
    client(&world.admit, &world.acting(), "Cleo", "Cedar");
    let done = world.latest();
    assert_eq!((done.happening, done.outcome), (Happening::ClientCreated, Outcome::Done));
    assert_eq!((done.who, done.on_behalf_of), (who, nora));
    assert_eq!(world.reads(world.bo), Err(Refusal::NotPermitted));
    let read = world.latest();
    assert_eq!(read.outcome, Outcome::Refused(Refusal::NotPermitted));
    assert_eq!((read.who, read.on_behalf_of), (who, nora));
    let grantee = Grantee::Staff(world.ann);
    let (scopes, reason, client) = (Vec::new(), None, world.ada);
    let give = GiveGrant { client, grantee, scopes, reason, ends_at: None };
    assert_eq!(refused(world.admit.run(&world.acting(), give, None)), Refusal::NotPermitted);
    let written = world.latest();
    assert_eq!((written.happening, written.on_behalf_of), (Happening::AccessRefused, nora));
    // A missing delegation is refused by both names too.
    let (other, _) = seat(&world.admit, &world.host, Role::Practitioner);
    let for_other = Actor { on_behalf_of: Some(other), ..world.assistant.clone() };
    assert_eq!(refused(world.admit.client(&for_other, world.ada)), Refusal::DelegationMissing);
    assert_eq!((world.latest().who, world.latest().on_behalf_of), (who, Some(other)));
}

#[test]
fn s61_refusals_by_the_dozen_are_counted_for_each_practitioner_apart() {
    let world = World::new();
    let (other, _) = seat(&world.admit, &world.host, Role::Practitioner);
    let for_other = Actor { on_behalf_of: Some(other), ..world.assistant.clone() };
    for _ in 0..12 {
        assert_eq!(world.reads(world.ada), Err(Refusal::DelegationMissing));
    }
    assert_eq!(refused(world.admit.client(&for_other, world.ada)), Refusal::DelegationMissing);
    assert_eq!(world.latest().on_behalf_of, Some(other));
    world.clock.forward(HOUR);
    world.admit.upkeep(0).unwrap();
    let filter = EventFilter { who: Some(Who::Staff(world.ann)), ..EventFilter::default() };
    let page = world.admit.events(&world.host, filter, None, 100).unwrap();
    let of = |staff| {
        let of = page.items.iter().filter(|it| it.on_behalf_of == Some(staff));
        of.map(|it| it.count).sum::<u32>()
    };
    assert_eq!((of(world.nora), of(other)), (12, 1));
}

#[test]
fn a_delegation_names_actions_and_reading_comes_along() {
    let world = World::new();
    let actions = vec![Action::InvitationSend, Action::InvitationSend];
    let id = world.give(Terms { actions, ..all() });
    let view = world.admit.delegation(&world.own, id).unwrap();
    assert_eq!(view.delegation.actions, [Action::InvitationSend]);
    assert_eq!(world.reads(world.ada), Ok(world.ada));
    assert!(world.admit.run(&world.acting(), to_client(world.ada), None).is_ok());
    let status = SetClientStatus { client: world.ada, status: Status::Deactivated, revision: 0 };
    let set = world.admit.run(&world.acting(), status, None);
    assert_eq!(refused(set), Refusal::DelegationMissing);
    let made = world.admit.run(&world.acting(), create("Cleo", "Cedar", None), None);
    assert_eq!(refused(made), Refusal::DelegationMissing);
    // What nobody can delegate is not missing: it is not permitted.
    let (channel, ada) = (Channel::Copied, to_client(world.ada));
    let invitation = world.admit.run(&world.own, ada, None).unwrap().invitation;
    let show = ShowLink { invitation, channel };
    assert_eq!(refused(world.admit.run(&world.acting(), show, None)), Refusal::DelegationMissing);
    let erase = asking(Subject::Client(world.ada), Wanted::Erase);
    assert_eq!(refused(world.admit.plan_deletion(&world.acting(), &erase)), Refusal::NotPermitted);
}

#[test]
fn what_would_outlast_a_delegation_is_nobodys_to_delegate() {
    let kept = [
        Action::GrantGive,
        Action::GrantWithdraw,
        Action::ProxyAdd,
        Action::ClientExport,
        Action::LoginCreate,
        Action::LoginSetTemporary,
        Action::LoginRemove,
        Action::DeletionPlan,
        Action::DeletionConfirm,
        Action::StaffUpdate,
        Action::PracticeUpdate,
        Action::ScriptManage,
        Action::DelegationGive,
        Action::DelegationEnd,
        Action::AssistantInvite,
    ];
    let world = World::new();
    for action in kept {
        assert!(!action.is_delegable(), "{}", action.word());
        let terms = Terms { actions: vec![action], ..all() };
        let given = world.admit.run(&world.host, giving(world.ann, world.nora, terms), None);
        let wrong = given.unwrap_err().to_string();
        assert_eq!(wrong, "actions: must be one of the values that this version knows");
    }
    // And none goes further than for the practitioner.
    for action in Action::ALL {
        for relation in [
            admit::domain::access::Relation::Practice,
            admit::domain::access::Relation::Granted,
            admit::domain::access::Relation::Own,
        ] {
            let may = |standing| action.reach(standing).admit(relation, false).is_ok();
            assert!(!may(Standing::Delegate) || may(Standing::Practitioner), "{}", action.word());
        }
    }
}

#[test]
fn a_delegation_for_named_clients_reaches_those_and_makes_no_others() {
    let world = World::new();
    let (admit, acting) = (&world.admit, world.acting());
    let cleo = client(admit, &world.own, "Cleo", "Cedar");
    let unbound = admit.run(&world.own, to_new_client("Dan", "dan@example.org"), None).unwrap();
    let terms = Terms { clients: Clients::Only(vec![world.ada]), ..all() };
    let id = world.give(terms);
    assert_eq!(world.reads(world.ada), Ok(world.ada));
    assert_eq!(world.reads(cleo), Err(Refusal::NotPermitted));
    assert_eq!(
        refused(admit.run(&acting, create("Eve", "Elm", None), None)),
        Refusal::NotPermitted
    );
    let invite = to_new_client("Eve", "eve@example.org");
    assert_eq!(refused(admit.run(&acting, invite, None)), Refusal::NotPermitted);
    assert_eq!(refused(admit.invitation(&acting, unbound.invitation)), Refusal::NotPermitted);
    let listed = |actor: &Actor, filter: &ListFilter| {
        let page = admit.person_list(actor, filter, By::Name, None, 0).unwrap().page;
        page.items.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    let kinds = vec![ListKind::Client, ListKind::Invitation];
    let filter = ListFilter { kinds, ..ListFilter::default() };
    assert_eq!(listed(&acting, &filter), ["Ada Ash"]);
    assert_eq!(listed(&world.own, &filter), ["Ada Ash", "Cleo Cedar", "Dan Garcia"]);
    let found = |actor: &Actor| admit.search(actor, "c", 0).unwrap().len();
    assert_eq!((found(&acting), found(&world.own)), (0, 1));
    // A chart that closes to the practitioner closes to the assistant.
    let grant = admit.grants(&world.host, world.ada).unwrap()[0].id;
    admit.run(&world.host, WithdrawGrant { grant }, None).unwrap();
    assert_eq!(world.reads(world.ada), Err(Refusal::NotPermitted));
    assert_eq!(world.state(id), State::Live);
}

#[test]
fn an_assistant_reaches_the_logins_of_the_practitioners_clients_and_no_others() {
    let world = World::new();
    let (admit, acting) = (&world.admit, world.acting());
    world.give(all());
    let (held, holder, _) = client_with_login(admit, &world.host, "Flo");
    let end = EndSessions { login: holder };
    assert_eq!(refused(admit.run(&acting, end.clone(), None)), Refusal::NotPermitted);
    let (scopes, reason) = (Vec::new(), None);
    let grantee = Grantee::Staff(world.nora);
    let give = GiveGrant { client: held, grantee, scopes, reason, ends_at: None };
    admit.run(&world.host, give, None).unwrap();
    admit.run(&acting, end, None).unwrap();
    // Neither the practitioner's own login nor its own.
    let own = login(admit, &world.host, "nora@login.example.org");
    sit(admit, &world.host, world.nora, own);
    let its = admit.staff(&world.host, world.ann).unwrap().login.unwrap();
    for login in [own, its] {
        let ended = admit.run(&acting, EndSessions { login }, None);
        assert_eq!(refused(ended), Refusal::NotPermitted);
    }
}

#[test]
fn a_room_of_the_practitioners_opens_its_clients_to_the_assistant_who_acts() {
    let world = World::new();
    let (admit, host) = (&world.admit, &world.host);
    world.give(all());
    let room = CreateRoom { name: line("North"), external_id: None };
    let room = admit.run(host, room, None).unwrap();
    admit.run(host, AssignRoom { room, member: Member::Client(world.bo) }, None).unwrap();
    assert_eq!(world.reads(world.bo), Err(Refusal::NotPermitted));
    let invite = to_whom(Whom::NewClient { rooms: vec![room] });
    let recipient = super::post::recipient("Eve", "eve@example.org");
    let invite = SendInvitation { recipient, ..invite };
    let sent = admit.run(&world.acting(), invite.clone(), None);
    assert_eq!(refused(sent), Refusal::NotPermitted);
    admit.run(host, AssignRoom { room, member: Member::Staff(world.nora) }, None).unwrap();
    assert_eq!(world.reads(world.bo), Ok(world.bo));
    assert!(admit.run(&world.acting(), invite, None).is_ok());
}

#[test]
fn it_lapses_at_its_end_and_upkeep_records_that() {
    let world = World::new();
    let ends_at = Some(Timestamp::from_millis(world.clock.millis() + DAY));
    let id = world.give(Terms { ends_at, ..all() });
    world.clock.forward(DAY - 1);
    assert_eq!(world.reads(world.ada), Ok(world.ada));
    world.clock.forward(1);
    assert_eq!(world.reads(world.ada), Err(Refusal::DelegationMissing));
    assert_eq!(world.state(id), State::Lapsed);
    let end = world.admit.run(&world.own, EndDelegation { delegation: id }, None);
    assert_eq!(refused(end), Refusal::AlreadyEnded);
    let next = world.give(all());
    let kept = world.admit.upkeep(0).unwrap();
    assert_eq!(
        (kept.delegations, world.state(id), world.state(next)),
        (1, State::Lapsed, State::Live)
    );
    assert_eq!(world.admit.upkeep(0).unwrap().delegations, 0);
    let lapsed = happenings(&world.admit, &world.host);
    assert_eq!(lapsed.iter().filter(|word| **word == "delegation.lapsed").count(), 1);
    let late = Terms { ends_at, ..all() };
    let late = world.admit.run(&world.host, giving(world.ann, world.nora, late), None);
    assert_eq!(late.unwrap_err().to_string(), "ends_at: must be within the permitted range");
}

#[test]
fn it_waits_for_acceptance_and_for_the_first_steps() {
    let world = World::new();
    let (admit, host) = (&world.admit, &world.host);
    let (eli, own) = seat(admit, host, Role::Assistant);
    let id = admit.run(host, giving(eli, world.nora, all()), None).unwrap();
    let acting = Actor { on_behalf_of: Some(world.nora), ..own.clone() };
    assert_eq!(world.state(id), State::Waiting);
    assert_eq!(refused(admit.client(&acting, world.ada)), Refusal::DelegationMissing);
    let holder = login(admit, host, "eli@login.example.org");
    sit(admit, host, eli, holder);
    assert_eq!(world.state(id), State::Onboarding);
    assert_eq!(refused(admit.client(&acting, world.ada)), Refusal::DelegationMissing);
    admit.run(&own, MarkOnboarded { staff: eli }, None).unwrap();
    assert_eq!(world.state(id), State::Live);
    assert!(admit.client(&acting, world.ada).is_ok());
}

#[test]
fn a_suspension_of_either_seat_stops_it_while_it_lasts() {
    let world = World::new();
    let (admit, host) = (&world.admit, &world.host);
    let id = world.give(all());
    let expected = [(world.nora, Refusal::DelegationMissing), (world.ann, Refusal::ActorSuspended)];
    for (staff, refusal) in expected {
        admit.run(host, SuspendStaff { staff, revision: 0 }, None).unwrap();
        assert_eq!(world.reads(world.ada), Err(refusal));
        assert_eq!(world.state(id), State::Stopped);
        admit.run(host, ReactivateStaff { staff, revision: 0 }, None).unwrap();
        assert_eq!(world.reads(world.ada), Ok(world.ada));
    }
    // A practitioner who is not approved any more does not act through another.
    set_staff(admit, host, |seat| {
        if seat.id == world.nora {
            seat.approval = admit::domain::staff::Approval::Pending;
        }
    });
    assert_eq!(world.reads(world.ada), Err(Refusal::DelegationMissing));
}

#[test]
fn another_role_ends_it() {
    let world = World::new();
    let id = world.give(all());
    let (staff, role) = (world.ann, Role::Member);
    let change = ChangeRole { staff, role, revision: 0 };
    world.admit.run(&reasoned(&world.host), change, None).unwrap();
    assert_eq!(world.state(id), State::Ended);
    let ended = happenings(&world.admit, &world.host);
    assert_eq!(ended.last(), Some(&"delegation.ended"));
    // By an import of staff too.
    let external_id = Some(ExternalId::parse("s-1").unwrap());
    let add = AddStaff { external_id, ..add_staff(Role::Assistant, "Eli") };
    let eli = world.admit.run(&world.host, add, None).unwrap();
    let given = giving(eli, world.nora, all());
    let id = world.admit.run(&world.host, given, None).unwrap();
    let row = r#"{"external_id":"s-1","name":"Eli Seat","role":"member"}"#;
    let host = reasoned(&world.host);
    world.admit.import_staff(&host, row.as_bytes()).unwrap();
    assert_eq!(world.admit.staff(&host, eli).unwrap().role, Role::Member);
    assert_eq!(world.state(id), State::Ended);
}

#[test]
fn an_ended_session_does_not_act_for_anybody() {
    let world = World::new();
    world.give(all());
    let session = Actor { session: Some(1), ..world.acting() };
    assert!(world.admit.client(&session, world.ada).is_ok());
    let login = world.admit.staff(&world.host, world.ann).unwrap().login.unwrap();
    world.admit.run(&world.host, EndSessions { login }, None).unwrap();
    assert_eq!(refused(world.admit.client(&session, world.ada)), Refusal::SessionEnded);
}

#[test]
fn only_an_assistant_acts_and_only_for_a_practitioner() {
    let world = World::new();
    let (admit, host) = (&world.admit, &world.host);
    let (peer, peers) = seat(admit, host, Role::Practitioner);
    let (admin, _) = seat(admit, host, Role::Admin);
    let given = |assistant, practitioner| {
        let given = admit.run(host, giving(assistant, practitioner, all()), None);
        given.unwrap_err().to_string()
    };
    assert_eq!(given(peer, world.nora), "assistant_id: must be a seat of the role that this takes");
    assert_eq!(
        given(world.ann, admin),
        "practitioner_id: must be a seat of the role that this takes"
    );
    for (who, for_whom) in [(peers.who, world.nora), (world.own.who, world.nora)] {
        let actor = Actor { on_behalf_of: Some(for_whom), ..acting(host, who) };
        assert_eq!(refused(admit.client(&actor, world.ada)), Refusal::DelegationMissing);
    }
    let (_, _, holder) = client_with_login(admit, host, "Flo");
    for who in [holder.who, Who::Visitor] {
        let actor = Actor { on_behalf_of: Some(world.nora), ..acting(host, who) };
        let read = admit.client(&actor, world.ada);
        assert_eq!(refused(read), Refusal::DelegationMissing);
    }
}

#[test]
fn a_practitioner_gives_to_its_own_assistants_and_for_itself_alone() {
    let world = World::new();
    let (admit, host) = (&world.admit, &world.host);
    let (peer, peers) = seat(admit, host, Role::Practitioner);
    let own = |actor: &Actor, practitioner| {
        admit.run(actor, giving(world.ann, practitioner, all()), None)
    };
    assert_eq!(refused(own(&world.own, world.nora)), Refusal::NotPermitted);
    assert_eq!(refused(own(&world.own, peer)), Refusal::NotPermitted);
    assert_eq!(refused(own(&world.assistant, world.nora)), Refusal::NotPermitted);
    let id = world.give(all());
    assert_eq!(refused(own(&world.host, world.nora)), Refusal::DelegationExists);
    // One that has acted for it is its own.
    admit.run(&world.own, EndDelegation { delegation: id }, None).unwrap();
    let again = admit.run(
        &world.own,
        GiveDelegation { assistant: world.ann, practitioner: None, terms: all() },
        None,
    );
    let again = again.unwrap();
    // A colleague reaches neither the assistant nor what was given.
    assert_eq!(refused(own(&peers, peer)), Refusal::NotPermitted);
    assert_eq!(refused(admit.delegation(&peers, again)), Refusal::NotPermitted);
    for refusal in [
        refused(admit.run(&peers, EndDelegation { delegation: again }, None)),
        refused(admit.run(&peers, ClearDelegation { delegation: again }, None)),
    ] {
        assert_eq!(refusal, Refusal::NotPermitted);
    }
    assert!(
        admit.delegations(&peers, DelegationFilter::default(), None, 0).unwrap().items.is_empty()
    );
}

#[test]
fn an_assistant_ends_its_own_but_neither_gives_nor_clears() {
    let world = World::new();
    let (admit, own) = (&world.admit, &world.assistant);
    let delegation = world.give(all());
    let change = UpdateStaff {
        staff: world.ann,
        change: StaffChange {
            title: admit::commands::Change::Set(line("Nurse")),
            ..StaffChange::default()
        },
        revision: 0,
    };
    assert_eq!(refused(admit.run(&world.acting(), change, None)), Refusal::NotPermitted);
    // Not in the practitioner's place: a delegation is no way to others.
    let as_nora = admit.run(&world.acting(), EndDelegation { delegation }, None);
    assert_eq!(refused(as_nora), Refusal::NotPermitted);
    assert_eq!(refused(admit.delegation(&world.acting(), delegation)), Refusal::NotPermitted);
    admit.run(own, EndDelegation { delegation }, None).unwrap();
    assert_eq!(
        refused(admit.run(own, ClearDelegation { delegation }, None)),
        Refusal::NotPermitted
    );
    assert_eq!(admit.delegation(own, delegation).unwrap().state, State::Ended);
}

#[test]
fn it_is_cleared_off_the_list_once_it_is_over() {
    let world = World::new();
    let (admit, own) = (&world.admit, &world.own);
    let delegation = world.give(all());
    let clear = || admit.run(own, ClearDelegation { delegation }, None);
    assert_eq!(refused(clear()), Refusal::StatusNotAllowed);
    assert_eq!(
        refused(admit.can(own, Action::DelegationClear, Some(delegation.into()))),
        Refusal::StatusNotAllowed
    );
    admit.run(own, EndDelegation { delegation }, None).unwrap();
    assert_eq!(
        refused(admit.can(own, Action::DelegationEnd, Some(delegation.into()))),
        Refusal::AlreadyEnded
    );
    let listed = |with_cleared| {
        let filter = DelegationFilter { with_cleared, ..DelegationFilter::default() };
        admit.delegations(own, filter, None, 0).unwrap().items.len()
    };
    assert_eq!(listed(false), 1);
    clear().unwrap();
    assert_eq!((listed(false), listed(true)), (0, 1));
    assert_eq!(refused(clear()), Refusal::AlreadyEnded);
    assert!(admit.delegation(own, delegation).unwrap().delegation.cleared_at.is_some());
}

#[test]
fn a_list_is_one_call_with_filters_and_pages() {
    let world = World::new();
    let (admit, host) = (&world.admit, &world.host);
    let (peer, peers) = seat(admit, host, Role::Practitioner);
    let ended = world.give(all());
    admit.run(host, EndDelegation { delegation: ended }, None).unwrap();
    let live = world.give(all());
    let theirs = admit.run(host, giving(world.ann, peer, all()), None).unwrap();
    let listed = |actor: &Actor, filter: DelegationFilter| {
        let page = admit.delegations(actor, filter, None, 0).unwrap();
        page.items.iter().map(|it| it.delegation.id).collect::<Vec<_>>()
    };
    let any = DelegationFilter::default();
    let sorted = |mut ids: Vec<DelegationId>| {
        ids.sort();
        ids
    };
    let every = sorted(vec![ended, live, theirs]);
    assert_eq!(sorted(listed(host, any)), every);
    assert_eq!(sorted(listed(&world.assistant, any)), every);
    assert_eq!(sorted(listed(&world.own, any)), sorted(vec![ended, live]));
    let of_peer = DelegationFilter { practitioner: Some(peer), ..any };
    assert_eq!(listed(host, of_peer), [theirs]);
    assert_eq!(listed(&peers, any), [theirs]);
    assert!(listed(&world.own, of_peer).is_empty());
    let state = DelegationFilter { state: Some(State::Ended), ..any };
    assert_eq!(listed(host, state), [ended]);
    let of_ann = DelegationFilter { assistant: Some(world.ann), ..any };
    let first = admit.delegations(host, of_ann, None, 2).unwrap();
    let rest = admit.delegations(host, of_ann, first.next.as_deref(), 2).unwrap();
    assert_eq!((first.items.len(), rest.items.len(), rest.next), (2, 1, None));
    let row = &first.items[0];
    assert_eq!(row.assistant_seat.name, "assistant Seat");
    assert_eq!(row.assistant_seat.email.as_deref(), Some("assistant@clinic.example.org"));
    assert_eq!(row.practitioner_name, "practitioner Seat");
}

#[test]
fn the_list_of_people_shows_whom_a_practitioner_has_delegated() {
    let world = World::new();
    let (admit, host) = (&world.admit, &world.host);
    let cleo = client(admit, &world.own, "Cleo", "Cedar");
    let terms = Terms { clients: Clients::Only(vec![world.ada]), ..all() };
    let delegation = world.give(terms);
    let listed = |actor: &Actor, staff| {
        let filter = ListFilter { delegated_by: Some(staff), ..ListFilter::default() };
        let page = admit.person_list(actor, &filter, By::Name, None, 0).unwrap();
        assert_eq!(page.total, page.page.items.len() as u64);
        page.page.items.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(listed(host, world.nora), [world.ada.uuid(), world.ann.uuid()]);
    assert_eq!(listed(&world.own, world.nora), [world.ada.uuid(), world.ann.uuid()]);
    assert!(listed(host, world.ann).is_empty());
    admit.run(host, EndDelegation { delegation }, None).unwrap();
    assert!(listed(host, world.nora).is_empty());
    world.give(all());
    assert_eq!(listed(host, world.nora), [world.ada.uuid(), world.ann.uuid(), cleo.uuid()]);
    let elsewhere = practice(admit);
    let filter = ListFilter { delegated_by: Some(world.nora), ..ListFilter::default() };
    let strange = admit.person_list(&elsewhere, &filter, By::Name, None, 0);
    assert_eq!(refused(strange), Refusal::NotFound);
}

#[test]
fn both_sides_are_told_but_the_one_that_did_it() {
    let world = World::new();
    let (admit, host) = (&world.admit, &world.host);
    let delegation = world.give(all());
    let (nora, ann) =
        ("practitioner@clinic.example.org".to_owned(), "assistant@clinic.example.org".to_owned());
    let given = [("delegation_given", ann.clone()), ("delegation_given", nora.clone())];
    assert_eq!(messages(admit, host), given);
    admit.run(&world.own, EndDelegation { delegation }, None).unwrap();
    let told = messages(admit, host);
    assert_eq!(told.len(), 3);
    assert!(told.contains(&("delegation_ended", ann)));
    // Each is told of the other.
    let claimed = super::post::claim(admit);
    let mail = claimed.iter().find(|it| it.kind.word() == "delegation_ended").unwrap();
    let facts: serde_json::Value = serde_json::from_str(&mail.facts_json).unwrap();
    assert_eq!(facts["staff"]["name"], "practitioner Seat");
}

#[test]
fn its_terms_are_held_to_limits_and_to_what_the_practitioner_has() {
    let world = World::new();
    let (admit, host) = (&world.admit, &world.host);
    let given = |clients| {
        let terms = Terms { clients: Clients::Only(clients), ..all() };
        admit.run(host, giving(world.ann, world.nora, terms), None)
    };
    assert_eq!(given(Vec::new()).unwrap_err().to_string(), "client_ids: must not be empty");
    let many = given(vec![world.ada; CLIENTS_MAX + 1]).unwrap_err().to_string();
    assert_eq!(many, "client_ids: must have at most 100 entries");
    assert_eq!(refused(given(vec![world.bo])), Refusal::NotPermitted);
    let there = practice(admit);
    let theirs = client(admit, &there, "Zoe", "Zinc");
    assert_eq!(refused(given(vec![theirs])), Refusal::NotFound);
    assert!(given(vec![world.ada]).is_ok());
}

#[test]
fn nothing_of_another_practice_is_found() {
    let world = World::new();
    let admit = &world.admit;
    let delegation = world.give(all());
    let there = practice(admit);
    let (theirs, their_own) = seat(admit, &there, Role::Practitioner);
    let (helper, _) = seat(admit, &there, Role::Assistant);
    for (assistant, practitioner) in [(world.ann, theirs), (helper, world.nora)] {
        for actor in [&there, &world.host] {
            let given = admit.run(actor, giving(assistant, practitioner, all()), None);
            assert_eq!(refused(given), Refusal::NotFound);
        }
    }
    for actor in [&there, &their_own] {
        assert_eq!(refused(admit.delegation(actor, delegation)), Refusal::NotFound);
        let ended = admit.run(actor, EndDelegation { delegation }, None);
        assert_eq!(refused(ended), Refusal::NotFound);
        let cleared = admit.run(actor, ClearDelegation { delegation }, None);
        assert_eq!(refused(cleared), Refusal::NotFound);
        let filter = DelegationFilter { assistant: Some(world.ann), ..DelegationFilter::default() };
        assert_eq!(refused(admit.delegations(actor, filter, None, 0)), Refusal::NotFound);
    }
    let across = Actor { on_behalf_of: Some(theirs), ..world.assistant.clone() };
    assert_eq!(refused(admit.client(&across, world.ada)), Refusal::NotFound);
    let nobody = DelegationId::from_uuid(world.ada.uuid());
    assert_eq!(refused(admit.delegation(&world.host, nobody)), Refusal::NotFound);
}

#[test]
fn the_same_key_for_another_practitioner_is_another_request() {
    let world = World::new();
    let admit = &world.admit;
    let (other, _) = seat(admit, &world.host, Role::Practitioner);
    world.give(all());
    admit.run(&world.host, giving(world.ann, other, all()), None).unwrap();
    let key = admit::domain::text::IdempotencyKey::parse("once").unwrap();
    let made = |staff| {
        let actor = Actor { on_behalf_of: Some(staff), ..world.assistant.clone() };
        let create: CreateClient = create("Cleo", "Cedar", None);
        admit.run(&actor, create, Some(&key))
    };
    let first = made(world.nora).unwrap();
    assert_eq!(made(world.nora).unwrap(), first);
    assert_eq!(refused(made(other)), Refusal::Conflict);
}

#[test]
fn an_erased_client_is_taken_out_of_what_was_delegated() {
    let world = World::new();
    let (admit, host) = (&world.admit, reasoned(&world.host));
    policy(admit, "return allow.erase()");
    let terms = Terms { clients: Clients::Only(vec![world.ada]), ..all() };
    let id = world.give(terms);
    let before = admit.staff(&host, world.nora).unwrap().revision;
    let erase = asking(Subject::Client(world.ada), Wanted::Erase);
    let erased = super::deletion::delete(admit, &host, &erase).unwrap();
    assert!(matches!(erased, Confirmed::Erased(_)));
    let left = admit.delegation(&host, id).unwrap().delegation.clients;
    // For nobody: an empty list is not everybody.
    assert_eq!(left, Clients::Only(Vec::new()));
    let cleo = client(admit, &world.own, "Cleo", "Cedar");
    assert_eq!(world.reads(cleo), Err(Refusal::NotPermitted));
    assert!(admit.staff(&host, world.nora).unwrap().revision > before);
    let spaces = keyspaces_with(admit, world.ada.bytes());
    assert!(!spaces.iter().any(|space| space.starts_with("delegation")), "{spaces:?}");
}

#[test]
fn a_delegation_changes_the_revision_of_both_seats() {
    let world = World::new();
    let revisions =
        || [world.nora, world.ann].map(|id| world.admit.staff(&world.host, id).unwrap().revision);
    let before = revisions();
    let delegation = world.give(all());
    let given = revisions();
    world.admit.run(&world.own, EndDelegation { delegation }, None).unwrap();
    let ended = revisions();
    assert!(before[0] < given[0] && before[1] < given[1]);
    assert!(given[0] < ended[0] && given[1] < ended[1]);
}

#[test]
fn the_host_that_acts_for_a_practitioner_makes_what_is_the_practitioners() {
    let world = World::new();
    let host = Actor { on_behalf_of: Some(world.nora), ..world.host.clone() };
    let made = client(&world.admit, &host, "Cleo", "Cedar");
    assert!(world.admit.client(&world.own, made).is_ok());
    assert_eq!(practice_of(&host), practice_of(&world.host));
}
