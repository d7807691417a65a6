//! Free text: a line, a paragraph, and the host's own keys.

use super::characters::{permit, require_length, require_visible};
use super::{Reason, redacted_text};

const LINE_MAX: usize = 200;
const PARAGRAPH_MAX: usize = 2_000;
const EXTERNAL_ID_MAX: usize = 255;
const IDEMPOTENCY_KEY_MAX: usize = 128;

redacted_text! {
    /// One line of 1 to 200 characters, kept exactly as typed.
    ///
    /// Direction marks and joiners are allowed, since names need them; controls, line breaks and
    /// direction overrides are not. Nothing is trimmed, but something must be visible.
    Line
}

redacted_text! {
    /// Text of 1 to 2,000 characters, kept exactly as typed: a [`Line`] with tabs and line breaks.
    Paragraph
}

redacted_text! {
    /// The host's own key for a thing: 1 to 255 characters under the rules of [`Line`].
    ExternalId
}

redacted_text! {
    /// The name of one request, so that it acts once: 1 to 128 visible ASCII characters.
    IdempotencyKey
}

impl Line {
    /// Parses one line.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        one_line(text, LINE_MAX).map(Self)
    }
}

impl Paragraph {
    /// Parses text whose lines end in LF or CR LF.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        require_prose(text, PARAGRAPH_MAX)?;
        Ok(Self(text.to_owned()))
    }
}

/// Holds that text has lines that end in LF or CR LF, no other controls, and something to see.
pub fn require_prose(text: &str, max: usize) -> Result<(), Reason> {
    require_length(text, max)?;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' | '\t' => {}
            '\r' if rest.peek() == Some(&'\n') => {}
            _ => permit(c)?,
        }
    }
    require_visible(text)
}

impl ExternalId {
    /// Parses a host's key.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        one_line(text, EXTERNAL_ID_MAX).map(Self)
    }
}

impl IdempotencyKey {
    /// Parses the name of a request.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        require_length(text, IDEMPOTENCY_KEY_MAX)?;
        if !text.chars().all(|c| c.is_ascii_graphic()) {
            return Err(Reason::NotVisibleAscii);
        }
        Ok(Self(text.to_owned()))
    }
}

fn one_line(text: &str, max: usize) -> Result<String, Reason> {
    require_length(text, max)?;
    text.chars().try_for_each(permit)?;
    require_visible(text)?;
    Ok(text.to_owned())
}
