//! Where links in messages lead: templates with a place for a token, and the origins they may have.

use super::characters::{permit, require_length};
use super::{Reason, redacted_text};
use url::{Host, Url};

const LINK_MAX: usize = 1_000;
const ORIGINS_MAX: usize = 100;
const PLACE: &str = "{token}";
/// Stands for the token while the address is parsed: the parser keeps letters as they are.
const STAND_IN: &str = "theplaceofthetoken";

redacted_text! {
    /// An https address of at most 1,000 characters with `{token}` once, after the host.
    ///
    /// It is kept as the browsers' parser writes it: host in lower case and punycode, no default
    /// port, no `..` in the path. So no two readers see different hosts in it.
    LinkTemplate
}

impl LinkTemplate {
    /// Parses an https template.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        Self::parse_with(text, parse_public)
    }

    /// Parses an https template, or one of `http://localhost[:port]`, for test stores.
    pub fn parse_allowing_local(text: &str) -> Result<Self, Reason> {
        Self::parse_with(text, parse_public_or_local)
    }

    fn parse_with(text: &str, parse: fn(&str) -> Result<Url, Reason>) -> Result<Self, Reason> {
        require_length(text, LINK_MAX)?;
        let (before, after) = text.split_once(PLACE).ok_or(Reason::NotATemplate)?;
        if [before, after].iter().any(|s| s.contains(['{', '}']) || s.contains(STAND_IN)) {
            return Err(Reason::NotATemplate);
        }
        let url = parse(&format!("{before}{STAND_IN}{after}"))?;
        if url.host_str().is_none_or(|host| host.contains(STAND_IN)) {
            return Err(Reason::NotATemplate);
        }
        // A path such as `/{token}/../` loses its token.
        let template = url.as_str().replace(STAND_IN, PLACE);
        if template.matches(PLACE).count() != 1 {
            return Err(Reason::NotATemplate);
        }
        require_length(&template, LINK_MAX)?;
        Ok(Self(template))
    }

    /// Writes the link for a token, which must be base64url: it goes in as it is.
    pub fn fill(&self, token: &str) -> String {
        self.0.replacen(PLACE, token, 1)
    }

    /// Shows scheme, host and any port that is not the scheme's own.
    pub fn origin(&self) -> &str {
        let end = self.0.match_indices('/').nth(2).map(|(at, _)| at);
        end.and_then(|end| self.0.get(..end)).unwrap_or(&self.0)
    }
}

/// The origins that links may lead to, at most 100. An empty list permits none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowList {
    origins: Vec<Origin>,
}

redacted_text! {
    /// Scheme, host and any port that is not the scheme's own.
    Origin
}

impl AllowList {
    /// Parses origins such as `https://portal.example.org` or `https://portal.example.org:8443`.
    pub fn parse(origins: &[&str]) -> Result<Self, Reason> {
        Self::parse_with(origins, parse_public)
    }

    /// Parses origins among which `http://localhost[:port]` may be, for test stores.
    pub fn parse_allowing_local(origins: &[&str]) -> Result<Self, Reason> {
        Self::parse_with(origins, parse_public_or_local)
    }

    fn parse_with(
        origins: &[&str],
        parse: fn(&str) -> Result<Url, Reason>,
    ) -> Result<Self, Reason> {
        if origins.len() > ORIGINS_MAX {
            return Err(Reason::TooMany { max: ORIGINS_MAX });
        }
        let origin = |text: &&str| {
            let url = parse(text)?;
            if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
                return Err(Reason::NotAnOrigin);
            }
            Ok(Origin(url.origin().ascii_serialization()))
        };
        Ok(Self { origins: origins.iter().map(origin).collect::<Result<_, _>>()? })
    }

    /// Says whether a template's origin is on the list.
    pub fn permits(&self, template: &LinkTemplate) -> bool {
        self.origins.iter().any(|origin| origin.as_str() == template.origin())
    }

    /// Says whether a web address has an origin on the list.
    pub fn permits_address(&self, address: &str) -> bool {
        parse_public_or_local(address).is_ok_and(|url| {
            let found = url.origin().ascii_serialization();
            self.origins.iter().any(|origin| origin.as_str() == found)
        })
    }
}

fn parse_public(text: &str) -> Result<Url, Reason> {
    let url = parse_url(text)?;
    if url.scheme() == "https" { Ok(url) } else { Err(Reason::NotHttps) }
}

fn parse_public_or_local(text: &str) -> Result<Url, Reason> {
    let url = parse_url(text)?;
    let is_local = url.scheme() == "http" && url.host() == Some(Host::Domain("localhost"));
    if url.scheme() == "https" || is_local { Ok(url) } else { Err(Reason::NotHttps) }
}

fn parse_url(text: &str) -> Result<Url, Reason> {
    require_length(text, LINK_MAX)?;
    text.chars().try_for_each(permit)?;
    if text.chars().any(char::is_whitespace) {
        return Err(Reason::WhiteSpace);
    }
    let url = Url::parse(text).map_err(|_| Reason::NotALink)?;
    // The parser lets signs such as `*` through, which no certificate's host has.
    let is_host = match url.host() {
        Some(Host::Domain(name)) => {
            name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
        }
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    };
    let is_plain = url.username().is_empty() && url.password().is_none();
    if is_host && is_plain { Ok(url) } else { Err(Reason::NotALink) }
}
