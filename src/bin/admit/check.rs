//! `admit hooks check`: a set on everything that it is tried on before it is installed.

use super::files::Files;
use super::{Bounds, Failure, say};
use admit::domain::message::Kind;
use admit::domain::script::Hook;
use admit::domain::time::Timestamp;
use admit::hooks::engine::Set;
use admit::hooks::fault::Code;
use admit::hooks::sample;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

pub fn check(paths: &[PathBuf], bounds: &Bounds) -> Result<(), Failure> {
    let engine = bounds.engine()?;
    let files = Files::read(paths)?;
    let out = &mut io::stdout();
    let set = match engine.load(files.scripts()) {
        Ok(set) => Arc::new(set),
        Err(fault) => {
            say(out, files.placed(&fault));
            return Err(Failure { says: Vec::new(), status: 1 });
        }
    };
    let failures = engine.try_out(&set, Timestamp::default(), usize::MAX);
    let all = failures.len();
    // Each failure once, with the first call that has it.
    let mut distinct: Vec<(String, String, usize)> = Vec::new();
    for (tried, fault) in failures.iter().filter(|(_, fault)| fault.code != Code::SetAside) {
        let line = files.placed(fault);
        match distinct.iter_mut().find(|(known, ..)| *known == line) {
            Some((_, _, more)) => *more += 1,
            None => distinct.push((line, tried.clone(), 0)),
        }
    }
    for (line, tried, more) in &distinct {
        let more = if *more > 0 { format!(" and {more} more") } else { String::new() };
        say(out, format_args!("{line} (tried: {tried}{more})"));
    }
    let tried = tried(&set);
    if all == 0 {
        say(out, format_args!("good: {tried}"));
        return Ok(());
    }
    let failed = distinct.iter().map(|(.., more)| more + 1).sum::<usize>();
    let mut says = vec![format!("{failed} calls failed; tried were {tried}")];
    if all > failed {
        let aside = all - failed;
        says.push(format!("{aside} more were not run: the set ran over its limits too often"));
    }
    Err(Failure { says, status: 1 })
}

/// What a set was tried on, in a line.
fn tried(set: &Set) -> String {
    let samples = sample::all().unwrap_or_default();
    let asked = |hook: Hook| samples.iter().filter(|sample| sample.ask.hook() == hook).count();
    let parts = Hook::ALL.iter().filter(|hook| set.place(**hook).is_some()).map(|hook| {
        let count = asked(*hook);
        match hook {
            Hook::Notification => {
                let (kinds, languages) = (Kind::ALL.len(), sample::LOCALES.len());
                format!("{count} notifications of {kinds} kinds in {languages} languages")
            }
            Hook::Deletion => format!("{count} deletions"),
            Hook::Invitation => format!("{count} invitations"),
        }
    });
    parts.collect::<Vec<_>>().join(", ")
}
