//! Delegations: who gives, ends and clears them and to whom, how they are listed, who is told.

use super::delegation::{World, all, giving};
use super::deletion::{asking, policy};
use super::plant::{
    acting, client, client_with_login, create, messages, practice_of, reasoned, seat,
};
use super::post::keyspaces_with;
use crate::support::{line, practice, refused};
use admit::commands::client::CreateClient;
use admit::commands::delegation::{
    ClearDelegation, DelegationFilter, EndDelegation, GiveDelegation, Terms,
};
use admit::commands::deletion::Confirmed;
use admit::commands::list::ListFilter;
use admit::commands::staff::{StaffChange, UpdateStaff};
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Who};
use admit::domain::delegation::{CLIENTS_MAX, Clients, State};
use admit::domain::deletion::Subject;
use admit::domain::id::DelegationId;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::hooks::request::Wanted;
use admit::records::person::By;

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
