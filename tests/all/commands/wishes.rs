//! What people who run such products ask for most, each as a story: docs/WISHES.md has the list.

use super::batch::{all_rows, plan_of};
use super::deletion::{delete, install, policy, to_erase};
use super::open_link::{come_in, made, newcomer, of_clients, of_seats, usage};
use super::people::{OTHER, as_login, by_password, secret, stored, visitor};
use super::post::{
    PASSWORD, accept, claim, client, dead, emailed, events, inspect, is_at_rest, is_live, nothing,
    proxies, rows, seat, send, set_client, shown, to_client, to_guardian, to_new_client, token_in,
    with_identity, with_password,
};
use crate::support::{Clock, line, practice, practice_at, reasoned, refused, store};
use admit::commands::Admit;
use admit::commands::accept::{Accept, Session};
use admit::commands::batch::RowFilter;
use admit::commands::client::SetClientStatus;
use admit::commands::delegation::{GiveDelegation, Terms};
use admit::commands::deletion::{CallOffDeletion, Confirmed, FinishDeletion};
use admit::commands::event::EventFilter;
use admit::commands::invitation::{
    Asked, Dead, Inspection, InvitationFilter, RevokeInvitation, SendInvitation, ShowLink,
};
use admit::commands::list::ListFilter;
use admit::commands::outbox::{Bounced, Claimed};
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::staff::{MarkOnboarded, ReactivateStaff, SuspendStaff};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::batch::{Applied, Planned, Skip};
use admit::domain::client::Status;
use admit::domain::delegation::Clients;
use admit::domain::event::Happening;
use admit::domain::id::{ClientId, LoginId, StaffId};
use admit::domain::invitation::{Channel, Recipient, Shown};
use admit::domain::message::{Delivery, Kind};
use admit::domain::open_link;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{BirthDate, IdempotencyKey, Phone, Username};
use admit::domain::time::{DAY, HOUR, MINUTE};
use admit::records::person::By;
use secrecy::{ExposeSecret, SecretString};

const ANA: &str = "ana@example.org";

fn clinic() -> (Admit, Clock, Actor) {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    (admit, clock, host)
}

/// A client with an address, and the link in the mail that invites it.
fn invited(admit: &Admit, actor: &Actor, given: &str, address: &str) -> (ClientId, SecretString) {
    let id = client(admit, actor, given, Some(address));
    send(admit, actor, to_client(id));
    (id, emailed(admit))
}

fn by_session(admit: &Admit, token: &SecretString, login: LoginId) -> Accept {
    let session = Session { login, epoch: stored(admit, login).epoch };
    Accept { session: Some(session), ..nothing(token) }
}

/// The one message of a kind among what is due.
fn told(admit: &Admit, kind: Kind) -> Claimed {
    let mut found: Vec<_> = claim(admit).into_iter().filter(|it| it.kind == kind).collect();
    assert_eq!(found.len(), 1, "{}", kind.word());
    found.remove(0)
}

fn seat_of(actor: &Actor) -> StaffId {
    let Who::Staff(id) = actor.who else { panic!("no seat") };
    id
}

fn named(name: &str, token: &SecretString) -> Accept {
    Accept { username: Some(Username::parse(name).unwrap()), ..with_password(token) }
}

#[test]
fn w01_a_mail_scanner_cannot_burn_a_link() {
    let (admit, _, host) = clinic();
    let (id, link) = invited(&admit, &host, "Ana", ANA);
    for _ in 0..1_000 {
        assert!(is_live(&admit, &link));
    }
    let done = accept(&admit, with_password(&link)).unwrap();
    assert_eq!(done.client, Some(id));
    admit.request_reset(&visitor(&host), ANA).unwrap();
    let link = token_in(&told(&admit, Kind::Reset).text);
    for _ in 0..1_000 {
        assert!(is_live(&admit, &link));
    }
    admit.reset(Source::default(), link.expose_secret(), &secret(OTHER), None).unwrap();
    assert_eq!(dead(&admit, &link), Dead::Used);
}

