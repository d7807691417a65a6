//! What may be a password: long enough, and not what a guesser tries first.
//!
//! There are no rules of composition and none of expiry (RULES S40).

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizerBorrowed;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;
use zxcvbn::zxcvbn;

/// The longest password in bytes. More is refused, never cut off (RULES S38).
pub const BYTES_MAX: usize = 1_024;

/// zxcvbn reads no further: on 100 hostile characters it takes a second, on 32 a tenth.
const JUDGED_CHARACTERS: usize = 32;

/// Fewer estimated guesses make a password common. Every one of the 3,000 most frequent passwords
/// of 8 characters or more is below; 8 random letters, at 10^8, are above.
const GUESSES_MIN: u64 = 10_000_000;

/// Shorter context words would refuse passwords by accident.
const CONTEXT_CHARACTERS_MIN: usize = 4;

/// The first 8 bytes of the SHA-256 of each of the 3,000 most frequent passwords of 15 characters
/// or more, sorted; made by `packaging/common_passwords.py`. zxcvbn knows only 31 so long.
const COMMON: &[u8] = include_bytes!("common.bin");

/// A password as it was given and as it is hashed (NFKC), wiped when dropped.
pub struct Password {
    given: SecretString,
    normal: SecretString,
}

impl Password {
    /// Takes a password, or refuses one that cannot be hashed whole.
    pub fn parse(given: &str) -> Result<Self, Weakness> {
        if given.len() > BYTES_MAX {
            return Err(Weakness::TooLong);
        }
        if given.contains('\0') {
            return Err(Weakness::ContainsNul);
        }
        let normal = ComposingNormalizerBorrowed::new_nfkc().normalize(given);
        Ok(Self { given: given.into(), normal: normal.into_owned().into() })
    }

    /// The form that is hashed.
    pub(super) fn normal(&self) -> &str {
        self.normal.expose_secret()
    }

    /// The forms that a stored hash may be of: other products did not normalise.
    pub(super) fn spellings(&self) -> impl Iterator<Item = &[u8]> {
        let given = self.given.expose_secret();
        let given = (given != self.normal()).then_some(given.as_bytes());
        std::iter::once(self.normal().as_bytes()).chain(given)
    }

    /// The fewer code points of both forms, so that neither decomposed accents nor ligatures
    /// lengthen a password.
    fn characters(&self) -> usize {
        let given = self.given.expose_secret().chars().count();
        given.min(self.normal().chars().count())
    }
}

/// How long a password must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// The fewest Unicode code points.
    pub characters_min: usize,
}

impl Policy {
    /// The policy where the password is the only factor (RULES S37).
    pub const ONLY_FACTOR: Self = Self { characters_min: 15 };
    /// The policy where the host declares a second factor (RULES S37).
    pub const WITH_SECOND_FACTOR: Self = Self { characters_min: 8 };
}

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Weakness {
    /// It has fewer characters than the policy asks for.
    #[error("a password needs at least {min} characters")]
    TooShort {
        /// The fewest characters.
        min: usize,
    },
    /// It is over 1,024 bytes.
    #[error("a password has at most 1,024 bytes")]
    TooLong,
    /// It contains a NUL, which C cannot carry.
    #[error("a password cannot contain a NUL character")]
    ContainsNul,
    /// It is among the most used passwords, or as easy to guess.
    #[error("the password is among those that are guessed first")]
    Common,
    /// It is little more than the names around it.
    #[error("the password is little more than the name of a person, clinic or product")]
    ContainsContext,
}

/// Checks a new password against a policy, the common passwords and the words around it: the
/// names of product, clinic and person, and the local part of the address (RULES S41).
pub fn check(password: &Password, policy: &Policy, context: &[&str]) -> Result<(), Weakness> {
    let min = policy.characters_min;
    if password.characters() < min {
        return Err(Weakness::TooShort { min });
    }
    let folded = Zeroizing::new(fold(password.normal()));
    if is_listed(&folded) {
        return Err(Weakness::Common);
    }
    let words = context_words(context);
    if characters_beside(&folded, &words) < min / 2 {
        return Err(Weakness::ContainsContext);
    }
    let judged: Zeroizing<String> =
        Zeroizing::new(password.normal().chars().take(JUDGED_CHARACTERS).collect());
    if guesses(&judged, &words) >= GUESSES_MIN {
        return Ok(());
    }
    if guesses(&judged, &[]) < GUESSES_MIN {
        return Err(Weakness::Common);
    }
    Err(Weakness::ContainsContext)
}

fn is_listed(folded: &str) -> bool {
    let digest = Sha256::digest(folded.as_bytes());
    let (listed, _) = COMMON.as_chunks::<8>();
    listed.binary_search_by(|known| known[..].cmp(&digest[..8])).is_ok()
}

/// The words of `context` that a password must not be made of: folded, of 4 characters or more,
/// longest first so that a word never hides a longer one.
pub fn context_words(context: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = context
        .iter()
        .map(|text| fold(&ComposingNormalizerBorrowed::new_nfkc().normalize(text)))
        .flat_map(|text| {
            text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|word| word.chars().count() >= CONTEXT_CHARACTERS_MIN)
        .collect();
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

fn characters_beside(folded: &str, words: &[String]) -> usize {
    let mut rest = Zeroizing::new(folded.to_owned());
    for word in words {
        rest = Zeroizing::new(rest.replace(word, ""));
    }
    rest.chars().count()
}

fn guesses(judged: &str, words: &[String]) -> u64 {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    zxcvbn(judged, &words).guesses()
}

fn fold(text: &str) -> String {
    CaseMapper::new().fold_string(text).into_owned()
}
