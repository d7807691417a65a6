use super::people::rows_in;
use super::plant::{
    acting, client, client_with_login, create, find_login, happenings, invitation, messages, offer,
    plant,
};
use super::post;
use crate::support::{line, practice, refused, store};
use admit::commands::event::{Entry, EventFilter};
use admit::commands::proxy::AddProxy;
use admit::commands::{Admit, KnownOutcome};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::challenge::{Challenge, Purpose};
use admit::domain::event::Happening;
use admit::domain::login::Failures;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::IdempotencyKey;
use admit::domain::time::{DAY, HOUR, MINUTE, Timestamp};
use admit::error::Error;

#[test]
fn the_lapse_of_an_invitation_is_recorded_once_for_each_time_it_lapses() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let id = invitation(&admit, &host, offer(ada), "ada@example.org");
    let due = Timestamp::from_millis(clock.millis() + HOUR);
    let kept = admit.upkeep(0).unwrap();
    assert_eq!((kept.lapsed, kept.next_due_at), (0, Some(due)));
    clock.forward(HOUR);
    assert_eq!(admit.upkeep(0).unwrap().lapsed, 1);
    assert_eq!(admit.upkeep(0).unwrap(), Default::default());
    plant(&admit, &host, move |unit| {
        let old = unit.look().invitation(id)?;
        let renewed = old.clone().renew(unit.now(), unit.now().plus(HOUR))?;
        unit.save_invitation(Some(&old), &renewed)
    });
    clock.forward(HOUR);
    assert_eq!(admit.upkeep(0).unwrap().lapsed, 1);
    let lapses = happenings(&admit, &host).iter().filter(|it| **it == "invitation.lapsed").count();
    assert_eq!(lapses, 2);
}

#[test]
fn a_guardian_whose_time_is_over_is_ended_signed_out_and_both_are_told() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (_, parent, _) = client_with_login(&admit, &host, "Ada");
    let child = client(&admit, &host, "Bo", "Held");
    let ends_at = Some(Timestamp::from_millis(clock.millis() + HOUR));
    let tie = Tie::Guardian { relationship: None };
    admit.run(&host, AddProxy { client: child, login: parent, tie, ends_at }, None).unwrap();
    clock.forward(HOUR);
    let actor = acting(&host, Who::Login { id: parent, epoch: 1 });
    assert_eq!(refused(admit.client(&actor, child)), Refusal::NotFound);
    assert_eq!(admit.upkeep(0).unwrap().ended, 1);
    assert_eq!(admit.upkeep(0).unwrap().ended, 0);
    assert_eq!(admit.proxies(&host, child).unwrap()[0].ended_at, ends_at);
    assert_eq!(find_login(&admit, parent).epoch, 1);
    let told: Vec<_> = messages(&admit, &host).into_iter().map(|(_, to)| to).collect();
    assert_eq!(told, ["ada@login.example.org", "bo@example.org"]);
}

#[test]
fn old_outcomes_counters_and_challenges_are_forgotten() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let key = IdempotencyKey::parse("k1").unwrap();
    admit.run(&host, create("Ada", "Ash", None), Some(&key)).unwrap();
    let (_, login, _) = client_with_login(&admit, &host, "Bo");
    let challenge = plant(&admit, &host, move |unit| {
        let failures = Failures { count: 3, last: unit.now() };
        admit::records::login::put_failures(&mut unit.write, &[1; 32], failures)?;
        let capped = Failures { count: 100, last: unit.now() };
        admit::records::login::put_failures(&mut unit.write, &[2; 32], capped)?;
        let challenge = Challenge {
            id: unit.new_id(),
            purpose: Purpose::Reset,
            login,
            practice: unit.context.practice()?,
            epoch: 1,
            expires_at: unit.now().plus(HOUR),
            used_at: None,
            created_at: unit.now(),
        };
        admit::records::challenge::put(&mut unit.write, &challenge)?;
        Ok(challenge.id)
    });
    assert_eq!(admit.upkeep(0).unwrap().outcomes, 0);
    assert_eq!(admit.outcome(&key).unwrap(), KnownOutcome::Done);
    for days in [2, 6, 7, 7, 7, 2] {
        clock.forward(days * DAY);
        let kept = admit.upkeep(0).unwrap();
        let counts = (kept.failures, kept.outcomes, kept.challenges);
        let expected = match (clock.millis() - crate::support::START) / DAY {
            2 => (1, 0, 0),
            8 => (0, 1, 0),
            31 => (0, 0, 1),
            _ => (0, 0, 0),
        };
        assert_eq!(counts, expected);
    }
    assert_eq!(admit.outcome(&key).unwrap(), KnownOutcome::Unknown);
    let left = admit.store().read(|read| {
        let capped = admit::records::login::failures(read, &[2; 32])?;
        Ok((capped.count, admit::records::challenge::find(read, challenge)?.is_some()))
    });
    assert_eq!(left.unwrap(), (100, false));
}

