//! Facts of a client's chart that acceptance of an invitation must bring beside its link.
//!
//! They are an extra check on top of the token, never a replacement of it (RULES S42). The values
//! are kept nowhere: an invitation has keyed digests of them, or asks the host.

use super::text::{BirthDate, Line, Reason};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// After how many wrong answers a link is revoked.
pub const WRONG_MAX: u32 = 5;

/// A fact of a client's chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The date of birth.
    BirthDate,
    /// The postcode of the address.
    Postcode,
    /// The number of the practice's own record.
    RecordNumber,
}

impl Fact {
    /// All facts.
    pub const ALL: [Self; 3] = [Self::BirthDate, Self::Postcode, Self::RecordNumber];

    /// The word for it in C, JSON and errors.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BirthDate => "birth_date",
            Self::Postcode => "postcode",
            Self::RecordNumber => "record_number",
        }
    }
}

/// Facts with their values, in the form in which they are compared. Their `Debug` stays away.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<Fact, String>);

impl std::fmt::Debug for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Facts {
    /// Takes the date of birth, which must be known to the day.
    ///
    /// # Errors
    /// `NotADate`.
    pub fn born(mut self, birth: &BirthDate) -> Result<Self, Reason> {
        let day = birth.day().ok_or(Reason::NotADate)?;
        self.0.insert(Fact::BirthDate, day.to_string());
        Ok(self)
    }

    /// Takes the postcode, whatever its case and white space.
    #[must_use]
    pub fn living_at(mut self, postcode: &Line) -> Self {
        let signs = postcode.as_str().chars().filter(|sign| !sign.is_whitespace());
        self.0.insert(Fact::Postcode, signs.flat_map(char::to_uppercase).collect());
        self
    }

    /// Takes the record number, whatever its case and the white space around it.
    #[must_use]
    pub fn recorded_as(mut self, number: &Line) -> Self {
        self.0.insert(Fact::RecordNumber, number.as_str().trim().to_lowercase());
        self
    }

    /// The value of a fact, if it is given.
    pub fn get(&self, fact: Fact) -> Option<&str> {
        self.0.get(&fact).map(String::as_str)
    }

    /// Whether none is given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What an invitation asks of whoever accepts it, and how often the answer was wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// A keyed digest of each fact; None where the host confirms it.
    pub asked: BTreeMap<Fact, Option<[u8; 32]>>,
    /// How often the answer to the present link was wrong.
    pub wrong: u32,
}

impl Check {
    /// The facts that are asked.
    pub fn facts(&self) -> impl Iterator<Item = Fact> {
        self.asked.keys().copied()
    }

    /// Whether the host confirms some of them.
    pub fn asks_host(&self) -> bool {
        self.asked.values().any(Option::is_none)
    }

    /// The fact that is asked and not given.
    pub fn missing(&self, given: &Facts) -> Option<Fact> {
        self.facts().find(|fact| given.get(*fact).is_none())
    }

    /// Whether so many answers were wrong that the link is no good any more.
    pub const fn is_shut(&self) -> bool {
        self.wrong >= WRONG_MAX
    }

    /// Compares all facts that are not the host's to confirm, whichever of them differ.
    pub fn fits(&self, given: &Facts, digest: impl Fn(Fact, &str) -> [u8; 32]) -> bool {
        let own = self.asked.iter().filter_map(|(fact, digest)| Some((*fact, (*digest)?)));
        own.fold(true, |fits, (fact, kept)| {
            let is_same = given.get(fact).is_some_and(|value| digest(fact, value) == kept);
            fits & is_same
        })
    }
}
