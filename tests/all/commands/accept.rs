use super::post::{
    accept, claim, client, emailed, events, nothing, practice_of, proxies, reasoned, recipient,
    seat, send, set_client, shown, to_client, to_guardian, to_new_client, to_whom, with_identity,
    with_password,
};
use crate::support::{line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::Change;
use admit::commands::accept::{Accept, Accepted, Session};
use admit::commands::invitation::{Inspection, SendInvitation, Whom};
use admit::commands::practice::{CreatePractice, SettingsChange, UpdatePractice};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::client::{Stage, Status};
use admit::domain::event::Happening;
use admit::domain::grant::{Grantee, Ground};
use admit::domain::id::LoginId;
use admit::domain::invitation::{Channel, State};
use admit::domain::login::Login;
use admit::domain::message::Kind;
use admit::domain::practice::{SignInMethod, SignInMethods};
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{BirthDate, IdempotencyKey, LinkTemplate, PersonName, Username};
use admit::error::Error;
use admit::records;
use secrecy::{ExposeSecret, SecretString};

fn login(admit: &Admit, id: LoginId) -> Login {
    admit.store().read(|read| records::login::find(read, id)).unwrap().unwrap()
}

fn says_has_login(admit: &Admit, token: &SecretString) -> Option<bool> {
    let found = admit.inspect(Source::default(), token.expose_secret()).unwrap();
    let Inspection::Live(live) = found else { panic!("the link is dead") };
    live.has_login
}

fn with_session(token: &SecretString, login: &Login) -> Accept {
    let session = Session { login: login.id, epoch: login.epoch };
    Accept { session: Some(session), ..nothing(token) }
}

fn invited(admit: &Admit, host: &Actor, given: &str, address: &str) -> SecretString {
    let id = client(admit, host, given, Some(address));
    send(admit, host, to_client(id));
    emailed(admit)
}

#[test]
fn a_client_accepts_with_a_password_and_holds_itself() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let Who::Staff(inviter) = nora.who else { panic!() };
    let id = client(&admit, &nora, "Lucia", Some("lucia@example.org"));
    send(&admit, &nora, to_client(id));
    let done = accept(&admit, with_password(&emailed(&admit))).unwrap();
    let expected = Accepted { client: Some(id), staff: None, practice: practice_of(&host), ..done };
    assert_eq!(done, expected);
    let made = login(&admit, done.login);
    assert_eq!(made.email.as_ref().unwrap().as_str(), "lucia@example.org");
    assert!(made.email_verified && made.epoch == 1 && made.last_sign_in.is_none());
    let password = made.password.unwrap();
    assert!(password.hash.starts_with("$argon2id$") && !password.must_change);
    let held = proxies(&admit, id);
    assert_eq!((held.len(), held[0].login, &held[0].tie), (1, done.login, &Tie::Myself));
    assert_eq!(admit.client(&host, id).unwrap().stage, Stage::Registered);
    let grants =
        admit.store().read(|read| records::grant::between(read, Grantee::Staff(inviter), id));
    assert_eq!(grants.unwrap().len(), 1, "who created the client has its chart already");
    let told = claim(&admit);
    assert_eq!((told.len(), told[0].kind), (1, Kind::InvitationAccepted));
    assert!(told[0].text.contains("Lucia Garcia has accepted"));
}

#[test]
fn a_new_client_is_made_on_acceptance_and_open_to_its_inviter() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let Who::Staff(inviter) = nora.who else { panic!() };
    let sent = send(&admit, &nora, to_new_client("Ben", "ben@example.org"));
    let done = accept(&admit, with_password(&emailed(&admit))).unwrap();
    let id = done.client.unwrap();
    let client = admit.client(&nora, id).unwrap();
    assert_eq!(client.profile.display_name(), "Ben Garcia");
    assert_eq!((client.stage, client.status), (Stage::Registered, Status::Active));
    assert_eq!(proxies(&admit, id).len(), 1);
    let grants =
        admit.store().read(|read| records::grant::between(read, Grantee::Staff(inviter), id));
    assert_eq!(grants.unwrap()[0].ground, Ground::Invited);
    let invitation = admit.invitation(&host, sent.invitation).unwrap();
    assert_eq!(invitation.client(), Some(id));
    assert!(matches!(invitation.state, State::Accepted { channel: Channel::Email, .. }));
    assert_eq!(events(&admit, &host, Happening::ClientCreated), 1);
}

