//! What several features make of each other, tried as somebody would who means no good.

use super::deletion::{delete, policy, to_erase};
use super::guest::{self, newcomer};
use super::of_age;
use super::open_link::{self, come_in, made, nobody, of_clients, token};
use super::people::{PASSWORD, as_login, secret};
use super::plant::{self, acting, client_with_login, find_login, reasoned, seat, tie};
use super::post::{self, claim, token_in};
use crate::support::{line, practice, practice_at, refused, store};
use admit::commands::batch::{PlanBatch, RowFilter, Whom};
use admit::commands::delegation::{GiveDelegation, InviteAssistant, Terms};
use admit::commands::guest::Newcomer;
use admit::commands::item::PutItem;
use admit::commands::login::CreateLogin;
use admit::commands::merge::MergeClients;
use admit::commands::open_link::ComeIn;
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::proxy::EndProxy;
use admit::commands::registration::{Register, Registered};
use admit::commands::staff::{ChangeRole, StaffChange, UpdateStaff};
use admit::commands::{Admit, Change};
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::batch::{Applied, How, Skip};
use admit::domain::delegation::Clients;
use admit::domain::id::{ClientId, LoginId};
use admit::domain::invitation::Channel;
use admit::domain::item::Word;
use admit::domain::message::Kind;
use admit::domain::proxy::Tie;
use admit::domain::rate::PER_LINK_AND_SOURCE;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{BirthDate, ExternalId, Username};
use admit::domain::time::DAY;
use admit::seal::KeyRing;
use secrecy::{ExposeSecret, SecretString};
use std::cell::RefCell;

const ADA: &str = "ada@example.org";

fn exported(admit: &Admit, actor: &Actor) -> String {
    let text = RefCell::new(Vec::new());
    let sink = |line: &[u8]| {
        text.borrow_mut().extend_from_slice(line);
        true
    };
    assert!(admit.export_practice(actor, &sink).unwrap().is_complete);
    String::from_utf8(text.into_inner()).unwrap()
}

/// A practice where people register, with one registration that waits, and its link.
fn registered(admit: &Admit) -> (Actor, SecretString) {
    let settings = SettingsChange { registration: Some(true), ..SettingsChange::default() };
    let (host, visitor) = guest::open(admit, settings);
    (reasoned(&host), register(admit, &visitor))
}

fn register(admit: &Admit, visitor: &Actor) -> SecretString {
    let newcomer = Newcomer { locale: None, ..newcomer("Ada", Some(ADA)) };
    let password = Some(secret(PASSWORD));
    let asked = Register { newcomer, username: None, password, identity: None };
    assert_eq!(admit.register(visitor, &asked, None).unwrap(), Registered::Held);
    mailed(admit, Kind::RegistrationConfirm)
}

/// The token of the latest message of a kind that is due.
fn mailed(admit: &Admit, kind: Kind) -> SecretString {
    let due = claim(admit);
    token_in(&due.iter().rev().find(|it| it.kind == kind).unwrap().text)
}

fn confirm(admit: &Admit, token: &SecretString) -> admit::error::Result<(LoginId, u32)> {
    let done = admit.confirm_address(Source::default(), token.expose_secret(), None)?;
    Ok((done.login, done.epoch))
}

fn erase(admit: &Admit, host: &Actor) {
    let plan = admit.plan_practice_erasure(host).unwrap();
    admit.confirm_practice_erasure(host, &plan.token, None).unwrap();
}

fn merge(from: ClientId, into: ClientId) -> MergeClients {
    let reason = line("came twice");
    MergeClients { from, into, from_revision: 0, into_revision: 0, reason }
}

#[test]
fn an_export_has_no_password_of_whoever_has_not_proved_an_address_yet() {
    let (admit, _) = store();
    let (host, _) = registered(&admit);
    let link = token(&admit, &host, made(&admit, &host, of_clients(9)));
    let password = Some(PASSWORD.into());
    come_in(&admit, ComeIn { password, ..nobody(&link, "Lucia") }).unwrap();
    let admin = seat(&admit, &host, Role::Admin).1;
    for actor in [&host, &admin] {
        let text = exported(&admit, actor);
        assert!(text.contains("\"noun\":\"challenge\"") && text.contains(ADA));
        assert!(!text.contains("$argon2") && !text.contains("\"hash\":\"$"), "{text}");
    }
}

