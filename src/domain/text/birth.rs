//! Dates of birth, as far as they are known.

use super::{Reason, redacted_text};
use chrono::{Datelike, NaiveDate};

const YEARS: std::ops::RangeInclusive<i32> = 1850..=2200;

redacted_text! {
    /// A date of birth of the years 1850 to 2200: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    ///
    /// Dates order by time; a partial one comes before the fuller ones that begin with it.
    BirthDate
}

impl BirthDate {
    /// Parses a date that may be partial. Only the three forms above are dates.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        if text.is_empty() {
            return Err(Reason::Empty);
        }
        let first_day = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            10 => text.to_owned(),
            _ => return Err(Reason::NotADate),
        };
        let date = day(&first_day).ok_or(Reason::NotADate)?;
        if !YEARS.contains(&date.year()) {
            return Err(Reason::NotInRange);
        }
        Ok(Self(text.to_owned()))
    }

    /// Gives the day, if it is known.
    pub fn day(&self) -> Option<NaiveDate> {
        day(&self.0)
    }

    /// Counts the full years on a date, if the day of birth is known and has come.
    ///
    /// Who is born on 29 February turns a year older on 1 March of other years.
    pub fn age_on(&self, date: NaiveDate) -> Option<u32> {
        date.years_since(self.day()?)
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    // The calendar's own parser would also take signs, spaces and single digits.
    let in_form = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    in_form.then(|| text.parse().ok()).flatten()
}
