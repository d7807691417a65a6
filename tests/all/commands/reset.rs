//! RULES S10, S12, S13, S18, S19, S24, S25, S33, S35, S48 and S49, on forgotten passwords.

use super::people::{
    OTHER, PASSWORD, WRONG, as_login, as_staff, by_password, challenge, client, count, email,
    events, is_in_store, kinds, login, messages, portal_of, practice_behind, practice_of, rows,
    rows_in, seat, secret, set_status, stored, token, visitor, work,
};
use super::post;
use crate::support::{Clock, line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::address::RequestAddressChange;
use admit::commands::client::{ProfileChange, UpdateClient};
use admit::commands::login_change::{EndSessions, RemoveLogin};
use admit::commands::practice::SuspendPractice;
use admit::commands::reset::RequestResetFor;
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Scope, Source, Who};
use admit::domain::client::Status;
use admit::domain::event::Happening;
use admit::domain::id::{InvitationId, LoginId, Thing};
use admit::domain::invitation::{Channel, Invitation, Offer, Recipient, State};
use admit::domain::message::{Address, Carries, Kind};
use admit::domain::proxy::Tie;
use admit::domain::rate::{Limits, Window};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::IdempotencyKey;
use admit::domain::time::{DAY, HOUR, Timestamp};
use admit::records;
use std::sync::atomic::{AtomicUsize, Ordering};

const ADA: &str = "ada@example.org";
const RESET: u8 = 3;
const EMAIL: u8 = 1;
const COPIED: u8 = 3;

fn from_nowhere() -> Source {
    Source::default()
}

/// Asks for a reset, a moment later, and gives the token that the message would carry.
pub fn asked(admit: &Admit, clock: &Clock, actor: &Actor, name: &str) -> String {
    clock.forward(1);
    admit.request_reset(&visitor(actor), name).unwrap();
    token(admit, RESET, EMAIL, challenge(admit))
}

pub fn choose(admit: &Admit, token: &str, password: &str) -> Result<(), Refusal> {
    match admit.reset(from_nowhere(), token, &secret(password), None) {
        Ok(_) => Ok(()),
        Err(admit::error::Error::Refused(refusal)) => Err(refusal),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn s48_a_reset_sets_the_password_proves_the_address_and_makes_no_session() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (client, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let session = admit.sign_in(&visitor(&actor), &by_password(ADA, PASSWORD)).unwrap();
    let link = asked(&admit, &clock, &actor, "ADA@example.org");
    clock.forward(1);
    let done = admit.reset(from_nowhere(), &link, &secret(OTHER), None).unwrap();
    assert_eq!((done.login, done.practice), (id, practice_of(&actor)));
    assert_eq!(done.epoch, session.epoch + 1);
    let after = stored(&admit, id);
    assert!(after.email_verified);
    assert_eq!(kinds(&admit), [Kind::Reset, Kind::PasswordChanged]);
    let old = as_login(&actor, id, session.epoch);
    assert_eq!(refused(admit.client(&old, client)), Refusal::SessionEnded);
    let door = visitor(&actor);
    assert_eq!(refused(admit.sign_in(&door, &by_password(ADA, PASSWORD))), Refusal::SignInFailed);
    assert!(admit.sign_in(&door, &by_password(ADA, OTHER)).is_ok());
    let chain = portal_of(&admit, &actor).uuid();
    assert_eq!(count(&admit, chain, Happening::ResetRequested), 1);
    assert_eq!(count(&admit, chain, Happening::PasswordReset), 1);
    for hidden in [OTHER, &link] {
        assert!(!is_in_store(&admit, hidden));
    }
}

#[test]
fn s54_a_link_that_was_copied_proves_no_address() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, None);
    asked(&admit, &clock, &actor, ADA);
    let copied = token(&admit, RESET, COPIED, challenge(&admit));
    choose(&admit, &copied, OTHER).unwrap();
    assert!(!stored(&admit, id).email_verified);
}