#[test]
fn w02_an_invitation_that_has_expired_is_sent_again_and_blocks_none() {
    let (admit, clock, host) = clinic();
    let (id, old) = invited(&admit, &host, "Ana", ANA);
    clock.forward(7 * DAY);
    assert_eq!(dead(&admit, &old), Dead::Expired);
    assert_eq!(refused(accept(&admit, with_password(&old))), Refusal::LinkExpired);
    // Another person's invitation to the same address is in nobody's way.
    invited(&admit, &host, "Eva", ANA);
    let again = send(&admit, &host, to_client(id));
    assert!(again.is_renewed);
    let declined = emailed(&admit);
    admit.decline(Source::default(), &declined, None).unwrap();
    claim(&admit);
    let again = send(&admit, &host, to_client(id));
    assert!(!again.is_renewed, "what was declined stays in the history");
    claim(&admit);
    admit.run(&host, RevokeInvitation { invitation: again.invitation }, None).unwrap();
    send(&admit, &host, to_client(id));
    assert_eq!(accept(&admit, with_password(&emailed(&admit))).unwrap().client, Some(id));
}

#[test]
fn w03_an_invitation_without_a_mail_is_a_link_that_the_practice_hands_over() {
    let (admit, _, host) = clinic();
    let nora = reasoned(&seat(&admit, &host, Role::Practitioner, "nora@example.org"));
    for (at, channel) in [Channel::Copied, Channel::Qr].into_iter().enumerate() {
        let id = client(&admit, &nora, "Ana", Some(&format!("ana{at}@example.org")));
        let sent = send(&admit, &nora, SendInvitation { channel: None, ..to_client(id) });
        assert!(claim(&admit).is_empty(), "nothing is sent");
        let link = shown(&admit, &nora, sent.invitation, channel);
        assert_eq!(shown(&admit, &nora, sent.invitation, channel).expose_secret(), {
            link.expose_secret()
        });
        assert_eq!(accept(&admit, with_password(&link)).unwrap().client, Some(id));
        claim(&admit);
    }
    assert_eq!(events(&admit, &host, Happening::InvitationLinkShown), 4);
}

#[test]
fn w04_invitations_are_seen_with_sender_expiry_and_who_accepted_and_are_managed() {
    let (admit, clock, host) = clinic();
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let of_nora = Some(seat_of(&nora));
    let (ana, link) = invited(&admit, &nora, "Ana", ANA);
    let (sent_at, login) = (clock.millis(), accept(&admit, with_password(&link)).unwrap().login);
    let (_, declined) = invited(&admit, &nora, "Ben", "ben@example.org");
    admit.decline(Source::default(), &declined, None).unwrap();
    let short = SendInvitation { expires_in: Some(HOUR), ..to_new_client("Cy", "cy@example.org") };
    send(&admit, &nora, short);
    let di = send(&admit, &nora, to_new_client("Di", "di@example.org")).invitation;
    admit.run(&nora, RevokeInvitation { invitation: di }, None).unwrap();
    let eva = send(&admit, &host, to_new_client("Eva", "eva@example.org")).invitation;
    clock.forward(HOUR);
    let views = |state| {
        let filter = InvitationFilter { state, ..InvitationFilter::default() };
        admit.invitation_views(&nora, filter, None, 0).unwrap().items
    };
    let states = [Shown::Accepted, Shown::Declined, Shown::Expired, Shown::Revoked];
    for (state, name) in states.into_iter().zip(["Ana", "Ben", "Cy", "Di"]) {
        let found = views(Some(state));
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0].recipient_name.as_deref(), Some(format!("{name} Garcia").as_str()));
        assert_eq!((found[0].inviter, found[0].sends), (of_nora, 1));
    }
    let accepted = &views(Some(Shown::Accepted))[0];
    assert_eq!((accepted.client, accepted.login), (Some(ana), Some(login)));
    assert_eq!(accepted.sent_at.millis(), sent_at);
    assert_eq!(accepted.expires_at.since(accepted.sent_at), 7 * DAY);
    assert!(accepted.accepted_at.is_some());
    let by_host = admit.invitation_view(&host, eva).unwrap();
    assert_eq!((by_host.state, by_host.inviter), (Shown::Pending, None));
}

#[test]
fn w05_an_old_link_dies_on_a_resend_and_says_that_a_newer_one_was_sent() {
    let (admit, _, host) = clinic();
    let (id, old) = invited(&admit, &host, "Ana", ANA);
    send(&admit, &host, to_client(id));
    let new = emailed(&admit);
    assert_eq!(dead(&admit, &old), Dead::Superseded);
    assert_eq!(refused(accept(&admit, with_password(&old))), Refusal::LinkSuperseded);
    assert!(is_live(&admit, &new), "the two mails are never confused");
    accept(&admit, with_password(&new)).unwrap();
    assert_eq!([&old, &new].map(|link| dead(&admit, link)), [Dead::Used; 2]);
}

