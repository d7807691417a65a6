//! RULES S60 to S66 and S70: what the trail holds, what changes it, and what shows that it was.

use super::deletion::{delete, policy, to_erase};
use super::plant::{acting, client, client_with_login, practice_of, reasoned, seat};
use super::post::{keyspaces_with, send, to_client};
use crate::support::{line, practice, practice_at, refused, store};
use admit::commands::Admit;
use admit::commands::client::{ProfileChange, UpdateClient};
use admit::commands::event::EventFilter;
use admit::commands::event_export::EXPORTED_MAX;
use admit::commands::grant::GiveGrant;
use admit::commands::verify::Anchor;
use admit::domain::actor::{Actor, Scope, Source, Who};
use admit::domain::event::Event;
use admit::domain::grant::Grantee;
use admit::domain::id::PortalId;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::Line;
use admit::domain::time::{HOUR, Timestamp};
use admit::records::codec;
use admit::records::event::ChainHead;
use admit::seal::digest::sha256_chain;
use admit::store::{Keyspace, Write};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::Value;
use uuid::Uuid;

const EVENTS: Keyspace = Keyspace("event");

/// A practice with four entries in its trail, and the anchor of all four.
fn trail() -> (Admit, Actor, Anchor) {
    let (admit, _) = store();
    let host = practice(&admit);
    for given in ["Ada", "Bo", "Cy"] {
        client(&admit, &host, given, "Ash");
    }
    let whole = admit.verify(&host, None).unwrap();
    assert_eq!((whole.entries, whole.broken_at), (4, None));
    (admit, host, (whole.entries, whole.hash))
}

fn key(host: &Actor, seq: u64) -> Vec<u8> {
    [practice_of(host).bytes().as_slice(), &seq.to_be_bytes()].concat()
}

fn tamper(
    admit: &Admit,
    work: impl Fn(&mut dyn Write) -> admit::store::Result<()> + Send + 'static,
) {
    admit.store().write(work).unwrap();
}

fn load(write: &mut dyn Write, key: &[u8]) -> Event {
    codec::load(write, key).unwrap().unwrap()
}

fn broken_at(admit: &Admit, host: &Actor, anchor: Option<Anchor>) -> Option<u64> {
    admit.verify(host, anchor).unwrap().broken_at
}

#[test]
fn s63_an_edited_entry_is_found_even_where_its_own_hash_was_made_again() {
    let (admit, host, _) = trail();
    let at = key(&host, 2);
    tamper(&admit, move |write| {
        let event = Event { count: 9, ..load(write, &at) };
        codec::save(write, &at, &event)
    });
    assert_eq!(broken_at(&admit, &host, None), Some(2));
    let at = key(&host, 2);
    tamper(&admit, move |write| {
        let event = load(write, &at);
        let hash = admit::commands::audit::hash(&event);
        codec::save(write, &at, &Event { hash, ..event })
    });
    assert_eq!(broken_at(&admit, &host, None), Some(3));
    assert_eq!(admit.verify_store(None).unwrap().broken_at, Some(2));
}

#[test]
fn s63_a_removed_entry_is_found() {
    let (admit, host, _) = trail();
    let at = key(&host, 2);
    tamper(&admit, move |write| write.delete(EVENTS, &at));
    assert_eq!(broken_at(&admit, &host, None), Some(2));
    assert_eq!(admit.verify_store(None).unwrap().broken_at, Some(2));
}

#[test]
fn s63_entries_that_changed_places_are_found() {
    let (admit, host, _) = trail();
    let (first, second) = (key(&host, 2), key(&host, 3));
    tamper(&admit, move |write| {
        let (one, other) = (load(write, &first), load(write, &second));
        codec::save(write, &first, &Event { seq: 2, ..other })?;
        codec::save(write, &second, &Event { seq: 3, ..one })
    });
    assert_eq!(broken_at(&admit, &host, None), Some(2));
    assert_eq!(admit.verify_store(None).unwrap().broken_at, Some(2));
}

#[test]
fn s63_a_tail_that_was_cut_off_with_its_head_is_found_by_an_anchor() {
    let (admit, host, anchor) = trail();
    let (last, left, chain) = (key(&host, 4), key(&host, 3), practice_of(&host).uuid());
    tamper(&admit, move |write| {
        write.delete(EVENTS, &last)?;
        let hash = load(write, &left).hash;
        admit::records::event::put_chain_head(write, chain, &ChainHead { seq: 3, hash })
    });
    let unanchored = admit.verify(&host, None).unwrap();
    assert_eq!((unanchored.broken_at, unanchored.is_ok()), (None, false));
    assert_eq!(broken_at(&admit, &host, Some(anchor)), Some(4));
    assert_eq!(admit.verify_store(None).unwrap().broken_at, Some(4));
}