#[test]
fn s28_an_export_tells_nothing_of_a_login_since_its_last_tie_here_has_ended() {
    let (admit, _) = store();
    let (here, there) = (practice_at(&admit, Some("hub")), practice_at(&admit, Some("hub")));
    let shared = plant::login(&admit, &here, "shared@example.org");
    for host in [&here, &there] {
        let client = plant::client(&admit, host, "Ada", "Garcia");
        tie(&admit, host, shared, client, Tie::Myself);
    }
    let (client, own, _) = client_with_login(&admit, &here, "Ben");
    let text = exported(&admit, &reasoned(&here));
    assert!(text.contains("shared@example.org"));
    let ended = admit.proxies_of_login(&here, shared).unwrap()[0].id;
    admit.run(&here, EndProxy { proxy: ended }, None).unwrap();
    let ended = admit.proxies(&here, client).unwrap()[0].id;
    admit.run(&here, EndProxy { proxy: ended }, None).unwrap();
    let text = exported(&admit, &reasoned(&here));
    assert!(!text.contains("shared@example.org"), "what it is now is the other practice's");
    let address = find_login(&admit, own).email.unwrap();
    assert!(text.contains(address.as_str()), "one that holds nothing elsewhere is the practice's");
}

#[test]
fn s35_whoever_asks_by_an_open_link_which_names_are_taken_is_counted() {
    let (admit, _) = store();
    let host = practice(&admit);
    let link = token(&admit, &host, made(&admit, &host, of_clients(9)));
    let named = |given: &str| ComeIn {
        username: Some(Username::parse("countess").unwrap()),
        ..open_link::newcomer(&link, given)
    };
    come_in(&admit, named("Lucia")).unwrap();
    confirm(&admit, &mailed(&admit, Kind::AddressConfirm)).unwrap();
    for _ in 1..PER_LINK_AND_SOURCE.count {
        assert_eq!(refused(come_in(&admit, named("Ben"))), Refusal::NameTaken);
    }
    let answer = refused(come_in(&admit, named("Ben")));
    assert!(matches!(answer, Refusal::TooManyMessages { .. }), "{answer:?}");
}

#[test]
fn s51_an_open_link_gives_nothing_that_its_maker_could_not_give_any_more() {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    let change = |staff, role| {
        admit.run(&host, ChangeRole { staff, role, revision: 0 }, None).unwrap();
    };
    let (admin, nora) = seat(&admit, &host, Role::Admin);
    let (practitioner, max) = seat(&admit, &host, Role::Practitioner);
    let seats = token(&admit, &nora, made(&admit, &nora, open_link::of_seats(Role::Member, 9)));
    let clients = token(&admit, &max, made(&admit, &max, of_clients(9)));
    let enter = |link, given| come_in(&admit, open_link::newcomer(link, given));
    enter(&seats, "Lucia").unwrap();
    let place = mailed(&admit, Kind::AddressConfirm);
    enter(&clients, "Ben").unwrap();
    change(admin, Role::Practitioner);
    change(practitioner, Role::Member);
    for link in [&seats, &clients] {
        assert_eq!(refused(enter(link, "Uma")), Refusal::LinkRevoked);
    }
    assert_eq!(refused(confirm(&admit, &place)), Refusal::LinkRevoked);
    change(admin, Role::Admin);
    confirm(&admit, &place).unwrap();
}

#[test]
fn s51_a_seat_without_a_login_of_the_address_that_it_shows_gets_nobodys_delegation() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    let (mal, mals) = seat(&admit, &host, Role::Assistant);
    let create = CreateLogin {
        staff: Some(mal),
        username: Some(Username::parse("mal").unwrap()),
        ..CreateLogin::default()
    };
    admit.create_login(&host, &create, None).unwrap();
    let uma = plant::email("uma@example.org");
    let change = StaffChange { email: Change::Set(uma.clone()), ..StaffChange::default() };
    admit.run(&mals, UpdateStaff { staff: mal, change, revision: 0 }, None).unwrap();
    let terms = Terms { actions: vec![], clients: Clients::All, reason: None, ends_at: None };
    let (name, locale, note) = (crate::support::name("Uma", "Reed"), None, None);
    let invite = InviteAssistant { practitioner: None, name, email: uma, locale, note, terms };
    let invited = admit.run(&own, invite.clone(), None).unwrap();
    assert_ne!(invited.staff, mal);
    // Whoever accepted by that mail is found again, though its login has the address no more.
    let accepted = post::accept(&admit, post::with_password(&mailed(&admit, Kind::Invitation)));
    let login = accepted.unwrap().login;
    plant::plant(&admit, &host, move |unit| {
        let old = admit::records::login::find(&mut unit.write, login)?.unwrap();
        let new = admit::domain::login::Login { email: None, ..old.clone() };
        unit.save_login(Some(&old), &new)?;
        Ok(())
    });
    let (_, other) = {
        let add = plant::add_staff(Role::Practitioner, "Second");
        let id = admit.run(&host, add, None).unwrap();
        (id, acting(&host, Who::Staff(id)))
    };
    let known = admit.run(&other, invite, None).unwrap();
    assert_eq!((known.staff, known.invitation), (invited.staff, None));
}