#[test]
fn a_seat_is_taken_once_and_a_login_has_one_seat_in_a_practice() {
    let (admit, _) = store();
    let host = practice(&admit);
    let invite = |role| SendInvitation {
        recipient: recipient("Nora", "nora@example.org"),
        ..to_whom(Whom::NewSeat { role })
    };
    let sent = send(&admit, &host, invite(Role::Practitioner));
    let done = accept(&admit, with_password(&emailed(&admit))).unwrap();
    assert_eq!((done.staff, done.client), (sent.staff, None));
    assert_eq!(events(&admit, &host, Happening::StaffAccepted), 1);
    let again = SendInvitation { ..to_whom(Whom::Seat { staff: sent.staff.unwrap() }) };
    assert_eq!(refused(admit.run(&host, again, None)), Refusal::StatusNotAllowed);
    send(&admit, &host, invite(Role::Admin));
    let second = with_session(&emailed(&admit), &login(&admit, done.login));
    assert_eq!(refused(accept(&admit, second)), Refusal::LimitReached);
}

#[test]
fn a_seat_that_was_offered_to_an_address_alone_is_named_by_its_holder() {
    let (admit, _) = store();
    let host = practice(&admit);
    let mut invite = SendInvitation {
        recipient: recipient("Nora", "nora.quinn@example.org"),
        ..to_whom(Whom::NewSeat { role: Role::Member })
    };
    invite.recipient.name = None;
    let made = send(&admit, &host, invite).staff.unwrap();
    let name = |admit: &Admit| admit.staff(&host, made).unwrap().name.display();
    assert_eq!(name(&admit), "nora.quinn");
    let given = PersonName::of_text(line("Nora Quinn"));
    let with_name = Accept { name: Some(given), ..with_password(&emailed(&admit)) };
    let done = accept(&admit, with_name).unwrap();
    assert_eq!((done.staff, name(&admit)), (Some(made), "Nora Quinn".to_owned()));
    assert_eq!(login(&admit, done.login).holder.unwrap().as_str(), "Nora Quinn");
}

#[test]
fn whoever_lost_the_last_seat_comes_back_by_a_mailed_link_with_a_new_password() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = || SendInvitation {
        recipient: recipient("Nora", "nora@example.org"),
        ..to_whom(Whom::NewSeat { role: Role::Assistant })
    };
    let first = send(&admit, &host, nora());
    let before = accept(&admit, with_password(&emailed(&admit))).unwrap();
    let reasoned = Actor { source: reasoned(), ..host.clone() };
    admit.end_staff(&reasoned, first.staff.unwrap(), None, None).unwrap();
    claim(&admit);
    let second = send(&admit, &host, nora());
    let mailed = emailed(&admit);
    let copied = shown(&admit, &host, second.invitation, Channel::Copied);
    let tried = accept(&admit, with_password(&copied));
    assert_eq!(refused(tried), Refusal::LoginProofRequired, "a copied link proves no address");
    let has_login = |token| says_has_login(&admit, token);
    assert_eq!((has_login(&copied), has_login(&mailed)), (Some(true), Some(false)));
    let after = accept(&admit, with_password(&mailed)).unwrap();
    assert_ne!(after.login, before.login);
    assert_eq!(after.staff, second.staff);
    assert_eq!(events(&admit, &host, Happening::LoginRemoved), 1);
    let gone = admit.store().read(|read| records::login::find(read, before.login)).unwrap();
    assert!(gone.is_none());
}

#[test]
fn s12_of_64_threads_that_accept_one_token_exactly_one_wins() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    send(&admit, &host, to_client(id));
    let token = emailed(&admit);
    let results: Vec<_> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..64)
            .map(|at| {
                let (admit, token) = (&admit, &token);
                scope.spawn(move || accept(admit, with_identity(token, &format!("sub-{at}"))))
            })
            .collect();
        tries.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|it| it.is_ok()).count(), 1);
    for result in results.into_iter().filter(Result::is_err) {
        assert_eq!(refused(result), Refusal::LinkUsed);
    }
    assert_eq!(proxies(&admit, id).len(), 1);
    assert_eq!(events(&admit, &host, Happening::InvitationAccepted), 1);
    assert_eq!(events(&admit, &host, Happening::LoginCreated), 1);
}

