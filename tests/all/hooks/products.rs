//! The scripts of five products: their words, and what they allow.

use super::engine::{ask, engine, load};
use admit::domain::access::Standing;
use admit::domain::id::PracticeId;
use admit::domain::invitation::Channel;
use admit::domain::message::Kind;
use admit::domain::text::{Line, Locale};
use admit::domain::time::Timestamp;
use admit::hooks::engine::{Ask, Call, Engine, Made, Set};
use admit::hooks::facts::{Facts, Role};
use admit::hooks::request::{Counts, DeletionFacts, InvitationFacts, InvitedAs, Wanted};
use admit::hooks::sample;
use admit::hooks::verdict::{DeletionVerdict, InvitationVerdict};
use admit::hooks::words::Words;
use std::sync::Arc;

/// Each with its second language.
const PRODUCTS: [(&str, &str, &str); 5] = [
    ("biomesight", "de", include_str!("../../../scripts/biomesight.lua")),
    ("vsee", "es", include_str!("../../../scripts/vsee.lua")),
    ("healium", "fr", include_str!("../../../scripts/healium.lua")),
    ("wellprept", "es", include_str!("../../../scripts/wellprept.lua")),
    ("practice_better", "fr", include_str!("../../../scripts/practice_better.lua")),
];

struct Product {
    engine: Engine,
    set: Arc<Set>,
}

fn product(name: &str) -> Product {
    let source = PRODUCTS.iter().find(|it| it.0 == name).unwrap().2;
    let engine = engine();
    let set = load(&engine, source).unwrap();
    Product { engine, set }
}

impl Product {
    fn words(&self, facts: Facts) -> Words {
        match ask(&self.engine, &self.set, facts).made {
            Ok(Made::Words(words)) => words,
            Ok(_) => panic!("no words"),
            Err(fault) => panic!("{fault}"),
        }
    }

    fn decide(&self, ask: Ask) -> Made {
        let practice = PracticeId::from_uuid(uuid::Uuid::from_u128(1));
        let call = Call { practice, set: self.set.clone(), ask };
        self.engine.ask(vec![call], Timestamp::default()).pop().unwrap().made.unwrap()
    }

    fn deletion(&self, facts: DeletionFacts) -> DeletionVerdict {
        match self.decide(Ask::Deletion(Box::new(facts))) {
            Made::Deletion(verdict) => verdict,
            _ => panic!("no verdict"),
        }
    }

    /// The code of the first reason against it; None where it is allowed.
    fn invitation(&self, facts: InvitationFacts) -> Option<String> {
        match self.decide(Ask::Invitation(Box::new(facts))) {
            Made::Invitation(InvitationVerdict::Allow { .. }) => None,
            Made::Invitation(InvitationVerdict::Deny { reasons }) => Some(reasons[0].code.clone()),
            _ => panic!("no verdict"),
        }
    }
}

fn erase(host: &[(&str, u32)]) -> DeletionFacts {
    let host = host.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect();
    DeletionFacts { host, ..sample::deletion(Wanted::Erase, false, false).unwrap() }
}

fn codes(verdict: DeletionVerdict) -> Vec<String> {
    match verdict {
        DeletionVerdict::Deny { reasons } => reasons.into_iter().map(|it| it.code).collect(),
        other => panic!("{other:?}"),
    }
}

fn invited(by: Standing, as_: InvitedAs, stage: &'static str) -> InvitationFacts {
    let mut facts = sample::invitation(as_, stage).unwrap();
    facts.asked_by.role = by;
    facts
}

#[test]
fn each_passes_its_check_and_is_short_enough_to_enjoy() {
    for (name, _, source) in PRODUCTS {
        let it = product(name);
        let failures: Vec<String> = it
            .engine
            .try_out(&it.set, Timestamp::default(), 3)
            .iter()
            .map(|(tried, fault)| format!("{name}: {tried}: {fault}"))
            .collect();
        assert_eq!(failures, Vec::<String>::new());
        assert_eq!(it.set.hooks.len(), 3, "{name}");
        assert!(source.lines().count() < 150, "{name} has {} lines", source.lines().count());
    }
}

#[test]
fn words_follow_the_recipient_then_the_practice_then_english() {
    for (name, second, _) in PRODUCTS {
        let it = product(name);
        let words = |own: &str, practice: Option<&str>| {
            let mut facts = sample::notice(Kind::Reset, own, Role::Client, false).unwrap();
            facts.practice.locale = practice.map(|it| Locale::parse(it).unwrap());
            it.words(facts).text.lines().nth(2).unwrap().to_owned()
        };
        let english = words("en-GB", Some(second));
        let other = words(second, Some("en"));
        assert_ne!(english, other, "{name}");
        assert_eq!(words("ja", Some(second)), other, "{name}");
        assert_eq!(words("ja", Some("ja")), english, "{name}");
        assert_eq!(words("ja", None), english, "{name}");
    }
}

#[test]
fn names_as_long_as_they_may_be_leave_words_that_count() {
    let long = "\u{e1}".repeat(200);
    for (name, second, _) in PRODUCTS {
        let it = product(name);
        for (kind, locale) in Kind::ALL.iter().flat_map(|kind| [(kind, "en"), (kind, second)]) {
            let mut facts = sample::notice(*kind, locale, Role::Client, false).unwrap();
            facts.practice.name = Line::parse(&long).unwrap();
            facts.inviter = Some(long.clone());
            facts.invitee = Some(long.clone());
            assert!(it.words(facts.clone()).subject.chars().count() <= 200, "{name} {kind:?}");
            facts.channel = Channel::Sms;
            assert!(it.words(facts).text.chars().count() <= 1_000, "{name} {kind:?}");
        }
    }
}