#[test]
fn a_login_does_not_learn_that_a_client_of_others_was_merged() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, _, stranger) = client_with_login(&admit, &host, "Ben");
    let (into, _, own) = client_with_login(&admit, &host, "Ada");
    let from = plant::client(&admit, &host, "Ada", "Again");
    admit.run(&host, merge(from, into), None).unwrap();
    assert_eq!(refused(admit.client(&stranger, from)), Refusal::NotFound);
    assert_eq!(refused(admit.merged_into(&stranger, from)), Refusal::NotFound);
    assert_eq!(
        refused(admit.can(&stranger, Action::ClientRead, Some(from.into()))),
        Refusal::NotFound
    );
    assert_eq!(refused(admit.client(&own, from)), Refusal::ClientMerged);
    assert_eq!(admit.merged_into(&own, from).unwrap(), into);
}

#[test]
fn a_registration_in_a_practice_that_was_ended_is_a_dead_link() {
    let (admit, _) = store();
    let (host, link) = registered(&admit);
    assert!(post::is_live(&admit, &link));
    erase(&admit, &host);
    assert_eq!(refused(confirm(&admit, &link)), Refusal::LinkInvalid);
    let inspected = admit.inspect(Source::default(), link.expose_secret());
    assert_eq!(refused(inspected), Refusal::LinkInvalid);
}

#[test]
fn whoever_comes_of_age_in_a_practice_that_was_ended_does_not_stop_upkeep() {
    let world = of_age::world(Some("bo@example.org"));
    let of_age::World { admit, clock, host, .. } = &world;
    let host = reasoned(host);
    clock.forward(5 * DAY);
    erase(admit, &host);
    // A thing at a time, so that the invitation falls between two slices of the erasure.
    for _ in 0..200 {
        if !admit.upkeep(1).unwrap().more {
            break;
        }
    }
    assert_eq!(post::rows(admit, "client"), 0);
    assert!(claim(admit).is_empty());
    let trail = admit.verify(&host, None).unwrap();
    assert_eq!(trail.broken_at, None);
}

#[test]
fn a_batch_sends_once_where_two_of_its_clients_turn_out_to_be_one() {
    let (admit, _) = store();
    let host = practice(&admit);
    let [from, into, third] = ["ada", "adele", "zoe"]
        .map(|it| post::client(&admit, &host, it, Some(&format!("{it}@example.org"))));
    let whom = Whom::Clients([from, into, third].into_iter().map(Some).collect());
    let how = How { channel: Some(Channel::Email), expires_in: None, note: None };
    let batch = admit.plan_batch(&host, &PlanBatch { whom, how }, None, None).unwrap().id;
    admit.run(&host, merge(from, into), None).unwrap();
    let applied = admit.apply_batch(&host, batch, None).unwrap();
    assert_eq!((applied.counts.invited, applied.counts.skipped, applied.counts.open), (2, 1, 0));
    let rows = admit.batch_rows(&host, batch, RowFilter::All, None, 10).unwrap().items;
    assert_eq!(
        rows.iter().map(|row| row.client).collect::<Vec<_>>(),
        [None, Some(into), Some(third)]
    );
    let gone = Applied::Skipped(Skip::Refused(Refusal::NotFound));
    assert_eq!(rows[0].applied, Some(gone));
    let mut told: Vec<_> = claim(&admit).iter().map(|it| it.to.canonical()).collect();
    told.sort();
    assert_eq!(told, ["adele@example.org", "zoe@example.org"]);
    assert_eq!(admit.undo_batch(&host, batch, false, None).unwrap().counts.revoked, 2);
}

