//! `examples/c/first_invitation.c`: the README's ten minutes, with its wrong turns.

use super::compile::{Link, compile, run};
use std::path::Path;
use std::process::{Command, Output};

const TOKEN_LENGTH: usize = 52;
const PASSWORD: &str = "twelve patient herons";

fn tried(folder: &Path, program: &str, words: &[&str]) -> Output {
    Command::new(program).arg(".").args(words).current_dir(folder).output().unwrap()
}

/// What the program says where something is refused.
fn refused(folder: &Path, program: &str, words: &[&str]) -> String {
    let output = tried(folder, program, words);
    assert_eq!(output.status.code(), Some(1), "{words:?}");
    assert!(output.stdout.is_empty(), "{words:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_newcomer_brings_a_client_of_their_own_through_an_invitation() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("first_invitation");
    let example = Path::new("examples/c/first_invitation.c");
    compile("c99", &[example], Link::Shared, &program);
    let (folder, program) = (folder.path(), program.to_str().unwrap());
    let name = "jane@example.org";

    let mail = run(folder, program, &[".", "invite", "Jane Gomez", name]);
    assert!(mail.starts_with("To: jane@example.org\n"), "{mail}");
    let link = mail.split("https://portal.example.org/invitation/").nth(1).unwrap();
    let token = &link[..TOKEN_LENGTH];
    let accept =
        |token: &str, password: &str| refused(folder, program, &["accept", token, password]);

    assert!(accept(token, "Jane").contains("ADMIT_PASSWORD_TOO_SHORT"));
    assert!(accept(&token[1..], PASSWORD).contains("ADMIT_LINK_INVALID"));
    let done = run(folder, program, &[".", "accept", token, PASSWORD]);
    assert_eq!(done, "accepted; now sign in\n");
    assert!(accept(token, PASSWORD).contains("ADMIT_LINK_USED"));

    let wrong = refused(folder, program, &["sign-in", name, "some other herons"]);
    assert!(wrong.contains("ADMIT_SIGN_IN_FAILED"));
    let session = run(folder, program, &[".", "sign-in", name, PASSWORD]);
    assert!(session.contains("clients 1"), "{session}");
    assert_eq!(tried(folder, program, &[]).status.code(), Some(2));
}
