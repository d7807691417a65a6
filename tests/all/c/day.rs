//! `examples/c/clinic_day.c`: what it prints on two days is a golden file.
//!
//! The test build pins ids, salts and the keys of the new file, and the program tells its own time:
//! tokens and the codes made of them are the same each time.

use super::compile::{self, Link, compile, run};
use std::fs;
use std::path::{Path, PathBuf};

const GOLDEN: &str = "tests/all/c/clinic_day.out";
const DATA: &str = "examples/data";

/// Compiles the day with its ids pinned.
fn program(folder: &Path, link: Link) -> PathBuf {
    let day = fs::canonicalize("examples/c/clinic_day.c").unwrap();
    let pinned = folder.join("pinned.c");
    let source = format!("#define CLINIC_DAY_PINNED\n#include \"{}\"\n", day.display());
    fs::write(&pinned, source).unwrap();
    let program = folder.join("clinic_day");
    compile("c99", &[&pinned], link, &program);
    program
}

#[test]
fn the_day_prints_what_the_golden_file_says_and_goes_on_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let program = program(folder.path(), Link::Sanitized);
    let data = fs::canonicalize(DATA).unwrap();
    let day = || run(folder.path(), program.to_str().unwrap(), &[".", data.to_str().unwrap()]);
    let printed = format!("{}\n=== run again ===\n\n{}", day(), day());
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        fs::write(GOLDEN, &printed).unwrap();
    }
    let golden = fs::read_to_string(GOLDEN).unwrap_or_default();
    assert!(golden == printed, "{GOLDEN} differs, run `make golden`:\n{printed}");
    let key = folder.path().join("clinic.key");
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(key).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn valgrind_finds_nothing_in_the_day() {
    compile::said("valgrind", &["--version"]);
    let folder = tempfile::tempdir().unwrap();
    let program = program(folder.path(), Link::Shared);
    // Few patients are enough: valgrind runs them some fifty times slower.
    for file in ["patients-us.ndjson", "patients-jp.ndjson", "patients-synthea.ndjson"] {
        let whole = fs::read_to_string(Path::new(DATA).join(file)).unwrap();
        let few: Vec<_> = whole.lines().take(8).collect();
        fs::write(folder.path().join(file), few.join("\n")).unwrap();
    }
    let program = program.to_str().unwrap();
    // What lazily made tables of a library hold is reachable by pointers into their middle alone,
    // which valgrind calls possibly lost.
    let arguments = [
        "--quiet",
        "--error-exitcode=9",
        "--leak-check=full",
        "--show-leak-kinds=definite",
        "--errors-for-leak-kinds=definite",
        program,
        ".",
        ".",
    ];
    let printed = run(folder.path(), "valgrind", &arguments);
    assert!(printed.contains("whole: "), "{printed}");
}
