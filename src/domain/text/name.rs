//! Names of people, in the parts that FHIR knows.

use super::{Line, Reason};
use icu_casemap::CaseMapper;
use serde::{Deserialize, Serialize};

const PARTS_MAX: usize = 8;

/// What a name is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameUse {
    /// The name the person goes by.
    Usual,
    /// The name in official papers.
    Official,
    /// The name before marriage.
    Maiden,
    /// A name among friends.
    Nickname,
    /// A name that hides who it is.
    Anonymous,
    /// A name no longer used.
    Old,
    /// A name for the time being.
    Temp,
}

/// How a name is written, where one person's name is on file in several ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    /// Nothing is said about it.
    Default,
    /// In ideographs, such as kanji.
    Ideographic,
    /// In syllables, such as kana.
    Syllabic,
    /// In letters.
    Alphabetic,
}

/// A person's name: whole, in parts, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// What the name is used for.
    #[serde(rename = "use")]
    pub use_: NameUse,
    /// How it is written.
    pub script: Script,
    /// The whole name as it should be shown.
    pub text: Option<Line>,
    /// The family name.
    pub family: Option<Line>,
    /// The given names, at most 8, first ones first.
    pub given: Vec<Line>,
    /// What stands before the name, at most 8.
    pub prefix: Vec<Line>,
    /// What stands after the name, at most 8.
    pub suffix: Vec<Line>,
}

impl PersonName {
    /// Makes a usual name that is known as a whole only.
    pub fn of_text(text: Line) -> Self {
        Self { text: Some(text), ..Self::of_parts() }
    }

    /// Makes a usual name without any part yet; it must be checked once it has some.
    pub fn of_parts() -> Self {
        Self {
            use_: NameUse::Usual,
            script: Script::Default,
            text: None,
            family: None,
            given: Vec::new(),
            prefix: Vec::new(),
            suffix: Vec::new(),
        }
    }

    /// Passes the name on if it names somebody and no list is over 8 long.
    pub fn checked(self) -> Result<Self, Reason> {
        if self.text.is_none() && self.family.is_none() && self.given.is_empty() {
            return Err(Reason::Empty);
        }
        if [&self.given, &self.prefix, &self.suffix].iter().any(|list| list.len() > PARTS_MAX) {
            return Err(Reason::TooMany { max: PARTS_MAX });
        }
        Ok(self)
    }

    /// Writes the name as it is shown: the whole text, or else given and family name and suffix.
    ///
    /// Ideographic and syllabic names have the family name first.
    pub fn display(&self) -> String {
        if let Some(text) = &self.text {
            return text.as_str().to_owned();
        }
        let mut parts = self.ordered();
        parts.extend(self.suffix.iter().map(Line::as_str));
        parts.join(" ")
    }

    /// Writes the first letters of the first and last part of the name, in upper case.
    pub fn initials(&self) -> String {
        let parts = self.ordered();
        let words: Vec<&str> = match &self.text {
            Some(text) if parts.is_empty() => text.as_str().split_whitespace().collect(),
            _ => match (self.given.first(), &self.family) {
                (Some(given), Some(family)) if self.family_first() => {
                    vec![family.as_str(), given.as_str()]
                }
                (Some(given), Some(family)) => vec![given.as_str(), family.as_str()],
                _ => parts,
            },
        };
        let last = words.last().filter(|_| words.len() > 1);
        words.first().into_iter().chain(last).filter_map(|word| initial(word)).collect()
    }

    fn ordered(&self) -> Vec<&str> {
        let given = self.given.iter().map(Line::as_str);
        let family = self.family.iter().map(Line::as_str);
        if self.family_first() {
            family.chain(given).collect()
        } else {
            given.chain(family).collect()
        }
    }

    fn family_first(&self) -> bool {
        matches!(self.script, Script::Ideographic | Script::Syllabic)
    }
}

fn initial(word: &str) -> Option<char> {
    let letter = word.chars().find(|c| c.is_alphanumeric())?;
    Some(CaseMapper::new().simple_uppercase(letter))
}
