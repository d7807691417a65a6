//! The HTML of a message: which elements, attributes and addresses it may hold.
//!
//! The list is what mail programs show alike. What runs, loads, submits, redirects or hides is
//! not on it, so a script that forgot to escape a name sends the built-in words instead.

use super::words::LINK;
use crate::domain::text::AllowList;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "title",
    "meta",
    "body",
    "div",
    "span",
    "p",
    "br",
    "hr",
    "a",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "small",
    "sub",
    "sup",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "code",
    "center",
    "img",
];
const ATTRIBUTES: &[&str] = &[
    "style",
    "class",
    "id",
    "lang",
    "dir",
    "title",
    "align",
    "valign",
    "width",
    "height",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "colspan",
    "rowspan",
    "role",
    "alt",
    "charset",
    "target",
    "rel",
    "start",
    "type",
];
const METAS: &[&str] = &["viewport", "color-scheme", "supported-color-schemes", "format-detection"];
/// What a style may not hold: each of these loads something, runs something or hides a word from
/// this list.
const STYLES_REFUSED: &[&str] =
    &["url", "image", "expression", "import", "binding", "behavior", "\\", "/*", "@"];

/// Checks the HTML of a message; `needs_link` asks for the link in an `href`.
///
/// # Errors
/// A sentence about the first thing that may not be there.
pub(super) fn check(html: &str, links: &AllowList, has_link: bool) -> Result<(), String> {
    let placed = html.matches(&format!("href=\"{LINK}\"")).count();
    if placed != html.matches("link.invalid").count() {
        return Err("the link stands alone, as href=\"{link}\" with double quotes".to_owned());
    }
    match (has_link, placed) {
        (true, 0) => return Err("the link is missing: <a href=\"{link}\">".to_owned()),
        (false, 1..) => return Err("this kind of notice has no link".to_owned()),
        _ => {}
    }
    let sink = Sink { links, text: RefCell::default(), wrong: RefCell::default() };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    // The tokenizer has no scripts to wait for: they are refused.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let Sink { text, wrong, .. } = tokenizer.sink;
    match wrong.into_inner() {
        Some(wrong) => Err(wrong),
        None => addresses(&text.into_inner(), links),
    }
}

/// Checks the addresses in plain text: mail programs make links of them.
///
/// # Errors
/// A sentence, where one leads elsewhere than the product's own pages.
pub(super) fn addresses(text: &str, links: &AllowList) -> Result<(), String> {
    let ends = |c: char| c.is_whitespace() || "<>\"'()[]{},;".contains(c);
    for word in text.split(ends) {
        let lower = word.to_ascii_lowercase();
        let is_address = lower.contains("://") || lower.starts_with("www.");
        let word = word.trim_end_matches(['.', ':', '!', '?']);
        if is_address && word != LINK && !links.permits_address(word) {
            return Err("an address leads elsewhere than the store's list of origins".to_owned());
        }
    }
    Ok(())
}

struct Sink<'a> {
    links: &'a AllowList,
    text: RefCell<String>,
    wrong: RefCell<Option<String>>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let checked = match &token {
            Token::TagToken(tag) => self.tag(tag),
            Token::CommentToken(_) => {
                Err("comments are not allowed: some programs read HTML in them".to_owned())
            }
            Token::CharacterTokens(text) => {
                self.text.borrow_mut().push_str(text);
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(wrong) = checked {
            self.wrong.borrow_mut().get_or_insert(wrong);
        }
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag && &*tag.name == "title" => {
                TokenSinkResult::RawData(RawKind::Rcdata)
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Sink<'_> {
    fn tag(&self, tag: &Tag) -> Result<(), String> {
        let name = &*tag.name;
        if !ELEMENTS.contains(&name) {
            return Err(format!("the element <{}> is not allowed", short(name)));
        }
        if tag.had_duplicate_attributes {
            return Err(format!("an attribute of <{name}> stands twice"));
        }
        for attribute in &tag.attrs {
            let (key, value) = (&*attribute.name.local, &*attribute.value);
            self.attribute(name, key, value)?;
        }
        // Words of two blocks are two words.
        self.text.borrow_mut().push(' ');
        Ok(())
    }

    fn attribute(&self, element: &str, key: &str, value: &str) -> Result<(), String> {
        let elsewhere = || {
            format!(
                "an address in <{element} {}> leads elsewhere than the store's list of origins",
                short(key)
            )
        };
        match (element, key) {
            ("a", "href") if value == LINK => Ok(()),
            ("a", "href") if is_contact(value) => Ok(()),
            ("a", "href") if self.links.permits_address(value) => Ok(()),
            ("img", "src") if self.links.permits_address(value) => Ok(()),
            ("a", "href") | ("img", "src") => Err(elsewhere()),
            ("meta", "name") if METAS.contains(&value) => Ok(()),
            ("meta", "content") => Ok(()),
            (_, "style") if !is_harmless(value) => {
                Err(format!("a style of <{element}> holds url, image, @, a comment or a backslash"))
            }
            _ if ATTRIBUTES.contains(&key) || key.starts_with("aria-") => Ok(()),
            _ => Err(format!("the attribute {} of <{element}> is not allowed", short(key))),
        }
    }
}

/// A name from the script's own text, kept short.
fn short(name: &str) -> String {
    name.chars().take(30).collect()
}

fn is_contact(address: &str) -> bool {
    let rest = address.strip_prefix("mailto:").or_else(|| address.strip_prefix("tel:"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.contains(['?', '&'])
            && rest.chars().all(|c| !c.is_control() && !c.is_whitespace())
    })
}

fn is_harmless(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    !STYLES_REFUSED.iter().any(|refused| style.contains(refused))
}