#[test]
fn w06_a_link_for_a_class_has_places_an_end_low_roles_and_its_own_answer_when_it_is_full() {
    let (admit, clock, host) = clinic();
    let id = made(&admit, &host, of_clients(2));
    let link = super::open_link::token(&admit, &host, id);
    for given in ["Ana", "Ben"] {
        come_in(&admit, newcomer(&link, given)).unwrap();
    }
    assert_eq!(usage(&admit, &host, id), (0, 2, 0, open_link::State::Exhausted));
    assert_eq!(refused(come_in(&admit, newcomer(&link, "Cy"))), Refusal::OpenLinkFull);
    let mails = claim(&admit);
    assert_eq!(mails.len(), 2);
    for mail in mails {
        let token = token_in(&mail.text);
        admit.confirm_address(Source::default(), token.expose_secret(), None).unwrap();
    }
    assert_eq!(usage(&admit, &host, id), (2, 0, 0, open_link::State::Exhausted));
    assert_eq!(refused(come_in(&admit, newcomer(&link, "Di"))), Refusal::OpenLinkFull);
    assert_eq!(refused(admit.run(&host, of_seats(Role::Admin, 5), None)), Refusal::OpenLinkRole);
    let brief = admit::commands::open_link::CreateOpenLink {
        expires_in: Some(HOUR),
        ..of_seats(Role::Member, 30)
    };
    let link = super::open_link::token(&admit, &host, made(&admit, &host, brief));
    clock.forward(HOUR);
    assert_eq!(refused(come_in(&admit, newcomer(&link, "Eva"))), Refusal::LinkExpired);
}

#[test]
fn w07_one_person_joins_several_organisations_with_one_login() {
    let (admit, _) = store();
    let [here, there] = [(); 2].map(|()| practice_at(&admit, Some("hub")));
    let apart = practice(&admit);
    let (ana_here, link) = invited(&admit, &here, "Ana", ANA);
    let login = accept(&admit, with_password(&link)).unwrap().login;
    let (ana_there, link) = invited(&admit, &there, "Ana", ANA);
    let strange = accept(&admit, with_password(&link));
    assert_eq!(refused(strange), Refusal::LoginProofRequired, "no second login of the address");
    assert_eq!(accept(&admit, by_session(&admit, &link, login)).unwrap().login, login);
    let session = admit.sign_in(&visitor(&there), &by_password(ANA, PASSWORD)).unwrap();
    let mut reached: Vec<_> = session.clients.iter().map(|it| it.client).collect();
    let mut expected = vec![ana_here, ana_there];
    reached.sort_unstable();
    expected.sort_unstable();
    assert_eq!(reached, expected);
    // Behind another portal the same address is another login.
    let (_, link) = invited(&admit, &apart, "Ana", ANA);
    assert_ne!(accept(&admit, with_password(&link)).unwrap().login, login);
}

#[test]
fn w08_whoever_is_signed_in_as_somebody_else_joins_nothing_and_finds_a_way_out() {
    let (admit, _, host) = clinic();
    let (ana, link) = invited(&admit, &host, "Ana", ANA);
    let signed_in = accept(&admit, with_password(&link)).unwrap().login;
    let (eva, link) = invited(&admit, &host, "Eva", "eva@example.org");
    for _ in 0..3 {
        let tried = accept(&admit, by_session(&admit, &link, signed_in));
        assert_eq!(refused(tried), Refusal::WrongLogin);
    }
    assert!(proxies(&admit, eva).is_empty());
    let Inspection::Live(live) = inspect(&admit, &link) else { panic!("the link was consumed") };
    assert_eq!(live.masked_address.as_deref(), Some("e***@e***.org"), "whom the link is for");
    let done = accept(&admit, with_password(&link)).unwrap();
    assert_eq!((done.client, proxies(&admit, ana).len()), (Some(eva), 1));
    assert_ne!(done.login, signed_in);
}

