//! The words of a message, and where the link goes in them.

/// Stands for the link while words are made; no such host can exist (RFC 2606).
pub const LINK: &str = "https://link.invalid/";

/// What a message says. It may hold a live link, so it has no `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// One line; empty where the channel has none.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML; empty where the channel has none.
    pub html: String,
}

impl Words {
    /// Fills the link in: where it is a whole word of the text, and where it is a whole `href`.
    ///
    /// The subject never gets one: subjects are shown in lists and on locked screens.
    #[must_use]
    pub fn filled(&self, link: &str) -> Self {
        let href = format!("href=\"{LINK}\"");
        let filled = format!("href=\"{}\"", escape(link));
        Self {
            subject: self.subject.clone(),
            text: in_text(&self.text, link),
            html: self.html.replace(&href, &filled),
        }
    }
}

fn in_text(text: &str, link: &str) -> String {
    let mut filled = String::with_capacity(text.len() + link.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        filled.push_str(if word == LINK { link } else { word });
        filled.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    filled
}

/// Escapes text for HTML, in elements and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
