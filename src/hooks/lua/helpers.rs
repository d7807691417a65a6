//! What the prelude asks of Rust: escaping, plurals, dates, the log.

use crate::domain::text::{Locale, Zone};
use crate::domain::time::Timestamp;
use crate::hooks::words::escape;
use chrono::TimeZone;
use chrono::format::{Item, StrftimeItems};
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use mlua::{Lua, Result, Table};
use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

/// How many lines a call may log.
const LOG_MAX: usize = 20;
/// How long a line of the log may be, in characters.
const LOG_LINE_MAX: usize = 200;

/// What the helpers know of the call that runs now.
#[derive(Default)]
pub(super) struct Occasion {
    /// The language to write in.
    pub locale: RefCell<String>,
    /// The zone to tell times in.
    pub zone: RefCell<String>,
    /// What the script logged.
    pub log: RefCell<Vec<String>>,
}

/// The functions, for the prelude alone.
pub(super) fn natives(lua: &Lua, occasion: &Rc<Occasion>) -> Result<Table> {
    let natives = lua.create_table()?;
    natives.set(
        "escape",
        lua.create_function(|_, text: mlua::LuaString| Ok(escape(&text.to_string_lossy())))?,
    )?;
    let here = occasion.clone();
    natives.set(
        "plural",
        lua.create_function(move |_, (count, locale): (f64, Option<String>)| {
            Ok(plural(count, &locale.unwrap_or_else(|| here.locale.borrow().clone())))
        })?,
    )?;
    let here = occasion.clone();
    natives.set(
        "date",
        lua.create_function(
            move |_,
                  (at, style, zone, locale): (
                f64,
                Option<String>,
                Option<String>,
                Option<String>,
            )| {
                let zone = zone.unwrap_or_else(|| here.zone.borrow().clone());
                let locale = locale.unwrap_or_else(|| here.locale.borrow().clone());
                Ok(match date(at, style.as_deref(), &zone, &locale) {
                    Ok(text) => (true, text),
                    Err(why) => (false, why.to_owned()),
                })
            },
        )?,
    )?;
    let here = occasion.clone();
    natives.set(
        "log",
        lua.create_function(move |_, line: mlua::LuaString| {
            let mut log = here.log.borrow_mut();
            if log.len() < LOG_MAX {
                let line = line.to_string_lossy();
                let line = line.chars().take(LOG_LINE_MAX);
                log.push(line.map(|c| if c.is_control() { ' ' } else { c }).collect());
            }
            Ok(())
        })?,
    )?;
    Ok(natives)
}

/// The CLDR category of a count in a language.
fn plural(count: f64, locale: &str) -> &'static str {
    let locale = locale.parse().unwrap_or(icu_locale_core::Locale::UNKNOWN);
    let Ok(rules) = PluralRules::try_new(locale.into(), PluralRulesOptions::default()) else {
        return "other";
    };
    let category = if count.fract() == 0.0 && count.abs() < 1e15 {
        rules.category_for(count.abs() as u64)
    } else {
        PluralCategory::Other
    };
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The language whose names of days and months are written: its own country's, or that of the tag.
fn names(locale: &str) -> chrono::Locale {
    let mut parts = locale.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
    let at_home = match language.as_str() {
        "en" => "US".to_owned(),
        "ja" => "JP".to_owned(),
        "zh" => "CN".to_owned(),
        "ko" => "KR".to_owned(),
        "ar" => "EG".to_owned(),
        "da" => "DK".to_owned(),
        "sv" => "SE".to_owned(),
        "nb" => "NO".to_owned(),
        "cs" => "CZ".to_owned(),
        "el" => "GR".to_owned(),
        "uk" => "UA".to_owned(),
        "he" => "IL".to_owned(),
        "hi" => "IN".to_owned(),
        "vi" => "VN".to_owned(),
        other => other.to_ascii_uppercase(),
    };
    let named = |region: &str| format!("{language}_{region}").parse().ok();
    region.and_then(|it| named(&it)).or_else(|| named(&at_home)).unwrap_or(chrono::Locale::POSIX)
}

const NO_STYLE: &str = "date: the style is none of date, time, datetime and no strftime pattern";

fn date(
    at: f64,
    style: Option<&str>,
    zone: &str,
    locale: &str,
) -> std::result::Result<String, &'static str> {
    let zone = Zone::parse(zone).map_err(|_| "date: no such time zone")?;
    Locale::parse(locale).map_err(|_| "date: no such language tag")?;
    if !(0.0..=Timestamp::MAX.millis() as f64).contains(&at) {
        return Err("date: the time is out of range");
    }
    let local = zone.rules().timestamp_millis_opt(at as i64).earliest();
    let local = local.ok_or("date: the time is out of range")?;
    let is_english = locale.starts_with("en");
    let pattern = match style.unwrap_or("datetime") {
        "date" if is_english => "%B %-d, %Y",
        "date" => "%-d %B %Y",
        "time" if is_english => "%-I:%M %p",
        "time" => "%H:%M",
        "datetime" if is_english => "%B %-d, %Y at %-I:%M %p %Z",
        "datetime" => "%-d %B %Y, %H:%M %Z",
        pattern => pattern,
    };
    let items: Vec<Item<'_>> = StrftimeItems::new(pattern).collect();
    if items.contains(&Item::Error) {
        return Err(NO_STYLE);
    }
    let mut text = String::new();
    // Some patterns are for reading times alone.
    match write!(text, "{}", local.format_localized_with_items(items.iter(), names(locale))) {
        Ok(()) => Ok(text),
        Err(_) => Err(NO_STYLE),
    }
}