#[test]
fn w09_of_many_who_accept_at_once_one_comes_in_and_one_is_noted() {
    let (admit, _, host) = clinic();
    let (id, link) = invited(&admit, &host, "Ana", ANA);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..32)
            .map(|at| {
                let (admit, link) = (&admit, &link);
                scope.spawn(move || accept(admit, with_identity(link, &format!("twin-{at}"))))
            })
            .collect();
        tries.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let (done, late): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), proxies(&admit, id).len(), rows(&admit, "login")), (1, 1, 1));
    assert!(late.into_iter().all(|answer| refused(answer) == Refusal::LinkUsed));
    assert_eq!(events(&admit, &host, Happening::InvitationAccepted), 1);
}

#[test]
fn w10_invitations_have_a_lifetime_of_their_own_and_the_mail_says_until_when() {
    let (admit, clock, host) = clinic();
    let settings = SettingsChange { invitation_lifetime: Some(3 * DAY), ..Default::default() };
    admit.run(&host, UpdatePractice { settings, ..UpdatePractice::default() }, None).unwrap();
    let lifetime = |expires_in| {
        let invite = to_new_client("Ana", ANA);
        send(&admit, &host, SendInvitation { expires_in, ..invite });
        let mail = told(&admit, Kind::Invitation);
        assert!(mail.text.contains("The link is good until "), "{}", mail.text);
        let facts: serde_json::Value = serde_json::from_str(&mail.facts_json).unwrap();
        assert!(facts["expires_at"].is_string() || facts["expires_at"].is_number(), "{facts}");
        let Inspection::Live(live) = inspect(&admit, &token_in(&mail.text)) else { panic!() };
        live.expires_at.millis() - clock.millis()
    };
    assert_eq!(lifetime(None), 3 * DAY);
    assert_eq!([HOUR, 30 * DAY].map(|asked| lifetime(Some(asked))), [HOUR, 30 * DAY]);
    let (_, link) = invited(&admit, &host, "Eva", "eva@example.org");
    accept(&admit, with_password(&link)).unwrap();
    admit.request_reset(&visitor(&host), "eva@example.org").unwrap();
    let reset = token_in(&told(&admit, Kind::Reset).text);
    let Inspection::Live(live) = inspect(&admit, &reset) else { panic!() };
    assert_eq!(live.expires_at.millis() - clock.millis(), 60 * MINUTE);
}

#[test]
fn w11_a_dead_link_says_so_before_anything_is_typed_and_asks_for_a_new_one() {
    let (admit, clock, host) = clinic();
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let (id, link) = invited(&admit, &nora, "Ana", ANA);
    clock.forward(8 * DAY);
    assert_eq!(dead(&admit, &link), Dead::Expired, "known before a password is typed");
    let (hashes, clients) = (admit.hashes(), rows(&admit, "client"));
    assert_eq!(refused(accept(&admit, with_password(&link))), Refusal::LinkExpired);
    assert_eq!((admit.hashes(), rows(&admit, "client")), (hashes, clients), "nothing is made");
    assert_eq!(admit.ask_again(Source::default(), &link, None).unwrap(), Asked::InviterTold);
    let asked = told(&admit, Kind::NewLinkAsked);
    assert_eq!(asked.to.canonical(), "nora@example.org");
    assert!(asked.text.contains("Ana Garcia asks for a new invitation link"), "{}", asked.text);
    send(&admit, &nora, to_client(id));
    let new = emailed(&admit);
    accept(&admit, with_password(&new)).unwrap();
    assert_eq!(dead(&admit, &new), Dead::Used);
    assert_eq!(refused(admit.ask_again(Source::default(), &new, None)), Refusal::LinkUsed);
}

