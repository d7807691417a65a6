//! The guide for authors of scripts and the definitions for their editors say what there is.

use super::engine::{engine, load};
use admit::domain::message::Kind;
use admit::domain::script::{SCRIPTS_MAX, SET_MAX, SOURCE_MAX, VERSIONS_KEPT};
use admit::domain::time::Timestamp;
use admit::hooks::Limits;
use admit::hooks::facts::{Facts, Role};
use admit::hooks::request::{InvitedAs, Wanted};
use admit::hooks::sample;
use admit::hooks::verdict::{CODE_MAX, DAYS_MAX, REASONS_MAX};
use serde_json::Value as Json;
use std::collections::BTreeMap;

const GUIDE: &str = include_str!("../../../docs/SCRIPTS.md");
const README: &str = include_str!("../../../README.md");
const DEFINITIONS: &str = include_str!("../../../scripts/admit.d.lua");
/// Members whose own names the product or the host chooses.
const OPEN: &[&str] = &["own", "items", "ever", "host"];

/// Facts that lack nothing, by the heading of the guide and the class of the definitions.
fn samples() -> [(&'static str, &'static str, Json); 3] {
    // No one kind of notice has all facts.
    let mut notice = json(&sample::notice(Kind::Invitation, "en", Role::Client, false).unwrap());
    for kind in [Kind::ItemReady, Kind::DeletionScheduled, Kind::PasswordChanged] {
        let other: Facts = sample::notice(kind, "en", Role::Client, false).unwrap();
        for (name, value) in json(&other).as_object().unwrap() {
            if notice[name].is_null() {
                notice[name] = value.clone();
            }
        }
    }
    let mut deletion = json(&sample::deletion(Wanted::Erase, false, true).unwrap());
    deletion["staff"] = json(&sample::deletion(Wanted::Erase, true, true).unwrap())["staff"].take();
    let mut invitation = json(&sample::invitation(InvitedAs::Client, "registered").unwrap());
    let seat = sample::invitation(InvitedAs::Admin, "registered").unwrap();
    invitation["staff"] = json(&seat)["staff"].take();
    [
        ("## The facts of a notice", "admit.Notice", notice),
        ("## The facts of a deletion", "admit.DeletionRequest", deletion),
        ("## The facts of an invitation", "admit.InvitationRequest", invitation),
    ]
}

fn json(facts: &impl serde::Serialize) -> Json {
    serde_json::to_value(facts).unwrap()
}

/// Every fact by its path, with the type that the guide gives it.
fn facts(json: &Json, path: &str, found: &mut BTreeMap<String, &'static str>) {
    for (name, value) in json.as_object().unwrap() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let kind = match value {
            Json::Object(_) => "table",
            Json::Number(_) if path.ends_with("_at") => "time",
            Json::Number(_) if ["now", "last_sign_in"].contains(&path.as_str()) => "time",
            Json::Number(_) => "number",
            Json::Bool(_) => "boolean",
            // What nobody acted for in the samples.
            Json::Null | Json::String(_) => "text",
            Json::Array(_) => panic!("{path}: no fact is a list"),
        };
        if value.is_object() && !OPEN.contains(&path.as_str()) {
            facts(value, &path, found);
        }
        found.insert(path, kind);
    }
}

fn section(heading: &str) -> &'static str {
    let from = GUIDE.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("{heading}"));
    let rest = &GUIDE[from + heading.len() + 2..];
    &rest[..rest.find("\n## ").unwrap_or(rest.len())]
}

/// The text in back-ticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_fact_is_in_the_guide_with_its_type_and_no_other_is() {
    for (heading, _, json) in samples() {
        let mut known = BTreeMap::new();
        facts(&json, "", &mut known);
        let told: BTreeMap<String, &str> = section(heading)
            .lines()
            .filter_map(|line| {
                let mut cells = line.strip_prefix("| `")?.split('|');
                let name = cells.next()?.trim().trim_end_matches('`').to_owned();
                Some((name, cells.next()?.trim()))
            })
            .collect();
        assert_eq!(told, known, "{heading}");
    }
}

#[test]
fn the_definitions_for_editors_have_every_fact_and_no_other() {
    let mut classes: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut class = "";
    for line in DEFINITIONS.lines() {
        if let Some(name) = line.strip_prefix("---@class ") {
            class = name;
        } else if let Some(field) = line.strip_prefix("---@field ") {
            let (name, kind) = field.split_once(' ').unwrap();
            classes.entry(class).or_default().insert(name, kind);
        }
    }
    for (_, class, json) in samples() {
        require_class(&classes, class, &json);
    }
}

fn require_class(classes: &BTreeMap<&str, BTreeMap<&str, &str>>, class: &str, json: &Json) {
    let fields = classes.get(class).unwrap_or_else(|| panic!("no class {class}"));
    let members = json.as_object().unwrap();
    let names: Vec<&str> = members.keys().map(String::as_str).collect();
    assert_eq!(fields.keys().copied().collect::<Vec<_>>(), names, "{class}");
    for (name, value) in members {
        let kind = fields[name.as_str()].split(' ').next().unwrap();
        match value {
            Json::Object(_) if OPEN.contains(&name.as_str()) => {}
            Json::Object(_) => require_class(classes, kind.trim_end_matches('?'), value),
            Json::Number(_) => assert!(kind.starts_with("integer"), "{class}.{name}"),
            Json::Bool(_) => assert_eq!(kind, "boolean", "{class}.{name}"),
            _ => assert!(kind.starts_with("string") || kind.starts_with('"'), "{class}.{name}"),
        }
    }
}

