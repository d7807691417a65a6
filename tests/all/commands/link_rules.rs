//! RULES S03, S05, S07, S21, S22, S23 and S29: what a link is made of, and what it can't be told.

use super::people::{OTHER, secret};
use super::post::{
    accept, all_bytes, client, emailed, events, practice_of, rows, seat, send, to_client, to_whom,
    with_password,
};
use crate::support::{line, practice, refused, store};
use admit::commands::accept::Accept;
use admit::commands::invitation::{SendInvitation, Whom};
use admit::commands::practice::{CreatePractice, SettingsChange, UpdatePractice};
use admit::commands::{Admit, Change};
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::event::Happening;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{LinkTemplate, Reason};
use admit::error::{Error, Result};
use data_encoding::BASE64URL_NOPAD;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeSet;
use std::fs;

const TOKEN_BYTES: usize = 39;

/// What each call answers that takes a token from whoever bears it.
fn borne(admit: &Admit, token: &str) -> [Result<()>; 6] {
    let bearer = SecretString::from(token);
    let source = Source::default;
    [
        admit.inspect(source(), token).map(drop),
        accept(admit, with_password(&bearer)).map(drop),
        admit.decline(source(), &bearer, None).map(drop),
        admit.ask_again(source(), &bearer, None).map(drop),
        admit.reset(source(), token, &secret(OTHER), None).map(drop),
        admit.confirm_address(source(), token, None).map(drop),
    ]
}

#[test]
fn s03_nothing_that_is_at_rest_is_a_link() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Ana", Some("ana@example.org"));
    let invitation = send(&admit, &host, to_client(id)).invitation;
    let link = emailed(&admit);
    let (mut texts, mut tried) = (BTreeSet::new(), 0);
    for row in all_bytes(&admit) {
        let has_it = row.windows(16).any(|part| part == invitation.bytes());
        // Where the invitation stands, each run of bytes as long as a token; elsewhere whole rows.
        if has_it {
            texts.extend(row.windows(TOKEN_BYTES).map(|part| BASE64URL_NOPAD.encode(part)));
        }
        texts.insert(BASE64URL_NOPAD.encode(&row));
        texts.extend(String::from_utf8(row));
    }
    texts.extend([invitation.to_string(), invitation.uuid().simple().to_string()]);
    assert!(!texts.contains(link.expose_secret()));
    for text in &texts {
        assert_eq!(refused(admit.inspect(Source::default(), text)), Refusal::LinkInvalid);
        tried += usize::from(text.len() == 52);
    }
    assert!(tried > 300, "{tried}");
    admit.inspect(Source::default(), link.expose_secret()).unwrap();
}

#[test]
fn s05_what_a_link_gives_stands_in_its_row_and_no_two_links_make_a_third() {
    let (admit, _) = store();
    let (here, there) = (practice(&admit), practice(&admit));
    let invite = |role, address| SendInvitation {
        recipient: super::post::recipient("Nora", address),
        ..to_whom(Whom::NewSeat { role })
    };
    let assistant = send(&admit, &here, invite(Role::Assistant, "low@example.org")).staff;
    let low = emailed(&admit);
    send(&admit, &there, invite(Role::Admin, "high@example.org"));
    let high = emailed(&admit);
    // The parts of one in the place of another's.
    let bytes =
        |link: &SecretString| BASE64URL_NOPAD.decode(link.expose_secret().as_bytes()).unwrap();
    let (low_bytes, high_bytes) = (bytes(&low), bytes(&high));
    for (from, until) in [(7, 15), (15, 23), (7, 23), (23, 31), (31, 39), (23, 39), (15, 31)] {
        let mut made = low_bytes.clone();
        made[from..until].copy_from_slice(&high_bytes[from..until]);
        assert!(made != low_bytes && made != high_bytes);
        for answer in borne(&admit, &BASE64URL_NOPAD.encode(&made)) {
            assert_eq!(refused(answer), Refusal::LinkInvalid);
        }
    }
    // Whatever else whoever accepts says, the row says practice, seat, role and address.
    let claims = Accept {
        holder: Some(line("Chief Admin")),
        name: Some(crate::support::name("Chief", "Admin")),
        ..with_password(&low)
    };
    let done = accept(&admit, claims).unwrap();
    assert_eq!((done.practice, done.staff), (practice_of(&here), assistant));
    let seat = admit.staff(&here, assistant.unwrap()).unwrap();
    assert_eq!(seat.role, Role::Assistant);
    let login = admit.login(&here, done.login).unwrap().login;
    assert_eq!(login.email.unwrap().as_str(), "low@example.org");
}

#[test]
fn s07_a_wrong_mac_is_found_in_constant_time_and_before_anything_is_looked_up() {
    let source = fs::read_to_string("src/seal/token.rs").unwrap();
    let verify = source.split("pub fn verify(").nth(1).unwrap().split("\n}").next().unwrap();
    let compared = verify.find(".ct_eq(&expected)").expect("the MAC is compared in constant time");
    let opened = verify.find("decrypt_block").unwrap();
    assert!(compared < opened, "nothing of a token is opened before its MAC is right");
    assert!(!verify.contains("== expected") && !verify.contains("!= expected"));

    let (admit, _) = store();
    let host = practice(&admit);
    let id = client(&admit, &host, "Ana", Some("ana@example.org"));
    send(&admit, &host, to_client(id));
    let link = BASE64URL_NOPAD.decode(emailed(&admit).expose_secret().as_bytes()).unwrap();
    let (commits, trail, hashes) = (admit.store().commits(), rows(&admit, "event"), admit.hashes());
    // The MAC's first byte, its last, and the id that it is over.
    for at in [23, 38, 7] {
        let mut wrong = link.clone();
        wrong[at] ^= 1;
        for answer in borne(&admit, &BASE64URL_NOPAD.encode(&wrong)) {
            assert_eq!(refused(answer), Refusal::LinkInvalid);
        }
    }
    assert_eq!((admit.store().commits(), rows(&admit, "event")), (commits, trail));
    assert_eq!(admit.hashes(), hashes);
    assert_eq!(events(&admit, &host, Happening::TokenRefused), 0);
}

