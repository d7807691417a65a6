//! RULES S01, S04, S05 and S07.

use admit::seal::token::{Claims, GENERATION_MAX, TokenKeys, issue, verify};
use data_encoding::BASE64URL_NOPAD;
use secrecy::ExposeSecret;
use std::collections::HashSet;

const OLD: (u8, [u8; 32]) = (1, [1; 32]);
const NEW: (u8, [u8; 32]) = (2, [2; 32]);
const ID_KEY: [u8; 32] = [9; 32];
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn keys() -> TokenKeys {
    TokenKeys::new(&[OLD, NEW], 2, &ID_KEY).unwrap()
}

fn claims() -> Claims {
    Claims { purpose: 3, channel: 4, generation: 0x01_0203, id: std::array::from_fn(|i| i as u8) }
}

fn token(keys: &TokenKeys, claims: &Claims) -> String {
    issue(keys, claims).unwrap().expose_secret().to_owned()
}

#[test]
fn s01_a_token_is_the_52_characters_that_its_layout_says() {
    // Made by Python's hmac and cryptography from the layout of DESIGN section 5.
    let known = "AQIDBAECA5vx-B8PcUG-kIvgIgzyDakJV5UkZyiIgu0sFwpsyr0E";
    assert_eq!(token(&keys(), &claims()), known);
    assert_eq!(verify(&keys(), known), Some(claims()));
}

#[test]
fn s01_every_flipped_bit_and_every_changed_byte_is_refused() {
    let keys = keys();
    let whole = BASE64URL_NOPAD.decode(token(&keys, &claims()).as_bytes()).unwrap();
    for at in 0..whole.len() {
        for change in 1..=255 {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            let changed = BASE64URL_NOPAD.encode(&bytes);
            assert_eq!(verify(&keys, &changed), None, "byte {at} by {change}");
        }
    }
}

#[test]
fn s01_every_single_character_substitution_is_refused() {
    let (keys, whole) = (keys(), token(&keys(), &claims()));
    let others = (0..=0x17f).filter_map(char::from_u32);
    for other in others {
        for at in 0..whole.len() {
            if whole[at..].starts_with(other) {
                continue;
            }
            let changed = format!("{}{other}{}", &whole[..at], &whole[at + 1..]);
            assert_eq!(verify(&keys, &changed), None, "{other:?} at {at}");
        }
    }
}

#[test]
fn s01_every_other_spelling_of_a_token_is_refused() {
    let (keys, whole) = (keys(), token(&keys(), &claims()));
    let mut spellings = vec![
        String::new(),
        whole.replace('-', "+"),
        whole.replace('_', "/"),
        whole.to_lowercase(),
        whole.to_uppercase(),
        whole.replacen('A', "\u{ff21}", 1),
        format!("{whole}{whole}"),
    ];
    for more in ["=", "==", "A", " ", "\n", "\r\n", "\t", "\0", "\u{feff}"] {
        for at in 0..=whole.len() {
            spellings.push(format!("{}{more}{}", &whole[..at], &whole[at..]));
        }
    }
    for at in 0..whole.len() {
        spellings.push(whole[..at].to_owned());
        spellings.push(whole[at..][1..].to_owned());
        for last in ["=", " ", "\n"] {
            spellings.push(format!("{}{last}", &whole[..at]));
        }
    }
    spellings.retain(|spelling| *spelling != whole);
    assert!(spellings.len() > 600);
    for spelling in spellings {
        assert_eq!(verify(&keys, &spelling), None, "{spelling:?}");
    }
}

#[test]
fn s01_the_last_character_holds_no_spare_bits() {
    let (keys, whole) = (keys(), token(&keys(), &claims()));
    let stem = &whole[..whole.len() - 1];
    let good =
        ALPHABET.chars().filter(|last| verify(&keys, &format!("{stem}{last}")).is_some()).count();
    assert_eq!(good, 1);
}

/// A token that verifies says its claims, so tokens of different claims cannot be alike, however
/// many; what could repeat is the MAC, and this many show that it does not.
#[test]
fn s01_a_hundred_thousand_tokens_say_their_own_claims_and_repeat_no_mac() {
    let keys = keys();
    let mut macs: Vec<[u8; 21]> = (0..100_000_u128)
        .map(|id| {
            let claims = Claims { id: id.to_be_bytes(), ..claims() };
            let token = token(&keys, &claims);
            assert_eq!(verify(&keys, &token), Some(claims));
            // The last 21 characters lie within the MAC.
            *token.as_bytes().last_chunk().unwrap()
        })
        .collect();
    macs.sort_unstable();
    assert!(macs.is_sorted_by(|a, b| a < b));
}

#[test]
fn s04_purposes_channels_generations_and_ids_come_back_as_issued() {
    let keys = keys();
    let mut seen = HashSet::new();
    for purpose in 0..=255 {
        for channel in [0, 1, 2, 255] {
            for generation in [0, 1, 256, 65_536, GENERATION_MAX] {
                let claims = Claims { purpose, channel, generation, id: [purpose; 16] };
                let token = token(&keys, &claims);
                assert_eq!(token.len(), 52);
                assert_eq!(verify(&keys, &token), Some(claims));
                assert!(seen.insert(token));
            }
        }
    }
}

#[test]
fn a_generation_that_does_not_fit_makes_no_token() {
    for generation in [GENERATION_MAX + 1, u32::MAX] {
        let claims = Claims { generation, ..claims() };
        assert!(issue(&keys(), &claims).is_none());
    }
}

#[test]
fn the_id_does_not_show_in_the_token() {
    let bytes = BASE64URL_NOPAD.decode(token(&keys(), &claims()).as_bytes()).unwrap();
    assert!(bytes.windows(4).all(|w| w != &claims().id[4..8]));
}

#[test]
fn a_rotated_key_still_verifies_and_a_retired_one_does_not() {
    let before = TokenKeys::new(&[OLD], 1, &ID_KEY).unwrap();
    let after = TokenKeys::new(&[NEW], 2, &ID_KEY).unwrap();
    let old = token(&before, &claims());
    assert_eq!(verify(&keys(), &old), Some(claims()));
    assert_eq!(verify(&after, &old), None);
    assert_ne!(token(&keys(), &claims()), old);
}

#[test]
fn a_token_of_another_store_is_refused() {
    let other = TokenKeys::new(&[(2, [3; 32])], 2, &ID_KEY).unwrap();
    assert_eq!(verify(&other, &token(&keys(), &claims())), None);
}

#[test]
fn a_ring_without_its_current_key_or_with_a_number_twice_makes_no_keys() {
    assert!(TokenKeys::new(&[], 1, &ID_KEY).is_none());
    assert!(TokenKeys::new(&[OLD], 2, &ID_KEY).is_none());
    assert!(TokenKeys::new(&[OLD, NEW, (1, [3; 32])], 2, &ID_KEY).is_none());
}
