//! RULES S08: no secret that a C program uses stands in what it prints.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Programs that show a link on purpose, as a product's screen does.
const SHOW_LINKS: &[&str] = &[
    "clinic_day",
    "first_invitation",
    "biomesight",
    "vsee",
    "healium",
    "wellprept",
    "practice_better",
];
/// What the C sources call their passwords and hashes.
const NAMES: &[&str] =
    &["PASSWORD", "CHOSEN", "TYPED", "IMPORTED", "BREACHED", "BCRYPT", "ASP_NET"];
/// What stands before a password in them.
const MARKS: &[&str] = &["password = \"", "password[] = \"", "{\"password\", \""];
/// Calls whose last text is a password.
const CALLS: &[&str] =
    &["sign_in(", "signed_in(", "sign_in_refused(", "change_password(", "reset("];
/// Shorter ones are words of their own, such as "short" and "wrong".
const PASSWORD_MIN: usize = 12;
/// How long a token is, in base64url.
const TOKEN: usize = 52;

/// The C sources of tests and examples.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["tests/c", "examples/c"] {
        found.extend(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    }
    found
}

fn literals(line: &str) -> Vec<&str> {
    line.split('"').skip(1).step_by(2).collect()
}

/// The passwords of the C sources, and hashes that they bring along.
fn passwords() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in sources() {
        for line in fs::read_to_string(path).unwrap().lines() {
            let name = line.strip_prefix("#define ").and_then(|rest| rest.split(' ').next());
            if name.is_some_and(|name| NAMES.contains(&name)) {
                found.extend(literals(line).first().map(|it| (*it).to_owned()));
            }
            for mark in MARKS {
                let after = line.split_once(mark).and_then(|(_, rest)| rest.split('"').next());
                found.extend(after.map(str::to_owned));
            }
            if CALLS.iter().any(|call| line.contains(call)) && !line.contains("puts(") {
                let mut texts = literals(line).into_iter().filter(|it| !it.contains(['@', '%']));
                found.extend(texts.next_back().map(str::to_owned));
            }
        }
    }
    // An address that is tried as a password is no secret.
    found.retain(|it| it.len() >= PASSWORD_MIN && !it.contains('@'));
    found
}

/// The keys of the C sources in hexadecimal digits, and those that a program left in its folder.
fn keys(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in sources() {
        let text = fs::read_to_string(path).unwrap();
        for part in text.split("key[32] = {").skip(1) {
            let numbers = part.split('}').next().unwrap().split(',');
            let mut key: Vec<u8> = numbers.map(|it| it.trim().parse().unwrap()).collect();
            key.resize(32, 0);
            found.insert(data_encoding::HEXLOWER.encode(&key));
        }
    }
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "key") {
            found.insert(data_encoding::HEXLOWER.encode(&fs::read(path).unwrap()));
        }
    }
    found
}

fn is_token(run: &str) -> bool {
    run.len() == TOKEN && run.chars().collect::<BTreeSet<_>>().len() > 8
}

/// The secrets that stand in a text.
fn found(folder: &Path, text: &str, shows_links: bool) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut found: Vec<_> = passwords().into_iter().filter(|it| text.contains(it)).collect();
    found.extend(keys(folder).into_iter().filter(|it| lower.contains(it)));
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let runs = text.split(|it| !is_part(it)).filter(|run| !shows_links && is_token(run));
    found.extend(runs.map(str::to_owned));
    found
}

/// Holds that a program that ran in a folder printed no secret.
pub fn require_none(folder: &Path, program: &str, arguments: &[&str], printed: &str) {
    let of = |name: &&str| {
        let words = std::iter::once(&program).chain(arguments);
        words.into_iter().any(|word| word.ends_with(*name))
    };
    let leaked = found(folder, printed, SHOW_LINKS.iter().any(of));
    assert_eq!(leaked, Vec::<String>::new(), "secrets in what {program} {arguments:?} printed");
}

#[test]
fn s08_a_password_a_key_and_a_token_are_found_in_what_a_program_prints() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("own.key"), [0xAB; 32]).unwrap();
    let token = "AQEBAwAAArClanvGYLvr9BzPIQieEcfzBlxiqeNodpEM3LxKrMdL";
    let key = format!("07{}", "00".repeat(31));
    let own = "AB".repeat(32);
    for secret in ["a horse and a battery of staples", "copper-kettle-7781", token, &key, &own] {
        let line = format!("admit: opened with ({secret}), https://example.org/i/1\n");
        let leaked = found(folder.path(), &line, false);
        assert_eq!(
            leaked,
            [secret.to_owned()].map(|it| if it == own { own.to_lowercase() } else { it })
        );
    }
    assert_eq!(found(folder.path(), &format!("link {token}"), true), Vec::<String>::new());
    let said = format!("{}\na horse came, and signed in\n{}", "-".repeat(52), "07".repeat(20));
    assert_eq!(found(folder.path(), &said, false), Vec::<String>::new());
}
