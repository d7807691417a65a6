//! `examples/c/<product>.c`: five products play their articles, and what they print is a golden
//! file; docs/PRODUCTS.md says which row of an article is shown where.

use super::compile::{Link, compile, run};
use super::header::Header;
use std::fs;
use std::path::Path;

const TABLE: &str = "docs/PRODUCTS.md";
const ROWS: usize = 113;

fn golden(product: &str) -> String {
    format!("tests/all/c/products/{product}.out")
}

/// Plays an article under sanitizers, with its ids pinned.
fn plays(product: &str) {
    let folder = tempfile::tempdir().unwrap();
    let example = fs::canonicalize(format!("examples/c/{product}.c")).unwrap();
    let script = fs::canonicalize(format!("scripts/{product}.lua")).unwrap();
    let pinned = folder.path().join("pinned.c");
    let source = format!("#define PINNED\n#include \"{}\"\n", example.display());
    fs::write(&pinned, source).unwrap();
    let program = folder.path().join(product);
    compile("c99", &[&pinned], Link::Sanitized, &program);
    let arguments = [".", script.to_str().unwrap()];
    let printed = run(folder.path(), program.to_str().unwrap(), &arguments);
    let golden = golden(product);
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        fs::write(&golden, &printed).unwrap();
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    assert!(expected == printed, "{golden} differs, run `make golden`:\n{printed}");
}

#[test]
fn biomesight_sets_up_clients() {
    plays("biomesight");
}

#[test]
fn vsee_manages_patients() {
    plays("vsee");
}

#[test]
fn healium_manages_users() {
    plays("healium");
}

#[test]
fn practice_better_invites_clients() {
    plays("practice_better");
}

#[test]
fn wellprept_manages_assistants() {
    plays("wellprept");
}

/// The marks of rows in a transcript: the words of `[F1 F2]`.
fn marks(transcript: &str) -> Vec<&str> {
    let brackets = transcript.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    brackets.flat_map(|(inside, _)| inside.split(' ')).collect()
}

#[test]
fn every_row_of_the_five_articles_is_shown_where_the_table_says() {
    let table = fs::read_to_string(TABLE).unwrap();
    let header = Header::read();
    let mut found = 0;
    for line in table.lines().filter(|line| line.starts_with("| F")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, row, what, place, _] = cells[..] else { panic!("{line}") };
        found += 1;
        assert_eq!(row, format!("F{found}"), "rows are in order");
        assert!(!what.is_empty(), "{row}");
        if let Some(accessor) = place.strip_prefix("screen: ") {
            let name = accessor.trim_matches('`');
            let is_there = header.functions.iter().any(|function| function.name == name);
            assert!(is_there, "{row}: no function {name}");
        } else {
            let path = golden(place);
            assert!(Path::new(&path).exists(), "{row}: {path} is not there");
            let transcript = fs::read_to_string(path).unwrap();
            assert!(marks(&transcript).contains(&row), "{row} is not shown by {place}");
        }
    }
    assert_eq!(found, ROWS);
}