#[test]
fn w12_whoever_takes_a_leaked_link_proves_no_address_and_its_owner_takes_the_login_back() {
    let (admit, clock, host) = clinic();
    let id = client(&admit, &host, "Ana", Some(ANA));
    let sent = send(&admit, &host, SendInvitation { channel: None, ..to_client(id) });
    let leaked = shown(&admit, &host, sent.invitation, Channel::Copied);
    // A stranger is faster than Ana.
    let taken = accept(&admit, with_password(&leaked)).unwrap().login;
    assert!(!stored(&admit, taken).email_verified);
    let warning = told(&admit, Kind::AcceptedByOtherChannel);
    assert_eq!(warning.to.canonical(), ANA);
    assert!(warning.text.contains("contact Cedar Clinic at once"), "{}", warning.text);
    let stranger = as_login(&host, taken, stored(&admit, taken).epoch);
    assert!(admit.client(&stranger, id).is_ok());
    clock.forward(1);
    admit.request_reset(&visitor(&host), ANA).unwrap();
    let link = token_in(&told(&admit, Kind::Reset).text);
    admit.reset(Source::default(), link.expose_secret(), &secret(OTHER), None).unwrap();
    assert_eq!(refused(admit.client(&stranger, id)), Refusal::SessionEnded);
    let tried = admit.sign_in(&visitor(&host), &by_password(ANA, PASSWORD));
    assert_eq!(refused(tried), Refusal::SignInFailed);
    assert_eq!(admit.sign_in(&visitor(&host), &by_password(ANA, OTHER)).unwrap().login, taken);
    assert!(stored(&admit, taken).email_verified, "by the link in our own mail");
    // A leaked link for an address that has a login opens nothing at all.
    let child = client(&admit, &host, "Teo", None);
    let guardian = SendInvitation { channel: None, ..to_guardian(child, ANA) };
    let sent = send(&admit, &host, guardian);
    let leaked = shown(&admit, &host, sent.invitation, Channel::Copied);
    assert_eq!(refused(accept(&admit, with_password(&leaked))), Refusal::LoginProofRequired);
    assert!(proxies(&admit, child).is_empty());
}

#[test]
fn w13_no_link_is_forged_used_for_another_purpose_or_seen_without_leave_and_trace() {
    let (admit, _, host) = clinic();
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let helper = seat(&admit, &host, Role::Assistant, "helper@example.org");
    let id = client(&admit, &nora, "Ana", Some(ANA));
    let sent = send(&admit, &nora, to_client(id)).invitation;
    let link = emailed(&admit);
    let text = link.expose_secret();
    for at in 0..text.len() {
        let other = if &text[at..=at] == "A" { "B" } else { "A" };
        let forged: SecretString = format!("{}{other}{}", &text[..at], &text[at + 1..]).into();
        assert_eq!(refused(accept(&admit, with_password(&forged))), Refusal::LinkInvalid);
    }
    let reset = admit.reset(Source::default(), text, &secret(OTHER), None);
    assert_eq!(refused(reset), Refusal::LinkInvalid);
    let address = admit.confirm_address(Source::default(), text, None);
    assert_eq!(refused(address), Refusal::LinkInvalid);
    let show = |actor: &Actor| {
        let asked = ShowLink { invitation: sent, channel: Channel::Copied };
        admit.run(&reasoned(actor), asked, None)
    };
    assert_eq!(refused(show(&helper)), Refusal::NotPermitted);
    assert_eq!(events(&admit, &host, Happening::InvitationLinkShown), 0);
    show(&nora).unwrap();
    assert_eq!(events(&admit, &host, Happening::InvitationLinkShown), 1);
    let view = admit.invitation_view(&nora, sent).unwrap();
    let message = admit.message(&nora, view.message.unwrap()).unwrap();
    for seen in [serde_json::to_string(&view).unwrap(), serde_json::to_string(&message).unwrap()] {
        assert!(!seen.contains(text) && !seen.contains("https://"), "{seen}");
    }
}

#[test]
fn w14_wrong_answers_end_no_account_and_a_forgotten_password_sends_the_invitation_again() {
    let (admit, _, host) = clinic();
    let (id, link) = invited(&admit, &host, "Ana", ANA);
    let before = admit.client(&host, id).unwrap();
    for _ in 0..20 {
        let weak = Accept { password: Some("short".into()), ..nothing(&link) };
        assert_eq!(refused(accept(&admit, weak)), Refusal::PasswordTooShort);
        let forged = SecretString::from("A".repeat(52));
        assert_eq!(refused(accept(&admit, with_password(&forged))), Refusal::LinkInvalid);
    }
    let after = admit.client(&host, id).unwrap();
    assert_eq!((after.status, after.profile), (before.status, before.profile));
    // Who was never activated has no password to forget: the invitation comes again.
    admit.request_reset(&visitor(&host), ANA).unwrap();
    let again = emailed(&admit);
    assert_eq!(again.expose_secret(), link.expose_secret());
    accept(&admit, with_password(&again)).unwrap();
}

