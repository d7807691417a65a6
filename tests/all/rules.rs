//! docs/RULES.md and docs/WISHES.md name tests that there are, and none of theirs is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const RULES: usize = 77;
const WISHES: usize = 20;

/// What nothing shows, because there is nothing to show: the row begins with `not built`.
const NOT_BUILT: &[(&str, &str)] = &[
    ("S06", "there are no short codes"),
    ("S72", "the month is the host's to watch"),
    ("S73", "the host's own list of erase orders"),
];

/// The names of all functions that are tests.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in ["src", "tests"] {
        collect(Path::new(folder), &mut found);
    }
    assert!(found.len() > 500, "{}", found.len());
    found
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let mut is_test = false;
            for line in fs::read_to_string(&path).unwrap().lines().map(str::trim) {
                if line == "#[test]" {
                    is_test = true;
                } else if let Some(rest) = line.strip_prefix("fn ") {
                    let name = rest.split(['(', '<']).next().unwrap();
                    found.extend(is_test.then(|| name.to_owned()));
                    is_test = false;
                }
            }
        }
    }
}

/// The rows of a page's table: what each is of, and its last cell.
fn rows(page: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(page).unwrap();
    let cells = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let rows = cells.map(|row| row.split(" | ").map(str::to_owned).collect::<Vec<_>>());
    rows.skip(1).map(|row| (row[0].clone(), row.last().unwrap().clone())).collect()
}

fn named(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The numbers that a test's name begins with, as in `s24_s25_an_address`.
fn marks(name: &str, letter: char) -> Vec<u8> {
    let mark = |part: &str| {
        let number = part.strip_prefix(letter).filter(|it| it.len() == 2)?;
        number.parse().ok()
    };
    name.split('_').map_while(mark).collect()
}

/// Holds a table to the tests: its rows are `all` in order, and each test stands in its rows.
fn hold(page: &str, letter: char, all: &[String]) {
    let (tests, rows) = (tests(), rows(page));
    assert_eq!(rows.iter().map(|(of, _)| of).collect::<Vec<_>>(), all.iter().collect::<Vec<_>>());
    let by_number: BTreeMap<u8, Vec<&str>> =
        (1..).zip(rows.iter().map(|(_, cell)| named(cell))).collect();
    for name in by_number.values().flatten() {
        assert!(tests.contains(*name), "{page} names {name}, which is no test");
    }
    for name in &tests {
        for number in marks(name, letter) {
            let is_there = by_number.get(&number).is_some_and(|row| row.contains(&name.as_str()));
            assert!(is_there, "{page} lacks {name} in row {number}");
        }
    }
}

#[test]
fn every_rule_has_a_test_or_says_why_it_is_not_built() {
    let all: Vec<_> = (1..=RULES).map(|number| format!("S{number:02}")).collect();
    hold("docs/RULES.md", 's', &all);
    for (rule, cell) in rows("docs/RULES.md") {
        match NOT_BUILT.iter().find(|(not_built, _)| *not_built == rule) {
            Some((_, why)) => {
                assert!(cell.starts_with("not built: ") && cell.contains(why), "{rule}: {cell}");
                assert!(named(&cell).is_empty(), "{rule} is shown after all");
            }
            None => assert!(!named(&cell).is_empty(), "{rule} has no test"),
        }
    }
}

#[test]
fn every_wish_has_a_test_that_begins_with_its_number() {
    let all: Vec<_> = (1..=WISHES).map(|number| number.to_string()).collect();
    hold("docs/WISHES.md", 'w', &all);
    for (wish, cell) in rows("docs/WISHES.md") {
        let number: u8 = wish.parse().unwrap();
        assert!(named(&cell).iter().any(|name| marks(name, 'w') == [number]), "{wish}: {cell}");
    }
}