#[test]
fn s13_a_refused_acceptance_leaves_the_link_good_and_nothing_written() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(id));
    let token = emailed(&admit);
    let weak = |password: &str| Accept { password: Some(password.into()), ..nothing(&token) };
    assert_eq!(refused(accept(&admit, weak("short"))), Refusal::PasswordTooShort);
    let own = refused(accept(&admit, weak("LuciaGarciaCedarClinic")));
    assert_eq!(own, Refusal::PasswordContainsContext);
    let Err(Error::Invalid(missing)) = accept(&admit, nothing(&token)) else { panic!() };
    assert_eq!(missing.field, "password");
    let both = Accept { identity: with_identity(&token, "a").identity, ..with_password(&token) };
    assert!(matches!(accept(&admit, both), Err(Error::Invalid(_))));
    let before = admit.invitation(&host, sent.invitation).unwrap();
    assert_eq!(before.state, State::Pending);
    assert!(proxies(&admit, id).is_empty());
    assert_eq!(events(&admit, &host, Happening::LoginCreated), 0);
    accept(&admit, with_password(&token)).unwrap();
}

#[test]
fn a_used_link_answers_used_but_the_same_key_answers_what_was_done() {
    let (admit, _) = store();
    let host = practice(&admit);
    let token = invited(&admit, &host, "Lucia", "lucia@example.org");
    let key = IdempotencyKey::parse("accept").unwrap();
    let run = |accept, key| admit.accept(Source::default(), accept, key);
    let first = run(with_password(&token), Some(&key)).unwrap();
    let hashes = admit.hashes();
    assert_eq!(run(with_password(&token), Some(&key)).unwrap(), first);
    assert_eq!(refused(run(with_password(&token), None)), Refusal::LinkUsed);
    let other = Accept { password: Some("another-long-enough-one".into()), ..nothing(&token) };
    assert_eq!(refused(run(other, Some(&key))), Refusal::Conflict);
    assert_eq!(admit.hashes(), hashes, "dead links cost no hash");
    assert_eq!(events(&admit, &host, Happening::TokenRefused), 1);
}

#[test]
fn s48_acceptance_makes_no_session_and_never_sets_a_password_on_a_login_that_exists() {
    let (admit, _) = store();
    let host = practice(&admit);
    let first = accept(&admit, with_password(&invited(&admit, &host, "Ana", "ana@example.org")));
    let before = login(&admit, first.unwrap().login);
    let token = invited(&admit, &host, "Eva", "ana@example.org");
    let tried = accept(&admit, with_password(&token));
    assert_eq!(refused(tried), Refusal::LoginProofRequired);
    let tried = accept(&admit, with_identity(&token, "stranger"));
    assert_eq!(refused(tried), Refusal::LoginProofRequired);
    let done = accept(&admit, with_session(&token, &before)).unwrap();
    let after = login(&admit, before.id);
    assert_eq!(done.login, before.id);
    assert_eq!((after.password, after.epoch), (before.password, before.epoch));
}

#[test]
fn s53_another_signed_in_login_is_refused_and_consumes_nothing() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ana = accept(&admit, with_password(&invited(&admit, &host, "Ana", "ana@example.org")));
    let ana = login(&admit, ana.unwrap().login);
    let token = invited(&admit, &host, "Eva", "eva@example.org");
    let tried = accept(&admit, with_session(&token, &ana));
    assert_eq!(refused(tried), Refusal::WrongLogin);
    let stale = Accept {
        session: Some(Session { login: ana.id, epoch: ana.epoch + 1 }),
        ..nothing(&token)
    };
    assert_eq!(refused(accept(&admit, stale)), Refusal::SessionEnded);
    let eva = accept(&admit, with_password(&token)).unwrap();
    assert_ne!(eva.login, ana.id);
}

