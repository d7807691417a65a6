//! Languages, time zones and postal addresses.

use super::{Line, Reason, redacted_text};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

const ADDRESS_LINES_MAX: usize = 6;

redacted_text! {
    /// A language tag of BCP 47 in canonical case: `language[-Script][-REGION]`.
    ///
    /// The form is checked, not whether such a language exists.
    Locale
}

impl Locale {
    /// Parses a tag in any case.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        if text.is_empty() {
            return Err(Reason::Empty);
        }
        let mut parts = text.split('-').peekable();
        let language = parts.next().filter(|p| letters(p, 2..=3)).ok_or(Reason::UnknownLocale)?;
        let mut canonical = language.to_ascii_lowercase();
        if let Some(script) = parts.next_if(|p| letters(p, 4..=4)) {
            let (first, rest) = script.split_at(1);
            canonical.push('-');
            canonical.push_str(&first.to_ascii_uppercase());
            canonical.push_str(&rest.to_ascii_lowercase());
        }
        if let Some(region) = parts.next_if(|p| letters(p, 2..=2) || is_area_number(p)) {
            canonical.push('-');
            canonical.push_str(&region.to_ascii_uppercase());
        }
        match parts.next() {
            Some(_) => Err(Reason::UnknownLocale),
            None => Ok(Self(canonical)),
        }
    }

    /// Shows the language alone, such as `en`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

fn letters(part: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
}

fn is_area_number(part: &str) -> bool {
    part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit())
}

/// A time zone of the IANA database, by its exact name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(Tz);

impl Zone {
    /// Parses a name such as `Europe/Berlin`.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        if text.is_empty() {
            return Err(Reason::Empty);
        }
        text.parse().map(Self).map_err(|_| Reason::UnknownZone)
    }

    /// Shows the name.
    pub fn as_str(&self) -> &'static str {
        self.0.name()
    }

    /// Gives the zone's rules, for reckoning local times.
    pub fn rules(self) -> Tz {
        self.0
    }
}

impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        super::characters::redact(f, "Zone", self.as_str())
    }
}

/// A postal address in parts, as a whole, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street, house and the like, at most 6 lines.
    pub lines: Vec<Line>,
    /// City, town or village.
    pub city: Option<Line>,
    /// District or county.
    pub district: Option<Line>,
    /// State, province or prefecture.
    pub state: Option<Line>,
    /// Postal code.
    pub postal_code: Option<Line>,
    /// Country, as its name or code.
    pub country: Option<Line>,
    /// The whole address in one line.
    pub text: Option<Line>,
}

impl Address {
    /// Passes the address on if something is in it and it has at most 6 lines.
    pub fn checked(self) -> Result<Self, Reason> {
        let parts =
            [&self.city, &self.district, &self.state, &self.postal_code, &self.country, &self.text];
        if self.lines.is_empty() && parts.iter().all(|part| part.is_none()) {
            return Err(Reason::Empty);
        }
        if self.lines.len() > ADDRESS_LINES_MAX {
            return Err(Reason::TooMany { max: ADDRESS_LINES_MAX });
        }
        Ok(self)
    }
}
