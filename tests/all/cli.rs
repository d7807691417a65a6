//! The command `admit hooks`, as authors of scripts run it.

use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const DEFAULT: &str = "scripts/default.lua";

fn admit() -> Command {
    Command::new(env!("CARGO_BIN_EXE_admit"))
}

/// A folder with files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Runs the command in a folder: status, output, errors. A busy machine may take its time.
fn run(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> (i32, String, String) {
    let mut command = admit();
    command.current_dir(folder).arg("hooks").args(arguments).args(["--time", "20000"]);
    let Output { status, stdout, stderr } = command.output().unwrap();
    let [out, err] = [stdout, stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(!err.contains("panicked"), "{err}");
    (status.code().unwrap(), out, err)
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a hook of a script on facts.
fn asked(script: &str, hook: &str, facts: &str) -> (i32, String, String) {
    let folder = folder(&[("own.lua", script), ("facts.json", facts)]);
    run(folder.path(), &["run", "own.lua", hook, "--facts", "facts.json"])
}

/// Runs a hook of the default script.
fn judged(hook: &str, facts: &Value) -> Value {
    let folder = folder(&[("facts.json", &facts.to_string())]);
    let facts = folder.path().join("facts.json");
    let arguments = ["run".as_ref(), DEFAULT.as_ref(), hook.as_ref(), "--facts".as_ref()];
    let arguments: Vec<&OsStr> = arguments.into_iter().chain([facts.as_os_str()]).collect();
    let (status, out, err) = run(here(), &arguments);
    assert_eq!((status, err.as_str()), (0, ""));
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_good_set_is_told_in_one_line_with_what_was_tried() {
    let (status, out, err) = run(here(), &["check", DEFAULT]);
    assert_eq!(
        (status, out.as_str(), err.as_str()),
        (
            0,
            "good: 1024 notifications of 32 kinds in 8 languages, 12 deletions, 21 invitations\n",
            ""
        )
    );
}

#[test]
fn all_files_of_a_check_are_one_set() {
    let files = [
        ("go.lua", "return { deletion = function() return allow.leave() end }"),
        ("come.lua", "return { invitation = function() return allow{} end }"),
        ("more.lua", "return { invitation = function() return allow{} end }"),
    ];
    let folder = folder(&files);
    let (status, out, _) = run(folder.path(), &["check", "go.lua", "come.lua"]);
    assert_eq!((status, out.as_str()), (0, "good: 12 deletions, 21 invitations\n"));
    let (status, out, _) = run(folder.path(), &["check", "come.lua", "more.lua"]);
    let told = "more.lua:1: the hook 'invitation' is in come.lua already\n";
    assert_eq!((status, out.as_str()), (1, told));
}

#[test]
fn a_failure_is_told_once_with_the_path_as_it_was_given() {
    let source = "return { invitation = function(request)
      if request.client and request.client.stage == 'guest' then return request.client.stag end
      return allow{}
    end }";
    let folder = folder(&[]);
    std::fs::create_dir(folder.path().join("deep")).unwrap();
    std::fs::write(folder.path().join("deep/in.lua"), source).unwrap();
    let (status, out, err) = run(folder.path(), &["check", "./deep/in.lua"]);
    assert_eq!(status, 1);
    let lines: Vec<&str> = out.lines().collect();
    let [line] = lines.as_slice() else { panic!("{out}") };
    assert!(line.starts_with("./deep/in.lua:2: no fact 'stag' in request.client; "), "{line}");
    assert!(line.ends_with("(tried: invitation client guest and 1 more)"), "{line}");
    assert_eq!(err, "2 calls failed; tried were 21 invitations\n");
}

#[test]
fn a_script_that_never_ends_is_told_at_its_line() {
    let source = "return { deletion = function()\n  while true do end\nend }";
    let folder = folder(&[("loop.lua", source)]);
    let (status, out, err) = run(folder.path(), &["check", "loop.lua"]);
    assert_eq!(status, 1);
    assert!(out.starts_with("loop.lua:2: the script ran longer than it may (tried: "), "{out}");
    assert!(err.contains("7 more were not run: the set ran over its limits too often"), "{err}");
}

#[test]
fn files_that_cannot_be_scripts_are_told_by_name() {
    let folder = folder(&[("syntax.lua", "\nreturn {"), ("a b.lua", ""), ("empty.lua", "")]);
    std::fs::write(folder.path().join("latin.lua"), b"-- one\n-- a\xf1o\n").unwrap();
    std::fs::write(folder.path().join("large.lua"), " ".repeat((64 << 10) + 1)).unwrap();
    for (files, status, told) in [
        (&["syntax.lua"] as &[&str], 1, "syntax.lua:2: "),
        (&["empty.lua"], 1, "empty.lua:1: a script ends with: return { notification = ... }"),
        (&["latin.lua"], 1, "latin.lua:2: a script must be UTF-8"),
        (&["large.lua"], 1, "large.lua:1: a script has at most 65536 bytes"),
        (&["none.lua"], 2, "none.lua: "),
        (&["."], 2, ".: is a folder, not a file"),
        (&["a b.lua"], 2, "a b.lua: the name of a script must consist of letters"),
        (&["empty.lua", "./empty.lua"], 2, "./empty.lua: two scripts have this name"),
        (&[], 2, "error: "),
        (&["empty.lua", "--origin", "ftp://x"], 2, "--origin must be an https address"),
    ] {
        let arguments: Vec<&str> = ["check"].iter().chain(files).copied().collect();
        let (ended, out, err) = run(folder.path(), &arguments);
        assert_eq!(ended, status, "{files:?}");
        assert!(format!("{out}{err}").starts_with(told), "{files:?}: {out}{err}");
    }
}

#[test]
fn words_lead_to_the_origins_that_were_named_and_to_no_others() {
    let script = "return { notification = function(notice)
      return { subject = 'Hello', text = 'https://help.example.org/x ' .. (notice.link or '') }
    end }";
    let folder = folder(&[("words.lua", script)]);
    let (status, out, _) = run(folder.path(), &["check", "words.lua"]);
    assert_eq!(status, 1);
    assert!(out.contains("an address leads elsewhere than the store's list of origins"), "{out}");
    let named = ["check", "words.lua", "--origin", "https://help.example.org"];
    assert_eq!(run(folder.path(), &named).0, 0);
}

#[test]
fn a_run_fills_facts_in_from_a_sample_and_prints_what_the_hook_made() {
    let words = judged(
        "notification",
        &json!({
            "kind": "x_diary_due", "recipient": { "locale": "es", "given_name": "Zoe" },
            "own": { "subject": "Diario", "text": "Escriba hoy." }, "practice": { "name": "Roble" },
        }),
    );
    assert_eq!(words["subject"], "Diario");
    let text = "Hola, Zoe:\n\nEscriba hoy.\n\n\u{bf}Tiene preguntas? Contacte con Roble: \
                help@cedar.example.org o +1 555 0100.\n\nRoble\n";
    assert_eq!(words["text"], text);
    let words =
        judged("notification", &json!({ "kind": "suspended", "practice": { "name": "B" } }));
    assert!(words["html"].as_str().unwrap().contains("If this was not you, contact B at once"));
    let words = judged("notification", &json!({ "kind": "reset", "channel": "sms" }));
    assert!(words["text"].as_str().unwrap().ends_with(" https://link.invalid/"));

    assert_eq!(judged("deletion", &json!({})), json!({ "verdict": "erase" }));
    assert_eq!(judged("deletion", &json!({ "staff": {} })), json!({ "verdict": "leave" }));
    let counts = json!({ "items": { "result": { "ready": 2 } }, "host": { "orders": 1 } });
    let reasons = &judged("deletion", &counts)["reasons"];
    assert_eq!(reasons[0]["text"], "Still there: 1 orders");
    assert_eq!(reasons[1]["code"], "items_left");
    let asked = json!({ "invited_as": "guardian", "client": { "stage": "prospective" } });
    assert_eq!(judged("invitation", &asked)["reasons"][0]["code"], "prospective");
}

#[test]
fn a_run_prints_false_and_what_was_logged() {
    let script = "return { notification = function(notice)
      log('for', notice.recipient.role) return false
    end }";
    let facts = r#"{ "kind": "item_ready", "recipient": { "role": "staff" } }"#;
    let told = asked(script, "notification", facts);
    assert_eq!(told, (0, "false\n".to_owned(), "log: for staff\n".to_owned()));
}

#[test]
fn a_run_that_fails_tells_the_line() {
    let script =
        "return {\n  deletion = function(request)\n    return request.host.orders\n  end }";
    let told = "own.lua:3: no fact 'orders' in request.host; there are: none\n";
    assert_eq!(asked(script, "deletion", "{}"), (1, String::new(), told.to_owned()));
    let told = "own.lua:2: deletion returned number, not a verdict\n";
    let facts = r#"{ "host": { "orders": 3 } }"#;
    assert_eq!(asked(script, "deletion", facts), (1, String::new(), told.to_owned()));
    let (status, _, err) = asked(script, "invitation", "{}");
    assert_eq!((status, err.as_str()), (2, "own.lua: has no hook 'invitation'\n"));
}

#[test]
fn facts_that_are_none_are_told_by_name() {
    let script = "return { notification = function() return false end, \
                  deletion = function() return allow.erase() end }";
    for (hook, facts, told) in [
        ("notification", "{", "facts.json:1: EOF"),
        ("notification", "[]", "facts.json: the facts of a notice are an object"),
        ("notification", "{}", "facts.json: notice.kind is one of invitation, "),
        ("notification", r#"{"kind":"rest"}"#, "facts.json: notice.kind is one of invitation, "),
        (
            "notification",
            r#"{"kind":"reset","client":{"nmae":"Zoe"}}"#,
            "facts.json: no fact 'nmae' in notice.client; there are: external_id, given_name, ",
        ),
        ("notification", r#"{"kind":"reset","lnik":1}"#, "facts.json: no fact 'lnik' in notice; "),
        (
            "notification",
            r#"{"kind":"reset","link":"https://x.example"}"#,
            "facts.json: notice.link is the library's: leave it out",
        ),
        (
            "notification",
            r#"{"kind":"reset","recipient":{"locale":"english"}}"#,
            "facts.json: notice.recipient.locale ",
        ),
        (
            "deletion",
            r#"{"client":{"status":"gone"}}"#,
            "facts.json: request.client.status: none of the words active, deactivated, ",
        ),
        ("deletion", r#"{"grants":"two"}"#, "facts.json: request.grants: invalid type: string"),
        ("deletion", r#"{"version":2}"#, "facts.json: request.version: facts of another version"),
    ] {
        let (status, out, err) = asked(script, hook, facts);
        assert_eq!((status, out.as_str()), (2, ""), "{facts}");
        assert!(err.starts_with(told), "{facts}: {err}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = admit()
        .current_dir(here())
        .args(["hooks", "check", DEFAULT, "--time", "20000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), [].as_slice()));
}