fn lines(admit: &Admit, actor: &Actor, from: i64, until: i64) -> Vec<Value> {
    let bound = |at: i64| (at > 0).then(|| Timestamp::from_millis(at));
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = admit.export_events(actor, bound(from), bound(until), after.as_deref()).unwrap();
        let lines = page.ndjson.lines().map(|line| serde_json::from_str(line).unwrap());
        let before = found.len();
        found.extend(lines);
        assert_eq!((found.len() - before) as u64, page.lines);
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

fn seqs(lines: &[Value]) -> Vec<u64> {
    lines.iter().map(|line| line["seq"].as_u64().unwrap()).collect()
}

#[test]
fn s65_an_export_has_the_entries_of_a_time_oldest_first_and_is_an_event_itself() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let start = clock.millis();
    clock.forward(HOUR);
    client(&admit, &host, "Ada", "Ash");
    clock.forward(HOUR);
    client(&admit, &host, "Bo", "Birch");
    assert_eq!(seqs(&lines(&admit, &host, 0, 0)), [1, 2, 3]);
    assert_eq!(seqs(&lines(&admit, &host, start + HOUR, 0)), [2, 3, 4]);
    assert_eq!(seqs(&lines(&admit, &host, start + HOUR, start + 2 * HOUR)), [2]);
    assert!(seqs(&lines(&admit, &host, 0, start)).is_empty());
    let all = lines(&admit, &host, 0, 0);
    let last = all.last().unwrap();
    assert_eq!(
        (&last["action"], &last["object"]["noun"]),
        (&"event.exported".into(), &"practice".into())
    );
    let bounds = serde_json::json!([["until", start.to_string()]]);
    assert_eq!(last["details"], bounds);
    for (actor, refusal) in [
        (seat(&admit, &host, Role::Practitioner).1, Refusal::NotPermitted),
        (acting(&host, Who::Visitor), Refusal::NotPermitted),
    ] {
        let answer = admit.export_events(&actor, None, None, None);
        assert_eq!(refused(answer.map(drop)), refusal);
    }
    for wrong in ["%", "AAAA", ""] {
        assert!(admit.export_events(&host, None, None, Some(wrong)).is_err());
    }
    // Another practice's trail is its own, and so is a portal's.
    let there = practice_at(&admit, Some("shared"));
    assert_eq!(seqs(&lines(&admit, &there, 0, 0)), [1]);
    let portal = admit.practice(&there).unwrap().portal;
    let keeper = Actor { scope: Scope::Portal(PortalId::from_uuid(portal.uuid())), ..there };
    assert!(seqs(&lines(&admit, &keeper, 0, 0)).is_empty());
    assert_eq!(seqs(&lines(&admit, &keeper, 0, 0)), [1]);
}

