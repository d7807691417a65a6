//! Who comes in by an open link: a place held, an address proved, a place given back.

use super::deletion::{delete, install, to_erase};
use super::open_link::{
    come_in, identity, made, newcomer, nobody, of_clients, of_seats, token, usage,
};
use super::people::{by_password, messages, visitor, work};
use super::post::{
    PASSWORD, claim, client, dead, emailed, events, inspect, keyspaces_with, seat, send, set_staff,
    to_client, token_in, with_password,
};
use crate::support::{line, practice, practice_at, refused, store};
use admit::commands::Admit;
use admit::commands::accept::Session;
use admit::commands::invitation::{Dead, Inspection};
use admit::commands::list::{ListFilter, ListKind};
use admit::commands::login::CreateLogin;
use admit::commands::open_link::{Arrival, ComeIn, RevokeOpenLink};
use admit::commands::outbox::{Claimed, HandedOver};
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::client::Stage;
use admit::domain::event::Happening;
use admit::domain::grant::{Grantee, Ground};
use admit::domain::id::LoginId;
use admit::domain::login;
use admit::domain::message::{Delivery, Kind};
use admit::domain::open_link::State;
use admit::domain::practice::{SignInMethod, SignInMethods};
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::{Role, Status};
use admit::domain::text::{Email, Username};
use admit::domain::time::{DAY, HOUR};
use admit::error::{Error, Result};
use admit::records;
use admit::records::person::By;
use secrecy::{ExposeSecret, SecretString};

fn confirm(admit: &Admit, token: &SecretString) -> Result<LoginId> {
    let confirmed = admit.confirm_address(Source::default(), token.expose_secret(), None);
    confirmed.map(|it| it.login)
}

/// The token in the mail that asks an address for its proof.
fn mailed(admit: &Admit, to: &str) -> SecretString {
    let found = claim(admit);
    let sent: Vec<_> = found
        .iter()
        .filter(|it| it.kind == Kind::AddressConfirm && it.to.canonical() == to)
        .collect();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].text.contains("/address/"));
    let taken = HandedOver { message: sent[0].id, attempt: sent[0].attempt };
    admit.run(&Actor::store_host(), taken, None).unwrap();
    token_in(&sent[0].text)
}

fn waits(arrival: Arrival) -> bool {
    (arrival.login, arrival.client, arrival.staff) == (None, None, None)
}

fn session(admit: &Admit, token: &SecretString, id: LoginId) -> ComeIn {
    let login = admit.store().read(|read| records::login::find(read, id)).unwrap().unwrap();
    let session = Some(Session { login: id, epoch: login.epoch });
    ComeIn { session, name: None, email: None, ..nobody(token, "Nobody") }
}

fn place(
    admit: &Admit,
    host: &Actor,
    places: u32,
) -> (admit::domain::id::OpenLinkId, SecretString) {
    let id = made(admit, host, of_clients(places));
    (id, token(admit, host, id))
}

#[test]
fn w06_a_place_is_held_until_the_address_is_proved_and_a_prospective_client_comes_of_it() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let Who::Staff(inviter) = nora.who else { panic!() };
    let id = made(&admit, &nora, of_clients(3));
    let token = token(&admit, &nora, id);
    let with_password = ComeIn { password: Some(PASSWORD.into()), ..nobody(&token, "Lucia") };
    let held = come_in(&admit, with_password).unwrap();
    assert!(waits(held));
    assert_eq!(usage(&admit, &nora, id), (0, 1, 2, State::Live));
    let before = (events(&admit, &host, Happening::OpenLinkPlaceHeld), admit.stats().unwrap());
    assert_eq!((before.0, before.1.clients.rows, before.1.logins.rows), (1, 0, 0));
    let door = visitor(&host);
    let early = admit.sign_in(&door, &by_password("lucia@example.org", PASSWORD));
    assert_eq!(refused(early), Refusal::SignInFailed, "nobody signs in before the proof");

    let link = mailed(&admit, "lucia@example.org");
    let Inspection::Live(live) = inspect(&admit, &link) else { panic!() };
    assert_eq!(live.masked_address.as_deref(), Some("l***@e***.org"));
    let login = confirm(&admit, &link).unwrap();
    assert_eq!(usage(&admit, &nora, id), (1, 0, 2, State::Live));
    let session = admit.sign_in(&door, &by_password("lucia@example.org", PASSWORD)).unwrap();
    assert_eq!(session.login, login);
    let client = session.clients[0].client;
    let shown = admit.client(&nora, client).unwrap();
    assert_eq!(
        (shown.stage, shown.profile.display_name()),
        (Stage::Prospective, "Lucia Garcia".into())
    );
    let grants =
        admit.store().read(|it| records::grant::between(it, Grantee::Staff(inviter), client));
    assert_eq!(grants.unwrap()[0].ground, Ground::Invited, "open to whoever made the link");
    let told = claim(&admit);
    assert_eq!((told.len(), told[0].kind), (1, Kind::InvitationAccepted));
    assert!(told[0].text.contains("Lucia Garcia has accepted"));
    assert_eq!(dead(&admit, &link), Dead::Used);
    assert_eq!(refused(confirm(&admit, &link)), Refusal::LinkUsed);
    for happening in [
        Happening::OpenLinkUsed,
        Happening::ClientCreated,
        Happening::ProxyAdded,
        Happening::LoginCreated,
    ] {
        assert_eq!(events(&admit, &host, happening), 1, "{happening:?}");
    }
}

