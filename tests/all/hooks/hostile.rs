//! Scripts that mean harm: each file of tests/hostile says what must become of it.
//!
//! Its head holds `-- verdict:` with the outcomes that are right, `|` between them: the word of a
//! fault, `refused` and the word where it must not load, `words` and the subject, `nothing`, or a
//! verdict. `-- kind:` or `-- hook:` say what is asked, `-- line:` where a fault stands, and
//! `-- stop: clock` that steps are so slow that the clock stops it long before the count.

use super::engine::{engine_within, limits, load, notice, script};
use super::smuggled::places_of;
use admit::domain::id::PracticeId;
use admit::domain::message::Kind;
use admit::domain::script::Hook;
use admit::domain::time::Timestamp;
use admit::hooks::Limits;
use admit::hooks::engine::{Answer, Ask, Call, Engine, Made, Set};
use admit::hooks::fault::{Code, Fault};
use admit::hooks::request::{InvitedAs, Wanted};
use admit::hooks::sample;
use admit::hooks::verdict::{DeletionVerdict, InvitationVerdict};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;
use uuid::Uuid;

/// A script that still runs after this hangs.
const HANGS: Duration = Duration::from_secs(10);
const LIVE: &str = "https://portal.example.org/i#SECRET";
/// Logs that the hook was reached, and words the text where the point of a script is its subject.
const BEFORE: &str = "local _log, _type, _get = log, type, rawget local function module() ";
const AFTER: &str = r#"
end
local function worded(made, ...)
  if _type(made) == "table" and _get(made, "text") == "" then
    return { subject = _get(made, "subject"), text = "t" }
  end
  return made, ...
end
local wrapped = {}
for name, hook in module() do
  wrapped[name] = function(facts) _log("reached") return worded(hook(facts)) end
end
return wrapped"#;
/// A neighbour in the same set, whose state a hostile script shares.
const NEIGHBOUR: &str = r#"local before = seen
seen = "used"
return { %HOOK% = function(request)
  local name = request.client.name:upper():gsub("[AEIOU]", "*")
  return deny { code = "seen", text = string.format("%s %s %s", name, tostring(before), plural(2, { one = "day", other = "days" })) }
end }"#;
const GOOD: &str = r#"return { notification = function(notice)
  return {
    subject = template("For {client.name}", notice),
    text = string.format("%s, %d %s", notice.client.name:lower(), 2, plural(2, { other = "days" })),
    html = html.template("<p>{client.name}</p>", notice),
  }
end }"#;

struct Trial {
    name: String,
    source: String,
    verdicts: Vec<String>,
    kind: Kind,
    hook: Hook,
    line: Option<u32>,
    limits: Limits,
}

impl Trial {
    fn read(path: PathBuf) -> Self {
        let source = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(source.starts_with("-- SAFE ENGINE MUST: "), "{name}");
        let head = |key: &str| {
            let lines = source.lines().take_while(|line| line.starts_with("-- "));
            lines.filter_map(|line| line.strip_prefix(&format!("-- {key}: "))).next()
        };
        let verdicts = head("verdict").unwrap_or_else(|| panic!("{name} has no verdict"));
        let kind = head("kind").unwrap_or("item_ready");
        Self {
            verdicts: verdicts.split(" | ").map(str::to_owned).collect(),
            kind: *Kind::ALL.iter().find(|it| it.word() == kind).unwrap(),
            hook: Hook::find(head("hook").unwrap_or("notification")).unwrap(),
            limits: match head("stop") {
                Some("clock") => Limits::default(),
                _ => limits(),
            },
            line: head("line").map(|line| line.parse().unwrap()),
            source: source.clone(),
            name,
        }
    }

