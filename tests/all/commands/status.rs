use super::plant::{
    client, client_with_login, email, find_invitation, find_login, happenings, invitation,
    messages, offer, seat,
};
use crate::support::{practice, refused, store};
use admit::commands::Change;
use admit::commands::client::{ProfileChange, SetClientStatus, UpdateClient};
use admit::domain::client::Status;
use admit::domain::id::ClientId;
use admit::domain::invitation::State;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::time::Timestamp;

fn set(client: ClientId, status: Status) -> SetClientStatus {
    SetClientStatus { client, status, revision: 0 }
}

#[test]
fn stopping_access_ends_sessions_and_offers_and_is_told_to_the_login() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (ada, login, own) = client_with_login(&admit, &host, "Ada");
    let waits = invitation(&admit, &host, offer(ada), "ada@example.org");
    let before = happenings(&admit, &host).len();
    admit.run(&host, set(ada, Status::Suspended), None).unwrap();
    assert_eq!(find_login(&admit, login).epoch, 2);
    assert_eq!(refused(admit.client(&own, ada)), Refusal::SessionEnded);
    assert!(matches!(find_invitation(&admit, waits).state, State::Revoked { .. }));
    let noted = ["invitation.revoked", "client.status_changed"];
    assert_eq!(happenings(&admit, &host)[before..before + 2], noted);
    admit.run(&host, set(ada, Status::Deactivated), None).unwrap();
    assert_eq!(find_login(&admit, login).epoch, 2);
    admit.run(&host, set(ada, Status::Active), None).unwrap();
    let address = "ada@login.example.org".to_owned();
    let told = [("reactivated", address.clone()), ("suspended", address)];
    assert_eq!(messages(&admit, &host), told);
}

#[test]
fn a_status_follows_the_table_and_a_stale_revision_conflicts() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let until = Timestamp::from_millis(0);
    for status in [Status::Active, Status::PendingDeletion { until }] {
        let moved = admit.run(&host, set(ada, status), None);
        assert_eq!(refused(moved), Refusal::StatusNotAllowed);
    }
    let stale = SetClientStatus { revision: 7, ..set(ada, Status::Suspended) };
    assert_eq!(refused(admit.run(&host, stale, None)), Refusal::Conflict);
}

#[test]
fn a_practitioner_moves_only_its_own_clients_and_an_assistant_none() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    let (_, assistant) = seat(&admit, &host, Role::Assistant);
    let (ada, mine) = (client(&admit, &host, "Ada", "Ash"), client(&admit, &own, "Bo", "Birch"));
    let moved = |actor, client| admit.run(actor, set(client, Status::Suspended), None);
    assert_eq!(refused(moved(&own, ada)), Refusal::NotPermitted);
    assert_eq!(refused(moved(&assistant, mine)), Refusal::NotPermitted);
    assert_eq!(refused(moved(&there, ada)), Refusal::NotFound);
    moved(&own, mine).unwrap();
}

#[test]
fn a_corrected_address_revokes_what_waits_at_the_wrong_one_alone() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let wrong = invitation(&admit, &host, offer(ada), "ADA@example.org");
    let other = invitation(&admit, &host, offer(ada), "mother@example.org");
    let email = Change::Set(email("ada.ash@example.org"));
    let change = ProfileChange { email, ..ProfileChange::default() };
    admit.run(&host, UpdateClient { client: ada, change, revision: 0 }, None).unwrap();
    assert!(matches!(find_invitation(&admit, wrong).state, State::Revoked { .. }));
    assert_eq!(find_invitation(&admit, other).state, State::Pending);
}
