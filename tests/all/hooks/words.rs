use admit::hooks::words::{LINK, Words, escape};

fn words(text: &str, html: &str) -> Words {
    Words { subject: format!("See {LINK}"), text: text.to_owned(), html: html.to_owned() }
}

#[test]
fn a_link_goes_where_it_is_a_whole_word_or_a_whole_href_and_never_into_the_subject() {
    let text = format!("{LINK}\nopen {LINK} now, not {LINK}. nor ({LINK})\r\n{LINK}");
    let html = format!("<a href=\"{LINK}\">x</a><a href=\"{LINK}y\">{LINK}</a>");
    let filled = words(&text, &html).filled("https://p.example/?a=1&t=x");
    let link = "https://p.example/?a=1&t=x";
    assert_eq!(filled.text, {
        format!("{link}\nopen {link} now, not {LINK}. nor ({LINK})\r\n{link}")
    });
    assert_eq!(filled.html, {
        format!("<a href=\"https://p.example/?a=1&amp;t=x\">x</a><a href=\"{LINK}y\">{LINK}</a>")
    });
    assert_eq!(filled.subject, format!("See {LINK}"));
}

#[test]
fn text_is_escaped_for_elements_and_attributes() {
    assert_eq!(escape("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
}
