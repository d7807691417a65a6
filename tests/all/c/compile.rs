//! Finds the library of this very test run, compiles C against it, and runs what came out.

use super::secrets;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

/// What a Rust static library needs on Linux (`rustc --print native-static-libs`).
const STATIC: &[&str] =
    &["-lstdc++", "-lgcc_s", "-lutil", "-lrt", "-lpthread", "-lm", "-ldl", "-lc"];
const STRICT: &[&str] = &["-Wall", "-Wextra", "-Werror", "-pedantic", "-Iinclude", "-Itests/c"];
const SECONDS_MAX: &str = "240";

/// How a program gets the library.
#[derive(Clone, Copy, PartialEq)]
pub enum Link {
    Nothing,
    Shared,
    /// The static library, with AddressSanitizer and UBSan in the C parts.
    Sanitized,
}

/// `libadmit.so` or `libadmit.a` beside the test binary, never an older one.
pub fn library(name: &str) -> PathBuf {
    let folder = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let path = folder.join(name);
    let built = modified(&path).unwrap_or_else(|| panic!("{} is not there", path.display()));
    let mut sources = vec![PathBuf::from("Cargo.toml")];
    collect(Path::new("src"), &mut sources);
    for source in sources {
        let is_older = modified(&source).is_none_or(|changed| changed <= built);
        assert!(is_older, "{} is older than {}", path.display(), source.display());
    }
    let mark = "a panic that a test asked for";
    assert!(
        tool("grep", &["-qF", mark, path.to_str().unwrap()]).status.success(),
        "{} was built without the feature test-environment, by another cargo call than that of \
         these tests: `touch src/lib.rs` and test again",
        path.display()
    );
    path
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, found) } else { found.push(path) }
    }
}

/// Runs a tool that this machine must have.
pub fn tool(name: &str, arguments: &[&str]) -> Output {
    let ran = Command::new(name).args(arguments).output();
    ran.unwrap_or_else(|error| panic!("the C tests need {name}, and it does not start: {error}"))
}

/// The text that a tool printed, after it succeeded.
pub fn said(name: &str, arguments: &[&str]) -> String {
    let output = tool(name, arguments);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} {arguments:?}\n{printed}{errors}");
    printed
}

/// Compiles sources of one language standard into `program`; no warning is let pass.
pub fn compile(standard: &str, sources: &[&Path], link: Link, program: &Path) {
    let is_cpp = standard.starts_with("c++");
    let standard = format!("-std={standard}");
    let mut arguments = vec![standard.as_str(), "-g", "-x", if is_cpp { "c++" } else { "c" }];
    arguments.extend(STRICT);
    arguments.extend(sources.iter().map(|path| path.to_str().unwrap()));
    arguments.extend(["-x", "none"]);
    let library = match link {
        Link::Nothing => None,
        Link::Shared => Some(library("libadmit.so")),
        Link::Sanitized => Some(library("libadmit.a")),
    };
    let run_path =
        library.as_ref().map(|it| format!("-Wl,-rpath,{}", it.parent().unwrap().display()));
    arguments.extend(library.iter().map(|path| path.to_str().unwrap()));
    match link {
        Link::Nothing => arguments.push("-fsyntax-only"),
        Link::Shared => arguments.extend([run_path.as_ref().unwrap().as_str(), "-lpthread"]),
        Link::Sanitized => {
            arguments.extend(["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]);
            arguments.extend(STATIC);
        }
    }
    if link != Link::Nothing {
        arguments.extend(["-o", program.to_str().unwrap()]);
    }
    said("gcc", &arguments);
}

/// Runs a program to its end, in its own folder, and gives what it printed. A failure, or a run
/// that does not end, shows it all. No secret may stand in it (RULES S08).
pub fn run(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new("timeout");
    command.args(["--kill-after=5", SECONDS_MAX, program]).args(arguments).current_dir(folder);
    command.env("RUST_BACKTRACE", "0").env("ASAN_OPTIONS", "detect_leaks=1");
    let output = command.output().expect("the C tests need timeout, of coreutils");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    let what = format!("{program} {arguments:?}\n{printed}\n{errors}");
    assert_ne!(output.status.code(), Some(124), "did not end within {SECONDS_MAX} s: {what}");
    assert!(output.status.success(), "{}: {what}", output.status);
    secrets::require_none(folder, program, arguments, &format!("{printed}{errors}"));
    printed
}
