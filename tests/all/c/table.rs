//! Turns the header into tables for the C programs: what each function takes, what each struct
//! has, and one plain caller for each function.

use super::header::{Function, Header, Variable};
use std::fmt::Write;

/// What a member holds in an ordinary call, where its comment does not say "required".
const FILLED: &[(&str, &str)] = &[
    ("admit_open_options", "flags"),
    ("admit_client_input", "name"),
    ("admit_staff_input", "name"),
    ("admit_anchor", "hash"),
    ("admit_client_field", "text"),
];

/// A C type as the kit knows it, and the index of the struct or object that it points to.
fn kind(header: &Header, it: &Variable, before: Option<&'static str>) -> (&'static str, usize) {
    let base: String = it.kind.replace("const ", "").replace('*', "").trim().to_owned();
    let pointers = it.kind.matches('*').count();
    let is_input = it.kind.starts_with("const ");
    if let Some(index) = header.shape(&base) {
        return if pointers == 2 { ("LIST", index) } else { ("STRUCT", index) };
    }
    if let Some(index) = header.object(&base) {
        let name = match (base.as_str(), pointers) {
            ("admit_error", 2) if it.name == "err" => "ERR",
            (_, 2) => "OUT",
            ("admit_store", _) => "STORE",
            ("admit_actor", _) => "ACTOR",
            _ => "OBJECT",
        };
        return (name, index);
    }
    let counts = matches!(before, Some("LIST" | "TEXTS" | "BYTES" | "BUFFER"));
    let is_number = header.enums.contains(&base)
        || matches!(base.as_str(), "int32_t" | "uint32_t" | "int64_t" | "uint64_t" | "size_t");
    let name = match (it.kind.as_str(), base.as_str()) {
        ("const char *", _) => "TEXT",
        ("const char *const *", _) => "TEXTS",
        ("const uint8_t *", _) => "BYTES",
        ("uint8_t *", _) => "BUFFER",
        ("char **" | "const char **", _) => "OUT",
        ("void *", _) => "DATA",
        ("void", _) => "NOTHING",
        ("size_t", _) if it.name == "size" => "SIZE",
        ("size_t", _) if counts => "COUNT",
        (_, callback) if header.callbacks.iter().any(|it| it == callback) => "FUNCTION",
        _ if is_number && pointers == 1 && !is_input => "OUT_NUMBER",
        _ if it.name == "reserved" => "RESERVED",
        ("int32_t", _) => "WORD",
        ("uint32_t", _) if matches!(it.name.as_str(), "flags" | "fields") => "BITS",
        _ if is_number && pointers == 0 => "NUMBER",
        (other, _) => panic!("tests/all/c/table.rs does not know the type {other} {}", it.name),
    };
    (name, usize::MAX)
}

/// Whether the comment says that a parameter may be NULL.
fn is_optional(comment: &str, name: &str) -> bool {
    let mut subject = "";
    for clause in comment.split(['.', ';']) {
        let mut parts = clause.split('`');
        while let (Some(_), Some(quoted)) = (parts.next(), parts.next()) {
            if !quoted.starts_with("admit_") {
                subject = quoted;
            }
        }
        let frees = ["may be NULL", "NULL if not wanted", "optional"];
        if subject == name && frees.iter().any(|it| clause.contains(it)) {
            return true;
        }
    }
    false
}

fn rows(header: &Header, all: &[Variable], line: impl Fn(&Variable) -> String) -> String {
    let mut before = None;
    let mut out = String::new();
    for it in all {
        let (kind, index) = kind(header, it, before);
        before = Some(kind);
        let index = if index == usize::MAX { -1 } else { i64::try_from(index).unwrap() };
        let _ = writeln!(out, "  {{\"{}\", {kind}, {index}, {}}},", it.name, line(it));
    }
    out
}

fn caller(header: &Header, at: usize, function: &Function) -> String {
    let mut before = None;
    let arguments: Vec<String> = function
        .parameters
        .iter()
        .enumerate()
        .map(|(at, it)| {
            let (kind, _) = kind(header, it, before);
            before = Some(kind);
            let member = match kind {
                "FUNCTION" => "function",
                "COUNT" | "NUMBER" | "WORD" | "BITS" | "RESERVED" => "number",
                _ => "pointer",
            };
            format!("({})v[{at}].{member}", it.kind)
        })
        .collect();
    let call = format!("{}({})", function.name, arguments.join(", "));
    let body = match function.returns.as_str() {
        "void" => format!("{call}; return 0;"),
        pointer if pointer.ends_with('*') => format!("return (uint64_t)(uintptr_t){call};"),
        _ => format!("return (uint64_t){call};"),
    };
    let unused = if function.parameters.is_empty() { "(void)v; " } else { "" };
    format!("static uint64_t call_{at}(union value *v) {{ {unused}{body} }}\n")
}

