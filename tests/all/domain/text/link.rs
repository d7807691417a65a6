//! Links: templates, what goes into them and where they may lead.

use admit::domain::text::{AllowList, LinkTemplate, Reason};

fn link(text: &str) -> LinkTemplate {
    LinkTemplate::parse(text).unwrap()
}

#[test]
fn a_template_takes_the_token_in_path_query_or_fragment() {
    for (text, filled) in [
        ("https://a.example/i/{token}", "https://a.example/i/T-_0"),
        ("https://a.example/i?t={token}&x=1", "https://a.example/i?t=T-_0&x=1"),
        ("https://a.example/i#/accept/{token}", "https://a.example/i#/accept/T-_0"),
    ] {
        assert_eq!(link(text).as_str(), text);
        assert_eq!(link(text).fill("T-_0"), filled);
    }
}

#[test]
fn a_template_has_one_reading() {
    for (text, kept) in [
        ("HTTPS://A.Example:443/I/{token}", "https://a.example/I/{token}"),
        ("https://b\u{FC}cher.example/{token}", "https://xn--bcher-kva.example/{token}"),
        ("https://a.example\\@evil.example/{token}", "https://a.example/@evil.example/{token}"),
        ("https://a.example/x/../{token}", "https://a.example/{token}"),
        ("https://a.example?t={token}", "https://a.example/?t={token}"),
    ] {
        assert_eq!(link(text).as_str(), kept);
    }
}

#[test]
fn a_template_has_its_token_once_and_after_the_host() {
    for text in [
        "https://a.example/",
        "https://a.example/{token}/{token}",
        "https://a.example/{Token}",
        "https://a.example/{token}/{name}",
        "https://{token}.a.example/",
        "https://a.example/{token}/../x",
        "https://a.example/theplaceofthetoken/{token}",
    ] {
        assert_eq!(LinkTemplate::parse(text), Err(Reason::NotATemplate), "{text}");
    }
}

#[test]
fn a_template_is_https_without_user_name_or_password() {
    for text in ["http://a.example/{token}", "ftp://a.example/{token}", "http://localhost/{token}"]
    {
        assert_eq!(LinkTemplate::parse(text), Err(Reason::NotHttps), "{text}");
    }
    for text in [
        "https://ada@a.example/{token}",
        "https://ada:pw@a.example/{token}",
        "https://{token}@a.example/",
        "javascript:alert({token})",
        "mailto:{token}",
        "/accept/{token}",
        "https:///{token}?",
        "https://a.example:99999/{token}",
    ] {
        let refused = LinkTemplate::parse(text);
        assert!(matches!(refused, Err(Reason::NotALink | Reason::NotATemplate)), "{text}");
    }
    assert_eq!(LinkTemplate::parse(""), Err(Reason::Empty));
    assert_eq!(LinkTemplate::parse("https://a.example/ {token}"), Err(Reason::WhiteSpace));
    assert_eq!(LinkTemplate::parse("https://a.example/\t{token}"), Err(Reason::ControlCharacter));
    let long = format!("https://a.example/{}{{token}}", "a".repeat(1_000));
    assert_eq!(LinkTemplate::parse(&long), Err(Reason::TooLong { max: 1_000 }));
    // Within the limit as typed, over it once escaped.
    let wide = format!("https://a.example/{}{{token}}", "\u{5065}".repeat(200));
    assert_eq!(LinkTemplate::parse(&wide), Err(Reason::TooLong { max: 1_000 }));
}

#[test]
fn a_test_store_also_takes_localhost() {
    let local = |text| LinkTemplate::parse_allowing_local(text);
    assert_eq!(local("http://LocalHost:8080/{token}").unwrap().origin(), "http://localhost:8080");
    assert!(local("https://a.example/{token}").is_ok());
    for text in [
        "http://localhost.evil.example/{token}",
        "http://127.0.0.1/{token}",
        "ws://localhost/{token}",
    ] {
        assert_eq!(local(text), Err(Reason::NotHttps), "{text}");
    }
}

#[test]
fn a_link_leads_only_to_an_origin_on_the_list() {
    let list = AllowList::parse(&["https://A.example", "https://b.example:8443/"]).unwrap();
    assert!(list.permits(&link("https://a.example/{token}")));
    assert!(list.permits(&link("https://a.example:443?t={token}")));
    assert!(list.permits(&link("https://b.example:8443/#{token}")));
    for text in [
        "https://b.example/{token}",
        "https://a.example.evil.example/{token}",
        "https://a.example:444/{token}",
        "https://evil.example/https://a.example/{token}",
    ] {
        assert!(!list.permits(&link(text)), "{text}");
    }
    assert!(!AllowList::parse(&[]).unwrap().permits(&link("https://a.example/{token}")));
}

#[test]
fn an_allow_list_holds_at_most_100_bare_origins() {
    for text in ["https://a.example/x", "https://a.example?", "https://a.example/#x"] {
        assert_eq!(AllowList::parse(&[text]), Err(Reason::NotAnOrigin), "{text}");
    }
    assert_eq!(AllowList::parse(&["http://localhost"]), Err(Reason::NotHttps));
    assert_eq!(AllowList::parse(&["https://*.example"]), Err(Reason::NotALink));
    let local = AllowList::parse_allowing_local(&["http://localhost:3000"]).unwrap();
    assert!(
        local
            .permits(&LinkTemplate::parse_allowing_local("http://localhost:3000/{token}").unwrap())
    );
    assert_eq!(AllowList::parse(&["https://a.example"; 101]), Err(Reason::TooMany { max: 100 }));
}
