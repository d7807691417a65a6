//! Newline-delimited JSON: one object a line, and a bad line never stops the rest.
//!
//! Lines end in LF or CRLF, the last one with or without. A byte order mark at the start is passed
//! over; blank lines are skipped but counted.

use std::str;

use crate::exchange::{RowError, RowErrorKind};

/// The largest row in bytes, spaces at its ends not counted. A larger one is passed over unparsed,
/// so it costs the search for its end and no more.
pub const ROW_BYTES_MAX: usize = 1 << 20;

/// The deepest nesting of objects and lists in a row. It lies below the parser's own limit of 128,
/// which stays on.
pub const DEPTH_MAX: usize = 100;

/// One row of the input: read, or refused for itself alone.
#[derive(Debug)]
pub struct Row<T> {
    /// The number of its line, or of its entry in a Bundle, from 1.
    pub line: u64,
    /// What was read, or why nothing was.
    pub result: Result<T, RowError>,
}

/// Parses each text that is small, flat and UTF-8; refuses the others.
pub(super) fn rows<'a, T>(
    texts: impl Iterator<Item = (u64, &'a [u8])>,
    parse: fn(&'a str) -> Result<T, RowError>,
) -> impl Iterator<Item = Row<T>> {
    texts.map(move |(line, bytes)| Row { line, result: checked(bytes).and_then(parse) })
}

/// Splits the input into its lines that are not blank, each with its number.
pub(super) fn lines(input: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    (1..)
        .zip(without_mark(input).split(|byte| *byte == b'\n'))
        .map(|(number, line)| (number, line.trim_ascii()))
        .filter(|(_, line)| !line.is_empty())
}

/// Passes over the UTF-8 byte order mark that spreadsheets put in front.
pub(super) fn without_mark(input: &[u8]) -> &[u8] {
    input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input)
}

fn checked(bytes: &[u8]) -> Result<&str, RowError> {
    if bytes.len() > ROW_BYTES_MAX {
        return Err(RowErrorKind::TooLarge.into());
    }
    let text = str::from_utf8(bytes).map_err(|_| RowErrorKind::NotUtf8)?;
    if is_too_deep(text) {
        return Err(RowErrorKind::TooDeep.into());
    }
    Ok(text)
}

// The parser skips unknown members without recursion, so its own limit does not see them.
fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH_MAX {
            return true;
        }
    }
    false
}