#[test]
fn w15_who_has_a_phone_alone_or_nothing_is_invited_and_signs_in() {
    let (admit, _, host) = clinic();
    let ana = client(&admit, &host, "Ana", None);
    let phone = Some(Phone::parse("+1 555 0100").unwrap());
    let by_phone = Recipient { phone, ..Recipient::default() };
    let invite =
        SendInvitation { recipient: by_phone, channel: Some(Channel::Sms), ..to_client(ana) };
    send(&admit, &host, invite);
    let text = told(&admit, Kind::Invitation);
    assert_eq!((text.channel, text.to.canonical().as_str()), (Channel::Sms, "15550100"));
    assert!(text.subject.is_empty() && text.html.is_empty() && text.text.len() < 200);
    accept(&admit, named("ana.garcia", &token_in(&text.text))).unwrap();
    let teo = client(&admit, &host, "Teo", None);
    let mailed = admit.run(&host, to_client(teo), None);
    assert_eq!(refused(mailed), Refusal::NotReachable, "there is no address to invent");
    let sent = send(&admit, &host, SendInvitation { channel: None, ..to_client(teo) });
    let code = shown(&admit, &host, sent.invitation, Channel::Qr);
    accept(&admit, named("teo.garcia", &code)).unwrap();
    for (name, client) in [("ana.garcia", ana), ("teo.garcia", teo)] {
        let session = admit.sign_in(&visitor(&host), &by_password(name, PASSWORD)).unwrap();
        assert_eq!(session.clients[0].client, client);
    }
}

#[test]
fn w16_many_invitations_tell_the_truth_row_by_row_and_go_on_where_they_stopped() {
    const CLIENTS: usize = 1_005;
    let (admit, _, host) = clinic();
    let address = |at: usize| format!("client{at}@example.org");
    let mut all: Vec<_> =
        (0..CLIENTS).map(|at| client(&admit, &host, "Ana", Some(&address(at)))).collect();
    set_client(&admit, all[1], |it| it.status = Status::Suspended);
    set_client(&admit, all[2], |it| it.profile.email = None);
    set_client(&admit, all[3], |it| it.profile.names[0].given = vec![line("Broken")]);
    all.push(all[0]);
    let key = IdempotencyKey::parse("autumn-recall").unwrap();
    let plan = |admit: &Admit| admit.plan_batch(&host, &plan_of(&all), Some(&key), None).unwrap();
    let batch = plan(&admit);
    assert_eq!(plan(&admit).id, batch.id, "the same request again plans nothing twice");
    assert_eq!((batch.counts.rows, batch.counts.to_skip), (CLIENTS as u32 + 1, 3));
    assert!(claim(&admit).is_empty(), "a plan invites nobody");
    let row = |at: usize| all_rows(&admit, &host, batch.id, RowFilter::All).swap_remove(at);
    let skipped = |refusal| Planned::Skip(Skip::Refused(refusal));
    assert_eq!(row(1).planned, skipped(Refusal::ClientSuspended));
    assert_eq!(row(2).planned, skipped(Refusal::NotReachable));
    assert_eq!(row(CLIENTS).planned, skipped(Refusal::RowRepeated));
    // One row fails, and the call stops after its first commit.
    install(
        &admit,
        "return { invitation = function(request)
           if request.client and request.client.given_name == 'Broken' then error('asked') end
           return allow{}
         end }",
    );
    let part = admit.apply_batch(&host, batch.id, Some(&|_, _| false)).unwrap();
    assert!(part.counts.invited > 0 && part.counts.open > 1, "{:?}", part.counts);
    assert_eq!(row(3).waits, Some(Skip::Refused(Refusal::PolicyFailed)));
    assert_eq!(row(3).applied, None);
    let part = admit.apply_batch(&host, batch.id, None).unwrap();
    assert_eq!(part.counts.open, 1, "the broken one alone");
    install(&admit, "return { invitation = function() return allow{} end }");
    let done = admit.apply_batch(&host, batch.id, None).unwrap();
    assert_eq!((done.counts.invited, done.counts.open), (CLIENTS as u32 - 2, 0));
    assert!(matches!(row(3).applied, Some(Applied::Sent(_))));
    assert_eq!(events(&admit, &host, Happening::InvitationSent), CLIENTS - 2, "each once");
    let undone = admit.undo_batch(&host, batch.id, false, None).unwrap();
    assert_eq!(events(&admit, &host, Happening::InvitationRevoked), CLIENTS - 2, "{undone:?}");
}

