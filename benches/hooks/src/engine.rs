//! Words a second through the engine.

use crate::median;
use admit::domain::id::PracticeId;
use admit::domain::message::Kind;
use admit::domain::script::{Script, ScriptName};
use admit::domain::text::AllowList;
use admit::domain::time::Timestamp;
use admit::hooks::Limits;
use admit::hooks::engine::{Ask, Call, Engine, Made, Set};
use admit::hooks::facts::Role;
use admit::hooks::fault::Fault;
use admit::hooks::sample;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Twelve facts, formats, a match, a loop, an escape: the size of a hook that products write. It
/// keeps to what the bare machine has.
pub const FRIENDLY: &str = r#"
local function escaped(text)
  return (text:gsub("[&<>\"']", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }))
end
return { notification = function(notice)
  local name = notice.recipient.given_name or notice.recipient.name
  local lines = { string.format("Dear %s,", name), "" }
  local kind = notice.item.kind:match("^%a+") or "item"
  for at, part in { notice.client.name, notice.practice.name, notice.item.status, notice.recipient.locale, notice.staff.name, notice.inviter or "", notice.recipient.zone } do
    lines[#lines + 1] = string.format("%d. %s", at, part)
  end
  lines[#lines + 1] = "Your " .. kind .. " is there."
  local html = {}
  for at, line in lines do html[at] = "<p>" .. escaped(line) .. "</p>" end
  return { subject = string.format("%s: your %s", notice.practice.name, kind), text = table.concat(lines, "\n"), html = table.concat(html, "\n") }
end }"#;
const WINDOW: Duration = Duration::from_millis(400);
const WINDOWS: usize = 7;

/// Limits that stop nothing: no memory limit, and a count and a time that nothing reaches.
pub const LIFTED: Limits =
    Limits { interrupts: u64::MAX, time: Duration::from_secs(86_400), memory: 0 };

pub fn new(workers: usize, limits: Limits) -> Engine {
    let links = AllowList::parse(&["https://portal.example.org"]).expect("an origin");
    Engine::new(workers, limits, links)
}

pub fn load(engine: &Engine, source: &str) -> Result<Arc<Set>, Fault> {
    let name = ScriptName::parse("notices.lua").expect("a name");
    engine.load(vec![Script { name, source: source.to_owned() }]).map(Arc::new)
}

pub fn notice(kind: &str) -> Ask {
    let kind = Kind::ALL.iter().find(|it| it.word() == kind).expect("a kind");
    Ask::Notice(Box::new(sample::notice(*kind, "en", Role::Client, false).expect("facts")))
}

fn call(set: &Arc<Set>, ask: Ask) -> Call {
    Call { practice: PracticeId::from_uuid(Uuid::from_u128(1)), set: set.clone(), ask }
}

pub fn ask(engine: &Engine, set: &Arc<Set>, ask: Ask) -> Result<Made, Fault> {
    let answer = engine.ask(vec![call(set, ask)], Timestamp::default()).pop();
    answer.expect("one answer").made
}

/// Prints the rates of workers and batches, and what the limits cost.
pub fn print() {
    println!("{:<44} {:>12} {:>12}", "through the engine", "words/s", "us/word");
    for (title, workers, batch, limits) in [
        ("1 worker, batches of 1", 1, 1, Limits::default()),
        ("1 worker, batches of 100", 1, 100, Limits::default()),
        ("1 worker, batches of 100, limits lifted", 1, 100, LIFTED),
        ("2 workers, batches of 1, 2 callers", 2, 1, Limits::default()),
        ("2 workers, batches of 100, 2 callers", 2, 100, Limits::default()),
    ] {
        let engine = new(workers, limits);
        let set = load(&engine, FRIENDLY).expect("the friendly script");
        let rates = (0..WINDOWS).map(|_| rate(&engine, &set, workers, batch)).collect();
        let rate = median(rates);
        println!("{title:<44} {rate:>12.0} {:>12.1}", 1e6 / rate);
    }
}

fn rate(engine: &Engine, set: &Arc<Set>, callers: usize, batch: usize) -> f64 {
    let begun = Instant::now();
    let count: usize = std::thread::scope(|scope| {
        let callers: Vec<_> = (0..callers)
            .map(|_| {
                scope.spawn(|| {
                    let mut count = 0;
                    while begun.elapsed() < WINDOW {
                        let calls = (0..batch).map(|_| call(set, notice("item_ready"))).collect();
                        let answers = engine.ask(calls, Timestamp::default());
                        let failed = answers.iter().find_map(|it| it.made.as_ref().err());
                        assert!(
                            failed.is_none(),
                            "{}",
                            failed.map_or(String::new(), ToString::to_string)
                        );
                        count += answers.len();
                    }
                    count
                })
            })
            .collect();
        callers.into_iter().map(|caller| caller.join().expect("a caller")).sum()
    });
    count as f64 / begun.elapsed().as_secs_f64()
}
