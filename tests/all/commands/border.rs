//! Ways around the access table that must stay closed.

use super::people::{as_login, as_staff, login, practice_behind, seat, secret, with_reason};
use super::post;
use crate::support::{practice, refused, store};
use admit::commands::client::{CreateClient, UpdateClient};
use admit::commands::grant::{GiveGrant, WithdrawGrant};
use admit::commands::login::CreateLogin;
use admit::commands::login_change::{EndSessions, RemoveLogin, UnlockLogin};
use admit::commands::merge::MergeClients;
use admit::commands::password_change::{SetTemporaryPassword, TemporaryPassword};
use admit::commands::proxy::{AddProxy, EndProxy};
use admit::commands::room::{CreateRoom, RenameRoom};
use admit::commands::staff::{StaffChange, SuspendStaff, UpdateStaff};
use admit::commands::{Admit, Change, Command};
use admit::domain::access::Action;
use admit::domain::actor::Actor;
use admit::domain::client::{Profile, Stage};
use admit::domain::grant::Grantee;
use admit::domain::id::{ClientId, LoginId, RoomId, StaffId};
use admit::domain::invitation::Channel;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::ExternalId;

fn open(admit: &Admit, host: &Actor, client: ClientId, staff: StaffId) {
    let (scopes, reason) = (Vec::new(), None);
    let give = GiveGrant { client, grantee: Grantee::Staff(staff), scopes, reason, ends_at: None };
    admit.run(host, give, None).unwrap();
}

fn guard(admit: &Admit, host: &Actor, client: ClientId, login: LoginId) {
    let tie = Tie::Guardian { relationship: None };
    admit.run(host, AddProxy { client, login, tie, ends_at: None }, None).unwrap();
}

fn answer<C: Command>(admit: &Admit, actor: &Actor, command: C) -> Refusal
where
    C::Done: std::fmt::Debug,
{
    refused(admit.run(actor, command, None))
}

#[test]
fn a_login_whose_last_tie_to_a_practice_has_ended_is_not_found_there() {
    let (admit, _) = store();
    let (here, there) = (practice_behind(&admit, "shared"), practice_behind(&admit, "shared"));
    let (client, login) = login(&admit, &here, "ada@example.org", Some("plum-harbour-quartz-2719"));
    let elsewhere = post::client(&admit, &there, "Ada", None);
    let tie = Tie::Guardian { relationship: None };
    let proxies = admit.proxies(&here, client).unwrap();
    let add = AddProxy { client: elsewhere, login, tie, ends_at: None };
    assert_eq!(answer(&admit, &there, add), Refusal::NotFound);
    admit.run(&here, EndProxy { proxy: proxies[0].id }, None).unwrap();
    assert_eq!(refused(admit.login(&here, login)), Refusal::NotFound);
    assert_eq!(answer(&admit, &here, EndSessions { login }), Refusal::NotFound);
    assert_eq!(answer(&admit, &here, UnlockLogin { login }), Refusal::NotFound);
}

#[test]
fn a_seat_reaches_a_login_only_where_all_that_it_holds_is_open_to_the_seat() {
    let (admit, _) = store();
    let host = practice(&admit);
    let staff = seat(&admit, &host, Role::Practitioner);
    let ruth = as_staff(&host, staff);
    let (mother, login) = login(&admit, &host, "ada@example.org", None);
    let child = post::client(&admit, &host, "Byron", None);
    guard(&admit, &host, child, login);
    open(&admit, &host, child, staff);
    let password = TemporaryPassword::Generated;
    let set = SetTemporaryPassword { login, password };
    let refusal = refused(admit.set_temporary_password(&ruth, &set, None));
    assert_eq!(refusal, Refusal::NotPermitted);
    assert_eq!(answer(&admit, &ruth, RemoveLogin { login }), Refusal::NotPermitted);
    open(&admit, &host, mother, staff);
    admit.set_temporary_password(&ruth, &set, None).unwrap();
}

