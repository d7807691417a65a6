//! Facts as somebody writes them by hand: what is left out is filled in from a sample.

use super::engine::Ask;
use super::facts::{Facts, Role};
use super::request::{DeletionFacts, InvitationFacts, InvitedAs, Wanted};
use super::sample;
use super::warning;
use crate::domain::message::Kind;
use crate::domain::script::Hook;
use crate::domain::text::Locale;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// Members whose own names the product or the host chooses; they are taken as they are given.
const OPEN: &[&str] = &["notice.own", "request.items", "request.ever", "request.host"];

/// Why something is no facts, in a sentence for whoever wrote it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotFacts(String);

fn wrong<T>(why: impl Into<String>) -> Result<T, NotFacts> {
    Err(NotFacts(why.into()))
}

/// What a hook is asked with these facts. The host's counts are those given and no others.
///
/// # Errors
/// A member that no facts have, or one whose value is of another kind.
pub fn ask(hook: Hook, given: &Json) -> Result<Ask, NotFacts> {
    match hook {
        Hook::Notification => notice(given).map(|facts| Ask::Notice(Box::new(facts))),
        Hook::Deletion => deletion(given).map(|facts| Ask::Deletion(Box::new(facts))),
        Hook::Invitation => invitation(given).map(|facts| Ask::Invitation(Box::new(facts))),
    }
}

fn notice(given: &Json) -> Result<Facts, NotFacts> {
    let word: Option<String> = member(given, "notice", "kind")?;
    let Some(kind) = word.and_then(|word| Kind::try_from(word).ok()) else {
        let known: Vec<&str> = Kind::ALL.iter().map(Kind::word).collect();
        return wrong(format!("notice.kind is one of {}, or x_ and a name", known.join(", ")));
    };
    let sample = |kind| sampled(sample::notice(kind, "en", Role::Client, false));
    let base = sample(kind)?;
    if given.get("link").is_some_and(|link| base.get("link") != Some(link)) {
        return wrong("notice.link is the library's: leave it out");
    }
    // An item's notice has all that others may lack.
    let mut facts: Facts = filled("notice", base, given, &sample(Kind::ItemReady)?)?;
    if let Err(reason) = Locale::parse(facts.recipient.locale.as_str()) {
        return wrong(format!("notice.recipient.locale {reason}"));
    }
    if given.get("warning").is_none() {
        facts.warning = warning::line(kind, &facts.practice, &facts.recipient.locale);
    }
    Ok(facts)
}

fn deletion(given: &Json) -> Result<DeletionFacts, NotFacts> {
    let wanted = member(given, "request", "wanted")?.unwrap_or(Wanted::Erase);
    let is_staff = given.get("staff").is_some_and(Json::is_object);
    let mut base = sampled(sample::deletion(wanted, is_staff, false))?;
    base["host"] = Json::Object(Default::default());
    let mut shape = sampled(sample::deletion(wanted, false, true))?;
    shape["staff"] = sampled(sample::deletion(wanted, true, true))?["staff"].take();
    filled("request", base, given, &shape)
}

fn invitation(given: &Json) -> Result<InvitationFacts, NotFacts> {
    let invited_as = member(given, "request", "invited_as")?.unwrap_or(InvitedAs::Client);
    let sample = |invited_as| sampled(sample::invitation(invited_as, "registered"));
    let mut shape = sample(InvitedAs::Client)?;
    shape["staff"] = sample(InvitedAs::Admin)?["staff"].take();
    filled("request", sample(invited_as)?, given, &shape)
}

fn sampled<F: Serialize, E>(sample: Result<F, E>) -> Result<Json, NotFacts> {
    let json = sample.ok().and_then(|facts| serde_json::to_value(facts).ok());
    json.ok_or_else(|| NotFacts("there is no sample of this".to_owned()))
}

/// One member that says which sample fills in the rest.
fn member<T: DeserializeOwned>(
    given: &Json,
    what: &str,
    name: &str,
) -> Result<Option<T>, NotFacts> {
    let Some(members) = given.as_object() else {
        return wrong(format!("the facts of a {what} are an object: {{ ... }}"));
    };
    let read = members.get(name).map(|value| serde_json::from_value(value.clone()));
    read.transpose().map_err(|error| NotFacts(format!("{what}.{name}: {error}")))
}

fn filled<F: DeserializeOwned>(
    what: &str,
    mut base: Json,
    given: &Json,
    shape: &Json,
) -> Result<F, NotFacts> {
    lay_over(&mut base, given, shape, what)?;
    serde_path_to_error::deserialize(base)
        .map_err(|error| NotFacts(format!("{what}.{}: {}", error.path(), error.inner())))
}

/// Lays what is given over a sample. `shape` is a sample that lacks nothing.
fn lay_over(base: &mut Json, given: &Json, shape: &Json, path: &str) -> Result<(), NotFacts> {
    let (Json::Object(given), Json::Object(known)) = (given, shape) else {
        *base = given.clone();
        return Ok(());
    };
    if OPEN.contains(&path) {
        *base = Json::Object(given.clone());
        return Ok(());
    }
    if !base.is_object() {
        *base = shape.clone();
    }
    for (name, value) in given {
        let Some(shape) = known.get(name) else {
            let names: Vec<&str> = known.keys().map(String::as_str).collect();
            let names = names.join(", ");
            return wrong(format!("no fact '{name}' in {path}; there are: {names}"));
        };
        lay_over(&mut base[name], value, shape, &format!("{path}.{name}"))?;
    }
    Ok(())
}
