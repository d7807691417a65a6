//! Telephone numbers, as people write them.

use super::characters::{permit, require_length};
use super::{Reason, redacted_text};

const MAX: usize = 40;
const DIGITS_MIN: usize = 3;

redacted_text! {
    /// A telephone number of 1 to 40 characters as typed, with at least 3 digits.
    ///
    /// It holds digits (full-width ones too), spaces and `+ - ( ) . / x`. Whether a network knows
    /// the number is not checked.
    Phone
}

impl Phone {
    /// Parses a number.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        require_length(text, MAX)?;
        text.chars().try_for_each(permit)?;
        let is_sign = |c| matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/' | 'x');
        if !text.chars().all(|c| is_sign(c) || digit(c).is_some()) {
            return Err(Reason::NotAPhone);
        }
        if text.chars().filter_map(digit).count() < DIGITS_MIN {
            return Err(Reason::NotAPhone);
        }
        Ok(Self(text.to_owned()))
    }

    /// Lists the digits in ASCII, for comparing and searching.
    pub fn digits(&self) -> String {
        self.0.chars().filter_map(digit).collect()
    }

    /// Hints at the number by its last two digits, as in `***67`.
    pub fn masked(&self) -> String {
        let mut digits: Vec<char> = self.0.chars().rev().filter_map(digit).take(2).collect();
        digits.reverse();
        format!("***{}", digits.into_iter().collect::<String>())
    }
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{FF10}'..='\u{FF19}' => char::from_digit(u32::from(c) - 0xFF10, 10),
        _ => None,
    }
}
