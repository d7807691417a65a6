//! Characters: which ones no text may hold, and how text is folded.
//!
//! All tables come from the ICU crates and none from the standard library, so that folded text
//! changes when those crates change and not with the compiler.

use super::Reason;
use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::CodePointSetData;
use icu_properties::props::{DefaultIgnorableCodePoint, WhiteSpace};

/// Refuses what no text of any type may hold.
pub(super) fn permit(c: char) -> Result<(), Reason> {
    match c {
        '\u{2028}' | '\u{2029}' => Err(Reason::ControlCharacter),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Err(Reason::DirectionOverride),
        '\u{FDD0}'..='\u{FDEF}' => Err(Reason::NotACharacter),
        _ if c.is_control() => Err(Reason::ControlCharacter),
        _ if u32::from(c) & 0xFFFE == 0xFFFE => Err(Reason::NotACharacter),
        _ => Ok(()),
    }
}

/// Refuses a text of no or too many characters.
pub(super) fn require_length(text: &str, max: usize) -> Result<(), Reason> {
    if text.is_empty() {
        return Err(Reason::Empty);
    }
    // Stops counting one past the limit: the text may be of any size.
    if text.chars().take(max + 1).count() > max {
        return Err(Reason::TooLong { max });
    }
    Ok(())
}

/// Refuses a text in which nothing can be seen.
pub(super) fn require_visible(text: &str) -> Result<(), Reason> {
    if text.chars().all(|c| is_white_space(c) || is_invisible(c)) {
        return Err(Reason::Empty);
    }
    Ok(())
}

pub(super) fn is_white_space(c: char) -> bool {
    CodePointSetData::new::<WhiteSpace>().contains(c)
}

/// Says whether a character is normally shown as nothing at all, such as a joiner.
pub(super) fn is_invisible(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Composes without changing what is seen.
pub(super) fn nfc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}

/// Folds case and compatibility forms and drops invisible characters (Unicode's NFKC_Casefold).
pub(super) fn fold(text: &str) -> String {
    // In ASCII only capitals fold, and most names are ASCII.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    fold_by_tables(text)
}

fn fold_by_tables(text: &str) -> String {
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
    let plain = nfkd.normalize(text);
    let folded = CaseMapper::new().fold_string(&plain).into_owned();
    let visible: String = folded.chars().filter(|c| !is_invisible(*c)).collect();
    ComposingNormalizerBorrowed::new_nfkc().normalize(&visible).into_owned()
}

/// Makes a text type out of one string: the struct, its view and its silent `Debug`.
macro_rules! redacted_text {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Shows the text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::domain::text::characters::redact(f, stringify!($name), &self.0)
            }
        }
    };
}
pub(super) use redacted_text;

/// Writes the name of a type and how many characters it holds.
pub(super) fn redact(f: &mut std::fmt::Formatter<'_>, name: &str, text: &str) -> std::fmt::Result {
    write!(f, "{name}({})", text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_folds_as_the_tables_say() {
        let ascii: String = ('\0'..='\x7f').collect();
        assert_eq!(fold(&ascii), fold_by_tables(&ascii));
    }
}
