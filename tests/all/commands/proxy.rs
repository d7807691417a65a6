use super::plant::{
    acting, client, client_with_login, create, find_login, login, messages, seat, sit,
};
use super::post::claim;
use crate::support::{practice, refused, store};
use admit::commands::client::SetClientStatus;
use admit::commands::proxy::{AddProxy, EndProxy};
use admit::domain::actor::Who;
use admit::domain::client::{Nature, Status};
use admit::domain::id::{ClientId, LoginId, ProxyId};
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::BirthDate;
use admit::domain::time::{HOUR, Timestamp};

const GUARDIAN: Tie = Tie::Guardian { relationship: None };

fn add(client: ClientId, login: LoginId, tie: Tie) -> AddProxy {
    AddProxy { client, login, tie, ends_at: None }
}

#[test]
fn a_guardian_reaches_the_child_until_the_tie_is_ended_and_both_are_told() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, parent, actor) = client_with_login(&admit, &host, "Ada");
    let child = client(&admit, &host, "Bo", "Held");
    assert_eq!(refused(admit.client(&actor, child)), Refusal::NotFound);
    let proxy = admit.run(&host, add(child, parent, GUARDIAN), None).unwrap();
    assert_eq!(admit.client(&actor, child).unwrap().id, child);
    assert_eq!(admit.proxies(&actor, child).unwrap().len(), 1);
    assert_eq!(admit.proxies_of_login(&host, parent).unwrap().len(), 2);
    admit.run(&host, EndProxy { proxy }, None).unwrap();
    assert_eq!(refused(admit.client(&actor, child)), Refusal::NotFound);
    assert_eq!(find_login(&admit, parent).epoch, 1, "it still holds itself");
    let again = admit.run(&host, EndProxy { proxy }, None);
    assert_eq!(refused(again), Refusal::AlreadyEnded);
    let told = [
        ("guardian_ended", "ada@login.example.org".to_owned()),
        ("guardian_ended", "bo@example.org".to_owned()),
    ];
    assert_eq!(messages(&admit, &host), told);
}

#[test]
fn a_guardian_hears_that_its_tie_ended_though_the_client_gets_no_notices() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, parent, _) = client_with_login(&admit, &host, "Ada");
    let child = client(&admit, &host, "Bo", "Held");
    let proxy = admit.run(&host, add(child, parent, GUARDIAN), None).unwrap();
    let status = Status::Suspended;
    admit.run(&host, SetClientStatus { client: child, status, revision: 0 }, None).unwrap();
    admit.run(&host, EndProxy { proxy }, None).unwrap();
    let mails: Vec<_> = claim(&admit).iter().map(|it| it.to.canonical()).collect();
    assert_eq!(mails, ["ada@login.example.org"]);
}

#[test]
fn a_guardian_ends_its_own_tie_and_no_other() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, one, actor) = client_with_login(&admit, &host, "Ada");
    let (_, other, _) = client_with_login(&admit, &host, "Bo");
    let child = client(&admit, &host, "Cy", "Held");
    let own = admit.run(&host, add(child, one, GUARDIAN), None).unwrap();
    let proxy = admit.run(&host, add(child, other, GUARDIAN), None).unwrap();
    assert_eq!(refused(admit.run(&actor, EndProxy { proxy }, None)), Refusal::NotPermitted);
    admit.run(&actor, EndProxy { proxy: own }, None).unwrap();
}

#[test]
fn the_last_tie_of_a_login_ends_its_sessions() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (ada, holder, actor) = client_with_login(&admit, &host, "Ada");
    let proxy = admit.proxies(&host, ada).unwrap()[0].id;
    admit.run(&actor, EndProxy { proxy }, None).unwrap();
    assert_eq!(find_login(&admit, holder).epoch, 2);
    assert_eq!(refused(admit.client(&actor, ada)), Refusal::SessionEnded);
    assert_eq!(messages(&admit, &host), []);
}