#[test]
fn w17_whoever_is_suspended_is_out_at_once_in_every_session() {
    let (admit, _, host) = clinic();
    let (id, link) = invited(&admit, &host, "Ana", ANA);
    accept(&admit, with_password(&link)).unwrap();
    let sign_in = || admit.sign_in(&visitor(&host), &by_password(ANA, PASSWORD));
    let session = sign_in().unwrap();
    let own = as_login(&host, session.login, session.epoch);
    assert!(admit.client(&own, id).is_ok());
    let set = |status| {
        admit.run(&host, SetClientStatus { client: id, status, revision: 0 }, None).unwrap();
    };
    set(Status::Suspended);
    assert_eq!(refused(admit.client(&own, id)), Refusal::SessionEnded);
    assert_eq!(refused(sign_in()), Refusal::SignInFailed);
    set(Status::Active);
    assert_eq!(refused(admit.client(&own, id)), Refusal::SessionEnded, "the old session stays out");
    let session = sign_in().unwrap();
    assert!(admit.client(&as_login(&host, session.login, session.epoch), id).is_ok());

    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let ben = client(&admit, &nora, "Ben", Some("ben@example.org"));
    let staff = seat_of(&nora);
    admit.run(&host, SuspendStaff { staff, revision: 0 }, None).unwrap();
    assert_eq!(refused(admit.client(&nora, ben)), Refusal::ActorSuspended);
    let invite = admit.run(&nora, to_client(ben), None);
    assert_eq!(refused(invite), Refusal::ActorSuspended);
    admit.run(&host, ReactivateStaff { staff, revision: 0 }, None).unwrap();
    assert!(admit.client(&nora, ben).is_ok());
}

#[test]
fn w18_a_deletion_can_be_called_off_leaves_nothing_and_lets_the_same_person_back_in() {
    let (admit, clock, host) = clinic();
    policy(&admit, "return allow.schedule{ days = 3 }");
    let address = "zephyrine@quill.example.org";
    let (id, link) = invited(&admit, &host, "Zephyrine", address);
    let login = accept(&admit, with_password(&link)).unwrap().login;
    let wait = || match delete(&admit, &host, &to_erase(id)).unwrap() {
        Confirmed::Scheduled(until) => until,
        other => panic!("{other:?}"),
    };
    wait();
    admit.run(&host, CallOffDeletion { client: id }, None).unwrap();
    assert_eq!(admit.client(&host, id).unwrap().status, Status::Active);
    assert!(admit.sign_in(&visitor(&host), &by_password(address, PASSWORD)).is_ok());
    let until = wait();
    clock.forward(until.millis() - clock.millis());
    assert_eq!(admit.upkeep(0).unwrap().erased, 1);
    assert_eq!(refused(admit.client(&host, id)), Refusal::NotFound);
    let order = admit.erase_orders(&host, Some(false), None, 0).unwrap().items[0].id;
    admit.run(&host, FinishDeletion { order }, None).unwrap();
    assert_eq!(told(&admit, Kind::DeletionDone).to.canonical(), address);
    clock.forward(7 * DAY);
    admit.upkeep(0).unwrap();
    for text in ["Zephyrine", "zephyrine", "quill.example.org"] {
        assert!(!is_at_rest(&admit, text), "{text}");
    }
    let anew = client(&admit, &host, "Zephyrine", Some(address));
    let invite = SendInvitation { channel: Some(Channel::Email), ..to_client(anew) };
    send(&admit, &host, invite);
    let done = accept(&admit, with_password(&emailed(&admit))).unwrap();
    assert_ne!((anew, done.login), (id, login));
}

