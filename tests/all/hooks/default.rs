//! The scripts that the library comes with, beside a golden file; `ADMIT_WRITE_GOLDEN=1` writes it
//! anew.

use super::engine::{ask, engine, load};
use admit::domain::id::PracticeId;
use admit::domain::invitation::Channel;
use admit::domain::message::{Kind, OwnKind};
use admit::domain::text::{Line, Paragraph};
use admit::domain::time::Timestamp;
use admit::hooks::engine::{Ask, Call, Engine, Made, Set};
use admit::hooks::facts::{Facts, Role};
use admit::hooks::request::{Counts, DeletionFacts, InvitedAs, Wanted};
use admit::hooks::sample;
use admit::hooks::verdict::{DeletionVerdict, InvitationVerdict};
use admit::hooks::words::Words;
use std::fmt::Write;
use std::sync::Arc;

const GOLDEN: &str = "tests/all/hooks/default.out";

fn default() -> (Engine, Arc<Set>) {
    let engine = engine();
    let set = load(&engine, include_str!("../../../scripts/default.lua")).unwrap();
    (engine, set)
}

fn worded((engine, set): &(Engine, Arc<Set>), facts: Facts) -> Words {
    match ask(engine, set, facts).made {
        Ok(Made::Words(words)) => words,
        Ok(_) => panic!("no words"),
        Err(fault) => panic!("{fault}"),
    }
}

fn facts(kind: Kind, locale: &str, role: Role, is_sparse: bool) -> Facts {
    sample::notice(kind, locale, role, is_sparse).unwrap()
}

fn own(subject: &str, text: &str) -> Facts {
    let kind = Kind::Own(OwnKind::parse("x_diary_due").unwrap());
    let mut facts = facts(kind, "en", Role::Client, false);
    for (name, value) in [("subject", subject), ("text", text)] {
        if !value.is_empty() {
            facts.own.insert(name.to_owned(), value.to_owned());
        }
    }
    facts
}

fn decide((engine, set): &(Engine, Arc<Set>), ask: Ask) -> Made {
    let practice = PracticeId::from_uuid(uuid::Uuid::from_u128(1));
    let call = Call { practice, set: set.clone(), ask };
    engine.ask(vec![call], Timestamp::default()).pop().unwrap().made.unwrap()
}

fn deletion(default: &(Engine, Arc<Set>), facts: DeletionFacts) -> DeletionVerdict {
    match decide(default, Ask::Deletion(Box::new(facts))) {
        Made::Deletion(verdict) => verdict,
        _ => panic!("no verdict"),
    }
}

fn invitation(default: &(Engine, Arc<Set>), as_: InvitedAs, stage: &'static str) -> Option<String> {
    let facts = sample::invitation(as_, stage).unwrap();
    match decide(default, Ask::Invitation(Box::new(facts))) {
        Made::Invitation(InvitationVerdict::Allow { expires_days: None, max_uses: None }) => None,
        Made::Invitation(InvitationVerdict::Deny { reasons }) => Some(reasons[0].code.clone()),
        _ => panic!("no such verdict"),
    }
}

#[test]
fn it_passes_its_check_on_every_sample() {
    let (engine, set) = default();
    let failures = engine.try_out(&set, Timestamp::default(), 3);
    let failures: Vec<String> =
        failures.iter().map(|(tried, fault)| format!("{tried}: {fault}")).collect();
    assert_eq!(failures, Vec::<String>::new());
    assert_eq!(set.hooks.len(), 3);
}

#[test]
fn it_leaves_plenty_of_every_limit() {
    let (engine, set) = default();
    let practice = PracticeId::from_uuid(uuid::Uuid::from_u128(1));
    let asks = sample::all().unwrap().into_iter().map(|sample| sample.ask);
    let calls = asks.map(|ask| Call { practice, set: set.clone(), ask }).collect();
    let answers = engine.ask(calls, Timestamp::default());
    let dearest = answers.iter().map(|answer| answer.cost.interrupts).max().unwrap();
    let largest = answers.iter().map(|answer| answer.cost.memory).max().unwrap();
    assert!(dearest < 20_000, "{dearest} steps");
    assert!(largest < 8 << 20, "{largest} bytes");
}

