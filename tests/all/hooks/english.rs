//! The built-in words of every kind, beside a golden file; `ADMIT_WRITE_GOLDEN=1` writes it anew.

use crate::support::{START, line};
use admit::domain::id::{ClientId, PracticeId, StaffId};
use admit::domain::invitation::Channel;
use admit::domain::message::Kind;
use admit::domain::text::{Email, Locale, Paragraph, Phone, Zone};
use admit::domain::time::{DAY, Timestamp};
use admit::hooks::english::English;
use admit::hooks::facts::{Client, Facts, Practice, Recipient, Role, Seat};
use admit::hooks::words::{LINK, Wording};
use std::fmt::Write;
use uuid::Uuid;

const GOLDEN: &str = "tests/all/hooks/english.out";

fn facts(kind: Kind, role: Role) -> Facts {
    let link = matches!(
        kind,
        Kind::Invitation
            | Kind::InvitationReminder
            | Kind::Reset
            | Kind::AddressConfirm
            | Kind::AddressChangeConfirm
    );
    let is_invitation = matches!(kind, Kind::Invitation | Kind::InvitationReminder);
    let id = Uuid::from_u128(7);
    Facts {
        kind,
        channel: Channel::Email,
        recipient: Recipient {
            name: Some("Luc\u{ed}a O'Hara".to_owned()),
            given_name: Some("Luc\u{ed}a".to_owned()),
            role,
            locale: Locale::parse("en").unwrap(),
            zone: Zone::parse("Europe/Berlin").unwrap(),
        },
        client: Some(Client {
            id: ClientId::from_uuid(id),
            external_id: None,
            name: "Teo <b>O'Hara</b>".to_owned(),
            given_name: Some("Teo".to_owned()),
        }),
        staff: Some(Seat {
            id: StaffId::from_uuid(id),
            external_id: None,
            name: "Nora Weiss".to_owned(),
        }),
        invitee: None,
        practice: Practice {
            id: PracticeId::from_uuid(id),
            name: line("Cedar & Birch"),
            support_email: Some(Email::parse("help@cedar.example.org").unwrap()),
            support_phone: Some(Phone::parse("+1 555 0100").unwrap()),
        },
        product: Some(line("Sample EHR")),
        link: link.then(|| LINK.to_owned()),
        expires_at: link.then(|| Timestamp::from_millis(START + 7 * DAY)),
        sends: is_invitation.then_some(1),
        inviter: is_invitation.then(|| "Nora Weiss".to_owned()),
        note: is_invitation.then(|| Paragraph::parse("See you soon.\r\n\"Nora\"").unwrap()),
        own: Default::default(),
    }
}

fn show(all: &mut String, title: &str, facts: &Facts) {
    let words = English.words(facts);
    writeln!(all, "==== {title}\nSubject: {}\n\n{}\n{}", words.subject, words.text, words.html)
        .unwrap();
}

#[test]
fn the_words_of_every_kind_are_those_of_the_golden_file() {
    let mut all = format!("{}\n", English.version());
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
        let words = English.words(&facts);
        assert!(!words.subject.is_empty() && !words.subject.contains(char::is_control));
        let filled = words.filled("https://portal.example.org/x");
        for part in [&filled.text, &filled.html] {
            assert_eq!(part.contains("portal.example.org"), facts.link.is_some(), "{kind:?}");
            assert!(!part.contains(LINK));
        }
        assert!(!words.html.contains("<b>"), "names are escaped");
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
    assert_eq!(plain["expires_at"], START + 7 * DAY);
    assert_eq!(read(Some("https://x.example/")).unwrap()["link"], "https://x.example/");
}
