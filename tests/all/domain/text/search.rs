//! Search keys: who is found by what.

use admit::domain::text::search::{UNICODE_FORM, query, sort_key, tokens};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn finds(search: &str, name: &str) -> bool {
    let tokens = tokens(name);
    query(search).iter().all(|word| tokens.iter().any(|token| token.starts_with(word.as_str())))
}

#[test]
fn a_name_is_found_whatever_its_case_and_accents() {
    for (search, name) in [
        ("gar", "Mar\u{ED}a Garc\u{ED}a"),
        ("garci", "GARCI\u{301}A"),
        ("Garc\u{ED}", "Garci\u{301}a"),
        ("mar GAR", "Mar\u{ED}a Garc\u{ED}a"),
        ("strass", "Stra\u{DF}er"),
        ("ist", "\u{130}stanbullu"),
        ("nguyen", "Nguy\u{1EC5}n"),
        ("\u{3C3}", "\u{3A3}\u{3CC}\u{3C6}\u{3BF}\u{3C2}"),
        ("ada", "\u{FF21}\u{FF44}\u{FF41}"),
        ("jones", "Smith-Jones"),
        ("obrien", "O'Brien"),
        ("o\u{2019}brien", "O'Brien"),
        ("brien", "O\u{2019}Brien"),
        ("", "Ada"),
        ("...", "Ada"),
    ] {
        assert!(finds(search, name), "{search} in {name}: {:?}", tokens(name));
    }
    for (search, name) in [("arc", "Garcia"), ("gar x", "Garcia"), ("garc\u{ED}", "Garcia")] {
        assert!(!finds(search, name), "{search} in {name}");
    }
}

#[test]
fn kana_are_found_by_either_kana() {
    for (search, name) in [
        ("\u{3084}\u{307E}", "\u{30E4}\u{30DE}\u{30C0}"),
        ("\u{30E4}\u{30DE}", "\u{3084}\u{307E}\u{3060}"),
        ("\u{FF94}\u{FF8F}\u{FF80}\u{FF9E}", "\u{30E4}\u{30DE}\u{30C0}"),
        ("\u{30E4}\u{30DE}\u{30BF}", "\u{30E4}\u{30DE}\u{30C0}"),
    ] {
        assert!(finds(search, name), "{search} in {name}: {:?}", tokens(name));
    }
}

#[test]
fn an_east_asian_name_is_found_by_any_of_its_words_with_and_without_spaces() {
    let name = "\u{5C71}\u{7530}\u{5065}\u{592A}\u{90CE}";
    let spaced = "\u{5C71}\u{7530} \u{5065}\u{592A}\u{90CE}";
    for search in [name, spaced, "\u{5C71}\u{7530}", "\u{5065}\u{592A}\u{90CE}", "\u{592A}\u{90CE}"]
    {
        assert!(finds(search, name), "{search}");
        assert!(finds(search, spaced), "{search}");
    }
    assert!(finds("\u{BBFC}\u{C218}", "\u{AE40}\u{BBFC}\u{C218}"));
    assert!(finds("\u{674E}", "Li Xiaolong \u{674E}\u{5C0F}\u{9F8D}"));
    assert!(finds("xiao", "Li Xiaolong \u{674E}\u{5C0F}\u{9F8D}"));
}

#[test]
fn keys_are_few_short_and_never_doubled() {
    let many: String = (0..100).map(|n| format!("word{n} ")).collect();
    assert_eq!(tokens(&many).len(), 32);
    assert_eq!(query(&many).len(), 32);
    assert_eq!(tokens("Ada ada ADA"), ["ada"]);
    let long = "\u{5065}".repeat(10_000);
    assert!(tokens(&long).iter().all(|token| token.len() <= 64));
    assert!(finds(&"a".repeat(100), &"a".repeat(100)));
    assert_eq!(sort_key(&long).len(), 255);
}

#[test]
fn names_sort_without_regard_to_case_accents_and_signs() {
    let mut names = ["Zoe", "\u{C9}mile", "  emil", "o'Hara", "Adam", "\u{E9}milie"];
    names.sort_by_key(|name| sort_key(name));
    assert_eq!(names, ["Adam", "  emil", "\u{C9}mile", "\u{E9}milie", "o'Hara", "Zoe"]);
    assert_eq!(sort_key("\u{130}d\u{131}r"), "id\u{131}r".as_bytes());
    assert_eq!(sort_key("!?"), b"");
}

/// Other tables under the same form would leave people on file who are never found.
#[test]
fn a_form_of_keys_has_one_set_of_tables() {
    let mut digest = Sha256::new();
    for c in '\0'..='\u{3FFFF}' {
        let text = c.to_string();
        digest.update(sort_key(&text));
        digest.update(tokens(&text).join(" "));
        digest.update(b"\n");
    }
    let digest = data_encoding::HEXLOWER.encode(&digest.finalize());
    assert_eq!(
        (UNICODE_FORM, digest.as_str()),
        (18, "1e906ce275d1342ae6e678b62d11c4702e65270214685000e9b00dcc91b4d1bd")
    );
}

proptest! {
    #[test]
    fn every_short_text_is_found_by_itself(text in "\\PC{0,6}") {
        prop_assert!(finds(&text, &text), "{:?} {:?}", query(&text), tokens(&text));
    }

    #[test]
    fn every_east_asian_text_is_found_by_itself(text in "[\u{3041}-\u{30FF}\u{4E00}-\u{4E20}\u{AC00}-\u{AC20} ]{0,12}") {
        prop_assert!(finds(&text, &text), "{:?} {:?}", query(&text), tokens(&text));
    }

    #[test]
    fn keys_keep_their_limits(text in any::<String>()) {
        let tokens = tokens(&text);
        prop_assert!(tokens.len() <= 32);
        prop_assert!(tokens.iter().all(|token| !token.is_empty() && token.len() <= 64));
        prop_assert!(sort_key(&text).len() <= 256);
    }
}
