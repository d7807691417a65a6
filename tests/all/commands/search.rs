use super::plant::{client, create, email, seat};
use crate::support::{practice, refused, store};
use admit::commands::Admit;
use admit::domain::actor::Actor;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{ExternalId, Phone};
use std::fs;

fn names(admit: &Admit, actor: &Actor, text: &str) -> Vec<String> {
    admit.search(actor, text, 0).unwrap().into_iter().map(|found| found.name).collect()
}

#[test]
fn every_word_must_begin_a_word_of_the_client_and_accents_do_not_count() {
    let (admit, _) = store();
    let host = practice(&admit);
    for (given, family) in [("Luc\u{ed}a", "Garc\u{ed}a"), ("Ana", "Garza"), ("Ana", "Gray")] {
        admit.run(&host, create(given, family, None), None).unwrap();
    }
    assert_eq!(names(&admit, &host, "gar"), ["Ana Garza", "Luc\u{ed}a Garc\u{ed}a"]);
    assert_eq!(names(&admit, &host, "GARCIA luc"), ["Luc\u{ed}a Garc\u{ed}a"]);
    assert_eq!(names(&admit, &host, "an gra"), ["Ana Gray"]);
    assert_eq!(names(&admit, &host, "ana garcia"), Vec::<String>::new());
    assert_eq!(names(&admit, &host, " .,"), Vec::<String>::new());
    assert_eq!(admit.search(&host, "g", 1).unwrap().len(), 1);
}

#[test]
fn an_address_a_phone_and_a_number_find_their_client() {
    let (admit, _) = store();
    let host = practice(&admit);
    let mut ada = create("Ada", "Ash", Some("Ada.Ash@example.org"));
    ada.profile.phone = Some(Phone::parse("(508) 546-1401").unwrap());
    ada.profile.external_id = Some(ExternalId::parse("mrn|POP-000712").unwrap());
    admit.run(&host, ada, None).unwrap();
    client(&admit, &host, "Bo", "Birch");
    let finds = [
        "ada.ash@EXAMPLE.org",
        "ada.ash@",
        "508-546-1401",
        "5085461401",
        "508546",
        "pop-000712",
        "000712",
    ];
    for text in finds {
        assert_eq!(names(&admit, &host, text), ["Ada Ash"], "{text}");
    }
    assert_eq!(names(&admit, &host, email("ada.ash@example.com").as_str()), Vec::<String>::new());
}

#[test]
fn a_practitioner_finds_its_own_clients_and_a_member_may_not_search() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    client(&admit, &own, "Ada", "Ash");
    client(&admit, &host, "Adam", "Birch");
    client(&admit, &there, "Adele", "Cole");
    assert_eq!(names(&admit, &own, "ad"), ["Ada Ash"]);
    assert_eq!(names(&admit, &host, "ad"), ["Ada Ash", "Adam Birch"]);
    let (_, member) = seat(&admit, &host, Role::Member);
    assert_eq!(refused(admit.search(&member, "ad", 0)), Refusal::NotPermitted);
}

#[test]
fn no_string_harms_a_search_or_a_list() {
    let (admit, _) = store();
    let host = practice(&admit);
    client(&admit, &host, "Ada", "Ash");
    let strings = fs::read_to_string("tests/data/naughty-strings.json").unwrap();
    let mut strings: Vec<String> = serde_json::from_str(&strings).unwrap();
    strings.push("@".repeat(100_000));
    strings.push("a ".repeat(100_000));
    for text in strings {
        assert!(admit.search(&host, &text, 50).unwrap().len() <= 1);
        let filter =
            admit::commands::list::ListFilter { name_prefix: Some(text), ..Default::default() };
        let by = admit::records::person::By::Name;
        assert!(admit.person_list(&host, &filter, by, None, 0).unwrap().total <= 1);
    }
}

#[test]
fn imported_people_are_found_in_every_script() {
    let (admit, _) = store();
    let host = practice(&admit);
    for country in ["us", "jp", "synthea"] {
        let bytes = fs::read(format!("examples/data/patients-{country}.ndjson")).unwrap();
        admit.import_clients(&host, &bytes, None).unwrap();
    }
    let gar = names(&admit, &host, "gar");
    assert!(gar.iter().any(|name| name.contains("Garcia")), "{gar:?}");
    assert!(gar.iter().any(|name| name.contains("Garza")), "{gar:?}");
    let kanji = "\u{4e2d}\u{5ddd} \u{5065}\u{592a}\u{90ce}".to_owned();
    for text in [
        "\u{30ca}\u{30ab}\u{30ac}\u{30ef}",
        "\u{306a}\u{304b}\u{304c}\u{308f}",
        "\u{4e2d}\u{5ddd}",
        "\u{ff85}\u{ff76}\u{ff76}\u{ff9e}\u{ff9c} \u{30b1}\u{30f3}\u{30bf}\u{30ed}\u{30a6}",
    ] {
        assert!(names(&admit, &host, text).contains(&kanji), "{text}");
    }
}