#[test]
fn s12_sixteen_threads_with_one_link_choose_one_password() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let link = asked(&admit, &clock, &actor, ADA);
    let won = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for number in 0..16 {
            let (admit, link, won) = (&admit, &link, &won);
            scope.spawn(move || match choose(admit, link, &format!("{OTHER} {number}")) {
                Ok(()) => drop(won.fetch_add(1, Ordering::SeqCst)),
                Err(refusal) => assert_eq!(refusal, Refusal::LinkUsed),
            });
        }
    });
    assert_eq!(won.into_inner(), 1);
    assert_eq!(stored(&admit, id).epoch, 2);
    let chain = portal_of(&admit, &actor).uuid();
    assert_eq!(count(&admit, chain, Happening::PasswordReset), 1);
    assert_eq!(count(&admit, chain, Happening::TokenRefused), 10);
}

#[test]
fn s13_a_weak_password_leaves_the_link_as_it_was() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, "ada.lovelace@example.org", Some(PASSWORD));
    let link = asked(&admit, &clock, &actor, "ada.lovelace@example.org");
    let before = stored(&admit, id);
    for (weak, refusal) in [
        ("short", Refusal::PasswordTooShort),
        ("passwordpassword", Refusal::PasswordTooCommon),
        ("Cedar Clinic lovelace", Refusal::PasswordContainsContext),
        (&"long ".repeat(300), Refusal::PasswordTooLong),
    ] {
        assert_eq!(choose(&admit, &link, weak), Err(refusal));
    }
    assert_eq!(stored(&admit, id), before);
    choose(&admit, &link, OTHER).unwrap();
}

#[test]
fn dead_links_say_what_they_died_of_and_others_are_invalid() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let (first, second) = (asked(&admit, &clock, &actor, ADA), asked(&admit, &clock, &actor, ADA));
    choose(&admit, &second, OTHER).unwrap();
    assert_eq!(choose(&admit, &second, PASSWORD), Err(Refusal::LinkUsed));
    // S18: a new password kills the links that wait.
    assert_eq!(choose(&admit, &first, PASSWORD), Err(Refusal::LinkSuperseded));
    let third = asked(&admit, &clock, &actor, ADA);
    admit.run(&actor, EndSessions { login: id }, None).unwrap();
    assert_eq!(choose(&admit, &third, PASSWORD), Err(Refusal::LinkSuperseded));
    // S09 and S10: good for an hour to the millisecond.
    let fourth = asked(&admit, &clock, &actor, ADA);
    clock.forward(HOUR);
    assert_eq!(choose(&admit, &fourth, PASSWORD), Err(Refusal::LinkExpired));
    let fifth = asked(&admit, &clock, &actor, ADA);
    clock.forward(HOUR - 1);
    choose(&admit, &fifth, PASSWORD).unwrap();
    let sixth = asked(&admit, &clock, &actor, ADA);
    let waiting = challenge(&admit);
    admit.run(&actor, RemoveLogin { login: id }, None).unwrap();
    assert_eq!(choose(&admit, &sixth, PASSWORD), Err(Refusal::LinkRevoked));
    // S04: a token of another purpose, and no token at all.
    for purpose in [1, 2, 4, 5, 6] {
        let other = token(&admit, purpose, EMAIL, waiting);
        assert_eq!(choose(&admit, &other, PASSWORD), Err(Refusal::LinkInvalid));
    }
    for junk in ["", "junk", &sixth[1..]] {
        assert_eq!(choose(&admit, junk, PASSWORD), Err(Refusal::LinkInvalid));
    }
    assert_eq!(refused(admit.confirm_address(from_nowhere(), &sixth, None)), Refusal::LinkInvalid);
}

#[test]
fn s04_a_link_that_proves_an_address_chooses_no_password() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let ask = RequestAddressChange { login: id, to: email("b@example.org"), password: None };
    admit.request_address_change(&actor, &ask, None).unwrap();
    for purpose in 1..=6 {
        let link = token(&admit, purpose, EMAIL, challenge(&admit));
        assert_eq!(choose(&admit, &link, OTHER), Err(Refusal::LinkInvalid));
    }
}

#[test]
fn s20_a_suspended_practice_resets_nothing() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    let link = asked(&admit, &clock, &actor, ADA);
    admit.run(&actor, SuspendPractice, None).unwrap();
    assert_eq!(choose(&admit, &link, OTHER), Err(Refusal::PracticeSuspended));
}

