use super::plant::{
    add_staff, client, email, find_invitation, find_login, happenings, invitation, login, messages,
    reasoned, seat, sit,
};
use crate::support::{line, name, practice, refused, store};
use admit::commands::Change;
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::staff::{
    AddStaff, ApproveStaff, ChangeRole, MarkOnboarded, ReactivateStaff, StaffChange, StaffFilter,
    SuspendStaff, UpdateStaff,
};
use admit::domain::invitation::{Offer, State};
use admit::domain::refusal::Refusal;
use admit::domain::staff::{Approval, Role, Status};
use admit::domain::text::ExternalId;

#[test]
fn an_added_seat_is_read_back_whole() {
    let (admit, _) = store();
    let host = practice(&admit);
    let external_id = Some(ExternalId::parse("s|1").unwrap());
    let add = AddStaff { external_id, ..add_staff(Role::Assistant, "Ann") };
    let again = add.clone();
    let id = admit.run(&host, add.clone(), None).unwrap();
    let seat = admit.staff(&host, id).unwrap();
    assert_eq!((seat.name, seat.role, seat.email), (add.name, Role::Assistant, add.email));
    assert_eq!((seat.approval, seat.status), (Approval::Approved, Status::Active));
    assert_eq!(seat.revision, 1);
    let found = admit.staff_by_external_id(&host, &ExternalId::parse("s|1").unwrap()).unwrap();
    assert_eq!(found.id, id);
    assert_eq!(refused(admit.run(&host, again, None)), Refusal::ExternalIdTaken);
}

#[test]
fn only_practitioners_wait_for_approval_and_only_where_the_practice_asks_for_it() {
    let (admit, _) = store();
    let host = practice(&admit);
    let approval = |role, approved| {
        let add = AddStaff { approved, ..add_staff(role, "Ann") };
        let id = admit.run(&host, add, None).unwrap();
        admit.staff(&host, id).unwrap().approval
    };
    assert_eq!(approval(Role::Practitioner, None), Approval::Pending);
    assert_eq!(approval(Role::Practitioner, Some(false)), Approval::Pending);
    assert_eq!(approval(Role::Practitioner, Some(true)), Approval::Approved);
    assert_eq!(approval(Role::Admin, None), Approval::Approved);
    assert_eq!(approval(Role::Assistant, Some(false)), Approval::Approved);
    let settings = SettingsChange { approval: Some(false), ..SettingsChange::default() };
    admit.run(&host, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    assert_eq!(approval(Role::Practitioner, None), Approval::Approved);
}

#[test]
fn approval_lets_a_practitioner_work_and_tells_them_once() {
    let (admit, _) = store();
    let host = practice(&admit);
    let add = AddStaff { approved: None, ..add_staff(Role::Practitioner, "Ann") };
    let id = admit.run(&host, add, None).unwrap();
    let own = super::plant::acting(&host, admit::domain::actor::Who::Staff(id));
    assert_eq!(refused(admit.staff(&own, id)), Refusal::NotApproved);
    let approve = ApproveStaff { staff: id, revision: 1 };
    admit.run(&host, approve.clone(), None).unwrap();
    assert_eq!(admit.staff(&own, id).unwrap().approval, Approval::Approved);
    assert_eq!(refused(admit.run(&host, approve, None)), Refusal::Conflict);
    let approve = ApproveStaff { staff: id, revision: 0 };
    assert_eq!(refused(admit.run(&host, approve, None)), Refusal::StatusNotAllowed);
    assert_eq!(messages(&admit, &host), [("staff_approved", "ann@clinic.example.org".to_owned())]);
}

#[test]
fn a_seat_keeps_its_own_contact_fields_but_not_its_key_or_role() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (id, own) = seat(&admit, &host, Role::Member);
    let (other, _) = seat(&admit, &host, Role::Assistant);
    let change = StaffChange { title: Change::Set(line("Dr.")), ..StaffChange::default() };
    let update = UpdateStaff { staff: id, change, revision: 1 };
    admit.run(&own, update.clone(), None).unwrap();
    assert_eq!(admit.staff(&own, id).unwrap().title, Some(line("Dr.")));
    let not_own = UpdateStaff { staff: other, ..update };
    assert_eq!(refused(admit.run(&own, not_own, None)), Refusal::NotPermitted);
    let key = Change::Set(ExternalId::parse("k").unwrap());
    let change = StaffChange { external_id: key, ..StaffChange::default() };
    let update = UpdateStaff { staff: id, change, revision: 0 };
    assert_eq!(refused(admit.run(&own, update.clone(), None)), Refusal::NotPermitted);
    admit.run(&host, update, None).unwrap();
    let promote = ChangeRole { staff: id, role: Role::Admin, revision: 0 };
    assert_eq!(refused(admit.run(&own, promote, None)), Refusal::NotPermitted);
    let add = add_staff(Role::Admin, "Eve");
    assert_eq!(refused(admit.run(&own, add, None)), Refusal::NotPermitted);
}