/// What a function answers with.
fn answer(returns: &str) -> &'static str {
    match returns {
        "admit_status" => "STATUS",
        "void" => "NOTHING",
        "const char *" => "TEXT",
        pointer if pointer.ends_with('*') => "OBJECT",
        _ => "NUMBER",
    }
}

/// `table.c`: everything that the kit knows of the header.
pub fn table(header: &Header) -> String {
    let mut out =
        String::from("/* Made from admit.h by tests/all/c/table.rs. */\n#include \"kit.h\"\n\n");
    let _ = writeln!(out, "const struct number numbers[] = {{");
    for (name, _) in &header.numbers {
        let _ = writeln!(out, "  {{\"{name}\", (int64_t){name}}},");
    }
    let _ = writeln!(out, "  {{NULL, 0}}}};\n\nconst char *const objects[] = {{");
    for name in &header.opaque {
        let _ = writeln!(out, "  \"{name}\",");
    }
    let _ = writeln!(out, "  NULL}};\n");
    for shape in &header.structs {
        let name = &shape.name;
        let rows = rows(header, &shape.members, |it| {
            let member = (name.as_str(), it.name.as_str());
            let required =
                it.comment.to_lowercase().contains("required") || it.comment.contains("Its name");
            let filled = required || FILLED.contains(&member);
            let bit =
                header.bits.iter().find(|(owner, named, _)| (owner, named) == (name, &it.name));
            let bit = bit.map_or("0", |(_, _, constant)| constant);
            let member = &it.name;
            format!(
                "offsetof({name}, {member}), sizeof((({name} *)0)->{member}), {}, {bit}",
                i32::from(filled)
            )
        });
        let _ = writeln!(out, "static const struct member members_{name}[] = {{\n{rows}}};\n");
    }
    let _ = writeln!(out, "const struct shape shapes[] = {{");
    for it in &header.structs {
        let (name, count) = (&it.name, it.members.len());
        let _ = writeln!(out, "  {{\"{name}\", sizeof({name}), members_{name}, {count}}},");
    }
    let _ = writeln!(out, "  {{NULL, 0, NULL, 0}}}};\n");
    for (at, it) in header.functions.iter().enumerate() {
        if !it.parameters.is_empty() {
            let rows = rows(header, &it.parameters, |parameter| {
                i32::from(is_optional(&it.comment, &parameter.name)).to_string()
            });
            let _ =
                writeln!(out, "static const struct parameter parameters_{at}[] = {{\n{rows}}};");
        }
        let _ = writeln!(out, "{}", caller(header, at, it));
    }
    let _ = writeln!(out, "const struct function functions[] = {{");
    for (at, it) in header.functions.iter().enumerate() {
        let parameters =
            if it.parameters.is_empty() { "NULL".to_owned() } else { format!("parameters_{at}") };
        let (name, count, answer) = (&it.name, it.parameters.len(), answer(&it.returns));
        let _ = writeln!(out, "  {{\"{name}\", {answer}, {parameters}, {count}, call_{at}}},");
    }
    let _ = writeln!(out, "  {{NULL, NOTHING, NULL, 0, NULL}}}};");
    out
}

/// A program that prints every number, and the layout of every struct.
pub fn numbers(header: &Header) -> String {
    let mut out = String::from("#include \"admit.h\"\n#include <stdio.h>\n\nint main(void) {\n");
    for (name, _) in &header.numbers {
        let _ = writeln!(out, "  printf(\"{name} %lld\\n\", (long long){name});");
    }
    for shape in &header.structs {
        let name = &shape.name;
        let _ = writeln!(out, "  printf(\"\\n{name} %zu\\n\", sizeof({name}));");
        for it in &shape.members {
            let member = &it.name;
            let _ = writeln!(
                out,
                "  printf(\"  {member} at %zu, %zu\\n\", offsetof({name}, {member}), \
                 sizeof((({name} *)0)->{member}));"
            );
        }
    }
    out.push_str("  return 0;\n}\n");
    out
}

/// A program that includes the header twice and begins every struct with its macro.
pub fn alone(header: &Header) -> String {
    let mut out = String::from(
        "#include \"admit.h\"\n#include \"admit.h\"\n\nint main(void) {\n  size_t all = 0;\n",
    );
    for shape in &header.structs {
        let (name, upper) = (&shape.name, shape.name.to_uppercase());
        let _ = writeln!(out, "  {{ {name} it = {upper}_INIT; all += it.size; }}");
    }
    out.push_str("  return all == 0;\n}\n");
    out
}
