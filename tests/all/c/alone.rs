//! The header alone: every language it is for, the symbols behind it, and its numbers.

use super::compile::{Link, compile, library, run, said};
use super::header::Header;
use super::table;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const NUMBERS: &str = "tests/all/c/numbers.out";

fn written(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_header_is_clean_in_every_language_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let source = written(folder.path(), "alone.c", &table::alone(&Header::read()));
    for standard in ["c99", "c11", "c17", "c++11", "c++17", "c++20"] {
        compile(standard, &[&source], Link::Nothing, Path::new(""));
    }
}

#[test]
fn the_plain_header_needs_no_preprocessor() {
    let plain = fs::read_to_string("include/admit_ffi.h").unwrap();
    assert!(plain.lines().all(|line| !line.trim_start().starts_with('#')));
    assert!(!plain.contains("ADMIT_API") && !plain.contains("ADMIT_NODISCARD"));
    let folder = tempfile::tempdir().unwrap();
    let types = "typedef unsigned long size_t; typedef unsigned char uint8_t;\n\
                 typedef int int32_t; typedef unsigned int uint32_t;\n\
                 typedef long int64_t; typedef unsigned long uint64_t;\n";
    let source = written(folder.path(), "plain.c", &format!("{types}{plain}"));
    compile("c99", &[&source], Link::Nothing, Path::new(""));
    let declared: BTreeSet<_> = calls(&plain);
    assert_eq!(declared, Header::read().functions.into_iter().map(|it| it.name).collect());
}

/// Every name before a parenthesis.
fn calls(code: &str) -> BTreeSet<String> {
    let before = code.match_indices('(').map(|(at, _)| &code[..at]);
    let names = before.map(|text| text.rsplit([' ', '*', '\n', '(']).next().unwrap().to_owned());
    names.filter(|name| name.starts_with("admit_") && !name.ends_with(')')).collect()
}

#[test]
fn the_library_exports_what_the_header_declares() {
    let library = library("libadmit.so");
    let printed = said("nm", &["-D", "--defined-only", library.to_str().unwrap()]);
    let exported: BTreeSet<_> =
        printed.lines().map(|line| line.split(' ').next_back().unwrap().to_owned()).collect();
    let declared: BTreeSet<_> = Header::read().functions.into_iter().map(|it| it.name).collect();
    assert_eq!(exported, declared);
}

#[test]
fn every_word_that_the_comments_promise_is_declared() {
    let header = Header::read();
    let known: BTreeSet<_> = header.enums.iter().map(String::as_str).collect();
    let words: Vec<&str> = header.comments.split_whitespace().collect();
    for pair in words.windows(2).filter(|pair| matches!(pair[0], "an" | "An")) {
        let named = pair[1].trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
        assert!(!named.starts_with("admit_") || known.contains(named), "{named} is not declared");
    }
}

#[test]
fn numbers_and_layouts_are_those_of_the_golden_file() {
    let folder = tempfile::tempdir().unwrap();
    let source = written(folder.path(), "numbers.c", &table::numbers(&Header::read()));
    let program = folder.path().join("numbers");
    compile("c11", &[&source], Link::Shared, &program);
    let printed = run(folder.path(), program.to_str().unwrap(), &[]);
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        fs::write(NUMBERS, &printed).unwrap();
    }
    let golden = fs::read_to_string(NUMBERS).unwrap_or_default();
    assert!(golden == printed, "{NUMBERS} differs: run again with ADMIT_WRITE_GOLDEN=1");
}

const REFUSALS: &str = "tests/all/c/refusals.out";

/// Number, name and sentence of everything that a call answers, from the header.
#[test]
fn every_answer_stands_in_the_golden_table_with_its_number_and_sentence() {
    let text = fs::read_to_string("include/admit.h").unwrap();
    let body = text.split("} admit_status;").next().unwrap();
    let body = body.rsplit("typedef enum {").next().unwrap();
    let mut printed = String::new();
    for piece in body.split("/**").skip(1) {
        let (sentence, rest) = piece.split_once("*/").unwrap();
        let sentence = sentence.replace("\n   *", " ");
        let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        let (name, number) = rest.trim().trim_end_matches(',').split_once(" = ").unwrap();
        assert!(sentence.ends_with('.') && sentence.len() < 120, "{name}: {sentence}");
        printed.push_str(&format!("{number:>4}  {name:34} {sentence}\n"));
    }
    assert!(printed.lines().count() > 60);
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        fs::write(REFUSALS, &printed).unwrap();
    }
    assert_eq!(printed, fs::read_to_string(REFUSALS).unwrap(), "run with ADMIT_WRITE_GOLDEN=1");
}
