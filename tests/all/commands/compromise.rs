//! What is dead once the keys were seen by others, and what goes on.

use super::people::{PASSWORD, as_login, by_password, events, login, visitor};
use super::post::{client, emailed, is_live, send, shown, to_client, token_in};
use super::reset::{asked, choose};
use crate::store::disk::{Disk, Failure};
use crate::support::{line, options, options_at, practice, reasoned, refused, store};
use admit::commands::event::EventFilter;
use admit::commands::login_change::EndSessions;
use admit::commands::outbox::Claim;
use admit::commands::{Admit, Options};
use admit::domain::actor::{Actor, Source};
use admit::domain::client::Status;
use admit::domain::event::Happening;
use admit::domain::id::Thing;
use admit::domain::invitation::Channel;
use admit::domain::refusal::Refusal;
use admit::error::Error;
use admit::seal::KeyRing;
use admit::store::{OpenOptions, Store, StoreError};
use secrecy::{ExposeSecret, SecretString};

const ADA: &str = "ada@example.org";

fn ring() -> KeyRing {
    KeyRing::new([1; 32], &[])
}

fn next() -> KeyRing {
    KeyRing::new([2; 32], &[[1; 32]])
}

fn of_link(admit: &Admit, token: &SecretString) -> Refusal {
    refused(admit.inspect(Source::default(), token.expose_secret()))
}

fn compromise(admit: &Admit) -> Result<(), Error> {
    admit.compromise(&next(), line("the backup was stolen"))
}

#[test]
fn every_link_that_was_out_is_dead_and_a_new_one_of_the_same_thing_is_good() {
    let (admit, clock) = store();
    let host = reasoned(&practice(&admit));
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(lucia));
    let mailed = emailed(&admit);
    let copied = shown(&admit, &host, sent.invitation, Channel::Copied);
    login(&admit, &host, ADA, Some(PASSWORD));
    let reset = asked(&admit, &clock, &host, ADA);
    assert!(is_live(&admit, &mailed) && is_live(&admit, &copied));
    // One that still waits in the outbox is made when it is claimed.
    let marco = client(&admit, &host, "Marco", Some("marco@example.org"));
    send(&admit, &host, to_client(marco));

    compromise(&admit).unwrap();
    for dead in [&mailed, &copied, &SecretString::from(reset.clone())] {
        assert_eq!(of_link(&admit, dead), Refusal::LinkInvalid);
    }
    assert_eq!(choose(&admit, &reset, "another-plum-harbour-31"), Err(Refusal::LinkInvalid));
    assert!(is_live(&admit, &shown(&admit, &host, sent.invitation, Channel::Copied)));
    let waiting = admit.claim(Claim::default()).unwrap();
    assert!(waiting.iter().any(|message| message.text.contains("/invitation/")));
    for message in waiting.iter().filter(|message| message.text.contains("/invitation/")) {
        assert!(is_live(&admit, &token_in(&message.text)));
    }
}

#[test]
fn every_session_is_over_and_signing_in_begins_one_that_counts() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (ada, id) = login(&admit, &host, ADA, Some(PASSWORD));
    let (bo, other) = login(&admit, &host, "bo@example.org", Some(PASSWORD));
    // The two have come to different epochs.
    for _ in 0..3 {
        admit.run(&reasoned(&host), EndSessions { login: other }, None).unwrap();
    }
    let enter = |name: &str| admit.sign_in(&visitor(&host), &by_password(name, PASSWORD)).unwrap();
    let works = |epoch: u32| admit.client(&as_login(&host, id, epoch), ada);
    let theirs = |epoch: u32| admit.client(&as_login(&host, other, epoch), bo);
    let (first, second) = (enter(ADA), enter("bo@example.org"));
    assert!(works(first.epoch).is_ok() && theirs(second.epoch).is_ok());
    let mut past = Vec::new();
    for _ in 0..2 {
        let (old, old_other) = (enter(ADA).epoch, enter("bo@example.org").epoch);
        past.push((old, old_other));
        compromise(&admit).unwrap();
        for (old, old_other) in &past {
            assert_eq!(refused(works(*old)), Refusal::SessionEnded);
            assert_eq!(refused(theirs(*old_other)), Refusal::SessionEnded);
        }
        let (new, new_other) = (enter(ADA).epoch, enter("bo@example.org").epoch);
        assert!(new > old && new_other > old_other);
        assert!(works(new).is_ok() && theirs(new_other).is_ok());
    }
    // A login that is made afterwards, and one whose sessions end once more, count on from there.
    let (cy, third) = login(&admit, &host, "cy@example.org", Some(PASSWORD));
    let epoch = enter("cy@example.org").epoch;
    assert!(admit.client(&as_login(&host, third, epoch), cy).is_ok());
    assert_eq!(admit.login(&host, third).unwrap().login.epoch, epoch);
    let ended = admit.run(&reasoned(&host), EndSessions { login: third }, None).unwrap();
    assert!(ended.epoch > epoch);
    assert_eq!(enter("cy@example.org").epoch, ended.epoch);
    assert_eq!(admit.client(&host, ada).unwrap().status, Status::Active);
}

