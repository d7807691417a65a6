//! The warning that stands in every security notice, whatever a script says (RULES S49).

use super::facts::{Facts, Practice};
use super::words::escape;
use crate::domain::message::Kind;
use crate::domain::text::Locale;

/// What the recipient of a security notice does about it, in Spanish or else in English; None for
/// any other kind.
pub fn line(kind: Kind, practice: &Practice, locale: &Locale) -> Option<String> {
    if !kind.is_security() {
        return None;
    }
    let name = practice.name.as_str();
    let is_spanish = locale.as_str().split('-').next() == Some("es");
    let (start, or) = if is_spanish {
        (format!("Si no ha sido usted, avise a {name} de inmediato"), " o ")
    } else {
        (format!("If this was not you, contact {name} at once"), " or ")
    };
    let email = practice.support_email.as_ref().map(|email| email.mailbox());
    let phone = practice.support_phone.as_ref().map(|phone| phone.as_str());
    let ways: Vec<&str> = email.into_iter().chain(phone).collect();
    Some(if ways.is_empty() { format!("{start}.") } else { format!("{start}: {}.", ways.join(or)) })
}

/// The text with the warning in it.
pub fn in_text(facts: &Facts, text: String) -> String {
    match &facts.warning {
        Some(warning) if !text.contains(warning.as_str()) => {
            format!("{}\n\n{warning}\n", text.trim_end())
        }
        _ => text,
    }
}

/// The HTML with the warning in it, before the end of its body.
pub fn in_html(facts: &Facts, html: String) -> String {
    let Some(warning) = facts.warning.as_deref().map(escape) else { return html };
    if html.is_empty() || html.contains(&warning) {
        return html;
    }
    let paragraph = format!("<p>{warning}</p>\n");
    let lower = html.to_ascii_lowercase();
    let at = lower.rfind("</body").or_else(|| lower.rfind("</html")).unwrap_or(html.len());
    let (before, after) = html.split_at(at);
    format!("{before}{paragraph}{after}")
}
