//! One person in several practices behind one portal: one login, and walls between the practices.

use super::people::{
    PASSWORD, as_login, as_staff, by_password, email, practice_of, seat, stored, visitor,
};
use super::post::{self, accept, client, emailed, send, to_client, to_whom};
use crate::support::{practice_at, refused, store};
use admit::commands::Admit;
use admit::commands::accept::{Accept, Session};
use admit::commands::identity::ChangeIdentity;
use admit::commands::invitation::{SendInvitation, Whom};
use admit::commands::list::ListFilter;
use admit::commands::login::CreateLogin;
use admit::commands::login_change::{EndSessions, RemoveLogin};
use admit::commands::practice::{ReactivatePractice, SuspendPractice};
use admit::domain::actor::Actor;
use admit::domain::id::{ClientId, LoginId, StaffId};
use admit::domain::login::ExternalIdentity;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{ExternalId, Username};
use admit::records::person::By;
use secrecy::SecretString;

const ADA: &str = "ada@example.org";

/// Ada: a client of the first practice, and by her session a client and a seat of the second.
struct Ada {
    admit: Admit,
    here: Actor,
    there: Actor,
    login: LoginId,
    client_here: ClientId,
    client_there: ClientId,
    seat_there: StaffId,
}

fn by_session(admit: &Admit, login: LoginId, token: &SecretString) -> Accept {
    let session = Some(Session { login, epoch: stored(admit, login).epoch });
    Accept { session, ..post::nothing(token) }
}

fn ada() -> Ada {
    let (admit, _) = store();
    let (here, there) = (practice_at(&admit, Some("hub")), practice_at(&admit, Some("hub")));
    let client_here = client(&admit, &here, "Ada", Some(ADA));
    send(&admit, &here, to_client(client_here));
    let login = accept(&admit, post::with_password(&emailed(&admit))).unwrap().login;

    let client_there = client(&admit, &there, "Ada", Some(ADA));
    send(&admit, &there, to_client(client_there));
    let link = emailed(&admit);
    assert_eq!(refused(accept(&admit, post::with_password(&link))), Refusal::LoginProofRequired);
    assert_eq!(accept(&admit, by_session(&admit, login, &link)).unwrap().login, login);

    let recipient = post::recipient("Ada", ADA);
    let whom = Whom::NewSeat { role: Role::Assistant };
    send(&admit, &there, SendInvitation { recipient, ..to_whom(whom) });
    let done = accept(&admit, by_session(&admit, login, &emailed(&admit))).unwrap();
    let seat_there = done.staff.unwrap();
    Ada { admit, here, there, login, client_here, client_there, seat_there }
}

#[test]
fn one_login_reaches_all_its_practices_and_acts_in_each_by_its_own_ties() {
    let Ada { admit, here, there, login, client_here, client_there, seat_there } = ada();
    for door in [&here, &there] {
        let sign_in = by_password(ADA, post::PASSWORD);
        let session = admit.sign_in(&visitor(door), &sign_in).unwrap();
        assert_eq!(session.login, login);
        let mut clients: Vec<_> =
            session.clients.iter().map(|it| (it.practice, it.client)).collect();
        let mut expected = [(practice_of(&here), client_here), (practice_of(&there), client_there)];
        // Ids of one millisecond have no order.
        clients.sort_unstable();
        expected.sort_unstable();
        assert_eq!(clients, expected);
        assert_eq!(session.seats.len(), 1);
        assert_eq!(
            (session.seats[0].practice, session.seats[0].staff),
            (practice_of(&there), seat_there)
        );
    }
    let (at_here, at_there) = (as_login(&here, login, 1), as_login(&there, login, 1));
    assert!(admit.client(&at_here, client_here).is_ok());
    assert!(admit.client(&at_there, client_there).is_ok());
    assert_eq!(refused(admit.client(&at_here, client_there)), Refusal::NotFound);
    assert_eq!(refused(admit.client(&at_there, client_here)), Refusal::NotFound);
    assert_eq!(refused(admit.client(&as_staff(&here, seat_there), client_here)), Refusal::NotFound);
}