#[test]
fn s24_asking_answers_the_same_and_writes_as_much_whatever_the_name_is() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    login(&admit, &actor, "active@example.org", Some(PASSWORD));
    login(&admit, &actor, "none@example.org", None);
    let until = Timestamp::from_millis(i64::MAX);
    for (name, status) in [
        ("suspended@example.org", Status::Suspended),
        ("deleted@example.org", Status::PendingDeletion { until }),
        ("off@example.org", Status::Deactivated),
    ] {
        let (client, _) = login(&admit, &actor, name, Some(PASSWORD));
        set_status(&admit, client, status);
    }
    let (_, removed) = login(&admit, &actor, "removed@example.org", Some(PASSWORD));
    admit.run(&actor, RemoveLogin { login: removed }, None).unwrap();
    let on_file = client(&admit, &actor);
    let change = ProfileChange {
        email: admit::commands::Change::Set(email("file@example.org")),
        ..ProfileChange::default()
    };
    admit.run(&actor, UpdateClient { client: on_file, change, revision: 0 }, None).unwrap();

    let chain = portal_of(&admit, &actor).uuid();
    let posted = |name: &str| {
        clock.forward(1);
        let (before, noted) = (messages(&admit).len(), events(&admit, chain).len());
        let rows_before = rows(&admit);
        let (answer, hashes, commits) =
            work(&admit, || admit.request_reset(&visitor(&actor), name));
        assert!(answer.is_ok());
        assert_eq!((hashes, commits), (0, 1), "{name}");
        let added: Vec<_> = rows(&admit).iter().zip(rows_before).map(|(a, b)| a - b).collect();
        assert_eq!(added, [1; 7], "{name}");
        assert_eq!(events(&admit, chain).len(), noted + 1, "{name}");
        kinds(&admit).split_off(before)
    };
    assert_eq!(posted("active@example.org"), [Kind::Reset]);
    assert_eq!(posted("none@example.org"), [Kind::Reset]);
    assert_eq!(posted("file@example.org"), [Kind::ResetWithoutLogin]);
    for silent in [
        "suspended@example.org",
        "deleted@example.org",
        "off@example.org",
        "removed@example.org",
        "stranger@example.org",
        "stranger",
        "no name \u{0}",
        "",
    ] {
        assert_eq!(posted(silent), [], "{silent}");
    }
    assert!(!is_in_store(&admit, "stranger"));
}

#[test]
fn s19_asking_changes_nothing_on_the_account() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (client, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let before = (stored(&admit, id), admit.client(&actor, client).unwrap());
    asked(&admit, &clock, &actor, ADA);
    assert_eq!((stored(&admit, id), admit.client(&actor, client).unwrap()), before);
    assert!(admit.sign_in(&visitor(&actor), &by_password(ADA, PASSWORD)).is_ok());
}

#[test]
fn s35_five_links_an_hour_by_name_and_source_and_the_rest_in_silence() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    let first = asked(&admit, &clock, &actor, ADA);
    for spelling in [" ada@example.org", "ADA@EXAMPLE.ORG", "ada@Example.org", ADA, ADA, ADA] {
        clock.forward(1);
        let (answer, hashes, commits) =
            work(&admit, || admit.request_reset(&visitor(&actor), spelling));
        assert!(answer.is_ok());
        assert_eq!((hashes, commits), (0, 1));
    }
    assert_eq!(messages(&admit).len(), 5);
    let address = Some(line("192.0.2.7"));
    let elsewhere = Actor { source: Source { address, ..from_nowhere() }, ..visitor(&actor) };
    admit.request_reset(&elsewhere, ADA).unwrap();
    assert_eq!(messages(&admit).len(), 6);
    // Earlier links stay good.
    clock.forward(HOUR - 7);
    choose(&admit, &first, OTHER).unwrap();
    clock.forward(1);
    admit.request_reset(&visitor(&actor), ADA).unwrap();
    assert_eq!(kinds(&admit).iter().filter(|kind| **kind == Kind::Reset).count(), 7);
}

fn fail_ten_times(admit: &Admit, clock: &Clock, actor: &Actor) {
    for _ in 0..10 {
        let refusal = refused(admit.sign_in(&visitor(actor), &by_password(ADA, WRONG)));
        assert_eq!(refusal, Refusal::SignInFailed);
        clock.forward(32_000);
    }
}

#[test]
fn s33_a_locked_login_gets_its_link_and_the_link_ends_the_lock() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    fail_ten_times(&admit, &clock, &actor);
    let early = refused(admit.sign_in(&visitor(&actor), &by_password(ADA, PASSWORD)));
    assert!(early.retry_after().is_some());
    let link = asked(&admit, &clock, &actor, ADA);
    choose(&admit, &link, OTHER).unwrap();
    assert!(admit.sign_in(&visitor(&actor), &by_password(ADA, OTHER)).is_ok());
}

