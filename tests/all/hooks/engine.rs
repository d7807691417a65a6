//! The engine: what a script sees, what it may return, what becomes of it when it fails.

use admit::domain::id::PracticeId;
use admit::domain::message::Kind;
use admit::domain::script::{Script, ScriptName};
use admit::domain::text::AllowList;
use admit::domain::time::Timestamp;
use admit::hooks::Limits;
use admit::hooks::engine::{Answer, Ask, Call, Engine, Made, Set};
use admit::hooks::facts::{Facts, Role};
use admit::hooks::fault::{Code, Fault};
use admit::hooks::sample;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

const GLOBALS: &str = "tests/all/hooks/globals.out";

/// The count decides; a busy machine must not.
pub fn limits() -> Limits {
    Limits { time: Duration::from_secs(5), ..Limits::default() }
}

pub fn engine_within(limits: Limits) -> Engine {
    let links = AllowList::parse(&["https://portal.example.org"]).unwrap();
    Engine::new(1, limits, links)
}

pub fn engine() -> Engine {
    engine_within(limits())
}

pub fn script(name: &str, source: &str) -> Script {
    Script { name: ScriptName::parse(name).unwrap(), source: source.to_owned() }
}

pub fn load(engine: &Engine, source: &str) -> Result<Arc<Set>, Fault> {
    engine.load(vec![script("notices.lua", source)]).map(Arc::new)
}

pub fn ask(engine: &Engine, set: &Arc<Set>, facts: Facts) -> Answer {
    let ask = Ask::Notice(Box::new(facts));
    let call = Call { practice: PracticeId::from_uuid(Uuid::from_u128(1)), set: set.clone(), ask };
    engine.ask(vec![call], Timestamp::default()).pop().unwrap()
}

pub fn notice(kind: Kind) -> Facts {
    sample::notice(kind, "en", Role::Client, false).unwrap()
}

#[test]
fn scripts_see_the_names_of_the_golden_list_and_no_others() {
    let names = engine().globals().unwrap().join("\n") + "\n";
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        std::fs::write(GLOBALS, &names).unwrap();
    }
    assert_eq!(names, std::fs::read_to_string(GLOBALS).unwrap());
}

#[test]
fn words_are_what_the_script_returns() {
    let engine = engine();
    let set = load(
        &engine,
        r#"return { notification = function(notice)
             return {
               subject = template("Hello {recipient.given_name}", notice),
               text = "Come in: " .. notice.link .. " until " .. date(notice.expires_at, "date"),
               html = html.template('<p>{recipient.name}</p><a href="{link}">Come in</a>', notice),
             }
           end }"#,
    )
    .unwrap();
    let answer = ask(&engine, &set, notice(Kind::Invitation));
    let Ok(Made::Words(words)) = answer.made else { panic!("{:?}", answer.made.err()) };
    assert_eq!(words.subject, "Hello Luc\u{ed}a");
    assert_eq!(words.text, "Come in: https://link.invalid/ until March 9, 2026");
    assert!(words.html.contains("Luc\u{ed}a &lt;x&gt;O&#39;Hara&lt;/x&gt;"));
}

#[test]
fn a_misspelt_fact_is_an_error_that_lists_the_names_and_the_line() {
    let engine = engine();
    let source = "return { notification = function(notice)\n  return notice.client.nmae\nend }";
    let set = load(&engine, source).unwrap();
    let fault = ask(&engine, &set, notice(Kind::Invitation)).made.err().unwrap();
    assert_eq!(
        fault.to_string(),
        "notices.lua:2: no fact 'nmae' in notice.client; there are: \
         external_id, given_name, id, name"
    );
    assert_eq!(fault.code, Code::Runtime);
}

#[test]
fn a_result_that_breaks_the_contract_is_told_with_the_line_where_the_hook_begins() {
    let engine = engine();
    let source = "return {\n  notification = function()\n    return { subject = {} }\n  end }";
    let set = load(&engine, source).unwrap();
    let fault = ask(&engine, &set, notice(Kind::Reset)).made.err().unwrap();
    assert_eq!(fault.code, Code::BadResult);
    assert_eq!(
        fault.to_string(),
        "notices.lua:2: notification gave a subject that is table, not a text"
    );
}

#[test]
fn an_address_is_one_text() {
    let engine = engine();
    let source = "return { notification = function(notice)
        return { subject = notice.practice.support_email, text = notice.practice.support_phone }
      end }";
    let set = load(&engine, source).unwrap();
    let Ok(Made::Words(words)) = ask(&engine, &set, notice(Kind::StaffEnded)).made else {
        panic!("no words")
    };
    assert_eq!(words.subject, "help@cedar.example.org");
    assert_eq!(words.text, "+1 555 0100");
}

#[test]
fn a_script_that_never_ends_is_stopped_at_its_line_and_the_next_call_is_right() {
    let engine = engine();
    let source = "return { notification = function(notice)\n  while true do end\nend }";
    let set = load(&engine, source).unwrap();
    let fault = ask(&engine, &set, notice(Kind::Reset)).made.err().unwrap();
    assert_eq!(fault.to_string(), "notices.lua:2: the script ran longer than it may");
    let good = load(&engine, "return { notification = function() return false end }").unwrap();
    assert!(matches!(ask(&engine, &good, notice(Kind::StaffEnded)).made, Ok(Made::Nothing)));
}

#[test]
fn nothing_that_a_script_is_given_can_be_changed() {
    let engine = engine();
    for target in
        ["string", "table", "math", "allow", "html", "utf8", "bit32", "notice", "notice.client"]
    {
        let source = format!(
            "return {{ notification = function(notice)\n  {target}.x = notice.client.name\nend }}"
        );
        let set = load(&engine, &source).unwrap();
        let fault = ask(&engine, &set, notice(Kind::StaffEnded)).made.err().unwrap();
        assert!(fault.message.contains("readonly"), "{target}: {fault}");
    }
    for target in ["string", "allow", "_G", "''", "notice"] {
        let source = format!(
            "return {{ notification = function(notice)\n  setmetatable({target}, {{}})\nend }}"
        );
        let set = load(&engine, &source).unwrap();
        assert!(ask(&engine, &set, notice(Kind::StaffEnded)).made.is_err(), "{target}");
    }
}
