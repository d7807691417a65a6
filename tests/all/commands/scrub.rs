//! RULES S69: after erasing and scrubbing, nothing of a person is in the file.

use super::deletion::{delete, policy, to_erase};
use super::plant::{email, reasoned};
use super::post::{accept, emailed, send, to_client, with_password};
use crate::support::{line, name, options, options_at, practice};
use admit::commands::Admit;
use admit::commands::client::{CreateClient, ProfileChange, UpdateClient};
use admit::commands::deletion::{Confirmed, FinishDeletion};
use admit::commands::event::{Entry, EventFilter};
use admit::domain::actor::Actor;
use admit::domain::client::{Identifier, Profile, Stage};
use admit::domain::event::Happening;
use admit::domain::id::{ClientId, EraseOrderId};
use admit::domain::text::{BirthDate, ExternalId, Phone};
use admit::domain::time::{DAY, HOUR};
use admit::seal::KeyRing;
use admit::store::Store;
use redb::backends::FileBackend;
use secrecy::ExposeSecret;
use std::fs::{self, File};
use std::path::Path;

const PERSONAL: [&str; 9] = [
    "Zephyrine",
    "zephyrine",
    "Quillfeather",
    "quillfeather",
    "7766554",
    "1987-03-14",
    "EXT-Nightingale",
    "ID-Nightingale",
    "Ostrich",
];

fn ring() -> KeyRing {
    KeyRing::new([1; 32], &[])
}

fn external(text: &str) -> ExternalId {
    ExternalId::parse(text).unwrap()
}

fn someone(admit: &Admit, host: &Actor) -> ClientId {
    let identifier = Identifier { system: None, value: external("ID-Nightingale") };
    let profile = Profile {
        external_id: Some(external("EXT-Nightingale")),
        identifiers: vec![identifier],
        names: vec![name("Zephyrine", "Quillfeather")],
        birth: Some(BirthDate::parse("1987-03-14").unwrap()),
        email: Some(email("zephyrine@contact.example.org")),
        phone: Some(Phone::parse("+49 30 7766554").unwrap()),
        physician_name: Some(line("Dr. Ostrich")),
        ..Profile::default()
    };
    admit.run(host, CreateClient { profile, stage: Stage::Registered }, None).unwrap()
}

fn erase(admit: &Admit, host: &Actor, client: ClientId) -> EraseOrderId {
    match delete(admit, host, &to_erase(client)).unwrap() {
        Confirmed::Erased(order) => order,
        other => panic!("{other:?}"),
    }
}

fn scrub(admit: &Admit) -> bool {
    admit.scrub(&ring(), |_| true).unwrap()
}

/// What stands in the unsealed pages of a closed file, or in the file itself.
fn found<'t>(path: &Path, texts: &[&'t str]) -> Vec<&'t str> {
    let file = FileBackend::new(File::open(path).unwrap()).unwrap();
    let pages = Store::opened_pages(Box::new(file), &ring()).unwrap();
    let bytes = [pages, fs::read(path).unwrap()].concat();
    let bytes: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    texts.iter().copied().filter(|text| bytes.contains(text)).collect()
}

#[test]
fn s69_after_erasure_and_scrub_no_byte_of_the_person_is_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.admit");
    let (chosen, clock) = options();
    let admit = Admit::open(&path, &ring(), chosen).unwrap();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let client = someone(&admit, &host);
    send(&admit, &host, to_client(client));
    let token = emailed(&admit);
    accept(&admit, with_password(&token)).unwrap();
    let hash = admit
        .store()
        .read(|read| {
            let tie = admit::records::proxy::of_client(read, client)?.remove(0);
            let login = admit::records::login::find(read, tie.login)?.unwrap();
            Ok(login.password.unwrap().hash)
        })
        .unwrap();
    let texts: Vec<&str> =
        PERSONAL.into_iter().chain([hash.as_str(), token.expose_secret()]).collect();
    admit.store().close().unwrap();
    assert_eq!(found(&path, &texts), [&PERSONAL[..], &[hash.as_str()]].concat());

    let admit = Admit::open(&path, &ring(), options_at(&clock)).unwrap();
    let order = erase(&admit, &host, client);
    admit.run(&host, FinishDeletion { order }, None).unwrap();
    // The notice to whoever is to be told stays for a week.
    clock.forward(7 * DAY);
    admit.upkeep(0).unwrap();
    admit.store().close().unwrap();
    assert!(found(&path, &texts).contains(&"Quillfeather"), "erasing alone leaves free pages");

    let admit = Admit::open(&path, &ring(), options_at(&clock)).unwrap();
    assert!(admit.stats().unwrap().scrub_due.is_some() && scrub(&admit));
    assert_eq!(admit.stats().unwrap().scrub_due, None);
    assert_eq!(admit.verify(&host, None).unwrap().broken_at, None);
    assert_eq!(admit.verify_store(None).unwrap().broken_at, None);
    admit.store().close().unwrap();
    assert!(found(&path, &texts).is_empty(), "{:?}", found(&path, &texts));
}

