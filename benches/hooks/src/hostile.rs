//! Each hostile script in a process of its own, under the limits that hold by default.

use crate::engine;
use admit::domain::script::Hook;
use admit::hooks::Limits;
use admit::hooks::engine::{Ask, Engine, Made};
use admit::hooks::request::{InvitedAs, Wanted};
use admit::hooks::sample;
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

const FOLDER: &str = "tests/hostile";
/// A process that takes longer hangs.
const HANGS: Duration = Duration::from_secs(10);
/// More than this, in milliseconds, for a call.
const LATE: f64 = 200.0;
/// More than this, in MiB, over what the process had before.
const LARGE: f64 = 64.0;
/// Sources of the largest size, by how they start and what they repeat: what the compiler costs.
const SOURCES: [(&str, &str, &str, &str); 7] = [
    ("source_braces", "return ", "{", "}"),
    ("source_nested_functions", "return ", "function() return ", " end"),
    ("source_flat_functions", "", "do local function f() return f end end ", ""),
    ("source_constants", "local x = { ", "'x',", ""),
    ("source_numbers", "local x = { ", "1,", ""),
    ("source_statements", "", "a=a..b ", ""),
    ("source_conditions", "if a then ", "elseif a then ", ""),
];

pub fn print() {
    let mut names: Vec<String> = fs::read_dir(FOLDER)
        .expect("run in the workspace's folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort_by_key(|name| name.split('_').next().and_then(|it| it.parse::<u32>().ok()));
    names.extend(SOURCES.map(|(name, ..)| name.to_owned()));
    println!("{:<36} {:<34} {:>8} {:>8} {:>6}", "script", "outcome", "load ms", "call ms", "MiB");
    let mut flagged = 0;
    for name in names {
        let Some((outcome, [load, call, size])) = run(&name) else {
            println!("{name:<36} hangs or dies  !");
            flagged += 1;
            continue;
        };
        let is_over = load.max(call) > LATE || size > LARGE;
        flagged += u32::from(is_over);
        let flag = if is_over { "  !" } else { "" };
        println!("{name:<36} {outcome:<34} {load:>8.1} {call:>8.1} {size:>6.1}{flag}");
    }
    println!("{flagged} over {LATE} ms or {LARGE} MiB\n");
}

fn run(name: &str) -> Option<(String, [f64; 3])> {
    let program = std::env::current_exe().ok()?;
    let mut child =
        Command::new(program).args(["trial", name]).stdout(Stdio::piped()).spawn().ok()?;
    let mut output = child.stdout.take()?;
    let (send, said) = channel();
    std::thread::spawn(move || {
        let mut text = String::new();
        let _ = output.read_to_string(&mut text);
        send.send(text)
    });
    let text = said.recv_timeout(HANGS).unwrap_or_default();
    let _ = child.kill();
    let _ = child.wait();
    let (outcome, figures) = text.trim_end().split_once('\t')?;
    let figures: Vec<f64> = figures.split('\t').filter_map(|it| it.parse().ok()).collect();
    Some((outcome.to_owned(), figures.try_into().ok()?))
}

/// Runs one script in this process, and prints what it cost.
pub fn trial(name: &str) {
    let source = source(name);
    let head = |key: &str| {
        let mut lines = source.lines().take_while(|line| line.starts_with("-- "));
        lines.find_map(|line| line.strip_prefix(key)).map(str::to_owned)
    };
    let kind = head("-- kind: ").unwrap_or_else(|| "item_ready".to_owned());
    let ask = match head("-- hook: ").as_deref().and_then(Hook::find) {
        Some(Hook::Deletion) => {
            Ask::Deletion(Box::new(sample::deletion(Wanted::Erase, false, true).expect("facts")))
        }
        Some(Hook::Invitation) => {
            let facts = sample::invitation(InvitedAs::Client, "guest");
            Ask::Invitation(Box::new(facts.expect("facts")))
        }
        _ => engine::notice(&kind),
    };
    let engine = engine::new(1, Limits::default());
    let friendly = engine::load(&engine, engine::FRIENDLY).expect("the friendly script");
    let _ = engine::ask(&engine, &friendly, engine::notice("item_ready"));
    // The kernel forgets the peak so far; where it does not, the figure is too large.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = status("VmRSS:");
    let begun = Instant::now();
    let loaded = engine::load(&engine, &source);
    let load = begun.elapsed();
    let (outcome, call) = match loaded {
        Err(fault) => (format!("refused {}", fault.code.word()), Duration::ZERO),
        Ok(set) => {
            let begun = Instant::now();
            let outcome = outcome(&engine, &set, ask);
            (outcome, begun.elapsed())
        }
    };
    let size = (status("VmHWM:") - before).max(0.0) / 1024.0;
    let millis = |it: Duration| it.as_secs_f64() * 1e3;
    println!("{outcome}\t{}\t{}\t{size}", millis(load), millis(call));
}

fn outcome(engine: &Engine, set: &std::sync::Arc<admit::hooks::engine::Set>, ask: Ask) -> String {
    match engine::ask(engine, set, ask) {
        Ok(Made::Words(words)) => format!("words {:.20}", words.subject),
        Ok(Made::Nothing) => "nothing".to_owned(),
        Ok(Made::Deletion(verdict)) => verdict.word().to_owned(),
        Ok(Made::Invitation(_)) => "a verdict".to_owned(),
        Err(fault) => fault.code.word().to_owned(),
    }
}

fn source(name: &str) -> String {
    match SOURCES.iter().find(|(known, ..)| *known == name) {
        Some((_, start, open, close)) => {
            let count = (63 * 1024) / (open.len() + close.len());
            let end = match start.chars().next() {
                Some('l') => "}",
                Some('i') => "end",
                _ => "",
            };
            format!("{start}{}{}{end}", open.repeat(count), close.repeat(count))
        }
        None => fs::read_to_string(format!("{FOLDER}/{name}")).expect("a script"),
    }
}

/// A line of this process's status, in KiB; 0 where there is none.
fn status(key: &str) -> f64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0.0)
}
