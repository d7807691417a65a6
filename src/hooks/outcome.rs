//! What a hook returned, checked before anything else sees it.

use super::facts::Facts;
use super::markup;
use super::verdict::{CODE_MAX, DAYS_MAX, DeletionVerdict, InvitationVerdict, REASONS_MAX, Reason};
use super::warning;
use super::words::{LINK, Words};
use crate::domain::invitation::Channel;
use crate::domain::open_link::PLACES_MAX;
use crate::domain::text::{AllowList, Line, require_prose};
use mlua::{Error, MultiValue, Result, Table, Value};
use std::fmt::Display;

/// The longest text of a mail, in bytes.
const TEXT_MAX: usize = 64 << 10;
/// The longest HTML of a mail, in bytes: some mail programs cut off what is over 102 KB.
const HTML_MAX: usize = 100 << 10;
/// The longest text message, in characters.
const SMS_MAX: usize = 1_000;
/// More members than any result has.
const MEMBERS_MAX: usize = 16;
/// The most days for which an invitation is open (RULES S11).
const EXPIRES_MAX: u32 = 30;
/// The most uses of an open link.
const USES_MAX: u32 = PLACES_MAX;

fn wrong<T>(hook: &str, what: impl Display) -> Result<T> {
    Err(Error::external(Wrong(format!("{hook} {what}"))))
}

/// A result that breaks the contract.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Wrong(pub String);

/// The words of a notice; None for "send nothing".
pub(super) fn words(result: MultiValue, facts: &Facts, links: &AllowList) -> Result<Option<Words>> {
    let hook = "notification";
    let table = match one(hook, result)? {
        Value::Boolean(false) if facts.kind.is_optional() => return Ok(None),
        Value::Boolean(false) => return wrong(hook, "may not drop this kind: it has to be sent"),
        Value::Table(table) => table,
        other => {
            return wrong(hook, format_args!("returned {}, not words or false", type_of(&other)));
        }
    };
    members(hook, &table, &["subject", "text", "html"])?;
    let is_sms = facts.channel == Channel::Sms;
    let subject = if is_sms { None } else { text(hook, &table, "subject", 4 * 200)? };
    let plain = text(hook, &table, "text", TEXT_MAX)?.unwrap_or_default();
    let html = if is_sms { None } else { text(hook, &table, "html", HTML_MAX)? };
    let subject = match subject {
        Some(subject) => match Line::parse(&subject) {
            Ok(_) if subject.contains("link.invalid") => {
                return wrong(hook, "put the link into the subject; it belongs into text and html");
            }
            Ok(_) => subject,
            Err(reason) => return wrong(hook, format_args!("gave a subject that {reason}")),
        },
        None if is_sms => String::new(),
        None => return wrong(hook, "gave no subject"),
    };
    let max = if is_sms { SMS_MAX } else { TEXT_MAX };
    if let Err(reason) = require_prose(&plain, max) {
        return wrong(hook, format_args!("gave a text that {reason}"));
    }
    let has_link = facts.link.is_some();
    if let Err(what) =
        link_in_text(&plain, has_link).and_then(|()| markup::addresses(&plain, links))
    {
        return wrong(hook, format_args!("gave a text in which {what}"));
    }
    let mut html = html.unwrap_or_default();
    if !html.is_empty() {
        if let Err(reason) = require_prose(&html, HTML_MAX) {
            return wrong(hook, format_args!("gave html that {reason}"));
        }
        // Checked with the warning in it, which must neither close a tag nor be swallowed by one.
        html = warning::in_html(facts, html);
        if let Err(what) = markup::check(&html, links, has_link, facts.warning.as_deref()) {
            return wrong(hook, format_args!("gave html in which {what}"));
        }
    }
    Ok(Some(Words { subject, text: warning::in_text(facts, plain), html }))
}

fn link_in_text(text: &str, has_link: bool) -> std::result::Result<(), String> {
    let whole = text.split_whitespace().filter(|word| *word == LINK).count();
    if whole != text.matches("link.invalid").count() {
        return Err("the link is no word of its own".to_owned());
    }
    match (has_link, whole) {
        (true, 0) => Err("the link is missing: write it as {link}".to_owned()),
        (false, 1..) => Err("there is a link, which this kind of notice has not".to_owned()),
        _ => Ok(()),
    }
}

/// The verdict on a deletion.
pub(super) fn deletion(result: MultiValue) -> Result<DeletionVerdict> {
    let hook = "deletion";
    let (word, table) = verdict(hook, result)?;
    match word.as_str() {
        "deny" => Ok(DeletionVerdict::Deny { reasons: reasons(hook, &table)? }),
        "erase" => Ok(DeletionVerdict::Erase),
        "remove_login" => Ok(DeletionVerdict::RemoveLogin),
        "leave" => Ok(DeletionVerdict::Leave),
        "schedule" => match number(hook, &table, "days", DAYS_MAX)? {
            Some(days) => Ok(DeletionVerdict::Schedule { days }),
            None => wrong(hook, "gave no days to allow.schedule{ days = }"),
        },
        "retain" => match text(hook, &table, "ground", 4 * CODE_MAX)? {
            Some(ground) => Ok(DeletionVerdict::Retain { ground: code(hook, ground)? }),
            None => wrong(hook, "gave no ground to retain{ ground = }"),
        },
        _ => wrong(
            hook,
            "gave no verdict that it has: use allow.erase, allow.remove_login, allow.leave, allow.schedule, deny or retain",
        ),
    }
}