#[test]
fn one_list_shows_all_people_with_role_and_state_those_invited_and_those_who_came() {
    let (admit, _) = store();
    let host = practice(&admit);
    let admin = seat(&admit, &host, Role::Admin, "ada@example.org");
    let id = made(&admit, &admin, of_seats(Role::Member, 3));
    let token = token(&admit, &admin, id);
    come_in(&admit, newcomer(&token, "Mia")).unwrap();
    confirm(&admit, &mailed(&admit, "mia@example.org")).unwrap();
    come_in(&admit, newcomer(&token, "Waits")).unwrap();
    send(&admit, &admin, super::post::to_new_client("Uma", "uma@example.org"));
    let page = admit.person_list(&admin, &ListFilter::default(), By::Name, None, 0);
    let shown: Vec<_> = page
        .unwrap()
        .page
        .items
        .into_iter()
        .map(|it| (it.name, it.kind, it.role, it.login_state, it.delivery_state))
        .collect();
    assert_eq!(shown.len(), 3, "who has not proved the address is nobody yet: {shown:?}");
    let (none, active) = (login::State::None, login::State::Active);
    let find = |name: &str| shown.iter().find(|it| it.0 == name).unwrap().clone();
    let mia =
        ("Mia Garcia".to_owned(), ListKind::Staff, Some(Role::Member), active, Delivery::None);
    assert_eq!(find("Mia Garcia"), mia);
    let nora = find("Nora Garcia");
    assert_eq!((nora.1, nora.2, nora.3), (ListKind::Staff, Some(Role::Admin), none));
    let uma = find("Uma Garcia");
    assert_eq!((uma.1, uma.4), (ListKind::Invitation, Delivery::Queued));
}

#[test]
fn s14_a_link_for_n_admits_exactly_n_of_4n() {
    const PLACES: u32 = 12;
    let (admit, _) = store();
    let host = practice(&admit);
    let (id, token) = place(&admit, &host, PLACES);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4 * PLACES)
            .map(|at| {
                let (admit, token) = (&admit, &token);
                scope.spawn(move || {
                    let asked = ComeIn {
                        password: Some(PASSWORD.into()),
                        ..nobody(token, &format!("Person{at}"))
                    };
                    loop {
                        match come_in(admit, asked.clone()) {
                            Err(Error::Refused(Refusal::TryLater { .. })) => {}
                            answer => return answer,
                        }
                    }
                })
            })
            .collect();
        tries.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|it| it.is_ok()).count(), PLACES as usize);
    for answer in answers.into_iter().filter(Result::is_err) {
        assert_eq!(refused(answer), Refusal::OpenLinkFull);
    }
    assert_eq!(usage(&admit, &host, id), (0, PLACES, 0, State::Exhausted));
    let links: Vec<_> = claim(&admit).iter().map(|it| token_in(&it.text)).collect();
    assert_eq!(links.len(), PLACES as usize);
    for link in &links {
        confirm(&admit, link).unwrap();
    }
    assert_eq!(usage(&admit, &host, id), (PLACES, 0, 0, State::Exhausted));
    assert_eq!(admit.stats().unwrap().clients.rows, u64::from(PLACES));
    assert_eq!(events(&admit, &host, Happening::OpenLinkUsed), PLACES as usize);
}