#[test]
fn s65_a_long_export_goes_on_page_by_page_and_ends_where_it_began() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let count = EXPORTED_MAX + 20;
    for _ in 2..count {
        let change = ProfileChange::default();
        admit.run(&host, UpdateClient { client: ada, change, revision: 0 }, None).unwrap();
    }
    let first = admit.export_events(&host, None, None, None).unwrap();
    assert_eq!(first.lines, EXPORTED_MAX as u64);
    client(&admit, &host, "Bo", "Birch");
    let rest = admit.export_events(&host, None, None, first.next.as_deref()).unwrap();
    assert_eq!((rest.lines, rest.next), (20, None));
    let read = |text: &str| -> Vec<Value> {
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let all = [read(&first.ndjson), read(&rest.ndjson)].concat();
    assert_eq!(seqs(&all), (1..=count as u64).collect::<Vec<_>>());
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The hash of a line, from the line alone.
fn hashed(line: &Value) -> String {
    let id = |value: &Value| value.as_str().map(|it| Uuid::parse_str(it).unwrap());
    let thing = |value: &Value| match value {
        Value::Null => String::new(),
        it => format!("{} {}", text(&it["noun"]), text(&it["id"])),
    };
    let who = match line["actor_id"].as_str() {
        Some(id) => format!("{} {id}", text(&line["actor"])),
        None => text(&line["actor"]),
    };
    let mut parts: Vec<Vec<u8>> = vec![
        id(&line["chain"]).unwrap().into_bytes().into(),
        line["seq"].as_u64().unwrap().to_be_bytes().into(),
        line["at"].as_i64().unwrap().to_be_bytes().into(),
        who.into(),
        id(&line["on_behalf_of"]).unwrap_or_default().into_bytes().into(),
        text(&line["action"]).into(),
        thing(&line["object"]).into(),
        thing(&line["subject"]).into(),
        text(&line["refusal"]).into(),
        (line["count"].as_u64().unwrap() as u32).to_be_bytes().into(),
        text(&line["version"]).into(),
    ];
    for detail in line["details"].as_array().unwrap() {
        parts.extend([text(&detail[0]).into(), text(&detail[1]).into()]);
    }
    let personal = line["personal"].as_array().unwrap();
    for sealed in Some(&line["source"]).filter(|it| !it.is_null()).into_iter().chain(personal) {
        parts.push(id(&sealed["person"]).unwrap().into_bytes().into());
        parts.push(BASE64.decode(text(&sealed["sealed"]).as_bytes()).unwrap());
    }
    parts.push(HEXLOWER.decode(text(&line["before"]).as_bytes()).unwrap());
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    HEXLOWER.encode(&sha256_chain("admit event v1", &parts))
}

/// A practice where somebody gave a reason and somebody was refused.
fn told() -> (Admit, Actor) {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    let source = Source {
        address: Some(line("203.0.113.77")),
        device: Some(line("Firefox \"1\" \\ <b>")),
        request_id: Some(line("request-8")),
        reason: Some(line("asked by phone")),
    };
    let behalf = Actor { on_behalf_of: Some(staff), source, ..host.clone() };
    let ada = client(&admit, &behalf, "Ada", "Ash");
    let (scopes, reason) = (Vec::new(), Some(line("second opinion")));
    let grantee = Grantee::Staff(staff);
    let give = GiveGrant { client: ada, grantee, scopes, reason, ends_at: None };
    admit.run(&reasoned(&host), give, None).unwrap();
    send(&admit, &reasoned(&host), to_client(ada));
    refused(admit.verify(&own, None).map(drop));
    (admit, host)
}

#[test]
fn s63_who_has_the_lines_alone_verifies_them() {
    let (admit, host) = told();
    let mut lines = lines(&admit, &host, 0, 0);
    let mut before = "0".repeat(64);
    for line in &lines {
        assert_eq!((text(&line["before"]), text(&line["hash"])), (before, hashed(line)));
        before = text(&line["hash"]);
    }
    lines[1]["count"] = 2.into();
    assert_ne!(text(&lines[1]["hash"]), hashed(&lines[1]));
}

#[test]
fn an_entry_of_a_list_reads_as_its_line_of_an_export() {
    let (admit, host) = told();
    let lines = lines(&admit, &host, 0, 0);
    let mut listed = admit.events(&host, EventFilter::default(), None, 500).unwrap().items;
    listed.reverse();
    let listed = serde_json::to_value(listed).unwrap();
    // The export noted itself after what it has.
    assert_eq!(listed.as_array().unwrap()[..lines.len()], lines);
    assert_eq!(listed.as_array().unwrap().len(), lines.len() + 1);
}

#[test]
fn s61_an_entry_has_every_field_that_a_review_asks_for() {
    let (admit, host) = told();
    let lines = lines(&admit, &host, 0, 0);
    let of = |action: &str| lines.iter().find(|line| line["action"] == action).unwrap().clone();
    let created = of("client.created");
    let practice = practice_of(&host).to_string();
    assert_eq!((text(&created["chain"]), &created["seq"]), (practice, &3.into()));
    assert_eq!(
        (text(&created["time"]), text(&created["actor"])),
        ("2026-01-02T03:04:05.000Z".into(), "host".into())
    );
    assert!(created["on_behalf_of"].is_string());
    assert_eq!(
        (text(&created["object"]["noun"]), &created["object"]),
        ("client".into(), &created["subject"])
    );
    assert_eq!((text(&created["outcome"]), &created["count"]), ("done".into(), &1.into()));
    assert_eq!(text(&created["version"]), env!("CARGO_PKG_VERSION"));
    let source = &created["source"]["parts"];
    for (name, value) in
        [("address", "203.0.113.77"), ("request_id", "request-8"), ("reason", "asked by phone")]
    {
        assert_eq!(source[name], value);
    }
    assert!(text(&source["device"]).starts_with("Firefox"));
    let sent = of("invitation.sent");
    let channel = serde_json::json!(["channel", "email"]);
    assert!(sent["details"].as_array().unwrap().contains(&channel), "{sent}");
    let refused = of("access.refused");
    assert_eq!(
        (text(&refused["outcome"]), text(&refused["refusal"])),
        ("refused".into(), "ADMIT_NOT_PERMITTED".into())
    );
    assert!(refused["actor_id"].is_string());
    assert_eq!(of("grant.given")["personal"][0]["parts"]["reason"], "second opinion");
}

#[test]
fn s62_no_control_character_stands_in_an_entry_as_it_is() {
    let (admit, host) = told();
    for typed in
        ["two\nlines", "a\u{0}b", "esc\u{1b}[31m", "bell\u{7}", "next\u{85}line", "a\u{2028}b"]
    {
        assert!(Line::parse(typed).is_err(), "{typed:?}");
    }
    let page = admit.export_events(&host, None, None, None).unwrap();
    assert!(page.ndjson.lines().count() as u64 == page.lines && page.ndjson.ends_with("}\n"));
    assert!(!page.ndjson.chars().any(|it| it.is_control() && it != '\n'));
    for entry in admit.events(&host, EventFilter::default(), None, 0).unwrap().items {
        assert!(!serde_json::to_string(&entry).unwrap().chars().any(char::is_control));
    }
}

#[test]
fn s64_no_function_of_the_header_changes_ends_or_switches_off_the_trail() {
    let header = std::fs::read_to_string("include/admit.h").unwrap();
    let functions: Vec<&str> = header
        .split('(')
        .filter_map(|before| before.rsplit([' ', '*', '\n']).next())
        .filter(|name| name.starts_with("admit_") && !name.ends_with("_fn"))
        .collect();
    assert!(functions.len() > 500 && functions.contains(&"admit_event_list"));
    let of_the_trail =
        |name: &&&str| ["event", "audit", "verif", "trail"].iter().any(|word| name.contains(word));
    for name in functions.iter().filter(of_the_trail) {
        let last = name.rsplit('_').next().unwrap();
        let changes = [
            "delete", "remove", "erase", "clear", "update", "set", "put", "add", "off", "disable",
            "enable", "prune", "truncate", "level", "stop", "pause",
        ];
        assert!(!changes.contains(&last), "{name}");
    }
    // And no member of an option says anything about it.
    let options = header.split("} admit_open_options;").next().unwrap();
    let options = options.rsplit("typedef struct").next().unwrap();
    assert!(options.contains("link_origins"));
    for word in ["audit", "event", "trail"] {
        assert!(!options.contains(word), "{word}");
    }
}

#[test]
fn s66_how_long_the_trail_is_kept_is_written_down() {
    for page in ["README.md", "ARCHITECTURE.md"] {
        let text = std::fs::read_to_string(page).unwrap();
        assert!(text.contains("S66"), "{page}");
    }
}

#[test]
fn s70_erasing_leaves_the_chain_whole_and_nothing_of_the_person_readable() {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let (staff, _) = seat(&admit, &host, Role::Practitioner);
    let (ada, _, own) = client_with_login(&admit, &host, "Zephyrine");
    let source = Source { address: Some(line("203.0.113.77")), ..Source::default() };
    let (scopes, reason) = (Vec::new(), Some(line("Zephyrine asked")));
    let grantee = Grantee::Staff(staff);
    let give = GiveGrant { client: ada, grantee, scopes, reason, ends_at: None };
    admit.run(&Actor { source, ..own }, give, None).unwrap();
    let given = |lines: &[Value]| {
        lines.iter().find(|line| line["action"] == "grant.given").unwrap().clone()
    };
    let before = given(&lines(&admit, &host, 0, 0));
    assert_eq!(before["personal"][0]["parts"]["reason"], "Zephyrine asked");
    assert_eq!(before["source"]["parts"]["address"], "203.0.113.77");
    delete(&admit, &host, &to_erase(ada)).unwrap();

    let after = given(&lines(&admit, &host, 0, 0));
    assert_eq!(
        (&after["personal"][0]["parts"], &after["source"]["parts"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(after["hash"], before["hash"]);
    assert_eq!(broken_at(&admit, &host, None), None);
    assert_eq!(admit.verify_store(None).unwrap().broken_at, None);
    // Neither a plain digest of a guess nor one under the store's key stands anywhere.
    let digest_key = *admit.store().secrets().digest_key();
    for guess in ["Zephyrine asked", "Zephyrine", "zephyrine@login.example.org", "203.0.113.77"] {
        let keyed = admit::seal::digest::Digest::new(digest_key);
        for label in ["", "name", "request", "tally", "admit event v1", "address"] {
            for digest in
                [sha256_chain(label, &[guess.as_bytes()]), keyed.of(label, &[guess.as_bytes()])]
            {
                assert!(keyspaces_with(&admit, &digest).is_empty(), "{guess}, {label}");
            }
        }
    }
}
