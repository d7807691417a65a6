//! Names to sign in with.

use super::Reason;
use super::characters::{fold, is_white_space, permit, redact, require_length};
use serde::{Deserialize, Serialize};

const MIN: usize = 3;
const MAX: usize = 100;

/// A name to sign in with: 3 to 100 characters without white space, typed and canonical alike.
///
/// It may look like an e-mail address. Two names are the same when their canonical forms are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Username {
    typed: String,
    // Kept on file, not made again on loading: unique facts are keyed by it. None where it
    // equals what was typed.
    canonical: Option<String>,
}

impl Username {
    /// Parses a name.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        require(text)?;
        let canonical = fold(text);
        // Folding can shorten a name, and can take a space out of a single character.
        require(&canonical)?;
        Ok(Self { typed: text.to_owned(), canonical: Some(canonical).filter(|c| c != text) })
    }

    /// Shows the name exactly as typed.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// Shows the form that identifies the name: NFKC, case folded, without invisible characters.
    pub fn canonical(&self) -> &str {
        self.canonical.as_deref().unwrap_or(&self.typed)
    }
}

impl std::fmt::Debug for Username {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        redact(f, "Username", &self.typed)
    }
}

fn require(text: &str) -> Result<(), Reason> {
    require_length(text, MAX)?;
    text.chars().try_for_each(permit)?;
    if text.chars().any(is_white_space) {
        return Err(Reason::WhiteSpace);
    }
    if text.chars().count() < MIN {
        return Err(Reason::TooShort { min: MIN });
    }
    Ok(())
}
