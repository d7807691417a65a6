use crate::support::{host, name, practice, refused, store};
use admit::commands::Change;
use admit::commands::client::{CreateClient, ProfileChange, UpdateClient};
use admit::domain::actor::{Actor, Scope};
use admit::domain::client::{Profile, Stage};
use admit::domain::refusal::Refusal;
use admit::domain::text::{Email, ExternalId, IdempotencyKey};

fn garcia() -> CreateClient {
    let names = vec![name("Luc\u{ed}a", "Garc\u{ed}a")];
    CreateClient { profile: Profile { names, ..Profile::default() }, stage: Stage::Registered }
}

#[test]
fn a_created_client_is_read_back_whole() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let id = admit.run(&actor, garcia(), None).unwrap();
    let client = admit.client(&actor, id).unwrap();
    assert_eq!(client.profile, garcia().profile);
    assert_eq!(client.created_at.millis(), clock.millis());
    assert_eq!(client.revision, 1);
}

#[test]
fn another_practices_client_is_not_found() {
    let (admit, _) = store();
    let (here, there) = (practice(&admit), practice(&admit));
    let id = admit.run(&here, garcia(), None).unwrap();
    assert_eq!(refused(admit.client(&there, id)), Refusal::NotFound);
}

#[test]
fn an_update_changes_what_it_names_and_counts_the_revision() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let id = admit.run(&actor, garcia(), None).unwrap();
    let email = Email::parse("lucia@example.org").unwrap();
    let change = ProfileChange { email: Change::Set(email.clone()), ..ProfileChange::default() };
    let update = UpdateClient { client: id, change, revision: 1 };
    admit.run(&actor, update.clone(), None).unwrap();
    let client = admit.client(&actor, id).unwrap();
    assert_eq!(client.profile.email, Some(email));
    assert_eq!(client.profile.names, garcia().profile.names);
    assert_eq!(client.revision, 2);
    assert_eq!(refused(admit.run(&actor, update, None)), Refusal::Conflict);
}

#[test]
fn an_external_id_names_one_client_in_a_practice() {
    let (admit, _) = store();
    let (here, there) = (practice(&admit), practice(&admit));
    let mut create = garcia();
    create.profile.external_id = Some(ExternalId::parse("mrn|1").unwrap());
    let id = admit.run(&here, create.clone(), None).unwrap();
    assert_eq!(refused(admit.run(&here, create.clone(), None)), Refusal::ExternalIdTaken);
    admit.run(&there, create, None).unwrap();
    let found = admit.client_by_external_id(&here, &ExternalId::parse("mrn|1").unwrap());
    assert_eq!(found.unwrap().id, id);
}

#[test]
fn the_same_key_and_request_make_one_client() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let key = IdempotencyKey::parse("k1").unwrap();
    let first = admit.run(&actor, garcia(), Some(&key)).unwrap();
    let again = admit.run(&actor, garcia(), Some(&key)).unwrap();
    assert_eq!(first, again);
    let other = CreateClient { stage: Stage::Prospective, ..garcia() };
    assert_eq!(refused(admit.run(&actor, other, Some(&key))), Refusal::Conflict);
}

#[test]
fn a_visitor_creates_no_client_and_the_attempt_is_recorded() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let Scope::Practice(id) = actor.scope else { panic!("not in a practice") };
    let visitor = Actor { who: admit::domain::actor::Who::Visitor, ..host(id) };
    assert_eq!(refused(admit.run(&visitor, garcia(), None)), Refusal::NotPermitted);
}
