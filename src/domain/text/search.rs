//! Keys by which people are found and put in order, blind to case, accents and kana.
//!
//! Only the first 1,000 characters of a text count. The keys are on file, so the tables behind them are part of the file's format.

use super::characters::fold;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::props::{Alphabetic, GeneralCategory, GeneralCategoryGroup, Script};
use icu_properties::{CodePointMapData, CodePointSetData};

/// The Unicode version of the tables that make these keys. Keys of another version are made anew.
pub const UNICODE_FORM: u8 = 18;

/// How much of a text counts, in characters. Every name is far shorter.
const TEXT_MAX: usize = 1_000;
const TOKENS_MAX: usize = 32;
const TOKEN_BYTES_MAX: usize = 64;
const SORT_KEY_BYTES_MAX: usize = 256;
const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

/// Lists the words by which a text is found, at most 32 of at most 64 bytes.
///
/// Each word stands as folded and once more without its marks. East Asian names have no gaps
/// between their words, so neighbouring runs are joined, and each place in a run begins a word.
/// A name with an apostrophe is found with and without it.
pub fn tokens(text: &str) -> Vec<String> {
    let folded = folded(text);
    let mut words = joined(words_of(&folded));
    if folded.contains(APOSTROPHES) {
        words.extend(joined(words_of(&folded.replace(APOSTROPHES, ""))));
    }
    let unmarked = words.iter().map(|word| without_marks(word));
    let inner = words.iter().flat_map(|word| inner_words(word));
    limited(words.iter().cloned().chain(unmarked).chain(inner))
}

/// Lists the words of a search, at most 32. A text is found when each begins one of its tokens.
///
/// A search without a word finds everything: it lists none.
pub fn query(text: &str) -> Vec<String> {
    limited(words_of(&folded(text)).into_iter())
}

/// Makes the bytes, at most 256, by which names are put in order: words folded, without marks.
pub fn sort_key(display: &str) -> Vec<u8> {
    let words: Vec<String> = words_of(&folded(display)).iter().map(|w| without_marks(w)).collect();
    truncated(words.join(" "), SORT_KEY_BYTES_MAX).into_bytes()
}

/// Folds a text and writes hiragana as katakana, which has all its letters 0x60 higher.
fn folded(text: &str) -> String {
    let katakana = |c: char| match c {
        '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309E}' => {
            char::from_u32(u32::from(c) + 0x60).unwrap_or(c)
        }
        _ => c,
    };
    let counted: String = text.chars().take(TEXT_MAX).collect();
    if counted.is_ascii() {
        return fold(&counted);
    }
    fold(&counted).chars().map(katakana).collect()
}

fn words_of(folded: &str) -> Vec<String> {
    let words = folded.split(|c| !is_word(c));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Joins neighbouring words that end and begin in East Asian script.
fn joined(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if last.ends_with(is_east_asian) && word.starts_with(is_east_asian) => {
                last.push_str(&word);
            }
            _ => joined.push(word),
        }
    }
    joined
}

fn inner_words(word: &str) -> impl Iterator<Item = String> {
    let places = word.char_indices().skip(1).filter(|(_, c)| is_east_asian(*c));
    places.filter_map(|(at, _)| word.get(at..)).map(str::to_owned)
}

fn without_marks(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize(word);
    let is_mark = |c: &char| category(*c) == GeneralCategory::NonspacingMark;
    let bare: String = apart.chars().filter(|c| !is_mark(c)).collect();
    ComposingNormalizerBorrowed::new_nfc().normalize(&bare).into_owned()
}

fn limited(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in words.map(|word| truncated(word, TOKEN_BYTES_MAX)) {
        if kept.len() == TOKENS_MAX {
            break;
        }
        if !word.is_empty() && !kept.contains(&word) {
            kept.push(word);
        }
    }
    kept
}

fn truncated(mut text: String, bytes_max: usize) -> String {
    text.truncate(text.floor_char_boundary(bytes_max));
    text
}

/// Says whether a character is part of a word: a letter, a number, or a mark on one.
fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_word_by_tables(c) }
}

fn is_word_by_tables(c: char) -> bool {
    let parts = GeneralCategoryGroup::Letter
        .union(GeneralCategoryGroup::Number)
        .union(GeneralCategoryGroup::Mark);
    CodePointSetData::new::<Alphabetic>().contains(c) || parts.contains(category(c))
}

fn is_east_asian(c: char) -> bool {
    // The sign that lengthens a kana belongs to two scripts, hence formally to none.
    c == '\u{30FC}'
        || matches!(
            CodePointMapData::<Script>::new().get(c),
            Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo
        )
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_what_the_tables_say() {
        for c in '\0'..='\x7f' {
            assert_eq!(is_word(c), is_word_by_tables(c), "{c:?}");
            assert_ne!(category(c), GeneralCategory::NonspacingMark);
            assert!(!is_east_asian(c));
        }
    }
}