#[test]
fn upkeep_stops_at_its_limit_and_says_that_more_is_due() {
    let (admit, clock) = store();
    let host = practice(&admit);
    for name in ["Ada", "Bo", "Cy"] {
        let client = client(&admit, &host, name, "Ash");
        invitation(&admit, &host, offer(client), "a@example.org");
    }
    clock.forward(HOUR);
    let kept = admit.upkeep(2).unwrap();
    assert_eq!((kept.lapsed, kept.more), (2, true));
    let kept = admit.upkeep(2).unwrap();
    assert_eq!((kept.lapsed, kept.more), (1, false));
}

#[test]
fn requests_for_a_link_are_forgotten_an_hour_after_the_last() {
    let (admit, clock) = store();
    let visitor = acting(&practice(&admit), Who::Visitor);
    let ask = |name: &str| admit.request_reset(&visitor, name).unwrap();
    ask("ada@example.org");
    clock.forward(HOUR / 2);
    ask("ada@example.org");
    ask("bo@example.org");
    clock.forward(HOUR - 1);
    assert_eq!(admit.upkeep(0).unwrap().counters, 0);
    assert_eq!(rows_in(&admit, "asked"), 2);
    clock.forward(1);
    assert_eq!(admit.upkeep(0).unwrap().counters, 2);
    assert_eq!(rows_in(&admit, "asked"), 0);
}

#[test]
fn windows_of_messages_are_forgotten_a_day_after_they_opened() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let nora = post::seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let invite = || post::send(&admit, &nora, post::to_new_client("Ben", "ben@example.org"));
    invite();
    clock.forward(23 * HOUR);
    invite();
    assert_eq!(rows_in(&admit, "rate"), 3);
    clock.forward(HOUR - 1);
    admit.upkeep(0).unwrap();
    assert_eq!(rows_in(&admit, "rate"), 3);
    clock.forward(1);
    admit.upkeep(0).unwrap();
    // Those of an hour were opened again by the second message.
    assert_eq!(rows_in(&admit, "rate"), 2);
    clock.forward(23 * HOUR);
    admit.upkeep(0).unwrap();
    assert_eq!(rows_in(&admit, "rate"), 0);
}

#[test]
fn s60_refusals_that_were_only_counted_become_one_event_when_their_minute_is_over() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let source = Source { address: Some(line("192.0.2.7")), ..Source::default() };
    let visitor = Actor { source, ..acting(&host, Who::Visitor) };
    let refusals = || {
        let filter =
            EventFilter { happening: Some(Happening::AccessRefused), ..Default::default() };
        admit.events(&host, filter, None, 0).unwrap().items
    };
    for _ in 0..25 {
        assert!(admit.rooms(&visitor, None, 0).is_err());
    }
    let singly = refusals();
    assert_eq!(singly.iter().map(|it| it.count).sum::<u32>(), 10);
    clock.forward(MINUTE - 1 - clock.millis() % MINUTE);
    admit.upkeep(0).unwrap();
    assert_eq!((refusals().len(), rows_in(&admit, "tally")), (10, 1));
    clock.forward(1);
    admit.upkeep(0).unwrap();
    let told = refusals().remove(0);
    assert_eq!((told.count, told.who, told.outcome), (15, Who::Visitor, singly[0].outcome));
    let parts = |entry: &Entry| entry.source.as_ref().unwrap().parts.clone().unwrap();
    assert_eq!((told.object, parts(&told)), (singly[0].object, parts(&singly[0])));
    assert_eq!(rows_in(&admit, "tally"), 0);
    admit.upkeep(0).unwrap();
    assert_eq!(refusals().len(), 11);
}

fn is_jump(result: Result<impl Sized, Error>) -> bool {
    matches!(result, Err(Error::ClockJump))
}

#[test]
fn after_a_jump_of_the_clock_nothing_is_forgotten_until_the_time_is_accepted() {
    let (admit, clock): (Admit, _) = store();
    let host = practice(&admit);
    let key = IdempotencyKey::parse("k1").unwrap();
    admit.run(&host, create("Ada", "Ash", None), Some(&key)).unwrap();
    clock.forward(7 * DAY + 1);
    assert!(is_jump(admit.upkeep(0)));
    let early = admit.accept_time(Timestamp::from_millis(clock.millis() + DAY));
    assert_eq!(early.unwrap_err().to_string(), "now: must be within the permitted range");
    assert!(is_jump(admit.upkeep(0)));
    let of_store = || {
        let store = Actor::store_host();
        admit.events(&store, EventFilter::default(), None, 0).unwrap().items
    };
    assert_eq!(of_store(), []);
    admit.accept_time(Timestamp::from_millis(clock.millis())).unwrap();
    assert_eq!(admit.upkeep(0).unwrap().outcomes, 1);
    // It is one event of the store's own, at the time that was accepted.
    let [accepted] = &of_store()[..] else { panic!("not one event") };
    assert_eq!(accepted.happening, Happening::TimeAccepted);
    assert_eq!((accepted.at.millis(), accepted.who), (clock.millis(), Who::Host));
    assert_eq!(accepted.details, [("accepted".to_owned(), clock.millis().to_string())]);
    assert_eq!(admit.verify(&Actor::store_host(), None).unwrap().broken_at, None);
    assert_eq!(admit.verify_store(None).unwrap().broken_at, None);
}