    fn is_refused(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.starts_with("refused "))
    }

    /// Who else is in the set, and what is asked of it.
    fn neighbour(&self) -> Hook {
        if self.hook == Hook::Invitation { Hook::Deletion } else { Hook::Invitation }
    }

    fn set(&self, engine: &Engine) -> Result<Arc<Set>, Fault> {
        let hostile = if self.is_refused() {
            self.source.clone()
        } else {
            format!("{BEFORE}{}{AFTER}", self.source)
        };
        let neighbour = NEIGHBOUR.replace("%HOOK%", self.neighbour().word());
        let scripts = vec![script("hostile.lua", &hostile), script("neighbour.lua", &neighbour)];
        engine.load(scripts).map(Arc::new)
    }

    fn ask(&self, engine: &Engine, set: &Arc<Set>, patient: &str) -> Answer {
        ask(engine, set, asked(self.hook, self.kind, patient))
    }

    /// Runs the script twice, for two patients, and good ones after it; what was wrong.
    fn run(&self) -> Result<(), String> {
        let engine = engine_within(self.limits);
        let set = match self.set(&engine) {
            Ok(set) => set,
            Err(fault) => return self.judge(&format!("refused {}", fault.code.word()), &fault),
        };
        let first = self.ask(&engine, &set, "Ada <x>Firstpatient");
        if first.log.first().is_none_or(|line| line != "reached") {
            return Err(format!("the hook was not reached: {:?}", first.made.err()));
        }
        self.judge_answer(&first)?;
        if !matches!(&first.made, Err(fault) if fault.code.is_trip()) {
            let second = self.ask(&engine, &set, "Bea <x>Secondpatient");
            self.judge_answer(&second).map_err(|wrong| format!("the second time {wrong}"))?;
            if told(&second).contains("Firstpatient") {
                return Err(format!("kept a name: {}", told(&second)));
            }
        }
        self.require_good(&engine, &set)
    }

    fn require_good(&self, engine: &Engine, set: &Arc<Set>) -> Result<(), String> {
        let beside = ask(engine, set, asked(self.neighbour(), Kind::ItemReady, "Cleo"));
        if !told(&beside).starts_with("deny seen CL** nil days") {
            return Err(format!("the neighbour says {}", told(&beside)));
        }
        let good = load(engine, GOOD).unwrap();
        let after = ask(engine, &good, asked(Hook::Notification, Kind::ItemReady, "Cleo <b>"));
        let Ok(Made::Words(words)) = &after.made else { return Err(told(&after)) };
        let words = (words.subject.as_str(), words.text.as_str(), words.html.as_str());
        if words != ("For Cleo <b>", "cleo <b>, 2 days", "<p>Cleo &lt;b&gt;</p>") {
            return Err(format!("the next one says {words:?}"));
        }
        Ok(())
    }

    fn judge_answer(&self, answer: &Answer) -> Result<(), String> {
        let none = Fault::new(Code::Unavailable, "", 0, "");
        self.judge(&outcome(answer), answer.made.as_ref().err().unwrap_or(&none))?;
        let is_short = |line: &String| line.chars().count() <= 200;
        let is_one_line = |line: &String| !line.chars().any(char::is_control);
        if answer.log.len() > 20 || !answer.log.iter().all(|it| is_short(it) && is_one_line(it)) {
            return Err(format!("logs {} lines", answer.log.len()));
        }
        let Ok(Made::Words(words)) = &answer.made else { return Ok(()) };
        let filled = words.filled(LIVE);
        let elsewhere = places_of("SECRET", &filled.html);
        if !elsewhere.is_empty() || filled.subject.contains("SECRET") {
            return Err(format!("the link is in {elsewhere:?} and {:?}", filled.subject));
        }
        Ok(())
    }

    fn judge(&self, outcome: &str, fault: &Fault) -> Result<(), String> {
        let text = fault.to_string();
        if !self.verdicts.iter().any(|verdict| verdict == outcome) {
            return Err(format!("gives {outcome:?}, not {:?}: {text}", self.verdicts));
        }
        if fault.message.len() > 500 || text.chars().any(char::is_control) || text.contains("0x") {
            return Err(format!("is told as {text:?}"));
        }
        let is_placed = match (self.line, fault.code) {
            (Some(line), _) => fault.line == line,
            (None, Code::Runtime | Code::TimeLimit) => fault.line > 0,
            _ => true,
        };
        let is_named = ["", "hostile.lua"].contains(&fault.script.as_str());
        if is_placed && is_named { Ok(()) } else { Err(format!("is placed at {fault:?}: {text}")) }
    }
}

fn asked(hook: Hook, kind: Kind, patient: &str) -> Ask {
    match hook {
        Hook::Notification => {
            let mut facts = notice(kind);
            facts.client.as_mut().unwrap().name = patient.to_owned();
            facts.recipient.name = Some(patient.to_owned());
            Ask::Notice(Box::new(facts))
        }
        Hook::Deletion => {
            let mut facts = sample::deletion(Wanted::Erase, false, true).unwrap();
            facts.client.as_mut().unwrap().name = patient.to_owned();
            Ask::Deletion(Box::new(facts))
        }
        Hook::Invitation => {
            let mut facts = sample::invitation(InvitedAs::Client, "guest").unwrap();
            facts.client.as_mut().unwrap().name = patient.to_owned();
            Ask::Invitation(Box::new(facts))
        }
    }
}

fn ask(engine: &Engine, set: &Arc<Set>, ask: Ask) -> Answer {
    let call = Call { practice: PracticeId::from_uuid(Uuid::from_u128(1)), set: set.clone(), ask };
    engine.ask(vec![call], Timestamp::default()).pop().unwrap()
}

fn outcome(answer: &Answer) -> String {
    match &answer.made {
        Err(fault) => fault.code.word().to_owned(),
        Ok(Made::Nothing) => "nothing".to_owned(),
        Ok(Made::Words(words)) => format!("words {}", words.subject),
        Ok(Made::Deletion(DeletionVerdict::Deny { reasons })) => {
            format!("deny {}", reasons[0].code)
        }
        Ok(Made::Deletion(verdict)) => verdict.word().to_owned(),
        Ok(Made::Invitation(InvitationVerdict::Allow { .. })) => "allow".to_owned(),
        Ok(Made::Invitation(InvitationVerdict::Deny { reasons })) => {
            format!("deny {}", reasons[0].code)
        }
    }
}

/// Everything that an answer says.
fn told(answer: &Answer) -> String {
    let more = match &answer.made {
        Err(fault) => fault.to_string(),
        Ok(Made::Words(words)) => format!("{}\n{}", words.text, words.html),
        Ok(
            Made::Deletion(DeletionVerdict::Deny { reasons })
            | Made::Invitation(InvitationVerdict::Deny { reasons }),
        ) => reasons.iter().map(|reason| reason.text.as_str()).collect(),
        Ok(_) => String::new(),
    };
    format!("{} {more}\n{}", outcome(answer), answer.log.join("\n"))
}

#[test]
fn every_hostile_script_gets_its_verdict_and_leaves_nothing_to_the_next_call() {
    let mut paths: Vec<_> =
        fs::read_dir("tests/hostile").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 71, "{} scripts", paths.len());
    let only = std::env::var("ADMIT_HOSTILE").unwrap_or_default();
    let mut wrong = Vec::new();
    for trial in paths.into_iter().map(Trial::read).filter(|trial| trial.name.contains(&only)) {
        let name = trial.name.clone();
        let (done, ended) = channel();
        std::thread::spawn(move || done.send(trial.run()));
        match ended.recv_timeout(HANGS) {
            Ok(Ok(())) => {}
            Ok(Err(why)) => wrong.push(format!("{name}: {why}")),
            Err(_) => wrong.push(format!("{name}: hangs or panicked")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