#[test]
fn s54_only_our_own_mail_verifies_the_address_and_other_ways_are_told_to_it() {
    let (admit, _) = store();
    let host = practice(&admit);
    for (at, channel) in [Channel::Copied, Channel::Qr, Channel::Sms].into_iter().enumerate() {
        let address = format!("c{at}@example.org");
        let id = client(&admit, &host, "Lucia", Some(&address));
        let sent = send(&admit, &host, SendInvitation { channel: None, ..to_client(id) });
        let token = shown(&admit, &host, sent.invitation, channel);
        let done = accept(&admit, with_password(&token)).unwrap();
        assert!(!login(&admit, done.login).email_verified);
        let told = claim(&admit);
        assert_eq!((told.len(), told[0].kind), (1, Kind::AcceptedByOtherChannel));
        assert!(told[0].text.contains("contact Cedar Clinic at once"));
    }
    let token = invited(&admit, &host, "Ana", "ana@example.org");
    let done = accept(&admit, with_password(&token)).unwrap();
    assert!(login(&admit, done.login).email_verified);
    assert!(claim(&admit).is_empty());
}

#[test]
fn a_later_mail_proves_the_address_of_a_login_that_came_by_a_copied_link() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Ana", Some("ana@example.org"));
    let sent = send(&admit, &host, SendInvitation { channel: None, ..to_client(id) });
    let token = shown(&admit, &host, sent.invitation, Channel::Copied);
    let done = accept(&admit, with_password(&token)).unwrap();
    claim(&admit);
    let child = client(&admit, &host, "Teo", None);
    send(&admit, &host, to_guardian(child, "ana@example.org"));
    let held = login(&admit, done.login);
    accept(&admit, with_session(&emailed(&admit), &held)).unwrap();
    assert!(login(&admit, done.login).email_verified);
}

#[test]
fn a_guardian_accepts_for_two_children_until_they_are_of_age() {
    let (admit, _) = store();
    let host = practice(&admit);
    let children = [client(&admit, &host, "Teo", None), client(&admit, &host, "Uma", None)];
    let born = |text: &str| Some(BirthDate::parse(text).unwrap());
    set_client(&admit, children[0], move |client| client.profile.birth = born("2016-02-29"));
    set_client(&admit, children[1], move |client| client.profile.birth = born("2018"));
    send(&admit, &host, to_guardian(children[0], "ana@example.org"));
    let first = accept(&admit, with_password(&emailed(&admit))).unwrap();
    let guardian = login(&admit, first.login);
    send(&admit, &host, to_guardian(children[1], "ana@example.org"));
    let token = emailed(&admit);
    let tried = accept(&admit, with_password(&token));
    assert_eq!(refused(tried), Refusal::LoginProofRequired);
    let second = accept(&admit, with_session(&token, &guardian)).unwrap();
    assert_eq!(second.login, first.login);
    let ends = |at: usize| proxies(&admit, children[at])[0].ends_at.map(|end| end.rfc3339());
    assert_eq!(ends(0).as_deref(), Some("2034-03-01T00:00:00.000Z"));
    assert_eq!(ends(1), None, "the day of birth is not known");
    assert_eq!(admit.client(&host, children[0]).unwrap().stage, Stage::Prospective);
    send(&admit, &host, to_guardian(children[1], "ana@example.org"));
    let again = with_session(&emailed(&admit), &guardian);
    assert_eq!(refused(accept(&admit, again)), Refusal::ProxyExists);
}

#[test]
fn a_client_that_came_in_otherwise_meanwhile_is_not_activated_twice() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let first = send(&admit, &host, to_client(id));
    let invitation = admit.invitation(&host, first.invitation).unwrap();
    accept(&admit, with_password(&emailed(&admit))).unwrap();
    let reopened = admit::domain::invitation::Invitation { state: State::Pending, ..invitation };
    let put = move |write: &mut dyn admit::store::Write| {
        records::invitation::put(write, Some(&reopened), &reopened)
    };
    admit.store().write(put).unwrap();
    let token = shown(&admit, &host, first.invitation, Channel::Copied);
    let tried = accept(&admit, with_identity(&token, "new"));
    assert_eq!(refused(tried), Refusal::ClientAlreadyActivated);
}