#[test]
fn the_words_are_those_of_the_golden_file() {
    let default = default();
    let mut all = String::new();
    let mut show = |title: &str, words: Words, with_html: bool| {
        let html = if with_html { words.html.as_str() } else { "" };
        writeln!(all, "==== {title}\nSubject: {}\n\n{}\n{html}", words.subject, words.text)
            .unwrap();
    };
    for locale in ["en", "es"] {
        for kind in Kind::ALL {
            let words = worded(&default, facts(*kind, locale, Role::Client, false));
            show(&format!("{locale} {}", kind.word()), words, false);
        }
        for role in [Role::Guardian, Role::Admin, Role::Practitioner, Role::Assistant, Role::Member]
        {
            let words = worded(&default, facts(Kind::Invitation, locale, role, false));
            show(&format!("{locale} invitation as {}", role.word()), words, false);
        }
        for kind in [Kind::Invitation, Kind::PasswordChanged, Kind::ItemReady] {
            let sparse = facts(kind, locale, Role::Guardian, true);
            let sms = Facts { channel: Channel::Sms, ..facts(kind, locale, Role::Client, false) };
            show(&format!("{locale} {} sparse", kind.word()), worded(&default, sparse), false);
            show(
                &format!("{locale} {} by text message", kind.word()),
                worded(&default, sms),
                false,
            );
        }
        let words = worded(&default, facts(Kind::Invitation, locale, Role::Guardian, false));
        show(&format!("{locale} invitation as html"), words, true);
    }
    let words = worded(&default, facts(Kind::PasswordChanged, "en", Role::Client, false));
    show("en password_changed as html", words, true);
    show("x_diary_due", worded(&default, own("", "")), false);
    let told = own("Your diary is due", "Please fill in {your} diary.\r\n\r\nIt is short.");
    show("x_diary_due as the host says", worded(&default, told), true);
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        std::fs::write(GOLDEN, &all).unwrap();
    }
    assert!(all == std::fs::read_to_string(GOLDEN).unwrap(), "{GOLDEN} differs");
}

#[test]
fn every_kind_has_words_of_its_own_in_both_languages() {
    let default = default();
    for locale in ["en", "es-MX"] {
        let mut seen = Vec::new();
        for kind in Kind::ALL {
            let words = worded(&default, facts(*kind, locale, Role::Client, false));
            let is_other = words.text.contains("There is news") || words.text.contains("novedades");
            assert!(!is_other, "{locale} {kind:?}");
            assert!(!seen.contains(&words.text), "{locale} {kind:?}");
            seen.push(words.text);
        }
    }
}

#[test]
fn a_language_without_words_gets_english_with_english_dates() {
    let words = worded(&default(), facts(Kind::Invitation, "de", Role::Client, false));
    assert_eq!(words.subject, "Your invitation from Cedar & Birch");
    assert!(words.text.contains("This link works until March 9, 2026 at 10:00 AM CET."));
}

#[test]
fn names_and_notes_are_escaped_and_no_address_in_them_stops_the_message() {
    let mut facts = facts(Kind::Invitation, "en", Role::Guardian, false);
    facts.inviter = Some("<script>alert(1)</script> www.evil.example".to_owned());
    facts.note =
        Some(Paragraph::parse("See <a href=\"x\">http://evil.example</a>\n& <b>").unwrap());
    facts.practice.name = Line::parse("A&B </title><img src=x>").unwrap();
    let html = worded(&default(), facts).html;
    for escaped in [
        "&lt;script&gt;alert(1)&lt;/script&gt; www evil.example",
        "See &lt;a href=&quot;x&quot;&gt;http evil.example&lt;/a&gt;<br>\n&amp; &lt;b&gt;",
        "<title>Your invitation from A&amp;B &lt;/title&gt;&lt;img src=x&gt;</title>",
        "act for Teo",
    ] {
        assert!(html.contains(escaped), "{escaped}");
    }
}