#[test]
fn a_new_address_revokes_the_invitation_that_waits_at_the_old_one() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, _) = seat(&admit, &host, Role::Assistant);
    let offer = Offer::Seat { staff };
    let there = invitation(&admit, &host, offer.clone(), "Assistant@clinic.example.org");
    let elsewhere = invitation(&admit, &host, offer, "other@clinic.example.org");
    let email = Change::Set(email("new@clinic.example.org"));
    let change = StaffChange { email, ..StaffChange::default() };
    admit.run(&host, UpdateStaff { staff, change, revision: 0 }, None).unwrap();
    assert!(matches!(find_invitation(&admit, there).state, State::Revoked { .. }));
    assert_eq!(find_invitation(&admit, elsewhere).state, State::Pending);
}

#[test]
fn another_role_takes_a_reason_of_the_host_and_ends_the_holders_sessions() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, _) = seat(&admit, &host, Role::Assistant);
    let holder = login(&admit, &host, "holder@example.org");
    sit(&admit, &host, staff, holder);
    let change = ChangeRole { staff, role: Role::Practitioner, revision: 0 };
    assert_eq!(refused(admit.run(&host, change.clone(), None)), Refusal::ReasonRequired);
    admit.run(&reasoned(&host), change.clone(), None).unwrap();
    assert_eq!(admit.staff(&host, staff).unwrap().role, Role::Practitioner);
    assert_eq!(find_login(&admit, holder).epoch, 2);
    let again = admit.run(&reasoned(&host), change, None);
    assert_eq!(refused(again), Refusal::StatusNotAllowed);
}

#[test]
fn suspension_ends_sessions_and_offers_and_is_told_and_reactivation_too() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    let holder = login(&admit, &host, "holder@example.org");
    sit(&admit, &host, staff, holder);
    let waits = invitation(&admit, &host, Offer::Seat { staff }, "a@example.org");
    admit.run(&host, SuspendStaff { staff, revision: 0 }, None).unwrap();
    assert_eq!(refused(admit.staff(&own, staff)), Refusal::ActorSuspended);
    assert_eq!(find_login(&admit, holder).epoch, 2);
    assert!(matches!(find_invitation(&admit, waits).state, State::Revoked { .. }));
    let again = admit.run(&host, SuspendStaff { staff, revision: 0 }, None);
    assert_eq!(refused(again), Refusal::StatusNotAllowed);
    admit.run(&host, ReactivateStaff { staff, revision: 0 }, None).unwrap();
    assert_eq!(admit.staff(&own, staff).unwrap().status, Status::Active);
    let again = admit.run(&host, ReactivateStaff { staff, revision: 0 }, None);
    assert_eq!(refused(again), Refusal::StatusNotAllowed);
    let address = "practitioner@clinic.example.org".to_owned();
    let told = [("reactivated", address.clone()), ("suspended", address)];
    assert_eq!(messages(&admit, &host), told);
}

#[test]
fn the_last_admin_does_not_step_down_by_itself() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Admin);
    let suspend = SuspendStaff { staff, revision: 0 };
    let demote = ChangeRole { staff, role: Role::Member, revision: 0 };
    assert_eq!(refused(admit.run(&own, suspend.clone(), None)), Refusal::LastAdmin);
    assert_eq!(refused(admit.run(&own, demote, None)), Refusal::LastAdmin);
    let (second, _) = seat(&admit, &host, Role::Admin);
    admit.run(&host, SuspendStaff { staff: second, revision: 0 }, None).unwrap();
    assert_eq!(refused(admit.run(&own, suspend.clone(), None)), Refusal::LastAdmin);
    admit.run(&host, ReactivateStaff { staff: second, revision: 0 }, None).unwrap();
    admit.run(&own, suspend, None).unwrap();
    admit.run(&host, SuspendStaff { staff: second, revision: 0 }, None).unwrap();
}

#[test]
fn an_admin_who_has_not_accepted_does_not_stand_in_for_the_last_one() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Admin);
    sit(&admit, &host, staff, login(&admit, &host, "ann@example.org"));
    let (invited, _) = seat(&admit, &host, Role::Admin);
    let suspend = SuspendStaff { staff, revision: 0 };
    let demote = ChangeRole { staff, role: Role::Member, revision: 0 };
    assert_eq!(refused(admit.run(&own, suspend.clone(), None)), Refusal::LastAdmin);
    assert_eq!(refused(admit.run(&own, demote, None)), Refusal::LastAdmin);
    let end = admit.end_staff(&own, staff, None, None);
    assert_eq!(refused(end), Refusal::LastAdmin);
    sit(&admit, &host, invited, login(&admit, &host, "bea@example.org"));
    admit.run(&own, suspend, None).unwrap();
}

#[test]
fn onboarding_is_noted_once() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    admit.run(&own, MarkOnboarded { staff }, None).unwrap();
    admit.run(&own, MarkOnboarded { staff }, None).unwrap();
    assert!(admit.staff(&own, staff).unwrap().onboarded);
    assert_eq!(happenings(&admit, &host), ["practice.created", "staff.added", "staff.updated"]);
}

