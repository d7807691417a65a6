//! Every function that takes an actor, called by actors that must not get far with it.
//!
//! The C program walks the header, so a new function is probed from the day it is declared: it is
//! a new row of the golden table, and its answers must follow the rules here or be explained.

use super::compile::{Link, run};
use super::header::{Function, Header};
use super::{store_folder, suite};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

const GOLDEN: &str = "tests/all/c/probes.out";

/// Who asks, in the order of the table; what it must be answered, unless that is explained.
const COLUMNS: &[(&str, &str, &[&str])] = &[
    ("host", "the host, with a reason", &["OK"]),
    ("host_without_reason", "the host, without one", &[]),
    ("admin", "an admin", &[]),
    ("practitioner", "a practitioner to whom no chart is open", &[]),
    ("assistant", "an assistant to whom no chart is open", &[]),
    ("member", "a member", &["NOT_PERMITTED", "NOT_FOUND"]),
    ("visitor", "a visitor", &["NOT_PERMITTED", "NOT_FOUND"]),
    ("other_client", "another client's login", &["NOT_PERMITTED", "NOT_FOUND"]),
    ("host_elsewhere", "the host, in another practice", &["NOT_FOUND"]),
    ("admin_elsewhere", "an admin of another practice", &["NOT_PERMITTED", "NOT_FOUND"]),
    ("client_elsewhere", "a client's login of another practice", &["NOT_PERMITTED", "NOT_FOUND"]),
    ("admin_session_ended", "an admin whose session has ended", &["SESSION_ENDED"]),
    ("client_session_ended", "a login whose session has ended", &["SESSION_ENDED"]),
    ("must_change", "a login with a temporary password", &["MUST_CHANGE_PASSWORD"]),
    ("admin_suspended", "an admin who is suspended", &["ACTOR_SUSPENDED"]),
    ("admin_ended", "an admin whose seat has ended", &["ACTOR_SUSPENDED"]),
    ("not_approved", "a practitioner who is not approved", &["NOT_APPROVED"]),
    (
        "client_suspended",
        "a guardian's login, after the client was suspended",
        &["ACTOR_SUSPENDED", "NOT_PERMITTED", "NOT_FOUND"],
    ),
    ("practice_suspended", "the host, after the practice was suspended", &["PRACTICE_SUSPENDED"]),
];

const ELSEWHERE: &[&str] = &["host_elsewhere", "admin_elsewhere", "client_elsewhere"];
/// Functions that make a claim, or let go of one, and ask nothing of the practice.
const CLAIMS: &[&str] = &["actor_on_behalf_of", "actor_source", "actor_free"];

/// Functions that name nothing that is another practice's: they answer about the actor's own.
/// What they show is read too, by the C program.
const OWN: &[&str] = &[
    "practice_get",
    "practice_update",
    "practice_suspend",
    "practice_reactivate",
    "staff_add",
    "staff_list",
    "staff_import",
    "client_create",
    "client_search",
    "client_import",
    "room_create",
    "room_list",
    "room_import",
    "person_list",
    "invitation_send",
    // Its rows name clients; each is answered with its own outcome, and none of them is sent.
    "invitation_send_many",
    "invitation_list",
    "login_sign_in",
    "login_sign_in_external",
    "login_change_password",
    "login_request_reset",
    "erase_order_list",
    "outbox_list",
    "script_override",
    "script_override_activate",
    "script_override_list",
    "event_list",
    "event_verify",
    "event_export",
    "practice_password_rules",
    "practice_export",
    "practice_erase_plan",
    "practice_erase_confirm",
    "client_enter_as_guest",
    "client_register",
    "login_import",
    "proxy_import",
    "grant_import",
    "delegation_list",
    // As with many at once: each row has its own outcome.
    "invitation_plan",
    "batch_list",
    "open_link_create",
    "open_link_list",
];

/// What a suspended practice still answers: what only reads, and the way back.
const READS: &[&str] = &[
    "practice_get",
    "practice_reactivate",
    "staff_get",
    "staff_get_by_external_id",
    "staff_list",
    "client_get",
    "client_get_by_external_id",
    "client_search",
    "client_export",
    "proxy_list",
    "room_get",
    "room_get_by_external_id",
    "room_list",
    "grant_list",
    "access_of",
    "access_why",
    "person_list",
    "invitation_get",
    "invitation_list",
    "login_get",
    "erase_order_get",
    "erase_order_list",
    "certificate_get",
    "hold_list",
    "outbox_get",
    "outbox_preview",
    "outbox_list",
    "script_override_get",
    "script_override_list",
    "event_list",
    "event_verify",
    "event_export",
    "practice_password_rules",
    "practice_export",
    "practice_erase_plan",
    "client_merged_into",
    "delegation_get",
    "delegation_list",
    "item_get",
    "item_get_by_external_id",
    "item_list",
    "open_link_get",
    "open_link_list",
    "batch_get",
    "batch_list",
    "batch_row_list",
];

