//! Sources that mean harm to the compiler, each refused or run within bounds.

use super::engine::{ask, engine, load, notice};
use admit::domain::message::Kind;
use admit::domain::script::SOURCE_MAX;
use admit::hooks::engine::Made;
use admit::hooks::fault::Code;

const COUNT: usize = 10_000;

fn nested(start: &str, open: &str, close: &str) -> String {
    let count = COUNT.min((SOURCE_MAX - start.len()) / (open.len() + close.len()));
    format!("{start}{}{}", open.repeat(count), close.repeat(count))
}

/// The code of the refusal, or of the call; `None` where the words are made.
fn code(source: &str) -> Option<Code> {
    let engine = engine();
    match load(&engine, source) {
        Err(fault) => {
            assert!(fault.message.len() <= 500 && !fault.message.contains("0x"), "{fault}");
            Some(fault.code)
        }
        Ok(set) => {
            let made = ask(&engine, &set, notice(Kind::ItemReady)).made;
            made.inspect(|it| assert!(matches!(it, Made::Words(_)))).err().map(|it| it.code)
        }
    }
}

/// A hook around a body that has to leave a text in `text`.
fn hook(body: &str) -> String {
    format!(
        "return {{ notification = function(notice)\n{body}\nreturn {{ subject = 's', text = text }}\nend }}"
    )
}

#[test]
fn sources_that_nest_too_deep_are_refused_by_the_compiler() {
    for (start, open, close) in [
        ("return ", "(", ")"),
        ("return ", "{", "}"),
        ("return ", "-", ""),
        ("return ", "not ", ""),
        ("return ", "a[", "]"),
        ("return ", "`{", "}`"),
        ("return ", "function() return ", " end"),
        ("return ", "1^", "1"),
        ("local x: ", "(", ")"),
        ("", "do ", "end "),
        ("", "if a then ", "end "),
    ] {
        assert_eq!(code(&nested(start, open, close)), Some(Code::Syntax), "{start}{open}");
    }
}

#[test]
fn sources_with_too_many_names_are_refused_and_those_with_many_constants_run() {
    let locals: String = (0..201).map(|at| format!("local a{at} = notice\n")).collect();
    assert_eq!(code(&hook(&locals)), Some(Code::Syntax));
    let upvalues: String = (0..2)
        .map(|part| {
            let names: Vec<_> = (0..150).map(|at| format!("b{part}_{at}")).collect();
            format!("local {} = notice\n", names.join(", "))
                + &format!("local function f{part}() return {} end\n", names.join(", "))
        })
        .collect();
    assert_eq!(code(&hook(&upvalues)), Some(Code::Syntax));
    let constants: String = (0..5_000).map(|at| format!("'c{at}',")).collect();
    let constants = hook(&format!("local all = {{ {constants} }}\nlocal text = all[5000]"));
    assert_eq!(code(&constants), None);
    let concatenation = format!("local text = 'a'{}", "..'a'".repeat(150));
    assert_eq!(code(&hook(&concatenation)), None);
    let long = format!("local text = 'a'{}", "..'a'".repeat(COUNT));
    assert_eq!(code(&hook(&long)), Some(Code::Syntax));
}

#[test]
fn a_source_over_the_limit_never_reaches_the_compiler() {
    let source = format!("return {{}} --{}", "x".repeat(1 << 20));
    assert_eq!(code(&source), Some(Code::TooLarge));
}

#[test]
fn compiled_sources_are_refused() {
    for start in ["\u{1b}Lua", "\u{1b}LJ\u{2}", "\u{6}\u{3}", "\u{0}"] {
        assert_eq!(code(&format!("{start}return {{}}")), Some(Code::Syntax), "{start:?}");
    }
}