#[test]
fn s50_no_practice_sees_what_a_login_holds_at_another() {
    let Ada { admit, here, there, login, client_here, client_there, seat_there } = ada();
    let key = |text: &str| ExternalId::parse(text).unwrap();
    let identity =
        ExternalIdentity { issuer: key("https://sso.there.example.org"), subject: key("7") };
    let link = ChangeIdentity { login, identity, password: None };
    admit.link_identity(&there, &link, None).unwrap();
    let admins = [&here, &there].map(|host| as_staff(host, seat(&admit, host, Role::Admin)));
    for (actor, clients, seats) in [
        (&here, client_here, vec![]),
        (&admins[0], client_here, vec![]),
        (&there, client_there, vec![seat_there]),
        (&admins[1], client_there, vec![seat_there]),
    ] {
        let view = admit.login(actor, login).unwrap();
        assert_eq!(view.clients.iter().map(|it| it.client).collect::<Vec<_>>(), [clients]);
        assert_eq!(view.seats.iter().map(|it| it.staff).collect::<Vec<_>>(), seats);
        let ties = admit.proxies_of_login(actor, login).unwrap();
        assert_eq!(ties.iter().map(|tie| tie.client).collect::<Vec<_>>(), [clients]);
        let sees = usize::from(actor.who == admit::domain::actor::Who::Host);
        assert_eq!(view.login.identities.len(), sees);
    }
    // The holder sees its own.
    let own = admit.login(&as_login(&here, login, 1), login).unwrap();
    assert_eq!((own.login.identities.len(), own.clients.len(), own.seats.len()), (1, 1, 0));
    for (actor, stranger) in [(&admins[0], client_there), (&admins[1], client_here)] {
        assert_eq!(refused(admit.client(actor, stranger)), Refusal::NotFound);
        assert_eq!(refused(admit.proxies(actor, stranger)), Refusal::NotFound);
        assert_eq!(refused(admit.grants(actor, stranger)), Refusal::NotFound);
    }
    assert_eq!(refused(admit.staff(&admins[0], seat_there)), Refusal::NotFound);
    let listed = admit.person_list(&admins[0], &ListFilter::default(), By::Name, None, 0);
    let shown = serde_json::to_string(&listed.unwrap().page.items).unwrap();
    for id in [client_there.to_string(), seat_there.to_string(), practice_of(&there).to_string()] {
        assert!(!shown.contains(&id));
    }
}

#[test]
fn what_one_practice_stops_goes_on_at_the_other() {
    let Ada { admit, here, there, login, client_here, client_there, .. } = ada();
    admit.run(&here, SuspendPractice, None).unwrap();
    let session = admit.sign_in(&visitor(&there), &by_password(ADA, post::PASSWORD)).unwrap();
    assert_eq!(session.clients.iter().map(|it| it.client).collect::<Vec<_>>(), [client_there]);
    assert!(admit.client(&as_login(&there, login, 1), client_there).is_ok());
    admit.run(&as_login(&there, login, 1), EndSessions { login }, None).unwrap();
    let refusal = refused(admit.run(&as_login(&here, login, 2), EndSessions { login }, None));
    assert_eq!(refusal, Refusal::PracticeSuspended);
    admit.run(&here, ReactivatePractice, None).unwrap();
    assert!(admit.client(&as_login(&here, login, 2), client_here).is_ok());

    // Leaving one practice leaves the login at the other.
    let removed = admit.run(&here, RemoveLogin { login }, None).unwrap();
    assert!(!removed.is_removed);
    assert_eq!(refused(admit.login(&here, login)), Refusal::NotFound);
    let session = admit.sign_in(&visitor(&here), &by_password(ADA, post::PASSWORD)).unwrap();
    assert_eq!(session.clients.iter().map(|it| it.client).collect::<Vec<_>>(), [client_there]);
}

#[test]
fn a_name_is_one_logins_at_a_portal_and_free_at_another() {
    let Ada { admit, here, there, .. } = ada();
    let elsewhere = practice_at(&admit, Some("other hub"));
    let make = |host: &Actor, address: Option<&str>, name: Option<&str>| {
        let client = Some(client(&admit, host, "Bo", None));
        let username = name.map(|name| Username::parse(name).unwrap());
        let email = address.map(email);
        admit.create_login(
            host,
            &CreateLogin { client, email, username, ..CreateLogin::default() },
            None,
        )
    };
    make(&here, None, Some("bo.birch")).unwrap();
    assert_eq!(refused(make(&there, None, Some("BO.Birch"))), Refusal::NameTaken);
    assert_eq!(refused(make(&there, Some("ADA@example.org"), None)), Refusal::NameTaken);
    make(&elsewhere, Some(ADA), Some("bo.birch")).unwrap();
    let there_only = admit.sign_in(&visitor(&elsewhere), &by_password(ADA, PASSWORD));
    assert_eq!(refused(there_only), Refusal::SignInFailed);
}
