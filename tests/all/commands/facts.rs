//! Facts of the chart that acceptance must bring beside the link.

use super::plant::{find_invitation, happenings, messages};
use super::post::{
    accept, client, dead, emailed, inspect, is_at_rest, is_live, nothing, seat, send, shown,
    to_client, with_identity, with_password,
};
use crate::support::{line, options, options_at, practice, refused, store};
use admit::commands::Admit;
use admit::commands::accept::Accept;
use admit::commands::invitation::{
    AskedFacts, Dead, Inspection, InvitationFilter, SendInvitation, Sent,
};
use admit::domain::actor::Actor;
use admit::domain::chart::{Fact, Facts, WRONG_MAX};
use admit::domain::id::ClientId;
use admit::domain::invitation::{Channel, Shown};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::BirthDate;
use admit::error::Error;
use admit::seal::KeyRing;
use secrecy::SecretString;
use std::sync::{Arc, Mutex};

const INVITER: &str = "nora@example.org";

fn facts(birth: &str, postcode: &str, number: &str) -> Facts {
    let birth = BirthDate::parse(birth).unwrap();
    let facts = Facts::default().born(&birth).unwrap();
    facts.living_at(&line(postcode)).recorded_as(&line(number))
}

fn known() -> Facts {
    facts("1980-02-03", "SW1A 1AA", "MRN-0042a")
}

fn asking(client: ClientId, known: Facts) -> SendInvitation {
    let facts = AskedFacts { known, ..AskedFacts::default() };
    SendInvitation { facts, ..to_client(client) }
}

struct World {
    admit: Admit,
    host: Actor,
    nora: Actor,
    ada: ClientId,
    sent: Sent,
    token: SecretString,
}

fn world() -> World {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, INVITER);
    let ada = client(&admit, &nora, "Ada", Some("ada@example.org"));
    let sent = send(&admit, &nora, asking(ada, known()));
    let token = emailed(&admit);
    World { admit, host, nora, ada, sent, token }
}

impl World {
    fn answer(&self, facts: Facts) -> admit::error::Result<admit::commands::accept::Accepted> {
        accept(&self.admit, Accept { facts, ..with_password(&self.token) })
    }

    fn wrong(&self) -> u32 {
        find_invitation(&self.admit, self.sent.invitation).check.wrong
    }
}

#[test]
fn the_right_facts_in_any_spelling_let_the_link_do_its_work() {
    let world = world();
    let accepted = world.answer(facts("1980-02-03", " sw1 a1aa", "mrn-0042A ")).unwrap();
    assert_eq!(accepted.client, Some(world.ada));
}