#[test]
fn a_seat_cannot_tie_a_login_that_it_does_not_reach_to_a_client_of_its_own() {
    let (admit, _) = store();
    let host = practice(&admit);
    let staff = seat(&admit, &host, Role::Practitioner);
    let (_, login) = login(&admit, &host, "ada@example.org", None);
    let own = post::client(&admit, &as_staff(&host, staff), "Mary", None);
    let tie = Tie::Guardian { relationship: None };
    let add = AddProxy { client: own, login, tie, ends_at: None };
    assert_eq!(answer(&admit, &as_staff(&host, staff), add), Refusal::NotPermitted);
}

#[test]
fn a_seat_acts_in_the_session_of_the_login_that_holds_it() {
    let (admit, _) = store();
    let host = with_reason(&practice(&admit));
    let staff = seat(&admit, &host, Role::Practitioner);
    let create = CreateLogin {
        staff: Some(staff),
        email: Some(super::people::email("grace@example.org")),
        imported_hash: Some(super::people::hash_of("plum-harbour-quartz-2719")),
        ..CreateLogin::default()
    };
    let login = admit.create_login(&host, &create, None).unwrap().login;
    let grace = Actor { session: Some(1), ..as_staff(&host, staff) };
    admit.practice(&grace).unwrap();
    admit.run(&host, EndSessions { login }, None).unwrap();
    assert_eq!(refused(admit.practice(&grace)), Refusal::SessionEnded);
    let password = TemporaryPassword::Typed(secret("plum-harbour-quartz-2719"));
    let set = SetTemporaryPassword { login, password };
    assert_eq!(refused(admit.set_temporary_password(&host, &set, None)), Refusal::SwitchedOff);
    let generated = SetTemporaryPassword { password: TemporaryPassword::Generated, ..set };
    let epoch = admit.set_temporary_password(&host, &generated, None).unwrap().epoch;
    let back = Actor { session: Some(epoch), ..as_staff(&host, staff) };
    assert_eq!(refused(admit.practice(&back)), Refusal::MustChangePassword);
    admit.run(&host, RemoveLogin { login }, None).unwrap();
    assert_eq!(refused(admit.practice(&back)), Refusal::SessionEnded);
    assert_eq!(refused(admit.login(&as_login(&host, login, epoch), login)), Refusal::SessionEnded);
}

#[test]
fn a_grant_that_was_withdrawn_does_not_come_back_by_an_earlier_invitation() {
    let (admit, clock) = store();
    let host = with_reason(&practice(&admit));
    let staff = seat(&admit, &host, Role::Practitioner);
    let ruth = as_staff(&host, staff);
    let client = post::client(&admit, &ruth, "Ada", Some("ada@example.org"));
    let sent = post::send(&admit, &ruth, post::to_client(client));
    let token = post::emailed(&admit);
    clock.forward(1_000);
    let grant = admit.grants(&host, client).unwrap()[0].id;
    admit.run(&host, WithdrawGrant { grant }, None).unwrap();
    let show = admit::commands::invitation::ShowLink {
        invitation: sent.invitation,
        channel: Channel::Copied,
    };
    assert_eq!(refused(admit.run(&ruth, show, None)), Refusal::NotPermitted);
    post::accept(&admit, post::with_password(&token)).unwrap();
    assert_eq!(refused(admit.client(&ruth, client)), Refusal::NotPermitted);
}

#[test]
fn inviting_whom_a_colleague_has_invited_leaves_the_colleagues_link_alone() {
    let (admit, _) = store();
    let host = practice(&admit);
    let [ruth, omar] = [0, 1].map(|_| as_staff(&host, seat(&admit, &host, Role::Practitioner)));
    let ann = || post::to_new_client("Ann", "ann@example.org");
    let first = post::send(&admit, &ruth, ann());
    let link = post::emailed(&admit);
    let second = post::send(&admit, &omar, ann());
    assert!(first.invitation != second.invitation && !second.is_renewed);
    assert!(post::is_live(&admit, &link));
}

#[test]
fn inviting_a_second_guardian_leaves_the_first_ones_link_alone() {
    let (admit, _) = store();
    let host = practice(&admit);
    let child = post::client(&admit, &host, "Byron", None);
    post::send(&admit, &host, post::to_guardian(child, "mother@example.org"));
    let link = post::emailed(&admit);
    post::send(&admit, &host, post::to_guardian(child, "father@example.org"));
    assert!(post::is_live(&admit, &link));
}

