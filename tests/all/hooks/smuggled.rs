//! Where a word stands in HTML.

use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

struct Places<'a> {
    word: &'a str,
    found: RefCell<Vec<String>>,
}

impl Places<'_> {
    fn look(&self, place: &str, text: &str) {
        if text.contains(self.word) {
            self.found.borrow_mut().push(place.to_owned());
        }
    }
}

impl TokenSink for Places<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => {
                for attribute in &tag.attrs {
                    let (key, value) = (&*attribute.name.local, &*attribute.value);
                    self.look("a name", key);
                    let is_whole =
                        value.ends_with(self.word) && value.matches("https").count() == 1;
                    if (&*tag.name, key) != ("a", "href") || !is_whole {
                        self.look(key, value);
                    }
                }
            }
            Token::CharacterTokens(text) => self.look("text", &text),
            Token::CommentToken(text) => self.look("a comment", &text),
            Token::DoctypeToken(doctype) => self.look("the doctype", &format!("{doctype:?}")),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Where a word stands, but at the end of a whole `href` of a link.
pub fn places_of(word: &str, html: &str) -> Vec<String> {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let places = Places { word, found: RefCell::default() };
    let tokenizer = Tokenizer::new(places, TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.found.into_inner()
}