#[test]
fn a_login_holds_a_client_once_and_a_client_is_one_login_itself() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (ada, own, _) = client_with_login(&admit, &host, "Ada");
    let (_, other, _) = client_with_login(&admit, &host, "Bo");
    for (login, tie) in [(own, Tie::Myself), (own, GUARDIAN), (other, Tie::Myself)] {
        let added = admit.run(&host, add(ada, login, tie), None);
        assert_eq!(refused(added), Refusal::ProxyExists);
    }
    admit.run(&host, add(ada, other, GUARDIAN), None).unwrap();
}

#[test]
fn a_guardian_without_an_end_is_one_until_the_child_comes_of_age() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (_, parent, _) = client_with_login(&admit, &host, "Ada");
    let end_of = |birth: &str, ends_at| {
        let mut child = create("Bo", "Held", None);
        child.profile.birth = Some(BirthDate::parse(birth).unwrap());
        let child = admit.run(&host, child, None).unwrap();
        admit.run(&host, AddProxy { ends_at, ..add(child, parent, GUARDIAN) }, None).unwrap();
        admit.proxies(&host, child).unwrap()[0].ends_at.map(Timestamp::rfc3339)
    };
    assert_eq!(end_of("2015-05-06", None).as_deref(), Some("2033-05-06T00:00:00.000Z"));
    assert_eq!(end_of("2016-02-29", None).as_deref(), Some("2034-03-01T00:00:00.000Z"));
    assert_eq!(end_of("2015-05", None), None, "the day is not known");
    assert_eq!(end_of("1990-01-01", None), None, "an adult under guardianship");
    let soon = Timestamp::from_millis(clock.millis() + HOUR);
    assert_eq!(end_of("2015-05-06", Some(soon)), Some(soon.rfc3339()));
}

#[test]
fn what_is_no_person_has_no_login() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, holder, _) = client_with_login(&admit, &host, "Ada");
    let mut ferment = create("Kefir", "Nine", None);
    ferment.profile.nature = Nature::Other;
    let ferment = admit.run(&host, ferment, None).unwrap();
    let added = admit.run(&host, add(ferment, holder, GUARDIAN), None);
    assert_eq!(refused(added), Refusal::ClientIsNoPerson);
}

#[test]
fn a_practitioner_ties_only_logins_of_the_practice_to_clients_open_to_it() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    let holder = login(&admit, &host, "staff@example.org");
    let ada = client(&admit, &host, "Ada", "Ash");
    let mine = client(&admit, &own, "Bo", "Birch");
    let unknown = admit.run(&own, add(mine, holder, GUARDIAN), None);
    assert_eq!(refused(unknown), Refusal::NotFound);
    sit(&admit, &host, staff, holder);
    let closed = admit.run(&own, add(ada, holder, GUARDIAN), None);
    assert_eq!(refused(closed), Refusal::NotPermitted);
    admit.run(&own, add(mine, holder, GUARDIAN), None).unwrap();
    let (_, assistant) = seat(&admit, &host, Role::Assistant);
    let denied = admit.run(&assistant, add(ada, holder, GUARDIAN), None);
    assert_eq!(refused(denied), Refusal::NotPermitted);
    let visitor = acting(&host, Who::Visitor);
    let denied = admit.run(&visitor, add(ada, holder, GUARDIAN), None);
    assert_eq!(refused(denied), Refusal::NotPermitted);
}

#[test]
fn another_practices_and_another_nouns_things_are_not_found() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let (ada, own, _) = client_with_login(&admit, &host, "Ada");
    let (bo, theirs, _) = client_with_login(&admit, &there, "Bo");
    let proxy = admit.proxies(&there, bo).unwrap()[0].id;
    let no_client = ClientId::from_uuid(own.uuid());
    let no_login = LoginId::from_uuid(ada.uuid());
    for (client, login) in [(bo, own), (ada, theirs), (no_client, own), (ada, no_login)] {
        let added = admit.run(&host, add(client, login, GUARDIAN), None);
        assert_eq!(refused(added), Refusal::NotFound);
    }
    for proxy in [proxy, ProxyId::from_uuid(ada.uuid())] {
        assert_eq!(refused(admit.run(&host, EndProxy { proxy }, None)), Refusal::NotFound);
    }
    assert_eq!(refused(admit.proxies(&host, bo)), Refusal::NotFound);
    assert_eq!(refused(admit.proxies_of_login(&host, theirs)), Refusal::NotFound);
}
