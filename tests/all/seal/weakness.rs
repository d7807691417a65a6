//! RULES S37, S39, S40 and S41.

use admit::seal::password::{Password, Policy, Weakness, check};
use sha2::{Digest, Sha256};

const COMMON: &[u8] = include_bytes!("../../../src/seal/password/common.bin");

fn judge(text: &str, policy: Policy, context: &[&str]) -> Result<(), Weakness> {
    check(&Password::parse(text)?, &policy, context)
}

fn alone(text: &str) -> Result<(), Weakness> {
    judge(text, Policy::ONLY_FACTOR, &[])
}

#[test]
fn s37_15_characters_are_needed_alone_and_8_beside_a_second_factor() {
    let too_short = |min| Err(Weakness::TooShort { min });
    assert_eq!(alone("kQ7-vzu ePw3mX"), too_short(15));
    assert_eq!(alone("kQ7-vzu ePw3mXj"), Ok(()));
    let beside = Policy::WITH_SECOND_FACTOR;
    assert_eq!(judge("kQ7-vzu", beside, &[]), too_short(8));
    assert_eq!(judge("kQ7-vzuw", beside, &[]), Ok(()));
    assert_eq!(judge("", beside, &[]), too_short(8));
}

#[test]
fn s39_length_counts_code_points_and_no_spelling_lengthens_a_password() {
    let fourteen = Err(Weakness::TooShort { min: 15 });
    assert_eq!(
        alone(
            "\u{6f22}\u{3a9}\u{1d11e}\u{416} \u{5d0}\u{e9}\u{df}\u{4e09}\u{11f}\u{639} \u{41a}\u{7df}\u{3042}"
        ),
        Ok(())
    );
    assert_eq!(
        alone(
            "\u{6f22}\u{3a9}\u{1d11e}\u{416} \u{5d0}\u{e9}\u{df}\u{4e09}\u{11f}\u{639} \u{41a}\u{7df}"
        ),
        fourteen
    );
    assert_eq!(alone("kQ7-vzu ePw3me\u{301}"), fourteen);
    assert_eq!(alone("kQ7-vz \u{fdfa}"), fourteen);
}

#[test]
fn s40_no_kind_of_character_is_demanded() {
    for text in [
        "correct horse battery staple",
        "tomato bicycle lamp",
        "kayak river stone",
        "gkwxqzvtpjrmhbd",
        "928374650192837",
        "GKWXQZVTPJRMHBD",
        "               x k v  q",
    ] {
        assert_eq!(alone(text), Ok(()), "{text}");
    }
}

#[test]
fn s41_repeats_runs_and_common_passwords_are_refused_by_name() {
    for text in [
        "aaaaaaaaaaaaaaa",
        "123456789012345",
        "passwordpassword",
        "PasswordPassword",
        "P@ssw0rdP@ssw0rd",
        "qwertyuiopasdfghjkl",
        "1qaz2wsx3edc4rfv",
        "abcdefghijklmnop",
        "iloveyouforever",
        "letmeinletmeinletmein",
        "abcabcabcabcabcabc",
        "111222333444555",
    ] {
        assert_eq!(alone(text), Err(Weakness::Common), "{text}");
        let wide: String = text.chars().filter_map(|c| char::from_u32(c as u32 + 0xfee0)).collect();
        assert_eq!(alone(&wide), Err(Weakness::Common), "{wide}");
    }
    for text in ["password", "12345678", "sunshine1", "Football", "trustno1"] {
        let verdict = judge(text, Policy::WITH_SECOND_FACTOR, &[]);
        assert_eq!(verdict, Err(Weakness::Common), "{text}");
    }
}

#[test]
fn s41_the_list_holds_3000_sorted_digests_and_any_case_of_a_listed_password_is_refused() {
    let (digests, rest) = COMMON.as_chunks::<8>();
    assert!(rest.is_empty());
    assert_eq!(digests.len(), 3_000);
    assert!(digests.is_sorted_by(|a, b| a < b));
    // Listed, though an estimate of guesses alone would take them for random.
    for text in ["hd764nw5d7e1vb1", "HD764nw5d7e1VB1", "nemvxyheqdd5oqxyxyzi"] {
        let digest = Sha256::digest(text.to_lowercase());
        assert!(digests.iter().any(|known| known[..] == digest[..8]));
        assert_eq!(alone(text), Err(Weakness::Common), "{text}");
    }
    assert_eq!(alone("hd764nw5d7e1vb2"), Ok(()));
}

#[test]
fn s41_a_password_that_is_little_more_than_context_words_is_refused() {
    let context = ["Helle Biomesight Clinic", "Zo\u{eb} Stra\u{df}e", "anna.schmidt-42"];
    for text in [
        "biomesight12345",
        "BIOMESIGHT Clinic!",
        "Anna-Schmidt-2024",
        "annaschmidtanna",
        "schmidt schmidt schmidt",
        "helleSTRASSEanna7",
        "\u{ff22}iomesight\u{3000}anna 99",
        "b1omesightcl1nic",
        "thgisemoibthgisemoib",
    ] {
        let verdict = judge(text, Policy::ONLY_FACTOR, &context);
        assert_eq!(verdict, Err(Weakness::ContainsContext), "{text}");
    }
    let beside = judge("schmidt7", Policy::WITH_SECOND_FACTOR, &context);
    assert_eq!(beside, Err(Weakness::ContainsContext));
}

#[test]
fn s41_a_context_word_within_a_long_password_and_words_under_4_characters_are_no_harm() {
    let context = ["Bo Li", "of", "Anna", ""];
    for text in ["bo li bo kayak river", "anna keeps seven green kayaks", "gkwxqzvtanna pjrmhbd"] {
        assert_eq!(judge(text, Policy::ONLY_FACTOR, &context), Ok(()), "{text}");
    }
}

#[test]
fn s41_what_follows_the_first_32_characters_mends_nothing() {
    let padded = format!("{}gkwxqzvtpjrmhbd", "a".repeat(40));
    assert_eq!(alone(&padded), Err(Weakness::Common));
}