fn template(text: &str) -> Change<LinkTemplate> {
    Change::Set(LinkTemplate::parse(text).unwrap())
}

/// The fields of the header that hold some word, with the struct each stands in.
fn members(words: &[&str]) -> Vec<String> {
    let header = fs::read_to_string("include/admit_ffi.h").unwrap();
    let mut found = Vec::new();
    for part in header.split("typedef struct").skip(1) {
        let Some((body, rest)) = part.split_once('}') else { continue };
        let name = rest.split(';').next().unwrap().trim();
        for member in body.lines().map(|it| it.trim().trim_end_matches(';')) {
            let member = member.rsplit([' ', '*']).next().unwrap();
            if words.iter().any(|word| member.contains(word)) {
                found.push(format!("{name}.{member}"));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn s21_links_lead_to_the_origins_given_at_open_and_no_request_can_name_another() {
    let (admit, _) = store();
    let host = practice(&admit);
    for wrong in [
        "https://evil.example.org/{token}",
        "https://portal.example.org.evil.example/{token}",
        "https://portal.example.org:8443/{token}",
        "https://portal.example.org@evil.example/{token}",
    ] {
        let Ok(link) = LinkTemplate::parse(wrong) else { continue };
        let change = |link| SettingsChange { invitation_link: link, ..SettingsChange::default() };
        let settings = change(Change::Set(link.clone()));
        let update = UpdatePractice { settings, ..UpdatePractice::default() };
        let Err(Error::Invalid(invalid)) = admit.run(&host, update, None) else {
            panic!("{wrong}")
        };
        assert_eq!((invalid.field, invalid.reason), ("invitation_link", Reason::OriginNotAllowed));
        let create = CreatePractice {
            name: line("Elsewhere"),
            external_id: None,
            portal: None,
            settings: change(Change::Set(link)),
        };
        let made = admit.run(&Actor::store_host(), create, None);
        assert!(matches!(made, Err(Error::Invalid(_))), "{wrong}");
    }
    for text in ["http://portal.example.org/{token}", "ftp://portal.example.org/{token}"] {
        assert_eq!(LinkTemplate::parse(text).err(), Some(Reason::NotHttps));
    }
    let permitted = SettingsChange {
        reset_link: template("https://portal.example.org/r?t={token}"),
        ..SettingsChange::default()
    };
    let update = UpdatePractice { settings: permitted, ..UpdatePractice::default() };
    admit.run(&host, update, None).unwrap();
    // In the whole header an address is taken by the options at open and by a practice's settings.
    let links = members(&["link", "url", "origin", "host_name", "base"]);
    let taken = ["admit_open_options.", "admit_practice_input."];
    assert!(links.len() >= 7, "{links:?}");
    for link in &links {
        assert!(taken.iter().any(|name| link.starts_with(name)), "{link}");
    }
}

#[test]
fn s22_no_call_takes_an_address_to_return_to() {
    assert_eq!(
        members(&["return_to", "redirect", "continue", "next_url", "callback_url"]),
        [""; 0]
    );
    let header = fs::read_to_string("include/admit_ffi.h").unwrap();
    for word in ["return_to", "redirect", "callback_url"] {
        assert!(!header.contains(word), "{word}");
    }
}

#[test]
fn s23_the_pages_for_hosts_name_the_headers_of_a_landing_page() {
    for page in ["README.md", "SECURITY.md"] {
        let text = fs::read_to_string(page).unwrap();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for header in ["`Referrer-Policy: no-referrer`", "`Cache-Control: no-store`"] {
            assert!(text.contains(header), "{page}: {header}");
        }
    }
}

#[test]
fn s29_ids_are_random_uuids_of_version_7_and_none_opens_anything() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ids: Vec<_> = (0..1_000).map(|_| client(&admit, &host, "Ana", None).uuid()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let (mut ones, mut zeros) = (0, 0);
    for id in &ids {
        assert_eq!(id.get_version_num(), 7);
        ones |= id.as_u128();
        zeros |= !id.as_u128();
    }
    // In one millisecond all 74 bits beside time, version and variant take both values.
    let random = (0xfff << 64) | ((1_u128 << 62) - 1);
    assert_eq!((ones & zeros) & random, random);
    assert!(ids.windows(2).any(|two| two[0] > two[1]), "the next id is not the last one plus one");
    // Who knows ids has no way in: neither as a token, nor as somebody of another practice.
    let invited = client(&admit, &host, "Eva", Some("eva@example.org"));
    let invitation = send(&admit, &host, to_client(invited)).invitation;
    for text in [invitation.to_string(), invited.to_string()] {
        for answer in borne(&admit, &text) {
            assert_eq!(refused(answer), Refusal::LinkInvalid);
        }
    }
    let there = practice(&admit);
    let nora = seat(&admit, &there, Role::Admin, "nora@example.org");
    let other = Actor { who: nora.who, ..host.clone() };
    assert_eq!(refused(admit.client(&nora, invited)), Refusal::NotFound);
    assert_eq!(refused(admit.client(&other, invited)), Refusal::NotFound);
    let client_as_login = admit::domain::id::LoginId::from_uuid(invited.uuid());
    let made_up = Actor { who: Who::Login { id: client_as_login, epoch: 1 }, ..host };
    assert_eq!(refused(admit.client(&made_up, invited)), Refusal::SessionEnded);
}
