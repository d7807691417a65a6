//! RULES S38, S39, S43 and S44.

use admit::seal::password::{
    Cost, Gate, Password, SALT_BYTES, Scheme, Verdict, Weakness, recognise,
};

const SALT: [u8; SALT_BYTES] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const NO: Verdict = Verdict { matches: false, needs_rehash: false };
const YES: Verdict = Verdict { matches: true, needs_rehash: false };
const STALE: Verdict = Verdict { matches: true, needs_rehash: true };

fn cheap() -> Gate {
    Gate::new(Cost::new(64, 1, 1).unwrap(), 1, 0)
}

fn password(text: &str) -> Password {
    Password::parse(text).unwrap_or_else(|weakness| panic!("{weakness}"))
}

fn hash(gate: &Gate, text: &str, pepper: Option<&[u8]>) -> String {
    let mut turn = gate.enter([0; 32]).unwrap();
    turn.hash(&password(text), SALT, pepper).unwrap()
}

fn verify(gate: &Gate, text: &str, stored: &str, pepper: Option<&[u8]>) -> Verdict {
    let mut turn = gate.enter([0; 32]).unwrap();
    turn.verify(&password(text), stored, pepper)
}

#[test]
fn s43_the_owasp_cost_gives_the_phc_string_that_the_reference_gives() {
    let gate = Gate::new(Cost::OWASP, 1, 0);
    // Made by argon2-cffi, which wraps the reference implementation.
    let known = "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw\
                 $quyusfeeuAGbpiw09i+j4VKJ+I/5h3mugd4HghmS/x8";
    assert_eq!(hash(&gate, "correct horse battery", None), known);
    assert_eq!(verify(&gate, "correct horse battery", known, None), YES);
    assert_eq!(verify(&gate, "correct horse batterz", known, None), NO);
    assert_eq!(recognise(known), Some(Scheme::Argon2id));
}

#[test]
fn s43_a_hash_of_another_cost_verifies_and_asks_for_a_rehash() {
    let stored = hash(&cheap(), "correct horse battery", None);
    let dearer = Gate::new(Cost::new(128, 1, 1).unwrap(), 1, 0);
    assert_eq!(verify(&dearer, "correct horse battery", &stored, None), STALE);
    assert_eq!(verify(&dearer, "wrong horse battery", &stored, None), NO);
}

#[test]
fn s38_two_long_passwords_that_differ_in_the_last_character_do_not_match() {
    let gate = cheap();
    for length in [64, 72, 73, 128, 1_024] {
        let stem = "long ".repeat(300)[..length - 1].to_owned();
        let stored = hash(&gate, &format!("{stem}a"), None);
        assert_eq!(verify(&gate, &format!("{stem}a"), &stored, None), YES);
        assert_eq!(verify(&gate, &format!("{stem}b"), &stored, None), NO);
        assert_eq!(verify(&gate, &stem, &stored, None), NO);
    }
}

#[test]
fn s38_over_1024_bytes_and_nul_are_refused_and_not_cut_off() {
    let refused = |text: &str| Password::parse(text).err();
    assert_eq!(refused(&"a".repeat(1_024)), None);
    assert_eq!(refused(&"a".repeat(1_025)), Some(Weakness::TooLong));
    assert_eq!(refused(&"\u{e9}".repeat(513)), Some(Weakness::TooLong));
    assert_eq!(refused("a\0b"), Some(Weakness::ContainsNul));
    assert_eq!(refused("\0"), Some(Weakness::ContainsNul));
}

#[test]
fn s39_spellings_of_the_same_text_match_and_spaces_and_case_count() {
    let gate = cheap();
    let stored = hash(&gate, "Caf\u{e9} \u{fb01}ve o'clock", None);
    for same in ["Cafe\u{301} five o'clock", "\u{ff23}af\u{e9}\u{3000}\u{fb01}ve o'clock"] {
        assert_eq!(verify(&gate, same, &stored, None), YES, "{same}");
    }
    for other in [
        "Cafe five o'clock",
        "caf\u{e9} five o'clock",
        "Caf\u{e9}five o'clock",
        "Caf\u{e9} five o'clock ",
    ] {
        assert_eq!(verify(&gate, other, &stored, None), NO, "{other}");
    }
}

#[test]
fn s44_a_pepper_is_needed_is_never_in_the_string_and_joins_at_the_next_rehash() {
    let gate = cheap();
    let (pepper, other): (&[u8], &[u8]) = (b"PEPPERPEPPERPEPPER", b"another");
    let text = "correct horse battery";
    let plain = hash(&gate, text, None);
    let peppered = hash(&gate, text, Some(pepper));
    assert!(!peppered.contains("PEPPER"));
    assert_ne!(plain.rsplit('$').next(), peppered.rsplit('$').next());
    assert_eq!(verify(&gate, text, &peppered, Some(pepper)), YES);
    assert_eq!(verify(&gate, text, &peppered, Some(other)), NO);
    assert_eq!(verify(&gate, text, &peppered, None), NO);
    assert_eq!(verify(&gate, text, &plain, Some(pepper)), STALE);
    assert_eq!(recognise(&peppered), Some(Scheme::Argon2id));
}

#[test]
fn the_same_work_is_done_for_a_wrong_password_and_for_no_hash_at_all() {
    let gate = cheap();
    let stored = hash(&gate, "correct horse battery", None);
    let peppered = hash(&gate, "correct horse battery", Some(b"pepper"));
    for (given, hashes) in [("wrong horse battery", 1), ("wrong cafe\u{301} battery", 2)] {
        for stored in [&stored, &peppered, "", "junk", "$argon2id$v=19$m=64"] {
            let before = gate.hashes();
            assert_eq!(verify(&gate, given, stored, None), NO);
            assert_eq!(gate.hashes() - before, hashes, "{stored}");
        }
        let before = gate.hashes();
        let mut turn = gate.enter([0; 32]).unwrap();
        assert_eq!(turn.dummy_verify(&password(given), Some(b"pepper")), NO);
        assert_eq!(gate.hashes() - before, hashes);
    }
}

#[test]
fn a_cost_that_argon2_does_not_allow_is_no_cost() {
    assert_eq!(Cost::new(7, 1, 1), None);
    assert_eq!(Cost::new(64, 0, 1), None);
    assert_eq!(Cost::new(64, 1, 0), None);
    assert_eq!(Cost::new(19_456, 2, 1), Some(Cost::OWASP));
}
