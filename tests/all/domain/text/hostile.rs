//! Strings that break software, and strings at random, through every type.

use admit::domain::text::{
    AllowList, BirthDate, Email, ExternalId, IdempotencyKey, Line, LinkTemplate, Locale, Paragraph,
    PersonName, Phone, Reason, Username, Zone, search,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// Checks one parsed value: kept whole, silent in `Debug`, the same after a trip to bytes.
fn inspect<T>(name: &str, text: &str, parsed: Result<T, Reason>, kept: fn(&T) -> &str)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    match parsed {
        Ok(value) => {
            assert_eq!(kept(&value), text, "{name}");
            assert_eq!(format!("{value:?}"), format!("{name}({})", text.chars().count()));
            let bytes = postcard::to_stdvec(&value).unwrap();
            assert_eq!(postcard::from_bytes::<T>(&bytes).unwrap(), value, "{name}");
        }
        Err(reason) => assert!(
            text.is_empty() || text.chars().count() < 3 || !reason.to_string().contains(text)
        ),
    }
}

fn inspect_all(text: &str) {
    inspect("Line", text, Line::parse(text), Line::as_str);
    inspect("Paragraph", text, Paragraph::parse(text), Paragraph::as_str);
    inspect("ExternalId", text, ExternalId::parse(text), ExternalId::as_str);
    inspect("IdempotencyKey", text, IdempotencyKey::parse(text), IdempotencyKey::as_str);
    inspect("Email", text, Email::parse(text), Email::as_str);
    inspect("Username", text, Username::parse(text), Username::as_str);
    inspect("Phone", text, Phone::parse(text), Phone::as_str);
    inspect("BirthDate", text, BirthDate::parse(text), BirthDate::as_str);
    inspect("Zone", text, Zone::parse(text), Zone::as_str);
    // These two have one form that any spelling takes.
    if let Ok(locale) = Locale::parse(text) {
        assert!(locale.as_str().eq_ignore_ascii_case(text));
        inspect("Locale", locale.as_str(), Locale::parse(locale.as_str()), Locale::as_str);
    }
    for text in
        [text, &format!("https://a.example/{{token}}{text}"), &format!("https://{text}/{{token}}")]
    {
        if let Ok(link) = LinkTemplate::parse_allowing_local(text) {
            let kept = link.as_str();
            inspect(
                "LinkTemplate",
                kept,
                LinkTemplate::parse_allowing_local(kept),
                LinkTemplate::as_str,
            );
            assert!(link.fill("TOKEN").contains("TOKEN"));
            let list = AllowList::parse_allowing_local(&[link.origin()]).unwrap();
            assert!(list.permits(&link));
        }
    }
    if let Ok(line) = Line::parse(text) {
        let name = PersonName::of_text(line);
        assert_eq!(name.display(), text);
        assert!(name.initials().chars().count() <= 2);
        assert!(text.chars().count() < 12 || !format!("{name:?}").contains(text));
    }
    if let Ok(email) = Email::parse(text) {
        assert!(email.masked().contains("***@"));
    }
    search::tokens(text);
    search::query(text);
    search::sort_key(text);
}

#[test]
fn naughty_strings_are_kept_whole_or_refused() {
    let texts: Vec<String> =
        serde_json::from_str(include_str!("../../../data/naughty-strings.json")).unwrap();
    assert_eq!(texts.len(), 485);
    for text in &texts {
        inspect_all(text);
    }
    let refused = texts.iter().filter(|text| Line::parse(text).is_err());
    assert_eq!(refused.count(), 19);
}

#[test]
fn texts_of_any_length_are_kept_whole_or_refused() {
    for text in ["a", " ", "\0", "\u{202E}", "\u{FDFA}", "@", ".", "-", "/", "\u{1F469}\u{200D}"] {
        for count in [1, 2, 199, 200, 201, 254, 255, 10_000, 1_000_000] {
            inspect_all(&text.repeat(count));
        }
    }
}

#[test]
fn debug_of_every_type_is_its_name_and_length() {
    let email = Email::parse("ada@example.org").unwrap();
    assert_eq!(format!("{email:?}"), "Email(15)");
    let list = AllowList::parse(&["https://a.example"]).unwrap();
    assert_eq!(format!("{list:?}"), "AllowList { origins: [Origin(17)] }");
    let name = PersonName::of_text(Line::parse("Ada Lovelace").unwrap());
    assert!(format!("{name:?}").contains("text: Some(Line(12))"));
}

#[test]
fn simple_types_are_plain_strings_in_json() {
    assert_eq!(serde_json::to_string(&Line::parse("Ada").unwrap()).unwrap(), "\"Ada\"");
    assert_eq!(
        serde_json::to_string(&Zone::parse("Asia/Tokyo").unwrap()).unwrap(),
        "\"Asia/Tokyo\""
    );
    assert_eq!(
        serde_json::to_string(&BirthDate::parse("1980-02").unwrap()).unwrap(),
        "\"1980-02\""
    );
}

proptest! {
    #[test]
    fn any_text_is_kept_whole_or_refused(text in any::<String>()) {
        inspect_all(&text);
    }

    #[test]
    fn any_printable_text_is_kept_whole_or_refused(text in "\\PC{1,30}") {
        inspect_all(&text);
    }

    #[test]
    fn a_canonical_address_is_its_own_canonical_form(text in "[\\w.+\u{300}\u{301}-]{1,8}@[\\w]{1,5}\\.[a-z]{2,3}") {
        if let Ok(email) = Email::parse(&text) {
            let again = Email::parse(email.canonical()).unwrap();
            prop_assert_eq!(again.canonical(), email.canonical());
        }
    }

    #[test]
    fn a_canonical_username_is_its_own_canonical_form(text in "\\PC{3,12}") {
        if let Ok(username) = Username::parse(&text) {
            let again = Username::parse(username.canonical()).unwrap();
            prop_assert_eq!(again.canonical(), username.canonical());
        }
    }

    #[test]
    fn dates_of_the_calendar_are_birth_dates(days in 0i64..128_000) {
        let day = chrono::NaiveDate::from_ymd_opt(1850, 1, 1).unwrap() + chrono::Days::new(days as u64);
        let date = BirthDate::parse(&day.to_string()).unwrap();
        prop_assert_eq!(date.day(), Some(day));
    }

    #[test]
    fn phones_of_the_permitted_signs_are_kept(text in "[0-9 +().x/-]{0,20}[0-9]{3}[0-9 ]{0,17}") {
        let phone = Phone::parse(&text).unwrap();
        prop_assert_eq!(phone.as_str(), text.as_str());
    }
}
