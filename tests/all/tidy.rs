//! The style guide that cannot drift.

use std::fs;
use std::path::{Path, PathBuf};

/// What each floor may import from this crate. `error` stands on the stairs.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("seal", &["seal"]),
    ("store", &["store", "seal"]),
    ("records", &["records", "domain", "store", "seal", "error"]),
    ("hooks", &["hooks", "domain", "error"]),
    ("exchange", &["exchange", "domain", "error"]),
    ("commands", &["commands", "records", "hooks", "exchange", "domain", "store", "seal", "error"]),
    // A crate of its own: it sees what any other sees.
    ("bin", &[]),
    (
        "ffi",
        &["ffi", "commands", "records", "hooks", "exchange", "domain", "store", "seal", "error"],
    ),
];
const LINES_MAX: usize = 500;

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    collect(Path::new("src"), &mut found);
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
}

fn floor(path: &Path) -> Option<String> {
    let mut parts = path.components().skip(1);
    let first = parts.next()?.as_os_str().to_str()?.to_owned();
    parts.next().map(|_| first)
}

#[test]
fn imports_run_strictly_down_the_house() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(floor) = floor(&path) else { continue };
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == floor) else {
            panic!("no rule for the floor of {}", path.display());
        };
        for (_, rest) in text.match_indices("crate::").map(|(at, m)| (at, &text[at + m.len()..])) {
            let target: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !allowed.contains(&target.as_str()) {
                wrong.push(format!("{}: crate::{target}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_source_file_is_over_500_lines() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LINES_MAX)
        .collect();
    assert_eq!(long, []);
}

#[test]
fn sources_are_ascii() {
    let odd: Vec<_> =
        sources().into_iter().filter(|(_, text)| !text.is_ascii()).map(|(p, _)| p).collect();
    assert_eq!(odd, Vec::<PathBuf>::new());
}

#[test]
fn unsafe_code_lives_in_the_c_interface_alone() {
    let found: Vec<_> = sources()
        .into_iter()
        .filter(|(path, _)| !path.starts_with("src/ffi"))
        .filter(|(_, text)| text.contains("unsafe ") && text.contains("allow(unsafe_code)"))
        .map(|(path, _)| path)
        .filter(|path| path != Path::new("src/lib.rs"))
        .collect();
    assert_eq!(found, Vec::<PathBuf>::new());
}

#[test]
fn the_library_names_no_product() {
    let mut named = Vec::new();
    let header = PathBuf::from("include/admit.h");
    let text = fs::read_to_string(&header).unwrap();
    for (path, text) in sources().into_iter().chain([(header, text)]) {
        let text = text.to_lowercase();
        for product in ["biomesight", "vsee", "healium", "wellprept", "practice better"] {
            if text.contains(product) {
                named.push(format!("{}: {product}", path.display()));
            }
        }
    }
    assert_eq!(named, Vec::<String>::new());
}
