//! QR codes of links, for a page and for a terminal.
//!
//! Error correction is level M, and the quiet zone of 4 modules that readers need is part of both.

use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder, QRCode};

const QUIET_MODULES: usize = 4;

/// Why a text became no QR code. It never repeats the text, which is often a secret link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QrError {
    /// There is nothing to show.
    #[error("the text is empty; give the link to show")]
    Empty,
    /// The largest code of level M does not hold the text.
    #[error("the text is too long for a QR code, which holds 2,331 bytes; give a shorter link")]
    TooLong,
}

/// Draws the text as an SVG image: black squares on white, one unit a module, sized by its frame.
///
/// The image holds the text itself in no form but the code.
pub fn svg(text: &str) -> Result<String, QrError> {
    drawn(text, |code| SvgBuilder::default().margin(QUIET_MODULES).to_str(code))
}

/// Draws the text in half blocks, two rows of modules a line, each line ended by LF.
///
/// Light modules are inked, so it reads on a dark terminal; most readers take it inverted too.
pub fn terminal(text: &str) -> Result<String, QrError> {
    drawn(text, half_blocks)
}

fn half_blocks(code: &QRCode) -> String {
    let side = code.size + 2 * QUIET_MODULES;
    let mut drawn = String::new();
    for row in (0..side).step_by(2) {
        for column in 0..side {
            let upper = is_light(code, row, column);
            // The side is odd: below the last row there is ground, not paper.
            let lower = row + 1 < side && is_light(code, row + 1, column);
            drawn.push(match (upper, lower) {
                (true, true) => '\u{2588}',
                (true, false) => '\u{2580}',
                (false, true) => '\u{2584}',
                (false, false) => ' ',
            });
        }
        drawn.push('\n');
    }
    drawn
}

/// Draws a code where it was built: it has 31 KiB, and a small stack holds few copies of it.
fn drawn(text: &str, draw: impl FnOnce(&QRCode) -> String) -> Result<String, QrError> {
    if text.is_empty() {
        return Err(QrError::Empty);
    }
    match &QRBuilder::new(text).ecl(ECL::M).build() {
        Ok(code) => Ok(draw(code)),
        Err(_) => Err(QrError::TooLong),
    }
}

/// Says whether a module is light, counted from the corner of the quiet zone.
fn is_light(code: &QRCode, row: usize, column: usize) -> bool {
    let inside = QUIET_MODULES..QUIET_MODULES + code.size;
    !(inside.contains(&row)
        && inside.contains(&column)
        && code[row - QUIET_MODULES][column - QUIET_MODULES].value())
}