#[test]
fn w19_a_family_shares_an_address_and_its_children_need_none() {
    let (admit, clock, host) = clinic();
    let mother = client(&admit, &host, "Ana", Some(ANA));
    let [teo, uma] = ["Teo", "Uma"].map(|given| client(&admit, &host, given, Some(ANA)));
    let baby = client(&admit, &host, "Bo", None);
    let born = BirthDate::parse("2008-01-06").unwrap();
    set_client(&admit, teo, move |it| it.profile.birth = Some(born.clone()));
    send(&admit, &host, to_client(mother));
    let login = accept(&admit, with_password(&emailed(&admit))).unwrap().login;
    for child in [teo, uma, baby] {
        send(&admit, &host, to_guardian(child, ANA));
        let link = emailed(&admit);
        accept(&admit, by_session(&admit, &link, login)).unwrap();
    }
    let reached = || {
        let session = admit.sign_in(&visitor(&host), &by_password(ANA, PASSWORD)).unwrap();
        let mut reached: Vec<_> =
            session.clients.iter().map(|it| (it.client, it.is_guardian)).collect();
        reached.sort_unstable();
        reached
    };
    let sorted = |mut all: Vec<(ClientId, bool)>| {
        all.sort_unstable();
        all
    };
    let family = sorted(vec![(mother, false), (teo, true), (uma, true), (baby, true)]);
    assert_eq!(reached(), family);
    // The other parent has a login of its own to the same child.
    send(&admit, &host, to_guardian(baby, "ben@example.org"));
    let father = accept(&admit, with_password(&emailed(&admit))).unwrap().login;
    assert_ne!(father, login);
    assert_eq!(proxies(&admit, baby).len(), 2);
    // On the 18th birthday the parent's tie is over; the young person is not a child any more.
    let birthday = "2026-01-06T00:00:00.000Z";
    let end = proxies(&admit, teo)[0].ends_at.unwrap();
    assert_eq!(end.rfc3339(), birthday);
    clock.forward(end.millis() - clock.millis());
    assert_eq!(reached(), sorted(vec![(mother, false), (uma, true), (baby, true)]));
    assert_eq!(admit.upkeep(0).unwrap().ended, 1);
}

#[test]
fn w20_a_mail_that_failed_is_seen_in_the_list_and_so_is_who_invited_whom_for_whom() {
    let (admit, _, host) = clinic();
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let helper = seat(&admit, &host, Role::Assistant, "helper@example.org");
    let (nora_id, helper_id) = (seat_of(&nora), seat_of(&helper));
    let (ana, ben) = (
        client(&admit, &nora, "Ana", Some(ANA)),
        client(&admit, &nora, "Ben", Some("ben@example.org")),
    );
    take(&admit, &host, helper_id);
    let terms = Terms { actions: Vec::new(), clients: Clients::All, reason: None, ends_at: None };
    let give = GiveDelegation { assistant: helper_id, practitioner: Some(nora_id), terms };
    admit.run(&host, give, None).unwrap();
    claim(&admit);
    let acting = Actor { on_behalf_of: Some(nora_id), ..helper };
    let sent = send(&admit, &acting, to_client(ana));
    send(&admit, &nora, to_client(ben));
    let mails = claim(&admit);
    let mail = mails.iter().find(|it| it.to.canonical() == ANA).unwrap();
    let detail = Some(line("550 5.1.1"));
    let bounced = Bounced { message: mail.id, attempt: mail.attempt, detail };
    admit.run(&Actor::store_host(), bounced, None).unwrap();

    let filter = ListFilter { delivery_state: Some(Delivery::Bounced), ..ListFilter::default() };
    let page = admit.person_list(&nora, &filter, By::Name, None, 0).unwrap();
    let found: Vec<_> = page.page.items.iter().map(|it| it.id).collect();
    assert_eq!(found, [ana.uuid()]);
    let shown = admit.message(&nora, mail.id).unwrap();
    let last = shown.timeline.last().unwrap();
    assert_eq!(last.state, Delivery::Bounced);
    assert_eq!(last.detail.as_ref().map(|it| it.as_str()), Some("550 5.1.1"));
    assert_eq!(events(&admit, &host, Happening::MessageFailed), 1);
    let view = admit.invitation_view(&nora, sent.invitation).unwrap();
    assert_eq!(view.inviter, Some(nora_id), "for whom it was");
    let filter = EventFilter {
        happening: Some(Happening::InvitationSent),
        subject: Some(ana.into()),
        ..EventFilter::default()
    };
    let entry = &admit.events(&host, filter, None, 0).unwrap().items[0];
    assert_eq!((entry.who, entry.on_behalf_of), (Who::Staff(helper_id), Some(nora_id)));
}

/// Gives a seat a holder who has done the product's first steps.
fn take(admit: &Admit, host: &Actor, staff: StaffId) {
    let holder = super::plant::login(admit, host, "helper@login.example.org");
    super::plant::sit(admit, host, staff, holder);
    admit.run(host, MarkOnboarded { staff }, None).unwrap();
}
