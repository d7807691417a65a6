//! The HTML of a message: which elements, attributes and addresses it may hold.
//!
//! The list is what mail programs show alike. What runs, loads, submits, redirects or hides is
//! not on it, so a script that forgot to escape a name sends the built-in words instead.

use super::words::LINK;
use crate::domain::text::{AllowList, Reason, require_prose};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::{Cell, RefCell};

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
    &["url", "src", "image", "expression", "import", "binding", "behavior", "\\", "/*", "@"];
/// How much is tokenized at once, in bytes.
const PIECE: usize = 1 << 10;
/// How many pieces a tag may take: each attribute is compared with all before it.
const PIECES_MAX: u32 = 4;
/// Stands after the HTML; a tag that is left open swallows it. No checked text holds its name.
const END: &str = "<x\u{fdd0}>";

/// Checks the HTML of a message, which has been checked as prose. `warning` has to be read in it.
///
/// # Errors
/// A sentence about the first thing that may not be there.
pub(super) fn check(
    html: &str,
    links: &AllowList,
    has_link: bool,
    warning: Option<&str>,
) -> Result<(), String> {
    let placed = html.matches(&format!("href=\"{LINK}\"")).count();
    match (has_link, placed) {
        (true, 0) => return Err("the link is missing: <a href=\"{link}\">".to_owned()),
        (false, 1..) => return Err("this kind of notice has no link".to_owned()),
        _ => {}
    }
    let tokenizer = Tokenizer::new(Sink::new(links), TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = html;
    while !rest.is_empty() && tokenizer.sink.wrong.borrow().is_none() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = after;
        input.push_back(piece.into());
        // The tokenizer has no scripts to wait for: they are refused.
        let _ = tokenizer.feed(&input);
        tokenizer.sink.piece();
    }
    input.push_back(END.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let Sink { text, title, placed: found, is_closed, wrong, .. } = tokenizer.sink;
    if let Some(wrong) = wrong.into_inner() {
        return Err(wrong);
    }
    if !is_closed.get() {
        return Err("the last tag is left open".to_owned());
    }
    if found.get() != placed {
        return Err(ALONE.to_owned());
    }
    let (text, title) = (text.into_inner(), title.into_inner());
    for read in [&text, &title] {
        is_alone(read)?;
        characters(read)?;
        addresses(read, links)?;
    }
    match warning {
        Some(warning) if !text.contains(warning) => {
            Err("the warning stands where nobody reads it".to_owned())
        }
        _ => Ok(()),
    }
}

const ALONE: &str = "the link stands alone, as href=\"{link}\" with double quotes";

/// Holds that nothing but a whole `href` speaks of the link.
fn is_alone(text: &str) -> Result<(), String> {
    let is_spoken_of = text.to_ascii_lowercase().contains("link.invalid");
    if is_spoken_of { Err(ALONE.to_owned()) } else { Ok(()) }
}

/// Holds that no entity spells what prose may not hold.
fn characters(text: &str) -> Result<(), String> {
    match require_prose(text, usize::MAX - 1) {
        Err(
            reason @ (Reason::ControlCharacter | Reason::DirectionOverride | Reason::NotACharacter),
        ) => Err(format!("an entity {reason}").replacen("must not contain", "spells", 1)),
        _ => Ok(()),
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
    title: RefCell<String>,
    /// Pieces since the last token.
    pieces: Cell<u32>,
    is_title: Cell<bool>,
    is_closed: Cell<bool>,
    placed: Cell<usize>,
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
                let read = if self.is_title.get() { &self.title } else { &self.text };
                read.borrow_mut().push_str(text);
                Ok(())
            }
            Token::DoctypeToken(doctype) => {
                let ids = [&doctype.name, &doctype.public_id, &doctype.system_id];
                ids.into_iter().flatten().try_for_each(|id| is_alone(id))
            }
            _ => Ok(()),
        };
        if !matches!(token, Token::ParseError(_)) {
            self.pieces.set(0);
        }
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

impl<'a> Sink<'a> {
    fn new(links: &'a AllowList) -> Self {
        Self {
            links,
            text: RefCell::default(),
            title: RefCell::default(),
            pieces: Cell::default(),
            is_title: Cell::default(),
            is_closed: Cell::default(),
            placed: Cell::default(),
            wrong: RefCell::default(),
        }
    }

    /// Notes that a piece was read.
    fn piece(&self) {
        self.pieces.set(self.pieces.get() + 1);
        if self.pieces.get() > PIECES_MAX {
            let wrong = || format!("a tag is longer than {PIECES_MAX} KiB");
            self.wrong.borrow_mut().get_or_insert_with(wrong);
        }
    }

    fn tag(&self, tag: &Tag) -> Result<(), String> {
        let name = &*tag.name;
        if END.contains(name) && !name.is_ascii() {
            self.is_closed.set(true);
            return Ok(());
        }
        self.is_title.set(name == "title" && tag.kind == TagKind::StartTag);
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
        if (element, key, value) == ("a", "href", LINK) {
            self.placed.set(self.placed.get() + 1);
            return Ok(());
        }
        is_alone(key).and_then(|()| is_alone(value)).and_then(|()| characters(value))?;
        match (element, key) {
            ("a", "href") if is_contact(value) => Ok(()),
            ("a", "href") if self.links.permits_address(value) => Ok(()),
            ("img", "src") if self.links.permits_address(value) => Ok(()),
            ("a", "href") | ("img", "src") => Err(elsewhere()),
            ("meta", "name") if METAS.contains(&value) => Ok(()),
            ("meta", "content") => Ok(()),
            // In another one, what looks harmless may be a tag.
            (_, "charset") if !value.eq_ignore_ascii_case("utf-8") => {
                Err("the character set is not utf-8".to_owned())
            }
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