#[test]
fn s14_of_sessions_side_by_side_as_many_come_in_as_there_are_places() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (first, open) = place(&admit, &host, 8);
    let logins: Vec<LoginId> = (0..8)
        .map(|at| {
            come_in(&admit, newcomer(&open, &format!("P{at}"))).unwrap();
            confirm(&admit, &mailed(&admit, &format!("p{at}@example.org"))).unwrap()
        })
        .collect();
    assert_eq!(usage(&admit, &host, first), (8, 0, 0, State::Exhausted));
    let seats = made(&admit, &host, of_seats(Role::Member, 2));
    let token = token(&admit, &host, seats);
    let came: usize = std::thread::scope(|scope| {
        let tries = logins.iter().map(|id| {
            let (admit, asked) = (&admit, session(&admit, &token, *id));
            scope.spawn(move || usize::from(come_in(admit, asked).is_ok()))
        });
        let tries: Vec<_> = tries.collect();
        tries.into_iter().map(|it| it.join().unwrap()).sum()
    });
    assert_eq!(came, 2);
    assert_eq!(usage(&admit, &host, seats), (2, 0, 0, State::Exhausted));
}

#[test]
fn a_place_is_given_back_after_24_hours_with_all_that_was_typed() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (id, token) = place(&admit, &host, 1);
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    let link = mailed(&admit, "lucia@example.org");
    assert_eq!(refused(come_in(&admit, newcomer(&token, "Ben"))), Refusal::OpenLinkFull);
    clock.forward(DAY - 1);
    assert_eq!(admit.upkeep(0).unwrap().given_back, 0);
    assert!(matches!(inspect(&admit, &link), Inspection::Live(_)));
    clock.forward(1);
    assert_eq!(refused(confirm(&admit, &link)), Refusal::LinkExpired);
    assert_eq!(usage(&admit, &host, id).1, 1, "held until upkeep comes by");
    assert_eq!(admit.upkeep(0).unwrap().given_back, 1);
    assert_eq!(usage(&admit, &host, id), (0, 0, 1, State::Live));
    assert_eq!(events(&admit, &host, Happening::OpenLinkPlaceGivenBack), 1);
    assert_eq!(dead(&admit, &link), Dead::Expired);
    assert_eq!(keyspaces_with(&admit, b"lucia@example.org"), Vec::<&str>::new());
    come_in(&admit, newcomer(&token, "Ben")).unwrap();
    for _ in 0..5 {
        clock.forward(6 * DAY + 23 * HOUR);
        admit.upkeep(0).unwrap();
    }
    let unknown = admit.inspect(Source::default(), link.expose_secret());
    assert_eq!(refused(unknown), Refusal::LinkInvalid, "forgotten 30 days later");
}

#[test]
fn the_same_address_given_twice_holds_one_place_and_each_mail_proves_its_own_words() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (id, token) = place(&admit, &host, 2);
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    let first = mailed(&admit, "lucia@example.org");
    clock.forward(HOUR);
    let other_spelling = Email::parse("LUCIA@example.ORG").ok();
    let again = ComeIn { email: other_spelling, ..newcomer(&token, "Someone") };
    come_in(&admit, again).unwrap();
    let second = mailed(&admit, "lucia@example.org");
    assert_eq!(usage(&admit, &host, id), (0, 1, 1, State::Live));
    clock.forward(23 * HOUR);
    assert_eq!(admit.upkeep(0).unwrap().given_back, 1, "of two words for one place, one lapsed");
    assert_eq!(usage(&admit, &host, id), (0, 1, 1, State::Live));
    assert_eq!(refused(confirm(&admit, &first)), Refusal::LinkExpired);
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    let third = mailed(&admit, "lucia@example.org");
    let login = confirm(&admit, &third).unwrap();
    let held = admit.store().read(|read| records::login::find(read, login)).unwrap().unwrap();
    assert_eq!(held.holder.unwrap().as_str(), "Lucia Garcia");
    assert_eq!(usage(&admit, &host, id), (1, 0, 1, State::Live));
    assert_eq!(refused(confirm(&admit, &second)), Refusal::LinkUsed);
}

