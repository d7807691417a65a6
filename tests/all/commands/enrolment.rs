use super::people;
use super::post::{self, emailed, is_live};
use crate::support::{practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::CreateClient;
use admit::commands::enrolment::{EnrolClient, InvitationOfClient, LoginOfClient};
use admit::commands::password_change::TemporaryPassword;
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::room::CreateRoom;
use admit::domain::actor::Actor;
use admit::domain::client::Stage;
use admit::domain::grant::Grantee;
use admit::domain::id::{RoomId, StaffId};
use admit::domain::invitation::Channel;
use admit::domain::message::Kind;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::IdempotencyKey;
use admit::error::Error;
use uuid::Uuid;

const TYPED: &str = "plum-harbour-quartz-2719";

fn enrol(address: Option<&str>) -> EnrolClient {
    let profile = post::profile("Lucia", address);
    EnrolClient {
        client: CreateClient { profile, stage: Stage::Registered },
        rooms: Vec::new(),
        grants: Vec::new(),
        login: None,
        invitation: None,
    }
}

fn by_mail() -> Option<InvitationOfClient> {
    Some(InvitationOfClient { channel: Some(Channel::Email), expires_in: None, note: None })
}

fn with_password(password: TemporaryPassword) -> Option<LoginOfClient> {
    Some(LoginOfClient { username: None, password })
}

fn let_staff_choose(admit: &Admit, host: &Actor) {
    let settings =
        SettingsChange { staff_may_choose_password: Some(true), ..SettingsChange::default() };
    admit.run(host, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
}

fn count(admit: &Admit) -> u64 {
    admit.stats().unwrap().clients.rows
}

#[test]
fn a_client_is_made_with_its_room_its_grant_and_its_invitation() {
    let (admit, _) = store();
    let host = practice(&admit);
    let name = crate::support::line("East wing");
    let room = admit.run(&host, CreateRoom { name, external_id: None }, None).unwrap();
    let staff = people::seat(&admit, &host, Role::Practitioner);
    let enrol = EnrolClient {
        rooms: vec![room],
        grants: vec![Grantee::Staff(staff)],
        invitation: by_mail(),
        ..enrol(Some("lucia@example.org"))
    };
    let made = admit.enrol_client(&host, &enrol, None).unwrap();
    let grants = admit.grants(&host, made.client).unwrap();
    assert!(grants.iter().any(|grant| grant.grantee == Grantee::Staff(staff)));
    assert!(made.invitation.is_some() && made.login.is_none());
    assert!(is_live(&admit, &emailed(&admit)));
    admit.client(&people::as_staff(&host, staff), made.client).unwrap();
}

#[test]
fn what_one_part_refuses_leaves_no_client_behind() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nowhere = EnrolClient {
        rooms: vec![RoomId::from_uuid(Uuid::nil())],
        ..enrol(Some("lucia@example.org"))
    };
    assert_eq!(refused(admit.enrol_client(&host, &nowhere, None)), Refusal::NotFound);
    let nobody = EnrolClient {
        grants: vec![Grantee::Staff(StaffId::from_uuid(Uuid::nil()))],
        ..enrol(Some("lucia@example.org"))
    };
    assert_eq!(refused(admit.enrol_client(&host, &nobody, None)), Refusal::NotFound);
    let unreachable = EnrolClient { invitation: by_mail(), ..enrol(None) };
    assert_eq!(refused(admit.enrol_client(&host, &unreachable, None)), Refusal::NotReachable);
    assert_eq!(count(&admit), 0);
}

#[test]
fn a_password_typed_by_staff_needs_the_switch_and_must_be_changed() {
    let (admit, _) = store();
    let host = people::with_reason(&practice(&admit));
    let typed = || with_password(TemporaryPassword::Typed(people::secret(TYPED)));
    let enrol = EnrolClient { login: typed(), ..enrol(Some("lucia@example.org")) };
    assert_eq!(refused(admit.enrol_client(&host, &enrol, None)), Refusal::SwitchedOff);
    let_staff_choose(&admit, &host);
    let made = admit.enrol_client(&host, &enrol, None).unwrap();
    assert!(made.login.is_some() && made.password.is_none());
    assert_eq!(people::kinds(&admit), [Kind::TemporaryPasswordSet]);
    let visitor = people::visitor(&host);
    let session = admit.sign_in(&visitor, &people::by_password("lucia@example.org", TYPED));
    assert!(session.unwrap().must_change);
}

#[test]
fn a_generated_password_is_shown_once_and_not_again_under_the_same_key() {
    let (admit, _) = store();
    let host = people::with_reason(&practice(&admit));
    let login = with_password(TemporaryPassword::Generated);
    let enrol = EnrolClient { login, ..enrol(Some("lucia@example.org")) };
    let key = IdempotencyKey::parse("once").unwrap();
    let first = admit.enrol_client(&host, &enrol, Some(&key)).unwrap();
    let again = admit.enrol_client(&host, &enrol, Some(&key)).unwrap();
    assert!(first.password.is_some() && again.password.is_none());
    assert_eq!(first.client, again.client);
    assert_eq!(count(&admit), 1);
}

#[test]
fn a_login_and_an_invitation_exclude_each_other() {
    let (admit, _) = store();
    let host = people::with_reason(&practice(&admit));
    let login = with_password(TemporaryPassword::Generated);
    let both = EnrolClient { login, invitation: by_mail(), ..enrol(Some("lucia@example.org")) };
    assert!(matches!(admit.enrol_client(&host, &both, None), Err(Error::Invalid(_))));
    let login = with_password(TemporaryPassword::Generated);
    let nameless = EnrolClient { login, ..enrol(None) };
    assert!(matches!(admit.enrol_client(&host, &nameless, None), Err(Error::Invalid(_))));
    assert_eq!(count(&admit), 0);
}
