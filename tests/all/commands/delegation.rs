//! Delegations: what an assistant may do by them, and what stops them.

use super::deletion::asking;
use super::plant::{
    add_staff, client, client_with_login, create, find_invitation, happenings, login, reasoned,
    seat, sit,
};
use super::post::{set_staff, to_client, to_new_client, to_whom};
use crate::support::{Clock, line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::SetClientStatus;
use admit::commands::delegation::{EndDelegation, GiveDelegation, Terms};
use admit::commands::event::{Entry, EventFilter};
use admit::commands::grant::{GiveGrant, WithdrawGrant};
use admit::commands::invitation::{Row, SendInvitation, ShowLink, Whom};
use admit::commands::list::{ListFilter, ListKind};
use admit::commands::login_change::EndSessions;
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::commands::staff::{AddStaff, ChangeRole, MarkOnboarded, ReactivateStaff, SuspendStaff};
use admit::domain::access::{Action, Standing};
use admit::domain::actor::{Actor, Who};
use admit::domain::client::Status;
use admit::domain::delegation::{Clients, State};
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

pub struct World {
    pub admit: Admit,
    pub clock: Clock,
    pub host: Actor,
    pub nora: StaffId,
    pub own: Actor,
    pub ann: StaffId,
    /// The assistant, not acting for anybody.
    pub assistant: Actor,
    /// A client of Nora's, and one of nobody's.
    pub ada: ClientId,
    pub bo: ClientId,
}

impl World {
    pub fn new() -> Self {
        let (admit, clock) = store();
        let host = practice(&admit);
        let (nora, own) = seat(&admit, &host, Role::Practitioner);
        let (ann, assistant) = seat(&admit, &host, Role::Assistant);
        accepted(&admit, &host, ann, "ann@login.example.org");
        let ada = client(&admit, &own, "Ada", "Ash");
        let bo = client(&admit, &host, "Bo", "Birch");
        Self { admit, clock, host, nora, own, ann, assistant, ada, bo }
    }

    pub fn give(&self, terms: Terms) -> DelegationId {
        self.admit.run(&self.host, giving(self.ann, self.nora, terms), None).unwrap()
    }

    /// The assistant, acting for Nora.
    pub fn acting(&self) -> Actor {
        Actor { on_behalf_of: Some(self.nora), ..self.assistant.clone() }
    }

    pub fn reads(&self, client: ClientId) -> Result<ClientId, Refusal> {
        match self.admit.client(&self.acting(), client) {
            Ok(client) => Ok(client.id),
            Err(Error::Refused(refusal)) => Err(refusal),
            Err(other) => panic!("{other}"),
        }
    }

    pub fn state(&self, id: DelegationId) -> State {
        self.admit.delegation(&self.host, id).unwrap().state
    }

    pub fn latest(&self) -> Entry {
        let page = self.admit.events(&self.host, EventFilter::default(), None, 1).unwrap();
        page.items.into_iter().next().unwrap()
    }
}

pub fn all() -> Terms {
    Terms { actions: Vec::new(), clients: Clients::All, reason: None, ends_at: None }
}

pub fn giving(assistant: StaffId, practitioner: StaffId, terms: Terms) -> GiveDelegation {
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
fn a_practitioner_delegates_nothing_to_itself_whether_or_not_it_has_delegated_before() {
    let world = World::new();
    let to_itself = || giving(world.nora, world.nora, all());
    assert_eq!(refused(world.admit.run(&world.own, to_itself(), None)), Refusal::NotPermitted);
    world.give(all());
    assert_eq!(refused(world.admit.run(&world.own, to_itself(), None)), Refusal::NotPermitted);
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