#[test]
fn names_and_notes_are_escaped() {
    for (name, _, _) in PRODUCTS {
        let mut facts = sample::notice(Kind::Invitation, "en", Role::Client, false).unwrap();
        facts.inviter = Some("<b>Nora</b> https://www.evil.example".to_owned());
        let html = product(name).words(facts).html;
        assert!(!html.contains("<b>Nora") && !html.contains("://www"), "{name}: {html}");
    }
}

#[test]
fn a_login_alone_may_go_and_a_seat_may_end_in_each() {
    for (name, _, _) in PRODUCTS {
        let it = product(name);
        let wanted = |wanted, is_staff| sample::deletion(wanted, is_staff, true).unwrap();
        let verdict = it.deletion(wanted(Wanted::RemoveLogin, false));
        assert_eq!(verdict, DeletionVerdict::RemoveLogin, "{name}");
        assert_eq!(it.deletion(wanted(Wanted::Leave, true)), DeletionVerdict::Leave, "{name}");
    }
}

#[test]
fn biomesight_keeps_whoever_ever_signed_in_gave_a_sample_or_filled_in_the_profile() {
    let it = product("biomesight");
    let fresh = || erase(&[("profile_fields", 0)]);
    assert_eq!(it.deletion(fresh()), DeletionVerdict::Erase);
    let signed_in = DeletionFacts { ever_signed_in: true, ..fresh() };
    assert_eq!(codes(it.deletion(signed_in)), ["signed_in"]);
    let sampled = DeletionFacts { ever_had_items: true, ..fresh() };
    assert_eq!(codes(it.deletion(sampled)), ["samples"]);
    assert_eq!(codes(it.deletion(erase(&[("profile_fields", 1)]))), ["health_profile"]);
    let emptied =
        DeletionFacts { ever: Counts::from([("profile_fields".to_owned(), 3)]), ..fresh() };
    assert_eq!(codes(it.deletion(emptied)), ["health_profile"]);
    let all = DeletionFacts {
        ever_signed_in: true,
        ever_had_items: true,
        ..erase(&[("profile_fields", 3)])
    };
    assert_eq!(codes(it.deletion(all)), ["signed_in", "samples", "health_profile"]);
}

#[test]
fn vsee_deletes_at_once_or_after_thirty_days_and_only_admins_invite() {
    let it = product("vsee");
    assert_eq!(it.deletion(erase(&[("at_once", 1)])), DeletionVerdict::Erase);
    assert_eq!(it.deletion(erase(&[("at_once", 0)])), DeletionVerdict::Schedule { days: 30 });
    let by = |standing| it.invitation(invited(standing, InvitedAs::Client, "registered"));
    assert_eq!((by(Standing::Admin), by(Standing::Host)), (None, None));
    assert_eq!(by(Standing::Practitioner), Some("admins_invite".to_owned()));
}

#[test]
fn healium_invites_users_and_admins_alone_for_a_week_and_fifty_at_most() {
    let it = product("healium");
    for as_ in [InvitedAs::Admin, InvitedAs::Member] {
        let facts = invited(Standing::Admin, as_, "registered");
        let Made::Invitation(verdict) = it.decide(Ask::Invitation(Box::new(facts))) else {
            panic!("no verdict")
        };
        let (expires_days, max_uses) = (Some(7), Some(50));
        assert_eq!(verdict, InvitationVerdict::Allow { expires_days, max_uses });
    }
    for as_ in [InvitedAs::Client, InvitedAs::Practitioner, InvitedAs::Assistant] {
        let code = it.invitation(invited(Standing::Admin, as_, "registered"));
        assert_eq!(code, Some("users_and_admins".to_owned()));
    }
}

#[test]
fn wellprept_invites_staff_alone_and_keeps_a_patient_for_thirty_days() {
    let it = product("wellprept");
    let by = |as_| it.invitation(invited(Standing::Practitioner, as_, "registered"));
    assert_eq!(by(InvitedAs::Assistant), None);
    for as_ in [InvitedAs::Client, InvitedAs::NewClient, InvitedAs::Guardian] {
        assert_eq!(by(as_), Some("no_patient_logins".to_owned()));
    }
    assert_eq!(it.deletion(erase(&[])), DeletionVerdict::Schedule { days: 30 });
}

#[test]
fn practice_better_deactivates_before_it_deletes_and_invites_no_prospective_client() {
    let it = product("practice_better");
    let by = |role, status| {
        let mut facts = erase(&[]);
        facts.asked_by.role = role;
        facts.client.as_mut().unwrap().status = status;
        it.deletion(facts)
    };
    assert_eq!(codes(by(Standing::Practitioner, "active")), ["deactivate_first"]);
    let scheduled = |days| DeletionVerdict::Schedule { days };
    assert_eq!(by(Standing::Practitioner, "deactivated"), scheduled(60));
    assert_eq!(by(Standing::Client, "active"), scheduled(30));
    let stage = |stage| it.invitation(invited(Standing::Admin, InvitedAs::Client, stage));
    assert_eq!(stage("prospective"), Some("prospective".to_owned()));
    assert_eq!(stage("registered"), None);
}

#[test]
fn the_count_that_a_policy_needs_and_the_host_forgets_denies() {
    for name in ["biomesight", "vsee"] {
        let it = product(name);
        let facts = DeletionFacts { host: Counts::new(), ..erase(&[]) };
        let practice = PracticeId::from_uuid(uuid::Uuid::from_u128(1));
        let ask = Ask::Deletion(Box::new(facts));
        let call = Call { practice, set: it.set.clone(), ask };
        let made = it.engine.ask(vec![call], Timestamp::default()).pop().unwrap().made;
        assert!(made.is_err(), "{name}");
    }
}