/// What the host does in a person's place, and so gives a reason for.
const REASONED: &[&str] = &[
    "staff_change_role",
    "invitation_link",
    "invitation_qr",
    "login_set_temporary_password",
    "deletion_confirm",
    "hold_place",
    "hold_lift",
    "open_link_link",
    "open_link_qr",
    "staff_end",
    "practice_export",
    "practice_erase_plan",
    "practice_erase_confirm",
];

/// Answers that no rule foretells: the function, the actor, the answer, why.
const EXPLAINED: &[(&str, &str, &str, &str)] = &[
    ("practice_reactivate", "host", "STATUS_NOT_ALLOWED", "the practice is active"),
    ("staff_change_role", "host", "STATUS_NOT_ALLOWED", "the seat is the last admin's"),
    ("staff_approve", "host", "STATUS_NOT_ALLOWED", "the seat is approved"),
    ("staff_reactivate", "host", "STATUS_NOT_ALLOWED", "the seat is active"),
    ("client_set_status", "host", "STATUS_NOT_ALLOWED", "the client is active"),
    ("deletion_call_off", "host", "STATUS_NOT_ALLOWED", "no deletion waits"),
    ("login_sign_in", "host", "SIGN_IN_FAILED", "no such name"),
    ("login_sign_in_external", "host", "SIGN_IN_FAILED", "no such identity"),
    ("login_request_address_change", "host", "SIGN_IN_FAILED", "another password"),
    ("proxy_add", "host", "PROXY_EXISTS", "the login holds the client"),
    ("login_create", "host", "CLIENT_ALREADY_ACTIVATED", "the client has a login"),
    ("login_change_password", "host", "NOT_PERMITTED", "only its holder changes a password"),
    ("practice_get", "member", "OK", "everyone sees where it is"),
    ("practice_get", "visitor", "OK", "a sign-in page shows the practice's name"),
    ("practice_get", "other_client", "OK", "everyone sees where it is"),
    ("practice_get", "client_suspended", "OK", "everyone sees where it is"),
    ("login_sign_in", "visitor", "SIGN_IN_FAILED", "this is what a visitor is for"),
    ("login_request_reset", "visitor", "OK", "the same answer for every name"),
    ("login_change_password", "other_client", "SIGN_IN_FAILED", "its own, by a wrong password"),
    ("login_change_password", "client_suspended", "SIGN_IN_FAILED", "its own, by a wrong password"),
    ("login_change_password", "must_change", "SIGN_IN_FAILED", "the one thing it may do"),
    ("login_change_password", "admin_session_ended", "NOT_PERMITTED", "a seat has no password"),
    ("login_change_password", "admin_suspended", "NOT_PERMITTED", "a seat has no password"),
    ("login_change_password", "admin_ended", "NOT_PERMITTED", "a seat has no password"),
    ("login_change_password", "not_approved", "NOT_PERMITTED", "a seat has no password"),
    ("login_change_password", "practice_suspended", "NOT_PERMITTED", "the host has no password"),
    ("actor_can", "host", "CLIENT_ALREADY_ACTIVATED", "the client has a login"),
    ("client_set_stage", "host", "STATUS_NOT_ALLOWED", "the client is registered"),
    ("client_enter_as_guest", "visitor", "OK", "this is what a visitor is for"),
    ("client_register", "visitor", "OK", "this is what a visitor is for"),
    ("delegation_clear", "host", "STATUS_NOT_ALLOWED", "the delegation has not ended"),
    ("login_unlink_identity", "host", "NOT_FOUND", "the login has no such identity"),
    ("practice_erase_confirm", "host", "HELD", "a client is held"),
    ("practice_erase_confirm", "practice_suspended", "PLAN_CHANGED", "it was planned before"),
    ("practice_password_rules", "member", "OK", "a form shows them before anybody signs in"),
    ("practice_password_rules", "visitor", "OK", "a form shows them before anybody signs in"),
    ("practice_password_rules", "other_client", "OK", "a form shows them before anybody signs in"),
    ("practice_password_rules", "must_change", "OK", "a form shows them to whoever must change it"),
    ("practice_password_rules", "client_suspended", "OK", "a form shows them to everybody"),
    ("practice_suspend", "practice_suspended", "STATUS_NOT_ALLOWED", "it is suspended already"),
];

