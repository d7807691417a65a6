//! Text from outside: what is kept, what is refused and what never shows.

mod email;
mod hostile;
mod link;
mod search;

use admit::domain::text::{
    Address, BirthDate, Email, ExternalId, IdempotencyKey, Line, Locale, NameUse, Paragraph,
    PersonName, Phone, Reason, Script, Username, Zone,
};
use chrono::NaiveDate;

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn name(script: Script, family: &str, given: &[&str]) -> PersonName {
    PersonName {
        use_: NameUse::Official,
        script,
        text: None,
        family: Some(line(family)),
        given: given.iter().map(|g| line(g)).collect(),
        prefix: vec![line("Dr")],
        suffix: Vec::new(),
    }
}

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn a_line_is_kept_exactly_as_typed() {
    for text in
        [" Ada  Lovelace ", "Jose\u{301}", "\u{200F}\u{5D0}\u{200E}", "\u{1F469}\u{200D}\u{1F52C}"]
    {
        assert_eq!(line(text).as_str(), text);
    }
}

#[test]
fn a_line_counts_characters_and_not_bytes() {
    assert!(Line::parse(&"\u{1F600}".repeat(200)).is_ok());
    assert_eq!(Line::parse(&"a".repeat(201)), Err(Reason::TooLong { max: 200 }));
    assert_eq!(Line::parse(&"a".repeat(10_000)), Err(Reason::TooLong { max: 200 }));
}

#[test]
fn a_line_that_shows_nothing_is_empty() {
    for text in ["", " ", "\u{3000}\u{A0}", "\u{200D}", "\u{FEFF} \u{3164}"] {
        assert_eq!(Line::parse(text), Err(Reason::Empty), "{text:?}");
    }
}

#[test]
fn a_line_refuses_controls_overrides_and_noncharacters() {
    let refused = |c: char| Line::parse(&format!("Ada{c}Lovelace")).unwrap_err();
    for c in ('\0'..='\u{1F}').chain('\u{7F}'..='\u{9F}').chain('\u{2028}'..='\u{2029}') {
        assert_eq!(refused(c), Reason::ControlCharacter, "{c:?}");
    }
    for c in ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}') {
        assert_eq!(refused(c), Reason::DirectionOverride, "{c:?}");
    }
    for c in ('\u{FDD0}'..='\u{FDEF}').chain(['\u{FFFE}', '\u{FFFF}', '\u{1FFFE}', '\u{10FFFF}']) {
        assert_eq!(refused(c), Reason::NotACharacter, "{c:?}");
    }
}

#[test]
fn a_paragraph_takes_line_breaks_and_tabs_and_nothing_else_of_the_kind() {
    let text = "one\ntwo\r\n\tthree";
    assert_eq!(Paragraph::parse(text).unwrap().as_str(), text);
    assert_eq!(Paragraph::parse("one\rtwo"), Err(Reason::ControlCharacter));
    assert_eq!(Paragraph::parse("one\u{B}"), Err(Reason::ControlCharacter));
    assert_eq!(Paragraph::parse("\u{202E}one"), Err(Reason::DirectionOverride));
    assert_eq!(Paragraph::parse("\r\n\t "), Err(Reason::Empty));
    assert!(Paragraph::parse(&"a".repeat(2_000)).is_ok());
    assert_eq!(Paragraph::parse(&"a".repeat(2_001)), Err(Reason::TooLong { max: 2_000 }));
}

#[test]
fn keys_of_the_host_have_limits_of_their_own() {
    assert!(ExternalId::parse(&"k".repeat(255)).is_ok());
    assert_eq!(ExternalId::parse(&"k".repeat(256)), Err(Reason::TooLong { max: 255 }));
    assert_eq!(ExternalId::parse("a\tb"), Err(Reason::ControlCharacter));
    assert!(IdempotencyKey::parse(&"!~".repeat(64)).is_ok());
    assert_eq!(IdempotencyKey::parse(""), Err(Reason::Empty));
    assert_eq!(IdempotencyKey::parse(&"k".repeat(129)), Err(Reason::TooLong { max: 128 }));
    for text in ["a b", "a\n", "\u{E9}", "\u{7F}"] {
        assert_eq!(IdempotencyKey::parse(text), Err(Reason::NotVisibleAscii));
    }
}

