//! The built-in words of every kind, beside a golden file; `ADMIT_WRITE_GOLDEN=1` writes it anew.

use admit::domain::invitation::Channel;
use admit::domain::message::Kind;
use admit::domain::script::Version;
use admit::hooks::english;
use admit::hooks::facts::{Facts, Role};
use admit::hooks::sample;
use admit::hooks::words::LINK;
use std::fmt::Write;

const GOLDEN: &str = "tests/all/hooks/english.out";

fn facts(kind: Kind, role: Role) -> Facts {
    sample::notice(kind, "en", role, false).unwrap()
}

fn show(all: &mut String, title: &str, facts: &Facts) {
    let words = english::words(facts);
    writeln!(all, "==== {title}\nSubject: {}\n\n{}\n{}", words.subject, words.text, words.html)
        .unwrap();
}

#[test]
fn the_words_of_every_kind_are_those_of_the_golden_file() {
    let mut all = format!("{}\n", Version::BuiltIn);
    for kind in Kind::ALL {
        show(&mut all, kind.word(), &facts(*kind, Role::Client));
    }
    for role in [Role::Guardian, Role::Admin, Role::Practitioner] {
        let title = format!("invitation as {}", role.word());
        show(&mut all, &title, &facts(Kind::Invitation, role));
    }
    let short = Facts { channel: Channel::Sms, ..facts(Kind::Invitation, Role::Client) };
    show(&mut all, "invitation by text message", &short);
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        std::fs::write(GOLDEN, &all).unwrap();
    }
    assert!(all == std::fs::read_to_string(GOLDEN).unwrap(), "{GOLDEN} differs");
}

#[test]
fn every_kind_has_one_line_of_subject_and_a_link_exactly_where_it_carries_one() {
    for kind in Kind::ALL {
        let facts = facts(*kind, Role::Client);
        let words = english::words(&facts);
        assert!(!words.subject.is_empty() && !words.subject.contains(char::is_control));
        let filled = words.filled("https://portal.example.org/x");
        for part in [&filled.text, &filled.html] {
            assert_eq!(part.contains("portal.example.org"), facts.link.is_some(), "{kind:?}");
            assert!(!part.contains(LINK));
        }
        assert!(!words.html.contains("<i>"), "names are escaped");
        let warns = words.text.contains("If this was not you, contact Cedar & Birch at once");
        assert_eq!(warns, kind.is_security(), "{kind:?}");
    }
}

#[test]
fn facts_are_json_with_the_placeholder_or_the_link() {
    let facts = facts(Kind::Invitation, Role::Guardian);
    let read = |link| serde_json::from_str::<serde_json::Value>(&facts.json(link).unwrap());
    let plain = read(None).unwrap();
    assert_eq!((plain["link"].as_str(), plain["channel"].as_str()), (Some(LINK), Some("email")));
    assert_eq!(plain["recipient"]["role"], "guardian");
    assert_eq!(plain["recipient"]["zone"], "Europe/Berlin");
    assert_eq!(plain["expires_at"], 1_773_046_800_000_i64);
    assert_eq!((&plain["version"], &plain["kind"]), (&1.into(), &"invitation".into()));
    assert_eq!(read(Some("https://x.example/")).unwrap()["link"], "https://x.example/");
}