/// What each function answered each actor, without the prefixes.
type Answers = BTreeMap<String, BTreeMap<String, String>>;

fn answers(printed: &str) -> Answers {
    let mut answers = Answers::new();
    for line in printed.lines().filter_map(|line| line.strip_prefix("probe admit_")) {
        let [function, actor, status] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let status = status.strip_prefix("ADMIT_").unwrap().to_owned();
        answers.entry(function.to_owned()).or_default().insert(actor.to_owned(), status);
    }
    answers
}

fn is_right(function: &str, actor: &str, answer: &str, expected: &[&str]) -> bool {
    if expected.is_empty() && actor != "host_without_reason" || expected.contains(&answer) {
        return true;
    }
    let is_claim = CLAIMS.contains(&function);
    match actor {
        _ if is_claim => answer == "OK",
        "host_without_reason" => (answer == "REASON_REQUIRED") == REASONED.contains(&function),
        "practice_suspended" => READS.contains(&function) && answer == "OK",
        _ => ELSEWHERE.contains(&actor) && OWN.contains(&function),
    }
}

/// The table as a person reads it: an actor a column, initials for what is answered.
fn table(header: &Header, answers: &Answers) -> String {
    let mut out = String::from(
        "What every function that takes an actor answers each actor, in a practice where all that\n\
         it names exists. An answer is written by its initials.\n\n",
    );
    let letters = 'A'..='Z';
    for (letter, (_, who, _)) in letters.clone().zip(COLUMNS) {
        writeln!(out, "{letter}  {who}").unwrap();
    }
    let used: BTreeSet<_> = answers.values().flat_map(BTreeMap::values).collect();
    let mut initials = BTreeMap::new();
    for status in used {
        let short: String = status.split('_').map(|word| word[..1].to_lowercase()).collect();
        let short = if status == "OK" { "ok".to_owned() } else { short };
        let taken = initials.insert(short.clone(), status.clone());
        assert_eq!(taken, None, "two answers have the initials {short}");
    }
    out.push('\n');
    for (short, status) in &initials {
        writeln!(out, "{short:5} {status}").unwrap();
    }
    write!(out, "\n{:36}", "").unwrap();
    for (letter, _) in letters.zip(COLUMNS) {
        write!(out, "{letter:<5}").unwrap();
    }
    for function in header.functions.iter().filter_map(|it| it.name.strip_prefix("admit_")) {
        let Some(row) = answers.get(function) else { continue };
        write!(out, "\n{function:36}").unwrap();
        for (actor, _, _) in COLUMNS {
            let short = initials.iter().find(|(_, status)| **status == row[*actor]).unwrap().0;
            write!(out, "{short:5}").unwrap();
        }
    }
    out.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn s50_no_actor_gets_further_through_any_function_than_it_may() {
    let header = Header::read();
    let folder = tempfile::tempdir().unwrap();
    let program = suite(folder.path(), Link::Shared);
    let printed = run(store_folder().path(), program.to_str().unwrap(), &["probes"]);
    let answers = answers(&printed);
    let takes_actor = |it: &&Function| it.parameters.iter().any(|it| it.kind == "admit_actor *");
    let declared = header.functions.iter().filter(takes_actor);
    let declared: BTreeSet<_> = declared.map(|it| &it.name["admit_".len()..]).collect();
    assert_eq!(answers.keys().map(String::as_str).collect::<BTreeSet<_>>(), declared);
    let mut wrong = Vec::new();
    let mut unused: BTreeSet<_> = EXPLAINED.iter().map(|(f, a, s, _)| (*f, *a, *s)).collect();
    for (function, row) in &answers {
        for (actor, _, expected) in COLUMNS {
            let answer = row[*actor].as_str();
            let is_explained = unused.remove(&(function.as_str(), *actor, answer));
            if !is_explained && !is_right(function, actor, answer, expected) {
                wrong.push(format!("{function} answers {actor} {answer}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "mend it, or explain it above");
    assert!(unused.is_empty(), "explained, and not so any more: {unused:?}");
    let table = table(&header, &answers);
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        fs::write(GOLDEN, &table).unwrap();
    }
    assert_eq!(table, fs::read_to_string(GOLDEN).unwrap(), "run with ADMIT_WRITE_GOLDEN=1");
}
