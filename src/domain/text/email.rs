//! E-mail addresses: as typed for the mail, canonical for comparing.

use super::Reason;
use super::characters::{is_invisible, is_white_space, nfc, permit, redact, require_length};
use email_address::{EmailAddress, Options};
use icu_casemap::CaseMapper;
use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use serde::{Deserialize, Serialize};

/// The longest address that fits the path of RFC 5321.
const BYTES_MAX: usize = 254;

/// An e-mail address of at most 254 bytes, with a domain of at least two labels.
///
/// Two addresses are the same mailbox when their canonical forms are equal. Comments, address
/// literals and numeric top-level domains are refused.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Email {
    typed: String,
    // Kept on file, not made again on loading: unique facts are keyed by it. None where it
    // equals what was typed, as it nearly always does.
    canonical: Option<String>,
}

impl Email {
    /// Parses an address. White space around it is kept as typed, and counts for nothing.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        require_length(text, BYTES_MAX)?;
        text.chars().try_for_each(permit)?;
        let mailbox = text.trim_matches(is_white_space);
        if mailbox.is_empty() {
            return Err(Reason::Empty);
        }
        let (local, domain) = mailbox.rsplit_once('@').ok_or(Reason::NotAnAddress)?;
        let canonical = format!("{}@{}", fold_local(local)?, fold_domain(domain)?);
        if canonical.len() > BYTES_MAX {
            return Err(Reason::TooLong { max: BYTES_MAX });
        }
        let strict =
            Options::default().with_required_tld().without_domain_literal().without_display_text();
        EmailAddress::parse_with_options(&canonical, strict).map_err(|_| Reason::NotAnAddress)?;
        Ok(Self { typed: text.to_owned(), canonical: Some(canonical).filter(|c| c != text) })
    }

    /// Shows the address exactly as typed.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// Shows the address as typed without white space around it: where mail is sent.
    pub fn mailbox(&self) -> &str {
        self.typed.trim_matches(is_white_space)
    }

    /// Shows the form that identifies the mailbox: trimmed, NFC, the local part in lower case,
    /// the domain in lower case and punycode.
    ///
    /// Lower case is Unicode's simple case folding, which needs no language and no context.
    /// Dots and tags in the local part count: whose they are is the mail server's business.
    pub fn canonical(&self) -> &str {
        self.canonical.as_deref().unwrap_or(&self.typed)
    }

    /// Shows the part before the `@`, in canonical form.
    pub fn local_part(&self) -> &str {
        self.parts().0
    }

    /// Hints at the address without telling it, as in `g***@e***.org`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.parts();
        let (name, top_level) = domain.rsplit_once('.').unwrap_or((domain, ""));
        // Punycode would show every foreign domain as an "x".
        let (name, _) =
            Uts46::new().to_unicode(name.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow);
        format!("{}***@{}***.{top_level}", first(local), first(&name))
    }

    fn parts(&self) -> (&str, &str) {
        self.canonical().rsplit_once('@').unwrap_or_default()
    }
}

impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        redact(f, "Email", &self.typed)
    }
}

fn fold_local(local: &str) -> Result<String, Reason> {
    // A quoted local part may hold a plain space; nothing else that looks like none is of use.
    if local.chars().any(|c| is_invisible(c) || (c != ' ' && is_white_space(c))) {
        return Err(Reason::NotAnAddress);
    }
    let mapper = CaseMapper::new();
    let folded: String = nfc(local).chars().map(|c| mapper.simple_fold(c)).collect();
    Ok(nfc(&folded))
}

fn fold_domain(domain: &str) -> Result<String, Reason> {
    let ascii = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .map_err(|_| Reason::NotAnAddress)?;
    let top_level = ascii.rsplit('.').next().unwrap_or_default();
    if top_level.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Reason::NotAnAddress);
    }
    Ok(ascii.into_owned())
}

fn first(text: &str) -> String {
    text.chars().take(1).collect()
}
