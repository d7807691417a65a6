//! Addresses, against the test set of is_email and cases of our own.

use admit::domain::text::{Email, Reason};
use std::collections::BTreeMap;

/// Reads category and address of each vector.
fn vectors() -> Vec<(String, String)> {
    let xml = include_str!("../../../data/email-addresses.xml");
    let document = roxmltree::Document::parse(xml).unwrap();
    let tests = document.descendants().filter(|node| node.has_tag_name("test"));
    tests
        .map(|test| {
            let text_of = |tag: &str| {
                let child = test.children().find(|node| node.has_tag_name(tag));
                child.and_then(|node| node.text()).unwrap_or_default().to_owned()
            };
            let address = text_of("address").chars().map(control).collect();
            (text_of("category").replace("ISEMAIL_", ""), address)
        })
        .collect()
}

/// Turns the picture of a control character into the character.
fn control(c: char) -> char {
    match c {
        '\u{2400}'..='\u{241F}' => char::from_u32(u32::from(c) - 0x2400).unwrap(),
        _ => c,
    }
}

#[test]
fn no_address_with_an_error_is_accepted_and_no_valid_one_refused_but_without_a_dot() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 164);
    for (category, address) in vectors {
        let verdict = Email::parse(&address);
        match category.as_str() {
            "ERR" => assert!(verdict.is_err(), "{address:?}"),
            "VALID_CATEGORY" => assert_eq!(verdict.is_ok(), address != "test@io", "{address:?}"),
            _ => {}
        }
        if let Ok(email) = verdict {
            assert_eq!(email.as_str(), address);
        }
    }
}

#[test]
fn the_verdicts_on_the_vectors_are_these() {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (category, address) in vectors() {
        let (accepted, all) = counts.entry(category).or_default();
        *accepted += usize::from(Email::parse(&address).is_ok());
        *all += 1;
    }
    let counts: Vec<String> =
        counts.iter().map(|(category, (ok, all))| format!("{category} {ok}/{all}")).collect();
    assert_eq!(
        counts,
        [
            // Space around the address.
            "CFWS 2/10",
            "DEPREC 0/19",
            // The domain does not exist, which nothing here can know.
            "DNSWARN 8/8",
            "ERR 0/66",
            // Quoted local parts.
            "RFC5321 4/17",
            "RFC5322 0/30",
            "VALID_CATEGORY 13/14",
        ]
    );
}

fn canonical(text: &str) -> String {
    Email::parse(text).unwrap().canonical().to_owned()
}

#[test]
fn one_mailbox_has_one_canonical_form() {
    assert_eq!(canonical("Ada.Lovelace@Example.ORG"), "ada.lovelace@example.org");
    assert_eq!(canonical("  ada@example.org\u{3000}"), "ada@example.org");
    assert_eq!(canonical("jose\u{301}@example.org"), canonical("JOS\u{C9}@example.org"));
    assert_eq!(canonical("a@B\u{FC}cher.example"), "a@xn--bcher-kva.example");
    assert_eq!(canonical("a@XN--BCHER-KVA.example"), "a@xn--bcher-kva.example");
    assert_eq!(canonical("a@\u{FF45}xample\u{3002}org"), "a@example.org");
}

#[test]
fn dots_and_tags_of_the_local_part_count() {
    assert_ne!(canonical("a.da@gmail.com"), canonical("ada@gmail.com"));
    assert_ne!(canonical("ada+x@gmail.com"), canonical("ada@gmail.com"));
}

#[test]
fn an_address_is_kept_as_typed_and_mailed_without_the_space_around_it() {
    let email = Email::parse(" Ada@Example.org ").unwrap();
    assert_eq!(email.as_str(), " Ada@Example.org ");
    assert_eq!(email.mailbox(), "Ada@Example.org");
    assert_eq!(email.canonical(), "ada@example.org");
    assert_eq!(email.local_part(), "ada");
}

#[test]
fn a_mask_shows_first_letters_and_the_top_level_domain() {
    for (text, masked) in [
        ("Grace.Hopper@Example.org", "g***@e***.org"),
        ("a@b.co.uk", "a***@b***.uk"),
        ("jose\u{301}@b\u{FC}cher.example", "j***@b***.example"),
        ("\u{C9}lise@\u{E9}cole.fr", "\u{E9}***@\u{E9}***.fr"),
    ] {
        assert_eq!(Email::parse(text).unwrap().masked(), masked);
    }
}

#[test]
fn addresses_have_the_limits_of_the_mail_system_after_punycode() {
    let label = "a".repeat(63);
    assert!(Email::parse(&format!("{}@example.org", "a".repeat(64))).is_ok());
    assert!(Email::parse(&format!("{}@example.org", "a".repeat(65))).is_err());
    let longest = format!("a@{label}.{label}.{label}.{}.org", "a".repeat(56));
    assert_eq!(longest.len(), 254);
    assert!(Email::parse(&longest).is_ok());
    let longer = format!("a{longest}");
    assert_eq!(Email::parse(&longer), Err(Reason::TooLong { max: 254 }));
    // 200 characters as typed, but over 63 bytes a label in punycode.
    let wide = format!("a@{}.org", "\u{5065}".repeat(60));
    assert_eq!(Email::parse(&wide), Err(Reason::NotAnAddress));
    assert_eq!(Email::parse(&"a".repeat(10_000)), Err(Reason::TooLong { max: 254 }));
}

#[test]
fn addresses_that_no_mail_reaches_or_that_deceive_are_refused() {
    for text in [
        "ada",
        "ada@",
        "@example.org",
        "ada@localhost",
        "ada@[127.0.0.1]",
        "ada@127.0.0.1",
        "Ada <ada@example.org>",
        "ada@example.org, bob@example.org",
        "ada@@example.org",
        "ada lovelace@example.org",
        "ada@exam ple.org",
        "ada@example..org",
        "ada@.org",
        "ada@example.org.",
        "ada@exa_mple.org",
        "ada\u{200B}@example.org",
        "a\u{A0}b@example.org",
        "\"a\u{3000}b\"@example.org",
        "ada\u{FF20}example.org",
        "ada@xn--a.org",
    ] {
        assert_eq!(Email::parse(text), Err(Reason::NotAnAddress), "{text:?}");
    }
    assert_eq!(Email::parse(""), Err(Reason::Empty));
    assert_eq!(Email::parse(" \u{3000}"), Err(Reason::Empty));
    for text in ["ada@example.org\n", "ada@example.org\r\nBcc: eve@example.org", "a\0@example.org"]
    {
        assert_eq!(Email::parse(text), Err(Reason::ControlCharacter));
    }
    assert_eq!(Email::parse("\u{202E}ada@example.org"), Err(Reason::DirectionOverride));
}