#[test]
fn usernames_that_look_alike_are_the_same() {
    let same = |a: &str, b: &str| {
        assert_eq!(
            Username::parse(a).unwrap().canonical(),
            Username::parse(b).unwrap().canonical()
        );
    };
    same("Ada.Lovelace", "ada.lovelace");
    same("\u{FF21}\u{FF44}\u{FF41}", "ada");
    same("stra\u{DF}e", "STRASSE");
    same("jose\u{301}", "Jos\u{E9}");
    same("a\u{200D}d\u{AD}a", "ada");
    same("Ada@Example.org", "ada@example.org");
    assert_eq!(Username::parse("Ada@Example.org").unwrap().as_str(), "Ada@Example.org");
}

#[test]
fn usernames_have_3_to_100_visible_characters() {
    let refused = |text: &str| Username::parse(text).unwrap_err();
    assert_eq!(refused(""), Reason::Empty);
    assert_eq!(refused("ab"), Reason::TooShort { min: 3 });
    assert_eq!(refused("\u{200B}\u{200B}\u{200B}"), Reason::Empty);
    assert_eq!(refused("a\u{200B}\u{200B}"), Reason::TooShort { min: 3 });
    assert_eq!(refused(&"a".repeat(101)), Reason::TooLong { max: 100 });
    assert_eq!(refused("ada lovelace"), Reason::WhiteSpace);
    assert_eq!(refused("ada\u{3000}"), Reason::WhiteSpace);
    assert_eq!(refused("adal\u{FDFA}"), Reason::WhiteSpace);
    assert_eq!(refused("ada\0"), Reason::ControlCharacter);
    assert_eq!(refused("\u{202E}ada"), Reason::DirectionOverride);
}

#[test]
fn phones_are_kept_as_typed_and_compared_by_digits() {
    for (text, digits, masked) in [
        ("+1 (555) 010-4567 x12", "1555010456712", "***12"),
        ("030/901820", "030901820", "***20"),
        ("\u{FF10}\u{FF13}-\u{FF11}\u{FF19}", "0319", "***19"),
        ("112", "112", "***12"),
    ] {
        let phone = Phone::parse(text).unwrap();
        assert_eq!(phone.as_str(), text);
        assert_eq!(phone.digits(), digits);
        assert_eq!(phone.masked(), masked);
    }
}

#[test]
fn phones_need_three_digits_and_take_no_letters() {
    for text in ["12", "+-()./x", "555-CALL", "555#1", "\u{0663}\u{0664}\u{0665}"] {
        assert_eq!(Phone::parse(text), Err(Reason::NotAPhone), "{text}");
    }
    assert_eq!(Phone::parse(""), Err(Reason::Empty));
    assert_eq!(Phone::parse("555\n1234"), Err(Reason::ControlCharacter));
    assert_eq!(Phone::parse(&"1".repeat(41)), Err(Reason::TooLong { max: 40 }));
}

#[test]
fn a_name_shows_its_text_or_else_its_parts() {
    let ada = name(Script::Default, "Lovelace", &["Ada", "Augusta"]);
    assert_eq!(ada.display(), "Ada Augusta Lovelace");
    assert_eq!(ada.initials(), "AL");
    let with_suffix = PersonName { suffix: vec![line("PhD")], ..ada.clone() };
    assert_eq!(with_suffix.display(), "Ada Augusta Lovelace PhD");
    let whole = PersonName { text: Some(line("Countess of Lovelace")), ..ada };
    assert_eq!(whole.display(), "Countess of Lovelace");
    assert_eq!(whole.initials(), "AL");
}

#[test]
fn an_ideographic_name_has_the_family_name_first() {
    let name = name(Script::Ideographic, "\u{5C71}\u{7530}", &["\u{5065}\u{592A}\u{90CE}"]);
    assert_eq!(name.display(), "\u{5C71}\u{7530} \u{5065}\u{592A}\u{90CE}");
    assert_eq!(name.initials(), "\u{5C71}\u{5065}");
}

#[test]
fn initials_come_from_whatever_there_is() {
    for (text, initials) in
        [("ada lovelace", "AL"), ("Plato", "P"), ("(\u{E9}lise) de Gaul", "\u{C9}G"), ("!!", "")]
    {
        assert_eq!(PersonName::of_text(line(text)).initials(), initials);
    }
    let only_given = PersonName { family: None, ..name(Script::Default, "-", &["Ada"]) };
    assert_eq!(only_given.initials(), "A");
}

#[test]
fn a_name_names_somebody_and_has_at_most_8_parts_of_a_kind() {
    let nobody = PersonName { family: None, ..name(Script::Default, "-", &[]) };
    assert_eq!(nobody.checked(), Err(Reason::Empty));
    let eight = name(Script::Default, "A", &["B"; 8]);
    assert_eq!(eight.clone().checked(), Ok(eight));
    let nine = name(Script::Default, "A", &["B"; 9]);
    assert_eq!(nine.checked(), Err(Reason::TooMany { max: 8 }));
}

