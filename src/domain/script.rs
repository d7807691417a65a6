//! What a product scripts: the sources of a set, the hooks in them, and which version speaks.

use super::text::Reason;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The largest source, in bytes: a larger one costs the compiler time that no limit bounds.
pub const SOURCE_MAX: usize = 64 << 10;
/// The largest set, in bytes.
pub const SET_MAX: usize = 512 << 10;
/// The most scripts that a set has.
pub const SCRIPTS_MAX: usize = 64;
/// How many versions of a set are kept to go back to; the oldest goes first.
pub const VERSIONS_KEPT: usize = 20;
const NAME_MAX: usize = 64;

/// What a script is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hook {
    /// The words of a notice.
    Notification,
    /// Whether something may be deleted.
    Deletion,
    /// Whether someone may be invited.
    Invitation,
}

impl Hook {
    /// All hooks.
    pub const ALL: [Self; 3] = [Self::Notification, Self::Deletion, Self::Invitation];

    /// The name of its function in the table that a script returns.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Notification => "notification",
            Self::Deletion => "deletion",
            Self::Invitation => "invitation",
        }
    }

    /// Finds a hook by its name.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hook| hook.word() == word)
    }
}

/// The name of a script, as its errors show it: 1 to 64 letters, digits and the signs `. _ -`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ScriptName(String);

impl ScriptName {
    /// Parses a name such as `notices.lua`.
    ///
    /// # Errors
    /// `Empty`, `TooLong` or `NotAName`.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let is_sign = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        match text.len() {
            0 => Err(Reason::Empty),
            len if len > NAME_MAX => Err(Reason::TooLong { max: NAME_MAX }),
            _ if text.bytes().all(is_sign) => Ok(Self(text.to_owned())),
            _ => Err(Reason::NotAName),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One script.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// What its errors call it.
    pub name: ScriptName,
    /// Its source.
    pub source: String,
}

/// Holds that scripts fit into one set: their number, their sizes, each name once.
///
/// # Errors
/// `Missing`, `TooMany`, `TooLong` or `Excluded`.
pub fn require_fit(scripts: &[Script]) -> Result<(), Reason> {
    if scripts.is_empty() {
        return Err(Reason::Missing);
    }
    if scripts.len() > SCRIPTS_MAX {
        return Err(Reason::TooMany { max: SCRIPTS_MAX });
    }
    if scripts.iter().any(|script| script.source.len() > SOURCE_MAX) {
        return Err(Reason::TooLong { max: SOURCE_MAX });
    }
    if scripts.iter().map(|script| script.source.len()).sum::<usize>() > SET_MAX {
        return Err(Reason::TooLong { max: SET_MAX });
    }
    let mut names: Vec<_> = scripts.iter().map(|script| &script.name).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() == scripts.len() { Ok(()) } else { Err(Reason::Excluded) }
}

/// Whose a set is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The product's: it holds in every practice.
    Product,
    /// A practice's own: its hooks come before the product's.
    Practice,
}

impl Owner {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Practice => "practice",
        }
    }
}

/// What spoke: every message and verdict names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Version {
    /// The library's own words or rules.
    BuiltIn,
    /// The host made the words itself, of facts.
    Facts,
    /// A version of a script set.
    Script {
        /// Whose.
        owner: Owner,
        /// Which, counted from 1 for each owner.
        number: u32,
    },
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("builtin-en-1"),
            Self::Facts => f.write_str("facts"),
            Self::Script { owner, number } => write!(f, "{}-{number}", owner.word()),
        }
    }
}
