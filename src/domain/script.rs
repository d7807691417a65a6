//! What a product scripts: the sources of a set, the hooks in them, and which version speaks.

use super::actor::Who;
use super::id::{PracticeId, ScriptSetId};
use super::text::Reason;
use super::time::Timestamp;
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

/// What spoke: every message and verdict names it, such as `product-3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
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

const BUILT_IN: &str = "builtin-en-1";
const FACTS: &str = "facts";

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl TryFrom<String> for Version {
    type Error = Reason;

    fn try_from(text: String) -> Result<Self, Reason> {
        match text.as_str() {
            BUILT_IN => return Ok(Self::BuiltIn),
            FACTS => return Ok(Self::Facts),
            _ => {}
        }
        let (owner, number) = text.split_once('-').ok_or(Reason::Unknown)?;
        let number = number.parse().map_err(|_| Reason::Unknown)?;
        let owner = [Owner::Product, Owner::Practice].into_iter().find(|it| it.word() == owner);
        Ok(Self::Script { owner: owner.ok_or(Reason::Unknown)?, number })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str(BUILT_IN),
            Self::Facts => f.write_str(FACTS),
            Self::Script { owner, number } => write!(f, "{}-{number}", owner.word()),
        }
    }
}

/// A version of a product's or a practice's scripts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptSet {
    /// Its id.
    pub id: ScriptSetId,
    /// The practice whose it is; None for the product's.
    pub practice: Option<PracticeId>,
    /// Counted from 1 for each owner.
    pub number: u32,
    /// Its scripts.
    pub scripts: Vec<Script>,
    /// Which script has which hook.
    pub hooks: Vec<(Hook, u8)>,
    /// SHA-256 over names and sources.
    pub digest: [u8; 32],
    /// Who installed it.
    pub installed_by: Who,
    /// When.
    pub installed_at: Timestamp,
}

impl ScriptSet {
    /// What its messages and verdicts name.
    pub fn version(&self) -> Version {
        let owner = if self.practice.is_some() { Owner::Practice } else { Owner::Product };
        Version::Script { owner, number: self.number }
    }
}

/// Which version of an owner's scripts speaks, and for which hooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InForce {
    /// The set.
    pub set: ScriptSetId,
    /// Its version.
    pub version: Version,
    /// The hooks that it has.
    pub hooks: Vec<Hook>,
}