#[test]
fn it_is_one_event_of_the_stores_own_chain_with_its_reason_and_a_scrub_is_due() {
    let (admit, clock) = store();
    let host = practice(&admit);
    assert_eq!(admit.stats().unwrap().scrub_due, None);
    let before = admit.stats().unwrap().events;
    admit.rotate_keys(&next()).unwrap();
    compromise(&admit).unwrap();
    let trail = admit.events(&Actor::store_host(), EventFilter::default(), None, 0).unwrap().items;
    let words: Vec<_> = trail.iter().map(|entry| (entry.happening, entry.object)).collect();
    let store = Thing::STORE;
    assert_eq!(words, [(Happening::KeysCompromised, store), (Happening::KeysRotated, store)]);
    let source = trail[0].source.as_ref().unwrap().parts.as_ref().unwrap();
    assert_eq!(source["reason"], "the backup was stolen");
    assert_eq!(admit.stats().unwrap().events, before + 2);
    assert_eq!(admit.verify(&Actor::store_host(), None).unwrap().broken_at, None);
    assert_eq!(admit.verify_store(None).unwrap().broken_at, None);
    assert!(
        events(&admit, store.id).len() == 2 && admit.change_list(before, 9).unwrap().len() == 2
    );
    let due = Some(clock.millis());
    assert_eq!(admit.stats().unwrap().scrub_due.map(|at| at.millis()), due);
    assert_eq!(admit.upkeep(0).unwrap().scrub_due.map(|at| at.millis()), due);
    // A practice does not read the store's own chain.
    let own = admit.events(&host, EventFilter::default(), None, 0).unwrap().items;
    assert!(own.iter().all(|entry| entry.object != store));
}

#[test]
fn only_the_new_key_opens_the_file_and_what_was_dead_stays_dead() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.admit");
    let (chosen, clock) = options();
    let admit = Admit::open(&path, &ring(), chosen).unwrap();
    let host = reasoned(&practice(&admit));
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(lucia));
    let token = emailed(&admit);
    compromise(&admit).unwrap();
    admit.store().close().unwrap();
    let reopen = |ring: &KeyRing| Admit::open(&path, ring, options_at(&clock));
    assert!(matches!(reopen(&ring()), Err(Error::Store(StoreError::WrongKey))));
    let admit = reopen(&KeyRing::new([2; 32], &[])).unwrap();
    assert_eq!(of_link(&admit, &token), Refusal::LinkInvalid);
    let fresh = shown(&admit, &host, sent.invitation, Channel::Copied);
    assert!(is_live(&admit, &fresh));
    // A rotation brings nothing back.
    admit.rotate_keys(&KeyRing::new([3; 32], &[])).unwrap();
    assert_eq!(of_link(&admit, &token), Refusal::LinkInvalid);
    assert!(is_live(&admit, &fresh));
}

fn over(disk: &Disk, ring: &KeyRing, options: Options) -> Result<Admit, Error> {
    let file =
        OpenOptions { create: true, test_mode: true, cache_bytes: 4 << 20, quick_repair: true };
    Admit::over(Store::open_on(disk.handle(), ring, &file)?, options)
}

#[test]
fn cut_short_anywhere_links_sessions_and_trail_agree() {
    let disk = Disk::default();
    let (chosen, clock) = options();
    let admit = over(&disk, &ring(), chosen).unwrap();
    let host = reasoned(&practice(&admit));
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(lucia));
    let token = emailed(&admit);
    let (_, id) = login(&admit, &host, ADA, Some(PASSWORD));
    assert!(is_live(&admit, &token));
    admit.store().close().unwrap();
    let image = disk.bytes();
    let (mut undone, mut done_unheard) = (0, 0);
    for at in 1..200 {
        let disk = Disk::holding(image.clone());
        let admit = over(&disk, &ring(), options_at(&clock)).unwrap();
        let kind = std::io::ErrorKind::Other;
        disk.fail(Failure { at: disk.operations() + at, kind, for_good: true });
        let answer = compromise(&admit);
        drop(admit);
        for left in [disk.bytes(), disk.after_power_cut(|| at % 2 == 0)] {
            let admit = over(&Disk::holding(left), &next(), options_at(&clock)).unwrap();
            let is_noted = events(&admit, Thing::STORE.id).len() == 1;
            let is_dead = admit.inspect(Source::default(), token.expose_secret()).is_err();
            let is_over = admit.login(&host, id).unwrap().login.epoch > 1;
            assert_eq!((is_dead, is_over), (is_noted, is_noted), "cut at {at}");
            assert!(is_noted || answer.is_err(), "cut at {at}");
            undone += usize::from(!is_noted);
            done_unheard += usize::from(is_noted && answer.is_err());
            let fresh = shown(&admit, &host, sent.invitation, Channel::Copied);
            assert!(is_live(&admit, &fresh));
        }
        if answer.is_ok() {
            assert!(undone > 0 && done_unheard > 0);
            return;
        }
    }
    panic!("it never went through");
}
