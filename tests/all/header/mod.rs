//! The header: made from `src/ffi`, put in order by noun, and committed.
//!
//! `ADMIT_WRITE_HEADER=1` writes it; otherwise a difference fails.

mod assemble;

use std::fs;

#[test]
fn the_committed_headers_are_what_the_sources_say() {
    let (header, plain) = assemble::headers();
    for (path, text) in [("include/admit.h", header), ("include/admit_ffi.h", plain)] {
        if std::env::var_os("ADMIT_WRITE_HEADER").is_some() {
            fs::write(path, &text).unwrap();
        }
        let committed = fs::read_to_string(path).unwrap_or_default();
        assert!(committed == text, "{path} is out of date: run `make header`");
    }
}

#[test]
fn every_refusal_has_its_status_and_no_number_is_used_twice() {
    let status = fs::read_to_string("src/ffi/status.rs").unwrap();
    let refusal = fs::read_to_string("src/domain/refusal.rs").unwrap();
    let variants = refusal
        .split("pub enum Refusal")
        .nth(1)
        .unwrap()
        .lines()
        .take_while(|line| *line != "}")
        .filter_map(|line| line.trim().strip_suffix(','))
        .filter(|word| word.chars().all(char::is_alphanumeric));
    for variant in variants {
        assert!(status.contains(&format!("Admit{variant} = ")), "{variant} has no status");
    }
    let mut numbers: Vec<u32> = status
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Admit")?.split(" = ").nth(1))
        .filter_map(|number| number.trim_end_matches(',').parse().ok())
        .collect();
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), count);
    assert!(count > 50);
}