#[test]
fn birth_dates_may_be_partial_and_order_by_time() {
    let dates: Vec<BirthDate> =
        ["1850", "1979-12-31", "1980", "1980-02", "1980-02-29", "2200-12-31"]
            .iter()
            .map(|text| BirthDate::parse(text).unwrap())
            .collect();
    assert!(dates.is_sorted());
    assert_eq!(dates[4].as_str(), "1980-02-29");
    assert_eq!(dates[4].day(), Some(on(1980, 2, 29)));
    assert_eq!(dates[3].day(), None);
}

#[test]
fn birth_dates_are_days_of_the_calendar_in_one_form() {
    for text in [
        "80",
        "+198",
        "1980-13",
        "1980-00",
        "1980-2",
        "1981-02-29",
        "1980-02-30",
        "1980/02/29",
        "29.02.1980",
        "1980-02-29 ",
        "1980-02-29T00:00:00Z",
        "\u{FF11}980",
        "-1980",
        "1980-1-01x",
    ] {
        assert_eq!(BirthDate::parse(text), Err(Reason::NotADate), "{text}");
    }
    for text in ["1849", "2201-01", "0000"] {
        assert_eq!(BirthDate::parse(text), Err(Reason::NotInRange), "{text}");
    }
    assert_eq!(BirthDate::parse(""), Err(Reason::Empty));
}

#[test]
fn an_age_counts_full_years_of_a_known_day() {
    let leap = BirthDate::parse("1980-02-29").unwrap();
    assert_eq!(leap.age_on(on(1998, 2, 28)), Some(17));
    assert_eq!(leap.age_on(on(1998, 3, 1)), Some(18));
    assert_eq!(leap.age_on(on(1980, 2, 29)), Some(0));
    assert_eq!(leap.age_on(on(1980, 2, 28)), None);
    assert_eq!(BirthDate::parse("1980-02").unwrap().age_on(on(1998, 3, 1)), None);
}

#[test]
fn locales_take_their_canonical_case() {
    for (text, canonical, language) in [
        ("EN", "en", "en"),
        ("en-gb", "en-GB", "en"),
        ("ZH-hant-tw", "zh-Hant-TW", "zh"),
        ("es-419", "es-419", "es"),
        ("fil", "fil", "fil"),
    ] {
        let locale = Locale::parse(text).unwrap();
        assert_eq!((locale.as_str(), locale.language()), (canonical, language));
    }
    for text in
        ["e", "en_GB", "en-", "-en", "english", "en-GB-oed", "en-GB-Latn", "en-41", "\u{E9}n"]
    {
        assert_eq!(Locale::parse(text), Err(Reason::UnknownLocale), "{text}");
    }
    assert_eq!(Locale::parse(""), Err(Reason::Empty));
}

#[test]
fn zones_are_those_of_the_iana_database() {
    assert_eq!(
        Zone::parse("America/Argentina/Buenos_Aires").unwrap().as_str(),
        "America/Argentina/Buenos_Aires"
    );
    assert_eq!(Zone::parse("UTC").unwrap().as_str(), "UTC");
    for text in ["Mars/Olympus", "europe/berlin", "+02:00", "Europe/Berlin\0"] {
        assert_eq!(Zone::parse(text), Err(Reason::UnknownZone), "{text}");
    }
}

#[test]
fn an_address_holds_something_and_at_most_six_lines() {
    let empty = Address {
        lines: Vec::new(),
        city: None,
        district: None,
        state: None,
        postal_code: None,
        country: None,
        text: None,
    };
    assert_eq!(empty.clone().checked(), Err(Reason::Empty));
    let lines = |count| Address { lines: vec![line("12 Sea View"); count], ..empty.clone() };
    assert!(lines(6).checked().is_ok());
    assert_eq!(lines(7).checked(), Err(Reason::TooMany { max: 6 }));
    assert!(Address { postal_code: Some(line("00000")), ..empty }.checked().is_ok());
}

#[test]
fn a_refusal_names_the_field_and_never_the_value() {
    let invalid = Email::parse("secret@").unwrap_err().in_field("email");
    assert_eq!(invalid.to_string(), "email: must be an e-mail address such as name@example.org");
    assert!(!format!("{invalid:?}").contains("secret"));
    assert_eq!(Reason::NotATemplate.to_string().matches("{token}").count(), 1);
}
