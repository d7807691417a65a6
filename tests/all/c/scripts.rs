//! Hostile scripts from C, on a thread whose stack a nested callback would overrun.

use super::compile::{Link, compile, run};
use super::store_folder;
use std::fs;
use std::path::{Path, PathBuf};

const CALM: &str = "calm";
/// What the library says itself of a kind that no script words.
const BUILT_IN: &str = "[builtin-en-1] There is news for you at Cedar Clinic";

fn head<'a>(source: &'a str, key: &str) -> Option<&'a str> {
    let lines = source.lines().take_while(|line| line.starts_with("-- "));
    lines.filter_map(|line| line.strip_prefix(key)).next()
}

/// Whether every outcome that is right for a notice is a fault, whatever its kind.
fn must_fail(source: &str) -> bool {
    let faults = ["time_limit", "memory_limit", "runtime"];
    let verdicts = head(source, "-- verdict: ").unwrap();
    head(source, "-- hook: ").is_none()
        && head(source, "-- kind: ").is_none()
        && verdicts.split(" | ").all(|verdict| faults.contains(&verdict))
}

#[test]
fn hostile_scripts_leave_a_host_with_a_small_stack_alive_and_the_next_words_right() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("scripts");
    compile("c99", &[Path::new("tests/c/scripts.c")], Link::Shared, &program);
    let hostile = fs::canonicalize("tests/hostile").unwrap();
    let mut files: Vec<PathBuf> =
        fs::read_dir(hostile).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let arguments: Vec<_> = files.iter().map(|path| path.to_str().unwrap()).collect();
    let printed = run(store_folder().path(), program.to_str().unwrap(), &arguments);
    assert!(!printed.contains("ESCAPE"), "{printed}");
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines.len(), files.len());
    for (line, path) in lines.iter().zip(&files) {
        let source = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let rest = line.strip_prefix(name).unwrap().trim_start();
        let (status, said) = rest.split_once(' ').unwrap_or((rest, ""));
        match status {
            "0" => assert!(said.ends_with(CALM), "{line}"),
            // A script, an input that is too large, a policy: all say so before anything is sent.
            "3200" | "1000" => assert_eq!(said, "", "{line}"),
            _ => panic!("{line}"),
        }
        if status == "0" && must_fail(&source) {
            assert!(said.contains(BUILT_IN), "{line}");
        }
    }
    let spoke = lines.iter().filter(|line| line.ends_with(CALM)).count();
    assert!(spoke * 2 > lines.len(), "most scripts are reached: {spoke} of {}", lines.len());
}