#[test]
fn every_script_of_the_guide_and_the_readme_passes_its_check() {
    let engine = engine();
    let mut count = 0;
    let parts = [GUIDE, README].into_iter().flat_map(|page| page.split("```lua\n").skip(1));
    for part in parts {
        let source = part.split("```").next().unwrap();
        let set = load(&engine, source).unwrap_or_else(|fault| panic!("{fault}\n{source}"));
        let failures = engine.try_out(&set, Timestamp::default(), 1);
        assert!(failures.is_empty(), "{}: {}\n{source}", failures[0].0, failures[0].1);
        count += 1;
    }
    assert_eq!(count, 5);
}

#[test]
fn every_name_that_scripts_see_is_in_the_guide() {
    let names = engine().globals().unwrap();
    let told = quoted(section("## What there is of Lua"));
    let helpers = [section("## Helpers"), section("## The hooks")].concat();
    for name in names {
        let own = ["allow", "deny", "retain", "html", "template", "plural", "date", "log"];
        let (library, member) = name.split_once('.').unwrap_or(("", &name));
        if own.contains(&member) && library.is_empty() || own.contains(&library) {
            assert!(helpers.contains(&format!("`{name}")), "{name}");
        } else {
            assert!(told.contains(&member), "{name}");
        }
    }
}

#[test]
fn every_kind_of_notice_is_in_the_guide_with_what_holds_of_it() {
    let table = section("## The hooks").split("### Kinds of notices").nth(1).unwrap();
    for kind in Kind::ALL {
        let word = format!("`{}`", kind.word());
        let Some(line) = table.lines().find(|line| line.contains(&word)) else { panic!("{word}") };
        let yes = |is: bool| if is { "yes" } else { "no" };
        let end = format!("| {} | {} |", yes(kind.is_optional()), yes(kind.needs_link()));
        assert!(line.ends_with(&end), "{line}");
        assert_eq!(line.contains("security"), kind.is_security(), "{line}");
    }
}

/// A list of the source that checks HTML.
fn listed(name: &str) -> Vec<&'static str> {
    let source = include_str!("../../../src/hooks/markup.rs");
    let list = source.split(&format!("const {name}: &[&str] =")).nth(1).unwrap();
    list[..list.find("];").unwrap()].split('"').skip(1).step_by(2).collect()
}

#[test]
fn the_elements_and_attributes_of_the_guide_are_those_that_are_taken() {
    let engine = engine();
    let rules = section("## What words may hold");
    let elements = rules.split("HTML holds these elements:").nth(1).unwrap();
    let elements = quoted(elements.split("\n\n").next().unwrap());
    assert_eq!(elements, listed("ELEMENTS"));
    // These are written as a source writes them; a comment has two signs.
    for word in listed("STYLES_REFUSED").iter().filter(|word| !["\\\\", "/*"].contains(word)) {
        assert!(rules.contains(&format!("`{word}`")), "{word}");
    }
    let html: String = elements.iter().map(|name| format!("<{name}></{name}>")).collect();
    let attributes = rules.split("and `src` of `img`:").nth(1).unwrap();
    let attributes = quoted(attributes.split(" and\n").next().unwrap());
    assert_eq!(attributes, listed("ATTRIBUTES"));
    let with: String = attributes.iter().map(|name| format!(" {name}=\"utf-8\"")).collect();
    let source = format!(
        "return {{ notification = function(notice)
          local link = notice.link or ''
          local a = notice.link and html.template('<a href=\"{{link}}\">x</a>', notice) or ''
          return {{ subject = 'x', text = 'x ' .. link, html = [[{html}<p{with}>]] .. a }}
        end }}"
    );
    let set = load(&engine, &source).unwrap();
    let failures = engine.try_out(&set, Timestamp::default(), 1);
    assert!(failures.is_empty(), "{}: {}", failures[0].0, failures[0].1);
}

#[test]
fn the_limits_of_the_guide_are_those_that_hold() {
    let limits = section("## Limits");
    let Limits { interrupts, time, memory } = Limits::default();
    let grouped = |count: u64| {
        let (thousands, rest) = (count / 1_000, count % 1_000);
        let (millions, thousands) = (thousands / 1_000, thousands % 1_000);
        format!("{millions},{thousands:03},{rest:03}")
    };
    for told in [
        format!("| a script | {} KiB;", SOURCE_MAX >> 10),
        format!("| a set | {SCRIPTS_MAX} scripts, {} KiB |", SET_MAX >> 10),
        format!("| a call | {} steps", grouped(interrupts)),
        format!("{} MiB, {} milliseconds |", memory >> 20, time.as_millis()),
    ] {
        assert!(limits.contains(&told), "{told}");
    }
    let hooks = section("## The hooks");
    let days = format!("{},{:03}", DAYS_MAX / 1_000, DAYS_MAX % 1_000);
    for told in [
        format!("after 1 to {days} days"),
        format!("for 1 to {REASONS_MAX} reasons: a `code` for programs (1 to {CODE_MAX} letters"),
    ] {
        assert!(hooks.contains(&told), "{told}");
    }
    assert!(section("## Versions").contains(&format!("the last {VERSIONS_KEPT} are")));
}