#[test]
fn s28_whoever_types_an_address_learns_nothing_of_the_login_that_has_it() {
    for portal in [None, Some("Shared")] {
        let (admit, _) = store();
        let there = practice_at(&admit, portal);
        let host = if portal.is_some() { practice_at(&admit, portal) } else { there.clone() };
        let known = client(&admit, &there, "Lucia", Some("lucia@example.org"));
        send(&admit, &there, to_client(known));
        super::post::accept(&admit, with_password(&emailed(&admit))).unwrap();
        claim(&admit);
        let (id, token) = place(&admit, &host, 9);
        let typed = |given: &str| {
            let asked = ComeIn { password: Some(PASSWORD.into()), ..nobody(&token, given) };
            let sent = admit.stats().unwrap().messages.rows;
            let (answer, hashes, commits) = work(&admit, || come_in(&admit, asked));
            let sent = admit.stats().unwrap().messages.rows - sent;
            (answer.unwrap(), hashes, commits, sent, usage(&admit, &host, id).1)
        };
        let (unknown, known) = (typed("Nobody"), typed("Lucia"));
        let without_held = |it: (Arrival, u64, u64, u64, u32)| (it.0, it.1, it.2, it.3);
        assert_eq!(without_held(unknown), without_held(known));
        assert_eq!((unknown.4, known.4), (1, 2), "and each holds a place");
        let mut mails = messages(&admit);
        mails.retain(|it| it.kind == Kind::AddressConfirm);
        let (one, other) = (&mails[mails.len() - 2], &mails[mails.len() - 1]);
        assert_eq!((one.kind, one.subject), (other.kind, other.subject));
        let proved = |to: &str, found: &[Claimed]| {
            let mail = found.iter().find(|it| it.to.canonical() == to).unwrap();
            confirm(&admit, &token_in(&mail.text))
        };
        let found = claim(&admit);
        proved("nobody@example.org", &found).unwrap();
        let told = refused(proved("lucia@example.org", &found));
        assert_eq!(told, Refusal::LoginProofRequired, "only whoever reads the mail is told");
    }
}

#[test]
fn whoever_has_a_login_is_told_in_the_mail_and_comes_in_with_it_at_once() {
    let (admit, _) = store();
    let there = practice_at(&admit, Some("Shared"));
    let host = practice_at(&admit, Some("Shared"));
    let known = client(&admit, &there, "Lucia", Some("lucia@example.org"));
    send(&admit, &there, to_client(known));
    let login = super::post::accept(&admit, with_password(&emailed(&admit))).unwrap().login;
    let (id, token) = place(&admit, &host, 1);
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    let link = mailed(&admit, "lucia@example.org");
    assert_eq!(refused(confirm(&admit, &link)), Refusal::LoginProofRequired);
    assert_eq!(events(&admit, &host, Happening::TokenRefused), 0, "no practice reads of it");
    assert_eq!(usage(&admit, &host, id), (0, 1, 0, State::Exhausted), "nothing was used up");
    let came = come_in(&admit, session(&admit, &token, login)).unwrap();
    assert_eq!((came.login, came.staff), (Some(login), None));
    assert_eq!(usage(&admit, &host, id), (1, 0, 0, State::Exhausted), "the place held is taken");
    assert_eq!(admit.client(&host, came.client.unwrap()).unwrap().stage, Stage::Prospective);
    let again = come_in(&admit, session(&admit, &token, login)).unwrap();
    assert_eq!(again, came, "who is in takes no second place");
    assert_eq!(usage(&admit, &host, id).0, 1);
    let stale = ComeIn { session: Some(Session { login, epoch: 99 }), ..nobody(&token, "Lucia") };
    assert_eq!(refused(come_in(&admit, stale)), Refusal::SessionEnded);
}

#[test]
fn s54_the_open_link_verifies_no_address_and_the_link_in_our_mail_does() {
    let (admit, _) = store();
    let host = practice(&admit);
    let stored = |id| admit.store().read(|it| records::login::find(it, id)).unwrap().unwrap();
    let (_, token) = place(&admit, &host, 9);
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    let proved = confirm(&admit, &mailed(&admit, "lucia@example.org")).unwrap();
    assert!(stored(proved).email_verified);
    let known = client(&admit, &host, "Ben", Some("ben@example.org"));
    let create = CreateLogin {
        client: Some(known),
        holder: Some(line("Ben Garcia")),
        email: Email::parse("ben@example.org").ok(),
        ..CreateLogin::default()
    };
    let ben = admit.create_login(&host, &create, None).unwrap().login;
    let seats = made(&admit, &host, of_seats(Role::Member, 9));
    let seats = super::open_link::token(&admit, &host, seats);
    come_in(&admit, session(&admit, &seats, ben)).unwrap();
    assert!(!stored(ben).email_verified, "being signed in proves the login, not its address");
}