fn invite(admit: &Admit, actor: &Actor, address: &str, inviter: Who, number: u8) -> Invitation {
    let now = admit.context(actor).unwrap().now;
    let invitation = Invitation {
        id: InvitationId::from_uuid(uuid::Uuid::from_bytes([number; 16])),
        practice: practice_of(actor),
        offer: Offer::Client { client: client(admit, actor), tie: Tie::Myself },
        recipient: Recipient { email: Some(email(address)), ..Recipient::default() },
        channel: Some(Channel::Email),
        inviter,
        on_behalf_of: None,
        note: None,
        generation: 4,
        sends: 4,
        expires_at: now.plus(7 * DAY),
        check: Default::default(),
        state: State::Pending,
        message: None,
        created_at: now,
        sent_at: now,
    };
    let row = invitation.clone();
    admit.store().write(move |write| records::invitation::put(write, None, &row)).unwrap();
    invitation
}

#[test]
fn s34_one_who_is_invited_gets_the_live_invitation_again_and_it_is_not_renewed() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let inviter = seat(&admit, &actor, Role::Practitioner);
    let invitation = invite(&admit, &actor, ADA, Who::Staff(inviter), 1);
    let there = |admit: &Admit| {
        let found = admit.store().read(|read| records::invitation::find(read, invitation.id));
        found.unwrap().unwrap()
    };
    admit.request_reset(&visitor(&actor), ADA).unwrap();
    let message = messages(&admit).pop().unwrap();
    let carries = Carries::Invitation { id: invitation.id, generation: 4 };
    assert_eq!((message.kind, message.carries), (Kind::Invitation, carries));
    assert_eq!(there(&admit), invitation);
    clock.forward(7 * DAY);
    admit.request_reset(&visitor(&actor), ADA).unwrap();
    let message = messages(&admit).pop().unwrap();
    assert_eq!((message.kind, message.carries), (Kind::NewLinkAsked, Carries::Nothing));
    assert_eq!(message.to.address, Address::Email(email("grace@clinic.example.org")));
    assert_eq!(message.subject, invitation.client().map(Thing::from));
    assert_eq!(there(&admit), invitation);
}

#[test]
fn s36_asking_sends_an_invitation_again_within_its_windows_and_answers_the_same_beyond_them() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let nora = as_staff(&actor, seat(&admit, &actor, Role::Practitioner));
    let to_ada = || post::to_new_client("Ada", ADA);
    post::send(&admit, &nora, to_ada());
    let ask = |at: u8| {
        clock.forward(1);
        let address = Some(line(&format!("192.0.2.{at}")));
        let door = Actor { source: Source { address, ..from_nowhere() }, ..visitor(&actor) };
        let before = kinds(&admit).len();
        let (answer, hashes, commits) = work(&admit, || admit.request_reset(&door, ADA));
        assert!(answer.is_ok());
        assert_eq!((hashes, commits), (0, 1));
        kinds(&admit).split_off(before)
    };
    for at in 0..4 {
        assert_eq!(ask(at), [Kind::Invitation]);
    }
    assert_eq!(ask(4), []);
    let tried = refused(admit.run(&nora, to_ada(), None));
    assert!(matches!(tried, Refusal::TooManyMessages { .. }));
    clock.forward(DAY);
    assert_eq!(ask(5), [Kind::Invitation]);
    let context = admit.context(&nora).unwrap();
    let of_practice = context.digest("invitations of", &[practice_of(&actor).bytes()]);
    let full = Window { opened: context.now, count: Limits::default().per_practice.count };
    admit.store().write(move |write| records::rate::put(write, &of_practice, full)).unwrap();
    assert_eq!(ask(6), []);
}