#[test]
fn the_list_pages_filters_and_is_closed_to_members() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let roles = [Role::Admin, Role::Member, Role::Member, Role::Practitioner, Role::Member];
    let seats: Vec<_> = roles
        .iter()
        .map(|role| {
            clock.forward(1);
            seat(&admit, &host, *role)
        })
        .collect();
    let ids = |filter, after: Option<&str>, limit| {
        let page = admit.staff_list(&host, filter, after, limit).unwrap();
        (page.items.iter().map(|seat| seat.id).collect::<Vec<_>>(), page.next)
    };
    let (first, next) = ids(StaffFilter::default(), None, 3);
    let (rest, end) = ids(StaffFilter::default(), next.as_deref(), 3);
    let all: Vec<_> = seats.iter().map(|(id, _)| *id).collect();
    assert_eq!([first, rest].concat(), all);
    assert_eq!(end, None);
    let members = StaffFilter { role: Some(Role::Member), ..StaffFilter::default() };
    let (first, next) = ids(members, None, 2);
    let (rest, end) = ids(members, next.as_deref(), 2);
    assert_eq!([first, rest].concat(), [all[1], all[2], all[4]]);
    assert_eq!(end, None);
    let suspended = StaffFilter { status: Some(Status::Suspended), ..StaffFilter::default() };
    assert_eq!(ids(suspended, None, 10), (vec![], None));
    let closed = admit.staff_list(&seats[1].1, StaffFilter::default(), None, 10);
    assert_eq!(refused(closed.map(|page| page.items)), Refusal::NotPermitted);
    let wrong = admit.staff_list(&host, StaffFilter::default(), Some("%"), 10);
    assert_eq!(
        wrong.map(|page| page.items).unwrap_err().to_string().split(':').next(),
        Some("after")
    );
}

#[test]
fn imported_seats_are_created_updated_left_or_skipped_each_for_itself() {
    use admit::commands::import::RowOutcome;
    let (admit, _) = store();
    let host = practice(&admit);
    let list = concat!(
        r#"{"external_id":"1","name":"Ann Ash","role":"practitioner","email":"ann@example.org"}"#,
        "\n",
        r#"{"external_id":"2","given_name":"Bo","family_name":"Birch","role":"admin"}"#,
        "\nnot json\n",
        r#"{"external_id":"3","name":"Cy","role":"surgeon"}"#,
        "\n",
        r#"{"external_id":"4","name":"Di","role":"member","email":"no address"}"#,
        "\n",
        r#"{"external_id":"5","role":"member"}"#,
        "\n",
        r#"{"external_id":"1","name":"Ann Ash","role":"practitioner","approved":true}"#,
    );
    let report = admit.import_staff(&host, list.as_bytes()).unwrap();
    let counts = (report.created, report.updated, report.unchanged, report.skipped);
    assert_eq!(counts, (2, 1, 0, 4));
    let fields: Vec<_> = report
        .rows
        .iter()
        .filter_map(|row| match &row.outcome {
            RowOutcome::Skipped(skipped) => Some((row.line, skipped.field)),
            _ => None,
        })
        .collect();
    let skipped = [(3, None), (4, Some("role")), (5, Some("email")), (6, Some("name"))];
    assert_eq!(fields, skipped);
    let again = admit.import_staff(&host, list.as_bytes()).unwrap();
    assert_eq!((again.created, again.unchanged), (0, 3));
    let other = r#"{"external_id":"2","name":"Bo Birch","role":"member"}"#;
    let denied = admit.import_staff(&host, other.as_bytes()).unwrap();
    assert_eq!(denied.skipped, 1);
    let moved = admit.import_staff(&reasoned(&host), other.as_bytes()).unwrap();
    assert_eq!(moved.updated, 1);
    assert_eq!(messages(&admit, &host), []);
    let (_, member) = seat(&admit, &host, Role::Assistant);
    let denied = admit.import_staff(&member, list.as_bytes()).map(|report| report.created);
    assert_eq!(refused(denied), Refusal::NotPermitted);
}

#[test]
fn another_practices_and_another_nouns_seats_are_not_found() {
    use admit::domain::id::StaffId;
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let (theirs, _) = seat(&admit, &there, Role::Admin);
    let no_seat = StaffId::from_uuid(client(&admit, &host, "Ada", "Ash").uuid());
    for staff in [theirs, no_seat] {
        let change = StaffChange { name: Some(name("A", "B")), ..StaffChange::default() };
        let host = reasoned(&host);
        let results = [
            admit.staff(&host, staff).map(|seat| seat.id),
            admit.run(&host, UpdateStaff { staff, change, revision: 0 }, None),
            admit.run(&host, ChangeRole { staff, role: Role::Member, revision: 0 }, None),
            admit.run(&host, ApproveStaff { staff, revision: 0 }, None),
            admit.run(&host, SuspendStaff { staff, revision: 0 }, None),
            admit.run(&host, ReactivateStaff { staff, revision: 0 }, None),
            admit.run(&host, MarkOnboarded { staff }, None),
        ];
        for result in results {
            assert_eq!(refused(result), Refusal::NotFound);
        }
    }
}
