use super::plant::{client, client_with_login, messages, seat};
use crate::support::{line, practice, refused, store};
use admit::commands::grant::{GiveGrant, SCOPES_MAX, WithdrawGrant};
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::domain::grant::{Grantee, Ground};
use admit::domain::id::{ClientId, GrantId, StaffId};
use admit::domain::refusal::Refusal;
use admit::domain::staff::{Role, Staff, Status};
use admit::domain::time::{HOUR, Timestamp};

fn give(client: ClientId, grantee: Grantee) -> GiveGrant {
    GiveGrant { client, grantee, scopes: Vec::new(), reason: None, ends_at: None }
}

#[test]
fn a_grant_opens_a_chart_until_it_is_withdrawn_and_both_sides_are_told() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &host, "Ada", "Ash");
    let reason = Some(line("second opinion"));
    let command = GiveGrant { reason, ..give(ada, Grantee::Staff(staff)) };
    let grant = admit.run(&host, command, None).unwrap();
    assert_eq!(admit.client(&own, ada).unwrap().id, ada);
    let listed = admit.grants(&own, ada).unwrap();
    assert_eq!((listed.len(), listed[0].ground), (1, Ground::Given));
    admit.run(&host, WithdrawGrant { grant }, None).unwrap();
    assert_eq!(refused(admit.client(&own, ada)), Refusal::NotPermitted);
    let again = admit.run(&host, WithdrawGrant { grant }, None);
    assert_eq!(refused(again), Refusal::AlreadyEnded);
    let (seat, person) =
        ("practitioner@clinic.example.org".to_owned(), "ada@example.org".to_owned());
    let told = [
        ("grant_given", person.clone()),
        ("grant_given", seat.clone()),
        ("grant_withdrawn", person),
        ("grant_withdrawn", seat),
    ];
    assert_eq!(messages(&admit, &host), told);
}

#[test]
fn a_client_gives_its_own_chart_and_is_not_told_of_its_own_doing() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    let (ada, _, holder) = client_with_login(&admit, &host, "Ada");
    let bo = client(&admit, &host, "Bo", "Birch");
    admit.run(&holder, give(ada, Grantee::Staff(staff)), None).unwrap();
    assert_eq!(admit.client(&own, ada).unwrap().id, ada);
    let address = "practitioner@clinic.example.org".to_owned();
    assert_eq!(messages(&admit, &host), [("grant_given", address)]);
    let strange = admit.run(&holder, give(bo, Grantee::Staff(staff)), None);
    assert_eq!(refused(strange), Refusal::NotFound);
}

#[test]
fn a_grant_to_a_room_opens_the_chart_to_its_staff_and_ends_by_itself() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Assistant);
    let ada = client(&admit, &host, "Ada", "Ash");
    let room = CreateRoom { name: line("North"), external_id: None };
    let room = admit.run(&host, room, None).unwrap();
    admit.run(&host, AssignRoom { room, member: Member::Staff(staff) }, None).unwrap();
    let ends_at = Some(Timestamp::from_millis(clock.millis() + HOUR));
    let command = GiveGrant { ends_at, ..give(ada, Grantee::Room(room)) };
    admit.run(&host, command.clone(), None).unwrap();
    assert_eq!(admit.client(&own, ada).unwrap().id, ada);
    clock.forward(HOUR);
    assert_eq!(refused(admit.client(&own, ada)), Refusal::NotPermitted);
    let late = admit.run(&host, command, None).unwrap_err();
    assert_eq!(late.to_string(), "ends_at: must be within the permitted range");
}

#[test]
fn a_practitioner_passes_on_no_more_than_it_has() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (one, own) = seat(&admit, &host, Role::Practitioner);
    let (other, _) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &host, "Ada", "Ash");
    let full = give(ada, Grantee::Staff(other));
    assert_eq!(refused(admit.run(&own, full.clone(), None)), Refusal::NotPermitted);
    let scopes = vec![line("labs"), line("notes")];
    let partial = GiveGrant { scopes, ..give(ada, Grantee::Staff(one)) };
    admit.run(&host, partial, None).unwrap();
    assert_eq!(refused(admit.run(&own, full.clone(), None)), Refusal::NotPermitted);
    let more = GiveGrant { scopes: vec![line("labs"), line("billing")], ..full.clone() };
    assert_eq!(refused(admit.run(&own, more, None)), Refusal::NotPermitted);
    let less = GiveGrant { scopes: vec![line("labs")], ..full };
    admit.run(&own, less, None).unwrap();
}

#[test]
fn a_chart_is_not_opened_to_who_has_left_nor_in_too_many_parts() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, _) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &host, "Ada", "Ash");
    let scopes = vec![line("x"); SCOPES_MAX + 1];
    let command = GiveGrant { scopes, ..give(ada, Grantee::Staff(staff)) };
    let long = admit.run(&host, command, None).unwrap_err();
    assert_eq!(long.to_string(), "scopes: must have at most 16 entries");
    super::plant::plant(&admit, &host, move |unit| {
        let old = unit.look().staff(staff)?;
        unit.save_staff(Some(&old), &Staff { status: Status::Ended, ..old.clone() })
    });
    let ended = admit.run(&host, give(ada, Grantee::Staff(staff)), None);
    assert_eq!(refused(ended), Refusal::AlreadyEnded);
}

#[test]
fn another_practices_and_another_nouns_things_are_not_found() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let ada = client(&admit, &host, "Ada", "Ash");
    let (theirs, _) = seat(&admit, &there, Role::Practitioner);
    let bo = client(&admit, &there, "Bo", "Birch");
    let grant = admit.run(&there, give(bo, Grantee::Staff(theirs)), None).unwrap();
    let no_staff = StaffId::from_uuid(ada.uuid());
    for grantee in [theirs, no_staff] {
        let given = admit.run(&host, give(ada, Grantee::Staff(grantee)), None);
        assert_eq!(refused(given), Refusal::NotFound);
    }
    let (staff, _) = seat(&admit, &host, Role::Practitioner);
    for client in [bo, ClientId::from_uuid(staff.uuid())] {
        let given = admit.run(&host, give(client, Grantee::Staff(staff)), None);
        assert_eq!(refused(given), Refusal::NotFound);
        assert_eq!(refused(admit.grants(&host, client)), Refusal::NotFound);
    }
    for grant in [grant, GrantId::from_uuid(ada.uuid())] {
        let withdrawn = admit.run(&host, WithdrawGrant { grant }, None);
        assert_eq!(refused(withdrawn), Refusal::NotFound);
    }
}