#[test]
fn s25_asking_counts_as_many_messages_whether_or_not_one_is_invited() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    let nora = as_staff(&actor, seat(&admit, &actor, Role::Practitioner));
    post::send(&admit, &nora, post::to_new_client("Ben", "ben@example.org"));
    invite(&admit, &actor, "invited@example.org", Who::Host, 1);
    let counted = |name: &str| {
        clock.forward(1);
        let before = rows_in(&admit, "rate");
        admit.request_reset(&visitor(&actor), name).unwrap();
        rows_in(&admit, "rate") - before
    };
    counted("somebody@example.org");
    for name in ["invited@example.org", ADA, "stranger@example.org", "stranger"] {
        assert_eq!(counted(name), 1, "{name}");
    }
    // Whoever is not invited has nothing to lose: a link goes out however often it was asked for.
    for at in 0..9 {
        let address = Some(line(&format!("192.0.2.{at}")));
        let door = Actor { source: Source { address, ..from_nowhere() }, ..visitor(&actor) };
        admit.request_reset(&door, ADA).unwrap();
    }
    assert_eq!(kinds(&admit).iter().filter(|kind| **kind == Kind::Reset).count(), 10);
}

#[test]
fn a_portal_of_two_practices_writes_in_the_words_of_the_one_that_is_reached() {
    let (admit, clock) = store();
    let (one, two) = (practice_behind(&admit, "hub"), practice_behind(&admit, "hub"));
    login(&admit, &two, ADA, Some(PASSWORD));
    invite(&admit, &two, "invited@example.org", Who::Host, 2);
    let portal = Scope::Portal(portal_of(&admit, &one));
    for scope in [one.scope, two.scope, portal] {
        clock.forward(1);
        admit.request_reset(&Actor { scope, ..visitor(&one) }, ADA).unwrap();
        assert_eq!(messages(&admit).pop().unwrap().practice, practice_of(&two));
    }
    // S28: one practice tells nothing of another's invitations.
    let before = messages(&admit).len();
    admit.request_reset(&visitor(&one), "invited@example.org").unwrap();
    assert_eq!(messages(&admit).len(), before);
    admit.request_reset(&Actor { scope: portal, ..visitor(&one) }, "invited@example.org").unwrap();
    assert_eq!(messages(&admit).len(), before + 1);
}

#[test]
fn staff_who_may_see_a_login_are_told_why_no_link_is_sent() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let ask = RequestResetFor { login: id };
    let admin = as_staff(&actor, seat(&admit, &actor, Role::Admin));
    let stranger = as_staff(&actor, seat(&admit, &actor, Role::Practitioner));
    assert_eq!(refused(admit.run(&stranger, ask.clone(), None)), Refusal::NotPermitted);
    assert_eq!(refused(admit.run(&practice(&admit), ask.clone(), None)), Refusal::NotFound);
    for _ in 0..5 {
        admit.run(&admin, ask.clone(), None).unwrap();
    }
    let limited = refused(admit.run(&admin, ask.clone(), None));
    assert_eq!(limited, Refusal::TooManyMessages { retry_after: HOUR });
    clock.forward(1);
    admit.run(&actor, ask, None).unwrap();
    let link = token(&admit, RESET, EMAIL, challenge(&admit));
    choose(&admit, &link, OTHER).unwrap();
}

#[test]
fn s19_a_visitor_asks_by_name_alone_and_learns_of_no_id_whether_it_is_a_logins() {
    let (admit, _) = store();
    let actor = practice(&admit);
    let (_, id) = login(&admit, &actor, ADA, Some(PASSWORD));
    let visitor = visitor(&actor);
    let before = messages(&admit).len();
    for login in [id, LoginId::from_uuid(uuid::Uuid::from_u128(7))] {
        let ask = RequestResetFor { login };
        assert_eq!(refused(admit.run(&visitor, ask, None)), Refusal::NotPermitted);
        let can = admit.can(&visitor, Action::LoginRequestReset, Some(login.into()));
        assert_eq!(refused(can), Refusal::NotPermitted);
    }
    assert!(admit.can(&visitor, Action::LoginRequestReset, None).is_ok());
    assert_eq!(messages(&admit).len(), before);
}

#[test]
fn the_same_key_repeats_the_answer_of_a_reset() {
    let (admit, clock) = store();
    let actor = practice(&admit);
    login(&admit, &actor, ADA, Some(PASSWORD));
    let link = asked(&admit, &clock, &actor, ADA);
    let key = IdempotencyKey::parse("k1").unwrap();
    let reset = |password| admit.reset(from_nowhere(), &link, &secret(password), Some(&key));
    let first = reset(OTHER).unwrap();
    assert_eq!(reset(OTHER).unwrap(), first);
    assert_eq!(refused(reset(PASSWORD)), Refusal::Conflict);
}