#[test]
fn an_identity_that_a_login_has_proves_it() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, clients) = place(&admit, &host, 9);
    come_in(&admit, newcomer(&clients, "Lucia")).unwrap();
    let login = confirm(&admit, &mailed(&admit, "lucia@example.org")).unwrap();
    let seats = made(&admit, &host, of_seats(Role::Member, 9));
    let asked = ComeIn {
        identity: identity("Lucia"),
        name: None,
        email: None,
        ..nobody(&token(&admit, &host, seats), "Lucia")
    };
    let came = come_in(&admit, asked).unwrap();
    assert_eq!(came.login, Some(login));
    let seat = admit.staff(&host, came.staff.unwrap()).unwrap();
    assert_eq!((seat.role, seat.login), (Role::Member, Some(login)));
    assert_eq!(events(&admit, &host, Happening::StaffAccepted), 1);
}

#[test]
fn s13_a_refused_acceptance_takes_no_place_and_writes_nothing() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (id, token) = place(&admit, &host, 2);
    let lucia = || nobody(&token, "Lucia");
    let weak = |password: &str| ComeIn { password: Some(password.into()), ..lucia() };
    assert_eq!(refused(come_in(&admit, weak("short"))), Refusal::PasswordTooShort);
    let own = refused(come_in(&admit, weak("LuciaGarciaCedarClinic")));
    assert_eq!(own, Refusal::PasswordContainsContext);
    let invalid = |asked: ComeIn| match come_in(&admit, asked) {
        Err(Error::Invalid(invalid)) => invalid.field,
        _ => panic!(),
    };
    assert_eq!(invalid(lucia()), "password");
    let both = ComeIn { identity: identity("a"), ..weak(PASSWORD) };
    assert_eq!(invalid(both), "password");
    let by_identity = || newcomer(&token, "Lucia");
    assert_eq!(invalid(ComeIn { email: None, ..by_identity() }), "email");
    assert_eq!(invalid(ComeIn { name: None, ..by_identity() }), "name");
    let named = |name: &str| ComeIn { username: Username::parse(name).ok(), ..by_identity() };
    assert_eq!(invalid(named("ben@example.org")), "username");
    let methods = SignInMethods { client: SignInMethod::Password, ..SignInMethods::default() };
    let sign_in = |sign_in| UpdatePractice {
        settings: SettingsChange { sign_in: Some(sign_in), ..SettingsChange::default() },
        ..UpdatePractice::default()
    };
    admit.run(&host, sign_in(methods), None).unwrap();
    assert_eq!(refused(come_in(&admit, by_identity())), Refusal::SignInMethodNotAllowed);
    admit.run(&host, sign_in(SignInMethods::default()), None).unwrap();
    assert_eq!(usage(&admit, &host, id), (0, 0, 2, State::Live));
    assert!(claim(&admit).is_empty());

    come_in(&admit, named("lulu")).unwrap();
    confirm(&admit, &mailed(&admit, "lucia@example.org")).unwrap();
    let taken = ComeIn { username: Username::parse("Lulu").ok(), ..newcomer(&token, "Ben") };
    assert_eq!(refused(come_in(&admit, taken)), Refusal::NameTaken);
    assert_eq!(usage(&admit, &host, id), (1, 0, 1, State::Live));
}

#[test]
fn s13_coming_in_and_proving_an_address_are_one_commit_each() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, token) = place(&admit, &host, 2);
    let (_, _, commits) = work(&admit, || come_in(&admit, newcomer(&token, "Lucia")).unwrap());
    assert_eq!(commits, 1);
    let link = mailed(&admit, "lucia@example.org");
    let (_, _, commits) = work(&admit, || confirm(&admit, &link).unwrap());
    assert_eq!(commits, 1);
}

#[test]
fn a_withdrawn_link_is_dead_at_once_and_ends_what_it_holds() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (id, token) = place(&admit, &host, 9);
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    let link = mailed(&admit, "lucia@example.org");
    come_in(&admit, newcomer(&token, "Ben")).unwrap();
    admit.run(&host, RevokeOpenLink { open_link: id }, None).unwrap();
    assert_eq!(refused(come_in(&admit, newcomer(&token, "Uma"))), Refusal::LinkRevoked);
    assert_eq!(refused(confirm(&admit, &link)), Refusal::LinkRevoked);
    assert_eq!((dead(&admit, &token), dead(&admit, &link)), (Dead::Revoked, Dead::Revoked));
    assert!(claim(&admit).is_empty(), "what would not be true any more is not sent");
    assert_eq!(usage(&admit, &host, id), (0, 0, 0, State::Revoked));
    clock.forward(DAY);
    assert_eq!(admit.upkeep(0).unwrap().given_back, 2);
    assert_eq!(keyspaces_with(&admit, b"lucia@example.org"), Vec::<&str>::new());
}

