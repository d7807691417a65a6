//! Scripts that mean harm to others: to another practice, to who waits, to who installs.

use super::engine::{engine, limits, load, notice};
use admit::domain::id::PracticeId;
use admit::domain::message::Kind;
use admit::domain::text::AllowList;
use admit::domain::time::{MINUTE, Timestamp};
use admit::hooks::engine::{Answer, Ask, Call, Engine, Made, Set};
use admit::hooks::fault::Code;
use std::sync::Arc;
use uuid::Uuid;

const ENDLESS: &str = "return { notification = function() while true do end end }";
const GOOD: &str = r#"return { notification = function(notice)
  return { subject = "For " .. notice.client.name, text = "t" }
end }"#;

fn call(practice: u128, set: &Arc<Set>, patient: &str) -> Call {
    let mut facts = notice(Kind::ItemReady);
    facts.client.as_mut().unwrap().name = patient.to_owned();
    let practice = PracticeId::from_uuid(Uuid::from_u128(practice));
    Call { practice, set: set.clone(), ask: Ask::Notice(Box::new(facts)) }
}

fn subject(answer: &Answer) -> &str {
    match &answer.made {
        Ok(Made::Words(words)) => &words.subject,
        _ => "no words",
    }
}

fn code(answer: &Answer) -> Option<Code> {
    answer.made.as_ref().err().map(|fault| fault.code)
}

#[test]
fn a_set_that_always_trips_is_set_aside_for_a_minute_and_the_other_practice_gets_its_words() {
    let engine = engine();
    let (bad, good) = (load(&engine, ENDLESS).unwrap(), load(&engine, GOOD).unwrap());
    let begun = Timestamp::from_millis(1_000_000);
    let both = |count: usize| (0..count).flat_map(|_| [call(1, &bad, "A"), call(2, &good, "B")]);
    let answers = engine.ask(both(7).collect(), begun);
    let (bad_ones, good_ones): (Vec<_>, Vec<_>) =
        answers.chunks(2).map(|pair| (&pair[0], &pair[1])).unzip();
    assert!(good_ones.iter().all(|it| subject(it) == "For B"));
    let codes: Vec<_> = bad_ones.iter().map(|it| code(it).unwrap()).collect();
    assert_eq!(codes[..5], [Code::TimeLimit; 5]);
    assert_eq!(codes[5..], [Code::SetAside; 2]);
    let told: Vec<_> = bad_ones.iter().map(|it| it.set_aside).collect();
    assert_eq!(told, [false, false, false, false, true, false, false]);

    let at = |millis: i64| {
        let now = Timestamp::from_millis(begun.millis() + millis);
        code(&engine.ask(vec![call(1, &bad, "A")], now)[0])
    };
    assert_eq!(at(MINUTE - 1), Some(Code::SetAside));
    assert_eq!(at(MINUTE), Some(Code::TimeLimit));
}

#[test]
fn failures_that_no_limit_stopped_set_nothing_aside() {
    let engine = engine();
    let set = load(&engine, "return { notification = function() error('no') end }").unwrap();
    let calls = (0..20).map(|_| call(1, &set, "A")).collect();
    let answers = engine.ask(calls, Timestamp::default());
    assert!(answers.iter().all(|it| code(it) == Some(Code::Runtime) && !it.set_aside));
}

#[test]
fn a_script_that_fails_in_one_language_alone_fails_its_check() {
    let engine = engine();
    let source = r#"return { notification = function(notice)
  if notice.recipient.locale == "ja" then error("no words in Japanese") end
  return { subject = "s", text = notice.link or "t", html = "<p>" .. html.escape(notice.client and notice.client.name) .. "</p>" .. (if notice.link then '<a href="' .. notice.link .. '">in</a>' else "") }
end }"#;
    let set = load(&engine, source).unwrap();
    let failures = engine.try_out(&set, Timestamp::default(), 1000);
    assert!(!failures.is_empty());
    for (title, fault) in failures {
        assert!(title.contains(" ja "), "{title}: {fault}");
        assert_eq!(fault.to_string(), "notices.lua:2: no words in Japanese");
    }
}

#[test]
fn a_name_that_is_not_escaped_fails_the_check() {
    let engine = engine();
    for name in ["recipient", "client"] {
        let source = r#"return { notification = function(notice)
  local name = notice.NAME and notice.NAME.name or ""
  local html = "<p>" .. name .. "</p>" .. (if notice.link then '<a href="' .. notice.link .. '">in</a>' else "")
  return { subject = "s", text = notice.link or "t", html = html }
end }"#;
        let set = load(&engine, &source.replace("NAME", name)).unwrap();
        let (title, fault) = engine.try_out(&set, Timestamp::default(), 1).remove(0);
        assert!(fault.message.contains("the element <x> is not allowed"), "{title}: {fault}");
    }
}

#[test]
fn more_sets_than_a_worker_keeps_answer_each_for_itself() {
    let engine = engine();
    let sets: Vec<_> = (0..12)
        .map(|at| {
            let source = GOOD.replace("For ", &format!("{at} for "));
            load(&engine, &source).unwrap()
        })
        .collect();
    for _ in 0..2 {
        let calls = sets.iter().map(|set| call(1, set, "A")).collect();
        let answers = engine.ask(calls, Timestamp::default());
        for (at, answer) in answers.iter().enumerate() {
            assert_eq!(subject(answer), format!("{at} for A"));
        }
    }
}

#[test]
fn whoever_waits_gets_answers_although_others_let_the_engine_go() {
    let links = AllowList::parse(&["https://portal.example.org"]).unwrap();
    let engine = Arc::new(Engine::new(2, limits(), links));
    let (bad, good) = (load(&engine, ENDLESS).unwrap(), load(&engine, GOOD).unwrap());
    let waiting: Vec<_> = (0..8)
        .map(|at| {
            let engine = engine.clone();
            let calls = vec![call(1, &bad, "A"), call(at, &good, "B")];
            std::thread::spawn(move || engine.ask(calls, Timestamp::default()))
        })
        .collect();
    drop(engine);
    for thread in waiting {
        let answers = thread.join().unwrap();
        assert!(matches!(code(&answers[0]), Some(Code::TimeLimit | Code::SetAside)));
        assert_eq!(subject(&answers[1]), "For B");
    }
}