#[test]
fn names_as_long_as_they_may_be_leave_a_subject_that_is_one() {
    let long = "\u{e1}".repeat(200);
    for kind in Kind::ALL {
        let mut facts = facts(*kind, "es", Role::Client, false);
        facts.practice.name = Line::parse(&long).unwrap();
        facts.inviter = Some(long.clone());
        facts.channel = Channel::Sms;
        assert!(worded(&default(), facts.clone()).text.chars().count() <= 1_000);
        facts.channel = Channel::Email;
        assert!(worded(&default(), facts).subject.chars().count() <= 200);
    }
}

#[test]
fn a_client_that_never_came_may_be_erased_and_one_that_did_has_thirty_days() {
    let default = default();
    let fresh = || sample::deletion(Wanted::Erase, false, false).unwrap();
    assert_eq!(deletion(&default, fresh()), DeletionVerdict::Erase);
    let came = DeletionFacts { ever_signed_in: true, ..fresh() };
    assert_eq!(deletion(&default, came), DeletionVerdict::Schedule { days: 30 });
    let ever = Counts::from([("notes".to_owned(), 1)]);
    let had_notes = DeletionFacts { ever, ..fresh() };
    assert_eq!(deletion(&default, had_notes), DeletionVerdict::Schedule { days: 30 });
}

#[test]
fn what_is_still_there_denies_erasure_with_a_reason_each() {
    let mut facts = sample::deletion(Wanted::Erase, false, true).unwrap();
    facts.host = Counts::from([("notes".to_owned(), 2), ("orders".to_owned(), 0)]);
    let DeletionVerdict::Deny { reasons } = deletion(&default(), facts) else { panic!("no deny") };
    let reasons: Vec<_> = reasons.iter().map(|it| (it.code.as_str(), it.text.as_str())).collect();
    assert_eq!(
        reasons,
        [
            ("items_left", "Still there: 1 result (ready)"),
            ("items_left", "Still there: 1 result (received)"),
            ("host_left", "Still there: 2 notes"),
        ]
    );
}

#[test]
fn more_that_is_there_than_reasons_fit_is_denied_too() {
    let mut facts = sample::deletion(Wanted::Erase, false, false).unwrap();
    facts.host = (0..40).map(|n| (format!("{n}{}", "x".repeat(300)), 1)).collect();
    let DeletionVerdict::Deny { reasons } = deletion(&default(), facts) else { panic!("no deny") };
    assert_eq!(reasons.len(), 16);
}

#[test]
fn a_login_goes_though_items_stay_and_a_seat_ends() {
    let default = default();
    let facts = |wanted, is_staff| sample::deletion(wanted, is_staff, true).unwrap();
    assert_eq!(deletion(&default, facts(Wanted::RemoveLogin, false)), DeletionVerdict::RemoveLogin);
    assert_eq!(deletion(&default, facts(Wanted::Leave, false)), DeletionVerdict::Leave);
    assert_eq!(deletion(&default, facts(Wanted::Leave, true)), DeletionVerdict::Leave);
}

#[test]
fn a_prospective_client_is_not_invited_and_everybody_else_is() {
    let default = default();
    let code = Some("prospective".to_owned());
    assert_eq!(invitation(&default, InvitedAs::Client, "prospective"), code);
    assert_eq!(invitation(&default, InvitedAs::Guardian, "prospective"), code);
    assert_eq!(invitation(&default, InvitedAs::Client, "registered"), None);
    assert_eq!(invitation(&default, InvitedAs::Client, "guest"), None);
    assert_eq!(invitation(&default, InvitedAs::NewClient, "registered"), None);
    assert_eq!(invitation(&default, InvitedAs::Practitioner, "registered"), None);
}