#[test]
fn a_place_outlives_its_links_expiry_but_not_its_makers_seat() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Admin, "nora@example.org");
    let create =
        admit::commands::open_link::CreateOpenLink { expires_in: Some(HOUR), ..of_clients(9) };
    let token = token(&admit, &nora, made(&admit, &nora, create));
    for given in ["Lucia", "Ben"] {
        come_in(&admit, newcomer(&token, given)).unwrap();
    }
    let found = claim(&admit);
    let links: Vec<_> = found.iter().map(|it| token_in(&it.text)).collect();
    clock.forward(2 * HOUR);
    confirm(&admit, &links[0]).unwrap();
    set_staff(&admit, &host, |seat| seat.status = Status::Ended);
    assert_eq!(refused(confirm(&admit, &links[1])), Refusal::LinkRevoked);
}

#[test]
fn s35_one_source_comes_in_100_times_an_hour_by_one_link() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (id, token) = place(&admit, &host, 200);
    let from = |address: &str, given: String| {
        let source = Source { address: Some(line(address)), ..Source::default() };
        admit.come_in(source, newcomer(&token, &given), None)
    };
    for at in 0..100 {
        from("192.0.2.1", format!("P{at}")).unwrap();
    }
    let answer = refused(from("192.0.2.1", "Late".into()));
    assert_eq!(answer, Refusal::TooManyMessages { retry_after: HOUR });
    from("192.0.2.2", "Elsewhere".into()).unwrap();
    clock.forward(HOUR);
    from("192.0.2.1", "Late".into()).unwrap();
    assert_eq!(usage(&admit, &host, id).1, 102);
    let flooded = || refused_often(&admit, &token);
    assert!(matches!(flooded(), Refusal::TooManyMessages { .. }), "5 mails a day to an address");
}

fn refused_often(admit: &Admit, token: &SecretString) -> Refusal {
    for _ in 0..5 {
        come_in(admit, newcomer(token, "Often")).unwrap();
    }
    refused(come_in(admit, newcomer(token, "Often")))
}

#[test]
fn who_came_by_an_open_link_and_is_erased_leaves_nothing_of_it_behind() {
    let (admit, _) = store();
    let host = practice(&admit);
    install(&admit, "return { deletion = function() return allow.erase() end }");
    let (id, token) = place(&admit, &host, 9);
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    let found = claim(&admit);
    let login = confirm(&admit, &token_in(&found[0].text)).unwrap();
    let ties = admit.store().read(|read| records::proxy::of_login(read, login)).unwrap();
    assert_eq!(ties[0].tie, Tie::Myself);
    delete(&admit, &host, &to_erase(ties[0].client)).unwrap();
    // The notice of the erasure itself goes 7 days later.
    let left = keyspaces_with(&admit, b"lucia@example.org");
    assert!(left.iter().all(|space| ["deletion_order", "erase_order"].contains(space)), "{left:?}");
    assert_eq!(usage(&admit, &host, id), (1, 0, 8, State::Live), "and its place stays taken");
}

#[test]
fn a_member_that_was_removed_loses_the_seat_and_the_place_stays_used() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = made(&admit, &host, of_seats(Role::Member, 2));
    let token = token(&admit, &host, id);
    come_in(&admit, newcomer(&token, "Mia")).unwrap();
    let login = confirm(&admit, &mailed(&admit, "mia@example.org")).unwrap();
    set_staff(&admit, &host, |seat| seat.status = Status::Ended);
    assert_eq!(usage(&admit, &host, id), (1, 0, 1, State::Live));
    let back = come_in(&admit, session(&admit, &token, login)).unwrap();
    assert!(back.staff.is_some(), "a new seat brings the person back");
    assert_eq!(usage(&admit, &host, id), (2, 0, 0, State::Exhausted));
}

#[test]
fn an_acceptance_repeated_under_its_key_answers_the_same_and_holds_one_place() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (id, token) = place(&admit, &host, 9);
    let key = admit::domain::text::IdempotencyKey::parse("came-1").unwrap();
    let once = |asked| admit.come_in(Source::default(), asked, Some(&key));
    let first = once(newcomer(&token, "Lucia")).unwrap();
    assert_eq!(once(newcomer(&token, "Lucia")).unwrap(), first);
    assert_eq!(usage(&admit, &host, id).1, 1);
    assert_eq!(refused(once(newcomer(&token, "Ben"))), Refusal::Conflict);
}