#[test]
fn one_refusal_for_every_wrong_fact_and_nothing_is_used_up() {
    let world = world();
    for (at, wrong) in [
        facts("1980-02-04", "SW1A 1AA", "MRN-0042a"),
        facts("1980-02-03", "SW1A 1AB", "MRN-0042a"),
        facts("1980-02-03", "SW1A 1AA", "MRN-0043"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = world.answer(wrong).unwrap_err();
        assert_eq!(answer.to_string(), Refusal::FactsDoNotMatch.to_string());
        assert_eq!(world.wrong() as usize, at + 1);
    }
    assert_eq!(world.admit.stats().unwrap().logins.rows, 0);
    let trail = happenings(&world.admit, &world.host);
    assert_eq!(trail[trail.len() - 3..], ["invitation.facts_refused"; 3]);
    assert!(is_live(&world.admit, &world.token));
    world.answer(known()).unwrap();
}

#[test]
fn the_fifth_wrong_answer_revokes_the_link_and_tells_the_inviter_until_it_is_sent_again() {
    let world = world();
    let wrong = || world.answer(facts("1999-09-09", "X", "Y"));
    for _ in 0..WRONG_MAX {
        assert_eq!(refused(wrong()), Refusal::FactsDoNotMatch);
    }
    assert_eq!(refused(wrong()), Refusal::LinkRevoked);
    assert_eq!(refused(world.answer(known())), Refusal::LinkRevoked);
    assert_eq!(world.wrong(), WRONG_MAX);
    assert_eq!(dead(&world.admit, &world.token), Dead::Revoked);
    let told = messages(&world.admit, &world.host);
    assert!(told.contains(&("new_link_asked", INVITER.to_owned())), "{told:?}");
    let shown_as = |state| {
        let filter = InvitationFilter { state: Some(state), client: Some(world.ada) };
        world.admit.invitations(&world.host, filter, None, 0).unwrap().items.len()
    };
    assert_eq!((shown_as(Shown::Revoked), shown_as(Shown::Pending)), (1, 0));
    let again = send(&world.admit, &world.nora, to_client(world.ada));
    assert!(again.is_renewed && again.invitation == world.sent.invitation);
    assert_eq!((world.wrong(), shown_as(Shown::Pending)), (0, 1));
    let token = emailed(&world.admit);
    let bare = accept(&world.admit, with_password(&token)).unwrap_err();
    assert_eq!(bare.to_string(), "birth_date: must be given", "what was asked is kept");
    accept(&world.admit, Accept { facts: known(), ..with_password(&token) }).unwrap();
}

#[test]
fn no_other_mistake_counts_as_a_wrong_answer() {
    let world = world();
    let wrong = || facts("1999-09-09", "X", "Y");
    for facts in [known(), wrong()] {
        let weak = Accept {
            password: Some("short".into()),
            facts: facts.clone(),
            ..nothing(&world.token)
        };
        assert_eq!(refused(accept(&world.admit, weak)), Refusal::PasswordTooShort);
        let none = Accept { facts, ..nothing(&world.token) };
        assert_eq!(accept(&world.admit, none).unwrap_err().to_string(), "password: must be given");
    }
    let partly = Facts::default().living_at(&line("SW1A 1AA"));
    let partly = world.answer(partly).unwrap_err();
    assert_eq!(partly.to_string(), "birth_date: must be given");
    let strange = super::plant::login(&world.admit, &world.host, "other@login.example.org");
    let session = admit::commands::accept::Session { login: strange, epoch: 1 };
    let other = Accept { session: Some(session), facts: wrong(), ..nothing(&world.token) };
    assert_eq!(refused(accept(&world.admit, other)), Refusal::WrongLogin);
    assert_eq!(world.wrong(), 0);
    let identity = with_identity(&world.token, "ada");
    accept(&world.admit, Accept { facts: known(), ..identity }).unwrap();
}

#[test]
fn s42_facts_are_no_way_in_without_the_link() {
    let world = world();
    let forged = SecretString::from("A".repeat(52));
    let forged = Accept { facts: known(), ..with_password(&forged) };
    assert_eq!(refused(accept(&world.admit, forged)), Refusal::LinkInvalid);
    assert_eq!(refused(world.answer(facts("1999-09-09", "X", "Y"))), Refusal::FactsDoNotMatch);
}

#[test]
fn a_link_tells_which_facts_are_asked_and_no_value_is_kept() {
    let world = world();
    let Inspection::Live(live) = inspect(&world.admit, &world.token) else { panic!("dead") };
    assert_eq!(live.facts, Fact::ALL);
    for value in ["SW1A", "mrn-0042", "MRN-0042", "1980-02-03"] {
        assert!(!is_at_rest(&world.admit, value), "{value}");
        let shown = format!("{:?}", asking(world.ada, known()));
        assert!(!shown.contains(value), "{shown}");
    }
    let of_ada = InvitationFilter { client: Some(world.ada), ..InvitationFilter::default() };
    let view = world.admit.invitation_views(&world.host, of_ada, None, 0).unwrap();
    assert_eq!((&view.items[0].facts[..], view.items[0].wrong_answers), (&Fact::ALL[..], 0));
    let one = find_invitation(&world.admit, world.sent.invitation).check;
    let bo = client(&world.admit, &world.nora, "Bo", Some("bo@example.org"));
    let sent = send(&world.admit, &world.nora, asking(bo, known()));
    let other = find_invitation(&world.admit, sent.invitation).check;
    assert_ne!(one.asked, other.asked, "the same facts of two invitations look different");
}

#[test]
fn sending_again_with_other_facts_asks_for_those() {
    let world = world();
    let only = Facts::default().living_at(&line("10115"));
    send(&world.admit, &world.nora, asking(world.ada, only.clone()));
    let token = emailed(&world.admit);
    let old = Accept { facts: known(), ..with_password(&token) };
    assert_eq!(refused(accept(&world.admit, old)), Refusal::FactsDoNotMatch);
    accept(&world.admit, Accept { facts: only, ..with_password(&token) }).unwrap();
}

#[test]
fn guesses_in_parallel_do_not_outrun_the_count() {
    let world = world();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let guess = |at: usize| {
            let wrong = facts("1999-09-09", &format!("P{at}"), "Y");
            scope.spawn(|| refused(world.answer(wrong)))
        };
        let guesses: Vec<_> = (0..12).map(guess).collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    let count = |refusal| answers.iter().filter(|answer| **answer == refusal).count();
    assert_eq!((count(Refusal::FactsDoNotMatch), count(Refusal::LinkRevoked)), (5, 7));
    assert_eq!(world.wrong(), WRONG_MAX);
}

#[test]
fn the_count_outlives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.admit");
    let ring = || KeyRing::new([7; 32], &[]);
    let (options, clock) = options();
    let admit = Admit::open(&path, &ring(), options).unwrap();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", Some("ada@example.org"));
    let sent = send(&admit, &host, asking(ada, known()));
    let token = shown(&admit, &host, sent.invitation, Channel::Copied);
    let wrong = |admit: &Admit| {
        let facts = facts("1999-09-09", "X", "Y");
        refused(accept(admit, Accept { facts, ..with_password(&token) }))
    };
    for _ in 0..3 {
        assert_eq!(wrong(&admit), Refusal::FactsDoNotMatch);
    }
    drop(admit);
    let admit = Admit::open(&path, &ring(), options_at(&clock)).unwrap();
    assert_eq!([wrong(&admit), wrong(&admit)], [Refusal::FactsDoNotMatch; 2]);
    assert_eq!(wrong(&admit), Refusal::LinkRevoked);
}