#[test]
fn a_guardians_end_that_an_import_states_stays_when_the_age_of_majority_moves() {
    let (admit, clock) = store();
    let host = practice(&admit);
    plant::login(&admit, &host, "parent@example.org");
    let mut child = plant::create("Bo", "Held", None);
    child.profile.birth = Some(BirthDate::parse("2008-01-06").unwrap());
    child.profile.external_id = Some(ExternalId::parse("C-1").unwrap());
    let child = admit.run(&host, child, None).unwrap();
    let import = |end: i64| {
        let row =
            format!("{{\"client\":\"C-1\",\"email\":\"parent@example.org\",\"ends_at\":{end}}}");
        let report = admit.import_proxies(&host, row.as_bytes(), None).unwrap();
        assert_eq!(report.skipped, 0, "{report:?}");
        admit.proxies(&host, child).unwrap()[0].clone()
    };
    assert!(import(0).until_of_age);
    let end = clock.millis() + 400 * DAY;
    let stated = import(end);
    assert_eq!(stated.ends_at.map(|at| at.millis()), Some(end));
    assert_eq!(import(0), stated, "a row without an end leaves it");
    let settings = SettingsChange { majority: Some(17), ..SettingsChange::default() };
    admit.run(&host, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    assert_eq!(admit.proxies(&host, child).unwrap()[0], stated);
}

#[test]
fn items_delegations_and_batches_name_the_client_that_stayed_or_nobody() {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let (nora, own) = seat(&admit, &host, Role::Practitioner);
    let assistant = seat(&admit, &host, Role::Assistant).0;
    let [from, into] = ["Ada", "Adele"].map(|it| plant::client(&admit, &own, it, "Quill"));
    let put = |client, key: &str| {
        let external_id = Some(ExternalId::parse(key).unwrap());
        let kind = Word::parse("sample").unwrap();
        admit.run(&host, PutItem { client, kind, external_id, status: None }, None).unwrap()
    };
    let (item, _) = (put(from, "S-1"), put(into, "S-2"));
    let terms = Terms {
        actions: vec![],
        clients: Clients::Only(vec![from, into]),
        reason: None,
        ends_at: None,
    };
    let give = GiveDelegation { assistant, practitioner: Some(nora), terms };
    let delegation = admit.run(&host, give, None).unwrap();
    let whom = Whom::Clients(vec![Some(from)]);
    let how = How { channel: None, expires_in: None, note: None };
    let batch = admit.plan_batch(&host, &PlanBatch { whom, how }, None, None).unwrap().id;
    let from_alone =
        ["change", "event", "event_by_subject", "merged", "merged_by_client", "person_key"];
    admit.run(&host, merge(from, into), None).unwrap();
    for space in post::keyspaces_with(&admit, from.bytes()) {
        assert!(from_alone.contains(&space), "{space}");
    }
    assert_eq!(admit.item(&own, item).unwrap().client, into);
    let named = admit.delegation(&host, delegation).unwrap().delegation.clients;
    assert_eq!(named, Clients::Only(vec![into]));
    let row = &admit.batch_rows(&host, batch, RowFilter::All, None, 10).unwrap().items[0];
    assert_eq!(row.client, None);
    // The same key finds the item where it is now, and the count of both is what there was.
    let again = admit.item_by_external_id(&host, &ExternalId::parse("S-1").unwrap()).unwrap();
    assert_eq!((again.id, again.client), (item, into));
    delete(&admit, &host, &to_erase(into)).unwrap();
    let trail = ["change", "event", "event_by_subject", "erase_order"];
    for client in [from, into] {
        for space in post::keyspaces_with(&admit, client.bytes()) {
            assert!(trail.contains(&space) || space.starts_with("erase_order"), "{space}");
        }
    }
    assert!(matches!(admit.delegation(&host, delegation).unwrap().delegation.clients,
        Clients::Only(left) if left.is_empty()));
}

#[test]
fn after_a_theft_of_the_keys_newcomers_have_sessions_that_count_and_earlier_mails_are_dead() {
    let (admit, _) = store();
    let (host, early) = registered(&admit);
    let link = made(&admit, &host, of_clients(9));
    come_in(&admit, open_link::newcomer(&token(&admit, &host, link), "Lucia")).unwrap();
    let place = mailed(&admit, Kind::AddressConfirm);
    client_with_login(&admit, &host, "Ben");
    let next = KeyRing::new([2; 32], &[[1; 32]]);
    admit.compromise(&next, line("the backup was stolen")).unwrap();
    for dead in [&early, &place] {
        assert_eq!(refused(confirm(&admit, dead)), Refusal::LinkInvalid);
    }
    come_in(&admit, open_link::newcomer(&token(&admit, &host, link), "Lucia")).unwrap();
    let by_link = confirm(&admit, &mailed(&admit, Kind::AddressConfirm)).unwrap();
    let visitor = acting(&host, Who::Visitor);
    let by_itself = confirm(&admit, &register(&admit, &visitor)).unwrap();
    for (login, epoch) in [by_link, by_itself] {
        let own = as_login(&host, login, epoch);
        assert_eq!(admit.login(&own, login).unwrap().clients.len(), 1);
        let stale = as_login(&host, login, 1);
        assert_eq!(refused(admit.login(&stale, login)), Refusal::SessionEnded);
    }
}

#[test]
fn nobody_delegates_what_opens_takes_away_or_lets_in() {
    for action in [
        Action::ClientMerge,
        Action::ClientExport,
        Action::PracticeExport,
        Action::PracticeErase,
        Action::InvitationPlan,
        Action::OpenLinkCreate,
        Action::OpenLinkShow,
        Action::ItemRemove,
        Action::DelegationGive,
        Action::AssistantInvite,
        Action::GrantGive,
        Action::ProxyAdd,
        Action::LoginCreate,
        Action::DeletionPlan,
    ] {
        assert!(!action.is_delegable(), "{}", action.word());
    }
}