/// The verdict on an invitation.
pub(super) fn invitation(result: MultiValue) -> Result<InvitationVerdict> {
    let hook = "invitation";
    let (word, table) = verdict(hook, result)?;
    match word.as_str() {
        "deny" => Ok(InvitationVerdict::Deny { reasons: reasons(hook, &table)? }),
        "allow" => Ok(InvitationVerdict::Allow {
            expires_days: number(hook, &table, "expires_days", EXPIRES_MAX)?,
            max_uses: number(hook, &table, "max_uses", USES_MAX)?,
        }),
        _ => wrong(hook, "gave no verdict that it has: use allow{...} or deny{...}"),
    }
}

/// The type as Lua calls it, which has one kind of number.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Integer(_) => "number",
        other => other.type_name(),
    }
}

fn one(hook: &str, result: MultiValue) -> Result<Value> {
    if result.len() > 1 {
        return wrong(hook, "returned more than one value");
    }
    Ok(result.into_iter().next().unwrap_or(Value::Nil))
}

/// Holds that a table is plain and has these members alone.
fn members(hook: &str, table: &Table, known: &[&str]) -> Result<()> {
    if table.metatable().is_some() {
        return wrong(hook, "returned a table with a metatable");
    }
    for (count, pair) in table.pairs::<Value, Value>().enumerate() {
        let key = pair?.0;
        let key = key.as_string().and_then(|key| key.to_str().ok().map(|key| key.to_owned()));
        if count >= MEMBERS_MAX || !key.is_some_and(|key| known.contains(&key.as_str())) {
            let known = known.join(", ");
            return wrong(hook, format_args!("returned a table with other members than {known}"));
        }
    }
    Ok(())
}

fn verdict(hook: &str, result: MultiValue) -> Result<(String, Table)> {
    match one(hook, result)? {
        Value::Table(table) => {
            let all = ["verdict", "reasons", "days", "ground", "expires_days", "max_uses"];
            members(hook, &table, &all)?;
            let word = text(hook, &table, "verdict", CODE_MAX)?.unwrap_or_default();
            Ok((word, table))
        }
        other => wrong(hook, format_args!("returned {}, not a verdict", type_of(&other))),
    }
}

/// A text of a table; its length is looked at before it is copied.
fn text(hook: &str, table: &Table, key: &str, max: usize) -> Result<Option<String>> {
    match table.raw_get::<Value>(key)? {
        Value::Nil => Ok(None),
        Value::String(text) if text.as_bytes().len() > max => {
            wrong(hook, format_args!("gave a {key} of more than {max} bytes"))
        }
        Value::String(text) => match text.to_str() {
            Ok(text) => Ok(Some(text.to_owned())),
            Err(_) => wrong(hook, format_args!("gave a {key} that is no UTF-8")),
        },
        other => wrong(hook, format_args!("gave a {key} that is {}, not a text", type_of(&other))),
    }
}

/// A whole number from 1 to `max`.
fn number(hook: &str, table: &Table, key: &str, max: u32) -> Result<Option<u32>> {
    let value = match table.raw_get::<Value>(key)? {
        Value::Nil => return Ok(None),
        Value::Integer(value) => value as f64,
        Value::Number(value) => value,
        other => {
            return wrong(
                hook,
                format_args!("gave {key} that is {}, not a number", type_of(&other)),
            );
        }
    };
    if value.fract() == 0.0 && (1.0..=f64::from(max)).contains(&value) {
        Ok(Some(value as u32))
    } else {
        wrong(hook, format_args!("gave {key} that is no whole number from 1 to {max}"))
    }
}

fn reasons(hook: &str, table: &Table) -> Result<Vec<Reason>> {
    let list = match table.raw_get::<Value>("reasons")? {
        Value::Table(list) if list.metatable().is_none() => list,
        _ => return wrong(hook, "gave deny no list of { code =, text = }"),
    };
    let count = list.raw_len();
    if !(1..=REASONS_MAX).contains(&count) {
        return wrong(hook, format_args!("gave deny {count} reasons, not 1 to {REASONS_MAX}"));
    }
    (1..=count).map(|at| reason(hook, &list.raw_get(at)?)).collect()
}

fn reason(hook: &str, value: &Value) -> Result<Reason> {
    let Value::Table(table) = value else {
        return wrong(hook, "gave a reason that is no { code =, text = }");
    };
    members(hook, table, &["code", "text"])?;
    let code = code(hook, text(hook, table, "code", 4 * CODE_MAX)?.unwrap_or_default())?;
    match Line::parse(&text(hook, table, "text", 4 * 200)?.unwrap_or_default()) {
        Ok(text) => Ok(Reason { code, text }),
        Err(reason) => wrong(hook, format_args!("gave a reason whose text {reason}")),
    }
}

fn code(hook: &str, code: String) -> Result<String> {
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if (1..=CODE_MAX).contains(&code.len()) && code.bytes().all(is_sign) {
        Ok(code)
    } else {
        wrong(hook, format_args!("gave a code that is no 1 to {CODE_MAX} letters, digits and _"))
    }
}
