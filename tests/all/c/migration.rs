//! `tests/c/migration.c`: a whole migration day, with old passwords of every kind.

use super::compile::{Link, compile, run};
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What the other product exported: a client and a login for each of the reference hashes.
fn export(folder: &Path) {
    let vectors = fs::read_to_string("tests/data/password_hashes.ndjson").unwrap();
    let (mut clients, mut logins, mut passwords) = (String::new(), String::new(), String::new());
    for (at, line) in vectors.lines().skip(1).enumerate() {
        let vector: Value = serde_json::from_str(line).unwrap();
        let (id, name) = (format!("c{at}"), format!("holder{at}"));
        let names = json!([{"text": name}]);
        let client = json!({"resourceType": "Patient", "id": id, "name": names});
        let login = json!({
            "client": id, "username": name, "email": format!("{name}@example.org"),
            "email_verified": true, "hash": vector["hash"], "created_at": 1_600_000_000_000_i64,
        });
        writeln!(clients, "{client}").unwrap();
        writeln!(logins, "{login}").unwrap();
        writeln!(passwords, "{name}\t{}", vector["password"].as_str().unwrap()).unwrap();
    }
    for (name, text) in
        [("clients.ndjson", clients), ("logins.ndjson", logins), ("passwords.txt", passwords)]
    {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn a_product_moves_in_with_all_its_logins_under_sanitizers() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("migration");
    compile("c99", &[Path::new("tests/c/migration.c")], Link::Sanitized, &program);
    let day = super::store_folder();
    export(day.path());
    let printed = run(day.path(), program.to_str().unwrap(), &[]);
    assert_eq!(printed, "a product moved in\n");
}