#[test]
fn s50_who_may_not_read_a_noun_learns_of_no_id_or_key_whether_it_is_there() {
    let (admit, _) = store();
    let host = with_reason(&practice(&admit));
    let key = |text: &str| ExternalId::parse(text).unwrap();
    let profile = Profile {
        external_id: Some(key("here")),
        names: vec![crate::support::name("Ada", "Ash")],
        ..Profile::default()
    };
    let create = CreateClient { profile, stage: Stage::Registered };
    let client = admit.run(&host, create, None).unwrap();
    let room = CreateRoom { name: crate::support::line("North"), external_id: Some(key("here")) };
    let room = admit.run(&host, room, None).unwrap();
    let staff = seat(&admit, &host, Role::Practitioner);
    let external_id = Change::Set(key("here"));
    let change = StaffChange { external_id, ..StaffChange::default() };
    admit.run(&host, UpdateStaff { staff, change, revision: 0 }, None).unwrap();
    let (_, login) = login(&admit, &host, "ada@example.org", None);
    let stopped = seat(&admit, &host, Role::Admin);
    admit.run(&host, SuspendStaff { staff: stopped, revision: 0 }, None).unwrap();
    let (gone, into) =
        (post::client(&admit, &host, "Bo", None), post::client(&admit, &host, "Bo", None));
    let reason = crate::support::line("came twice");
    let merge = MergeClients { from: gone, into, from_revision: 0, into_revision: 0, reason };
    admit.run(&host, merge, None).unwrap();
    let nobody = uuid::Uuid::from_u128(7);
    let visitor = super::people::visitor(&host);
    let member = as_staff(&host, seat(&admit, &host, Role::Member));
    let ended = Actor { session: Some(1), ..as_staff(&host, staff) };
    for (actor, expected) in [
        (&visitor, Refusal::NotPermitted),
        (&member, Refusal::NotPermitted),
        (&as_staff(&host, stopped), Refusal::ActorSuspended),
        (&ended, Refusal::SessionEnded),
        (&as_login(&host, login, 9), Refusal::SessionEnded),
    ] {
        for id in [client, gone, ClientId::from_uuid(nobody)] {
            assert_eq!(refused(admit.client(actor, id)), expected);
            assert_eq!(refused(admit.grants(actor, id)), expected);
            assert_eq!(refused(admit.can(actor, Action::ClientRead, Some(id.into()))), expected);
            let change = UpdateClient { client: id, change: Default::default(), revision: 0 };
            assert_eq!(answer(&admit, actor, change), expected);
        }
        for id in [room, RoomId::from_uuid(nobody)] {
            assert_eq!(refused(admit.room(actor, id)), expected);
            let name = crate::support::line("South");
            assert_eq!(answer(&admit, actor, RenameRoom { room: id, name, revision: 0 }), expected);
        }
        for id in [login, LoginId::from_uuid(nobody)] {
            assert_eq!(refused(admit.login(actor, id)), expected);
            assert_eq!(answer(&admit, actor, EndSessions { login: id }), expected);
        }
        for text in ["here", "not here"] {
            assert_eq!(refused(admit.client_by_external_id(actor, &key(text))), expected);
            assert_eq!(refused(admit.room_by_external_id(actor, &key(text))), expected);
        }
        // A member reads one seat, its own.
        if actor.who != member.who {
            for id in [staff, StaffId::from_uuid(nobody)] {
                assert_eq!(refused(admit.staff(actor, id)), expected);
            }
            for text in ["here", "not here"] {
                assert_eq!(refused(admit.staff_by_external_id(actor, &key(text))), expected);
            }
        }
    }
    // Who may read is told what there is not.
    let nothing = admit.client_by_external_id(&host, &key("not here"));
    assert_eq!(refused(nothing), Refusal::NotFound);
    assert_eq!(refused(admit.client(&host, gone)), Refusal::ClientMerged);
}