#[test]
fn a_certificate_says_when_the_file_was_scrubbed_after_each_half_went() {
    let folder = tempfile::tempdir().unwrap();
    let (chosen, clock) = options();
    let admit = Admit::open(&folder.path().join("clinic.admit"), &ring(), chosen).unwrap();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let client = someone(&admit, &host);
    let order = erase(&admit, &host, client);
    let scrubbed = || admit.certificate(&host, order).unwrap().scrubbed.map(|at| at.millis());
    let due = || admit.upkeep(0).unwrap().scrub_due.map(|at| at.millis());
    assert_eq!((scrubbed(), due()), (None, Some(clock.millis())));
    // Ended by the host, it certifies nothing.
    assert!(!admit.scrub(&ring(), |_| false).unwrap());
    assert_eq!((scrubbed(), due()), (None, Some(clock.millis())));
    clock.forward(HOUR);
    assert!(scrub(&admit));
    let first = clock.millis();
    assert_eq!((scrubbed(), due()), (Some(first), None));
    clock.forward(HOUR);
    assert!(scrub(&admit));
    assert_eq!(scrubbed(), Some(first));
    // The host's half goes with what the order knew of it, so that the file owes another one.
    admit.run(&host, FinishDeletion { order }, None).unwrap();
    assert_eq!((scrubbed(), due()), (None, Some(clock.millis())));
    clock.forward(HOUR);
    assert!(scrub(&admit));
    // The notice of it is kept for a week, so nothing is certified before it has gone.
    assert_eq!((scrubbed(), due()), (None, None));
    clock.forward(7 * DAY);
    assert_eq!((scrubbed(), due()), (None, Some(clock.millis())));
    assert!(scrub(&admit));
    assert_eq!((scrubbed(), due()), (Some(clock.millis()), None));
    let of_store = admit.events(&Actor::store_host(), EventFilter::default(), None, 0).unwrap();
    let is_scrub = |entry: &&Entry| entry.happening == Happening::StoreScrubbed;
    assert_eq!(of_store.items.iter().filter(is_scrub).count(), 4);
}

#[test]
fn what_is_erased_while_the_rows_are_copied_is_owed_to_the_next_scrub() {
    let (chosen, _) = options();
    let admit = Admit::in_memory(chosen).unwrap();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let first = erase(&admit, &host, someone(&admit, &host));
    let seen = admit.store().read(admit::records::care::load).unwrap().owed;
    let second = someone(&admit, &host);
    let change = ProfileChange::default();
    admit.run(&host, UpdateClient { client: second, change, revision: 0 }, None).unwrap();
    erase(&admit, &host, second);
    let care = admit.store().read(admit::records::care::load).unwrap();
    assert!(care.owed > seen && care.scrubbed(seen, care.scrub_due.unwrap()).scrub_due.is_some());
    assert_eq!(care.scrubbed(care.owed, care.scrub_due.unwrap()).scrub_due, None);
    // A store in memory keeps nothing of what went, and says so at once.
    assert!(admit.scrub(&ring(), |_| false).unwrap());
    assert!(admit.certificate(&host, first).unwrap().scrubbed.is_some());
}