/// A store whose host confirms facts, and what it was asked.
fn confirming() -> (Admit, Arc<Mutex<Vec<Facts>>>) {
    let (mut options, _) = options();
    let asked: Arc<Mutex<Vec<Facts>>> = Arc::default();
    let seen = asked.clone();
    options.fact_check = Some(Box::new(move |_, facts| {
        seen.lock().unwrap().push(facts.clone());
        facts.get(Fact::RecordNumber) == Some("mrn-0042a")
    }));
    (Admit::in_memory(options).unwrap(), asked)
}

#[test]
fn the_host_confirms_what_only_it_knows() {
    let (admit, asked) = confirming();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", Some("ada@example.org"));
    let known = Facts::default().living_at(&line("SW1A 1AA"));
    let facts = AskedFacts { known: known.clone(), of_host: [Fact::RecordNumber].into() };
    let sent = send(&admit, &host, SendInvitation { facts, ..to_client(ada) });
    let token = emailed(&admit);
    let Inspection::Live(live) = inspect(&admit, &token) else { panic!("dead") };
    assert_eq!(live.facts, [Fact::Postcode, Fact::RecordNumber]);
    let answer = |facts| accept(&admit, Accept { facts, ..with_password(&token) });
    assert_eq!(answer(known.clone()).unwrap_err().to_string(), "record_number: must be given");
    assert!(asked.lock().unwrap().is_empty());
    let wrong_number = known.clone().recorded_as(&line("7"));
    let wrong_postcode = known.clone().living_at(&line("X")).recorded_as(&line("MRN-0042A"));
    for wrong in [wrong_number, wrong_postcode] {
        assert_eq!(refused(answer(wrong)), Refusal::FactsDoNotMatch);
    }
    assert_eq!(find_invitation(&admit, sent.invitation).check.wrong, 2);
    answer(known.recorded_as(&line("MRN-0042A"))).unwrap();
    assert_eq!(asked.lock().unwrap().len(), 3);
}

#[test]
fn nobody_asks_a_host_that_confirms_nothing() {
    let world = world();
    let facts = AskedFacts { of_host: [Fact::BirthDate].into(), ..AskedFacts::default() };
    let asked = SendInvitation { facts, ..to_client(world.ada) };
    let answer = world.admit.run(&world.host, asked, None);
    assert!(matches!(answer, Err(Error::Misuse(_))));
}

#[test]
fn a_birth_date_must_be_known_to_the_day() {
    for partial in ["1980", "1980-02"] {
        let partial = BirthDate::parse(partial).unwrap();
        assert!(Facts::default().born(&partial).is_err());
    }
}
