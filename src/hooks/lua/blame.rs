//! Where an error comes from: the script, the line, the message.

use super::limit::Stop;
use super::state::PRELUDE_NAME;
use crate::hooks::fault::{Code, Fault};
use crate::hooks::outcome::Wrong;
use mlua::Error;

/// What the machine puts between a message and its traceback.
const TRACE: &str = "\nstack traceback:";

pub(super) fn is_memory(error: &Error) -> bool {
    match error {
        Error::MemoryError(_) => true,
        Error::CallbackError { cause, .. } => is_memory(cause),
        _ => false,
    }
}

/// The fault of an error that no script is to blame for.
pub(super) fn unplaced(error: &Error) -> Fault {
    fault("", error)
}

/// The fault of a script that was stopped, perhaps with an error that it raised over that.
pub(super) fn stopped(script: &str, found: Option<&Fault>, stop: &Stop) -> Fault {
    let line = if stop.line > 0 { stop.line } else { found.map_or(0, |found| found.line) };
    let message = match stop.code {
        Code::MemoryLimit => "the script took more memory than it may",
        _ => "the script ran longer than it may",
    };
    Fault::new(stop.code, script, line, message)
}

/// The fault of an error that a script raised. Only the name of the script that ran is believed:
/// a message may look as if it came from anywhere.
pub(super) fn fault(script: &str, error: &Error) -> Fault {
    let (mut cause, mut trace) = (error, "");
    while let Error::CallbackError { cause: inner, traceback } = cause {
        (cause, trace) = (inner, traceback);
    }
    let (code, text) = match cause {
        Error::SyntaxError { message, .. } => (Code::Syntax, message.clone()),
        Error::RuntimeError(message) => (Code::Runtime, message.clone()),
        Error::MemoryError(_) => {
            let stop = Stop { code: Code::MemoryLimit, line: 0 };
            return stopped(script, None, &stop);
        }
        other => match other.downcast_ref::<Wrong>() {
            Some(Wrong(what)) => return Fault::new(Code::BadResult, script, 0, what),
            None => (Code::Runtime, other.to_string()),
        },
    };
    let (text, trace) = text.rsplit_once(TRACE).unwrap_or((&text, trace));
    match placed(text) {
        Some((name, line, message)) if name == script => Fault::new(code, script, line, message),
        Some((PRELUDE_NAME, _, message)) => Fault::new(code, script, line(script, trace), message),
        _ => Fault::new(code, script, line(script, trace), text),
    }
}

/// The parts of `name:line: message`.
fn placed(text: &str) -> Option<(&str, u32, &str)> {
    let (name, rest) = text.split_once(':')?;
    let (line, message) = rest.split_once(':')?;
    Some((name, line.trim().parse().ok()?, message.trim_start()))
}

/// The line of the innermost frame of a script.
fn line(script: &str, trace: &str) -> u32 {
    let frames = trace.lines().filter_map(|frame| frame.trim_start().strip_prefix(script));
    let mut lines = frames.filter_map(|rest| {
        let rest = rest.strip_prefix(':')?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..end)?.parse().ok()
    });
    lines.next().unwrap_or(0)
}