#[test]
fn the_practice_says_how_a_role_signs_in() {
    let (admit, _) = store();
    let host = practice(&admit);
    let sign_in =
        SignInMethods { client: SignInMethod::ExternalIdentity, ..SignInMethods::default() };
    let settings = SettingsChange { sign_in: Some(sign_in), ..SettingsChange::default() };
    admit.run(&host, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    let token = invited(&admit, &host, "Ana", "ana@example.org");
    let tried = accept(&admit, with_password(&token));
    assert_eq!(refused(tried), Refusal::SignInMethodNotAllowed);
    let done = accept(&admit, with_identity(&token, "ana")).unwrap();
    assert_eq!(login(&admit, done.login).identities.len(), 1);
    let child = client(&admit, &host, "Teo", None);
    send(&admit, &host, to_guardian(child, "ana@example.org"));
    let again = accept(&admit, with_identity(&emailed(&admit), "ana")).unwrap();
    assert_eq!(again.login, done.login, "a known identity is proof of its login");
}

#[test]
fn without_an_address_a_username_is_chosen_and_a_taken_one_is_refused() {
    let (admit, _) = store();
    let host = practice(&admit);
    let token = |given| {
        let id = client(&admit, &host, given, None);
        let sent = send(&admit, &host, SendInvitation { channel: None, ..to_client(id) });
        shown(&admit, &host, sent.invitation, Channel::Qr)
    };
    let (ana, eva) = (token("Ana"), token("Eva"));
    let Err(Error::Invalid(invalid)) = accept(&admit, with_password(&ana)) else { panic!() };
    assert_eq!(invalid.field, "username");
    let username = Some(Username::parse("garcia").unwrap());
    let named = |token| Accept { username: username.clone(), ..with_password(token) };
    accept(&admit, named(&ana)).unwrap();
    assert_eq!(refused(accept(&admit, named(&eva))), Refusal::NameTaken);
    assert!(claim(&admit).is_empty());
}

#[test]
fn practices_that_share_a_portal_share_the_login_but_staff_do_not_learn_of_it() {
    let (admit, _) = store();
    let create = |name: &str| {
        let link = LinkTemplate::parse("https://portal.example.org/invitation/{token}").unwrap();
        let settings =
            SettingsChange { invitation_link: Change::Set(link), ..SettingsChange::default() };
        let portal = Some(crate::support::line("common"));
        let name = crate::support::line(name);
        let create = CreatePractice { name, external_id: None, portal, settings };
        crate::support::host(admit.run(&Actor::store_host(), create, None).unwrap())
    };
    let (here, there) = (create("Cedar Clinic"), create("Birch Clinic"));
    let first = accept(&admit, with_password(&invited(&admit, &here, "Ana", "ana@example.org")));
    let ana = login(&admit, first.unwrap().login);
    let id = client(&admit, &there, "Ana", Some("ana@example.org"));
    let sent = send(&admit, &there, to_client(id));
    let (mailed, copied) =
        (emailed(&admit), shown(&admit, &there, sent.invitation, Channel::Copied));
    let has_login = |token| says_has_login(&admit, token);
    assert_eq!((has_login(&mailed), has_login(&copied)), (Some(true), None));
    let done = accept(&admit, with_session(&mailed, &ana)).unwrap();
    assert_eq!((done.login, done.practice), (ana.id, practice_of(&there)));
}

#[test]
fn s04_a_token_of_another_purpose_is_no_invitation() {
    use admit::seal::token::{Claims, TokenKeys, issue};
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(id));
    let secrets = admit.store().secrets();
    let (number, key) = secrets.current_token_key();
    let keys = TokenKeys::new(&[(number, *key)], number, secrets.id_cipher_key()).unwrap();
    let token = |purpose, channel| {
        let id = sent.invitation.uuid().into_bytes();
        issue(&keys, &Claims { purpose, channel, generation: 1, id }).unwrap()
    };
    for (purpose, channel) in [(2, 1), (3, 1), (4, 1), (5, 1), (0, 1), (6, 1), (1, 0), (1, 5)] {
        let token = token(purpose, channel);
        let answers = [
            accept(&admit, with_password(&token)).map(drop),
            admit.decline(Source::default(), &token, None).map(drop),
            admit.ask_again(Source::default(), &token, None).map(drop),
            admit.inspect(Source::default(), token.expose_secret()).map(drop),
        ];
        for answer in answers {
            assert_eq!(refused(answer), Refusal::LinkInvalid);
        }
    }
    accept(&admit, with_password(&token(1, 1))).unwrap();
    let unknown = Claims { purpose: 1, channel: 1, generation: 1, id: [7; 16] };
    let unknown = issue(&keys, &unknown).unwrap();
    assert_eq!(refused(accept(&admit, with_password(&unknown))), Refusal::LinkInvalid);
}
